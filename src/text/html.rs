//! Fragments of HTML in, plain text or safe HTML out. Never fetches, never runs anything.

/// Plain text of a fragment: tags gone, entities decoded, white space folded.
pub fn to_text(fragment: &str) -> String {
    super::space::fold(fragment)
}
