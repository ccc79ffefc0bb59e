//! Messages from readers and their servers in, suppressed readers out: those who unsubscribe, complain or
//! cannot be reached. Never mails anybody.

mod receive;
pub mod roll;
mod suppress;

pub use receive::{Received, receive};
pub use suppress::Suppressions;
