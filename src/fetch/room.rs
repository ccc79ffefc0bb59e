//! Growing bodies in, permission to hold them out: a few large ones at once, so that many servers together
//! never fill the memory.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// What a body may hold without asking, in bytes.
const SMALL: u64 = 1 << 20;

/// The size that most larger feeds stay within, in bytes.
const MEDIUM: u64 = 4 << 20;

/// How many bodies above the first size, and above the second, are held at once.
const MEDIUMS: usize = 4;
const LARGES: usize = 2;

/// The room there is.
pub struct Rooms {
    mediums: Arc<Semaphore>,
    larges: Arc<Semaphore>,
}

/// The room that a body takes, until it is dropped.
#[derive(Debug, Clone, Default)]
pub struct Room {
    medium: Option<Arc<OwnedSemaphorePermit>>,
    large: Option<Arc<OwnedSemaphorePermit>>,
}

impl Default for Rooms {
    fn default() -> Rooms {
        Rooms { mediums: Arc::new(Semaphore::new(MEDIUMS)), larges: Arc::new(Semaphore::new(LARGES)) }
    }
}

impl Rooms {
    /// Waits until a body that has grown to `bytes` can be held beside the others. Whoever holds a large room
    /// waits for nobody, so somebody always goes on.
    pub async fn enough(&self, room: &mut Room, bytes: u64) {
        if bytes > MEDIUM && room.large.is_none() {
            room.large = take(&self.larges).await;
            room.medium = None;
        } else if bytes > SMALL && room.medium.is_none() && room.large.is_none() {
            room.medium = take(&self.mediums).await;
        }
    }
}

async fn take(rooms: &Arc<Semaphore>) -> Option<Arc<OwnedSemaphorePermit>> {
    // It is never closed.
    Arc::clone(rooms).acquire_owned().await.ok().map(Arc::new)
}

/// Two answers are equal wherever they are held.
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

    async fn enters(rooms: &Rooms, room: &mut Room, bytes: u64) -> bool {
        timeout(Duration::from_millis(20), rooms.enough(room, bytes)).await.is_ok()
    }

    #[tokio::test]
    async fn a_few_large_bodies_are_held_at_once_and_any_number_of_small_ones() {
        let rooms = Rooms::default();
        let mut held: Vec<Room> = Vec::new();
        for _ in 0..MEDIUMS {
            let mut room = Room::default();
            assert!(enters(&rooms, &mut room, SMALL + 1).await);
            held.push(room);
        }
        let mut next = Room::default();
        assert!(!enters(&rooms, &mut next, SMALL + 1).await, "there is no room for another one");
        assert!(enters(&rooms, &mut next, SMALL).await, "but for a small one");
        for room in held.iter_mut().take(LARGES) {
            assert!(enters(&rooms, room, MEDIUM + 1).await);
        }
        assert!(!enters(&rooms, held.last_mut().expect("a room"), MEDIUM + 1).await);
        assert!(enters(&rooms, &mut next, SMALL + 1).await, "who grew left its place");
        let copy = held[0].clone();
        held.remove(0);
        assert!(!enters(&rooms, &mut held[2], MEDIUM + 1).await, "a copy of an answer holds its room too");
        drop(copy);
        assert!(enters(&rooms, &mut held[2], MEDIUM + 1).await);
    }
}
