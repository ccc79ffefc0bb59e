//! A story's articles in, sentences out: who reports it, how many voices they are, who speaks for it, what was taken.

use std::collections::BTreeMap;

use super::{Account, evidence::name};
use crate::{
    model::{Considered, Excerpt, PulledQuote, Slot},
    render::wrap,
};

/// Articles named behind the one that was chosen to speak.
const RUNNERS_UP: usize = 3;

/// Outlet by outlet, with what became of each article.
pub fn articles(story: &Considered, slot: Option<&Slot>, account: &Account) -> String {
    let mut text =
        format!("\nREPORTED BY {}\n", count(story.voices, "INDEPENDENT VOICE", "INDEPENDENT VOICES"));
    text += &voices(story, account);
    for (place, id) in story.members.iter().enumerate() {
        let source = account.reasons.source(id);
        let before = format!("  [{}] ", place + 1);
        let indent = " ".repeat(before.len());
        text += &wrap(&format!("{}: {}", source.outlet, source.title), &before, &indent);
        if !source.url.is_empty() {
            text += &format!("{indent}{}\n", source.url);
        }
        let roles = roles(id, story, slot, &source.url);
        if !roles.is_empty() {
            text += &wrap(&roles.join("; "), &indent, &indent);
        }
    }
    if story.articles > story.members.len() {
        text += &format!("  and {} more\n", story.articles - story.members.len());
    }
    text
}

/// How the voices are counted, where they are fewer than the articles.
fn voices(story: &Considered, account: &Account) -> String {
    if story.voices == story.articles {
        return String::new();
    }
    let mut why = Vec::new();
    for copies in &story.same_text {
        why.push(format!("{} are copies of one text", copies.len()));
    }
    let mut owned: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    let mut carried: BTreeMap<String, usize> = BTreeMap::new();
    for source in story.members.iter().map(|id| account.reasons.source(id)) {
        if let Some(agency) = source.agency {
            *carried.entry(agency).or_default() += 1;
            continue;
        }
        let owner = source.owner.unwrap_or_else(|| source.outlet.clone());
        *owned.entry(owner).or_default().entry(source.outlet).or_default() += 1;
    }
    for (owner, outlets) in owned {
        let names: Vec<&str> = outlets.keys().map(String::as_str).collect();
        match (names.as_slice(), outlets.values().sum::<usize>()) {
            (_, 1) => {}
            ([outlet], articles) => why.push(format!("{articles} are by {outlet}")),
            (several, articles) => why.push(format!("{articles} are all {owner}'s: {}", several.join(", "))),
        }
    }
    let several = carried.into_iter().filter(|(_, articles)| *articles > 1);
    why.extend(several.map(|(agency, articles)| format!("{articles} are reports of {agency}")));
    if why.is_empty() {
        why.push("outlets of one site are one".to_owned());
    }
    let articles = count(story.articles, "article", "articles");
    wrap(
        &format!("{articles}; one text, one owner, one agency is one voice: {}.", why.join("; ")),
        "  ",
        "  ",
    )
}

/// What became of an article.
fn roles(id: &str, story: &Considered, slot: Option<&Slot>, url: &str) -> Vec<String> {
    let mut roles = Vec::new();
    if id == story.speaker && story.articles > 1 {
        roles.push("speaks for the story".to_owned());
    }
    let copies = story.same_text.iter().find(|copies| copies.iter().any(|copy| copy == id));
    let first = copies.and_then(|copies| copies.first()).filter(|first| *first != id);
    if let Some(place) = first.and_then(|first| story.members.iter().position(|member| member == first)) {
        roles.push(format!("same text as [{}]", place + 1));
    }
    let Some(slot) = slot.filter(|_| !url.is_empty()) else { return roles };
    let leads = slot.lead.iter().any(|excerpt| excerpt.url == url);
    let quotes = slot.quotes.iter().filter(|quote| quote.url == url).count();
    let linked = slot.url == url || slot.more.iter().any(|other| other.url == url);
    if leads {
        roles.push("gives the lead".to_owned());
    }
    if quotes > 0 {
        roles.push(format!("gives {}", count(quotes, "quotation", "quotations")));
    }
    if !leads && quotes == 0 && linked {
        roles.push("linked, not quoted".to_owned());
    }
    if !leads && quotes == 0 && !linked {
        roles.push("not linked: its outlet is named once already".to_owned());
    }
    roles
}

/// Why the article that speaks was chosen, and what was taken from where.
pub fn taken(story: &Considered, slot: &Slot, account: &Account) -> String {
    let mut text = String::from("\nWHO SPEAKS FOR IT\n");
    text += &wrap(&format!("{}{}", name(&story.speaker, story, account), choice(story, account)), "  ", "  ");
    let from = |outlet: &str, url: &str| {
        let id = story.members.iter().find(|id| account.reasons.source(id).url == url);
        id.map_or_else(|| outlet.to_owned(), |id| name(id, story, account))
    };
    let mut leads: Vec<(String, usize)> = Vec::new();
    for Excerpt { text, outlet, url } in &slot.lead {
        let (source, words) = (from(outlet, url), text.split_whitespace().count());
        match leads.last_mut() {
            Some(lead) if lead.0 == source => lead.1 += words,
            _ => leads.push((source, words)),
        }
    }
    for (source, words) in leads {
        text += &wrap(&format!("lead: {} of {source}", count(words, "word", "words")), "  ", "    ");
    }
    for PulledQuote { text: said, speaker, outlet, url, outlets } in &slot.quotes {
        let speaker = speaker.as_deref().unwrap_or("speaker not told");
        let carried = if *outlets > 1 { format!("; quoted by {outlets} outlets") } else { String::new() };
        text +=
            &wrap(&format!("quotation: {said} ({speaker}; {}{carried})", from(outlet, url)), "  ", "    ");
    }
    if slot.quotes.is_empty() {
        text += "  no quotation: none was found that stands alone, or there was no room\n";
    }
    text
}

/// How the article was chosen among the others.
fn choice(story: &Considered, account: &Account) -> String {
    let Some((chosen, others)) = story.choice.split_first().filter(|(chosen, _)| chosen.id == story.speaker)
    else {
        return String::new();
    };
    let words = count(chosen.words, "word", "words");
    if others.is_empty() {
        return format!(", the only article ({words})");
    }
    if chosen.home {
        return format!(", because it is the home outlet's and has a text to quote ({words})");
    }
    let next = others.iter().take(RUNNERS_UP);
    let next: Vec<String> =
        next.map(|other| format!("{} {:.2}", name(&other.id, story, account), other.agreement)).collect();
    let home = others.iter().find(|other| account.reasons.source(&other.id).home);
    let home = home.map_or_else(String::new, |home| {
        let words = count(home.words, "word", "words");
        format!("; {}, the home outlet's, has too little to quote ({words})", name(&home.id, story, account))
    });
    format!(
        ", because it holds at its top most of what the others tell: {:.2}, then {} ({words}){home}",
        chosen.agreement,
        next.join(", ")
    )
}

/// A number and what it counts.
pub fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}
