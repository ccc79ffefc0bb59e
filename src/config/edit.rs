//! A change in, the file with a feed or recipient added or removed out; never touches another byte, comments
//! included. The result is checked before it is written in one step, so the file is always valid.

use std::path::Path;

use toml::de::DeTable;
use toml_edit::{Table, value};

use super::{
    Config, Error, FeedAddress,
    document::Document,
    environment,
    nearest::nearest,
    place::{self, replace},
    splice,
    value::parse_recipient,
};
use crate::{model::Reader, secret::hidden};

/// A feed to be added, as it will be written; what is absent takes its default.
#[derive(Debug, Clone, Default)]
pub struct NewFeed {
    /// `http(s)` address, or a file relative to the configuration.
    pub url: String,
    pub outlet: Option<String>,
    pub section: Option<String>,
    pub owner: Option<String>,
}

/// Adds a feed after the last one.
///
/// # Errors
/// The address is already there, or the file would not be valid with it.
pub fn add_feed(path: &Path, new: &NewFeed) -> Result<Config, Error> {
    let source = sound(path)?;
    let wanted = address(path, &new.url)?;
    let document = parsed(path, &source)?;
    if document
        .list("feeds")
        .any(|(_, table)| address(path, text(table, "url")).is_ok_and(|url| url == wanted))
    {
        return Err(Error::refused(format!(
            "the feed {} is already in {}",
            hidden(&new.url),
            path.display()
        )));
    }
    let mut table = Table::new();
    table.insert("url", value(&new.url));
    for (key, given) in [("outlet", &new.outlet), ("section", &new.section), ("owner", &new.owner)] {
        if let Some(given) = given {
            table.insert(key, value(given));
        }
    }
    write(path, &added(&source, &document, "feeds", &[table])?)
}

/// Removes the feed with this address, or of this outlet if it has only one.
///
/// # Errors
/// There is no such feed, or several.
pub fn remove_feed(path: &Path, which: &str) -> Result<Config, Error> {
    let source = sound(path)?;
    let document = parsed(path, &source)?;
    let wanted = address(path, which).ok();
    let is_wanted = |table: &DeTable| match (address(path, text(table, "url")), &wanted) {
        (Ok(url), Some(wanted)) => url.as_str() == wanted.as_str(),
        _ => false,
    };
    let mut found: Vec<_> = document.list("feeds").filter(|(_, table)| is_wanted(table)).collect();
    if found.is_empty() {
        found = document.list("feeds").filter(|(_, table)| text(table, "outlet") == which).collect();
    }
    match &found[..] {
        [(header, table)] => write(path, &splice::remove(&source, header.clone(), table)),
        [] => {
            let known =
                document.list("feeds").flat_map(|(_, table)| [text(table, "url"), text(table, "outlet")]);
            let near = nearest(which, known).map(|near| format!("; did you mean {}?", hidden(near)));
            let (which, near) = (hidden(which), near.unwrap_or_default());
            Err(Error::refused(format!("there is no feed {which} in {}{near}", path.display())))
        }
        [..] => Err(Error::refused(format!(
            "{} has {} feeds: name one by its address (`reveille feeds list`)",
            hidden(which),
            found.len()
        ))),
    }
}

/// Adds a recipient after the last one.
///
/// # Errors
/// The address is there already, or the file would not be sound with it.
pub fn add_recipient(path: &Path, new: &Reader) -> Result<Config, Error> {
    let wanted = folded(&new.email)?;
    let known = Config::load(path)?.readers;
    if known.iter().any(|reader| Reader::key(&reader.email) == wanted) {
        return Err(Error::refused(format!("{} is already a recipient", new.email)));
    }
    add_recipients(path, std::slice::from_ref(new))
}

/// Adds recipients after the last one, all or none.
///
/// # Errors
/// One is there already or twice, or the file would not be sound with them.
pub fn add_recipients(path: &Path, new: &[Reader]) -> Result<Config, Error> {
    let source = sound(path)?;
    let tables: Vec<Table> = new.iter().map(table_of).collect();
    let document = parsed(path, &source)?;
    write(path, &added(&source, &document, "recipients", &tables)?)
}

fn table_of(reader: &Reader) -> Table {
    let mut table = Table::new();
    table.insert("email", value(&reader.email));
    if !reader.name.is_empty() {
        table.insert("name", value(&reader.name));
    }
    if !reader.sections.is_empty() {
        table.insert("sections", value(reader.sections.iter().collect::<toml_edit::Array>()));
    }
    table
}

/// Removes the recipient with this address, whatever its case.
///
/// # Errors
/// There is no such recipient, or it stands in the `recipients_file`, which is not edited.
pub fn remove_recipient(path: &Path, email: &str) -> Result<Config, Error> {
    let source = sound(path)?;
    let wanted = folded(email)?;
    let document = parsed(path, &source)?;
    let is_wanted = |table: &DeTable| folded(text(table, "email")).is_ok_and(|email| email == wanted);
    if let Some((header, table)) = document.list("recipients").find(|(_, table)| is_wanted(table)) {
        return write(path, &splice::remove(&source, header, table));
    }
    if Config::load(path)?.readers.iter().any(|reader| Reader::key(&reader.email) == wanted) {
        return Err(Error::refused(format!("{email} stands in the recipients_file: delete its line there")));
    }
    let known = document.list("recipients").map(|(_, table)| text(table, "email"));
    let near = nearest(email, known).map(|near| format!("; did you mean {near}?")).unwrap_or_default();
    Err(Error::refused(format!("{email} is not a recipient{near}")))
}

/// The text of the file, which is valid as it is.
fn sound(path: &Path) -> Result<String, Error> {
    let source = place::read(path)?;
    Config::parse(path, &source, &environment)?;
    Ok(source)
}

fn parsed<'s>(path: &Path, source: &'s str) -> Result<Document<'s>, Error> {
    Document::parse(source).map_err(|problem| Error::marked(path, source, vec![problem]))
}

/// The source with more tables in the list `name`.
fn added(source: &str, document: &Document, name: &str, tables: &[Table]) -> Result<String, Error> {
    let blocks: Vec<String> = tables.iter().map(|table| format!("[[{name}]]\n{table}")).collect();
    if blocks.is_empty() {
        return Ok(source.to_owned());
    }
    let block = blocks.join("\n");
    let last = document.list(name).last();
    let is_inline = document.root().contains_key(name)
        && !last
            .as_ref()
            .is_some_and(|(header, _)| source.get(header.clone()).unwrap_or("").starts_with("[["));
    if is_inline {
        return Err(Error::refused(format!(
            "`{name} = [...]` cannot be added to: write the list as [[{name}]] tables"
        )));
    }
    Ok(splice::insert(source, last, &block))
}

/// Checks the new text and replaces the old one.
fn write(path: &Path, source: &str) -> Result<Config, Error> {
    let config = Config::parse(path, source, &environment).map_err(|error| match error {
        Error::Marked { first, .. } => Error::refused(first),
        other => other,
    })?;
    replace(path, source).map_err(|error| Error::unwritable(path, error))?;
    Ok(config)
}

/// The address that a feed's `url` means in the configuration at `path`.
fn address(path: &Path, url: &str) -> Result<FeedAddress, Error> {
    let folder = std::path::absolute(path).map_err(|error| Error::unreadable(path, error))?;
    let folder = folder.parent().unwrap_or(Path::new("/"));
    FeedAddress::new(url, folder).map_err(|(title, help)| Error::refused(format!("{title}: {help}")))
}

/// The text under `key`, empty if there is none.
fn text<'t>(table: &'t DeTable, key: &str) -> &'t str {
    table.get(key).and_then(|value| value.get_ref().as_str()).unwrap_or_default()
}

/// An address as addresses are compared.
fn folded(email: &str) -> Result<String, Error> {
    let mailbox = parse_recipient(email).map_err(|message| Error::refused(message.replace('\n', ": ")))?;
    Ok(Reader::key(mailbox.email.as_ref()))
}

#[cfg(test)]
mod tests;
