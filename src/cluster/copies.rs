//! Articles in, groups of copies out: which are one wire report, shortened, re-headlined or under another dateline.
//! Looks at the text alone, never at what the text is about.

use xxhash_rust::xxh3::xxh3_64;

use super::{
    texts::{Fields, Texts},
    vocabulary::Spelling,
};
use crate::text::words::plain;

/// Words in a row that make a shingle (Broder, "On the resemblance and containment of documents", 1997).
const SHINGLE: usize = 5;
/// Words that are looked at: a wire report is cut from its end.
const WORDS_READ: usize = 400;
/// Shingles an article needs: below, two teasers can be alike by chance.
const ENOUGH: usize = 30;
/// Share of the shorter article's shingles that must be in the longer one.
const CONTAINED: f64 = 0.6;
/// A copy has at least this share of the longer article's shingles: what is shorter is a quotation of it.
const SHORTENED_TO: f64 = 0.2;
/// One shingle in this many is looked up.
const SAMPLED: u32 = 4;
/// Articles with a shingle that are compared with the next one that has it.
const COMPARED: usize = 64;

/// The groups, each sorted, of two articles or more, by their places in `texts`. Every group is gathered around its
/// longest text, so that a chain of likenesses makes no group; no article is in two.
pub(super) fn groups(texts: &Texts, spellings: &[Spelling]) -> Vec<Vec<usize>> {
    let hashes: Vec<u64> = spellings.iter().map(|s| xxh3_64(plain(&s.word).as_bytes())).collect();
    let mut texts: Vec<(usize, Vec<u32>)> =
        texts.each().map(|fields| shingles(&fields, &hashes)).enumerate().collect();
    texts.retain(|(_, shingles)| shingles.len() >= ENOUGH);
    texts.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then(a.0.cmp(&b.0)));
    let mut leader: Vec<usize> = (0..texts.len()).collect();
    for (copy, candidates) in alike(&texts) {
        let Some((_, text)) = texts.get(copy) else { continue };
        let mut best = (CONTAINED, None);
        for other in candidates.into_iter().filter(|&o| leader.get(o) == Some(&o)) {
            let whole = texts.get(other).map_or(&[][..], |(_, shingles)| shingles);
            let share = containment(text, whole);
            if share > best.0 || (share == best.0 && best.1.is_none()) {
                best = (share, Some(other));
            }
        }
        if let (Some(place), Some(found)) = (leader.get_mut(copy), best.1) {
            *place = found;
        }
    }
    let mut gathered: Vec<Vec<usize>> = vec![Vec::new(); texts.len()];
    for (&(article, _), leader) in texts.iter().zip(leader) {
        if let Some(group) = gathered.get_mut(leader) {
            group.push(article);
        }
    }
    gathered.retain(|group| group.len() > 1);
    gathered.iter_mut().for_each(|group| group.sort_unstable());
    gathered.sort();
    gathered
}

/// The hashes of an article's shingles, sorted: of its text, or of its teaser when there is not enough text.
fn shingles(fields: &Fields, hashes: &[u64]) -> Vec<u32> {
    let of_text = shingles_of(fields.text, hashes);
    if of_text.len() >= ENOUGH { of_text } else { shingles_of(fields.teaser, hashes) }
}

fn shingles_of(text: &[u32], hashes: &[u64]) -> Vec<u32> {
    if text.len() < ENOUGH {
        return Vec::new();
    }
    let words = text.iter().take(WORDS_READ);
    let words: Vec<u64> = words.filter_map(|&word| hashes.get(word as usize).copied()).collect();
    let mut shingles: Vec<u32> = words.windows(SHINGLE).map(shingle).collect();
    shingles.sort_unstable();
    shingles.dedup();
    shingles
}

fn shingle(words: &[u64]) -> u32 {
    let mut bytes = [0; 8 * SHINGLE];
    for (place, word) in bytes.chunks_exact_mut(8).zip(words) {
        place.copy_from_slice(&word.to_le_bytes());
    }
    xxh3_64(&bytes) as u32
}

/// For each text, in order, the earlier ones that share two sampled shingles with it or more.
fn alike(texts: &[(usize, Vec<u32>)]) -> Vec<(usize, Vec<usize>)> {
    let sampled = |(place, (_, shingles)): (usize, &(usize, Vec<u32>))| {
        let sample: Vec<(u32, usize)> =
            shingles.iter().filter(|&h| h % SAMPLED == 0).map(|&h| (h, place)).collect();
        sample
    };
    let mut index: Vec<(u32, usize)> = texts.iter().enumerate().flat_map(sampled).collect();
    index.sort_unstable();
    let mut shared: Vec<(usize, usize)> = Vec::new();
    for run in index.chunk_by(|a, b| a.0 == b.0) {
        for (at, &(_, later)) in run.iter().enumerate() {
            shared.extend(run.iter().take(at.min(COMPARED)).map(|&(_, earlier)| (later, earlier)));
        }
    }
    shared.sort_unstable();
    let twice =
        shared.chunk_by(|a, b| a == b).filter(|run| run.len() > 1).filter_map(|run| run.first().copied());
    let twice: Vec<(usize, usize)> = twice.collect();
    let by_copy = twice.chunk_by(|a, b| a.0 == b.0);
    by_copy.filter_map(|run| Some((run.first()?.0, run.iter().map(|p| p.1).collect()))).collect()
}

/// The share of `part` that is in `whole` (both sorted); 0 when `part` is too small a piece of it.
fn containment(part: &[u32], whole: &[u32]) -> f64 {
    if part.is_empty() || (part.len() as f64) < SHORTENED_TO * whole.len() as f64 {
        return 0.0;
    }
    let common = part.iter().filter(|hash| whole.binary_search(hash).is_ok()).count();
    common as f64 / part.len() as f64
}

#[cfg(test)]
mod tests {
    use super::groups;
    use crate::{cluster::document, model::Article};

    const REPORT: &str = "The ferry Aurora ran aground off Nordholm early on Tuesday with two hundred passengers aboard, \
        the coast guard said. Nobody was hurt. Tugs from three harbours pulled at her stern until the evening tide, \
        and divers found a hole of four metres below the engine room. The line has stopped its crossings until the \
        sister ship returns from the yard. The captain, who has sailed the sound for twenty years, told the harbour \
        master that a buoy had drifted from its place in the storm of the night before.";

    fn article(text: &str) -> Article {
        Article { text: text.into(), ..Article::default() }
    }

    fn groups_of(texts: &[&str]) -> Vec<Vec<usize>> {
        let articles: Vec<Article> = texts.iter().map(|t| article(t)).collect();
        let documents = document::read(&articles.iter().collect::<Vec<_>>());
        groups(&documents.texts, documents.words.spellings())
    }

    #[test]
    fn a_shortened_copy_under_another_dateline_is_the_same_text() {
        let shortened =
            format!("NORDHOLM (Sound Press) - {}", REPORT.split(" The captain").next().unwrap_or_default());
        assert_eq!(groups_of(&[REPORT, &shortened]), [[0, 1]]);
    }

    #[test]
    fn another_report_on_the_same_event_is_not_the_same_text() {
        let own = "Two hundred people spent the night on the Aurora after she struck ground near Nordholm. Passengers \
            told of a jolt and then of silence. By nightfall on Tuesday tugs had her afloat again, and her owners \
            said a survey of the hull would decide when she sails. The sound stays open to other ships, but the \
            island has no other way to the mainland for cars until the yard gives back the second boat.";
        assert!(groups_of(&[REPORT, own]).is_empty());
    }

    #[test]
    fn a_teaser_is_too_short_to_tell() {
        assert!(
            groups_of(&[
                "The ferry ran aground off Nordholm on Tuesday.",
                "The ferry ran aground off Nordholm on Tuesday."
            ])
            .is_empty()
        );
    }
}
