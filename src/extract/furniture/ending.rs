//! One of an article's last paragraphs in, a verdict out: whether it is the author's signature or a way to reach them.

use std::sync::LazyLock;

use regex::RegexSet;

/// Words of the longest signature.
const MOST_WORDS: usize = 90;

static SIGNATURES: LazyLock<RegexSet> = LazyLock::new(|| {
    let patterns = [
        r"\b(is|are|was) (a|an|the|[\w’' ]{0,40})\s?.{0,60}\b(writer|reporter|correspondent|editor|columnist|journalist|producer|contributor|author|fellow|intern|blogger|freelancer?|broadcaster|critic)s?\b.{0,20}(,| for | at | with | who | based | covering | of | in |\.)",
        r"(?:\b(follow|email|e-mail|contact|reach|write|reached|tweets?|tips)\b.{0,120})(@\w+|\w@\w)",
        r"^.{0,120}\b[\w.+-]+@[\w-]+\.\w{2,}\W*$",
        r"\b(follow|on) (him|her|them|us|me)? ?(on )?(twitter|x|facebook|instagram|threads|mastodon|bluesky)\b",
        r"\b(associated press|ap|reuters|staff|news) (\w+ ){0,3}(writers?|reporters?|journalists?|correspondents?|staff|researchers?)\b.{0,300}\b(contributed|reported from|reported)\b",
        r"\b(contributed|contributing)( to this| reporting)?\b.{0,20}(report|reporting|article|story)\W*$",
        r"^\W*follow .{0,60}(coverage|at https?://|@)",
        r"^\W*(more )?[\w ]{0,12}(ap|afp|nfl|nba|mlb|nhl)\b.{0,30}: ?https?://\S+\W*$",
        r"^\W*the associated press (created|receives|.{0,20}support)\b|automated insights|\bdata skrive\b|\bsportradar\b",
        r"^\W*(fox news|cnn|bbc|reuters|the associated press|ap|afp|bloomberg|npr|upi)\b.{0,80}\bcontributed\b",
        r"^\W*(rédigé|édité|reportage|com reportagem|redacción|reportado|editado|bearbeitet|übersetzt) (par|por|de|von)\b",
    ];
    RegexSet::new(patterns.iter().map(|p| format!("(?i){p}"))).expect("constant patterns")
});

/// Whether a paragraph at the end of an article tells of its makers instead of its subject.
pub fn is_signature(paragraph: &str) -> bool {
    let quotes = paragraph.contains(['“', '"', '«', '„']);
    paragraph.split_whitespace().count() <= MOST_WORDS && !quotes && SIGNATURES.is_match(paragraph)
}
