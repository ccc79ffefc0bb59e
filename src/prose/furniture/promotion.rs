//! One paragraph in, a verdict out: whether it asks the reader to sign up, subscribe, follow or pay.

use std::sync::LazyLock;

use regex::Regex;

use super::Patterns;

/// Words of the longest paragraph that is taken for a promotion.
const MOST_WORDS: usize = 70;

/// A sentence that begins by asking the reader for something.
static REQUEST: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)(?:^|[.!?:…|»>*-] )\W*(?:please |to |don.?t forget to |be sure to |make sure (?:to|you) |you can (?:also )?|why not |and |or )*",
        r"(?:sign[- ]?up|signup|subscribe|register|get|receive|download|join|become|support|donate|enter your|add your|",
        r"enjoy|start your|want|try|buy|order|never miss|stay|keep up|our newsletters?|follow)\b"
    ))
    .expect("a constant pattern")
});

/// What sites ask for.
static OFFER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)\b(?:newsletters?|inbox|e-?mail (?:alerts?|updates?|list|address|newsletter|briefing)|mailing list|daily e-?mail|",
        r"news(?:letter)? alerts?|push (?:alerts?|notifications?)|breaking news|headlines|daily digest|morning briefing|",
        r"subscri(?:be|bers?|ption|ptions)|free trial|digital access|unlimited access|full access|our app|mobile app|the app|",
        r"(?:telegram|whatsapp|youtube) channel|podcasts?|rss feed|straight to your|delivered (?:to|through|straight)|",
        r"by e-?mail|membership|members? (?:today|now)|",
        r"sign up (?:now|here|today|below|free))\b"
    ))
    .expect("a constant pattern")
});

static PLAIN: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::of(&[
        // Asking to sign up or subscribe, in a line or a short sentence.
        r"^(sign[- ]?up|subscribe|register)( (now|here|today|below))?( (for|to|and|with|at|via|on)\b.{0,80})?\W*$",
        r"^(sign[- ]?up|subscribe|register) (to|and) (get|receive|read|have|keep|start|continue|access|unlock)\b",
        r"^(follow|like|find|join|connect with|keep up with|catch|get in touch with)\b.{0,80}\b(twitter|facebook|instagram|tiktok|threads|linkedin|youtube|telegram|whatsapp|mastodon|bluesky|social media)\b",
        r"^(follow|e-?mail|write to|contact|reach|tweet|message|text)\b.{0,120}(@\w+|https?://|\bwww\.)",
        r"^(like|enjoy(ed)?|love) (this|what you|our|the) \w+\b.{0,80}(share|subscribe|sign|follow|support|\?)",
        r"^(have|got) (a|any|some|an)( \w+)? (tips?|story|stories|question|news|information|views?|opinion|comment)\b.{0,160}$",
        r"^(let us know|tell us|share your (thoughts|views|story)|what do you think|send (us )?(your|a|tips|letters|story ideas|news|comments))\b.{0,160}$",
        r"^(thank you|thanks) for (reading|subscribing|signing up|your support)\b",
        r"^(support|donate to|become a (member|subscriber|supporter|patron)|help us)\b.{0,120}\b(journalism|reporting|newsroom|today|member|donat\w+|newsletter)\b",
        r"^(already|not) a (subscriber|member)\b|^you must (be logged in|log in|sign in|enable|subscribe)",
        r"^(this (content|article|story|video|page) is (only )?(available|reserved|exclusive)|your (browser|subscription))\b.{0,120}$",
        r"^(by (signing up|subscribing|clicking|submitting|providing|continuing|registering)),? (you|i)\b",
        r"^(we may (earn|receive)|.{0,40}may (earn|receive) (a|an)? ?(affiliate )?commissions?)\b",
        r"^(download|get|install) (the|our) .{0,40}\bapp\b",
        r"(^|[.!?] )cancel any ?time\W*$",
        r"^(unlimited|full) (digital )?access\b.{0,80}$",
        r"^you.?(ve| have)( only| now)?( reached| read| used)? .{0,40}\b(free|complimentary) (articles?|stories)\b",
        r"^your e-?mail address will not be published\b",
        // What sites say of cookies.
        r"^(we|our (web)?site|this (web)?site|we and .{0,40}partners)\b.{0,160}\bcookies\b",
        r"^(wir|diese (web)?(site|seite)|nous|ce site|est[ea] (sitio|página)|nosotros|utilizamos|questo sito|este site|deze (web)?site)\b.{0,120}\bcookies\b",
        r"^watch .{0,60}\b(live (on|at)|youtube|below|here)\W*$",
        r"^(listen|tune in|subscribe) (to|on|via)\b.{0,100}(weekdays?|podcasts?|spotify|itunes|apple|radio|here)\b",
    ])
});

/// Whether a paragraph is a promotion. A sentence of the article that tells of subscribers is none: it does not begin
/// by asking for anything.
pub fn is_promotion(paragraph: &str) -> bool {
    let words = paragraph.split_whitespace().count();
    if words > MOST_WORDS {
        return false;
    }
    (words <= 40 && PLAIN.is_match(paragraph)) || asks(paragraph)
}

fn asks(paragraph: &str) -> bool {
    REQUEST.find(paragraph).is_some_and(|request| {
        let sentence = paragraph.get(request.start()..).unwrap_or_default();
        OFFER.is_match(sentence) && !paragraph.contains(['“', '"', '«', '„'])
    })
}
