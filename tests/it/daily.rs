//! The cron verb, day by day: one edition, one message a reader, whatever the mail server says.

use crate::scene::{
    Scene,
    smtp::{Act, At, Smtp},
};

const FERRY: &str = "<p>The ferry between Sollund and Kestrel Island is to sail again on Monday after three weeks in \
    dock, its owners said. Engineers had replaced both propeller shafts, which were found cracked in October.</p>";
const BRIDGE: &str = "<p>A lorry struck the Old Mint Bridge in Tarrow on Saturday night and brought down part of its \
    railing. Nobody was hurt. The bridge is closed to heavy traffic until engineers have looked at it.</p>";
const CHOIR: &str = "<p>The harbour choir of Sollund won the national song contest with a shanty written by its own \
    cook. It had never before come further than the second round.</p>";

fn town(mail: Smtp) -> Scene {
    Scene::with_mail(mail)
        .outlet(
            "Gazette",
            &[("Kestrel ferry to sail again on Monday", FERRY), ("Lorry hits Old Mint Bridge", BRIDGE)],
        )
        .outlet("Courier", &[("Sollund choir wins song contest", CHOIR)])
        .readers(&["ann", "bob", "cid"])
}

#[test]
fn every_reader_gets_one_message_and_the_second_run_sends_none() {
    let scene = town(Smtp::start());
    let first = scene.run().expect(0);
    assert_eq!((first.stdout.as_str(), first.stderr.as_str()), ("", ""), "quiet on success");
    assert_eq!(scene.mailed(), ["ann@example.net", "bob@example.net", "cid@example.net"]);
    scene.run().expect(0);
    assert_eq!(scene.mailed().len(), 3);
    let text = String::from_utf8_lossy(&scene.mail.taken()[0].data).into_owned();
    assert!(text.contains("Kestrel ferry") && text.contains("Sollund choir"), "{text}");
    assert!(text.contains("List-Unsubscribe: <mailto:") && text.contains("Subject: Kestrel ferry"), "{text}");
}

#[test]
fn the_next_day_brings_only_what_is_new() {
    let scene = town(Smtp::start());
    scene.run().expect(0);
    let next = scene.run_at("2026-11-23T06:00:00Z").expect(0);
    assert_eq!(next.stderr, "");
    assert_eq!(scene.mailed().len(), 3, "nothing new, no mail");
    let asked = scene.web.asked();
    let again = asked.iter().filter(|a| a.headers.contains_key("if-none-match")).count();
    assert_eq!(again, 2, "both feeds are asked with their exact validators: {asked:?}");
}

#[test]
fn the_only_reader_may_be_refused_and_of_two_no_one_is_to_blame() {
    for (names, refused) in [(&["ann"][..], 1), (&["ann", "bob"], 0)] {
        let mail = Smtp::start().when(At::Rcpt, "", Act::Say("550 5.1.1 no such user"));
        let scene = Scene::with_mail(mail).outlet("Courier", &[("Sollund choir wins song contest", CHOIR)]);
        let scene = scene.readers(names);
        scene.run().expect(5);
        assert_eq!(
            scene.number("select count(*) from delivery where state = 'refused'"),
            refused,
            "{names:?}"
        );
        assert_eq!(
            scene.number("select count(*) from bounces"),
            0,
            "a server that took nothing tells nothing"
        );
    }
}

#[test]
fn a_refused_reader_is_reported_and_a_deferred_one_tried_again() {
    let mail = Smtp::start().when(At::Rcpt, "bob@", Act::Say("550 5.1.1 no such user")).when_times(
        1,
        At::Rcpt,
        "cid@",
        Act::Say("451 4.7.1 greylisted, come back later"),
    );
    let scene = town(mail);
    let first = scene.run().expect(5);
    assert_eq!(scene.mailed(), ["ann@example.net", "cid@example.net"]);
    assert!(
        first.stderr.contains("b…@example.net") && first.stderr.contains("no such user"),
        "{}",
        first.stderr
    );
    scene.run().expect(5);
    assert_eq!(scene.mailed().len(), 2);
    let asked_for_bob = scene.mail.commands().iter().filter(|c| c.contains("bob@")).count();
    assert_eq!(asked_for_bob, 1, "refused for good means not asked again");
}

#[test]
fn a_reader_put_off_all_morning_gets_it_from_a_later_run() {
    let mail = Smtp::start().when_times(2, At::Rcpt, "cid@", Act::Say("451 4.3.2 try later"));
    let scene = town(mail);
    let first = scene.run().expect(5);
    assert!(first.stderr.contains("the next run tries again"), "{}", first.stderr);
    scene.run().expect(0);
    assert_eq!(scene.mailed(), ["ann@example.net", "bob@example.net", "cid@example.net"]);
}

/// A run on the scene's morning while nothing listens where the mail server should be.
fn run_before_a_closed_door(scene: &Scene) -> crate::scene::Ended {
    scene.configure();
    let closed =
        std::net::TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).expect("a port").port();
    let config = scene.read("feeds.toml").replace(&scene.mail.url(), &format!("smtp://127.0.0.1:{closed}"));
    scene.write("feeds.toml", config);
    scene.reveille(&["run", "--config", "feeds.toml", "--at", crate::scene::MORNING])
}

#[test]
fn with_the_mail_server_down_nothing_counts_as_sent() {
    let scene = town(Smtp::start());
    let down = run_before_a_closed_door(&scene).expect(5);
    assert!(down.stderr.contains("cannot reach the mail server"), "{}", down.stderr);
    scene.run().expect(0);
    assert_eq!(scene.mailed(), ["ann@example.net", "bob@example.net", "cid@example.net"]);
}

#[test]
fn an_edition_nobody_got_yesterday_is_still_sent_today() {
    let scene = town(Smtp::start());
    run_before_a_closed_door(&scene).expect(5);
    scene.run_at("2026-11-23T06:00:00Z").expect(0);
    assert_eq!(scene.mailed(), ["ann@example.net", "bob@example.net", "cid@example.net"]);
}

#[test]
fn who_left_between_two_runs_gets_nothing_more() {
    let mail = Smtp::start().when_times(2, At::Rcpt, "cid@", Act::Say("451 4.3.2 try later"));
    let scene = town(mail);
    scene.run().expect(5);
    let scene = scene.readers(&["ann", "bob"]);
    scene.run().expect(0);
    assert_eq!(scene.mailed(), ["ann@example.net", "bob@example.net"]);
}

#[test]
fn with_every_feed_failing_the_status_says_so_and_nothing_is_mailed() {
    let scene = Scene::new()
        .feed("Gazette", "http://127.0.0.1:9/feed.xml")
        .feed("Courier", "missing.xml")
        .readers(&["ann"]);
    let ended = scene.run().expect(4);
    for word in ["Gazette", "http://127.0.0.1:9/feed.xml", "Courier", "missing.xml"] {
        assert!(ended.stderr.contains(word), "{word} in {}", ended.stderr);
    }
    assert!(scene.mailed().is_empty());
}

#[test]
fn a_newsletter_without_readers_or_without_a_way_to_mail_is_refused() {
    let nobody = Scene::new().outlet("Gazette", &[("Ferry", FERRY)]).run().expect(3);
    assert!(nobody.stderr.contains("reveille recipients add"), "{}", nobody.stderr);
    let scene = town(Smtp::start());
    scene.configure();
    let config = scene.read("feeds.toml");
    let without: String =
        config.lines().filter(|l| !l.starts_with("smtp")).map(|l| format!("{l}\n")).collect();
    scene.write("feeds.toml", without);
    let mute = scene.reveille(&["run", "--config", "feeds.toml"]).expect(3);
    assert!(mute.stderr.contains("no mail server is configured"), "{}", mute.stderr);
}

#[test]
fn an_outbox_takes_the_place_of_the_server() {
    let scene = town(Smtp::start());
    scene.configure();
    let arguments = ["run", "--config", "feeds.toml", "--at", crate::scene::MORNING, "--outbox", "outbox"];
    scene.reveille(&arguments).expect(0);
    let mut files: Vec<String> = std::fs::read_dir(scene.path("outbox"))
        .expect("an outbox")
        .map(|file| file.expect("a file").file_name().to_string_lossy().into_owned())
        .collect();
    files.sort();
    let expected = ["ann", "bob", "cid"].map(|name| format!("2026-11-22.{name}@example.net.eml"));
    assert_eq!(files, expected);
    assert!(scene.mailed().is_empty());
    scene.reveille(&arguments).expect(0);
    scene.run().expect(0);
    let readers = ["ann@example.net", "bob@example.net", "cid@example.net"];
    assert_eq!(scene.mailed(), readers, "what is in an outbox is still to be mailed");
    scene.reveille(&arguments).expect(0);
    scene.run().expect(0);
    assert_eq!(scene.mailed(), readers, "once");
}

/// What `doctor` and `history` say of the edition, its spaces folded.
fn said(scene: &Scene) -> [String; 3] {
    let at = "2026-11-22T08:00:00Z";
    let lines = [
        vec!["doctor", "--at", at],
        vec!["history", "--at", at],
        vec!["history", "2026-11-22", "--readers", "--at", at],
    ];
    lines.map(|line| scene.reveille(&line).expect(0).stdout.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[test]
fn nobody_says_of_files_that_a_server_took_them() {
    let scene = town(Smtp::start());
    scene.configure();
    let write = |more: &[&str]| {
        let arguments = ["run", "--at", crate::scene::MORNING, "--outbox", "outbox"];
        scene.reveille(&[&arguments, more].concat()).expect(0);
    };
    write(&[]);
    let [doctor, list, issue] = said(&scene);
    assert!(doctor.contains("written to files for 3 readers, and is not mailed yet"), "{doctor}");
    assert!(doctor.contains("was only written to outbox") && !doctor.contains("All is well"), "{doctor}");
    assert!(list.ends_with("3 0 0 3 0 goes on"), "{list}");
    assert!(issue.contains("3 written to outbox and mailed to nobody: the next run mails them"), "{issue}");
    write(&["--counts"]);
    let [doctor, list, issue] = said(&scene);
    assert!(doctor.contains("which counts as delivered: no mail server was asked"), "{doctor}");
    assert!(list.ends_with("3 0 0 0 0 filed"), "{list}");
    assert!(issue.contains("3 written to outbox, which counts as delivered"), "{issue}");
    scene.run().expect(0);
    assert!(scene.mailed().is_empty());
}

#[test]
fn the_report_counts_what_happened() {
    let scene = town(Smtp::start()).feed("Herald", "missing.xml");
    scene.configure();
    let ended =
        scene.reveille(&["run", "--config", "feeds.toml", "--at", crate::scene::MORNING, "--json"]).expect(0);
    let report: serde_json::Value = serde_json::from_str(&ended.stdout).expect("one JSON object");
    assert_eq!(report["feeds"]["read"], 2);
    assert_eq!(report["feeds"]["failed"], 1);
    assert_eq!(report["feeds"]["errors"][0]["outlet"], "Herald");
    assert_eq!((report["entries"].as_u64(), report["stories"].as_u64()), (Some(3), Some(3)));
    assert_eq!(report["deliveries"]["2026-11-22"]["sent"], 3);
}

#[test]
fn a_newsletter_of_one_outlet_may_be_filled_by_it() {
    let news = [
        ("Harbour wall gives way", "<p>The harbour wall of Tamber gave way in the night.</p>"),
        ("Pears are scarce this year", "<p>Growers brought in their smallest crop of pears.</p>"),
        ("Choir wins song contest", "<p>The choir of Tarrow won with a shanty by its cook.</p>"),
        ("Lorry strikes mint bridge", "<p>A lorry brought down the railing of the bridge.</p>"),
        ("School opens new library", "<p>Pupils of Aldane carried the books over by hand.</p>"),
        ("Lighthouse lit again", "<p>The lighthouse of Vik shines after forty dark years.</p>"),
        ("Council buys snow plough", "<p>Sollund paid for a plough that fits its lanes.</p>"),
    ];
    let printed = |scene: Scene| {
        scene.run().expect(0);
        let letter = String::from_utf8_lossy(&scene.mail.taken()[0].data).into_owned();
        news.iter().filter(|(title, _)| letter.contains(title)).count()
    };
    assert_eq!(printed(Scene::new().outlet("Gazette", &news).readers(&["ann"])), news.len());
    let with_another = Scene::new().outlet("Gazette", &news).outlet("Courier", &[]).readers(&["ann"]);
    assert_eq!(printed(with_another), 5, "max_per_outlet");
}

#[test]
fn one_reader_refused_by_policy_does_not_keep_the_others_waiting() {
    let mail = Smtp::start().when(At::Rcpt, "ann@", Act::Say("550 5.7.1 this recipient takes no lists"));
    let scene = town(mail).readers(&["ann", "bob", "cid", "dot", "eve"]);
    scene.run().expect(5);
    assert_eq!(scene.mailed(), ["bob", "cid", "dot", "eve"].map(|name| format!("{name}@example.net")));
}

#[test]
fn a_server_that_takes_nothing_from_us_is_not_asked_for_every_reader() {
    let names: Vec<String> = (0..40).map(|n| format!("reader{n:02}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mail = Smtp::start().when(At::Mail, "", Act::Say("550 5.7.1 you are on a list"));
    let scene = town(mail).readers(&names);
    let ended = scene.run().expect(5);
    assert!(ended.stderr.contains("40 readers"), "{}", ended.stderr);
    let asked = scene.mail.commands().iter().filter(|c| c.starts_with("MAIL")).count();
    assert!(asked <= 8, "{asked} times");
}

#[test]
fn settings_no_message_can_be_made_with_are_found_before_anything_is_sealed() {
    let scene = town(Smtp::start());
    scene.configure();
    let config = scene.read("feeds.toml");
    scene.write("feeds.toml", config.replace("post@news.example.com", "post@localhost"));
    scene.reveille(&["run", "--config", "feeds.toml", "--at", crate::scene::MORNING]).expect(3);
    scene.run().expect(0);
    assert_eq!(scene.mailed().len(), 3);
}

#[test]
fn what_an_outlet_published_before_the_last_edition_but_showed_after_it_is_printed() {
    let scene = town(Smtp::start());
    scene.run().expect(0);
    let late =
        "<p>The Tarrow observatory has found a comet, its first in forty years, its director said.</p>";
    let (body, date) =
        (crate::scene::rss("Courier", &[("Tarrow finds a comet", late)]), "Sun, 22 Nov 2026 05:00:00");
    assert!(body.contains(date), "published an hour before the first edition");
    scene.web.put("/Courier.xml", crate::scene::http::Answer::ok("application/rss+xml", body));
    scene.run_at("2026-11-23T06:00:00Z").expect(0);
    let last = scene.mail.taken().pop().expect("a message").data;
    assert!(String::from_utf8_lossy(&last).contains("Tarrow finds a comet"));
}

#[test]
fn a_preview_of_another_day_hides_nothing_from_the_next_run() {
    let scene = town(Smtp::start());
    scene.configure();
    scene.reveille(&["preview", "-c", "feeds.toml", "--at", "2026-11-19T06:00:00Z"]).expect(0);
    scene.run().expect(0);
    assert_eq!(scene.mailed().len(), 3);
}

#[test]
fn the_token_of_an_unsubscribe_mail_names_the_reader() {
    let scene = town(Smtp::start());
    scene.run().expect(0);
    let taken = scene.mail.taken().into_iter().find(|t| t.to.concat().contains("bob@")).expect("bob's mail");
    let mail = String::from_utf8_lossy(&taken.data).into_owned();
    let subject = mail.split("subject=unsubscribe%20").nth(1).expect("a way out");
    let token: String =
        subject.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect();
    scene.reveille(&["recipients", "remove", "--config", "feeds.toml", "--", &token]).expect(0);
    assert!(!scene.read("feeds.toml").contains("bob@example.net"));
    let again = scene.reveille(&["recipients", "remove", "--config", "feeds.toml", "--", &token]).expect(0);
    assert!(again.stdout.contains("is mailed nothing more; feeds.toml does not name it"), "{}", again.stdout);
}
