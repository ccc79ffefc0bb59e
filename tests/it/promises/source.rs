//! Bytes in, what they declare of themselves and the document out; and the words that stand in a document.

use reveille::inside::{html, text::space};

/// Content-Type headers, by the digit that a file may begin with.
const TYPES: [&str; 10] = [
    "application/rss+xml",
    "text/xml; charset=utf-8",
    "application/json",
    "text/html; charset=ISO-8859-1",
    "application/atom+xml; charset=\"windows-1251\"",
    "text/xml; charset=utf-16le",
    "text/html; charset=Shift_JIS",
    "text/xml; charset=ISO-2022-JP",
    "application/xml; charset=gb18030",
    "text/plain; charset=",
];

/// The header that the first byte names, if it is a digit, and the document behind it; else no header and all of it.
pub fn declared(bytes: &[u8]) -> (Option<&'static str>, &[u8]) {
    match bytes.split_first() {
        Some((first, rest)) if first.is_ascii_digit() => {
            (TYPES.get(usize::from(first - b'0')).copied(), rest)
        }
        _ => (None, bytes),
    }
}

/// Panics where a text that is shown in one line holds a control character, or white space that is not folded.
#[track_caller]
pub fn assert_plain(what: &str, text: &str) {
    assert!(!text.contains(char::is_control), "{what} holds a control character: {text:?}");
    assert_eq!(space::fold(text), text, "{what} is not folded");
}

/// Everything that can be read out of a document, however it is escaped: with and without its tags.
pub struct Words {
    readings: Vec<String>,
}

impl Words {
    pub fn of(document: &str) -> Words {
        let mut readings = vec![document.to_owned()];
        for _ in 0..4 {
            let last = readings.last().expect("one at least");
            let decoded = html::attribute_value(last).into_owned();
            if decoded == *last {
                break;
            }
            readings.push(decoded);
        }
        let bare = |from_first| readings.iter().map(move |reading| without_tags(reading, from_first));
        let bare: Vec<String> = bare(true).chain(bare(false)).collect();
        readings.extend(bare);
        Words { readings: readings.iter().map(|reading| letters(reading)).collect() }
    }

    /// The first word of a text that the document does not hold.
    pub fn first_missing<'a>(&self, text: &'a str) -> Option<&'a str> {
        let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.find(|word| !self.holds(&letters(word)))
    }

    /// The same, but a word may be put together from two: what stood between them may be none of the text.
    pub fn first_made_up<'a>(&self, text: &'a str) -> Option<&'a str> {
        let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.find(|word| {
            let word = letters(word);
            let mut parted = word.char_indices().map(|(place, _)| word.split_at(place));
            !parted.any(|(head, tail)| self.holds(head) && self.holds(tail))
        })
    }

    fn holds(&self, letters: &str) -> bool {
        self.readings.iter().any(|reading| reading.contains(letters))
    }
}

/// Letters and digits alone: words may be parted by tags, marks and joiners.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Without what stands between `<` and `>`, the brackets of CDATA sections aside. Of several `<` before a `>`, some
/// readers take the first to begin the tag and some the last.
fn without_tags(text: &str, from_first: bool) -> String {
    let text = text.replace("<![CDATA[", "").replace("]]>", "");
    let (mut bare, mut rest) = (String::with_capacity(text.len()), text.as_str());
    let tail = text.rsplit('>').next().map_or(0, str::len);
    while let Some((before, tag)) = rest.split_once('<').filter(|(_, tag)| tag.len() > tail) {
        bare.push_str(before);
        let end = if from_first { tag.find('>') } else { tag.find(['<', '>']) };
        rest = match end.map(|end| tag.split_at(end)) {
            Some((_, behind)) if behind.starts_with('>') => behind.get(1..).unwrap_or_default(),
            _ => tag,
        };
    }
    bare + rest
}
