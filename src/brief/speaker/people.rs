//! The names of a text and the words that name a speaker in, the full name or description out. Never guesses: a
//! pronoun or surname that could mean two people stays unresolved.

use std::collections::BTreeSet;
use std::ops::Range;

use super::clause::Token;
use super::names::{Gender, Name, name, names};
use super::order;
use crate::{language::Class, text::space};

/// People remembered from one text; no article names more.
const MOST_PEOPLE: usize = 400;
/// How many paragraphs a pronoun may be from the speaker it refers to.
const MEMORY: usize = 2;
/// Words of the longest phrase for "according to".
const LONGEST_PHRASE: usize = 4;

struct Person<'a> {
    name: String,
    first: &'a str,
    last: &'a str,
    gender: Option<Gender>,
    /// Votes for "he" over "she", from places where the person is the only one nearby.
    votes: i32,
    /// Speaks, has a title or gender, or is called by surname alone: more than just two capitalised words.
    evident: bool,
}

struct Mention {
    at: usize,
    paragraph: usize,
    sentence: usize,
    person: usize,
}

/// Who is named in a text, and where.
pub struct People<'a> {
    text: &'a str,
    rows: &'a [Vec<Token<'a>>],
    persons: Vec<Person<'a>>,
    mentions: Vec<Mention>,
}

impl<'a> People<'a> {
    /// Collects the people named outside quotations; `speakers` are the words found to name speakers.
    pub fn read(text: &'a str, rows: &'a [Vec<Token<'a>>], speakers: &[Range<usize>]) -> Self {
        let mut people = Self { text, rows, persons: Vec::new(), mentions: Vec::new() };
        let named: Vec<Vec<Name>> = rows.iter().map(|row| names(row)).collect();
        for name in named.iter().flatten().filter(|n| n.personal && (2..=4).contains(&n.parts.len())) {
            people.add(name);
        }
        for words in speakers {
            let Some(name) = people.head(words).filter(|n| n.personal) else { continue };
            if people.known(&name).is_empty() {
                people.add(&name);
            }
            for person in people.known(&name) {
                people.persons.get_mut(person).into_iter().for_each(|p| p.evident = true);
            }
        }
        for (paragraph, names) in named.iter().enumerate() {
            for name in names {
                if let [person] = people.known(name)[..] {
                    let (at, sentence) = (name.bytes.start, name.sentence);
                    people.mentions.push(Mention { at, paragraph, sentence, person });
                    if let Some(known) = people.persons.get_mut(person) {
                        known.gender = known.gender.or(name.gender);
                        known.evident |= name.titled || name.parts.len() == 1 || known.gender.is_some();
                    }
                }
            }
        }
        people.vote();
        people
    }

    fn add(&mut self, name: &Name<'a>) {
        let same = |p: &&mut Person| p.last == name.last() && p.first == name.first();
        if let Some(known) = self.persons.iter_mut().find(same) {
            known.gender = known.gender.or(name.gender);
            return;
        }
        if self.persons.len() >= MOST_PEOPLE {
            return;
        }
        let full = space::fold(self.text.get(name.bytes.clone()).unwrap_or_default());
        self.persons.push(Person {
            name: full,
            first: name.first(),
            last: name.last(),
            gender: name.gender,
            votes: 0,
            evident: false,
        });
    }

    /// The people a name may refer to: by surname, otherwise by first name, told apart by form of address.
    fn known(&self, name: &Name) -> Vec<usize> {
        let fits = |p: &Person| p.gender.is_none() || name.gender.is_none() || p.gender == name.gender;
        let by = |is: &dyn Fn(&Person) -> bool| -> Vec<usize> {
            let all = self.persons.iter().enumerate();
            all.filter(|(_, p)| is(p) && fits(p)).map(|(i, _)| i).collect()
        };
        if name.parts.len() > 1 {
            return by(&|p| p.last == name.last() && p.first == name.first());
        }
        let surname = by(&|p| p.last == name.last());
        if surname.is_empty() { by(&|p| p.first == name.last()) } else { surname }
    }

    /// Lets the pronouns in paragraphs about a single person decide that person's gender.
    fn vote(&mut self) {
        for (paragraph, row) in self.rows.iter().enumerate() {
            let here: BTreeSet<usize> = self.of(paragraph).map(|m| m.person).collect();
            let (Some(only), 1) = (here.first(), here.len()) else { continue };
            let count = |class| row.iter().filter(|t| t.is(class)).count() as i32;
            let lead = count(Class::He) - count(Class::She);
            if let Some(person) = self.persons.get_mut(*only) {
                person.votes += lead.signum();
            }
        }
        for person in &mut self.persons {
            let voted = if person.votes > 0 { Gender::He } else { Gender::She };
            person.evident |= person.votes != 0;
            person.gender = person.gender.or((person.votes != 0).then_some(voted));
        }
    }

    fn of(&self, paragraph: usize) -> impl Iterator<Item = &Mention> {
        let from = self.mentions.partition_point(|m| m.paragraph < paragraph);
        self.mentions.iter().skip(from).take_while(move |m| m.paragraph == paragraph)
    }

    /// The speaker named by `words`, given the previous speaker and that speaker's paragraph.
    pub fn speaker(&self, words: &Range<usize>, heard: Option<(usize, &str)>) -> Option<String> {
        let (paragraph, span) = self.place(words)?;
        let row = self.rows.get(paragraph)?.get(span)?;
        let first = row.first()?;
        if row.len() == 1 && first.is(Class::Subject) {
            // The German "sie" also means "they", so it gives no clue about gender elsewhere.
            let she = first.is(Class::She) || first.is(Class::SheOrThey);
            let gender = if she { Gender::She } else { first.is(Class::He).then_some(Gender::He)? };
            return self.pronoun(gender, paragraph, first, heard);
        }
        if row.len() == 1 && first.is(Class::Relative) {
            return None;
        }
        let phrase = self.described(words);
        let Some(head) = self.head(words).filter(|n| n.personal) else { return phrase };
        let full = self.text.get(head.bytes.clone()).map(space::fold);
        match self.known(&head)[..] {
            [person] => self.persons.get(person).map(|p| p.name.clone()),
            _ => full,
        }
    }

    /// A description as it is printed: without an article that only another case has ("dem Sender", "laut *der* Polizei").
    fn described(&self, words: &Range<usize>) -> Option<String> {
        let (paragraph, span) = self.place(words)?;
        let row = self.rows.get(paragraph)?;
        let first = row.get(span.start)?;
        let hangs = (span.start.saturating_sub(LONGEST_PHRASE)..span.start).any(|at| {
            row.get(at)
                .is_some_and(|t| at + t.according.max(usize::from(t.is(Class::Preposition))) == span.start)
        });
        let article = first.is(Class::Article) || first.is(Class::Oblique);
        let oblique = order::is_oblique(row, &span) || hangs && first.is(Class::ObliqueShe);
        let start = if article && oblique { row.get(span.start + 1)?.bytes.start } else { words.start };
        self.text.get(start..words.end).map(space::fold)
    }

    /// The paragraph containing some words, and their tokens.
    fn place(&self, words: &Range<usize>) -> Option<(usize, Range<usize>)> {
        let paragraph =
            self.rows.partition_point(|row| row.last().is_some_and(|t| t.bytes.end <= words.start));
        let row = self.rows.get(paragraph)?;
        let from = row.partition_point(|t| t.bytes.start < words.start);
        let to = row.partition_point(|t| t.bytes.end <= words.end);
        (from < to).then_some((paragraph, from..to))
    }

    /// The name at the head of a speaker's phrase: "Jake Sullivan" in "Clinton’s aide Jake Sullivan of Ohio"; none in
    /// "a spokesman for Clinton" and "Clinton’s office".
    fn head(&self, words: &Range<usize>) -> Option<Name<'a>> {
        let (paragraph, span) = self.place(words)?;
        let row = self.rows.get(paragraph)?;
        let phrase = row.get(span.clone())?;
        if phrase.iter().any(|t| t.is(Class::And)) {
            return None;
        }
        let bound = |(i, t): (usize, &Token)| {
            let particle =
                i.checked_sub(1).and_then(|i| phrase.get(i)).is_some_and(|t| t.is(Class::Particle));
            let of_a_name = t.is(Class::Particle) && (particle || !t.is(Class::BindsGenitive));
            i > 0 && t.is(Class::Binds) && !t.is_capital() && !of_a_name
        };
        let end = span.start + phrase.iter().enumerate().position(bound).unwrap_or(phrase.len());
        let inside = |t: &Token| t.is_capital() && !t.is_possessive() || t.is(Class::Particle);
        let length = row.get(span.start..end)?.iter().rev().take_while(|t| inside(t)).count();
        let mut start = end - length;
        // "El Sr. García" and "the Rev. Tom Reed" are people, "The Harbour Board" is not.
        start += usize::from(
            length > 1 && row.get(start + 1).is_some_and(|t| t.is(Class::Title) && t.word.ends_with('.')),
        );
        let titled = row.get(start).is_some_and(|t| t.is(Class::Determines));
        if titled {
            return name(row, start + 1..end)
                .filter(|name| name.titled && !name.first().starts_with(char::is_lowercase));
        }
        name(row, start..end).filter(|_| length > 0)
    }

    /// Who "he" or "she" is: the only fitting person named before it in the paragraph, otherwise the last speaker if
    /// recent enough, otherwise the only fitting person of the paragraph before.
    fn pronoun(
        &self,
        gender: Gender,
        paragraph: usize,
        word: &Token,
        heard: Option<(usize, &str)>,
    ) -> Option<String> {
        let fits = |m: &&Mention| {
            self.persons.get(m.person).is_some_and(|p| p.evident && p.gender.is_none_or(|g| g == gender))
        };
        let before: Vec<&Mention> =
            self.of(paragraph).filter(|m| m.at < word.bytes.start).filter(fits).collect();
        let heard =
            heard.filter(|(at, name)| paragraph - at.min(&paragraph) <= MEMORY && self.may_be(name, gender));
        let named = |person: usize| self.persons.get(person).map(|p| p.name.clone());
        let distinct = |of: &[&Mention]| of.iter().map(|m| m.person).collect::<BTreeSet<_>>();
        let here = distinct(&before);
        if let (Some(only), 1) = (here.first(), here.len()) {
            return named(*only);
        }
        let same = |name: &str| here.iter().any(|p| self.persons.get(*p).is_some_and(|p| p.name == name));
        if let Some((_, name)) = heard.filter(|(_, name)| here.is_empty() || same(name)) {
            return Some(name.to_owned());
        }
        if let Some(latest) = before.last() {
            return before.iter().find(|m| m.sentence == latest.sentence).and_then(|m| named(m.person));
        }
        let above: Vec<&Mention> = self.of(paragraph.checked_sub(1)?).filter(fits).collect();
        let above = distinct(&above);
        if above.len() == 1 { named(*above.first()?) } else { None }
    }

    /// Whether a previous speaker is known to be a person the pronoun can refer to.
    fn may_be(&self, name: &str, gender: Gender) -> bool {
        self.persons.iter().any(|p| p.name == name && p.evident && p.gender.is_none_or(|g| g == gender))
    }
}
