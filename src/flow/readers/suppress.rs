//! A bounce or a wish to unsubscribe in, suppressed readers out: applies the rules of `incoming::score`, and
//! never stores an address, only its pseudonym.

use jiff::{Timestamp, civil::Date};

use super::super::desk::Fault;
use crate::{
    incoming::{Failure, LIMIT, Score},
    model::Reader,
    secret::mask,
    store::{Bounces, Cause, Store, Suppression},
    token::{self, Key},
};

/// A store's suppression list.
pub struct Suppressions<'a> {
    store: &'a Store,
    key: Key,
}

/// What became of a bounce.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bounced {
    /// It is about the newsletter, not the reader.
    Policy,
    /// It was counted; the reader still gets mail.
    Counted,
    /// It was one too many; says whether the reader is new on the list.
    Suppressed { is_new: bool },
}

impl<'a> Suppressions<'a> {
    /// The list of this store.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn of(store: &'a Store) -> Result<Suppressions<'a>, Fault> {
        Ok(Suppressions { store, key: Key::new(&store.identity().await?.secret) })
    }

    /// Those of the readers who are not on the list, in their order.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn spare(&self, readers: &[Reader]) -> Result<Vec<Reader>, Fault> {
        let list = self.store.suppressions().await?;
        let is_spared = |reader: &&Reader| !list.contains_key(&self.name(&reader.email));
        Ok(readers.iter().filter(is_spared).cloned().collect())
    }

    /// Why and since when this reader is suppressed; `None` if not.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn find(&self, email: &str) -> Result<Option<Suppression>, Fault> {
        Ok(self.store.suppressions().await?.remove(&self.name(email)))
    }

    /// Withdraws the open deliveries of an edition to those on the list.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn withdraw(&self, edition: Date, at: Timestamp) -> Result<(), Fault> {
        let list = self.store.suppressions().await?;
        if list.is_empty() {
            return Ok(());
        }
        for email in self.store.open_addresses(edition).await? {
            if let Some(suppression) = list.get(&self.name(&email)) {
                self.suppress(&email, suppression.cause, at).await?;
            }
        }
        Ok(())
    }

    /// Puts a reader on the list. Returns whether the reader is new on it.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn suppress(&self, email: &str, cause: Cause, at: Timestamp) -> Result<bool, Fault> {
        let is_new = self.store.suppress(&self.name(email), email, cause, at).await?;
        if is_new {
            tracing::info!("{}: {}, is mailed nothing any more", mask(email), cause.word());
        }
        Ok(is_new)
    }

    /// Counts a bounce of `day`, and puts the reader on the list when it was one too many.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn bounced(
        &self,
        email: &str,
        failure: Failure,
        day: Date,
        at: Timestamp,
    ) -> Result<Bounced, Fault> {
        if failure == Failure::Policy {
            return Ok(Bounced::Policy);
        }
        let name = self.name(email);
        let (unknown, readers) = self.store.bounced_with(LIMIT, day).await?;
        let before = self.store.bounces(&name).await?;
        let before = before.map(|Bounces { halves, day, of_the_day }| Score { halves, day, of_the_day });
        let score = Score::after(before, failure.believed(unknown, readers), day);
        let Score { halves, day, of_the_day } = score;
        self.store.keep_bounces(&name, Bounces { halves, day, of_the_day }).await?;
        if !score.is_enough() {
            return Ok(Bounced::Counted);
        }
        let is_new = self.suppress(email, Cause::Bounced, at).await?;
        Ok(Bounced::Suppressed { is_new })
    }

    fn name(&self, email: &str) -> String {
        token::pseudonym(&self.key, email)
    }
}
