//! Texts and addresses in, what may be printed of them out: no log-in, no token, no private key. And a text that cannot be
//! printed by accident.

mod known;
mod mask;
mod spelling;

use std::{fmt, sync::LazyLock};

use regex::{Captures, Regex};
use url::{Url, form_urlencoded};

pub use known::Known;
pub use mask::{mask, mask_all};

/// What stands in the place of a secret.
pub const STARS: &str = "***";

/// A secret text: its `Debug` and `Display` print `***`, and it is never serialised.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    pub fn new(text: impl Into<String>) -> Secret {
        Secret(text.into())
    }

    /// The text itself, for the one place that must have it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(STARS)
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(STARS)
    }
}

/// Parts of a parameter's name that make it a secret's, whatever else is in it.
const WITHIN: [&str; 8] =
    ["token", "secret", "password", "passwd", "passphrase", "apikey", "signature", "credential"];

/// Ends of a parameter's name that make it a secret's.
const ENDING: [&str; 9] = ["key", "auth", "sig", "pass", "pwd", "jwt", "hmac", "session", "sessionid"];

/// Whether a parameter of this name is taken for a secret: `token`, `access_token`, `apikey`, `key`, `sig`, `X-Amz-Signature`.
/// Rather one too many: what is starred is only not printed.
pub fn is_secret_name(name: &str) -> bool {
    let bare: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    WITHIN.iter().any(|part| bare.contains(part)) || ENDING.iter().any(|end| bare.ends_with(end))
}

/// An address as it may be shown: without a log-in, the values of secret parameters starred, every other byte as it was.
pub fn shown(url: &Url) -> Url {
    let mut url = without_login(url);
    if let Some(query) = url.query() {
        let starred = starred(query);
        if starred != query {
            url.set_query(Some(&starred));
        }
    }
    if let Some(fragment) = url.fragment() {
        let starred = starred(fragment);
        if starred != fragment {
            url.set_fragment(Some(&starred));
        }
    }
    url
}

/// The same address for whoever has no log-in.
pub fn without_login(url: &Url) -> Url {
    let mut url = url.clone();
    // An address that cannot have a log-in has none.
    let _ = url.set_password(None).and_then(|()| url.set_username(""));
    url
}

fn starred(query: &str) -> String {
    let pairs = query.split('&').map(|pair| match pair.split_once('=') {
        Some((name, value)) if !value.is_empty() && is_secret_name(&decoded(name)) => {
            format!("{name}={STARS}")
        }
        _ => pair.to_owned(),
    });
    pairs.collect::<Vec<String>>().join("&")
}

/// The values of an address's secret parameters, decoded.
pub fn values(url: &Url) -> Vec<String> {
    let secret = url.query_pairs().filter(|(name, value)| !value.is_empty() && is_secret_name(name));
    secret.map(|(_, value)| value.into_owned()).collect()
}

fn decoded(name: &str) -> String {
    form_urlencoded::parse(name.as_bytes()).map(|(name, _)| name.into_owned()).collect()
}

/// A text with the secrets in it starred: log-ins and secret parameters of addresses, and private keys. What is no
/// address and no key is not looked at: a password alone looks like any other word.
pub fn hidden(text: &str) -> String {
    each(text, |_| STARS.to_owned())
}

/// The same, with `stars` in the place of each secret.
pub fn each(text: &str, stars: impl Fn(&str) -> String) -> String {
    static LOGIN: LazyLock<Regex> =
        // An apostrophe is a letter like any other in a log-in: it is not written as `%27` there.
        LazyLock::new(|| regex(r#"(?i)(\b[a-z][a-z0-9+.-]*://)([^/\s?#"<>]+)(@)"#));
    static PARAMETER: LazyLock<Regex> =
        LazyLock::new(|| regex(r#"([?&#;]([\w.%\[\]-]+)=)([^&\s#'"<>]*[^&\s#'"<>.,:;)])"#));
    static KEY: LazyLock<Regex> = LazyLock::new(|| {
        regex(r"(?s)(-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----)(.+?)(-----END [A-Z0-9 ]*PRIVATE KEY-----|\z)")
    });
    let inner = |found: &Captures| {
        format!("{}{}{}", &found[1], stars(&found[2]), found.get(3).map_or("", |m| m.as_str()))
    };
    let text = KEY.replace_all(text, inner);
    let text = LOGIN.replace_all(&text, inner);
    let parameter = |found: &Captures| match is_secret_name(&decoded(&found[2])) {
        true => format!("{}{}", &found[1], stars(&found[3])),
        false => found[0].to_owned(),
    };
    PARAMETER.replace_all(&text, parameter).into_owned()
}

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a pattern of this file is sound")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> String {
        shown(&Url::parse(text).expect("an address")).to_string()
    }

    #[test]
    fn a_secret_is_not_printed() {
        let secret = Secret::new("hunter2");
        assert_eq!(format!("{secret} {secret:?} {:?}", Some(&secret)), "*** *** Some(***)");
        assert_eq!(secret.reveal(), "hunter2");
    }

    #[test]
    fn an_address_is_shown_without_its_secrets() {
        assert_eq!(address("https://bo:p%40ss@wire.example/rss"), "https://wire.example/rss");
        assert_eq!(address("https://ghp_token@wire.example/rss"), "https://wire.example/rss");
        assert_eq!(
            address("https://wire.example/rss?topic=a%2Cb&Token=x%26y&apikey=z&x-amz-signature=s&a"),
            "https://wire.example/rss?topic=a%2Cb&Token=***&apikey=***&x-amz-signature=***&a"
        );
        assert_eq!(
            address("https://a.example/#access_token=x&y=1"),
            "https://a.example/#access_token=***&y=1"
        );
        assert_eq!(address("https://a.example/?%74oken=x"), "https://a.example/?%74oken=***");
        assert_eq!(
            address("https://a.example/?my_key=x&user-auth=x&PHPSESSIONID=x&keys=x"),
            "https://a.example/?my_key=***&user-auth=***&PHPSESSIONID=***&keys=x"
        );
    }

    #[test]
    fn what_is_no_secret_is_shown_as_it_is() {
        for text in [
            "https://www.stripes.com/arc/outboundfeeds/rss/?outputType=xml",
            "https://news.example/@ann.rss?page=2&tokenless",
            "https://a.example/?token=&q='%20'",
            "file:///news/saved.xml",
        ] {
            let url = Url::parse(text).expect("an address");
            assert_eq!(shown(&url), url);
            assert_eq!(hidden(text), text);
        }
    }

    #[test]
    fn secrets_within_a_text_are_starred() {
        for (text, masked) in [
            ("cannot reach https://bo:p:w@a.example/x: gone", "cannot reach https://***@a.example/x: gone"),
            ("'https://bo:pa'ss@a.example/x' is gone", "'https://***@a.example/x' is gone"),
            ("see http://[::1]:80/?key=abc.", "see http://[::1]:80/?key=***."),
            ("(https://a.example/?a=1&amp;sig=x)", "(https://a.example/?a=1&amp;sig=***)"),
            ("smtp://host?tls=required", "smtp://host?tls=required"),
            ("-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc", "-----BEGIN RSA PRIVATE KEY-----***"),
        ] {
            assert_eq!(hidden(text), masked);
            assert_eq!(hidden(masked), masked, "once is enough");
        }
    }

    #[test]
    fn the_values_of_secret_parameters_are_known() {
        let url = Url::parse("https://a.example/?key=a%20b&q=c&token=").expect("an address");
        assert_eq!(values(&url), ["a b"]);
    }
}
