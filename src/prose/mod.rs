//! Paragraphs in, what is an article's own prose in them out: its sentences, what leans on the one before, and what is
//! furniture of a page. Verdicts and spans only; no text is changed, and nothing here knows a story.

pub mod blocks;
pub mod context;
pub mod furniture;
pub mod sentence;
pub mod shape;
