//! A page in, the HTML of a mail out: tables and inline styles, nothing that mail programs drop. Never chooses words
//! or checks links.

mod foot;
mod sheet;
mod story;
mod style;
#[cfg(test)]
mod tests;

use std::cell::Cell;

use maud::{DOCTYPE, Markup, PreEscaped, Render, html};

use super::{
    look::Look,
    page::{Ending, Group, Page, turned},
    theme::{Manner, Place, Theme},
};

pub(super) use style::Styles;

/// The whole document.
pub(super) fn document(page: &Page, look: &Look) -> String {
    let [before, behind] = frame(page, look);
    [before, ending(&page.ending, &Styles::new(&look.theme)), behind].concat()
}

/// The document split around its ending: everything before it, up to a line end, and everything after.
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
                (PreEscaped(sheet::FOR_WORD))
                style { (PreEscaped(sheet::sheet(&look.theme))) }
            }
            body.page style=(s.page) {
                div style=(style::UNSEEN) { (page.preview()) }
                div.page role="article" aria-roledescription="email" aria-label=(title) lang=(page.language) dir=(direction) {
                    table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" {
                        tr {
                            td.page.edge align="center" style=(s.page_cell) { (gap) (card(page, &look.theme, &s, &gap)) }
                        }
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

/// The last rows of the column, the sign-up offer and the footer, on lines of their own.
pub(super) fn ending(ending: &Ending, s: &Styles) -> String {
    let align = page_edge(ending.right_to_left);
    let rows = html! {
        tr { td.card.side align=(align) style=(s.offer_cell) { (foot::offer(ending, s)) } }
        tr { td.page.side align=(align) style=(s.footer_cell) { (foot::footer(ending, s)) } }
    };
    rows.into_string() + "\n"
}

/// Marks where the ending goes. It prints nothing; at each level of nesting it adds up the bytes printed before it.
#[derive(Default)]
struct Gap(Cell<usize>);

impl Render for Gap {
    fn render_to(&self, printed: &mut String) {
        self.0.set(self.0.get() + printed.len());
    }
}

/// The fixed-width column; classic Outlook only keeps its width inside an extra table.
fn card(page: &Page, theme: &Theme, s: &Styles, gap: &Gap) -> Markup {
    let width = theme.sizes.width.get();
    let ghost = format!(
        "<!--[if mso]><table role=\"presentation\" width=\"{width}\" align=\"center\" cellpadding=\"0\" \
         cellspacing=\"0\" border=\"0\"><tr><td><![endif]-->"
    );
    let align = page_edge(page.right_to_left);
    html! {
        (PreEscaped(ghost))
        table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" align="center" style=(s.card) {
            (masthead(page, &theme.manner, s))
            (leading(page, s))
            @for (place, group) in page.groups.iter().enumerate() {
                (stories(page, group, place == 0, &theme.manner, s))
            }
            @if let Some(rest) = page.rest() {
                tr { td.card.side.ink align=(align) style=(s.rest) { strong { (foot::spans(&rest.spans, &s.link)) } } }
            }
            @if !page.corrections.is_empty() { (corrections(page, s)) }
            (gap)
        }
        (PreEscaped("<!--[if mso]></td></tr></table><![endif]-->"))
    }
}

/// A layout table as wide as its container.
fn table(rows: Markup) -> Markup {
    html! { table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" { (rows) } }
}

/// The side where the page's lines begin; stated in each cell because the column around them is centred.
fn page_edge(right_to_left: bool) -> &'static str {
    if right_to_left { "right" } else { "left" }
}

/// The side where lines in direction `dir` begin; stated because the enclosing cell may run the other way.
fn edge(dir: &'static str) -> &'static str {
    if dir == "rtl" { "right" } else { "left" }
}

/// The italic one of two styles, or the upright one for words in a script without case, which has no italics.
fn slanted<'a>([slanted, upright]: &'a [String; 2], words: &str) -> &'a str {
    if words.chars().any(|c| c.is_lowercase() || c.is_uppercase()) { slanted } else { upright }
}

/// Words that may run in the opposite direction, isolated so that they do not reorder what stands beside them.
fn isolated(printed: Markup, words: &str, right_to_left: bool) -> Markup {
    match turned(words, right_to_left) {
        Some(dir) => html! { span dir=(dir) { (printed) } },
        None => printed,
    }
}

/// The title, and in one line when it is, how many stories and how long they take.
fn masthead(page: &Page, manner: &Manner, s: &Styles) -> Markup {
    let align = if manner.masthead == Place::Center { "center" } else { page_edge(page.right_to_left) };
    let dateline = page.dateline();
    html! {
        tr {
            td.mast.side align=(align) style=(s.masthead) {
                h1.mast-ink.title style=(s.title) dir=[page.turned(&page.title)] { (page.title) }
                p.mast-meta style=(s.issue) dir=[page.turned(&dateline)] { (dateline) }
            }
        }
    }
}

/// What was read for this page, and the headlines of its first stories, linked to their outlets.
fn leading(page: &Page, s: &Styles) -> Markup {
    let (proof, headlines): (_, Vec<_>) = (page.proof(), page.leading().collect());
    html! {
        @if proof.is_some() || !headlines.is_empty() {
            tr {
                td.card.side.ink align=(page_edge(page.right_to_left)) style=(s.leading_cell) {
                    @if let Some(proof) = proof { p.meta style=(s.proof) dir=[page.turned(&proof)] { (proof) } }
                    @for (place, story) in headlines.iter().enumerate() {
                        @let dir = page.turned(&story.headline);
                        p style=(s.leading) dir=[dir] align=[dir.map(edge)] lang=[story.foreign(page)] {
                            span.label style=(s.number) { (place + 1) } " " (story::named(story, s))
                        }
                    }
                }
            }
        }
    }
}

/// The stories of a section.
fn stories(page: &Page, group: &Group, first: bool, manner: &Manner, s: &Styles) -> Markup {
    let align = page_edge(page.right_to_left);
    let rows = html! {
        @for (place, item) in group.stories.iter().enumerate() {
            tr {
                td.ink.line align=(align) style=(s.row(place, item.is_line())) {
                    (story::block(page, group.top, manner.run_on, item, s))
                }
            }
        }
    };
    section(page, &group.name, first, rows, s)
}

fn corrections(page: &Page, s: &Styles) -> Markup {
    let align = page_edge(page.right_to_left);
    let rows = html! {
        @for (place, note) in page.corrections.iter().enumerate() {
            tr { td.ink.line align=(align) style=(s.story_cell[place.min(1)]) { (story::correction(page, note, s)) } }
        }
    };
    section(page, "Corrections", page.groups.is_empty(), rows, s)
}

/// A section: its name, with a rule above unless it follows the masthead, then its rows.
fn section(page: &Page, name: &str, first: bool, rows: Markup, s: &Styles) -> Markup {
    let (align, below) = (page_edge(page.right_to_left), usize::from(!first));
    html! {
        tr {
            td.card.side align=(align) style=(s.group[below]) {
                (table(html! {
                    tr {
                        td.rule align=(align) style=(s.section_cell[below]) {
                            h2.label style=(s.section) dir=[page.turned(name)] { (name) }
                        }
                    }
                    (rows)
                }))
            }
        }
    }
}
