//! Bytes in, a panic out where a promise of `tests/it/promises/page.rs` is broken.

#![no_main]

#[path = "../../tests/it/promises/mod.rs"]
mod promises;

libfuzzer_sys::fuzz_target!(init: reveille::inside::text::panics::let_out(), |bytes: &[u8]| promises::page::check(bytes));
