//! Addresses in, addresses out: resolved, without log-ins and tracking parameters, never anything but `http(s)`.

use std::ops::Range;

use url::{Host, Url, form_urlencoded};

use crate::secret;

/// An ampersand as HTML and XML escape it.
const ESCAPED: &str = "&amp;";

/// Bytes of an address; outlets' addresses are seldom a quarter as long.
const LONGEST: usize = 4096;

/// Parameters that only say where a reader came from. A trailing `*` matches any ending.
const TRACKING: [&str; 35] = [
    "utm_*",
    "at_medium",
    "at_campaign*",
    "at_custom*",
    "at_bbc*",
    "at_link*",
    "at_format",
    "at_ptr_name",
    "at_type",
    "traffic_source",
    "fbclid",
    "gclid",
    "gclsrc",
    "dclid",
    "msclkid",
    "yclid",
    "twclid",
    "igshid",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "ns_mchannel",
    "ns_source",
    "ns_campaign",
    "ns_linkname",
    "ns_fee",
    "cmpid",
    "ocid",
    "icid",
    "ito",
    "smid",
    "xtor",
    "ftag",
    "_hsenc",
    "_hsmi",
];

/// Parameters that are tracking only if their value names a feed: a `ref` or `source` can mean much else.
const TRACKING_BY_FEED: [&str; 8] = ["cmp", "emc", "from", "partner", "ref", "source", "src", "via"];

/// Where `http(s)` addresses stand in plain text, as mail programs find them: up to white space or a quotation mark,
/// without the punctuation of the sentence around them. One cut short (`…`) leads nowhere and is left out.
pub fn in_words(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let ends = |c: char| c.is_whitespace() || "<>\"".contains(c);
    let mut next = 0;
    text.split_inclusive(ends).filter_map(move |piece| {
        let at = next;
        next += piece.len();
        let piece = piece.trim_end_matches(ends);
        let begin = ["https://", "http://"].iter().filter_map(|scheme| piece.find(scheme)).min()?;
        let address = without_marks(piece.get(begin..).filter(|address| !address.ends_with('…'))?);
        Some(at + begin..at + begin + address.len())
    })
}

/// An address without trailing punctuation that belongs to the sentence.
pub fn without_marks(address: &str) -> &str {
    let kept = address.trim_end_matches(['.', ',', ':', ';', '!', '?', '\'']);
    match kept.strip_suffix(')').filter(|kept| !kept.contains('(')) {
        Some(kept) => without_marks(kept),
        None => kept,
    }
}

/// An absolute `http(s)` address, resolved against `base` if relative; nothing else is let through.
pub fn resolve(base: Option<&Url>, address: &str) -> Option<String> {
    absolute(base, address).map(String::from)
}

/// As [`resolve`], also without tracking parameters or a tracking fragment.
pub fn canonical(base: Option<&Url>, address: &str) -> Option<String> {
    let mut url = absolute(base, address)?;
    drop_tracking_parameters(&mut url);
    if url.fragment().is_some_and(is_tracking_fragment) {
        url.set_fragment(None);
    }
    Some(url.into())
}

/// Whether an address has a plausible length. Longer ones are never resolved: a document might repeat one in each of
/// its entries.
pub fn is_short(address: &str) -> bool {
    address.len() <= LONGEST
}

fn absolute(base: Option<&Url>, address: &str) -> Option<Url> {
    let address = address.trim();
    if address.is_empty() || !is_short(address) {
        return None;
    }
    let mut url = Url::options().base_url(base).parse(address).ok()?;
    unescape_query(&mut url);
    (matches!(url.scheme(), "http" | "https") && has_a_name(&url)).then(|| secret::without_login(&url))
}

/// Whether the host can be a DNS name: the URL standard lets other characters pass that no DNS name has.
fn has_a_name(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b)),
        host => host.is_some(),
    }
}

/// Undoes one escape too many, or several: no address means `&amp;` literally.
fn unescape_query(url: &mut Url) {
    let Some(query) = url.query().filter(|query| query.contains(ESCAPED)) else { return };
    let mut pairs = query.split('&');
    let mut unescaped = pairs.next().unwrap_or_default().to_owned();
    for pair in pairs {
        unescaped.push('&');
        unescaped.push_str(pair.trim_start_matches("amp;"));
    }
    url.set_query(Some(&unescaped));
}

/// Leaves every other parameter byte for byte: some outlets' addresses break when re-encoded.
fn drop_tracking_parameters(url: &mut Url) {
    let Some(query) = url.query() else { return };
    let kept: Vec<&str> = query.split('&').filter(|pair| !is_tracking(pair)).collect();
    if kept.len() == query.split('&').count() {
        return;
    }
    let kept = kept.join("&");
    url.set_query((!kept.is_empty()).then_some(&kept));
}

fn is_tracking(pair: &str) -> bool {
    let Some((name, value)) = form_urlencoded::parse(pair.as_bytes()).next() else { return false };
    let name = name.to_ascii_lowercase();
    let always = TRACKING.iter().any(|known| match known.strip_suffix('*') {
        Some(start) => name.starts_with(start),
        None => name == *known,
    });
    always || (TRACKING_BY_FEED.contains(&name.as_str()) && names_a_feed(&value))
}

/// Whether a value contains the word "rss": `rss`, `rss-world`, `nl_RSS_home`.
fn names_a_feed(value: &str) -> bool {
    value.split(|c: char| !c.is_alphanumeric()).any(|word| word.eq_ignore_ascii_case("rss"))
}

fn is_tracking_fragment(fragment: &str) -> bool {
    fragment.is_empty() || fragment.split('&').all(|pair| pair.contains('=') && is_tracking(pair))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from_harbour(address: &str) -> Option<String> {
        canonical(Url::parse("https://harbour.example/feeds/all.xml").ok().as_ref(), address)
    }

    #[test]
    fn relative_addresses_are_resolved() {
        assert_eq!(from_harbour(" ../tide ").as_deref(), Some("https://harbour.example/tide"));
        assert_eq!(from_harbour("//cdn.example/x").as_deref(), Some("https://cdn.example/x"));
    }

    #[test]
    fn a_log_in_goes() {
        let address = from_harbour("https://bo:pw@harbour.example/tide");
        assert_eq!(address.as_deref(), Some("https://harbour.example/tide"));
    }

    #[test]
    fn tracking_goes_and_the_rest_keeps_its_bytes() {
        let tracked =
            "https://harbour.example/a?id=7%2C8&utm_source=rss&q=a+b&FBCLID=1&at_medium=RSS#xtor=RSS-1";
        assert_eq!(from_harbour(tracked).as_deref(), Some("https://harbour.example/a?id=7%2C8&q=a+b"));
        assert_eq!(from_harbour("/a?traffic_source=rss").as_deref(), Some("https://harbour.example/a"));
    }

    #[test]
    fn a_query_escaped_once_too_often_is_put_right() {
        let escaped = "/story?c_id=1&amp;objectid=2&amp;amp;page=3&amp;ref=rss";
        assert_eq!(
            from_harbour(escaped).as_deref(),
            Some("https://harbour.example/story?c_id=1&objectid=2&page=3")
        );
        assert_eq!(
            resolve(None, "https://cdn.example/quay.jpg?w=60&amp;q='a%20b'").as_deref(),
            Some("https://cdn.example/quay.jpg?w=60&q=%27a%20b%27")
        );
        let path = "https://harbour.example/salt&amp;sons";
        assert_eq!(from_harbour(path).as_deref(), Some(path));
    }

    #[test]
    fn what_names_the_feed_a_reader_came_from_goes() {
        for tracked in [
            "ref=rss",
            "ref=rss-world",
            "source=RSS",
            "CMP=nl_rss_home",
            "cmp=OTC-RSS",
            "partner=rss&emc=rss",
        ] {
            let address = format!("/tide?{tracked}");
            assert_eq!(from_harbour(&address).as_deref(), Some("https://harbour.example/tide"), "{tracked}");
        }
    }

    #[test]
    fn what_may_tell_the_page_stays() {
        for kept in ["ref=harbour", "ref=pressroom", "source=42", "cmp=", "format=rss", "q=rss", "ref"] {
            let address = format!("https://harbour.example/tide?{kept}");
            assert_eq!(from_harbour(&address), Some(address.clone()), "{kept}");
        }
    }

    #[test]
    fn a_fragment_that_says_where_on_the_page_stays() {
        assert_eq!(from_harbour("/live#post-12").as_deref(), Some("https://harbour.example/live#post-12"));
    }

    #[test]
    fn only_web_addresses_pass() {
        for address in [
            "javascript:alert(1)",
            "mailto:a@b.example",
            "file:///etc/passwd",
            "data:,x",
            "",
            "http://",
            "http://a\"b.example/",
        ] {
            assert_eq!(from_harbour(address), None, "{address}");
        }
        assert_eq!(canonical(None, "tide"), None);
    }

    #[test]
    fn addresses_in_words_are_found_without_the_marks_around_them() {
        let found = |text| in_words(text).filter_map(|place| text.get(place)).collect::<Vec<&str>>();
        assert_eq!(found("Moved to http://a.example/b.xml."), ["http://a.example/b.xml"]);
        assert_eq!(
            found(
                "Ä: https://a.example/b: 404 (see https://a.example/c), <http://d.example/(e)> and «http://f.example/g"
            ),
            ["https://a.example/b", "https://a.example/c", "http://d.example/(e)", "http://f.example/g"]
        );
        assert_eq!(found("https://a.example/cut… a.example ftp://a.example"), [""; 0]);
    }
}
