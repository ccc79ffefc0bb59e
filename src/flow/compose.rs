//! The store's entries in, an edition out: clustered, ranked, briefed and built. Seals nothing.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp, civil::Date};

use super::{
    Progress, Report, articles,
    notes::Notes,
    pages,
    run::{Desk, Fault},
};
use crate::{
    brief, cluster,
    config::Config,
    edition::{self, Articles, Built, Candidate, Issue},
    model::{Article, Edition, Masthead, Omission, Reasons, Story},
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
    /// Why it is as it is, or why there is none.
    pub reasons: Reasons,
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
    let options = options(desk.config);
    let caps = options.clone();
    let (found, mut shortlist, mut notes) = blocking(move || {
        let found = articles::found(&settings, entries, &window, date);
        let mut notes = Notes::default();
        let shortlist = shortlist(&found, at, &settings.cluster, &caps, &mut notes);
        (found, shortlist, notes)
    })
    .await?;
    report.seconds.cluster = (desk.clock.elapsed() - started).as_secs_f64();
    report.articles = found.articles.len() - found.printed.len();
    report.stories = notes.ranked();
    let policy = found.pages;
    let mut articles: BTreeMap<String, Article> =
        found.articles.into_iter().map(|a| (a.id.clone(), a)).collect();

    let started = desk.clock.elapsed();
    report.pages =
        pages::fill_in(desk, &shortlist.iter().collect::<Vec<_>>(), &mut articles, &policy, progress).await?;
    recount(&mut shortlist, &articles, &mut notes);
    report.seconds.pages = (desk.clock.elapsed() - started).as_secs_f64();

    let started = desk.clock.elapsed();
    progress.begin("Making briefs", shortlist.len());
    let issue = Issue { date, composed_at: at, masthead: masthead(desk.config) };
    let settings = desk.config.brief.clone();
    let (min_stories, count) = (desk.config.newsletter.min_stories, report.articles);
    let (built, used, reasons) = blocking(move || {
        let (built, used) = build(issue, &shortlist, &articles, &settings, &options, &mut notes);
        if built.printed.len() < min_stories {
            notes.print_nothing(min_stories);
        }
        (built, used, notes.account(date, at, count, &articles))
    })
    .await?;
    report.seconds.brief = (desk.clock.elapsed() - started).as_secs_f64();
    progress.end();

    for refusal in &built.refused {
        tracing::error!("a story is {refusal}");
    }
    report.refused_briefs = built.refused.len();
    if built.printed.len() < min_stories {
        return Ok(Composed { reasons, ..Composed::default() });
    }
    report.briefs = built.printed.len();
    Ok(Composed { edition: Some(built.edition), used, reasons })
}

/// The stories that no earlier edition printed an article of.
fn not_yet_printed(stories: &[Story], printed: &BTreeMap<String, Date>, notes: &mut Notes) -> Vec<Story> {
    let mut new = Vec::new();
    for story in stories {
        match story.members.iter().filter_map(|id| printed.get(id)).max() {
            Some(&edition) => notes.pass_over(story, Omission::PrintedBefore { edition }),
            None => new.push(story.clone()),
        }
    }
    new
}

/// The stories that may be printed, in rank order: twice as many as there is room for, also of one outlet.
fn shortlist(
    found: &articles::Found,
    at: Timestamp,
    clustering: &cluster::Options,
    options: &edition::Options,
    notes: &mut Notes,
) -> Vec<Story> {
    let judged = cluster::judge(&found.articles, clustering);
    let articles: Articles = found.articles.iter().map(|article| (article.id.as_str(), article)).collect();
    let stories = not_yet_printed(&judged.stories, &found.printed, notes);
    let mut per_outlet: BTreeMap<&str, usize> = BTreeMap::new();
    let mut shortlist: Vec<&Story> = Vec::new();
    for ranked in edition::rank(&stories, &articles, at, options) {
        let story = &stories[ranked.story];
        let outlet =
            articles.get(story.representative.as_str()).map_or("", |article| article.outlet.as_str());
        let taken = per_outlet.entry(outlet).or_default();
        let left_out = out_of_contention(shortlist.len(), outlet, *taken, options);
        notes.rank(story, &ranked, left_out.clone());
        if left_out.is_none() {
            *taken += 1;
            shortlist.push(story);
        }
    }
    for (story, why) in shortlist.iter().zip(judged.why(&shortlist)) {
        notes.explain(story, why);
    }
    shortlist.into_iter().cloned().collect()
}

/// Why a story is not in contention when this many are, and this many that its outlet speaks for.
fn out_of_contention(
    all: usize,
    outlet: &str,
    of_outlet: usize,
    options: &edition::Options,
) -> Option<Omission> {
    let edition::Options { max_stories, max_per_outlet, .. } = *options;
    if all == max_stories * CONTENTION {
        Some(Omission::EditionFull { max_stories })
    } else if of_outlet == max_per_outlet * CONTENTION {
        Some(Omission::OutletFull { outlet: outlet.to_owned(), max_per_outlet })
    } else {
        None
    }
}

/// Copies and voices told anew with what the pages added. The order stays: it was told by what every story was known by.
fn recount(shortlist: &mut [Story], articles: &BTreeMap<String, Article>, notes: &mut Notes) {
    for story in shortlist {
        let members: Vec<&Article> = story.members.iter().filter_map(|id| articles.get(id)).collect();
        cluster::recount(story, &members);
        notes.recount(story);
    }
}

/// Briefs of the shortlist and the edition of them, with the ids of the entries it uses.
fn build(
    issue: Issue,
    shortlist: &[Story],
    articles: &BTreeMap<String, Article>,
    briefs: &brief::Options,
    options: &edition::Options,
    notes: &mut Notes,
) -> (Built, Vec<String>) {
    let articles = by_id(articles);
    let members = |story: &Story| -> Vec<&Article> {
        story.members.iter().filter_map(|id| articles.get(id.as_str()).copied()).collect()
    };
    let briefed = |story| Candidate { story, brief: brief::brief(&members(story), briefs) };
    let candidates: Vec<Candidate> = shortlist.iter().map(briefed).collect();
    let built = edition::build(issue, &candidates, &articles, options);
    for (index, why) in &built.left_out {
        notes.leave_out(&shortlist[*index], why.clone());
    }
    for &index in &built.printed {
        let Candidate { story, brief } = &candidates[index];
        let speaker = brief.lead.first().map_or(&story.representative, |passage| &passage.id);
        notes.print(story, speaker, brief::choice(&members(story)));
    }
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
