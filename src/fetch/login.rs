//! An address with `user:password@` in, the address without it and the header for its own origin out. Never
//! tells another origin.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue};
use url::{Origin, Url};

use crate::secret;

/// A log-in (RFC 7617) and the origin it is for: scheme, host and port.
pub struct Login {
    origin: Origin,
    header: HeaderValue,
}

/// Takes the log-in out of an address, if one is in it.
pub fn take(url: &mut Url) -> Option<Login> {
    let bare = secret::without_login(url);
    let url = std::mem::replace(url, bare);
    let decoded = |text: &str| percent_encoding::percent_decode_str(text).collect::<Vec<u8>>();
    if url.username().is_empty() && url.password().is_none() {
        return None;
    }
    let pair = [decoded(url.username()), decoded(url.password().unwrap_or_default())].join(&b':');
    let mut header = HeaderValue::from_str(&format!("Basic {}", BASE64_STANDARD.encode(pair))).ok()?;
    header.set_sensitive(true);
    Some(Login { origin: url.origin(), header })
}

impl Login {
    /// What to add to a request for `url`: nothing at another origin, even after a redirect.
    pub fn headers(&self, url: &Url) -> HeaderMap {
        let own = url.origin() == self.origin;
        own.then(|| (AUTHORIZATION, self.header.clone())).into_iter().collect()
    }
}
