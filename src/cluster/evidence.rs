//! Two documents in, the evidence that they report one event out, and the resulting probability. A pure function of
//! the pair and the worth of its words; never sees the rest of the batch.

use super::{
    document::{Document, Term},
    rarity::Rarity,
    weights::Weights,
};

/// Words besides the title that an article needs before what it does not say tells anything.
const TOLD: usize = 8;
const HALF: f64 = 0.5;

/// What two articles have in common. Cosines and shares are 0 (nothing) to 1 (the same).
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Evidence {
    /// Cosine of the titles (including the words of the addresses), with words weighted by rarity.
    pub title: f64,
    /// Cosine of title, teaser and text together.
    pub text: f64,
    /// Share of a title's weight that occurs anywhere in the other article: the mean of both directions.
    pub told: f64,
    /// Cosine of names alone: who and where.
    pub names: f64,
    /// ln(1 + the summed rarity of shared numbers).
    pub numbers: f64,
    /// ln(1 + the number of different words in the shorter article): what a cosine can be expected to reach.
    pub length: f64,
    /// ln(1 + the days between the two beyond the first); 0 if a time is unknown.
    pub apart: f64,
    /// 1 if their openings tell of others: see [`Openings::differ`].
    pub others: f64,
}

/// The summed worth of a document's words, computed once per round.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Mass {
    /// Length of the vector of all words.
    anywhere: f64,
    /// Length of the title's vector.
    title: f64,
    /// Summed rarity of the title's words.
    title_sum: f64,
    /// Length of the vector of names.
    names: f64,
    /// ln(1 + the number of different words).
    length: f64,
    /// Of the title and the opening.
    opening: Openings,
}

impl Mass {
    pub(super) fn of(document: &Document, rarity: &Rarity) -> Self {
        let mut mass = Mass::default();
        for term in &document.terms {
            let worth = rarity.of(term.word);
            let square = (worth * f64::from(term.anywhere)).powi(2);
            mass.anywhere += square;
            if term.name {
                mass.names += square;
            }
            mass.opening.add(term, worth);
            if term.title > 0.0 {
                mass.title += (worth * f64::from(term.title)).powi(2);
                mass.title_sum += worth;
            }
        }
        let length = (document.terms.len() as f64).ln_1p();
        Mass {
            anywhere: mass.anywhere.sqrt(),
            title: mass.title.sqrt(),
            names: mass.names.sqrt(),
            length,
            ..mass
        }
    }
}

impl Evidence {
    /// Compares a document with the one laid out in `table`, each with its mass.
    pub(super) fn between(
        a: (&Document, &Mass),
        b: (&Document, &Mass),
        table: &Table,
        rarity: &Rarity,
    ) -> Self {
        let shared = Shared::of(a.0, b.0, table, rarity);
        let ratio = |part: f64, whole: f64| if whole > 0.0 { (part / whole).min(1.0) } else { 0.0 };
        let days = a.0.day.zip(b.0.day).map_or(0.0, |(x, y)| (x - y).abs());
        Evidence {
            title: ratio(shared.title, a.1.title * b.1.title),
            text: ratio(shared.anywhere, a.1.anywhere * b.1.anywhere),
            told: (ratio(shared.told_by_b, a.1.title_sum) + ratio(shared.told_by_a, b.1.title_sum)) / 2.0,
            names: ratio(shared.names, a.1.names * b.1.names),
            numbers: if shared.numbers > 0.0 { shared.numbers.ln_1p() } else { 0.0 },
            length: a.1.length.min(b.1.length),
            others: f64::from(u8::from(
                a.0.body.min(b.0.body) >= TOLD
                    && Openings::differ((&a.1.opening, &b.1.opening), (&shared.of_a, &shared.of_b)),
            )),
            apart: if days > 1.0 { (days - 1.0).ln_1p() } else { 0.0 },
        }
    }

    /// The value of each piece of evidence and what it adds: the single list from which the score is summed and
    /// explained. What a cosine adds with the length is counted with the cosine.
    pub fn parts(&self, w: &Weights) -> [Part; 9] {
        let part = |name, value, points| Part { name, value, points };
        let with_length =
            |value: f64, weight: f64, by_length: f64| value * (weight + by_length * self.length);
        let alike = [
            part("bias", 1.0, w.bias),
            part("length", self.length, w.length * self.length),
            part("title", self.title, with_length(self.title, w.title, w.title_length)),
            part("text", self.text, with_length(self.text, w.text, w.text_length)),
            part("told", self.told, w.told * self.told),
            part("names", self.names, w.names * self.names),
            part("numbers", self.numbers, w.numbers * self.numbers),
            part("apart", self.apart, w.apart * self.apart),
        ];
        let sum: f64 = alike.iter().map(|part| part.points).sum();
        let others = part("others", self.others, -self.others * sum.max(0.0));
        let [a, b, c, d, e, f, g, h] = alike;
        [a, b, c, d, e, f, g, h, others]
    }

    /// How likely both report one event, as log-odds.
    pub fn log_odds(&self, w: &Weights) -> f64 {
        self.parts(w).iter().map(|part| part.points).sum()
    }
}

/// One piece of evidence about a pair.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// The field of [`Evidence`], or `bias`.
    pub name: &'static str,
    /// The value found.
    pub value: f64,
    /// What it adds to the log-odds.
    pub points: f64,
}

/// The summed worth of the names and the numbers in a title and the opening behind it.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Openings {
    names: f64,
    numbers: f64,
}

impl Openings {
    fn add(&mut self, term: &Term, worth: f64) {
        if term.foremost && term.number {
            self.numbers += worth;
        } else if term.foremost && term.proper {
            self.names += worth;
        }
    }

    /// Whether two openings tell of other people, places and figures, `shared` being what of each stands anywhere in the
    /// other article: both name somebody and nobody in common; or at least half of the names of each are its own, both
    /// have numbers, and none is in common.
    fn differ(own: (&Openings, &Openings), shared: (&Openings, &Openings)) -> bool {
        let named = own.0.names > 0.0 && own.1.names > 0.0;
        let counted = own.0.numbers > 0.0 && own.1.numbers > 0.0;
        let common = |of: fn(&Openings) -> f64| of(shared.0) > 0.0 || of(shared.1) > 0.0;
        let foreign = |own: &Openings, shared: &Openings| own.names - shared.names >= HALF * own.names;
        named && !common(|o| o.names)
            || named
                && counted
                && !common(|o| o.numbers)
                && foreign(own.0, shared.0)
                && foreign(own.1, shared.1)
    }
}

/// Where a document has each of its words: laid out once, then looked up for every document compared with it.
pub(super) struct Table {
    /// By word: 1 + the place of its term; 0 for a word the document does not have.
    places: Vec<u32>,
}

impl Table {
    /// An empty table for the words `0..vocabulary`.
    pub(super) fn new(vocabulary: usize) -> Self {
        Table { places: vec![0; vocabulary] }
    }

    pub(super) fn lay(&mut self, document: &Document) {
        self.set(document, |place| place as u32 + 1);
    }

    /// Removes what [`Table::lay`] laid out for the same document.
    pub(super) fn clear(&mut self, document: &Document) {
        self.set(document, |_| 0);
    }

    fn set(&mut self, document: &Document, entry: impl Fn(usize) -> u32) {
        for (place, term) in document.terms.iter().enumerate() {
            if let Some(slot) = self.places.get_mut(term.word as usize) {
                *slot = entry(place);
            }
        }
    }

    fn place(&self, word: u32) -> Option<usize> {
        let place = self.places.get(word as usize).copied().unwrap_or(0);
        (place as usize).checked_sub(1)
    }
}

/// Sums over the words that two documents share.
#[derive(Default)]
struct Shared {
    anywhere: f64,
    title: f64,
    told_by_a: f64,
    told_by_b: f64,
    names: f64,
    numbers: f64,
    /// What each tells in its opening and the other anywhere.
    of_a: Openings,
    of_b: Openings,
}

impl Shared {
    /// `table` is laid out for `b`.
    fn of(a: &Document, b: &Document, table: &Table, rarity: &Rarity) -> Self {
        let mut shared = Shared::default();
        for x in &a.terms {
            if let Some(y) = table.place(x.word).and_then(|place| b.terms.get(place)) {
                shared.add(x, y, rarity.of(x.word));
            }
        }
        shared
    }

    fn add(&mut self, a: &Term, b: &Term, worth: f64) {
        let product = worth * worth * f64::from(a.anywhere * b.anywhere);
        self.anywhere += product;
        self.title += worth * worth * f64::from(a.title * b.title);
        if a.proper || a.number {
            self.of_a.add(a, worth);
            self.of_b.add(b, worth);
        }
        if a.title > 0.0 {
            self.told_by_b += worth;
        }
        if b.title > 0.0 {
            self.told_by_a += worth;
        }
        if a.name && b.name {
            self.names += product;
        }
        if a.number && b.number {
            self.numbers += worth;
        }
    }
}
