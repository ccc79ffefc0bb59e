//! A quotation in, the pieces of it that its speaker says out. French papers set the tag inside the marks ("« Le port est
//! fermé, a expliqué Paul Roux. Il rouvrira. »"); in other marks a tag inside is somebody else's.

use std::ops::Range;

use super::vocabulary::{CUES, DETERMINERS, NOUNS_TOO, PRONOUNS};

/// Longest tag, in bytes.
const LONGEST: usize = 160;
/// Words looked at behind the verb.
const REACH: usize = 5;

/// The stretch without the tag inside it, if it has one: two pieces, else one.
pub fn pieces(text: &str, bytes: Range<usize>) -> Vec<Range<usize>> {
    let slice = text.get(bytes.clone()).unwrap_or_default();
    let commas = slice.match_indices(", ").filter(|_| slice.starts_with('«'));
    let tag = commas.map(|(at, _)| at).find_map(|at| Some(at..at + tag_length(slice.get(at..)?)?));
    match tag {
        Some(tag) => vec![bytes.start..bytes.start + tag.start, bytes.start + tag.end..bytes.end],
        None => vec![bytes],
    }
}

/// Bytes of ", a expliqué Paul Roux" and ", dit-il" up to the sign behind it; nothing if the text is no tag.
fn tag_length(text: &str) -> Option<usize> {
    let body = text.strip_prefix(", ")?;
    let end = body.find([',', '.', ';', '!', '?', '»'])?;
    let tag = body.get(..end).filter(|tag| tag.len() <= LONGEST)?;
    let words: Vec<&str> = tag.split_whitespace().collect();
    let [first, rest @ ..] = words.as_slice() else { return None };
    let hangs = |word: &str| word.rsplit('-').next().is_some_and(|last| last != word && PRONOUNS.has(last));
    let verb = |word: &str| CUES.has(word) && !NOUNS_TOO.has(word);
    let says = |word: &str| verb(word.split('-').next().unwrap_or_default());
    let helped = matches!(first.split('-').next(), Some("a" | "ont" | "avait"));
    let behind = match helped && rest.first().is_some_and(|word| verb(word)) {
        true => rest.get(1..)?,
        false if says(first) => rest,
        false => return None,
    };
    let described = behind.first().is_some_and(|word| DETERMINERS.has(word));
    let named = behind
        .iter()
        .take(if described { REACH } else { 1 })
        .any(|word| word.starts_with(char::is_uppercase));
    (hangs(first) || described || named).then_some(", ".len() + tag.trim_end().len())
}

#[cfg(test)]
mod tests {
    use super::pieces;

    fn told(text: &str) -> Vec<&str> {
        pieces(text, 0..text.len()).into_iter().map(|piece| &text[piece]).collect()
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
