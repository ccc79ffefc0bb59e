//! Articles in, groups of copies out: articles that are one wire report, shortened, with another headline or
//! dateline. Looks at the text alone, never at what it is about.

use xxhash_rust::xxh3::xxh3_64;

use super::{
    texts::{Fields, Texts},
    vocabulary::Spelling,
};
use crate::{
    model::Article,
    text::words::{plain, words},
};

/// Consecutive words in a shingle (Broder, "On the resemblance and containment of documents", 1997).
const SHINGLE: usize = 5;
/// Words read: a wire report is cut from its end.
const WORDS_READ: usize = 400;
/// Shingles an article needs: with fewer, two teasers can be alike by chance.
const ENOUGH: usize = 30;
/// Share of the shorter article's shingles that must be in the longer one, both of all shingles and of those outside
/// quotation marks: two reports on one statement share its words, a copy also shares the reporter's.
const CONTAINED: f64 = 0.6;
/// A copy must match the longer article's opening, up to this many times its own length: what stands further on is
/// part of a round-up, or a quotation.
const OPENING: usize = 3;
/// This rule about shingles outside quotation marks applies only to articles with at least this many of them.
const ENOUGH_OWN: usize = 10;
/// One shingle in this many is looked up.
const SAMPLED: u32 = 4;
/// Of the articles with a shingle, this many are compared with the next one that has it.
const COMPARED: usize = 64;

/// The groups of two or more articles, each sorted, as places in `articles`, whose words are `texts`. Each group
/// forms around its longest text, so that a chain of similar texts makes no group; no article is in two.
pub(super) fn groups(articles: &[&Article], texts: &Texts, spellings: &[Spelling]) -> Vec<Vec<usize>> {
    let hashes: Vec<u64> = spellings.iter().map(|s| xxh3_64(plain(&s.word).as_bytes())).collect();
    let mut texts: Vec<(usize, Vec<Shingle>)> =
        texts.each().map(|fields| shingles(&fields, &hashes)).enumerate().collect();
    texts.retain(|(_, shingles)| shingles.len() >= ENOUGH);
    texts.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then(a.0.cmp(&b.0)));
    let mut leader: Vec<usize> = (0..texts.len()).collect();
    for (copy, candidates) in alike(&texts) {
        let Some((article, text)) = texts.get(copy) else { continue };
        let mut own = None;
        let mut best = (CONTAINED, None);
        for other in candidates.into_iter().filter(|&o| leader.get(o) == Some(&o)) {
            let whole = texts.get(other).map_or(&[][..], |(_, shingles)| shingles);
            let share = containment(text, whole);
            if (share > best.0 || (share == best.0 && best.1.is_none()))
                && has_words_of(own.get_or_insert_with(|| own_shingles(articles.get(*article))), whole)
            {
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

/// Consecutive words, and where they first occur in their article.
#[derive(Clone, Copy)]
struct Shingle {
    hash: u32,
    place: u32,
}

/// An article's shingles sorted by hash: from its text, or from its teaser if the text is too short.
fn shingles(fields: &Fields, hashes: &[u64]) -> Vec<Shingle> {
    let of_text = shingles_of(fields.text, hashes);
    if of_text.len() >= ENOUGH { of_text } else { shingles_of(fields.teaser, hashes) }
}

fn shingles_of(text: &[u32], hashes: &[u64]) -> Vec<Shingle> {
    if text.len() < ENOUGH {
        return Vec::new();
    }
    let words = text.iter().take(WORDS_READ);
    let words: Vec<u64> = words.filter_map(|&word| hashes.get(word as usize).copied()).collect();
    let rows = words.windows(SHINGLE).enumerate();
    let mut shingles: Vec<Shingle> =
        rows.map(|(place, words)| Shingle { hash: hash(words), place: place as u32 }).collect();
    shingles.sort_unstable_by_key(|shingle| (shingle.hash, shingle.place));
    shingles.dedup_by_key(|shingle| shingle.hash);
    shingles
}

/// The hashes of an article's shingles that are not entirely inside quotation marks.
fn own_shingles(article: Option<&&Article>) -> Vec<u32> {
    let Some(article) = article else { return Vec::new() };
    let text = if words(&article.text).nth(ENOUGH).is_some() { &article.text } else { &article.summary };
    let each = spoken(text).flat_map(|(piece, quoted)| words(piece).map(move |word| (word, quoted)));
    let (hashes, quoted): (Vec<u64>, Vec<bool>) =
        each.take(WORDS_READ).map(|(word, quoted)| (xxh3_64(plain(word).as_bytes()), quoted)).unzip();
    let rows = hashes.windows(SHINGLE).zip(quoted.windows(SHINGLE));
    rows.filter(|(_, quoted)| quoted.contains(&false)).map(|(words, _)| hash(words)).collect()
}

/// The pieces of a text, and whether each is in double quotation marks. A mark left open ends with its paragraph.
fn spoken(text: &str) -> impl Iterator<Item = (&str, bool)> {
    text.split("\n\n").flat_map(|paragraph| {
        let pieces = paragraph.split(['"', '“', '”', '„', '«', '»']).enumerate();
        pieces.map(|(at, piece)| (piece, at % 2 == 1))
    })
}

fn hash(words: &[u64]) -> u32 {
    let mut bytes = [0; 8 * SHINGLE];
    for (place, word) in bytes.chunks_exact_mut(8).zip(words) {
        place.copy_from_slice(&word.to_le_bytes());
    }
    xxh3_64(&bytes) as u32
}

/// For each text, in order, the earlier ones that share at least two sampled shingles with it. However many texts are
/// alike, memory grows with the number of shingles, not of pairs.
fn alike(texts: &[(usize, Vec<Shingle>)]) -> Vec<(usize, Vec<usize>)> {
    let sampled = |(text, (_, shingles)): (usize, &(usize, Vec<Shingle>))| {
        let hashes = shingles.iter().map(|shingle| shingle.hash);
        let sample: Vec<(u32, usize)> =
            hashes.filter(|hash| hash % SAMPLED == 0).map(|hash| (hash, text)).collect();
        sample
    };
    let mut index: Vec<(u32, usize)> = texts.iter().enumerate().flat_map(sampled).collect();
    index.sort_unstable();
    // A text, and earlier ones that have one of its shingles.
    let mut met: Vec<(usize, &[(u32, usize)])> = Vec::new();
    for run in index.chunk_by(|a, b| a.0 == b.0) {
        let later = run.iter().enumerate().skip(1);
        met.extend(later.filter_map(|(at, &(_, text))| Some((text, run.get(..at.min(COMPARED))?))));
    }
    met.sort_unstable_by_key(|&(text, _)| text);
    let by_text = met.chunk_by(|a, b| a.0 == b.0);
    by_text.filter_map(|met| Some((met.first()?.0, twice(met)))).filter(|found| !found.1.is_empty()).collect()
}

/// The texts met at least twice, in order.
fn twice(met: &[(usize, &[(u32, usize)])]) -> Vec<usize> {
    let mut earlier: Vec<usize> =
        met.iter().flat_map(|(_, run)| run.iter().map(|&(_, earlier)| earlier)).collect();
    earlier.sort_unstable();
    let runs = earlier.chunk_by(|a, b| a == b).filter(|run| run.len() > 1);
    runs.filter_map(|run| run.first().copied()).collect()
}

/// The share of `part` found in the opening of `whole` (both sorted by hash).
fn containment(part: &[Shingle], whole: &[Shingle]) -> f64 {
    let opening = (OPENING * part.len()) as u32;
    let common = part.iter().filter(|shingle| find(shingle.hash, whole).is_some_and(|at| at.place < opening));
    if part.is_empty() { 0.0 } else { common.count() as f64 / part.len() as f64 }
}

/// Whether enough of an article's own shingles are in `whole`; true if it has too few to tell.
fn has_words_of(own: &[u32], whole: &[Shingle]) -> bool {
    let common = own.iter().filter(|&&hash| find(hash, whole).is_some()).count();
    own.len() < ENOUGH_OWN || common as f64 >= CONTAINED * own.len() as f64
}

fn find(hash: u32, shingles: &[Shingle]) -> Option<&Shingle> {
    shingles.binary_search_by_key(&hash, |shingle| shingle.hash).ok().and_then(|at| shingles.get(at))
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
        groups_in(&articles.iter().collect::<Vec<_>>())
    }

    fn groups_in(articles: &[&Article]) -> Vec<Vec<usize>> {
        let documents = document::read(articles);
        groups(articles, &documents.texts, documents.words.spellings())
    }

    #[test]
    fn a_shortened_copy_under_another_dateline_is_the_same_text() {
        let shortened =
            format!("NORDHOLM (Sound Press) - {}", REPORT.split(" The captain").next().unwrap_or_default());
        assert_eq!(groups_of(&[REPORT, &shortened]), [[0, 1]]);
    }

    #[test]
    fn reports_that_begin_alike_and_go_on_apart_are_not_the_same_text() {
        let opening = WIRE.split("\n\n").next().unwrap_or_default();
        let apart = |words: &str| {
            format!("{opening} {}", (0..80).map(|n| format!("{words}{n} ")).collect::<String>())
        };
        assert!(groups_of(&[&apart("tide"), &apart("quay")]).is_empty());
        assert_eq!(groups_of(&[&apart("tide"), &apart("tide")]), [[0, 1]]);
    }

    #[test]
    fn a_hundred_copies_are_one_group() {
        let copies: Vec<String> = (0..100).map(|n| format!("TOWN {n} (Sound Press) - {REPORT}")).collect();
        let copies: Vec<&str> = copies.iter().map(String::as_str).collect();
        assert_eq!(groups_of(&copies), [(0..100).collect::<Vec<_>>()]);
    }

    /// A wire report; papers make their own versions of it.
    const WIRE: &str = "VELMORA (Sound Press) - Premier Ilse Tarn lost a vote of confidence on Thursday after eleven of \
        her own deputies turned against the grain tax, and the president asked the speaker of the house to form a \
        caretaker government until the autumn.\n\n\
        The vote, 61 to 58, ended nine hours of debate in which farmers drove two hundred tractors around the square. \
        Police kept a lane open for ambulances and counted no arrests.\n\n\
        “I leave as I came, with one suitcase and a clear conscience,” Tarn told deputies before she walked out by the \
        side door.\n\n\
        The tax of four per cent on stored grain was to pay for dikes along the lower Orl, which broke in two places last \
        spring and left some three thousand people without homes. Growers said it fell on those who had lost most.\n\n\
        Under the constitution an election follows within ninety days. The farmers' list leads in the polls, ahead of \
        the premier's own party, which has governed for eleven of the past thirteen years and holds most town halls \
        along the coast.\n\n\
        Bond traders took the news calmly. The crown slipped by a third of one per cent against its neighbours, and the \
        central bank said that it saw no need to change the rate it had set two weeks before.";

    const STATEMENT: &str = "“The harbour belongs to the people who work in it, and no bank in a distant town shall sell it \
        over their heads. We will sit on these cranes through the summer and the winter if that is what it takes, and \
        our children will bring us soup. Let the owners come and talk to us, here, in the wind, and not by letter.”";

    #[test]
    fn three_paragraphs_of_a_wire_report_in_another_papers_dress_are_the_same_text() {
        let opening: Vec<&str> = WIRE.split("\n\n").take(3).collect();
        let text = opening
            .join("\n\n")
            .replace("VELMORA (Sound Press) - ", "By Ada Holm in Orland\n\nORLAND, Thursday — ");
        let text =
            text.replace("Premier Ilse Tarn", "Velmora's premier Ilse Tarn").replace("nine hours", "9 hours");
        let house = Article { title: "Tractors in the square as Tarn is voted out".into(), ..article(&text) };
        let wire = Article { title: "Velmoran premier loses confidence vote".into(), ..article(WIRE) };
        assert_eq!(groups_in(&[&wire, &house]), [[0, 1]]);
    }

    #[test]
    fn two_reports_of_one_statement_are_not_the_same_text() {
        let first = format!(
            "Dockers climbed the cranes of Velmora at dawn. {STATEMENT} Their union counted ninety men."
        );
        let second = format!(
            "The port of Velmora stood still on Friday, and its owners in Orland sent lawyers. \
            {STATEMENT} So spoke Jon Sedge, who leads the strike. Ships for the islands lay off the mole all day."
        );
        assert!(groups_of(&[&first, &second]).is_empty());
    }

    #[test]
    fn a_passage_deep_in_a_round_up_does_not_make_it_the_same_text() {
        let short = WIRE.split("\n\n").take(2).collect::<Vec<_>>().join(" ");
        let round_up =
            format!("{REPORT} {REPORT}").replace("Aurora", "Aurora, a ship of the line") + " " + &short;
        assert!(groups_of(&[&round_up, &short]).is_empty());
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
