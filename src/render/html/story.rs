//! One story of a page in, its HTML out: headline, lead, quotations, outlet and further coverage.

use maud::{Markup, html};

use super::style::Styles;
use crate::render::page::{NO_LONGER, Note, Page, Said, Story};

pub(super) fn block(page: &Page, top: bool, story: &Story, s: &Styles) -> Markup {
    html! {
        div lang=[story.language.as_deref().filter(|tag| *tag != page.language)] {
            @if let (true, Some((address, alt))) = (top, &story.picture) {
                img.meta src=(address) alt=(alt) width=(s.picture_width) style=(s.picture);
            }
            (headline(page, top, story, s))
            @for said in &story.lead { (passage(page, said, s)) }
            @for (place, said) in story.quotes.iter().enumerate() {
                (quotation(page, top && place == 0, said, s))
            }
        }
        (standing(page, story, s))
        (more(page, top, story, s))
    }
}

fn headline(page: &Page, top: bool, story: &Story, s: &Styles) -> Markup {
    let (class, style) = if top { ("ink top", &s.top_headline) } else { ("ink", &s.headline) };
    html! {
        @let dir = page.turned(&story.headline);
        h3 class=(class) style=(style) dir=[dir] align=[dir.map(edge)] {
            @if story.update.is_some() { span.label style=(s.label) { "Update" } " " }
            @match &story.link {
                Some(link) => a.link href=(link) style=(s.headline_link) { (story.headline) },
                None => (story.headline),
            }
            @if story.commentary { " " span.meta style=(s.remark) { "(Commentary)" } }
        }
    }
}

fn passage(page: &Page, said: &Said, s: &Styles) -> Markup {
    html! {
        @let dir = page.turned(&said.text);
        p.ink style=(s.body) dir=[dir] align=[dir.map(edge)] {
            (said.text)
            @if said.elsewhere { " — " (source_of(said, s)) }
        }
    }
}

fn quotation(page: &Page, pulled: bool, said: &Said, s: &Styles) -> Markup {
    let turned = page.turned(&said.text);
    let right_to_left = turned.map_or(page.right_to_left, |dir| dir == "rtl");
    let [left_bar, right_bar] = &s.quote;
    html! {
        blockquote style="margin:0 0 12px" dir=[turned] {
            table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" {
                tr {
                    td.bar align=(if right_to_left { "right" } else { "left" }) style=(if right_to_left { right_bar } else { left_bar }) {
                        p.ink style=(if pulled { &s.top_quote } else { &s.quote_text }) { (said.text) }
                        p.meta style=(s.speaker) dir=[page.turned(said.speaker.as_deref().unwrap_or_default())] {
                            "— " @if let Some(speaker) = &said.speaker { strong.ink style=(s.meta_strong) { (speaker) } ", in " }
                            (source_of(said, s)) (said.carried())
                        }
                    }
                }
            }
        }
    }
}

/// Where the lines of a text begin; said outright, for the cell around it says the other.
fn edge(dir: &'static str) -> &'static str {
    if dir == "rtl" { "right" } else { "left" }
}

/// The outlet a passage stands in, linked to its very words.
fn source_of(said: &Said, s: &Styles) -> Markup {
    linked(&said.source.link_words(), said.link.as_deref(), s)
}

fn linked(words: &str, link: Option<&str>, s: &Styles) -> Markup {
    match link {
        Some(link) => html! { a.link href=(link) style=(s.link) { (words) } },
        None => html! { (words) },
    }
}

fn standing(page: &Page, story: &Story, s: &Styles) -> Markup {
    let standing = story.standing();
    html! {
        @if !(story.outlet.is_empty() && standing.is_empty()) {
            p.meta style=(s.meta) {
                strong.ink style=(s.meta_strong) { bdi dir=[page.turned(&story.outlet)] { (story.outlet) } }
                @if !story.outlet.is_empty() && !standing.is_empty() { " · " }
                bdi dir=[page.turned(&standing)] { (standing) }
            }
        }
    }
}

/// Direct links to the other outlets: with their headlines below the top story, else by name alone.
fn more(page: &Page, top: bool, story: &Story, s: &Styles) -> Markup {
    html! {
        @if story.more.is_empty() {
        } @else if top {
            p.meta style=(s.list_item) { strong.ink style=(s.meta_strong) { "More coverage" } }
            @for other in &story.more {
                @let dir = page.turned(&other.title);
                p.meta style=(s.list_item) dir=[dir] align=[dir.map(edge)] {
                    (linked(&other.link_words(), other.link.as_deref(), s)) @if !other.title.is_empty() { ": " (other.title) }
                }
            }
        } @else {
            p.meta style=(s.list_item) {
                "More coverage: "
                @for (place, other) in story.more.iter().enumerate() {
                    @if place > 0 { ", " }
                    @if let Some(link) = &other.link { a.link href=(link) style=(s.more_link) { (other.link_words()) } }
                }
            }
        }
    }
}

/// What an outlet took back: whose words under which headline, what it says now, and what is gone.
pub(super) fn correction(page: &Page, note: &Note, s: &Styles) -> Markup {
    html! {
        p.meta style=(s.meta) {
            strong.ink style=(s.meta_strong) { bdi { (note.outlet) } } " on "
            bdi {
                @match &note.link {
                    Some(link) => a.link href=(link) style=(s.link) { (note.headline) },
                    None => (note.headline),
                }
            }
            ", printed " (note.day)
        }
        @if !note.notice.is_empty() {
            @let dir = page.turned(&note.notice);
            p.ink style=(s.body) dir=[dir] align=[dir.map(edge)] { (note.notice) }
        }
        @for words in &note.gone {
            p.meta style=(s.meta) { (NO_LONGER) " " bdi dir=[page.turned(words)] { (words) } }
        }
    }
}
