//! Why a story's articles belong together in, sentences out: the evidence pair by pair, and what came near.
//! Never weighs it anew.

use super::Account;
use crate::{
    model::{Clue, Considered, Outsider, Pair, Why},
    render::wrap,
};

/// Of a story with more links than `ALL`, the surest and the most doubtful are shown, this many of each.
const ALL: usize = 6;
const SHOWN: usize = 3;
/// Stories linked less than this did not come near.
const NEAR: f64 = 0.1;
/// Points below this are not worth a word.
const NEGLIGIBLE: f64 = 0.05;

/// The pairs that hold a story together.
pub fn links(story: &Considered, why: &Why, account: &Account) -> String {
    let mut text = String::from("\nWHY THEY ARE ONE STORY\n");
    let how = match why.pairs {
        1 => "One pair.".to_owned(),
        pairs => format!("{pairs} pairs; below, each article's strongest link to the others."),
    };
    text += &wrap(
        &format!(
            "{how} Points start below 0, the lower the longer the texts; what a pair shares is added; 0 means 50 %."
        ),
        "  ",
        "  ",
    );
    let few = why.links.len() <= ALL;
    for (place, pair) in why.links.iter().enumerate() {
        if few || place < SHOWN || place + SHOWN >= why.links.len() {
            text += &link(pair, story, account);
        } else if place == SHOWN {
            let between = why.links.len() - 2 * SHOWN;
            text += &format!("\n  … {between} links between these, see --json\n");
        }
    }
    text
}

fn link(pair: &Pair, story: &Considered, account: &Account) -> String {
    let ends = [&pair.a, &pair.b].map(|id| name(id, story, account)).join(" + ");
    let certain = if pair.same_text { "copies".to_owned() } else { percent(pair.probability) };
    let indent = "          ";
    let mut text = wrap(&ends, &format!("\n{certain:>8}  "), indent) + &shared(pair, indent);
    if !pair.same_text {
        text += &wrap(&points(&pair.evidence), indent, indent);
    }
    text
}

/// What the pair has in common; `None` if that cannot be named.
fn shared(pair: &Pair, indent: &str) -> String {
    let kinds = [("names", &pair.names), ("numbers", &pair.numbers), ("words", &pair.words)];
    let kinds = kinds.iter().filter(|(_, words)| !words.is_empty());
    let kinds: Vec<String> = kinds.map(|(kind, words)| format!("{kind}: {}", words.join(", "))).collect();
    if kinds.is_empty() {
        String::new()
    } else {
        wrap(&format!("shared {}", kinds.join("; ")), indent, indent)
    }
}

/// What each piece of evidence adds: "from -5.2: titles agree .71 (+2.3), …".
fn points(evidence: &[Clue]) -> String {
    let start: f64 = evidence.iter().filter(|clue| is_start(clue)).map(|clue| clue.points).sum();
    let telling = evidence.iter().filter(|clue| !is_start(clue) && clue.points.abs() >= NEGLIGIBLE);
    let parts: Vec<String> = telling.map(|clue| format!("{} ({:+.1})", phrase(clue), clue.points)).collect();
    format!("from {start:+.1}: {}", parts.join(", "))
}

fn is_start(clue: &Clue) -> bool {
    matches!(clue.name.as_str(), "bias" | "length")
}

/// What was found, in an editor's words; a piece of evidence without words of its own goes by its name.
fn phrase(clue: &Clue) -> String {
    let figure = share(clue.value);
    match clue.name.as_str() {
        "title" => format!("titles agree {figure}"),
        "text" => format!("texts agree {figure}"),
        "told" => format!("title words told {figure}"),
        "names" => format!("names agree {figure}"),
        "numbers" => "numbers".to_owned(),
        "others" if clue.value > 0.0 => "other people, places or figures".to_owned(),
        "apart" => format!("{:.0} days apart", 1.0 + clue.value.exp_m1()),
        other => format!("{other} {figure}"),
    }
}

/// ".71"
fn share(value: f64) -> String {
    let figure = format!("{value:.2}");
    figure.strip_prefix('0').map(str::to_owned).unwrap_or(figure)
}

fn percent(probability: f64) -> String {
    if probability > 0.99 { "99+ %".to_owned() } else { format!("{:.0} %", 100.0 * probability) }
}

/// The stories that came nearest and were left apart.
pub fn outsiders(story: &Considered, why: &Why, account: &Account) -> String {
    let mut text = String::from("\nNEAREST STORIES LEFT APART\n");
    let near: Vec<&Outsider> = why.outsiders.iter().filter(|outsider| outsider.strength >= NEAR).collect();
    if near.is_empty() {
        text += "  None came near.\n";
    }
    for outsider in near {
        text += &apart(outsider, story, account);
    }
    text
}

fn apart(outsider: &Outsider, story: &Considered, account: &Account) -> String {
    let pair = &outsider.closest;
    let source = account.reasons.source(&pair.b);
    let others =
        if outsider.articles > 1 { format!(", {} articles", outsider.articles) } else { String::new() };
    let title = format!("{} ({}{others}){}", outsider.headline, source.outlet, fate(&pair.b, account));
    let (strength, needed) = (share(outsider.strength), share(outsider.needed));
    let verdict = if outsider.strength >= outsider.needed {
        format!(
            "link {strength}, which would do, but rival names or numbers part them, they are developments of one subject, or one tells several stories"
        )
    } else if pair.probability >= outsider.needed {
        let closest = percent(pair.probability);
        format!("link {strength} over all pairs, {needed} needed; the closest pair alone has {closest}")
    } else {
        format!("link {strength}, {needed} needed")
    };
    let indent = "    ";
    let mut text = wrap(&title, "\n  ", "  ") + &wrap(&verdict, indent, indent);
    text += &wrap(&format!("closest to {}", name(&pair.a, story, account)), indent, indent);
    text += &shared(pair, indent);
    text += &wrap(&points(&pair.evidence), indent, indent);
    for (side, words) in
        [("only in this story", &outsider.only_here), ("only in that one", &outsider.only_there)]
    {
        if !words.is_empty() {
            text += &wrap(&format!("{side}: {}", words.join(", ")), indent, indent);
        }
    }
    text
}

/// What became of the story with this article.
fn fate(id: &str, account: &Account) -> String {
    let holds = |story: &Considered| story.place(id).is_some();
    let printed = account.reasons.printed.iter().position(holds);
    printed.map_or_else(String::new, |place| format!(", number {}", place + 1))
}

/// An article by its place among the story's articles, and its outlet.
pub fn name(id: &str, story: &Considered, account: &Account) -> String {
    let outlet = account.reasons.source(id).outlet;
    story.place(id).map_or_else(|| outlet.clone(), |place| format!("[{}] {outlet}", place + 1))
}
