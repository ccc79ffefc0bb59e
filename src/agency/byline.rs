//! The names of a byline in, the agency it credits out. "Jane Roe, Associated Press" is the agency's reporter; "Jane Roe
//! and Reuters" wrote together with an agency, which makes the text the outlet's own.

use super::{WIRE, known};
use crate::{
    language::{Class, Lexicon},
    prose::byline,
};

/// What stands between a person and whom they work for.
const AFFILIATION: [&str; 11] = [",", ";", "/", "|", "(", ")", "•", "·", " - ", " – ", " — "];
/// One who is named in a byline.
#[derive(Clone, Copy, PartialEq)]
enum Party {
    /// A person or a desk with nobody behind them.
    Own,
    /// An agency alone.
    Agency(&'static str),
    /// A person of an agency, who brings those named before along.
    Member(&'static str),
}

/// The agency that wrote the text, if the byline says so: no one is named beside it but its own people.
pub(super) fn agency(line: &str, lexicon: &'static Lexicon) -> Option<&'static str> {
    let line = line.trim();
    let names = byline::behind_opening(line, lexicon).or_else(|| known::behind_source(line, lexicon));
    let names = names.unwrap_or(line);
    if unnamed(names, lexicon) {
        return Some(WIRE);
    }
    let together = |word: &str| {
        let joins =
            |lexicon: &Lexicon| lexicon.classes(word).has(Class::And) || lexicon.byline.with.has(word);
        lexicon.and_english().any(joins)
    };
    let parties = byline::apart(names, together).into_iter().map(|names| party(names, lexicon));
    let parties: Vec<Party> = parties.collect();
    match parties.last()? {
        Party::Member(agency) => Some(agency),
        _ => {
            let agency = |party: &Party| match party {
                Party::Agency(agency) | Party::Member(agency) => Some(*agency),
                Party::Own => None,
            };
            let agencies: Option<Vec<&str>> = parties.iter().map(agency).collect();
            agencies?.into_iter().min_by_key(|&name| name == WIRE)
        }
    }
}

fn party(names: &str, lexicon: &'static Lexicon) -> Party {
    let parts = split(names, &AFFILIATION);
    let credited = |part: &str| credited(part, lexicon);
    let mut found = parts.iter().filter_map(|part| credited(part));
    // Two agencies in a row: the first named one has the report.
    match (found.clone().find(|name| *name != WIRE).or_else(|| found.next()), parts.len()) {
        (None, _) => Party::Own,
        (Some(agency), _)
            if parts.iter().all(|part| credited(part) == Some(agency) && !behind_a_name(part, lexicon)) =>
        {
            Party::Agency(agency)
        }
        (Some(agency), _) => Party::Member(agency),
    }
}

/// The agency a part of a byline names: alone, with a role, or in full behind a person's name.
fn credited(part: &str, lexicon: &'static Lexicon) -> Option<&'static str> {
    let part = part.trim().trim_matches('.');
    if unnamed(part, lexicon) {
        return Some(WIRE);
    }
    without_roles(part, lexicon).or_else(|| {
        let lower = part.to_lowercase();
        let tail = |words: usize| {
            let starts: Vec<usize> = lower.match_indices(' ').map(|(at, _)| at + 1).collect();
            let from = *starts.get(starts.len().checked_sub(words)?)?;
            known::by_name(lower.get(from..)?)
        };
        [3, 2].into_iter().find_map(tail)
    })
}

fn behind_a_name(part: &str, lexicon: &'static Lexicon) -> bool {
    without_roles(part.trim().trim_matches('.'), lexicon).is_none() && !unnamed(part.trim(), lexicon)
}

/// The agency of this name, roles behind it set aside.
fn without_roles(part: &str, lexicon: &'static Lexicon) -> Option<&'static str> {
    let mut rest = part;
    loop {
        if let Some(agency) = known::by_name(rest) {
            return Some(agency);
        }
        let (before, last) = rest.rsplit_once(' ')?;
        let is_role = |lexicon: &Lexicon| lexicon.byline.role.has(last) || lexicon.byline.desk.has(last);
        if !lexicon.and_english().any(is_role) {
            return None;
        }
        rest = before.trim_end();
    }
}

fn unnamed(part: &str, lexicon: &'static Lexicon) -> bool {
    lexicon.and_english().any(|lexicon| lexicon.byline.agencies.has(part))
}

/// The parts of a text between any of the marks, letter case aside; none is empty.
fn split<'a>(text: &'a str, marks: &[&str]) -> Vec<&'a str> {
    let mut parts = vec![text];
    for mark in marks {
        parts = parts.into_iter().flat_map(|part| pieces(part, mark)).collect();
    }
    parts.into_iter().map(str::trim).filter(|part| part.contains(char::is_alphanumeric)).collect()
}

fn pieces<'a>(part: &'a str, mark: &str) -> Vec<&'a str> {
    // ASCII folding keeps every place where it is.
    let folded = part.to_ascii_lowercase();
    let mut from = 0;
    let mut pieces = Vec::new();
    for (at, mark) in folded.match_indices(mark) {
        pieces.extend(part.get(from..at));
        from = at + mark.len();
    }
    pieces.extend(part.get(from..));
    pieces
}
