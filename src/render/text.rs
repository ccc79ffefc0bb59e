//! A page in, the plain text part of a mail out: 72 columns, pleasant in a terminal, with every link of the HTML on a
//! line of its own. Never breaks an address.

use super::{
    page::{Ending, Group, NO_LONGER, Page, Said, Story},
    words::{Block, Kind, Span},
    wrap::{WIDTH, wrap},
};

pub(super) fn document(page: &Page) -> String {
    opening(page) + &ending(&page.ending)
}

/// All that stands before the ending, up to the end of a line.
pub(super) fn opening(page: &Page) -> String {
    let mut text = masthead(page);
    for group in &page.groups {
        text += &section(group);
    }
    if !page.rest().is_empty() {
        text += &wrap(&page.rest(), "", "");
        text.push('\n');
    }
    text + &corrections(page) + &rule('=') + "\n"
}

/// The sign-up offer and the footer.
pub(super) fn ending(ending: &Ending) -> String {
    let mut text: String = ending.offer.iter().map(block).collect();
    text += &rule('-');
    text.push('\n');
    text.extend(ending.footer.iter().map(block));
    text.extend(ending.notices.iter().map(|notice| wrap(notice, "", "") + "\n"));
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
        wrap(&page.date, "", ""),
        wrap(&page.counts(), "", ""),
        rule('='),
    ];
    lines.concat() + "\n" + &today
}

fn section(group: &Group) -> String {
    let mut text = wrap(&group.name.to_uppercase(), "", "") + &rule('-') + "\n";
    for story in &group.stories {
        text += &self::story(group.top, story);
        text.push('\n');
    }
    text
}

/// What outlets took back; empty when it is nothing.
fn corrections(page: &Page) -> String {
    let mut text = String::new();
    for note in &page.corrections {
        if text.is_empty() {
            text += &(wrap("CORRECTIONS", "", "") + &rule('-') + "\n");
        }
        text += &wrap(&format!("{} on {}, printed {}", note.outlet, note.headline, note.day), "", "");
        text.extend(note.link.iter().flat_map(|link| [link.as_str(), "\n"]));
        text.push('\n');
        if !note.notice.is_empty() {
            text += &(wrap(&note.notice, "", "") + "\n");
        }
        for words in &note.gone {
            text += &(wrap(&format!("{NO_LONGER} {words}"), "", "") + "\n");
        }
    }
    text
}

fn story(top: bool, story: &Story) -> String {
    let label = if story.update.is_some() { "Update: " } else { "" };
    let remark = if story.commentary { " (Commentary)" } else { "" };
    let mut text = wrap(&format!("{label}{}{remark}", story.headline), "", "");
    text.extend(story.link.iter().flat_map(|link| [link.as_str(), "\n"]));
    text.push('\n');
    for said in &story.lead {
        let source =
            if said.elsewhere { format!(" — {}", said.source.link_words()) } else { String::new() };
        text += &wrap(&format!("{}{source}", said.text), "", "");
        text.extend(said.link.iter().filter(|_| said.elsewhere).flat_map(|link| [link.as_str(), "\n"]));
        text.push('\n');
    }
    for said in &story.quotes {
        text += &wrap(&said.text, "    ", "    ");
        text += &wrap(&speaker(said), "    — ", "      ");
        let own = said.link.iter().filter(|link| Some(*link) != story.link.as_ref());
        text.extend(own.flat_map(|link| ["      ", link.as_str(), "\n"]));
        text.push('\n');
    }
    text += &standing(story);
    text += &more(top, story);
    text
}

fn speaker(said: &Said) -> String {
    let source = said.source.link_words();
    let carried = said.carried();
    match &said.speaker {
        Some(name) => format!("{name}, in {source}{carried}"),
        None => source + &carried,
    }
}

fn standing(story: &Story) -> String {
    let parts = [story.outlet.clone(), story.standing()];
    match parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ") {
        empty if empty.is_empty() => String::new(),
        line => wrap(&line, "", ""),
    }
}

fn more(top: bool, story: &Story) -> String {
    let mut text = if story.more.is_empty() { String::new() } else { "More coverage:\n".to_owned() };
    for other in &story.more {
        let title = if top && !other.title.is_empty() { format!(": {}", other.title) } else { String::new() };
        text += &wrap(&format!("{}{title}", other.link_words()), "- ", "  ");
        text.extend(other.link.iter().flat_map(|link| ["  ", link.as_str(), "\n"]));
    }
    text
}

/// A block of the newsletter's own words, and an empty line.
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

fn rule(stroke: char) -> String {
    let mut line: String = std::iter::repeat_n(stroke, WIDTH).collect();
    line.push('\n');
    line
}
