//! What tests play in: servers that do as they are told.

pub mod smtp;
