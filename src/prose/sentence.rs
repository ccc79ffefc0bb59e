//! A paragraph in, the spans of its sentences out: byte ranges, trimmed, in order. Never changes the text.

use std::ops::Range;

use crate::{
    language::{Class, Lexicon},
    text::panics,
};

/// Longest paragraph that is split; what is longer is no prose and stays one piece.
const LONGEST_BYTES: usize = 64 * 1024;

/// The sentences of a paragraph as trimmed byte ranges, none empty. `language` is a BCP 47 tag; an unknown one is
/// treated as English. A paragraph the splitter cannot handle comes back as one sentence.
pub fn spans(paragraph: &str, language: &str) -> Vec<Range<usize>> {
    let split = if paragraph.len() > LONGEST_BYTES { None } else { split(paragraph, language) };
    let whole = || std::iter::once(0..paragraph.len()).collect();
    let found = split.unwrap_or_else(whole).into_iter().filter_map(|span| trimmed(paragraph, span)).collect();
    mended(paragraph, found, Lexicon::of(language))
}

/// The spans with what the splitter tears apart put together: a quotation mark goes with the words it opens or
/// closes, a title with its name, an initial with the rest of its abbreviation ("D-N.Y.").
fn mended(paragraph: &str, found: Vec<Range<usize>>, lexicon: &Lexicon) -> Vec<Range<usize>> {
    let mut spans: Vec<Range<usize>> = Vec::with_capacity(found.len());
    for mut span in found {
        if let Some(last) = spans.last_mut() {
            let before = paragraph.get(last.clone()).unwrap_or_default();
            let after = paragraph.get(span.clone()).unwrap_or_default();
            let opening = before.len() - before.trim_end_matches(['“', '„', '‘', '«', '"', '\'']).len();
            let closing = after.len() - after.trim_start_matches(['”', '"', '’', '\'']).len();
            let glued = last.end == span.start;
            if glued && ends_with_initial(before) || goes_on(before, after, lexicon) {
                last.end = span.end;
                continue;
            }
            let head = before.get(..before.len() - opening).unwrap_or_default();
            if opening > 0 && !head.trim().is_empty() && head.ends_with(char::is_whitespace) {
                span.start = last.end - opening;
                last.end -= opening + head.len() - head.trim_end().len();
            } else if closing > 0 && glued && after.chars().nth(1).is_some_and(char::is_whitespace) {
                last.end += closing;
                span.start += closing;
            }
        }
        spans.extend(trimmed(paragraph, span));
    }
    spans
}

fn ends_with_initial(text: &str) -> bool {
    let mut back = text.chars().rev();
    let letter = back.next() == Some('.') && back.next().is_some_and(char::is_uppercase);
    letter && !back.next().is_some_and(char::is_alphanumeric)
}

/// Whether a text that ends with a word cut short, or with the number of a list, goes on in the text behind it:
/// "Sgt." and "Ft." always do, "a.m." before a day, "3." before a month, "U.S." before an office or a verb that needs another one.
fn goes_on(before: &str, after: &str, lexicon: &Lexicon) -> bool {
    let last = before.rsplit(|c: char| !(c.is_alphanumeric() || c == '.')).next().unwrap_or_default();
    let Some(word) = last.strip_suffix('.').filter(|word| !word.is_empty()) else { return false };
    let next = after.split(|c: char| !(c.is_alphanumeric() || c == '.')).next().unwrap_or_default();
    let (own, following) = (lexicon.classes(word), lexicon.classes(next));
    let is_name = word.starts_with(char::is_uppercase);
    let opens = [Class::Determines, Class::Subject, Class::Opens].iter().any(|class| following.has(*class));
    let title = own.has(Class::Rank) || !word.contains('.') && lexicon.classes(last).has(Class::Title);
    if is_name && title || own.has(Class::Cut) && !opens {
        return true;
    }
    if word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit()) {
        let ahead = before.strip_suffix(last).unwrap_or_default().trim_end();
        return lexicon.is_month(&next.to_lowercase())
            || ahead.is_empty()
            || ahead.ends_with([':', ';', '.', '!', '?']);
    }
    let is_dated = lexicon.is_of_the_calendar(&next.to_lowercase());
    let is_cut = word.contains('.') || own.has(Class::Abbreviation) || is_name && own.has(Class::Region);
    let zone = next.trim_end_matches('.');
    let is_zone = !is_name && zone.len() > 1 && zone.chars().all(char::is_uppercase);
    let asks = after.trim_end().ends_with('?');
    is_cut
        && (is_dated
            || is_zone
            || next.starts_with(|c: char| c.is_lowercase() || c.is_numeric())
            || is_name && following.has(Class::Title)
            || word.contains('.') && following.has(Class::Auxiliary) && !asks)
}

/// The splitter's own spans, or nothing if it panicked or its spans do not lie inside the text one after another.
fn split(paragraph: &str, language: &str) -> Option<Vec<Range<usize>>> {
    let primary = language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    let spans = panics::caught(|| {
        let found = sentencex::get_sentence_boundaries(&primary, paragraph);
        found.iter().map(|b| b.start_byte..b.end_byte).collect::<Vec<_>>()
    })?;
    let in_order = spans.windows(2).all(|pair| pair[0].end <= pair[1].start);
    let inside = spans.iter().all(|span| paragraph.get(span.clone()).is_some());
    (in_order && inside).then_some(spans)
}

/// Whether a text ends like a sentence: with its mark, brackets and quotation marks behind it aside.
pub fn ends_like_one(text: &str) -> bool {
    let closing = |c: char| {
        c.is_whitespace() || matches!(c, '"' | '”' | '“' | '’' | '‘' | '\'' | '»' | '«' | ')' | ']')
    };
    text.trim_end_matches(closing).ends_with(['.', '!', '?', '…', ':', '。', '！', '？'])
}

fn trimmed(text: &str, span: Range<usize>) -> Option<Range<usize>> {
    let slice = text.get(span.clone())?;
    let start = span.start + slice.len() - slice.trim_start().len();
    let length = slice.trim().len();
    (length > 0).then_some(start..start + length)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::spans;

    fn sentences<'a>(text: &'a str, language: &str) -> Vec<&'a str> {
        spans(text, language).into_iter().map(|span| &text[span]).collect()
    }

    #[test]
    fn abbreviations_and_initials_do_not_end_a_sentence() {
        assert_eq!(
            sentences("Dr. A. Lindqvist met Sen. Okoro in the U.S. capital.  They talked. ", "en"),
            ["Dr. A. Lindqvist met Sen. Okoro in the U.S. capital.", "They talked."]
        );
    }

    #[test]
    fn titles_and_glued_initials_do_not_end_a_sentence() {
        assert_eq!(
            sentences("“The pier is shut,” Ms. Quill said. Chair Lew Orban, D-N.Y., agreed.", "en"),
            ["“The pier is shut,” Ms. Quill said.", "Chair Lew Orban, D-N.Y., agreed."]
        );
    }

    #[test]
    fn a_word_cut_short_goes_with_what_it_belongs_to() {
        for sentence in [
            "The order came from SSgt. Ann Holt, Spc. Ida Marn and Lt. j.g. Tom Brask of Ft. Ellern.",
            "It began at 1:30 a.m. Saturday on the quay and ended at 4 p.m. EST.",
            "Minister Says U.S. Will Not Sell The Island.",
            "The bill of Mass. Gov. Ada Quill and U.S. Rep. Lew Orban fell by one vote.",
            "Atty. Gen. Ida Marn and Dep. Chief Tom Brask took the stand.",
            "Three things to know: 1. The pier is shut.",
            "Wolves led No. 3 Harriers at the break.",
        ] {
            assert_eq!(sentences(sentence, "en"), [sentence]);
        }
        assert_eq!(sentences("Das Schiff lief am 3. Mai aus.", "de"), ["Das Schiff lief am 3. Mai aus."]);
    }

    #[test]
    fn a_word_cut_short_may_end_a_sentence() {
        for (text, first) in [
            ("The ferry left at 9 a.m. The pier was shut.", "The ferry left at 9 a.m."),
            ("She moved back to the U.S. They never met again.", "She moved back to the U.S."),
            ("He still lives in the U.S. Will he come back?", "He still lives in the U.S."),
            ("They live in Velm, Mass. The house is small.", "They live in Velm, Mass."),
            ("He works for Quill Inc. The firm is old.", "He works for Quill Inc."),
            ("The shop stood on Marn St. It burned down.", "The shop stood on Marn St."),
            ("The vote was 51-49. Sunday’s rally drew a crowd.", "The vote was 51-49."),
        ] {
            assert_eq!(sentences(text, "en").first(), Some(&first), "{text}");
        }
    }

    #[test]
    fn a_quotation_mark_goes_with_the_words_it_opens_or_closes() {
        assert_eq!(
            sentences("The pier is shut. “We lost four boats to the ice.”", "en"),
            ["The pier is shut.", "“We lost four boats to the ice.”"]
        );
        assert_eq!(
            sentences("The pier is shut. \"We lost boats.\" \"They were old,\" she said.", "en"),
            ["The pier is shut.", "\"We lost boats.\"", "\"They were old,\" she said."]
        );
    }

    #[test]
    fn a_question_that_is_quoted_stays_with_who_asked_it() {
        assert_eq!(
            sentences("“Is it over?” she asked. Nobody knew.", "en-GB"),
            ["“Is it over?” she asked.", "Nobody knew."]
        );
    }

    #[test]
    fn an_unknown_language_is_split_as_english() {
        assert_eq!(sentences("One. Two.", "zz-Zzzz"), ["One.", "Two."]);
        assert_eq!(sentences("   ", "en"), Vec::<&str>::new());
    }

    proptest! {
        #[test]
        fn whatever_comes_the_spans_lie_in_order_inside_the_text(text in "[ a-zA-Z.!?“”\"'’«»…\n\u{a0}\u{e9}0-9]{0,120}") {
            let mut end = 0;
            for span in spans(&text, "en") {
                prop_assert!(span.start >= end && text.get(span.clone()).is_some_and(|s| !s.trim().is_empty()));
                end = span.end;
            }
        }
    }
}
