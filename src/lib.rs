//! `reveille` is a morning paper made from feeds: it pulls them, tells which entries are one story,
//! keeps each story's lead and quotations word for word, and mails every reader one digest a day.
//!
//! The library holds everything; `main` only maps a result to an exit status. Modules are ranked and
//! import downwards only (`docs/architecture.md`): `model`, the functions of text, the pure steps, the edges, `config`,
//! `flow`, `web` and `cli`.

pub mod model;

pub mod agency;
pub mod html;
pub mod language;
pub mod prose;
pub mod secret;
pub mod text;

pub mod brief;
pub mod cluster;
pub mod doctor;
pub mod edition;
pub mod extract;
pub mod incoming;
pub mod lint;
pub mod parse;
pub mod render;
pub mod schedule;
pub mod sender;
pub mod token;
pub mod verdict;

pub mod clock;
pub mod dns;
pub mod fetch;
pub mod mailer;
pub mod store;

pub mod config;

// Nothing of these is fuzzed, and without them a fuzz target is built in half the time.
#[cfg(not(fuzzing))]
pub mod flow;

#[cfg(not(fuzzing))]
pub mod web;

#[cfg(not(fuzzing))]
pub mod cli;
