//! Who a newsletter is: what was mailed goes on counting, whatever the editor calls it from then on.

use crate::scene::{COMET, Ended, FERRY, MORNING, Scene, http::Answer, rss};

const MONDAY: &str = "2026-11-23T06:00:00Z";

fn town() -> Scene {
    let sender =
        "from = \"Morning Post <post@news.example.com>\"\nbounce_to = \"bounces@news.example.com\"\n";
    Scene::new().outlet("Gazette", &[FERRY]).sender(sender).readers(&["ann", "bob", "cid", "dee"])
}

/// Changes words of the configuration.
fn reword(scene: &Scene, changes: &[(&str, &str)]) {
    reword_at(scene, "feeds.toml", changes);
}

fn reword_at(scene: &Scene, file: &str, changes: &[(&str, &str)]) {
    let before = scene.read(file);
    let after = changes.iter().fold(before.clone(), |text, (old, new)| text.replace(old, new));
    assert_ne!(before, after);
    scene.write(file, after);
}

/// Monday's run, with news.
fn monday(scene: &Scene) {
    let feed = rss("Gazette", &[COMET]).replace("Sun, 22 Nov", "Mon, 23 Nov");
    scene.web.put("/Gazette.xml", Answer::ok("application/rss+xml", feed));
    scene.reveille(&["run", "-c", "feeds.toml", "--at", MONDAY, "--now"]).expect(0);
}

/// A header of the first message to this reader that was taken after `since` others.
fn header(scene: &Scene, since: usize, name: &str, header: &str) -> String {
    let taken = scene.mail.taken().into_iter().skip(since);
    let taken = taken.into_iter().find(|taken| taken.to.concat().contains(name)).expect("a message");
    let text = String::from_utf8_lossy(&taken.data).replace("\r\n ", " ");
    let line = text.lines().find_map(|line| line.strip_prefix(&format!("{header}: ")));
    line.expect("the header").to_owned()
}

fn bounce(to: &str, returned: &str) -> String {
    format!(
        "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example.net\nTo: {to}\nSubject: Undelivered Mail\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n\
         --b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.net\n\n\
         Final-Recipient: rfc822; somebody@example.net\nAction: failed\nStatus: 5.1.1\n\n\
         --b\nContent-Type: text/rfc822-headers\n\n{returned}\n\n--b--\n"
    )
}

#[test]
fn a_new_title_sender_and_folder_void_nothing_that_was_mailed() {
    let scene = town();
    scene.run().expect(0);
    let way_out = header(&scene, 0, "ann", "List-Unsubscribe");
    let token = way_out.split("unsubscribe%20").nth(1).expect("a token").trim_end_matches('>').to_owned();
    let returned = format!("Message-ID: {}", header(&scene, 0, "bob", "Message-ID"));
    let tagged = scene.mail.taken().into_iter().find(|taken| taken.to == ["cid@example.net"]);
    let list = header(&scene, 0, "ann", "List-Id");
    assert!(list.ends_with("<morning-post.news.example.com>"), "{list}");

    reword(
        &scene,
        &[
            ("title = \"Morning Post\"", "title = \"THE Evening Post\""),
            ("post@news.example.com", "post@letters.example.org"),
        ],
    );
    let received = |message: String| {
        let ended = scene.fed(&["receive", "-c", "feeds.toml", "--at", MORNING], message.as_bytes());
        ended.expect(0).stdout
    };
    let left = received(format!("From: a.friend@example.org\nSubject: unsubscribe {token}\n\n\n"));
    assert!(left.starts_with("a…@example.net unsubscribed"), "{left}");
    let by_id = received(bounce("bounces@news.example.com", &returned));
    assert!(by_id.starts_with("b…@example.net bounced"), "{by_id}");
    let by_tag = received(bounce(&tagged.expect("a message").from, ""));
    assert!(by_tag.starts_with("c…@example.net bounced"), "{by_tag}");
    let made_up =
        received("From: dee@example.net\nSubject: unsubscribe AQ0123456789012345678901234A\n\n\n".into());
    assert_eq!(made_up, "");

    monday(&scene);
    assert_eq!(scene.mailed().into_iter().filter(|reader| reader == "dee@example.net").count(), 2);
    assert_eq!(scene.mail.taken().len(), 5, "the other three left or are gone");
    let list = header(&scene, 4, "dee", "List-Id");
    assert_eq!(list, "THE Evening Post <morning-post.news.example.com>");
}

#[test]
fn an_id_names_the_list_and_voids_nothing_either() {
    let scene = town();
    scene.run().expect(0);
    let way_out = header(&scene, 0, "ann", "List-Unsubscribe");
    reword(&scene, &[("[newsletter]", "[newsletter]\nid = \"Harbour\"")]);
    monday(&scene);
    assert_eq!(header(&scene, 4, "ann", "List-Id"), "Morning Post <harbour.news.example.com>");
    assert_eq!(header(&scene, 4, "ann", "List-Unsubscribe"), way_out);

    reword(&scene, &[("id = \"Harbour\"", "id = \"harbour post\"")]);
    let refused = scene.reveille(&["check", "--offline"]).expect(3).stderr;
    assert!(refused.contains("`harbour post` cannot identify a newsletter"), "{refused}");
}

/// A second newsletter beside the first, in the same folder.
fn sports(scene: &Scene) {
    scene.web.put("/Ridge.xml", Answer::ok("application/rss+xml", rss("Ridge", &[COMET])));
    let first = scene.read("feeds.toml");
    let changes = [
        ("Morning Post", "Sports Letter"),
        ("post@", "sports@"),
        ("/Gazette.xml", "/Ridge.xml"),
        ("ann@", "eve@"),
    ];
    let second = changes.iter().fold(first, |text, (old, new)| text.replace(old, new));
    scene.write(
        "sports.toml",
        second.split("[[recipients]]").take(2).collect::<Vec<_>>().join("[[recipients]]"),
    );
}

fn run_of(scene: &Scene, file: &str) -> Ended {
    scene.reveille(&["run", "-c", file, "--at", MORNING])
}

#[test]
fn two_newsletters_in_a_folder_have_states_of_their_own() {
    let scene = town();
    scene.configure();
    scene.write("feeds.toml", scene.read("feeds.toml").replace("[store]\nurl = \"sqlite:state.db\"\n", ""));
    sports(&scene);
    for file in ["feeds.toml", "sports.toml", "feeds.toml"] {
        run_of(&scene, file).expect(0);
    }
    assert_eq!(scene.mailed().len(), 5);
    assert!(scene.path("state.db").exists() && scene.path("sports.db").exists());
}

#[test]
fn a_state_refuses_a_second_newsletter_until_it_is_told_otherwise() {
    let scene = town();
    scene.run().expect(0);
    sports(&scene);
    for command in
        [&["run"][..], &["preview"], &["recipients", "list"], &["recipients", "restore", "ann@example.net"]]
    {
        let mut arguments = command.to_vec();
        arguments.extend(["-c", "sports.toml"]);
        let refused = scene.reveille(&arguments).expect(3).stderr;
        let says = [
            "belongs to another newsletter, \"Morning Post\"",
            "feeds.toml",
            "sqlite:sports.db",
            "reveille adopt",
        ];
        assert!(says.iter().all(|words| refused.contains(words)), "{command:?}: {refused}");
    }
    let diagnosis = scene.reveille(&["doctor", "-c", "sports.toml", "--at", MORNING]).expect(3).stdout;
    assert!(diagnosis.contains("This newsletter has no state of its own."), "{diagnosis}");
    let refused = scene.fed(&["receive", "-c", "sports.toml"], b"Subject: hello\n\n\n");
    assert_eq!(refused.status, 75, "the mail server keeps the message");
    assert_eq!(scene.mailed().len(), 4);
    run_of(&scene, "feeds.toml").expect(0);

    let taken = scene.reveille(&["adopt", "-c", "sports.toml"]).expect(0).stdout;
    assert!(taken.contains("before that of \"Morning Post\" of feeds.toml"), "{taken}");
    scene.reveille(&["recipients", "list", "-c", "sports.toml"]).expect(0);
    run_of(&scene, "feeds.toml").expect(3);
}

#[test]
fn a_newsletter_that_moves_or_is_renamed_finds_its_state() {
    let scene = town();
    scene.run().expect(0);
    std::fs::create_dir(scene.path("elsewhere")).expect("a folder");
    for file in ["feeds.toml", "state.db"] {
        std::fs::rename(scene.path(file), scene.path("elsewhere").join(file)).expect("moved");
    }
    reword_at(&scene, "elsewhere/feeds.toml", &[("Morning Post", "Evening Post"), ("post@", "evening@")]);
    run_of(&scene, "elsewhere/feeds.toml").expect(0);
    std::fs::rename(scene.path("elsewhere/feeds.toml"), scene.path("elsewhere/daily.toml")).expect("renamed");
    run_of(&scene, "elsewhere/daily.toml").expect(0);
    assert_eq!(scene.mailed().len(), 4, "nobody is mailed twice");

    // Without `[store] url` the name of the state would change with that of the file.
    reword_at(&scene, "elsewhere/daily.toml", &[("[store]\nurl = \"sqlite:state.db\"\n", "")]);
    std::fs::rename(scene.path("elsewhere/daily.toml"), scene.path("elsewhere/weekly.toml"))
        .expect("renamed");
    let refused = run_of(&scene, "elsewhere/weekly.toml").expect(3).stderr;
    assert!(refused.contains("add to") && refused.contains("url = \"sqlite:state.db\""), "{refused}");
    assert_eq!(scene.mailed().len(), 4);
}
