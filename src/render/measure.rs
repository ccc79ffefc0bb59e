//! An edition in, the length of one copy of it out. The copy itself is never kept.

use super::{Look, Personal, fitted};
use crate::model::Edition;

/// The length of a copy, as counted in its masthead.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Measure {
    pub stories: usize,
    /// Stories that did not fit within [`super::HTML_BUDGET`].
    pub left_out: usize,
    /// Words in the stories: headlines, leads and quotations.
    pub words: usize,
    pub minutes: usize,
}

/// Measures one copy of an edition.
pub fn measure(edition: &Edition, look: &Look, personal: Option<&Personal>) -> Measure {
    let (page, _) = fitted(edition, look, personal);
    Measure {
        stories: page.stories().count(),
        left_out: page.left_out,
        words: page.words(),
        minutes: page.minutes(),
    }
}
