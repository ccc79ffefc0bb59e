//! Developments in, the running subjects that tie them out: a small one is tied to a large one that names the same, or
//! that it was parted from. Never joins what it ties: each development stays a story of its own.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use super::agglomerate::{self, Link};

/// Articles of the development that others are tied to, at least: fewer are too little to establish a subject.
const LEADING: usize = 3;
/// Minimum strength of the link to it, over pairs that name the same.
const TIED: f64 = 0.35;
/// What is at least so near to a second development, as a share of how near it is to the first, tells of both in passing.
const AS_NEAR: f64 = 0.5;
/// The strength between parts of one group.
const PARTED: f64 = 1.0;

/// The subject of each development, both named by a member, a subject by one of its largest development. `whole` names the
/// group of each document before its developments were parted, `group` the one after that.
pub(super) fn of(whole: &[usize], group: &[usize], links: &[Link], cohesion: f64) -> BTreeMap<usize, usize> {
    let near = Near::of(group, links, cohesion);
    let mut by_size: Vec<usize> = (0..group.len()).filter(|&name| near.size(name) > 0).collect();
    by_size.sort_by_key(|&name| (Reverse(near.size(name)), name));
    let (mut subjects, mut leading) = (BTreeMap::new(), BTreeSet::new());
    let mut parts: BTreeMap<Option<&usize>, Vec<usize>> = BTreeMap::new();
    for name in by_size {
        let parts = parts.entry(whole.get(name)).or_default();
        let kin = parts.iter().map(|&other| (PARTED, other));
        let linked = near.to(name).filter(|(_, other)| leading.contains(other));
        let mut near_to: Vec<(f64, usize)> = kin.chain(linked).collect();
        near_to.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
        let first = near_to.first().copied().filter(|(strength, _)| *strength >= TIED);
        let tied = first.filter(|&(strength, lead)| {
            near_to.iter().all(|&(second, other)| other == lead || second < AS_NEAR * strength)
        });
        subjects.insert(name, tied.map_or(name, |(_, lead)| lead));
        if tied.is_none() && near.size(name) >= LEADING {
            leading.insert(name);
            parts.push(name);
        }
    }
    subjects
}

/// How near developments are to those that may lead a subject.
struct Near {
    /// By the name of a development: its articles; 0 for what names none.
    sizes: Vec<usize>,
    /// What its links are divided by.
    scales: Vec<f64>,
    /// Summed scores of the pairs that name the same, of a development with one that is large enough to lead.
    across: BTreeMap<(usize, usize), f64>,
}

impl Near {
    fn of(group: &[usize], links: &[Link], cohesion: f64) -> Self {
        let mut sizes = vec![0; group.len()];
        group.iter().for_each(|&name| sizes.get_mut(name).into_iter().for_each(|size| *size += 1));
        let mut inside: Vec<f64> = sizes.iter().map(|&size| size as f64).collect();
        let mut across = BTreeMap::new();
        for link in links {
            let (Some(&x), Some(&y)) = (group.get(link.a as usize), group.get(link.b as usize)) else {
                continue;
            };
            let score = f64::from(link.score);
            if x == y {
                inside.get_mut(x).into_iter().for_each(|sum| *sum += 2.0 * score);
            } else if link.names_the_same {
                for (name, other) in [(x, y), (y, x)] {
                    if sizes.get(other).is_some_and(|size| *size >= LEADING) {
                        *across.entry((name, other)).or_insert(0.0) += score;
                    }
                }
            }
        }
        let scale = |(&size, inside): (&usize, f64)| agglomerate::scale(size.max(1), inside, cohesion);
        let scales = sizes.iter().zip(inside).map(scale).collect();
        Near { sizes, scales, across }
    }

    fn size(&self, name: usize) -> usize {
        self.sizes.get(name).copied().unwrap_or(0)
    }

    /// The strength of the link to each development that may lead a subject.
    fn to(&self, name: usize) -> impl Iterator<Item = (f64, usize)> {
        let scale = |name: usize| self.scales.get(name).copied().unwrap_or(1.0);
        let across = self.across.range((name, 0)..=(name, usize::MAX));
        across.map(move |(&(name, other), sum)| (sum / (scale(name) * scale(other)), other))
    }
}

#[cfg(test)]
mod tests {
    use super::{Link, of};

    /// Two developments of four articles, and a ninth article with these scores with each.
    fn subjects(first: f32, second: f32, names_the_same: bool, whole: usize) -> Vec<usize> {
        let mut links = Vec::new();
        for b in 0..9_u32 {
            for a in 0..b {
                let score = match (a / 4 == b / 4, b) {
                    (true, _) => 0.9,
                    (_, 8) if a < 4 => first,
                    (_, 8) => second,
                    _ => 0.0,
                };
                links.push(Link { a, b, score, names_the_same });
            }
        }
        let group = [0, 0, 0, 0, 4, 4, 4, 4, 8];
        let mut wholes = group;
        wholes[8] = whole;
        of(&wholes, &group, &links, 1.0).into_values().collect()
    }

    #[test]
    fn a_development_is_tied_to_the_largest_it_is_near_and_shares_a_name_with() {
        assert_eq!(subjects(0.4, 0.1, true, 8), [0, 4, 0]);
        assert_eq!(subjects(0.3, 0.1, true, 8), [0, 4, 8]);
        assert_eq!(subjects(0.4, 0.1, false, 8), [0, 4, 8]);
    }

    #[test]
    fn what_was_parted_from_a_group_stays_with_its_subject() {
        assert_eq!(subjects(0.1, 0.1, false, 4), [0, 4, 4]);
    }

    #[test]
    fn who_is_near_two_subjects_is_tied_to_neither() {
        assert_eq!(subjects(0.5, 0.4, true, 8), [0, 4, 8]);
    }
}
