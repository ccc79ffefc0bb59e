//! One of an article's last paragraphs in, a verdict out: whether it is the author's signature or a way to reach them.

use std::sync::LazyLock;

use regex::Regex;

use super::Patterns;

/// Words of the longest signature.
const MOST_WORDS: usize = 90;

/// An author introduced: "Jane Doe is a reporter for the Herald."
static INTRODUCTION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?:The (?:writer|author)|\p{Lu}[\p{L}.’'-]+(?: \p{Lu}[\p{L}.’'-]*){1,3})(?:, .{2,40},)? ",
        r"(?:(?:is|was) .{0,80}\b(?:writer|reporter|correspondent|editor|columnist|journalist|producer|contributor|author",
        r"|fellow|intern|blogger|freelancer?|critic|anchor|host|professor)s?\b|(?:covers|writes|reports|edits) )"
    ))
    .expect("a constant pattern")
});

static SIGNATURES: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::of(&[
        r"^.{0,120}\b(follow|email|e-mail|contact|reach|write|reached|tweets?|tips)\b.{0,120}(@\w+|\w@\w)",
        r"^.{0,120}\b[\w.+-]+@[\w-]+\.[\w.]{2,}\W*$",
        r"\bcontributed( reporting)?( to this)?( (report|reporting|article|story|piece))?( from [\w ,]+)?\W*$",
        r"^follow .{0,60}(coverage|at https?://|@)",
        r"^(more )?[\w’' ]{0,30}: ?https?://\S+\W*$",
        r"\bcreated this (story|report|article) (using|with)\b",
        r"^.{3,80}\breceives? .{0,60}\b(support|funding)\b.{0,100}\b(journalism|coverage|reporting|newsroom)\b",
        r"^(rédigé|édité|reportage|com reportagem|redacción|reportado|editado|bearbeitet|übersetzt) (par|por|de|von)\b",
    ])
});

/// An invitation to follow someone, which no reported speech is.
static FOLLOW: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\bFollow (?:him|her|them|us|me) (?:on|at|@)").expect("a constant pattern"));

/// Whether a paragraph at the end of an article tells of its makers instead of its subject.
pub fn is_signature(paragraph: &str) -> bool {
    let words = paragraph.split_whitespace().count();
    let quotes = paragraph.contains(['“', '"', '«', '„']);
    (words <= MOST_WORDS && FOLLOW.is_match(paragraph))
        || !quotes
            && ((words <= MOST_WORDS && INTRODUCTION.is_match(paragraph))
                || (words <= MOST_WORDS / 2 && SIGNATURES.is_match(paragraph)))
}
