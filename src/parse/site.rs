//! What a feed says of its site's address in, what its relative addresses are resolved against out.

use url::Url;

use crate::text::link;

/// The address of the site, where that is another host than the one the feed was served from: a path in such a feed leads
/// nowhere on the host of a service that only delivers it.
pub fn elsewhere(said: &str, base: Option<&Url>) -> Option<Url> {
    let site = Url::parse(said.trim()).ok().filter(|site| matches!(site.scheme(), "http" | "https"))?;
    let is_elsewhere = base.and_then(Url::host_str) != site.host_str();
    (is_elsewhere && link::is_short(site.as_str())).then_some(site)
}

#[cfg(test)]
mod tests {
    use super::elsewhere;

    #[test]
    fn only_another_host_on_the_web_is_elsewhere() {
        let base = "https://feeds.example/quay.xml".parse().ok();
        let site = |said: &str| elsewhere(said, base.as_ref()).map(String::from);
        assert_eq!(site(" https://quay.example/news/ ").as_deref(), Some("https://quay.example/news/"));
        for said in ["https://feeds.example/", "/news/", "", "ftp://quay.example/"] {
            assert_eq!(site(said), None, "{said}");
        }
        assert!(elsewhere("http://quay.example/", None).is_some());
    }
}
