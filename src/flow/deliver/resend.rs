//! A sealed edition and the readers to send it to by hand in, its messages out. The edition is mailed as it
//! was sealed, never composed anew.

use super::{
    super::{
        Progress,
        desk::{Desk, Fault},
        editor::for_editor,
        letter::Letterhead,
        readers::Suppressions,
    },
    deliver,
};
use crate::{
    mailer::Post,
    model::{DeliveryState, Edition, Outcome, Reader},
    store::{Claim, Tally},
};

/// How a message sent by hand ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resent {
    pub claim: Claim,
    pub outcome: Outcome,
}

/// Mails `edition` to one reader: the delivery itself if it was never sent, else a copy. Connects before it claims, so that a
/// server that is not there leaves no trace.
///
/// # Errors
/// Those of the store, and settings that no message can be made with.
pub async fn resend(
    desk: &Desk<'_>,
    post: &Post,
    edition: &Edition,
    reader: &Reader,
) -> Result<Result<Resent, String>, Fault> {
    let letterhead = letterhead(desk, edition).await?;
    let mut connection = match post.connect().await {
        Ok(connection) => connection,
        Err(error) => return Ok(Err(error.to_string())),
    };
    desk.store.flush_every_change().await?;
    let claim = desk.store.claim(edition.date, reader, desk.clock.now()).await?;
    let mailing = letterhead.mailing(edition);
    let letter = match claim.copy {
        None => mailing.letter(&claim.reader),
        Some(asked_at) => mailing.copy(&claim.reader, asked_at),
    };
    let outcome = match letter {
        Ok(letter) => connection.send(&letter.envelope, &letter.bytes, &letter.name).await,
        Err(error) => error.into(),
    };
    connection.quit().await;
    let taken = desk.store.tally(edition.date).await?.sent;
    let state = match outcome.state() {
        // A server that has not accepted any message of this edition may refuse everybody: a run tries again.
        DeliveryState::Refused if taken == 0 => DeliveryState::Deferred,
        state => state,
    };
    desk.store.settle(&claim, state, &outcome, desk.clock.now()).await?;
    Ok(Ok(Resent { claim, outcome }))
}

/// Mails `edition` to every reader who has not got it, including those the server refused. Suppressed readers
/// are left out.
///
/// # Errors
/// As for [`resend`].
pub async fn resend_to_all_without(
    desk: &mut Desk<'_>,
    post: &Post,
    edition: &Edition,
    progress: &dyn Progress,
) -> Result<Tally, Fault> {
    let letterhead = letterhead(desk, edition).await?;
    desk.store.flush_every_change().await?;
    let readers = Suppressions::of(desk.store).await?.spare(&desk.config.readers).await?;
    desk.store.reopen_refused(edition.date, &readers, desk.clock.now()).await?;
    Ok(deliver(desk, post, edition, &letterhead, progress).await?.tally)
}

async fn letterhead<'a>(desk: &Desk<'a>, edition: &Edition) -> Result<Letterhead<'a>, Fault> {
    let mut letterhead = Letterhead::new(desk.config, desk.look, &desk.store.secret().await?)?;
    letterhead.for_editor = for_editor(desk, edition.composed_at).await?;
    Ok(letterhead)
}
