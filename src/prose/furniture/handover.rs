//! A sentence in, a verdict out: does it tell nothing but who goes on, as the teasers of broadcasts end ("Ada Quill reports.",
//! "Our correspondent Ada Quill has more.")? What somebody reports is told by what stands behind, and is left alone.

use crate::{
    language::{Class, Lexicon, Line},
    prose::byline::is_capital,
};

/// Words of the longest such sentence, and of the longest name with its office.
const MOST_WORDS: usize = 36;
const NAME_WORDS: usize = 24;

pub(super) fn is_one(sentence: &str, lexicon: &'static Lexicon) -> bool {
    sentence.split_whitespace().nth(MOST_WORDS).is_none()
        && !sentence.contains(['“', '"', '«', '„'])
        && lexicon.and_english().any(|lexicon| leaves_to_another(sentence, lexicon))
}

/// Whether there is a word in it with a name ahead, and behind the name nothing but that its bearer goes on.
fn leaves_to_another(sentence: &str, lexicon: &Lexicon) -> bool {
    let (mut at, mut name, mut office) = (0, false, false);
    for (place, word) in sentence.split_inclusive(char::is_whitespace).enumerate() {
        let bare = word.trim().trim_matches([',', '.', '’', '\'']);
        if name && place < NAME_WORDS && bare.starts_with(char::is_lowercase) {
            let rest = Line::of(sentence.get(at..).unwrap_or_default());
            let page = &lexicon.page;
            if page.handover.open(rest.opening()) || office && page.discussion.open(rest.opening()) {
                return true;
            }
        }
        // A comma closes what is said of whoever was named before.
        let ends = |mark: char| word.trim_end().ends_with(mark);
        name = is_capital(bare) && !lexicon.classes(bare).has(Class::Opens) || office && ends(',');
        office |= lexicon.byline.role.has(bare);
        at += word.len();
    }
    false
}
