//! An editor's Markdown file and the values of its `{{placeholders}}` in, blocks of spans out. Never lets a value act
//! as Markdown, and never lets HTML through.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::plain;

/// Placeholders an editor may put between `{{` and `}}`.
pub(super) const PLACEHOLDERS: [&str; 10] = [
    "title",
    "outlet",
    "tagline",
    "home",
    "signup",
    "email",
    "unsubscribe",
    "postal_address",
    "date",
    "zone",
];

/// A paragraph, heading or list item.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Block {
    pub kind: Kind,
    pub spans: Vec<Span>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Heading,
    Paragraph,
    Item,
}

/// A run of text in one style.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Span {
    pub text: String,
    pub strong: bool,
    pub emphasis: bool,
    /// A checked `http(s)` or `mailto` address.
    pub link: Option<String>,
}

impl Block {
    /// Its words without their formatting.
    pub fn text(&self) -> String {
        self.spans.iter().map(|span| span.text.as_str()).collect()
    }

    /// The text and address of a paragraph that consists of a single link.
    pub fn lone_link(&self) -> Option<(&str, &str)> {
        match (self.kind, self.spans.as_slice()) {
            (Kind::Paragraph, [Span { text, link: Some(link), .. }]) => Some((text, link)),
            _ => None,
        }
    }
}

/// Fills in and parses a file. A paragraph with a placeholder that has no value is left out.
pub(super) fn blocks(template: &str, value: impl Fn(&str) -> String) -> Vec<Block> {
    let unix = template.replace("\r\n", "\n");
    let paragraphs = unix.split("\n\n").filter_map(|paragraph| fill(paragraph, &value));
    read(&paragraphs.collect::<Vec<_>>().join("\n\n"))
}

fn fill(paragraph: &str, value: impl Fn(&str) -> String) -> Option<String> {
    let mut parts = paragraph.split("{{");
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once("}}")?;
        let value = value(name.trim());
        if value.is_empty() {
            return None;
        }
        filled.extend(
            value.chars().flat_map(|c| c.is_ascii_punctuation().then_some('\\').into_iter().chain([c])),
        );
        filled.push_str(rest);
    }
    Some(filled)
}

fn read(markdown: &str) -> Vec<Block> {
    let mut reading = Reading::default();
    for event in Parser::new(markdown) {
        match event {
            Event::Start(Tag::Heading { .. }) => reading.open(Kind::Heading),
            Event::Start(Tag::Item) => reading.open(Kind::Item),
            Event::Start(Tag::Paragraph) if reading.inside != Some(Kind::Item) => {
                reading.open(Kind::Paragraph)
            }
            Event::End(TagEnd::Heading(_) | TagEnd::Item | TagEnd::Paragraph) => reading.close(),
            Event::Start(Tag::Strong) => reading.style.strong = true,
            Event::End(TagEnd::Strong) => reading.style.strong = false,
            Event::Start(Tag::Emphasis) => reading.style.emphasis = true,
            Event::End(TagEnd::Emphasis) => reading.style.emphasis = false,
            Event::Start(Tag::Link { dest_url, .. }) => {
                reading.style.link = plain::web_or_mail_link(&dest_url)
            }
            Event::End(TagEnd::Link) => reading.style.link = None,
            Event::Text(text) | Event::Code(text) => reading.push(&text),
            Event::SoftBreak | Event::HardBreak => reading.push(" "),
            _ => {}
        }
    }
    reading.close();
    reading.done
}

#[derive(Default)]
struct Reading {
    done: Vec<Block>,
    spans: Vec<Span>,
    inside: Option<Kind>,
    /// The style of the text that follows; its own text is empty.
    style: Span,
}

impl Reading {
    fn open(&mut self, kind: Kind) {
        self.close();
        self.inside = Some(kind);
    }

    fn close(&mut self) {
        let kind = self.inside.take().unwrap_or(Kind::Paragraph);
        let spans = std::mem::take(&mut self.spans);
        if !spans.is_empty() {
            self.done.push(Block { kind, spans });
        }
    }

    fn push(&mut self, text: &str) {
        match self.spans.last_mut() {
            Some(last) if last.looks_like(&self.style) => last.text.push_str(text),
            _ => self.spans.push(Span { text: text.to_owned(), ..self.style.clone() }),
        }
    }
}

impl Span {
    fn looks_like(&self, other: &Self) -> bool {
        (self.strong, self.emphasis, &self.link) == (other.strong, other.emphasis, &other.link)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(template: &str, value: &str) -> Vec<Block> {
        blocks(template, |_| value.to_owned())
    }

    #[test]
    fn markdown_becomes_blocks_of_spans() {
        let blocks =
            with("## Why\n\nRead *this* **now**\nand [here](https://a.example/).\n\n- one\n- two\n", "");
        let kinds: Vec<_> = blocks.iter().map(|b| b.kind).collect();
        assert_eq!(kinds, [Kind::Heading, Kind::Paragraph, Kind::Item, Kind::Item]);
        let text: String = blocks.iter().flat_map(|b| &b.spans).map(|s| s.text.as_str()).collect();
        assert_eq!(text, "WhyRead this now and here.onetwo");
    }

    #[test]
    fn a_value_is_text_and_never_markdown_or_html() {
        let nasty = "**a** [b](https://evil.example) <script> `c` &amp; \\";
        let blocks = with("Dear {{title}}", nasty);
        assert_eq!(
            blocks,
            [Block {
                kind: Kind::Paragraph,
                spans: vec![Span { text: format!("Dear {nasty}"), ..Span::default() }]
            }]
        );
    }

    #[test]
    fn a_value_in_a_link_stays_the_address_it_is() {
        let address = "https://a.example/u_(x)?a=1&b=*_*";
        let blocks = with("[Sign up for {{title}}]({{signup}})", address);
        assert_eq!(blocks[0].lone_link(), Some((format!("Sign up for {address}").as_str(), address)));
    }

    #[test]
    fn a_paragraph_without_its_value_is_left_out() {
        assert_eq!(with("One.\n\n[Two]({{home}})\n\nThree.", "").len(), 2);
    }

    #[test]
    fn html_and_other_schemes_are_left_out() {
        let blocks = with("<b onclick=x>a</b> [b](javascript:alert) <script>c</script>", "");
        assert!(blocks.iter().flat_map(|b| &b.spans).all(|s| s.link.is_none() && !s.text.contains('<')));
    }
}
