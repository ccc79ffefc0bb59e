//! A sealed edition and the readers to send it to by hand in, its messages out. The edition is mailed as it
//! was sealed, never composed anew.

use super::{
    super::{
        Progress,
        desk::{Desk, Fault},
        editor::for_editor,
        letter::{Letterhead, Mailing},
        readers::Suppressions,
    },
    deliver,
};
use crate::{
    mailer::{Connection, Post},
    model::{DeliveryState, Edition, Outcome, Reader},
    store::{Claim, Tally},
    verdict::Verdict,
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
    let resent = send(desk, &letterhead.mailing(edition), &mut connection, reader).await?;
    connection.quit().await;
    Ok(Ok(resent))
}

/// Who is without an edition and is to be sent it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Without {
    /// Whose delivery has not ended well, also those the server refused.
    Failed,
    /// Who became a reader after it was sealed.
    New,
}

/// Mails `edition` to every reader who is without it. Suppressed readers are left out.
///
/// # Errors
/// As for [`resend`].
pub async fn resend_to_all_without(
    desk: &mut Desk<'_>,
    post: &Post,
    edition: &Edition,
    without: Without,
    progress: &dyn Progress,
) -> Result<Tally, Fault> {
    let letterhead = letterhead(desk, edition).await?;
    desk.store.flush_every_change().await?;
    let readers = Suppressions::of(desk.store).await?.spare(&desk.config.readers).await?;
    let (date, now) = (edition.date, desk.clock.now());
    match without {
        Without::Failed => desk.store.reopen_refused(date, &readers, now).await?,
        Without::New => desk.store.add_readers(date, &readers, now).await?,
    };
    Ok(deliver(desk, post, edition, &letterhead, progress).await?.tally)
}

/// Mails `edition` to every reader, also to those who have it: one after the other, each at most once. Suppressed readers
/// are left out. Says how each message ended and, if it is not worth going on, why.
///
/// # Errors
/// As for [`resend`].
pub async fn resend_to_all(
    desk: &Desk<'_>,
    post: &Post,
    edition: &Edition,
    progress: &dyn Progress,
) -> Result<(Vec<Resent>, Option<String>), Fault> {
    let letterhead = letterhead(desk, edition).await?;
    let readers = Suppressions::of(desk.store).await?.spare(&desk.config.readers).await?;
    let mut connection = match post.connect().await {
        Ok(connection) => connection,
        Err(error) => return Ok((Vec::new(), Some(error.to_string()))),
    };
    desk.store.flush_every_change().await?;
    let (mailing, mut resent) = (letterhead.mailing(edition), Vec::with_capacity(readers.len()));
    progress.begin("Mailing", readers.len());
    let (mut verdict, mut stopped) = (Verdict::default(), None);
    for reader in &readers {
        let sent = send(desk, &mailing, &mut connection, reader).await?;
        progress.step();
        verdict.hear(&reader.email, &sent.outcome);
        stopped = match (verdict.goes_on(), desk.stop.is_asked()) {
            (true, false) => None,
            (true, true) => Some("stopped as asked".to_owned()),
            (false, _) => Some(sent.outcome.to_string()),
        };
        resent.push(sent);
        if stopped.is_some() {
            break;
        }
    }
    progress.end();
    connection.quit().await;
    Ok((resent, stopped))
}

/// Claims what to send this reader, sends it and settles it.
async fn send(
    desk: &Desk<'_>,
    mailing: &Mailing<'_>,
    connection: &mut Connection,
    reader: &Reader,
) -> Result<Resent, Fault> {
    let date = mailing.date();
    let claim = desk.store.claim(date, reader, desk.clock.now()).await?;
    let letter = match claim.copy {
        None => mailing.letter(&claim.reader),
        Some(asked_at) => mailing.copy(&claim.reader, asked_at),
    };
    let outcome = match letter {
        Ok(letter) => connection.send(&letter.envelope, &letter.bytes, &letter.name).await,
        Err(error) => error.into(),
    };
    let taken = desk.store.tally(date).await?.sent;
    let state = match outcome.state() {
        // A server that has not accepted any message of this edition may refuse everybody: a run tries again.
        DeliveryState::Refused if taken == 0 => DeliveryState::Deferred,
        state => state,
    };
    desk.store.settle(&claim, state, &outcome, desk.clock.now()).await?;
    Ok(Resent { claim, outcome })
}

async fn letterhead<'a>(desk: &Desk<'a>, edition: &Edition) -> Result<Letterhead<'a>, Fault> {
    let mut letterhead = Letterhead::new(desk.config, desk.look, &desk.store.identity().await?)?;
    letterhead.for_editor = for_editor(desk, edition.composed_at).await?;
    Ok(letterhead)
}
