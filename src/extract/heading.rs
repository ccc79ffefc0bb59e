//! An article's paragraphs and the headlines of its page in, the paragraphs below the headline out.

/// How far down the headline may stand, and how many words may stand above it.
const PARAGRAPHS_ABOVE: usize = 8;
const WORDS_ABOVE: usize = 90;

/// Drops the headline, where an article begins with it, and what stands above.
pub fn below(mut paragraphs: Vec<String>, titles: &[String]) -> Vec<String> {
    let titles: Vec<String> = titles.iter().map(|title| letters(title)).collect();
    let found = paragraphs
        .iter()
        .take(PARAGRAPHS_ABOVE)
        .rposition(|p| titles.iter().any(|title| same(&letters(p), title)));
    if let Some(at) = found {
        let above: usize = paragraphs.iter().take(at).map(|p| p.split_whitespace().count()).sum();
        if above <= WORDS_ABOVE {
            paragraphs.drain(..=at);
        } else {
            paragraphs.remove(at);
        }
    }
    paragraphs
}

/// Whether a line is a headline, or most of it: pages add their name to it, or shorten it.
fn same(line: &str, title: &str) -> bool {
    let (short, long) = if line.len() < title.len() { (line, title) } else { (title, line) };
    short.len() >= 8 && long.starts_with(short) && short.len() * 3 >= long.len() * 2
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
