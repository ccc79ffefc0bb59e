//! A quotation in, the pieces of it that its speaker says out. Some languages put the tag inside the marks ("« Le
//! port est fermé, a expliqué Paul Roux. Il rouvrira. »"); in other marks a tag inside belongs to somebody else and
//! is never cut out.

use std::ops::Range;

use crate::language::{Class, Lexicon};

/// Longest tag, in bytes.
const LONGEST: usize = 160;
/// Words examined after the verb.
const REACH: usize = 5;

/// The span without the tag inside it: two pieces if it has one, otherwise one.
pub fn pieces(text: &str, bytes: Range<usize>, lexicon: &Lexicon) -> Vec<Range<usize>> {
    let slice = text.get(bytes.clone()).unwrap_or_default();
    let inside = lexicon.speech.tag_inside && slice.starts_with('«');
    let signs = slice.match_indices([',', '–', '—']).filter(|_| inside);
    let tag = signs.map(|(at, _)| at).find_map(|at| Some(at..at + tag_length(slice.get(at..)?, lexicon)?));
    match tag {
        Some(tag) => vec![bytes.start..bytes.start + tag.start, bytes.start + tag.end..bytes.end],
        None => vec![bytes],
    }
}

fn bare(word: &str) -> &str {
    word.split('-').next().unwrap_or_default()
}

/// Length in bytes of ", a expliqué Paul Roux", ", dit-il" or "– ha detto Carlo Rossi –" up to the following punctuation; none
/// if the text is not a tag.
fn tag_length(text: &str, lexicon: &Lexicon) -> Option<usize> {
    let sign = text.chars().next()?;
    let body = text.get(sign.len_utf8()..)?.strip_prefix(' ')?;
    let end = if sign == ',' { body.find([',', '.', ';', '!', '?', '»'])? } else { body.find(sign)? };
    let tag = body.get(..end).filter(|tag| tag.len() <= LONGEST)?;
    let words: Vec<&str> = tag.split_whitespace().collect();
    let [first, rest @ ..] = words.as_slice() else { return None };
    let is = |word: &str, class| lexicon.classes(word).has(class);
    let hangs = lexicon.speech.without_pronoun(first) != *first;
    let verb = |word: &str| lexicon.classes(word).says();
    let helped = is(bare(first), Class::Helps);
    let behind = match helped && rest.first().is_some_and(|word| verb(word)) {
        true => rest.get(1..)?,
        false if verb(bare(first)) => rest,
        false => return None,
    };
    let described = behind.first().is_some_and(|word| is(word, Class::Determines));
    let named = behind
        .iter()
        .take(if described { REACH } else { 1 })
        .any(|word| word.starts_with(char::is_uppercase));
    let dash = if sign == ',' { 0 } else { body.get(tag.trim_end().len()..end)?.len() + sign.len_utf8() };
    (hangs || described || named).then_some(sign.len_utf8() + 1 + tag.trim_end().len() + dash)
}

#[cfg(test)]
mod tests {
    use super::{Lexicon, pieces};

    fn told(text: &str) -> Vec<&str> {
        pieces(text, 0..text.len(), Lexicon::of("fr")).into_iter().map(|piece| &text[piece]).collect()
    }

    #[test]
    fn a_tag_inside_the_marks_is_cut_out() {
        assert_eq!(
            told("« Il fait froid, a expliqué Paul Roux. Très froid. »"),
            ["« Il fait froid", ". Très froid. »"]
        );
        assert_eq!(told("« Il fait froid, dit-elle, et tard. »"), ["« Il fait froid", ", et tard. »"]);
        assert_eq!(told("« Il fait froid, a-t-il ajouté. »"), ["« Il fait froid", ". »"]);
        assert_eq!(told("« Il fait froid, précise la préfecture. »"), ["« Il fait froid", ". »"]);
        assert_eq!(
            told("« Il fait froid – a expliqué Paul Roux –. Très froid. »"),
            ["« Il fait froid ", ". Très froid. »"]
        );
    }

    #[test]
    fn what_is_no_tag_or_stands_in_other_marks_stays() {
        for text in
            ["« Il fait froid, et il fait tard. »", "“It is cold, said Paul Roux.”", "« Dit, a dit »", "«, "]
        {
            assert_eq!(told(text), [text]);
        }
    }
}
