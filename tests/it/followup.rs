//! Day after day: what was told comes back only with something new, what was wrong is corrected, nothing is lost.

use mail_parser::MessageParser;

use crate::scene::{Scene, http::Answer};

const SINKS: &str = "The ferry Kestrel sank off Sollund in a gale on Thursday night with four hundred people aboard. \
    A fishing boat took nineteen passengers from the water, and a helicopter found ten more clinging to a raft.";
const MARSH: &str = "Divers found the wreck at noon. “We begged them to stay in port that night,” said Nora Lind, whose \
    brother is missing.";
const NOTE: &str = "An earlier version of this article gave the number of people aboard as four hundred.";
const ARREST: &str = "Police arrested Captain Ivo Brandt of the ferry Kestrel and two engineers of Northern Lines on \
    Friday, after she sank off Sollund in a gale. Prosecutor Lena Marsh said an inspection in October had found 3 \
    cracked bulkheads and a forged certificate, which the company had hidden from its insurer in Denholt.";
const BEFORE: &str = "The ferry Kestrel sank off Sollund in a gale on Thursday night. Nineteen passengers were taken from the \
    water by a fishing boat, and a helicopter found ten more clinging to a raft. Nora Lind, whose brother is missing, said \
    they had begged them to stay in port.";
const PEARS: &str = "Growers in the Aldane valley brought in their smallest crop of pears for thirty years after a frost \
    in May, the union of cooperatives announced. Prices at market stalls have doubled since August.";
const CHOIR: &str = "The harbour choir of Tarrow won the national song contest with a shanty written by its own cook. It \
    had never before come further than the second round.";
const BRIDGE: &str = "A lorry struck the Old Mint Bridge on Sunday night and brought down part of its railing. It is closed \
    to heavy traffic until engineers have looked at it.";

/// An item of a feed: key, title, day of November it is dated (noon before the edition), paragraphs.
type Item<'a> = (&'a str, &'a str, u8, &'a [&'a str]);

/// What an outlet's feed holds from now on.
fn publish(scene: &Scene, outlet: &str, items: &[Item]) {
    let item = |(key, title, day, paragraphs): &Item| {
        let body: String = paragraphs.iter().map(|p| format!("&lt;p&gt;{p}&lt;/p&gt;")).collect();
        format!(
            "<item><title>{title}</title><link>http://{outlet}.example/{key}</link><guid>{key}</guid>\
             <pubDate>{day} Nov 2026 12:00:00 GMT</pubDate><description>{body}</description></item>"
        )
    };
    let items: String = items.iter().map(item).collect();
    let feed = format!("<rss version=\"2.0\"><channel><title>{outlet}</title>{items}</channel></rss>");
    scene.web.put(&format!("/{outlet}.xml"), Answer::ok("application/rss+xml", feed));
}

/// A newsletter of three outlets with one reader.
fn county() -> Scene {
    let mut scene = Scene::new().readers(&["ann"]);
    for outlet in ["Gazette", "Courier", "Herald"] {
        publish(&scene, outlet, &[]);
        let url = scene.web.url(&format!("/{outlet}.xml"));
        scene = scene.feed(outlet, &url);
    }
    scene
}

/// That newsletter before its first morning, the 20th.
pub fn first_morning() -> Scene {
    let scene = county();
    publish(&scene, "Gazette", &[("ferry", "Ferry sinks off Sollund", 19, &[SINKS, MARSH])]);
    publish(&scene, "Courier", &[("pears", "Poor harvest of pears", 19, &[PEARS])]);
    scene
}

/// What its feeds hold on the 21st: a story corrected and taken further, and one told anew without anything new.
pub fn second_morning(scene: &Scene) {
    let corrected = SINKS.replace("four hundred", "forty");
    publish(scene, "Gazette", &[("ferry", "Ferry disaster off Sollund", 19, &[&corrected, MARSH, NOTE])]);
    publish(scene, "Courier", &[("pears-2", "Why there are no pears", 20, &[PEARS])]);
    publish(
        scene,
        "Herald",
        &[("arrest", "Captain of ferry that sank off Sollund arrested", 20, &[ARREST, BEFORE])],
    );
}

/// The text of the digest of that morning in November; none when there was none.
fn morning(scene: &Scene, day: u8) -> Option<String> {
    let before = scene.mail.taken().len();
    let ended = scene.run_at(&format!("2026-11-{day}T06:00:00Z")).expect(0);
    assert_eq!(ended.stderr, "", "quiet on success");
    let taken = scene.mail.taken();
    let data = &taken.get(before..)?.first()?.data;
    let message = MessageParser::default().parse(data.as_slice()).expect("a message");
    let text = message.body_text(0).expect("a text part");
    Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[test]
fn three_days_bring_an_update_and_a_correction_and_nothing_twice() {
    let scene = first_morning();
    let first = morning(&scene, 20).expect("a digest");
    assert!(first.contains("Ferry sinks") && first.contains("pears") && !first.contains("Update"), "{first}");

    second_morning(&scene);
    let second = morning(&scene, 21).expect("a digest");
    assert!(
        second.contains("UPDATE · FIRST REPORTED FRIDAY")
            && second.contains("Captain of ferry that sank off Sollund arrested"),
        "{second}"
    );
    assert!(!second.contains("Nineteen passengers were taken"), "what was told is not told again: {second}");
    assert!(second.contains("Police arrested Captain"), "{second}");
    assert!(second.contains("More: Gazette"), "the first report is still linked: {second}");
    assert!(second.contains("CORRECTIONS ---"), "{second}");
    assert!(second.contains("Gazette on Ferry sinks off Sollund, printed Friday"), "{second}");
    assert!(
        second.contains(NOTE) && second.contains("No longer in the article: The ferry Kestrel sank"),
        "{second}"
    );
    assert!(second.contains("1 story") && !second.contains("pears"), "{second}");

    publish(&scene, "Herald", &[("arrest", "Kestrel: captain held", 20, &[ARREST, BEFORE])]);
    assert_eq!(morning(&scene, 22), None, "a quiet day, and each note once");

    publish(&scene, "Courier", &[("choir", "Tarrow choir wins song contest", 22, &[CHOIR])]);
    let last = morning(&scene, 23).expect("a digest");
    assert!(last.contains("choir") && last.contains("1 story") && !last.contains("CORRECTIONS"), "{last}");
}

#[test]
fn too_few_stories_wait_for_the_next_day_with_the_corrections() {
    let scene = county();
    let run = |scene: &Scene, day: u8| {
        scene.configure();
        let config = scene.read("feeds.toml").replace("[newsletter]", "[newsletter]\nmin_stories = 2");
        scene.write("few.toml", config);
        let at = format!("2026-11-{day}T06:00:00Z");
        scene.reveille(&["run", "--config", "few.toml", "--at", &at, "--json"]).expect(0);
        scene.mail.taken().len()
    };
    publish(&scene, "Gazette", &[("ferry", "Ferry sinks off Sollund", 19, &[SINKS, MARSH])]);
    assert_eq!(run(&scene, 20), 0, "one story is too few, also before the first edition");
    publish(&scene, "Courier", &[("pears", "Poor harvest of pears", 20, &[PEARS])]);
    assert_eq!(run(&scene, 21), 1, "the story of the day before is not lost");

    let corrected = SINKS.replace("four hundred", "forty");
    publish(&scene, "Gazette", &[("ferry", "Ferry sinks off Sollund", 19, &[&corrected, MARSH, NOTE])]);
    publish(&scene, "Courier", &[("choir", "Tarrow choir wins song contest", 21, &[CHOIR])]);
    assert_eq!(run(&scene, 22), 1, "one story and a correction are no digest");
    publish(&scene, "Herald", &[("bridge", "Lorry hits Old Mint Bridge", 22, &[BRIDGE])]);
    assert_eq!(run(&scene, 23), 2);
    let digest = String::from_utf8_lossy(&scene.mail.taken()[1].data).into_owned();
    for words in ["Tarrow choir", "Old Mint Bridge", "CORRECTIONS"] {
        assert!(digest.contains(words), "{words} in {digest}");
    }
}

#[test]
fn a_page_is_read_again_when_its_feed_says_that_it_was_wrong() {
    let scene = county();
    let page = |text: &str, note: &str| {
        let more = "Boats searched the bay until dawn and found nobody else alive. ".repeat(6);
        let body = format!("<p>{text}</p><p>{more}</p><p>{note}</p>");
        let html = format!("<html><body><article><h1>Ferry sinks</h1>{body}</article></body></html>");
        scene.web.put("/story", Answer::ok("text/html", html));
    };
    let feed = |title: &str| {
        let link = scene.web.url("/story");
        let item = format!(
            "<item><title>{title}</title><link>{link}</link><guid>ferry</guid>\
             <pubDate>19 Nov 2026 12:00:00 GMT</pubDate><description>A ferry sank.</description></item>"
        );
        let feed = format!("<rss version=\"2.0\"><channel><title>Gazette</title>{item}</channel></rss>");
        scene.web.put("/Gazette.xml", Answer::ok("application/rss+xml", feed));
    };
    let run = |day: u8| {
        scene.configure();
        let config = scene.read("feeds.toml").replace("pages = \"never\"", "pages = \"thin\"");
        scene.write("pages.toml", config);
        let at = format!("2026-11-{day}T06:00:00Z");
        scene.reveille(&["run", "--config", "pages.toml", "--at", &at]).expect(0);
        scene.web.asked().iter().filter(|asked| asked.path == "/story").count()
    };
    page(SINKS, "");
    feed("Ferry sinks off Sollund");
    assert_eq!(run(20), 1);
    publish(&scene, "Courier", &[("choir", "Tarrow choir wins song contest", 20, &[CHOIR])]);
    assert_eq!(run(21), 1, "nobody says that anything is wrong");
    page(&SINKS.replace("four hundred", "forty"), NOTE);
    feed("Corrected: Ferry sinks off Sollund");
    publish(&scene, "Herald", &[("bridge", "Lorry hits Old Mint Bridge", 21, &[BRIDGE])]);
    assert_eq!(run(22), 2);
    let taken = scene.mail.taken();
    let message = MessageParser::default().parse(taken[2].data.as_slice()).expect("a message");
    let text = message.body_text(0).expect("a text part").split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("printed Friday") && text.contains(NOTE), "{text}");
    assert!(text.contains("No longer in the article: The ferry Kestrel sank"), "{text}");
}

#[test]
fn outlets_that_fail_for_a_day_lose_nothing_and_bring_nothing_twice() {
    let scene = county();
    publish(&scene, "Gazette", &[("ferry", "Ferry sinks off Sollund", 19, &[SINKS])]);
    publish(&scene, "Courier", &[("pears", "Poor harvest of pears", 19, &[PEARS])]);
    morning(&scene, 20).expect("a digest");
    scene.web.put("/Courier.xml", Answer::error(403));
    publish(&scene, "Herald", &[("choir", "Tarrow choir wins song contest", 20, &[CHOIR])]);
    scene.run_at("2026-11-21T06:00:00Z").expect(0);
    assert_eq!(scene.mail.taken().len(), 2);
    let items: &[Item] =
        &[("pears", "Poor harvest of pears", 19, &[PEARS]), ("bridge", "Lorry hits bridge", 20, &[BRIDGE])];
    publish(&scene, "Courier", items);
    let third = morning(&scene, 22).expect("a digest");
    assert!(third.contains("Lorry hits bridge") && third.contains("1 story"), "{third}");
}
