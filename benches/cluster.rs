//! Times `stories::stories` on made-up days of 1,000, 10,000 and 100,000 entries: `cargo bench --bench
//! cluster`. Prints entries a second, which show how it scales, and peak memory (without the entries
//! themselves).

use divan::{AllocProfiler, Bencher, counter::ItemsCount};
use jiff::{SignedDuration, Timestamp};
use reveille::stories::{self, Article};

#[global_allocator]
static MEMORY: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

#[divan::bench(args = [1_000, 10_000, 100_000], sample_count = 5, sample_size = 1)]
fn stories(bencher: Bencher, entries: usize) {
    let articles = Newsroom::new(entries).articles(entries);
    let options = stories::Options::default();
    bencher.counter(ItemsCount::new(entries)).bench_local(|| stories::stories(&articles, &options));
}

const OUTLETS: usize = 200;
/// Ongoing topics, each with its own words, shared by many stories.
const TOPICS: usize = 300;
const WORDS: usize = 150_000;
/// Words shared by different events.
const TELLING: usize = 10_000;
const NAMES: usize = 20_000;
/// Stories last up to this long, on a stretch of three days.
const STORY_HOURS: usize = 18;
const STRETCH_HOURS: usize = 72;

/// Function words: two words in five.
const GLUE: [&str; 24] = [
    "the", "of", "and", "to", "in", "a", "that", "for", "was", "on", "is", "with", "said", "by", "he", "as",
    "at", "from", "it", "have", "has", "be", "his", "after",
];
const SYLLABLES: [&str; 28] = [
    "ka", "lo", "mi", "ren", "tas", "vor", "el", "dun", "sha", "pi", "gar", "no", "tel", "us", "ber", "an",
    "quo", "fi", "lim", "or", "stra", "ing", "ed", "ment", "per", "con", "ti", "ve",
];

/// Marsaglia's xorshift64 (2003): the same numbers every time.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// 0 to 1, without 1.
    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn below(&mut self, n: usize) -> usize {
        (self.share() * n as f64) as usize
    }

    fn between(&mut self, least: usize, most: usize) -> usize {
        least + self.below(most - least + 1)
    }

    /// A rank below `n`, the first the likeliest, by Zipf's law.
    fn rank(&mut self, n: usize) -> usize {
        ((n as f64).powf(self.share()) as usize).saturating_sub(1)
    }

    fn pick<'a>(&mut self, words: &'a [String]) -> &'a str {
        &words[self.below(words.len())]
    }

    fn word(&mut self, syllables: usize) -> String {
        (0..syllables).map(|_| SYLLABLES[self.below(SYLLABLES.len())]).collect()
    }

    fn name(&mut self) -> String {
        let mut name = self.word(2);
        name.get_mut(..1).into_iter().for_each(str::make_ascii_uppercase);
        name.push_str(SYLLABLES[self.below(SYLLABLES.len())]);
        name
    }
}

/// The vocabulary of the made-up world.
struct Newsroom {
    chance: Chance,
    common: Vec<String>,
    names: Vec<String>,
    topics: Vec<Vec<String>>,
}

/// One event: what the reports on it share.
struct Event {
    /// Its own words, names and numbers.
    own: Vec<String>,
    topic: usize,
    hour: usize,
    /// The agency's report, which some outlets print.
    wire: String,
}

impl Newsroom {
    fn new(seed: usize) -> Self {
        let mut chance = Chance(0x9E37_79B9_7F4A_7C15 ^ seed as u64);
        let common: Vec<String> = (0..WORDS).map(|n| chance.word(2 + n % 3)).collect();
        let names = (0..NAMES).map(|_| chance.name()).collect();
        let topic = |chance: &mut Chance| (0..60).map(|_| chance.pick(&common).to_owned()).collect();
        let topics = (0..TOPICS).map(|_| topic(&mut chance)).collect();
        Newsroom { chance, common, names, topics }
    }

    /// Exactly `n` entries, story by story.
    fn articles(mut self, n: usize) -> Vec<Article> {
        let mut articles = Vec::with_capacity(n);
        while articles.len() < n {
            let event = self.event();
            let size = self.size().min(n - articles.len());
            articles.extend((0..size).map(|_| self.article(&event)));
        }
        articles.iter_mut().enumerate().for_each(|(place, article)| article.id = place.to_string());
        articles
    }

    /// Most stories are told once, some a few times, hardly any by dozens.
    fn size(&mut self) -> usize {
        match self.chance.below(300) {
            0 => self.chance.between(40, 120),
            1..=9 => self.chance.between(7, 39),
            10..=99 => self.chance.between(2, 6),
            _ => 1,
        }
    }

    fn event(&mut self) -> Event {
        let words = (0..20).map(|_| self.common[self.chance.below(TELLING)].clone());
        let mut own: Vec<String> = words.collect();
        for _ in 0..6 {
            own.push(self.names[self.chance.rank(NAMES)].clone());
        }
        own.push(self.chance.name());
        own.extend((0..2).map(|_| self.chance.between(2, 999).to_string()));
        let hour = self.chance.below(STRETCH_HOURS - STORY_HOURS);
        let mut event = Event { own, topic: self.chance.rank(TOPICS), hour, wire: String::new() };
        event.wire = self.sentences(&event, 300);
        event
    }

    fn article(&mut self, event: &Event) -> Article {
        let outlet = self.chance.rank(OUTLETS);
        let length = self.chance.between(6, 14);
        let title = self.title(event, length);
        let length = self.chance.between(20, 60);
        let summary = self.sentences(event, length);
        let text = match self.chance.below(20) {
            0 => format!("NORDHOLM (Sound Press) - {}", shortened(&event.wire, self.chance.between(60, 100))),
            1..=4 => self.sentences(event, 300),
            _ => String::new(),
        };
        let minutes = 60 * event.hour + self.chance.below(60 * STORY_HOURS);
        Article {
            outlet: format!("Outlet {outlet}"),
            url: format!("https://outlet{outlet}.example/{}.html", title.to_lowercase().replace(' ', "-")),
            title,
            summary,
            text,
            published: Some(Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minutes as i64)),
            lang: Some("en".to_owned()),
            ..Article::default()
        }
    }

    fn title(&mut self, event: &Event, length: usize) -> String {
        let mut title = String::with_capacity(8 * length);
        for _ in 0..length {
            title.push_str(self.word(event, 6));
            title.push(' ');
        }
        title.truncate(title.trim_end().len());
        title
    }

    fn sentences(&mut self, event: &Event, length: usize) -> String {
        let mut text = String::with_capacity(8 * length);
        for place in 1..=length {
            text.push_str(self.word(event, 2));
            text.push_str(match place {
                _ if place == length => ".",
                _ if place % 80 == 0 => ".\n\n",
                _ if place % 20 == 0 => ". ",
                _ if place % 9 == 0 => ", ",
                _ => " ",
            });
        }
        text
    }

    /// The next word of a report: of ten, `own` are the event's, the others glue, the topic's or anyone's.
    fn word<'a>(&'a mut self, event: &'a Event, own: usize) -> &'a str {
        match self.chance.below(10) {
            n if n < own => self.chance.pick(&event.own),
            n if n < own + 4 => GLUE[self.chance.below(GLUE.len())],
            n if n < own + 5 => self.chance.pick(&self.topics[event.topic]),
            _ => &self.common[self.chance.rank(WORDS)],
        }
    }
}

/// The first `percent` of a text, cut at a space.
fn shortened(text: &str, percent: usize) -> &str {
    let end = text.len() * percent / 100;
    text.get(..end).and_then(|start| start.rsplit_once(' ')).map_or(text, |(start, _)| start)
}
