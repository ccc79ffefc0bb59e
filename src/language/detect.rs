//! Text in, its language out, as the tag that stemmers and mail headers want. Guesses only where there is enough to go by.

use whatlang::Lang;

use super::{lexicon::Lexicon, small::SmallWords};

/// Below this many letters a guess is as often wrong as right (headlines, teasers).
const ENOUGH_LETTERS: usize = 120;
/// Of a text no more is looked at.
const ENOUGH_BYTES: usize = 1000;

/// The language of `text` as a two-letter BCP 47 tag (three letters where there is no shorter one); `None` for short
/// text and when two languages are about equally likely.
pub fn detect(text: &str) -> Option<&'static str> {
    text.chars().filter(|c| c.is_alphabetic()).nth(ENOUGH_LETTERS)?;
    whatlang::detect(text).filter(|guess| guess.is_reliable()).map(|guess| tag(guess.lang()))
}

/// Of the language of a text: as it is declared, else as its beginning tells it. A short one is of the language whose
/// lists know most of its words.
pub fn of_text(declared: Option<&str>, text: &str) -> &'static Lexicon {
    let declared = declared.filter(|tag| !tag.is_empty());
    declared.or_else(|| tell(beginning(text, ENOUGH_BYTES))).map_or_else(Lexicon::neutral, Lexicon::of)
}

/// What a text tells, by its trigrams or, where it is too short for those, by its small words.
fn tell(text: &str) -> Option<&'static str> {
    detect(text).or_else(|| SmallWords::of(text).tell())
}

/// At most so many bytes of a text.
pub(super) fn beginning(text: &str, most: usize) -> &str {
    text.get(..text.floor_char_boundary(most)).unwrap_or(text)
}

/// ISO 639-3 to the shortest tag (RFC 5646, 2.2.1).
fn tag(lang: Lang) -> &'static str {
    match lang {
        Lang::Afr => "af",
        Lang::Aka => "ak",
        Lang::Amh => "am",
        Lang::Ara => "ar",
        Lang::Aze => "az",
        Lang::Bel => "be",
        Lang::Ben => "bn",
        Lang::Bul => "bg",
        Lang::Cat => "ca",
        Lang::Ces => "cs",
        Lang::Cmn => "zh",
        Lang::Cym => "cy",
        Lang::Dan => "da",
        Lang::Deu => "de",
        Lang::Ell => "el",
        Lang::Eng => "en",
        Lang::Epo => "eo",
        Lang::Est => "et",
        Lang::Fin => "fi",
        Lang::Fra => "fr",
        Lang::Guj => "gu",
        Lang::Heb => "he",
        Lang::Hin => "hi",
        Lang::Hrv => "hr",
        Lang::Hun => "hu",
        Lang::Hye => "hy",
        Lang::Ind => "id",
        Lang::Ita => "it",
        Lang::Jav => "jv",
        Lang::Jpn => "ja",
        Lang::Kan => "kn",
        Lang::Kat => "ka",
        Lang::Khm => "km",
        Lang::Kor => "ko",
        Lang::Lat => "la",
        Lang::Lav => "lv",
        Lang::Lit => "lt",
        Lang::Mal => "ml",
        Lang::Mar => "mr",
        Lang::Mkd => "mk",
        Lang::Mya => "my",
        Lang::Nep => "ne",
        Lang::Nld => "nl",
        Lang::Nob => "nb",
        Lang::Ori => "or",
        Lang::Pan => "pa",
        Lang::Pes => "fa",
        Lang::Pol => "pl",
        Lang::Por => "pt",
        Lang::Ron => "ro",
        Lang::Rus => "ru",
        Lang::Sin => "si",
        Lang::Slk => "sk",
        Lang::Slv => "sl",
        Lang::Sna => "sn",
        Lang::Spa => "es",
        Lang::Srp => "sr",
        Lang::Swe => "sv",
        Lang::Tam => "ta",
        Lang::Tel => "te",
        Lang::Tgl => "tl",
        Lang::Tha => "th",
        Lang::Tuk => "tk",
        Lang::Tur => "tr",
        Lang::Ukr => "uk",
        Lang::Urd => "ur",
        Lang::Uzb => "uz",
        Lang::Vie => "vi",
        Lang::Yid => "yi",
        Lang::Zul => "zu",
    }
}

#[cfg(test)]
mod tests {
    use super::{detect, tell};

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
