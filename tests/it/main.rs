//! The program seen from outside: the scenes it plays in, and what it does there.

mod again;
mod broken_feeds;
mod commands;
mod copies;
mod daily;
mod demo;
mod dkim;
mod documents;
mod explain;
mod faults;
mod filters;
mod hostile;
mod limits;
mod mailer;
mod markup;
mod messages;
mod pipelining;
mod polite;
mod preview;
mod resume;
mod roundtrip;
mod scene;
mod sender;
mod test_email;
mod tidy;
mod verbatim;
