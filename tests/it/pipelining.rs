//! The mailer before a server that takes several commands at once and answers them in every odd way. That all else is as
//! before other servers, `mailer` shows.

use reveille::inside::mailer::{Outcome, Reply};

use crate::{
    mailer::{both, recipients, send_to_three},
    scene::smtp::{Act, At, Smtp},
};

#[tokio::test]
async fn commands_go_together_only_to_a_server_that_says_it_takes_them_so() {
    let grouped = both().map(async |server| {
        send_to_three(&server).await;
        server.grouped()
    });
    assert_eq!(futures_util::future::join_all(grouped).await, [0, 3]);
}

/// What Bob came to, with a refusal at RCPT and this at DATA, how many connections it took, and what was sent for nobody.
async fn refused_reader(at_data: Act) -> (Outcome, usize, Vec<Vec<u8>>) {
    let server = Smtp::start().with_pipelining();
    let server = server.when(At::Rcpt, "bob@", Act::Say("450 4.2.1 busy")).when(At::Data, "bob@", at_data);
    let [ann, bob, cid] = send_to_three(&server).await;
    assert!(matches!((ann, cid), (Outcome::Sent, Outcome::Sent)));
    assert_eq!(recipients(&server), ["ann@example.net", "cid@example.net"]);
    (bob, server.connections(), server.texts_for_nobody())
}

#[tokio::test]
async fn a_refused_reader_is_told_from_what_the_server_makes_of_the_data_command_behind() {
    let busy = || Outcome::Deferred(Reply::new(450, "4.2.1 busy"));
    for behind in ["503 5.5.1 no recipient", "554 5.5.1 no valid recipients", "451 4.3.0 later"] {
        assert_eq!(refused_reader(Act::Say(behind)).await, (busy(), 1, vec![]), "{behind}");
    }
    let ended = refused_reader(Act::Say("354 go ahead")).await;
    assert_eq!(ended, (busy(), 1, vec![Vec::new()]), "ended by a dot alone");
    for act in [Act::Drop, Act::Stall, Act::Say("421 4.3.2 closing"), Act::Say("250 2.0.0 whatever")] {
        assert_eq!(refused_reader(act.clone()).await, (busy(), 2, vec![]), "{act:?}");
    }
}

#[tokio::test]
async fn answers_out_of_step_are_not_taken_for_those_to_the_next_message() {
    let server = Smtp::start().with_pipelining().when_times(1, At::Mail, "", Act::Say("451 4.3.0 later"));
    let server = server.when_times(1, At::Rcpt, "", Act::Say("354 2.0.0 whatever"));
    let server = server.when_times(1, At::Data, "", Act::Say("250 2.0.0 whatever"));
    let [ann, bob, cid] = send_to_three(&server).await;
    assert_eq!(ann, Outcome::Deferred(Reply::new(451, "4.3.0 later")));
    assert!(matches!((&bob, &cid), (Outcome::Sent, Outcome::Sent)), "{bob:?} {cid:?}");
    assert_eq!(server.connections(), 2);
}

#[tokio::test]
async fn nobody_gets_an_empty_message_from_a_server_that_refuses_the_sender_and_takes_the_rest() {
    let server = Smtp::start().with_pipelining().when_times(1, At::Mail, "", Act::Say("451 4.3.0 later"));
    let [ann, bob, cid] = send_to_three(&server).await;
    assert_eq!(ann, Outcome::Deferred(Reply::new(451, "4.3.0 later")));
    assert!(matches!((bob, cid), (Outcome::Sent, Outcome::Sent)));
    assert_eq!(recipients(&server), ["bob@example.net", "cid@example.net"]);
    assert_eq!(server.connections(), 2, "hung up on");
}
