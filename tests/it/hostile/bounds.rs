//! Every input tried: the run ends in time and within its memory, the honest outlets' stories are in the edition, what is
//! said tells what happened, and nothing is an entry that came from no feed.

use std::{collections::BTreeMap, fmt::Write as _, time::Duration};

use reveille::feeds::{Source, feed};

use super::{
    feeds::{self, FEEDS, Holds},
    pages::PAGES,
    trial::{HONEST, Measured, Seen, Town, feed_of, measured, story},
    wire::{Honest, LATE, WAYS, Way},
};

/// Bytes of the large inputs, in small and at their worst: as much as is read of a feed and of a page.
const SMALL: usize = 6_000;
const WORST_FEED: usize = (16 << 20) - 2000;
const WORST_PAGE: usize = (4 << 20) - 2000;

/// No input may hold a run longer, or make it larger.
const SECONDS: f64 = 20.0;
const MEGABYTES: f64 = 300.0;

/// Many hostile feeds in one run: who configures dozens waits for them, but not for ever, and in the same room.
const AT_ONCE: &str = "at once";
const SECONDS_AT_ONCE: f64 = 90.0;

/// In small: nobody waits for long.
const HASTY: &str = "timeout = \"1500ms\"\nhost_delay = \"0s\"\nmax_pages = 500\n";
const QUICKLY: Duration = Duration::from_millis(50);

fn honest_feed() -> Honest {
    let (title, text) = story(9999);
    Honest { kind: "application/rss+xml", body: feed_of(&title, &text.repeat(20), "") }
}

fn honest_page() -> Honest {
    let body =
        format!("<html><body><article><h1>Quay</h1>{}</article></body></html>", story(9998).1.repeat(4));
    Honest { kind: "text/html", body: body.into_bytes() }
}

/// What is wrong with what was said of a feed that is served amiss. In haste the time may be over
/// before the rest is known.
fn trouble_with_words(way: &Way, said: Option<&str>, hasty: bool) -> Option<String> {
    match said {
        None if way.said.is_empty() => None,
        Some(said) if said.contains(way.said) => None,
        Some(said) if hasty && said.contains(LATE) => None,
        said => Some(format!("{said:?}, not {:?}", way.said)),
    }
}

/// What is wrong with the entries, or the words in their place, of a document.
fn trouble_with_entries(holds: Holds, read: Result<usize, String>) -> Option<String> {
    match (holds, read) {
        (Holds::NoFeed, Ok(entries)) => Some(format!("{entries} entries of what is no feed")),
        (Holds::AtMost(most), Ok(entries)) if entries > most => {
            Some(format!("{entries} entries, not {most}"))
        }
        (_, Err(said)) if !said.contains("tide.example") && !said.contains("127.") => {
            Some(format!("it does not say which feed: {said}"))
        }
        _ => None,
    }
}

#[test]
fn whatever_servers_send_for_feeds_the_others_are_read_and_it_is_said_what_happened() {
    let mut town = Town::new(HASTY, QUICKLY);
    for way in WAYS {
        let url = town.amiss(way, honest_feed(), false);
        town.outlet(way.name, "", &url);
    }
    for input in FEEDS {
        let url = town.serve("application/rss+xml", (input.make)(SMALL));
        town.outlet(&format!("with {}", input.name), "", &url);
    }
    let seen = town.preview();
    assert_eq!(seen.trouble(), None);
    let ways = WAYS
        .iter()
        .filter_map(|way| Some((way.name, trouble_with_words(way, seen.said_of(way.name), true)?)));
    let no_feeds = FEEDS.iter().filter(|input| input.holds == Holds::NoFeed);
    let read = no_feeds.filter(|input| seen.said_of(&format!("with {}", input.name)).is_none());
    let wrong: Vec<_> = ways.chain(read.map(|input| (input.name, "was read".to_owned()))).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(seen.measured.megabytes < MEGABYTES, "{} MB", seen.measured.megabytes);
}

#[test]
fn whatever_servers_send_for_pages_and_robots_txt_no_story_is_lost() {
    let mut town = Town::new(&format!("{HASTY}pages = \"always\"\n"), QUICKLY);
    // Of the robots.txt every fourth, for the sake of time.
    let robots = WAYS.iter().step_by(4).map(|way| (way, true));
    let amiss = WAYS.iter().map(|way| (way, false)).chain(robots);
    let amiss: Vec<String> = amiss.map(|(way, robots)| town.amiss(way, honest_page(), robots)).collect();
    let documents =
        PAGES.iter().map(|input| town.serve("text/html", (input.make)(SMALL))).collect::<Vec<_>>();
    let links: Vec<String> = amiss.into_iter().chain(documents).collect();
    for (number, link) in links.iter().enumerate() {
        let (title, text) = story(number);
        let url = town.file(&format!("{number}.xml"), &feed_of(&title, &text, link));
        town.outlet(&format!("Outlet {number}"), "", &url);
    }
    let seen = town.preview();
    assert_eq!(seen.trouble(), None);
    assert_eq!(seen.report["briefs"], links.len() + 3, "{}", seen.report);
    let asked: u64 =
        ["fetched", "failed", "disallowed"].iter().filter_map(|of| seen.report["pages"][of].as_u64()).sum();
    assert_eq!(asked, links.len() as u64, "{}", seen.report);
    assert!(seen.measured.megabytes < MEGABYTES, "{} MB", seen.measured.megabytes);
}

#[test]
fn no_document_is_taken_for_more_than_it_is() {
    let source = Source { url: "http://tide.example/", content_type: None };
    for input in FEEDS {
        let read = feed(&(input.make)(SMALL), &source);
        let read = read.map(|feed| feed.entries.len()).map_err(|error| error.to_string());
        assert_eq!(trouble_with_entries(input.holds, read), None, "{}", input.name);
    }
}

/// Rows of the table, and what is wrong.
#[derive(Default)]
struct Table {
    tried: usize,
    crashed: usize,
    worst: BTreeMap<&'static str, (f64, String, f64, String)>,
    wrong: String,
}

impl Table {
    fn row(
        &mut self,
        part: &'static str,
        name: &str,
        measured: &Measured,
        said: &str,
        trouble: Option<String>,
    ) {
        let Measured { status, seconds, megabytes, .. } = *measured;
        self.tried += 1;
        self.crashed += usize::from(!(0..=100).contains(&status) || measured.stderr.contains("panicked"));
        let most = if part == AT_ONCE { SECONDS_AT_ONCE } else { SECONDS };
        let (slow, large) = (seconds > most, megabytes > MEGABYTES);
        let trouble = trouble.or_else(|| (slow || large).then(|| "too slow or too large".to_owned()));
        let said: String = said.replace('\n', " ").chars().take(110).collect();
        let mark = if trouble.is_some() { "!" } else { " " };
        eprintln!("{mark} {part:8} {name:42} {seconds:6.2} s {megabytes:5.0} MB  {said}");
        if let Some(trouble) = trouble {
            writeln!(self.wrong, "{part}, {name}: {trouble} ({seconds:.1} s, {megabytes:.0} MB)")
                .expect("a string");
        }
        let worst = self.worst.entry(part).or_default();
        if seconds > worst.0 {
            (worst.0, worst.1) = (seconds, name.to_owned());
        }
        if megabytes > worst.2 {
            (worst.2, worst.3) = (megabytes, name.to_owned());
        }
    }

    fn end(self) {
        for (part, (seconds, slow, megabytes, large)) in &self.worst {
            eprintln!("{part}: at worst {seconds:.1} s ({slow}), {megabytes:.0} MB ({large})");
        }
        eprintln!("{} inputs tried, {} crashes", self.tried, self.crashed);
        assert!(self.wrong.is_empty() && self.crashed == 0, "{}", self.wrong);
    }
}

fn is_wanted(name: &str) -> bool {
    std::env::var("HOSTILE_ONLY").map_or(true, |parts| parts.split(',').any(|part| name.contains(part)))
}

#[test]
#[ignore = "takes a quarter of an hour: every input by itself, at its worst and at the default settings"]
fn long() {
    let mut table = Table::default();
    for way in WAYS.iter().filter(|way| is_wanted(way.name)) {
        let seen = with_feed(|town| town.amiss(way, honest_feed(), false));
        let said = seen.said_of("Hostile");
        let trouble = seen.trouble().or_else(|| trouble_with_words(way, said, false));
        table.row("feed", way.name, &seen.measured, said.unwrap_or("read"), trouble);
    }
    for input in FEEDS.iter().filter(|input| is_wanted(input.name)) {
        let body = (input.make)(WORST_FEED);
        let inspected = inspect("feed", &body);
        let lines = inspected.stdout.lines().count();
        let read = if inspected.status == 0 { Ok(lines) } else { Err(inspected.stderr.clone()) };
        let said = if inspected.status == 0 { format!("{lines} entries") } else { inspected.stderr.clone() };
        table.row("in file", input.name, &inspected, &said, trouble_with_entries(input.holds, read));
        let seen = with_feed(|town| town.serve("application/rss+xml", body));
        let entries = seen.report["entries"].as_u64().unwrap_or(0).saturating_sub(3);
        let read = seen.said_of("Hostile").map_or(Ok(entries as usize), |said| Err(said.to_owned()));
        let said = seen.said_of("Hostile").map_or_else(|| format!("{entries} entries"), str::to_owned);
        let trouble = seen.trouble().or_else(|| trouble_with_entries(input.holds, read));
        table.row("feed", input.name, &seen.measured, &said, trouble);
    }
    for way in WAYS.iter().filter(|way| is_wanted(way.name)) {
        for (part, robots) in [("page", false), ("robots", true)] {
            page_row(&mut table, part, way.name, |town| town.amiss(way, honest_page(), robots));
        }
    }
    for input in PAGES.iter().filter(|input| is_wanted(input.name)) {
        let body = (input.make)(WORST_PAGE);
        let inspected = inspect("article", &body);
        let said = if inspected.status == 0 { "an article".to_owned() } else { inspected.stderr.clone() };
        table.row("in file", input.name, &inspected, &said, None);
        page_row(&mut table, "page", input.name, |town| town.serve("text/html", body));
    }
    for (name, outlets) in [("a thousand long articles", 20), ("a million RSS entries", 60)] {
        if is_wanted(AT_ONCE) {
            many_at_once(&mut table, name, outlets);
        }
    }
    table.end();
}

/// The same worst document of many outlets at once.
fn many_at_once(table: &mut Table, name: &'static str, outlets: usize) {
    let input: &feeds::Input = FEEDS.iter().find(|input| input.name == name).expect("an input");
    let mut town = Town::new("", Duration::from_secs(1));
    let body = (input.make)(WORST_FEED);
    for outlet in 0..outlets {
        let url = town.serve("application/rss+xml", body.clone());
        town.outlet(&format!("Hostile {outlet}"), "", &url);
    }
    let seen = town.preview();
    let said = seen.report["feeds"]["failed"].to_string();
    // So many tell the same that theirs is the news; the others are read all the same.
    let unread = HONEST.iter().find(|(outlet, _)| seen.said_of(outlet).is_some());
    let trouble = unread.map(|(outlet, _)| format!("the {outlet} was not read"));
    let trouble = trouble.or_else(|| (seen.measured.status != 0).then(|| seen.measured.stderr.clone()));
    table.row(
        AT_ONCE,
        &format!("{outlets} times {name}"),
        &seen.measured,
        &format!("{said} feeds failed"),
        trouble,
    );
}

/// A run at the default settings, with one more feed.
fn with_feed(serve: impl FnOnce(&Town) -> String) -> Seen {
    let mut town = Town::new("", Duration::from_secs(1));
    let url = serve(&town);
    town.outlet("Hostile", "", &url);
    town.preview()
}

/// A run at the default settings, with one more feed that links to this page.
fn page_row(table: &mut Table, part: &'static str, name: &str, serve: impl FnOnce(&Town) -> String) {
    let mut town = Town::new("", Duration::from_secs(1));
    let (title, text) = story(0);
    let url = town.file("linking.xml", &feed_of(&title, &text, &serve(&town)));
    town.outlet("Linking", "", &url);
    let seen = town.preview();
    let own_words = text.trim_start_matches("<p>").trim_end_matches("</p>");
    let printed =
        seen.html.contains(&title) && (seen.html.contains(own_words) || seen.report["pages"]["fetched"] == 1);
    let trouble = seen.trouble().or_else(|| (!printed).then(|| "the story is lost".to_owned()));
    table.row(part, name, &seen.measured, &seen.report["pages"].to_string(), trouble);
}

/// `reveille inspect` of a document in a file.
fn inspect(what: &str, body: &[u8]) -> Measured {
    let town = Town::new("", Duration::ZERO);
    let file = town.file("document", body);
    measured(town.command(&["inspect", what, &file, "--url", "http://tide.example/"]))
}
