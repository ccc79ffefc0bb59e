//! Numbers of words in, the words as their articles print them out.

use super::Judgement;
use crate::text::words::words;

/// A wanted word as it was met: its rank among the wanted, and where it stands in the text.
struct Met {
    rank: usize,
    start: usize,
    end: usize,
}

/// Each of `wanted` (the most telling first) as it is first printed in one of the articles at `places`, looked through
/// in order: titles, teasers, texts. What stands side by side there is one phrase ("Port Sennet"). Words
/// that only an address has are passed over.
pub(super) fn printed(wanted: &[u32], places: &[usize], batch: &Judgement) -> Vec<String> {
    let mut open: Vec<Option<u32>> = wanted.iter().copied().map(Some).collect();
    let mut phrases: Vec<(usize, String)> = Vec::new();
    let articles =
        places.iter().filter_map(|&p| Some((*batch.articles.get(p)?, batch.documents.all.get(p)?.language)));
    for (article, language) in articles {
        for text in [&article.title, &article.summary, &article.text] {
            let mut met = Vec::new();
            for word in words(text) {
                if open.iter().all(Option::is_none) {
                    break;
                }
                let number = batch.documents.words.known(word, language);
                let found = number.and_then(|n| open.iter().position(|open| *open == Some(n)));
                if let Some(rank) = found
                    && let Some(slot) = open.get_mut(rank)
                {
                    *slot = None;
                    // The words are slices of the text.
                    let start = word.as_ptr() as usize - text.as_ptr() as usize;
                    met.push(Met { rank, start, end: start + word.len() });
                }
            }
            phrases.extend(phrases_of(text, &met));
        }
    }
    phrases.sort();
    phrases.into_iter().map(|(_, phrase)| phrase).collect()
}

/// The words met in one text, those side by side as one, each with its best rank.
fn phrases_of<'t>(text: &'t str, met: &[Met]) -> impl Iterator<Item = (usize, String)> {
    let beside = |x: &Met, y: &Met| text.get(x.end..y.start) == Some(" ");
    met.chunk_by(beside).filter_map(|run| {
        let phrase = text.get(run.first()?.start..run.last()?.end)?;
        let phrase = ["'s", "’s"].iter().find_map(|s| phrase.strip_suffix(s)).unwrap_or(phrase);
        Some((run.iter().map(|met| met.rank).min()?, phrase.to_owned()))
    })
}
