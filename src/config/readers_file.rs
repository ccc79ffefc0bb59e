//! The `recipients_file`: CSV with the columns `email`, `name` and `sections` (apart by `;`), named in its first
//! line. Text in, recipients with the place of their lines out; does not open the file.

use csv::{ReaderBuilder, StringRecord, Trim};

use super::{
    document::{Problem, Span},
    nearest::nearest,
    reader::{Readers, RecipientTable},
};

const COLUMNS: [&str; 3] = ["email", "name", "sections"];

/// Adds every recipient of the CSV text `source`; none when it is blank. Lines may leave out columns at their
/// end.
pub(super) fn add(source: &str, readers: &mut Readers) -> Result<(), Problem> {
    if source.trim().is_empty() {
        return Ok(());
    }
    let mut lines = ReaderBuilder::new().flexible(true).trim(Trim::All).from_reader(source.as_bytes());
    let columns = columns(lines.headers().map_err(|error| broken(source, &error))?, source)?;
    for line in lines.records() {
        let line = line.map_err(|error| broken(source, &error))?;
        let span = || span_of(source, &line);
        let value = |name: &str| {
            let place = columns.iter().position(|column| column == name);
            place.and_then(|place| line.get(place)).unwrap_or_default().to_owned()
        };
        if line.len() > columns.len() {
            let help = "put a value that holds a comma in double quotes; sections are apart by `;`";
            return Err(Problem::at(span(), "this line has more values than there are columns").help(help));
        }
        let sections = value("sections");
        let sections = sections.split(';').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned);
        let recipient =
            RecipientTable { email: value("email"), name: value("name"), sections: sections.collect() };
        readers.add(recipient, |_| span())?;
    }
    Ok(())
}

/// The columns in the order of the first line.
fn columns(header: &StringRecord, source: &str) -> Result<Vec<String>, Problem> {
    let columns: Vec<String> = header.iter().map(str::to_lowercase).collect();
    let wrong = |title: String| Problem::at(span_of(source, header), title).label("the names of the columns");
    if let Some(unknown) = columns.iter().find(|column| !COLUMNS.contains(&column.as_str())) {
        let help = match nearest(unknown, COLUMNS.into_iter()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "the first line names the columns: email,name,sections".to_owned(),
        };
        return Err(wrong(format!("unknown column `{unknown}`")).help(help));
    }
    if !columns.iter().any(|column| column == "email") {
        let help = "the first line names the columns: email,name,sections";
        return Err(wrong("there is no column `email`".to_owned()).help(help));
    }
    Ok(columns)
}

fn broken(source: &str, error: &csv::Error) -> Problem {
    let span = error.position().map(|position| line_at(source, position.byte()));
    Problem::at(span, format!("this is not CSV: {error}"))
}

fn span_of(source: &str, record: &StringRecord) -> Option<Span> {
    record.position().map(|position| line_at(source, position.byte()))
}

/// The line that begins at `byte`, or at the first text after it.
fn line_at(source: &str, byte: u64) -> Span {
    let start = usize::try_from(byte).unwrap_or(usize::MAX).min(source.len());
    let rest = source.get(start..).unwrap_or_default();
    let text = rest.trim_start_matches(['\r', '\n', '\u{feff}']);
    let start = start + rest.len() - text.len();
    start..start + text.lines().next().unwrap_or_default().len()
}

#[cfg(test)]
mod tests {
    use super::{
        super::{Newsletter, error::Error},
        *,
    };
    use crate::model::Reader;

    fn read(source: &str) -> Result<Vec<Reader>, String> {
        let newsletter = Newsletter { sections: vec!["Sea".into(), "Land".into()], ..Newsletter::default() };
        let mut readers = Readers::new(&newsletter);
        match add(source, &mut readers) {
            Ok(()) => Ok(readers.list),
            Err(problem) => Err(Error::marked("/readers.csv".as_ref(), source, problem).to_string()),
        }
    }

    #[test]
    fn a_line_is_a_reader_and_columns_may_come_in_any_order() {
        let readers = read(
            "\u{feff}Name,Email,Sections\r\n\"Vale, Ada\",ada@example.net,Sea; Land\r\n\r\n,bo@bücher.example\r\n",
        );
        let ada = Reader {
            email: "ada@example.net".into(),
            name: "Vale, Ada".into(),
            sections: vec!["Sea".into(), "Land".into()],
        };
        let bo = Reader { email: "bo@xn--bcher-kva.example".into(), ..Reader::default() };
        assert_eq!(readers, Ok(vec![ada, bo]));
        assert_eq!((read(""), read("email\n")), (Ok(vec![]), Ok(vec![])));
    }

    #[test]
    fn a_bad_line_is_marked() {
        insta::assert_snapshot!(read("email,name\nada@example.net,Ada\n\nbo,Bo\n").unwrap_err(), @r#"
        `bo` is not a mail address
         --> /readers.csv:4:1
          |
        4 | bo,Bo
          | ^^^^^
          |
          = help: write for example "reader@example.net"
        "#);
        insta::assert_snapshot!(read("email\nada@example.net\nADA@example.net\n").unwrap_err(), @r"
        the recipient ADA@example.net is listed twice
         --> /readers.csv:3:1
          |
        3 | ADA@example.net
          | ^^^^^^^^^^^^^^^ already above
          |
          = help: remove one of the two
        ");
        insta::assert_snapshot!(read("email,name,sections\nada@example.net,Ada,See\n").unwrap_err(), @r#"
        "See" is not a section of this newsletter
         --> /readers.csv:2:1
          |
        2 | ada@example.net,Ada,See
          | ^^^^^^^^^^^^^^^^^^^^^^^ unknown section
          |
          = help: did you mean "Sea"?
        "#);
        insta::assert_snapshot!(read("email\nada@example.net,Sea,Land\n").unwrap_err(), @r"
        this line has more values than there are columns
         --> /readers.csv:2:1
          |
        2 | ada@example.net,Sea,Land
          | ^^^^^^^^^^^^^^^^^^^^^^^^
          |
          = help: put a value that holds a comma in double quotes; sections are apart by `;`
        ");
    }

    #[test]
    fn the_first_line_names_the_columns() {
        insta::assert_snapshot!(read("ada@example.net\nbo@example.net\n").unwrap_err(), @r"
        unknown column `ada@example.net`
         --> /readers.csv:1:1
          |
        1 | ada@example.net
          | ^^^^^^^^^^^^^^^ the names of the columns
          |
          = help: the first line names the columns: email,name,sections
        ");
        insta::assert_snapshot!(read("e-mail,name\nbo@example.net,Bo\n").unwrap_err(), @r"
        unknown column `e-mail`
         --> /readers.csv:1:1
          |
        1 | e-mail,name
          | ^^^^^^^^^^^ the names of the columns
          |
          = help: did you mean `email`?
        ");
        insta::assert_snapshot!(read("name\nBo\n").unwrap_err(), @r"
        there is no column `email`
         --> /readers.csv:1:1
          |
        1 | name
          | ^^^^ the names of the columns
          |
          = help: the first line names the columns: email,name,sections
        ");
    }
}
