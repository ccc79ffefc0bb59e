//! The list of readers from one run to the next: who is missing from it, who is back, who is new.

use crate::scene::{
    COMET, Ended, FERRY, MORNING, Scene,
    http::Answer,
    rss,
    smtp::{Act, At, Smtp},
};

const ALL: [&str; 8] = ["ann", "bob", "cid", "dee", "eve", "fay", "gus", "hal"];
const LATER: &str = "2026-11-22T06:20:00Z";
const LAST: &str = "2026-11-22T06:40:00Z";
const MONDAY: &str = "2026-11-23T06:00:00Z";
const MONDAY_LATER: &str = "2026-11-23T06:20:00Z";
const SENDER: &str = "from = \"Morning Post <post@news.example.com>\"\nretry_after = \"10ms\"\n";

fn town(mail: Smtp) -> Scene {
    Scene::with_mail(mail).outlet("Gazette", &[FERRY]).readers(&ALL).sender(SENDER)
}

fn run(scene: &Scene, at: &str) -> Ended {
    scene.configure();
    scene.reveille(&["run", "-c", "feeds.toml", "--now", "--at", at])
}

/// From now on the feed has Monday's story.
fn monday(scene: &Scene) {
    let feed = rss("Gazette", &[COMET]).replace("Sun, 22 Nov", "Mon, 23 Nov");
    scene.web.put("/Gazette.xml", Answer::ok("application/rss+xml", feed));
}

/// Whether every reader of these got as many messages.
#[track_caller]
fn assert_each_got(scene: &Scene, messages: usize) {
    let mailed = scene.mailed();
    for name in ALL {
        let got = mailed.iter().filter(|reader| reader.starts_with(&format!("{name}@"))).count();
        assert_eq!(got, messages, "{name}");
    }
}

#[test]
fn who_was_missing_from_a_half_written_list_gets_what_was_withdrawn() {
    let scene = town(Smtp::start().when(At::Rcpt, "example.net", Act::Say("451 4.3.2 try later")));
    run(&scene, MORNING).expect(5);
    scene.mail.recover();
    let scene = scene.readers(&ALL[..3]);
    let said = run(&scene, LATER).expect(0).stderr;
    let lost = "5 of the 8 readers of the edition of 2026-11-22 are on the list no more (d…@example.net, e…@example.net, \
                f…@example.net, …): is ";
    assert!(said.contains(lost) && said.contains("feeds.toml whole?"), "{said}");
    assert_eq!(scene.mailed().len(), 3);
    let scene = scene.readers(&ALL);
    let said = run(&scene, LAST).expect(0);
    assert_eq!(said.stderr, "");
    assert_each_got(&scene, 1);
    run(&scene, LAST).expect(0);
    assert_each_got(&scene, 1);
}

#[test]
fn who_is_back_within_forty_eight_hours_gets_what_was_withdrawn_and_a_second_later_no_more() {
    for (at, withdrawn) in [("2026-11-24T06:00:00Z", 0), ("2026-11-24T06:00:01Z", 5)] {
        let scene = town(Smtp::start().when(At::Rcpt, "example.net", Act::Say("451 4.3.2 try later")));
        run(&scene, MORNING).expect(5);
        scene.mail.recover();
        let scene = scene.readers(&ALL[..3]);
        run(&scene, LATER).expect(0);
        let scene = scene.readers(&ALL);
        run(&scene, at).expect(0);
        assert_eq!(
            scene.number("select count(*) from delivery where state = 'withdrawn'"),
            withdrawn,
            "{at}"
        );
        assert_eq!(scene.mailed().len() as i64, 8 - withdrawn, "{at}");
    }
}

#[test]
fn who_was_missing_when_an_edition_was_sealed_gets_it_when_they_are_back() {
    let scene = town(Smtp::start());
    run(&scene, MORNING).expect(0);
    monday(&scene);
    let scene = scene.readers(&ALL[..2]);
    let said = run(&scene, MONDAY).expect(0).stderr;
    assert!(
        said.contains("6 of the 8 readers of the edition of 2026-11-22 are on the list no more"),
        "{said}"
    );
    let said = run(&scene, MONDAY_LATER).expect(0).stderr;
    assert_eq!(said, "", "it is said once");
    let scene = scene.readers(&ALL);
    run(&scene, MONDAY_LATER).expect(0);
    assert_each_got(&scene, 2);
}

#[test]
fn while_an_edition_is_held_a_shrunk_list_is_said_once_and_again_when_it_shrinks_on() {
    let scene = ["Courier", "Herald", "Beacon"].iter().fold(town(Smtp::start()), |scene, name| {
        scene.outlet(name, &[(&format!("The {name} is a hundred years old"), "<p>It was founded then.</p>")])
    });
    // Every morning there are several runs, so that there is one to wait for.
    for at in [MORNING, LATER, LAST, "2026-11-22T07:00:00Z"] {
        run(&scene, at).expect(0);
    }
    for name in ["Courier", "Herald", "Beacon"] {
        scene.web.put(&format!("/{name}.xml"), Answer::error(404));
    }
    monday(&scene);
    let said = |scene: &Scene, at| run(scene, at).expect(4).stderr.contains("on the list no more");
    let scene = scene.readers(&ALL[..3]);
    assert!(said(&scene, MONDAY));
    assert!(!said(&scene, MONDAY_LATER), "it was said");
    let scene = scene.readers(&ALL[..2]);
    assert!(said(&scene, "2026-11-23T06:30:00Z"), "more are missing");
    let sealed = run(&scene, "2026-11-23T06:50:00Z").expect(0).stderr;
    assert!(!sealed.contains("on the list no more"), "{sealed}");
    let scene = scene.readers(&ALL);
    run(&scene, "2026-11-23T07:10:00Z").expect(0);
    assert_each_got(&scene, 2);
}

#[test]
fn a_few_who_leave_are_no_news_and_who_asked_to_leave_is_never_back() {
    let scene = town(Smtp::start());
    run(&scene, MORNING).expect(0);
    monday(&scene);
    let scene = scene.readers(&ALL[..5]);
    assert_eq!(run(&scene, MONDAY).expect(0).stderr, "");
    scene.reveille(&["recipients", "forget", "gus@example.net", "-c", "feeds.toml"]).expect(0);
    let scene = scene.readers(&ALL);
    run(&scene, MONDAY_LATER).expect(0);
    let got = |name: &str| scene.mailed().iter().filter(|reader| reader.starts_with(name)).count();
    assert_eq!((got("fay@"), got("gus@"), got("hal@")), (2, 1, 2));
}

#[test]
fn new_readers_get_the_next_edition_and_todays_by_resend() {
    let scene = town(Smtp::start()).readers(&ALL[..2]);
    run(&scene, MORNING).expect(0);
    let scene = scene.readers(&ALL[..4]);
    run(&scene, LATER).expect(0);
    assert_eq!(scene.mailed().len(), 2, "a new reader waits for the next edition");
    let new = ["resend", "--new", "-c", "feeds.toml", "--at", LATER];
    let said = scene.reveille(&new).expect(0).stdout;
    assert_eq!(said, "Sent the edition of 2026-11-22 to 2 of those who were without it; nobody is now.\n");
    let said = scene.reveille(&new).expect(0).stdout;
    assert!(said.contains("to 0 of those"), "{said}");
    assert_eq!(
        scene.mailed(),
        ["ann@example.net", "bob@example.net", "cid@example.net", "dee@example.net"],
        "each once"
    );
}

#[test]
fn resend_all_mails_everybody_once_more_and_who_is_without_it_for_the_first_time() {
    let scene = town(Smtp::start()).readers(&ALL[..3]);
    run(&scene, MORNING).expect(0);
    let scene = scene.readers(&ALL);
    scene.configure();
    scene.reveille(&["recipients", "forget", "ann@example.net", "-c", "feeds.toml"]).expect(0);
    let all = ["resend", "today", "--all", "-c", "feeds.toml", "--at", LATER];
    let said = scene.reveille(&all).expect(0).stdout;
    assert_eq!(said, "Sent the edition of 2026-11-22 to 7 readers, to 2 of them once more.\n");
    let got = |name: &str| scene.mailed().iter().filter(|reader| reader.starts_with(name)).count();
    assert_eq!((got("ann@"), got("bob@"), got("cid@"), got("hal@")), (1, 2, 2, 1));

    let none = ["resend", "yesterday", "--all", "-c", "feeds.toml", "--at", LATER];
    assert!(scene.reveille(&none).expect(2).stderr.contains("there is no edition of 2026-11-21"));
    scene.reveille(&["resend", "2026-11-22", "--all", "--new"]).expect(2);
}

#[test]
fn resend_all_ends_when_the_server_is_gone() {
    let scene = town(Smtp::start()).readers(&ALL[..3]);
    run(&scene, MORNING).expect(0);
    let scene = scene.server("smtp://127.0.0.1:1");
    scene.configure();
    let said = scene.reveille(&["resend", "--all", "-c", "feeds.toml", "--at", LATER]).expect(5).stderr;
    assert!(
        said.contains("Sent the edition of 2026-11-22 to 0 readers") && said.contains("then it ended"),
        "{said}"
    );
}
