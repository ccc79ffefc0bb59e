//! An article in, what its outlet says in it of its own mistake out, verbatim: by the labels that outlets and agencies
//! put on corrections and withdrawals, in English, German, French and Spanish.

use std::sync::LazyLock;

use regex::Regex;

use crate::{model::Article, prose::sentence, text::space::fold};

/// The most words of a notice; it is cut at a sentence end.
const NOTICE_WORDS: usize = 80;

/// Titles that begin so say that something was wrong with an article: the label is set apart from what follows
/// (`Correction: …`, `CORRECTED-…`, `(KILL) …`).
static CORRECTED: LazyLock<Regex> =
    LazyLock::new(|| pattern(&format!(r"^\W*(?i:{LABELS})(?:\s*[:–—\]\)]|\s+-\s|-\w)")));

/// The same in capitals without a mark behind it, which says so in a title that has small letters as well.
static SHOUTED: LazyLock<Regex> = LazyLock::new(|| pattern(&format!(r"^\W*(?:{})\b", LABELS.to_uppercase())));

const LABELS: &str = "correct(?:ion|ed|s)|clarification|kill(?: notice)?|retract(?:ion|ed)|withdrawn|erratum|corrigendum\
         |korrektur|korrigiert|berichtigung|berichtigt|richtigstellung|zurückgezogen|rückzug\
         |rectificatif|rectification|corrigé|correctif|dépêche annulée|annulation|annulée?\
         |corrección|corrige|rectificación|fe de (?:erratas|errores)|aclaración|retirada|anulada";

/// Sentences that say so in a text.
static SAID: LazyLock<Regex> = LazyLock::new(|| {
    let piece = "(?:story|article|report|post|headline|version|piece|dispatch|item)";
    pattern(&format!(
        r"(?xi)
        \b(?:an|the)\ (?:earlier|previous|original|initial)\ (?:version|headline)\ of\ (?:this|the)\ {piece}\b
        | \ba\ (?:previous|prior)\ version\ of\ (?:this|the)\ {piece}\b
        | \bthis\ {piece}\ (?:has\ been|was|is)\ (?:\w+\ )?(?:corrected|amended|clarified|retracted|withdrawn)\b
        | \bthis\ {piece}\ (?:corrects|originally\ (?:said|stated|misstated|reported))\b
        | ^\W*(?:correction|corrections|clarification|retraction|editor[’']?s?[’']?\ note|corrects)\b\ ?[:—–\-(]
        | ^\W*corrects\ \w+
        | \bin\ einer\ früheren\ (?:version|fassung)\b
        | \b(?:dieser|der)\ (?:artikel|text|beitrag)\ wurde\ (?:nachträglich\ )?(?:korrigiert|berichtigt|zurückgezogen)\b
        | ^\W*(?:korrektur|berichtigung|richtigstellung|anmerkung\ der\ redaktion)\b\ ?[:—–\-]
        | \bune\ (?:première|précédente)\ version\ de\ (?:cet|cette|ce)\b
        | \bcet?\ (?:article|texte)\ a\ été\ (?:corrigé|rectifié|retiré)\b
        | ^\W*(?:rectificatif|rectification|correction|erratum|note\ de\ la\ rédaction)\b\ ?[:—–\-]
        | \buna\ versión\ (?:anterior|previa)\ de\ est[ea]\b
        | \best[ea]\ (?:artículo|noticia|texto|información)\ ha\ sido\ (?:corregid|rectificad|retirad)[oa]\b
        | ^\W*(?:corrección|rectificación|fe\ de\ (?:erratas|errores)|nota\ d(?:el\ editor|e\ la\ redacción))\b\ ?[:—–\-]"
    ))
});

/// What an article says of a mistake: its title when that is labelled, then the paragraph that says so; none when it
/// says nothing.
pub(super) fn notice(article: &Article) -> Option<String> {
    let language = article.lang.as_deref().unwrap_or("en");
    let paragraphs = article.paragraphs().chain([article.summary.trim()]);
    paragraphs
        .into_iter()
        .find_map(|paragraph| said(paragraph, language))
        .or_else(|| announces(article).then(|| fold(&article.title)))
}

/// Whether the article's title is labelled as a correction or a withdrawal.
pub(super) fn announces(article: &Article) -> bool {
    let title = article.title.trim();
    CORRECTED.is_match(title) || (SHOUTED.is_match(title) && title.contains(char::is_lowercase))
}

/// The sentences of a paragraph from the one that speaks of a mistake on.
fn said(paragraph: &str, language: &str) -> Option<String> {
    let spans = sentence::spans(paragraph, language);
    let sentence = |span: &std::ops::Range<usize>| paragraph.get(span.clone()).unwrap_or_default();
    let first = spans.iter().find(|span| SAID.is_match(sentence(span)))?;
    let (mut end, mut words) = (first.end, 0);
    for span in spans.iter().filter(|span| span.start >= first.start) {
        words += sentence(span).split_whitespace().count();
        if words <= NOTICE_WORDS {
            end = span.end;
        }
    }
    paragraph.get(first.start..end).map(fold)
}

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a test tries every label")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titled(title: &str) -> Article {
        Article { title: title.to_owned(), ..Article::default() }
    }

    #[test]
    fn titles_with_a_label_announce_and_mere_words_do_not() {
        for title in [
            "Correction: Sollund ferry had 40 passengers",
            "CORRECTED-Sollund ferry had 40 passengers",
            "Corrected: Sollund ferry",
            "WITHDRAWN Sollund ferry sinks",
            "KILL: Sollund ferry sinks",
            "(Retraction) Sollund ferry sinks",
            "BERICHTIGUNG - Fähre in Sollund",
            "Korrektur: Fähre in Sollund",
            "Rectificatif : le ferry de Sollund",
            "Fe de errores: el ferry de Sollund",
        ] {
            assert!(announces(&titled(title)), "{title}");
        }
        for title in [
            "Correction officers strike in Tarrow",
            "Kill switch found in ferry",
            "Withdrawn troops return to Sollund",
            "Corrections department under fire",
            "Retirada de la nieve en Tarrow",
            "Kill Bill turns twenty-three",
            "RETIRADA DE LA NIEVE EN TARROW",
            "CORRECTION OFFICERS STRIKE IN TARROW",
            "Markets see a correction: shares fall",
        ] {
            assert!(!announces(&titled(title)), "{title}");
        }
    }

    #[test]
    fn the_sentence_that_says_so_is_taken_with_what_follows() {
        let text = "Forty people were aboard.\n\nThe ferry sails on Monday. An earlier version of this article said \
                    that four hundred were aboard. We regret the error.";
        let article = Article { text: text.to_owned(), ..Article::default() };
        let expected =
            "An earlier version of this article said that four hundred were aboard. We regret the error.";
        assert_eq!(notice(&article).as_deref(), Some(expected));
    }

    #[test]
    fn every_language_has_its_way_of_saying_so() {
        for said in [
            "This story has been corrected to show that forty were aboard.",
            "This article was amended on 19 November.",
            "CORRECTION: Forty were aboard.",
            "Editor’s note: The number of passengers was wrong.",
            "Corrects number of passengers in second paragraph.",
            "In einer früheren Version dieses Artikels war von 400 Menschen die Rede.",
            "Une première version de cet article parlait de 400 passagers.",
            "Una versión anterior de este artículo hablaba de 400 pasajeros.",
            "Nota del editor: eran 40 pasajeros.",
        ] {
            assert_eq!(super::said(said, "en").as_deref(), Some(said));
        }
        for other in ["The minister corrected himself.", "A previous version of the bill failed."] {
            assert_eq!(super::said(other, "en"), None, "{other}");
        }
    }
}
