//! A grown group in, its developments out: a look at how alike its articles are once the words that all of them share
//! count for little. Only ever splits groups, never joins them, and never headlines alone.
//!
//! Chosen on four labelled days and three other collections. On the days taking out strangers raised the mean B-cubed F
//! from 0.929 to 0.932 and precision from 0.909 to 0.915; with the share for each day chosen on the other three it is
//! 0.930. Parting raised F on look-alike events by 0.01 and on one day by 0.002, and changed nothing on the others.

use std::collections::BTreeMap;

use super::document::Document;

/// Minimum number of articles of a development that is parted from others.
const SIDE: usize = 3;
/// Articles of a group in which strangers are looked for, at least.
const GROUP: usize = 4;
/// Larger groups are left as they are: bounds time and memory.
const LARGEST: usize = 400;
/// Different words that half of a group's articles need: headlines alone are too short.
const ENOUGH_WORDS: usize = 16;
/// A group is parted if the second eigenvalue of its normalised Laplacian is below this: two halves that hardly hold together.
const LOOSE: f64 = 0.58;
/// A member with less than this share of the median likeness to the others is a stranger …
const STRANGER: f64 = 0.4;
/// … unless more than this share of the group would go.
const MOST_STRANGERS: f64 = 1.0 / 3.0;
/// Steps of the power iteration at most, and the change of the eigenvalue below which it has settled.
const STEPS: usize = 200;
const SETTLED: f64 = 1e-6;
/// After so many steps an eigenvalue that is so far from loose will not become so.
const SOON: usize = 20;
const FAR: f64 = 0.1;

/// Takes strangers out of their groups, then parts the groups. `group` names each document's group by a member; of
/// `copies` of one text the first is looked at, and the others go with it.
pub(super) fn part(documents: &[Document], group: &mut [usize], copies: &[Vec<usize>]) {
    let mut first: Vec<usize> = (0..documents.len()).collect();
    for (copy, lead) in copies.iter().flat_map(|same| same.iter().zip(same.iter().take(1).cycle())) {
        first.get_mut(*copy).into_iter().for_each(|text| *text = *lead);
    }
    let mut sizes = vec![0; documents.len()];
    group.iter().for_each(|&name| sizes.get_mut(name).into_iter().for_each(|size| *size += 1));
    let grown = |name: usize| sizes.get(name).is_some_and(|size| *size >= GROUP);
    let mut named: BTreeMap<usize, BTreeMap<usize, Vec<usize>>> = BTreeMap::new();
    for (document, (&name, text)) in
        group.iter().zip(first).enumerate().filter(|(_, (name, _))| grown(**name))
    {
        named.entry(name).or_default().entry(text).or_default().push(document);
    }
    for texts in named.into_values().filter(|texts| (GROUP..=LARGEST).contains(&texts.len())) {
        let members: Vec<usize> = texts.values().filter_map(|same| same.first().copied()).collect();
        let Some(likeness) = Likeness::of(documents, &members) else { continue };
        let (own, strangers) = likeness.strangers(&members);
        strangers.iter().for_each(|stranger| rename(group, &[*stranger]));
        rename(group, &own);
        let mut known = Some(likeness).filter(|_| strangers.is_empty());
        let mut open = vec![own];
        while let Some(members) = open.pop() {
            if members.len() < 2 * SIDE {
                continue;
            }
            let likeness = known.take().or_else(|| Likeness::of(documents, &members));
            let Some(sides) = likeness.and_then(|likeness| likeness.halves(&members)) else { continue };
            sides.iter().for_each(|side| rename(group, side));
            open.extend(sides);
        }
        for same in texts.values() {
            let name = same.first().and_then(|lead| group.get(*lead)).copied();
            for &copy in same {
                group.get_mut(copy).into_iter().zip(name).for_each(|(slot, name)| *slot = name);
            }
        }
    }
}

/// Names a group by its first member.
fn rename(group: &mut [usize], members: &[usize]) {
    for &member in members {
        if let (Some(name), Some(&first)) = (group.get_mut(member), members.first()) {
            *name = first;
        }
    }
}

/// How alike the articles of one group are: cosines of their words, a word counting for less the more of them have it.
struct Likeness(Vec<Vec<f64>>);

impl Likeness {
    fn of(documents: &[Document], members: &[usize]) -> Option<Self> {
        let texts: Vec<&Document> = members.iter().filter_map(|&member| documents.get(member)).collect();
        let long = texts.iter().filter(|text| text.terms.len() >= ENOUGH_WORDS).count();
        if 2 * long <= texts.len() {
            return None;
        }
        let mut held: Vec<(u32, usize, f64)> = Vec::new();
        for (place, text) in texts.iter().enumerate() {
            held.extend(text.terms.iter().map(|term| (term.word, place, f64::from(term.anywhere))));
        }
        held.sort_unstable_by_key(|&(word, place, _)| (word, place));
        let mut likeness = vec![vec![0.0; texts.len()]; texts.len()];
        for holders in held.chunk_by(|x, y| x.0 == y.0) {
            let worth = 1.0 + (texts.len() as f64 / holders.len() as f64).ln();
            for (nth, &(_, a, count)) in holders.iter().enumerate() {
                let Some(row) = likeness.get_mut(a) else { continue };
                for &(_, b, other) in holders.iter().take(nth + 1) {
                    row.get_mut(b).into_iter().for_each(|sum| *sum += worth * worth * count * other);
                }
            }
        }
        let at = |rows: &[Vec<f64>], a: usize, b: usize| rows.get(a).and_then(|row| row.get(b)).copied();
        let lengths: Vec<f64> = (0..texts.len()).map(|a| at(&likeness, a, a).unwrap_or(0.0).sqrt()).collect();
        let lower = likeness.clone();
        for (a, (row, length)) in likeness.iter_mut().zip(&lengths).enumerate() {
            for (b, (cosine, other)) in row.iter_mut().zip(&lengths).enumerate() {
                let sum = at(&lower, a.max(b), a.min(b)).unwrap_or(0.0);
                *cosine = if a == b { 0.0 } else { sum / (length * other).max(f64::MIN_POSITIVE) };
            }
        }
        Some(Likeness(likeness))
    }

    /// The members, and those among them that share little with the rest but what all of them have.
    fn strangers(&self, members: &[usize]) -> (Vec<usize>, Vec<usize>) {
        let sums: Vec<f64> = self.0.iter().map(|row| row.iter().sum()).collect();
        let mut sorted = sums.clone();
        sorted.sort_by(f64::total_cmp);
        let limit = STRANGER * sorted.get(sorted.len() / 2).copied().unwrap_or(0.0);
        let place = |far: bool| {
            let of = members.iter().zip(&sums).filter(move |(_, sum)| (**sum < limit) == far);
            of.map(|(&member, _)| member).collect::<Vec<usize>>()
        };
        let strangers = place(true);
        let few = strangers.len() as f64 <= MOST_STRANGERS * members.len() as f64;
        if few { (place(false), strangers) } else { (members.to_vec(), Vec::new()) }
    }

    /// The two sides of the Fiedler vector, if the group is loose and each side is large enough: Shi and Malik,
    /// "Normalized cuts and image segmentation" (2000).
    fn halves(&self, members: &[usize]) -> Option<[Vec<usize>; 2]> {
        let roots: Vec<f64> =
            self.0.iter().map(|row| row.iter().sum::<f64>().max(f64::MIN_POSITIVE).sqrt()).collect();
        let mut vector: Vec<f64> =
            (0..members.len()).map(|i| ((i * 7919) % 1009) as f64 / 1009.0 - 0.5).collect();
        let mut value = 0.0;
        for step in 0..STEPS {
            let along = dot(&vector, &roots) / dot(&roots, &roots);
            vector.iter_mut().zip(&roots).for_each(|(x, root)| *x -= along * root);
            let length = dot(&vector, &vector).sqrt().max(f64::MIN_POSITIVE);
            vector.iter_mut().for_each(|x| *x /= length);
            let scaled: Vec<f64> = vector.iter().zip(&roots).map(|(x, root)| x / root).collect();
            let next: Vec<f64> = (self.0.iter().zip(&roots).zip(&vector))
                .map(|((row, root), own)| own + dot(row, &scaled) / root)
                .collect();
            let before = std::mem::replace(&mut value, dot(&vector, &next));
            vector = next;
            if (value - before).abs() < SETTLED || step >= SOON && 2.0 - value > LOOSE + FAR {
                break;
            }
        }
        let side = |right: bool| {
            let of = members.iter().zip(&vector).filter(move |(_, x)| (**x > 0.0) == right);
            of.map(|(&member, _)| member).collect::<Vec<usize>>()
        };
        let sides = [side(false), side(true)];
        (2.0 - value < LOOSE && sides.iter().all(|side| side.len() >= SIDE)).then_some(sides)
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

#[cfg(test)]
mod tests {
    use super::part;
    use crate::{cluster::document, model::Article};

    const TRIAL: &str =
        "The trial of the ferry's captain Tarn Okkel over the sinking off Sollund that killed nine";

    fn parted(texts: &[&str]) -> Vec<usize> {
        parted_beside(texts, &[])
    }

    fn parted_beside(texts: &[&str], copies: &[Vec<usize>]) -> Vec<usize> {
        let article = |text: &&str| Article { text: (*text).to_owned(), ..Article::default() };
        let articles: Vec<Article> = texts.iter().map(article).collect();
        let documents = document::read(&articles.iter().collect::<Vec<_>>());
        let mut group = vec![0; articles.len()];
        part(&documents.all, &mut group, copies);
        group
    }

    fn told(details: &str) -> String {
        format!("{TRIAL}: {details}.")
    }

    const COURT: &str = "an engineer described to judges pumps, hatches, valves and alarms that mechanics had switched off before sailing from harbour";
    const RALLY: &str = "supporters marched through rain with banners, sang hymns and blocked traffic near a wooden bridge while drivers honked";

    #[test]
    fn two_developments_of_one_subject_are_parted() {
        let (court, rally) = (told(COURT), told(RALLY));
        let texts = [&court, &rally, &court, &rally, &court, &rally, &court, &rally];
        assert_eq!(parted(&texts.map(String::as_str)), [0, 1, 0, 1, 0, 1, 0, 1]);
    }

    #[test]
    fn fewer_than_three_are_no_development_and_one_event_stays_whole() {
        let (court, rally) = (told(COURT), told(RALLY));
        assert_eq!(parted(&[&court, &court, &court, &rally, &rally]), [0; 5]);
        assert_eq!(parted(&[&court, &court, &court, &court, &rally, &rally]), [0; 6]);
        assert_eq!(parted(&[court.as_str(); 6]), [0; 6]);
    }

    #[test]
    fn who_shares_nothing_but_the_subject_stands_alone() {
        let court = told(COURT);
        let stranger = "Tarn Okkel once kept seven parrots, a retired breeder from Orland recalled over tea and almond cake \
            while neighbours quarrelled outside about hedges";
        assert_eq!(parted(&[&court, &court, stranger, &court, &court]), [0, 0, 2, 0, 0]);
    }

    #[test]
    fn copies_of_a_report_make_no_stranger_of_another() {
        let court = told(COURT);
        let stranger = "Tarn Okkel once kept seven parrots, a retired breeder from Orland recalled over tea and almond cake \
            while neighbours quarrelled outside about hedges";
        let copies = [vec![0, 1, 3, 4]];
        let texts = [court.as_str(), &court, stranger, &court, &court];
        assert_eq!(parted_beside(&texts, &copies), [0; 5]);
    }

    #[test]
    fn headlines_are_too_short_to_part() {
        let lines = ["Okkel trial: engineer on pumps", "Okkel trial: march in rain"];
        assert_eq!(parted(&[lines[0], lines[1], lines[0], lines[1], lines[0], lines[1]]), [0; 6]);
    }
}
