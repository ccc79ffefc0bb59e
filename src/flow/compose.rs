//! The store's entries in, an edition out: clustered, ranked, briefed and built. Seals nothing.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp, civil::Date};

use super::{
    Progress, Report, articles, pages,
    run::{Desk, Fault},
};
use crate::{
    brief, cluster,
    config::Config,
    edition::{self, Articles, Built, Candidate, Issue},
    model::{Article, Edition, Masthead, Story},
    schedule,
};

/// How many times the edition's stories stay in contention until their briefs are made.
const CONTENTION: usize = 2;

/// What one compose made.
#[derive(Debug, Default)]
pub struct Composed {
    /// `None` when there are fewer stories than `min_stories`.
    pub edition: Option<Edition>,
    /// Ids of the entries whose stories are printed.
    pub used: Vec<String>,
}

/// Composes the edition of `date` as of `at`; the counts and times of it go into `report`.
///
/// # Errors
/// Those of the store, and a step that broke down.
pub async fn compose(
    desk: &Desk<'_>,
    date: Date,
    at: Timestamp,
    report: &mut Report,
    progress: &dyn Progress,
) -> Result<Composed, Fault> {
    let last_composed = desk.store.last_composed_before(date).await?;
    let window = schedule::window(at, last_composed, signed(desk.config.newsletter.window));
    let entries = desk.store.entries(articles::horizon(at, &window), at).await?;

    let started = desk.clock.elapsed();
    let settings = desk.config.clone();
    let (found, stories) = blocking(move || {
        let found = articles::found(&settings, entries, &window, date);
        let stories = cluster::stories(&found.articles, &settings.cluster);
        (found, stories)
    })
    .await?;
    report.seconds.cluster = (desk.clock.elapsed() - started).as_secs_f64();
    report.articles = found.articles.len() - found.printed.len();

    let stories = not_yet_printed(stories, &found.printed);
    report.stories = stories.len();
    let policy = found.pages;
    let mut articles: BTreeMap<String, Article> =
        found.articles.into_iter().map(|a| (a.id.clone(), a)).collect();
    let options = options(desk.config);
    let shortlist = shortlist(stories, &articles, at, &options);

    let started = desk.clock.elapsed();
    report.pages =
        pages::fill_in(desk, &shortlist.iter().collect::<Vec<_>>(), &mut articles, &policy, progress).await?;
    report.seconds.pages = (desk.clock.elapsed() - started).as_secs_f64();

    let started = desk.clock.elapsed();
    progress.begin("Making briefs", shortlist.len());
    let issue = Issue { date, composed_at: at, masthead: masthead(desk.config) };
    let settings = desk.config.brief.clone();
    let (built, used) = blocking(move || build(issue, &shortlist, &articles, &settings, &options)).await?;
    report.seconds.brief = (desk.clock.elapsed() - started).as_secs_f64();
    progress.end();

    for refusal in &built.refused {
        tracing::error!("a story is {refusal}");
    }
    report.refused_briefs = built.refused.len();
    if built.printed.len() < desk.config.newsletter.min_stories {
        return Ok(Composed::default());
    }
    report.briefs = built.printed.len();
    Ok(Composed { edition: Some(built.edition), used })
}

/// The stories that no earlier edition printed an article of.
fn not_yet_printed(stories: Vec<Story>, printed: &BTreeSet<String>) -> Vec<Story> {
    stories.into_iter().filter(|story| !story.members.iter().any(|id| printed.contains(id))).collect()
}

/// The stories that may be printed, in rank order: twice as many as there is room for, also of one outlet.
fn shortlist(
    stories: Vec<Story>,
    articles: &BTreeMap<String, Article>,
    at: Timestamp,
    options: &edition::Options,
) -> Vec<Story> {
    let ranked = edition::rank(&stories, &by_id(articles), at, options);
    let mut stories: Vec<Option<Story>> = stories.into_iter().map(Some).collect();
    let mut per_outlet: BTreeMap<&str, usize> = BTreeMap::new();
    let mut shortlist = Vec::new();
    for place in ranked {
        let Some(story) = stories[place.story].take() else { continue };
        let outlet = articles.get(&story.representative).map_or("", |article| article.outlet.as_str());
        let taken = per_outlet.entry(outlet).or_default();
        if *taken < options.max_per_outlet * CONTENTION {
            *taken += 1;
            shortlist.push(story);
        }
        if shortlist.len() == options.max_stories * CONTENTION {
            break;
        }
    }
    shortlist
}

/// Briefs of the shortlist and the edition of them, with the ids of the entries it uses.
fn build(
    issue: Issue,
    shortlist: &[Story],
    articles: &BTreeMap<String, Article>,
    briefs: &brief::Options,
    options: &edition::Options,
) -> (Built, Vec<String>) {
    let articles = by_id(articles);
    let candidates: Vec<Candidate> = shortlist
        .iter()
        .map(|story| {
            let members: Vec<&Article> =
                story.members.iter().filter_map(|id| articles.get(id.as_str()).copied()).collect();
            Candidate { story, brief: brief::brief(&members, briefs) }
        })
        .collect();
    let built = edition::build(issue, &candidates, &articles, options);
    let used = built.printed.iter().flat_map(|&index| shortlist[index].members.iter().cloned()).collect();
    (built, used)
}

fn by_id(articles: &BTreeMap<String, Article>) -> Articles<'_> {
    articles.iter().map(|(id, article)| (id.as_str(), article)).collect()
}

fn options(config: &Config) -> edition::Options {
    let newsletter = &config.newsletter;
    edition::Options {
        max_stories: newsletter.max_stories,
        max_words: newsletter.max_words,
        max_per_section: newsletter.max_per_section,
        max_per_outlet: newsletter.max_per_outlet,
        sections: newsletter.sections.clone(),
        language: newsletter.language.clone(),
        focus: newsletter.focus.clone(),
        window: signed(newsletter.window),
    }
}

fn masthead(config: &Config) -> Masthead {
    let newsletter = &config.newsletter;
    Masthead {
        title: newsletter.title.clone(),
        outlet: newsletter.outlet.clone(),
        tagline: newsletter.tagline.clone(),
        language: newsletter.language.clone(),
        timezone: newsletter.timezone.iana_name().unwrap_or("UTC").to_owned(),
        home: newsletter.home.as_ref().map(ToString::to_string),
        signup: newsletter.signup.as_ref().map(ToString::to_string),
        postal_address: config.mail.postal_address.clone(),
    }
}

fn signed(duration: std::time::Duration) -> SignedDuration {
    SignedDuration::try_from(duration).unwrap_or(SignedDuration::MAX)
}

/// Runs a pure step away from the threads that wait for the network.
async fn blocking<T: Send + 'static>(step: impl FnOnce() -> T + Send + 'static) -> Result<T, Fault> {
    tokio::task::spawn_blocking(step).await.map_err(|panic| Fault::Step(panic.to_string()))
}
