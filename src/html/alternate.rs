//! An HTML page in, the addresses of the feeds it names out (`<link rel="alternate">`, as browsers find them). Never asks for
//! one.

use url::Url;

use super::{
    attribute_value,
    tag::{Piece, Pieces},
};

/// Feeds of one page that are named; sites with more name one for every tag.
const MOST: usize = 3;

/// The feeds that the page at `url` names, whole and in its order.
pub fn alternate_feeds(page: &str, url: &str) -> Vec<String> {
    let base = Url::parse(url).ok();
    let links = Pieces::of_page(page).filter_map(|piece| match piece {
        Piece::Tag(tag) if tag.is("link") => Some(tag),
        _ => None,
    });
    let feeds = links.filter_map(|link| {
        let of = |name: &str| link.attribute(name).map(|written| attribute_value(written).trim().to_owned());
        let is_alternate = of("rel")?.split_whitespace().any(|word| word.eq_ignore_ascii_case("alternate"));
        let kind = of("type")?.to_ascii_lowercase();
        let is_feed =
            ["application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"]
                .contains(&kind.split(';').next().unwrap_or_default().trim());
        let address = base.as_ref()?.join(&of("href")?).ok()?;
        (is_alternate && is_feed && matches!(address.scheme(), "http" | "https")).then(|| address.to_string())
    });
    feeds.take(MOST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_feeds_that_a_page_names_are_found() {
        let page = r#"<!DOCTYPE html><html><head><link rel=stylesheet href=/x.css>
            <LINK REL="Alternate" TYPE="application/rss+xml; charset=utf-8" HREF="/rss?a=1&amp;b=2">
            <link rel="alternate" type="text/html" hreflang="de" href="/de">
            <link type='application/atom+xml' href='https://feeds.example/atom' rel='home alternate'>
            <link rel="alternate" type="application/rss+xml" href="javascript:alert(1)"></head>"#;
        let found = alternate_feeds(page, "https://gazette.example/news/");
        assert_eq!(found, ["https://gazette.example/rss?a=1&b=2", "https://feeds.example/atom"]);
        assert!(alternate_feeds("<p>no feed", "https://gazette.example/").is_empty());
    }
}
