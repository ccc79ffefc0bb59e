//! `reveille dkim`: a new key in a file of its own, and what to add to the DNS and to feeds.toml for it.

use std::{
    fs::OpenOptions,
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
};

use anyhow::{Context, anyhow};
use clap::Subcommand;

use super::{Failure, Status, say};
use crate::{
    config::{self, Config, dkim},
    mailer::dkim::{Key, Kind},
    sender::dkim::PublicKey,
};

/// What can be done about signatures.
#[derive(Debug, Subcommand)]
pub enum Dkim {
    /// Makes a key that signs the mail, and prints the DNS record that lets receivers check it
    New(New),
}

/// What a new key is made from.
#[derive(Debug, clap::Args)]
pub struct New {
    /// The file for the key; never overwritten
    #[arg(short, long, value_name = "FILE", default_value = "dkim.pem")]
    output: PathBuf,
    /// The key's name in the DNS; give every new key a new name, so that the old one stays valid
    #[arg(long, value_name = "NAME", default_value_t = dkim::selector(), value_parser = dkim::parse_name)]
    selector: String,
    /// The domain that signs [default: that of `from` in the configuration]
    #[arg(long, value_name = "DOMAIN", value_parser = dkim::parse_name)]
    domain: Option<String>,
    /// rsa (2048 bits), which every receiver checks, or ed25519, which several do not
    #[arg(long, value_name = "KIND", default_value = "rsa")]
    kind: Kind,
}

/// Runs one of them.
pub fn run(Dkim::New(new): Dkim, config: Option<&Path>) -> Result<Status, Failure> {
    let domain = match &new.domain {
        Some(domain) => domain.clone(),
        None => sender_domain(config)?,
    };
    let key =
        Key::generate(new.kind).map_err(|_| anyhow!("cannot make a key: has this machine no randomness?"))?;
    let pem = key.to_secret_pem().map_err(|_| anyhow!("cannot write the key down"))?;
    keep(&new.output, &pem)?;
    let config = config::find(config);
    say(&instructions(&new, &domain, &key, &as_named_in(&config, &new.output)))
}

fn sender_domain(config: Option<&Path>) -> Result<String, Failure> {
    let unknown = || Failure::usage(anyhow!("which domain signs? Name it: --domain news.example.com"));
    match Config::load(&config::find(config)) {
        Ok(config) => config.mail.from.map(|from| from.email.domain().to_owned()).ok_or_else(unknown),
        Err(config::Error::Missing { .. }) if config.is_none() => Err(unknown()),
        Err(error) => Err(Failure::config(error)),
    }
}

/// Writes a key to a new file that nobody but its owner can read.
pub fn keep(file: &Path, pem: &str) -> Result<(), Failure> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(file) {
        Ok(mut opened) => Ok(opened
            .write_all(pem.as_bytes())
            .and_then(|()| opened.sync_all())
            .with_context(|| format!("cannot write {}", file.display()))?),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(Failure::usage(anyhow!(
            "{} is there already, and a key is never overwritten: name another file with --output",
            file.display()
        ))),
        Err(error) => {
            Err(anyhow::Error::new(error).context(format!("cannot write {}", file.display())).into())
        }
    }
}

/// A file as the configuration at `config` names it, a TOML string: relative to it where it lies below its folder.
fn as_named_in(config: &Path, file: &Path) -> String {
    let absolute = |path: &Path| std::path::absolute(path).unwrap_or(path.to_owned());
    let (config, file) = (absolute(config), absolute(file));
    let name = config.parent().and_then(|folder| file.strip_prefix(folder).ok()).unwrap_or(&file);
    toml::Value::String(name.display().to_string()).to_string()
}

fn instructions(new: &New, domain: &str, key: &Key, key_file: &str) -> String {
    let file = new.output.display();
    let public = PublicKey { domain, selector: &new.selector, kind: key.kind().name(), base64: key.public() };
    let record = public.record();
    let doubt = match key.kind() {
        Kind::Rsa => "",
        Kind::Ed25519 => {
            "Several large receivers do not check Ed25519 signatures; an RSA key is checked by all.\n"
        }
    };
    format!(
        "Wrote {file}: the private key. Keep it secret, and keep a copy.
{doubt}
1. Add this TXT record to the DNS of {domain}. In a web form:

  name:  {name}
  value: {value}

or in a zone file:

{zone}

2. Add these lines to feeds.toml, at the end of [mail]:

[mail.dkim]
key_file = {key_file}
selector = \"{selector}\"
domain = \"{domain}\"

3. When the record is out, which may take an hour: reveille check
",
        name = record.name,
        value = record.value,
        zone = record.zone(),
        selector = new.selector,
    )
}
