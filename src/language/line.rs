//! A paragraph in, the same as patterns read it out: in small letters, white space folded, marks of one kind written as one.
//! What is read of it is never printed.

use crate::text::space;

/// Marks that begin what someone says.
const QUOTES: [char; 4] = ['“', '"', '«', '„'];
/// All that stand before or behind it.
const SPOKEN: [char; 8] = ['“', '”', '"', '«', '»', '„', '‘', '\''];
/// Marks behind which a sentence or a part of a line begins.
const BREAKS: [&str; 8] = [". ", "! ", "? ", ": ", "| ", "> ", "* ", "- "];

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
        let mut opening = None;
        let mut spoken = false;
        for c in space::fold(paragraph).chars() {
            if opening.is_none() && (c.is_alphanumeric() || matches!(c, '©' | 'ⓒ')) {
                opening = Some(text.len());
            }
            spoken |= opening.is_none() && SPOKEN.contains(&c);
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
        let words = text.split(' ').count();
        Line { text, opening: opening.filter(|_| !spoken), quotes: paragraph.contains(QUOTES), words }
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
        let breaks = BREAKS.iter().flat_map(|mark| self.text.match_indices(mark));
        let behind = breaks.map(|(at, mark)| at + mark.len());
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
