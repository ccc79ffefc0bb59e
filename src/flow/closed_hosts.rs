//! Hosts that want to be left alone, passed between the fetcher, which obeys, and the store, which remembers.
//! Never decides for how long.

use std::time::Duration;

use jiff::Timestamp;

use super::desk::Desk;
use crate::{
    fetch::{Door, Fetcher},
    schedule::due,
    store::{self, ClosedHost},
};

/// Tells the fetcher what earlier runs heard, before anyone is asked.
pub async fn recall(desk: &Desk<'_>) -> Result<(), store::Error> {
    tell(desk.fetcher, &desk.store.closed_hosts().await?, desk.clock.world_now());
    Ok(())
}

/// Makes the fetcher leave alone the hosts that still want it at `now`.
pub fn tell(fetcher: &Fetcher, closed: &[ClosedHost], now: Timestamp) {
    for closed in closed {
        if let Some(left) = left(closed, now) {
            let door = Door { origin: closed.origin.clone(), to_those_sent: closed.to_those_sent };
            fetcher.leave_alone(door, left);
        }
    }
}

/// How much longer a host wants to be left alone. A wish from after `now` comes from a wrong clock.
fn left(closed: &ClosedHost, now: Timestamp) -> Option<Duration> {
    let stands = closed.since <= now && now < closed.until;
    Duration::try_from(closed.until.duration_since(now)).ok().filter(|_| stands)
}

/// Stores what the fetcher has heard since.
pub async fn keep(desk: &Desk<'_>) -> Result<(), store::Error> {
    for (Door { origin, to_those_sent }, wait) in desk.fetcher.hosts_closed() {
        let until = due::held_until(desk.clock.world_now(), wait);
        let closed = ClosedHost { origin, to_those_sent, since: desk.clock.world_as_of(), until };
        desk.store.keep_closed_host(&closed).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wish_stands_from_when_it_was_heard_until_it_ends() {
        let at = |hour: i64| Timestamp::from_second(hour * 3600).expect("a moment");
        let closed = ClosedHost {
            origin: "https://a.example".to_owned(),
            to_those_sent: true,
            since: at(6),
            until: at(8),
        };
        assert_eq!(
            [5, 6, 7, 8].map(|hour| left(&closed, at(hour)).map(|left| left.as_secs() / 3600)),
            [None, Some(2), Some(1), None]
        );
    }
}
