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
    let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
    let mut wholes: BTreeMap<usize, usize> = BTreeMap::new();
    for (&name, &whole) in group.iter().zip(whole) {
        *sizes.entry(name).or_default() += 1;
        wholes.insert(name, whole);
    }
    let mut inside: BTreeMap<usize, f64> = sizes.iter().map(|(&name, &size)| (name, size as f64)).collect();
    let mut across: BTreeMap<usize, BTreeMap<usize, f64>> = BTreeMap::new();
    for link in links {
        let (Some(&x), Some(&y)) = (group.get(link.a as usize), group.get(link.b as usize)) else { continue };
        let score = f64::from(link.score);
        if x == y {
            inside.entry(x).and_modify(|sum| *sum += 2.0 * score);
        } else if link.names_the_same {
            *across.entry(x).or_default().entry(y).or_default() += score;
            *across.entry(y).or_default().entry(x).or_default() += score;
        }
    }
    let scale = |name: &usize| {
        let (size, inside) = (sizes.get(name).copied(), inside.get(name).copied());
        agglomerate::scale(size.unwrap_or(1), inside.unwrap_or(1.0), cohesion)
    };
    let mut by_size: Vec<usize> = sizes.keys().copied().collect();
    by_size.sort_by_key(|name| (Reverse(sizes.get(name)), *name));
    let (mut subjects, mut leading) = (BTreeMap::new(), BTreeSet::new());
    for name in by_size {
        let near = across.get(&name).into_iter().flatten().filter(|(other, _)| leading.contains(*other));
        let linked = near.map(|(other, sum)| (sum / (scale(&name) * scale(other)), *other));
        let whole = wholes.get(&name);
        let kin = leading.iter().copied().filter(|other| wholes.get(other) == whole);
        let mut near: Vec<(f64, usize)> = kin.map(|other| (PARTED, other)).chain(linked).collect();
        near.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
        let first = near.first().copied().filter(|(strength, _)| *strength >= TIED);
        let tied = first.filter(|&(strength, lead)| {
            near.iter().all(|&(second, other)| other == lead || second < AS_NEAR * strength)
        });
        subjects.insert(name, tied.map_or(name, |(_, lead)| lead));
        if tied.is_none() && sizes.get(&name).is_some_and(|size| *size >= LEADING) {
            leading.insert(name);
        }
    }
    subjects
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
