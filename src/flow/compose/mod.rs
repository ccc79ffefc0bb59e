//! The store's entries in, an edition out: clustered, ranked, briefed and built. Never seals one.

mod articles;
mod contenders;
mod habits;
mod memory;
mod notes;
mod pages;
mod robots;

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp, civil::Date};

use super::{
    Progress,
    desk::{Desk, Fault},
};
use crate::{
    brief, cluster,
    config::Config,
    edition::{self, Articles, Built, Candidate, Due, Issue, Memory, NotVerbatim, Repeat},
    model::{Article, Edition, Masthead, Omission, Read, Reasons, Story, Told},
    prose::habits::Habits,
    schedule::{self, Window},
    store::StoredEntry,
};
use articles::Found;
use contenders::{Contender, shortlist, sort_out};
use notes::Notes;
pub use pages::PageCounts;

/// What one compose made.
#[derive(Debug, Default)]
pub struct Composed {
    /// `None` when there are fewer stories than `min_stories`.
    pub edition: Option<Edition>,
    /// The articles whose stories readers know after this edition: those printed, and those that added
    /// nothing to what an earlier edition told.
    pub told: Vec<Told>,
    /// The reasons for the edition, or why there is none.
    pub reasons: Reasons,
    pub counts: Counts,
}

/// What a compose counted.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Counts {
    /// When the edition's window begins.
    pub since: Option<Timestamp>,
    /// Articles the edition was composed from.
    pub articles: usize,
    /// Stories those articles tell.
    pub stories: usize,
    pub pages: PageCounts,
    /// Stories printed.
    pub briefs: usize,
    /// Briefs refused because one of their words was not in the source.
    pub refused_briefs: usize,
    pub seconds: Seconds,
}

/// How long each step of a compose took.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Seconds {
    pub cluster: f64,
    pub pages: f64,
    pub brief: f64,
}

/// Composes the edition of `date` as of `at`.
///
/// # Errors
/// Those of the store, and a step that panicked.
pub async fn compose(
    desk: &Desk<'_>,
    date: Date,
    at: Timestamp,
    progress: &dyn Progress,
) -> Result<Composed, Fault> {
    let (mut found, memory, since) = gather(desk, date, at).await?;
    let past = desk.store.entries(schedule::past(since), since).await?;
    let habits = habits::learn(desk, at).await?;
    found.articles.iter_mut().for_each(|article| habits::apply(&habits, article));
    let mut counts = Counts { since: Some(since), articles: found.articles.len(), ..Counts::default() };
    let outlets: BTreeSet<&str> = found.articles.iter().map(|article| article.outlet.as_str()).collect();
    let read = Read { articles: found.articles.len(), outlets: outlets.len() };
    for Article { id, outlet, title, .. } in &found.articles {
        tracing::debug!("article {id} of {outlet}: {title}");
    }
    robots::recall(desk).await?;
    let today = memory::today(desk, &memory, std::mem::take(&mut found.now), &found.pages).await?;

    let started = desk.clock.elapsed();
    let (settings, options) = (desk.config.cluster.clone(), options(desk.config));
    let (caps, policy) = (options.clone(), found.pages);
    let past = articles::past(desk.config, past);
    let mut contest = blocking(move || {
        let past = cluster::Past::of(&past);
        contest((found.articles, &past), memory, &today, at, &settings, &caps)
    })
    .await?;
    counts.seconds.cluster = desk.clock.seconds_since(started);
    counts.stories = contest.notes.ranked();

    let started = desk.clock.elapsed();
    let stories: Vec<&Story> = contest.shortlist.iter().map(|contender| &contender.story).collect();
    counts.pages = pages::fill_in(desk, &stories, &mut contest.articles, &policy, progress).await?;
    contest.leave_out(&habits);
    contest.recount();
    counts.seconds.pages = desk.clock.seconds_since(started);

    let started = desk.clock.elapsed();
    progress.begin("Making briefs", contest.shortlist.len());
    let due = std::mem::take(&mut contest.due);
    say_silent(&due);
    counts.refuse(&due.refused);
    let (masthead, corrections) = (masthead(desk.config), due.notes);
    let issue = Issue { date, composed_at: at, masthead, read, corrections };
    let settings = desk.config.brief.clone();
    let (min_stories, count) = (desk.config.newsletter.min_stories, counts.articles);
    let (built, told, reasons) = blocking(move || {
        let built = build(issue, &mut contest, &settings, &options);
        let told = contest.told(date, &built);
        if built.printed.len() < min_stories {
            contest.notes.print_nothing(min_stories);
        }
        (built, told, contest.notes.account(date, at, count, &contest.articles))
    })
    .await?;
    counts.seconds.brief = desk.clock.seconds_since(started);
    progress.end();

    counts.refuse(&built.refused);
    if built.printed.len() < min_stories {
        return Ok(Composed { reasons, counts, ..Composed::default() });
    }
    counts.briefs = built.printed.len();
    Ok(Composed { edition: Some(built.edition), told, reasons, counts })
}

/// The articles of the edition's window, what earlier editions told, and when the window begins.
async fn gather(desk: &Desk<'_>, date: Date, at: Timestamp) -> Result<(Found, Memory, Timestamp), Fault> {
    let last_composed = desk.store.last_composed_before(date).await?;
    let first = signed(desk.config.newsletter.window);
    let window = schedule::window(at, last_composed, desk.store.first_seen().await?, first);
    let remembered = schedule::memory(at, last_composed);
    let horizon = window.furthest.min(schedule::back(remembered, first));
    let entries = desk.store.entries(horizon, at).await?;
    say_passed_over(desk.store.count_entries(window.since, at).await?, &entries, &window);
    let found = articles::found(desk.config, entries, &window, date);
    let memory = memory::recall(desk, date, remembered, &found.now).await?;
    Ok((found, memory, window.since))
}

/// Says of which feeds entries of the window are passed over, for there was no room to read them.
fn say_passed_over(all: BTreeMap<String, usize>, read: &[StoredEntry], window: &Window) {
    for (feed, all) in all {
        let read = read.iter().filter(|entry| entry.feed == feed && entry.dated > window.since).count();
        if read < all {
            tracing::warn!(
                "{} of {all} new entries of {feed} are passed over, the oldest: the feeds hold too much",
                all - read
            );
        }
    }
}

/// The stories of a day, told and untold.
struct Contest {
    articles: BTreeMap<String, Article>,
    memory: Memory,
    due: Due,
    shortlist: Vec<Contender>,
    /// Stories already told that bring nothing new.
    repeats: Vec<Repeat>,
    notes: Notes,
}

/// Separates the day's stories from each other and from those already told, and ranks them.
fn contest(
    (mut all, past): (Vec<Article>, &cluster::Past),
    memory: Memory,
    today: &BTreeMap<String, Article>,
    at: Timestamp,
    clustering: &cluster::Options,
    options: &edition::Options,
) -> Contest {
    all.extend(memory.all_told().map(|told| told.article.clone()));
    let judged = cluster::judge(&all, past, clustering);
    let articles: Articles = all.iter().map(|article| (article.id.as_str(), article)).collect();
    let due = edition::due(&memory, &by_id(today), &articles, &judged.stories);
    let mut notes = Notes::default();
    let (contenders, repeats) = sort_out(&judged.stories, &memory, &articles, &due.announcements, &mut notes);
    let shortlist = shortlist(contenders, &articles, at, options, &mut notes);
    let stories: Vec<&Story> = shortlist.iter().map(|contender| &contender.story).collect();
    for (story, why) in stories.iter().zip(judged.why(&stories)) {
        notes.explain(story, why);
    }
    drop((judged, articles));
    let articles = all.into_iter().map(|article| (article.id.clone(), article)).collect();
    Contest { articles, memory, due, shortlist, repeats, notes }
}

/// Tells the operator which articles lost words that were printed and say nothing of it.
fn say_silent(due: &Due) {
    for url in &due.silent {
        tracing::info!("words that were printed are no longer in {url}, and it does not say why");
    }
}

impl Counts {
    /// Counts what is refused, and tells the operator.
    fn refuse(&mut self, refused: &[NotVerbatim]) {
        self.refused_briefs += refused.len();
        for refusal in refused {
            tracing::error!("a story or a correction is {refusal}");
        }
    }
}

/// Briefs the shortlist and builds the edition. From here on the shortlist holds only stories with something
/// new.
fn build(issue: Issue, contest: &mut Contest, briefs: &brief::Options, options: &edition::Options) -> Built {
    let articles = by_id(&contest.articles);
    let mut made = Vec::new();
    for contender in std::mem::take(&mut contest.shortlist) {
        match (contender.brief(&articles, briefs), contender.followup) {
            (Some(brief), followup) => {
                contest.shortlist.push(Contender { followup, ..contender });
                made.push(brief);
            }
            (None, Some(followup)) => {
                contest.notes.leave_out(&followup.fresh, Omission::PrintedBefore { edition: followup.last });
                contest.repeats.push(followup.repeat());
            }
            (None, None) => {}
        }
    }
    let in_contention = contest.shortlist.iter().zip(made);
    let candidates: Vec<Candidate> =
        in_contention.map(|(contender, brief)| contender.candidate(brief)).collect();
    let built = edition::build(issue, &candidates, &articles, options);
    for (index, why) in &built.left_out {
        contest.notes.leave_out(&contest.shortlist[*index].story, why.clone());
    }
    for &index in &built.printed {
        let (Contender { story, .. }, Candidate { brief, .. }) =
            (&contest.shortlist[index], &candidates[index]);
        let speaker = brief.lead.first().map_or(&story.representative, |passage| &passage.id);
        contest.notes.print(story, speaker, brief::choice(&contest.shortlist[index].sources(&articles)));
    }
    built
}

impl Contest {
    /// Leaves out of the articles in contention, which have their pages' text now, what their outlets say by habit.
    fn leave_out(&mut self, habits: &Habits) {
        for id in self.shortlist.iter().flat_map(|contender| contender.story.ids()) {
            self.articles.get_mut(id).into_iter().for_each(|article| habits::apply(habits, article));
        }
    }

    /// Copies and voices found again with the text that the pages added. The order stays: it was made from
    /// what was known of every story.
    fn recount(&mut self) {
        let articles = by_id(&self.articles);
        for contender in &mut self.shortlist {
            contender.recount(&articles);
            self.notes.recount(&contender.story);
        }
    }

    /// What readers know after this edition, each article as it is now.
    fn told(&self, date: Date, built: &Built) -> Vec<Told> {
        let printed = built.printed.iter().filter_map(|&index| self.shortlist.get(index));
        let printed = printed.flat_map(|contender| contender.story.ids().map(|id| (id, date)));
        let repeated = self.repeats.iter().flat_map(|r| r.story.ids().map(move |id| (id, r.edition)));
        let new = printed.chain(repeated).filter(|(id, _)| !self.memory.is_told(id));
        let told = |(id, edition)| Some(Told { edition, article: self.articles.get(id)?.clone() });
        new.filter_map(told).collect()
    }
}

fn by_id(articles: &BTreeMap<String, Article>) -> Articles<'_> {
    articles.iter().map(|(id, article)| (id.as_str(), article)).collect()
}

fn options(config: &Config) -> edition::Options {
    let newsletter = &config.newsletter;
    // The limit makes room for other outlets: a newsletter of a single one has none to make room for.
    let is_of_one_outlet = config.feeds.windows(2).all(|feeds| feeds[0].outlet == feeds[1].outlet);
    edition::Options {
        max_stories: newsletter.max_stories,
        max_words: newsletter.max_words,
        min_voices: newsletter.min_voices,
        min_score: newsletter.min_score,
        max_per_section: newsletter.max_per_section,
        in_full: newsletter.in_full,
        max_per_outlet: if is_of_one_outlet { newsletter.max_stories } else { newsletter.max_per_outlet },
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
        subject: Some(newsletter.subject.clone()),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refused_stories_and_corrections_are_counted_together() {
        let refused =
            |part| NotVerbatim { part, text: String::new(), outlet: String::new(), url: String::new() };
        let mut counts = Counts::default();
        counts.refuse(&[]);
        assert_eq!(counts.refused_briefs, 0);
        counts.refuse(&[refused("correction")]);
        counts.refuse(&[refused("lead"), refused("speaker")]);
        assert_eq!(counts.refused_briefs, 3);
    }
}
