//! Documents in place of feeds, each with its name: too large, too deep, too many of everything, in no encoding, and no feeds
//! at all. `size` is about how many bytes there are to be of the large ones.

/// A document.
pub struct Input {
    pub name: &'static str,
    pub make: fn(size: usize) -> Vec<u8>,
    pub holds: Holds,
}

/// What may be read of a document.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Holds {
    /// No entry, and a word on why.
    NoFeed,
    /// At most so many entries.
    AtMost(usize),
}

use Holds::{AtMost, NoFeed};

const fn input(name: &'static str, holds: Holds, make: fn(usize) -> Vec<u8>) -> Input {
    Input { name, make, holds }
}

/// More than is read of any feed.
const MANY: Holds = AtMost(10_000);
const ONE: Holds = AtMost(1);
const NONE: Holds = AtMost(0);

const HEAD: &str = "<rss version=\"2.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:media=\"http://search.yahoo.com/mrss/\" \
    xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel><title>Tide</title>";
const JSON: &str = "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"Tide\",\"items\":";

fn rss(items: &str) -> Vec<u8> {
    format!("<?xml version=\"1.0\"?>{HEAD}{items}</channel></rss>").into_bytes()
}

fn item(more: &str) -> String {
    format!(
        "<item><title>Kestrel dock flooded</title><link>http://tide.example/1</link><guid>tide-1</guid>\
         <pubDate>Sun, 22 Nov 2026 05:00:00 GMT</pubDate>{more}</item>"
    )
}

fn one(more: &str) -> Vec<u8> {
    rss(&item(more))
}

fn titled(title: &str) -> Vec<u8> {
    rss(&item("").replace("Kestrel dock flooded", title))
}

fn with_text(html: &str) -> Vec<u8> {
    one(&format!("<content:encoded><![CDATA[{html}]]></content:encoded>"))
}

/// As many entries as come to `size`, all with this text.
fn texts(size: usize, html: &str) -> Vec<u8> {
    rss(&many(size, |number| {
        format!(
            "<item><title>Pool {number}</title><guid>{number}</guid><content:encoded><![CDATA[{html}]]></content:encoded></item>"
        )
    }))
}

/// As many entries as come to `size`, each made of its number.
fn many(size: usize, make: impl Fn(usize) -> String) -> String {
    let mut all = String::with_capacity(size);
    for next in (0..).map(make) {
        if all.len() + next.len() > size {
            break;
        }
        all.push_str(&next);
    }
    all
}

fn repeat(size: usize, piece: &str) -> String {
    piece.repeat(size / piece.len())
}

/// Bytes that look like chance.
fn noise(size: usize) -> Vec<u8> {
    let mut state = 7_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as u8
    };
    (0..size).map(|_| next()).collect()
}

fn wide(text: &str, bytes_of: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes_of).collect()
}

pub const FEEDS: &[Input] = &[
    // Entries without number.
    input("a million RSS entries", MANY, |n| rss(&many(n, |i| format!("<item><title>{i}</title></item>")))),
    input("a million RSS entries of nothing", MANY, |n| rss(&repeat(n, "<item/>"))),
    input("a million broken RSS entries", MANY, |n| {
        rss(&many(n, |i| format!("<item><title>{i} &</title></item>")))
    }),
    input("a million Atom entries", MANY, |n| {
        format!(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\">{}</feed>",
            many(n, |i| format!("<entry><id>{i}</id></entry>"))
        )
        .into_bytes()
    }),
    input("a million JSON entries", MANY, |n| {
        format!("{JSON}[{}{{}}]}}", many(n, |i| format!("{{\"id\":{i}}},"))).into_bytes()
    }),
    input("a million JSON entries of nothing", MANY, |n| {
        format!("{JSON}[{}{{}}]}}", repeat(n, "{},")).into_bytes()
    }),
    input("a million JSON entries, cut short", MANY, |n| {
        format!("{JSON}[{}", many(n, |i| format!("{{\"id\":{i}}},"))).into_bytes()
    }),
    input("a million JSON numbers", NONE, |n| format!("{JSON}[{}1]}}", repeat(n, "1,")).into_bytes()),
    input("a million JSON members", ONE, |n| {
        format!("{JSON}[{{{}\"id\":1}}]}}", many(n, |i| format!("\"{i}\":0,"))).into_bytes()
    }),
    input("a million JSON lists in one entry", ONE, |n| {
        format!("{JSON}[{{\"id\":1,\"tags\":[{}1]}}]}}", repeat(n, "[],")).into_bytes()
    }),
    // Entries with parts without number.
    input("a million authors", ONE, |n| one(&many(n, |i| format!("<dc:creator>{i}</dc:creator>")))),
    input("a million categories", ONE, |n| one(&many(n, |i| format!("<category>{i}</category>")))),
    input("a million keywords", ONE, |n| {
        one(&format!("<media:keywords>{}</media:keywords>", many(n, |i| format!("{i},"))))
    }),
    input("a million links", ONE, |n| {
        format!(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><title>a</title><id>1</id>{}</entry></feed>",
            many(n, |i| format!("<link href=\"http://tide.example/{i}\"/>"))
        )
        .into_bytes()
    }),
    input("a million pictures", ONE, |n| {
        one(&many(n, |i| format!("<media:content url=\"http://tide.example/{i}.jpg\"/>")))
    }),
    input("a million media of nothing", ONE, |n| one(&repeat(n, "<media:content/>"))),
    input("a million thumbnails in groups", ONE, |n| {
        one(&repeat(n, "<media:group><media:thumbnail url=\"http://tide.example/1.jpg\"/></media:group>"))
    }),
    input("a million attributes", ONE, |n| {
        one(&format!("<enclosure {}/>", many(n, |i| format!("a{i}=\"\" "))))
    }),
    input("a million name spaces", MANY, |n| {
        rss(&item(""))
            .escape_ascii()
            .to_string()
            .replace("\\\"", "\"")
            .replacen("<rss ", &format!("<rss {}", many(n, |i| format!("xmlns:a{i}=\"u\" "))), 1)
            .into_bytes()
    }),
    input("a million comments", ONE, |n| rss(&format!("{}{}", repeat(n, "<!---->"), item("")))),
    // Large parts.
    input("a title of 10 MB", ONE, |n| titled(&repeat(n, "tide "))),
    input("a title of one word of 10 MB", ONE, |n| titled(&repeat(n, "w"))),
    input("a title of brackets", ONE, |n| titled(&repeat(n, "&lt;"))),
    input("a title of open tags", ONE, |n| titled(&repeat(n, "&lt;a b=\""))),
    input("a title of scripts", ONE, |n| titled(&repeat(n, "&lt;script>"))),
    input("a title of comments", ONE, |n| titled(&repeat(n, "&lt;!--"))),
    input("a title of ampersands", ONE, |n| titled(&repeat(n, "&amp;amp;"))),
    input("a title of sections", ONE, |n| titled(&repeat(n, "<![CDATA[x]]>"))),
    input("a title of accents", ONE, |n| titled(&format!("a{}", repeat(n, "\u{301}")))),
    input("an attribute of 10 MB", ONE, |n| {
        one(&format!("<enclosure type=\"image/png\" url=\"http://tide.example/{}\"/>", repeat(n, "x")))
    }),
    input("a link of 10 MB", ONE, |n| {
        rss(&item("").replace("tide.example/1", &format!("tide.example/{}", repeat(n, "../a/"))))
    }),
    input("a link of ampersands", ONE, |n| {
        rss(&item("").replace("tide.example/1", &format!("tide.example/?{}", repeat(n, "&amp;amp;"))))
    }),
    input("a guid of 10 MB", ONE, |n| rss(&item("").replace("tide-1", &repeat(n, "g")))),
    input("a date of 10 MB", ONE, |n| rss(&item("").replace("Sun, 22", &repeat(n, "Sun, ")))),
    input("a base of 10 MB for every entry", MANY, |n| {
        format!(
            "<rss xml:base=\"http://tide.example/{}/\"><channel>{}</channel></rss>",
            repeat(n / 2, "a"),
            many(n / 2, |i| format!("<item><title>{i}</title><link>x</link></item>"))
        )
        .into_bytes()
    }),
    input("a language of 10 MB for every entry", MANY, |n| {
        format!(
            "<rss><channel xml:lang=\"{}\">{}</channel></rss>",
            repeat(n / 2, "a"),
            many(n / 2, |i| format!("<item><title>{i}</title></item>"))
        )
        .into_bytes()
    }),
    input("an author of 10 MB for every entry", MANY, |n| {
        format!(
            "{{\"authors\":[{{\"name\":\"{}\"}}],\"language\":\"{0}\",\"items\":[{}{{}}]}}",
            repeat(n / 2, "a"),
            many(n / 2, |i| format!("{{\"id\":{i}}},"))
        )
        .into_bytes()
    }),
    input("a text of 16 MB", ONE, |n| {
        with_text(&format!("<p>{}</p>", repeat(n, "The tide ran on past the quay. ")))
    }),
    input("a text of quotations", ONE, |n| {
        with_text(&format!("<p>{}</p>", repeat(n, "\u{201c}We go,\u{201d} said he. ")))
    }),
    input("a text of open quotations", ONE, |n| with_text(&format!("<p>{}</p>", repeat(n, "\u{201c}said ")))),
    input("a text of small paragraphs", ONE, |n| with_text(&repeat(n, "<p>The tide ran on.</p>"))),
    input("a text in base64", ONE, |n| {
        format!("<feed><entry><title>a</title><content mode=\"base64\" type=\"text/html\">{}</content></entry></feed>", repeat(n, "QUFB")).into_bytes()
    }),
    input("a thousand texts of many paragraphs", MANY, |n| texts(n, &"<p>a</p>".repeat(2000))),
    input("a thousand texts of formatting left open", MANY, |n| {
        texts(n, &format!("<p><b title='{}'>{}", "x".repeat(4_400), "<p>x".repeat(1_100)))
    }),
    input("a thousand texts to be escaped", MANY, |n| texts(n, &"& ".repeat(3_500))),
    input("a thousand texts, each nested deep", MANY, |n| {
        texts(n, &format!("{}{}", "<div>".repeat(250), "x".repeat(12_000)))
    }),
    input("a thousand long articles", MANY, |n| {
        rss(&many(n, |i| {
            format!(
                "<item><title>Pool {i} drained by the harbour of Tolm</title><guid>{i}</guid><pubDate>Sun, 22 Nov 2026 05:00:00 GMT</pubDate><content:encoded><![CDATA[<p>{}</p>]]></content:encoded></item>",
                "The tide ran on past the quay of Tolm, she said. ".repeat(330)
            )
        }))
    }),
    // Deep.
    input("XML nested a million deep", NoFeed, |n| rss(&repeat(n, "<a>"))),
    input("a text nested a million deep", NoFeed, |n| {
        one(&format!("<description>{}</description>", repeat(n, "<b>")))
    }),
    input("HTML nested a million deep", ONE, |n| with_text(&repeat(n, "<div>"))),
    input("JSON lists a million deep", NONE, |n| format!("{JSON}{}", repeat(n, "[")).into_bytes()),
    input("JSON objects a million deep", NoFeed, |n| repeat(n, "{\"a\":").into_bytes()),
    // Entities.
    input("a billion laughs", ONE, |_| {
        let nested: String =
            (1..10).map(|i| format!("<!ENTITY l{i} \"{}\">", format!("&l{};", i - 1).repeat(10))).collect();
        let title = item("").replace("Kestrel dock", "&l9;");
        format!(
            "<?xml version=\"1.0\"?><!DOCTYPE l [<!ENTITY l0 \"lol\">{nested}]>{HEAD}{title}</channel></rss>"
        )
        .into_bytes()
    }),
    input("entities from elsewhere", ONE, |_| {
        let declared = "<!DOCTYPE r [<!ENTITY a SYSTEM \"file:///etc/passwd\"><!ENTITY b SYSTEM \"http://127.0.0.1:9/\">]>";
        format!(
            "<?xml version=\"1.0\"?>{declared}{HEAD}{}</channel></rss>",
            item("<description>&a;&b;</description>")
        )
        .into_bytes()
    }),
    input("a million declarations", ONE, |n| {
        format!("<!DOCTYPE r [{}]>{HEAD}{}</channel></rss>", repeat(n, "<!ENTITY x \"y\">"), item(""))
            .into_bytes()
    }),
    // Torn.
    input("brackets", NoFeed, |n| repeat(n, "<").into_bytes()),
    input("brackets in a feed", NONE, |n| rss(&repeat(n, "<"))),
    input("ampersands in a feed", NONE, |n| rss(&repeat(n, "&"))),
    input("open quotation marks", NONE, |n| rss(&repeat(n, "<a \""))),
    input("end tags of nothing", NONE, |n| rss(&format!("{}{}", "<y>".repeat(50), repeat(n, "</x>")))),
    input("a million roots", NoFeed, |n| repeat(n, "<rss ").into_bytes()),
    // Encodings.
    input("UTF-16 with its mark", ONE, |_| {
        wide(&format!("\u{feff}{}", String::from_utf8(one("")).expect("text")), u16::to_be_bytes)
    }),
    input("UTF-16 without", ONE, |_| wide(&String::from_utf8(one("")).expect("text"), u16::to_le_bytes)),
    input("UTF-16 of 16 MB", ONE, |n| {
        wide(&String::from_utf8(with_text(&"\u{6e2f}".repeat(n / 2))).expect("text"), u16::to_le_bytes)
    }),
    input("UTF-32 with its mark", ONE, |_| {
        format!("\u{feff}{}", String::from_utf8(one("")).expect("text"))
            .chars()
            .flat_map(|c| u32::from(c).to_le_bytes())
            .collect()
    }),
    input("UTF-32 without", ONE, |_| {
        String::from_utf8(one("")).expect("text").chars().flat_map(|c| u32::from(c).to_be_bytes()).collect()
    }),
    input("UTF-7", NoFeed, |_| String::from_utf8(one("")).expect("text").replace('<', "+ADw-").into_bytes()),
    input("an encoding nobody knows", ONE, |_| {
        format!("<?xml version=\"1.0\" encoding=\"klingon\"?>{HEAD}{}</channel></rss>", item("")).into_bytes()
    }),
    input("an encoding that is wrong", ONE, |_| {
        format!("<?xml version=\"1.0\" encoding=\"utf-16\"?>{HEAD}{}</channel></rss>", item("")).into_bytes()
    }),
    input("NUL in a title", ONE, |_| titled("Kestrel\0dock")),
    input("NUL", NoFeed, |n| vec![0; n]),
    input("bytes of 255", NoFeed, |n| vec![0xff; n]),
    input("Latin-1 of 10 MB", ONE, |n| {
        titled("@").split(|b| *b == b'@').collect::<Vec<_>>().join(b"\xe9 ".repeat(n / 2).as_slice())
    }),
    input("half UTF-8, half not", ONE, |n| {
        titled("@").split(|b| *b == b'@').collect::<Vec<_>>().join(b"\xc3\xa9\xff".repeat(n / 3).as_slice())
    }),
    // No feeds.
    input("a page to log in", NoFeed, |_| {
        b"<!doctype html><html><head><title>Log in</title></head><body><form><item><title>no</title></item></form></body></html>".to_vec()
    }),
    input("a parked domain", NoFeed, |_| {
        b"<html><head><title>tide.example is for sale</title><meta http-equiv=refresh content='0;url=http://ads.example/'></head><body><a href=//ads.example>Buy</a></body></html>".to_vec()
    }),
    input("a captive portal", NoFeed, |_| {
        b"<HTML><BODY><H1>Welcome aboard</H1><a href=http://10.0.0.1/accept>Accept</a></BODY></HTML>".to_vec()
    }),
    input("an app of scripts", NoFeed, |_| {
        b"<!DOCTYPE html><html><body><div id=root></div><script src=/app.js></script><noscript>You need JavaScript.</noscript></body></html>".to_vec()
    }),
    input("a page with a feed shown in it", NoFeed, |_| {
        format!("<html><body><pre>{HEAD}{}</channel></rss></pre></body></html>", item("")).into_bytes()
    }),
    input("a page with links to feeds", NoFeed, |_| {
        b"<html><head><link rel=alternate type='application/rss+xml' href=/feed></head><body><article><title>No</title></article></body></html>".to_vec()
    }),
    input("a page of 16 MB", NoFeed, |n| {
        format!("<html><body>{}</body></html>", repeat(n, "<p>tide</p>")).into_bytes()
    }),
    input("an error in JSON", NoFeed, |_| b"{\"error\":{\"code\":403,\"message\":\"Forbidden\"}}".to_vec()),
    input("an error in XML", NoFeed, |_| {
        b"<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code><Message>no</Message></Error>".to_vec()
    }),
    input("a map of a site", NoFeed, |_| {
        b"<?xml version=\"1.0\"?><urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"><url><loc>http://tide.example/1</loc></url></urlset>".to_vec()
    }),
    input("a picture", NoFeed, |n| [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), noise(n)].concat()),
    input("a JPEG", NoFeed, |n| [b"\xff\xd8\xff\xe0\0\x10JFIF\0".to_vec(), noise(n)].concat()),
    input("a PDF", NoFeed, |n| {
        [b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj <</Type /Catalog>>\n".to_vec(), noise(n)].concat()
    }),
    input("a ZIP", NoFeed, |n| [b"PK\x03\x04\x14\0\0\0\x08\0".to_vec(), noise(n)].concat()),
    input("noise", NoFeed, noise),
    input("spaces", NoFeed, |n| repeat(n, " ").into_bytes()),
    input("nothing", NoFeed, |_| Vec::new()),
    input("one bracket", NoFeed, |_| b"<".to_vec()),
    input("one brace", NoFeed, |_| b"{".to_vec()),
];
