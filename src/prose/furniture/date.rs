//! A line in, a verdict out: is it nothing but a date and a time, perhaps with the words around one and a byline behind it?

use crate::language::{Lexicon, Line};

/// Words of the longest such line.
const MOST_WORDS: usize = 16;

/// Whether a line is a date: numbers, days, months and words that stand beside them, and no others.
pub fn is_date(line: &Line, lexicon: &Lexicon) -> bool {
    if line.words() > MOST_WORDS || !line.text().contains(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let (mut numbers, mut names) = (0, 0);
    for word in line.text().split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let mut endings = word.split(|c: char| c.is_ascii_digit()).filter(|ending| !ending.is_empty());
        if !endings.all(|ending| lexicon.is_of_a_date(ending)) {
            return numbers > 0 && names + numbers > 2 && lexicon.byline.opens.has(word);
        }
        match word.starts_with(|c: char| c.is_ascii_digit()) {
            true => numbers += 1,
            false => names += 1,
        }
    }
    numbers > 0 && (names > 0 || are_a_date(line.text(), numbers))
}

/// Whether numbers alone are a date or a time: "04.03.2026", "10:15".
fn are_a_date(text: &str, numbers: usize) -> bool {
    let mut each = text.split(|c: char| !c.is_ascii_digit());
    let sound = each.all(|number| matches!(number.len(), 0..=2 | 4));
    let minutes = text.split_once(':').map(|(_, minutes)| minutes);
    sound
        && (numbers > 2
            || minutes
                .and_then(|minutes| minutes.get(..2))
                .is_some_and(|minutes| minutes.parse::<u8>().is_ok()))
}
