//! A list of readers out of a spreadsheet: who is mailed, and what is said of lines that are wrong.

use crate::scene::{Ended, Scene};

const LIST: &str = "E-Mail;Name;Phone\r\nann@example.net;Ann;1\r\nbo at example.net;Bo;2\r\ncy@example.net;Cy;3\r\nAnn@example.net;;\r\n";

fn gazette(settings: &str) -> Scene {
    let scene = Scene::new()
        .outlet("Gazette", &[("Mill grinds again", "<p>The mill of Aldersund grinds again.</p>")])
        .top(&format!("recipients_file = \"readers.csv\"\n{settings}"));
    scene.write("readers.csv", LIST);
    scene
}

#[test]
fn a_wrong_line_is_named_and_everybody_else_is_mailed() {
    let scene = gazette("");
    let ran = scene.run().expect(0);
    assert_eq!(scene.mailed(), ["ann@example.net", "cy@example.net"]);
    assert!(
        ran.stderr.contains("readers.csv: line 3 is left out (\"bo at example.net;Bo;2\")"),
        "{}",
        ran.stderr
    );
    assert!(
        ran.stderr.contains("line 5 is left out (\"Ann@example.net;;\"): the recipient"),
        "{}",
        ran.stderr
    );
    let checked = scene.reveille(&["check", "--offline"]).expect(0).stdout;
    assert!(
        checked.contains("WARN") && checked.contains("line 3") && checked.contains("line 5"),
        "{checked}"
    );
    assert!(checked.contains("nothing is read of the columns Phone"), "{checked}");
}

#[test]
fn of_many_wrong_lines_a_run_names_a_few_and_a_check_all() {
    let scene = gazette("");
    let wrong: String = (0..2000).map(|number| format!("reader {number}\n")).collect();
    scene.write("readers.csv", format!("email\nann@example.net\n{wrong}"));
    let ran = scene.run().expect(0);
    assert!(ran.stderr.lines().count() < 10 && ran.stderr.contains("1997 more lines"), "{}", ran.stderr);
    assert!(scene.reveille(&["check", "--offline"]).expect(0).stdout.contains("line 2002 is left out"));
}

#[test]
fn read_strictly_a_wrong_line_stops_the_mail() {
    let scene = gazette("recipients_strict = true\n");
    let ran = scene.run().expect(3);
    assert!(
        ran.stderr.contains("readers.csv:3:1") && ran.stderr.contains("readers.csv:5:1"),
        "{}",
        ran.stderr
    );
    assert!(scene.mailed().is_empty());
}

#[test]
fn a_list_that_is_gone_or_empty_stops_the_mail() {
    let scene = gazette("").readers(&["ann"]);
    scene.write("readers.csv", "");
    assert!(scene.run().expect(3).stderr.contains("no mail address in this file"));
    std::fs::remove_file(scene.path("readers.csv")).expect("removed");
    assert!(scene.run().expect(3).stderr.contains("cannot read the readers' file"));
    assert!(scene.mailed().is_empty());
}

/// The list imported into a newsletter whose sections are Sea and Land.
fn imported(table: &[u8]) -> (Scene, Ended) {
    let scene = Scene::new()
        .outlet("Gazette", &[("Mill grinds again", "<p>The mill of Aldersund grinds again.</p>")])
        .newsletter("sections = [\"Sea\", \"Land\"]\n");
    scene.configure();
    scene.write("people.csv", table);
    let ended = scene.reveille(&["recipients", "import", "people.csv", "-c", "feeds.toml"]);
    (scene, ended)
}

const PEOPLE: &str = "E-Mail;Name;Sections;State;Since\n\
    asa@example.net;Åsa Välé;Sea,Land;;\n\
    left@example.net;;;unsubscribed;20.11.2026\n\
    \"bo@example.net\";\"Vale; Bo\";;;\n";

#[test]
fn an_import_reads_what_any_spreadsheet_saves() {
    let wide = |bytes: fn(u16) -> [u8; 2], mark: &[u8]| {
        mark.iter().copied().chain(PEOPLE.encode_utf16().flat_map(bytes)).collect::<Vec<u8>>()
    };
    let tabs = PEOPLE.replace(';', "\t").replace("Vale\t", "Vale;");
    for (how, bytes) in [
        ("semicolons", PEOPLE.as_bytes().to_vec()),
        ("tabs in UTF-16", tabs.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("UTF-16 from the big end", wide(u16::to_be_bytes, b"\xfe\xff")),
        ("windows-1252", PEOPLE.chars().map(|c| u8::try_from(u32::from(c)).expect("latin")).collect()),
        ("a mark and CRLF", format!("\u{feff}sep=;\r\n{}", PEOPLE.replace('\n', "\r\n")).into_bytes()),
    ] {
        let (scene, ended) = imported(&bytes);
        let ended = ended.expect(0);
        assert_eq!(
            (ended.stdout.as_str(), ended.stderr.as_str()),
            ("Suppressed 1 more, added 2 readers to feeds.toml\n", ""),
            "{how}"
        );
        let exported = scene.reveille(&["recipients", "export", "-c", "feeds.toml"]).expect(0).stdout;
        assert_eq!(
            exported,
            "email,name,sections,state,since\nasa@example.net,Åsa Välé,Sea;Land,,\nbo@example.net,Vale; Bo,,,\n\
             left@example.net,,,unsubscribed,2026-11-20\n",
            "{how}"
        );
    }
}

#[test]
fn no_exported_cell_is_a_formula_and_an_import_reads_it_as_it_was() {
    let people = "email,name\n+ann@example.net,'=1+1\n'-bo@example.net,'@bo\ncy@example.net,''=2\n";
    let (scene, ended) = imported(people.as_bytes());
    ended.expect(0);
    let table =
        |scene: &Scene| scene.reveille(&["recipients", "export", "-c", "feeds.toml"]).expect(0).stdout;
    let exported = table(&scene);
    assert_eq!(
        exported,
        "email,name,sections,state,since\n'+ann@example.net,'=1+1,,,\n'-bo@example.net,'@bo,,,\n\
         cy@example.net,''=2,,,\n"
    );
    let (again, ended) = imported(exported.as_bytes());
    ended.expect(0);
    assert_eq!(table(&again), exported);
    let written = again.read("feeds.toml");
    assert!(written.contains("\"=1+1\"") && written.contains("\"+ann@example.net\""), "{written}");
}

#[test]
fn a_bad_row_of_an_import_is_named_and_the_others_are_taken() {
    let (scene, ended) = imported(
        b"email,name,sections,state,since\nann@example.net,Ann\nbo at example.net,Bo\ncy@example.net,Cy,Moon\n\
          di@example.net,Di,,gone fishing\ned@example.net,\"Ed\nANN@example.net\nfay@example.net,,,bounced,03/04/2026\n\
          gus@example.net,Gus\n",
    );
    let ended = ended.expect(2);
    assert_eq!(ended.stdout, "Suppressed 1 more, added 3 readers to feeds.toml\n");
    let said: Vec<&str> = ended.stderr.lines().collect();
    for (line, what) in [
        ("line 3 is left out (\"bo at example.net,Bo\")", "is not a mail address"),
        ("line 4 (\"cy@example.net", "\"Moon\" is not a section"),
        ("line 5 is left out (\"di@example.net", "gone fishing"),
        ("line 6 is left out (\"ed@example.net", "never closed"),
        ("line 7 is left out (\"ANN@example.net\")", "listed twice"),
        ("line 8 (\"fay@example.net", "leaves open which day"),
    ] {
        let named = |said: &&str| said.contains(line) && said.contains(what);
        assert!(said.iter().any(named), "{line} {what}\n{}", ended.stderr);
    }
    assert_eq!(said.len(), 6, "{}", ended.stderr);
    let listed = scene.reveille(&["recipients", "list", "-c", "feeds.toml"]).expect(0).stdout;
    assert!(["ann@", "cy@", "gus@"].iter().all(|name| listed.contains(name)), "{listed}");
    assert!(!listed.contains("fay@"), "{listed}");
}

#[test]
fn who_is_marked_as_gone_in_the_list_of_readers_is_not_mailed() {
    let scene = gazette("");
    scene.write(
        "readers.csv",
        "email,name,sections,state,since\nann@example.net,,,,\nbo@example.net,,,unsubscribed,2026-11-20\n\
         cy@example.net,,,Ohio,\n",
    );
    assert_eq!(scene.run().expect(0).stderr, "");
    assert_eq!(scene.mailed(), ["ann@example.net", "cy@example.net"]);
}
