//! An edition and perhaps a reader in, the copy to look at out, in any form. Never sent to anybody.

use std::borrow::Cow;

use lettre::message::Mailbox;

use super::letter::{Error, Letterhead};
use crate::{
    config::Config,
    mailer::Address,
    model::{Edition, Reader},
    render::{self, Look, Personal},
};

/// The forms a digest can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Html,
    Text,
    Markdown,
    Message,
}

/// The digest in a form for reading; `None` for a message, which needs a letterhead.
pub fn printed(form: Form, edition: &Edition, look: &Look, personal: Option<&Personal>) -> Option<String> {
    match form {
        Form::Html => Some(render::html(edition, look, personal)),
        Form::Text => Some(render::text(edition, look, personal)),
        Form::Markdown => Some(render::markdown(edition, look, personal)),
        Form::Message => None,
    }
}

/// The message to a reader. Without a reader it goes to a made-up address: `To` must hold someone, and no
/// reader's unsubscribe link may be given away.
///
/// # Errors
/// The reader's address cannot be written to.
pub fn message(
    letterhead: &Letterhead,
    edition: &Edition,
    reader: Option<&Reader>,
) -> Result<Vec<u8>, Error> {
    let nobody = || Reader { email: "reader@example.net".to_owned(), ..Reader::default() };
    let reader = reader.cloned().unwrap_or_else(nobody);
    letterhead.message(edition, &reader).map(|letter| letter.bytes)
}

/// The configuration, with somebody in `From` even if no sender is set yet: only what is mailed needs a real one.
pub fn with_sender(config: &Config) -> Cow<'_, Config> {
    if config.mail.from.is_some() {
        return Cow::Borrowed(config);
    }
    let mut config = config.clone();
    let address = Address::new("newsletter", "example.com").ok();
    config.mail.from = address.map(|address| Mailbox::new(Some(config.newsletter.title.clone()), address));
    Cow::Owned(config)
}
