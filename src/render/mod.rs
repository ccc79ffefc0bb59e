//! An edition in, HTML, plain text, Markdown and a subject out. No network, no disk, no clock.
//!
//! All formats print the same `page`: the same words and the same links. The look and the newsletter's own words come
//! from the files of `templates/`.

mod dates;
mod html;
mod look;
mod markdown;
mod measure;
mod page;
mod placeholder;
mod plain;
mod press;
mod quoted;
mod subject;
mod text;
mod theme;
mod words;
mod wrap;

#[cfg(test)]
mod parity;
#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;

pub use look::{Look, LookError, ThemeName};
pub use measure::{Measure, measure};
pub use placeholder::PlaceholderError;
pub use press::{Plate, Press};
pub use subject::{SUBJECT, SUBJECT_PLACEHOLDERS, SubjectError, check_subject, subject};
pub use wrap::wrap;

use crate::model::Edition;
use page::Page;

/// The most bytes of a mail's HTML: well below the 102 KB at which Gmail clips a message.
pub const HTML_BUDGET: usize = 80_000;

/// What differs from reader to reader.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Personal {
    /// The reader's address, as shown in the footer.
    pub email: String,
    /// Where this reader unsubscribes: `https:` or `mailto:`.
    pub unsubscribe: String,
    /// The sections this reader wants, ignoring case; empty means all. Everyone gets the top stories.
    pub sections: Vec<String>,
    /// Sentences for the editor's copy alone, such as which feeds have been failing.
    pub notices: Vec<Notice>,
}

/// A sentence for the editor.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notice {
    pub words: String,
    /// The one address in it that may be linked: the feed's own.
    pub feed: Option<String>,
}

impl From<String> for Notice {
    fn from(words: String) -> Notice {
        Notice { words, feed: None }
    }
}

/// The HTML of a mail, at most [`HTML_BUDGET`] bytes.
pub fn html(edition: &Edition, look: &Look, personal: Option<&Personal>) -> String {
    fitted(edition, look, personal).1
}

/// The plain text, wrapped at 72 columns, with the words and links of the HTML.
pub fn text(edition: &Edition, look: &Look, personal: Option<&Personal>) -> String {
    text::document(&fitted(edition, look, personal).0)
}

/// The same as Markdown (CommonMark).
pub fn markdown(edition: &Edition, look: &Look, personal: Option<&Personal>) -> String {
    markdown::document(&fitted(edition, look, personal).0)
}

/// The page with as many stories, from the first on, as the HTML budget holds.
fn fitted(edition: &Edition, look: &Look, personal: Option<&Personal>) -> (Page, String) {
    let whole = Page::new(edition, look, personal);
    let count = whole.stories().count();
    let print = |most| html::document(&whole.with_at_most(most), look);
    let most = most_that_fit(count, |most| print(most).len());
    let page = whole.with_at_most(most);
    let printed = html::document(&page, look);
    (page, printed)
}

/// How many of `count` stories to print: the largest number whose HTML, by `size`, is within the budget.
fn most_that_fit(count: usize, size: impl Fn(usize) -> usize) -> usize {
    if size(count) <= HTML_BUDGET {
        return count;
    }
    let (mut fits, mut too_many) = (0, count);
    while fits + 1 < too_many {
        let middle = usize::midpoint(fits, too_many);
        if size(middle) <= HTML_BUDGET { fits = middle } else { too_many = middle }
    }
    fits
}
