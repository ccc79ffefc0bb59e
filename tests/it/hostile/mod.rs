//! Strangers who try everything: servers that never end, documents that are none or far too large, words meant to do
//! harm. The run ends, in time and in bounds; the others' stories are in the edition.
//!
//! `wire` has servers that answer amiss, `feeds` and `pages` have documents, `trial` runs the program on them and
//! measures it, `bounds` holds it all. The short form, in small and all at once, runs with all tests. The long one tries every
//! input by itself at the default settings and prints a table; best with a release build of the program:
//!
//!     cargo build --release
//!     HOSTILE_BIN=target/release/reveille cargo test --test it hostile::bounds::long -- --ignored --nocapture
//!
//! `HOSTILE_ONLY` in the environment names the inputs to try, by parts of their names with commas between.

mod addresses;
mod bounds;
mod contents;
mod feeds;
mod pages;
mod server;
pub mod trial;
mod wire;
