//! Secrets that are known by themselves in, texts and addresses without them out, wherever they turn up and however they are
//! written. Never tells one secret from another.

use base64::{
    Engine,
    prelude::{BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE_NO_PAD},
};
use url::Url;

use super::{STARS, Secret, spelling};

/// Secrets to be found again.
#[derive(Debug, Clone, Default)]
pub struct Known(Vec<Secret>);

/// A shorter secret is not looked for.
const LEAST: usize = 4;

impl Known {
    pub fn new(secrets: impl IntoIterator<Item = String>) -> Known {
        let forms = secrets.into_iter().filter(|secret| secret.len() >= LEAST).flat_map(|secret| {
            [BASE64_STANDARD_NO_PAD.encode(&secret), BASE64_URL_SAFE_NO_PAD.encode(&secret), secret]
        });
        let mut forms: Vec<String> = forms.collect();
        // The longest first: one may be part of another.
        forms.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
        forms.dedup();
        Known(forms.into_iter().map(Secret).collect())
    }

    /// Whether there are none.
    pub fn is_none(&self) -> bool {
        self.0.is_empty()
    }

    /// A text about their own address with these secrets starred.
    pub fn hidden(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), starred)
    }

    /// A text of somebody else's with these secrets starred, but for short ones, which could be any word.
    pub fn hidden_in_words(&self, text: &str) -> String {
        self.long().fold(text.to_owned(), starred)
    }

    /// An address of somebody else's without the parameters that hold one of these secrets.
    pub fn without(&self, address: &str) -> String {
        let holds_one = |pair: &&str| {
            let value = pair.split_once('=').map_or(*pair, |(_, value)| value);
            self.0.iter().any(|secret| spelling::is(value, secret.reveal()))
                || self.long().any(|secret| spelling::find(value, secret.reveal(), 0).is_some())
        };
        let mut address = address.to_owned();
        if let Ok(mut url) = Url::parse(&address)
            && let Some(query) = url.query().filter(|query| query.split('&').any(|pair| holds_one(&pair)))
        {
            let kept = query.split('&').filter(|pair| !holds_one(pair)).collect::<Vec<&str>>().join("&");
            url.set_query((!kept.is_empty()).then_some(&kept));
            address = url.into();
        }
        self.hidden_in_words(&address)
    }

    fn long(&self) -> impl Iterator<Item = &Secret> {
        self.0.iter().filter(|secret| secret.reveal().len() >= 2 * LEAST)
    }
}

/// The text with one secret starred.
fn starred(mut text: String, secret: &Secret) -> String {
    let mut from = 0;
    while let Some(found) = spelling::find(&text, secret.reveal(), from) {
        from = found.start + STARS.len();
        text.replace_range(found, STARS);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_secret_is_found_in_every_form() {
        let known = Known::new(["p@ss w0rd".to_owned(), "abc".to_owned(), "tide".to_owned()]);
        assert_eq!(
            known.hidden(
                "p@ss w0rd p%40ss%20w0rd p@ss%20w0rd p%40ss+w0rd p%2540ss%2520w0rd cEBzcyB3MHJk abc tide"
            ),
            "*** *** *** *** *** *** abc ***"
        );
        let nested = Known::new(["tide".to_owned(), "tide-mill".to_owned()]);
        assert_eq!(nested.hidden("tide-mill tide tide"), "*** *** ***", "the longer is not left in half");
        assert_eq!(known.hidden_in_words("the tide of p@ss w0rd"), "the tide of ***");
        assert_eq!(known.without("https://a.example/x?q=1&t=p%40ss%20w0rd&r"), "https://a.example/x?q=1&r");
        assert_eq!(
            known.without("https://a.example/tide/x?t=tide&u=tides"),
            "https://a.example/tide/x?u=tides"
        );
        assert_eq!(known.without("https://a.example/p%40ss%20w0rd/x"), "https://a.example/***/x");
        assert_eq!(known.without("https://a.example/x?q='1"), "https://a.example/x?q='1");
        let [short, long] = ["seventh", "eighth-1"].map(|secret| Known::new([secret.to_owned()]));
        assert_eq!(short.hidden_in_words("the seventh"), "the seventh");
        assert_eq!(long.hidden_in_words("the eighth-1"), "the ***");
    }
}
