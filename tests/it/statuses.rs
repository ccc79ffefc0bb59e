//! The exit statuses of the README, each provoked in every command where it can occur.

use crate::scene::{
    Scene,
    dns::Dns,
    smtp::{Act, At, Smtp},
};

const MILL: &str =
    "<p>The mill of Aldersund, idle since the flood, grinds again from Tuesday, its keeper says.</p>";

/// A newsletter whose state is not there yet, and a mailbox with a message.
fn gazette(mail: Smtp) -> Scene {
    let scene = Scene::with_mail(mail)
        .outlet("Gazette", &[("Aldersund mill grinds again", MILL)])
        .readers(&["ann", "bo"]);
    scene.configure();
    for folder in ["mail", "mail/new", "mail/cur"] {
        std::fs::create_dir(scene.path(folder)).expect("a folder");
    }
    scene.write("mail/new/1", "From: a@example.net\r\n\r\nhello\r\n");
    scene
}

/// Runs each line as it would be typed and holds it to its status; who fails says why, and on standard error alone.
#[track_caller]
fn end(scene: &Scene, status: i32, lines: &[&str]) {
    for line in lines {
        let ended = scene.reveille(&line.split(' ').collect::<Vec<_>>());
        assert_eq!(ended.status, status, "{line}\nstdout:\n{}\nstderr:\n{}", ended.stdout, ended.stderr);
        let reports = ["check", "doctor"].iter().any(|command| line.starts_with(command));
        assert!(status == 0 || reports || !ended.stderr.is_empty(), "{line} says nothing");
        assert!(status == 0 || reports || ended.stdout.is_empty(), "{line} prints {}", ended.stdout);
    }
}

#[test]
fn what_is_done_ends_with_0() {
    let (scene, dns) = (gazette(Smtp::start()), Dns::start());
    let check = format!("check --dns {}", dns.address());
    let at = "2026-11-22T08:00:00Z";
    let lines = [
        "--help",
        "--version",
        "preview --at 2026-11-22T06:00:00Z",
        "pull --at 2026-11-22T06:00:00Z",
        "run --at 2026-11-22T06:00:00Z",
        "run --at 2026-11-22T06:20:00Z",
        &format!("doctor --at {at}"),
        "test-email you@example.net --at 2026-11-22T06:30:00Z",
        &check,
        "check --offline",
        "explain",
        "feeds list",
        "feeds health",
        "recipients list",
        "recipients suppressed",
        "recipients add cid@example.net",
        "recipients remove cid@example.net",
        "recipients forget bo@example.net",
        "recipients restore bo@example.net",
        "dkim new --output dkim.pem",
        "template eject words",
        "init --output other.toml",
    ];
    end(&scene, 0, &lines);
}

#[test]
fn what_cannot_be_used_as_typed_ends_with_2() {
    let scene = gazette(Smtp::start());
    scene.write("there", "a file");
    end(
        &scene,
        2,
        &[
            "",
            "rum",
            "run --nonsense",
            "run --at yesterday",
            "pull --at yesterday",
            "preview --output page.pdf",
            "preview --as nobody@example.net",
            "test-email nobody",
            "test-email you@example.net --as nobody@example.net",
            "demo --date never",
            "explain 3",
            "check --dns nowhere",
            "doctor --at noon",
            "init --output feeds.toml",
            "feeds health",
            "feeds add nonsense://x",
            "feeds remove http://unknown.example/",
            "recipients add ann@example.net",
            "recipients remove nobody@example.net",
            "recipients restore nobody@example.net",
            "inspect feed nowhere.xml --url http://gazette.example/",
        ],
    );
}

/// Every command that needs the configuration.
const CONFIGURED: [&str; 18] = [
    "run",
    "pull",
    "preview",
    "test-email you@example.net",
    "check --offline",
    "doctor",
    "explain",
    "feeds list",
    "feeds health",
    "feeds add http://hill.example/",
    "feeds remove http://hill.example/",
    "recipients list",
    "recipients add cid@example.net",
    "recipients remove ann@example.net",
    "recipients forget ann@example.net",
    "recipients restore ann@example.net",
    "recipients suppressed",
    "receive --maildir mail",
];

#[test]
fn a_configuration_that_cannot_be_used_ends_with_3() {
    let scene = gazette(Smtp::start());
    scene.write("feeds.toml", "[newsletter]\ntitel = \"x\"\n");
    end(&scene, 3, &CONFIGURED);
    std::fs::remove_file(scene.path("feeds.toml")).expect("removed");
    end(&scene, 3, &CONFIGURED);
    scene.write("feeds.toml", "[newsletter]\ntitle = \"Without feeds\"\n");
    end(&scene, 3, &["run", "pull", "preview", "check --offline", "feeds health", "doctor"]);
}

#[test]
fn a_state_that_is_damaged_ends_with_1() {
    let scene = gazette(Smtp::start());
    scene.write("state.db", "no database at all, but a text of some length".repeat(100));
    end(
        &scene,
        1,
        &[
            "run",
            "preview",
            "test-email you@example.net",
            "check",
            "doctor",
            "explain",
            "feeds health",
            "recipients suppressed",
            "recipients restore ann@example.net",
            "recipients forget ann@example.net",
            "receive --maildir mail",
        ],
    );
}

#[test]
fn what_the_machine_does_not_allow_ends_with_1() {
    let scene = gazette(Smtp::start());
    scene.write("there", "a file");
    scene.write("page.html", "<html><body>403</body></html>");
    end(
        &scene,
        1,
        &[
            "demo --output there/out",
            "preview --at 2026-11-22T06:00:00Z --output nowhere/page.html",
            "init --output there/feeds.toml",
            "template eject there",
            "template eject there/words",
            "dkim new --output there/dkim.pem",
            "inspect feed page.html --url http://gazette.example/",
        ],
    );
}

#[test]
fn without_one_readable_feed_it_ends_with_4() {
    let scene = Scene::new().feed("Herald", "missing.xml").readers(&["ann"]);
    scene.configure();
    let at = "--at 2026-11-22T06:00:00Z";
    let lines = ["run", "preview", "test-email you@example.net", "doctor"].map(|line| format!("{line} {at}"));
    end(&scene, 4, &lines.each_ref().map(String::as_str));
    end(&scene, 4, &["check"]);
}

#[test]
fn while_somebody_is_without_mail_it_ends_with_5() {
    let scene = gazette(Smtp::start().when(At::Rcpt, "", Act::Say("550 5.7.1 no mail from you")));
    let at = "--at 2026-11-22T06:00:00Z";
    let lines = ["test-email you@example.net", "doctor", "run", "doctor"].map(|line| format!("{line} {at}"));
    end(&scene, 5, &lines.each_ref().map(String::as_str));
    let scene = gazette(Smtp::start().when(At::Greeting, "", Act::Say("554 no service")));
    let dns = Dns::start();
    end(&scene, 5, &[&format!("check --dns {}", dns.address())]);
}

#[test]
fn a_message_that_cannot_be_received_now_ends_with_75() {
    let scene = gazette(Smtp::start());
    scene.write("state.db", "no database at all, but a text of some length".repeat(100));
    let receive = || scene.fed(&["receive"], b"From: a@example.net\r\n\r\nhello\r\n").expect(75);
    receive();
    // A mail server must not send back to a reader what only its operator can mend.
    scene.write("feeds.toml", "[newsletter]\ntitel = \"x\"\n");
    receive();
}
