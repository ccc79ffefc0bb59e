//! Days of polls played to the program: a pull at every poll, a run every morning. Whatever any poll showed is among the
//! articles of the next edition, and of no other: entry by entry, and what is missing is named.
//!
//! The short form plays invented feeds that hold their entries for a few hours. The long one plays a folder of real ones and
//! prints its figures: `polls.jsonl` in it has a line a poll, `{"at", "outlet", "file"}`, oldest first.
//!
//!     REPLAY=folder cargo test --test it replay::long -- --ignored --nocapture

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::Read,
    path::{Path, PathBuf},
};

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use serde_json::Value;
use xxhash_rust::xxh3::xxh3_128;

use crate::{
    faults::press::Dice,
    scene::{Scene, http::Answer, smtp::Smtp},
};

/// What an outlet's feed holds at a time.
struct Poll {
    at: Timestamp,
    outlet: String,
    body: Vec<u8>,
}

/// What the editions were made of.
#[derive(Debug, Default, PartialEq)]
struct Account {
    polls: usize,
    /// Entries in all polls, each once, that were new enough for an edition.
    seen: usize,
    /// Articles of all editions.
    articles: usize,
    /// Entries that are not among the articles of the next edition, by day, outlet, key and title.
    missing: Vec<String>,
    /// Articles that no poll showed under a key of their own: an outlet took the identity of an old item for a new one.
    renewed: Vec<String>,
    /// Articles that are in two editions' mornings although the first one printed them, or that no poll showed at all.
    strange: Vec<String>,
}

/// An entry as a poll showed it.
#[derive(Debug, Clone)]
struct Shown {
    /// As the state names it: by feed and key.
    id: String,
    /// The same where the key was another article's.
    renewed: String,
    published: Option<Timestamp>,
    told: String,
}

/// No edition goes further back.
const FURTHEST: SignedDuration = SignedDuration::from_hours(72);

/// Before the first pull, the first edition goes back by this.
const WINDOW: SignedDuration = SignedDuration::from_hours(24);

/// Plays the polls, with runs at these times; every poll is pulled at, or only the runs pull.
fn play(polls: &[Poll], runs: &[Timestamp], pulling: bool) -> Account {
    let mut scene = Scene::with_mail(Smtp::start()).readers(&["ann"]);
    let outlets: BTreeSet<&String> = polls.iter().map(|poll| &poll.outlet).collect();
    for outlet in &outlets {
        let url = address(&scene, outlet);
        scene = scene.feed(outlet, &url);
    }
    // Thin mornings are another matter: not every feed of a replay has been polled when the first run comes.
    scene = scene.newsletter("title = \"Morning Post\"\nwait_for = \"0s\"\n");
    scene.configure();
    let mut account = Account::default();
    let mut known = BTreeSet::new();
    let mut renewed = BTreeSet::new();
    let (mut fresh, mut first, mut last) = (BTreeMap::new(), None, None);
    let mut coming = polls.iter().peekable();
    for &run in runs {
        while let Some(poll) = coming.next_if(|poll| poll.at < run) {
            account.polls += 1;
            let answer = Answer::ok("application/xml", poll.body.clone());
            scene.web.put(&format!("/{}.xml", poll.outlet), answer.tagged(&format!("\"{}\"", account.polls)));
            first.get_or_insert(poll.at);
            for shown in entries(&scene, poll) {
                renewed.insert(shown.renewed.clone());
                if known.insert(shown.id.clone()) {
                    let dated = shown.published.map_or(poll.at, |published| published.min(poll.at));
                    fresh.insert(shown.id, (dated, shown.told));
                }
            }
            if pulling && coming.peek().is_none_or(|next| next.at != poll.at) {
                // Not every poll is of a feed, so there may be none yet.
                scene.reveille(&["pull", "--quiet", "--now", "--at", &poll.at.to_string()]);
            }
        }
        let ended = scene.reveille(&["run", "-vv", "--now", "--at", &run.to_string()]).expect(0);
        let articles: BTreeMap<&str, &str> = ended.stderr.lines().filter_map(article).collect();
        let since = match last {
            None => first.unwrap_or(run) - WINDOW,
            Some(_) => run - FURTHEST,
        };
        let new: BTreeMap<String, String> = std::mem::take(&mut fresh)
            .into_iter()
            .filter(|(_, (dated, _))| *dated > since)
            .map(|(id, (_, told))| (id, told))
            .collect();
        let is_missing = |(id, _): &(&String, &String)| !articles.contains_key(id.as_str());
        account.missing.extend(new.iter().filter(is_missing).map(|(_, told)| format!("{run}: {told}")));
        for (id, told) in articles.iter().filter(|(id, _)| !new.contains_key(**id)) {
            match renewed.contains(*id) {
                true => account.renewed.push(format!("{run}: {told}")),
                false => account.strange.push(format!("{run}: {told}")),
            }
        }
        account.seen += new.len();
        account.articles += articles.len();
        last = Some(run);
    }
    account
}

fn address(scene: &Scene, outlet: &str) -> String {
    scene.web.url(&format!("/{outlet}.xml"))
}

/// The id and the outlet and title of an article that a run says (-vv) it makes its edition of.
fn article(line: &str) -> Option<(&str, &str)> {
    let (id, told) = line.split_once(" article ")?.1.split_once(" of ")?;
    (id.len() == 32 && line.trim_start().starts_with("DEBUG")).then_some((id, told))
}

/// The name of an entry in the state.
fn id(feed: &str, key: &str) -> String {
    format!("{:032x}", xxh3_128(format!("{feed}\n{key}").as_bytes()))
}

/// The entries of a poll, as the program itself reads them; none where it is no feed.
fn entries(scene: &Scene, poll: &Poll) -> Vec<Shown> {
    let file = scene.write("poll.xml", &poll.body);
    let url = address(scene, &poll.outlet);
    let read = scene.reveille(&["inspect", "feed", &file.display().to_string(), "--url", &url]);
    let lines = read.stdout.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    let titled = lines.filter(|entry| entry["title"].as_str().is_some_and(|title| !title.is_empty()));
    let entry = |entry: Value| {
        let published = entry["published"].as_str().and_then(|text| text.parse().ok());
        let [key, title] = ["key", "title"].map(|name| entry[name].as_str().unwrap_or_default());
        let own = entry["link"].as_str().unwrap_or(title);
        let told = format!("{} {key:?}: {title}", poll.outlet);
        Shown { id: id(&url, key), renewed: id(&url, &format!("{key}\n{own}")), published, told }
    };
    titled.map(entry).collect()
}

/// Three outlets over two days: an item every so often, and a feed that holds the newest few.
fn invented() -> Vec<Poll> {
    let begin: Timestamp = "2026-11-20T07:00:00Z".parse().expect("a moment");
    let outlets = [("Gazette", 50, 6), ("Courier", 95, 4), ("Herald", 240, 12)];
    let mut polls = Vec::new();
    for half_hours in 0..94 {
        let at = begin + SignedDuration::from_mins(30 * half_hours);
        for (place, (outlet, every, holds)) in outlets.iter().enumerate() {
            let published = (30 * half_hours) / every;
            let items: String =
                (0..=published).rev().take(*holds).map(|n| item(place, n, begin, *every)).collect();
            let body =
                format!("<rss version=\"2.0\"><channel><title>{outlet}</title>{items}</channel></rss>");
            polls.push(Poll { at, outlet: (*outlet).to_owned(), body: body.into_bytes() });
        }
    }
    polls
}

fn item(place: usize, n: i64, begin: Timestamp, every: i64) -> String {
    let mut dice = Dice(place as u64 * 1000 + n.unsigned_abs() + 1);
    let at = (begin + SignedDuration::from_mins(every * n)).to_zoned(TimeZone::UTC);
    format!(
        "<item><title>{}</title><guid>{place}-{n}</guid><link>http://news.example/{place}/{n}</link><pubDate>{}</pubDate>\
         <description>{}.</description></item>",
        dice.sentence(6),
        at.strftime("%a, %d %b %Y %H:%M:%S +0000"),
        dice.sentence(12)
    )
}

fn mornings(days: &[u8]) -> Vec<Timestamp> {
    days.iter().map(|day| format!("2026-11-{day}T06:00:00Z").parse().expect("a moment")).collect()
}

#[test]
fn what_any_poll_showed_is_in_the_next_edition_and_in_no_other() {
    let account = play(&invented(), &mornings(&[21, 22]), true);
    let [missing, renewed, strange] = [&account.missing, &account.renewed, &account.strange].map(Vec::len);
    assert_eq!((account.polls, missing, renewed, strange), (282, 0, 0, 0), "{account:#?}");
    assert!(account.seen > 90 && account.articles == account.seen, "{account:?}");
}

#[test]
fn one_look_a_day_misses_most_of_it() {
    let account = play(&invented(), &mornings(&[21, 22]), false);
    assert!(account.articles * 2 < account.seen, "{account:?}");
    assert_eq!(account.missing.len(), account.seen - account.articles, "each is named");
    assert!(
        account.missing.iter().any(|told| told.starts_with("2026-11-21") && told.contains("Gazette \"0-"))
    );
}

#[test]
#[ignore = "plays the folder that REPLAY names"]
fn long() {
    let folder = PathBuf::from(std::env::var("REPLAY").expect("REPLAY names a folder"));
    let polls = recorded(&folder);
    let zone = TimeZone::UTC;
    let days: BTreeSet<_> = polls.iter().map(|poll| poll.at.to_zoned(zone.clone()).date()).collect();
    // The last minute of each day, so that every poll is before some run.
    let evening = |date: &jiff::civil::Date| date.at(23, 59, 0, 0).to_zoned(zone.clone()).expect("a moment");
    let runs: Vec<Timestamp> = days.iter().map(|date| evening(date).timestamp()).collect();
    for pulling in [true, false] {
        let account = play(&polls, &runs, pulling);
        let Account { polls, seen, articles, missing, renewed, strange } = &account;
        eprintln!("pulled at every poll: {pulling}: {polls} polls, {seen} entries seen, {articles} articles");
        for (what, which) in [("missing", missing), ("renewed", renewed), ("strange", strange)] {
            eprintln!("  {what}: {}", which.len());
            which.iter().filter(|_| pulling).for_each(|told| eprintln!("    {told}"));
        }
        assert!(!pulling || missing.len() + strange.len() == 0);
    }
}

/// The polls of a folder, in order.
fn recorded(folder: &Path) -> Vec<Poll> {
    let list = fs::read_to_string(folder.join("polls.jsonl")).expect("polls.jsonl");
    let mut bodies = BTreeMap::new();
    let poll = |line: &str| {
        let poll: Value = serde_json::from_str(line).expect("a poll");
        let said = |key: &str| poll[key].as_str().unwrap_or_else(|| panic!("{key} of {line}")).to_owned();
        let file = said("file");
        let body = bodies.entry(file).or_insert_with_key(|file| read(&folder.join(file)));
        Poll { at: said("at").parse().expect("a moment"), outlet: said("outlet"), body: body.clone() }
    };
    list.lines().map(poll).collect()
}

/// The bytes of a file, unpacked where its name says that it is packed.
fn read(file: &Path) -> Vec<u8> {
    let bytes = fs::read(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    if file.extension().is_none_or(|ending| ending != "gz") {
        return bytes;
    }
    let mut unpacked = Vec::new();
    flate2::read::GzDecoder::new(bytes.as_slice()).read_to_end(&mut unpacked).expect("gzip");
    unpacked
}
