//! Readers and suppressed out as CSV, and in again: all that stands between a lost state and mailing people who left. An
//! import never takes anybody off the list of the suppressed.

use std::{collections::BTreeSet, path::Path};

use anyhow::Context;
use csv::Writer;
use serde::Serialize;

use super::{Failure, Status, complain, say, setup, since, summary};
use crate::{
    clock::Clock,
    config::{Config, Imported, Left, edit, harmless},
    flow::Suppressions,
    model::Reader,
    store::Suppression,
    token::{self, Key},
};

/// One line, no cell of it a formula. The state of a reader who is mailed is empty.
#[derive(Debug, Default, Serialize)]
struct Line {
    email: String,
    name: String,
    /// Apart by `;`.
    sections: String,
    /// Why somebody is mailed nothing.
    state: String,
    /// Since when: a date.
    since: String,
}

/// Everybody: the readers in their order, then who was suppressed and is no reader any more. Who was forgotten has no address
/// to be printed.
pub async fn export(config: &Config) -> Result<String, Failure> {
    let mut suppressed = match config.store.file.exists() {
        true => {
            let store = setup::store_beside(config).await?;
            let (list, key) = (store.suppressions().await?, Key::new(&store.identity().await?.secret));
            store.close().await;
            Some((list, key))
        }
        false => None,
    };
    let mut lines = Vec::new();
    for Reader { email, name, sections } in &config.readers {
        let why = suppressed.as_mut().and_then(|(list, key)| list.remove(&token::pseudonym(key, email)));
        let line = Line {
            email: harmless(email),
            name: harmless(name),
            sections: harmless(&sections.join(";")),
            ..Line::default()
        };
        lines.push(match why {
            Some(why) => line.because(config, &why),
            None => line,
        });
    }
    let gone = suppressed.into_iter().flat_map(|(list, _)| list.into_values());
    let mut gone: Vec<Line> = gone
        .filter_map(|why| {
            Some(Line { email: harmless(why.email.as_ref()?), ..Line::default() }.because(config, &why))
        })
        .collect();
    gone.sort_by(|one, other| one.email.cmp(&other.email));
    let mut csv = Writer::from_writer(Vec::new());
    for line in lines.iter().chain(&gone) {
        csv.serialize(line)?;
    }
    if lines.is_empty() && gone.is_empty() {
        return Ok("email,name,sections,state,since\n".to_owned());
    }
    Ok(String::from_utf8(csv.into_inner().context("cannot write CSV")?)?)
}

/// Takes in what `export` printed, or any table of readers: the suppressed first, so that nobody of them is a reader for a
/// moment. A row that cannot be used costs nobody else their place; it is named, and the status tells.
pub async fn import(path: &Path, file: &Path) -> Result<Status, Failure> {
    let config = Config::load(path).map_err(Failure::config)?;
    let bytes = std::fs::read(file);
    let bytes = bytes.with_context(|| format!("cannot read {}", file.display())).map_err(Failure::usage)?;
    let table = Imported::read(file, &bytes, &config.newsletter).map_err(Failure::usage)?;
    let store = setup::store_beside(&config).await?;
    let done = async {
        let (suppressions, now, mut suppressed) = (Suppressions::of(&store).await?, Clock::system().now(), 0);
        for Left { email, cause, since } in &table.left {
            let since = since.and_then(|day| day.to_zoned(config.newsletter.timezone.clone()).ok());
            let since = since.map_or(now, |day| day.timestamp());
            suppressed += usize::from(suppressions.suppress(email, *cause, since).await?);
        }
        let spared = suppressions.spare(&table.readers).await?;
        Ok::<_, crate::flow::Fault>((suppressed, table.readers.len() - spared.len(), spared))
    };
    let done = done.await.map_err(setup::failure);
    store.close().await;
    let (suppressed, refused, readers) = done?;
    let known: BTreeSet<String> = config.readers.iter().map(|reader| Reader::key(&reader.email)).collect();
    let new: Vec<Reader> =
        readers.into_iter().filter(|reader| !known.contains(&Reader::key(&reader.email))).collect();
    edit::add_recipients(path, &new).map_err(Failure::edit)?;
    let refused = match refused {
        0 => String::new(),
        refused => format!("; {refused} asked to leave before and are not added"),
    };
    let bad = &table.file.bad_rows;
    for row in bad {
        complain(&summary::bad_row(file, row));
    }
    say(&format!(
        "Suppressed {suppressed} more, added {} readers to {}{refused}\n",
        new.len(),
        path.display()
    ))?;
    Ok(if bad.is_empty() { Status::Done } else { Status::Usage })
}

impl Line {
    fn because(self, config: &Config, why: &Suppression) -> Line {
        Line { state: why.cause.word().to_owned(), since: since(config, why), ..self }
    }
}
