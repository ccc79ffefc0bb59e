//! A newsletter to try faults on: invented outlets whose stories are in articles of their own, and as many readers as
//! asked for.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, civil::Date};
use mail_parser::MessageParser;
use reveille::inside::{
    Store,
    edition::{Delivery, Edition},
};

use crate::scene::{
    MORNING, Scene,
    http::Answer,
    smtp::{Smtp, Taken},
};

const OUTLETS: [&str; 6] = ["Gazette", "Courier", "Herald", "Beacon", "Tribune", "Packet"];
const STORIES: usize = 3;

/// Numbers that look like chance and are the same every time.
pub struct Dice(pub u64);

impl Dice {
    /// A number below `end`, which is above 0.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }

    fn word(&mut self) -> String {
        const SYLLABLES: [&str; 16] = [
            "ka", "lo", "mi", "ren", "tas", "vor", "el", "dun", "sha", "pi", "gar", "no", "tel", "us", "ber",
            "quo",
        ];
        (0..2 + self.below(2)).map(|_| SYLLABLES[self.below(SYLLABLES.len())]).collect()
    }

    /// A sentence of so many words that nobody has ever said.
    pub fn sentence(&mut self, words: usize) -> String {
        let words: Vec<String> = (0..words).map(|_| self.word()).collect();
        let sentence = words.join(" ");
        sentence[..1].to_uppercase() + &sentence[1..]
    }
}

/// A configured newsletter with `readers` readers, whose outlets have feeds and articles.
pub fn press(mail: Smtp, readers: usize, connections: usize) -> Scene {
    let scene = set_up(mail, readers, connections, OUTLETS.len());
    scene.write("feeds.toml", scene.read("feeds.toml").replace("pages = \"never\"", "pages = \"thin\""));
    scene
}

/// The same in small: one outlet, whose articles nobody asks for.
pub fn leaflet(mail: Smtp, readers: usize, connections: usize) -> Scene {
    set_up(mail, readers, connections, 1)
}

fn set_up(mail: Smtp, readers: usize, connections: usize, outlets: usize) -> Scene {
    let mut scene = Scene::with_mail(mail);
    for (n, outlet) in OUTLETS.iter().enumerate().take(outlets) {
        let mut dice = Dice(n as u64 + 1);
        let items: String = (0..STORIES).map(|story| publish(&scene, outlet, story, &mut dice)).collect();
        let feed = format!("<rss version=\"2.0\"><channel><title>{outlet}</title>{items}</channel></rss>");
        let path = format!("/{outlet}.xml");
        scene.web.put(&path, Answer::ok("application/rss+xml", feed).tagged("\"first\""));
        let url = scene.web.url(&path);
        scene = scene.feed(outlet, &url);
    }
    configure(&scene, connections);
    enroll(&scene, &(0..readers).map(reader).collect::<Vec<_>>());
    scene
}

/// The address of the n-th reader.
pub fn reader(n: usize) -> String {
    format!("reader{n:04}@example.net")
}

/// Makes these the readers.
pub fn enroll(scene: &Scene, readers: &[String]) {
    scene.write("readers.csv", format!("email\n{}\n", readers.join("\n")));
}

fn configure(scene: &Scene, connections: usize) {
    let path = scene.configure();
    let config = std::fs::read_to_string(&path).expect("the configuration");
    let config = config.replace(
        "[mail]\n",
        &format!("[mail]\nconnections = {connections}\nretry_after = \"10ms\"\ntimeout = \"400ms\"\n"),
    );
    scene.write("feeds.toml", format!("recipients_file = \"readers.csv\"\n{config}"));
}

/// Puts another mail server into the configuration; returns the one that was there.
pub fn serve_from(scene: &Scene, url: &str) -> String {
    let config = scene.read("feeds.toml");
    let (before, rest) = config.split_once("smtp = \"").expect("a server");
    let (old, after) = rest.split_once('"').expect("its end");
    scene.write("feeds.toml", format!("{before}smtp = \"{url}\"{after}"));
    old.to_owned()
}

/// A story's article is put on the web; its entry is returned.
fn publish(scene: &Scene, outlet: &str, story: usize, dice: &mut Dice) -> String {
    let (title, path) = (dice.sentence(7), format!("/{outlet}/{story}.html"));
    let paragraphs: Vec<String> = (0..4)
        .map(|_| format!("<p>{}. {}. {}.</p>", dice.sentence(14), dice.sentence(17), dice.sentence(12)))
        .collect();
    let page = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><title>{title}</title></head><body><main><article><h1>{title}</h1>{}\
         </article></main></body></html>",
        paragraphs.concat()
    );
    scene.web.put(&path, Answer::ok("text/html; charset=utf-8", page));
    format!(
        "<item><title>{title}</title><link>{}</link><guid>{outlet}-{story}</guid>\
         <pubDate>Sun, 22 Nov 2026 0{}:00:00 GMT</pubDate><description>{}.</description></item>",
        scene.web.url(&path),
        5 - story,
        dice.sentence(12)
    )
}

/// What the first outlet's feed holds a day later: a story more.
pub fn next_day(scene: &Scene) {
    let item =
        publish(scene, OUTLETS[0], STORIES, &mut Dice(99)).replace("Sun, 22 Nov 2026", "Mon, 23 Nov 2026");
    let feed = format!("<rss version=\"2.0\"><channel><title>Gazette</title>{item}</channel></rss>");
    scene.web.put("/Gazette.xml", Answer::ok("application/rss+xml", feed).tagged("\"second\""));
}

/// Takes the state away.
pub fn forget(scene: &Scene) {
    for name in ["state.db", "state.db-wal", "state.db-shm", "state.db.lock", "state.db.pull"] {
        let _ = std::fs::remove_file(scene.path(name));
    }
}

/// What the state holds, read from a copy, so that nothing about it changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// The edition of the scene's morning.
    pub edition: Option<Edition>,
    /// Ids of all entries.
    pub entries: BTreeSet<String>,
    /// The date of the newest edition.
    pub newest: Option<Date>,
    pub deliveries: Vec<Delivery>,
}

/// Reads the state of a scene.
pub fn kept(scene: &Scene) -> Kept {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["state.db", "state.db-wal"] {
        // One that is not there yet is not copied.
        let _ = std::fs::copy(scene.path(name), folder.path().join(name));
    }
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let store = Store::open(&folder.path().join("state.db")).await.expect("the state");
        let morning: Timestamp = MORNING.parse().expect("a moment");
        let date = morning.to_zoned(jiff::tz::TimeZone::UTC).date();
        let entries = store.entries(Timestamp::UNIX_EPOCH, Timestamp::MAX).await.expect("the entries");
        let kept = Kept {
            edition: store.edition(date).await.expect("the edition"),
            entries: entries.into_iter().map(|entry| entry.id).collect(),
            newest: store.last_edition().await.expect("the last edition").map(|edition| edition.date),
            deliveries: store.deliveries(date).await.expect("the ledger"),
        };
        store.close().await;
        kept
    })
}

/// The copies that each reader got, in order, with their places among all.
pub fn copies(taken: &[Taken]) -> BTreeMap<String, Vec<(usize, &Taken)>> {
    let mut copies: BTreeMap<String, Vec<(usize, &Taken)>> = BTreeMap::new();
    for (place, taken) in taken.iter().enumerate() {
        copies.entry(taken.to.concat()).or_default().push((place, taken));
    }
    copies
}

pub fn message_id(taken: &Taken) -> String {
    let message = MessageParser::default().parse(&taken.data).expect("a message");
    message.message_id().expect("a Message-ID").to_owned()
}
