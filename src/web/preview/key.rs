//! A request in, whether it carries the preview's key out, which other users of this machine do not have. The key is the
//! beginning of every path, so no cookie holds it, which a browser would tell other ports of this machine, too. Never
//! shows the key in a page.

use std::io;

use aws_lc_rs::{constant_time::verify_slices_are_equal, rand};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};

use super::query::Query;

/// Random bytes of a key: 128 bits, beyond guessing.
const BYTES: usize = 16;

/// What the first segment of a path begins with.
const NAME: &str = "key=";

/// The key of one served preview.
#[derive(Clone)]
pub struct Key(String);

impl Key {
    /// A new key.
    ///
    /// # Errors
    /// The system has no random numbers.
    pub fn new() -> io::Result<Key> {
        let mut bytes = [0; BYTES];
        rand::fill(&mut bytes)
            .map_err(|_| io::Error::other("the system has no random numbers to make a key of"))?;
        Ok(Key(BASE64_URL_SAFE_NO_PAD.encode(bytes)))
    }

    /// The path of what is asked for, with the key.
    pub fn path(&self, query: &Query) -> String {
        format!("/{NAME}{}/{}", self.0, query.path().trim_start_matches("./"))
    }

    /// Whether a path begins with it.
    pub fn opens(&self, path: &str) -> bool {
        let given = path.strip_prefix('/').and_then(|path| path.split('/').next()?.strip_prefix(NAME));
        given.is_some_and(|given| verify_slices_are_equal(self.0.as_bytes(), given.as_bytes()).is_ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_printed_address_opens_it_and_what_lies_below() {
        let key = Key::new().expect("a key");
        for query in [Query::default(), Query { dark: true, ..Query::default() }] {
            let path = key.path(&query);
            assert!(key.opens(path.split('?').next().unwrap_or_default()), "{path}");
        }
        assert!(key.opens(&format!("{}style.css", key.path(&Query::default()))));
    }

    #[test]
    fn nothing_else_opens_it() {
        let (key, other) = (Key::new().expect("a key"), Key::new().expect("a key"));
        let own = key.path(&Query::default());
        for path in [
            "/".to_owned(),
            "/key=/".to_owned(),
            "/key".to_owned(),
            String::new(),
            format!("/x{own}"),
            own.replace("key=", ""),
            other.path(&Query::default()),
        ] {
            assert!(!key.opens(&path), "{path}");
        }
    }
}
