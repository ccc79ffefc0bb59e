//! A sound document in, its drafts out, read by feed-rs. What is broken, or says what feed-rs does not keep, is left to
//! the tolerant readers: an entry must come out the same, above all its key, whoever read it.

mod slot;
mod survey;

use feed_rs::{
    model::{self, LinkTarget, Person},
    parser::{Builder, ParseFeedError, Parser},
};
use jiff::Timestamp;
use url::Url;

use super::{
    draft::{Document, Draft, Fragment},
    limits,
    names::Field,
    picture::Candidate,
    xml::{capture, tell},
};
use crate::{
    html,
    language::date,
    text::{link, panics},
};
use slot::Format;
use survey::Survey;

/// Why a document is left to the tolerant readers.
#[derive(Debug, Clone, PartialEq)]
pub enum Unread {
    /// It is not well-formed; what is wrong.
    Broken(String),
    /// It may be sound, but feed-rs reads it not at all, or not all of it.
    Beyond,
}

/// Reads a document that is well-formed and holds nothing that feed-rs would lose.
pub fn read(text: &str, base: Option<&Url>) -> Result<Document, Unread> {
    if !text.starts_with(['<', '{']) {
        return Err(Unread::Broken("something stands before the document".to_owned()));
    }
    let text = without_declaration(text);
    let survey = match text.starts_with('{') {
        true => survey::json(text)?,
        false => survey::xml(text, base)?,
    };
    let parsed = panics::caught(|| parser(base).parse(text.as_bytes()));
    let feed = parsed.ok_or(Unread::Beyond)?.map_err(reason)?;
    document(feed, survey, base)
}

/// The text is UTF-8 by now, whatever its declaration says.
fn without_declaration(text: &str) -> &str {
    let declared = text.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>"));
    declared.map_or(text, |(_, rest)| rest.trim_start())
}

/// feed-rs with our reading of dates, and without ids of its own making: it holds state, so each document has a new one.
fn parser(base: Option<&Url>) -> Parser {
    Builder::new()
        .base_uri(base)
        .id_generator(|_, _, _| String::new())
        .timestamp_parser(|text| date::parse(text)?.to_string().parse().ok())
        .sanitize_content(false)
        .build()
}

fn reason(error: ParseFeedError) -> Unread {
    match error {
        ParseFeedError::JsonSerde(error) if error.is_data() => Unread::Beyond,
        ParseFeedError::JsonSerde(error) => Unread::Broken(error.to_string()),
        ParseFeedError::XmlReader(error) => Unread::Broken(error.to_string()),
        _ => Unread::Beyond,
    }
}

fn document(feed: model::Feed, mut survey: Survey, base: Option<&Url>) -> Result<Document, Unread> {
    if survey.pictures.as_ref().is_some_and(|entries| entries.len() != feed.entries.len()) {
        return Err(Unread::Beyond);
    }
    let mut document =
        Document { lang: feed.language.filter(|tag| limits::language(tag).is_some()), ..Document::default() };
    if let Some(title) = feed.title {
        document.title.offer(0, title.content);
    }
    let mut pictures = survey.pictures.take().into_iter().flatten();
    for entry in feed.entries {
        let draft = draft(entry, &survey, base, pictures.next().unwrap_or_default());
        if lost_a_part(&draft, &survey) {
            return Err(Unread::Beyond);
        }
        document.drafts.push(draft);
    }
    Ok(document)
}

/// Whether an element that feed-rs reads over may say what the draft lacks, or say it better.
fn lost_a_part(draft: &Draft, survey: &Survey) -> bool {
    let lost = survey.missed.iter().any(|field| match *field {
        Field::Title(rank) => draft.title.is_no_better_than(rank),
        Field::Date(rank) => draft.date.is_no_better_than(rank),
        Field::Summary(rank) => draft.summary.is_no_better_than(rank),
        Field::Content(rank) => draft.content.is_no_better_than(rank),
        _ => true,
    });
    let not_filmed = survey.filmed.iter().any(|field| match field {
        Field::Title(_) => draft.title.is_empty(),
        _ => draft.summary.is_empty(),
    });
    // feed-rs does not keep `isPermaLink`, which says whether the guid is the link.
    let may_be_link =
        survey.format == Format::Rss && draft.link.is_empty() && link::canonical(None, &draft.guid).is_some();
    lost || not_filmed || may_be_link
}

fn draft(entry: model::Entry, survey: &Survey, base: Option<&Url>, pictures: Vec<Candidate>) -> Draft {
    let format = survey.format;
    let mut draft =
        Draft { guid: entry.id, guid_is_link: format != Format::Rss, pictures, ..Draft::default() };
    if let Some(title) = entry.title {
        tell::text(&mut draft, Field::Title(0), &title.content, base);
    }
    if let Some(summary) = entry.summary {
        tell::text(&mut draft, Field::Summary(0), &summary.content, base);
    }
    if !survey.filmed.is_empty() {
        entry.media.into_iter().for_each(|film| offer_film(&mut draft, film, base));
    }
    if let Some(html) = entry.content.and_then(|content| body(content, format)) {
        draft.content.offer(0, Fragment::new(&html, base));
    }
    for (rank, date) in [(0, entry.published), (3, entry.updated)] {
        let moment =
            date.and_then(|d| Timestamp::new(d.timestamp(), d.timestamp_subsec_nanos().cast_signed()).ok());
        if let Some(moment) = moment {
            draft.date.offer(rank, moment);
        }
    }
    for link in &entry.links {
        offer_link(&mut draft, link, format, base);
    }
    for name in entry.authors.into_iter().filter_map(name) {
        tell::text(&mut draft, Field::Author, &name, base);
    }
    for category in entry.categories {
        let label = category.label.filter(|label| !label.trim().is_empty());
        tell::text(&mut draft, Field::Category, &label.unwrap_or(category.term), base);
    }
    draft
}

fn offer_film(draft: &mut Draft, film: model::MediaObject, base: Option<&Url>) {
    for (field, text) in [(Field::Title(1), film.title), (Field::Summary(2), film.description)] {
        if let Some(text) = text {
            tell::text(draft, field, &text.content, base);
        }
    }
}

fn offer_link(draft: &mut Draft, link: &model::Link, format: Format, base: Option<&Url>) {
    match (format, &link.target, &link.media_type) {
        (_, Some(LinkTarget::Comments | LinkTarget::CommentsFeed), _) => {}
        // An attachment; the article's own address has no type there.
        (Format::Json, _, Some(_)) => {}
        (Format::Atom, _, kind) => {
            let (rel, kind) = (link.rel.as_deref().unwrap_or_default(), kind.as_deref().unwrap_or_default());
            tell::alternate(draft, rel, kind, &link.href, base);
        }
        _ => tell::text(draft, Field::Link(1), &link.href, base),
    }
}

/// The body of an entry as HTML; nothing when it is no text.
fn body(content: model::Content, format: Format) -> Option<String> {
    let text = content.body.unwrap_or_default();
    let text = text.trim();
    let html = match (content.content_type.as_str(), format) {
        ("text/plain", Format::Json) => html::from_text(text),
        ("text/plain", _) => capture::plain(text),
        (kind, _) if kind.starts_with("text") || kind.contains("xml") => text.to_owned(),
        _ => String::new(),
    };
    (!html.is_empty()).then_some(html)
}

/// The name as written: in `jo@example.org (Jo Doe)` feed-rs leaves it in its brackets.
fn name(person: Person) -> Option<String> {
    let name = person.name?;
    let bare = name.strip_prefix('(').filter(|_| person.email.is_some());
    Some(bare.map_or(name.clone(), |name| name.trim_end_matches(')').to_owned()))
}

#[cfg(test)]
mod tests;
