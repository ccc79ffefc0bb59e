//! Operations on text alone: white space, encodings, links, words. Pure functions, which never know an outlet or a
//! story.

pub mod encoding;
pub mod fragment;
pub mod hidden;
pub mod link;
pub mod marks;
pub mod panics;
pub mod public;
pub mod runs;
pub mod shell;
pub mod space;
pub mod words;
