//! Requests of a browser in, the served preview out. Never decides anything about an edition.

pub mod preview;
