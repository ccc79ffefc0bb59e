//! The articles of one story in, its brief out: headline, lead and key quotations. Never a word that is not in its
//! article.

mod carriers;
#[cfg(test)]
mod cases;
mod choice;
mod lead;
mod prose;
mod quote;
mod select_quotes;
mod speaker;
#[cfg(test)]
mod speaking;
#[cfg(test)]
mod tests;
mod toll;
mod wording;

use serde::{Deserialize, Serialize};

use crate::{
    language::{self, Lexicon},
    model::{Article, Brief, Choice, Story},
};

/// Settings for briefs, `[brief]` in feeds.toml.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Maximum words of a lead from the article it begins with; its first sentence is kept whole even if longer.
    pub max_lead_words: usize,
    /// Maximum words that sentences of other articles may add to it.
    pub max_added_words: usize,
    /// Maximum key quotations kept for a story.
    pub max_quotes: usize,
    /// Minimum words in a key quotation.
    pub min_quote_words: usize,
    /// Maximum words in a key quotation.
    pub max_quote_words: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            max_lead_words: 100,
            max_added_words: 80,
            max_quotes: 2,
            min_quote_words: 8,
            max_quote_words: 45,
        }
    }
}

/// A direct quotation found in a text. Its JSON form is a line of `inspect quotes`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Quote {
    /// Offset of the opening mark, in UTF-8 bytes.
    pub start: usize,
    /// Offset just after the closing mark, in UTF-8 bytes.
    pub end: usize,
    /// The slice itself, marks included.
    pub text: String,
    /// Full name, if the text gives one.
    pub speaker: Option<String>,
    /// Span of the words naming the speaker in the sentence.
    pub speaker_span: Option<(usize, usize)>,
    /// The verb of saying, if there is one.
    pub cue: Option<String>,
}

/// Finds the direct quotations of a text, in order. `lang` is its BCP 47 tag, if known; otherwise the language is
/// detected from the text.
pub fn quotes(text: &str, lang: Option<&str>) -> Vec<Quote> {
    quotes_in(text, language::of_text(lang, text))
}

fn quotes_in(text: &str, lexicon: &Lexicon) -> Vec<Quote> {
    let spans = quote::spans(text, lexicon);
    let attributions = speaker::attribute(text, &spans, lexicon);
    let direct = spans.into_iter().zip(attributions).filter_map(|(span, attribution)| {
        let slice = text.get(span.bytes.clone())?;
        quote::direct::is_direct(slice, &attribution, lexicon).then(|| Quote {
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

/// The articles of one story, in the order in which they may speak for it, with the criteria they are chosen by;
/// [`brief`] takes headline and lead from the first.
pub fn choice(articles: &[&Article]) -> Vec<Choice> {
    let choice = |rated: choice::Rated| Choice {
        id: rated.prose.article.id.clone(),
        agreement: (rated.share * 1000.0).round() / 1000.0,
        home: rated.home,
        words: rated.words,
    };
    choice::rated(read(articles, choice::COMPARED_WORDS)).into_iter().map(choice).collect()
}

/// Makes the brief of one story from some of its articles; no articles make an empty brief. Everything in it is a
/// slice of the article it names, white space folded.
pub fn brief(story: &Story, articles: &[&Article], options: &Options) -> Brief {
    // Twice what is needed, because what has already been told is skipped.
    let most = choice::COMPARED_WORDS + 2 * options.max_lead_words.max(options.max_added_words);
    let ranked = choice::ranked(read(articles, most));
    let Some(representative) = ranked.first() else { return Brief::default() };
    let lead = lead::passages(&ranked, options.max_lead_words, options.max_added_words);
    let ordered: Vec<&Article> = ranked.iter().map(|prose| prose.article).collect();
    let quotes = select_quotes::quotations(&ordered, &lead, story, options);
    Brief { headline: representative.article.title.clone(), lead, quotes }
}

/// The articles, each read from its top until it has yielded `most` words.
fn read<'a>(articles: &[&'a Article], most: usize) -> Vec<prose::Prose<'a>> {
    articles.iter().map(|article| prose::Prose::of(article, most)).collect()
}
