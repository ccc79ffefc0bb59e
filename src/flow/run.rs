//! A configuration and a moment in, today's edition mailed to its readers out: once a day, resuming after a
//! crash. Never makes a second edition of a day.

use jiff::civil::Date;

use super::{
    Progress, Report, closed_hosts,
    compose::{Composed, compose},
    deliver::{LATE, deliver},
    desk::{Desk, Fault},
    editor::{for_editor, wishes},
    figures::missing_before,
    hold::{covered, held_until},
    letter::Letterhead,
    prune::prune,
    pull::pull_in_turn,
    readers::{Suppressions, roll},
};
use crate::{mailer::Post, model::Edition, schedule};

/// Pulls, composes, seals and mails the edition of the clock's day; what is already done is not done again.
/// Earlier editions that some reader has not got are mailed first. What was done, even before a failure, goes
/// into `report`.
///
/// # Errors
/// None of them loses anything: the next run goes on where this one stopped.
pub async fn run(
    desk: &mut Desk<'_>,
    post: &Post,
    report: &mut Report,
    progress: &dyn Progress,
) -> Result<(), Fault> {
    let at = desk.clock.as_of();
    let date = schedule::edition_date(at, &desk.config.newsletter.timezone);
    report.edition = Some(date);
    let mut letterhead = Letterhead::new(desk.config, desk.look, &desk.store.identity().await?)?;
    desk.store.keep_list_id(letterhead.list_id()).await?;

    let said_before = missing_before(desk, date).await?;
    let missing = roll::call(desk, date, schedule::back(at, LATE), said_before).await?;
    report.missing_readers = missing.number();
    for late in desk.store.undelivered(schedule::back(at, LATE)).await? {
        // Who only looks at today's messages is not shown those of before.
        if late < date && !post.is_for_looking() {
            mail(desk, post, late, &mut letterhead, report, progress).await?;
        }
    }
    report.resumed = desk.store.edition(date).await?.is_some();
    if !report.resumed {
        let stop = desk.stop.clone();
        pull_for(desk, report, progress).await?;
        if report.coverage.is_thin() {
            report.held_until = held_until(desk, date, at).await?;
        }
        if let Some(until) = report.held_until {
            return Err(Fault::Held(until));
        }
        let composed = stop.before(compose(desk, date, at, progress)).await.ok_or(Fault::Stopped)??;
        let Composed { edition, told, reasons, counts } = &composed;
        report.composed = counts.clone();
        if let Some(edition) = edition {
            desk.store.flush_every_change().await?;
            let readers = Suppressions::of(desk.store).await?.spare(&desk.config.readers).await?;
            report.sealed = desk.store.seal(edition, reasons, told, &readers, desk.clock.now()).await?;
            missing.note(desk, date).await?;
            if let Some(asked) = wishes(desk, at).await? {
                tracing::warn!("{asked}");
            }
        } else {
            desk.store.keep_reasons(reasons).await?;
        }
    }
    report.number = desk.store.number(date).await?;
    mail(desk, post, date, &mut letterhead, report, progress).await?;
    if !report.resumed && !desk.stop.is_asked() {
        prune(desk, at).await;
    }
    Ok(())
}

/// Pulls and composes the edition that a run now would make; seals and sends nothing.
///
/// # Errors
/// As for [`run`].
pub async fn preview(
    desk: &Desk<'_>,
    report: &mut Report,
    progress: &dyn Progress,
) -> Result<Option<Edition>, Fault> {
    let at = desk.clock.as_of();
    let date = schedule::edition_date(at, &desk.config.newsletter.timezone);
    report.edition = Some(date);
    pull_for(desk, report, progress).await?;
    let composed = desk.stop.before(compose(desk, date, at, progress)).await.ok_or(Fault::Stopped)??;
    report.composed = composed.counts;
    Ok(composed.edition)
}

/// Composes anew from what the store holds, without asking the feeds: what a preview would make once more.
///
/// # Errors
/// As for [`run`].
pub async fn recompose(desk: &Desk<'_>, progress: &dyn Progress) -> Result<Option<Edition>, Fault> {
    let at = desk.clock.as_of();
    let date = schedule::edition_date(at, &desk.config.newsletter.timezone);
    closed_hosts::recall(desk).await?;
    Ok(compose(desk, date, at, progress).await?.edition)
}

/// Pulls, and says how much could be read. Without a feed there is nothing to compose of, unless they were read a little while
/// ago.
async fn pull_for(desk: &Desk<'_>, report: &mut Report, progress: &dyn Progress) -> Result<(), Fault> {
    report.pulled = pull_in_turn(desk, progress).await?;
    if desk.stop.is_asked() {
        return Err(Fault::Stopped);
    }
    report.coverage = covered(desk, &report.pulled).await?;
    if report.pulled.is_nothing() && report.coverage.is_thin() {
        return Err(Fault::NoFeed);
    }
    Ok(())
}

/// Mails the edition of `date`, if there is one, to the readers who have not got it.
async fn mail(
    desk: &mut Desk<'_>,
    post: &Post,
    date: Date,
    letterhead: &mut Letterhead<'_>,
    report: &mut Report,
    progress: &dyn Progress,
) -> Result<(), Fault> {
    let Some(edition) = desk.store.edition(date).await? else { return Ok(()) };
    // As of the edition: a copy sent late says what is known by then of that moment.
    letterhead.for_editor = for_editor(desk, edition.composed_at).await?;
    desk.store.flush_every_change().await?;
    report.mailed.insert(date, deliver(desk, post, &edition, letterhead, progress).await?);
    Ok(())
}
