//! Documents in, the pairs worth comparing out: those that share rare words. Works through an inverted index, so that
//! a hundred thousand articles are never all compared with one another.

use super::{document::Document, rarity::Rarity};

/// Words used to look up a document's partners, those with the greatest weight first.
const PROBES: usize = 16;
/// Pairs whose cosine over the looked-up words is below this are not compared.
const FAINT: f32 = 0.025;
/// Words in more documents than this are not looked up; a minimum, see [`Limits`].
const COMMON_AT_LEAST: usize = 150;
/// Approximate number of documents visited over all look-ups: bounds the time for a large batch.
const VISITS: usize = 20_000_000;
/// Approximate number of pairs kept: bounds the memory for a large batch.
const PAIRS: usize = 1_000_000;
/// Minimum and maximum of partners kept for one document.
const PARTNERS: (usize, usize) = (20, 400);

/// Limits for a batch of a given size.
struct Limits {
    /// A word in more documents than this is not looked up.
    common: usize,
    /// Partners kept for a document.
    partners: usize,
}

impl Limits {
    fn of(documents: usize) -> Self {
        let documents = documents.max(1);
        Limits {
            common: (VISITS / documents / 2).max(COMMON_AT_LEAST),
            partners: (PAIRS / documents).clamp(PARTNERS.0, PARTNERS.1),
        }
    }
}

/// The pairs `(a, b)`, `a < b`, of documents that share a word worth looking up, sorted by `b`, then `a`.
pub(super) fn pairs(documents: &[Document], rarity: &Rarity, vocabulary: usize) -> Vec<(u32, u32)> {
    let limits = Limits::of(documents.len());
    let mut room = Vec::new();
    let probes: Vec<Vec<(u32, f32)>> = documents.iter().map(|d| probes(d, rarity, &mut room)).collect();
    let mut index: Vec<Vec<(u32, f32)>> = vec![Vec::new(); vocabulary];
    let mut common = vec![0_usize; vocabulary];
    for (word, _) in probes.iter().flatten() {
        if let Some(n) = common.get_mut(*word as usize) {
            *n += 1;
        }
    }
    let mut weight = vec![0.0_f32; documents.len()];
    let mut pairs = Vec::new();
    for (me, probes) in probes.iter().enumerate() {
        let mut met: Vec<u32> = Vec::new();
        for &(word, mine) in probes {
            let Some(n) = common.get(word as usize) else { continue };
            let Some(list) = index.get_mut(word as usize) else { continue };
            if !(2..=limits.common).contains(n) {
                continue;
            }
            if list.is_empty() {
                list.reserve_exact(*n);
            }
            for &(other, theirs) in list.iter() {
                if let Some(w) = weight.get_mut(other as usize) {
                    if *w == 0.0 {
                        met.push(other);
                    }
                    *w += mine * theirs;
                }
            }
            list.push((me as u32, mine));
        }
        met.retain(|&other| {
            let faint = weight.get_mut(other as usize).filter(|w| **w < FAINT);
            faint.is_none_or(|w| {
                *w = 0.0;
                false
            })
        });
        let weight_of = |other: &u32| weight.get(*other as usize).copied().unwrap_or(0.0);
        if met.len() > limits.partners {
            met.select_nth_unstable_by(limits.partners, |a, b| {
                weight_of(b).total_cmp(&weight_of(a)).then(a.cmp(b))
            });
            met.iter().skip(limits.partners).for_each(|&other| {
                if let Some(w) = weight.get_mut(other as usize) {
                    *w = 0.0;
                }
            });
            met.truncate(limits.partners);
        }
        met.sort_unstable();
        for other in met {
            if let Some(w) = weight.get_mut(other as usize) {
                *w = 0.0;
            }
            pairs.push((other, me as u32));
        }
    }
    pairs
}

/// The words of greatest weight in the document, with their weights, the vector scaled to length 1. `room` is scratch
/// space for all its words.
fn probes(document: &Document, rarity: &Rarity, room: &mut Vec<(u32, f32)>) -> Vec<(u32, f32)> {
    let weigh = |t: &super::document::Term| (t.word, t.anywhere * rarity.of(t.word) as f32);
    room.clear();
    room.extend(document.terms.iter().map(weigh).filter(|w| w.1 > 0.0));
    let length = room.iter().map(|w| w.1 * w.1).sum::<f32>().sqrt();
    if room.len() > PROBES {
        room.select_nth_unstable_by(PROBES, |a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        room.truncate(PROBES);
    }
    room.iter().map(|&(word, weight)| (word, weight / length)).collect()
}

#[cfg(test)]
mod tests {
    use super::pairs;
    use crate::{
        cluster::{document, past::Before, rarity::Rarity},
        model::Article,
    };

    #[test]
    fn only_articles_that_share_a_word_are_paired() {
        let articles = ["ferry aground", "mayor elected", "ferry salvaged", ""]
            .map(|t| Article { title: t.into(), ..Article::default() });
        let documents = document::read(&articles.iter().collect::<Vec<_>>());
        let rarity = Rarity::by_document(&documents, &Before::default());
        assert_eq!(pairs(&documents.all, &rarity, documents.vocabulary), [(0, 2)]);
    }
}
