//! What identifies an entry, and where its link leads.

use super::*;

#[test]
fn of_entries_with_one_key_the_first_is_kept() {
    let feed = parsed(
        "<rss><item><guid>g</guid><title>Tide runs out</title></item>\
         <item><guid>g</guid><title>Tide runs out again</title></item></rss>",
    );
    assert_eq!((titles(&feed), feed.doubles), (vec!["Tide runs out"], 1));
}

#[test]
fn a_guid_or_a_link_of_several_articles_identifies_none_of_them() {
    let item = |identifier: &str, title: &str| {
        format!(
            "<item>{identifier}<title>{title}</title><pubDate>Sun, 22 Nov 2026 06:00:00 GMT</pubDate></item>"
        )
    };
    let all = ["Ferry aground off Tolm", "Mill grinds again", "Quay stays shut"];
    for identifier in [
        "<guid isPermaLink='false'>N/A</guid>",
        "<link>https://harbour.example/</link>",
        "<guid>https://harbour.example/</guid><link>https://harbour.example/</link>",
    ] {
        let items: String = all.iter().map(|title| item(identifier, title)).collect();
        let feed = parsed(&format!("<rss><channel>{items}</channel></rss>"));
        assert_eq!(titles(&feed), all, "{identifier}");
        let first = parsed(&format!("<rss><channel>{}{items}</channel></rss>", item(identifier, all[0])));
        assert_eq!((titles(&first), first.doubles), (all.to_vec(), 1), "{identifier}");
    }
}

#[test]
fn relative_links_are_the_sites_where_the_feed_is_served_by_another_host() {
    let link = |feed: &str| parsed(feed).entries.remove(0).link.expect("a link");
    let item = "<item><title>Tide</title><link>/tide</link></item>";
    let rss = |site: &str, base: &str| format!("<rss{base}><channel>{site}{item}</channel></rss>");
    let site = "<link>https://quay.example/news</link>";
    assert_eq!(link(&rss(site, "")), "https://quay.example/tide");
    assert_eq!(link(&rss(site, " xml:base='https://mast.example/'")), "https://mast.example/tide");
    assert_eq!(link(&rss("", "")), "https://harbour.example/tide");
    let atom = |links: &str| {
        format!(
            "<feed xmlns='http://www.w3.org/2005/Atom'>{links}<entry><title>T</title><link href='tide'/></entry></feed>"
        )
    };
    let own = "<link rel='self' href='https://quay.example/feeds/all.xml'/>";
    assert_eq!(link(&atom(own)), "https://quay.example/feeds/tide");
    assert_eq!(
        link(&atom(&format!("{own}<link href='https://mast.example/'/>"))),
        "https://mast.example/tide"
    );
    let json = "{\"version\":\"https://jsonfeed.org/version/1.1\",\"home_page_url\":\"https://quay.example/\",\
                \"items\":[{\"id\":\"1\",\"title\":\"T\",\"url\":\"/tide\"}]}";
    assert_eq!(link(json), "https://quay.example/tide");
}

#[test]
fn a_guid_of_several_addresses_identifies_none_of_them() {
    let items = ["/a", "/b", "/b"].map(|link| format!("<item><guid>N/A</guid><link>{link}</link></item>"));
    let feed = parsed(&format!("<rss><channel>{}</channel></rss>", items.concat()));
    let keys: Vec<&str> = feed.entries.iter().map(|entry| entry.key.as_str()).collect();
    assert_eq!(keys, ["https://harbour.example/a", "https://harbour.example/b"]);
}
