//! What can go wrong while fetching in, a message out: what was asked, what happened, what to check, and
//! whether to try again. Never tries again itself.

use std::time::Duration;

use reqwest::{Response, StatusCode};
use url::Url;

use super::{
    host::{Closed, LONGEST, SHORT},
    lifetime,
};

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Error {
    #[error("cannot set up fetching: {reason}; check [fetch] proxy and user_agent")]
    Setup { reason: String },
    #[error("cannot fetch {url}: {reason}; only http and https addresses and files can be fetched")]
    Address { url: String, reason: String },
    #[error("will not fetch {url}: it leads to {host}, a private address; set allow_private if it is yours")]
    Private { url: String, host: String },
    #[error("cannot connect to {url}: {reason}; check the address and the network")]
    Connect { url: String, reason: String },
    #[error("{url} did not answer in full within {} seconds; it may be down, or timeout too short", after.as_secs_f32())]
    Timeout { url: String, after: Duration },
    #[error("{url} answered {status}{}; {}", reason_phrase(*status), advice(*status))]
    Status {
        url: String,
        status: u16,
        /// A redirect led there: it is not the word of the address that was asked.
        redirected: bool,
        /// How long the site asks to be left alone.
        retry_after: Option<Duration>,
    },
    /// Not asked: the host asked for that in this run or, as remembered, in an earlier one.
    #[error("{url} was not asked: {host} wants to be left alone for {} seconds still", wait.as_secs())]
    LeftAlone { url: String, host: String, wait: Duration },
    /// Not asked: other requests to the host in this run timed out.
    #[error("{url} was not asked: {host} let other requests wait until they were given up; it may be down")]
    Late { url: String, host: String },
    #[error("{url} was not asked: the site's robots.txt keeps programs such as this one away from it")]
    Disallowed { url: String },
    #[error("{url} was not asked: the site's robots.txt cannot be read, so nothing is allowed")]
    RobotsUnreachable { url: String },
    #[error("{url} redirects more than {limit} times; open it in a browser to see where it leads")]
    Redirects { url: String, limit: usize },
    #[error("{url} sent more than {limit} bytes; raise the limit if this is what you want")]
    TooLarge { url: String, limit: u64 },
    #[error("the answer of {url} broke off or cannot be decoded: {reason}")]
    Body { url: String, reason: String },
    #[error("cannot read {path}: {reason}; does the file exist, and may it be read?")]
    File { path: String, reason: String },
}

/// A name that leads to private addresses only.
#[derive(Debug, thiserror::Error)]
#[error("{0} is a private address")]
pub struct Private(pub String);

impl Error {
    /// Whether the same request may soon succeed. Not after 429, which asks to be left alone.
    pub fn worth_retrying(&self) -> bool {
        match self {
            Error::Connect { .. } => true,
            Error::Status { status: 502..=504, retry_after, .. } => {
                retry_after.is_none_or(|wait| wait <= SHORT)
            }
            _ => false,
        }
    }

    /// How long the site asked to be left alone (`Retry-After`; RFC 9110, section 10.2.3), or still does, up
    /// to the longest time granted.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Error::Status { retry_after, .. } => *retry_after,
            Error::LeftAlone { wait, .. } => Some(*wait),
            _ => None,
        }
    }

    /// Whether nothing was sent because the site does not want it.
    pub fn was_not_asked(&self) -> bool {
        matches!(self, Error::LeftAlone { .. } | Error::Disallowed { .. } | Error::RobotsUnreachable { .. })
    }

    /// Whether the host as a whole asks to be left alone: 429 (RFC 6585, section 4), or 503 with a `Retry-After`.
    pub(super) fn closes_host(&self) -> bool {
        match self {
            Error::Status { status: 429, .. } => true,
            Error::Status { status: 503, retry_after, .. } => retry_after.is_some(),
            _ => false,
        }
    }

    /// The same with every text in it passed through a function.
    pub fn reworded(mut self, words: impl Fn(&str) -> String) -> Error {
        let (first, second) = match &mut self {
            Error::Setup { reason: text } => (text, None),
            Error::Timeout { url, .. }
            | Error::Status { url, .. }
            | Error::Disallowed { url }
            | Error::RobotsUnreachable { url }
            | Error::Redirects { url, .. }
            | Error::TooLarge { url, .. } => (url, None),
            Error::Address { url, reason } | Error::Connect { url, reason } | Error::Body { url, reason } => {
                (url, Some(reason))
            }
            Error::Private { url, host } | Error::LeftAlone { url, host, .. } | Error::Late { url, host } => {
                (url, Some(host))
            }
            Error::File { path, reason } => (path, Some(reason)),
        };
        for text in std::iter::once(first).chain(second) {
            *text = words(text);
        }
        self
    }

    pub(super) fn of_closed(url: &Url, host: &str, closed: Closed) -> Error {
        let (url, host) = (url.to_string(), host.to_owned());
        match closed {
            Closed::For(wait) => Error::LeftAlone { url, host, wait },
            Closed::Late => Error::Late { url, host },
        }
    }

    pub(super) fn of_status(url: &Url, response: &Response) -> Error {
        let retry_after = lifetime::retry_after(response.headers()).map(|wait| wait.min(LONGEST));
        let status = response.status().as_u16();
        Error::Status { url: url.to_string(), status, redirected: false, retry_after }
    }

    /// The same from an address that a redirect led to.
    pub(super) fn after_redirect(mut self) -> Error {
        if let Error::Status { redirected, .. } = &mut self {
            *redirected = true;
        }
        self
    }

    pub(super) fn of_sending(url: &Url, error: &reqwest::Error) -> Error {
        let private = causes(error).find_map(|cause| cause.downcast_ref::<Private>());
        match private {
            Some(Private(host)) => Error::Private { url: url.to_string(), host: host.clone() },
            None => Error::Connect { url: url.to_string(), reason: chain(error) },
        }
    }

    pub(super) fn of_body(url: &Url, reason: String) -> Error {
        Error::Body { url: url.to_string(), reason }
    }
}

/// The innermost cause, which says most, of an error whose outer layers repeat the address.
pub fn chain(error: &reqwest::Error) -> String {
    causes(error).last().map_or_else(|| error.to_string(), ToString::to_string)
}

fn causes<'a>(error: &'a reqwest::Error) -> impl Iterator<Item = &'a (dyn std::error::Error + 'static)> {
    let first: &'a (dyn std::error::Error + 'static) = error;
    std::iter::successors(Some(first), |error| error.source())
}

fn reason_phrase(status: u16) -> String {
    let reason = StatusCode::from_u16(status).ok().and_then(|s| s.canonical_reason());
    reason.map(|reason| format!(" ({reason})")).unwrap_or_default()
}

fn advice(status: u16) -> &'static str {
    match status {
        401 => "it wants a log-in, or another one",
        403 | 451 => "the site refuses this program",
        404 => "check the address",
        410 => "it says it is gone for good",
        429 => "it asks to be left alone for a while",
        500.. => "the trouble is at the site",
        _ => "that is no answer to a simple request",
    }
}
