//! OAuth 2.0 for mail: an application's registration and a person's consent in, access tokens to log in with out
//! (RFC 6749, RFC 8628). Secrets are told to the configured endpoints alone; never printed, and kept in no other file than
//! the refresh token's.

mod account;
mod answer;
mod device;
mod keeper;

use std::time::Duration;

use url::{Url, form_urlencoded};

use crate::secret::{Known, Secret};

pub use account::Account;
pub use device::{Invitation, log_in};
pub use keeper::Keeper;

use answer::Answer;

/// The longest wait for one answer of an endpoint.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Bytes read of an answer: tokens have a few thousand.
const LONGEST: usize = 64 * 1024;

/// An application as it is registered with a provider, and where the provider is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registration {
    /// `https`, or on this machine.
    pub token_url: Url,
    /// Where the device flow begins; none if the provider has none for mail.
    pub device_url: Option<Url>,
    pub client_id: String,
    pub client_secret: Option<Secret>,
    /// What is asked for, separated by spaces.
    pub scope: String,
    pub grant: Grant,
}

/// By what right a token is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grant {
    /// A person has consented, and a refresh token says so.
    RefreshToken,
    /// The application itself may send (RFC 6749 section 4.4).
    ClientCredentials,
}

/// Why there is no token.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Try again later.
    #[error("cannot ask {host} for an access token: {reason}")]
    Unreachable { host: String, reason: String },
    /// The provider says no; `code` is its word for it (RFC 6749 section 5.2, RFC 8628 section 3.5).
    #[error("{host} gives no access token: {code}{}{}", said(.description), advice(.code))]
    Refused { host: String, code: String, description: String },
    #[error("nobody has logged in yet: there is no {file}; type `reveille login`")]
    NoLogin { file: String },
    #[error("cannot use the refresh token: {reason}")]
    Keeping { reason: String },
    #[error(
        "the provider has no log-in by code for this: bring a refresh token with `reveille login --token-from-stdin`"
    )]
    NoDeviceFlow,
}

fn said(description: &str) -> String {
    if description.is_empty() { String::new() } else { format!(" ({description})") }
}

/// What to do about an error code.
fn advice(code: &str) -> &'static str {
    match code {
        "invalid_grant" => "; the consent has run out or was withdrawn: type `reveille login`",
        "invalid_client" | "unauthorized_client" => {
            "; check client_id, the client secret (they run out) and what the application may do"
        }
        "invalid_scope" => "; check scope in [mail.oauth]",
        "access_denied" => "; whoever was asked declined",
        "expired_token" => "; the code was not entered in time: type `reveille login` again",
        _ => "",
    }
}

/// Asks a provider's endpoints.
struct Client {
    http: reqwest::Client,
    registration: Registration,
}

impl Client {
    fn new(registration: &Registration) -> Result<Client, Error> {
        let http = reqwest::Client::builder()
            .user_agent(concat!("reveille/", env!("CARGO_PKG_VERSION")))
            .redirect(reqwest::redirect::Policy::none())
            .timeout(TIMEOUT)
            // Connections of a run are served by several event loops.
            .pool_max_idle_per_host(0)
            .build()
            .map_err(|error| unreachable(&registration.token_url, &error))?;
        Ok(Client { http, registration: registration.clone() })
    }

    /// What `url` answers to this form, in which the application names itself.
    async fn ask(&self, url: &Url, form: &[(&str, &str)]) -> Result<Answer, Error> {
        let request = self.http.post(url.clone()).header("Content-Type", "application/x-www-form-urlencoded");
        let request = request.header("Accept", "application/json").body(self.body(form));
        let mut answer = request.send().await.map_err(|error| unreachable(url, &error))?;
        let (status, mut bytes) = (answer.status(), Vec::new());
        while let Some(piece) = answer.chunk().await.map_err(|error| unreachable(url, &error))? {
            bytes.extend_from_slice(&piece);
            if bytes.len() > LONGEST {
                return Err(unusable(url, "its answer is too long".to_owned()));
            }
        }
        answer::read(status.as_u16(), &bytes).map_err(|refusal| match refusal {
            answer::Refusal::Said { code, description } => {
                let known = self.secrets(form);
                let (code, description) = (known.hidden(&code), known.hidden(&description));
                Error::Refused { host: host(url), code, description }
            }
            answer::Refusal::Unreadable(reason) => unusable(url, reason),
        })
    }

    /// The form as it is sent.
    fn body(&self, form: &[(&str, &str)]) -> String {
        let Registration { client_id, client_secret, .. } = &self.registration;
        let mut body = form_urlencoded::Serializer::new(String::new());
        body.append_pair("client_id", client_id);
        if let Some(secret) = client_secret {
            body.append_pair("client_secret", secret.reveal());
        }
        body.extend_pairs(form).finish()
    }

    /// What is told in it and must not be told to anybody else, should the provider repeat it.
    fn secrets(&self, form: &[(&str, &str)]) -> Known {
        let told = form.iter().filter(|(name, _)| !matches!(*name, "grant_type" | "scope"));
        let client = self.registration.client_secret.iter().map(|secret| secret.reveal().to_owned());
        Known::new(told.map(|(_, value)| (*value).to_owned()).chain(client))
    }

    /// A refusal in the provider's name.
    fn refused(&self, code: &str) -> Error {
        Error::Refused {
            host: host(&self.registration.token_url),
            code: code.to_owned(),
            description: String::new(),
        }
    }

    /// An answer without what it was asked for.
    fn without_token(&self) -> Error {
        unusable(&self.registration.token_url, "its answer holds none".to_owned())
    }

    /// The answer to a request for a token with this grant.
    async fn token(&self, form: &[(&str, &str)]) -> Result<Answer, Error> {
        self.ask(&self.registration.token_url, form).await
    }
}

fn host(url: &Url) -> String {
    url.host_str().unwrap_or_default().to_owned()
}

fn unusable(url: &Url, reason: String) -> Error {
    Error::Unreachable { host: host(url), reason }
}

/// The innermost cause says it best.
fn unreachable(url: &Url, error: &reqwest::Error) -> Error {
    let mut cause: &dyn std::error::Error = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    unusable(url, cause.to_string())
}
