//! A digest and a reader in, everything the page shows of this reader's copy out. Its unsubscribe links never
//! work, because whoever looks at it may try them.

use super::workshop::Digest;
use crate::{
    config::Config,
    flow::{
        LetterError, Letterhead,
        proof::{Form, message, printed, with_sender},
    },
    lint::{self, Examined},
    model::{Edition, Reader},
    render::{self, Measure, Personal},
};

const STAND_IN: &str = "No sender is configured yet ([mail] from): newsletter@example.com stands in.";

/// One reader's copy.
#[derive(Debug, Default)]
pub struct Sheet {
    pub text: String,
    pub markdown: String,
    /// The message; empty when none can be made.
    pub message: String,
    pub examined: Examined,
    pub measure: Measure,
    /// Why no message can be made, or which placeholders stand in for missing settings.
    pub remark: Option<String>,
}

impl Sheet {
    pub fn of(digest: &Digest, edition: &Edition, reader: Option<&Reader>) -> Sheet {
        let config = with_sender(&digest.config);
        let letterhead = letterhead(digest, &config);
        let personal = personal(letterhead.as_ref().ok(), reader);
        let words = |form| printed(form, edition, &digest.look, personal.as_ref()).unwrap_or_default();
        let mut sheet = Sheet {
            text: words(Form::Text),
            markdown: words(Form::Markdown),
            measure: render::measure(edition, &digest.look, personal.as_ref()),
            remark: digest.config.mail.from.is_none().then(|| STAND_IN.to_owned()),
            ..Sheet::default()
        };
        match letterhead.and_then(|letterhead| message(&letterhead, edition, reader)) {
            Ok(bytes) => {
                sheet.examined = lint::examine(&bytes, edition.composed_at);
                sheet.message = String::from_utf8_lossy(&bytes).into_owned();
            }
            Err(error) => {
                sheet.remark = Some(format!("No message can be made: {:#}", anyhow::Error::new(error)));
            }
        }
        sheet
    }
}

/// The HTML of one reader's copy, or of nobody's when no letterhead can be made.
pub fn html(digest: &Digest, edition: &Edition, reader: Option<&Reader>) -> String {
    let config = with_sender(&digest.config);
    let letterhead = letterhead(digest, &config).ok();
    render::html(edition, &digest.look, personal(letterhead.as_ref(), reader).as_ref())
}

fn letterhead<'a>(digest: &'a Digest, config: &'a Config) -> Result<Letterhead<'a>, LetterError> {
    let mut letterhead = Letterhead::sample(config, &digest.look, &digest.identity)?;
    letterhead.for_editor = digest.for_editor.to_vec();
    Ok(letterhead)
}

fn personal(letterhead: Option<&Letterhead>, reader: Option<&Reader>) -> Option<Personal> {
    letterhead.zip(reader).map(|(letterhead, reader)| letterhead.personal(reader))
}
