//! The articles of one story in, its brief out: headline, lead and key quotations, word for word.

mod quote;
mod speaker;

use serde::{Deserialize, Serialize};

use crate::model::{Article, Brief};

/// Settings of the briefs, `[brief]` in feeds.toml.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {}

/// A direct quotation found in a text. Its JSON form is a line of `inspect quotes`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Quote {
    /// Offset of the opening mark, UTF-8 bytes.
    pub start: usize,
    /// Offset behind the closing mark, UTF-8 bytes.
    pub end: usize,
    /// The slice itself, marks included.
    pub text: String,
    /// Full name where the text gives one.
    pub speaker: Option<String>,
    /// Span of the words in the sentence that name the speaker.
    pub speaker_span: Option<(usize, usize)>,
    /// The verb of saying, if there is one.
    pub cue: Option<String>,
}

/// Finds the direct quotations of a text, in order.
pub fn quotes(text: &str) -> Vec<Quote> {
    let spans = quote::marks::spans(text);
    let attributions = speaker::attribute(text, &spans);
    let direct = spans.into_iter().zip(attributions).filter_map(|(span, attribution)| {
        let slice = text.get(span.bytes.clone())?;
        quote::direct::is_direct(slice, &attribution).then(|| Quote {
            start: span.bytes.start,
            end: span.bytes.end,
            text: slice.to_owned(),
            speaker: attribution.speaker,
            speaker_span: attribution.words.map(|words| (words.start, words.end)),
            cue: attribution.cue,
        })
    });
    direct.collect()
}

/// Makes the brief of one story from its articles.
pub fn brief(_articles: &[&Article], _options: &Options) -> Brief {
    Brief::default()
}
