//! SMTP submission: a server's address and patience in, connections that send message after message out.
//! Never speaks in clear to a server on another machine.

mod answer;
mod dial;
mod line;
mod login;
mod offers;
mod sasl;
mod session;
mod talk;
mod tls;
mod tokens;
mod transaction;
mod wire;

use std::{net::IpAddr, time::Duration};

use base64::{Engine, prelude::BASE64_STANDARD};
use percent_encoding::percent_decode_str;
use url::Url;

pub use dial::probe;
pub use login::Logins;
pub use sasl::{Credentials, Proof};
pub use session::Session;
pub use tokens::Tokens;

use super::{Error, Pace, Stop};
use crate::secret::{Known, Secret};

/// How a connection is kept private.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tls {
    /// From the first byte (RFC 8314; port 465).
    Implicit,
    /// By STARTTLS, without which nothing is sent (port 587).
    Required,
    /// Not at all: only to this machine.
    None,
}

/// A server and how to deal with it.
#[derive(Debug, Clone)]
pub struct Options {
    /// A name or an address.
    pub host: String,
    pub port: u16,
    pub tls: Tls,
    /// User and password, if the server wants them.
    pub credentials: Option<Credentials>,
    /// What the server said to them, on all connections made with these options and their clones.
    pub logins: Logins,
    /// The password as it may turn up in the server's words.
    pub known: Known,
    /// Our name in EHLO; without one the host's full name, else its address.
    pub hello: Option<String>,
    /// The longest wait for a connection and for each step.
    pub timeout: Duration,
    /// The longest wait for the answer to the final dot. Long, because giving up there risks a second copy: RFC 5321
    /// section 4.5.3.2.6 asks for ten minutes.
    pub final_timeout: Duration,
    /// Messages after which a connection is renewed, 1 or more.
    pub per_connection: usize,
    /// How fast messages may begin, over all connections made with these options and their clones.
    pub pace: Pace,
    /// What ends all connections in order.
    pub stop: Stop,
}

impl Options {
    /// Reads `smtps://user:password@host:465`, `smtp://host:587?tls=required` or, to this machine alone,
    /// `smtp://127.0.0.1:25`. User and password are percent-encoded where needed. Ports may be left out.
    pub fn from_url(text: &str) -> Result<Options, Error> {
        let url = Url::parse(text).map_err(|error| {
            Error::Configuration(format!(
                "the URL cannot be read ({error}); write smtps://host or smtp://host?tls=required"
            ))
        })?;
        let tls = tls(&url)?;
        let standard_port = match tls {
            Tls::Implicit => 465,
            Tls::Required => 587,
            Tls::None => 25,
        };
        let options = Options {
            host: host(&url)?,
            port: url.port().unwrap_or(standard_port),
            tls,
            credentials: None,
            logins: Logins::default(),
            known: Known::default(),
            hello: None,
            timeout: Duration::from_secs(60),
            final_timeout: Duration::from_secs(600),
            per_connection: 100,
            pace: Pace::default(),
            stop: Stop::default(),
        };
        options.check()?;
        Ok(match url.username() {
            "" => options,
            user => options.with_credentials(&decoded(user), &decoded(url.password().unwrap_or_default())),
        })
    }

    /// The same with this user and password, whatever the URL says.
    pub fn with_credentials(mut self, user: &str, password: &str) -> Options {
        self.credentials =
            Some(Credentials { user: user.to_owned(), proof: Proof::Password(Secret::new(password)) });
        // As AUTH PLAIN (RFC 4616) and AUTH LOGIN say it.
        let said =
            [BASE64_STANDARD.encode(format!("\0{user}\0{password}")), BASE64_STANDARD.encode(password)];
        self.known = Known::new(said.into_iter().chain([password.to_owned()]));
        self
    }

    /// The same with access tokens for this user (XOAUTH2, RFC 7628).
    pub fn with_tokens(mut self, user: &str, tokens: Tokens) -> Options {
        self.credentials = Some(Credentials { user: user.to_owned(), proof: Proof::Token(tokens) });
        self
    }

    /// `host:port`, as messages to people name the server.
    pub fn server(&self) -> String {
        match self.host.contains(':') {
            true => format!("[{}]:{}", self.host, self.port),
            false => format!("{}:{}", self.host, self.port),
        }
    }

    /// Refuses what could leak mail or a password, or break the conversation. Checked again at every connection.
    pub fn check(&self) -> Result<(), Error> {
        if let Some(hello) = self.hello.as_ref().filter(|name| !name.bytes().all(|b| b.is_ascii_graphic())) {
            return Err(Error::Configuration(format!(
                "{hello:?} cannot be said in EHLO: it must be a host's name"
            )));
        }
        if self.tls == Tls::None && !is_this_machine(&self.host) {
            return Err(Error::Configuration(format!(
                "{} would be spoken to without TLS; write smtps://{} or smtp://{}?tls=required",
                self.server(),
                self.host,
                self.server()
            )));
        }
        Ok(())
    }
}

fn tls(url: &Url) -> Result<Tls, Error> {
    let mut wish = None;
    for (key, value) in url.query_pairs() {
        match key.as_ref() {
            "tls" => wish = Some(value.into_owned()),
            other => {
                let text =
                    format!("the URL has the unknown parameter {other:?}; the only one is tls=required");
                return Err(Error::Configuration(text));
            }
        }
    }
    match (url.scheme(), wish.as_deref()) {
        ("smtps", None | Some("required")) => Ok(Tls::Implicit),
        ("smtp", Some("required")) => Ok(Tls::Required),
        ("smtp", None) => Ok(Tls::None),
        ("smtp" | "smtps", Some(other)) => {
            Err(Error::Configuration(format!("tls={other} is not supported; write tls=required")))
        }
        (other, _) => {
            Err(Error::Configuration(format!("the URL begins with {other}:, not with smtp: or smtps:")))
        }
    }
}

fn host(url: &Url) -> Result<String, Error> {
    let host = url.host_str().unwrap_or_default();
    let host = host.strip_prefix('[').and_then(|inner| inner.strip_suffix(']')).unwrap_or(host);
    let ascii = idna::domain_to_ascii(&decoded(host)).unwrap_or_else(|_| host.to_owned());
    match ascii.as_str() {
        "" => Err(Error::Configuration("the URL names no host; write smtps://host".to_owned())),
        _ => Ok(ascii),
    }
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// Whether `host` can only be this machine. A name other than `localhost` never is: it may resolve to anything.
fn is_this_machine(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost")
        || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(url: &str) -> Options {
        Options::from_url(url).expect(url)
    }

    fn refused(url: &str) -> String {
        Options::from_url(url).expect_err(url).to_string()
    }

    #[test]
    fn the_three_forms_of_a_url_are_read() {
        let implicit = read("smtps://user:p%40ss+w%2Frd@mail.example.com");
        assert_eq!((implicit.server(), implicit.tls), ("mail.example.com:465".into(), Tls::Implicit));
        let expected = Credentials { user: "user".into(), proof: Proof::Password(Secret::new("p@ss+w/rd")) };
        assert_eq!(implicit.credentials, Some(expected));
        let starttls = read("smtp://mail.example.com?tls=required");
        assert_eq!((starttls.server(), starttls.tls), ("mail.example.com:587".into(), Tls::Required));
        let local = read("smtp://127.0.0.1:2525");
        assert_eq!(
            (local.server(), local.tls, local.credentials),
            ("127.0.0.1:2525".into(), Tls::None, None)
        );
        assert_eq!(read("smtp://[::1]:2525").server(), "[::1]:2525");
        assert_eq!(read("smtps://bücher.example").host, "xn--bcher-kva.example");
    }

    #[test]
    fn without_tls_only_this_machine_is_spoken_to() {
        for url in [
            "smtp://mail.example.com:25",
            "smtp://192.0.2.1",
            "smtp://localhost.example.com",
            "smtp://0.0.0.0",
        ] {
            assert!(refused(url).contains("without TLS"), "{url}");
        }
        assert_eq!(read("smtp://localhost:2525").tls, Tls::None);
    }

    #[test]
    fn opportunistic_tls_and_unknown_words_are_refused() {
        assert!(refused("smtp://mail.example.com?tls=opportunistic").contains("tls=required"));
        assert!(refused("smtp://mail.example.com?ttls=required").contains("ttls"));
        assert!(refused("https://mail.example.com").contains("https"));
        assert!(refused("mail.example.com").contains("smtps://host"));
        assert!(refused("smtps://").contains("host"));
    }

    #[test]
    fn a_password_is_never_printed() {
        let options = read("smtps://user:secret@mail.example.com");
        assert!(!format!("{options:?}").contains("secret"));
        assert!(!refused("smtps://user:secret@mail.example.com:99999").contains("secret"));
        assert!(!refused("smtp://user:secret@mail.example.com").contains("secret"));
    }
}
