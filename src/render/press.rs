//! An edition and one reader after another in, what their copies share and what is personal out. Shared parts are
//! printed once; a copy never depends on what was printed before it.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use super::{
    Look, Personal,
    html::{self, Styles},
    most_that_fit,
    page::{self, Closing, Page},
    subject, text,
};
use crate::model::Edition;

/// Plates kept at once. A plate is as large as a message, and readers seldom make that many different choices.
const MOST_PLATES: usize = 64;

/// What the copies of all readers who chose the same sections share. Each piece but the last ends in a newline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plate {
    /// The HTML before the reader's ending.
    pub html_before: String,
    /// The HTML after it.
    pub html_behind: String,
    /// The plain text, to which the reader's ending is appended.
    pub text_before: String,
}

/// What is personal in a copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    pub html: String,
    pub text: String,
}

/// Prints one edition for many readers. `T` is what a plate is turned into, once, for all copies that use it.
pub struct Press<'a, T> {
    edition: &'a Edition,
    look: &'a Look,
    closing: Closing<'a>,
    styles: Styles,
    prepare: fn(Plate) -> T,
    plates: Mutex<BTreeMap<Choice, (usize, Arc<T>)>>,
}

/// What distinguishes one plate from another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Choice {
    /// Which of the edition's sections are printed.
    sections: Vec<bool>,
    /// How many stories are printed, from the first on.
    most: usize,
}

impl<'a, T> Press<'a, T> {
    /// A press for `edition`; every plate is passed through `prepare`.
    pub fn new(edition: &'a Edition, look: &'a Look, prepare: fn(Plate) -> T) -> Self {
        let (closing, styles) = (Closing::new(edition, look), Styles::new(&look.theme));
        Self { edition, look, closing, styles, prepare, plates: Mutex::default() }
    }

    /// The edition being printed.
    pub fn edition(&self) -> &'a Edition {
        self.edition
    }

    /// The subject of every copy.
    pub fn subject(&self) -> String {
        subject(self.edition)
    }

    /// One reader's copy in pieces: joined, they are what [`super::html()`] and [`super::text()`] print.
    pub fn copy(&self, personal: &Personal) -> (Arc<T>, Ending) {
        let ending = self.closing.ending(Some(personal));
        let ending = Ending { html: html::ending(&ending, &self.styles), text: text::ending(&ending) };
        let sections: Vec<bool> =
            self.edition.sections.iter().map(|section| page::wants(Some(personal), section)).collect();
        let chosen = self.edition.sections.iter().zip(&sections).filter(|(_, wanted)| **wanted);
        let count = self.edition.top.len() + chosen.map(|(section, _)| section.stories.len()).sum::<usize>();
        let plate = |most| self.plate(Choice { sections: sections.clone(), most }, personal);
        let most = most_that_fit(count, |most| plate(most).0 + ending.html.len());
        (plate(most).1, ending)
    }

    /// The plate for a choice, with the size of its HTML; made on first use, for the reader who made the choice.
    fn plate(&self, choice: Choice, personal: &Personal) -> (usize, Arc<T>) {
        let mut plates = self.plates.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((size, plate)) = plates.get(&choice) {
            return (*size, plate.clone());
        }
        let page = Page::new(self.edition, self.look, Some(personal)).with_at_most(choice.most);
        let [html_before, html_behind] = html::frame(&page, self.look);
        let size = html_before.len() + html_behind.len();
        let plate = Plate { html_before, html_behind, text_before: text::opening(&page) };
        let plate = Arc::new((self.prepare)(plate));
        if plates.len() >= MOST_PLATES {
            plates.clear();
        }
        plates.insert(choice, (size, plate.clone()));
        (size, plate)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        model::{Excerpt, Section},
        render::{self, HTML_BUDGET, ThemeName, sample},
    };

    /// A newsletter that names the reader everywhere an editor may.
    fn look(everywhere: bool) -> Look {
        let personal = "Dear **{{email}}**, see [your page]({{unsubscribe}}).".to_owned();
        let file = |name: &str| (name.to_owned(), personal.clone());
        let files = ["signup.md", "forward.md", "footer.md"].map(file);
        if everywhere {
            Look::from_files(ThemeName::default(), &files.into()).expect("sound words")
        } else {
            Look::default()
        }
    }

    /// An edition that exceeds the HTML budget by as much as `words` says.
    fn edition(words: usize) -> Edition {
        let mut edition = sample::edition();
        let mut long = edition.top[0].clone();
        long.lead = vec![Excerpt { text: "Ünd so ".repeat(words * 3), ..long.lead[0].clone() }; 6];
        edition.sections.push(Section { name: "Long".into(), stories: vec![long; 12] });
        edition
    }

    /// HTML and text of a copy.
    fn joined(press: &Press<Plate>, personal: &Personal) -> [String; 2] {
        let (plate, ending) = press.copy(personal);
        let html = [&*plate.html_before, &ending.html, &plate.html_behind].concat();
        [html, plate.text_before.clone() + &ending.text]
    }

    fn personal() -> impl Strategy<Value = Personal> {
        let address = prop_oneof!["[a-z]{1,200}@mail\\.example", "\\PC{0,300}", "[<>&\"'\u{0}\n]{0,9}@a"];
        let page = prop_oneof![
            "https://a\\.example/[a-zA-Z0-9&]{0,300}",
            "mailto:a@b.example\\?subject=[a-z%]{0,9}",
            "\\PC{0,40}"
        ];
        let sections = proptest::collection::vec(prop_oneof!["port", "Weather", "LONG", "none such"], 0..3);
        (address, page, sections).prop_map(|(email, unsubscribe, sections)| Personal {
            email,
            unsubscribe,
            sections,
            notices: Vec::new(),
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(8))]

        #[test]
        fn a_copy_in_pieces_is_the_copy_printed_whole_whoever_came_before(
            readers in proptest::collection::vec(personal(), 1..4), words in 0usize..60, everywhere: bool,
        ) {
            let (edition, look) = (edition(words), look(everywhere));
            let press = Press::new(&edition, &look, |plate| plate);
            for reader in &readers {
                let copy = joined(&press, reader);
                prop_assert!(copy[0].len() <= HTML_BUDGET);
                let reader = Some(reader);
                prop_assert_eq!(copy, [render::html(&edition, &look, reader), render::text(&edition, &look, reader)]);
            }
        }
    }

    #[test]
    fn readers_who_want_the_same_share_a_plate_and_nothing_of_one_is_on_it() {
        let (edition, look) = (sample::edition(), look(true));
        let press = Press::new(&edition, &look, |plate| plate);
        let reader = |name: &str, sections: &[&str]| Personal {
            email: format!("{name}@mail.example"),
            unsubscribe: format!("https://harbor-times.example/u/{name}"),
            sections: sections.iter().map(|&s| s.to_owned()).collect(),
            notices: Vec::new(),
        };
        let (ann, anns) = press.copy(&reader("ann", &["Weather"]));
        let (bob, bobs) = press.copy(&reader("bob", &["weather ", "Nowhere"]));
        let (cid, _) = press.copy(&reader("cid", &[]));
        assert!(Arc::ptr_eq(&ann, &bob) && !Arc::ptr_eq(&ann, &cid));
        assert!(anns.html.contains("ann@mail.example") && bobs.text.contains("bob@mail.example"));
        assert!(!format!("{ann:?}{cid:?}").contains("mail.example"));
    }

    #[test]
    fn plates_do_not_pile_up() {
        let mut edition = sample::edition();
        let section = edition.sections[0].clone();
        edition.sections = (0..8).map(|n| Section { name: n.to_string(), ..section.clone() }).collect();
        let look = Look::default();
        let press = Press::new(&edition, &look, |_| ());
        for wish in 0..256u32 {
            let sections = (0..8).filter(|n| wish >> n & 1 == 1).map(|n| n.to_string()).collect();
            press.copy(&Personal { sections, ..Personal::default() });
        }
        assert!(press.plates.lock().expect("no panic").len() <= MOST_PLATES);
    }
}
