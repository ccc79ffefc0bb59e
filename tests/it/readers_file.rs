//! A list of readers out of a spreadsheet: who is mailed, and what is said of lines that are wrong.

use crate::scene::Scene;

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
