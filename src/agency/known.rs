//! A name, a mark or a host in, the agency of the table out.

use super::table::{AGENCIES, Agency};
use crate::language::Lexicon;

/// The agency of this name in a byline, letter case aside: "The Associated Press", "AP", "dpa". Marks of two letters count
/// only where the table names them too.
pub(super) fn by_name(name: &str) -> Option<&'static str> {
    let name = name.trim();
    let lower = name.to_lowercase();
    let lower = lower.strip_prefix("the ").unwrap_or(&lower);
    let named = |agency: &Agency| {
        agency.name.to_lowercase() == lower
            || agency.names.contains(&lower)
            || agency.marks.iter().any(|mark| mark.len() > 2 && *mark == name)
    };
    found(named).filter(|_| lower.len() > 2 || name == lower.to_uppercase())
}

/// The agency of this mark in a dateline or after ©, letter case aside: "AP", "REUTERS", "dpa".
pub(super) fn by_mark(mark: &str) -> Option<&'static str> {
    let mark = mark.trim();
    found(|agency| agency.marks.iter().any(|own| own.eq_ignore_ascii_case(mark))).or_else(|| by_name(mark))
}

/// The agency that publishes under this host or a subdomain of it.
pub(super) fn by_host(host: &str) -> Option<&'static str> {
    let under =
        |domain: &&str| host.strip_suffix(*domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    found(|agency| agency.hosts.iter().any(under))
}

/// The name behind a word for where a report comes from: "Source: Xinhua", "via AP".
pub(super) fn behind_source<'t>(line: &'t str, lexicon: &'static Lexicon) -> Option<&'t str> {
    let line = line.trim_start_matches(|c: char| !c.is_alphanumeric());
    let (_, rest) = lexicon.and_english().find_map(|lexicon| lexicon.byline.source.split(line))?;
    Some(rest.trim_start_matches([':', ' ']))
}

fn found(is: impl Fn(&Agency) -> bool) -> Option<&'static str> {
    AGENCIES.iter().find(|agency| is(agency)).map(|agency| agency.name)
}
