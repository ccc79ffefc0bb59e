//! What is done to text alone: white space, encodings, links, words, sentences. Pure functions; nothing here knows an
//! outlet or a story.

pub mod agency;
pub mod encoding;
pub mod fragment;
pub mod hidden;
pub mod link;
pub mod mask;
pub mod panics;
pub mod secret;
pub mod sentence;
pub mod space;
pub mod words;
