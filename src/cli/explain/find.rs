//! What was typed for a story in, the story out: by number, by link, by words of a headline. Never guesses
//! among several.

use anyhow::{Error, anyhow};

use super::Account;
use crate::{
    model::Considered,
    text::{
        link,
        words::{plain, words},
    },
};

/// A story of an edition.
#[derive(Debug, Clone, Copy)]
pub struct Found<'a> {
    /// Its number in print; `None` for one that was left out.
    pub number: Option<usize>,
    pub story: &'a Considered,
}

/// The story that is meant.
///
/// # Errors
/// Says what was looked for, and which stories it could be if there are several.
pub fn story<'a>(wanted: &str, account: &'a Account) -> Result<Found<'a>, Error> {
    let date = account.reasons.date;
    if let Ok(number) = wanted.trim().parse::<usize>() {
        let count = account.reasons.printed.len();
        let story = number.checked_sub(1).and_then(|place| account.reasons.printed.get(place));
        let missing = || anyhow!("the edition of {date} has {count} stories; there is no number {number}");
        return story.map(|story| Found { number: Some(number), story }).ok_or_else(missing);
    }
    if wanted.contains("://") {
        let link = bare(wanted);
        let leads_to = |found: &Found| urls(found.story, account).any(|url| bare(url) == link);
        let missing = || anyhow!("no story kept of {date} holds the article {wanted}; {LISTS}");
        return all(account).find(leads_to).ok_or_else(missing);
    }
    let wanted_words = spoken(wanted);
    let headline = |found: &Found| holds(title(&found.story.speaker, account), &wanted_words);
    let any_title =
        |found: &Found| found.story.members.iter().any(|m| holds(title(&m.id, account), &wanted_words));
    let mut matches: Vec<Found> = all(account).filter(headline).collect();
    if matches.is_empty() {
        matches = all(account).filter(any_title).collect();
    }
    if matches.iter().any(|found| found.number.is_some()) {
        matches.retain(|found| found.number.is_some());
    }
    match matches.as_slice() {
        [found] => Ok(*found),
        [] => Err(anyhow!("no story kept of {date} has the words {wanted:?} in a headline; {LISTS}")),
        several => Err(ambiguous(wanted, several, account)),
    }
}

const LISTS: &str = "`reveille explain` lists the stories";

/// Every story kept, the printed ones first.
fn all(account: &Account) -> impl Iterator<Item = Found<'_>> {
    let printed = account.reasons.printed.iter().zip(1..);
    let printed = printed.map(|(story, number)| Found { number: Some(number), story });
    printed.chain(account.reasons.left_out.iter().map(|story| Found { number: None, story }))
}

fn ambiguous(wanted: &str, several: &[Found], account: &Account) -> Error {
    let mut text =
        format!("{} stories have the words {wanted:?} in a headline; say more of them:", several.len());
    for found in several.iter().take(10) {
        let number = found.number.map_or_else(|| "left out".to_owned(), |number| format!("number {number}"));
        text += &format!("\n  {number}: {}", title(&found.story.speaker, account));
    }
    anyhow!(text)
}

fn title<'a>(id: &str, account: &'a Account) -> &'a str {
    account.reasons.sources.get(id).map_or("", |source| &source.title)
}

fn urls<'a>(story: &'a Considered, account: &'a Account) -> impl Iterator<Item = &'a str> {
    story.members.iter().filter_map(|m| Some(account.reasons.sources.get(&m.id)?.url.as_str()))
}

/// An address without the parts that do not distinguish articles: scheme, "www.", a slash at the end,
/// tracking, a fragment.
fn bare(url: &str) -> String {
    let canonical = link::canonical(None, url.trim()).unwrap_or_else(|| url.trim().to_owned());
    let address = canonical.split('#').next().unwrap_or_default();
    let address = address.split_once("://").map_or(address, |(_, rest)| rest);
    address.trim_start_matches("www.").trim_end_matches('/').to_owned()
}

fn spoken(text: &str) -> Vec<String> {
    words(text).map(plain).filter(|word| !word.is_empty()).collect()
}

fn holds(title: &str, wanted: &[String]) -> bool {
    let title = spoken(title);
    !wanted.is_empty() && wanted.iter().all(|word| title.contains(word))
}
