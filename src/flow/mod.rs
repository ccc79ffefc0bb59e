//! The order of things: pull, compose, deliver. This is the one place that knows both the pure steps and the
//! edges; it decides nothing that a step decides, and touches nothing but through an edge.

mod articles;
mod asking;
mod check;
mod compose;
mod contenders;
mod deliver;
mod desk;
pub mod doctor;
mod domain;
mod health;
mod history;
mod holds;
mod letter;
mod memory;
mod notes;
mod pages;
mod progress;
mod prune;
mod pull;
mod readers;
mod receive;
mod refusals;
mod report;
mod resend;
mod rest;
mod robots;
mod run;
mod suppress;

pub use check::{Checked, CheckedFeed, Past, check, exposed};
pub use desk::{Desk, Fault};
pub use health::{Health, State, health};
pub use history::{Issue, Stand};
pub use letter::{Error as LetterError, Letter, Letterhead};
pub use progress::{Progress, Silent};
pub use receive::{Received, receive};
pub use report::{FailedFeed, FeedCounts, FeedNotice, MessageCounts, PageCounts, Report, Seconds};
pub use resend::{Resent, resend, resend_to_all_without};
pub use run::{for_editor, preview, recompose, run};
pub use suppress::{Bounced, Suppressions};
