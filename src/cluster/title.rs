//! An article's title and address in, the words that headline its event out: without the publisher's furniture ("|
//! The Harbour Post", "LIVE:", "UPDATE 2-"). Never shortens the title that readers see.

use rustc_hash::FxHashMap;

use crate::{language::Lexicon, model::Article};

/// Separators between a title and the publisher's additions.
const SEPARATORS: [&str; 7] = [" - ", " – ", " — ", " | ", " :: ", " · ", " • "];

/// The last segment of a title is furniture if at least this many of the outlet's titles end with it …
const REPEATS: usize = 3;
/// … and they are at least this share of its titles.
const REPEATED_SHARE: f64 = 0.4;

/// Endings that outlets append to their titles, learnt from a batch.
pub(super) struct Furniture<'a> {
    endings: FxHashMap<(&'a str, &'a str), usize>,
    titles: FxHashMap<&'a str, usize>,
}

impl<'a> Furniture<'a> {
    /// Counts how the titles of each outlet end.
    pub(super) fn learn(articles: &[&'a Article]) -> Self {
        let mut seen = Furniture { endings: FxHashMap::default(), titles: FxHashMap::default() };
        for article in articles.iter().filter(|a| !a.outlet.is_empty()) {
            *seen.titles.entry(&article.outlet).or_default() += 1;
            if let Some((_, ending)) = split_last(&article.title) {
                *seen.endings.entry((&article.outlet, ending)).or_default() += 1;
            }
        }
        seen
    }

    /// The part of the title about the event: a slice of it, or the whole title if nothing else would be left.
    pub(super) fn strip<'t>(&self, article: &'t Article, lexicon: &Lexicon) -> &'t str {
        let mut title = without_count(article.title.trim(), lexicon);
        while let Some((rest, ending)) = split_last(title) {
            if !(is_label(ending, lexicon) || is_publisher(ending, article) || self.is_habit(ending, article))
            {
                break;
            }
            title = rest;
        }
        while let Some((label, rest)) = split_first(title) {
            if !is_label(label, lexicon) {
                break;
            }
            title = rest;
        }
        title
    }

    fn is_habit(&self, ending: &str, article: &Article) -> bool {
        let times = self.endings.get(&(article.outlet.as_str(), ending)).copied().unwrap_or(0);
        let titles = self.titles.get(article.outlet.as_str()).copied().unwrap_or(0);
        times >= REPEATS && times as f64 >= REPEATED_SHARE * titles as f64
    }
}

/// The title before its last separator, and what follows; neither is empty.
fn split_last(title: &str) -> Option<(&str, &str)> {
    let (at, separator) = SEPARATORS.iter().filter_map(|s| Some((title.rfind(s)?, s))).max()?;
    let (rest, ending) = (title.get(..at)?.trim(), title.get(at + separator.len()..)?.trim());
    (!rest.is_empty() && !ending.is_empty()).then_some((rest, ending))
}

/// What precedes the first colon, bar or dash, and the title after it; neither is empty.
fn split_first(title: &str) -> Option<(&str, &str)> {
    let marks = SEPARATORS.iter().chain(&[": "]);
    let (at, mark) = marks.filter_map(|s| Some((title.find(s)?, s))).min()?;
    let (label, rest) = (title.get(..at)?.trim(), title.get(at + mark.len()..)?.trim());
    (!label.is_empty() && !rest.is_empty()).then_some((label, rest))
}

fn is_label(segment: &str, lexicon: &Lexicon) -> bool {
    segment.split_whitespace().all(|word| lexicon.labels.kind.has(word))
}

/// Whether the segment names the outlet or its site: one contains the letters of the other, and their lengths are
/// similar.
fn is_publisher(segment: &str, article: &Article) -> bool {
    let name = letters(segment);
    let alike = |other: &str| {
        let other = letters(other);
        let (short, long) = if name.len() < other.len() { (&name, &other) } else { (&other, &name) };
        short.len() >= 3 && 2 * short.len() >= long.len() && long.contains(short.as_str())
    };
    alike(&article.outlet) || alike(host(&article.url).trim_start_matches("www."))
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Without a wire's version number: "UPDATE 2-…", "WRAPUP 1-…".
fn without_count<'t>(title: &'t str, lexicon: &Lexicon) -> &'t str {
    let Some((count, rest)) = title.split_once('-') else { return title };
    let (word, number) = count.split_once(' ').unwrap_or((count, "1"));
    let counted = word.len() > 3 && word.chars().all(char::is_uppercase) && number.parse::<u8>().is_ok();
    let is_version = counted && !rest.trim().is_empty() && lexicon.labels.version.has(word);
    if is_version { rest.trim() } else { title }
}

/// The host of an address; empty if it has none.
pub(super) fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}

/// The words of the address that repeat the title ("…/2026/11/ferry-stopped-at-nordholm-812.html"), separated by
/// spaces: those of the path segment with the most words, if at least three. Publishers shorten and rewrite titles,
/// but the address keeps the first, full one.
pub(super) fn address_words(url: &str) -> String {
    let path = url.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path);
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let best = path.split('/').map(segment_words).max_by_key(Vec::len).unwrap_or_default();
    if best.len() < 3 { String::new() } else { best.join(" ") }
}

fn segment_words(segment: &str) -> Vec<&str> {
    let stem = segment.rsplit_once('.').map_or(segment, |(stem, _)| stem);
    let parts = stem.split(['-', '_', '+']);
    parts.filter(|w| w.chars().nth(1).is_some() && w.chars().all(char::is_alphabetic)).collect()
}

#[cfg(test)]
mod tests {
    use super::{Furniture, Lexicon, address_words};
    use crate::model::Article;

    fn stripped(title: &str, outlet: &str, url: &str) -> String {
        let article =
            Article { title: title.into(), outlet: outlet.into(), url: url.into(), ..Article::default() };
        Furniture::learn(&[&article]).strip(&article, Lexicon::of("en")).to_owned()
    }

    #[test]
    fn the_outlet_s_name_and_labels_go() {
        assert_eq!(stripped("Ferry sinks | The Harbour Post", "Harbour Post", ""), "Ferry sinks");
        assert_eq!(
            stripped("Ferry sinks - harbourpost", "", "https://www.harbourpost.example/a"),
            "Ferry sinks"
        );
        assert_eq!(stripped("LIVE: Opinion: Ferry sinks – video", "", ""), "Ferry sinks");
        assert_eq!(stripped("UPDATE 2-Ferry sinks", "", ""), "Ferry sinks");
    }

    #[test]
    fn what_tells_the_event_stays() {
        for title in ["Nordholm - a town without a ferry", "Ferry: captain held", "Opinion", "Live - video"] {
            assert!(["Live", title].contains(&stripped(title, "Harbour Post", "").as_str()), "{title}");
        }
    }

    #[test]
    fn an_ending_most_titles_of_an_outlet_share_goes() {
        let title =
            |t: &str| Article { title: format!("{t} - Region"), outlet: "Post".into(), ..Article::default() };
        let articles = [title("Ferry sinks"), title("Mayor resigns"), title("Bridge closed")];
        let refs: Vec<&Article> = articles.iter().collect();
        assert_eq!(Furniture::learn(&refs).strip(&articles[0], Lexicon::of("en")), "Ferry sinks");
        assert_eq!(
            Furniture::learn(&refs[..2]).strip(&articles[0], Lexicon::of("en")),
            "Ferry sinks - Region"
        );
    }

    #[test]
    fn an_address_gives_the_words_of_its_longest_segment() {
        assert_eq!(
            address_words("https://p.example/sea/ferry-sinks-off-nordholm-812.html?a=b"),
            "ferry sinks off nordholm"
        );
        assert_eq!(address_words("https://p.example/articles/c77-x"), "");
        assert_eq!(address_words("not an address"), "");
    }
}
