//! A feed's document in, what is kept of it out: its newest entries with their texts, and without its secrets. What is not
//! kept is counted. Of an entry that the feed listed before, just as it does now, nothing is read again.

use std::collections::{BTreeSet, HashMap};

use jiff::Timestamp;

use crate::{
    config, extract,
    flow::titles,
    language::{self, Lexicon},
    model::{Entry, Feed, Found, Kind, Pace},
    prose::{blocks, furniture},
    secret::Known,
    store::NewEntry,
    text::hidden,
};

/// Entries, and blocks of each, by which the language of a feed is told that says too little of it.
const SAMPLE: usize = 5;
/// Entries taken of one feed at most, the newest ones.
const MOST_ENTRIES: usize = 1000;

/// Bytes of their texts at most, as much as is read of a feed at once.
const MOST_BYTES: usize = 4 << 20;

/// What was taken of a feed's last document.
#[derive(Default)]
pub struct Listed {
    /// Its entries, by their fingerprints.
    pub entries: HashMap<u128, NewEntry>,
    /// By which language's words their texts were cleaned.
    pub cleaned_as: String,
}

impl Listed {
    fn text(&self, entry: &Entry) -> Option<&str> {
        Some(&self.entries.get(&entry.fingerprint?)?.text)
    }
}

/// What is taken of a feed.
pub struct Taken {
    pub entries: Vec<NewEntry>,
    /// What became of its entries, but for what its configuration is against.
    pub found: Found,
    /// Its reader had nothing to say.
    pub is_whole: bool,
    pub pace: Pace,
}

impl Taken {
    /// A feed's entries with their texts and without its secrets; `read` parses it, but for entries that are known. What is
    /// `listed` is taken from there, unless texts are now to be cleaned by the words of another language.
    pub fn of(
        read: impl Fn(&dyn Fn(u128) -> Option<Entry>) -> Result<Feed, String>,
        listed: &Listed,
        secrets: &Known,
    ) -> Result<Taken, String> {
        let feed = read(&|fingerprint| Some(listed.entries.get(&fingerprint)?.entry.clone()))?;
        let lexicon = told(&feed.entries, listed);
        if listed.entries.is_empty() || lexicon.tag() == listed.cleaned_as {
            return Ok(Taken::from(feed, lexicon, listed, secrets));
        }
        let (feed, none) = (read(&|_| None)?, Listed::default());
        let lexicon = told(&feed.entries, &none);
        Ok(Taken::from(feed, lexicon, &none, secrets))
    }

    fn from(mut feed: Feed, lexicon: &'static Lexicon, listed: &Listed, secrets: &Known) -> Taken {
        let (count, is_whole) = (feed.entries.len(), feed.notices.is_empty());
        keep_newest(&mut feed.entries);
        let oldest = count - feed.entries.len();
        let take = |entry: Entry| match listed.text(&entry).map(str::to_owned) {
            Some(text) => NewEntry { entry, text },
            None => without_secrets(with_text(entry, lexicon), secrets),
        };
        let mut entries: Vec<NewEntry> = feed.entries.into_iter().map(take).collect();
        let taken = entries.len();
        entries.retain(says_something);
        let empty = taken - entries.len();
        let bare = bare_the_oldest(&mut entries);
        let of = |is: fn(&Entry) -> bool| entries.iter().filter(|new| is(&new.entry)).count();
        let found = Found {
            entries: entries.len(),
            notices: feed.notices.iter().map(|notice| secrets.hidden(notice)).collect(),
            doubles: feed.doubles,
            empty,
            oldest,
            bare,
            untitled: of(|entry| entry.title.is_empty()),
            undated: of(|entry| entry.published.is_none()),
            cleaned_as: lexicon.tag().to_owned(),
            ..Found::default()
        };
        Taken { entries, found, is_whole, pace: feed.pace }
    }

    /// The same, with what the word lists of its feed are against counted.
    pub fn counted_for(mut self, feed: &config::Feed) -> Taken {
        let is_unwanted = |new: &&NewEntry| !feed.wants(&titles::of(&new.entry, &new.text, feed));
        self.found.unwanted = self.entries.iter().filter(is_unwanted).count();
        self
    }
}

fn says_something(new: &NewEntry) -> bool {
    let NewEntry { entry, text } = new;
    [&entry.title, &entry.summary, text].into_iter().any(|words| !words.is_empty())
}

/// The places of entries, the newest first; those without a date count as new, and of equals the first ones come first.
fn newest_first<'a>(entries: impl Iterator<Item = &'a Entry>) -> Vec<usize> {
    let mut by_age: Vec<(Timestamp, usize)> =
        entries.zip(0..).map(|(entry, place)| (entry.published.unwrap_or(Timestamp::MAX), place)).collect();
    by_age.sort_by_key(|(published, place)| (std::cmp::Reverse(*published), *place));
    by_age.into_iter().map(|(_, place)| place).collect()
}

/// Takes the text from the entries for which the newer ones leave no room; how many those are. One without a title keeps
/// its summary.
fn bare_the_oldest(entries: &mut [NewEntry]) -> usize {
    let (mut room, mut bare) = (MOST_BYTES, 0);
    for place in newest_first(entries.iter().map(|new| &new.entry)) {
        let Some(NewEntry { entry, text }) = entries.get_mut(place) else { continue };
        match usize::checked_sub(room, entry.summary.len() + text.len()) {
            Some(left) => room = left,
            None => {
                (room, bare) = (0, bare + 1);
                entry.fingerprint = None;
                text.clear();
                if !entry.title.is_empty() {
                    entry.summary.clear();
                }
            }
        }
    }
    bare
}

/// Keeps the newest entries in their order.
fn keep_newest(entries: &mut Vec<Entry>) {
    if entries.len() <= MOST_ENTRIES {
        return;
    }
    let kept: BTreeSet<usize> = newest_first(entries.iter()).into_iter().take(MOST_ENTRIES).collect();
    let mut place = 0..;
    entries.retain(|_| place.next().is_some_and(|place| kept.contains(&place)));
}

/// What is known of the language that the entries of a feed are written in, those aside that declare one beyond doubt.
fn told(entries: &[Entry], listed: &Listed) -> &'static Lexicon {
    let is_doubtful = |entry: &&Entry| language::is_doubtful(entry.lang.as_deref());
    let mut doubtful = entries.iter().filter(is_doubtful).take(SAMPLE).peekable();
    let declared = doubtful.peek().and_then(|entry| entry.lang.clone());
    let sample: Vec<String> = doubtful.flat_map(|entry| sample(entry, listed.text(entry))).collect();
    language::settled(declared, &sample).map_or_else(Lexicon::neutral, |tag| Lexicon::of(&tag))
}

fn sample(entry: &Entry, text: Option<&str>) -> Vec<String> {
    let said = text.map(|text| std::iter::once(entry.summary.as_str()).chain(text.split("\n\n")));
    let blocks = entry.described.iter().chain(&entry.blocks).map(|block| block.text.as_str());
    said.into_iter().flatten().chain(blocks).take(SAMPLE).map(str::to_owned).collect()
}

/// The text of an entry, and its summary, made of their blocks: prose without furniture, in paragraphs apart by blank
/// lines. An agency that the text credits joins the authors.
fn with_text(mut entry: Entry, of_feed: &'static Lexicon) -> NewEntry {
    let paragraphs = blocks::of(&std::mem::take(&mut entry.blocks));
    let described = std::mem::take(&mut entry.described);
    // Captions alone are what the feed says, and stay.
    let describes = described.iter().any(|block| block.kind != Kind::Caption);
    let described = if describes { blocks::of(&described) } else { Vec::new() };
    let declared = entry.lang.as_deref().filter(|tag| !language::is_doubtful(Some(tag)));
    let lexicon = declared.map_or(of_feed, Lexicon::of);
    extract::credit(&mut entry.authors, &paragraphs, lexicon);
    let text = furniture::clean(paragraphs, lexicon).join("\n\n");
    if describes {
        entry.summary = furniture::clean(described, lexicon).join("\n\n");
    }
    NewEntry { entry, text }
}

/// An entry without the secrets of its feed, which some servers write into every link.
fn without_secrets(mut new: NewEntry, secrets: &Known) -> NewEntry {
    if secrets.is_none() {
        return new;
    }
    let entry = &mut new.entry;
    let hidden = |words: &str| without_secrets_as_seen(words, secrets);
    entry.key = secrets.hidden_in_words(&entry.key);
    entry.link = entry.link.take().map(|link| secrets.without(&link));
    if let Some(picture) = &mut entry.picture {
        picture.url = secrets.without(&picture.url);
        picture.alt = hidden(&picture.alt);
    }
    for words in [&mut entry.title, &mut entry.summary, &mut new.text] {
        *words = hidden(words);
    }
    for words in entry.authors.iter_mut().chain(&mut entry.categories) {
        *words = hidden(words);
    }
    new
}

/// Words without the secrets in them, also where characters stand between the letters that draw nothing and are not printed.
fn without_secrets_as_seen(words: &str, secrets: &Known) -> String {
    let hidden = secrets.hidden_in_words(words);
    let seen = hidden::shown(&hidden);
    match secrets.hidden_in_words(&seen) {
        same if same == seen => hidden,
        starred => starred,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{html, parse};

    fn taken(entries: Vec<Entry>) -> Taken {
        let read =
            |_: &dyn Fn(u128) -> Option<Entry>| Ok(Feed { entries: entries.clone(), ..Feed::default() });
        Taken::of(read, &Listed::default(), &Known::default()).expect("taken")
    }

    fn entry(title: &str, summary: &str, hour: Option<i64>) -> Entry {
        let published = hour.and_then(|hour| Timestamp::from_second(hour * 3600).ok());
        let fingerprint = Some(1);
        Entry {
            title: title.to_owned(),
            summary: summary.to_owned(),
            published,
            fingerprint,
            ..Entry::default()
        }
    }

    #[test]
    fn what_is_not_kept_of_a_feed_is_counted() {
        let mut entries: Vec<Entry> = (0..1001).map(|hour| entry("Tide", "", Some(hour))).collect();
        entries.extend([
            entry("", "They met.", Some(2000)),
            entry("", "", Some(2000)),
            entry("Tide", "", None),
        ]);
        let Taken { entries, found, .. } = taken(entries);
        let counted = Found {
            entries: 999,
            oldest: 4,
            empty: 1,
            untitled: 1,
            undated: 1,
            cleaned_as: "und".to_owned(),
            ..Found::default()
        };
        assert_eq!((found, entries.len()), (counted, 999));
    }

    #[test]
    fn an_entry_is_read_again_once_its_feed_says_anything_else_of_it() {
        let text = "Der Hafen von Tolm ist nach dem Sturm wieder offen, und die Fähre fährt am Morgen wie gewohnt hinaus.";
        let item =
            |n: usize, text: &str| format!("<item><guid>{n}</guid><description>{text}</description></item>");
        let take = |items: &str, listed: &Listed| {
            let document = format!("<rss version='2.0'><channel><title>Tolm</title>{items}</channel></rss>");
            let source = parse::Source { url: "http://quay.example/feed", content_type: None };
            let read = |known: &dyn Fn(u128) -> Option<Entry>| {
                parse::feed_again(document.as_bytes(), &source, known).map_err(|error| error.to_string())
            };
            Taken::of(read, listed, &Known::default()).expect("taken")
        };
        let list = |taken: Taken, summary: &str| {
            let mark = |mut new: NewEntry| {
                new.entry.summary = summary.to_owned();
                (new.entry.fingerprint.expect("a fingerprint"), new)
            };
            let entries = taken.entries.into_iter().map(mark).collect();
            Listed { entries, cleaned_as: taken.found.cleaned_as }
        };
        let summaries =
            |taken: Taken| taken.entries.into_iter().map(|new| new.entry.summary).collect::<Vec<_>>();
        let two = item(1, text) + &item(2, text);
        let listed = list(take(&two, &Listed::default()), &format!("Als gelesen: {text}"));
        assert_eq!(listed.cleaned_as, "de");
        let kept = format!("Als gelesen: {text}");
        assert_eq!(summaries(take(&two, &listed)), [kept.as_str(), &kept]);
        let corrected = text.replace("offen", "zu");
        let now = item(3, text) + &item(1, text) + &item(2, &corrected);
        assert_eq!(summaries(take(&now, &listed)), [text, &kept, &corrected]);
        let other = Listed { cleaned_as: "en".to_owned(), ..listed };
        assert_eq!(summaries(take(&two, &other)), [text, text], "cleaned by the words of another language");
    }

    #[test]
    fn the_oldest_entries_lose_their_text_where_the_newer_fill_the_room() {
        let long = "x".repeat(MOST_BYTES / 3);
        let hours = [3, 1, 4, 2];
        let Taken { entries, found, .. } =
            taken(hours.iter().map(|hour| entry("Tide", &long, Some(*hour))).collect());
        let kept: Vec<bool> = entries.iter().map(|new| !new.entry.summary.is_empty()).collect();
        assert_eq!((kept, found.bare), (vec![true, false, true, true], 1));
        assert!(entries.iter().all(|new| new.entry.fingerprint.is_some() != new.entry.summary.is_empty()));
    }

    #[test]
    fn a_secret_is_starred_also_where_what_draws_nothing_stands_in_it() {
        let secrets = Known::new(["Zebra77Quay9".to_owned()]);
        let told = |words: &str| without_secrets_as_seen(words, &secrets);
        assert_eq!(told("the locks of Zebra77\u{200b}Quay9 open"), "the locks of *** open");
        assert_eq!(told("Ze\u{ad}bra\u{200b}77Quay\u{2060}9"), "***");
        assert_eq!(told("a zebra\u{ad}crossing"), "a zebra\u{ad}crossing", "else they are as they were");
    }

    #[test]
    fn a_caption_alone_is_the_summary_and_a_list_of_links_is_none() {
        let summary = |described: &str| {
            let described = html::blocks(described, "https://harbour.example".parse().ok().as_ref());
            let entry = Entry { summary: "As parsed.".to_owned(), described, ..Entry::default() };
            with_text(entry, Lexicon::neutral()).entry.summary
        };
        assert_eq!(summary("<figure><figcaption>A gull at the pier.</figcaption></figure>"), "As parsed.");
        let link = "<li><a href=/a>Ferry aground off Tolm</a></li>";
        assert_eq!(summary(&format!("<ul>{link}{link}</ul>")), "");
        assert_eq!(summary("<p>They met at dawn on the pier.</p>"), "They met at dawn on the pier.");
    }
}
