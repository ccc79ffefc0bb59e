//! A grown group in, the events it mixes up out: a second look at articles that share an actor, a place and a kind of
//! event, but not the event. Only ever splits groups, never joins them, and only where there is enough text to tell.

use super::{agglomerate::Link, document::Document};

/// Minimum number of articles on a side.
const SIDE: usize = 3;
/// Minimum share of a group's articles on a side.
const SIDE_SHARE: f64 = 0.15;
/// Minimum share of the group's articles that have exactly one of two rival words.
const PARTED: f64 = 0.85;
/// Marks that each side needs: words that most of it has and the other side hardly ever. Two spellings of one name
/// make one mark per side, two events make more.
const MARKS: usize = 3;
const OWN: f64 = 0.75;
const FOREIGN: f64 = 0.05;
/// Different words an article needs before it can be expected to say who, where and when.
const ENOUGH_WORDS: usize = 40;
/// Words compared with one another, the most telling first.
const RIVALS: usize = 80;

/// Splits groups in two, repeatedly, where two rival names or numbers divide them. `group` names each document's
/// group by a member; a part split off is named by its first member.
pub(super) fn part(documents: &[Document], group: &mut [usize], links: &[Link]) {
    let mut members: std::collections::BTreeMap<usize, Vec<usize>> = std::collections::BTreeMap::new();
    for (document, &name) in group.iter().enumerate() {
        members.entry(name).or_default().push(document);
    }
    let mut open: Vec<Vec<usize>> = members.into_values().filter(|m| m.len() >= 2 * SIDE).collect();
    while let Some(members) = open.pop() {
        let Some(sides) = sides(documents, &members, links) else { continue };
        for side in sides {
            for &member in &side {
                if let (Some(name), Some(&first)) = (group.get_mut(member), side.first()) {
                    *name = first;
                }
            }
            open.push(side);
        }
    }
}

/// A word and which of the members have it.
struct Spread {
    word: u32,
    told: Vec<bool>,
    times: usize,
}

fn sides(documents: &[Document], members: &[usize], links: &[Link]) -> Option<[Vec<usize>; 2]> {
    let texts: Vec<&Document> = members.iter().filter_map(|&m| documents.get(m)).collect();
    let long = texts.iter().filter(|t| t.terms.len() >= ENOUGH_WORDS).count();
    if 2 * long < texts.len() {
        return None;
    }
    let least = SIDE.max((SIDE_SHARE * texts.len() as f64).ceil() as usize);
    let mut words = spreads(&texts);
    words.retain(|w| w.times >= least);
    let mut rivals: Vec<&Spread> = words.iter().filter(|w| w.times + least <= texts.len()).collect();
    rivals.sort_by_key(|w| (std::cmp::Reverse(w.times), w.word));
    rivals.truncate(RIVALS);
    let mut best: Option<(usize, &Spread, &Spread)> = None;
    for (at, a) in rivals.iter().enumerate() {
        for b in rivals.iter().skip(at + 1) {
            let parted = a.told.iter().zip(&b.told).filter(|(x, y)| x != y).count();
            if parted as f64 >= PARTED * texts.len() as f64
                && best.is_none_or(|(most, ..)| parted > most)
                && is_parted(a, b, &words)
            {
                best = Some((parted, a, b));
            }
        }
    }
    let (_, a, b) = best?;
    Some(assign(members, a, b, links))
}

/// The names and numbers in the texts, with who has them.
fn spreads(texts: &[&Document]) -> Vec<Spread> {
    let mut told: std::collections::BTreeMap<u32, Vec<bool>> = std::collections::BTreeMap::new();
    for (place, text) in texts.iter().enumerate() {
        for term in text.terms.iter().filter(|t| t.name || t.number) {
            let spread = told.entry(term.word).or_insert_with(|| vec![false; texts.len()]);
            if let Some(mark) = spread.get_mut(place) {
                *mark = true;
            }
        }
    }
    let spread =
        |(word, told): (u32, Vec<bool>)| Spread { word, times: told.iter().filter(|&&t| t).count(), told };
    told.into_iter().map(spread).collect()
}

/// Whether enough words go with each of the rivals and not with the other.
fn is_parted(a: &Spread, b: &Spread, words: &[Spread]) -> bool {
    let marks = |own: &Spread, other: &Spread| {
        let share = |word: &Spread, side: &Spread, not: &Spread| {
            let on_side = |(x, y): (&bool, &bool)| *x && !*y;
            let of = side.told.iter().zip(&not.told).filter(|&p| on_side(p)).count();
            let with =
                side.told.iter().zip(&not.told).zip(&word.told).filter(|&(p, &w)| w && on_side(p)).count();
            with as f64 / of.max(1) as f64
        };
        words.iter().filter(|w| share(w, own, other) >= OWN && share(w, other, own) <= FOREIGN).count()
    };
    let alone = |x: &Spread, y: &Spread| x.told.iter().zip(&y.told).filter(|(p, q)| **p && !**q).count();
    alone(a, b).min(alone(b, a)) >= SIDE && marks(a, b) >= MARKS && marks(b, a) >= MARKS
}

/// Assigns each member to the side of its rival word; one with both or neither goes to the closer side.
fn assign(members: &[usize], a: &Spread, b: &Spread, links: &[Link]) -> [Vec<usize>; 2] {
    let mut sides = [Vec::new(), Vec::new()];
    let mut unclear = Vec::new();
    for (place, &member) in members.iter().enumerate() {
        match (a.told.get(place) == Some(&true), b.told.get(place) == Some(&true)) {
            (true, false) => sides[0].push(member),
            (false, true) => sides[1].push(member),
            _ => unclear.push(member),
        }
    }
    let closeness = |member: usize, side: &[usize]| {
        let touches = |l: &&Link| {
            let (x, y) = (l.a as usize, l.b as usize);
            (x == member && side.binary_search(&y).is_ok()) || (y == member && side.binary_search(&x).is_ok())
        };
        links.iter().filter(touches).map(|l| f64::from(l.score)).sum::<f64>() / side.len() as f64
    };
    let nearer = |&m: &usize| usize::from(closeness(m, &sides[1]) > closeness(m, &sides[0]));
    let choices: Vec<usize> = unclear.iter().map(nearer).collect();
    for (member, side) in unclear.into_iter().zip(choices) {
        sides[side].push(member);
    }
    sides.iter_mut().for_each(|side| side.sort_unstable());
    sides
}

#[cfg(test)]
mod tests {
    use super::part;
    use crate::{cluster::document, model::Article};

    const FIGHT: &str = "The champion kept his belts in a crowded hall on a rainy night and hardly took a punch. He led \
        from the first bell with his long left hand, sent the challenger down near the end of a one-sided round, and \
        the referee stopped it soon after. The trainer spoke of a cautious start, the promoter of a rematch nobody asked \
        for, and the crowd went home early, a little bored, humming the anthem of the winner";

    fn fight(rival: &str, town: &str, count: usize) -> Article {
        let text = format!("{FIGHT}. Tarn Okkel beat {rival} in {town} in his defence number {count}.");
        Article { title: format!("Okkel beats {rival}"), text, ..Article::default() }
    }

    fn parted(articles: &[Article]) -> Vec<usize> {
        let documents = document::read(&articles.iter().collect::<Vec<_>>());
        let mut group = vec![0; articles.len()];
        part(&documents.all, &mut group, &[]);
        group
    }

    #[test]
    fn two_fights_of_one_champion_are_two_events() {
        let articles: Vec<Article> = (0..6)
            .map(
                |i| if i < 3 { fight("Brask Ulmer", "Velmora", 9) } else { fight("Jon Sedge", "Orland", 14) },
            )
            .collect();
        assert_eq!(parted(&articles), [0, 0, 0, 3, 3, 3]);
    }

    #[test]
    fn two_spellings_of_one_name_are_one_event() {
        let articles: Vec<Article> =
            (0..6).map(|i| fight(if i < 3 { "Ulmer" } else { "Oulmer" }, "Velmora", 9)).collect();
        assert_eq!(parted(&articles), [0; 6]);
    }
}
