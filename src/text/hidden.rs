//! Text in, the same text out without characters that draw nothing or draw over everything else. Never changes how a
//! word of any language looks.

use unicode_width::UnicodeWidthChar;

/// Combining marks on one character: more than any language needs; Hebrew with accents takes four.
const DRAWN_ONTO_ONE: usize = 16;

/// Characters of some width that show nothing: a Braille cell without dots, a musical notehead that is none.
const EMPTY: [char; 2] = ['\u{2800}', '\u{1d159}'];

/// The text as it is seen: without what [`is_hidden`], without joiners after an ASCII character, where they join
/// nothing and only hide a word from filters, and without marks piled up on one character, which cover the lines
/// around it.
pub fn shown(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut piled = 0;
    for c in text.chars().filter(|&c| !is_hidden(c)) {
        let idle =
            matches!(c, '\u{200c}' | '\u{200d}') && shown.chars().next_back().is_none_or(|c| c.is_ascii());
        piled = if c.width() == Some(0) { piled + 1 } else { 0 };
        if !idle && piled <= DRAWN_ONTO_ONE {
            shown.push(c);
        }
    }
    shown
}

/// The characters of a text that are not printable ASCII, with their places. Most texts have few, so those are found fast.
pub fn unprintable(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut place = 0;
    std::iter::from_fn(move || {
        place += text.as_bytes().get(place..)?.iter().position(|byte| !matches!(byte, b' '..=b'~'))?;
        let c = text.get(place..)?.chars().next()?;
        place += c.len_utf8();
        Some((place - c.len_utf8(), c))
    })
}

/// Whether nothing of a text is seen: white space, hidden characters, and those that draw only onto others or an empty place
/// of their own.
pub fn is_blank(text: &str) -> bool {
    let draws = |c: char| {
        !c.is_whitespace() && !is_hidden(c) && c.width().is_some_and(|width| width > 0) && !EMPTY.contains(&c)
    };
    !text.chars().any(draws)
}

/// Controls, bidirectional controls and other invisible characters, which can make text read as something else or
/// break out of its place. The joiners (U+200C, U+200D) and variation selectors do not count: scripts and emoji need
/// them.
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'
                | '\u{1160}'
                | '\u{17b4}'
                | '\u{17b5}'
                | '\u{180e}'
                | '\u{200b}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{2028}'
                | '\u{2029}'
                | '\u{3164}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{1d173}'..='\u{1d17a}'
        )
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e00ff}')
        || is_noncharacter(c)
}

/// Code points that are never part of text (Unicode, section 23.7).
fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    use super::{DRAWN_ONTO_ONE, is_blank, is_hidden, shown};

    #[test]
    fn joiners_stay_where_a_script_or_an_emoji_needs_them() {
        for needed in ["می\u{200c}خواهم", "क्\u{200d}ष", "👩\u{200d}🚒"] {
            assert_eq!(shown(needed), needed);
        }
        assert_eq!(shown("\u{200d}fr\u{200c}\u{200b}e\u{200d}e"), "free");
    }

    #[test]
    fn a_text_of_which_nothing_is_seen_is_blank() {
        for blank in [
            "",
            " \u{a0}\u{3000}",
            "\u{200d}\u{200c}",
            "\u{fe0f}\u{e0100}",
            "\u{2800} \u{301}",
            "\u{3164}\u{115f}",
            "\u{1d159}",
        ] {
            assert!(is_blank(blank), "{blank:?}");
        }
        for seen in ["a", ".", "语", "e\u{301}", "🏳\u{fe0f}", "\u{fffd}", "⠁"] {
            assert!(!is_blank(seen), "{seen}");
        }
    }

    #[test]
    fn marks_are_not_piled_up_without_end() {
        let piled = format!("pier a{}b", "\u{301}".repeat(1000));
        assert_eq!(shown(&piled), format!("pier a{}b", "\u{301}".repeat(DRAWN_ONTO_ONE)));
    }

    #[test]
    fn what_draws_nothing_is_hidden_and_what_scripts_need_is_not() {
        for hidden in "\0\u{1b}\u{85}\u{9b}\u{ad}\u{200b}\u{200f}\u{2029}\u{202e}\u{2066}\u{3164}\u{feff}\u{ffff}\u{1fffe}\u{e0041}".chars() {
            assert!(is_hidden(hidden), "{hidden:?}");
        }
        for drawn in "a é\u{301}\u{200c}\u{200d}\u{fe0f}\u{fffd}語🏳葛\u{e0100}".chars() {
            assert!(!is_hidden(drawn), "{drawn:?}");
        }
    }
}
