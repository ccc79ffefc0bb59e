//! `reveille login`: a person's consent in, a refresh token kept for the runs to come out. Never shows a token.

use std::{io::Read, path::Path};

use anyhow::{Context, anyhow};

use super::{Failure, Status, say, setup};
use crate::{
    oauth::{self, Grant, Invitation},
    secret::Secret,
};

/// What `login` can be told.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Keeps the refresh token that is written to standard input, in place of asking for one
    #[arg(long)]
    token_from_stdin: bool,
}

/// The longest refresh token that is read.
const LONGEST: u64 = 64 * 1024;

/// Logs in and exits.
pub async fn run(config: Option<&Path>, options: Options) -> Result<Status, Failure> {
    let config = setup::config(config)?;
    let none = "there is no [mail.oauth], so nothing to log in to: with a user and a password `reveille check` tries them";
    let oauth = config.mail.oauth.as_ref().ok_or_else(|| Failure::config(anyhow!(none)))?;
    let (registration, keeper) =
        (oauth.registration().map_err(Failure::config)?, oauth.keeper(&config.store.file));
    if registration.grant == Grant::ClientCredentials {
        return Err(Failure::usage(anyhow!(
            "with grant = \"client_credentials\" nobody logs in: the client secret is enough. `reveille check` tries it"
        )));
    }
    if options.token_from_stdin {
        let mut token = String::new();
        std::io::stdin().take(LONGEST).read_to_string(&mut token).context("cannot read standard input")?;
        if token.trim().is_empty() {
            return Err(Failure::usage(anyhow!("there is no token on standard input")));
        }
        keeper.keep(&Secret::new(token.trim()))?;
    } else {
        oauth::log_in(&registration, &keeper, invite).await.map_err(refused)?;
    }
    say(&format!("Logged in; {} keeps the login. To try it, type: reveille check\n", keeper.file().display()))
}

fn invite(invitation: &Invitation) {
    let Invitation { address, code, holds } = invitation;
    let minutes = holds.as_secs().div_ceil(60);
    // Whoever closed the output can still enter the code.
    let _ = say(&format!(
        "Open {address} on any device, enter the code {code} within {minutes} minutes, and log in as the newsletter's user.\n\
         Waiting for that …\n"
    ));
}

fn refused(error: oauth::Error) -> Failure {
    match error {
        oauth::Error::NoDeviceFlow => Failure::usage(error),
        oauth::Error::Refused { .. } => Failure::config(error),
        _ => Failure::from(error),
    }
}
