//! The deliveries of a run in, who is without an edition and why out, in a few lines however many readers there are. Never
//! names a reader in full.

use jiff::{Timestamp, civil::Date};

use super::{Failure, complain, summary::count};
use crate::{
    flow::{Mailed, Report},
    model::{DeliveryState, Outcome},
    secret::{mask, mask_all},
    store::{Dispatch, Store},
};

/// So many reasons are told of an edition, with so many readers each and so many characters of what the server said.
const REASONS: usize = 6;
const EXAMPLES: usize = 3;
const SAID: usize = 240;

/// Readers who are without an edition for one reason.
struct Group {
    /// What tells reasons apart: the codes, and not the words, which may differ with every message.
    kind: (DeliveryState, Option<(&'static str, String)>),
    reason: String,
    readers: Vec<String>,
}

/// Says on standard error who has not got an edition. Of a refusal for good before `since` it was said then. Returns
/// whether anything was said.
pub async fn tell(store: &Store, report: &Report, since: Timestamp) -> Result<bool, Failure> {
    let mut is_any = false;
    for (&date, Mailed { tally, .. }) in &report.mailed {
        if tally.without() == 0 {
            continue;
        }
        let without = store.dispatches(date).await?.into_iter().filter(|dispatch| is_news(dispatch, since));
        let groups = grouped(without);
        is_any |= !groups.is_empty();
        if !groups.is_empty() {
            complain(&text(date, groups));
        }
    }
    Ok(is_any)
}

fn is_news(dispatch: &Dispatch, since: Timestamp) -> bool {
    dispatch.asked_at.is_none()
        && match dispatch.state {
            DeliveryState::Sent
            | DeliveryState::Withdrawn
            | DeliveryState::Written
            | DeliveryState::Filed => false,
            // The state counts whole seconds.
            DeliveryState::Refused => dispatch.changed_at.as_second() >= since.as_second(),
            DeliveryState::Pending | DeliveryState::Sending | DeliveryState::Deferred => true,
        }
}

/// By reason, the commonest first.
fn grouped(without: impl Iterator<Item = Dispatch>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for Dispatch { email, state, outcome, .. } in without {
        let codes = |outcome: &Outcome| match outcome.reply() {
            Some(reply) => format!("{} {:?}", reply.code, reply.enhanced),
            None => String::new(),
        };
        let kind = (state, outcome.as_ref().map(|outcome| (outcome.word(), codes(outcome))));
        let reader = mask(&email);
        match groups.iter_mut().find(|group| group.kind == kind) {
            Some(group) => group.readers.push(reader),
            None => {
                let reason = outcome.map_or_else(|| "not tried".to_owned(), |outcome| outcome.to_string());
                groups.push(Group { kind, reason: mask_all(&reason), readers: vec![reader] });
            }
        }
    }
    groups.sort_by_key(|group| std::cmp::Reverse(group.readers.len()));
    groups
}

fn text(date: Date, groups: Vec<Group>) -> String {
    let all: usize = groups.iter().map(|group| group.readers.len()).sum();
    let mut text = format!("{} of the edition of {date} not delivered:\n", count(all, "reader", "readers"));
    let is_short = groups.len() <= REASONS && groups.iter().all(|group| group.readers.len() <= EXAMPLES);
    for Group { kind, reason, readers } in groups.iter().take(REASONS) {
        let mut who = readers.iter().take(EXAMPLES).map(String::as_str).collect::<Vec<_>>().join(", ");
        if let Some(more @ 1..) = readers.len().checked_sub(EXAMPLES) {
            who += &format!(" and {more} more");
        }
        let next = match kind.0 {
            DeliveryState::Refused => "not tried again",
            _ => "the next run tries again",
        };
        text += &format!("  {who}: {}; {next}\n", cut(reason));
    }
    if !is_short {
        text += &format!("  All of them: reveille history {date}\n");
    }
    text
}

/// As much of a reason as is shown.
fn cut(reason: &str) -> String {
    match reason.char_indices().nth(SAID) {
        Some((end, _)) => format!("{}…", &reason[..end]),
        None => reason.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Reply;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn dispatch(number: usize, state: DeliveryState, outcome: Option<Outcome>) -> Dispatch {
        let email = format!("reader{number}@example.net");
        Dispatch { email, state, attempts: 1, outcome, changed_at: NOW, asked_at: None }
    }

    fn told(dispatches: Vec<Dispatch>) -> String {
        text(Date::constant(2026, 11, 22), grouped(dispatches.into_iter()))
    }

    #[test]
    fn many_readers_with_one_reason_are_one_line() {
        let refused = |number| {
            let reply = Reply::new(550, format!("5.1.1 <reader{number}@example.net> unknown, id {number}"));
            dispatch(number, DeliveryState::Refused, Some(Outcome::Refused(reply)))
        };
        let down = |number| {
            dispatch(
                number,
                DeliveryState::Deferred,
                Some(Outcome::Down("cannot connect to mail.example".into())),
            )
        };
        let all = (0..1990).map(down).chain((1990..1992).map(refused));
        let all = all.chain([dispatch(1992, DeliveryState::Pending, None)]).collect();
        insta::assert_snapshot!(told(all), @r"
        1993 readers of the edition of 2026-11-22 not delivered:
          r…@example.net, r…@example.net, r…@example.net and 1987 more: cannot connect to mail.example; the next run tries again
          r…@example.net, r…@example.net: refused for good: 550 5.1.1 <r…@example.net> unknown, id 1990; not tried again
          r…@example.net: not tried; the next run tries again
          All of them: reveille history 2026-11-22
        ");
    }

    #[test]
    fn however_many_reasons_there_are_the_text_stays_short() {
        let refused = |number: usize| {
            let code = 500 + u16::try_from(number % 60).unwrap_or_default();
            let reply = Reply::new(code, "words ".repeat(400));
            dispatch(number, DeliveryState::Refused, Some(Outcome::Refused(reply)))
        };
        let said = told((0..2000).map(refused).collect());
        assert!(said.lines().count() < 10 && said.chars().count() < 2500, "{said}");
    }

    #[test]
    fn a_refusal_for_good_is_news_once() {
        let refused = dispatch(1, DeliveryState::Refused, None);
        let later = Timestamp::constant(60, 0);
        assert!(is_news(&refused, NOW) && !is_news(&refused, later));
        assert!(is_news(&dispatch(1, DeliveryState::Deferred, None), later));
        assert!(!is_news(&dispatch(1, DeliveryState::Sent, None), NOW));
    }
}
