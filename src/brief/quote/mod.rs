//! A text in, its quotations out: where they stand and which of them are somebody's direct speech. Who speaks is
//! the neighbour's task (`speaker`).

pub mod direct;
pub mod marks;
#[cfg(test)]
mod tests;
