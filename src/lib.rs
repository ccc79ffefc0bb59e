//! `reveille` is a morning paper made from feeds: it pulls them, tells which entries are one story,
//! keeps each story's lead and quotations word for word, and mails every reader one digest a day.
//!
//! Most people want the program. This library is for programs that want one of its steps: values in, values out, no network,
//! no disk, no clock.
//!
//! | module | in | out |
//! |---|---|---|
//! | [`feeds`] | the bytes of a feed | its entries |
//! | [`pages`] | the bytes of an article's page | its text, title, authors, date |
//! | [`stories`] | articles | stories: which of them tell one event |
//! | [`briefs`] | the articles of one story | its headline, lead and quotations, word for word |
//! | [`messages`] | the bytes of a newsletter's message | what receivers and readers will hold against it |
//!
//! `examples/stories.rs` goes from feeds to briefs. Inside, modules are ranked and import downwards only
//! (`docs/architecture.md`).

mod model;

mod agency;
mod html;
mod language;
mod prose;
mod secret;
mod text;

mod brief;
mod cluster;
mod doctor;
mod edition;
mod extract;
mod incoming;
mod lint;
mod parse;
mod render;
mod schedule;
mod sender;
mod token;
mod verdict;

mod clock;
mod dns;
mod fetch;
mod mailer;
mod oauth;
mod store;

mod config;

mod flow;

mod web;

mod cli;

/// The bytes of a feed in, its entries out: RSS 0.9x to 2.0, RDF, Atom and JSON Feed, sound or damaged.
///
/// ```
/// use reveille::feeds::{self, Source};
///
/// let bytes = br#"<rss version="2.0"><channel><title>Gazette</title>
///   <item><title>Mill grinds again</title><link>/mill</link><description>From <b>Tuesday</b> & on.</description></item>
///   </channel></rss>"#;
/// let source = Source { url: "https://gazette.example/feed.xml", content_type: Some("application/rss+xml") };
///
/// let feed = feeds::feed(bytes, &source)?;
/// assert_eq!(feed.title, "Gazette");
/// assert_eq!(feed.entries[0].title, "Mill grinds again");
/// assert_eq!(feed.entries[0].link.as_deref(), Some("https://gazette.example/mill"));
/// assert_eq!(feed.entries[0].summary, "From Tuesday & on.");
/// # Ok::<(), feeds::Error>(())
/// ```
pub mod feeds {
    pub use crate::{
        model::{Block, Entry, Feed, Kind, Link, Pace, Picture},
        parse::{Error, Source, feed},
    };
}

/// The bytes of an article's page in, the article's own text out, without what stands around it.
///
/// ```
/// use reveille::pages::{self, Source};
///
/// let bytes = b"<html lang='en'><head><title>Mill grinds again</title></head><body><nav><a href='/'>Home</a></nav><article>
///   <h1>Mill grinds again</h1>
///   <p>The mill of Aldersund, idle since the flood, grinds again from Tuesday, its keeper said on Sunday.</p>
///   <p>The wheel was mended over the winter by the village, which raised the money at three fairs.</p>
///   </article></body></html>";
/// let page = pages::page(bytes, &Source { url: "https://gazette.example/mill", content_type: None })?;
/// assert_eq!(page.title, "Mill grinds again");
/// assert_eq!(page.paragraphs.len(), 2);
/// # Ok::<(), pages::Error>(())
/// ```
pub mod pages {
    pub use crate::extract::{Error, Page, Source, page};
}

/// Articles in, stories out: the articles that tell one event are one story. [`settle_languages`](stories::settle_languages)
/// comes first: no step looks for the language of an article that has none.
///
/// ```
/// use reveille::stories::{self, Article, Options};
///
/// let article = |id: &str, outlet: &str, title: &str, text: &str| Article {
///     id: id.to_owned(),
///     outlet: outlet.to_owned(),
///     title: title.to_owned(),
///     text: text.to_owned(),
///     ..Article::default()
/// };
/// let mut articles = [
///     article("a", "Gazette", "Ferry Kestrel runs aground off Sollund",
///         "The ferry Kestrel ran aground off Sollund on Tuesday with 214 people on board, the coast guard said."),
///     article("b", "Courier", "Kestrel ferry aground near Sollund with 214 on board",
///         "Tugs were on their way to the Kestrel, a ferry with 214 people that ran aground near Sollund on Tuesday."),
///     article("c", "Herald", "Mill of Aldersund grinds again",
///         "The mill of Aldersund, idle since the flood, grinds again from Tuesday, its keeper said."),
/// ];
/// stories::settle_languages(articles.iter_mut(), |_| false);
/// let stories = stories::stories(&articles, &Options::default());
/// assert_eq!(stories.len(), 2);
/// assert_eq!(stories[0].voices(), 2);
/// assert_eq!(stories[1].members[0].id, "c");
/// ```
pub mod stories {
    pub use crate::{
        cluster::{Options, one_story, stories},
        language::settle as settle_languages,
        model::{Article, Member, Picture, Story, Tie},
    };
}

/// The articles of one story in, with their languages, its brief out: every word of it stands in an article.
///
/// ```
/// use reveille::{briefs::{self, Article, Options}, stories};
///
/// let article = Article {
///     id: "a".to_owned(),
///     outlet: "Gazette".to_owned(),
///     title: "Mill of Aldersund grinds again".to_owned(),
///     text: "The mill of Aldersund, idle since the flood, grinds again from Tuesday.\n\n\
///         \"We have waited for this morning for nine long years,\" said Ida Brask, the miller."
///         .to_owned(),
///     lang: Some("en".to_owned()),
///     ..Article::default()
/// };
/// let brief = briefs::brief(&stories::one_story(&[&article]), &[&article], &Options::default());
/// assert_eq!(brief.headline, "Mill of Aldersund grinds again");
/// assert!(brief.lead[0].text.starts_with("The mill of Aldersund"));
/// assert!(brief.quotes.iter().all(|quote| article.text.contains(&quote.text)));
///
/// let quotes = briefs::quotes(&article.text, article.lang.as_deref());
/// assert_eq!(quotes[0].speaker.as_deref(), Some("Ida Brask"));
/// ```
pub mod briefs {
    pub use crate::{
        brief::{Options, Quote, brief, quotes},
        model::{Article, Brief, Member, Passage, Picture, Quotation, Story, Tie},
    };
}

/// The bytes of a newsletter's message in, what receivers, filters and readers will hold against it out, each finding with the
/// source of its rule.
///
/// ```
/// use reveille::messages;
///
/// let message = b"From: post@news.example\r\nTo: ann@example.net\r\nSubject: Morning Post\r\n\r\nThe mill grinds again.\r\n";
/// let examined = messages::examine(message, "2026-11-22T06:00:00Z".parse()?);
/// assert_eq!(examined.header("subject"), "Morning Post");
/// assert!(examined.findings.iter().any(|finding| finding.to_string().contains("List-Unsubscribe")));
/// # Ok::<(), jiff::Error>(())
/// ```
pub mod messages {
    pub use crate::lint::{Examined, Finding, Severity, Sizes, examine};
}

/// What the program, our own tests, benchmarks and fuzz targets reach beside the public modules. No promise to anybody else:
/// it changes without notice.
#[doc(hidden)]
pub mod inside {
    pub use crate::{cli::main, clock::Clock, config::Config, store::Store};

    pub mod edition {
        pub use crate::{
            edition::{Candidate, Issue, Memory, Novelty, Options, Ranked, build},
            model::{Delivery, Edition, Masthead, Read, Section, Slot, Told},
        };
    }

    pub mod html {
        pub use crate::html::{attribute_value, blocks, safe};
    }

    pub mod incoming {
        pub use crate::incoming::{Failure, Kind, Sign, read};
    }

    pub mod mailer {
        pub use crate::{
            mailer::{
                Connection, Encoded, Envelope, Error, Mailbox, Outline, Pace, Post, Subject, address, build,
                dkim, smtp,
            },
            model::{Outcome, Reply},
        };
    }

    pub mod render {
        pub use crate::render::{check_subject, subject};
    }

    pub mod token {
        pub use crate::token::{Key, issue};
    }

    pub mod text {
        pub use crate::text::{hidden, panics, space};
    }
}
