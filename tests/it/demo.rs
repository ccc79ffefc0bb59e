//! The demo edition, held against what its authors say of it in `STORIES.md`.

use std::{collections::BTreeMap, fs, path::Path, sync::OnceLock};

use jiff::{civil::date, fmt::rfc2822};
use reveille::inside::{
    Clock, Store,
    edition::{Edition, Slot},
};

use crate::scene::{Scene, dkimpy::Dkimpy};

/// What one demo made.
struct Made {
    said: String,
    html: String,
    text: String,
    messages: BTreeMap<String, String>,
    edition: Edition,
}

/// The demo, run once for all tests.
fn made() -> &'static Made {
    static MADE: OnceLock<Made> = OnceLock::new();
    MADE.get_or_init(make)
}

fn make() -> Made {
    let scene = Scene::new();
    let said = scene.reveille(&["demo", "--output", "out", "--date", "2026-11-20"]).expect(0).stdout;
    let messages = fs::read_dir(scene.path("out/outbox"))
        .expect("an outbox")
        .map(|file| {
            let path = file.expect("a file").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, fs::read_to_string(path).expect("a message"))
        })
        .collect();
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let edition = runtime.block_on(async {
        let store = Store::open(&scene.path("out/demo.db")).await.expect("the demo's state");
        store.edition(date(2026, 11, 20)).await.expect("a look").expect("an edition")
    });
    Made { said, html: scene.read("out/digest.html"), text: scene.read("out/digest.txt"), messages, edition }
}

/// The demo's messages, one a reader.
pub fn messages() -> impl Iterator<Item = Vec<u8>> {
    made().messages.values().map(|message| message.clone().into_bytes())
}

/// The demo's digest as a page.
pub fn html() -> &'static str {
    &made().html
}

/// The rows of the tables below a heading of `STORIES.md` that begins so, heading by heading.
fn tables(heading: &str) -> Vec<(String, Vec<Vec<String>>)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/cli/demo/newsletter/STORIES.md");
    let text = fs::read_to_string(path).expect("the authors' table");
    let mut found: Vec<(String, Vec<Vec<String>>)> = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        if line.starts_with('#') {
            inside = line.starts_with(heading);
            if inside {
                found.push((line.trim_start_matches('#').trim().to_owned(), Vec::new()));
            }
        } else if inside && line.starts_with('|') && !line.starts_with("|---") {
            let cells = line.trim_matches('|').split(" | ").map(|cell| cell.trim().to_owned()).collect();
            found.last_mut().expect("a heading").1.push(cells);
        }
    }
    found.iter_mut().for_each(|(_, rows)| drop(rows.remove(0)));
    assert!(found.iter().all(|(_, rows)| !rows.is_empty()), "no table below {heading}");
    found
}

/// The story's letter by the title of each of its articles.
fn story_of_title() -> BTreeMap<String, String> {
    tables("### ")
        .into_iter()
        .flat_map(|(name, rows)| {
            let letter = name.split(':').next().expect("a letter").to_owned();
            rows.into_iter().map(move |row| (row[1].clone(), letter.clone()))
        })
        .collect()
}

fn titles(slot: &Slot) -> Vec<&str> {
    std::iter::once(slot.headline.as_str()).chain(slot.more.iter().map(|c| c.title.as_str())).collect()
}

#[test]
fn the_demo_ends_by_saying_where_the_digest_is_and_what_it_did() {
    let said = &made().said;
    for word in ["digest.html", "digest.txt", "outbox", "61 entries", "3 messages"] {
        assert!(said.contains(word), "{word} in {said}");
    }
    assert!(said.lines().count() <= 8, "a few lines: {said}");
}

#[test]
fn articles_of_two_events_never_stand_under_one_headline() {
    let stories = story_of_title();
    for slot in made().edition.slots() {
        let letters: Vec<&str> =
            titles(slot).into_iter().map(|title| stories.get(title).map_or(title, String::as_str)).collect();
        assert!(letters.windows(2).all(|pair| pair[0] == pair[1]), "{:?}", titles(slot));
    }
}

#[test]
fn one_event_is_one_story_with_its_outlets_counted_as_voices() {
    let stories = story_of_title();
    let slot_of = |letter: &str| {
        let mut slots =
            made().edition.slots().filter(|slot| stories.get(&slot.headline).is_some_and(|s| s == letter));
        let slot = slots.next().unwrap_or_else(|| panic!("{letter} is not printed"));
        assert!(slots.next().is_none(), "{letter} is printed twice");
        slot
    };
    assert!(slot_of("T").voices >= 5, "the top story has many voices");
    assert_eq!(made().edition.top[0].headline, slot_of("T").headline);
    let wire = slot_of("W");
    assert_eq!(
        (wire.voices, wire.more.len() + 1),
        (2, 6),
        "five copies of one report are one voice: {:?}",
        titles(wire)
    );
    for letter in ["A", "F1", "C1"] {
        assert!(!slot_of(letter).more.is_empty(), "{letter} has other outlets");
    }
}

#[test]
fn furniture_and_stale_entries_are_nowhere() {
    let stale = ["Oldest ship in the fleet", "Puffin count highest"];
    let furniture = tables("## Furniture").remove(0).1;
    let strings = furniture.iter().map(|row| row[2].as_str()).chain(stale);
    for string in strings {
        let printed = made().edition.slots().any(|slot| {
            let lead = slot.lead.iter().map(|excerpt| excerpt.text.as_str());
            let said = slot.quotes.iter().map(|quote| quote.text.as_str());
            lead.chain(said).chain(titles(slot)).any(|text| text.contains(string))
        });
        assert!(!printed, "{string:?} is printed");
    }
}

#[test]
fn every_printed_quotation_has_the_speaker_its_authors_gave_it() {
    let known = tables("## Quotations").remove(0).1;
    let bare = |text: &str| text.trim_matches(|c: char| "“”‘’\"«»,.".contains(c)).to_owned();
    let mut checked = 0;
    for quote in made().edition.slots().flat_map(|slot| &slot.quotes) {
        let Some(row) = known.iter().find(|row| bare(&quote.text).contains(&bare(&row[2]))) else { continue };
        let right = row[3].split(" (").next().expect("a name").split(' ').next_back().expect("a last name");
        let said = quote.speaker.as_deref().unwrap_or_default();
        assert!(said.contains(right), "{:?} was said by {}, not {said:?}", quote.text, row[3]);
        checked += 1;
    }
    assert!(checked >= 3, "only {checked} of the authors' quotations are printed");
}

#[test]
fn scare_quotes_are_not_pulled() {
    let marks = tables("## Marks").remove(0).1;
    for quote in made().edition.slots().flat_map(|slot| &slot.quotes) {
        assert!(marks.iter().all(|row| row[2] != quote.text), "{quote:?}");
    }
}

#[test]
fn every_reader_gets_a_message_and_one_only_the_sections_asked_for() {
    let made = made();
    assert_eq!(made.messages.len(), 3, "{:?}", made.messages.keys());
    let of = |name: &str| made.messages.iter().find(|(file, _)| file.contains(name)).expect("a message").1;
    assert!(of("tbrandt").len() < of("m.oakley").len(), "two sections are shorter than all");
    assert!(of("m.oakley").contains("To: Marian Oakley <m.oakley@example.net>"));
}

/// The public half of the demo's key, as RFC 8463 appendix A.2 prints it.
const RECORD: &str = "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

#[test]
fn every_message_is_signed_and_can_be_left_by_one_click() {
    for message in made().messages.values() {
        assert!(message.contains("\r\nList-Unsubscribe: <https://www.signal-halyard.example/muster/leave/"));
        assert!(message.contains("\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"));
    }
    let Some(dkimpy) = Dkimpy::find() else { return };
    let messages: Vec<Vec<u8>> = messages().collect();
    assert_eq!(dkimpy.verdicts(&messages, RECORD), [true; 3]);
}

#[test]
fn the_page_is_light_and_needs_nothing_from_elsewhere() {
    let html = &made().html;
    assert!(html.len() < 80_000, "{} bytes", html.len());
    for foreign in ["<script", "<link", "@import", "127.0.0.1", "utm_"] {
        assert!(!html.contains(foreign), "{foreign}");
        assert!(!made().text.contains(foreign), "{foreign}");
    }
}

#[test]
fn without_a_date_it_is_the_digest_of_the_latest_morning_with_the_same_stories() {
    let scene = Scene::new();
    let said = scene.reveille(&["demo", "--output", "out"]).expect(0).stdout;
    let counts = |said: &str| said.lines().take(2).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(counts(&said), counts(&made().said));
    let message = fs::read_dir(scene.path("out/outbox")).expect("an outbox").next().expect("a message");
    let message = fs::read_to_string(message.expect("a file").path()).expect("a message");
    let date = message.lines().find_map(|line| line.strip_prefix("Date: ")).expect("a date");
    let age = Clock::system().now().duration_since(rfc2822::parse(date).expect(date).timestamp());
    assert!((0..24).contains(&age.as_hours()), "{date}");
}

#[test]
fn the_same_feeds_make_the_same_digest() {
    let again = make();
    assert_eq!(again.html, made().html);
    assert_eq!(again.text, made().text);
}
