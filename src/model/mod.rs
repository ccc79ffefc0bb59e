//! The nouns of the program: plain values that the steps pass to one another. They have no behaviour beyond small
//! views of themselves, and never know a step, the network, the disk or the clock.

mod article;
mod block;
mod brief;
mod delivery;
mod edition;
mod entry;
mod found;
mod genre;
mod identity;
mod outcome;
mod reader;
mod reasons;
mod record;
mod reply;
mod run;
mod story;
mod undelivered;
mod why;

pub use article::{Article, Picture};
pub use block::{Block, Kind, Link};
pub use brief::{Brief, Passage, Quotation};
pub use delivery::Delivery;
pub use edition::{
    Correction, Coverage, Edition, Excerpt, Masthead, PulledQuote, Read, Section, Slot, Told, Update,
};
pub use entry::{Entry, Feed, Pace};
pub use found::Found;
pub use genre::Genre;
pub use identity::{Identity, Owner};
pub use outcome::{DeliveryState, Ended, Outcome};
pub use reader::Reader;
pub use reasons::{Choice, Considered, Omission, Rank, Reasons, Source};
pub use record::{Answer, FeedRecord, HeldEntries, Moved, Turnover};
pub use reply::{Meaning, Reply, Status};
pub use run::Run;
pub use story::{Member, Story, Tie, same_text};
pub use undelivered::{Sealed, Undelivered};
pub use why::{Clue, Outsider, Pair, Why};
