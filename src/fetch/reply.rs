//! A response in, what the caller may know of it out: body, validators, where it has moved. Never more than the limit.

use reqwest::{
    Response, StatusCode,
    header::{self, HeaderMap, HeaderName, HeaderValue},
};
use url::Url;

use super::error::Error;

/// What an answer said of itself, to be sent back word for word (RFC 9110, section 8.8).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Validators {
    pub etag: Option<String>,
    pub last_modified: Option<String>,
}

/// An answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Reply {
    /// The validators still hold: nothing is new.
    NotModified,
    Fetched(Fetched),
}

/// A body and what came with it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Fetched {
    /// Decompressed, otherwise as sent.
    pub body: Vec<u8>,
    /// The header as sent.
    pub content_type: Option<String>,
    pub validators: Validators,
    /// Where the body came from, after all redirects.
    pub url: String,
    /// The address to ask from now on: the site said 301 or 308.
    pub moved_for_good: Option<String>,
}

/// Where a response sends its reader.
pub struct Redirect {
    pub to: Url,
    pub for_good: bool,
}

impl Validators {
    fn of(headers: &HeaderMap) -> Validators {
        Validators { etag: text(headers, header::ETAG), last_modified: text(headers, header::LAST_MODIFIED) }
    }

    /// Whether there is anything to ask with.
    pub(super) fn ask(&self) -> bool {
        self.etag.is_some() || self.last_modified.is_some()
    }

    pub(super) fn headers(&self) -> HeaderMap {
        let pairs = [(header::IF_NONE_MATCH, &self.etag), (header::IF_MODIFIED_SINCE, &self.last_modified)];
        let value = |text: &Option<String>| HeaderValue::from_bytes(text.as_ref()?.as_bytes()).ok();
        pairs.into_iter().filter_map(|(name, text)| Some((name, value(text)?))).collect()
    }
}

/// The redirect a response is, if it is one.
///
/// # Errors
/// When it leads nowhere on the web.
pub fn redirect(from: &Url, response: &Response) -> Result<Option<Redirect>, Error> {
    let for_good = match response.status() {
        StatusCode::MOVED_PERMANENTLY | StatusCode::PERMANENT_REDIRECT => true,
        StatusCode::FOUND | StatusCode::SEE_OTHER | StatusCode::TEMPORARY_REDIRECT => false,
        _ => return Ok(None),
    };
    let Some(place) = text(response.headers(), header::LOCATION) else { return Ok(None) };
    match from.join(&place).ok().filter(|to| matches!(to.scheme(), "http" | "https")) {
        Some(to) => Ok(Some(Redirect { to, for_good })),
        None => Err(Error::Address { url: from.to_string(), reason: format!("it redirects to {place:?}") }),
    }
}

/// The body, counted as it is decompressed.
///
/// # Errors
/// When it is larger than `limit` bytes, or ends too early.
pub async fn read(url: &Url, mut response: Response, limit: u64) -> Result<Fetched, Error> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|e| Error::of_reading(url, &e))? {
        body.extend_from_slice(&chunk);
        if body.len() as u64 > limit {
            return Err(Error::TooLarge { url: url.to_string(), limit });
        }
    }
    Ok(Fetched {
        body,
        content_type: text(response.headers(), header::CONTENT_TYPE),
        validators: Validators::of(response.headers()),
        url: url.to_string(),
        moved_for_good: None,
    })
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<String> {
    let value = std::str::from_utf8(headers.get(name)?.as_bytes()).ok()?;
    (!value.is_empty()).then(|| value.to_owned())
}
