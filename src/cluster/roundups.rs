//! Groups in, articles that tell two of their events at once out, each to stand alone: newsletters, "what to know
//! today", broadcasts, live blogs. Only ever takes articles out of groups, never adds one.

use std::collections::BTreeMap;

use super::{agglomerate::Link, document::Document};

/// Different words an article needs to tell two events.
const ENOUGH_WORDS: usize = 16;
/// Minimum number of articles in the other group: fewer are too little to establish an event of its own.
const OTHER: usize = 4;
/// Minimum mean score of an article with the other group.
const NEAR: f64 = 0.2;
/// The same, as a share of its mean score with its own group.
const NEARLY_AS_NEAR: f64 = 0.5;
/// Maximum mean score of the rest of its group with the other group: apart from this article, the two are unrelated.
const STRANGERS: f64 = 0.05;

/// Takes articles that belong to two groups out of the one they are in. `group` names each document's group by a
/// member.
pub(super) fn set_apart(documents: &[Document], group: &mut [usize], links: &[Link]) {
    let seen = Seen::of(group, links);
    let long = |d: usize| documents.get(d).is_some_and(|document| document.terms.len() >= ENOUGH_WORDS);
    let out: Vec<bool> = (0..group.len()).map(|d| long(d) && seen.tells_two(d, group)).collect();
    let mut names: BTreeMap<usize, usize> = BTreeMap::new();
    for (document, (name, out)) in group.iter_mut().zip(out).enumerate() {
        *name = if out { document } else { *names.entry(*name).or_insert(document) };
    }
}

/// How groups and their articles are linked.
struct Seen {
    /// The number of articles in a group, by its name.
    sizes: Vec<usize>,
    /// Summed score of each article with its own group.
    own: Vec<f64>,
    /// Summed score of each article with other groups, by their names.
    others: Vec<BTreeMap<usize, f64>>,
    /// Summed score across two groups, by their names, the smaller first.
    across: BTreeMap<(usize, usize), f64>,
}

impl Seen {
    fn of(group: &[usize], links: &[Link]) -> Self {
        let mut sizes = vec![0; group.len()];
        for &name in group {
            if let Some(size) = sizes.get_mut(name) {
                *size += 1;
            }
        }
        let mut own = vec![0.0; group.len()];
        let mut others = vec![BTreeMap::new(); group.len()];
        let mut across = BTreeMap::new();
        for link in links {
            let (a, b, score) = (link.a as usize, link.b as usize, f64::from(link.score));
            let (Some(&x), Some(&y)) = (group.get(a), group.get(b)) else { continue };
            for (end, there) in [(a, y), (b, x)] {
                if x == y {
                    own.get_mut(end).into_iter().for_each(|sum| *sum += score);
                } else if let Some(sums) = others.get_mut(end) {
                    *sums.entry(there).or_insert(0.0) += score;
                }
            }
            if x != y {
                *across.entry((x.min(y), x.max(y))).or_insert(0.0) += score;
            }
        }
        Seen { sizes, own, others, across }
    }

    fn size(&self, name: usize) -> usize {
        self.sizes.get(name).copied().unwrap_or(0)
    }

    /// Whether an article is nearly as close to another group as to its own, while the rest of its group is not.
    fn tells_two(&self, document: usize, group: &[usize]) -> bool {
        let Some((&name, &own)) = group.get(document).zip(self.own.get(document)) else { return false };
        let rest = self.size(name).saturating_sub(1) as f64;
        self.others.get(document).into_iter().flatten().any(|(&other, &sum)| {
            let size = self.size(other);
            let near = sum / size as f64;
            let across = self.across.get(&(name.min(other), name.max(other))).copied().unwrap_or(0.0);
            rest > 0.0
                && size >= OTHER
                && near >= NEAR
                && near >= NEARLY_AS_NEAR * own / rest
                && across - sum < STRANGERS * rest * size as f64
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Document, Link, set_apart};
    use crate::cluster::document::Term;

    /// Two groups of four, and the first article's score with the second group.
    fn group_of_the_first(score: f32, across: f32, words: u32) -> Vec<usize> {
        let mut links = Vec::new();
        for b in 0..8_u32 {
            for a in 0..b {
                let score = match (a, a / 4 == b / 4) {
                    (_, true) => 0.8,
                    (0, false) => score,
                    _ => across,
                };
                links.push(Link { a, b, score, names_the_same: true });
            }
        }
        let term = |word| Term { word, anywhere: 1.0, ..Term::default() };
        let document = Document { terms: (0..words).map(term).collect(), ..Document::default() };
        let mut group = vec![0, 0, 0, 0, 4, 4, 4, 4];
        set_apart(&vec![document; 8], &mut group, &links);
        group
    }

    #[test]
    fn who_tells_two_stories_belongs_to_neither() {
        assert_eq!(group_of_the_first(0.6, 0.0, 20), [0, 1, 1, 1, 4, 4, 4, 4]);
    }

    #[test]
    fn a_passing_mention_of_another_story_is_none_of_it() {
        assert_eq!(group_of_the_first(0.1, 0.0, 20), [0, 0, 0, 0, 4, 4, 4, 4]);
    }

    #[test]
    fn where_two_stories_are_kin_to_be_near_both_says_nothing() {
        assert_eq!(group_of_the_first(0.6, 0.3, 20), [0, 0, 0, 0, 4, 4, 4, 4]);
    }

    #[test]
    fn a_headline_is_too_short_to_tell_two_stories() {
        assert_eq!(group_of_the_first(0.6, 0.0, 8), [0, 0, 0, 0, 4, 4, 4, 4]);
    }
}
