//! What becomes of each story while an edition is composed in, the account that `explain` reads out. Never
//! decides anything.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, civil::Date};

use crate::{
    edition::Ranked,
    model::{Article, Choice, Clue, Considered, Member, Omission, Rank, Reasons, Source, Story, Why},
    prose::report,
};

/// Most stories out of contention listed with their reasons, ranked ones and others each; any more are only
/// counted.
const LISTED: usize = 100;
/// Most articles named per story.
const MEMBERS: usize = 60;

/// The notes on one edition.
#[derive(Debug, Default)]
pub struct Notes {
    considered: Vec<Considered>,
    /// Places of the printed stories among those, in printing order.
    printed: Vec<usize>,
    ranked: usize,
    /// Stories out of contention so far: ranked ones, and others.
    lost: [usize; 2],
}

impl Notes {
    /// The next story in rank order, with the reason if its rank alone puts it out of contention.
    pub fn rank(&mut self, story: &Story, ranked: &Ranked, left_out: Option<Omission>) {
        self.ranked += 1;
        let rank = rank(self.ranked, ranked);
        self.consider(story, Some(rank), left_out);
    }

    /// A story left out before the ranking.
    pub fn pass_over(&mut self, story: &Story, why: Omission) {
        self.consider(story, None, Some(why));
    }

    /// How many stories were ranked.
    pub fn ranked(&self) -> usize {
        self.ranked
    }

    fn consider(&mut self, story: &Story, rank: Option<Rank>, left_out: Option<Omission>) {
        if left_out.is_some() {
            let lost = &mut self.lost[usize::from(rank.is_none())];
            *lost += 1;
            if *lost > LISTED {
                return;
            }
        }
        self.considered.push(Considered {
            speaker: story.representative.clone(),
            members: story.members.iter().take(MEMBERS).cloned().collect(),
            articles: story.members.len(),
            voices: story.voices(),
            rank,
            left_out,
            ..Considered::default()
        });
    }

    /// Why the articles of a story in contention belong together.
    pub fn explain(&mut self, story: &Story, why: Why) {
        if let Some(place) = self.place(story) {
            self.considered[place].why = Some(why);
        }
    }

    /// The copies and voices of a story in contention, found again.
    pub fn recount(&mut self, story: &Story) {
        if let Some(place) = self.place(story) {
            let considered = &mut self.considered[place];
            let anew = |own: &Member| story.members.iter().find(|member| member.id == own.id).cloned();
            considered.members = considered.members.iter().filter_map(anew).collect();
            considered.voices = story.voices();
        }
    }

    /// A story in contention that is not printed after all.
    pub fn leave_out(&mut self, story: &Story, why: Omission) {
        if let Some(place) = self.place(story) {
            self.considered[place].left_out = Some(why);
        }
    }

    /// The next printed story, the article that speaks for it, and how that was chosen.
    pub fn print(&mut self, story: &Story, speaker: &str, choice: Vec<Choice>) {
        if let Some(place) = self.place(story) {
            self.printed.push(place);
            let considered = &mut self.considered[place];
            considered.speaker = speaker.to_owned();
            considered.choice = choice.into_iter().take(MEMBERS).collect();
        }
    }

    /// No edition is made: what would have been printed is left out, too.
    pub fn print_nothing(&mut self, min_stories: usize) {
        for place in self.printed.drain(..) {
            self.considered[place].left_out = Some(Omission::TooFew { min_stories });
        }
    }

    /// Where a story is noted: no article is in two.
    fn place(&self, story: &Story) -> Option<usize> {
        let first = &story.members.first()?.id;
        self.considered.iter().position(|considered| considered.place(first).is_some())
    }

    /// The account of the edition of `date`, composed as of `at` from this many articles; `articles` has
    /// those that are named.
    pub fn account(
        self,
        date: Date,
        at: Timestamp,
        count: usize,
        articles: &BTreeMap<String, Article>,
    ) -> Reasons {
        let sources = self.considered.iter().flat_map(named).collect::<BTreeSet<&String>>();
        let sources = sources.into_iter().filter_map(|id| Some((id.clone(), source(articles.get(id)?))));
        let sources = sources.collect();
        let not_listed = self.lost.iter().map(|lost| lost.saturating_sub(LISTED)).sum();
        let printed = self.printed.iter().filter_map(|&place| self.considered.get(place).cloned()).collect();
        let mut left_out: Vec<Considered> =
            self.considered.into_iter().filter(|considered| considered.left_out.is_some()).collect();
        left_out.sort_by_key(|considered| considered.rank.as_ref().map_or(usize::MAX, |rank| rank.place));
        let (articles, stories) = (count, self.ranked);
        Reasons { date, composed_at: at, articles, stories, printed, left_out, not_listed, sources }
    }
}

fn rank(place: usize, ranked: &Ranked) -> Rank {
    let clue = |(name, value, points): (&str, f64, f64)| Clue {
        name: name.to_owned(),
        value: rounded(value),
        points: rounded(points),
    };
    Rank {
        place,
        score: rounded(ranked.score),
        parts: ranked.parts().map(clue).to_vec(),
        weight: ranked.weight,
        focus_word: ranked.focus_word.clone(),
    }
}

/// The ids of all articles that the account of a story names.
fn named(considered: &Considered) -> impl Iterator<Item = &String> {
    let why = considered.why.iter();
    let pairs = why.flat_map(|why| why.links.iter().chain(why.outsiders.iter().map(|o| &o.closest)));
    let members = considered.members.iter().map(|member| &member.id).chain([&considered.speaker]);
    members.chain(pairs.flat_map(|pair| [&pair.a, &pair.b]))
}

fn source(article: &Article) -> Source {
    Source {
        outlet: article.outlet.clone(),
        owner: article.owner.clone(),
        agency: article.agency.clone(),
        home: article.home,
        genre: report::genre(article),
        title: article.title.clone(),
        url: article.url.clone(),
        published: article.published,
    }
}

/// To three decimals.
fn rounded(figure: f64) -> f64 {
    (figure * 1000.0).round() / 1000.0 + 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn story(id: &str) -> Story {
        let members = vec![Member { id: id.to_owned(), ..Member::default() }];
        Story { members, representative: id.to_owned(), ..Story::default() }
    }

    fn ranked() -> Ranked {
        let (score, voices, home, focus, fresh, place, aside) = (2.0, 1.0, 0.0, 0.0, 0.5, 1.0, 0.0);
        Ranked { story: 0, score, voices, home, focus, focus_word: None, fresh, place, aside, weight: 1.0 }
    }

    fn account(notes: Notes) -> Reasons {
        notes.account(Date::ZERO, Timestamp::UNIX_EPOCH, 0, &BTreeMap::new())
    }

    #[test]
    fn every_story_is_printed_left_out_or_counted() {
        let mut notes = Notes::default();
        let edition = Date::ZERO;
        notes.pass_over(&story("told"), Omission::PrintedBefore { edition });
        for n in 0..107 {
            let full = (n > 1).then_some(Omission::EditionFull { max_stories: 1 });
            notes.rank(&story(&format!("s{n}")), &ranked(), full);
        }
        notes.leave_out(&story("s0"), Omission::NothingToQuote);
        notes.print(&story("s1"), "s1", Vec::new());
        let reasons = account(notes);
        assert_eq!((reasons.printed.len(), reasons.left_out.len(), reasons.not_listed), (1, 102, 5));
        assert_eq!(reasons.left_out[0].left_out, Some(Omission::NothingToQuote), "in rank order");
        assert_eq!(
            reasons.left_out.last().map(|s| s.speaker.as_str()),
            Some("told"),
            "unranked ones come last"
        );
    }

    #[test]
    fn of_a_story_sixty_articles_are_named_and_a_hundred_stories_left_out_are_listed() {
        let member = |n: usize| Member { id: format!("a{n}"), voice: n, text: n, tie: None };
        let large = |count: usize| {
            let mut notes = Notes::default();
            let story = Story { members: (0..count).map(member).collect(), ..story("a0") };
            notes.rank(&story, &ranked(), None);
            let choice = Choice { id: "a0".to_owned(), agreement: 1.0, home: false, words: 1 };
            notes.print(&story, "a0", vec![choice; count]);
            let mut reasons = account(notes);
            let printed = reasons.printed.remove(0);
            (printed.members.len(), printed.choice.len(), printed.articles)
        };
        assert_eq!((large(60), large(61)), ((60, 60, 60), (60, 60, 61)));
        let left_out = |count: usize| {
            let mut notes = Notes::default();
            for n in 0..count {
                notes.rank(
                    &story(&format!("s{n}")),
                    &ranked(),
                    Some(Omission::EditionFull { max_stories: 1 }),
                );
            }
            let reasons = account(notes);
            (reasons.left_out.len(), reasons.not_listed)
        };
        assert_eq!((left_out(100), left_out(101)), ((100, 0), (100, 1)));
    }

    #[test]
    fn when_no_edition_is_made_nothing_was_printed() {
        let mut notes = Notes::default();
        notes.rank(&story("a"), &ranked(), None);
        notes.print(&story("a"), "a", Vec::new());
        notes.print_nothing(2);
        let reasons = account(notes);
        assert!(reasons.printed.is_empty());
        assert_eq!(reasons.left_out[0].left_out, Some(Omission::TooFew { min_stories: 2 }));
    }
}
