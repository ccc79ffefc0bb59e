//! Articles in, stories out: which of them tell one event, and which are copies of one text.
