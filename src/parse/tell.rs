//! What a text says of an entry in; its draft is told so. Judges what is usable, not where it stood.

use url::Url;

use super::{
    draft::{Draft, Fragment},
    limits,
    names::Field,
};
use crate::{html, language::date, text::link};

/// The text of a field, a fragment of HTML.
pub fn text(draft: &mut Draft, field: Field, text: &str, base: Option<&Url>) {
    let text = text.trim();
    match field {
        _ if text.is_empty() => {}
        Field::Title(rank) => draft.title.offer(rank, text.to_owned()),
        Field::MediumTitle => draft.medium_title.offer(0, text.to_owned()),
        Field::Summary(rank) => draft.summary.offer(rank, Fragment::new(text, base)),
        Field::Content(rank) => draft.content.offer(rank, Fragment::new(text, base)),
        Field::Link(rank) => {
            if let Some(address) = link::canonical(base, text) {
                draft.link.offer(rank, address);
            }
        }
        Field::Date(rank) => {
            if let Some(moment) = date::parse_in(text, draft.lang.as_deref()) {
                draft.date.offer(rank, moment);
            }
        }
        Field::Guid if draft.guid.is_empty() => text.clone_into(&mut draft.guid),
        Field::Guid => {}
        Field::Author if draft.authors.len() < limits::NAMES => {
            draft.authors.extend(author(&html::to_text(text)).map(limits::name));
        }
        Field::Category => categories(draft, [text]),
        Field::Keywords => categories(draft, text.split(',')),
        Field::Author | Field::Pace(_) => {}
        Field::Language => draft.lang = limits::language(text).map(str::to_owned),
    }
}

fn categories<'a>(draft: &mut Draft, names: impl IntoIterator<Item = &'a str>) {
    let room = limits::NAMES.saturating_sub(draft.categories.len());
    let names = names.into_iter().take(room).map(|name| limits::name(html::to_text(name)));
    draft.categories.extend(names);
}

/// The name in `jo@example.org (Jo Doe)`, `Jo Doe (jo@example.org)` or `Jo Doe <jo@example.org>`; an address alone names nobody.
pub fn author(text: &str) -> Option<String> {
    let is_address = |word: &str| word.len() > 1 && word.contains('@');
    let words: Vec<&str> = text.split_whitespace().filter(|word| !is_address(word)).collect();
    let mut name = words.join(" ");
    if text.contains('@') {
        name = name.trim_matches(['(', ')']).to_owned();
    }
    let name = name.split('<').next().unwrap_or_default().trim().trim_matches(['"', ',']).trim();
    (!name.is_empty()).then(|| name.to_owned())
}
