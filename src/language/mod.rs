//! A BCP 47 tag in, what is known of that language out: its stop words and stems, its verbs of saying, its calendar, the
//! labels and the furniture of its papers. One file a language (`data/`), read when it is first asked for;
//! `docs/languages.md` shows what each has.
//!
//! Of a tag the first subtag counts (`de-AT` is `de`). A language has its own file's lists and those of `und.toml`, which
//! hold in every language; one without a file, and a text whose language nobody knows, has the latter alone.

pub mod date;
mod detect;
mod grammar;
mod leave;
mod lexicon;
mod line;
mod list;
mod months;
mod page;
mod settle;
mod small;
mod stem;
#[cfg(test)]
mod tests;
mod wish;

pub use detect::of_text;
pub use grammar::{Class, Classes};
pub use leave::Asks;
pub use lexicon::{Lexicon, tag_of};
pub use line::Line;
pub use months::{is_of_any_calendar, month_of};
pub use page::Page;
pub use settle::{is_doubtful, settle, settled};
pub use wish::leave;
