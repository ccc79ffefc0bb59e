//! Paragraphs in, what is an article's own prose in them out: its sentences, what leans on the one before, and what is
//! no prose: bylines, datelines, furniture. Verdicts and spans only; no text is changed, and nothing here knows a story.

pub mod blocks;
pub mod byline;
pub mod caption;
pub mod context;
pub mod credit;
pub mod dateline;
pub mod furniture;
pub mod habits;
pub mod headline;
pub mod opinion;
pub mod report;
pub mod sentence;
