//! The seams, where strangers' words and other users of the machine meet what the program does for its operator: servers,
//! name servers, neighbours and readers who mean harm, against all commands. The table in SECURITY.md names these tests.
//!
//! The short forms run with all tests. The long ones try many more spellings, which a number in the environment makes others:
//!
//!     SEED=7 cargo test --test it seams -- --ignored --nocapture

mod machine;
mod servers;
mod spelling;
mod table;
mod words;
