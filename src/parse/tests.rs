//! Feeds as outlets, and as strangers, serve them.

mod identity;

use proptest::prelude::*;

use super::*;
use crate::{
    html,
    model::{Entry, Picture},
};

const SOURCE: Source = Source { url: "https://harbour.example/feeds/all.xml", content_type: None };

fn parsed(document: &str) -> Feed {
    feed(document.as_bytes(), &SOURCE).unwrap_or_else(|e| panic!("{e}"))
}

/// The one entry of a channel that holds `item`.
fn item(item: &str) -> Entry {
    let document =
        format!("<rss version='2.0'><channel><title>Tides</title><item>{item}</item></channel></rss>");
    parsed(&document).entries.into_iter().next().unwrap_or_else(|| panic!("no entry in {document}"))
}

fn titles(feed: &Feed) -> Vec<&str> {
    feed.entries.iter().map(|e| e.title.as_str()).collect()
}

#[test]
fn an_rss_item_becomes_an_entry() {
    let entry = item(
        "<title>Ferry &amp;amp; tug &lt;b&gt;meet&lt;/b&gt;</title><link>/news/ferry?id=4&amp;utm_source=rss</link>
         <guid isPermaLink='false'>tag:harbour.example,2026:4</guid><pubDate>Sun, 22 Nov 2026 06:00:00 CET</pubDate>
         <description><![CDATA[<p>They met at noon.</p>]]></description>
         <content:encoded><![CDATA[<p>They met <a href='map'>here</a>.<script>x()</script></p>]]></content:encoded>
         <dc:creator>Ida Quay</dc:creator><category>Harbour</category><category>Harbour</category>
         <media:thumbnail url='/s.jpg' width='120'/><media:thumbnail url='/m.jpg' width='240'/>",
    );
    assert_eq!(entry.title, "Ferry & tug meet");
    assert_eq!(entry.link.as_deref(), Some("https://harbour.example/news/ferry?id=4"));
    assert_eq!(entry.key, "tag:harbour.example,2026:4");
    assert_eq!(entry.published.map(|p| p.to_string()).as_deref(), Some("2026-11-22T05:00:00Z"));
    assert_eq!(entry.summary, "They met at noon.");
    let content = "<p>They met <a href=\"https://harbour.example/feeds/map\">here</a>.</p>";
    assert_eq!(html::safe(&entry.blocks), content);
    assert_eq!((entry.authors, entry.categories), (vec!["Ida Quay".to_owned()], vec!["Harbour".to_owned()]));
    assert_eq!(
        entry.picture,
        Some(Picture { url: "https://harbour.example/m.jpg".to_owned(), alt: String::new() })
    );
}

#[test]
fn an_atom_entry_becomes_an_entry() {
    let feed = parsed(
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='nb' xml:base='https://quay.example/'><title>Quay</title>
         <entry><title type='html'>Tide &amp;eacute;tale</title><id>urn:q:1</id><updated>2026-11-22T06:00:00Z</updated>
         <link rel='self' href='x'/><link rel='alternate' href='tide'/><author><name>Ola Kai</name><email>o@q.example</email></author>
         <content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>5 &lt; 6<br/>feet</p></div></content></entry></feed>",
    );
    let [entry] = feed.entries.as_slice() else { panic!("{feed:?}") };
    assert_eq!(
        (feed.title.as_str(), entry.title.as_str(), entry.key.as_str()),
        ("Quay", "Tide étale", "urn:q:1")
    );
    assert_eq!(entry.link.as_deref(), Some("https://quay.example/tide"));
    assert_eq!(html::safe(&entry.blocks), "<p>5 &lt; 6 feet</p>");
    assert_eq!(
        (entry.authors.as_slice(), entry.lang.as_deref()),
        (["Ola Kai".to_owned()].as_slice(), Some("nb"))
    );
    assert_eq!(entry.published.map(|p| p.to_string()).as_deref(), Some("2026-11-22T06:00:00Z"));
}

#[test]
fn rdf_atom_0_3_and_rss_without_a_version_are_read() {
    for document in [
        "<rdf:RDF xmlns='http://purl.org/rss/1.0/' xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>
         <channel><items><rdf:Seq/></items></channel><item rdf:about='a'><title>Tide</title></item></rdf:RDF>",
        "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><entry><title mode='base64'>VGlkZQ==</title></entry></feed>",
        "<rss><channel><item><title>Tide</title></item></channel></rss>",
        "<rss version='0.91'><channel><ITEM><TITLE>Tide</TITLE></ITEM></channel></rss>",
        "<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:entry><a:title>Tide</a:title></a:entry></a:feed>",
    ] {
        assert_eq!(titles(&parsed(document)), ["Tide"], "{document}");
    }
}

#[test]
fn a_feed_says_when_it_wants_to_be_asked_again_and_an_entry_does_not() {
    let feed = parsed(
        "<rss><channel><skipHours><hour>3</hour></skipHours><sy:updatePeriod>daily</sy:updatePeriod>
         <item><title>Tide</title><ttl>90000</ttl></item><ttl>5</ttl></channel></rss>",
    );
    assert_eq!(feed.pace.every.map(|every| every.as_secs()), Some(24 * 3600));
    assert_eq!((feed.pace.skip_hours.into_iter().collect(), feed.entries.len()), (vec![3], 1));
}

#[test]
fn the_key_is_guid_then_link_then_what_is_said() {
    assert_eq!(item("<guid>g</guid><link>/a</link>").key, "g");
    assert_eq!(item("<title>One</title><link>/a?utm_medium=feed</link>").key, "https://harbour.example/a");
    let said = item("<title>One</title><description>Two</description>");
    assert_eq!(said.key, item("<description>Two</description><title> One </title>").key);
    assert_ne!(said.key, item("<title>One</title><description>Three</description>").key);
}

#[test]
fn a_guid_that_counts_revisions_of_its_link_is_the_link() {
    let key =
        |n: u8| item(&format!("<link>/a?at_medium=RSS</link><guid>https://harbour.example/a#{n}</guid>")).key;
    assert_eq!(
        (key(0), key(3)),
        ("https://harbour.example/a".to_owned(), "https://harbour.example/a".to_owned())
    );
}

#[test]
fn the_articles_own_picture_comes_before_its_stand_ins() {
    let picture =
        |offers: &str| item(offers).picture.map(|p| p.url.rsplit('/').next().unwrap_or_default().to_owned());
    let sound = "<enclosure url='/a.mp3' type='audio/mpeg'/>";
    let (enclosed, thumbnail) =
        ("<enclosure url='/e.jpg' type='image/jpeg'/>", "<media:thumbnail url='/t.jpg' width='900'/>");
    let own = "<media:group><media:content medium='image' url='/s.jpg' width='300'/>\
               <media:content medium='image' url='/l.jpg' width='600'/></media:group>";
    assert_eq!(picture(sound), None);
    assert_eq!(picture(&[sound, enclosed].concat()).as_deref(), Some("e.jpg"));
    assert_eq!(picture(&[enclosed, thumbnail].concat()).as_deref(), Some("t.jpg"));
    assert_eq!(picture(&[enclosed, thumbnail, own].concat()).as_deref(), Some("l.jpg"));
}

#[test]
fn the_title_of_a_medium_is_the_title_of_an_entry_that_has_nothing_else() {
    let photo = "<enclosure url='/a.jpg' type='image/jpeg'><media:title>A gull</media:title></enclosure>";
    assert_eq!(item(photo).title, "A gull");
    assert_eq!(item(&format!("{photo}<title>Tide</title>")).title, "Tide");
    assert_eq!(item(&format!("{photo}<description>The tide ran out.</description>")).title, "");
}

#[test]
fn what_is_said_of_a_film_is_the_summary_and_a_caption_is_not() {
    let film = item("<media:group><media:description>The tide, filmed.</media:description></media:group>");
    assert_eq!(film.summary, "The tide, filmed.");
    let photo =
        item("<media:content url='/a.jpg'><media:description>A gull.</media:description></media:content>");
    assert_eq!((photo.summary.as_str(), photo.picture.is_some()), ("", true));
}

#[test]
fn a_description_that_is_the_whole_text_is_the_content_unless_there_is_one() {
    let rest = "The tide ran on past the quay. ".repeat(14);
    let described =
        format!("<description><![CDATA[<p>They met.</p><p><a href='map'>{rest}</a></p>]]></description>");
    let entry = item(&described);
    assert_eq!(entry.summary, "They met.");
    let content = html::safe(&entry.blocks);
    assert!(content.contains("<a href=\"https://harbour.example/feeds/map\">The tide"), "{content}");
    let entry = item(&format!("{described}<content:encoded>&lt;p&gt;Body&lt;/p&gt;</content:encoded>"));
    assert_eq!(html::safe(&entry.blocks), "<p>Body</p>");
    assert!(entry.summary.ends_with("past the quay."));
}

#[test]
fn broken_markup_costs_no_entry() {
    for broken in [
        "<title>Salt & Sons</title><description>one<br>two</description>",
        "<title>Salt &amp; Sons</titel><guid>1</guid>",
        "<title>Salt &amp; Sons<guid>1</guid>",
        "<nope:x>y</nope:x><title>Salt &#38; Sons</title><link>http://[</link></p>",
        "<title>Salt &amp;amp; Sons</title><pubDate>1 < 2</pubDate>",
    ] {
        let document = format!(
            "<b>Notice</b>\n<rss><channel><item>{broken}</item><item><title>Next</title></item></channel></rss>"
        );
        assert_eq!(titles(&parsed(&document)), ["Salt & Sons", "Next"], "{broken}");
    }
}

#[test]
fn a_document_cut_short_keeps_its_whole_entries_and_says_so() {
    let whole =
        "<rss><channel><item><title>One</title></item><item><title>Two</title></item></channel></rss>";
    let cut = parsed(&whole[..whole.len() - 30]);
    assert_eq!(titles(&cut), ["One"]);
    assert!(cut.notices.iter().any(|n| n.contains("left out")), "{:?}", cut.notices);
    let json = parsed(
        "{\"feed_url\":\"/f\",\"title\":\"Q\",\"items\":[{\"id\":\"1\",\"title\":\"One\"},{\"id\":\"2\",\"ti",
    );
    assert_eq!((titles(&json), json.notices.len()), (vec!["One"], 1));
    assert_eq!(parsed(whole).notices, Vec::<String>::new());
}

#[test]
fn what_is_no_feed_is_an_error_that_says_what_it_is() {
    let says = |bytes: &[u8]| feed(bytes, &SOURCE).map_or_else(|e| e.to_string(), |_| "a feed".to_owned());
    assert!(says(b" \r\n").contains("nothing at all"));
    let page = says(b"<!DOCTYPE html><html><title>403 Forbidden</title><p>a<br>b</html>");
    assert!(page.contains("HTML page (\u{201c}403 Forbidden\u{201d})"), "{page}");
    assert!(says(b"<project name='x'/>").contains("it begins with <project>"));
    assert!(says(b"Service unavailable").contains("neither RSS"));
    assert!(says(b"{\"error\":1}").contains("nowhere says it is a JSON Feed"));
    assert!(says(b"{\"feed_url\":1}").contains("without \"items\""));
    let list = says(b"<opml version='2.0'><head><title>Mine</title></head><body><outline/></body></opml>");
    assert!(list.contains("it begins with <opml>"), "{list}");
}

#[test]
fn a_feed_within_something_else_is_not_the_answer_that_was_asked_for() {
    let inner =
        "<rss version='2.0'><channel><item><title>Example</title><link>/a</link></item></channel></rss>";
    for other in [
        format!("<html><body><pre>{inner}</pre></body></html>"),
        format!("<!DOCTYPE html><!-- {inner} --><p>Hello"),
        format!("<script>var example = \"{inner}\";</script>"),
        format!("\u{fffd}PNG\u{1a}{inner}"),
        "<html><body><feed><entry><title>Example</title></entry></feed></body></html>".to_owned(),
        "From: ida@quay.example\n\n<item><title>Example</title></item>".to_owned(),
        "{\"version\":\"1.0\",\"items\":[{\"id\":\"1\",\"title\":\"Example\"}]}".to_owned(),
    ] {
        assert!(feed(other.as_bytes(), &SOURCE).is_err(), "{other}");
    }
    for warning in ["<br />\n<b>Warning</b>: disk is slow in <b>/srv/feed.php</b>\n", "Notice: line 3\n"] {
        assert_eq!(titles(&parsed(&format!("{warning}{inner}"))), ["Example"], "{warning}");
    }
}

#[test]
fn hostile_numbers_and_letters_are_no_trouble() {
    let entry = item(
        "<author>Ida \u{201c}i@quay.example\u{201d}</author><title>T&#0;&#xFFFFFFFF;&#146;s &bogus;</title>
         <itunes:duration>99999999999999999999999</itunes:duration><media:content url='/p.png' width='-9e99'/>",
    );
    assert_eq!(entry.title, "T\u{fffd}\u{fffd}\u{2019}s &bogus;");
    assert!(entry.picture.is_some());
}

const WHOLE: &str = "<?xml version='1.0'?><rss version='2.0'><channel><title>Q</title><item><title>Aé</title><link>/a</link>\
    <description><![CDATA[<p>One]]></description></item><item><title>B &amp; b</title><guid>g</guid></item><item>\
    <title>C</title><category>x</category></item></channel></rss>";

#[test]
fn what_is_said_of_a_document_is_short_and_holds_nothing_unseen() {
    let name = format!("a\u{1b}[2J{}", "b".repeat(100_000));
    for document in [
        format!("<{name}>"),
        format!("<html><head><title>{name}</title>"),
        format!("<rss><{name}></c></rss>"),
    ] {
        let said = match feed(document.as_bytes(), &SOURCE) {
            Ok(feed) => feed.notices.join("\n"),
            Err(error) => error.to_string(),
        };
        assert!(said.chars().count() < 400 && !said.contains('\u{1b}') && !said.is_empty(), "{said}");
    }
}

proptest! {
    #[test]
    fn a_cut_anywhere_leaves_only_whole_entries(cut in 0..WHOLE.len()) {
        if let Ok(feed) = feed(&WHOLE.as_bytes()[..cut], &SOURCE) {
            let whole = parsed(WHOLE).entries;
            prop_assert_eq!(&feed.entries[..], &whole[..feed.entries.len()]);
        }
    }

    #[test]
    fn changed_bytes_never_panic(changes in proptest::collection::vec((0..WHOLE.len(), any::<u8>()), 1..12)) {
        let mut bytes = WHOLE.as_bytes().to_vec();
        for (place, byte) in changes {
            bytes[place] = byte;
        }
        let panicked = matches!(feed(&bytes, &SOURCE), Err(Error::Panicked { .. }));
        prop_assert!(!panicked);
    }
}

#[test]
fn html_that_no_edition_has_room_for_is_read_as_plain_text() {
    let text = format!("<p>{}</p><p>tide</p>", "tide ".repeat(199_999));
    let item = |number| {
        format!("<item><guid>{number}</guid><content:encoded><![CDATA[{text}]]></content:encoded></item>")
    };
    let items: String = (0..6).map(item).collect();
    let feed = parsed(&format!(
        "<rss xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel>{items}</channel></rss>"
    ));
    let words = |entry: &Entry| (entry.blocks.len(), html::safe(&entry.blocks).matches("tide").count());
    assert_eq!(feed.entries.len(), 6);
    let paragraphs: Vec<(usize, usize)> = feed.entries.iter().map(words).collect();
    let (whole, plain) = ((2, 200_000), (1, 200_000));
    assert_eq!(paragraphs, [whole, whole, whole, whole, plain, plain]);
}
