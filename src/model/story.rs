//! A story: the articles on one event, and which of them share a text or a voice. Never decides what belongs
//! together.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize, Serializer};

/// The articles on one event. Its JSON form is a line of `inspect stories`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Story {
    /// The representative's title.
    pub headline: String,
    /// The article that speaks for the story.
    pub representative: String,
    /// Every article of the story, the most central first.
    pub members: Vec<Member>,
    /// The same number for the stories that are developments of one running subject; none where it is the only one.
    pub subject: Option<usize>,
}

/// An article of a story, with its voice and its text.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Member {
    /// The article's id.
    pub id: String,
    /// The same number for all members of one voice.
    pub voice: usize,
    /// The same number for all members that are copies of one text.
    pub text: usize,
    /// Why it belongs to this voice; none if no other member does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tie: Option<Tie>,
}

/// What the members of a voice have in common.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tie {
    /// They carry the reports of this news agency.
    Agency(String),
    /// Their outlets have this owner.
    Owner(String),
    /// They are published on this site.
    Site(String),
    /// They come from this outlet.
    Outlet(String),
}

impl Story {
    /// A story of these articles, each with its own voice and text; the first speaks for it.
    #[cfg(test)]
    pub fn apart(articles: &[&super::Article]) -> Story {
        let member = |(at, article): (usize, &&super::Article)| Member {
            id: article.id.clone(),
            voice: at,
            text: at,
            tie: None,
        };
        let first = articles.first();
        Story {
            headline: first.map(|article| article.title.clone()).unwrap_or_default(),
            representative: first.map(|article| article.id.clone()).unwrap_or_default(),
            members: articles.iter().enumerate().map(member).collect(),
            subject: None,
        }
    }

    /// The ids of its articles, the most central first.
    pub fn ids(&self) -> impl Iterator<Item = &String> {
        self.members.iter().map(|member| &member.id)
    }

    /// Whether the article with this id belongs to it.
    pub fn holds(&self, id: &str) -> bool {
        self.ids().any(|member| member == id)
    }

    /// The number of independent voices that report it.
    pub fn voices(&self) -> usize {
        independent(&self.members)
    }

    /// The number of independent voices among the articles with these ids; never more than in the whole story.
    pub fn voices_of(&self, ids: &BTreeSet<&str>) -> usize {
        independent(self.members.iter().filter(|member| ids.contains(member.id.as_str())))
    }

    /// The story of the members that `keep` accepts; its representative is one of them.
    pub fn part(&self, keep: impl Fn(&Member) -> bool) -> Story {
        let members: Vec<Member> = self.members.iter().filter(|member| keep(member)).cloned().collect();
        let kept = members.iter().find(|member| member.id == self.representative).or(members.first());
        let representative = kept.map(|member| member.id.clone()).unwrap_or_default();
        Story { headline: self.headline.clone(), representative, members, subject: self.subject }
    }
}

/// The most members that can be chosen so that no two share a voice and no two are copies of one text: a wire report
/// in ten papers is one voice, and a paper with its own report beside the wire's still counts.
fn independent<'a>(members: impl IntoIterator<Item = &'a Member>) -> usize {
    let mut texts_of: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for member in members {
        texts_of.entry(member.voice).or_default().push(member.text);
    }
    let voices: Vec<Vec<usize>> = texts_of.into_values().collect();
    let mut told_by: BTreeMap<usize, usize> = BTreeMap::new();
    (0..voices.len())
        .filter(|&voice| finds_a_text(voice, &voices, &mut told_by, &mut BTreeSet::new()))
        .count()
}

/// One step of bipartite matching: assigns the voice a text of its own, moving other voices to another of their texts
/// if need be. Each text is tried once per step.
fn finds_a_text(
    voice: usize,
    voices: &[Vec<usize>],
    told_by: &mut BTreeMap<usize, usize>,
    tried: &mut BTreeSet<usize>,
) -> bool {
    for &text in voices.get(voice).into_iter().flatten() {
        if !tried.insert(text) {
            continue;
        }
        let taken = told_by.get(&text).copied();
        if taken.is_none_or(|other| finds_a_text(other, voices, told_by, tried)) {
            told_by.insert(text, voice);
            return true;
        }
    }
    false
}

/// The ids of members that are copies of one text, in groups of two or more, in the given order.
pub fn same_text(members: &[Member]) -> Vec<Vec<&str>> {
    let mut groups: Vec<(usize, Vec<&str>)> = Vec::new();
    for member in members {
        match groups.iter_mut().find(|group| group.0 == member.text) {
            Some((_, ids)) => ids.push(&member.id),
            None => groups.push((member.text, vec![&member.id])),
        }
    }
    groups.into_iter().map(|group| group.1).filter(|ids| ids.len() > 1).collect()
}

/// A line of `inspect stories`.
#[derive(Serialize)]
struct Line<'a> {
    headline: &'a str,
    members: Vec<&'a String>,
    representative: &'a str,
    same_text: Vec<Vec<&'a str>>,
    outlets: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<usize>,
}

impl Serialize for Story {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Story { headline, representative, members, subject } = self;
        let (same_text, outlets) = (same_text(members), self.voices());
        Line {
            headline,
            members: self.ids().collect(),
            representative,
            same_text,
            outlets,
            subject: *subject,
        }
        .serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn members(voices_and_texts: &[(usize, usize)]) -> Vec<Member> {
        let member = |(at, &(voice, text))| Member { id: format!("{at}"), voice, text, tie: None };
        voices_and_texts.iter().enumerate().map(member).collect()
    }

    #[test]
    fn a_voice_with_a_copy_and_its_own_report_leaves_the_copy_to_another() {
        assert_eq!(independent(&members(&[(0, 7), (0, 1), (2, 7)])), 2);
        assert_eq!(independent(&members(&[(0, 7), (1, 7), (2, 7)])), 1);
    }

    #[test]
    fn a_line_of_inspect_stories_keeps_its_form() {
        let story = Story {
            headline: "Pier shut".into(),
            representative: "1".into(),
            members: members(&[(0, 0), (0, 1), (2, 0)]),
            subject: None,
        };
        let line = r#"{"headline":"Pier shut","members":["0","1","2"],"representative":"1","same_text":[["0","2"]],"outlets":2}"#;
        assert_eq!(serde_json::to_string(&story).expect("JSON"), line);
        let tied = Story { subject: Some(3), ..story.clone() };
        let line = line.replace("}", r#","subject":3}"#);
        assert_eq!(serde_json::to_string(&tied).expect("JSON"), line);
        assert_eq!(story.voices_of(&BTreeSet::from(["0", "1"])), 1);
    }
}
