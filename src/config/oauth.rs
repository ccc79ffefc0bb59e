//! `[mail.oauth]` in, how access tokens for the mail server are had out: from Microsoft, Google or any other provider.
//! Never asks for one.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Deserializer, de};
use url::Url;

use super::{Environment, Error, Password, Secret, value};
use crate::oauth::{Grant, Keeper, Registration};

/// The registration of an application with a provider.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OAuth {
    /// Whose addresses and scopes are taken where none are named.
    pub provider: Option<Provider>,
    /// Microsoft's name for an organisation: its domain or its id.
    pub tenant: Option<String>,
    pub client_id: String,
    /// Where the client secret is, if the application has one.
    #[serde(default, rename = "client_secret_file")]
    pub client_secret: Password,
    /// By what right. Default: that of a person who has logged in.
    #[serde(default)]
    pub grant: GrantName,
    /// What is asked for, separated by spaces.
    pub scope: Option<String>,
    #[serde(default, deserialize_with = "endpoint")]
    pub token_url: Option<Url>,
    #[serde(default, deserialize_with = "endpoint")]
    pub device_url: Option<Url>,
    /// Where the refresh token is kept. Default: beside the state, with the ending `oauth`.
    pub token_file: Option<PathBuf>,
}

/// Providers whose addresses are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Provider {
    Microsoft,
    Google,
}

/// The grants by the names that RFC 6749 gives them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GrantName {
    #[default]
    RefreshToken,
    ClientCredentials,
}

impl OAuth {
    /// Makes paths absolute, and lets the environment win.
    pub(super) fn settle(&mut self, folder: &Path, environment: Environment) {
        let file = self.client_secret.file().map(Path::to_owned);
        self.client_secret = match environment("SMTP_CLIENT_SECRET") {
            Some(secret) => Password::Given(Secret::new(secret)),
            None => {
                let file = environment("SMTP_CLIENT_SECRET_FILE").map(PathBuf::from).or(file);
                file.map_or(Password::None, |file| Password::File(folder.join(file)))
            }
        };
        self.token_file = self.token_file.take().map(|file| folder.join(file));
    }

    /// Where the refresh token is kept for the newsletter with this state.
    pub fn keeper(&self, state: &Path) -> Keeper {
        Keeper::at(self.token_file.clone().unwrap_or_else(|| state.with_extension("oauth")))
    }

    /// What the provider is asked with.
    ///
    /// # Errors
    /// Something is missing that this grant or this provider needs, or the client secret cannot be read.
    pub fn registration(&self) -> Result<Registration, Error> {
        let missing = |what: &str| Error::OAuth { reason: what.to_owned() };
        let client_secret = self.client_secret.read()?;
        let grant = match (self.grant, self.provider, &client_secret) {
            (GrantName::RefreshToken, ..) => Grant::RefreshToken,
            (GrantName::ClientCredentials, Some(Provider::Google), _) => {
                return Err(missing("Google has no grant = \"client_credentials\" for mail: leave it out"));
            }
            (GrantName::ClientCredentials, _, None) => {
                return Err(missing(
                    "grant = \"client_credentials\" needs the client secret: name a file that holds it \
                     (client_secret_file), or set SMTP_CLIENT_SECRET",
                ));
            }
            (GrantName::ClientCredentials, _, Some(_)) => Grant::ClientCredentials,
        };
        let usual = match self.provider {
            None => Usual::default(),
            Some(Provider::Google) => Usual::google(),
            Some(Provider::Microsoft) => {
                let tenant = self.tenant.as_deref().filter(|tenant| is_tenant(tenant));
                Usual::microsoft(
                    tenant.ok_or_else(|| {
                        missing("tenant is missing: your organisation's domain, such as \"example.onmicrosoft.com\", or its id")
                    })?,
                    grant,
                )
            }
        };
        let token_url = self.token_url.clone().or(usual.token_url);
        let scope = self.scope.clone().or(usual.scope);
        Ok(Registration {
            token_url: token_url.ok_or_else(|| {
                missing("write provider = \"microsoft\" or \"google\", or name the provider's token_url")
            })?,
            device_url: self.device_url.clone().or(usual.device_url),
            client_id: self.client_id.clone(),
            client_secret,
            scope: scope
                .ok_or_else(|| missing("scope is missing: what the provider calls the right to send mail"))?,
            grant,
        })
    }
}

/// What is known of a provider.
#[derive(Default)]
struct Usual {
    token_url: Option<Url>,
    device_url: Option<Url>,
    scope: Option<String>,
}

impl Usual {
    fn microsoft(tenant: &str, grant: Grant) -> Usual {
        let url = |end: &str| {
            Url::parse(&format!("https://login.microsoftonline.com/{tenant}/oauth2/v2.0/{end}")).ok()
        };
        let scope = match grant {
            Grant::RefreshToken => "https://outlook.office.com/SMTP.Send offline_access",
            Grant::ClientCredentials => "https://outlook.office365.com/.default",
        };
        Usual { token_url: url("token"), device_url: url("devicecode"), scope: Some(scope.to_owned()) }
    }

    /// Google's log-in by code is not for mail.
    fn google() -> Usual {
        Usual {
            token_url: Url::parse("https://oauth2.googleapis.com/token").ok(),
            device_url: None,
            scope: Some("https://mail.google.com/".to_owned()),
        }
    }
}

/// A domain or an id, and nothing that leads elsewhere.
fn is_tenant(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'))
}

/// An address that secrets may be told to: encrypted, or on this machine.
fn endpoint<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Url>, D::Error> {
    let text = String::deserialize(from)?;
    let url = Url::parse(&text).ok().filter(|url| match url.scheme() {
        "https" => url.host_str().is_some(),
        "http" => url.host_str().is_some_and(value::is_loopback),
        _ => false,
    });
    url.map(Some).ok_or_else(|| {
        de::Error::custom("secrets are told to an https address only\nwrite for example \"https://login.example.com/token\"")
    })
}
