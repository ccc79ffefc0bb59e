//! The newsletter's own words in, the HTML of a mail's ending out: the sign-up offer and the footer. Never holds a
//! story.

use maud::{Markup, html};

use super::{edge, page_edge, style::Styles, table};
use crate::{
    render::{
        Notice,
        page::{Ending, turned},
        plain::web_link,
        words::{Block, Kind, Span},
    },
    text::link,
};

pub(super) fn offer(ending: &Ending, s: &Styles) -> Markup {
    let rows = html! {
        @for block in &ending.offer {
            @let dir = turned(&block.text(), ending.right_to_left);
            tr {
                td.ink dir=[dir] align=(dir.map_or(page_edge(ending.right_to_left), edge)) style=(s.offer_row) { (offer_block(block, s)) }
            }
        }
    };
    table(html! { tr { td.page.line style=(s.offer_box) { (table(rows)) } } })
}

/// A paragraph that consists of a single link becomes a button.
fn offer_block(block: &Block, s: &Styles) -> Markup {
    let words = spans(&block.spans, &s.link);
    match (block.kind, block.lone_link()) {
        (Kind::Heading, _) => html! { h2.ink style=(s.offer_title) { (words) } },
        (Kind::Item, _) => html! { p style=(s.offer_text) { "• " (words) } },
        (Kind::Paragraph, Some((words, link))) => button(words, link, s),
        (Kind::Paragraph, None) => html! { p style=(s.offer_text) { (words) } },
    }
}

fn button(words: &str, link: &str, s: &Styles) -> Markup {
    html! {
        table role="presentation" cellpadding="0" cellspacing="0" border="0" {
            tr { td.button style=(s.button_cell) { a.button-ink href=(link) style=(s.button) { (words) } } }
        }
    }
}

pub(super) fn footer(ending: &Ending, s: &Styles) -> Markup {
    html! {
        @for block in &ending.footer { (footer_block(ending, block, s)) }
        @for notice in &ending.notices { p.ink style=(s.footer) { (spans(&linked(notice), &s.footer_link)) } }
    }
}

fn footer_block(ending: &Ending, block: &Block, s: &Styles) -> Markup {
    let words = spans(&block.spans, &s.footer_link);
    let dir = turned(&block.text(), ending.right_to_left);
    let align = dir.map(edge);
    match block.kind {
        Kind::Heading => html! { h2.ink dir=[dir] align=[align] style=(s.footer) { (words) } },
        Kind::Paragraph | Kind::Item => html! { p.ink dir=[dir] align=[align] style=(s.footer) { (words) } },
    }
}

/// A notice with its feed's address linked, and nothing else; the text part leaves it as it is.
fn linked(notice: &Notice) -> Vec<Span> {
    let (words, mut end) = (notice.words.as_str(), 0);
    let part = |text: Option<&str>| Span { text: text.unwrap_or_default().to_owned(), ..Span::default() };
    let mut pieces = Vec::new();
    for place in link::in_words(words) {
        let link = web_link(&words[place.clone()]).filter(|link| notice.feed.as_ref() == Some(link));
        if link.is_some() {
            pieces.push(part(words.get(end..place.start)));
            end = place.end;
            pieces.push(Span { link, ..part(words.get(place)) });
        }
    }
    pieces.push(part(words.get(end..)));
    pieces
}

/// The newsletter's own words.
pub(super) fn spans(spans: &[Span], link_style: &str) -> Markup {
    html! {
        @for span in spans {
            @match (&span.link, span.strong, span.emphasis) {
                (Some(link), ..) => a.link href=(link) style=(link_style) { (span.text) },
                (None, true, _) => strong { (span.text) },
                (None, false, true) => em { (span.text) },
                (None, false, false) => (span.text),
            }
        }
    }
}
