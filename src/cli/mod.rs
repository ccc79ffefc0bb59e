//! The command line: arguments in, a command run, an exit status out. Errors are printed here, once.

mod adopt;
mod args;
mod backup;
mod check;
mod day;
mod demo;
mod dkim;
mod doctor;
mod explain;
mod feeds;
mod heap;
mod history;
mod init;
mod inspect;
mod login;
mod metrics;
mod output;
mod preview;
mod promise;
mod pull;
mod receive;
mod recipients;
mod resend;
mod run;
mod setup;
mod signals;
mod status;
mod summary;
mod table;
mod template;
mod terminal;
mod test_email;
mod undelivered;

use std::{future::Future, process::ExitCode};

use clap::Parser;

use crate::secret::hidden;
use args::{Args, Command};
use output::{complain, hand_over, say};
pub use status::{Failure, Status};

/// Runs the command line of this process to its end.
pub fn main() -> ExitCode {
    heap::keep_small();
    terminal::hide_in_panics();
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(refused) => return misunderstood(&refused),
    };
    args.verbosity.listen();
    match command(args) {
        Ok(status) => status.into(),
        Err(failure) => {
            complain(&failure.told());
            failure.status.into()
        }
    }
}

/// Ends with what is wrong with the command line, or with the help asked for; as JSON if that is wanted.
fn misunderstood(refused: &clap::Error) -> ExitCode {
    let plain = refused.render().to_string();
    match hidden(&plain) {
        // If this cannot be printed there is nobody to tell.
        said if said == plain => drop(refused.print()),
        said => eprint!("{said}"),
    }
    let Ok(status) = u8::try_from(refused.exit_code()) else { return Status::Usage.into() };
    if status > 0 && std::env::args_os().any(|argument| argument == "--json") {
        let ended = Err(Failure::usage(anyhow::anyhow!(plain.trim().to_owned())));
        let _ = summary::account(true, &ended, &());
    }
    status.into()
}

fn command(args: Args) -> Result<Status, Failure> {
    let (config, verbosity) = (args.config.as_deref(), args.verbosity);
    match args.command {
        Command::Run(options) => wait(run::run(config, options, verbosity)),
        Command::Pull(options) => wait(pull::run(config, options, verbosity)),
        Command::Preview(options) => wait(preview::run(config, options, verbosity)),
        Command::TestEmail(options) => wait(test_email::run(config, options, verbosity)),
        Command::Demo(options) => wait(demo::run(options, verbosity)),
        Command::Explain(options) => wait(explain::run(config, options)),
        Command::History(options) => wait(history::run(config, options)),
        Command::Resend(options) => wait(resend::run(config, options, verbosity)),
        Command::Backup(options) => wait(backup::run(config, options, verbosity)),
        Command::Adopt => wait(adopt::run(config)),
        Command::Check(options) => wait(check::run(config, options)),
        Command::Doctor(options) => wait(doctor::run(config, options)),
        Command::Init(init) => init::run(&init, config),
        Command::Feeds(command) => feeds::run(command, config),
        Command::Receive(options) => wait(receive::run(config, options, verbosity)),
        Command::Recipients(command) => recipients::run(command, config),
        Command::Login(options) => wait(login::run(config, options)),
        Command::Dkim(command) => dkim::run(command, config),
        Command::Template(command) => template::run(command),
        Command::Inspect(command) => inspect::run(command, config),
    }
}

/// Runs a command that waits for the network or the disk.
fn wait<T>(command: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    // What takes long runs on threads of its own. Of these two, one may be kept busy by a connection that never rests, and the
    // other keeps the time.
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let ended = runtime.block_on(command);
    // An abandoned parser may still be busy; nobody waits for it.
    runtime.shutdown_background();
    ended
}
