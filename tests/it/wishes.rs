//! Wishes to leave, in whatever words: acted on where something proves who wrote them, kept for the operator where nothing
//! does. And the lists that outlive them: suppressed, out and in again.

use crate::scene::{COMET, Ended, FERRY, MORNING, Scene, http::Answer, rss, smtp::Smtp};

const MONDAY: &str = "2026-11-23T06:00:00Z";
const SENDER: &str = "from = \"Morning Post <post@news.example.com>\"\nbounce_to = \"bounces@news.example.com\"\n\
                      authenticated_by = \"mx.news.example.com\"\n";
const PASSED: &str = "Authentication-Results: mx.news.example.com; dkim=pass header.d=example.net\n";

fn town() -> Scene {
    let readers = ["ann", "bob", "cid", "dee", "eve", "fay"];
    Scene::with_mail(Smtp::start()).outlet("Gazette", &[FERRY]).sender(SENDER).readers(&readers)
}

fn command(scene: &Scene, arguments: &[&str]) -> Ended {
    scene.reveille(&[arguments, &["-c", "feeds.toml"]].concat())
}

/// A mail from a reader.
fn wrote(scene: &Scene, name: &str, head: &str, text: &str) -> Ended {
    let message = format!("{head}From: {name}@example.net\nTo: bounces@news.example.com\n{text}\n");
    scene.fed(&["receive", "-c", "feeds.toml", "--at", MORNING], message.as_bytes()).expect(0)
}

/// Who is mailed on Monday, by the letters before the `@`.
fn monday(scene: &Scene) -> (Vec<String>, Ended) {
    let before = scene.mail.taken().len();
    let feed = rss("Gazette", &[COMET]).replace("Sun, 22 Nov", "Mon, 23 Nov");
    scene.web.put("/Gazette.xml", Answer::ok("application/rss+xml", feed));
    let ended = command(scene, &["run", "--now", "--at", MONDAY]);
    let readers = scene.mail.taken().into_iter().skip(before).flat_map(|taken| taken.to);
    let mut readers: Vec<String> =
        readers.map(|reader| reader.split('@').next().unwrap_or_default().to_owned()).collect();
    readers.sort();
    (readers, ended)
}

#[test]
fn a_wish_that_nothing_proves_is_kept_listed_and_granted_by_hand() {
    let scene = town().newsletter("title = \"Morning Post\"\neditor = \"fay@example.net\"\n");
    scene.run().expect(0);
    for (name, text) in [
        ("ann", "Subject: Please unsubscribe me\n\n"),
        ("bob", "Subject: Stop\n\n"),
        ("cid", "Subject: Re: Morning Post\n\nBitte abmelden"),
        ("stranger", "Subject: Remove me\n\nfrom your list, please"),
    ] {
        let ended = wrote(&scene, name, "", text);
        assert!(ended.stdout.is_empty() && ended.stderr.contains("recipients wishes"), "{}", ended.stderr);
        assert!(!ended.stderr.contains(&format!("{name}@")), "{}", ended.stderr);
    }
    let listed = command(&scene, &["recipients", "wishes"]).expect(0).stdout;
    for words in [
        "ann@example.net",
        "Stop",
        "Bitte abmelden",
        "stranger@example.net  no",
        "recipients suppress ADDRESS",
    ] {
        assert!(listed.contains(words), "{words}: {listed}");
    }
    let list = command(&scene, &["recipients", "list"]).expect(0).stdout;
    assert_eq!(list.lines().filter(|line| line.contains("asks to leave")).count(), 3, "{list}");
    let diagnosis = command(&scene, &["doctor", "--at", MORNING]).stdout;
    assert!(diagnosis.contains("3 readers ask to leave and are still mailed."), "{diagnosis}");

    command(&scene, &["recipients", "suppress", "Ann@example.net"]).expect(0);
    command(&scene, &["recipients", "restore", "bob@example.net"]).expect(0);
    command(&scene, &["recipients", "restore", "stranger@example.net"]).expect(0);
    let (mailed, ended) = monday(&scene);
    assert_eq!(mailed, ["bob", "cid", "dee", "eve", "fay"]);
    assert!(ended.stderr.contains("A reader asks to leave"), "{}", ended.stderr);
    let editors = scene.mail.taken().into_iter().rev().find(|taken| taken.to == ["fay@example.net"]);
    assert!(String::from_utf8_lossy(&editors.expect("a mail").data).contains("A reader asks to leave"));
    command(&scene, &["recipients", "forget", "cid@example.net"]).expect(0);
    assert_eq!(command(&scene, &["recipients", "wishes"]).expect(0).stdout, "Nobody asks to leave.\n");
}

#[test]
fn a_plain_wish_is_granted_when_our_server_vouches_for_its_sender_or_it_answers_the_readers_own_mail() {
    let scene = town();
    scene.run().expect(0);
    let said = wrote(&scene, "ann", PASSED, "Subject: Unsubscribe\n\n").stdout;
    assert_eq!(said, "a…@example.net unsubscribed, and is mailed nothing any more: asked to leave\n");
    let mine = scene.mail.taken().into_iter().find(|taken| taken.to == ["bob@example.net"]).expect("a mail");
    let text = String::from_utf8_lossy(&mine.data).into_owned();
    let id = text.lines().find_map(|line| line.strip_prefix("Message-ID: ")).expect("an id");
    let answer = format!("In-Reply-To: {id}\nSubject: Re: Morning Post\n\nstop\n");
    assert!(wrote(&scene, "b.other", "", &answer).stdout.starts_with("b…@example.net unsubscribed"));

    // Nobody takes another off the list, and nobody who says more than that is.
    let forged = "Authentication-Results: mx.elsewhere.example; dkim=pass header.d=example.net\n";
    wrote(&scene, "cid", forged, "Subject: Unsubscribe\n\n");
    wrote(
        &scene,
        "dee",
        PASSED,
        "Subject: Hello\n\nI do not want to receive the sports pages, can I choose?\n",
    );
    wrote(&scene, "eve", PASSED, "Auto-Submitted: auto-replied\nSubject: Unsubscribe\n\n");
    wrote(
        &scene,
        "fay",
        PASSED,
        "Subject: Re: Morning Post\n\nWho wrote this?\n\n> Unsubscribe: mailto:x@news.example.com\n",
    );
    assert_eq!(monday(&scene).0, ["cid", "dee", "eve", "fay"]);
    let listed = command(&scene, &["recipients", "wishes"]).expect(0).stdout;
    assert!(
        listed.contains("cid@")
            && listed.contains("dee@")
            && !listed.contains("eve@")
            && !listed.contains("fay@")
    );
}

/// The token in the message to `name`.
fn token(scene: &Scene, name: &str) -> String {
    let taken =
        scene.mail.taken().into_iter().find(|taken| taken.to.concat().starts_with(name)).expect("a message");
    let text = String::from_utf8_lossy(&taken.data).into_owned();
    let rest = text.split("subject=unsubscribe%20").nth(1).expect("a way out");
    rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect()
}

#[test]
fn who_is_removed_by_a_token_is_not_added_again_unless_restored() {
    let scene = town();
    scene.run().expect(0);
    let removed = command(&scene, &["recipients", "remove", &token(&scene, "ann@")]).expect(0).stdout;
    assert!(removed.contains("Removed ann@example.net, who asked to leave"), "{removed}");
    let suppressed = command(&scene, &["recipients", "suppress", &token(&scene, "bob@")]).expect(0).stdout;
    assert!(suppressed.starts_with("bob@example.net is mailed nothing more"), "{suppressed}");
    let refused = command(&scene, &["recipients", "add", "ANN@example.net"]).expect(2).stderr;
    assert!(refused.contains("unsubscribed since") && refused.contains("recipients restore"), "{refused}");
    assert_eq!(monday(&scene).0, ["cid", "dee", "eve", "fay"]);
    command(&scene, &["recipients", "restore", "ann@example.net"]).expect(0);
    command(&scene, &["recipients", "add", "ann@example.net"]).expect(0);
    let refused =
        command(&scene, &["recipients", "suppress", "AQEBAQEBAQEBAQEBAQEBAQEBAQEB"]).expect(2).stderr;
    assert!(refused.contains("neither the address nor the unsubscribe token"), "{refused}");
}

#[test]
fn what_is_exported_is_all_that_a_new_state_needs() {
    let scene = town();
    scene.run().expect(0);
    for (verb, reader) in
        [("suppress", "ann@example.net"), ("suppress", "gone@bücher.example"), ("forget", "bob@example.net")]
    {
        command(&scene, &["recipients", verb, reader]).expect(0);
    }
    command(&scene, &["recipients", "add", "Åsa@example.net", "--name", "Vale, Åsa"]).expect(0);
    let exported = command(&scene, &["recipients", "export"]).expect(0).stdout;
    let today = exported.lines().nth(1).and_then(|line| line.rsplit(',').next()).expect("a date").to_owned();
    assert_eq!(
        exported,
        format!(
            "email,name,sections,state,since\nann@example.net,,,unsubscribed,{today}\ncid@example.net,,,,\n\
             dee@example.net,,,,\neve@example.net,,,,\nfay@example.net,,,,\nÅsa@example.net,\"Vale, Åsa\",,,\n\
             gone@xn--bcher-kva.example,,,unsubscribed,{today}\n"
        )
    );

    let anew = town().readers(&["ann", "cid"]);
    anew.configure();
    anew.write("everybody.csv", &exported);
    let done = command(&anew, &["recipients", "import", "everybody.csv"]).expect(0).stdout;
    assert_eq!(done, "Suppressed 2 more, added 4 readers to feeds.toml\n");
    let again = command(&anew, &["recipients", "import", "everybody.csv"]).expect(0).stdout;
    assert_eq!(again, "Suppressed 0 more, added 0 readers to feeds.toml\n");
    let listed = command(&anew, &["recipients", "suppressed"]).expect(0).stdout;
    let kept = |line: &str| line.starts_with("ann@") && line.ends_with(&format!("unsubscribed  {today}"));
    assert!(listed.lines().any(kept), "{listed}");
    anew.write("more.csv", "email\nANN@example.net\nhal@example.net\n");
    let more = command(&anew, &["recipients", "import", "more.csv"]).expect(0).stdout;
    assert!(more.contains("added 1 readers") && more.contains("1 asked to leave before"), "{more}");
    anew.write("homes.csv", "Email,State\nina@example.net,Ohio\njon@example.net,CA\n");
    let homes = command(&anew, &["recipients", "import", "homes.csv"]).expect(0).stdout;
    assert!(homes.contains("added 2 readers"), "{homes}");
    anew.write("bad.csv", "email,state,since\ncid@example.net,gone fishing,\n");
    let wrong = command(&anew, &["recipients", "import", "bad.csv"]).expect(2).stderr;
    assert!(wrong.contains("bad.csv:2:1") && wrong.contains("gone fishing"), "{wrong}");
}

#[test]
fn a_wish_misspelt_joined_by_hyphens_or_in_a_script_nobody_here_reads_is_listed() {
    let scene = town();
    scene.run().expect(0);
    let wishes = [
        ("ann", "Subject: Unsubcribe\n\n"),
        (
            "bob",
            "Subject: Re: Morning Post\nContent-Type: text/plain; charset=utf-8\n\nDe\u{301}sabonnez-moi",
        ),
        (
            "cid",
            "Subject: Re: Morning Post\nContent-Type: text/plain; charset=utf-8\n\nこのメールを止めてください",
        ),
        ("dee", "Subject: =?utf-8?B?15TXodeoINeQ15XXqteZ?=\n\n"),
    ];
    for (name, text) in wishes {
        wrote(&scene, name, "", text);
    }
    wrote(&scene, "eve", "", "Subject: Re: Morning Post\n\nWho wrote the second one?");
    let listed = command(&scene, &["recipients", "wishes"]).expect(0).stdout;
    for (name, _) in wishes {
        assert!(listed.contains(&format!("{name}@example.net")), "{name} in {listed}");
    }
    assert!(!listed.contains("eve@"), "{listed}");
}

#[test]
fn an_address_is_one_however_it_is_capitalised_in_any_script() {
    let scene = town().readers(&["ann", "Åsa"]);
    scene.configure();
    command(&scene, &["recipients", "suppress", "åSA@EXAMPLE.net"]).expect(0);
    let list = command(&scene, &["recipients", "list"]).expect(0).stdout;
    assert!(list.lines().any(|line| line.starts_with("Åsa@") && line.contains("no: unsubscribed")), "{list}");
    let forgot = command(&scene, &["recipients", "forget", "åsa@example.net"]).expect(0).stdout;
    assert!(
        forgot.starts_with("Forgot åsa@example.net") && !scene.read("feeds.toml").contains("Åsa"),
        "{forgot}"
    );
    assert!(!command(&scene, &["recipients", "export"]).expect(0).stdout.contains("sa@"));
}

/// Ways to write one and the same address.
const SPELLINGS: [&str; 5] = [
    "jos\u{e9}@b\u{fc}cher.example",
    "jose\u{301}@bu\u{308}cher.example",
    "JOSE\u{301}@XN--BCHER-KVA.Example",
    "Jos\u{e9}@xn--bcher-kva.example.",
    "jos\u{c9}@B\u{dc}CHER.example",
];

/// A town with one reader beside its table, whose server takes every script.
fn abroad() -> Scene {
    let scene = Scene::with_mail(Smtp::start().with_utf8()).outlet("Gazette", &[FERRY]).sender(SENDER);
    scene.readers(&["ann"]).top("recipients_file = \"readers.csv\"")
}

#[test]
fn an_address_is_one_however_its_letters_are_composed_and_its_domain_is_written() {
    for spelling in SPELLINGS {
        let scene = abroad();
        scene.write("readers.csv", format!("email\n{}\n", SPELLINGS.join("\n")));
        let ran = scene.run().expect(0);
        assert_eq!(ran.stderr.matches("is listed twice").count(), 3, "of four, and one more counted");
        assert_eq!(scene.mailed(), ["ann@example.net", "jos\u{e9}@xn--bcher-kva.example"], "once");
        let once = "email\n".to_owned() + spelling + "\n";
        scene.write("readers.csv", &once);
        for other in SPELLINGS {
            command(&scene, &["recipients", "suppress", other]).expect(0);
            let list = command(&scene, &["recipients", "list"]).expect(0).stdout;
            assert!(list.contains("no: unsubscribed"), "{spelling} {other}: {list}");
            command(&scene, &["recipients", "restore", spelling]).expect(0);
        }
        scene.write("readers.csv", "email\nbob@example.net\n");
        command(&scene, &["recipients", "forget", spelling]).expect(0);
        scene.write("readers.csv", SPELLINGS.join("\n"));
        assert_eq!(monday(&scene).0, ["ann"], "{spelling}");
    }
}

#[test]
fn a_wish_is_the_readers_however_the_address_is_written() {
    let readers = format!("email\n{}\n", SPELLINGS[0]);
    for spelling in &SPELLINGS[..3] {
        let scene = abroad();
        scene.write("readers.csv", &readers);
        scene.run().expect(0);
        let passed =
            "Authentication-Results: mx.news.example.com; dmarc=pass header.from=xn--bcher-kva.example\n";
        let mail =
            format!("{passed}From: {spelling}\nTo: post@news.example.com\nSubject: unsubscribe\n\nStop\n");
        scene.fed(&["receive", "-c", "feeds.toml", "--at", MORNING], mail.as_bytes()).expect(0);
        assert_eq!(monday(&scene).0, ["ann"], "{spelling}");
    }
}
