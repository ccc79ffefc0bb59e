//! Feeds and settings that try everything: what is mailed is harmless, whole, and holds the honest stories beside them.

use std::{collections::BTreeSet, fmt::Write};

use dom_query::Document;
use mail_parser::MessageParser;
use pulldown_cmark::{Event, Tag};
use unicode_width::UnicodeWidthStr;

use crate::scene::{MORNING, Scene, http::Answer};

/// What strangers write into titles, names, texts, ids and everything else.
fn attacks() -> Vec<String> {
    let endless = "x".repeat(10_000);
    let many = "endless words ".repeat(800);
    let pile = format!("a{}", "\u{301}".repeat(10_000));
    let attacks = [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)><svg/onload=alert(1)>",
        "<a href=\"javascript:alert(1)\" onclick='alert(1)'>here</a>",
        "<iframe src=//evil.example></iframe><object data=x></object><base href=//evil.example>",
        "<style>*{display:none}</style><link rel=stylesheet href=//evil.example/x.css>",
        "</td></tr></table></div><!-- <b><i",
        "<![if mso]><b>--><![endif]--> ]]> <?php echo 1 ?>",
        "&lt;script&gt;alert(1)&lt;/script&gt; &amp;lt;script&amp;gt;",
        "quay\r\nBcc: victim@evil.example\r\n\r\n<b>body</b>",
        "=?utf-8?q?Bcc=3A_victim=40evil.example?=",
        "=?utf-8?B?PHNjcmlwdD4=?= =?utf-8",
        "\u{202e}gpj.exe\u{202c} \u{2066}in\u{2069} \u{202a}a\u{202b}b\u{202d}c \u{200f}\u{61c}",
        "z\u{200b}e\u{200d}r\u{2060}o\u{feff} w\u{ad}i\u{180e}dth \u{3164}",
        "\u{85}next\u{9b}31m\u{90}\u{9d}0;title\u{9c}",
        "line\u{2028}separator\u{2029}paragraph\u{b}\u{c}",
        "{{unsubscribe}} {{email}} {{title}} {{#each}} {{",
        "[here](javascript:alert(1)) ![x](https://evil.example/x.png) `a` **b** # c",
        "\n.\n.\r\n..\r\nFrom nobody Sat Nov 21 2026\nFrom: evil@evil.example\n-- \n",
        "https://evil.example/ www.evil.example mailto:victim@evil.example",
        "javascript:alert(document.cookie)",
        "\u{fffe}\u{ffff}\u{fdd0}\u{1fffe}\u{e0041}\u{fff9}",
        "${7*7} %s%n $(id) `id` ' OR 1=1 -- \\",
    ];
    attacks.iter().map(|&a| a.to_owned()).chain([endless, many, pile]).collect()
}

/// Where strangers let links lead.
const LINKS: [&str; 16] = [
    "javascript:alert(1)",
    " JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html;base64,PHNjcmlwdD4=",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "mailto:victim@evil.example?bcc=all",
    "https://user:word@harbour.example/userinfo",
    "https://harbour.example/a\"b' onclick=alert(1) c",
    "https://harbour.example/a\r\nBcc: victim@evil.example",
    "https://harbour.example/<script>alert(1)</script>?a=\"><b>&c='d",
    "https://harbour.example/)](javascript:alert(1))",
    "//harbour.example/relative",
    "https://bücher.example/ä?ö=ü",
    "https://[::1",
    "",
];

/// Nouns enough for each text to have its own, so that no two of them are one story.
const NOUNS: &str = "anchor bakery candle dairy engine falcon garden hammer island jacket kettle ladder meadow needle orchard pepper quarry ribbon \
    saddle tunnel umbrella valley window yard zebra acorn barrel castle dragon eagle feather glacier hotel igloo jungle kitchen lantern mirror \
    notebook oven pencil quilt rocket scarf tractor unicorn violin whistle xylophone yoghurt zeppelin apron bridge carpet dolphin easel fiddle \
    goblet harvest iron jewel kernel lemon marble nest olive pillow queue radish spoon teapot urn vase wagon yacht zipper almond basket cellar \
    doorbell elbow fountain guitar hazel inkwell jasmine kiosk locket mustard nettle oyster pebble quiver raven sponge turnip usher velvet walnut \
    yarrow zinnia amber beetle cactus dagger emerald furnace granite helmet";

/// A title and a text of their own, with the attack in the midst of both.
fn story(number: usize, attack: &str) -> (String, String) {
    let nouns: Vec<&str> = NOUNS.split_whitespace().collect();
    let n = |place: usize| nouns[(number * 5 + place * 23) % nouns.len()];
    let title = format!("{} and {} {attack} leave {}", n(0), n(1), n(2));
    let body = format!(
        "<p>A {} was found by the {} of {attack} the {} on Saturday, and {} was told.</p>\
         <p>“My {} is {attack} worth more than any {} of yours,” said Ida {attack} Holm, who keeps the {}.</p>",
        n(0),
        n(1),
        n(2),
        n(3),
        n(4),
        n(5),
        n(6)
    );
    (title, body)
}

const HONEST: [(&str, &str); 3] = [
    (
        "Kestrel ferry to sail again",
        "<p>The ferry between Sollund and Kestrel Island is to sail again on Monday after three weeks in dock, its owners said.</p>",
    ),
    (
        "Lorry hits Old Mint Bridge",
        "<p>A lorry struck the Old Mint Bridge in Tarrow and brought down part of its railing. Nobody was hurt by it, the police said.</p>",
    ),
    (
        "Sollund choir wins contest",
        "<p>The harbour choir of Sollund won the national song contest with a shanty written by its own cook, to its own surprise.</p>",
    ),
];

/// Characters no XML may hold are left out; the rest is escaped.
fn xml(text: &str) -> String {
    let allowed =
        |c: &char| matches!(c, '\t' | '\n' | '\r') || (*c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}'));
    text.chars().filter(allowed).fold(String::new(), |mut out, c| {
        match c {
            '<' | '>' | '&' | '"' | '\'' | '\r' | '\u{80}'..='\u{9f}' => {
                write!(out, "&#{};", u32::from(c)).expect("a string")
            }
            c => out.push(c),
        }
        out
    })
}

fn rss(stories: &[(String, String)], attacks: &[String]) -> String {
    let mut items = String::new();
    for (number, ((title, body), attack)) in stories.iter().zip(attacks).enumerate() {
        let (title, body, attack) = (xml(title), xml(body), xml(attack));
        let link = xml(LINKS[number % LINKS.len()]);
        write!(
            items,
            "<item><title>{title}</title><link>{link}</link><guid isPermaLink=\"true\">{link}{attack}</guid><author>{attack}</author>\
             <dc:creator>{attack}</dc:creator><category>{attack}</category><source url=\"{link}\">{attack}</source>\
             <enclosure url=\"{link}\" type=\"image/png\" length=\"1\"/><media:content url=\"{link}\" medium=\"image\"><media:title>{attack}</media:title></media:content>\
             <pubDate>Sun, 22 Nov 2026 0{}:00:00 GMT</pubDate><description>{body}</description><content:encoded>{body}</content:encoded></item>",
            number % 5
        ).expect("a string");
    }
    let title = xml(&attacks[0]);
    format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:media=\"http://search.yahoo.com/mrss/\" \
         xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel><title>{title}</title>{}{items}</channel></rss>",
        honest_item(0)
    )
}

fn honest_item(which: usize) -> String {
    let (title, body) = HONEST[which];
    format!(
        "<item><title>{title}</title><link>https://sollund.example/{which}</link><guid>honest-{which}</guid>\
         <pubDate>Sun, 22 Nov 2026 05:00:00 GMT</pubDate><description>{}</description></item>",
        xml(body)
    )
}

/// JSON may hold anything, half characters too.
fn json(stories: &[(String, String)], attacks: &[String]) -> String {
    let items = stories.iter().zip(attacks).enumerate().map(|(number, ((title, body), attack))| {
        serde_json::json!({
            "id": format!("json-{number}-{attack}"), "title": title, "content_html": body, "summary": attack,
            "url": LINKS[(number + 11) % LINKS.len()], "external_url": LINKS[number % LINKS.len()],
            "image": LINKS[number % LINKS.len()], "banner_image": attack, "tags": [attack], "language": attack,
            "authors": [{"name": attack, "url": LINKS[number % LINKS.len()]}],
            "date_published": "2026-11-22T04:00:00Z",
        })
    });
    let (title, body) = HONEST[1];
    let honest = serde_json::json!({"id": "honest", "title": title, "content_html": body,
        "url": "https://sollund.example/1", "date_published": "2026-11-22T05:00:00Z"});
    let items: Vec<_> = items.chain([honest]).collect();
    let feed = serde_json::json!({"version": "https://jsonfeed.org/version/1.1", "title": attacks[1], "items": items});
    feed.to_string().replace("dairy", "dai\\ud800ry\\u0000").replace("engine", "\\udfff\\u0000engine")
}

/// What is no XML: raw controls, half characters, an end in the midst of a comment.
fn broken_xml() -> Vec<u8> {
    let dirty = "<item><title>Raw \0 nul &#0; &#xD800; &#x1F; \u{9b}31m <script>alert(1)</title><link>https://harbour.example/dirty</link>\
        <description><![CDATA[<p>The mill \0 pond froze <b onclick=alert(1)>over on <!-- Saturday night, said the miller.]]></description></item>";
    let text = format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Broken</title>{}{dirty}<item><title>Cut <!-- off",
        honest_item(2)
    );
    text.into_bytes()
}

/// A scene whose feeds all hold attacks, and three honest stories among them.
fn harbour() -> (Scene, usize) {
    let attacks = attacks();
    let stories: Vec<_> = attacks.iter().enumerate().map(|(number, attack)| story(number, attack)).collect();
    let (for_rss, for_json) = stories.split_at(stories.len() / 2);
    let (rss_attacks, json_attacks) = attacks.split_at(stories.len() / 2);
    let scene = Scene::new();
    scene.web.put("/rss.xml", Answer::ok("application/rss+xml", rss(for_rss, rss_attacks)));
    scene.web.put("/feed.json", Answer::ok("application/feed+json", json(for_json, json_attacks)));
    scene.web.put("/broken.xml", Answer::ok("application/rss+xml", broken_xml()));
    let feeds = ["/rss.xml", "/feed.json", "/broken.xml"].map(|path| scene.web.url(path));
    let scene = scene.feed("Gazette", &feeds[0]).feed("Courier", &feeds[1]).feed("Herald", &feeds[2]);
    (scene.readers(&["ann"]).settings("[cluster]\ncertainty = 0.99\n"), stories.len())
}

/// Runs the scene with more room than an edition usually has, and returns the only message.
fn message(scene: &Scene) -> Vec<u8> {
    scene.configure();
    let roomy =
        "[newsletter]\nmax_stories = 99\nmax_words = 9999\nmax_per_section = 99\nmax_per_outlet = 99\n";
    scene.write("feeds.toml", scene.read("feeds.toml").replace("[newsletter]\n", roomy));
    scene.reveille(&["run", "--config", "feeds.toml", "--at", MORNING, "--outbox", "outbox"]).expect(0);
    std::fs::read(scene.path("outbox/2026-11-22.ann@example.net.eml")).expect("a message")
}

const HEADERS: [&str; 12] = [
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "List-Id",
    "List-Unsubscribe",
    "Precedence",
    "Auto-Submitted",
    "X-Auto-Response-Suppress",
    "MIME-Version",
    "Content-Type",
];

/// The subject, text and HTML of a message that is as it must be, whatever was in feeds and settings.
fn sound(bytes: &[u8]) -> (String, String, String) {
    let raw = std::str::from_utf8(bytes).expect("text");
    assert!(raw.is_ascii() && !raw.contains('\0'));
    for line in raw.split("\r\n") {
        assert!(line.len() <= 998 && !line.contains(['\r', '\n']) && !line.starts_with("From "), "{line:?}");
    }
    let (head, _) = raw.split_once("\r\n\r\n").expect("a head and a body");
    let starts = head.split("\r\n").filter(|line| !line.starts_with([' ', '\t']));
    let names = starts.map(|line| line.split(':').next().unwrap_or(line));
    assert_eq!(names.filter(|name| *name != "Reply-To").collect::<Vec<_>>(), HEADERS);
    let message = MessageParser::default().parse(bytes).expect("a message");
    assert_eq!((message.parts.len(), message.text_body_count(), message.html_body_count()), (3, 1, 1));
    let subject = message.subject().expect("a subject").to_owned();
    assert!(subject.chars().count() <= 70, "{subject}");
    let part = |body: Option<std::borrow::Cow<str>>| body.expect("a part").replace("\r\n", "\n");
    let (text, html) = (part(message.body_text(0)), part(message.body_html(0)));
    for words in [&subject, &text, &html] {
        let hidden = words.chars().find(|&c| {
            c != '\n' && !"\u{200e}\u{200f}".contains(c) && reveille::inside::text::hidden::is_hidden(c)
        });
        assert_eq!(hidden, None, "{words}");
        assert!(!words.contains(&"\u{301}".repeat(17)), "marks are piled up in {words}");
    }
    (subject, text, html)
}

/// Every element, attribute and address of the HTML, and the same addresses in the text.
fn assert_harmless(text: &str, html: &str) {
    assert!(html.len() <= 80_000 && text.len() <= 80_000, "{} and {} bytes", html.len(), text.len());
    let tags = "html head meta title style body div table tbody tr td h1 h2 h3 p a img strong em span bdi blockquote b i br";
    let document = Document::from(html);
    for element in document.select("*").iter() {
        let node = element.nodes()[0];
        let name = node.node_name().expect("a name").to_string();
        assert!(tags.split(' ').any(|tag| tag == name), "<{name}> in {html}");
        for attribute in node.attrs() {
            let (key, value) = (attribute.name.local.to_string(), attribute.value.to_string());
            assert!(!key.starts_with("on") && key != "srcdoc" && key != "id", "{key} of <{name}>");
            if ["href", "src", "background", "action"].contains(&key.as_str()) {
                assert_sound_link(&value);
            }
        }
    }
    assert_eq!(document.select("style").length(), 1);
    assert!(
        text.lines().all(|line| line.width() <= 72 || line.contains("://") || line.contains("mailto:")),
        "{text}"
    );
    let of_html: BTreeSet<String> =
        document.select("a[href]").iter().filter_map(|a| a.attr("href")).map(|a| a.to_string()).collect();
    let alone = text
        .lines()
        .map(|line| line.trim_start().trim_start_matches(|c: char| "[] ".contains(c) || c.is_ascii_digit()));
    let of_text: BTreeSet<String> = alone
        .filter(|line| line.starts_with("http") || line.starts_with("mailto:"))
        .filter(|line| !line.contains(' '))
        .map(str::to_owned)
        .collect();
    assert_eq!(of_text, of_html);
}

/// Where readers leave, by the settings of the two tests.
const OWN: [&str; 2] = ["mailto:post@news.example.com", "mailto:news%2Bleave%26x@xn--bcher-kva.example"];

fn assert_sound_link(link: &str) {
    let url = url::Url::parse(link).unwrap_or_else(|error| panic!("{link:?}: {error}"));
    let own = OWN
        .iter()
        .any(|own| link.strip_prefix(own).is_some_and(|rest| rest.starts_with("?subject=unsubscribe%20")));
    assert!(own || ["http", "https"].contains(&url.scheme()), "{link}");
    assert!(own || (url.username().is_empty() && url.password().is_none()), "{link}");
    assert!(
        link.len() <= 2000 && link.is_ascii() && !link.contains([' ', '"', '<', '>', '\\', '`']),
        "{link}"
    );
    assert_ne!(url.host_str(), Some("evil.example"));
}

#[test]
fn whatever_is_in_the_feeds_the_mail_is_harmless_and_holds_the_honest_stories() {
    let (scene, count) = harbour();
    let (_, text, html) = sound(&message(&scene));
    assert_harmless(&text, &html);
    for (title, _) in HONEST {
        assert!(text.contains(title) && html.contains(title), "{title} is not in {text}");
    }
    assert_eq!(
        html.matches("<h3").count(),
        count + HONEST.len() + 1,
        "every story is printed, that of the broken feed too"
    );
    for part in [&text, &html] {
        assert_eq!(part.matches("ann@example.net").count(), 1, "no feed writes out the reader's address");
        assert_eq!(part.matches("subject=unsubscribe%20").count(), 1, "nor the way out");
    }
}

/// Elements that ammonia lets through and feeds may use; nothing that runs, loads, frames or asks.
const FORBIDDEN: &str = "script style iframe frame object embed applet form input button select textarea link meta base svg math template \
    noscript video audio source track canvas dialog portal html head body title";

#[test]
fn whatever_is_in_a_feed_what_is_read_of_it_is_harmless_too() {
    let (scene, _) = harbour();
    for (name, url) in [("rss.xml", "/rss.xml"), ("feed.json", "/feed.json"), ("broken.xml", "/broken.xml")] {
        let body = scene.web.body(url);
        scene.write(name, body);
        let lines = scene.reveille(&["inspect", "feed", name, "--url", "https://harbour.example/"]).expect(0);
        assert!(lines.stdout.lines().count() > 1, "{name}");
        for line in lines.stdout.lines() {
            let entry: serde_json::Value = serde_json::from_str(line).expect("JSON");
            for address in [&entry["link"], &entry["picture"]["url"]] {
                assert!(address.as_str().is_none_or(|link| link.starts_with("http")), "{address}");
            }
            for element in
                Document::from(entry["content"].as_str().unwrap_or_default()).select("body *").iter()
            {
                let node = element.nodes()[0];
                let name = node.node_name().expect("a name").to_string();
                assert!(
                    FORBIDDEN.split_whitespace().all(|forbidden| forbidden != name),
                    "<{name}> in {line}"
                );
                for attribute in node.attrs() {
                    let (key, value) = (attribute.name.local.to_string(), attribute.value.to_string());
                    assert!(
                        !key.starts_with("on") && !["style", "srcdoc", "id", "class"].contains(&key.as_str()),
                        "{key}"
                    );
                    let leads = ["href", "src", "cite", "action", "background", "poster", "srcset"];
                    assert!(!leads.contains(&key.as_str()) || value.starts_with("http"), "{key}={value:?}");
                }
            }
        }
    }
}

#[test]
fn the_digest_in_markdown_holds_no_html_and_leads_nowhere_else() {
    let (scene, _) = harbour();
    scene.configure();
    scene.reveille(&["preview", "--config", "feeds.toml", "--at", MORNING, "--output", "p.md"]).expect(0);
    let markdown = scene.read("p.md");
    assert!(HONEST.iter().any(|(title, _)| markdown.contains(title)), "{markdown}");
    for event in pulldown_cmark::Parser::new(&markdown) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => panic!("{html} in {markdown}"),
            Event::Start(Tag::Image { dest_url, .. }) => panic!("a picture from {dest_url}"),
            Event::Start(Tag::Link { dest_url, .. }) => {
                let own = dest_url.starts_with("mailto:post@news.example.com");
                assert!(
                    own || dest_url.starts_with("https://") || dest_url.starts_with("http://"),
                    "{dest_url}"
                );
            }
            _ => {}
        }
    }
}

/// Settings that are legal and hostile, with every reader in a CSV file.
fn settings(scene: &Scene) -> String {
    let said = |text: &str| serde_json::to_string(text).expect("JSON, which TOML reads");
    let nasty =
        "Ann's \"Post\", <b>daily</b> =?utf-8?q?x?= \r\nBcc: victim@evil.example\u{202e} {{email}} *a* 港";
    let section = "</td> \u{2066}Sea\u{85} & [Land](javascript:x)\n";
    format!(
        "recipients_file = \"readers.csv\"\n[newsletter]\ntitle = {}\nsubject = {}\ntagline = {nasty}\noutlet = {nasty}\nsections = [{section}]\n\
         home = \"https://bücher.example/a\\\"b <c>\"\nsignup = \"https://bücher.example/?a=1&b='2'\"\n\
         [fetch]\nallow_private = true\nhost_delay = \"0s\"\npages = \"never\"\n[store]\nurl = \"sqlite:state.db\"\n\
         [mail]\nfrom = {}\nreply_to = \"=?utf-8?q?x?= <editor@bücher.example>\"\nunsubscribe = \"news+leave&x@bücher.example\"\n\
         smtp = {}\npostal_address = {nasty}\n[[feeds]]\nurl = {}\noutlet = {nasty}\nsection = {section}\n",
        said(nasty),
        said("{{first}}\r\nX-Evil: 1 {{title}} =?utf-8?q?x?="),
        said("\"Post, \\\"The\\\" =?utf-8?q?x?= 港 \\\\ (daily)\" <post@bücher.example>"),
        said(&scene.mail.url()),
        said(&scene.web.url("/rss.xml")),
        nasty = said(nasty),
        section = said(section),
    )
}

/// Readers by address and name.
fn readers() -> Vec<(&'static str, String)> {
    vec![
        ("ann@example.net", "Vale, \"Ada\" (x) \\ <a@evil.example>".to_owned()),
        ("bob@xn--bcher-kva.example", "=?utf-8?Q?Bcc=3A_victim=40evil.example?=".to_owned()),
        ("cid@example.net", "山田 太郎, 様; x: y".to_owned()),
        ("dee@example.net", "\u{202e}nnA\u{200b} \u{2028}Vale".to_owned()),
        ("eve+tag@example.net", "x".repeat(10_000)),
        ("fay@example.net", "{{unsubscribe}} <script>alert(1)</script>".to_owned()),
    ]
}

#[test]
fn hostile_settings_that_are_legal_make_harmless_mail_too() {
    let (scene, _) = harbour();
    let rows =
        readers().into_iter().map(|(email, name)| format!("{email},\"{}\"\n", name.replace('"', "\"\"")));
    scene.write("readers.csv", format!("email,name\n{}", rows.collect::<String>()));
    scene.write("feeds.toml", settings(&scene));
    scene.reveille(&["run", "--config", "feeds.toml", "--at", MORNING]).expect(0);
    let envelopes: Vec<String> = readers().iter().map(|(email, _)| (*email).to_owned()).collect();
    assert_eq!(scene.mailed(), envelopes);
    for taken in scene.mail.taken() {
        let (subject, text, html) = sound(&taken.data);
        assert_harmless(&text, &html);
        assert!(
            subject.starts_with("Kestrel ferry… X-Evil: 1 Ann's") && !subject.contains("=?"),
            "{subject}"
        );
        let message = MessageParser::default().parse(&taken.data).expect("a message");
        let only = |address: Option<&mail_parser::Address>| {
            let list = address.and_then(|address| address.as_list()).expect("mailboxes");
            assert_eq!(list.len(), 1);
            (list[0].name().unwrap_or_default().to_owned(), list[0].address().unwrap_or_default().to_owned())
        };
        let from = ("Post, \"The\" =?utf-8?q?x?= 港 \\ (daily)", "post@xn--bcher-kva.example");
        assert_eq!(only(message.from()), (from.0.to_owned(), from.1.to_owned()));
        assert_eq!(only(message.reply_to()).1, "editor@xn--bcher-kva.example");
        let (name, address) = only(message.to());
        assert_eq!(vec![address.clone()], taken.to);
        let named = readers().into_iter().find(|(email, _)| *email == address).expect("a reader").1;
        let shown = named.replace(['\u{202e}', '\u{200b}'], "").replace(" \u{2028}", " ");
        assert_eq!(name, shown.chars().take(300).collect::<String>());
        assert!(text.contains("https://xn--bcher-kva.example/?a=1&b=%272%27") && !text.contains("bcc="));
    }
}
