//! Messages as mail servers write them, with invented names.

use proptest::prelude::*;

use super::*;

const TAG: &str = "aeaqcaibaeaqcaibaeaqcaibaeaqcaib";
const ID: &str = "2026-11-22.00112233445566778899aabbccddeeff00112233@news.example.com";
const TOKEN: &str = "AQEBAQEBAQEBAQEBAQEBAQEBAQEB";

/// A report (RFC 3464) to the tagged address, with these fields in its recipient's group.
fn report(fields: &str) -> String {
    format!(
        "Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example.net (Mail Delivery System)\r\n\
         Subject: Undelivered Mail Returned to Sender\r\nTo: bounces+{TAG}@news.example.com\r\n\
         Auto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=delivery-status;\r\n\tboundary=\"A1/mx.example.net\"\r\n\r\n\
         This is a MIME-encapsulated message.\r\n\r\n\
         --A1/mx.example.net\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\nI'm sorry.\r\n\r\n\
         --A1/mx.example.net\r\nContent-Type: message/delivery-status\r\n\r\n\
         Reporting-MTA: dns; mx.example.net\r\nArrival-Date: Sun, 22 Nov 2026 06:00:04 +0000 (UTC)\r\n\r\n\
         Final-Recipient: rfc822; ann@example.net\r\n{fields}\r\n\r\n\
         --A1/mx.example.net\r\nContent-Type: message/rfc822\r\n\r\n\
         Return-Path: <bounces+{TAG}@news.example.com>\r\nMessage-ID: <{ID}>\r\nSubject: Harbour Post\r\n\r\nNews.\r\n\r\n\
         --A1/mx.example.net--\r\n"
    )
}

fn bounced(message: &str) -> (Failure, String) {
    match read(message.as_bytes()).kind {
        Kind::Bounce { failure, words } => (failure, words),
        other => panic!("{other:?} of {message}"),
    }
}

#[test]
fn a_report_names_its_reader_twice_and_says_why() {
    let message = report(
        "Action: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 <ann@example.net>:\r\n    User unknown",
    );
    assert_eq!(bounced(&message), (Failure::Unknown, "550 5.1.1 <ann@example.net>: User unknown".to_owned()));
    assert_eq!(read(message.as_bytes()).signs, [Sign::Tag(TAG.to_owned()), Sign::MessageId(ID.to_owned())]);
}

#[test]
fn a_report_that_was_cut_short_is_read_as_far_as_it_goes() {
    let message = report("Action: failed\r\nStatus: 5.1.1");
    let cut = message.split("Subject: Harbour Post").next().unwrap_or_default();
    assert_eq!(bounced(cut).0, Failure::Unknown);
    assert_eq!(read(cut.as_bytes()).signs, [Sign::Tag(TAG.to_owned()), Sign::MessageId(ID.to_owned())]);
}

#[test]
fn the_servers_words_are_asked_where_the_status_says_nothing() {
    for (fields, expected) in [
        (
            "Action: failed\r\nStatus: 5.0.0\r\nDiagnostic-Code: smtp;550 5.1.10 no such recipient",
            Failure::Unknown,
        ),
        ("Action: failed\r\nStatus: 5.0.0\r\nDiagnostic-Code: smtp; 550-5.2.1 switched off", Failure::Hard),
        ("Action: failed\r\nStatus: 5.0.0\r\nDiagnostic-Code: smtp; 554 go away", Failure::Hard),
        ("Action: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.7.26 refused", Failure::Unknown),
        ("Action: failed\r\nStatus: 5.2.2 (mailbox full)", Failure::Hard),
        ("Action: Failed (after five days)\r\nStatus: 4.4.7", Failure::Soft),
        ("Action: failed\r\nStatus: 4.0.0\r\nDiagnostic-Code: smtp; 550 5.1.1 unknown", Failure::Soft),
        ("Action: failed\r\nStatus: 5.7.26", Failure::Policy),
        ("Action: failed\r\nStatus: 5.1.8", Failure::Policy),
        ("Action: failed", Failure::Hard),
        ("Action: failed\r\nStatus: 99999.1.1\r\nDiagnostic-Code: ;;;;", Failure::Hard),
    ] {
        assert_eq!(bounced(&report(fields)).0, expected, "{fields}");
    }
}

#[test]
fn a_delay_and_a_success_are_no_bounces() {
    for action in ["delayed", "delivered", "relayed", "expanded"] {
        let message = report(&format!("Action: {action}\r\nStatus: 4.4.1"));
        assert_eq!(read(message.as_bytes()).kind, Kind::Automatic, "{action}");
    }
}

#[test]
fn the_worst_of_several_recipients_counts() {
    let message = report(
        "Action: failed\r\nStatus: 4.4.7\r\n\r\nFinal-Recipient: rfc822; b@example.net\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n\
         Final-Recipient: rfc822; c@example.net\r\nAction: delayed\r\nStatus: 4.4.1",
    );
    assert_eq!(bounced(&message).0, Failure::Unknown);
    let the_last_is_mild = report(
        "Action: failed\r\nStatus: 5.1.1\r\n\r\nFinal-Recipient: rfc822; b@example.net\r\nAction: failed\r\nStatus: 4.4.7",
    );
    assert_eq!(bounced(&the_last_is_mild).0, Failure::Unknown);
}

#[test]
fn an_encoded_report_is_decoded() {
    let message = "To: bounces+x@news.example.com\n\
        Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\
        Content-Transfer-Encoding: base64\n\n\
        UmVwb3J0aW5nLU1UQTogZG5zOyBtCgpBY3Rpb246IGZhaWxlZApTdGF0dXM6IDUuMS4xCg==\n--b--\n";
    assert_eq!(bounced(message), (Failure::Unknown, "5.1.1".to_owned()));
}

#[test]
fn bounces_from_before_the_standard_are_read_by_their_code() {
    let to = format!("To: bounces+{TAG}@news.example.com\n");
    let qmail = format!(
        "Return-Path: <>\nFrom: MAILER-DAEMON@mail.example.org\n{to}Subject: failure notice\n\n\
         Hi. This is the qmail-send program at mail.example.org.\n\n<ann@example.net>:\n\
         192.0.2.7 does not like recipient.\nRemote host said: 550 5.1.1 No such mailbox\nGiving up on 192.0.2.7.\n\n\
         --- Below this line is a copy of the message.\n\nReturn-Path: <bounces+{TAG}@news.example.com>\nMessage-ID: <{ID}>\n"
    );
    assert_eq!(bounced(&qmail), (Failure::Unknown, "Remote host said: 550 5.1.1 No such mailbox".to_owned()));
    assert_eq!(read(qmail.as_bytes()).signs, [Sign::Tag(TAG.to_owned()), Sign::MessageId(ID.to_owned())]);
    let untagged = qmail.replace(&to, "To: bounces@news.example.com\n");
    assert_eq!(read(untagged.as_bytes()).signs, [Sign::Tag(TAG.to_owned()), Sign::MessageId(ID.to_owned())]);
    let elsewhere = untagged.replace("Return-Path: <bounces+", "Reply-To: <bounces+");
    assert_eq!(read(elsewhere.as_bytes()).signs, [Sign::MessageId(ID.to_owned())], "no line but Return-Path");
    let exim = format!(
        "From: Mail Delivery System <Mailer-Daemon@host.example>\n{to}X-Failed-Recipients: ann@example.net\n\n\
         ann@example.net\n  SMTP error from remote mail server after RCPT TO:\n  552 mailbox is full\n"
    );
    assert_eq!(bounced(&exim), (Failure::Hard, "552 mailbox is full".to_owned()));
    let person = format!("From: Ann <ann@example.net>\n{to}\nThe ferry makes 550 trips.\n");
    assert_eq!(read(person.as_bytes()).kind, Kind::Other);
}

#[test]
fn a_complaint_is_known_by_what_it_returns() {
    let complaint = |kind: &str| {
        format!(
            "From: <feedback@provider.example>\nTo: <abuse@news.example.com>\n\
             Content-Type: multipart/report; report-type=feedback-report; boundary=\"f\"\n\n\
             --f\n\nThis is a complaint.\n--f\nContent-Type: message/feedback-report\n\n\
             Feedback-Type: {kind}\nUser-Agent: SomeGenerator/1.0\nVersion: 1\n\
             Original-Mail-From: <bounces+{TAG}@news.example.com>\n\n\
             --f\nContent-Type: message/rfc822\n\nMessage-ID: <{ID}>\n\
             List-Unsubscribe: <mailto:leave@news.example.com?subject=unsubscribe%20{TOKEN}>\n\nNews.\n--f--\n"
        )
    };
    let incoming = read(complaint("abuse").as_bytes());
    assert_eq!(incoming.kind, Kind::Complaint);
    let expected = [Sign::Tag(TAG.to_owned()), Sign::MessageId(ID.to_owned()), Sign::Token(TOKEN.to_owned())];
    assert_eq!(incoming.signs, expected);
    assert_eq!(read(complaint("not-spam").as_bytes()).kind, Kind::Automatic);
}

#[test]
fn a_token_in_the_subject_asks_to_leave_whoever_wrote_it() {
    for subject in [format!("unsubscribe {TOKEN}"), format!("Re: Unsubscribe\n {TOKEN}"), TOKEN.to_owned()] {
        let message =
            format!("From: bob@example.org\nAuto-Submitted: auto-generated\nSubject: {subject}\n\n");
        let incoming = read(message.as_bytes());
        assert_eq!(
            (incoming.kind, incoming.signs),
            (Kind::Unsubscribe(None), vec![Sign::Token(TOKEN.to_owned())])
        );
    }
}

#[test]
fn a_longer_or_shorter_word_is_no_token() {
    for word in [format!("{TOKEN}A"), format!("A{TOKEN}B"), TOKEN[1..].to_owned(), TOKEN.repeat(2)] {
        let message = format!("From: bob@example.org\nSubject: tide {word}\n\n");
        assert_eq!(read(message.as_bytes()).kind, Kind::Other, "{word}");
    }
}

/// How a message with this subject, these further headers and this text asks to leave.
fn asked(subject: &str, more: &str, text: &str) -> Option<Asks> {
    let message = format!(
        "From: ann@example.net\nTo: bounces+{TAG}@news.example.com\n{more}Subject: {subject}\n\n{text}\n"
    );
    match read(message.as_bytes()).kind {
        Kind::Unsubscribe(wish) => wish.map(|wish| wish.asks),
        _ => None,
    }
}

/// What a mail program quotes of us.
const QUOTED: &str = "\n\nOn Sunday, 22 November 2026, Morning Post <post@news.example.com> wrote:\n\n> Ferry to sail again\n\
    > Unsubscribe: mailto:leave@news.example.com?subject=unsubscribe%20AQEBAQEBAQEBAQEBAQEBAQEBAQEB\n";

#[test]
fn a_wish_is_read_from_the_subject_or_from_what_was_written_and_never_from_what_is_quoted() {
    let plainly = Some(Asks::Plainly);
    for (subject, text) in [
        ("Re: unsubscribe", "Bye"),
        ("Please unsubscribe me", ""),
        ("Stop", ""),
        ("Remove me", "from your list, please"),
        ("Re: Morning Post: Ferry to sail again", "unsubscribe"),
        ("Re: Morning Post: Ferry to sail again", &format!("unsubscribe{QUOTED}")),
        (
            "Re: Morning Post",
            &format!("Please remove me.\n\nAnn Vale\n-- \nAnn Vale, Unit 4, stop 12{QUOTED}"),
        ),
        (
            "AW: Morning Post",
            "Bitte abmelden\n\n-----Ursprüngliche Nachricht-----\nVon: Post <post@news.example.com>\nFerry",
        ),
        ("(no subject)", "stop"),
    ] {
        assert_eq!(asked(subject, "", text), plainly, "{subject}: {text}");
    }
    for (subject, text) in [
        ("I like it", "Bye"),
        ("A question about your paper", "When do you go to press? I would not miss it."),
        ("Re: Morning Post: Ferry to sail again", &format!("Who wrote the second one?{QUOTED}")),
        ("Re: How to unsubscribe from a newspaper", "Good piece!"),
        (
            "Fwd: Morning Post",
            "You may like this.\n\nFrom: Morning Post <post@news.example.com>\nSubject: Ferry\n\nUnsubscribe here",
        ),
    ] {
        assert_eq!(asked(subject, "", text), None, "{subject}: {text}");
    }
    assert_eq!(
        asked("Hello", "", "I no longer wish to receive this: I am moving to Sollund."),
        Some(Asks::Perhaps)
    );
    assert_eq!(asked("Unsubscribe", "", "the whole of Tarrow from your weather page"), Some(Asks::Perhaps));
}

#[test]
fn what_is_quoted_says_nothing_and_what_follows_a_wish_may_be_a_name() {
    assert_eq!(asked("Re: Morning Post", "", "Good piece!\n\n> unsubscribe\n> Stop"), None);
    let followed = |by: &str| asked("Hello", "", &format!("Please unsubscribe me.\n\n{by}"));
    assert_eq!(followed("Ann Vale of the Tarrow harbour"), Some(Asks::Plainly), "six words");
    assert_eq!(
        followed("The ferry to Tarrow was late again, and nobody there knew why."),
        Some(Asks::Perhaps)
    );
}

#[test]
fn of_a_message_sixteen_parts_are_read() {
    let with = |before: usize| {
        let parts = "--f\nContent-Type: text/plain\n\nTide.\n".repeat(before);
        let report = "--f\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\n--f--\n";
        read(format!("Content-Type: multipart/report; boundary=f\n\n{parts}{report}").as_bytes()).kind
    };
    assert_eq!((with(15), with(16)), (Kind::Complaint, Kind::Automatic));
}

#[test]
fn what_a_machine_answers_is_no_wish() {
    for more in [
        "Auto-Submitted: auto-replied\n",
        "Precedence: auto_reply\n",
        "X-Autoreply: yes\n",
        "Return-Path: <>\n",
    ] {
        assert_eq!(asked("unsubscribe", more, "unsubscribe"), None, "{more}");
    }
    assert_eq!(asked("stop", "Auto-Submitted: no\n", ""), Some(Asks::Plainly));
}

#[test]
fn a_plain_wish_has_the_signs_of_what_it_answers_and_any_other_has_none() {
    let answer = |text: &str| {
        let message = format!(
            "From: ann@example.net\nTo: bounces+{TAG}@news.example.com\nIn-Reply-To: <{ID}>\nSubject: Re: Morning Post\n\n{text}\n"
        );
        read(message.as_bytes()).signs
    };
    assert_eq!(answer("Unsubscribe"), [Sign::Tag(TAG.to_owned()), Sign::MessageId(ID.to_owned())]);
    assert_eq!(answer("How do I unsubscribe my brother, who is away?"), []);
}

#[test]
fn a_wish_is_found_in_html_and_in_parts_within_parts() {
    let html = "Content-Type: text/html; charset=utf-8\n\n<div>Merci de me désabonner</div><blockquote><p>Ferry</p>\
                <p>Unsubscribe here: a long line of words that says more</p></blockquote>";
    for message in [
        format!("From: ann@example.net\nSubject: Re: Post\n{html}\n"),
        format!(
            "From: ann@example.net\nSubject: Re: Post\nContent-Type: multipart/mixed; boundary=a\n\n--a\n\
             Content-Type: multipart/alternative; boundary=b\n\n--b\n{html}\n--b--\n--a--\n"
        ),
    ] {
        let Kind::Unsubscribe(Some(wish)) = read(message.as_bytes()).kind else {
            panic!("no wish: {message}")
        };
        assert_eq!((wish.asks, wish.words.as_str()), (Asks::Plainly, "Post: Merci de me désabonner"));
    }
}

#[test]
fn messages_within_messages_without_end_are_not_followed() {
    let nested = "Content-Type: message/rfc822\n\n".repeat(40_000);
    assert_eq!(read(nested.as_bytes()).kind, Kind::Other);
    let boxes = "Content-Type: multipart/report; boundary=b\n\n--b\n".repeat(20_000);
    assert_eq!(read(boxes.as_bytes()).kind, Kind::Automatic);
    let many = |count: usize| (0..count).map(|n| format!("<a+b{n}@c> ")).collect::<String>();
    let signs = |addresses: &str| {
        let complaint = format!(
            "To: {addresses}\nContent-Type: multipart/report; boundary=f\n\n--f\nContent-Type: message/feedback-report\n\n\
             Feedback-Type: abuse\n--f--\n"
        );
        read(complaint.as_bytes()).signs.len()
    };
    assert_eq!([15, 16, 17, 20_000].map(|count| signs(&many(count))), [15, 16, 16, 16]);
    assert_eq!(signs(&"<a+b@c> ".repeat(60)), 1, "each once");
}

proptest! {
    #[test]
    fn no_bytes_are_too_strange(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        read(&bytes);
    }

    #[test]
    fn a_report_may_be_cut_or_bent_anywhere(at in 0_usize..1500, with in any::<u8>(), cut in any::<bool>()) {
        let mut bytes = report("Action: failed\r\nStatus: 5.1.1").into_bytes();
        let at = at.min(bytes.len() - 1);
        if cut { bytes.truncate(at) } else { bytes[at] = with }
        read(&bytes);
    }
}
