//! The bytes of one feed document in, its entries out. No network, no clock; a parser's panic is an error.
