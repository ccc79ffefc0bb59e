//! Paragraphs in, the article's own paragraphs out: promotions, labels, credits, bylines and recommended links are
//! dropped whole, nothing is rewritten.

mod ending;
mod foreign;
mod line;
mod promotion;

use regex::RegexSet;

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
            let furniture = line::is_furniture(&paragraph)
                || promotion::is_promotion(&paragraph)
                || foreign::is_furniture(&paragraph);
            if !furniture {
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

/// Patterns in any case. `^` skips what stands before the first word, but no quotation mark: what someone says is
/// never furniture.
fn set(patterns: &[&str]) -> RegexSet {
    let anchored = patterns.iter().map(|pattern| match pattern.strip_prefix('^') {
        Some(rest) => format!(r#"(?i)^[^\w“”"«»„‘']*(?:{rest})"#),
        None => format!("(?i){pattern}"),
    });
    RegexSet::new(anchored).expect("constant patterns")
}

#[cfg(test)]
mod tests;
