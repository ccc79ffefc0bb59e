//! What is done to text alone: white space, encodings, HTML, links, words, sentences, languages. Pure functions; nothing
//! here knows a feed, an outlet or a story.

pub mod blocks;
pub mod encoding;
pub mod guard;
pub mod html;
pub mod language;
pub mod link;
pub mod sentence;
pub mod space;
mod stop;
pub mod words;
