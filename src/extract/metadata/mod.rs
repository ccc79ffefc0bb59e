//! The tree of a page in, what the page says of itself out: its headlines, authors, date and language. JSON-LD
//! (schema.org) is believed first, then the Open Graph and other `meta` elements, then the markup.

mod json_ld;

use dom_query::Document;
use jiff::Timestamp;

use crate::{
    html::{self, Page},
    language::{Class, Lexicon, date},
    prose::byline,
    text::space,
};

/// What a page says of itself; everything plain text, anything may be missing.
#[derive(Debug, Default)]
pub struct Metadata {
    /// Every wording of the headline, the likeliest first.
    pub titles: Vec<String>,
    pub authors: Vec<String>,
    pub published: Option<Timestamp>,
    /// BCP 47 tag as declared.
    pub lang: Option<String>,
    /// The whole text, in pages that repeat it for search engines; paragraphs may be run together.
    pub body: Option<String>,
}

const TITLES: [&str; 4] = ["og:title", "twitter:title", "headline", "dc.title"];
const AUTHORS: [&str; 7] =
    ["author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl", "citation_author"];
/// Elements that hold an author's name.
const BYLINES: &str = "[itemprop~=author] [itemprop~=name], [rel~=author], [itemprop~=author], .author-name, .byline-name, .byline a";
/// Words of the longest byline that is believed.
const BYLINE_WORDS: usize = 8;
const DATES: [&str; 13] = [
    "article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "dc.date.issued",
    "dcterms.created",
    "date",
    "dc.date",
    "article.published",
];
/// 1 January 1990: a date from before the web is a placeholder.
const WEB: Timestamp = Timestamp::constant(631_152_000, 0);
/// Most wordings of the headline that are told apart.
const MOST_TITLES: usize = 30;
/// Most authors that are believed, and the longest name in characters.
const MOST_AUTHORS: usize = 12;
const LONGEST_NAME: usize = 60;
/// Bytes of a heading, white space and all, that is taken for a headline.
const LONGEST_HEADING: usize = 10_000;
/// What stands between a headline and the name of the site.
const SEPARATORS: [char; 6] = ['|', '-', '–', '—', '·', '»'];
/// Reads the metadata of a page.
pub fn read(page: &Page) -> Metadata {
    let article = json_ld::article(&page.metadata).unwrap_or_default();
    let page = &page.tree;
    let meta = Metas::of(page);
    let headings = page.select("h1");
    let headings = headings.nodes().iter().map(|h1| h1.text()).filter(|text| text.len() <= LONGEST_HEADING);
    let headings: Vec<String> = headings.map(|text| text.to_string()).collect();
    let named = page.select_single("title").text().to_string();
    let titles = article.headline.into_iter().chain(meta.all(&TITLES)).chain(headings).chain([named]);
    let published = article.published.into_iter().chain(meta.all(&DATES)).chain(times(page));
    let lang = page.select_single("html").attr("lang").map(|lang| lang.to_string());
    let lang =
        lang.into_iter().chain(article.lang).chain(meta.all(&["og:locale", "content-language", "language"]));
    let lang = lang.filter_map(|tag| language_tag(&tag)).next();
    let lexicon = Lexicon::of(lang.as_deref().unwrap_or_default());
    let authors = [article.authors, meta.all(&AUTHORS), bylines(page)];
    let mut authors = authors.into_iter().map(|texts| names(texts, lexicon));
    let site = meta.all(&["og:site_name"]);
    Metadata {
        titles: titles_of(plain(titles), &plain(site.into_iter())),
        authors: authors.find(|names| !names.is_empty()).unwrap_or_default(),
        published: published
            .filter_map(|text| date::parse_in(&text, lang.as_deref()))
            .find(|time| *time >= WEB),
        lang,
        body: article.body,
    }
}

/// The `meta` elements of a page by lower-case name, in page order.
struct Metas(Vec<(String, String)>);

impl Metas {
    fn of(page: &Document) -> Self {
        let metas = page.select("meta[content]");
        let named = metas.nodes().iter().flat_map(|meta| {
            let content = meta.attr_or("content", "").to_string();
            let names =
                ["property", "name", "itemprop", "http-equiv"].into_iter().filter_map(|key| meta.attr(key));
            names.map(move |name| (name.to_lowercase(), content.clone())).collect::<Vec<_>>()
        });
        Self(named.collect())
    }

    /// The contents of every element of these names, by name in the order given.
    fn all(&self, names: &[&str]) -> Vec<String> {
        let mut contents = Vec::new();
        for name in names {
            contents.extend(self.0.iter().filter(|(own, _)| own == name).map(|(_, content)| content.clone()));
        }
        contents
    }
}

fn times(page: &Document) -> impl Iterator<Item = String> {
    let times =
        page.select("[itemprop=datePublished], time[pubdate], article time[datetime], time[datetime]");
    let stamps =
        times.nodes().iter().filter_map(|time| time.attr("datetime").or_else(|| time.attr("content")));
    stamps.map(|stamp| stamp.to_string()).collect::<Vec<_>>().into_iter()
}

/// Names that the markup calls authors, where nothing in the page's head does; short ones, for the same marks stand
/// around what authors tell of themselves.
fn bylines(page: &Document) -> Vec<String> {
    let marked = page.select(BYLINES);
    let texts = marked.nodes().iter().map(|node| space::fold(&node.text()));
    texts.filter(|text| (2..=BYLINE_WORDS).contains(&text.split_whitespace().count())).collect()
}

fn plain(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut unique: Vec<String> = Vec::new();
    for text in texts.take(MOST_TITLES).map(|text| html::to_text(&text)) {
        if !text.is_empty() && !unique.contains(&text) {
            unique.push(text);
        }
    }
    unique
}

/// The headlines with the likeliest first and without the name of the site at its end; the site's name alone is the
/// headline of nothing that has another.
fn titles_of(mut titles: Vec<String>, sites: &[String]) -> Vec<String> {
    titles.sort_by_key(|title| sites.contains(title));
    let Some(first) = titles.first() else { return titles };
    let parts =
        |short: &str| first.strip_prefix(short).is_some_and(|rest| rest.trim_start().starts_with(SEPARATORS));
    let headline = titles.iter().find(|title| parts(title)).cloned().or_else(|| {
        let own = sites.iter().find_map(|site| first.strip_suffix(site.as_str()))?.trim_end();
        own.strip_suffix(SEPARATORS)
            .map(|title| title.trim_end().to_owned())
            .filter(|title| !title.is_empty())
    });
    if let Some(headline) = headline {
        titles.insert(0, headline);
    }
    titles
}

/// Names of people: no addresses, no "By", several in one text parted.
fn names(texts: Vec<String>, lexicon: &'static Lexicon) -> Vec<String> {
    let is_role = |word: &str| {
        let mut languages = lexicon.and_english();
        languages.any(|lexicon| lexicon.byline.role.has(word) || lexicon.byline.at.has(word))
    };
    let mut names: Vec<String> = Vec::new();
    for text in texts.iter().map(|text| html::to_text(text)) {
        // "By Ada Brook", "Analysis by Ada Brook"
        let opened = || byline::behind_opening(text.split_once(' ')?.1, Lexicon::of("en"));
        let text = byline::behind_opening(&text, lexicon).or_else(opened).unwrap_or(&text);
        for name in
            text.split([';', '|']).flat_map(|part| part.split(", ")).flat_map(|part| apart(part, lexicon))
        {
            let name = name.trim().trim_end_matches(',');
            let role = name.split(|c: char| !c.is_alphanumeric()).any(is_role);
            let is_name =
                !role && name.chars().any(char::is_alphabetic) && !name.contains(['/', '@', '<', '{']);
            let known = names.iter().any(|other| other.eq_ignore_ascii_case(name));
            if is_name && !known && name.chars().count() <= LONGEST_NAME && names.len() < MOST_AUTHORS {
                names.push(name.to_owned());
            }
        }
    }
    names
}

/// Two who are joined by "and". In other languages it may also join the two names of one ("Ortega y Gasset"): both
/// sides must then be of two words.
fn apart<'t>(text: &'t str, lexicon: &'static Lexicon) -> Vec<&'t str> {
    let joins = |lexicon: &Lexicon, word: &str| lexicon.classes(word).has(Class::And);
    let parted = byline::apart(text, |word| lexicon.and_english().any(|lexicon| joins(lexicon, word)));
    match parted.iter().all(|name| name.split_whitespace().count() > 1) {
        true => parted,
        false => byline::apart(text, |word| word != "&" && joins(Lexicon::of("en"), word)),
    }
}

/// A declared language as a BCP 47 tag (`en_US` is a way to say `en-US`), or nothing if it is none.
fn language_tag(declared: &str) -> Option<String> {
    let tag = declared.split([',', ';', '.']).next()?.trim().replace('_', "-");
    let mut parts = tag.split('-');
    let primary = parts.next()?;
    let sound = (2..=3).contains(&primary.len())
        && primary.bytes().all(|b| b.is_ascii_alphabetic())
        && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()));
    sound.then_some(tag)
}

#[cfg(test)]
mod tests;
