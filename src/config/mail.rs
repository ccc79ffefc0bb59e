//! `[mail]`: who the mail is from and through which server it goes. Secrets come from the environment or a file.

use std::{fmt, path::Path, time::Duration};

use lettre::{Address, message::Mailbox};
use serde::{Deserialize, Deserializer, de};
use url::Url;

use super::{Dkim, Environment, Error, OAuth, Password, Secret, value};

/// How mail is sent. All of it may be absent: `preview` and `--outbox` need no server.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Mail {
    /// The `From:` line.
    #[serde(deserialize_with = "value::mailbox")]
    pub from: Option<Mailbox>,
    /// Where replies go, if not to `from`.
    #[serde(deserialize_with = "value::mailbox")]
    pub reply_to: Option<Mailbox>,
    /// The server: `smtps://host[:465]`, `smtp://host[:587]?tls=required`, or `smtp://` to a loopback address.
    /// Never holds a user or a password.
    #[serde(deserialize_with = "server")]
    pub smtp: Option<Url>,
    /// The user to log in as; no log-in without.
    pub user: Option<String>,
    /// The password to log in with.
    #[serde(rename = "password_file")]
    pub password: Password,
    /// The sender's postal address, printed in the footer; empty by default.
    pub postal_address: String,
    /// Where readers leave: a mail address, or the base of an `https` one.
    pub unsubscribe: Option<Unsubscribe>,
    /// The envelope sender, where bounces go; the address of `from` when absent.
    #[serde(deserialize_with = "value::address")]
    pub bounce_to: Option<Address>,
    /// What the mail server that takes the answers calls itself in `Authentication-Results` (RFC 8601). It is believed who
    /// wrote a wish to leave; without it nobody is.
    pub authenticated_by: Option<String>,
    /// Connections to the server at once, at least 1. Default: 4.
    #[serde(deserialize_with = "value::at_least_one")]
    pub connections: usize,
    /// Messages after which a connection is closed and opened anew, at least 1. Default: 100.
    #[serde(deserialize_with = "value::at_least_one")]
    pub per_connection: usize,
    /// Most messages begun in a second, over all connections; as fast as the server takes them when absent.
    #[serde(deserialize_with = "value::rate")]
    pub per_second: Option<f64>,
    /// Pause before a run tries those a second time whom the server put off; after that they wait for the next run.
    /// Default: 5 s.
    #[serde(deserialize_with = "value::duration")]
    pub retry_after: Duration,
    /// Longest wait for one answer of the server. Default: 60 s.
    #[serde(deserialize_with = "value::some_duration")]
    pub timeout: Duration,
    /// `[mail.dkim]`: what signs the mail; it goes out unsigned when absent.
    pub dkim: Option<Dkim>,
    /// `[mail.oauth]`: how access tokens are had, in place of a password.
    pub oauth: Option<OAuth>,
}

impl Default for Mail {
    fn default() -> Mail {
        Mail {
            from: None,
            reply_to: None,
            smtp: None,
            user: None,
            password: Password::None,
            postal_address: String::new(),
            unsubscribe: None,
            bounce_to: None,
            authenticated_by: None,
            connections: 4,
            per_connection: 100,
            per_second: None,
            retry_after: Duration::from_secs(5),
            timeout: Duration::from_secs(60),
            dkim: None,
            oauth: None,
        }
    }
}

/// How readers leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unsubscribe {
    /// By a mail to this address.
    Mail(Address),
    /// By the page below this `https` address.
    Page(Url),
}

impl<'de> Deserialize<'de> for Unsubscribe {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Unsubscribe, D::Error> {
        let text = String::deserialize(from)?;
        if let Some(url) = Url::parse(&text).ok().filter(|url| url.scheme() == "https") {
            return Ok(Unsubscribe::Page(url));
        }
        let address = value::parse_address(text.strip_prefix("mailto:").unwrap_or(&text));
        address.map(Unsubscribe::Mail).map_err(|_| {
            let help = "write a mail address, or an https address that answers one-click requests";
            de::Error::custom(format!("`{text}` is not a way to unsubscribe\n{help}"))
        })
    }
}

impl fmt::Display for Unsubscribe {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Unsubscribe::Mail(address) => write!(f, "mailto:{address}"),
            Unsubscribe::Page(url) => write!(f, "{url}"),
        }
    }
}

impl Mail {
    /// Makes paths absolute, takes log-ins out of the address, and lets the environment win.
    pub(super) fn settle(&mut self, folder: &Path, environment: Environment) -> Result<(), Error> {
        if let Password::File(path) = &mut self.password {
            *path = folder.join(&path);
        }
        if let Some(dkim) = &mut self.dkim {
            dkim.key_file = folder.join(&dkim.key_file);
        }
        if let Some(oauth) = &mut self.oauth {
            oauth.settle(folder, environment);
        }
        self.take_login();
        self.take_server(environment)?;
        if let Some(user) = environment("SMTP_USERNAME") {
            self.user = Some(user);
        }
        if let Some(password) = environment("SMTP_PASSWORD") {
            self.password = Password::Given(Secret::new(password));
        } else if let Some(file) = environment("SMTP_PASSWORD_FILE") {
            self.password = Password::File(folder.join(file));
        }
        Ok(())
    }

    /// The host of the mail server, if it is another machine.
    pub fn relay(&self) -> Option<&str> {
        let host = self.smtp.as_ref()?.host_str()?;
        (!value::is_loopback(host)).then(|| host.trim_matches(['[', ']']))
    }

    /// Moves `user:password@` of the server's address to where it belongs; the keys of their own win.
    fn take_login(&mut self) {
        let Some(url) = &mut self.smtp else { return };
        let decoded =
            |text: &str| percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned();
        let user = Some(decoded(url.username())).filter(|user| !user.is_empty());
        let password = url.password().map(decoded);
        // An address with a host, which `server` made sure of, can always lose its log-in.
        let _ = url.set_password(None).and_then(|()| url.set_username(""));
        self.user = self.user.take().or(user);
        if let (Password::None, Some(password)) = (&self.password, password) {
            self.password = Password::Given(Secret::new(password));
        }
    }

    /// Lets `SMTP_HOST` and `SMTP_PORT` name the server: TLS from the start on port 465, else STARTTLS, except to
    /// a loopback address.
    fn take_server(&mut self, environment: Environment) -> Result<(), Error> {
        let (host, port) = (environment("SMTP_HOST"), environment("SMTP_PORT"));
        if host.is_none() && port.is_none() {
            return Ok(());
        }
        let host = host.or_else(|| self.smtp.as_ref()?.host_str().map(str::to_owned)).ok_or_else(|| {
            Error::variable("SMTP_PORT", "names a port, but neither SMTP_HOST nor [mail] smtp names a server")
        })?;
        let port = match port {
            None => None,
            Some(text) => Some(text.parse::<u16>().map_err(|_| {
                Error::variable("SMTP_PORT", format!("`{text}` is not a port, a number from 1 to 65535"))
            })?),
        };
        let port_text = port.map(|port| format!(":{port}")).unwrap_or_default();
        let url = match port {
            Some(465) => format!("smtps://{host}:465"),
            _ if value::is_loopback(&host) => format!("smtp://{host}{port_text}"),
            _ => format!("smtp://{host}{port_text}?tls=required"),
        };
        let url = parse_server(&url).map_err(|reason| Error::variable("SMTP_HOST", reason))?;
        self.smtp = Some(url);
        Ok(())
    }
}

fn server<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Url>, D::Error> {
    parse_server(&String::deserialize(from)?).map(Some).map_err(de::Error::custom)
}

/// Checks the address of a mail server. The text itself is not repeated in errors: it may hold a password.
fn parse_server(text: &str) -> Result<Url, String> {
    const KNOWN: &str = "write \"smtps://mail.example.com\" (TLS, port 465) or \"smtp://mail.example.com?tls=required\" (STARTTLS, port 587)";
    let url =
        Url::parse(text).map_err(|error| format!("not the address of a mail server: {error}\n{KNOWN}"))?;
    let host = url.host_str().filter(|host| !host.is_empty());
    let host = host.ok_or_else(|| format!("the mail server has no host\n{KNOWN}"))?;
    let tls = url.query_pairs().find(|(key, _)| key == "tls").map(|(_, value)| value.into_owned());
    match (url.scheme(), tls.as_deref()) {
        ("smtps", _) | ("smtp", Some("required")) => Ok(url),
        ("smtp", None) if value::is_loopback(host) => Ok(url),
        ("smtp", None) => Err(format!("mail leaves this machine only encrypted\n{KNOWN}")),
        ("smtp", Some(_)) => Err(format!("only `tls=required` is known\n{KNOWN}")),
        (scheme, _) => Err(format!("unknown scheme `{scheme}`\n{KNOWN}")),
    }
}
