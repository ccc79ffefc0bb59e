//! A paragraph in, the same as patterns read it out: in small letters, white space folded, marks of one kind written as one.
//! What is read of it is never printed.

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
        let (mut opening, mut spoken, mut quotes, mut words) = (None, false, false, 1);
        let mut is_parted = false;
        for c in paragraph.chars() {
            if c.is_whitespace() {
                is_parted = !text.is_empty();
                continue;
            }
            if c.is_control() {
                continue;
            }
            if is_parted {
                text.push(' ');
                words += 1;
                is_parted = false;
            }
            if opening.is_none() && (c.is_alphanumeric() || matches!(c, '©' | 'ⓒ')) {
                opening = Some(text.len());
            }
            spoken |= opening.is_none() && SPOKEN.contains(&c);
            quotes |= QUOTES.contains(&c);
            match c {
                '\0'..='\x7f' => text.push(c.to_ascii_lowercase()),
                '’' | '‘' | 'ʼ' => text.push('\''),
                '“' | '”' | '„' | '«' => text.push('"'),
                '»' | '›' => text.push('>'),
                '–' | '—' | '―' => text.push('-'),
                '·' | '•' => text.push('|'),
                '…' => text.push_str("..."),
                _ => text.extend(c.to_lowercase()),
            }
        }
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
