//! What a feed says of a picture in, the one picture of the entry out. Addresses only; nothing is fetched.

use url::Url;

use super::limits;
use crate::{model::Picture, text::link};

/// A picture that was offered, with what speaks for it.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Candidate {
    /// 0 for the article's own picture, more for what stands in for it.
    pub rank: u8,
    /// Pixels; 0 when not said.
    pub width: u32,
    pub picture: Picture,
}

/// What the attributes of `media:content`, `media:thumbnail`, `enclosure`, `itunes:image` or an attachment say.
#[derive(Debug, Default)]
pub struct Offer<'a> {
    pub url: &'a str,
    /// MIME type; empty when not said.
    pub kind: &'a str,
    /// Media RSS `medium`; empty when not said.
    pub medium: &'a str,
    pub width: &'a str,
    pub alt: &'a str,
    /// The element is always a picture.
    pub certain: bool,
}

/// The picture, if what is offered is one that can be linked to.
pub fn candidate(rank: u8, offer: &Offer, base: Option<&Url>) -> Option<Candidate> {
    let url = link::resolve(base, offer.url)?;
    let said = [offer.kind, offer.medium].iter().any(|s| s.starts_with("image"));
    let silent = offer.kind.is_empty() && offer.medium.is_empty();
    if !(offer.certain || said || (silent && looks_like_a_picture(&url))) {
        return None;
    }
    let width = offer.width.parse().unwrap_or(0);
    Some(Candidate { rank, width, picture: Picture { url, alt: limits::title(offer.alt.to_owned()) } })
}

/// The best: the lowest rank, then the widest, then the first.
pub fn best(candidates: Vec<Candidate>) -> Option<Picture> {
    let order = |c: &Candidate| (c.rank, std::cmp::Reverse(c.width));
    candidates.into_iter().min_by_key(order).map(|c| c.picture)
}

fn looks_like_a_picture(url: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or(url).to_ascii_lowercase();
    [".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif"].iter().any(|ending| path.ends_with(ending))
}
