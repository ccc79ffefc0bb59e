//! The address of an article in, the site that identifies its publisher out. Subdomains of one registered domain
//! belong to one publisher ("news." and "sport." before the same name); a host shared by many publishers never
//! identifies one.

use url::{Host, Url};

/// Second-level names below a country's ending that belong to no publisher: "gazette.co.uk" is registered, "co.uk" is
/// not. Replaces the Public Suffix List (publicsuffix.org), which is a hundred times larger and goes out of date;
/// what that list would separate and this does not is regional ("city.region.jp"), and counts a voice too few, never
/// one too many.
const SECOND_LEVEL: [&str; 22] = [
    "ac", "co", "com", "edu", "go", "gob", "gouv", "gov", "govt", "gub", "id", "info", "ltd", "mil", "ne",
    "net", "nom", "or", "org", "plc", "press", "sch",
];

/// Hosts shared by many publishers, each under a name of its own before it ("orvik.blogspot.com") or after it:
/// hosting services, feed services and aggregators.
const SHARED: [&str; 53] = [
    "apple.news",
    "archive.org",
    "beehiiv.com",
    "bit.ly",
    "blogger.com",
    "blogspot.com",
    "bsky.app",
    "buttondown.com",
    "buttondown.email",
    "dailymotion.com",
    "europa.eu",
    "facebook.com",
    "feedblitz.com",
    "feedburner.com",
    "feedproxy.google.com",
    "flipboard.com",
    "ghost.io",
    "github.io",
    "gitlab.io",
    "google.com",
    "herokuapp.com",
    "house.gov",
    "libsyn.com",
    "linkedin.com",
    "livejournal.com",
    "mailchi.mp",
    "mastodon.social",
    "medium.com",
    "msn.com",
    "netlify.app",
    "news.yahoo.com",
    "pages.dev",
    "patreon.com",
    "podbean.com",
    "reddit.com",
    "senate.gov",
    "simplecast.com",
    "smartnews.com",
    "soundcloud.com",
    "spotify.com",
    "squarespace.com",
    "substack.com",
    "t.me",
    "tumblr.com",
    "twitter.com",
    "typepad.com",
    "vercel.app",
    "vimeo.com",
    "wixsite.com",
    "wordpress.com",
    "x.com",
    "yahoo.com",
    "youtube.com",
];

/// The site of an article: its registered domain; below a shared host, the whole host; none for a shared host itself,
/// a bare IP address or a machine on the local network.
pub(super) fn of(url: &str) -> Option<String> {
    let url = Url::parse(url).ok()?;
    let Host::Domain(host) = url.host()? else { return None };
    let host = host.trim_end_matches('.');
    let host = host.strip_prefix("www.").unwrap_or(host);
    if SHARED.contains(&host) {
        return None;
    }
    let below_shared =
        SHARED.iter().any(|shared| host.strip_suffix(shared).is_some_and(|rest| rest.ends_with('.')));
    let site = if below_shared { host } else { registered(host) };
    site.contains('.').then(|| site.to_owned())
}

/// The last two labels of a host; the last three below an ending such as "co.uk".
fn registered(host: &str) -> &str {
    let dots: Vec<usize> = host.rmatch_indices('.').map(|(at, _)| at).collect();
    let label = |from: Option<&usize>, to: Option<&usize>| {
        host.get(from.map_or(0, |at| at + 1)..to.copied().unwrap_or(host.len()))
    };
    let (Some(top), Some(second)) = (label(dots.first(), None), label(dots.get(1), dots.first())) else {
        return host;
    };
    let labels = if top.len() == 2 && SECOND_LEVEL.contains(&second) { 3 } else { 2 };
    dots.get(labels - 1).and_then(|at| host.get(at + 1..)).unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::of;

    fn site(host: &str) -> Option<String> {
        of(&format!("https://{host}/2031/05/ferry"))
    }

    #[test]
    fn subdomains_are_one_publishers() {
        for host in
            ["gazette.example", "www.gazette.example", "news.gazette.example", "a.b.gazette.example:8080"]
        {
            assert_eq!(site(host).as_deref(), Some("gazette.example"), "{host}");
        }
        assert_eq!(site("sport.gazette.co.uk").as_deref(), Some("gazette.co.uk"));
        assert_eq!(site("news.com.au").as_deref(), Some("news.com.au"));
    }

    #[test]
    fn a_host_that_many_share_tells_nothing_of_its_own() {
        assert_eq!(site("feeds.feedburner.com").as_deref(), Some("feeds.feedburner.com"));
        assert_eq!(site("orvik.substack.com").as_deref(), Some("orvik.substack.com"));
        for host in
            ["medium.com", "www.youtube.com", "127.0.0.1:8080", "[::1]", "localhost", "news.yahoo.com"]
        {
            assert_eq!(site(host), None, "{host}");
        }
        assert_eq!(of("not an address"), None);
    }
}
