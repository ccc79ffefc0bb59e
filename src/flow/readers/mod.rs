//! Readers and their wishes: who leaves, complains or cannot be reached, and who is mailed nothing for it.

mod receive;
mod suppress;

pub use receive::{Received, receive};
pub use suppress::Suppressions;
