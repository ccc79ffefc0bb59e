//! A mail server out of order at every step of the talk: once it is well again, the next run serves everybody whom it did
//! not refuse for good, and nobody twice but who was in doubt.

use super::press::{copies, leaflet, message_id, reader, serve_from};
use crate::scene::{
    Ended, MORNING, Scene,
    smtp::{Act, At, Smtp},
};

const READERS: usize = 12;

/// What a server may say that is no SMTP.
const GARBAGE: &str = "<html>502 Bad Gateway</html>";

fn run(scene: &Scene) -> Ended {
    scene.reveille(&["run", "--quiet", "--config", "feeds.toml", "--at", MORNING])
}

/// How a morning went: the status of the run during the fault, and how often each reader got the mail in the end.
struct Morning {
    status: i32,
    stderr: String,
    copies: Vec<usize>,
}

/// A run before this server, then one or two when it is well again, the last of which ends with `at_last`.
fn morning(name: &str, mail: Smtp, at_last: i32) -> Morning {
    let scene = leaflet(mail, READERS, 3);
    let during = run(&scene);
    scene.mail.recover();
    let after = run(&scene);
    assert_eq!(after.status, at_last, "{name}: {}\nbefore: {}", after.stderr, during.stderr);
    let taken = scene.mail.taken();
    let copies = copies(&taken);
    for copies in copies.values() {
        assert!(copies.iter().all(|(_, copy)| message_id(copy) == message_id(copies[0].1)), "{name}");
        assert!(copies.iter().all(|(_, copy)| copy.data == copies[0].1.data), "{name}");
    }
    let copies = (0..READERS).map(|n| copies.get(&reader(n)).map_or(0, Vec::len)).collect();
    Morning { status: during.status, stderr: during.stderr, copies }
}

const STEPS: [At; 6] = [At::Greeting, At::Mail, At::Rcpt, At::Data, At::Dot, At::Rset];

/// A server that does this at that step, to all or to the first few.
fn server(at: At, about: &'static str, act: Act, pipelining: bool) -> Smtp {
    let mail = if pipelining { Smtp::start().with_pipelining() } else { Smtp::start() };
    mail.when(at, about, act)
}

#[test]
fn a_server_that_is_leaving_at_any_step_costs_nobody_the_mail() {
    for (at, pipelining) in STEPS.into_iter().zip([false, true].into_iter().cycle()) {
        let mail = server(at, "", Act::Say("421 4.3.2 leaving"), pipelining);
        let morning = morning(&format!("{at:?}"), mail, 0);
        let expected = if at == At::Rset { 0 } else { 5 };
        assert_eq!((morning.status, morning.copies), (expected, vec![1; READERS]), "{at:?}");
    }
}

#[test]
fn a_server_that_speaks_no_smtp_costs_nobody_the_mail() {
    for at in [At::Greeting, At::Mail, At::Rcpt, At::Data, At::Dot] {
        let morning = morning(&format!("{at:?}"), server(at, "", Act::Say(GARBAGE), false), 0);
        assert_eq!((morning.status, morning.copies), (5, vec![1; READERS]), "{at:?}");
    }
}

#[test]
fn a_server_that_hangs_up_costs_nobody_the_mail() {
    for at in [At::Greeting, At::Mail, At::Rcpt, At::Data] {
        let morning = morning(&format!("{at:?}"), server(at, "", Act::Drop, true), 0);
        assert_eq!((morning.status, morning.copies), (5, vec![1; READERS]), "{at:?}");
    }
}

#[test]
fn a_server_that_takes_messages_and_hangs_up_doubles_a_few_and_is_left_alone() {
    let morning = morning("accepts and drops", server(At::Dot, "", Act::Drop, false), 0);
    assert_eq!(morning.status, 5);
    assert!(morning.stderr.contains("no answer came"), "{}", morning.stderr);
    assert!(morning.copies.iter().all(|&copies| copies >= 1), "{:?}", morning.copies);
    // Three in a row end the run, and three connections may have one each in hand by then.
    assert!(morning.copies.iter().sum::<usize>() - READERS <= 3 + 2, "{:?}", morning.copies);
}

#[test]
fn a_server_that_stalls_is_given_up_on_in_time() {
    for at in [At::Greeting, At::Rcpt] {
        let morning = morning(&format!("{at:?}"), server(at, "", Act::Stall, false), 0);
        assert_eq!((morning.status, morning.copies), (5, vec![1; READERS]), "{at:?}");
        assert!(morning.stderr.contains("within 400ms"), "{at:?}: {}", morning.stderr);
    }
}

#[test]
fn readers_put_off_are_served_by_the_next_run() {
    for (at, act) in
        [(At::Rcpt, Act::Say("450 4.2.1 mailbox busy")), (At::Dot, Act::Say("451 4.7.1 greylisted"))]
    {
        for about in ["reader000", ""] {
            let morning = morning(&format!("{at:?} {about}"), server(at, about, act.clone(), true), 0);
            assert_eq!((morning.status, morning.copies), (5, vec![1; READERS]), "{at:?} {about}");
        }
    }
}

#[test]
fn a_reader_refused_for_good_costs_nobody_else_the_mail() {
    for at in [At::Rcpt, At::Dot] {
        for who in [0, READERS - 1] {
            let about: &'static str = reader(who).leak();
            let mail = server(at, about, Act::Say("550 5.1.1 no such user"), false);
            let morning = morning(&format!("{at:?} {about}"), mail, 5);
            let mut expected = vec![1; READERS];
            expected[who] = 0;
            assert_eq!((morning.status, morning.copies), (5, expected), "{at:?} {about}");
            assert!(morning.stderr.contains("not tried again"), "{}", morning.stderr);
        }
    }
}

#[test]
fn a_server_that_refuses_everybody_has_refused_nobody() {
    for (at, line) in [
        (At::Rcpt, "550 5.1.1 no such user"),
        (At::Rcpt, "554 relay access denied"),
        (At::Rcpt, "554 5.7.1 relay access denied"),
        (At::Mail, "550 5.1.0 sender rejected"),
        (At::Dot, "554 transaction failed"),
        (At::Greeting, "554 no SMTP service here"),
    ] {
        let morning = morning(line, server(at, "", Act::Say(line), true), 0);
        assert_eq!((morning.status, morning.copies), (5, vec![1; READERS]), "{line}");
        assert!(morning.stderr.contains(line), "{}", morning.stderr);
    }
}

#[test]
fn a_server_that_refuses_everybody_for_a_moment_is_asked_again_in_the_same_run() {
    for first in [2, READERS] {
        let refusal = Act::Say("550 5.1.1 no such user");
        let scene = leaflet(Smtp::start().when_times(first, At::Rcpt, "", refusal), READERS, 3);
        let ended = run(&scene);
        let mailed = scene.mailed().len();
        // With a message taken right after them, the first few are believed.
        let expected = if first == READERS { (0, READERS) } else { (5, READERS - first) };
        assert_eq!((ended.status, mailed), expected, "{}", ended.stderr);
    }
}

#[test]
fn readers_whose_mail_is_always_lost_do_not_keep_it_from_the_others() {
    let always = ["reader0000", "reader0001", "reader0002"];
    let mail = always.iter().fold(Smtp::start(), |mail, name| mail.when(At::Dot, name, Act::Drop));
    let scene = leaflet(mail, READERS, 1);
    run(&scene).expect(5);
    run(&scene).expect(5);
    let (taken, served) = (scene.mail.taken(), READERS - always.len());
    assert_eq!(copies(&taken).len(), READERS, "the three are tried, and the {served} others served");
}

#[test]
fn a_server_that_is_not_there_is_said_and_waited_for() {
    let scene = leaflet(Smtp::start(), READERS, 3);
    let nobody =
        std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("its address");
    let there = serve_from(&scene, &format!("smtp://{nobody}"));
    let ended = run(&scene).expect(5);
    assert!(ended.stderr.contains("cannot reach the mail server"), "{}", ended.stderr);
    serve_from(&scene, &there);
    run(&scene).expect(0);
    assert_eq!(scene.mailed(), (0..READERS).map(reader).collect::<Vec<_>>());
}
