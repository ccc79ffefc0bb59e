//! A text in, whether it asks to leave a mailing list out: in every known language at once, because nobody knows which one a
//! reader answers in. Never decides whose wish it is.

use unicode_normalization::UnicodeNormalization;

use super::{leave::Asks, lexicon::Lexicon};

/// Words of a text that are looked at.
const MOST_WORDS: usize = 1000;

/// Whether and how surely a text asks to leave.
pub fn leave(text: &str) -> Option<Asks> {
    let sentences: Vec<Vec<String>> = text
        .split(['.', '!', '?', '\n', '。', '।', '؟'])
        .map(|sentence| words(sentence).take(MOST_WORDS).collect())
        .filter(|words: &Vec<String>| !words.is_empty())
        .take(MOST_WORDS)
        .collect();
    let all: Vec<String> = sentences.iter().flatten().take(MOST_WORDS).cloned().collect();
    let asks = Lexicon::all().filter_map(|lexicon| lexicon.leave.read(&sentences, &all)).max();
    asks.or_else(|| is_beyond_us(text).then_some(Asks::Perhaps))
}

/// The words of a text in lower case and composed letters, without punctuation around them, apostrophes straight.
fn words(text: &str) -> impl Iterator<Item = String> {
    let bare = text.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    let bare = bare.filter(|word| !word.is_empty());
    bare.map(|word| {
        word.nfc().flat_map(char::to_lowercase).map(|c| if c == '’' { '\'' } else { c }).collect()
    })
}

/// Whether a text is in a script that no known language is written in: it may ask for anything, and somebody must look at it.
fn is_beyond_us(text: &str) -> bool {
    let letters = || text.chars().filter(|c| c.is_alphabetic()).take(MOST_WORDS);
    // Latin, Greek, Cyrillic; Arabic; Devanagari; Latin and Greek once more.
    let is_known = |c: char| matches!(c, '\0'..='\u{52f}' | '\u{600}'..='\u{77f}' | '\u{900}'..='\u{97f}' | '\u{1d00}'..='\u{1fff}');
    letters().filter(|c| !is_known(*c)).count() * 2 > letters().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_wish_is_known_in_many_languages() {
        for wish in [
            "Please unsubscribe me",
            "Stop",
            "STOP!",
            "Remove me from your list, please.",
            "unsubscribe\n",
            "Please take me off this mailing list. Thank you",
            "Bitte abmelden",
            "Bitte nehmen: Newsletter abbestellen!",
            "Merci de me désabonner",
            "Quiero darme de baja, por favor",
            "Vorrei disiscrivermi dalla vostra lista",
            "Por favor remover o meu email da lista",
            "Graag afmelden van de nieuwsbrief",
            "Proszę o wypisanie mnie z listy",
            "Прошу отписать меня от рассылки",
            "Прошу видалити мене зі списку",
            "Prosím odhlásit",
            "Ta bort mig, tack",
            "Désabonnez-moi, s'il vous plaît",
            "De\u{301}sinscrivez-moi",
            "Disiscrivimi",
            "取消订阅",
            "구독 취소",
        ] {
            assert!(leave(wish).is_some(), "{wish}");
        }
        for wish in [
            "Please unsubscribe me",
            "Stop",
            "Bitte abmelden",
            "Merci de me désabonner",
            "Прошу отписать меня",
        ] {
            assert_eq!(leave(wish), Some(Asks::Plainly), "{wish}");
        }
    }

    #[test]
    fn a_wish_among_other_words_is_a_wish_perhaps() {
        for text in [
            "I get far too much mail these days and no longer wish to receive yours",
            "How do I unsubscribe from this?",
            "Please remove me from your list. I liked the crossword.",
            "Please do not unsubscribe me, I only changed my address",
            "unsubcribe",
            "Please unsuscribe me",
            "このメールを止めてください。よろしくお願いします",
            "הסר אותי",
            "ขอยกเลิก",
            "Ich möchte Ihren Newsletter nicht mehr erhalten, weil ich umziehe",
        ] {
            assert_eq!(leave(text), Some(Asks::Perhaps), "{text}");
        }
    }

    #[test]
    fn what_people_write_otherwise_asks_for_nothing() {
        for text in [
            "When do you go to press? I would not miss it.",
            "Who wrote the second one?",
            "I am away until Monday.",
            "Stop the presses: your map of Tarrow has the harbour on the wrong side",
            "No quiero baja",
            "Please do not stop!",
            "Don't leave",
            "Thank you for the list",
            "I subscribe to three others, and yours is best",
            "Ευχαριστώ πολύ",
            "شكرا جزيلا",
            "",
        ] {
            assert_eq!(leave(text), None, "{text}");
        }
    }

    #[test]
    fn a_long_text_is_read_in_bounded_time() {
        leave(&"stop . ".repeat(100_000));
        leave(&"stop ".repeat(100_000));
    }
}
