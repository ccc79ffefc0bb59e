//! What a diagnosis is made from: the configuration, what the state holds, what this machine is like. Values alone.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use super::health::Feeds;
use crate::model::{FeedRecord, Held, Run, Sealed, Standing};

/// All that was found out.
#[derive(Debug)]
pub struct Facts {
    pub now: Timestamp,
    pub settings: Settings,
    /// How the program is called for this newsletter: `reveille`, or `reveille -c FILE`.
    pub command: String,
    pub state: State,
    pub machine: Machine,
    pub faults: Faults,
}

/// What the configuration says.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Its own file, and that of the state.
    pub path: PathBuf,
    pub state: PathBuf,
    pub feeds: Feeds,
    pub min_stories: usize,
    pub readers: usize,
    /// Sections that readers chose.
    pub chosen_sections: BTreeSet<String>,
    /// Name and port of the mail server.
    pub server: Option<(String, u16)>,
    pub has_sender: bool,
    /// It logs in at the mail server, and there is no password.
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
    /// There is no file.
    Missing,
    /// Why it cannot be read.
    Unreadable(String),
    /// Its tables are not this program's.
    OtherVersion,
    Known(Box<Known>),
}

/// A state that can be read.
#[derive(Debug, Default)]
pub struct Known {
    /// What is damaged in it, or cannot be read.
    pub damage: Option<String>,
    /// The newest first.
    pub runs: Vec<Run>,
    pub feeds: BTreeMap<String, FeedRecord>,
    pub last: Option<Sealed>,
    /// Why the newest composed day is as it is.
    pub composed: Option<ComposedDay>,
    /// Deliveries of the last two days without a good end.
    pub standing: Vec<Standing>,
    /// Readers of the configuration who are mailed nothing, by cause.
    pub suppressed: BTreeMap<&'static str, usize>,
    /// Entries seen lately, by feed.
    pub held: Vec<Held>,
}

/// The day of an edition, or of none, in figures.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ComposedDay {
    pub date: Date,
    pub articles: usize,
    pub stories: usize,
    pub printed: usize,
    /// Stories that were left out because an earlier edition told them, and nothing was new.
    pub told_before: usize,
}

/// What this machine is like.
#[derive(Debug)]
pub struct Machine {
    /// The program's own file.
    pub program: PathBuf,
    pub zone: TimeZone,
    /// What the environment of this shell says about mail, as it would be written before a command; no secrets.
    pub environment: Vec<(String, String)>,
    /// Whether the password comes from the environment of this shell.
    pub password_in_environment: bool,
    pub lock: Lock,
    /// Whether this user may write the state file, and make files in its folder.
    pub may_write: bool,
    /// The user who asks, and the owner of the state file or its folder.
    pub user: u32,
    pub owner: Option<u32>,
    /// Permission bits of the state file.
    pub mode: Option<u32>,
    /// Bytes of the state file, and bytes free on its disk.
    pub size: u64,
    pub free: Option<u64>,
    /// The kind of network file system the state is on.
    pub network: Option<&'static str>,
}

/// Whether a process holds the state. The operating system frees a lock when its process ends, so none is ever stale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lock {
    Free,
    /// By the process of this number.
    Held(u32),
    /// This system does not tell.
    Unknown,
}

/// What is wrong with files that the configuration names.
#[derive(Debug, Default)]
pub struct Faults {
    pub templates: Option<String>,
    pub key: Option<String>,
    pub password: Option<String>,
    /// The editor's own footer holds no way to leave.
    pub footer_without_way_out: bool,
    /// Files with a secret that everybody on this machine can read.
    pub exposed: Vec<PathBuf>,
}
