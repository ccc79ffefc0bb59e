//! The commands as they are typed: help, first steps, previews, and errors that say what to do.

use crate::scene::{
    MORNING, Scene,
    dns::Dns,
    smtp::{Act, At, Smtp},
};

const MILL: &str =
    "<p>The mill of Aldersund, idle since the flood, grinds again from Tuesday, its keeper says.</p>";

fn gazette() -> Scene {
    Scene::new().outlet("Gazette", &[("Aldersund mill grinds again", MILL)]).readers(&["ann"])
}

#[test]
fn help_names_every_command_with_examples_and_exit_statuses() {
    let help = Scene::new().reveille(&["--help"]).expect(0).stdout;
    for word in [
        "run",
        "preview",
        "demo",
        "explain",
        "init",
        "check",
        "doctor",
        "inspect",
        "feeds",
        "recipients",
        "login",
        "dkim",
        "template",
        "test-email",
    ] {
        assert!(help.lines().any(|line| line.trim_start().starts_with(word)), "{word} in {help}");
    }
    assert!(help.contains("Examples:") && help.contains("Exit status:"), "{help}");
    let version = Scene::new().reveille(&["--version"]).expect(0).stdout;
    assert_eq!(version.trim(), concat!("reveille ", env!("CARGO_PKG_VERSION")));
}

#[test]
fn from_init_to_a_reader_in_four_commands() {
    let scene = Scene::new();
    scene.reveille(&["init"]).expect(0);
    scene.reveille(&["init"]).expect(2);
    scene.reveille(&["feeds", "add", "gazette.xml", "--outlet", "Gazette"]).expect(0);
    scene.reveille(&["recipients", "add", "ann@example.net"]).expect(0);
    let feeds = scene.reveille(&["feeds", "list"]).expect(0).stdout;
    assert!(feeds.contains("Gazette") && feeds.contains("Stars and Stripes"), "{feeds}");
    let readers = scene.reveille(&["recipients", "list"]).expect(0).stdout;
    assert!(readers.contains("ann@example.net"), "{readers}");
    scene.reveille(&["recipients", "remove", "ann@example.net"]).expect(0);
    scene.reveille(&["feeds", "remove", "gazette.xml"]).expect(0);
    assert!(scene.read("feeds.toml").contains("# "), "comments are kept");
}

#[test]
fn a_preview_is_written_in_the_form_its_name_asks_for() {
    let scene = gazette();
    scene.configure();
    for (name, sign) in [
        ("p.html", "<!DOCTYPE html"),
        ("p.txt", "MORNING POST"),
        ("p.md", "# Morning Post"),
        ("p.eml", "List-Id:"),
    ] {
        scene.reveille(&["preview", "-c", "feeds.toml", "--at", MORNING, "--output", name]).expect(0);
        let written = scene.read(name);
        assert!(written.to_lowercase().contains(&sign.to_lowercase()), "{name}: {written}");
        assert!(written.contains("Aldersund mill"), "{name}: {written}");
    }
    let wrong = scene.reveille(&["preview", "-c", "feeds.toml", "--output", "p.pdf"]).expect(2);
    assert!(wrong.stderr.contains(".html, .txt, .md or .eml"), "{}", wrong.stderr);
}

#[test]
fn a_preview_touches_no_edition_and_sends_nothing() {
    let scene = gazette();
    scene.configure();
    scene.reveille(&["preview", "-c", "feeds.toml", "--at", MORNING]).expect(0);
    assert!(scene.mailed().is_empty());
    let first = scene.read("preview.html");
    scene.run().expect(0);
    assert_eq!(scene.mailed(), ["ann@example.net"]);
    scene.reveille(&["preview", "-c", "feeds.toml", "--at", MORNING]).expect(0);
    assert_eq!(scene.read("preview.html"), first, "the same input, the same digest, sealed or not");
}

#[test]
fn a_check_tries_the_sender_and_sends_nothing() {
    let server =
        Smtp::start().when(At::Mail, "post@news", Act::Say("553 5.7.1 <post@news.example.com>: not yours"));
    let (scene, dns) = (
        Scene::with_mail(server)
            .outlet("Gazette", &[("Aldersund mill grinds again", MILL)])
            .readers(&["ann"]),
        Dns::start(),
    );
    scene.configure();
    let checked = scene.reveille(&["check", "-c", "feeds.toml", "--dns", &dns.address()]).expect(5).stdout;
    assert!(
        checked.contains("FAIL  mail:") && checked.contains("takes no mail from post@news.example.com"),
        "{checked}"
    );
    let scene = gazette();
    scene.configure();
    let checked = scene.reveille(&["check", "-c", "feeds.toml", "--dns", &dns.address()]).expect(0).stdout;
    assert!(checked.contains("ok    mail: the server takes mail from post@news.example.com"), "{checked}");
    let said = scene.mail.commands();
    assert!(said.iter().any(|command| command.starts_with("RSET")) && scene.mailed().is_empty(), "{said:?}");
}

#[test]
fn a_check_tells_what_works_and_what_does_not() {
    let scene = gazette().feed("Herald", "missing.xml");
    scene.configure();
    let dns = Dns::start();
    let checked = scene.reveille(&["check", "-c", "feeds.toml", "--dns", &dns.address()]).expect(4).stdout;
    assert!(checked.contains("ok    Gazette: 1 entry"), "{checked}");
    assert!(checked.contains("FAIL  Herald") && checked.contains("ok    mail:"), "{checked}");
    assert!(!scene.path("state.db").exists(), "a check leaves no state");
}

#[test]
fn an_error_in_the_configuration_shows_the_line_and_the_nearest_key() {
    let scene = gazette().settings("[cluster]\n[brief]\nmax_qoutes = 3\n");
    scene.configure();
    let wrong = scene.reveille(&["check", "-c", "feeds.toml"]).expect(3).stderr;
    for word in ["feeds.toml:", "max_qoutes", "max_quotes"] {
        assert!(wrong.contains(word), "{word} in {wrong}");
    }
    let missing = scene.reveille(&["run", "-c", "nowhere.toml"]).expect(3).stderr;
    assert!(missing.contains("nowhere.toml") && missing.contains("reveille init"), "{missing}");
    let time = scene.reveille(&["run", "--at", "yesterday"]).expect(3).stderr;
    assert!(time.contains("max_qoutes"), "{time}");
}

#[test]
fn a_bad_line_of_input_is_named_and_nothing_is_printed() {
    let scene = Scene::new();
    scene.write("articles.jsonl", "{\"id\":\"a\",\"title\":\"One\"}\n{\"id\":\"b\",\n");
    let ended = scene.reveille(&["inspect", "stories", "articles.jsonl"]).expect(2);
    assert_eq!(ended.stdout, "");
    assert!(ended.stderr.contains("articles.jsonl, line 2"), "{}", ended.stderr);
    scene.write("page.xml", "<html><body>403</body></html>");
    let ended =
        scene.reveille(&["inspect", "feed", "page.xml", "--url", "http://gazette.example/"]).expect(1);
    assert_eq!(ended.stdout, "");
    assert!(!ended.stderr.is_empty());
}

#[test]
fn stages_join_in_a_pipe() {
    let scene = Scene::new();
    let feed =
        crate::scene::rss("Gazette", &[("Aldersund mill grinds again", MILL), ("Aldersund mill", MILL)]);
    scene.write("feed.xml", feed);
    let entries =
        scene.reveille(&["inspect", "feed", "feed.xml", "--url", "http://gazette.example/"]).expect(0).stdout;
    let articles: String = entries
        .lines()
        .map(|line| {
            let entry: serde_json::Value = serde_json::from_str(line).expect("JSON");
            serde_json::json!({"id": entry["key"], "title": entry["title"], "summary": entry["summary"]})
                .to_string()
                + "\n"
        })
        .collect();
    scene.write("articles.jsonl", articles);
    let stories = scene.reveille(&["inspect", "stories", "articles.jsonl"]).expect(0).stdout;
    assert_eq!(stories.lines().count(), 1, "{stories}");
    let brief = scene.reveille(&["inspect", "brief", "articles.jsonl"]).expect(0).stdout;
    assert!(brief.contains("grinds again from Tuesday"), "{brief}");
}

#[test]
fn ejected_templates_change_the_words_of_the_digest() {
    let scene = gazette();
    scene.reveille(&["template", "eject", "words"]).expect(0);
    scene.reveille(&["template", "eject", "words"]).expect(2);
    scene.write("words/footer.md", "Printed in the cellar of {{title}}.\n\n[Unsubscribe]({{unsubscribe}})\n");
    scene.configure();
    let config = scene.read("feeds.toml").replace("title =", "templates = \"words\"\ntitle =");
    scene.write("feeds.toml", config);
    scene.reveille(&["preview", "-c", "feeds.toml", "--at", MORNING, "--output", "p.txt"]).expect(0);
    assert!(scene.read("p.txt").contains("Printed in the cellar of Morning Post."));
}

#[test]
fn a_theme_changes_the_looks_of_the_digest_and_not_its_words() {
    let scene = gazette();
    scene.configure();
    let preview = |name: &str| {
        scene.reveille(&["preview", "-c", "feeds.toml", "--at", MORNING, "--output", name]).expect(0);
        scene.read(name)
    };
    let (html, text) = (preview("p.html"), preview("p.txt"));
    scene.write("feeds.toml", scene.read("feeds.toml").replace("title =", "theme = \"compact\"\ntitle ="));
    assert!(preview("p.html") != html && preview("p.txt") == text);
    scene.reveille(&["template", "eject", "own", "--theme", "compakt"]).expect(2);
    scene.reveille(&["template", "eject", "own", "--theme", "compact"]).expect(0);
    assert!(scene.read("own/theme.toml").contains("run_on = true"));
}
