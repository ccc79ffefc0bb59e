//! The order of things: a configuration in, a day's work out: pull, compose, deliver. Only this module knows
//! both the pure steps and the edges; it never decides what a step decides, and touches the world only
//! through an edge.

mod check;
mod closed_hosts;
mod compose;
mod deliver;
mod desk;
mod editor;
mod facts;
mod figures;
mod health;
mod history;
mod hold;
mod letter;
pub mod owner;
mod parsers;
mod progress;
pub mod proof;
mod prune;
mod pull;
mod readers;
mod report;
mod run;
mod titles;

pub use check::{Checked, Earlier, check};
pub use deliver::{Mailed, Resent, Without, resend, resend_to_all, resend_to_all_without};
pub use desk::{Desk, Fault};
pub use editor::for_editor;
pub use facts::facts;
pub use figures::Figures;
pub use health::feeds;
pub use history::{Completion, PastEdition};
pub use letter::{Error as LetterError, Letter, Letterhead};
pub use progress::{Progress, Silent};
pub use pull::{Pulled, pull};
pub use readers::{Received, Suppressions, receive};
pub use report::Report;
pub use run::{preview, recompose, run};
