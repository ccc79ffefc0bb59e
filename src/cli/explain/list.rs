//! A day's account in, the list of its stories out: what was printed, then what was left out and why.

use super::{Account, members::count};
use crate::{
    model::{Considered, Edition, Omission},
    render::wrap,
};

/// Spaces before a headline.
const INDENT: &str = "                 ";

/// The list, for people.
pub fn text(account: &Account) -> String {
    let reasons = &account.reasons;
    let mut text = heading(account);
    if !reasons.printed.is_empty() {
        text += "\n No.  score  voices  story\n";
    }
    let mut places = account.edition.iter().flat_map(places);
    let mut last = None;
    for (story, number) in reasons.printed.iter().zip(1..) {
        let place = places.next();
        if let Some(place) = place.filter(|_| place != last) {
            text += &format!("\n {place}\n");
        }
        last = place;
        text += &line(story, &format!("{number:>3}."), account);
    }
    if !reasons.left_out.is_empty() {
        text += "\nLEFT OUT\n";
    }
    let mut told: Vec<String> = Vec::new();
    for why in reasons.left_out.iter().filter_map(|story| story.left_out.as_ref()).map(because) {
        if told.contains(&why) {
            continue;
        }
        text += &wrap(&format!("{}:", capitalised(&why)), "\n", "");
        let same = |story: &&Considered| story.left_out.as_ref().map(because).as_ref() == Some(&why);
        for story in reasons.left_out.iter().filter(same) {
            text += &line(story, "    ", account);
        }
        told.push(why);
    }
    if reasons.not_listed > 0 {
        text += &format!("\nand {} more.\n", reasons.not_listed);
    }
    let more = match reasons.printed.is_empty() {
        false => {
            "`reveille explain 1` says why the first story is as it is, and there; words of a headline or a link find \
             any story listed."
        }
        true => {
            "Give `reveille explain` words of a headline, or a link, to be told all about a story listed."
        }
    };
    text + &wrap(more, "\n", "")
}

/// Where each story stands in print, in order.
pub fn places(edition: &Edition) -> impl Iterator<Item = &str> {
    let top = edition.top.iter().map(|_| "Top stories");
    top.chain(
        edition.sections.iter().flat_map(|section| section.stories.iter().map(|_| section.name.as_str())),
    )
}

/// What the account is of.
pub fn heading(account: &Account) -> String {
    let reasons = &account.reasons;
    let articles = count(reasons.articles, "article", "articles");
    let of = format!("{articles} on {}", count(reasons.stories, "story", "stories"));
    match &account.edition {
        Some(edition) => format!(
            "{}, edition of {}: {of}, {} printed.\n",
            edition.masthead.title,
            reasons.date,
            reasons.printed.len()
        ),
        None => format!("No edition was made on {}: {of}.\n", reasons.date),
    }
}

fn line(story: &Considered, number: &str, account: &Account) -> String {
    let source = account.reasons.source(&story.speaker);
    let score = story.rank.as_ref().map_or_else(String::new, |rank| format!("{:.2}", rank.score));
    let lead = format!("{number:>4}  {score:>5}  {:>4}  ", story.voices);
    wrap(&format!("{} ({})", source.title, source.outlet), &lead, INDENT)
}

/// Why a story was left out, as the rest of a sentence.
pub fn because(why: &Omission) -> String {
    match why {
        Omission::EditionFull { max_stories } => {
            format!("the edition was full by then (max_stories = {max_stories})")
        }
        Omission::OutletFull { outlet, max_per_outlet } => {
            format!("enough stories led by {outlet} (max_per_outlet = {max_per_outlet})")
        }
        Omission::TooFewVoices { min_voices } => {
            format!("too few voices tell it (min_voices = {min_voices})")
        }
        Omission::TooFewPoints { min_score } => {
            format!("too few points in the ranking (min_score = {min_score})")
        }
        Omission::SectionFull { section, max_per_section } => {
            format!("enough stories in the section {section} (max_per_section = {max_per_section})")
        }
        Omission::NoWordsLeft { max_words } => {
            format!("the edition's words were used up by then (max_words = {max_words})")
        }
        Omission::NotVerbatim { problem } => problem.clone(),
        Omission::NothingToQuote => "none of its articles could be quoted".to_owned(),
        Omission::PrintedBefore { edition } => {
            format!("printed in the edition of {edition}, and nothing new")
        }
        Omission::BackAlready => "another part of the same earlier story is in this edition".to_owned(),
        Omission::OnlyACorrection => {
            "it only says that an earlier article was wrong, as the corrections do".to_owned()
        }
        Omission::TooFew { min_stories } => {
            format!("too few stories to make an edition (min_stories = {min_stories})")
        }
    }
}

/// With an upper-case first letter.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}
