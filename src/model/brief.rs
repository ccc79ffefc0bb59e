//! What is kept of a story: verbatim passages, each with the article it comes from. Never holds a word of our own.

use serde::{Deserialize, Serialize};

/// A story's headline, lead and key quotations. Its JSON form is what `inspect brief` prints.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Brief {
    /// The headline of the article the lead is taken from.
    pub headline: String,
    /// Opening passages in reading order.
    pub lead: Vec<Passage>,
    /// Key quotations, best first.
    pub quotes: Vec<Quotation>,
}

/// A verbatim slice of an article (runs of white space folded to one space).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Passage {
    pub text: String,
    /// The article it is a slice of.
    pub id: String,
}

/// A direct quotation, quotation marks included, a verbatim slice of an article.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Quotation {
    pub text: String,
    /// Who said it, by full name if the text gives one; null if the text does not say.
    pub speaker: Option<String>,
    /// The article it is a slice of.
    pub id: String,
    /// Independent voices that carry this wording, including that of its own article.
    #[serde(default)]
    pub outlets: usize,
}
