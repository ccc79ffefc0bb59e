//! A request in, whether it carries the preview's key out, which other users of this machine do not have.
//! Never shows the key in a page.

use std::io;

use aws_lc_rs::{constant_time::verify_slices_are_equal, rand};
use axum::{
    extract::Request,
    http::{HeaderValue, header},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use url::form_urlencoded;

use super::query::Query;

/// Random bytes of a key: 128 bits, beyond guessing.
const BYTES: usize = 16;

/// The key's parameter in an address.
const NAME: &str = "key";

/// The key of one served preview. A browser that brings it is given it as a cookie.
#[derive(Clone)]
pub struct Key {
    secret: String,
    /// The beginning of the cookie. A machine's ports share cookies, so it names the port, too.
    cookie: String,
}

impl Key {
    /// A new key, for the preview at `port`.
    ///
    /// # Errors
    /// The system has no random numbers.
    pub fn new(port: u16) -> io::Result<Key> {
        let mut bytes = [0; BYTES];
        rand::fill(&mut bytes)
            .map_err(|_| io::Error::other("the system has no random numbers to make a key of"))?;
        Ok(Key { secret: BASE64_URL_SAFE_NO_PAD.encode(bytes), cookie: format!("reveille-preview-{port}=") })
    }

    /// The path of what is asked for, with the key.
    pub fn path(&self, query: &Query) -> String {
        let path = query.path();
        let joint = if path.contains('?') { '&' } else { '?' };
        format!("{path}{joint}{NAME}={}", self.secret)
    }

    /// Whether the request's address holds it.
    pub fn is_in_address(&self, request: &Request) -> bool {
        let query = request.uri().query().unwrap_or_default();
        form_urlencoded::parse(query.as_bytes()).any(|(name, value)| name == NAME && self.is(&value))
    }

    /// Whether a cookie of the request holds it.
    pub fn is_in_cookie(&self, request: &Request) -> bool {
        let cookies = request.headers().get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
        cookies
            .flat_map(|line| line.split(';'))
            .filter_map(|cookie| cookie.trim().strip_prefix(self.cookie.as_str()))
            .any(|value| self.is(value))
    }

    /// The cookie that holds it: hidden from scripts, and never sent on requests of other sites.
    pub fn cookie(&self) -> Option<HeaderValue> {
        let cookie = format!("{}{}; Path=/; HttpOnly; SameSite=Strict", self.cookie, self.secret);
        HeaderValue::try_from(cookie).ok()
    }

    fn is(&self, given: &str) -> bool {
        verify_slices_are_equal(self.secret.as_bytes(), given.as_bytes()).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    fn asked(path: &str, cookie: &str) -> Request {
        Request::get(path).header(header::COOKIE, cookie).body(Body::empty()).expect("a request")
    }

    #[test]
    fn the_printed_address_opens_it_and_the_cookie_does_after_that() {
        let key = Key::new(7480).expect("a key");
        for query in [Query::default(), Query { dark: true, ..Query::default() }] {
            assert!(key.is_in_address(&asked(&key.path(&query), "")), "{}", key.path(&query));
        }
        let given = key.cookie().expect("a cookie");
        let given = given.to_str().expect("a text").split(';').next().expect("its value").to_owned();
        assert!(key.is_in_cookie(&asked("/", &given)) && !key.is_in_address(&asked("/", &given)));
        assert!(key.is_in_cookie(&asked("/", &format!("a=b; {given}; c=d"))));
    }

    #[test]
    fn nothing_else_opens_it() {
        let (key, other) = (Key::new(7480).expect("a key"), Key::new(7480).expect("a key"));
        for path in ["/".to_owned(), "/?key=".to_owned(), "/?key".to_owned(), other.path(&Query::default())] {
            assert!(!key.is_in_address(&asked(&path, "")), "{path}");
        }
        let others = other.cookie().expect("a cookie");
        for cookie in ["", "reveille-preview-7480=", others.to_str().expect("a text")] {
            assert!(!key.is_in_cookie(&asked("/", cookie)), "{cookie}");
        }
    }
}
