//! Two quotations in, whether they have the same wording out. Outlets shorten what somebody said, insert an ellipsis,
//! interrupt it with "he said" or use other marks; another speaker's words on the same subject never count as the
//! same.

use crate::text::words::{plain, words};

/// Out of every five words of the shorter quotation, this many must be in the longer one in the same order.
const SHARED_OF_FIVE: usize = 4;
/// Consecutive words they must share: common words alone fall into the same order by chance.
const RUN: usize = 4;

/// The normalised words of a quotation, without marks and punctuation.
#[derive(Debug, Clone, PartialEq)]
pub struct Wording(Vec<String>);

impl Wording {
    pub fn of(text: &str) -> Self {
        Self(words(text).map(plain).filter(|word| !word.is_empty()).collect())
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// This wording followed by another.
    pub fn followed_by(&self, next: &Self) -> Self {
        Self([self.0.as_slice(), next.0.as_slice()].concat())
    }

    /// Whether it contains `part` word for word.
    pub fn holds(&self, part: &Self) -> bool {
        part.0.is_empty() || self.0.windows(part.len()).any(|words| words == part.0)
    }

    /// Whether one is the other, shortened or slightly altered: the longer contains the shorter word for word, or
    /// four of five of its words in order, four of them consecutive.
    pub fn is_like(&self, other: &Self) -> bool {
        let (long, short) = if self.len() >= other.len() { (self, other) } else { (other, self) };
        let enough = |count: usize| 5 * count >= SHARED_OF_FIVE * short.len();
        long.holds(short)
            || enough(short.0.iter().filter(|word| long.0.contains(word)).count())
                && long_run(&short.0, &long.0) >= RUN
                && enough(in_order(&short.0, &long.0))
    }
}

/// The most words both have in the same order (longest common subsequence).
fn in_order(short: &[String], long: &[String]) -> usize {
    let mut row = vec![0; short.len() + 1];
    for word in long {
        let mut diagonal = 0;
        let mut left = 0;
        for (own, best) in short.iter().zip(row.iter_mut().skip(1)) {
            let above = *best;
            *best = if own == word { diagonal + 1 } else { above.max(left) };
            (diagonal, left) = (above, *best);
        }
    }
    row.last().copied().unwrap_or_default()
}

/// The most consecutive words both have.
fn long_run(short: &[String], long: &[String]) -> usize {
    let mut row = vec![0; short.len()];
    let mut longest = 0;
    for word in long {
        let mut diagonal = 0;
        for (own, run) in short.iter().zip(row.iter_mut()) {
            let above = *run;
            *run = if own == word { diagonal + 1 } else { 0 };
            longest = longest.max(*run);
            diagonal = above;
        }
    }
    longest
}

#[cfg(test)]
mod tests {
    use super::Wording;

    fn alike(a: &str, b: &str) -> bool {
        let (a, b) = (Wording::of(a), Wording::of(b));
        assert_eq!(a.is_like(&b), b.is_like(&a));
        a.is_like(&b)
    }

    const WHOLE: &str =
        "“We don’t know what the ice will do next, and nobody who tells you otherwise has ever sailed here.”";

    #[test]
    fn marks_and_apostrophes_make_no_difference() {
        assert!(alike(
            WHOLE,
            "'We don't know what the ice will do next, and nobody who tells you otherwise has ever sailed here,'"
        ));
    }

    #[test]
    fn what_is_trimmed_or_left_out_is_the_same_wording() {
        assert!(alike(WHOLE, "“nobody who tells you otherwise has ever sailed here”"));
        assert!(alike(WHOLE, "“We don’t know what the ice will do next … nobody … has ever sailed here.”"));
        assert!(alike(WHOLE, "“We do not know what the ice will do next,”"));
    }

    #[test]
    fn other_words_on_the_same_thing_are_another_wording() {
        assert!(!alike(
            WHOLE,
            "“The ice will do what it does, and we know nobody who has sailed here before.”"
        ));
        assert!(!alike(
            WHOLE,
            "“We don’t know who will pay for the boats that the ice has taken from us here.”"
        ));
    }

    #[test]
    fn four_words_of_five_in_order_are_enough_if_four_stand_together() {
        let said = "the old mole shall hold this winter too say pilots";
        assert!(alike(said, "the old mole shall keep this winter too they say"));
        assert!(!alike(said, "the old mole will hold this winter again say pilots"), "never four together");
        assert!(!alike(said, "the old mole shall fall some winter soon sigh pilots"), "too few");
    }

    #[test]
    fn what_holds_no_word_is_in_everything() {
        assert!(alike("", WHOLE) && alike("“…”", WHOLE));
    }
}
