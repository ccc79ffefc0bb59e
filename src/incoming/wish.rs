//! A message that a person wrote in, whether it asks to leave, in its own words, out. What it quotes of the newsletter, which
//! offers a way out itself, says nothing; nor does a signature.

use std::sync::LazyLock;

use regex::Regex;

use super::parts::Part;
use crate::{
    html,
    language::{Asks, leave},
    model::Kind,
    text::{hidden, space},
};

/// A wish to leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    pub asks: Asks,
    /// The beginning of what was written.
    pub words: String,
}

/// Characters of the new text that are read, and those that are kept.
const READ: usize = 10_000;
const KEPT: usize = 120;

/// Words behind a wish that may be a name or a greeting.
const SIGNED: usize = 6;

/// How mail programs mark an answer before the subject, in the languages they come in.
const ANSWERS: [&str; 14] =
    ["re", "aw", "sv", "vs", "antw", "odp", "ynt", "ref", "rif", "res", "fw", "fwd", "wg", "tr"];

/// The line that a mail program puts above the message it quotes: dashes around a word, a rule, or a header with an address.
static QUOTES_FROM_HERE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\s*(?:-{3,}.+-{3,}|_{10,}|\*?\p{L}[\p{L} -]{0,15}\s?:\*?\s.*\S@\S+|-- ?)\s*$")
        .expect("a pattern")
});

/// The wish in a message, if there is one.
pub fn wish(message: &Part) -> Option<Wish> {
    let subject = message.subject();
    let (subject, is_answer) = bare(subject);
    let text = new_text(message);
    let in_text = in_body(&text);
    let in_subject = leave(subject);
    let both = || leave(&format!("{subject}\n{text}"));
    let asks = match (in_text, in_subject) {
        (Some(Asks::Plainly), _) => Asks::Plainly,
        (_, Some(Asks::Plainly)) if text.is_empty() || both() == Some(Asks::Plainly) => Asks::Plainly,
        // What an answer has for a subject is mostly ours.
        (None, Some(Asks::Perhaps)) if is_answer => return None,
        (None, None) => return None,
        _ => Asks::Perhaps,
    };
    let said = [subject, &text].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": ");
    let words = hidden::shown(&said).replace(char::is_control, " ");
    let words = space::fold(&words).chars().take(KEPT).collect::<String>().trim_end().to_owned();
    Some(Wish { asks, words })
}

/// The subject without the marks of an answer, and whether it had one.
fn bare(subject: &str) -> (&str, bool) {
    let mut rest = subject.trim();
    while let Some((mark, behind)) = rest.split_once(':')
        && ANSWERS.iter().any(|known| known.eq_ignore_ascii_case(mark.trim()))
    {
        rest = behind.trim_start();
    }
    (rest, rest.len() < subject.trim().len())
}

/// As the whole text says it, or its first paragraph when only a name or a greeting follows.
fn in_body(text: &str) -> Option<Asks> {
    let whole = leave(text);
    let Some((first, rest)) = text.split_once("\n\n") else { return whole };
    let is_signed = rest.split_whitespace().count() <= SIGNED && leave(rest).is_none();
    match leave(first) {
        Some(Asks::Plainly) if is_signed => Some(Asks::Plainly),
        _ => whole,
    }
}

/// What was written for this message: without what it quotes, links, and what stands below a signature's dashes.
fn new_text(message: &Part) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in text(message).chars().take(READ).collect::<String>().lines() {
        let is_attribution = line.trim_end().ends_with(':') && line.contains('@');
        if QUOTES_FROM_HERE.is_match(line) || is_attribution {
            break;
        }
        if line.trim_start().starts_with('>') {
            // The line above says whose words these are: "On Sunday, Morning Post wrote:".
            while lines.last().is_some_and(|above| above.trim().is_empty()) {
                lines.pop();
            }
            let is_attribution = |above: &mut String| above.trim_end().ends_with(':');
            drop(lines.pop_if(is_attribution));
        } else if !line.contains("://") && !line.contains("mailto:") {
            lines.push(line.trim_end().to_owned());
        }
    }
    lines.join("\n").trim().to_owned()
}

/// The text of the message, plain, or that of its HTML without quotations.
fn text(message: &Part) -> String {
    let inner: Vec<Part> = message.parts();
    let nested: Vec<Part> =
        inner.iter().filter(|part| part.kind().starts_with("multipart/")).flat_map(Part::parts).collect();
    let leaf = |kind: &str| inner.iter().chain(&nested).find(|part| part.kind() == kind).map(Part::letter);
    if let Some(plain) = leaf("text/plain").filter(|plain| !plain.trim().is_empty()) {
        return plain.replace("\r\n", "\n");
    }
    let blocks = html::blocks(&leaf("text/html").unwrap_or_default(), None);
    let own = blocks.into_iter().filter(|block| block.kind != Kind::Quote);
    own.map(|block| block.text).collect::<Vec<_>>().join("\n\n")
}
