//! A page in, the plain text part of a mail out: 72 columns, pleasant in a terminal, with every link of the HTML on a
//! line of its own: below its headline, or below all stories. Never breaks an address.

use std::collections::BTreeMap;

use super::{
    page::{Elsewhere, Ending, MORE, NO_LONGER, Note, Page, Said, Story},
    words::{Block, Kind, Span},
    wrap::{GLUE, WIDTH, width, wrap},
};

pub(super) fn document(page: &Page) -> String {
    opening(page) + &ending(&page.ending)
}

/// Everything before the ending, up to a line end.
pub(super) fn opening(page: &Page) -> String {
    let mut links = Links::default();
    let mut text = masthead(page);
    for (place, story) in page.leading().enumerate() {
        text += &wrap(&within(page, &story.headline), &format!("{}. ", place + 1), "   ");
    }
    text += if page.leading().next().is_some() { "\n\n" } else { "\n" };
    for group in &page.groups {
        let stories =
            group.stories.iter().map(|story| self::story(page, group.top, story, &mut links)).collect();
        text += &section(&group.name, stories);
    }
    text.extend(page.rest().iter().map(block));
    if !page.corrections.is_empty() {
        let corrections = page.corrections.iter().map(|note| correction(page, note)).collect();
        text += &section("Corrections", corrections);
    }
    text + &links.lines() + &rule('=', WIDTH) + "\n"
}

/// The sign-up offer and the footer.
pub(super) fn ending(ending: &Ending) -> String {
    let mut text: String = ending.offer.iter().map(block).collect();
    text += &(rule('-', WIDTH) + "\n");
    text.extend(ending.footer.iter().map(block));
    text.extend(ending.notices.iter().map(|notice| wrap(&notice.words, "", "") + "\n"));
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

fn masthead(page: &Page) -> String {
    let proof = page.proof().map(|proof| wrap(&proof, "", "")).unwrap_or_default();
    let title = wrap(&page.title.to_uppercase(), "", "");
    [title, wrap(&page.dateline(), "", ""), rule('=', WIDTH), proof].concat() + "\n"
}

/// A heading and what stands below it, each followed by two empty lines.
fn section(name: &str, stories: Vec<String>) -> String {
    let heading = wrap(&name.to_uppercase(), "", "");
    let longest = heading.lines().map(width).max().unwrap_or_default();
    format!("{heading}{}\n{}\n\n", rule('-', longest), stories.join("\n\n"))
}

fn story<'a>(page: &Page, top: bool, story: &'a Story, links: &mut Links<'a>) -> String {
    let remark = if story.commentary { " (Commentary)" } else { "" };
    let source =
        if story.is_line() { format!(" ({})", within(page, &story.source())) } else { String::new() };
    let headline = headline(&format!("{}{remark}{source}", story.headline), story.link.as_deref());
    let weight = Some(story.weight()).filter(|weight| !top && !weight.is_empty());
    let head = weight.map(|weight| wrap(&weight, "", "")).unwrap_or_default() + &headline;
    let mut blocks = vec![head];
    blocks.extend(story.lead.iter().map(|said| passage(page, said, links)));
    for said in &story.quotes {
        let link = said.link.as_deref().filter(|link| Some(*link) != story.link.as_deref());
        let source = speaker(page, said, &links.mark(link));
        blocks.push(wrap(&said.text, "    ", "    ") + &wrap(&source, "    — ", "      "));
    }
    let close = sources(page, story, links);
    if story.is_line() {
        return blocks.concat() + &close;
    }
    blocks.extend(Some(close).filter(|close| !close.is_empty()));
    blocks.join("\n")
}

/// The words of a headline and where they link to.
fn headline(words: &str, link: Option<&str>) -> String {
    let mut text = wrap(words, "* ", "  ");
    text.extend(link.iter().flat_map(|link| ["  ", link, "\n"]));
    text
}

/// Links that would drown the words around them: each gets a number in the text, and its own line below all stories.
#[derive(Default)]
struct Links<'a> {
    known: BTreeMap<&'a str, usize>,
    lines: String,
}

impl<'a> Links<'a> {
    /// ` [2]`; nothing without a link.
    fn mark(&mut self, link: Option<&'a str>) -> String {
        let Some(link) = link else { return String::new() };
        let next = self.known.len() + 1;
        let number = *self.known.entry(link).or_insert(next);
        if number == next {
            self.lines += &format!("[{number}] {link}\n");
        }
        format!("{GLUE}[{number}]")
    }

    fn lines(self) -> String {
        if self.lines.is_empty() { String::new() } else { section("Links", vec![self.lines]) }
    }
}

fn passage<'a>(page: &Page, said: &'a Said, links: &mut Links<'a>) -> String {
    if !said.elsewhere {
        return wrap(&said.text, "", "");
    }
    let (source, mark) = (outlet(page, &said.source), links.mark(said.link.as_deref()));
    wrap(&format!("{} ({source}{mark})", said.text), "", "")
}

fn speaker(page: &Page, said: &Said, mark: &str) -> String {
    let (source, carried) = (outlet(page, &said.source), said.carried());
    match &said.speaker {
        Some(name) => format!("{}, in {source}{mark}{carried}", within(page, name)),
        None => format!("{source}{mark}{carried}"),
    }
}

/// Who tells it: the outlet with the time, unless the headline names it, and the others.
fn sources<'a>(page: &Page, story: &'a Story, links: &mut Links<'a>) -> String {
    let own = [within(page, &story.outlet), story.standing()].into_iter().filter(|_| !story.is_line());
    let mut name = |other: &'a Elsewhere| outlet(page, other) + &links.mark(other.link.as_deref());
    let names: Vec<String> = story.more.iter().map(&mut name).collect();
    let others = if names.is_empty() { String::new() } else { format!("{MORE} {}", names.join(", ")) };
    let parts: Vec<String> = own.chain([others]).filter(|part| !part.is_empty()).collect();
    let indent = if story.is_line() { "  " } else { "" };
    if parts.is_empty() { String::new() } else { wrap(&parts.join(" · "), indent, indent) }
}

/// An outlet's correction.
fn correction(page: &Page, note: &Note) -> String {
    let (outlet, headline) = (within(page, &note.outlet), within(page, &note.headline));
    let words = format!("{outlet} on {headline}, printed {}", note.day);
    let mut blocks = vec![self::headline(&words, note.link.as_deref())];
    blocks.extend(Some(wrap(&note.notice, "", "")).filter(|_| !note.notice.is_empty()));
    blocks
        .extend(note.gone.iter().map(|words| wrap(&format!("{NO_LONGER} {}", within(page, words)), "", "")));
    blocks.join("\n")
}

fn outlet(page: &Page, source: &Elsewhere) -> String {
    within(page, &source.link_words())
}

/// A stranger's words inside a line of ours. If they run the other way they are put between two marks of the page's
/// direction; otherwise the words and figures around them would change sides (Unicode UAX #9, section 2.6).
fn within(page: &Page, words: &str) -> String {
    match page.turned(words) {
        None => words.to_owned(),
        Some("ltr") => format!("\u{200f}{words}\u{200f}"),
        Some(_) => format!("\u{200e}{words}\u{200e}"),
    }
}

/// A block of the newsletter's own words, followed by an empty line.
fn block(block: &Block) -> String {
    if let Some((words, link)) = block.lone_link() {
        return wrap(&format!("{words}:"), "", "") + link + "\n\n";
    }
    let spans: String = block.spans.iter().map(span).collect();
    match block.kind {
        Kind::Heading => wrap(&spans.to_uppercase(), "", "") + "\n",
        Kind::Paragraph => wrap(&spans, "", "") + "\n",
        Kind::Item => wrap(&spans, "- ", "  ") + "\n",
    }
}

fn span(span: &Span) -> String {
    span.link.as_ref().map_or_else(|| span.text.clone(), |link| format!("{} <{link}>", span.text))
}

fn rule(stroke: char, columns: usize) -> String {
    let mut line: String = std::iter::repeat_n(stroke, columns).collect();
    line.push('\n');
    line
}
