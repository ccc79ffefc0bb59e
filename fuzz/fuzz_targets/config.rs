//! Bytes in, a panic out where a promise of `tests/it/promises/config.rs` is broken.

#![no_main]

#[path = "../../tests/it/promises/mod.rs"]
mod promises;

libfuzzer_sys::fuzz_target!(init: reveille::inside::text::panics::let_out(), |bytes: &[u8]| promises::config::check(bytes));
