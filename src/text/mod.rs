//! What is done to text alone: white space, encodings, links, dates, words, sentences, languages. Pure
//! functions; nothing here knows an outlet or a story.

pub mod agency;
pub mod date;
pub mod encoding;
pub mod fragment;
pub mod hidden;
pub mod language;
pub mod link;
pub mod mask;
pub mod panics;
pub mod secret;
pub mod sentence;
pub mod space;
mod stop;
pub mod words;
