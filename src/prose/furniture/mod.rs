//! Paragraphs in, the article's own paragraphs out: promotions, labels, credits, bylines and recommended links are
//! dropped whole, nothing is rewritten.

mod ending;
mod foreign;
mod line;
mod promotion;

use regex::bytes::RegexSet;

use super::byline::is_byline;

/// Paragraphs at the end of an article among which authors introduce themselves and ask for mail.
const ENDING: usize = 4;

/// Drops the furniture ("Subscribe", "Sign up for …", "Read more", captions, bylines) among an article's paragraphs.
pub fn clean(paragraphs: Vec<String>) -> Vec<String> {
    let mut kept = Vec::with_capacity(paragraphs.len());
    let mut after_heading = false;
    for paragraph in paragraphs {
        if line::opens_recommendations(&paragraph) || foreign::opens_recommendations(&paragraph) {
            after_heading = true;
        } else if after_heading && line::is_headline(&paragraph) {
            // A link of the box that the heading opened.
        } else {
            after_heading = false;
            if !is_furniture(&paragraph) {
                kept.push(paragraph);
            }
        }
    }
    let ending = kept.len().saturating_sub(ENDING);
    let mut place = 0;
    kept.retain(|paragraph| {
        place += 1;
        place <= ending || !ending::is_signature(paragraph)
    });
    kept
}

/// Whether a paragraph is furniture wherever it stands.
pub fn is_furniture(paragraph: &str) -> bool {
    is_byline(paragraph)
        || line::is_furniture(paragraph)
        || promotion::is_promotion(paragraph)
        || foreign::is_furniture(paragraph)
}

/// Patterns in any case. Those that look at how a line begins are apart from the others: few lines begin like furniture, and
/// the rest of a line need not be read for them.
struct Patterns {
    opening: RegexSet,
    anywhere: RegexSet,
}

impl Patterns {
    /// `^` skips what stands before the first word, but no quotation mark: what someone says is never furniture.
    fn of(patterns: &[&str]) -> Patterns {
        let (opening, anywhere): (Vec<&str>, Vec<&str>) =
            patterns.iter().partition(|pattern| pattern.starts_with('^'));
        let opening = opening.iter().map(|pattern| pattern.trim_start_matches('^'));
        Patterns {
            opening: set(opening.map(|rest| format!(r#"^[^\w“”"«»„‘']*(?:{rest})"#))),
            anywhere: set(anywhere),
        }
    }

    fn is_match(&self, line: &str) -> bool {
        let line = line.to_lowercase();
        self.opening.is_match(line.as_bytes()) || self.anywhere.is_match(line.as_bytes())
    }
}

/// Compiled to read bytes: `.` and `\w` of Unicode, repeated, make automata of megabytes, and its `\b` one that must be
/// left at the first letter beyond ASCII.
fn set(patterns: impl IntoIterator<Item = impl AsRef<str>>) -> RegexSet {
    let bytes = |pattern: &str| {
        let pattern = pattern.replace(r"\b", r"(?-u:\b)").replace(".{", "(?-u:.){");
        pattern.replace(r"[\w", r"[0-9a-z_").replace(r"\w", r"(?-u:[0-9a-z_\x80-\xff])")
    };
    RegexSet::new(patterns.into_iter().map(|pattern| bytes(pattern.as_ref()))).expect("constant patterns")
}

#[cfg(test)]
mod tests;
