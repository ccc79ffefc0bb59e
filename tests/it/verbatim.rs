//! The promise that nothing printed was written by the program, held against made-up articles of every kind.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, civil::date};
use proptest::prelude::*;
use reveille::{
    briefs,
    inside::edition::{self, Candidate, Edition, Issue, Masthead, Memory, Novelty, Read, Slot, Told},
    stories::{self, Article, Story},
};

/// Words that make stories, speakers and half of a sentence end.
fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        12 => prop::sample::select(vec![
            "ferry", "harbour", "council", "strike", "bridge", "Sollund", "Tarrow", "Kestrel", "Lena", "Marsh", "Ivo",
            "Brandt", "the", "of", "in", "said", "told", "after", "eleven", "3,519", "forty", "U.S.", "Dr.", "captain",
            "minister", "he", "she", "gale", "pears", "frost", "market", "divers", "wreck", "Monday",
        ]).prop_map(str::to_owned),
        1 => "[a-zäöüéñ]{1,12}",
        1 => "\\PC{1,6}",
    ]
}

fn sentence() -> impl Strategy<Value = String> {
    let words = || prop::collection::vec(word(), 3..18).prop_map(|words| words.join(" "));
    let said = (words(), prop::sample::select(vec!["“", "\"", "„", "«", "‘"])).prop_map(|(words, mark)| {
        let close = match mark {
            "“" => "”",
            "„" => "“",
            "«" => "»",
            "‘" => "’",
            other => other,
        };
        format!("{mark}We know that {words},{close} said Lena Marsh of Tarrow council.")
    });
    prop_oneof![3 => words().prop_map(|words| format!("The {words}.")), 1 => said, 1 => "\\PC{0,80}"]
}

fn article() -> impl Strategy<Value = Article> {
    let paragraphs = prop::collection::vec(prop::collection::vec(sentence(), 1..5), 0..6);
    let title = prop::collection::vec(word(), 0..9);
    (title, paragraphs, sentence(), 0..6_usize, any::<bool>()).prop_map(
        |(title, paragraphs, summary, outlet, thin)| {
            let text =
                paragraphs.iter().map(|sentences| sentences.join(" ")).collect::<Vec<_>>().join("\n\n");
            Article {
                outlet: format!("Outlet {outlet}"),
                title: title.join(" "),
                text: if thin { String::new() } else { text },
                summary,
                published: Some(Timestamp::UNIX_EPOCH),
                lang: Some("en".to_owned()),
                weight: 1.0,
                ..Article::default()
            }
        },
    )
}

/// Articles with ids and addresses of their own.
fn articles() -> impl Strategy<Value = Vec<Article>> {
    prop::collection::vec(article(), 1..14).prop_map(|mut articles| {
        for (n, article) in articles.iter_mut().enumerate() {
            article.id = format!("a{n:02}");
            article.url = format!("http://outlet.example/{n}");
        }
        articles
    })
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The article a link leads to, wherever on its page.
fn source<'a>(url: &str, articles: &'a [Article]) -> &'a Article {
    let page = url.split("#:~:").next().unwrap_or(url);
    articles.iter().find(|article| article.url == page).expect("every link leads to a source")
}

fn holds(article: &Article, words: &str) -> bool {
    [&article.title, &article.summary, &article.text].iter().any(|text| folded(text).contains(&folded(words)))
}

fn check(slot: &Slot, articles: &[Article]) {
    assert_eq!(slot.headline, source(&slot.url, articles).title);
    for excerpt in &slot.lead {
        assert!(holds(source(&excerpt.url, articles), &excerpt.text), "{excerpt:?}");
    }
    for quote in &slot.quotes {
        let article = source(&quote.url, articles);
        assert!(holds(article, &quote.text), "{quote:?}");
        assert!(quote.speaker.as_ref().is_none_or(|speaker| holds(article, speaker)), "{quote:?}");
    }
    for other in &slot.more {
        assert_eq!(other.title, source(&other.url, articles).title);
    }
}

/// The edition of a day, with what is remembered of the days before it.
fn compose(day: i8, articles: &[Article], memory: &Memory) -> Edition {
    let by_id: BTreeMap<&str, &Article> = articles.iter().map(|a| (a.id.as_str(), a)).collect();
    let novelties: Vec<Novelty> = stories::stories(articles, &stories::Options::default())
        .into_iter()
        .map(|story: Story| memory.novelty(story, &by_id))
        .collect();
    let options = briefs::Options::default();
    let candidates = novelties.iter().filter_map(|novelty| match novelty {
        Novelty::New(story) => {
            let members: Vec<&Article> = story.ids().map(|id| by_id[id.as_str()]).collect();
            Some(Candidate::new(story, briefs::brief(story, &members, &options)))
        }
        Novelty::Followup(followup) => {
            let brief =
                followup.news(briefs::brief(&followup.whole, &followup.sources(&by_id), &options), &by_id)?;
            let (update, places) = (Some(followup.update), followup.places.clone());
            Some(Candidate { story: &followup.whole, brief, update, places })
        }
        Novelty::Repeat(_) => None,
    });
    let candidates: Vec<Candidate> = candidates.collect();
    let issue = Issue {
        date: date(2026, 11, day),
        composed_at: Timestamp::UNIX_EPOCH,
        read: Read::default(),
        masthead: Masthead::default(),
        corrections: Vec::new(),
    };
    let built = edition::build(issue, &candidates, &by_id, &edition::Options::default());
    assert!(built.refused.is_empty(), "{:?}", built.refused);
    built.edition
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 200, ..ProptestConfig::with_cases(32) })]

    #[test]
    fn every_word_of_any_edition_is_found_in_its_source(articles in articles(), known in 0..14_usize) {
        let (first, _) = articles.split_at(known.min(articles.len()));
        let before = compose(20, first, &Memory::default());
        before.slots().for_each(|slot| check(slot, first));

        let printed: BTreeSet<&String> = before.slots().flat_map(|slot| &slot.members).collect();
        let told = first.iter().filter(|article| printed.contains(&article.id));
        let told = told.map(|article| Told { edition: date(2026, 11, 20), article: article.clone() }).collect();
        let memory = Memory::new(vec![before.clone()], told);
        let after = compose(21, &articles, &memory);
        after.slots().for_each(|slot| check(slot, &articles));

        for slot in after.slots().filter(|slot| slot.update.is_none()) {
            prop_assert!(slot.members.iter().all(|id| memory.told(id).is_none()), "told twice: {slot:?}");
        }
        for slot in after.slots().filter(|slot| slot.update.is_some()) {
            prop_assert!(before.slots().all(|printed| printed.url != slot.url), "an update leads to what is new");
        }
    }
}
