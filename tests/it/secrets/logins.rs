//! Feeds behind a log-in, and feeds with a secret in their address: read like any other, and who is told the secret.

use crate::scene::{
    MORNING, Scene,
    http::{Answer, Asked, Http},
    rss,
};

const NEWS: [(&str, &str); 1] = [("Ferry sails again", "<p>The ferry to Kestrel Island sails again.</p>")];
/// `bo:hunter2`.
const LOGIN: &str = "Basic Ym86aHVudGVyMg==";

fn answer(scene: &Scene, path: &str) -> Answer {
    let feed = rss("Wire", &NEWS).replace("http://Wire.example/0", &scene.web.url("/page"));
    scene.web.put("/page", Answer::ok("text/html", "<html></html>"));
    let answer = Answer::ok("application/rss+xml", feed).tagged("\"1\"");
    scene.web.put(path, answer.clone());
    answer
}

fn configure(scene: &Scene, feeds: &str) {
    scene.configure();
    let config = scene.read("feeds.toml").replace("pages = \"never\"", "pages = \"always\"");
    scene.write("feeds.toml", format!("{config}\n{feeds}"));
}

fn run(scene: &Scene, at: &str) -> serde_json::Value {
    let ended = scene.reveille(&["run", "-c", "feeds.toml", "--json", "--now", "--at", at]).expect(0);
    serde_json::from_str(&ended.stdout).expect("a report")
}

fn asked<'a>(all: &'a [Asked], path: &str) -> &'a Asked {
    all.iter().find(|asked| asked.path == path).unwrap_or_else(|| panic!("{path} was not asked: {all:?}"))
}

fn authorization(asked: &Asked) -> Option<&str> {
    asked.headers.get("authorization").map(String::as_str)
}

#[test]
fn a_feed_is_read_with_its_log_in_and_so_are_its_own_pages() {
    let scene = Scene::new().readers(&["ann"]);
    scene.web.put("/wire.xml", answer(&scene, "/wire.xml").locked("bo", "hunter2"));
    let url = scene.web.url("/wire.xml");
    for (day, feed) in [
        (22, format!("url = \"{}\"\n", url.replace("://", "://bo:hunter2@"))),
        (23, format!("url = \"{url}\"\nuser = \"bo\"\npassword_file = \"wire.password\"\n")),
    ] {
        scene.write("wire.password", "hunter2\n");
        configure(&scene, &format!("[[feeds]]\n{feed}"));
        let report = run(&scene, &format!("2026-11-{day}T06:00:00Z"));
        assert_eq!(report["feeds"]["failed"], 0, "{report}");
        let asked_for = scene.web.asked_since();
        assert_eq!(authorization(asked(&asked_for, "/wire.xml")), Some(LOGIN));
        if day == 22 {
            assert_eq!(authorization(asked(&asked_for, "/page")), Some(LOGIN));
            assert_eq!(authorization(asked(&asked_for, "/robots.txt")), None);
        }
    }
    scene.reveille(&["preview", "-c", "feeds.toml", "--now", "--output", "a.txt"]).expect(0);
    let asked_for = scene.web.asked_since();
    let again = asked(&asked_for, "/wire.xml");
    assert_eq!(again.headers.get("if-none-match").map(String::as_str), Some("\"1\""), "it is asked as ever");
}

#[test]
fn no_other_origin_is_told_a_log_in() {
    let other = Http::start();
    let scene = Scene::new().readers(&["ann"]);
    let news = rss("Wire", &NEWS).replace("http://Wire.example/0", &other.url("/page"));
    scene.web.put("/wire.xml", Answer::ok("application/rss+xml", news.clone()).locked("bo", "hunter2"));
    other.put("/feed.xml", Answer::ok("application/rss+xml", news));
    other.put("/page", Answer::redirect(302, &scene.web.url("/page")));
    scene.web.put("/away.xml", Answer::redirect(301, &other.url("/feed.xml")).locked("bo", "hunter2"));
    scene.web.put("/page", Answer::ok("text/html", "<html></html>"));
    let feed = |path: &str| {
        format!("[[feeds]]\nurl = \"{}\"\n", scene.web.url(path).replace("://", "://bo:hunter2@"))
    };
    configure(&scene, &(feed("/wire.xml") + &feed("/away.xml")));
    for day in ["22", "23", "24", "25"] {
        let at = format!("2026-11-{day}T06:00:00Z");
        scene.reveille(&["run", "-c", "feeds.toml", "--now", "--at", &at]).expect(0);
    }
    let (own, others) = (scene.web.asked(), other.asked());
    assert_eq!(authorization(asked(&own, "/away.xml")), Some(LOGIN));
    assert!(
        others.iter().any(|asked| asked.path == "/page")
            && others.iter().any(|asked| asked.path == "/feed.xml")
    );
    for asked in &others {
        assert_eq!(authorization(asked), None, "{asked:?}");
        assert!(!asked.headers.values().any(|value| value.contains("hunter2")), "{asked:?}");
    }
    assert!(own.iter().filter(|asked| asked.path == "/page").all(|asked| authorization(asked).is_none()));
}

#[test]
fn a_feed_with_a_secret_in_its_address_is_remembered_without_it() {
    let scene = Scene::new().readers(&["ann"]);
    answer(&scene, "/a.xml?topic=sea&token=hunter2");
    answer(&scene, "/private/hunter2/a.xml");
    scene.write("secret", "hunter2");
    let feeds = format!(
        "[[feeds]]\nurl = \"{}\"\n[[feeds]]\nurl = \"{}\"\npassword_file = \"secret\"\n",
        scene.web.url("/a.xml?topic=sea&token=hunter2"),
        scene.web.url("/private/{password}/a.xml")
    );
    configure(&scene, &feeds);
    assert_eq!(run(&scene, MORNING)["feeds"]["read"], 2);
    scene.web.asked_since();
    scene.reveille(&["preview", "-c", "feeds.toml", "--now", "--output", "a.txt"]).expect(0);
    for asked in scene.web.asked_since().iter().filter(|asked| asked.path.contains("hunter2")) {
        assert_eq!(asked.headers.get("if-none-match").map(String::as_str), Some("\"1\""), "{asked:?}");
    }
    let listed = scene.reveille(&["feeds", "health", "--json", "-c", "feeds.toml"]).expect(0).stdout;
    let shown = [scene.web.url("/a.xml?topic=sea&token=***"), scene.web.url("/private/***/a.xml")];
    assert!(shown.iter().all(|url| listed.contains(url.as_str())), "{listed}");
    scene.reveille(&["feeds", "remove", &shown[0], "-c", "feeds.toml"]).expect(0);
    assert!(!scene.read("feeds.toml").contains("topic=sea"));
}

#[test]
fn a_log_in_that_is_missing_or_wrong_is_said_so() {
    let scene = Scene::new().readers(&["ann"]);
    scene.web.put("/wire.xml", answer(&scene, "/wire.xml").locked("bo", "hunter2"));
    let url = scene.web.url("/wire.xml");
    let feeds = format!(
        "[[feeds]]\nurl = \"{url}\"\noutlet = \"Without\"\n[[feeds]]\nurl = \"{url}#2\"\noutlet = \"No File\"\n\
         user = \"bo\"\npassword_file = \"no.password\"\n"
    );
    configure(&scene, &feeds);
    let said = scene.reveille(&["check", "-c", "feeds.toml"]).stdout;
    assert!(
        said.contains("FAIL  Without") && said.contains("401 (Unauthorized); it wants a log-in"),
        "{said}"
    );
    assert!(said.contains("FAIL  No File: cannot read") && said.contains("no.password"), "{said}");
}
