//! What became of the entries of a feed's last document in, what its editor can read of it and do about it out.

use super::words::count_of;
use crate::model::Found;

/// What is not printed of a feed, or not as it stands there; a sentence each.
pub fn told(found: &Found) -> Vec<String> {
    let sentences = [
        (found.empty, "left out, with neither title nor text: has the feed another address?"),
        (found.doubles, "left out, which came twice in the document"),
        (found.oldest, "left out, the oldest of more than are taken"),
        (found.unwanted, "not printed, by `include` and `exclude` of the feed"),
        (found.bare, "kept without their text: the newer ones fill the room of a feed"),
        (found.forgotten, "forgotten, the oldest: the feed fills its room in the state"),
        (found.untitled, "without a title: the beginning of the text stands for it"),
        (found.undated, "without a date that can be read: they count as of when they were first seen"),
    ];
    let counted = sentences
        .into_iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, what)| format!("{} {what}.", count_of(n, "entry")));
    found.notices.iter().cloned().chain(counted).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_that_is_not_nought_is_told() {
        assert_eq!(told(&Found { entries: 12, ..Found::default() }), [""; 0]);
        let found = Found {
            notices: vec!["Read with repairs.".to_owned()],
            doubles: 1,
            undated: 2,
            ..Found::default()
        };
        assert_eq!(
            told(&found),
            [
                "Read with repairs.",
                "1 entry left out, which came twice in the document.",
                "2 entries without a date that can be read: they count as of when they were first seen."
            ]
        );
    }
}
