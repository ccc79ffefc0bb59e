//! `[newsletter]` in, what the newsletter is called, what it looks for and how long it may be out. Never
//! reads a template.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use jiff::tz::TimeZone;
use lettre::Address;
use serde::Deserialize;
use url::Url;

use super::{
    document::Document,
    nearest::nearest,
    problem::{Problem, Span},
    value,
};
use crate::{
    render::{self, PlaceholderError, SubjectError, ThemeName},
    schedule::hold::Wait,
};

/// The newsletter itself.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Newsletter {
    /// Its name. Default: "Daily Headlines".
    pub title: String,
    /// Tells it from others whatever it is called and wherever it is kept, and names it in `List-Id`: labels of letters, digits
    /// and hyphens, apart by dots. `None` (the default): what its state made once.
    #[serde(deserialize_with = "value::id")]
    pub id: Option<String>,
    /// The template of its subject: words and [`render::SUBJECT_PLACEHOLDERS`] between `{{` and `}}`.
    /// Default: [`render::SUBJECT`].
    pub subject: String,
    /// The home outlet; empty (the default) when there is none.
    pub outlet: String,
    /// One line below the title; empty by default.
    pub tagline: String,
    /// BCP 47 tag. Default: "en".
    #[serde(deserialize_with = "value::language")]
    pub language: String,
    /// Where its day begins and ends, and the zone of the times shown. Always one with an IANA name. Default: UTC.
    #[serde(deserialize_with = "value::timezone")]
    pub timezone: TimeZone,
    /// Words that lift a story in the ranking; none by default.
    pub focus: Vec<String>,
    /// Most stories in an edition, at least 1. Default: 20.
    #[serde(deserialize_with = "value::at_least_one")]
    pub max_stories: usize,
    /// Most words in an edition, at least 1. Default: 1300.
    #[serde(deserialize_with = "value::at_least_one")]
    pub max_words: usize,
    /// Fewest stories in an edition; with fewer none is made. 1 to `max_stories`. Default: 1.
    #[serde(deserialize_with = "value::at_least_one")]
    pub min_stories: usize,
    /// Fewest independent voices of a story, unless the home outlet tells it, at least 1. Default: 1.
    #[serde(deserialize_with = "value::at_least_one")]
    pub min_voices: usize,
    /// Fewest points of a story in the ranking. Default: 0.
    pub min_score: f64,
    /// Most stories in a section, not counting those before the sections, at least 1. Default: 10.
    #[serde(deserialize_with = "value::at_least_one")]
    pub max_per_section: usize,
    /// How many stories of a section are printed with lead and quotations; those below are a headline. Default: 3.
    pub in_full: usize,
    /// Most stories led by one outlet, at least 1. Default: 5.
    #[serde(deserialize_with = "value::at_least_one")]
    pub max_per_outlet: usize,
    /// How far back the first edition looks. Default: 24 hours.
    #[serde(deserialize_with = "value::some_duration")]
    pub window: Duration,
    /// How long the edition waits for a later run when most feeds cannot be read. Default: 45 minutes.
    #[serde(deserialize_with = "value::wait")]
    pub wait_for: Wait,
    /// Sections in printing order. By default those the feeds name, in the order of their first mention.
    pub sections: Vec<String>,
    /// Its home page.
    #[serde(deserialize_with = "value::page")]
    pub home: Option<Url>,
    /// Where others can sign up.
    #[serde(deserialize_with = "value::page")]
    pub signup: Option<Url>,
    /// The reader whose mail ends with a note on which feeds need attention.
    #[serde(deserialize_with = "value::address")]
    pub editor: Option<Address>,
    /// The look of the mail, which [`Newsletter::templates`] may change. Default: classic.
    #[serde(deserialize_with = "value::theme")]
    pub theme: ThemeName,
    /// Folder of the editor's own templates, absolute; the built-in ones when absent.
    pub templates: Option<PathBuf>,
}

impl Default for Newsletter {
    fn default() -> Newsletter {
        Newsletter {
            title: "Daily Headlines".to_owned(),
            id: None,
            subject: render::SUBJECT.to_owned(),
            outlet: String::new(),
            tagline: String::new(),
            language: "en".to_owned(),
            timezone: TimeZone::UTC,
            focus: Vec::new(),
            max_stories: 20,
            max_words: 1300,
            min_stories: 1,
            min_voices: 1,
            min_score: 0.0,
            max_per_section: 10,
            in_full: 3,
            max_per_outlet: 5,
            window: Duration::from_secs(24 * 60 * 60),
            wait_for: Wait::For(Duration::from_secs(45 * 60)),
            sections: Vec::new(),
            home: None,
            signup: None,
            editor: None,
            theme: ThemeName::default(),
            templates: None,
        }
    }
}

impl Newsletter {
    /// Makes paths absolute and checks what one value alone does not show.
    pub(super) fn settle(&mut self, folder: &Path, document: &Document) -> Result<(), Problem> {
        let wrong = |key: &str, title: String| Problem::at(document.value(&["newsletter", key]), title);
        if self.title.trim().is_empty() {
            return Err(wrong("title", "a newsletter needs a title".to_owned()));
        }
        self.check_subject(document)?;
        if self.min_stories > self.max_stories {
            let title = format!("`min_stories` is more than `max_stories`, which is {}", self.max_stories);
            return Err(wrong("min_stories", title));
        }
        let twice = |name: &&String| self.sections.iter().filter(|other| other == name).count() > 1;
        if let Some(name) = self.sections.iter().find(twice) {
            return Err(wrong("sections", format!("the section \"{name}\" is named twice")));
        }
        self.templates = self.templates.take().map(|templates| folder.join(templates));
        Ok(())
    }

    fn check_subject(&self, document: &Document) -> Result<(), Problem> {
        render::check_subject(&self.subject).map_err(|error| {
            let near = match &error {
                SubjectError::Placeholder(PlaceholderError::Single(name)) => Some(name.as_str()),
                SubjectError::Placeholder(PlaceholderError::Unknown(name)) => {
                    nearest(name, render::SUBJECT_PLACEHOLDERS.into_iter())
                }
                _ => None,
            };
            let known = render::SUBJECT_PLACEHOLDERS.map(|name| format!("{{{{{name}}}}}")).join(" ");
            let help = match near {
                Some(near) => format!("did you mean {{{{{near}}}}}? known here: {known}"),
                None => format!("write for example \"{}\"; known here: {known}", render::SUBJECT),
            };
            Problem::at(document.value(&["newsletter", "subject"]), error.to_string()).help(help)
        })
    }

    /// Takes the sections that the feeds name when the file lists none.
    pub(super) fn name_sections<'f>(&mut self, named: impl Iterator<Item = &'f String>) {
        if !self.sections.is_empty() {
            return;
        }
        for section in named {
            if !self.sections.contains(section) {
                self.sections.push(section.clone());
            }
        }
    }

    /// Checks that `section`, which stands at `span`, is one of the newsletter's. Any name will do when none is
    /// known.
    pub(super) fn check_section(&self, section: &str, span: Option<Span>) -> Result<(), Problem> {
        if self.sections.is_empty() || self.sections.iter().any(|known| known == section) {
            return Ok(());
        }
        let help = match nearest(section, self.sections.iter().map(String::as_str)) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => format!("[newsletter] has sections = {:?}", self.sections),
        };
        let title = format!("\"{section}\" is not a section of this newsletter");
        Err(Problem::at(span, title).label("unknown section").help(help))
    }
}
