//! A story's articles in, sentences out: who reports it, how many voices they are, who leads it, what was
//! taken. Never counts voices anew.

use std::collections::{BTreeMap, BTreeSet};

use super::{Account, evidence::name};
use crate::{
    model::{Considered, Excerpt, Genre, Member, PulledQuote, Slot, Tie, same_text},
    render::wrap,
};

/// Articles named behind the one that was chosen to speak.
const RUNNERS_UP: usize = 3;

/// Outlet by outlet, with what became of each article.
pub fn articles(story: &Considered, slot: Option<&Slot>, account: &Account) -> String {
    let mut text =
        format!("\nREPORTED BY {}\n", count(story.voices, "INDEPENDENT VOICE", "INDEPENDENT VOICES"));
    text += &voices(story, account);
    for (place, Member { id, .. }) in story.members.iter().enumerate() {
        let source = account.reasons.source(id);
        let before = format!("  [{}] ", place + 1);
        let indent = " ".repeat(before.len());
        text += &wrap(&format!("{}: {}", source.outlet, source.title), &before, &indent);
        if !source.url.is_empty() {
            text += &format!("{indent}{}\n", source.url);
        }
        let roles = [vec![genre(source.genre).to_owned()], roles(id, story, slot, &source.url)].concat();
        text += &wrap(&roles.join("; "), &indent, &indent);
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
    let mut why: Vec<String> = same_text(&story.members)
        .iter()
        .map(|copies| format!("{} are copies of one text", copies.len()))
        .collect();
    let mut of_voice: BTreeMap<usize, Vec<&Member>> = BTreeMap::new();
    for member in &story.members {
        of_voice.entry(member.voice).or_default().push(member);
    }
    why.extend(of_voice.into_values().filter_map(|members| one_voice(&members, account)));
    let articles = count(story.articles, "article", "articles");
    let why = if why.is_empty() { String::new() } else { format!(": {}", why.join("; ")) };
    wrap(&format!("{articles}; one text, one owner, one site, one agency is one voice{why}."), "  ", "  ")
}

/// Why these articles are one voice, by the strongest tie; `None` for a single article.
fn one_voice(members: &[&Member], account: &Account) -> Option<String> {
    let n = members.len();
    let tie = members.iter().filter_map(|member| member.tie.as_ref()).min().filter(|_| n > 1)?;
    let outlets: BTreeSet<String> = members.iter().map(|m| account.reasons.source(&m.id).outlet).collect();
    let names = outlets.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
    Some(match tie {
        Tie::Agency(agency) => format!("{n} are reports of {agency}"),
        _ if outlets.len() == 1 => format!("{n} are by {names}"),
        Tie::Owner(owner) => format!("{n} are all {owner}'s: {names}"),
        Tie::Site(site) => format!("{n} are of one site, {site}: {names}"),
        Tie::Outlet(outlet) => format!("{n} are by {outlet}"),
    })
}

/// What an article is, by what tells it.
fn genre(genre: Genre) -> &'static str {
    match genre {
        Genre::Report => "report",
        Genre::Aside => "no report, by its title",
        Genre::Format => "no report, by its address or a label",
        Genre::Opinion => "opinion, by a label",
        Genre::Column => "no report: such titles come again and again in its feed",
        Genre::Last => "its feed speaks last",
    }
}

/// What became of an article.
fn roles(id: &str, story: &Considered, slot: Option<&Slot>, url: &str) -> Vec<String> {
    let mut roles = Vec::new();
    if id == story.speaker && story.articles > 1 {
        roles.push("speaks for the story".to_owned());
    }
    let text = |id: &str| story.members.iter().find(|member| member.id == id).map(|member| member.text);
    let first = story.members.iter().position(|member| Some(member.text) == text(id));
    if let Some(first) = first.filter(|first| story.place(id) != Some(*first)) {
        roles.push(format!("same text as [{}]", first + 1));
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
        let member = story.members.iter().find(|member| account.reasons.source(&member.id).url == url);
        member.map_or_else(|| outlet.to_owned(), |member| name(&member.id, story, account))
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
