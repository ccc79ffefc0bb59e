//! A story and what earlier editions told in, its novelty out: never told, told with nothing new, or back with
//! something new. Never stores anything: what is remembered is passed in.

mod instalment;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{Articles, told_words::ToldWords};
use crate::{
    language::Lexicon,
    model::{Article, Brief, Edition, Member, Passage, Quotation, Slot, Story, Told, Update},
    prose::{context::refers_back, report::is_report},
    text::words,
};
use instalment::is_another_day;

/// A story returns on the number of voices alone only if it has at least twice as many as when printed, and this many
/// more.
const MORE_VOICES: usize = 3;
/// A title with fewer words does not identify an article.
const TITLE_WORDS: usize = 4;

/// What earlier editions printed and told.
#[derive(Debug, Default)]
pub struct Memory {
    /// Oldest first.
    editions: Vec<Edition>,
    /// By article id, as the article was when first told.
    told: BTreeMap<String, Told>,
    /// Ids of told articles, by address and by outlet and title: an item that reappears under a new key is not new.
    same: BTreeMap<(String, String), String>,
}

/// What should become of a story.
pub enum Novelty {
    /// No edition told it.
    New(Story),
    /// Told, and back with something new.
    Followup(Box<Followup>),
    /// Told, and nothing is new.
    Repeat(Repeat),
}

/// A story left out because an edition already told it.
#[derive(Debug, Clone, PartialEq)]
pub struct Repeat {
    pub story: Story,
    /// The last edition that told it.
    pub edition: Date,
}

/// A story that an edition told, with articles that are new.
pub struct Followup {
    /// Its new articles as a story of their own, which is ranked and briefed.
    pub fresh: Story,
    /// The whole story, new articles first.
    pub whole: Story,
    pub update: Update,
    /// The last edition that told it.
    pub last: Date,
    /// The printed stories it continues: two stories that share one are the same story.
    pub places: BTreeSet<String>,
    /// Independent voices when it was printed; none if unknown.
    voices: Option<usize>,
    told: ToldWords,
}

impl Memory {
    /// `editions` and `told` come from the editions before the one being made, oldest first.
    pub fn new(editions: Vec<Edition>, told: Vec<Told>) -> Memory {
        let mut memory = Memory { editions, ..Memory::default() };
        for told in told {
            for key in identities(&told.article) {
                memory.same.entry(key).or_insert_with(|| told.article.id.clone());
            }
            memory.told.entry(told.article.id.clone()).or_insert(told);
        }
        memory
    }

    pub fn editions(&self) -> &[Edition] {
        &self.editions
    }

    /// Every told article, as it was then.
    pub fn all_told(&self) -> impl Iterator<Item = &Told> {
        self.told.values()
    }

    /// Whether the article with this id was told.
    pub fn is_told(&self, id: &str) -> bool {
        self.told.contains_key(id)
    }

    /// The article with this id, as it was told.
    pub fn told(&self, id: &str) -> Option<&Told> {
        self.told.get(id)
    }

    /// The novelty of the story.
    pub fn novelty(&self, story: Story, articles: &Articles) -> Novelty {
        let members = || story.ids().filter_map(|id| articles.get(id.as_str()).copied());
        let told: BTreeMap<&str, &Told> = members().filter_map(|article| self.told_as(article)).collect();
        let is_new = |member: &Member| !told.contains_key(member.id.as_str());
        let is_next = |article: &Article| told.values().all(|told| is_another_day(&told.article, article));
        let mut new = story.members.iter().filter(|member| is_new(member)).peekable();
        let are_next = new.peek().is_some()
            && new.all(|member| articles.get(member.id.as_str()).is_some_and(|article| is_next(article)));
        if are_next && !told.is_empty() {
            return Novelty::New(headed(story.part(is_new), articles));
        }
        let texts: BTreeSet<usize> = story
            .members
            .iter()
            .filter(|member| self.is_told(&member.id))
            .map(|member| member.text)
            .collect();
        let fresh = |member: &Member| !texts.contains(&member.text);
        let Some(last) = told.values().map(|told| told.edition).max() else {
            return Novelty::New(story);
        };

        let lexicon = members().next().map_or_else(Lexicon::neutral, Lexicon::of_article);
        let told_words = ToldWords::of_articles(told.values().map(|told| &told.article), lexicon);
        let slots: Vec<(Date, &Slot)> = self.slots(&told);
        let printed_first = slots.iter().map(|(date, slot)| slot.update.map_or(*date, |update| update.first));
        let first = printed_first.chain(told.values().map(|told| told.edition)).min().unwrap_or(last);
        let fresh = headed(story.part(fresh), articles);
        let followup = Followup {
            whole: new_first(story, &fresh),
            fresh,
            update: Update { first },
            last,
            places: slots.iter().map(|(_, slot)| slot.url.clone()).collect(),
            voices: slots.iter().map(|(_, slot)| slot.voices).max(),
            told: told_words,
        };
        followup.settle(articles)
    }

    /// The told article that this one is, under whatever key it comes now; returned with its present id.
    fn told_as<'a>(&'a self, article: &'a Article) -> Option<(&'a str, &'a Told)> {
        let known =
            || identities(article).find_map(|key| self.same.get(&key)).and_then(|id| self.told.get(id));
        let known = || known().filter(|told| !is_another_day(&told.article, article));
        let told = self.told.get(&article.id).or_else(known)?;
        Some((article.id.as_str(), told))
    }

    /// Where these articles were printed, oldest first.
    fn slots(&self, told: &BTreeMap<&str, &Told>) -> Vec<(Date, &Slot)> {
        let ids: BTreeSet<&str> = told.values().map(|told| told.article.id.as_str()).collect();
        let printed = self.editions.iter().flat_map(|e| e.slots().map(|slot| (e.date, slot)));
        printed.filter(|(_, slot)| slot.members.iter().any(|id| ids.contains(id.as_str()))).collect()
    }
}

impl Followup {
    /// Decides whether it has anything new, and if so what kind of story it is; called before and after the pages of
    /// its articles are read.
    fn settle(self, articles: &Articles) -> Novelty {
        let fresh = || self.fresh.ids().filter_map(|id| articles.get(id.as_str()).copied());
        if fresh().next().is_some() && fresh().all(|article| self.told.is_strange(article)) {
            return Novelty::New(self.fresh);
        }
        let is_news = |article: &Article| is_report(article) && self.told.nearly_lacks(article);
        if fresh().any(is_news) || self.has_more_voices() {
            return Novelty::Followup(Box::new(self));
        }
        Novelty::Repeat(self.repeat())
    }

    /// The new articles to make a brief from: reports that tell facts not told before, otherwise all of them.
    pub fn sources<'a>(&self, articles: &Articles<'a>) -> Vec<&'a Article> {
        let fresh = || self.fresh.ids().filter_map(|id| articles.get(id.as_str()).copied());
        let telling: Vec<&Article> = fresh().filter(|article| self.is_news(article)).collect();
        if telling.is_empty() { fresh().collect() } else { telling }
    }

    /// What is new in a brief made from [`Self::sources`]: the passages that add something, and the quotations not
    /// told before. None if nothing is.
    pub fn news(&self, mut brief: Brief, articles: &Articles) -> Option<Brief> {
        let article = |id: &str| articles.get(id).copied();
        let told = |quote: &Quotation| self.told.holds(&quote.text);
        brief.quotes.retain(|quote| !told(quote));
        let by_facts = brief.lead.first().and_then(|p| article(&p.id)).is_some_and(|a| self.is_news(a));
        let by_quotation = brief.quotes.iter().any(|quote| {
            quote.speaker.is_some()
                && article(&quote.id).is_some_and(|a| is_report(a) && self.told.nearly_lacks(a))
        });
        if !(by_facts || by_quotation || self.has_more_voices()) {
            return None;
        }
        if by_facts {
            self.keep_what_adds(&mut brief.lead);
        }
        Some(brief)
    }

    /// Whether an article reports facts that were not told. What explains or sums up has words of its own for what was.
    fn is_news(&self, article: &Article) -> bool {
        is_report(article) && self.told.lacks(article)
    }

    /// Drops the passages that add nothing; a passage stays if a kept one refers back to it.
    fn keep_what_adds(&self, lead: &mut Vec<Passage>) {
        let mut adds: Vec<bool> = lead.iter().map(|passage| self.told.adds(&passage.text)).collect();
        if !adds.contains(&true) {
            return;
        }
        for place in (1..lead.len()).rev() {
            let leans = lead.get(place).is_some_and(|passage| refers_back(&passage.text, self.told.lexicon));
            if leans && adds[place] {
                adds[place - 1] = true;
            }
        }
        let mut adds = adds.into_iter();
        lead.retain(|_| adds.next().unwrap_or(true));
    }

    /// The story, as left out.
    pub fn repeat(self) -> Repeat {
        Repeat { story: self.whole, edition: self.last }
    }

    fn has_more_voices(&self) -> bool {
        self.voices.is_some_and(|then| {
            let now = self.whole.voices();
            !self.fresh.members.is_empty() && now >= 2 * then && now >= then + MORE_VOICES
        })
    }
}

/// What identifies an article apart from its id: its address, and its title at its outlet, unless the title is short
/// enough to recur every day ("Weather").
fn identities(article: &Article) -> impl Iterator<Item = (String, String)> {
    let page = page(&article.url).to_owned();
    let title: String = words::words(&article.title).map(str::to_lowercase).collect::<Vec<_>>().join(" ");
    let by_page = (!page.is_empty()).then(|| (String::new(), page));
    let names_it = title.split(' ').count() >= TITLE_WORDS;
    let by_title = names_it.then(|| (article.outlet.clone(), title));
    by_page.into_iter().chain(by_title)
}

/// An address without a text fragment (`#:~:text=…`, the URL Fragment Text Directives of the WICG).
pub(super) fn page(url: &str) -> &str {
    url.split_once(":~:").map_or(url, |(page, _)| page).trim_end_matches('#')
}

/// Part of a story, with the headline of its own representative.
fn headed(part: Story, articles: &Articles) -> Story {
    let headline = articles.get(part.representative.as_str()).map(|a| a.title.clone()).unwrap_or_default();
    Story { headline, ..part }
}

/// The story with its new articles first; unchanged if none is new.
fn new_first(story: Story, fresh: &Story) -> Story {
    if fresh.members.is_empty() {
        return story;
    }
    let others = story.members.into_iter().filter(|member| !fresh.holds(&member.id));
    Story { members: fresh.members.iter().cloned().chain(others).collect(), ..fresh.clone() }
}
