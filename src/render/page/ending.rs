//! An edition and a reader in, the ending of this reader's copy out: sign-up offer, footer, notices. All personal
//! content is here and never anywhere else, so that copies can share everything before it.

use std::collections::BTreeMap;

use super::{is_right_to_left, language, tagline, title};
use crate::{
    model::Edition,
    render::{
        Look, Notice, Personal, dates,
        plain::{clean, web_link, web_or_mail_link},
        words::{self, Block},
    },
};

/// The newsletter's own words below the stories.
#[derive(Debug, Clone)]
pub struct Ending {
    pub right_to_left: bool,
    pub offer: Vec<Block>,
    pub footer: Vec<Block>,
    /// For the editor's copy.
    pub notices: Vec<Notice>,
}

/// What the endings of all copies share: the editor's words, and all their values except a reader's own.
#[derive(Debug, Clone)]
pub struct Closing<'a> {
    right_to_left: bool,
    offer: &'a str,
    footer: &'a str,
    values: BTreeMap<&'static str, String>,
}

impl<'a> Closing<'a> {
    pub fn new(edition: &Edition, look: &'a Look) -> Self {
        let masthead = &edition.masthead;
        let signup = masthead.signup.as_deref().and_then(web_or_mail_link);
        let values = [
            ("title", title(edition)),
            ("outlet", clean(&masthead.outlet, 80)),
            ("tagline", tagline(edition)),
            ("date", dates::day(edition.date)),
            ("zone", dates::zone_name(edition.composed_at, &dates::zone(&masthead.timezone))),
            ("postal_address", clean(&masthead.postal_address, 300)),
            ("home", masthead.home.as_deref().and_then(web_link).unwrap_or_default()),
            ("signup", signup.clone().unwrap_or_default()),
        ];
        Self {
            right_to_left: is_right_to_left(&language(edition)),
            offer: if signup.is_some() { &look.signup } else { &look.forward },
            footer: &look.footer,
            values: values.into(),
        }
    }

    /// The ending of one reader's copy, or of a copy addressed to nobody.
    pub fn ending(&self, personal: Option<&Personal>) -> Ending {
        let value = |name: &str| match name {
            "email" => personal.map(|p| clean(&p.email, 254)).unwrap_or_default(),
            "unsubscribe" => personal.and_then(|p| web_or_mail_link(&p.unsubscribe)).unwrap_or_default(),
            _ => self.values.get(name).cloned().unwrap_or_default(),
        };
        Ending {
            right_to_left: self.right_to_left,
            offer: words::blocks(self.offer, value),
            footer: words::blocks(self.footer, value),
            notices: personal.map(|p| p.notices.iter().map(cleaned).collect()).unwrap_or_default(),
        }
    }
}

fn cleaned(notice: &Notice) -> Notice {
    Notice { words: clean(&notice.words, 300), feed: notice.feed.as_deref().and_then(web_link) }
}
