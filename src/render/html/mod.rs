//! A page in, the HTML of a mail out: tables, inline styles, nothing that mail programs drop. Never the place where
//! words are chosen or links are checked.

mod story;
mod style;

use std::cell::Cell;

use maud::{DOCTYPE, Markup, PreEscaped, Render, html};

use super::{
    look::Look,
    page::{Ending, Page},
    words::{Block, Kind, Span},
};
use style::Styles;

/// The whole document.
pub(super) fn document(page: &Page, look: &Look) -> String {
    let [before, behind] = frame(page, look);
    [before, ending(&page.ending, look), behind].concat()
}

/// The document without its ending: what stands before it, up to the end of a line, and what behind.
pub(super) fn frame(page: &Page, look: &Look) -> [String; 2] {
    let s = Styles::new(&look.theme);
    let gap = Gap::default();
    let direction = if page.right_to_left { "rtl" } else { "ltr" };
    let title = format!("{}, {}", page.title, page.date);
    let document = html! {
        (DOCTYPE)
        html lang=(page.language) dir=(direction) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="supported-color-schemes" content="light dark";
                meta name="format-detection" content="telephone=no, date=no, address=no, email=no";
                title { (title) }
                style { (PreEscaped(style::sheet(&look.theme))) }
            }
            body.page style=(s.page) {
                div.page role="article" aria-roledescription="email" aria-label=(title) lang=(page.language) dir=(direction) {
                    table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" {
                        tr { td.page.edge align="center" style=(s.page_cell) { (gap) (card(page, look, &s, &gap)) } }
                    }
                }
            }
        }
    };
    let mut before = document.into_string();
    let behind = before.split_off(gap.0.get());
    before.push('\n');
    [before, behind]
}

/// The last rows of the column: the sign-up offer and the footer, in lines of their own.
pub(super) fn ending(ending: &Ending, look: &Look) -> String {
    let s = Styles::new(&look.theme);
    let align = page_edge(ending.right_to_left);
    let rows = html! {
        tr { td.card.side align=(align) style=(s.offer_cell) { (offer(ending, &s)) } }
        tr { td.page.side align=(align) style=(s.footer_cell) { (footer(ending, &s)) } }
    };
    rows.into_string() + "\n"
}

/// The place of the ending. It prints nothing, and counts what was printed before it: in every piece it is put into,
/// one within the other.
#[derive(Default)]
struct Gap(Cell<usize>);

impl Render for Gap {
    fn render_to(&self, printed: &mut String) {
        self.0.set(self.0.get() + printed.len());
    }
}

/// The column of the given width, which classic Outlook only keeps inside a table of its own.
fn card(page: &Page, look: &Look, s: &Styles, gap: &Gap) -> Markup {
    let width = look.theme.sizes.width.get();
    let ghost = format!(
        "<!--[if mso]><table role=\"presentation\" width=\"{width}\" align=\"center\" cellpadding=\"0\" \
         cellspacing=\"0\" border=\"0\"><tr><td><![endif]-->"
    );
    let align = page_edge(page.right_to_left);
    html! {
        (PreEscaped(ghost))
        table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" align="center" style=(s.card) {
            (teaser(page, s))
            (masthead(page, s))
            @for group in &page.groups {
                tr { td.card.side align=(align) style=(s.section_cell) { h2.label.rule style=(s.section) { (group.name) } } }
                @for item in &group.stories {
                    tr { td.card.side align=(align) style=(s.story_cell) { (story::block(page, group.top, item, s)) } }
                }
            }
            @if !page.rest().is_empty() {
                tr { td.card.side align=(align) style=(s.story_cell) { p.meta style=(s.meta) { (page.rest()) } } }
            }
            @if !page.corrections.is_empty() {
                tr { td.card.side align=(align) style=(s.section_cell) { h2.label.rule style=(s.section) { "Corrections" } } }
                @for note in &page.corrections {
                    tr { td.card.side align=(align) style=(s.story_cell) { (story::correction(page, note, s)) } }
                }
            }
            (gap)
        }
        (PreEscaped("<!--[if mso]></td></tr></table><![endif]-->"))
    }
}

/// Where the page's lines begin; said outright in each cell, for the column around them is centred.
fn page_edge(right_to_left: bool) -> &'static str {
    if right_to_left { "right" } else { "left" }
}

/// The first words of the mail, so that they are what an inbox shows beside the subject.
fn teaser(page: &Page, s: &Styles) -> Markup {
    let today = page.today();
    let align = page_edge(page.right_to_left);
    html! {
        @if !today.is_empty() {
            tr { td.page.side.ink align=(align) style=(s.teaser) { strong { "Today:" } " " bdi dir=[page.turned(&today)] { (today) } } }
        }
    }
}

fn masthead(page: &Page, s: &Styles) -> Markup {
    html! {
        tr {
            td.mast.side align="center" style=(s.masthead) {
                h1.mast-ink.title style=(s.title) dir=[page.turned(&page.title)] { (page.title) }
                p.mast-meta style=(s.tagline) dir=[page.turned(&page.tagline)] { (page.motto()) }
                p.mast-meta.mast-line style=(s.date) {
                    (unbroken(page, &page.date)) " · " (unbroken(page, &page.counts()))
                }
            }
        }
    }
}

/// Words that stay on one line where they can.
fn unbroken(page: &Page, words: &str) -> Markup {
    html! { span style="display:inline-block" dir=[page.turned(words)] { (words) } }
}

fn offer(ending: &Ending, s: &Styles) -> Markup {
    html! {
        table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" {
            tr {
                td.page.line style=(s.offer_box) {
                    @for block in &ending.offer {
                        (offer_block(block, s))
                    }
                }
            }
        }
    }
}

/// A paragraph that is a link and nothing else is a button.
fn offer_block(block: &Block, s: &Styles) -> Markup {
    let words = spans(&block.spans, &s.link);
    match (block.kind, block.lone_link()) {
        (Kind::Heading, _) => html! { h2.ink style=(s.offer_title) { (words) } },
        (Kind::Item, _) => html! { p.ink style=(s.offer_text) { "• " (words) } },
        (Kind::Paragraph, Some((words, link))) => button(words, link, s),
        (Kind::Paragraph, None) => html! { p.ink style=(s.offer_text) { (words) } },
    }
}

fn button(words: &str, link: &str, s: &Styles) -> Markup {
    html! {
        table role="presentation" cellpadding="0" cellspacing="0" border="0" {
            tr { td.button style=(s.button_cell) { a.button-ink href=(link) style=(s.button) { (words) } } }
        }
    }
}

fn footer(ending: &Ending, s: &Styles) -> Markup {
    html! {
        @for block in &ending.footer { (footer_block(block, s)) }
        @for notice in &ending.notices { p.ink style=(s.footer) { (notice) } }
    }
}

fn footer_block(block: &Block, s: &Styles) -> Markup {
    match block.kind {
        Kind::Heading => html! { h2.ink style=(s.footer) { (spans(&block.spans, &s.footer_link)) } },
        Kind::Paragraph | Kind::Item => {
            html! { p.ink style=(s.footer) { (spans(&block.spans, &s.footer_link)) } }
        }
    }
}

fn spans(spans: &[Span], link_style: &str) -> Markup {
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
