//! An article in, its outlet's own statement of a mistake out, verbatim: found by the labels that outlets and
//! agencies put on corrections and withdrawals in the article's language. Never guesses without a label.

use crate::{
    language::{Lexicon, Line},
    model::Article,
    prose::sentence,
    text::space::fold,
};

/// The most words of a notice; it is cut at a sentence end.
const NOTICE_WORDS: usize = 80;

/// What an article says about a mistake: its title if that is labelled, then the paragraph that says so; none if it
/// says nothing.
pub(super) fn notice(article: &Article) -> Option<String> {
    let lexicon = Lexicon::of_article(article);
    let paragraphs = article.paragraphs().chain([article.summary.trim()]);
    paragraphs
        .into_iter()
        .find_map(|paragraph| said(paragraph, lexicon))
        .or_else(|| announces(article).then(|| fold(&article.title)))
}

/// Whether the article's title is labelled as a correction or withdrawal: the label is set off from what follows
/// (`Correction: …`, `CORRECTED-…`, `(KILL) …`), or in capitals before a title that also has lower-case letters.
pub(super) fn announces(article: &Article) -> bool {
    let title = article.title.trim_start_matches(|c: char| !c.is_alphanumeric());
    let Some((label, rest)) = Lexicon::of_article(article).labels.correction.split(title) else {
        return false;
    };
    let hyphened = rest.strip_prefix('-').is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
    let apart = rest.trim_start().starts_with([':', '–', '—', ']', ')']) || hyphened;
    let shouted = !label.contains(char::is_lowercase) && title.contains(char::is_lowercase);
    apart || rest.trim_start().starts_with("- ") && rest.starts_with(char::is_whitespace) || shouted
}

/// The sentences of a paragraph, starting with the one about a mistake.
fn said(paragraph: &str, lexicon: &Lexicon) -> Option<String> {
    let spans = sentence::spans(paragraph, lexicon.tag());
    let sentence = |span: &std::ops::Range<usize>| paragraph.get(span.clone()).unwrap_or_default();
    let first = spans.iter().find(|span| lexicon.labels.corrected.is_match(&Line::of(sentence(span))))?;
    let (mut end, mut words) = (first.end, 0);
    for span in spans.iter().filter(|span| span.start >= first.start) {
        words += sentence(span).split_whitespace().count();
        if words <= NOTICE_WORDS {
            end = span.end;
        }
    }
    paragraph.get(first.start..end).map(fold)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titled(lang: &str, title: &str) -> Article {
        Article { title: title.to_owned(), lang: Some(lang.to_owned()), ..Article::default() }
    }

    #[test]
    fn titles_with_a_label_announce_and_mere_words_do_not() {
        for (lang, title) in [
            ("en", "Correction: Sollund ferry had 40 passengers"),
            ("en", "CORRECTED-Sollund ferry had 40 passengers"),
            ("en", "Corrected: Sollund ferry"),
            ("en", "WITHDRAWN Sollund ferry sinks"),
            ("en", "KILL: Sollund ferry sinks"),
            ("en", "(Retraction) Sollund ferry sinks"),
            ("de", "BERICHTIGUNG - Fähre in Sollund"),
            ("de", "Korrektur: Fähre in Sollund"),
            ("fr", "Rectificatif : le ferry de Sollund"),
            ("es", "Fe de errores: el ferry de Sollund"),
        ] {
            assert!(announces(&titled(lang, title)), "{title}");
        }
        for (lang, title) in [
            ("en", "Correction officers strike in Tarrow"),
            ("en", "Kill switch found in ferry"),
            ("en", "Withdrawn troops return to Sollund"),
            ("en", "Corrections department under fire"),
            ("es", "Retirada de la nieve en Tarrow"),
            ("en", "Kill Bill turns twenty-three"),
            ("es", "RETIRADA DE LA NIEVE EN TARROW"),
            ("en", "CORRECTION OFFICERS STRIKE IN TARROW"),
            ("en", "Markets see a correction: shares fall"),
        ] {
            assert!(!announces(&titled(lang, title)), "{title}");
        }
    }

    #[test]
    fn the_sentence_that_says_so_is_taken_with_what_follows() {
        let text = "Forty people were aboard.\n\nThe ferry sails on Monday. An earlier version of this article said \
                    that four hundred were aboard. We regret the error.";
        let article = Article { text: text.to_owned(), ..titled("en", "") };
        let expected =
            "An earlier version of this article said that four hundred were aboard. We regret the error.";
        assert_eq!(notice(&article).as_deref(), Some(expected));
    }

    #[test]
    fn a_notice_ends_after_eighty_words_at_a_sentence_end() {
        let of = |words: usize| {
            let rest = format!("We{} regret it.", " all".repeat(words - 3));
            format!(
                "An earlier version of this article said that four hundred were aboard. {rest} Fares rose."
            )
        };
        let told = |words: usize| {
            said(&of(words), Lexicon::of("en")).map(|notice| notice.split_whitespace().count())
        };
        assert_eq!((told(66), told(68), told(69)), (Some(80), Some(80), Some(12)));
    }

    #[test]
    fn every_language_has_its_way_of_saying_so() {
        for (lang, said) in [
            ("en", "This story has been corrected to show that forty were aboard."),
            ("en", "This article was amended on 19 November."),
            ("en", "CORRECTION: Forty were aboard."),
            ("en", "Editor’s note: The number of passengers was wrong."),
            ("en", "Corrects number of passengers in second paragraph."),
            ("de", "In einer früheren Version dieses Artikels war von 400 Menschen die Rede."),
            ("fr", "Une première version de cet article parlait de 400 passagers."),
            ("es", "Una versión anterior de este artículo hablaba de 400 pasajeros."),
            ("es", "Nota del editor: eran 40 pasajeros."),
        ] {
            assert_eq!(super::said(said, Lexicon::of(lang)).as_deref(), Some(said));
        }
        for other in ["The minister corrected himself.", "A previous version of the bill failed."] {
            assert_eq!(super::said(other, Lexicon::of("en")), None, "{other}");
        }
    }
}
