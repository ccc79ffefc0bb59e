//! An edition and a reader in, the reader's message out: the same bytes every time. Never sends it.

mod trial;

use jiff::{Timestamp, civil::Date};

use crate::{
    config::{self, Config, Newsletter, Unsubscribe},
    mailer::{self, Address, Encoded, Envelope, List, Mailbox, Outline, Subject, dkim},
    model::{Edition, Identity, Masthead, Outcome, Read, Reader},
    render::{Look, Notice, Personal, Plate, Press},
    token::{self, Key},
};

/// Stands in for a reader's token, and has its length, in an unsubscribe link that leads nowhere.
const SAMPLE: &str = "sample-leads-nowhere-sample-";

/// What all messages of a newsletter have in common.
pub struct Letterhead<'a> {
    look: &'a Look,
    key: Key,
    from: Mailbox,
    reply_to: Option<Mailbox>,
    bounce_to: Address,
    /// Whether each reader has an envelope sender of their own (VERP). Only with an address set up for
    /// bounces: not every server lets its users send from `name+anything@`, or delivers there.
    tagged: bool,
    unsubscribe: Unsubscribe,
    list_id: String,
    signer: Option<dkim::Signer>,
    title: &'a str,
    /// What the editor is told at the end of their copy.
    pub for_editor: Vec<Notice>,
    /// Whether nothing made with it is sent: then its links and names are nobody's.
    is_sample: bool,
    editor: Option<&'a lettre::Address>,
}

/// An edition on a letterhead: the parts its messages share are made and encoded once.
pub struct Mailing<'a> {
    letterhead: &'a Letterhead<'a>,
    press: Press<'a, Shared>,
    subject: Subject,
}

/// The encoded pieces that messages share.
#[derive(Debug)]
struct Shared {
    text_before: Encoded,
    html_before: Encoded,
    html_behind: Encoded,
}

/// A message ready to be sent.
pub struct Letter {
    pub envelope: Envelope,
    pub bytes: Vec<u8>,
    /// Its file name in an outbox: the same for the same edition and reader, and for no other.
    pub name: String,
}

/// Why no message can be made.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(
        "[mail] from is not set: the newsletter needs a sender, as \"Daily Headlines <headlines@example.com>\""
    )]
    NoSender,
    /// This reader's address cannot be used; the others' can.
    #[error(transparent)]
    Reader(mailer::Error),
    /// No message can be made with these settings.
    #[error("no message can be made with the settings of [mail]")]
    Settings(#[source] mailer::Error),
    /// The key of `[mail.dkim]` cannot be used.
    #[error(transparent)]
    Key(config::Error),
    #[error(transparent)]
    Unsigned(#[from] dkim::Unsigned),
}

/// The outcome of an attempt for which no message can be made.
impl From<Error> for Outcome {
    fn from(error: Error) -> Outcome {
        match error {
            Error::Reader(_) => Outcome::BadAddress(error.to_string()),
            _ => Outcome::Unmade(error.to_string()),
        }
    }
}

impl<'a> Letterhead<'a> {
    /// The letterhead of a newsletter; the identity is its store's, or [`Identity::NOBODY`] where nothing is sent.
    ///
    /// # Errors
    /// When the configuration names no sender, or no message can be made with it.
    pub fn new(config: &'a Config, look: &'a Look, identity: &Identity) -> Result<Letterhead<'a>, Error> {
        let mailbox = |m: &lettre::message::Mailbox| {
            Mailbox::new(m.name.as_deref().unwrap_or(""), m.email.as_ref()).map_err(Error::Settings)
        };
        let mail = &config.mail;
        let from = mailbox(mail.from.as_ref().ok_or(Error::NoSender)?)?;
        let reply_to = mail.reply_to.as_ref().map(mailbox).transpose()?;
        let answers = reply_to.as_ref().unwrap_or(&from).address().clone();
        let signer = mail.dkim.as_ref().map(|dkim| dkim.signer(from.address().domain()));
        let letterhead = Letterhead {
            look,
            key: Key::new(&identity.secret),
            tagged: mail.bounce_to.is_some(),
            bounce_to: mail.bounce_to.clone().unwrap_or_else(|| from.address().clone()),
            unsubscribe: mail.unsubscribe.clone().unwrap_or(Unsubscribe::Mail(answers)),
            list_id: list_id(&config.newsletter, identity, from.address().domain()),
            signer: signer.transpose().map_err(Error::Key)?,
            title: &config.newsletter.title,
            for_editor: Vec::new(),
            is_sample: false,
            editor: config.newsletter.editor.as_ref(),
            from,
            reply_to,
        };
        letterhead.proof()?;
        Ok(letterhead)
    }

    /// One for copies that are only looked at: what in them would tell a reader is a sample that leads nowhere, is no
    /// token, and answers no message of ours. It is as long as the real one.
    ///
    /// # Errors
    /// As for [`Letterhead::new`].
    pub fn sample(config: &'a Config, look: &'a Look, identity: &Identity) -> Result<Letterhead<'a>, Error> {
        let nobody = Identity { list_id: identity.list_id.clone(), ..Identity::NOBODY };
        Ok(Letterhead { is_sample: true, ..Letterhead::new(config, look, &nobody)? })
    }

    /// The domain of `From`.
    pub fn sender_domain(&self) -> &str {
        self.from.address().domain()
    }

    /// The domain of the envelope sender, where bounces go.
    pub fn bounce_domain(&self) -> &str {
        self.bounce_to.domain()
    }

    /// What receivers tell this newsletter from others by.
    pub fn list_id(&self) -> &str {
        &self.list_id
    }

    /// What signs the mail, if anything does.
    pub fn signer(&self) -> Option<&dkim::Signer> {
        self.signer.as_ref()
    }

    /// Where bounces of the mail to this reader go.
    fn return_path(&self, email: &str) -> Result<Address, Error> {
        if !self.tagged {
            return Ok(self.bounce_to.clone());
        }
        let (user, domain) = (self.bounce_to.user(), self.bounce_to.domain());
        let tag = token::tag(&self.key, email);
        mailer::address(&format!("{user}+{tag}@{domain}")).map_err(Error::Settings)
    }

    /// Where bounces of the mail to some reader go, as the server is told it.
    pub fn envelope_sender(&self) -> Option<Address> {
        self.return_path("reader@example.net").ok()
    }

    /// Makes a message that is never sent, to find unusable settings before anything is sealed.
    fn proof(&self) -> Result<(), Error> {
        let edition = Edition {
            date: Date::ZERO,
            composed_at: Timestamp::UNIX_EPOCH,
            masthead: Masthead::default(),
            read: Read::default(),
            top: Vec::new(),
            sections: Vec::new(),
            corrections: Vec::new(),
        };
        let reader = Reader { email: "reader@example.net".to_owned(), ..Reader::default() };
        self.message(&edition, &reader).map(drop)
    }

    /// This edition's messages, one reader after the other.
    pub fn mailing(&'a self, edition: &'a Edition) -> Mailing<'a> {
        let press = Press::new(edition, self.look, Shared::of);
        Mailing { letterhead: self, subject: Subject::new(&press.subject()), press }
    }

    /// The message that brings `edition` to `reader`.
    ///
    /// # Errors
    /// When the reader's address cannot be written to.
    pub fn message(&self, edition: &Edition, reader: &Reader) -> Result<Letter, Error> {
        self.mailing(edition).letter(reader)
    }

    /// What the digest says to this reader alone.
    pub fn personal(&self, reader: &Reader) -> Personal {
        let (mailto, https) = self.unsubscribe_links(&self.token(reader));
        self.personal_with(reader, &https.unwrap_or(mailto))
    }

    fn personal_with(&self, reader: &Reader, way_out: &str) -> Personal {
        let is_editor =
            self.editor.is_some_and(|editor| Reader::key(editor.as_ref()) == Reader::key(&reader.email));
        Personal {
            email: reader.email.clone(),
            unsubscribe: way_out.to_owned(),
            sections: reader.sections.clone(),
            notices: if is_editor { self.for_editor.clone() } else { Vec::new() },
        }
    }

    /// The token by which an unsubscribing reader is known.
    fn token(&self, reader: &Reader) -> String {
        if self.is_sample { SAMPLE.to_owned() } else { token::issue(&self.key, &reader.email) }
    }

    /// How the holder of this token unsubscribes: by mail, and by a page where there is one.
    fn unsubscribe_links(&self, token: &str) -> (String, Option<String>) {
        let mail = |address: &Address| mailer::mailto(address, &format!("unsubscribe {token}"));
        match &self.unsubscribe {
            Unsubscribe::Mail(address) => (mail(address), None),
            Unsubscribe::Page(base) => {
                let page = format!("{}/{token}", base.as_str().trim_end_matches('/'));
                (mail(self.reply_to.as_ref().unwrap_or(&self.from).address()), Some(page))
            }
        }
    }

    /// The message with a signature as of `at`, if anything signs.
    fn signed(&self, bytes: Vec<u8>, at: Timestamp) -> Result<Vec<u8>, Error> {
        match &self.signer {
            Some(signer) => Ok(signer.sign(&bytes, at)?),
            None => Ok(bytes),
        }
    }
}

/// The List-Id: of the configured id, else the one that was sent first, else a new one of title and sender.
fn list_id(newsletter: &Newsletter, identity: &Identity, domain: &str) -> String {
    let kept = identity.list_id.as_deref();
    match &newsletter.id {
        Some(whole) if whole.contains('.') => whole.clone(),
        Some(label) => {
            let domain = kept.and_then(|kept| kept.split_once('.')).map_or(domain, |(_, domain)| domain);
            format!("{label}.{domain}")
        }
        None => kept.map_or_else(|| mailer::list_id(&newsletter.title, domain), str::to_owned),
    }
}

impl Mailing<'_> {
    /// The day of the edition.
    pub fn date(&self) -> Date {
        self.press.edition().date
    }

    /// The message of one reader: the same bytes whichever messages were made before.
    ///
    /// # Errors
    /// When the reader's address cannot be written to.
    pub fn letter(&self, reader: &Reader) -> Result<Letter, Error> {
        self.addressed(reader, None)
    }

    /// The copy asked for at this moment: the same but for its date and Message-ID, and it refers to the
    /// message it copies.
    ///
    /// # Errors
    /// As for [`Mailing::letter`].
    pub fn copy(&self, reader: &Reader, asked_at: Timestamp) -> Result<Letter, Error> {
        self.addressed(reader, Some(asked_at))
    }

    fn addressed(&self, reader: &Reader, asked_at: Option<Timestamp>) -> Result<Letter, Error> {
        let Letterhead { key, from, title, .. } = self.letterhead;
        let edition = self.press.edition();
        let to = Mailbox::new(&reader.name, &reader.email).map_err(Error::Reader)?;
        let (mailto, https) = self.letterhead.unsubscribe_links(&self.letterhead.token(reader));
        let (shared, ending) =
            self.press.copy(&self.letterhead.personal_with(reader, https.as_ref().unwrap_or(&mailto)));
        let (email, domain) = (&reader.email, from.address().domain());
        let own_id = token::message_id(key, edition.date, email, domain);
        let copy_id = asked_at.map(|at| token::copy_id(key, edition.date, at, email, domain));
        let date = asked_at.unwrap_or(edition.composed_at);
        let bytes = mailer::build(&Outline {
            from,
            reply_to: self.letterhead.reply_to.as_ref(),
            to: &to,
            subject: &self.subject,
            text: &[&shared.text_before, &Encoded::new(&ending.text)],
            html: &[&shared.html_before, &Encoded::new(&ending.html), &shared.html_behind],
            date,
            message_id: copy_id.as_ref().unwrap_or(&own_id),
            references: copy_id.as_ref().map(|_| own_id.as_str()),
            list: Some(List {
                id: &self.letterhead.list_id,
                title,
                unsubscribe_mailto: &mailto,
                unsubscribe_https: https.as_deref(),
            }),
        })
        .map_err(Error::Settings)?;
        let bytes = self.letterhead.signed(bytes, date)?;
        let envelope =
            Envelope { from: self.letterhead.return_path(&reader.email)?, to: to.address().clone() };
        let copy = asked_at.map_or_else(String::new, |at| format!(".{}", at.as_second()));
        let name = format!("{}.{}{copy}", edition.date, reader.email);
        Ok(Letter { envelope, bytes, name })
    }
}

impl Shared {
    fn of(plate: Plate) -> Shared {
        Shared {
            text_before: Encoded::new(&plate.text_before),
            html_before: Encoded::new(&plate.html_before),
            html_behind: Encoded::new(&plate.html_behind),
        }
    }
}
