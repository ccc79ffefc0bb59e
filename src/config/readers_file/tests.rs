//! Lists of readers as people keep them, and what is said of those that are wrong.

use super::{super::Newsletter, *};
use crate::model::Reader;

/// The readers in `bytes`, and the rows that are not right.
fn read_bytes(bytes: &[u8], strictly: bool) -> Result<(Vec<Reader>, ReadersFile), String> {
    let newsletter = Newsletter { sections: vec!["Sea".into(), "Land".into()], ..Newsletter::default() };
    let mut readers = Readers::new(&newsletter);
    let file =
        add("/readers.csv".as_ref(), bytes, strictly, &mut readers).map_err(|error| error.to_string())?;
    Ok((readers.list, file))
}

/// The readers in `text`, each in a line: address, name, sections; then what is wrong with which lines.
fn read(text: &str) -> String {
    told(read_bytes(text.as_bytes(), false))
}

fn told(read: Result<(Vec<Reader>, ReadersFile), String>) -> String {
    let (readers, file) = match read {
        Ok(read) => read,
        Err(refused) => return refused,
    };
    let readers = readers.iter().map(|Reader { email, name, sections }| {
        format!("{email} {name} {}", sections.join("+")).trim_end().to_owned()
    });
    let rows = file.bad_rows.iter().map(|BadRow { line, text, why, is_skipped }| {
        format!("{} {line}: {text:?}: {why}", if *is_skipped { "without" } else { "but" })
    });
    readers.chain(rows).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_line_is_a_reader_and_columns_may_come_in_any_order() {
    insta::assert_snapshot!(
        read("\u{feff}Name,Email,Sections\r\n\"Vale, Ada\",ada@example.net,Sea; Land\r\n\r\n,bo@bücher.example\r\n"),
        @r"
        ada@example.net Vale, Ada Sea+Land
        bo@xn--bcher-kva.example
        "
    );
}

#[test]
fn every_country_and_program_saves_the_same_table() {
    let table = "E-Mail;Name;Sections\nada@example.net;Ada Välé;Sea\nbo@example.net;\"Vale; Bo\";Land,Sea\n";
    let expected = "ada@example.net Ada Välé Sea\nbo@example.net Vale; Bo Land+Sea";
    let wide = |bytes: fn(u16) -> [u8; 2], mark: &[u8]| {
        mark.iter().copied().chain(table.encode_utf16().flat_map(bytes)).collect::<Vec<u8>>()
    };
    let with_tabs = table.replace(';', "\t").replace("Vale\t", "Vale;");
    for (how, bytes) in [
        ("as it is", table.as_bytes().to_vec()),
        ("CRLF", table.replace('\n', "\r\n").into_bytes()),
        ("CR", table.replace('\n', "\r").into_bytes()),
        ("tabs", with_tabs.into_bytes()),
        ("sep=", format!("sep=;\r\n{table}").into_bytes()),
        ("UTF-8 with its mark", format!("\u{feff}{table}").into_bytes()),
        ("UTF-16", wide(u16::to_le_bytes, b"\xff\xfe")),
        ("UTF-16 from the big end", wide(u16::to_be_bytes, b"\xfe\xff")),
        ("UTF-16 without its mark", wide(u16::to_le_bytes, b"")),
        ("windows-1252", table.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect()),
    ] {
        assert_eq!(told(read_bytes(&bytes, true)), expected, "{how}");
    }
}

#[test]
fn the_column_of_addresses_is_found_whatever_its_title() {
    for (titles, row) in [
        ("Email Address,First Name,Last Name,Phone", "ada@example.net,Ada,Vale,5550100"),
        ("Vorname;Nachname;E-Mail-Adresse", "Ada;Vale;ada@example.net"),
        ("Prénom;Nom;Courriel", "Ada;Vale;ada@example.net"),
        ("Kontakt;Name", "ada@example.net;Ada Vale"),
        ("Имя;Почта", "Ada Vale;ada@example.net"),
        ("name\tWhere to write", "Ada Vale\tmailto:ada@example.net"),
    ] {
        assert_eq!(read(&format!("{titles}\n{row}\n")), "ada@example.net Ada Vale", "{titles}");
    }
    let (_, file) = read_bytes(b"email,phone,joined\nada@example.net,5550100,May\n", true).unwrap();
    assert_eq!(file.unread, ["phone", "joined"]);
}

#[test]
fn a_list_needs_no_titles() {
    insta::assert_snapshot!(
        read("ada@example.net\nBo Vale <bo@example.net>\nmailto:cy@example.net?subject=hello\n<DI@Example.net>\n"), @r"
        ada@example.net
        bo@example.net Bo Vale
        cy@example.net
        DI@example.net
        ");
    assert_eq!(read("ada@example.net;Ada;Sea\n"), "ada@example.net Ada Sea");
    assert_eq!(read("Ada Vale,ada@example.net\n"), "ada@example.net Ada Vale");
}

#[test]
fn bad_rows_are_named_together_and_cost_nobody_else_the_edition() {
    insta::assert_snapshot!(
        read(
            "email,name,sections\nada@example.net,Ada\nbo,Bo\n\nbo@example.net,Vale, Bo,x\nADA@example.net\n,Cy\n\
             di@example.net,\"Di\n\"ed@example.net\",Ed,See;Land\nfy@@example.net\n"
        ), @r#"
        ada@example.net Ada
        ed@example.net Ed Land
        without 3: "bo,Bo": `bo` is not a mail address; write for example "reader@example.net"
        without 5: "bo@example.net,Vale, Bo,x": this line has more values than there are columns; put a value that holds a `,` in double quotes
        without 6: "ADA@example.net": the recipient ADA@example.net is listed twice; remove one of the two
        without 7: ",Cy": this line has no mail address
        without 8: "di@example.net,\"Di": a quotation mark is opened in this line and never closed; put one at the end of the value, or none
        but 9: "\"ed@example.net\",Ed,See;Land": "See" is not a section of this newsletter; did you mean "Sea"?
        without 10: "fy@@example.net": `fy@@example.net` is not a mail address; write for example "reader@example.net"
        "#
    );
}

#[test]
fn read_strictly_every_bad_row_is_an_error() {
    let list = |bad: usize| {
        let rows = (0..bad).map(|number| format!("reader {number}\n")).collect::<String>();
        told(read_bytes(format!("email\nada@example.net\n{rows}").as_bytes(), true))
    };
    insta::assert_snapshot!(list(2), @r#"
    `reader 0` is not a mail address
     --> /readers.csv:3:1
      |
    3 | reader 0
      | ^^^^^^^^
      |
      = help: write for example "reader@example.net"

    `reader 1` is not a mail address
     --> /readers.csv:4:1
      |
    4 | reader 1
      | ^^^^^^^^
      |
      = help: write for example "reader@example.net"
    "#);
    insta::assert_snapshot!(list(40).lines().skip(24).collect::<Vec<_>>().join("\n"), @r#"
    line 26: `reader 23` is not a mail address; write for example "reader@example.net"
    line 27: `reader 24` is not a mail address; write for example "reader@example.net"
    and 15 more
    "#);
}

#[test]
fn a_file_without_a_reader_is_an_error() {
    for nobody in ["", "\n", "email,name\n", "email\n\n"] {
        assert!(read(nobody).starts_with("there is no mail address in this file"), "{nobody:?}");
    }
    insta::assert_snapshot!(read("name\nBo\n"), @r"
    there is no mail address in this file
     --> /readers.csv:1:1
      |
    1 | name
      | ^^^^
      |
      = help: write one address a line, or a table with a column `email`; if nobody is to be in it, take `recipients_file` out
    ");
    insta::assert_snapshot!(read("email\nbo\n"), @r#"
    `bo` is not a mail address
     --> /readers.csv:2:1
      |
    2 | bo
      | ^^
      |
      = help: write for example "reader@example.net"
    "#);
}
