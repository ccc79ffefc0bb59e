//! Articles in, each with the tag of its language out: told here once, read by every later step.
//!
//! A declared tag holds, but for English, which templates declare around texts that are none: there, and where nothing is
//! declared, an outlet's articles tell together, for a title and a teaser say too little. An article whose own words speak
//! against that is asked alone. What tells nothing is of the language that most others are of, unless its words deny that.

use std::{cmp::Reverse, collections::BTreeMap};

use rustc_hash::FxHashMap;
use whatlang::Script;

use super::{
    detect::{beginning, detect},
    small::SmallWords,
};
use crate::model::Article;

/// Bytes of a text that is asked alone, about as many of an outlet's articles, and what each of those adds at most.
const SAMPLE_BYTES: usize = 1500;
const SHARE_BYTES: usize = 500;
/// Bytes of an article that are looked at for a sign that it is not of its outlet's language, and for its script alone.
const LOOK_BYTES: usize = 400;
const SCRIPT_BYTES: usize = 100;

/// Gives each article the tag of its language, if anything tells it. `holds` says whose tag is not to be doubted.
pub fn settle<'a>(articles: impl Iterator<Item = &'a mut Article>, holds: impl Fn(&Article) -> bool) {
    let is_open = |article: &&mut Article| is_doubtful(article.lang.as_deref()) && !holds(article);
    let (mut open, held): (Vec<&mut Article>, Vec<&mut Article>) = articles.partition(is_open);
    let told = told(&open.iter().map(|article| &**article).collect::<Vec<_>>());
    for (article, told) in open.iter_mut().zip(told) {
        article.lang = told.map(|told| in_full(article.lang.take(), told));
    }
    let usual = commonest(held.iter().chain(&open).filter_map(|article| article.lang.as_deref()));
    for article in open.iter_mut().filter(|article| article.lang.is_none()) {
        let words = SmallWords::of(&sample_of(article, LOOK_BYTES));
        let told = if usual.as_deref().is_none_or(|usual| words.deny(usual)) { words.tell() } else { None };
        article.lang = told.map(str::to_owned).or_else(|| usual.clone());
    }
}

/// What tells the language of each article, if anything does.
fn told(articles: &[&Article]) -> Vec<Option<&'static str>> {
    let mut samples: FxHashMap<_, String> = FxHashMap::default();
    for article in articles {
        let sample = samples.entry(outlet(article)).or_default();
        if sample.len() < SAMPLE_BYTES {
            sample.push_str(&sample_of(article, SHARE_BYTES));
        }
    }
    let outlets = samples.into_iter().map(|(key, sample)| (key, Outlet::of(key.1, &sample)));
    let outlets: FxHashMap<_, Outlet> = outlets.collect();
    articles.iter().map(|article| outlets.get(&outlet(article))?.tell(article)).collect()
}

/// Articles that are asked together: those of an outlet for which its feed declares the same, English or nothing.
fn outlet(article: &Article) -> (&str, bool) {
    (&article.outlet, article.lang.as_deref().is_some_and(is_english))
}

/// What the articles of one outlet tell together.
struct Outlet {
    told: Option<&'static str>,
    script: Option<Script>,
}

impl Outlet {
    fn of(is_english: bool, sample: &str) -> Outlet {
        let told = tell_beside(is_english, sample).or(is_english.then_some("en"));
        Outlet { told, script: whatlang::detect_script(sample) }
    }

    /// The language of one of its articles.
    fn tell(&self, article: &Article) -> Option<&'static str> {
        let told = self.told?;
        // A title has too few small words, and too many names, to speak against an outlet.
        let parts = [&article.summary, &article.text].into_iter().map(String::as_str);
        let words = SmallWords::of(&sample(parts, LOOK_BYTES));
        let script = whatlang::detect_script(&sample_of(article, SCRIPT_BYTES)).or(self.script);
        if script == self.script && !words.deny(told) {
            return Some(told);
        }
        let by_words = || words.tell().filter(|_| words.deny(told));
        detect(&sample_of(article, SAMPLE_BYTES)).or_else(by_words).or(Some(told))
    }
}

/// What a text tells of its language, unless it is declared English and reads as such.
fn tell_beside(is_english: bool, text: &str) -> Option<&'static str> {
    detect(text).filter(|_| !(is_english && SmallWords::of(text).are_english()))
}

/// The beginning of what is known of an article, every part a line.
fn sample_of(article: &Article, most: usize) -> String {
    sample([&article.title, &article.summary, &article.text].into_iter().map(String::as_str), most)
}

/// The beginning of these texts, every one a line.
fn sample<'t>(texts: impl Iterator<Item = &'t str>, most: usize) -> String {
    let mut sample = String::new();
    for text in texts {
        sample.push_str(beginning(text, most.saturating_sub(sample.len())));
        sample.push('\n');
    }
    sample
}

fn commonest<'a>(tags: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for tag in tags {
        *counts.entry(tag).or_default() += 1;
    }
    let commonest = counts.into_iter().max_by_key(|&(tag, count)| (count, Reverse(tag)));
    commonest.map(|(tag, _)| tag.to_owned())
}

/// The language of one text, given in paragraphs.
pub fn settled(declared: Option<String>, paragraphs: &[String]) -> Option<String> {
    if !is_doubtful(declared.as_deref()) {
        return declared;
    }
    let sample = sample(paragraphs.iter().map(String::as_str), SAMPLE_BYTES);
    let told = tell_beside(declared.is_some(), &sample);
    told.map_or(declared.clone(), |told| Some(in_full(declared, told)))
}

/// Whether a declared tag says too little: none, or English.
pub fn is_doubtful(declared: Option<&str>) -> bool {
    declared.is_none_or(|tag| tag.is_empty() || is_english(tag))
}

fn is_english(tag: &str) -> bool {
    tag.split(['-', '_']).next().is_some_and(|primary| primary.eq_ignore_ascii_case("en"))
}

/// A told tag, or the declared one if it says the same and more ("en-GB").
fn in_full(declared: Option<String>, told: &str) -> String {
    declared.filter(|tag| told == "en" && is_english(tag)).unwrap_or_else(|| told.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{is_doubtful, settle, settled};
    use crate::model::Article;

    const ENGLISH: &str = "The ferry to Nordholm did not sail in the morning because the harbour was closed after the storm. \
                           The town will decide in the afternoon whether the bridge can be opened again.";
    const GERMAN: &str = "Die Fähre nach Nordholm fuhr am Morgen nicht, weil der Hafen nach dem Sturm gesperrt war. Die \
                          Stadt will am Nachmittag entscheiden, ob die Brücke wieder geöffnet werden kann.";
    const CROATIAN: &str = "Trajekt za Nordholm jutros nije isplovio jer je luka nakon oluje bila zatvorena. Grad će poslije \
                            podne odlučiti može li se most ponovno otvoriti, rekao je gradonačelnik novinarima u luci.";

    fn article(outlet: &str, lang: &str, text: &str) -> Article {
        let lang = Some(lang.to_owned()).filter(|tag| !tag.is_empty());
        Article { outlet: outlet.into(), summary: text.into(), lang, ..Article::default() }
    }

    fn tags(mut articles: Vec<Article>) -> Vec<String> {
        settle(articles.iter_mut(), |_| false);
        articles.into_iter().map(|article| article.lang.unwrap_or_default()).collect()
    }

    #[test]
    fn a_tag_holds_but_for_english_around_a_text_that_is_none() {
        let template = vec![
            article("Gazette", "en-GB", ENGLISH),
            article("Post", "de-AT", ENGLISH),
            article("Kurier", "en-US", GERMAN),
            article("Novine", "en", CROATIAN),
        ];
        assert_eq!(tags(template), ["en-GB", "de-AT", "de", "hr"]);
        let mut sure = [article("Kurier", "en", GERMAN)];
        settle(sure.iter_mut(), |_| true);
        assert_eq!(sure[0].lang.as_deref(), Some("en"));
    }

    #[test]
    fn an_outlet_tells_for_a_title_that_says_too_little_and_the_others_for_an_outlet() {
        let told = vec![
            article("Kurier", "", GERMAN),
            article("Kurier", "", "Brackwater"),
            article("Anzeiger", "", "Tarrow 2:1"),
        ];
        assert_eq!(tags(told), ["de", "de", "de"]);
        assert_eq!(tags(vec![article("Anzeiger", "", "Tarrow 2:1")]), [""]);
    }

    #[test]
    fn an_article_in_another_language_than_its_outlets_others_is_asked_alone() {
        let short = "Die Stadt will am Nachmittag entscheiden.";
        for declared in ["", "en"] {
            let mixed = [ENGLISH, ENGLISH, GERMAN, short, "מעבורת עלתה על שרטון"];
            let [first, second, german, short, hebrew] = mixed.map(|text| article("Agency", declared, text));
            assert_eq!(tags(vec![first, second, german, short]), ["en", "en", "de", "de"]);
            assert_eq!(tags(vec![article("Agency", declared, ENGLISH), hebrew])[0], "en");
        }
    }

    #[test]
    fn a_page_that_declares_english_is_read_before_it_is_believed() {
        let of =
            |declared: Option<&str>, text: &str| settled(declared.map(str::to_owned), &[text.to_owned()]);
        assert_eq!(of(Some("en-GB"), ENGLISH).as_deref(), Some("en-GB"));
        assert_eq!(of(Some("en"), GERMAN).as_deref(), Some("de"));
        assert_eq!(of(Some("de"), ENGLISH).as_deref(), Some("de"));
        assert_eq!(of(None, GERMAN).as_deref(), Some("de"));
        assert_eq!(of(Some("en"), "Tarrow").as_deref(), Some("en"));
        assert!(is_doubtful(None) && is_doubtful(Some("en_US")) && !is_doubtful(Some("enm")));
    }
}
