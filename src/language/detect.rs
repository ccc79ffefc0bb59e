//! Text in, its language out, as the tag that stemmers and mail headers want. Guesses only where there is enough to go by.

use whatlang::Lang;

use super::lexicon::{Lexicon, SHELF};
use crate::{model::Article, text::words::plain};

/// Below this many letters a guess is as often wrong as right (headlines, teasers).
const ENOUGH_LETTERS: usize = 120;

/// The language of `text` as a two-letter BCP 47 tag (three letters where there is no shorter one); `None` for short
/// text and when two languages are about equally likely.
pub fn detect(text: &str) -> Option<&'static str> {
    text.chars().filter(|c| c.is_alphabetic()).nth(ENOUGH_LETTERS)?;
    whatlang::detect(text).filter(|guess| guess.is_reliable()).map(|guess| tag(guess.lang()))
}

/// Of a text no more is looked at.
const ENOUGH_BYTES: usize = 1000;
/// Words of a short text that are looked at, and the fewest that tell a language.
const MOST_WORDS: usize = 120;
const FEWEST_WORDS: usize = 2;

/// Of the language of a text: as it is declared, else as the text tells it. A short one is of the language whose
/// lists know most of its words.
pub fn of_text(declared: Option<&str>, text: &str) -> &'static Lexicon {
    of(declared, || tell(text))
}

/// Of the language of an article: as it is declared, else as its text tells it, else all that is known of it together.
pub fn of_article(article: &Article) -> &'static Lexicon {
    let Article { title, summary, text, lang, .. } = article;
    let all = || tell(&[title, summary, text].map(|part| beginning(part)).join("\n"));
    of(lang.as_deref(), || tell(text).or_else(all))
}

/// Of the tag that is declared, else of the one that is told, else what holds in every language.
fn of<'a>(declared: Option<&'a str>, told: impl FnOnce() -> Option<&'a str>) -> &'static Lexicon {
    let declared = declared.filter(|tag| !tag.is_empty());
    declared.or_else(told).map_or_else(Lexicon::neutral, Lexicon::of)
}

fn beginning(text: &str) -> &str {
    text.get(..text.floor_char_boundary(ENOUGH_BYTES)).unwrap_or(text)
}

fn tell(text: &str) -> Option<&'static str> {
    let text = beginning(text);
    detect(text).or_else(|| by_small_words(text))
}

fn by_small_words(text: &str) -> Option<&'static str> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<String> = words.take(MOST_WORDS).map(plain).collect();
    let mut counts: Vec<(usize, &str)> = Vec::new();
    for kept in SHELF.iter() {
        let known = words.iter().filter(|word| kept.lexicon().is_small_word(word)).count();
        counts.push((known, kept.tag));
    }
    counts.sort_unstable_by(|a, b| b.cmp(a));
    match counts[..] {
        [(most, tag), (next, _), ..] if most >= FEWEST_WORDS && most > next => Some(tag),
        _ => None,
    }
}

/// ISO 639-3 to the shortest tag (RFC 5646, 2.2.1).
fn tag(lang: Lang) -> &'static str {
    match lang {
        Lang::Ara => "ar",
        Lang::Bul => "bg",
        Lang::Cat => "ca",
        Lang::Ces => "cs",
        Lang::Cmn => "zh",
        Lang::Dan => "da",
        Lang::Deu => "de",
        Lang::Ell => "el",
        Lang::Eng => "en",
        Lang::Est => "et",
        Lang::Fin => "fi",
        Lang::Fra => "fr",
        Lang::Heb => "he",
        Lang::Hin => "hi",
        Lang::Hun => "hu",
        Lang::Ind => "id",
        Lang::Ita => "it",
        Lang::Jpn => "ja",
        Lang::Kor => "ko",
        Lang::Lit => "lt",
        Lang::Nld => "nl",
        Lang::Nob => "nb",
        Lang::Pes => "fa",
        Lang::Pol => "pl",
        Lang::Por => "pt",
        Lang::Ron => "ro",
        Lang::Rus => "ru",
        Lang::Spa => "es",
        Lang::Srp => "sr",
        Lang::Swe => "sv",
        Lang::Tur => "tr",
        Lang::Ukr => "uk",
        Lang::Vie => "vi",
        other => other.code(),
    }
}

#[cfg(test)]
mod tests {
    use super::{detect, of_article, tell};
    use crate::model::Article;

    #[test]
    fn a_short_article_is_told_by_its_title_as_well() {
        let article = |title: &str, summary: &str| Article {
            title: title.into(),
            summary: summary.into(),
            ..Article::default()
        };
        assert_eq!(of_article(&article("Corrected: Ferry sinks off Sollund", "A ferry sank.")).tag(), "en");
        assert_eq!(of_article(&article("Die Brücke ist wieder zu", "Tarrow")).tag(), "de");
    }

    #[test]
    fn a_paragraph_tells_its_language() {
        let german = "Die Fähre nach Nordholm fuhr am Morgen nicht, weil der Hafen nach dem Sturm gesperrt war. Die \
                      Stadt will am Nachmittag entscheiden, ob die Brücke wieder geöffnet werden kann.";
        assert_eq!(detect(german), Some("de"));
    }

    #[test]
    fn a_headline_is_not_guessed_at() {
        assert_eq!(detect("Ferry stopped at Nordholm"), None);
        assert_eq!(tell("Ferry stopped at Nordholm"), None);
    }

    #[test]
    fn a_sentence_is_told_by_its_small_words() {
        for (text, tag) in [
            ("The pier is shut until May.", "en"),
            ("Der Hafen bleibt bis Mai zu.", "de"),
            ("Le port restera fermé jusqu’en mai, dit-on.", "fr"),
            ("El puerto seguirá cerrado hasta mayo.", "es"),
            ("Il porto resta chiuso fino a maggio.", "it"),
            ("O porto fica fechado até maio.", "pt"),
            ("De haven blijft tot mei dicht.", "nl"),
        ] {
            assert_eq!(tell(text), Some(tag), "{text}");
        }
    }
}
