//! An article in, the number of dead that its headline or its first sentence gives out: what grows while a story is told. Reads
//! figures beside words for it, never number words.

use std::ops::RangeInclusive;

use super::prose::Prose;
use crate::language::Lexicon;
use crate::text::words::{plain, words};

/// The word that makes a toll of a figure stands at most so many words ahead of it ("47 people were killed") or behind it.
const AHEAD: usize = 3;
const BEHIND: usize = 6;

/// Figures that are years.
const YEARS: RangeInclusive<&str> = "1900"..="2199";

/// Reports that must give a toll before others are behind it.
const WITNESSES: usize = 2;

/// The toll that the headline gives, else the first sentence.
pub fn of(prose: &Prose) -> Option<u32> {
    let first = prose.sentences().next().map(|first| first.text());
    [Some(prose.article.title.as_str()), first]
        .into_iter()
        .flatten()
        .find_map(|text| told(text, prose.lexicon))
}

/// The highest toll of these that is not a single article's.
pub fn latest(tolls: impl Iterator<Item = u32>) -> Option<u32> {
    let mut tolls: Vec<u32> = tolls.collect();
    tolls.sort_unstable_by(|a, b| b.cmp(a));
    tolls.into_iter().nth(WITNESSES - 1)
}

/// The first figure with a word for the dead near it and no other figure between the two.
fn told(text: &str, lexicon: &Lexicon) -> Option<u32> {
    let written: Vec<&str> = words(text).collect();
    let words: Vec<String> = written.iter().map(|word| plain(word)).collect();
    let is_figure =
        |at: &usize| words.get(*at).is_none_or(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    let is_toll = |at: usize| words.get(at).is_some_and(|word| lexicon.words.toll.has(word));
    written.iter().enumerate().find_map(|(at, figure)| {
        let ahead = (at + 1..=at + AHEAD).take_while(|next| !is_figure(next)).any(is_toll);
        let behind = (at.saturating_sub(BEHIND)..at).rev().take_while(|next| !is_figure(next)).any(is_toll);
        let counts_else = words.get(at + 1).is_some_and(|next| lexicon.words.unit.has(next));
        // "Ida Brask, 47, died", "in 1943".
        let is_age_or_year =
            text.contains(&format!(", {figure},")) || figure.len() == 4 && YEARS.contains(figure);
        let figure = words.get(at)?.parse().ok()?;
        ((ahead || behind) && !counts_else && !is_age_or_year).then_some(figure)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, tag: &str) -> Option<u32> {
        told(text, Lexicon::of(tag))
    }

    #[test]
    fn a_figure_beside_a_word_for_the_dead_is_a_toll() {
        for (text, tag) in [
            ("Ferry sinks off Tarrow, killing at least 47", "en"),
            ("Death toll of the Kestrel rises to 47", "en"),
            ("47 dead as 7.7-magnitude quake shakes Sollund", "en"),
            ("7.7-magnitude quake kills 47 in Sollund", "en"),
            ("Mindestens 47 Tote bei Fährunglück", "de"),
            ("Naufrage du Kestrel : 47 morts", "fr"),
            ("Al menos 47 muertos en el naufragio", "es"),
        ] {
            assert_eq!(of(text, tag), Some(47), "{text}");
        }
        assert_eq!(of("Flood kills 1,204 in Velm", "en"), Some(1204));
        for text in [
            "Man, 47, killed on the pier",
            "Two 47-year-old pilots die",
            "Kestrel sinks with 47 aboard",
            "Killed in action in 1943",
            "47 percent of those who died were sailors",
        ] {
            assert_eq!(of(text, "en"), None, "{text}");
        }
    }

    #[test]
    fn one_report_alone_makes_no_toll_old() {
        assert_eq!(latest([38, 47, 40, 47].into_iter()), Some(47));
        assert_eq!(latest([38, 470].into_iter()), Some(38));
        assert_eq!(latest([47].into_iter()), None);
    }
}
