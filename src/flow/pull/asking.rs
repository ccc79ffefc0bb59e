//! A feed's address in, what its server answered out. Its secrets go out with the request, and stand in nothing that comes
//! back but the document itself.

use xxhash_rust::xxh3::Xxh3;

use crate::flow::parsers::sentence;
use crate::{
    config::{Feed, FeedAddress},
    fetch::{self, Fetched, Fetcher, Kind, Reply, Request, Validators},
    secret::Known,
};

/// Why there is no answer.
pub struct Unanswered {
    pub reason: String,
    /// None when nobody was asked, for want of a password.
    pub error: Option<fetch::Error>,
}

/// Asks a feed, at its own address or at the one it has `moved` to. What is known of its secrets comes with the answer.
pub async fn ask(
    fetcher: &Fetcher,
    feed: &Feed,
    moved: Option<&str>,
    validators: Validators,
) -> Result<(Reply, Known), Unanswered> {
    let unreadable = |error| Unanswered { reason: sentence(&error), error: None };
    let (own, allow_private) = (feed.url.whole(None).map_err(unreadable)?, feed.allow_private);
    let asked = feed.url.whole(moved).map_err(unreadable)?;
    let given_by = validators.given_by.unwrap_or_else(|| own.url.reveal().to_owned());
    let validators = Validators { given_by: Some(given_by), ..validators };
    let request =
        Request { url: asked.url.reveal(), kind: Kind::Feed, validators: &validators, allow_private };
    let hidden = |text: &str| asked.secrets.hidden(text);
    match fetcher.get(request).await {
        Ok(reply) => Ok((own_validators(reply.reworded(hidden), &feed.url), asked.secrets)),
        Err(error) => {
            let error = error.reworded(hidden);
            Err(Unanswered { reason: sentence(&error), error: Some(error) })
        }
    }
}

/// What stands for a document: the same one, from the same address, read by the same version, brings the same entries.
pub fn document(fetched: &Fetched) -> String {
    let content_type = fetched.content_type.as_deref().unwrap_or_default();
    let mut hash = Xxh3::new();
    for part in [env!("CARGO_PKG_VERSION"), &fetched.url, content_type]
        .map(str::as_bytes)
        .into_iter()
        .chain([&*fetched.body])
    {
        hash.update(&part.len().to_be_bytes());
        hash.update(part);
    }
    format!("{:032x}", hash.digest128())
}

/// What the feed's own address gave is kept without the address, which may be shown otherwise than it is asked.
fn own_validators(mut reply: Reply, feed: &FeedAddress) -> Reply {
    if let Reply::Fetched(fetched) = &mut reply {
        let given_by = fetched.validators.given_by.take();
        fetched.validators.given_by = given_by.filter(|given_by| !feed.is_shown_as(given_by));
    }
    reply
}
