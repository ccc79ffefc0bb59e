//! A story's rank in, sentences out: each part of its score, and its neighbours.

use super::Account;
use crate::{
    model::{Clue, Considered, Rank},
    render::wrap,
};

/// Why a story ranked where it did.
pub fn text(story: &Considered, account: &Account) -> String {
    let Some(rank) = &story.rank else { return String::new() };
    let of = account.reasons.stories;
    let mut text = format!("\nWHY IT RANKED {} OF {of}\n", rank.place);
    for part in rank.parts.iter().filter(|part| part.points != 0.0) {
        text += &wrap(&phrase(part, rank), &format!("  {:+6.2}  ", part.points), "          ");
    }
    if rank.weight != 1.0 {
        text += &format!("  ×{:5.2}  the weight of its feed\n", rank.weight);
    }
    text += &format!("  {:6.2}  in all\n", rank.score);
    text += &neighbour("above it", rank.place.checked_sub(1), account);
    text + &neighbour("below it", rank.place.checked_add(1), account)
}

fn phrase(part: &Clue, rank: &Rank) -> String {
    match part.name.as_str() {
        "voices" => match part.value.exp2() - 1.0 {
            voices if voices < 1.5 => "1 independent voice".to_owned(),
            voices => format!("{voices:.0} independent voices"),
        },
        "home" => "the home outlet tells it".to_owned(),
        "focus" => match &rank.focus_word {
            Some(word) => format!("focus word {word:?} in headline or teaser"),
            None => "a focus word in headline or teaser".to_owned(),
        },
        "fresh" => format!("fresh: {:.0} % of the window is left to its newest article", 100.0 * part.value),
        "place" => match part.value {
            1.0 => "first in its feed".to_owned(),
            value => format!("high in its feed: {:.0} % of what the first gets", 100.0 * value),
        },
        "aside" => "not told by any report: those go first".to_owned(),
        other => format!("{other}: {:.2}", part.value),
    }
}

/// The story at another place of the ranking.
fn neighbour(side: &str, place: Option<usize>, account: &Account) -> String {
    let place_of = |story: &&Considered| story.rank.as_ref().map(|rank| rank.place);
    let reasons = &account.reasons;
    let at_place = |story: &&Considered| place.is_some() && place_of(story) == place;
    let Some(story) = reasons.printed.iter().chain(&reasons.left_out).find(at_place) else {
        return String::new();
    };
    let score = story.rank.as_ref().map_or(0.0, |rank| rank.score);
    let source = reasons.source(&story.speaker);
    let fate = if story.left_out.is_some() { ", left out" } else { "" };
    wrap(
        &format!("{side}: {} ({}{fate})", source.title, source.outlet),
        &format!("  {score:6.2}  "),
        "          ",
    )
}
