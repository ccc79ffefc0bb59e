//! A page in, CommonMark out. Never lets a stranger's words act as Markdown.

use super::{
    page::{Elsewhere, Group, MORE, NO_LONGER, Note, Page, READ, Said, Story},
    words::{Block, Kind, Span},
};

pub(super) fn document(page: &Page) -> String {
    let mut blocks = vec![format!("# {}", escape(&page.title)), escape(&page.dateline())];
    blocks.extend(page.proof());
    let named = |story: &Story| link(&story.headline, story.link.as_deref().filter(|_| !story.link_behind));
    let leading: Vec<String> =
        page.leading().enumerate().map(|(place, story)| format!("{}. {}", place + 1, named(story))).collect();
    blocks.extend((!leading.is_empty()).then(|| leading.join("\n")));
    blocks.extend(page.groups.iter().flat_map(section));
    blocks.extend(page.rest().iter().map(words));
    if !page.corrections.is_empty() {
        blocks.push("## Corrections".into());
        blocks.extend(page.corrections.iter().flat_map(correction));
    }
    blocks.push("---".into());
    blocks.extend(page.ending.offer.iter().map(words));
    blocks.push("---".into());
    blocks.extend(page.ending.footer.iter().map(words));
    blocks.extend(page.ending.notices.iter().map(|notice| escape(&notice.words)));
    blocks.join("\n\n") + "\n"
}

fn section(group: &Group) -> Vec<String> {
    let heading = format!("## {}", escape(&group.name));
    let stories = group.stories.iter().flat_map(|story| self::story(group.top, story));
    [heading].into_iter().chain(stories).collect()
}

fn story(top: bool, story: &Story) -> Vec<String> {
    let remark = if story.commentary { " (Commentary)" } else { "" };
    let headline = headline(&story.headline, story.link.as_deref(), story.link_behind);
    let source = if story.is_line() { format!(" ({})", escape(&story.source())) } else { String::new() };
    let mut blocks: Vec<String> =
        Some(escape(&story.weight())).filter(|weight| !top && !weight.is_empty()).into_iter().collect();
    blocks.push(format!("### {headline}{remark}{source}"));
    if let (true, Some((address, alt))) = (top, &story.picture) {
        blocks.push(format!("!{}", link(alt, Some(address))));
    }
    blocks.extend(story.lead.iter().map(|said| match said.elsewhere {
        true => format!("{} ({})", escape(&said.text), self::source(said)),
        false => escape(&said.text),
    }));
    blocks.extend(story.quotes.iter().map(quotation));
    blocks.extend(sources(story));
    blocks
}

/// Who tells it: the outlet with the time, unless the headline names it, and the others.
fn sources(story: &Story) -> Option<String> {
    let own = [
        Some(escape(&story.outlet)).filter(|name| !name.is_empty()).map(|name| format!("**{name}**")),
        Some(escape(&story.standing())),
    ];
    let own = own.into_iter().flatten().filter(|_| !story.is_line());
    let names: Vec<String> = story.more.iter().map(outlet).collect();
    let others = (!names.is_empty()).then(|| format!("{MORE} {}", names.join(", ")));
    let line = own.chain(others).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    (!line.is_empty()).then_some(line)
}

fn correction(note: &Note) -> Vec<String> {
    let headline = headline(&note.headline, note.link.as_deref(), note.link_behind);
    let mut blocks = vec![format!("**{}** on {headline}, printed {}", escape(&note.outlet), note.day)];
    blocks.extend(Some(escape(&note.notice)).filter(|notice| !notice.is_empty()));
    blocks.extend(note.gone.iter().map(|words| format!("{NO_LONGER} {}", escape(words))));
    blocks
}

fn headline(words: &str, address: Option<&str>, link_behind: bool) -> String {
    match link_behind {
        true => format!("{} {}", escape(words), link(READ, address)),
        false => link(words, address),
    }
}

fn quotation(said: &Said) -> String {
    let speaker = said.speaker.as_ref().map(|name| format!("**{}**, in ", escape(name))).unwrap_or_default();
    format!("> {}\n>\n> — {speaker}{}{}", escape(&said.text), source(said), said.carried())
}

/// The outlet a passage comes from, linked to the exact words.
fn source(said: &Said) -> String {
    link(&said.source.link_words(), said.link.as_deref())
}

fn outlet(source: &Elsewhere) -> String {
    link(&source.link_words(), source.link.as_deref())
}

/// A block of the newsletter's own words.
fn words(block: &Block) -> String {
    let spans: String = block.spans.iter().map(span).collect();
    match block.kind {
        Kind::Heading => format!("## {spans}"),
        Kind::Paragraph => spans,
        Kind::Item => format!("- {spans}"),
    }
}

fn span(span: &Span) -> String {
    match (&span.link, span.strong, span.emphasis) {
        (Some(address), ..) => link(&span.text, Some(address)),
        (None, true, _) => format!("**{}**", escape(&span.text)),
        (None, false, true) => format!("*{}*", escape(&span.text)),
        (None, false, false) => escape(&span.text),
    }
}

fn link(words: &str, address: Option<&str>) -> String {
    match address {
        Some(address) => format!("[{}]({})", escape(words), destination(address)),
        None => escape(words),
    }
}

/// A checked address as the destination of a link (CommonMark 0.31, section 6.3).
fn destination(address: &str) -> String {
    let mut escaped = String::with_capacity(address.len());
    for (place, c) in address.char_indices() {
        if matches!(c, '\\' | '`') || begins_entity(address, place) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    if escaped.contains(['(', ')']) { format!("<{escaped}>") } else { escaped }
}

/// Whether the ampersand at `place` starts a character reference: `&copy;`, `&#65;`.
fn begins_entity(text: &str, place: usize) -> bool {
    let behind = text.get(place..).and_then(|rest| rest.strip_prefix('&'));
    let name = behind.and_then(|behind| behind.split_once(';')).map(|(name, _)| name);
    name.is_some_and(|name| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#'))
}

/// Markdown that renders as exactly this text (CommonMark 0.31, section 2.4).
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let numbered = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let list = numbered.len() < text.len() && numbered.starts_with(['.', ')']);
    let mark = if list { text.len() - numbered.len() } else { 0 };
    for (place, c) in text.char_indices() {
        let everywhere = matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '~' | '|' | '#');
        let at_the_start = (place == 0 && matches!(c, '-' | '+' | '=')) || (list && place == mark);
        if everywhere || at_the_start || begins_entity(text, place) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use pulldown_cmark::{Event, Parser};

    #[test]
    fn escaped_text_reads_as_itself() {
        for text in [
            "*a* _b_ `c` [d](e) <f> &amp; \\",
            "- a",
            "1. b",
            "2026) c",
            "# d",
            "> e",
            "= f",
            "https://a.example",
        ] {
            let read: String = Parser::new(&escape(text))
                .filter_map(|event| match event {
                    Event::Text(text) => Some(text.into_string()),
                    Event::Start(tag) if tag != pulldown_cmark::Tag::Paragraph => Some(format!("{tag:?}")),
                    _ => None,
                })
                .collect();
            assert_eq!(read, text);
        }
    }
}
