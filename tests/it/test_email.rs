//! One message to try things out with: the digest as of now, to anybody, and nothing of it remembered.

use mail_parser::MessageParser;

use crate::{
    preview::town,
    scene::{
        MORNING, Scene,
        smtp::{Act, At, Smtp},
    },
};

const MILL: &str = "<p>The mill of Aldersund, idle since the flood, grinds again from Tuesday.</p>";

fn test_email(scene: &Scene, more: &[&str]) -> crate::scene::Ended {
    let arguments = ["test-email", "eve@example.com", "-c", "feeds.toml", "--at", MORNING];
    scene.reveille(&[&arguments[..], more].concat())
}

/// A town before this mail server.
fn before(mail: Smtp) -> Scene {
    let scene =
        Scene::with_mail(mail).outlet("Gazette", &[("Aldersund mill grinds again", MILL)]).readers(&["ann"]);
    scene.configure();
    scene
}

#[test]
fn it_looks_like_the_digest_and_says_that_it_is_a_test() {
    let scene = before(Smtp::start());
    let said = test_email(&scene, &[]).expect(0);
    assert!(said.stdout.contains("Sent to eve@example.com") && said.stderr.is_empty(), "{}", said.stdout);
    let taken = scene.mail.taken();
    assert_eq!(scene.mailed(), ["eve@example.com"]);
    let message = MessageParser::default().parse(&taken[0].data).expect("a message");
    let subject = message.subject().expect("a subject");
    assert!(subject.starts_with("[Test] ") && subject.contains("Aldersund mill"), "{subject}");
    for name in ["List-Id", "List-Unsubscribe", "List-Unsubscribe-Post", "Precedence"] {
        assert!(message.header(name).is_none(), "{name}");
    }
    for body in [message.body_text(0), message.body_html(0)] {
        let body = body.expect("a part");
        assert!(body.contains("grinds again from Tuesday") && body.contains("eve@example.com"), "{body}");
        assert!(body.contains("mailto:post@news.example.com?subject=unsubscribe%20sample"), "{body}");
    }
}

#[test]
fn the_next_run_knows_nothing_of_it() {
    let scene = before(Smtp::start());
    test_email(&scene, &[]).expect(0);
    let ann = ["test-email", "ann@example.net", "-c", "feeds.toml", "--at", MORNING];
    scene.reveille(&ann).expect(0);
    scene.run().expect(0);
    assert_eq!(scene.mailed(), ["ann@example.net", "ann@example.net", "eve@example.com"]);
    let ids: Vec<String> = scene
        .mail
        .taken()
        .iter()
        .filter(|taken| taken.to == ["ann@example.net"])
        .map(|taken| {
            let message = MessageParser::default().parse(&taken.data).expect("a message");
            message.message_id().expect("a Message-ID").to_owned()
        })
        .collect();
    assert_ne!(ids[0], ids[1], "a mail program would hide the edition as a second copy of the test");
}

#[test]
fn a_readers_sections_are_taken_when_asked_for() {
    let scene = town();
    test_email(&scene, &["--as", "bob@example.net", "--outbox", "tests"]).expect(0);
    assert!(scene.mailed().is_empty());
    let message = scene.read("tests/test.2026-11-22.eve@example.com.eml");
    assert!(message.contains("To: <eve@example.com>") && !message.contains("Bob@example.net"), "{message}");
    let unknown = test_email(&scene, &["--as", "bop@example.net"]).expect(2).stderr;
    assert!(unknown.contains("did you mean Bob@example.net?"), "{unknown}");
}

#[test]
fn without_anything_new_the_last_edition_is_sent() {
    let scene = before(Smtp::start());
    scene.run().expect(0);
    let next_day = ["test-email", "eve@example.com", "-c", "feeds.toml", "--at", "2026-11-23T06:00:00Z"];
    let said = scene.reveille(&next_day).expect(0).stdout;
    assert!(
        said.contains("Nothing new: this is the edition of 2026-11-22. Sent to eve@example.com"),
        "{said}"
    );
    assert_eq!(scene.mailed(), ["ann@example.net", "eve@example.com"]);

    let empty = Scene::new().outlet("Gazette", &[]);
    empty.configure();
    let said = test_email(&empty, &[]).expect(0).stdout;
    assert!(said.contains("no edition so far: nothing is sent"), "{said}");
}

#[test]
fn what_keeps_it_from_being_sent_is_said_with_the_exit_status_of_a_run() {
    let refused = before(Smtp::start().when(At::Rcpt, "eve@", Act::Say("550 5.1.1 no such user")));
    let said = test_email(&refused, &[]).expect(5).stderr;
    assert!(said.contains("nothing is sent: refused for good") && said.contains("no such user"), "{said}");
    let put_off = before(Smtp::start().when(At::Mail, "", Act::Say("451 4.3.2 try later")));
    assert!(test_email(&put_off, &[]).expect(5).stderr.contains("try again later"));
    let lost = before(Smtp::start().when(At::Dot, "", Act::Drop));
    assert!(test_email(&lost, &[]).expect(5).stderr.contains("no answer came"));

    let scene = before(Smtp::start());
    let address = ["test-email", "eve at example.com", "-c", "feeds.toml"];
    assert!(scene.reveille(&address).expect(2).stderr.contains("is not a mail address"));
    let config = scene.read("feeds.toml");
    scene.write("feeds.toml", config.replace("smtp = ", "#smtp = "));
    assert!(test_email(&scene, &[]).expect(3).stderr.contains("no mail server is configured"));
    scene.write("feeds.toml", config.replace("from = ", "#from = "));
    assert!(test_email(&scene, &[]).expect(3).stderr.contains("[mail] from"));
    assert!(scene.mailed().is_empty());
}
