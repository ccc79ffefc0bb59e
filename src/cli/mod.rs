//! The command line: arguments in, a command run, an exit status out. Errors are printed here, once.

mod args;
mod feeds;
mod init;
mod inspect;
mod recipients;
mod status;
mod table;

use std::{
    io::{self, ErrorKind, Write},
    process::ExitCode,
};

use clap::Parser;

use args::{Args, Command};
pub use status::{Failure, Status};

/// Runs the command line of this process to its end.
pub fn main() -> ExitCode {
    let args = Args::parse();
    let config = args.config.as_deref();
    let result = match args.command {
        Command::Init(init) => init::run(&init, config),
        Command::Feeds(command) => feeds::run(command, config),
        Command::Recipients(command) => recipients::run(command, config),
        Command::Inspect(command) => inspect::run(command),
    };
    match result {
        Ok(status) => status.into(),
        Err(failure) => {
            eprintln!("reveille: {:#}", failure.error);
            failure.status.into()
        }
    }
}

/// Prints the result of a command. Whoever stopped reading early (`| head`) has seen enough.
fn say(text: &str) -> Result<Status, Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(anyhow::Error::new(error).context("cannot write to standard output").into())
        }
        _ => Ok(Status::Done),
    }
}
