//! One of an article's last paragraphs in, a verdict out: whether it is the author's signature or a way to reach them.

use crate::{
    language::{Lexicon, Line},
    prose::byline::is_capital,
};

/// Words of the longest introduction of an author, and of the longest signature.
const INTRODUCTION_WORDS: usize = 90;
const SIGNATURE_WORDS: usize = 45;
/// Words of a name, and bytes of what may stand between commas behind it.
const NAME_WORDS: std::ops::RangeInclusive<usize> = 2..=4;
const APPOSITION: usize = 40;

/// Whether a paragraph at the end of an article tells of its makers instead of its subject.
pub(super) fn is_signature(paragraph: &str, line: &Line, lexicon: &'static Lexicon) -> bool {
    line.words() <= INTRODUCTION_WORDS
        && lexicon.and_english().any(|lexicon| tells_of_makers(paragraph, line, lexicon))
}

fn tells_of_makers(paragraph: &str, line: &Line, lexicon: &Lexicon) -> bool {
    let page = &lexicon.page;
    line.parts().any(|part| page.follow.open(part))
        || !line.has_quotes()
            && (line.words() <= SIGNATURE_WORDS && page.signature.is_match(line)
                || behind_name(paragraph, lexicon)
                    .is_some_and(|rest| page.introduction.open(Line::of(rest).opening())))
}

/// What stands behind the name that a paragraph begins with ("Ada Quill, a lawyer, …", "The writer …").
fn behind_name<'t>(paragraph: &'t str, lexicon: &Lexicon) -> Option<&'t str> {
    let (mut rest, mut words) = (paragraph, 0);
    while let Some((word, after)) = rest.split_once(' ') {
        let bare = word.trim_end_matches(',');
        if !(is_capital(bare) || words == 1 && lexicon.byline.role.has(bare)) {
            break;
        }
        words += 1;
        rest = after;
        if word.ends_with(',') {
            let ends = after.find(", ").filter(|at| *at <= APPOSITION)?;
            rest = after.get(ends..)?.trim_start_matches([',', ' ']);
            break;
        }
    }
    NAME_WORDS.contains(&words).then_some(rest)
}
