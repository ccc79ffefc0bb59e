//! The lead of a brief in, the lead as printed out: shorter, and never with a passage of another outlet that adds
//! nothing.

use super::{Articles, length, told_words::ToldWords};
use crate::{
    language::Lexicon,
    model::{Article, Passage},
    prose::context::refers_back,
};

/// Words in the lead of the top story, of the next four, and of a story in a section.
const WORDS: [usize; 3] = [90, 60, 40];
/// Words that other outlets' passages may add to such a lead, unless it leaves more than that unused.
const ADDED_WORDS: [usize; 3] = [40, 30, 0];

/// The passages of the headline's own article, shortened, followed by whole sentences of others that fit and tell
/// something new. A sentence that refers back to one not printed ("She said …") is left out.
pub fn printed(passages: &[Passage], source: &Article, articles: &Articles, kind: usize) -> Vec<Passage> {
    let (own, others): (Vec<Passage>, Vec<Passage>) =
        passages.iter().cloned().partition(|passage| passage.id == source.id);
    let mut lead = length::shorten(&own, source.lang.as_deref(), WORDS[kind]);
    let printed: usize = lead.iter().map(|passage| length::words(&passage.text)).sum();
    let mut room = WORDS[kind].saturating_sub(printed).max(ADDED_WORDS[kind]);
    let mut told = ToldWords::of(Lexicon::of_article(source));
    told.add(&source.title);
    lead.iter().for_each(|passage| told.add(&passage.text));
    for passage in others {
        let language = articles.get(passage.id.as_str()).and_then(|article| article.lang.as_deref());
        let text = length::opening(&passage.text, language, room, false).to_owned();
        let follows = lead.last().is_some_and(|last| last.id == passage.id);
        if text.is_empty() || (refers_back(&text, told.lexicon) && !follows) || !told.lacks_half(&text) {
            continue;
        }
        room -= length::words(&text);
        told.add(&text);
        lead.push(Passage { text, ..passage });
    }
    lead
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lead(added: &[&str]) -> Vec<String> {
        let source = Article {
            id: "a".to_owned(),
            title: "Ferry Kestrel aground off Sollund".to_owned(),
            lang: Some("en".to_owned()),
            ..Article::default()
        };
        let other = Article { id: "b".to_owned(), ..Article::default() };
        let own = "The ferry Kestrel ran aground off Sollund on Thursday with 214 passengers aboard.";
        let own = [Passage { text: own.to_owned(), id: "a".to_owned() }];
        let added = added.iter().map(|text| Passage { text: (*text).to_owned(), id: "b".to_owned() });
        let passages: Vec<Passage> = own.into_iter().chain(added).collect();
        let articles = Articles::from([("a", &source), ("b", &other)]);
        let printed = printed(&passages, &source, &articles, 0);
        printed.into_iter().skip(1).map(|passage| passage.text).collect()
    }

    #[test]
    fn another_outlet_adds_a_fact_and_does_not_tell_the_lead_again() {
        let fact = "Tugs from Tarrow pulled her free at high water, and divers found a gash of nine metres.";
        let retold = "A ferry with 214 passengers ran aground off Sollund on Thursday, officials said.";
        assert_eq!(lead(&[retold, fact]), [fact]);
        assert_eq!(lead(&[fact, fact]), [fact]);
    }

    #[test]
    fn what_leans_on_a_sentence_of_its_article_stands_only_behind_one() {
        let fact = "Tugs from Tarrow pulled her free at high water, and divers found a gash of nine metres.";
        let leaning = "They will inspect welds below the car deck before breakfast.";
        assert_eq!(lead(&[leaning]), Vec::<String>::new());
        assert_eq!(lead(&[fact, leaning]), [fact, leaning]);
    }
}
