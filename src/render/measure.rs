//! An edition in, how long one copy of it is out.

use super::{Look, Personal, fitted};
use crate::model::Edition;

/// How long a copy is, as its masthead counts it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Measure {
    pub stories: usize,
    /// Stories that did not fit into [`super::HTML_BUDGET`].
    pub left_out: usize,
    /// Words of the stories: headlines, leads and quotations.
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
