//! A paragraph in, the same without its dateline out.

/// Longest dateline, in bytes.
const BYTES: usize = 64;
/// Words of the shortest sentence behind one.
const FEWEST_WORDS: usize = 5;

/// The paragraph behind its dateline ("LONDON (AP) — ", "WASHINGTON, Nov. 3 - ", "Berlin (dpa) – ", "Oslo (XPA)The ..."),
/// if it has one and a sentence follows.
pub fn without(paragraph: &str) -> &str {
    let ends = |(i, c): (usize, char)| {
        let head = paragraph.get(..i).unwrap_or_default();
        let glued = || paragraph.get(i + 1..).is_some_and(|rest| rest.starts_with(char::is_uppercase));
        match c {
            '—' | '–' | '─' => Some((i, i + c.len_utf8())),
            '-' if head.ends_with([' ', '\u{a0}', '-']) => Some((i, i + 1)),
            ')' if glued() => Some((i + 1, i + 1)),
            _ => None,
        }
    };
    let found = paragraph.char_indices().take_while(|(i, _)| *i < BYTES).filter_map(ends).last();
    let Some((head, rest)) = found else { return paragraph };
    let head = paragraph.get(..head).unwrap_or_default();
    let rest = paragraph.get(rest..).unwrap_or_default().trim_start();
    let sentence = rest.starts_with(|c: char| c.is_uppercase() || !c.is_alphanumeric())
        && rest.split_whitespace().nth(FEWEST_WORDS).is_some();
    if is_place(head.trim_end_matches(['-', ' ', '\u{a0}'])) && sentence { rest } else { paragraph }
}

/// Whether a text is a place as datelines write it: in capitals, or with an agency in brackets behind it.
fn is_place(head: &str) -> bool {
    let shout = head.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let loud = shout.chars().count() > 2 && shout.chars().all(char::is_uppercase);
    let agency = head.ends_with(')') && (head.contains(" (") || head.starts_with('('));
    let word = |w: &str| w.starts_with(|c: char| c.is_uppercase() || c.is_numeric() || c == '(');
    (loud || agency) && head.split_whitespace().count() <= 8 && head.split_whitespace().all(word)
}

#[cfg(test)]
mod tests {
    use super::without;

    #[test]
    fn datelines_are_split_off_and_dashes_in_prose_are_not() {
        assert_eq!(
            without("BRACKWATER, Nov. 3 (XP) — The harbour froze over on Monday."),
            "The harbour froze over on Monday."
        );
        assert_eq!(
            without("Brackwater (xpa) - Der Hafen ist am Montag zugefroren."),
            "Der Hafen ist am Montag zugefroren."
        );
        for glued in ["(XPA)The harbour froze over on Monday.", "Oslo (XPA)The harbour froze over on Monday."]
        {
            assert_eq!(without(glued), "The harbour froze over on Monday.");
        }
        let prose = "The harbour — long, deep and cold — froze over on Monday.";
        assert_eq!(without(prose), prose);
        let name = "NATO-led troops crossed the frozen harbour of Brackwater on Monday.";
        assert_eq!(without(name), name);
    }
}
