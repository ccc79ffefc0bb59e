//! A feed and dice in, the feed damaged out: as transfers, editors, programs and bad disks damage them.

use super::original::Original;
use crate::faults::press::Dice;

/// A damaged feed.
pub struct Mutant {
    pub bytes: Vec<u8>,
    pub content_type: Option<&'static str>,
    /// The first byte that is not as it was; all before it is.
    pub sound_before: usize,
    pub kind: Kind,
}

/// What is expected of it beyond the promises of every feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Says that it is not whole.
    CutShort,
    Damaged,
    /// No feed any more.
    NoFeed,
}

/// A way to damage a feed; nothing where the feed has nothing to be damaged so.
pub type Way = fn(&Original, &mut Dice) -> Option<Mutant>;

pub const WAYS: [(&str, Way); 16] = [
    ("cut short", cut_short),
    ("bytes flipped", bytes_flipped),
    ("bytes removed", bytes_removed),
    ("a stretch repeated", stretch_repeated),
    ("a tag removed", tag_removed),
    ("a tag twice", tag_twice),
    ("tags swapped", tags_swapped),
    ("an attribute damaged", attribute_damaged),
    ("an entity damaged", entity_damaged),
    ("an encoding declared", encoding_declared),
    ("written in UTF-16", in_utf16),
    ("two feeds joined", joined),
    ("a page around it", in_a_page),
    ("in a page's script", in_a_script),
    ("escaped on a page", escaped_on_a_page),
    ("lines shuffled", lines_shuffled),
];

fn damaged(bytes: Vec<u8>, sound_before: usize) -> Option<Mutant> {
    Some(Mutant { bytes, content_type: None, sound_before, kind: Kind::Damaged })
}

fn cut_short(original: &Original, dice: &mut Dice) -> Option<Mutant> {
    let place = dice.below(original.last_bracket().max(1));
    Some(cut_at(original, place))
}

/// The feed up to this byte.
pub fn cut_at(original: &Original, place: usize) -> Mutant {
    let bytes = original.bytes[..place].to_vec();
    Mutant { bytes, content_type: None, sound_before: place, kind: Kind::CutShort }
}

fn bytes_flipped(original: &Original, dice: &mut Dice) -> Option<Mutant> {
    let mut bytes = original.bytes.clone();
    let mut first = bytes.len();
    for _ in 0..1 + dice.below(6) {
        let place = dice.below(bytes.len());
        bytes[place] = match dice.below(4) {
            0 => b"<>&\"'/!?[]{}:=;#\0\n "[dice.below(19)],
            1 => bytes[place] ^ (1 << dice.below(8)),
            2 => bytes[place] ^ 0x20,
            _ => u8::try_from(dice.below(256)).unwrap_or_default(),
        };
        first = first.min(place);
    }
    damaged(bytes, first)
}

fn bytes_removed(original: &Original, dice: &mut Dice) -> Option<Mutant> {
    let mut bytes = original.bytes.clone();
    let place = dice.below(bytes.len());
    let end = bytes.len().min(place + 1 + dice.below(400));
    bytes.drain(place..end);
    damaged(bytes, place)
}

fn stretch_repeated(original: &Original, dice: &mut Dice) -> Option<Mutant> {
    let mut bytes = original.bytes.clone();
    let start = dice.below(bytes.len());
    let end = bytes.len().min(start + 1 + dice.below(400));
    let stretch = bytes[start..end].to_vec();
    let times = 1 + dice.below(40);
    bytes.splice(end..end, stretch.repeat(times));
    damaged(bytes, end)
}

fn tag(original: &Original, dice: &mut Dice) -> Option<(usize, usize)> {
    let tags = original.tags();
    (!tags.is_empty()).then(|| tags[dice.below(tags.len())])
}

fn tag_removed(original: &Original, dice: &mut Dice) -> Option<Mutant> {
    let (start, end) = tag(original, dice)?;
    let mut bytes = original.bytes.clone();
    bytes.drain(start..end);
    damaged(bytes, start)
}

fn tag_twice(original: &Original, dice: &mut Dice) -> Option<Mutant> {
    let (start, end) = tag(original, dice)?;
    let mut bytes = original.bytes.clone();
    bytes.splice(end..end, original.bytes[start..end].repeat(1 + dice.below(3)));
    damaged(bytes, end)
}

fn tags_swapped(original: &Original, dice: &mut Dice) -> Option<Mutant> {
    let (one, other) = (tag(original, dice)?, tag(original, dice)?);
    let (first, second) = (one.min(other), one.max(other));
    if first.1 > second.0 {
        return None;
    }
    let of = |(start, end): (usize, usize)| &original.bytes[start..end];
    let (between, after) = (&original.bytes[first.1..second.0], &original.bytes[second.1..]);
    damaged([&original.bytes[..first.0], of(second), between, of(first), after].concat(), first.0)
}

fn attribute_damaged(original: &Original, dice: &mut Dice) -> Option<Mutant> {
    let marks: Vec<usize> = original.tags().into_iter().flat_map(|(start, end)| start + 1..end - 1).collect();
    let marks: Vec<usize> =
        marks.into_iter().filter(|place| b"=\"' :".contains(&original.bytes[*place])).collect();
    let place = *marks.get(dice.below(marks.len().max(1)))?;
    let others: [&[u8]; 9] =
        [b"", b"\"", b"'", b"=", b"==", b" x y=z ", b"<", b"\"\"", b" href=javascript:alert(1) "];
    let mut bytes = original.bytes.clone();
    bytes.splice(place..=place, others[dice.below(others.len())].to_vec());
    damaged(bytes, place)
}

fn entity_damaged(original: &Original, dice: &mut Dice) -> Option<Mutant> {
    const WRONG: [&str; 16] = [
        "&",
        "&amp",
        "&;",
        "&#;",
        "&#x;",
        "&#x110000;",
        "&#0;",
        "&#1;",
        "&#xD800;",
        "&#99999999999;",
        "&bogus;",
        "&amp;amp;amp;lt;",
        "&lt;script&gt;",
        "&nbsp",
        "&#150;",
        "\\u0007",
    ];
    let places = original.bytes.iter().enumerate().filter(|(_, byte)| b"&;. ".contains(byte));
    let places: Vec<usize> = places.map(|(place, _)| place).collect();
    let place = *places.get(dice.below(places.len().max(1)))?;
    let mut bytes = original.bytes.clone();
    bytes.splice(place..=place, WRONG[dice.below(WRONG.len())].bytes());
    damaged(bytes, place)
}

fn encoding_declared(original: &Original, dice: &mut Dice) -> Option<Mutant> {
    const NAMES: [&str; 8] =
        ["utf-8", "utf-16", "iso-8859-1", "windows-1251", "Shift_JIS", "iso-2022-jp", "gb18030", "klingon"];
    const TYPES: [&str; 4] = [
        "text/xml; charset=windows-1252",
        "application/rss+xml; charset=utf-16",
        "text/xml; charset=shift_jis",
        "application/json; charset=",
    ];
    let name = NAMES[dice.below(NAMES.len())];
    let declaration = format!("<?xml version=\"1.0\" encoding=\"{name}\"?>\n");
    let body = match original.bytes.windows(2).position(|pair| pair == b"?>") {
        Some(end) if original.bytes.starts_with(b"<?xml") => &original.bytes[end + 2..],
        _ => &original.bytes[..],
    };
    let bytes = if original.is_json() { body.to_vec() } else { [declaration.as_bytes(), body].concat() };
    let content_type = TYPES.get(dice.below(TYPES.len() + 1)).copied();
    Some(Mutant { bytes, content_type, sound_before: 0, kind: Kind::Damaged })
}

fn in_utf16(original: &Original, dice: &mut Dice) -> Option<Mutant> {
    let text = std::str::from_utf8(&original.bytes).ok()?;
    let to_bytes = [u16::to_le_bytes, u16::to_be_bytes][dice.below(2)];
    let mark = ["", "\u{feff}"][dice.below(2)];
    let mut bytes: Vec<u8> = mark.encode_utf16().chain(text.encode_utf16()).flat_map(to_bytes).collect();
    bytes.truncate(bytes.len() - dice.below(2));
    damaged(bytes, 0)
}

fn joined(original: &Original, dice: &mut Dice) -> Option<Mutant> {
    let between: &[u8] = [&b""[..], b"\n", b"\n\n<!-- -->", b"\0"][dice.below(4)];
    let sound_before = original.last_bracket() + 1;
    damaged([&original.bytes, between, &original.bytes].concat(), sound_before)
}

fn page(before: &str, original: &[u8], after: &str) -> Vec<u8> {
    let head = "<!DOCTYPE html>\n<html lang=\"en\"><head><title>Feeds of the harbour</title>\n\
                <link rel=\"alternate\" type=\"application/rss+xml\" href=\"/rss.xml\"></head>\n<body><p>RSS item, entry, channel.</p>";
    [head.as_bytes(), before.as_bytes(), original, after.as_bytes(), b"</body></html>"].concat()
}

fn in_a_page(original: &Original, _: &mut Dice) -> Option<Mutant> {
    damaged(page("", &original.bytes, ""), 0)
}

fn in_a_script(original: &Original, dice: &mut Dice) -> Option<Mutant> {
    let around = [
        ("<script>let feed = `", "`;</script>"),
        ("<!-- ", " -->"),
        ("<textarea rows=9>", "</textarea>"),
        ("<script type=\"application/xml\">\n", "</script>"),
        ("<style>", "</style>"),
    ];
    let (before, after) = around[dice.below(around.len())];
    let ends = [b"</script".as_slice(), b"</textarea", b"-->", b"</style"];
    if ends.iter().any(|end| original.bytes.windows(end.len()).any(|window| window == *end)) {
        return None;
    }
    let bytes = page(before, &original.bytes, after);
    Some(Mutant { bytes, content_type: None, sound_before: 0, kind: Kind::NoFeed })
}

fn escaped_on_a_page(original: &Original, _: &mut Dice) -> Option<Mutant> {
    let escaped = String::from_utf8_lossy(&original.bytes).replace('&', "&amp;").replace('<', "&lt;");
    let bytes = page("<pre>", escaped.as_bytes(), "</pre>");
    Some(Mutant { bytes, content_type: Some("text/html"), sound_before: 0, kind: Kind::NoFeed })
}

fn lines_shuffled(original: &Original, dice: &mut Dice) -> Option<Mutant> {
    let mut lines: Vec<&[u8]> = original.bytes.split(|byte| *byte == b'\n').collect();
    let from = dice.below(lines.len());
    for place in (from + 1..lines.len()).rev() {
        lines.swap(place, from + dice.below(place + 1 - from));
    }
    let sound_before = lines[..from].iter().map(|line| line.len() + 1).sum();
    damaged(lines.join(&b'\n'), sound_before)
}
