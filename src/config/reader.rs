//! `[[recipients]]` in, the readers out. Checks every recipient, whichever file names it; never lets an
//! address in twice.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::{
    Config, Error, Newsletter,
    document::Document,
    nearest::nearest,
    problem::{Problem, Span},
    value,
};
use crate::model::Reader;

/// One recipient as written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RecipientTable {
    pub email: String,
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub sections: Vec<String>,
}

/// The readers found so far; no address is among them twice, whatever its case.
pub(super) struct Readers<'n> {
    pub newsletter: &'n Newsletter,
    seen: BTreeSet<String>,
    pub list: Vec<Reader>,
}

impl<'n> Readers<'n> {
    pub fn new(newsletter: &'n Newsletter) -> Readers<'n> {
        Readers { newsletter, seen: BTreeSet::new(), list: Vec::new() }
    }

    /// Adds the `[[recipients]]` of the configuration.
    pub fn add_tables(&mut self, tables: Vec<RecipientTable>, document: &Document) -> Result<(), Problem> {
        for (place, table) in tables.into_iter().enumerate() {
            self.add(table, |key| document.in_list("recipients", place, key))?;
        }
        Ok(())
    }

    /// Adds one recipient; `span` tells where the value of a key stands.
    pub fn add(
        &mut self,
        recipient: RecipientTable,
        span: impl Fn(&str) -> Option<Span>,
    ) -> Result<(), Problem> {
        let mailbox = value::parse_recipient(&recipient.email)
            .map_err(|message| Problem::told(span("email"), &message))?;
        let email = mailbox.email.to_string();
        let name = if recipient.name.is_empty() { mailbox.name.unwrap_or_default() } else { recipient.name };
        if !self.seen.insert(Reader::key(&email)) {
            let title = format!("the recipient {} is listed twice", recipient.email);
            return Err(Problem::at(span("email"), title)
                .label("already above")
                .help("remove one of the two"));
        }
        for section in &recipient.sections {
            self.newsletter.check_section(section, span("sections"))?;
        }
        if name.chars().any(char::is_control) {
            let title = "a name must be one line without control characters";
            return Err(Problem::at(span("name"), title));
        }
        self.list.push(Reader { email, name, sections: recipient.sections });
        Ok(())
    }
}

impl Config {
    /// The reader at `address`, whatever its case.
    ///
    /// # Errors
    /// Nobody has it; the error names the nearest address.
    pub fn reader(&self, address: &str) -> Result<&Reader, Error> {
        let wanted =
            value::parse_recipient(address).map_or(address.to_owned(), |parsed| parsed.email.to_string());
        let found = self.readers.iter().find(|reader| Reader::key(&reader.email) == Reader::key(&wanted));
        found.ok_or_else(|| {
            let near = nearest(&wanted, self.readers.iter().map(|reader| reader.email.as_str()));
            let hint = match near {
                Some(near) => format!("did you mean {near}?"),
                None => "`reveille recipients list` names them".to_owned(),
            };
            Error::refused(format!("{address} is none of the {} readers: {hint}", self.readers.len()))
        })
    }
}
