//! A quotation as its outlet printed it in, the same words between the newsletter's own marks out. Never changes a word,
//! and leaves a quotation alone whose marks do not enclose it from end to end.

use crate::text::marks;

/// The marks of a language around a quotation, and around one within it.
#[derive(Debug, Clone, Copy)]
pub struct Marks {
    outer: [&'static str; 2],
    inner: [&'static str; 2],
}

impl Marks {
    /// Those most newspapers of a language use, by its tag; none where this does not know them.
    pub fn of(language: &str) -> Option<Marks> {
        let (outer, inner) = match language.split('-').next().unwrap_or_default() {
            "en" | "nl" | "pt" => (["“", "”"], ["‘", "’"]),
            "de" => (["„", "“"], ["‚", "‘"]),
            "fr" => (["«\u{a0}", "\u{a0}»"], ["“", "”"]),
            "es" | "it" => (["«", "»"], ["“", "”"]),
            "ru" | "uk" => (["«", "»"], ["„", "“"]),
            _ => return None,
        };
        Some(Marks { outer, inner })
    }
}

/// The quotation between these marks, without the comma that led on to who said it. Words of scripts without case keep
/// theirs.
pub fn set(quotation: &str, marks: Option<Marks>) -> String {
    let whole = enclosed(quotation).filter(|words| words.chars().any(char::is_lowercase));
    let (Some(Marks { outer, inner }), Some(words)) = (marks, whole) else { return quotation.to_owned() };
    let words = words.strip_suffix(',').unwrap_or(words);
    let (mut set, mut end) = (outer[0].to_owned(), 0);
    for span in marks::spans(words) {
        let Some(within) = words.get(span.bytes.clone()).and_then(enclosed) else { continue };
        set += words.get(end..span.bytes.start).unwrap_or_default();
        set.extend([inner[0], within, inner[1]]);
        end = span.bytes.end;
    }
    set += words.get(end..).unwrap_or_default();
    set + outer[1]
}

/// What stands between the marks of a text that is a quotation from end to end.
fn enclosed(text: &str) -> Option<&str> {
    let spans = marks::spans(text);
    let [span] = spans.as_slice() else { return None };
    let is_whole = span.bytes == (0..text.len()) && !span.runs_on;
    let mut words = text.chars();
    (is_whole && words.next().is_some() && words.next_back().is_some()).then(|| words.as_str().trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_the_newsletters_and_words_the_outlets() {
        for (language, printed, set) in [
            ("en", "“We sail at noon.”", "“We sail at noon.”"),
            ("en", "‘I should not care to say,’", "“I should not care to say”"),
            ("en", "\"We sail,\"", "“We sail”"),
            ("en", "«Nous partons à midi»", "“Nous partons à midi”"),
            ("en", "„Wir fahren um zwölf.“", "“Wir fahren um zwölf.”"),
            ("en", "“She said “never” twice.”", "“She said ‘never’ twice.”"),
            ("en", "‘She said “never” twice.’", "“She said ‘never’ twice.”"),
            ("en-GB", "‘We don’t sail.’", "“We don’t sail.”"),
            ("de", "\"Wir sagten ‘nie’ zweimal\"", "„Wir sagten ‚nie‘ zweimal“"),
            ("fr", "“Nous partons”", "«\u{a0}Nous partons\u{a0}»"),
            ("fr", "«\u{a0}Nous partons\u{a0}»", "«\u{a0}Nous partons\u{a0}»"),
        ] {
            assert_eq!(super::set(printed, Marks::of(language)), set, "{printed}");
        }
    }

    #[test]
    fn what_is_not_enclosed_from_end_to_end_stays() {
        for printed in [
            "“We sail,” she said, “at noon.”",
            "We sail at noon.",
            "“Doc” O’Neil, Jr.!",
            "“We sail",
            "«هذه بداية فقط»",
            "「船は出ない」",
            "“”",
            "",
        ] {
            assert_eq!(super::set(printed, Marks::of("en")), printed);
        }
        assert_eq!(super::set("‘We sail’", Marks::of("fi")), "‘We sail’");
    }
}
