//! The names of a byline in, the agency it credits out. "Jane Roe, Associated Press" is the agency's reporter; "Jane Roe
//! and Reuters" wrote together with an agency, which makes the text the outlet's own.

use super::{WIRE, known};

/// What stands between a person and whom they work for.
const AFFILIATION: [&str; 11] = [",", ";", "/", "|", "(", ")", "•", "·", " - ", " – ", " — "];
/// What stands between two who wrote together, in lower case.
const TOGETHER: [&str; 10] =
    [" and ", " with ", " & ", " + ", " und ", " mit ", " et ", " avec ", " y ", " con "];
/// What stands before a name, in lower case.
const OPENINGS: [&str; 8] = ["by ", "from ", "von ", "par ", "por ", "di ", "door ", "av "];
/// What people and desks of an agency are called behind its name, in lower case.
const ROLES: [&str; 23] = [
    "staff",
    "writer",
    "writers",
    "reporter",
    "reporters",
    "correspondent",
    "editor",
    "editors",
    "newsroom",
    "desk",
    "news",
    "agency",
    "service",
    "wire",
    "sport",
    "sports",
    "business",
    "science",
    "medical",
    "political",
    "national",
    "international",
    "team",
];

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
pub(super) fn agency(byline: &str) -> Option<&'static str> {
    let byline = unopened(byline.trim());
    if unnamed(byline) {
        return Some(WIRE);
    }
    let parties: Vec<Party> = split(byline, &TOGETHER).into_iter().map(party).collect();
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

fn party(names: &str) -> Party {
    let parts = split(names, &AFFILIATION);
    let mut found = parts.iter().filter_map(|part| credited(part));
    // Two agencies in a row: the first named one has the report.
    match (found.clone().find(|name| *name != WIRE).or_else(|| found.next()), parts.len()) {
        (None, _) => Party::Own,
        (Some(agency), _)
            if parts.iter().all(|part| credited(part) == Some(agency) && !behind_a_name(part)) =>
        {
            Party::Agency(agency)
        }
        (Some(agency), _) => Party::Member(agency),
    }
}

/// The agency a part of a byline names: alone, with a role, or in full behind a person's name.
fn credited(part: &str) -> Option<&'static str> {
    let part = part.trim().trim_matches('.');
    if unnamed(part) {
        return Some(WIRE);
    }
    without_roles(part).or_else(|| {
        let lower = part.to_lowercase();
        let tail = |words: usize| {
            let starts: Vec<usize> = lower.match_indices(' ').map(|(at, _)| at + 1).collect();
            let from = *starts.get(starts.len().checked_sub(words)?)?;
            known::by_name(lower.get(from..)?)
        };
        [3, 2].into_iter().find_map(tail)
    })
}

fn behind_a_name(part: &str) -> bool {
    without_roles(part.trim().trim_matches('.')).is_none() && !unnamed(part.trim())
}

/// The agency of this name, roles behind it set aside.
fn without_roles(part: &str) -> Option<&'static str> {
    let mut rest = part;
    loop {
        if let Some(agency) = known::by_name(rest) {
            return Some(agency);
        }
        let (before, last) = rest.rsplit_once(' ')?;
        if !ROLES.contains(&last.to_lowercase().as_str()) {
            return None;
        }
        rest = before.trim_end();
    }
}

fn unnamed(part: &str) -> bool {
    super::table::UNNAMED.contains(&part.to_lowercase().as_str())
}

fn unopened(byline: &str) -> &str {
    let lower = byline.to_lowercase();
    let opening =
        OPENINGS.iter().find(|opening| lower.starts_with(*opening)).map_or(0, |opening| opening.len());
    byline.get(opening..).unwrap_or(byline).trim()
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
