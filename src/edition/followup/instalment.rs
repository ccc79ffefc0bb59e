//! An article that was told and a later one of its outlet in, whether the later is the next of a column that has the same
//! title every day out.

use jiff::SignedDuration;

use super::page;
use crate::{model::Article, text::runs};

/// Instalments are dated at least so far apart.
const APART: SignedDuration = SignedDuration::from_hours(12);

/// Whether `now` is another day's instalment: title and outlet are those of `told`, and address, date and text are not. What is
/// told again under a new address keeps its date or its text.
pub fn is_another_day(told: &Article, now: &Article) -> bool {
    let is_later = match (told.published, now.published) {
        (Some(told), Some(now)) => now.duration_since(told) >= APART,
        _ => false,
    };
    let text = |article: &Article| {
        if article.text.is_empty() { article.summary.clone() } else { article.text.clone() }
    };
    let [then, text] = [text(told), text(now)];
    let is_another_text = match runs::are_versions(&then, &text) {
        Some(are_versions) => !are_versions,
        // A column of links and dates may have no text at all.
        None => then != text || then.is_empty(),
    };
    let has_its_title = told.outlet == now.outlet && told.title.eq_ignore_ascii_case(&now.title);
    has_its_title && is_later && is_another_text && page(&told.url) != page(&now.url)
}
