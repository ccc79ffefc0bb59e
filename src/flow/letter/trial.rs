//! An edition and any address in, a test message out: a reader's copy marked as a test, without list headers,
//! and with an unsubscribe link that never unsubscribes anybody.

use jiff::Timestamp;

use super::{Error, Letter, Letterhead, SAMPLE};
use crate::{
    mailer::{self, Encoded, Envelope, Mailbox, Outline, Subject},
    model::{Edition, Reader},
    render, token,
};

/// What stands before the subject.
const MARK: &str = "[Test] ";

impl Letterhead<'_> {
    /// The message that shows `edition` to `reader`, who need not be one, as of `now`. Its Message-ID is its
    /// own, so that no program takes the edition for a second copy.
    ///
    /// # Errors
    /// When the address cannot be written to.
    pub fn trial(&self, edition: &Edition, reader: &Reader, now: Timestamp) -> Result<Letter, Error> {
        let to = Mailbox::new(&reader.name, &reader.email).map_err(Error::Reader)?;
        let (mailto, https) = self.unsubscribe_links(SAMPLE);
        let personal = self.personal_with(reader, &https.unwrap_or(mailto));
        let (text, html) = (
            Encoded::new(&render::text(edition, self.look, Some(&personal))),
            Encoded::new(&render::html(edition, self.look, Some(&personal))),
        );
        let bytes = mailer::build(&Outline {
            from: &self.from,
            reply_to: self.reply_to.as_ref(),
            to: &to,
            subject: &Subject::new(&format!("{MARK}{}", render::subject(edition))),
            text: &[&text],
            html: &[&html],
            date: now,
            message_id: &token::trial_id(&self.key, edition.date, now, &reader.email, self.sender_domain()),
            references: None,
            list: None,
        })
        .map_err(Error::Settings)?;
        let envelope = Envelope { from: self.return_path(&reader.email)?, to: to.address().clone() };
        let name = format!("test.{}.{}", edition.date, reader.email);
        Ok(Letter { envelope, bytes: self.signed(bytes, now)?, name })
    }
}
