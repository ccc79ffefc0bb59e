//! A page in, the plain text part of a mail out: 72 columns, pleasant in a terminal, with every link of the HTML on a
//! line of its own. Never breaks an address.

use super::{
    page::{Elsewhere, Ending, NO_LONGER, Note, Page, Said, Story},
    words::{Block, Kind, Span},
    wrap::{GLUE, WIDTH, width, wrap},
};

pub(super) fn document(page: &Page) -> String {
    opening(page) + &ending(&page.ending)
}

/// Everything before the ending, up to a line end.
pub(super) fn opening(page: &Page) -> String {
    let mut text = masthead(page);
    for group in &page.groups {
        let stories = group.stories.iter().map(|story| self::story(page, group.top, story));
        text += &section(&group.name, stories);
    }
    text.extend(page.rest().iter().map(block));
    if !page.corrections.is_empty() {
        text += &section("Corrections", page.corrections.iter().map(|note| correction(page, note)));
    }
    text + &rule('=', WIDTH) + "\n"
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
    let today = page.today();
    let today =
        if today.is_empty() { String::new() } else { wrap(&format!("Today: {today}"), "", "") + "\n" };
    let lines = [
        wrap(&page.title.to_uppercase(), "", ""),
        wrap(&page.motto(), "", ""),
        "\n".to_owned(),
        wrap(&page.date, "", ""),
        wrap(&page.counts(), "", ""),
        rule('=', WIDTH),
    ];
    lines.concat() + "\n" + &today + "\n"
}

/// A heading and what stands below it, each followed by two empty lines.
fn section(name: &str, stories: impl Iterator<Item = String>) -> String {
    let heading = wrap(&name.to_uppercase(), "", "");
    let longest = heading.lines().map(width).max().unwrap_or_default();
    let stories: Vec<String> = stories.collect();
    format!("{heading}{}\n{}\n\n", rule('-', longest), stories.join("\n\n"))
}

fn story(page: &Page, top: bool, story: &Story) -> String {
    let label = if story.update.is_some() { "Update: " } else { "" };
    let remark = if story.commentary { " (Commentary)" } else { "" };
    let mut below = Below::default();
    let mut blocks = vec![headline(&format!("{label}{}{remark}", story.headline), story.link.as_deref())];
    blocks.extend(story.lead.iter().map(|said| passage(page, said, &mut below)));
    for said in &story.quotes {
        let link = said.link.as_deref().filter(|link| Some(*link) != story.link.as_deref());
        let source = speaker(page, said, &below.mark(link));
        blocks.push(wrap(&said.text, "    ", "    ") + &wrap(&source, "    — ", "      "));
    }
    let close = standing(page, story) + &more(page, top, story, &mut below);
    blocks.extend([close, below.lines()].into_iter().filter(|block| !block.is_empty()));
    blocks.join("\n")
}

/// Links that would drown the words around them: each gets a number in the text and its own line below the story.
#[derive(Default)]
struct Below<'a>(Vec<&'a str>);

impl<'a> Below<'a> {
    /// ` [2]`; nothing without a link.
    fn mark(&mut self, link: Option<&'a str>) -> String {
        let Some(link) = link else { return String::new() };
        let known = self.0.iter().position(|known| *known == link);
        let place = known.unwrap_or(self.0.len());
        if known.is_none() {
            self.0.push(link);
        }
        format!("{GLUE}[{}]", place + 1)
    }

    fn lines(self) -> String {
        self.0.iter().enumerate().map(|(place, link)| format!("[{}] {link}\n", place + 1)).collect()
    }
}

/// The words of a headline and where they link to.
fn headline(words: &str, link: Option<&str>) -> String {
    let mut text = wrap(words, "* ", "  ");
    text.extend(link.iter().flat_map(|link| ["  ", link, "\n"]));
    text
}

fn passage<'a>(page: &Page, said: &'a Said, below: &mut Below<'a>) -> String {
    if !said.elsewhere {
        return wrap(&said.text, "", "");
    }
    let (source, mark) = (outlet(page, &said.source), below.mark(said.link.as_deref()));
    wrap(&format!("{} —{GLUE}{source}{mark}", said.text), "", "")
}

fn speaker(page: &Page, said: &Said, mark: &str) -> String {
    let (source, carried) = (outlet(page, &said.source), said.carried());
    match &said.speaker {
        Some(name) => format!("{}, in {source}{mark}{carried}", within(page, name)),
        None => format!("{source}{mark}{carried}"),
    }
}

fn standing(page: &Page, story: &Story) -> String {
    let parts = [within(page, &story.outlet), story.standing()];
    match parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ") {
        empty if empty.is_empty() => String::new(),
        line => wrap(&line, "", ""),
    }
}

/// The other outlets: with their headlines below the top story, otherwise on one line.
fn more<'a>(page: &Page, top: bool, story: &'a Story, below: &mut Below<'a>) -> String {
    let mut name = |other: &'a Elsewhere| outlet(page, other) + &below.mark(other.link.as_deref());
    if story.more.is_empty() {
        String::new()
    } else if top {
        let line = |other: &'a Elsewhere| match other.title.as_str() {
            "" => wrap(&name(other), "- ", "  "),
            title => wrap(&format!("{}: {title}", name(other)), "- ", "  "),
        };
        format!("\nMore coverage:\n{}", story.more.iter().map(line).collect::<String>())
    } else {
        let names: Vec<String> = story.more.iter().map(name).collect();
        wrap(&format!("More coverage: {}", names.join(", ")), "", "")
    }
}

/// An outlet's correction.
fn correction(page: &Page, note: &Note) -> String {
    let words =
        format!("{} on {}, printed {}", within(page, &note.outlet), within(page, &note.headline), note.day);
    let mut blocks = vec![headline(&words, note.link.as_deref())];
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
