//! Progress and log records in, a bar where someone watches and lines on standard error out. Never prints a
//! secret it recognises.

use std::{
    io::{self, IsTerminal, Write},
    panic,
    sync::Mutex,
    time::Duration,
};

use indicatif::{ProgressBar, ProgressStyle};
use tracing::Level;
use tracing_subscriber::{Layer, layer::SubscriberExt, util::SubscriberInitExt};

use super::output::{complain, harmless};
use crate::{
    flow::{Progress, Silent},
    secret::hidden,
};

/// How much is said.
#[derive(Debug, Clone, Copy, clap::Args)]
pub struct Verbosity {
    /// Says more: -v what was done, -vv every detail
    #[arg(short, long, action = clap::ArgAction::Count, global = true, conflicts_with = "quiet")]
    verbose: u8,
    /// Says nothing but errors
    #[arg(short, long, global = true)]
    quiet: bool,
}

impl Verbosity {
    /// Sends log lines of the wanted weight to standard error.
    pub fn listen(self) {
        let level = match (self.quiet, self.verbose) {
            (true, _) => Level::ERROR,
            (false, 0) => Level::WARN,
            (false, 1) => Level::INFO,
            (false, _) => Level::DEBUG,
        };
        let ours = tracing_subscriber::filter::Targets::new().with_target("reveille", level);
        let lines = tracing_subscriber::fmt::layer()
            .with_writer(|| Hiding(io::stderr()))
            // No colours: whatever reaches the terminal by this way is words alone.
            .with_ansi(false)
            .without_time()
            .with_target(false);
        tracing_subscriber::registry().with(lines.with_filter(ours)).init();
    }

    /// A bar on a terminal; silence under cron, in a pipe and when quiet.
    pub fn progress(self) -> Box<dyn Progress> {
        match self.quiet || !io::stderr().is_terminal() {
            true => Box::new(Silent),
            false => Box::new(Bar::default()),
        }
    }

    /// Whether nothing but errors is to be said.
    pub fn is_quiet(self) -> bool {
        self.quiet
    }

    /// Whether a summary is wanted: on a terminal, or when more is asked for.
    pub fn wants_summary(self) -> bool {
        !self.quiet && (self.verbose > 0 || io::stdout().is_terminal())
    }
}

/// Log lines, each written at once, with any secrets in them starred and nothing in them that a terminal acts on: the last
/// safeguard.
struct Hiding(io::Stderr);

impl Write for Hiding {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.0.write_all(harmless(&hidden(&String::from_utf8_lossy(line))).as_bytes())?;
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Prints a panic without the secrets it quotes.
pub fn hide_in_panics() {
    panic::set_hook(Box::new(|panic| {
        complain(&format!("{panic}; please report this"));
    }));
}

/// The bar of the stage under way.
#[derive(Default)]
struct Bar {
    current: Mutex<Option<ProgressBar>>,
}

impl Bar {
    fn change(&self, next: Option<ProgressBar>) {
        if let Ok(mut current) = self.current.lock()
            && let Some(over) = std::mem::replace(&mut *current, next)
        {
            over.finish_and_clear();
        }
    }
}

impl Progress for Bar {
    fn begin(&self, stage: &'static str, total: usize) {
        if total == 0 {
            return self.change(None);
        }
        let style = ProgressStyle::with_template("{msg:18} {bar:30} {pos}/{len}");
        let bar = ProgressBar::new(total as u64).with_message(stage);
        bar.enable_steady_tick(Duration::from_millis(200));
        self.change(Some(style.map_or_else(|_| bar.clone(), |style| bar.clone().with_style(style))));
    }

    fn step(&self) {
        if let Ok(current) = self.current.lock()
            && let Some(bar) = current.as_ref()
        {
            bar.inc(1);
        }
    }

    fn end(&self) {
        self.change(None);
    }
}
