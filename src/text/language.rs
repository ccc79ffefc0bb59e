//! Text in, its language out, as the tag that stemmers and mail headers want. Guesses only where there is enough text.

use whatlang::Lang;

/// Below this many letters a guess is as often wrong as right (headlines, teasers).
const ENOUGH_LETTERS: usize = 120;

/// The language of `text` as a two-letter BCP 47 tag (three letters where there is no shorter one); `None` for short
/// text and when two languages are about equally likely.
pub fn detect(text: &str) -> Option<&'static str> {
    text.chars().filter(|c| c.is_alphabetic()).nth(ENOUGH_LETTERS)?;
    whatlang::detect(text).filter(|guess| guess.is_reliable()).map(|guess| tag(guess.lang()))
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
    use super::detect;

    #[test]
    fn a_paragraph_tells_its_language() {
        let german = "Die Fähre nach Nordholm fuhr am Morgen nicht, weil der Hafen nach dem Sturm gesperrt war. Die \
                      Stadt will am Nachmittag entscheiden, ob die Brücke wieder geöffnet werden kann.";
        assert_eq!(detect(german), Some("de"));
    }

    #[test]
    fn a_headline_is_not_guessed_at() {
        assert_eq!(detect("Ferry stopped at Nordholm"), None);
    }
}
