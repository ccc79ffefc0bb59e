//! One story of an account in, all there is to say of it out.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use super::{Account, evidence, find::Found, list, members, ranking};
use crate::{
    model::{Considered, Slot, Source},
    render::wrap,
};

/// A story's reasons for machines.
#[derive(Serialize)]
pub struct Explained<'a> {
    edition: Date,
    number: Option<usize>,
    story: &'a Considered,
    /// As printed.
    printed: Option<&'a Slot>,
    sources: BTreeMap<&'a str, Source>,
}

impl<'a> Explained<'a> {
    pub fn new(found: &Found<'a>, account: &'a Account) -> Self {
        let pairs =
            found.story.why.iter().flat_map(|why| {
                why.links.iter().chain(why.outsiders.iter().map(|outsider| &outsider.closest))
            });
        let ids = found
            .story
            .members
            .iter()
            .map(|member| &member.id)
            .chain(pairs.flat_map(|pair| [&pair.a, &pair.b]));
        Explained {
            edition: account.reasons.date,
            number: found.number,
            story: found.story,
            printed: slot(found, account),
            sources: ids.map(|id| (id.as_str(), account.reasons.source(id))).collect(),
        }
    }
}

fn slot<'a>(found: &Found, account: &'a Account) -> Option<&'a Slot> {
    account.edition.as_ref()?.slots().nth(found.number?.checked_sub(1)?)
}

/// The story's reasons for people.
pub fn text(found: &Found, account: &Account) -> String {
    let (story, slot) = (found.story, slot(found, account));
    let source = account.reasons.source(&story.speaker);
    let date = account.reasons.date;
    let mut text = match (found.number, &story.left_out) {
        (Some(number), _) => {
            let places = account.edition.iter().flat_map(list::places);
            let place = places.skip(number.saturating_sub(1)).map(|place| format!(", {place}")).next();
            format!("Number {number} in the edition of {date}{}\n", place.unwrap_or_default())
        }
        (None, Some(why)) => {
            wrap(&format!("Left out of the edition of {date}: {}", list::because(why)), "", "")
        }
        (None, None) => format!("Left out of the edition of {date}\n"),
    };
    text += &wrap(&source.title, "\n  ", "  ");
    text += &members::articles(story, slot, account);
    if let Some(why) = story.why.as_ref().filter(|why| !why.links.is_empty()) {
        text += &evidence::links(story, why, account);
    }
    text += &ranking::text(story, account);
    if let Some(slot) = slot {
        text += &members::taken(story, slot, account);
    }
    if let Some(why) = &story.why {
        text += &evidence::outsiders(story, why, account);
    }
    text
}
