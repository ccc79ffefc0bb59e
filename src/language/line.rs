//! A paragraph in, the same as patterns read it out: in small letters, white space folded, marks of one kind written as one.
//! What is read of it is never printed.

use crate::text::space;

/// Marks that begin what someone says.
const QUOTES: [char; 4] = ['“', '"', '«', '„'];
/// All that stand before or behind it.
const SPOKEN: [char; 8] = ['“', '”', '"', '«', '»', '„', '‘', '\''];
/// Marks behind which, after a space, a sentence or a part of a line begins.
const BREAKS: &[u8] = b".!?:|>*-";

/// One paragraph.
pub struct Line {
    text: String,
    /// Where its first word begins, if no one speaks before it.
    opening: Option<usize>,
    quotes: bool,
    words: usize,
}

impl Line {
    pub fn of(paragraph: &str) -> Line {
        let mut text = String::with_capacity(paragraph.len());
        let (mut opening, mut spoken, mut quotes, mut rest) = (None, false, false, paragraph);
        loop {
            let (plain, behind) = rest.split_at(space::folded(rest, text.as_bytes().last().copied()));
            if opening.is_none() {
                let first = plain.bytes().position(|byte| byte.is_ascii_alphanumeric());
                opening = first.map(|first| text.len() + first);
                spoken |=
                    plain.bytes().take(first.unwrap_or(plain.len())).any(|byte| matches!(byte, b'"' | b'\''));
            }
            quotes |= plain.contains('"');
            text.push_str(&plain.to_ascii_lowercase());
            let mut behind = behind.chars();
            let Some(c) = behind.next() else { break };
            rest = behind.as_str();
            if c.is_whitespace() {
                if !text.is_empty() && !text.ends_with(' ') {
                    text.push(' ');
                }
                continue;
            }
            if c.is_control() {
                continue;
            }
            if opening.is_none() && (c.is_alphanumeric() || matches!(c, '©' | 'ⓒ')) {
                opening = Some(text.len());
            }
            spoken |= opening.is_none() && SPOKEN.contains(&c);
            quotes |= QUOTES.contains(&c);
            match c {
                '’' | '‘' | 'ʼ' => text.push('\''),
                '“' | '”' | '„' | '«' => text.push('"'),
                '»' | '›' => text.push('>'),
                '–' | '—' | '―' => text.push('-'),
                '·' | '•' => text.push('|'),
                '…' => text.push_str("..."),
                _ => text.extend(c.to_lowercase()),
            }
        }
        text.truncate(text.trim_end().len());
        let words = 1 + text.bytes().filter(|byte| *byte == b' ').count();
        Line { text, opening: opening.filter(|_| !spoken), quotes, words }
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// How many words it has.
    pub fn words(&self) -> usize {
        self.words
    }

    /// Whether someone is quoted in it.
    pub fn has_quotes(&self) -> bool {
        self.quotes
    }

    /// What is left without the marks around it.
    pub fn label(&self) -> &str {
        self.text.trim_matches(|c: char| !c.is_alphanumeric() && c != ')' && c != '©')
    }

    /// It from its first word to its last; nothing if someone speaks from the beginning.
    pub fn opening(&self) -> &str {
        let opening = self.opening.and_then(|at| self.text.get(at..)).unwrap_or_default();
        opening.trim_end_matches(|c: char| !c.is_alphanumeric() && c != ')' && c != '?')
    }

    /// It from the first word, and from the first word behind every mark that ends a sentence or parts a line.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        let text = self.text.as_bytes();
        let is_behind_mark = |at: &usize| at.checked_sub(1).is_some_and(|at| BREAKS.contains(&text[at]));
        let behind = memchr::memchr_iter(b' ', text).filter(is_behind_mark).map(|at| at + 1);
        self.opening.into_iter().chain(behind).map(|at| {
            let part = self.text.get(at..).unwrap_or_default();
            part.trim_start_matches(|c: char| !c.is_alphanumeric())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Line;

    #[test]
    fn marks_of_one_kind_are_one_and_words_are_small() {
        let line = Line::of(" – Don’t  miss: “Étape” … ");
        assert_eq!(line.text(), "- don't miss: \"étape\" ...");
        assert_eq!(line.opening(), "don't miss: \"étape");
        assert_eq!(line.label(), "don't miss: \"étape");
        assert!(line.has_quotes());
        assert_eq!(line.words(), 5);
    }

    #[test]
    fn white_space_and_controls_at_the_edges_are_no_words() {
        for text in [" Tide  mill\t", "\u{7f}Tide mill", "Tide\u{a0}\u{7f}mill \u{7f} ", "TIDE\nMILL\n"] {
            assert_eq!((Line::of(text).text(), Line::of(text).words()), ("tide mill", 2), "{text:?}");
        }
        assert_eq!((Line::of(" ").text(), Line::of("").words()), ("", 1));
    }

    #[test]
    fn what_someone_says_is_no_opening() {
        assert_eq!(Line::of("“Sign up,” she said.").opening(), "");
        assert_eq!(Line::of("„Komm“, sagte er.").opening(), "");
        assert_eq!(Line::of("* Sign up!").opening(), "sign up");
    }

    #[test]
    fn a_line_has_parts_behind_its_marks() {
        let parts: Vec<String> = Line::of("Like it? Sign up - now").parts().map(str::to_owned).collect();
        assert_eq!(parts, ["like it? sign up - now", "sign up - now", "now"]);
    }
}
