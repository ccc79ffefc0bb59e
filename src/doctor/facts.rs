//! What a diagnosis is made from: the configuration, the contents of the state, the condition of this machine. Only
//! values, never a handle to any of them.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use super::health::Feeds;
use crate::model::{FeedRecord, HeldEntries, Run, Sealed, Turnover, Undelivered};

/// Everything that was found out.
#[derive(Debug)]
pub struct Facts {
    pub now: Timestamp,
    pub settings: Settings,
    /// The command for this newsletter: `reveille`, or `reveille -c FILE`.
    pub command: String,
    pub state: State,
    pub machine: Machine,
    pub faults: Faults,
}

/// What the configuration says.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The configuration file and the state file.
    pub path: PathBuf,
    pub state: PathBuf,
    pub feeds: Feeds,
    pub min_stories: usize,
    pub readers: usize,
    /// Sections chosen by readers.
    pub chosen_sections: BTreeSet<String>,
    /// Host name and port of the mail server.
    pub server: Option<(String, u16)>,
    pub has_sender: bool,
    /// The mail server needs a login, and there is no password, nor another way.
    pub lacks_password: bool,
}

impl Facts {
    /// The newsletter's time zone.
    pub fn zone(&self) -> &TimeZone {
        &self.settings.feeds.zone
    }
}

/// What the state holds.
#[derive(Debug)]
pub enum State {
    /// The file does not exist.
    Missing,
    /// Why it cannot be read.
    Unreadable(String),
    /// It was written by another version, with other tables.
    OtherVersion,
    /// It is another newsletter's, or this one's is under another name; says which.
    Foreign(String),
    Known(Box<Known>),
}

/// A state that can be read.
#[derive(Debug, Default)]
pub struct Known {
    /// What is damaged or unreadable in it.
    pub damage: Option<String>,
    /// Newest first.
    pub runs: Vec<Run>,
    pub feeds: BTreeMap<String, FeedRecord>,
    pub last: Option<Sealed>,
    /// How the newest composed day came to be what it is.
    pub composed: Option<ComposedDay>,
    /// Deliveries of the last two days that did not end well.
    pub undelivered: Vec<Undelivered>,
    /// Suppressed readers of the configuration, by cause.
    pub suppressed: BTreeMap<&'static str, usize>,
    /// How many readers, and how many others, ask to leave and wait for the operator.
    pub wishes: (usize, usize),
    /// Entries seen recently, by feed.
    pub held_entries: Vec<HeldEntries>,
    /// Entries of the last days that feeds no longer hold.
    pub turnover: Vec<Turnover>,
    /// When feeds were pulled since yesterday, newest first.
    pub pulls: Vec<Timestamp>,
    /// Until when the last run held its edition, if it did.
    pub held_until: Option<Timestamp>,
}

/// The figures of a composed day, whether or not it had an edition.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ComposedDay {
    pub date: Date,
    pub articles: usize,
    pub stories: usize,
    pub printed: usize,
    /// Stories left out because an earlier edition had told them and nothing was new.
    pub told_before: usize,
}

/// The condition of this machine.
#[derive(Debug)]
pub struct Machine {
    /// The program's own file.
    pub program: PathBuf,
    pub zone: TimeZone,
    /// What this shell's environment sets for mail, as one would write it before a command; no secrets.
    pub environment: Vec<(String, String)>,
    /// Whether the password comes from this shell's environment.
    pub password_in_environment: bool,
    pub lock: Lock,
    /// Whether this user may write the state file and create files in its folder.
    pub may_write: bool,
    /// The user asking, and the owner of the state file or its folder.
    pub user: u32,
    pub owner: Option<u32>,
    /// Permission bits of the state file.
    pub mode: Option<u32>,
    /// Size of the state file, and free space on its disk, in bytes.
    pub size: u64,
    pub free: Option<u64>,
    /// The type of network file system the state is on, if any.
    pub network: Option<&'static str>,
}

/// Whether a process holds the state. The operating system releases a lock when its process ends, so none is ever
/// stale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lock {
    Free,
    /// By the process with this number.
    Held(u32),
    /// This system does not say.
    Unknown,
}

/// What is wrong with the files named in the configuration.
#[derive(Debug, Default)]
pub struct Faults {
    pub templates: Option<String>,
    pub key: Option<String>,
    pub password: Option<String>,
    /// The editor's own footer has no unsubscribe link.
    pub footer_without_way_out: bool,
    /// Files with a secret that everybody on this machine can read.
    pub exposed: Vec<PathBuf>,
}
