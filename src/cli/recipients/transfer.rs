//! Readers and suppressed out as CSV, and in again: all that stands between a lost state and mailing people who left. An
//! import never takes anybody off the list of the suppressed.

use std::{collections::BTreeSet, path::Path};

use anyhow::{Context, anyhow};
use csv::{ReaderBuilder, Trim, Writer};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};

use super::{Failure, address, setup, since};
use crate::{
    clock::Clock,
    config::{Config, edit},
    flow::Suppressions,
    model::Reader,
    store::{Cause, Suppression},
    token::{self, Key},
};

/// One line. The state of a reader who is mailed is empty.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
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
            email: email.clone(),
            name: name.clone(),
            sections: sections.join(";"),
            ..Line::default()
        };
        lines.push(match why {
            Some(why) => line.because(config, &why),
            None => line,
        });
    }
    let gone = suppressed.into_iter().flat_map(|(list, _)| list.into_values());
    let mut gone: Vec<Line> = gone
        .filter_map(|why| Some(Line { email: why.email.clone()?, ..Line::default() }.because(config, &why)))
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

/// Takes in what `export` printed: the suppressed first, so that nobody of them is a reader for a moment.
pub async fn import(path: &Path, file: &Path) -> Result<String, Failure> {
    let config = Config::load(path).map_err(Failure::config)?;
    let text = std::fs::read_to_string(file);
    let text = text.with_context(|| format!("cannot read {}", file.display())).map_err(Failure::usage)?;
    let mut lines = Vec::new();
    let mut csv = ReaderBuilder::new()
        .flexible(true)
        .trim(Trim::All)
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    for (number, line) in (2..).zip(csv.deserialize::<Line>()) {
        let wrong = |what: String| Failure::usage(anyhow!("{}, line {number}: {what}", file.display()));
        let line = line.map_err(|error| wrong(error.to_string()))?;
        lines.push(Imported::of(&line, &config).map_err(wrong)?);
    }
    let store = setup::store_beside(&config).await?;
    let done = async {
        let (suppressions, now, mut suppressed) = (Suppressions::of(&store).await?, Clock::system().now(), 0);
        for imported in &lines {
            if let Some((cause, since)) = imported.left {
                let is_new =
                    suppressions.suppress(&imported.reader.email, cause, since.unwrap_or(now)).await?;
                suppressed += usize::from(is_new);
            }
        }
        let readers: Vec<Reader> =
            lines.iter().filter(|line| line.left.is_none()).map(|line| line.reader.clone()).collect();
        let spared = suppressions.spare(&readers).await?;
        Ok::<_, crate::flow::Fault>((suppressed, readers.len() - spared.len(), spared))
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
    Ok(format!("Suppressed {suppressed} more, added {} readers to {}{refused}\n", new.len(), path.display()))
}

/// A line that makes sense.
struct Imported {
    reader: Reader,
    /// Why and since when they are mailed nothing.
    left: Option<(Cause, Option<Timestamp>)>,
}

impl Imported {
    fn of(line: &Line, config: &Config) -> Result<Imported, String> {
        let email = address(&line.email).map_err(|failure| failure.told())?;
        let sections = line.sections.split(';').map(str::trim).filter(|name| !name.is_empty());
        let reader =
            Reader { email, name: line.name.clone(), sections: sections.map(str::to_owned).collect() };
        let left = match line.state.as_str() {
            "" => None,
            word => Some((word.parse()?, day(&line.since, &config.newsletter.timezone)?)),
        };
        Ok(Imported { reader, left })
    }
}

/// The beginning of a day.
fn day(text: &str, zone: &TimeZone) -> Result<Option<Timestamp>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let wrong = |error: jiff::Error| format!("{text:?} is not a date: {error}");
    let date: Date = text.parse().map_err(wrong)?;
    Ok(Some(date.to_zoned(zone.clone()).map_err(wrong)?.timestamp()))
}

impl Line {
    fn because(self, config: &Config, why: &Suppression) -> Line {
        Line { state: why.cause.word().to_owned(), since: since(config, why), ..self }
    }
}
