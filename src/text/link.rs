//! Addresses in, addresses out: resolved, without tracking parameters, `http(s)` only.

use url::{Url, form_urlencoded};

/// Parameters that only say where a reader came from. A trailing `*` stands for any ending.
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

/// An absolute `http(s)` address, resolved against `base` where it is relative; nothing else passes.
pub fn resolve(base: Option<&Url>, address: &str) -> Option<String> {
    absolute(base, address).map(String::from)
}

/// As [`resolve`], and without tracking parameters or a fragment that is one.
pub fn canonical(base: Option<&Url>, address: &str) -> Option<String> {
    let mut url = absolute(base, address)?;
    drop_tracking_parameters(&mut url);
    if url.fragment().is_some_and(is_tracking_fragment) {
        url.set_fragment(None);
    }
    Some(url.into())
}

fn absolute(base: Option<&Url>, address: &str) -> Option<Url> {
    let address = address.trim();
    if address.is_empty() {
        return None;
    }
    let url = Url::options().base_url(base).parse(address).ok()?;
    (matches!(url.scheme(), "http" | "https") && url.has_host()).then_some(url)
}

/// Leaves the bytes of every other parameter as they are: some outlets' addresses break when written anew.
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
    let Some((name, _)) = form_urlencoded::parse(pair.as_bytes()).next() else { return false };
    let name = name.to_ascii_lowercase();
    TRACKING.iter().any(|known| match known.strip_suffix('*') {
        Some(start) => name.starts_with(start),
        None => name == *known,
    })
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
    fn tracking_goes_and_the_rest_keeps_its_bytes() {
        let tracked =
            "https://harbour.example/a?id=7%2C8&utm_source=rss&q=a+b&FBCLID=1&at_medium=RSS#xtor=RSS-1";
        assert_eq!(from_harbour(tracked).as_deref(), Some("https://harbour.example/a?id=7%2C8&q=a+b"));
        assert_eq!(from_harbour("/a?traffic_source=rss").as_deref(), Some("https://harbour.example/a"));
    }

    #[test]
    fn a_fragment_that_says_where_on_the_page_stays() {
        assert_eq!(from_harbour("/live#post-12").as_deref(), Some("https://harbour.example/live#post-12"));
    }

    #[test]
    fn only_web_addresses_pass() {
        for address in
            ["javascript:alert(1)", "mailto:a@b.example", "file:///etc/passwd", "data:,x", "", "http://"]
        {
            assert_eq!(from_harbour(address), None, "{address}");
        }
        assert_eq!(canonical(None, "tide"), None);
    }
}
