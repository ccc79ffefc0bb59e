//! Scored pairs in, groups out: average-link agglomeration on a sparse graph. Never knows an article.

use std::{cmp::Ordering, collections::BinaryHeap};

/// A link between two items to be grouped, `a < b`, with the probability that they belong together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Link {
    pub(super) a: u32,
    pub(super) b: u32,
    pub(super) score: f32,
    /// Whether both name the same people or places, and their openings no others: what ties developments to a subject.
    pub(super) names_the_same: bool,
}

/// When groups are merged.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rule {
    /// The strength required of a link between two large groups.
    pub(super) threshold: f64,
    /// See [`groups`].
    pub(super) cohesion: f64,
    /// See [`Rule::needed`].
    pub(super) alone: f64,
}

impl Rule {
    /// The strength required of a link between groups of these sizes: the log-odds of `threshold`, raised by `alone`
    /// divided by the number of pairs across. One pair is one opinion; many pairs that agree are rarely all wrong;
    /// and most items of a batch belong to no group.
    pub(super) fn needed(&self, size: usize, other: usize) -> f64 {
        let odds = self.threshold / (1.0 - self.threshold) * (self.alone / (size * other) as f64).exp();
        if odds.is_finite() { odds / (1.0 + odds) } else { 1.0 }
    }
}

/// Groups `0..n`: merges the two groups with the strongest link as long as it is as strong as the rule requires.
/// Returns the group of each item, named by its smallest member.
///
/// The strength of a link is the mean score over all pairs across the two groups (absent pairs count 0), divided by
/// the two groups' own mean scores (each item with itself counts 1) to the power of `cohesion` / 2. At 0 this is
/// average link; at 1 the cosine of the centroids, or Spearman's correction for attenuation (1904): a short headline
/// is a noisy measurement of its event, the more so for a story whose other headlines agree little among themselves.
pub(super) fn groups(n: usize, links: &[Link], rule: Rule) -> Vec<usize> {
    let mut forest = Forest::new(n, links, rule);
    let mut heap: BinaryHeap<Candidate> = (0..n as u32).filter_map(|group| forest.find(group)).collect();
    while let Some(candidate) = heap.pop() {
        match forest.standing(&candidate) {
            Standing::Holds => forest.join(&candidate, &mut heap),
            Standing::Bound => heap.extend(forest.seek(candidate.group)),
            Standing::Past => {}
        }
    }
    forest.names
}

/// What a link to a group is divided by: its size, times its own mean score to the power of cohesion / 2. `inside` is
/// the sum of the scores of all ordered pairs inside, each item with itself counting 1.
pub(super) fn scale(size: usize, inside: f64, cohesion: f64) -> f64 {
    let size = size as f64;
    size * (inside / (size * size)).powf(cohesion / 2.0)
}

/// A group and its best merge partner, valid for the given versions of the two.
#[derive(Clone, Copy, PartialEq)]
struct Candidate {
    strength: f64,
    group: u32,
    other: u32,
    versions: (u32, u32),
}

impl Candidate {
    fn pair(&self) -> (u32, u32) {
        (self.group.min(self.other), self.group.max(self.other))
    }
}

impl Eq for Candidate {}

impl Ord for Candidate {
    fn cmp(&self, other: &Self) -> Ordering {
        self.strength.total_cmp(&other.strength).then_with(|| other.pair().cmp(&self.pair()))
    }
}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// What has become of a candidate since it was put on the heap.
enum Standing {
    /// Neither group has changed.
    Holds,
    /// The other group has changed: the strength is only an upper bound on what the group can reach now.
    Bound,
    /// The group itself has changed, or has found a better candidate since.
    Past,
}

/// A growing group.
struct Group {
    /// Its members other than the one it is named by.
    members: Vec<u32>,
    /// Members of neighbouring groups, with the summed scores of pairs across: see [`Forest::gather`].
    links: Vec<(u32, f64)>,
    /// Sum of the scores of all ordered pairs inside, each item with itself counting 1.
    inside: f64,
    /// Its best candidate so far; no link of the group is stronger.
    best: Option<Candidate>,
}

/// What every link to a group needs to know about it.
#[derive(Clone, Copy)]
struct End {
    size: usize,
    /// What a link to the group is divided by.
    scale: f64,
    version: u32,
}

struct Forest {
    groups: Vec<Group>,
    ends: Vec<End>,
    names: Vec<usize>,
    /// Scratch space to sum links by group; 0 between uses.
    sums: Vec<f64>,
    rule: Rule,
}

impl Forest {
    fn new(n: usize, links: &[Link], rule: Rule) -> Self {
        let mut degrees = vec![0; n];
        for end in links.iter().flat_map(|link| [link.a, link.b]) {
            degrees[end as usize] += 1;
        }
        let alone =
            |links| Group { members: Vec::new(), links: Vec::with_capacity(links), inside: 1.0, best: None };
        let mut groups: Vec<Group> = degrees.into_iter().map(alone).collect();
        for link in links {
            groups[link.a as usize].links.push((link.b, f64::from(link.score)));
            groups[link.b as usize].links.push((link.a, f64::from(link.score)));
        }
        let ends = vec![End { size: 1, scale: 1.0, version: 0 }; n];
        Forest { groups, ends, names: (0..n).collect(), sums: vec![0.0; n], rule }
    }

    fn standing(&self, candidate: &Candidate) -> Standing {
        let version = |group: u32| self.ends[group as usize].version;
        if version(candidate.group) != candidate.versions.0 {
            Standing::Past
        } else if version(candidate.other) == candidate.versions.1 {
            Standing::Holds
        } else if self.groups[candidate.group as usize].best.as_ref() == Some(candidate) {
            Standing::Bound
        } else {
            Standing::Past
        }
    }

    /// The link from `group` to `other`, if it is strong enough to merge them.
    fn candidate(&self, group: u32, other: u32, sum: f64) -> Option<Candidate> {
        let (one, two) = (self.ends[group as usize], self.ends[other as usize]);
        let strength = sum / (one.scale * two.scale);
        let joins = strength >= self.rule.threshold && strength >= self.rule.needed(one.size, two.size);
        joins.then_some(Candidate { strength, group, other, versions: (one.version, two.version) })
    }

    /// Searches all links of a group for the best, after other groups were merged.
    fn seek(&mut self, group: u32) -> Option<Candidate> {
        self.gather(group);
        self.find(group)
    }

    /// Searches all links of a group for the best.
    fn find(&mut self, group: u32) -> Option<Candidate> {
        let links = &self.groups[group as usize].links;
        let best = links.iter().filter_map(|&(other, sum)| self.candidate(group, other, sum)).max();
        self.groups[group as usize].best = best;
        best
    }

    /// Merges a candidate's two groups under the smaller name, and pushes the new best candidates of the merged group
    /// and its neighbours onto the heap.
    fn join(&mut self, candidate: &Candidate, heap: &mut BinaryHeap<Candidate>) {
        let (a, b) = candidate.pair();
        self.merge(a, b);
        heap.extend(self.seek(a));
        let links = std::mem::take(&mut self.groups[a as usize].links);
        for &(other, sum) in &links {
            let found = self.candidate(other, a, sum);
            let best = &mut self.groups[other as usize].best;
            if found > *best {
                *best = found;
                heap.extend(found);
            }
        }
        self.groups[a as usize].links = links;
    }

    /// Makes `b` part of `a`. Links of their neighbours still name `b`.
    fn merge(&mut self, a: u32, b: u32) {
        let from = std::mem::take(&mut self.groups[b as usize].links);
        let into = &self.groups[a as usize].links;
        let across: f64 = into.iter().filter(|l| self.names[l.0 as usize] == b as usize).map(|l| l.1).sum();
        let members = std::mem::take(&mut self.groups[b as usize].members);
        self.names[b as usize] = a as usize;
        for &m in &members {
            self.names[m as usize] = a as usize;
        }
        let inside = self.groups[b as usize].inside;
        self.ends[b as usize].version += 1;
        let group = &mut self.groups[a as usize];
        group.members.push(b);
        group.members.extend(members);
        group.links.extend(from);
        group.inside += inside + 2.0 * across;
        let end = &mut self.ends[a as usize];
        end.size = 1 + group.members.len();
        end.scale = scale(end.size, group.inside, self.rule.cohesion);
        end.version += 1;
    }

    /// Sums the group's links that now lead to the same group, and drops those inside it.
    fn gather(&mut self, group: u32) {
        let mut links = std::mem::take(&mut self.groups[group as usize].links);
        let mut kept = 0;
        for at in 0..links.len() {
            let (member, sum) = links[at];
            let other = self.names[member as usize];
            if other != group as usize {
                if self.sums[other] == 0.0 {
                    links[kept].0 = other as u32;
                    kept += 1;
                }
                self.sums[other] += sum;
            }
        }
        links.truncate(kept);
        for (other, sum) in &mut links {
            *sum = std::mem::take(&mut self.sums[*other as usize]);
        }
        self.groups[group as usize].links = links;
    }
}

#[cfg(test)]
mod tests {
    use super::{Link, Rule, groups};

    fn links(scores: &[(u32, u32, f32)]) -> Vec<Link> {
        scores.iter().map(|&(a, b, score)| Link { a, b, score, names_the_same: true }).collect()
    }

    fn rule(cohesion: f64, alone: f64) -> Rule {
        Rule { threshold: 0.5, cohesion, alone }
    }

    #[test]
    fn a_chain_is_not_a_group() {
        let chain = links(&[(0, 1, 0.9), (1, 2, 0.8)]);
        assert_eq!(groups(3, &chain, rule(0.0, 0.0)), [0, 0, 2]);
    }

    #[test]
    fn a_link_to_a_loose_group_counts_for_more() {
        let loose = links(&[(0, 1, 0.5), (0, 2, 0.45), (1, 2, 0.45)]);
        assert_eq!(groups(3, &loose, rule(0.0, 0.0)), [0, 0, 2]);
        assert_eq!(groups(3, &loose, rule(1.0, 0.0)), [0, 0, 0]);
    }

    #[test]
    fn both_orders_of_a_merged_pair_count_as_inside() {
        // Inside is 1 + 1 + 2 * 0.9, so a third item is as near as 0.96 / (2 * (3.8 / 4)^0.5) = 0.4925.
        let near = links(&[(0, 1, 0.9), (0, 2, 0.48), (1, 2, 0.48)]);
        assert_eq!(groups(3, &near, rule(1.0, 0.0)), [0, 0, 2]);
        let nearer = links(&[(0, 1, 0.9), (0, 2, 0.49), (1, 2, 0.49)]);
        assert_eq!(groups(3, &nearer, rule(1.0, 0.0)), [0, 0, 0]);
    }

    #[test]
    fn two_alone_need_a_stronger_link_than_one_and_a_group() {
        let fair = links(&[
            (0, 1, 0.7),
            (2, 3, 0.9),
            (2, 4, 0.9),
            (3, 4, 0.9),
            (2, 5, 0.7),
            (3, 5, 0.7),
            (4, 5, 0.7),
        ]);
        assert_eq!(groups(6, &fair, rule(1.0, 1.7)), [0, 1, 2, 2, 2, 2]);
    }

    #[test]
    fn what_is_needed_stays_within_0_and_1() {
        for (threshold, needed) in [(0.0, 0.0), (1.0, 1.0)] {
            assert_eq!(Rule { threshold, ..rule(1.0, 1.7) }.needed(1, 1), needed);
        }
    }
}
