//! One story of a page in, its HTML out: headline, lead, quotations and outlets. Never chooses what
//! is printed.

use maud::{Markup, html};

use super::{edge, isolated, page_edge, slanted, style::Styles, table};
use crate::render::page::{MORE, NO_LONGER, Note, Page, READ, Said, Story, turned};

/// `top` marks the story that leads the mail; with `run_on`, quotations are paragraphs and their speakers follow on.
pub(super) fn block(page: &Page, top: bool, run_on: bool, story: &Story, s: &Styles) -> Markup {
    html! {
        div lang=[story.foreign(page)] {
            @if let (true, Some((address, alt))) = (top, &story.picture) {
                img.meta src=(address) alt=(alt) width=(s.picture_width) style=(s.picture);
            }
            @if !top { (weight(page, story, s)) }
            (headline(page, top, story, s))
            @for said in &story.lead { (passage(page, said, s)) }
            @for (place, said) in story.quotes.iter().enumerate() {
                @if run_on && !(top && place == 0) { (remark(page, said, s)) }
                @else { (quotation(page, top && place == 0, said, s)) }
            }
        }
        @if !story.is_line() || !story.more.is_empty() { (sources(page, story, s)) }
    }
}

/// How many outlets tell the story, and since when, above its headline.
fn weight(page: &Page, story: &Story, s: &Styles) -> Markup {
    let weight = story.weight();
    html! {
        @if !weight.is_empty() {
            @let dir = page.turned(&story.headline);
            @let right_to_left = runs_right_to_left(page, story);
            p.label style=(s.label) dir=[dir] align=[dir.map(edge)] { (isolated(html! { (weight) }, &weight, right_to_left)) }
        }
    }
}

fn headline(page: &Page, top: bool, story: &Story, s: &Styles) -> Markup {
    let (class, style) = match (top, story.is_line()) {
        (true, _) => ("ink top", &s.top_headline),
        (false, false) => ("ink", &s.headline),
        (false, true) => ("ink", &s.line),
    };
    html! {
        @let dir = page.turned(&story.headline);
        h3 class=(class) style=(style) dir=[dir] align=[dir.map(edge)] {
            @match (&story.link, story.link_behind) {
                (Some(link), false) => a.head href=(link) style=(s.headline_link) { (story.headline) },
                (Some(link), true) => { (story.headline) " " a.link href=(link) style=(s.link) { (READ) } },
                (None, _) => (story.headline),
            }
            @if story.commentary { " " span.meta style=(s.remark) { "(Commentary)" } }
            @if story.is_line() && !story.outlet.is_empty() {
                " " span.meta style=(s.remark) { (isolated(html! { "(" (story.source()) ")" }, &story.outlet, runs_right_to_left(page, story))) }
            }
        }
    }
}

fn passage(page: &Page, said: &Said, s: &Styles) -> Markup {
    html! {
        @let dir = page.turned(&said.text);
        p style=(s.body) dir=[dir] align=[dir.map(edge)] {
            (said.text)
            @if said.elsewhere { " (" (source_of(said, s)) ")" }
        }
    }
}

/// A quotation beside a bar, with the speaker below it.
fn quotation(page: &Page, pulled: bool, said: &Said, s: &Styles) -> Markup {
    let turned = page.turned(&said.text);
    let edge = turned.map_or(page_edge(page.right_to_left), edge);
    let by_whom = said.speaker.as_deref().unwrap_or(&said.source.outlet);
    let bar = if pulled { "ink bar" } else { "ink line" };
    html! {
        blockquote style=(s.body) dir=[turned] {
            (table(html! {
                tr {
                    td class=(bar) align=(edge) style=(s.quote_cell[usize::from(pulled)][usize::from(edge == "right")]) {
                        p.ink style=(slanted(if pulled { &s.top_quote } else { &s.quote }, &said.text)) { (said.text) }
                        p.meta style=(s.speaker) dir=[self::turned(by_whom, edge == "right")] { (by(said, s)) }
                    }
                }
            }))
        }
    }
}

/// A quotation as a paragraph, followed by its speaker.
fn remark(page: &Page, said: &Said, s: &Styles) -> Markup {
    html! {
        @let dir = page.turned(&said.text);
        blockquote style=(s.body) dir=[dir] {
            p style="margin:0" align=[dir.map(edge)] {
                span style=(slanted(&s.quoted, &said.text)) { (said.text) } " " span.meta style=(s.speaker) { (by(said, s)) }
            }
        }
    }
}

/// `— Dora Lindqvist, in Harbor Times · quoted by 3 outlets`
fn by(said: &Said, s: &Styles) -> Markup {
    html! {
        "—\u{a0}" @if let Some(speaker) = &said.speaker { strong.ink style=(s.strong) { (speaker) } ", in " }
        (source_of(said, s)) (said.carried())
    }
}

/// The outlet a passage comes from, linked to the exact words.
fn source_of(said: &Said, s: &Styles) -> Markup {
    linked(&said.source.link_words(), said.link.as_deref(), &s.link)
}

/// A headline at the head of the page.
pub(super) fn named(story: &Story, s: &Styles) -> Markup {
    match story.link.as_deref().filter(|_| !story.link_behind) {
        Some(link) => html! { a.head href=(link) style=(s.headline_link) { (story.headline) } },
        None => html! { (story.headline) },
    }
}

fn linked(words: &str, link: Option<&str>, style: &str) -> Markup {
    match link {
        Some(link) => html! { a.link href=(link) style=(style) { (words) } },
        None => html! { (words) },
    }
}

/// Who tells it: the outlet of the headline, with the time, and the others by name; the others alone where the headline
/// names its outlet.
fn sources(page: &Page, story: &Story, s: &Styles) -> Markup {
    let dir = page.turned(&story.headline);
    let right_to_left = runs_right_to_left(page, story);
    let standing = story.standing();
    let is_named = story.is_line() || story.outlet.is_empty();
    let parts = [
        (!is_named).then(|| outlet(&story.outlet, right_to_left, s)),
        (!story.is_line() && !standing.is_empty())
            .then(|| isolated(html! { (standing) }, &standing, right_to_left)),
        (!story.more.is_empty()).then(|| others(page, story, s)),
    ];
    html! {
        @if parts.iter().any(Option::is_some) {
            p.meta style=(s.meta) dir=[dir] align=[dir.map(edge)] {
                @for (place, part) in parts.iter().flatten().enumerate() {
                    @if place > 0 { " · " }
                    (part)
                }
            }
        }
    }
}

fn outlet(name: &str, right_to_left: bool, s: &Styles) -> Markup {
    html! { strong.ink style=(s.strong) dir=[turned(name, right_to_left)] { (name) } }
}

/// The other outlets by name alone.
fn others(page: &Page, story: &Story, s: &Styles) -> Markup {
    let right_to_left = runs_right_to_left(page, story);
    html! {
        (MORE) " "
        @for (place, other) in story.more.iter().enumerate() {
            @if place > 0 { ", " }
            @let link = linked(&other.link_words(), other.link.as_deref(), &s.more_link);
            (isolated(link, &other.outlet, right_to_left))
        }
    }
}

/// Whether the notes on a story run from right to left: they follow its headline.
fn runs_right_to_left(page: &Page, story: &Story) -> bool {
    page.turned(&story.headline).map_or(page.right_to_left, |dir| dir == "rtl")
}

/// An outlet's correction: which outlet and headline, what it says now, and which words are gone.
pub(super) fn correction(page: &Page, note: &Note, s: &Styles) -> Markup {
    html! {
        @let dir = page.turned(&note.headline);
        @let right_to_left = dir.map_or(page.right_to_left, |dir| dir == "rtl");
        p.meta style=(s.top_meta) dir=[dir] align=[dir.map(edge)] {
            (outlet(&note.outlet, right_to_left, s)) " on "
            @if note.link_behind { (note.headline) " (" (linked(READ, note.link.as_deref(), &s.link)) ")" }
            @else { (linked(&note.headline, note.link.as_deref(), &s.link)) }
            ", printed " (note.day)
        }
        @if !note.notice.is_empty() {
            @let dir = page.turned(&note.notice);
            p style=(s.body) dir=[dir] align=[dir.map(edge)] { (note.notice) }
        }
        @for words in &note.gone {
            @let dir = page.turned(words);
            p.meta style=(s.top_meta) dir=[dir] align=[dir.map(edge)] { (NO_LONGER) " " (words) }
        }
    }
}
