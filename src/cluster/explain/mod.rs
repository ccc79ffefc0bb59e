//! Stories in, why each is one out: the pairs that hold it together, with their evidence, and what came close but was
//! kept apart. Never decides anything, and computes nothing until asked.

mod pair;
mod spelling;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use super::{
    FITTED, Grouped,
    agglomerate::{self, Link},
    document::Documents,
};
use crate::model::{Article, Outsider, Pair, Story, Why};

use pair::Glass;

/// Maximum number of pairs shown for a story.
const LINKS: usize = 24;
/// Maximum number of outsiders shown for a story.
const OUTSIDERS: usize = 2;

/// The stories of a batch, with everything needed to explain them.
pub struct Judgement<'a> {
    /// As returned by [`super::stories`].
    pub stories: Vec<Story>,
    /// In the order of their ids.
    pub(super) articles: Vec<&'a Article>,
    pub(super) documents: Documents,
    pub(super) grouped: Grouped,
    pub(super) certainty: f64,
}

/// A group of the batch.
#[derive(Clone, Default)]
struct Group {
    members: Vec<usize>,
    /// As needed by [`agglomerate::scale`].
    inside: f64,
    /// Whether it is being explained. If not, its links are not listed.
    asked: bool,
    links: Vec<Link>,
    /// The groups it is linked to, each with the summed score of the links across and the strongest of them.
    across: BTreeMap<usize, (f64, Link)>,
}

impl Judgement<'_> {
    /// Explains why the articles of each of `stories`, which belong to this batch, are together.
    pub fn why(&self, stories: &[&Story]) -> Vec<Why> {
        let members: Vec<Vec<usize>> = stories.iter().map(|story| self.places(story)).collect();
        let groups = self.groups(&members);
        let mut glass = Glass::new(self);
        let why = |(story, members): (&&Story, Vec<usize>)| {
            let name = members.first().and_then(|&first| self.grouped.group.get(first));
            let Some(group) = name.and_then(|&name| groups.get(name)) else { return Why::default() };
            let pair = |link: &Link| {
                let mut ends = [link.a as usize, link.b as usize];
                ends.sort_by_key(|end| members.iter().position(|member| member == end));
                let pair = glass.pair(ends[0], ends[1], link.score);
                let text =
                    |id: &str| story.members.iter().find(|member| member.id == id).map(|member| member.text);
                Pair { same_text: text(&pair.a) == text(&pair.b), ..pair }
            };
            Why {
                certainty: self.certainty,
                pairs: members.len() * members.len().saturating_sub(1) / 2,
                links: group.holding().iter().map(pair).collect(),
                outsiders: self.outsiders(group, &members, &groups, &mut glass),
            }
        };
        stories.iter().zip(members).map(why).collect()
    }

    /// The places of a story's articles, in the story's order.
    fn places(&self, story: &Story) -> Vec<usize> {
        let place = |id: &String| self.articles.binary_search_by(|article| article.id.cmp(id)).ok();
        story.ids().filter_map(place).collect()
    }

    /// The groups by name; links are listed for those being explained only.
    fn groups(&self, asked: &[Vec<usize>]) -> Vec<Group> {
        let mut groups = vec![Group::default(); self.grouped.group.len()];
        for name in asked.iter().filter_map(|members| self.grouped.group.get(*members.first()?)) {
            if let Some(group) = groups.get_mut(*name) {
                group.asked = true;
            }
        }
        for (document, &name) in self.grouped.group.iter().enumerate() {
            if let Some(group) = groups.get_mut(name) {
                group.members.push(document);
                group.inside += 1.0;
            }
        }
        for link in &self.grouped.links {
            let name = |end: u32| self.grouped.group.get(end as usize).copied();
            let (Some(a), Some(b)) = (name(link.a), name(link.b)) else { continue };
            if let Some(group) = groups.get_mut(a).filter(|_| a == b) {
                group.keep(link);
            }
            for (own, other) in [(a, b), (b, a)].into_iter().filter(|_| a != b) {
                if let Some(group) = groups.get_mut(own).filter(|group| group.asked) {
                    group.keep_across(other, link);
                }
            }
        }
        groups
    }

    /// The members of a group: the article at `first`, then the rest by value and not by id, which means nothing.
    fn around(&self, first: usize, group: &Group) -> Vec<usize> {
        let article = |&place: &usize| self.articles.get(place);
        let mut members = group.members.clone();
        members.sort_by_cached_key(|m| (*m != first, article(m).map(|a| (a.published, &a.outlet, &a.title))));
        members
    }

    /// The stories closest to a group with these members. Only groups it has a link to can be close.
    fn outsiders(
        &self,
        group: &Group,
        members: &[usize],
        groups: &[Group],
        glass: &mut Glass,
    ) -> Vec<Outsider> {
        let scale = |g: &Group| agglomerate::scale(g.members.len(), g.inside, FITTED.cohesion);
        let linked = group.across.iter().filter_map(|(&name, &(sum, closest))| {
            let other = groups.get(name)?;
            Some((sum / (scale(group) * scale(other)), closest, other))
        });
        let mut linked: Vec<(f64, Link, &Group)> = linked.collect();
        linked.sort_by(|x, y| y.0.total_cmp(&x.0).then_with(|| x.2.members.cmp(&y.2.members)));
        linked.truncate(OUTSIDERS);
        let outsider = |(strength, closest, other): (f64, Link, &Group)| {
            let (a, b) = (closest.a as usize, closest.b as usize);
            let (here, there) = if members.contains(&a) { (a, b) } else { (b, a) };
            let [only_here, only_there] = glass.apart(members, &self.around(there, other));
            Outsider {
                headline: self.articles.get(there).map(|a| a.title.clone()).unwrap_or_default(),
                articles: other.members.len(),
                strength: rounded(strength),
                needed: rounded(FITTED.rule(self.certainty).needed(members.len(), other.members.len())),
                closest: glass.pair(here, there, closest.score),
                only_here,
                only_there,
            }
        };
        linked.into_iter().map(outsider).collect()
    }
}

impl Group {
    /// Records a link between two members.
    fn keep(&mut self, link: &Link) {
        self.inside += 2.0 * f64::from(link.score);
        if self.asked {
            self.links.push(*link);
        }
    }

    /// Records a link between a member and one of the group `other`.
    fn keep_across(&mut self, other: usize, link: &Link) {
        let (sum, closest) = self.across.entry(other).or_insert((0.0, *link));
        *sum += f64::from(link.score);
        if link.score > closest.score {
            *closest = *link;
        }
    }

    /// The links that hold the group together, strongest first: its maximum spanning tree (Kruskal, 1956). If there
    /// are too many, the surest are left out.
    fn holding(&self) -> Vec<Link> {
        let mut links = self.links.clone();
        links.sort_by(|x, y| y.score.total_cmp(&x.score).then((x.a, x.b).cmp(&(y.a, y.b))));
        let mut tree_of: BTreeMap<u32, u32> = BTreeMap::new();
        links.retain(|link| {
            let [a, b] = [link.a, link.b].map(|end| tree_of.get(&end).copied().unwrap_or(end));
            tree_of.entry(link.a).or_insert(a);
            tree_of.entry(link.b).or_insert(b);
            tree_of.values_mut().filter(|tree| **tree == b).for_each(|tree| *tree = a);
            a != b
        });
        links.drain(..links.len().saturating_sub(LINKS));
        links
    }
}

/// To three decimals, more than anyone needs.
fn rounded(figure: f64) -> f64 {
    // Adding 0 turns -0 into 0.
    (figure * 1000.0).round() / 1000.0 + 0.0
}
