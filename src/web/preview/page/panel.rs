//! One copy in, the panel beside it out: how it looks in an inbox, its figures, what to mend, its headers and
//! links. Never the copy itself.

use jiff::Timestamp;
use maud::{Markup, html};

use super::super::{sheet::Sheet, workshop::Digest};
use crate::{
    lint::{self, Severity},
    model::Edition,
    render::Measure,
};

/// The figures that matter most, each readable at a glance.
pub fn figures(sheet: &Sheet) -> Markup {
    let Measure { stories, left_out, words, minutes } = sheet.measure;
    let links = sheet.examined.links.len();
    html! {
        dl #figures {
            (figure("stories", stories)) (figure("words", words)) (figure("minutes", minutes)) (figure("links", links))
            div.size { (size(sheet)) }
            @if left_out > 0 { div.note { dt { "left out" } dd { (left_out) } } }
        }
    }
}

fn figure(name: &str, value: usize) -> Markup {
    html! { div { dt { (name) } dd id=(name) { (thousands(value)) } } }
}

/// The HTML's size against our limit and Gmail's.
fn size(sheet: &Sheet) -> Markup {
    let html = sheet.examined.sizes.html;
    let (budget, clipped) = (lint::BUDGET.to_string(), lint::CLIPPED.to_string());
    html! {
        dt { "HTML" }
        dd { b #size { (kilobytes(html)) } " of " (kilobytes(lint::BUDGET)) }
        meter min="0" max=(clipped) low=(budget) high=(clipped) optimum="0" value=(html) {}
    }
}

/// The rest of the panel.
pub fn details(digest: &Digest, edition: &Edition, sheet: &Sheet) -> Markup {
    html! {
        aside #details aria-label="About this copy" {
            (inbox(sheet))
            (findings(sheet))
            (made(digest, edition, sheet))
            (headers(sheet))
            (links(sheet))
        }
    }
}

/// The line an inbox shows.
fn inbox(sheet: &Sheet) -> Markup {
    let from = sheet.examined.header("From");
    let name = from.split(" <").next().unwrap_or(from).trim_matches('"');
    html! {
        section #inbox {
            h2 { "In the inbox" }
            div.mail {
                p.from { (name) }
                p.subject { (sheet.examined.header("Subject")) }
                p.teaser { (sheet.examined.teaser) }
            }
        }
    }
}

fn findings(sheet: &Sheet) -> Markup {
    let findings = &sheet.examined.findings;
    html! {
        section #findings {
            h2 { "Checks" @if !findings.is_empty() { " " span.many { (findings.len()) } } }
            @if let Some(remark) = &sheet.remark { p.note { (remark) } }
            @if findings.is_empty() && !sheet.message.is_empty() { p.good { "Nothing to find fault with." } }
            ul {
                @for finding in findings {
                    li .error[finding.severity == Severity::Error] .warning[finding.severity == Severity::Warning] {
                        (finding.text) " " small { (finding.rule) }
                    }
                }
            }
        }
    }
}

fn made(digest: &Digest, edition: &Edition, sheet: &Sheet) -> Markup {
    let feeds = &digest.feeds;
    html! {
        section #made {
            h2 { "Edition" }
            p { "Composed as of " time { (moment(edition.composed_at, digest)) } "." }
            p {
                "Message " b { (kilobytes(sheet.examined.sizes.message)) } ", text part "
                b { (kilobytes(sheet.examined.sizes.text)) } "."
            }
            p {
                (feeds.read) " feeds read, " (feeds.unchanged) " unchanged, "
                @if feeds.not_due > 0 { (feeds.not_due) " not due, " }
                (feeds.failed.len()) " failed."
            }
            @for failed in feeds.failed.iter().chain(&feeds.waiting) {
                p.error { b { (failed.outlet) } ": " (failed.reason) }
            }
            @for notice in &feeds.notices { p.note { b { (notice.outlet) } " " (notice.text) "." } }
        }
    }
}

fn headers(sheet: &Sheet) -> Markup {
    html! {
        details #headers {
            summary { "Headers " span.many { (sheet.examined.headers.len()) } }
            dl { @for (name, value) in &sheet.examined.headers { dt { (name) } dd { (value) } } }
        }
    }
}

fn links(sheet: &Sheet) -> Markup {
    let links = &sheet.examined.links;
    html! {
        details #all-links {
            summary { "Links " span.many { (links.len()) } }
            ol { @for link in links { li { a href=(link) target="_blank" rel="noreferrer" { (bare(link)) } } } }
        }
    }
}

/// An address without its scheme.
fn bare(link: &str) -> &str {
    let bare = link.strip_prefix("https://").or_else(|| link.strip_prefix("http://")).unwrap_or(link);
    bare.strip_prefix("www.").unwrap_or(bare)
}

/// A moment in the newsletter's own time.
fn moment(at: Timestamp, digest: &Digest) -> String {
    let local = at.to_zoned(digest.config.newsletter.timezone.clone());
    local.strftime("%A, %B %-d, %Y, %H:%M %Z").to_string()
}

/// `47.1 KB`, of 1000 bytes each.
fn kilobytes(bytes: usize) -> String {
    format!("{}.{} KB", bytes / 1000, bytes % 1000 / 100)
}

/// `1,188`
fn thousands(number: usize) -> String {
    match number {
        small @ 0..1000 => small.to_string(),
        large => format!("{},{:03}", large / 1000, large % 1000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_size_is_held_against_what_is_kept_to() {
        assert_eq!(lint::BUDGET, crate::render::HTML_BUDGET);
    }

    #[test]
    fn numbers_read_as_people_write_them() {
        assert_eq!([0, 999, 1000, 12_034].map(thousands), ["0", "999", "1,000", "12,034"]);
        assert_eq!([0, 47_069, 80_000].map(kilobytes), ["0.0 KB", "47.0 KB", "80.0 KB"]);
        assert_eq!(bare("https://www.gazette.example/ferry"), "gazette.example/ferry");
    }
}
