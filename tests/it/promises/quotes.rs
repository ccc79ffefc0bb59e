//! The quotations of a text and the brief of its articles: slices of it, in order, the same twice.

use reveille::{
    briefs::{self, Article, Quote},
    inside::text::space::fold,
    stories,
};

/// What parts the articles of one input.
const NEXT: char = '\u{c}';

pub fn check(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let quotes = briefs::quotes(&text, None);
    assert_eq!(quotes, briefs::quotes(&text, None), "read differently the second time");
    let (folded, mut before) = (fold(&text), 0);
    for quote in &quotes {
        assert!(before <= quote.start && quote.start < quote.end, "out of order: {quote:?}");
        before = quote.end;
        assert_verbatim(&text, &folded, quote);
    }
    assert_brief(&articles(&text));
}

fn assert_verbatim(text: &str, folded: &str, quote: &Quote) {
    assert_eq!(text.get(quote.start..quote.end), Some(quote.text.as_str()), "no slice at its offsets");
    if let Some((start, end)) = quote.speaker_span {
        assert!(start < end && text.get(start..end).is_some(), "{start}..{end} is no span of the text");
    }
    if let Some(speaker) = &quote.speaker {
        assert!(!speaker.is_empty() && folded.contains(&fold(speaker)), "{speaker:?} is not in the text");
    }
}

/// The first line of an article is its title, the second its outlet; the rest is its text.
fn articles(text: &str) -> Vec<Article> {
    let article = |(number, text): (usize, &str)| {
        let (title, rest) = text.split_once('\n').unwrap_or((text, ""));
        let (outlet, rest) = rest.split_once('\n').unwrap_or((rest, ""));
        let (outlet, title) = (fold(outlet), fold(title));
        Article {
            id: number.to_string(),
            outlet,
            title,
            text: rest.to_owned(),
            weight: 1.0,
            ..Article::default()
        }
    };
    let mut articles: Vec<Article> = text.split(NEXT).take(6).enumerate().map(article).collect();
    stories::settle_languages(articles.iter_mut(), |_| false);
    articles
}

fn assert_brief(articles: &[Article]) {
    let members: Vec<&Article> = articles.iter().collect();
    let story = stories::one_story(&members);
    let brief = briefs::brief(&story, &members, &briefs::Options::default());
    assert_eq!(
        brief,
        briefs::brief(&story, &members, &briefs::Options::default()),
        "briefed differently the second time"
    );
    let holds = |id: &str, words: &str| {
        let article = articles.iter().find(|article| article.id == id).expect("an article that was given");
        [&article.title, &article.text].iter().any(|text| fold(text).contains(&fold(words)))
    };
    assert!(articles.iter().any(|article| article.title == brief.headline), "{:?}", brief.headline);
    for passage in &brief.lead {
        assert!(!passage.text.is_empty() && holds(&passage.id, &passage.text), "{passage:?}");
    }
    for quote in &brief.quotes {
        assert!(!quote.text.is_empty() && holds(&quote.id, &quote.text), "{quote:?}");
        assert!(quote.speaker.as_ref().is_none_or(|speaker| holds(&quote.id, speaker)), "{quote:?}");
    }
}
