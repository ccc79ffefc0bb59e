//! Sound documents read by the one reader or the other, with one result.

use proptest::prelude::*;
use url::Url;

use super::{Unread, read};
use crate::{
    model::Feed,
    parse::{self, Source},
};

const ADDRESS: &str = "https://harbour.example/feeds/all.xml";

fn base() -> Option<Url> {
    Url::parse(ADDRESS).ok()
}

fn strictly(document: &str) -> Result<Feed, Unread> {
    read(document, base().as_ref()).map(parse::Document::into_feed)
}

fn tolerantly(document: &str) -> Feed {
    parse::tolerant(document, base().as_ref()).unwrap_or_else(|e| panic!("{e:?}")).into_feed()
}

fn notices(document: &str) -> Vec<String> {
    let source = Source { url: ADDRESS, content_type: None };
    parse::feed(document.as_bytes(), &source).unwrap_or_else(|e| panic!("{e}")).notices
}

fn rss(items: &str) -> String {
    format!(
        "<?xml version='1.0' encoding='iso-8859-1'?><rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/' \
         xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:media='http://search.yahoo.com/mrss/' \
         xmlns:atom='http://www.w3.org/2005/Atom'><channel><title>Quay &amp;amp; Sea</title><language>en-GB</language>\
         <atom:link rel='self' href='{ADDRESS}'/><image><title>Logo</title></image>{items}</channel></rss>"
    )
}

fn rdf(items: &str) -> String {
    format!(
        "<rdf:RDF xmlns='http://purl.org/rss/1.0/' xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' \
         xmlns:dc='http://purl.org/dc/elements/1.1/'><channel rdf:about='x'><title>Quay</title>\
         <dc:language>nb</dc:language><items><rdf:Seq/></items></channel>{items}</rdf:RDF>"
    )
}

fn atom(entries: &str) -> String {
    format!(
        "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:media='http://search.yahoo.com/mrss/' xml:lang='pt-BR'><title>Quay</title><id>q</id>{entries}</feed>"
    )
}

fn json(items: &str) -> String {
    format!(
        "{{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"Quay\",\"language\":\"en\",\"items\":[{items}]}}"
    )
}

/// Parts of an entry in each format; `{n}` stands for a number, which is also how often it was revised.
const RSS: [&str; 9] = [
    "<title>Tide &amp;eacute;tale &lt;b&gt;{n}&lt;/b&gt;</title>",
    "<link> /news/{n}?utm_source=rss&amp;id={n} </link>",
    "<guid isPermaLink='false'> tag:harbour.example,2026:{n} </guid>",
    "<pubDate>So, {n} Nov 2026 07:00 CET</pubDate>",
    "<description>They met at caf&eacute; {n} &lt;p&gt;on the quay.</description>",
    "<content:encoded><![CDATA[<p>They <a href='map'>met</a> {n}.</p>]]></content:encoded>",
    "<author>ida@quay.example (Ida Quay)</author><dc:creator>Ola Kai (ola@quay.example)</dc:creator>",
    "<category domain='x'>Harbour &amp; sea</category><comments>/news/{n}#comments</comments>",
    "<media:thumbnail url='/t{n}.jpg'/><media:content medium='image' url='/m'><media:title>A gull</media:title></media:content>",
];
const ATOM: [&str; 9] = [
    "<title type='html'>Tide &amp;eacute;tale {n}</title>",
    "<link rel='self' href='s'/><link type='text/html' href=' ../news/{n}?fbclid=1'/>",
    "<id>urn:q:{n}</id>",
    "<updated>2026-11-{n}T06:00:00.5Z</updated>",
    "<published>2026-11-{n} 05:00</published>",
    "<summary>5 &lt; {n}</summary>",
    "<content type='text'>One {n}\n\nTwo</content>",
    "<author><name>Ola Kai</name><email>o@q.example</email></author><category term='a' label='Sea'/>",
    "<media:group><media:title>Film {n}</media:title><media:content url='/f' type='video/mp4'/>\
     <media:thumbnail url='/f{n}.jpg'/><media:description>Filmed {n}.</media:description></media:group>",
];
const RDF: [&str; 5] = [
    "<title>Tide {n}</title>",
    "<link>https://harbour.example/news/{n}</link>",
    "<description>They met &amp;lt; {n}.</description>",
    "<dc:date>2026-11-{n}T06:00+01:00</dc:date>",
    "<dc:creator>Ida Quay</dc:creator>",
];
const JSON: [&str; 6] = [
    "\"title\":\"Tide &amp; {n}\"",
    "\"url\":\"/news/{n}\",\"external_url\":\"/other\"",
    "\"summary\":\"They met.\"",
    "\"content_html\":\"<p>They <a href='map'>met</a> {n}.</p>\"",
    "\"date_published\":\"2026-11-{n}\"",
    "\"authors\":[{\"name\":\"Ida Quay\"}],\"tags\":[\"sea\"]",
];

/// Entries with the parts whose bits are set.
fn entries(parts: &[&str], chosen: &[u16], around: (&str, &str), between: (&str, &str)) -> String {
    let entry = |(place, bits): (usize, &u16)| {
        let parts = parts.iter().enumerate().filter(|(bit, _)| bits >> bit & 1 == 1).map(|(_, part)| *part);
        let inner = parts.collect::<Vec<_>>().join(between.0).replace("{n}", &format!("{}", place + 10));
        format!("{}{inner}{}", around.0, around.1)
    };
    chosen.iter().enumerate().map(entry).collect::<Vec<_>>().join(between.1)
}

proptest! {
    #[test]
    fn an_entry_is_the_same_whoever_read_it(chosen in proptest::collection::vec(any::<u16>(), 1..5)) {
        let item = ("<item>", "</item>");
        for document in [
            rss(&entries(&RSS, &chosen, item, ("", ""))),
            rdf(&entries(&RDF, &chosen, item, ("", ""))),
            atom(&entries(&ATOM, &chosen, ("<entry>", "</entry>"), ("", ""))),
            json(&entries(&JSON, &chosen, ("{", "}"), (",", ","))),
        ] {
            if let Ok(feed) = strictly(&document) {
                prop_assert_eq!(feed, tolerantly(&document), "{}", document);
            }
        }
    }
}

#[test]
fn sound_documents_of_every_format_are_read_strictly() {
    let all = [u16::MAX; 2];
    let item = ("<item>", "</item>");
    for document in [
        rss(&entries(&RSS, &all, item, ("", ""))),
        rdf(&entries(&RDF, &all, item, ("", ""))),
        atom(&entries(&ATOM, &all, ("<entry>", "</entry>"), ("", ""))),
        json(&entries(&JSON, &all, ("{", "}"), (",", ","))),
    ] {
        assert_eq!(strictly(&document).map(|feed| feed.entries.len()), Ok(2), "{document}");
    }
}

#[test]
fn what_feed_rs_would_lose_is_left_to_the_tolerant_reader() {
    for item in [
        "<title>A</title><feedburner:origLink>/a</feedburner:origLink>",
        "<title>A</title><guid>https://harbour.example/a</guid>",
        "<dc:title>A</dc:title>",
        "<title>A</title><description>One <b>two</b> three</description>",
        "<title>A</title><pubDate>2026-11-22</pubDate><dc:date>2026-11-21</dc:date>",
        "<title>A&#146;</title>",
        "<title xml:lang='nb'>A</title>",
        "<title>A</title><atom:link href='/a'/>",
        "<title>A</title><author>Ida \u{201c}i@quay.example\u{201d}</author>",
    ] {
        let document = rss(&format!("<item>{item}</item>"));
        assert_eq!(strictly(&document), Err(Unread::Beyond), "{item}");
        assert_eq!(notices(&document), Vec::<String>::new(), "{item}");
    }
    for version in ["", "version='2.0.1'"] {
        let document = format!("<rss {version}><channel><item><title>A</title></item></channel></rss>");
        assert_eq!(strictly(&document), Err(Unread::Beyond), "{document}");
    }
    assert_eq!(strictly(&json("{\"id\":\"1\",\"image\":\"/i.png\"}")), Err(Unread::Beyond));
    assert_eq!(strictly(&json("{\"id\":1}")), Err(Unread::Beyond));
}

#[test]
fn only_of_a_broken_document_is_said_that_it_was_repaired() {
    for item in
        ["<title>Salt & Sons</title>", "<title>A</titel>", "<title>1 < 2</title>", "<title>&#0;</title>"]
    {
        let said = notices(&rss(&format!("<item>{item}</item>")));
        assert!(
            matches!(said.as_slice(), [one] if one.starts_with("Read with repairs: ")),
            "{item}: {said:?}"
        );
    }
}
