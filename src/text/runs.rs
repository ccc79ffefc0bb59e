//! Two texts in, whether one is a version of the other out: by the words in a row that they share. Knows no language.

use std::collections::BTreeSet;

use super::words;

/// Words in a row by which a text is known again.
const RUN: usize = 3;

/// Whether a quarter of the runs of words of the shorter text are in the other; none if one is too short to tell.
pub fn are_versions(one: &str, other: &str) -> Option<bool> {
    let [one, other] = [one, other].map(|text| {
        let words: Vec<String> = words::words(text).map(words::plain).collect();
        words.windows(RUN).map(<[String]>::to_vec).collect::<BTreeSet<_>>()
    });
    let fewer = one.len().min(other.len());
    (fewer > 0).then(|| 4 * one.intersection(&other).count() >= fewer)
}

#[cfg(test)]
mod tests {
    use super::are_versions;

    #[test]
    fn an_edited_text_is_a_version_and_a_text_of_another_matter_is_none() {
        let text = "The north quay stays shut after the storm, the harbour master said on Monday.";
        let edited = "The north quay stays shut, the harbour master said on Tuesday. A crane is there.";
        assert_eq!(are_versions(text, edited), Some(true));
        assert_eq!(are_versions(text, "The mill grinds again, the council said on Monday."), Some(false));
        assert_eq!(are_versions(text, "Shut."), None);
    }
}
