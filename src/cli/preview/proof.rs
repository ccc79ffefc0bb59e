//! An edition and perhaps a reader in, the copy to look at out, in each form. Nobody is sent it.

use std::borrow::Cow;

use lettre::message::Mailbox;

use super::form::Form;
use crate::{
    config::Config,
    flow::{LetterError, Letterhead},
    mailer::Address,
    model::{Edition, Reader},
    render::{self, Look, Personal},
};

/// What a copy of an edition is made of.
#[derive(Clone, Copy)]
pub struct Proof<'a> {
    pub edition: &'a Edition,
    pub look: &'a Look,
    pub letterhead: &'a Letterhead<'a>,
    /// Whose copy it is. Nobody's has all sections and no way out.
    pub reader: Option<&'a Reader>,
}

impl Proof<'_> {
    /// The copy in one form.
    ///
    /// # Errors
    /// Only those of a message.
    pub fn print(&self, form: Form) -> Result<Vec<u8>, LetterError> {
        let personal = self.reader.map(|reader| self.letterhead.personal(reader));
        match digest(form, self.edition, self.look, personal.as_ref()) {
            Some(digest) => Ok(digest.into_bytes()),
            None => self
                .letterhead
                .message(self.edition, self.reader.unwrap_or(&somebody()))
                .map(|letter| letter.bytes),
        }
    }
}

/// The digest in a form for reading; none in that of a message, which needs a letterhead.
pub fn digest(form: Form, edition: &Edition, look: &Look, personal: Option<&Personal>) -> Option<String> {
    match form {
        Form::Html => Some(render::html(edition, look, personal)),
        Form::Text => Some(render::text(edition, look, personal)),
        Form::Markdown => Some(render::markdown(edition, look, personal)),
        Form::Message => None,
    }
}

/// Who a message is for that is nobody's: it needs someone in `To`, and nobody's way out may be given away.
fn somebody() -> Reader {
    Reader { email: "reader@example.net".to_owned(), ..Reader::default() }
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
