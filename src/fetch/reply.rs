//! A response in, what the caller may know of it out: body, validators, where it has moved. Never looks into a body.

use std::{borrow::Cow, time::Duration};

use percent_encoding::{AsciiSet, percent_encode};
use reqwest::{
    Response, StatusCode,
    header::{self, HeaderMap, HeaderName, HeaderValue},
};
use url::Url;

use super::{
    Kind,
    body::{self, Body},
    deadline::Deadline,
    error::Error,
    lifetime::lifetime,
    room::{Room, Rooms},
};
use crate::{secret, text::link};

/// How much of a foreign address is shown, in characters.
const SHOWN: usize = 200;

/// No byte but those beyond ASCII, which are always escaped.
const NON_ASCII: &AsciiSet = &AsciiSet::EMPTY;

/// An answer's validators, to be sent back unchanged (RFC 9110, section 8.8).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Validators {
    pub etag: Option<String>,
    pub last_modified: Option<String>,
    /// The address that answered with them, as it is shown, and the only one they are sent to; `None` for the
    /// one asked for.
    pub given_by: Option<String>,
}

/// An answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Reply {
    /// The validators still hold: nothing is new.
    NotModified(Terms),
    Fetched(Fetched),
}

impl Reply {
    /// The same with every address in it passed through a function.
    pub fn reworded(mut self, words: impl Fn(&str) -> String) -> Reply {
        let moved = self.terms_mut().moved_for_good.take();
        self.terms_mut().moved_for_good = moved.as_deref().map(&words);
        if let Reply::Fetched(fetched) = &mut self {
            fetched.url = words(&fetched.url);
            let given_by = fetched.validators.given_by.take();
            fetched.validators.given_by = given_by.as_deref().map(&words);
            fetched.broken_off = fetched.broken_off.take().map(|error| Box::new(error.reworded(words)));
        }
        self
    }

    pub(super) fn terms_mut(&mut self) -> &mut Terms {
        match self {
            Reply::NotModified(terms) => terms,
            Reply::Fetched(fetched) => &mut fetched.terms,
        }
    }
}

/// What the site asks of the next request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Terms {
    /// How long the answer is fresh, if the site says so.
    pub lifetime: Option<Duration>,
    /// The address to ask from now on: the site said 301 or 308.
    pub moved_for_good: Option<String>,
}

/// A body and what came with it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Fetched {
    /// Unpacked, otherwise as received.
    pub body: Vec<u8>,
    /// The header as received.
    pub content_type: Option<String>,
    pub validators: Validators,
    /// Where the body came from, after all redirects.
    pub url: String,
    pub terms: Terms,
    /// Why the body may lack its end; what came of it is there.
    pub broken_off: Option<Box<Error>>,
    /// Released with the last copy of this.
    pub(super) room: Room,
}

/// Where a response sends its reader.
pub struct Redirect {
    pub to: Url,
    pub for_good: bool,
}

impl Validators {
    fn of(url: &Url, headers: &HeaderMap) -> Validators {
        Validators {
            etag: text(headers, header::ETAG),
            last_modified: text(headers, header::LAST_MODIFIED),
            given_by: Some(url.to_string()),
        }
    }

    /// Those of `url`, when `asked` is the address that the request was for. One address's validators mean
    /// nothing at another (RFC 9110, section 13.1), where a redirect may lead today.
    pub(super) fn headers(&self, url: &Url, asked: &str) -> HeaderMap {
        let given_by = Url::parse(self.given_by.as_deref().unwrap_or(asked));
        if !given_by.is_ok_and(|given_by| secret::shown(&given_by) == secret::shown(url)) {
            return HeaderMap::new();
        }
        let pairs = [(header::IF_NONE_MATCH, &self.etag), (header::IF_MODIFIED_SINCE, &self.last_modified)];
        let value = |text: &Option<String>| HeaderValue::from_bytes(text.as_ref()?.as_bytes()).ok();
        pairs.into_iter().filter_map(|(name, text)| Some((name, value(text)?))).collect()
    }
}

impl Terms {
    pub(super) fn of(response: &Response) -> Terms {
        Terms { lifetime: lifetime(response.headers()), moved_for_good: None }
    }
}

/// The redirect in a response, if it is one.
///
/// # Errors
/// When it leads nowhere on the web.
pub fn redirect(from: &Url, response: &Response) -> Result<Option<Redirect>, Error> {
    let for_good = match response.status() {
        StatusCode::MOVED_PERMANENTLY | StatusCode::PERMANENT_REDIRECT => true,
        StatusCode::FOUND | StatusCode::SEE_OTHER | StatusCode::TEMPORARY_REDIRECT => false,
        _ => return Ok(None),
    };
    let Some(place) = response.headers().get(header::LOCATION).filter(|place| !place.is_empty()) else {
        return Ok(None);
    };
    let place = address(place.as_bytes());
    let is_usable = |to: &Url| matches!(to.scheme(), "http" | "https") && link::is_short(to.as_str());
    match from.join(&place).ok().filter(is_usable) {
        Some(to) => Ok(Some(Redirect { to: secret::without_login(&to), for_good })),
        None => {
            let shown: String = place.chars().take(SHOWN).collect();
            Err(Error::Address { url: from.to_string(), reason: format!("it redirects to {shown:?}") })
        }
    }
}

/// What the response to a request of this kind brought.
///
/// # Errors
/// When nothing readable came, or more than `limit` bytes; a robots.txt is cut there instead (RFC 9309, section 2.5).
pub async fn read(
    url: &Url,
    response: Response,
    kind: Kind,
    limit: u64,
    rooms: &Rooms,
    deadline: &mut Deadline,
) -> Result<Fetched, Error> {
    let fetched = Fetched {
        content_type: text(response.headers(), header::CONTENT_TYPE),
        validators: Validators::of(url, response.headers()),
        url: url.to_string(),
        terms: Terms::of(&response),
        ..Fetched::default()
    };
    let Body { bytes, broken_off, is_over, room } = body::read(url, response, limit, rooms, deadline).await?;
    if is_over && kind != Kind::Robots {
        return Err(Error::TooLarge { url: url.to_string(), limit });
    }
    Ok(Fetched { body: bytes, broken_off, room, ..fetched })
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<String> {
    let value = std::str::from_utf8(headers.get(name)?.as_bytes()).ok()?;
    (!value.is_empty()).then(|| value.to_owned())
}

/// An address in a header: in UTF-8, or with the bytes of another encoding, which stand for themselves.
fn address(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(address) => Cow::Borrowed(address),
        Err(_) => percent_encode(bytes, NON_ASCII).to_string().into(),
    }
}
