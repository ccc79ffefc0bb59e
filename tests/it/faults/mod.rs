//! Faults of every kind, and what they may never cost: a reader without the mail, a mail twice, an entry.

mod kill;
pub mod press;
mod server;
mod state;
mod stop;
