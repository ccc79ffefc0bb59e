//! Signatures, checked by dkimpy, a verifier that has nothing to do with this program.

use reveille::inside::mailer::{
    Encoded, Mailbox, Outline, Subject, build,
    dkim::{Key, Kind, Signer},
};

use crate::scene::{MORNING, Scene, dkimpy::Dkimpy};

const DOMAIN: &str = "news.example.com";

fn record(key: &Key) -> String {
    format!("v=DKIM1; k={}; p={}", key.kind().name(), key.public())
}

fn signed(signer: &Signer, message: &[u8]) -> Vec<u8> {
    signer.sign(message, MORNING.parse().expect("a time")).expect("signed")
}

#[test]
fn signatures_of_both_kinds_are_found_good_whatever_the_message_holds() {
    let Some(dkimpy) = Dkimpy::find() else { return };
    let text = "First.\n\n.one dot\n..\n.\n trailing \t \n\n\n\n";
    for kind in [Kind::Rsa, Kind::Ed25519] {
        let key = Key::generate(kind).expect("a key");
        let record = record(&key);
        let signer = Signer::new(key, DOMAIN, "morning");
        let mut messages = Vec::new();
        for (subject, name) in
            [("Ferry talks resume", "Ann"), (&"harbour ".repeat(30), "Зоя"), ("Перевозки — 李", "")]
        {
            let message = build(&Outline {
                from: &"Harbour Post <post@news.example.com>".parse().expect("a mailbox"),
                reply_to: None,
                to: &Mailbox::new(name, "ann@example.net").expect("a mailbox"),
                subject: &Subject::new(subject),
                text: &[&Encoded::new(text)],
                html: &[&Encoded::new("<html lang=\"en\"><p>Ferry — “at last”</p>\n\n</html>\n\n")],
                date: MORNING.parse().expect("a time"),
                message_id: "<2026-11-22.0a1b@news.example.com>",
                references: None,
                list: None,
            });
            messages.push(signed(&signer, &message.expect("sound parts")));
        }
        for body in ["", "\r\n", "no line end", "a\r\n\r\n\r\n", " \t\r\n a  b \t\r\n.\r\n", "\r\nb=x; c\r\n"]
        {
            let head = "From: a@news.example.com\r\nX: 1\r\nSubject:  a\t\r\n \t b\r\nDate:\r\n now\r\n\r\n";
            messages.push(signed(&signer, format!("{head}{body}").as_bytes()));
        }
        assert_eq!(dkimpy.verdicts(&messages, &record), vec![true; 9], "{kind:?}");
    }
}

#[test]
fn a_changed_byte_an_added_header_or_another_key_is_found_bad() {
    let Some(dkimpy) = Dkimpy::find() else { return };
    let key = Key::generate(Kind::Ed25519).expect("a key");
    let published = record(&key);
    let signer = Signer::new(key, DOMAIN, "morning");
    let message = "From: a@news.example.com\r\nSubject: Ferry\r\nX-Trace: 1\r\n\r\nFerry talks resume\r\n";
    let whole = String::from_utf8(signed(&signer, message.as_bytes())).expect("ASCII");
    let changed = [
        ("Subject: Ferry", "Subject: Fairy"),
        ("talks", "walks"),
        ("resume\r\n", "resume\r\nx\r\n"),
        ("t=1795", "t=1794"),
        ("DKIM-Signature:", "From: b@news.example.com\r\nDKIM-Signature:"),
        ("DKIM-Signature:", "Reply-To: b@evil.example\r\nDKIM-Signature:"),
        ("Subject: Ferry", "Subject: Other\r\nSubject: Ferry"),
        ("X-Trace:", "List-Unsubscribe: <https://evil.example/>\r\nX-Trace:"),
    ]
    .map(|(from, to)| {
        let changed = whole.replacen(from, to, 1);
        assert_ne!(changed, whole);
        changed.into_bytes()
    });
    assert_eq!(dkimpy.verdicts(&changed, &published), [false; 8]);
    // What relays do on the way is no harm.
    let relayed = whole.replace("X-Trace: 1", "X-Trace: 2").replace("DKIM-", "Received: by relay\r\nDKIM-");
    let whole = [whole.into_bytes(), relayed.into_bytes()];
    assert_eq!(dkimpy.verdicts(&whole, &published), [true, true]);
    let other = record(&Key::generate(Kind::Ed25519).expect("a key"));
    assert_eq!(dkimpy.verdicts(&whole, &other), [false, false]);
}

const MILL: &str = "<p>The mill of Aldersund, idle since the flood, grinds again from Tuesday.</p>";

#[test]
fn a_run_signs_what_it_mails_and_what_it_writes_and_a_second_run_would_sign_alike() {
    let scene = Scene::new()
        .outlet("Gazette", &[("Aldersund mill grinds again", MILL)])
        .readers(&["ann", "bob"])
        .settings("[mail.dkim]\nkey_file = \"dkim.pem\"\n");
    let said = scene.reveille(&["dkim", "new", "--domain", DOMAIN]).expect(0).stdout;
    let published =
        said.lines().find_map(|line| line.trim().strip_prefix("value: ")).expect("a record").to_owned();
    scene.run().expect(0);
    let mailed = scene.mail.taken();
    assert_eq!(mailed.len(), 2);
    for message in &mailed {
        assert!(message.data.starts_with(b"DKIM-Signature: v=1; a=rsa-sha256;"));
    }
    std::fs::remove_file(scene.path("state.db")).expect("removed");
    scene.reveille(&["run", "-c", "feeds.toml", "--at", MORNING, "--outbox", "outbox"]).expect(0);
    let written = scene.read("outbox/2026-11-22.ann@example.net.eml");
    let Some(dkimpy) = Dkimpy::find() else { return };
    let mut messages: Vec<Vec<u8>> = mailed.into_iter().map(|taken| taken.data).collect();
    messages.push(written.into_bytes());
    assert_eq!(dkimpy.verdicts(&messages, &published), [true, true, true]);
}

#[test]
fn a_key_that_cannot_sign_stops_a_run_before_anything_is_pulled() {
    let scene = Scene::new()
        .outlet("Gazette", &[("Aldersund mill grinds again", MILL)])
        .readers(&["ann"])
        .settings("[mail.dkim]\nkey_file = \"keys/dkim.pem\"\n");
    let missing = scene.run().expect(3).stderr;
    assert!(missing.contains("keys/dkim.pem") && missing.contains("[mail.dkim] key_file"), "{missing}");
    std::fs::create_dir(scene.path("keys")).expect("a folder");
    scene.write("keys/dkim.pem", "-----BEGIN PRIVATE KEY-----\naHVudGVyMg==\n-----END PRIVATE KEY-----\n");
    let damaged = scene.run().expect(3).stderr;
    assert!(damaged.contains("damaged") && !damaged.contains("aHVudGVyMg"), "{damaged}");
    assert!(scene.mailed().is_empty());
}

#[test]
fn a_new_key_is_for_its_owner_alone_and_replaces_nothing() {
    let scene = Scene::new();
    let unnamed = scene.reveille(&["dkim", "new"]).expect(2).stderr;
    assert!(unnamed.contains("--domain"), "{unnamed}");
    assert!(!scene.path("dkim.pem").exists());
    scene.configure();
    let said = scene.reveille(&["dkim", "new", "-c", "feeds.toml", "--selector", "s2026"]).expect(0).stdout;
    for part in [
        "name:  s2026._domainkey.news.example.com",
        "s2026._domainkey.news.example.com. IN TXT ( \"v=DKIM1; k=rsa; p=",
        "[mail.dkim]\nkey_file = \"dkim.pem\"\nselector = \"s2026\"\ndomain = \"news.example.com\"\n",
    ] {
        assert!(said.contains(part), "{part} in {said}");
    }
    let key = scene.read("dkim.pem");
    let secret = key.lines().nth(10).expect("a line of the key");
    assert!(!said.contains(secret), "the private half is not printed");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(scene.path("dkim.pem")).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let again = scene.reveille(&["dkim", "new", "-c", "feeds.toml", "--kind", "ed25519"]).expect(2).stderr;
    assert!(again.contains("never overwritten"), "{again}");
    assert_eq!(scene.read("dkim.pem"), key);
    let short = scene
        .reveille(&["dkim", "new", "-c", "feeds.toml", "--kind", "ed25519", "--output", "ed.pem"])
        .expect(0)
        .stdout;
    assert!(
        short.contains("IN TXT \"v=DKIM1; k=ed25519; p=") && short.contains("do not check Ed25519"),
        "{short}"
    );
}

#[cfg(unix)]
#[test]
fn a_key_everybody_can_read_is_warned_of() {
    use std::os::unix::fs::PermissionsExt;
    let scene = Scene::new()
        .outlet("Gazette", &[("Aldersund mill grinds again", MILL)])
        .settings("[mail.dkim]\nkey_file = \"dkim.pem\"\n");
    scene.reveille(&["dkim", "new", "--domain", DOMAIN]).expect(0);
    scene.configure();
    let check = || scene.reveille(&["check", "-c", "feeds.toml", "--offline"]).expect(0).stdout;
    assert!(!check().contains("chmod"), "{}", check());
    let open = std::fs::Permissions::from_mode(0o644);
    std::fs::set_permissions(scene.path("dkim.pem"), open).expect("changed");
    assert!(check().contains("dkim.pem (mode 644)") && check().contains("chmod 600"), "{}", check());
}
