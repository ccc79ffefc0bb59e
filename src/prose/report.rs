//! An article in, its genre out: is it a plain report, or a piece beside the news: a live page, an explainer, a round-up, a
//! video, an essay? Told by its title, address and labels; never by its outlet.

use super::{furniture::is_date, opinion::is_opinion};
use crate::{
    language::{Lexicon, Line},
    model::{Article, Genre},
};

/// Whether the article reports an event itself, so that it may speak for others that do.
pub fn is_report(article: &Article) -> bool {
    genre(article).is_report()
}

/// What it is, by the first of these that holds.
pub fn genre(article: &Article) -> Genre {
    let lexicon = Lexicon::of_article(article);
    let holds = [
        (Genre::Last, article.aside),
        (Genre::Column, article.column),
        (Genre::Opinion, is_opinion(article)),
        (Genre::Format, has_format(article, lexicon)),
        (Genre::Aside, is_titled_aside(&article.title, lexicon)),
    ];
    holds.into_iter().find(|(_, holds)| *holds).map_or(Genre::Report, |(genre, _)| genre)
}

/// Whether a title is that of a piece beside the news.
fn is_titled_aside(title: &str, lexicon: &'static Lexicon) -> bool {
    let line = Line::of(title);
    lexicon.and_english().any(|lexicon| lexicon.labels.aside.is_match(&line) || is_date(&line, lexicon))
}

/// Whether a folder of its address, or one of its labels, names a format.
fn has_format(article: &Article, lexicon: &'static Lexicon) -> bool {
    let path = article.url.split_once("://").map_or("", |(_, rest)| rest);
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let mut names = path.split('/').skip(1).chain(article.categories.iter().map(|label| label.trim()));
    names.any(|name| lexicon.labels.format.has(name))
}

#[cfg(test)]
mod tests {
    use super::is_report;
    use crate::model::Article;

    fn titled(title: &str, lang: &str, url: &str) -> bool {
        let (title, lang) = (title.to_owned(), Some(lang.to_owned()));
        is_report(&Article { title, lang, url: url.to_owned(), ..Article::default() })
    }

    #[test]
    fn explainers_live_pages_round_ups_and_videos_are_told_by_their_titles() {
        for (title, lang) in [
            ("Watch: Why has the ferry changed its course?", "en"),
            ("Kestrel aground: what we know so far", "en"),
            ("Five takeaways from the harbour vote", "en"),
            ("What the return of the ferry could look like", "en"),
            ("Ida Brask's plea, explained", "en"),
            ("News Wrap: ferry aground, premier out", "en"),
            ("8/13: Evening News", "en"),
            ("Thursday, August 13, 2026", "en"),
            ("I sailed on the Kestrel", "en"),
            ("Today in harbour history", "en"),
            ("Harbour vote 2026: Who is on the new council?", "en"),
            ("Is the Kestrel safe?", "en"),
            ("Letters: Readers on the harbour vote", "en"),
            ("Sollund live: Ferry aground", "en"),
            ("Harbour briefing: Ferry aground, premier out", "en"),
            ("The captain pleaded guilty. His owners still sleep well.", "en"),
            ("The trouble with the new pier", "en"),
            ("Ida Brask opens up about the night on the Kestrel", "en"),
            ("Brücken und Fähren: Wie Sollund wieder ans Netz kommt", "de"),
            ("Nach der Havarie: Interview mit Ida Brask", "de"),
            ("Kestrel : pourquoi le bac s’est échoué", "fr"),
            ("Kestrel: cómo encalló el transbordador", "es"),
            ("Kestrel: como a balsa encalhou", "pt"),
            ("Kestrel: cosa succede nel porto", "it"),
            ("Kestrel: hoe de veerboot strandde", "nl"),
            ("Warum die Fähre auf Grund lief", "de"),
            ("Liveblog: Fähre auf Grund", "de"),
            ("Ce que l’on sait du naufrage du Kestrel", "fr"),
            ("Por qué encalló el Kestrel", "es"),
        ] {
            assert!(!titled(title, lang, ""), "{title}");
        }
    }

    #[test]
    fn an_address_names_the_format_by_a_whole_folder() {
        let title = "Ferry runs aground off Sollund";
        assert!(!titled(title, "en", "https://post.example/video/ferry-aground"));
        assert!(!titled(title, "en", "https://post.example/world/live/2026/ferry"));
        assert!(!titled(title, "en", "https://post.example/watch?v=x1"));
        assert!(titled(title, "en", "https://post.example/live-news/ferry-aground?from=video"));
        assert!(titled(title, "en", "https://video.example/news/ferry-aground"));
    }

    #[test]
    fn plain_headlines_are_reports() {
        for (title, lang) in [
            ("Ferry Kestrel runs aground off Sollund with 214 aboard", "en"),
            ("Three killed as ferry sinks off Tarrow", "en"),
            ("Brask pleads guilty: 'I was at the wheel'", "en"),
            ("Harbour watch: pilots on strike", "en"),
            ("Live music returns to Sollund", "en"),
            ("Photographer killed on the pier", "en"),
            ("“Why did nobody call?” widow asks court", "en"),
            ("Ferry sinks off St. Tarrow; two dead, 214 saved", "en"),
            ("Brask: ‘We will pay for what the Kestrel broke’", "en"),
            ("Minister: Fähre fährt ab Montag wieder", "de"),
            ("Fähre vor Sollund auf Grund gelaufen", "de"),
        ] {
            assert!(titled(title, lang, "https://post.example/news/1"), "{title}");
        }
    }
}
