//! The mailer before a server that takes, defers, refuses, hangs up and stalls.

use std::{collections::BTreeSet, net::TcpListener, time::Duration};

use mail_parser::MessageParser;
use reveille::inside::mailer::{
    Connection, Encoded, Envelope, Error, Mailbox, Outcome, Outline, Post, Reply, Subject, address, build,
    smtp,
};

use crate::scene::smtp::{Act, At, Smtp};

pub fn options(server: &Smtp) -> smtp::Options {
    let short = Duration::from_millis(400);
    smtp::Options {
        timeout: short,
        final_timeout: short,
        ..smtp::Options::from_url(&server.url()).expect("a URL")
    }
}

async fn connect(server: &Smtp) -> Connection {
    Post::Smtp(options(server)).connect().await.expect("a connection")
}

fn envelope(to: &str) -> Envelope {
    Envelope {
        from: address("bounce+1@news.example.com").expect("an address"),
        to: address(to).expect("an address"),
    }
}

pub async fn send(connection: &mut Connection, to: &str) -> Outcome {
    connection.send(&envelope(to), b"Subject: Morning\r\n\r\nFerry talks resume\r\n", to).await
}

/// A server that takes one command at a time, and one that takes several.
pub fn both() -> [Smtp; 2] {
    [Smtp::start(), Smtp::start().with_pipelining()]
}

/// Both kinds of server for each of these.
fn both_for<T: Clone>(each: &[T]) -> impl Iterator<Item = (T, Smtp)> {
    each.iter().flat_map(|one| both().map(|server| (one.clone(), server)))
}

/// Sends to Ann, Bob and Cid in turn over one connection.
pub async fn send_to_three(server: &Smtp) -> [Outcome; 3] {
    let mut connection = connect(server).await;
    let outcomes = [
        send(&mut connection, "ann@example.net").await,
        send(&mut connection, "bob@example.net").await,
        send(&mut connection, "cid@example.net").await,
    ];
    connection.quit().await;
    outcomes
}

pub fn recipients(server: &Smtp) -> Vec<String> {
    server.taken().into_iter().flat_map(|taken| taken.to).collect()
}

#[tokio::test]
async fn three_readers_get_their_own_message_over_one_connection() {
    for server in both() {
        let outcomes = send_to_three(&server).await;
        assert!(outcomes.iter().all(|outcome| *outcome == Outcome::Sent), "{outcomes:?}");
        assert_eq!(recipients(&server), ["ann@example.net", "bob@example.net", "cid@example.net"]);
        assert!(
            server
                .taken()
                .iter()
                .all(|taken| taken.to.len() == 1 && taken.from == "bounce+1@news.example.com")
        );
        assert_eq!(server.connections(), 1);
        assert_eq!(server.commands().last().map(String::as_str), Some("QUIT"));
    }
}

#[tokio::test]
async fn one_refused_reader_does_not_cost_the_others_theirs() {
    for server in both() {
        let server = server.when(At::Rcpt, "bob@", Act::Say("550 5.1.1 no such user"));
        let [ann, bob, cid] = send_to_three(&server).await;
        assert_eq!(bob, Outcome::Refused(Reply::new(550, "5.1.1 no such user")));
        assert!(matches!((ann, cid), (Outcome::Sent, Outcome::Sent)));
        assert_eq!(recipients(&server), ["ann@example.net", "cid@example.net"]);
        assert_eq!(server.connections(), 1, "the connection went on");
    }
}

#[tokio::test]
async fn a_4xx_defers_the_reader_and_keeps_the_connection() {
    for (at, server) in both_for(&[At::Rcpt, At::Data, At::Dot]) {
        let server = server.when(at, "bob@", Act::Say("451 4.3.0 later"));
        let [ann, bob, cid] = send_to_three(&server).await;
        assert_eq!(bob, Outcome::Deferred(Reply::new(451, "4.3.0 later")), "{at:?}");
        assert!(matches!((ann, cid), (Outcome::Sent, Outcome::Sent)));
        assert_eq!(server.connections(), 1);
    }
}

#[tokio::test]
async fn a_connection_that_cannot_be_set_back_is_not_used_again() {
    for server in both() {
        let server = server.when(At::Rcpt, "bob@", Act::Say("550 5.1.1 no such user")).when(
            At::Rset,
            "",
            Act::Say("502 5.5.1 what?"),
        );
        let [ann, bob, cid] = send_to_three(&server).await;
        assert!(matches!((ann, bob, cid), (Outcome::Sent, Outcome::Refused(_), Outcome::Sent)));
        assert_eq!(server.connections(), 2);
    }
}

#[tokio::test]
async fn after_a_421_the_next_reader_gets_a_new_connection() {
    for (at, server) in both_for(&[At::Rcpt, At::Data, At::Dot]) {
        let server = server.when(at, "bob@", Act::Say("421 4.3.2 closing"));
        let [ann, bob, cid] = send_to_three(&server).await;
        assert_eq!(bob, Outcome::Deferred(Reply::new(421, "4.3.2 closing")), "{at:?}");
        assert!(matches!((ann, cid), (Outcome::Sent, Outcome::Sent)));
        assert_eq!(server.connections(), 2);
    }
}

#[tokio::test]
async fn a_connection_lost_before_the_final_dot_defers_the_reader() {
    for (at, server) in both_for(&[At::Rcpt, At::Data]) {
        let server = server.when(at, "bob@", Act::Drop);
        let [_, bob, cid] = send_to_three(&server).await;
        assert!(matches!(&bob, Outcome::Lost(_)), "{at:?}: {bob:?}");
        assert!(matches!(cid, Outcome::Sent));
        assert_eq!(recipients(&server), ["ann@example.net", "cid@example.net"]);
    }
}

#[tokio::test]
async fn a_text_that_could_not_leave_whole_is_deferred() {
    // More than the buffers of both ends hold, so that the end of it stays here.
    let message = format!("Subject: Long\r\n\r\n{}", "Ferry talks resume.\r\n".repeat(800_000));
    for server in both() {
        let server = server.when(At::Data, "bob@", Act::Deaf);
        let mut connection = connect(&server).await;
        let bob = connection.send(&envelope("bob@example.net"), message.as_bytes(), "bob").await;
        assert!(matches!(&bob, Outcome::Lost(_)), "{bob:?}");
        assert!(matches!(send(&mut connection, "cid@example.net").await, Outcome::Sent));
        assert_eq!(recipients(&server), ["cid@example.net"]);
    }
}

#[tokio::test]
async fn a_connection_lost_after_the_final_dot_leaves_the_delivery_unknown() {
    for (act, server) in both_for(&[Act::Drop, Act::Stall]) {
        let server = server.when(At::Dot, "bob@", act.clone());
        let [ann, bob, cid] = send_to_three(&server).await;
        assert!(matches!(&bob, Outcome::Unknown(_)), "{act:?}: {bob:?}");
        assert!(matches!((ann, cid), (Outcome::Sent, Outcome::Sent)));
        assert_eq!(recipients(&server).len(), 3, "the server had it, and got it once");
    }
}

#[tokio::test]
async fn the_answer_to_the_final_dot_is_waited_for_longer_than_any_other() {
    let late = Act::Late(Duration::from_millis(1500));
    for (at, server) in both_for(&[At::Rcpt, At::Dot]) {
        let server = server.when(at, "", late.clone());
        let patient = smtp::Options { final_timeout: Duration::from_secs(20), ..options(&server) };
        let mut connection = Post::Smtp(patient).connect().await.expect("a connection");
        let ann = send(&mut connection, "ann@example.net").await;
        match at {
            At::Dot => assert_eq!((ann, server.connections()), (Outcome::Sent, 1)),
            _ => assert_eq!(ann, Outcome::Lost("no answer to RCPT within 400ms".into())),
        }
    }
}

#[tokio::test]
async fn a_server_that_stalls_is_given_up() {
    for server in both() {
        let server = server.when(At::Rcpt, "bob@", Act::Stall);
        let [_, bob, cid] = send_to_three(&server).await;
        assert_eq!(bob, Outcome::Lost("no answer to RCPT within 400ms".into()));
        assert!(matches!(cid, Outcome::Sent));
    }
}

#[tokio::test]
async fn an_answer_out_of_place_is_taken_for_no_answer() {
    for server in both() {
        let server = server.when(At::Data, "bob@", Act::Say("250 2.0.0 whatever"));
        let [_, bob, cid] = send_to_three(&server).await;
        assert_eq!(bob, Outcome::Lost("the server gave the answer 250 out of place".into()));
        assert!(matches!(cid, Outcome::Sent));
    }
}

#[tokio::test]
async fn several_connections_share_the_work() {
    let server = Smtp::start();
    let hands = ["ann", "bob", "cid", "dee"].map(|name| {
        let server = server.clone();
        tokio::spawn(async move {
            let mut connection = connect(&server).await;
            for number in 0..5 {
                send(&mut connection, &format!("{name}{number}@example.net")).await;
            }
            connection.quit().await;
        })
    });
    for hand in hands {
        hand.await.expect("no panic");
    }
    let readers: BTreeSet<String> = recipients(&server).into_iter().collect();
    assert_eq!((readers.len(), server.taken().len(), server.connections()), (20, 20, 4));
}

#[tokio::test]
async fn a_refused_sender_is_not_the_readers_fault() {
    for server in both() {
        let server = server.when(At::Mail, "", Act::Say("550 you are not known here")).when(
            At::Rcpt,
            "",
            Act::Say("503 5.5.1 sender first"),
        );
        let [ann, ..] = send_to_three(&server).await;
        assert_eq!(ann, Outcome::SenderRefused(Reply::new(550, "you are not known here")));
        assert_eq!(server.connections(), 1);
    }
    for server in both() {
        let server = server.when(At::Rcpt, "ann@", Act::Say("554 5.7.1 relay access denied"));
        let [ann, ..] = send_to_three(&server).await;
        assert_eq!(ann, Outcome::SenderRefused(Reply::new(554, "5.7.1 relay access denied")));
    }
}

#[tokio::test]
async fn a_server_that_is_down_says_so() {
    let gone = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port");
    let post = Post::Smtp(smtp::Options::from_url(&format!("smtp://{gone}")).expect("a URL"));
    let error = post.connect().await.expect_err("nobody listens");
    assert!(matches!(error, Error::Down { .. }));
    assert!(error.to_string().contains(&gone.to_string()), "{error}");
}

#[tokio::test]
async fn a_server_that_goes_away_during_a_run_says_so() {
    let server = Smtp::start().when(At::Dot, "ann@", Act::Say("421 4.3.2 closing")).when_times(
        0,
        At::Greeting,
        "",
        Act::Drop,
    );
    let mut connection = connect(&server).await;
    assert!(matches!(send(&mut connection, "ann@example.net").await, Outcome::Deferred(_)));
    let server = server.when(At::Greeting, "", Act::Say("554 closed for today"));
    let bob = send(&mut connection, "bob@example.net").await;
    assert!(matches!(&bob, Outcome::Closed(reply) if reply.text == "closed for today"), "{bob:?}");
    assert!(server.taken().is_empty());
}

#[tokio::test]
async fn a_connection_closed_while_idle_costs_no_message() {
    for server in both() {
        let server = server.when_times(1, At::Mail, "", Act::Drop);
        let mut connection = connect(&server).await;
        let fresh = send(&mut connection, "ann@example.net").await;
        assert!(
            matches!(fresh, Outcome::Lost(_)),
            "a new connection that is lost is not tried again: {fresh:?}"
        );
        assert!(matches!(send(&mut connection, "bob@example.net").await, Outcome::Sent));
        let server = server.when_times(1, At::Mail, "", Act::Drop);
        assert!(matches!(send(&mut connection, "cid@example.net").await, Outcome::Sent));
        assert_eq!(recipients(&server), ["bob@example.net", "cid@example.net"]);
    }
}

#[tokio::test]
async fn a_wrong_password_is_told_apart_from_a_server_that_is_down() {
    let server = Smtp::start().with_login("post", "right");
    let right = Post::Smtp(options(&server).with_credentials("post", "right"));
    assert!(right.connect().await.is_ok());
    let wrong = Post::Smtp(options(&server).with_credentials("post", "guessed"));
    let error = wrong.connect().await.expect_err("a wrong password");
    assert!(matches!(&error, Error::Denied { .. }), "{error}");
    assert!(
        error.to_string().contains("535 5.7.8 wrong") && !error.to_string().contains("guessed"),
        "{error}"
    );
}

#[tokio::test]
async fn tls_is_not_given_up_for_a_server_that_does_not_offer_it() {
    let server = Smtp::start();
    let post = Post::Smtp(smtp::Options { tls: smtp::Tls::Required, ..options(&server) });
    assert!(matches!(post.connect().await, Err(Error::Insecure { .. })));
    assert!(server.taken().is_empty());
}

#[tokio::test]
async fn dots_and_line_ends_arrive_as_they_were() {
    for server in both() {
        let text = b"Subject: Dots\r\n\r\n.\r\n..\r\n.hidden\r\nend.\r\n\r\n.\r\n";
        let mut connection = connect(&server).await;
        assert!(matches!(connection.send(&envelope("ann@example.net"), text, "x").await, Outcome::Sent));
        assert_eq!(server.taken().first().map(|taken| taken.data.clone()), Some(text.to_vec()));
    }
}

#[tokio::test]
async fn a_hostile_reader_cannot_reach_others() {
    let server = Smtp::start();
    let mut connection = connect(&server).await;
    let from: Mailbox = "Harbour Post <post@news.example.com>".parse().expect("a mailbox");
    let to = Mailbox::new("Eve\r\nBcc: bob@example.net\r\n\r\nhello", "eve@example.net").expect("a mailbox");
    let message = build(&Outline {
        from: &from,
        reply_to: None,
        to: &to,
        subject: &Subject::new("Morning\r\n.\r\nRCPT TO:<bob@example.net>"),
        text: &[&Encoded::new(".\r\nMAIL FROM:<x@example.net>\r\n.\nQUIT")],
        html: &[&Encoded::new("<p>.\n.\n</p>")],
        date: "2026-11-22T11:00:00Z".parse().expect("a time"),
        message_id: "<1@news.example.com>",
        references: None,
        list: None,
    })
    .expect("a message");
    assert!(matches!(connection.send(&envelope("eve@example.net"), &message, "x").await, Outcome::Sent));
    assert!(address("eve@example.net>\r\nRCPT TO:<bob@example.net").is_err());
    assert_eq!(recipients(&server), ["eve@example.net"]);
    let data = server.taken().remove(0).data;
    assert_eq!(data, message);
    let read = MessageParser::default().parse(&data).expect("a message");
    assert!(read.bcc().is_none());
    assert_eq!(read.subject(), Some("Morning . RCPT TO:<bob@example.net>"));
}

#[tokio::test]
async fn a_probe_tells_how_far_it_came_and_sends_nothing() {
    let server = Smtp::start().with_login("post", "right");
    let probe = Post::Smtp(options(&server).with_credentials("post", "right")).probe(None).await;
    assert!(probe.problem.is_none(), "{probe:?}");
    assert!(probe.steps.iter().any(|step| step == "logged in"), "{probe:?}");
    let probe = Post::Smtp(options(&server).with_credentials("post", "guessed")).probe(None).await;
    assert!(matches!(probe.problem, Some(Error::Denied { .. })));
    assert!(probe.steps.iter().any(|step| step.starts_with("connected to 127.0.0.1")), "{probe:?}");
    assert!(!server.commands().iter().any(|line| line.starts_with("MAIL")));
}

#[tokio::test]
async fn an_outbox_takes_messages_and_says_that_they_are_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let post = Post::Outbox { folder: folder.path().to_owned(), counts: false };
    let mut connection = post.connect().await.expect("an outbox");
    assert!(matches!(send(&mut connection, "ann@example.net").await, Outcome::Written(_)));
    connection.quit().await;
    let file = std::fs::read(folder.path().join("ann@example.net.eml")).expect("a file");
    assert!(file.ends_with(b"Ferry talks resume\r\n"));
}
