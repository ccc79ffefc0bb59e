//! A sealed edition in, its messages sent to its readers out: each is claimed before it is tried and settled
//! afterwards, and never the other way round.
//!
//! Several connections work side by side, each with one message in hand. So a crash leaves at most one
//! message per connection in doubt; those are sent again under the same Message-ID.

mod messages;
mod resend;

pub use resend::{Resent, Without, resend, resend_to_all, resend_to_all_without};

use std::{
    collections::BTreeSet,
    num::NonZero,
    sync::{Mutex, MutexGuard, PoisonError},
    thread,
    time::Duration,
};

use futures_util::future;
use jiff::SignedDuration;
use tokio::runtime;

use super::{
    Progress,
    desk::{Desk, Fault},
    letter::{Letterhead, Mailing},
    readers::Suppressions,
};
use crate::{
    clock::Clock,
    config::Config,
    mailer::{Connection, Post, Stop},
    model::{Delivery, DeliveryState, Edition, Ended, Outcome, Reader},
    secret::{mask, mask_all},
    store::{Ledger, Store, Tally},
    verdict::Verdict,
};
pub use messages::MessageCounts;

/// How an edition was mailed.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Mailed {
    /// Its deliveries, counted by state.
    pub tally: Tally,
    pub messages: MessageCounts,
    pub seconds: f64,
}

/// What all connections of one delivery share.
struct Round<'a> {
    config: &'a Config,
    clock: Clock,
    post: &'a Post,
    edition: &'a Edition,
    mailing: Mailing<'a>,
    /// The readers of the configuration: one removed since the edition was sealed gets nothing more.
    subscribed: BTreeSet<String>,
    verdict: Mutex<Verdict>,
    messages: Mutex<MessageCounts>,
    progress: &'a dyn Progress,
    stop: Stop,
}

/// How long an earlier edition is still delivered to readers who have not got it.
pub const LATE: SignedDuration = SignedDuration::from_hours(48);

/// Sends `edition` to every reader who has not got it, and once more, after a pause, to those the server put
/// off.
///
/// # Errors
/// Those of the store. What the server says is in the ledger, and counted in the tally.
pub async fn deliver(
    desk: &mut Desk<'_>,
    post: &Post,
    edition: &Edition,
    letterhead: &Letterhead<'_>,
    progress: &dyn Progress,
) -> Result<Mailed, Fault> {
    let Desk { config, clock, store, stop, .. } = desk;
    let started = clock.elapsed();
    let round = Round {
        config,
        clock: *clock,
        post,
        edition,
        mailing: letterhead.mailing(edition),
        subscribed: config.readers.iter().map(|reader| Reader::key(&reader.email)).collect(),
        verdict: Mutex::default(),
        messages: Mutex::default(),
        progress,
        stop: stop.clone(),
    };
    // What an earlier run left claimed may have arrived; it is sent again under the same Message-ID.
    store.reopen(edition.date, DeliveryState::Sending, clock.now()).await?;
    store.reopen(edition.date, DeliveryState::Written, clock.now()).await?;
    round.go(store, Duration::ZERO).await?;
    round.confirm_refusals(store).await?;
    let deferred = store.tally(edition.date).await?.deferred;
    if deferred > 0 && round.goes_on() {
        round.go(store, config.mail.retry_after).await?;
    }
    round.confirm_refusals(store).await?;
    round.count_bounces(store).await?;
    let tally = store.tally(edition.date).await?;
    let messages = round.messages.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok(Mailed { tally, messages, seconds: clock.seconds_since(started) })
}

impl Round<'_> {
    /// After a pause, tries every reader who is pending or was put off once more.
    async fn go(&self, store: &mut Store, pause: Duration) -> Result<(), Fault> {
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = self.stop.asked() => return Ok(()),
        }
        // Whoever was refused is asked for anew, and nothing that is taken from now on says anything of before.
        self.verdict().unconfirmed();
        let date = self.edition.date;
        store.reopen(date, DeliveryState::Deferred, self.clock.now()).await?;
        Suppressions::of(store).await?.withdraw(date, self.clock.now()).await?;
        let waiting = usize::try_from(store.tally(date).await?.pending).unwrap_or(usize::MAX);
        self.progress.begin("Mailing", waiting);
        let connections = self.config.mail.connections.min(waiting);
        let ledger = store.ledger(date).await?;
        self.work_side_by_side(connections, &ledger)?;
        self.progress.end();
        Ok(())
    }

    /// Spreads the connections over the processors, one thread with its own event loop each, and waits for
    /// all: making and signing messages can keep every processor busy.
    fn work_side_by_side(&self, connections: usize, ledger: &Ledger<'_>) -> Result<(), Fault> {
        let processors = thread::available_parallelism().map_or(1, NonZero::get).min(connections);
        let share = |place| (place..connections).step_by(processors);
        let work = |place| {
            let events = runtime::Builder::new_current_thread().enable_all().build();
            let events = events.map_err(|error| Fault::Step(format!("no thread for mail: {error}")))?;
            let done = events.block_on(future::try_join_all(share(place).map(|_| self.work(ledger))));
            // Without a ledger no thread goes on.
            done.map(drop).inspect_err(|_| self.verdict().stop())
        };
        thread::scope(|scope| {
            let threads: Vec<_> = (0..processors).map(|place| scope.spawn(move || work(place))).collect();
            threads
                .into_iter()
                .try_for_each(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
        })
    }

    /// One connection's work: claims, sends and settles until nothing is pending.
    async fn work(&self, ledger: &Ledger<'_>) -> Result<(), Fault> {
        let mut connection = None;
        let mut in_hand = match self.goes_on() {
            true => ledger.settle_and_claim(None, true, self.clock.now()).await?,
            false => None,
        };
        while let Some(delivery) = in_hand {
            let outcome = self.attempt(&delivery, &mut connection).await;
            if !matches!(outcome, Outcome::Sent | Outcome::Written(_) | Outcome::Filed(_)) {
                tracing::info!("{}: {}", mask(&delivery.reader.email), mask_all(&outcome.to_string()));
            }
            let ended = Ended { turn: delivery.turn, state: outcome.state(), outcome };
            let for_now = Some(Verdict::for_now(&ended));
            in_hand = ledger.settle_and_claim(for_now, self.goes_on(), self.clock.now()).await?;
            let certain = self.verdict().settled(ended);
            for refused in certain {
                ledger.settle_and_claim(Some(refused), false, self.clock.now()).await?;
            }
            self.progress.step();
        }
        if let Some(connection) = connection {
            connection.quit().await;
        }
        Ok(())
    }

    /// Settles the refusals not followed by an accepted message, provided the server accepted this edition
    /// for somebody or was asked for no other reader.
    async fn confirm_refusals(&self, store: &mut Store) -> Result<(), Fault> {
        let tally = store.tally(self.edition.date).await?;
        if self.verdict().goes_on() && (tally.sent + tally.filed > 0 || tally.without() == 1) {
            let ledger = store.ledger(self.edition.date).await?;
            let refused = self.verdict().unconfirmed();
            for refused in refused {
                ledger.settle_and_claim(Some(refused), false, self.clock.now()).await?;
            }
        }
        Ok(())
    }

    /// Whether another message is begun.
    fn goes_on(&self) -> bool {
        self.verdict().goes_on() && !self.stop.is_asked()
    }

    /// Tries to deliver, and counts how it ended.
    async fn attempt(&self, delivery: &Delivery, connection: &mut Option<Connection>) -> Outcome {
        let outcome = self.send(delivery, connection).await;
        self.verdict().hear(&delivery.reader.email, &outcome);
        outcome
    }

    async fn send(&self, delivery: &Delivery, connection: &mut Option<Connection>) -> Outcome {
        if !self.subscribed.contains(&Reader::key(&delivery.reader.email)) {
            return Outcome::Withdrawn(Outcome::MISSING.to_owned());
        }
        let letter = match self.mailing.letter(&delivery.reader) {
            Ok(letter) => letter,
            Err(error) => return error.into(),
        };
        let open = match connection {
            Some(open) => open,
            None => match self.post.connect().await {
                Ok(opened) => connection.insert(opened),
                Err(error) => return error.into(),
            },
        };
        let outcome = open.send(&letter.envelope, &letter.bytes, &letter.name).await;
        let taken = (outcome == Outcome::Sent).then_some(letter.bytes.len() as u64);
        self.messages().tried(delivery.attempts > 1, taken);
        outcome
    }

    /// Counts the refusals as bounces.
    async fn count_bounces(&self, store: &Store) -> Result<(), Fault> {
        let sent = store.tally(self.edition.date).await?.sent;
        let bounced = self.verdict().bounced(sent);
        let (suppressions, at) = (Suppressions::of(store).await?, self.clock.now());
        for (email, reply) in bounced {
            suppressions.bounced(&email, (&reply).into(), self.edition.date, at).await?;
        }
        Ok(())
    }

    fn messages(&self) -> MutexGuard<'_, MessageCounts> {
        self.messages.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn verdict(&self) -> MutexGuard<'_, Verdict> {
        self.verdict.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
