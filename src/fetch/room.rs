//! Bodies that grow large in, leave to hold them out: a few at once, so that many servers together cannot fill the memory.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// What a body may hold without asking, in bytes.
const SMALL: u64 = 1 << 20;

/// Small bodies that all large ones together may be as large as: two feeds or eight pages at their limits.
const SHARES: u32 = 32;

/// The room there is.
pub struct Rooms(Arc<Semaphore>);

/// The room that a body takes, until it is dropped.
#[derive(Debug, Clone, Default)]
pub struct Room(Option<Arc<OwnedSemaphorePermit>>);

impl Default for Rooms {
    fn default() -> Rooms {
        Rooms(Arc::new(Semaphore::new(SHARES as usize)))
    }
}

impl Rooms {
    /// Waits until a body that has come to `bytes`, and may become as large as `limit`, can be held besides the others.
    pub async fn enough(&self, room: &mut Room, bytes: u64, limit: u64) {
        if room.0.is_none() && bytes > SMALL {
            let shares = u32::try_from(limit / SMALL).map_or(SHARES, |shares| shares.clamp(1, SHARES));
            let permit = Arc::clone(&self.0).acquire_many_owned(shares).await;
            // It is never closed.
            room.0 = permit.ok().map(Arc::new);
        }
    }
}

/// Where an answer is held is no part of it.
impl PartialEq for Room {
    fn eq(&self, _: &Room) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::timeout;

    use super::*;

    async fn enters(rooms: &Rooms, bytes: u64, limit: u64) -> Option<Room> {
        let mut room = Room::default();
        let entering = rooms.enough(&mut room, bytes, limit);
        timeout(Duration::from_millis(20), entering).await.is_ok().then_some(room)
    }

    #[tokio::test]
    async fn a_few_large_bodies_are_held_at_once_and_any_number_of_small_ones() {
        let rooms = Rooms::default();
        let (feed, page) = (16 * SMALL, 4 * SMALL);
        let first = enters(&rooms, SMALL + 1, feed).await;
        let pages = [enters(&rooms, page, page).await, enters(&rooms, page, page).await];
        assert!(first.is_some() && pages.iter().all(Option::is_some));
        assert!(enters(&rooms, SMALL + 1, feed).await.is_none(), "there is no room for a second feed");
        assert!(enters(&rooms, SMALL, feed).await.is_some(), "but for a small one");
        drop(first.clone());
        assert!(enters(&rooms, SMALL + 1, feed).await.is_none(), "a copy of an answer holds its room too");
        drop(first);
        assert!(enters(&rooms, SMALL + 1, 100 * feed).await.is_none(), "nothing is larger than all the room");
        drop(pages);
        assert!(enters(&rooms, SMALL + 1, 100 * feed).await.is_some());
    }
}
