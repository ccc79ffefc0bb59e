//! A valid message, broken one way at a time.

use proptest::prelude::*;

use super::*;

const SOUND: &str = "\
DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=news.example.com; s=m;\r
 h=From:To:Subject:Date:Message-ID:List-Unsubscribe:List-Unsubscribe-Post;\r
 bh=abc=; b=def\r
From: Harbour Post <post@news.example.com>\r
To: Ann <ann@example.net>\r
Subject: =?utf-8?Q?Ferry_sails_again_=E2=80=94_at_last?=\r
Date: Sun, 22 Nov 2026 06:00:00 +0000\r
Message-ID: <2026-11-22.0a1b@news.example.com>\r
List-Id: Harbour Post <harbour-post.news.example.com>\r
List-Unsubscribe: <https://news.example.com/leave/abc>,\r
 <mailto:post@news.example.com?subject=unsubscribe%20abc>\r
List-Unsubscribe-Post: List-Unsubscribe=One-Click\r
Auto-Submitted: auto-generated\r
MIME-Version: 1.0\r
Content-Type: multipart/alternative; boundary=\"=_x\"\r
\r
--=_x\r
Content-Type: text/plain; charset=utf-8\r
\r
Ferry sails again on Monday, its owners said.\r
https://gazette.example/ferry\r
Unsubscribe: https://news.example.com/leave/abc\r
--=_x\r
Content-Type: text/html; charset=utf-8\r
\r
<!DOCTYPE html><html lang=\"en\"><head><title>Harbour Post</title><style>p{margin:0}</style></head><body>\r
<h1>Harbour Post</h1><table role=\"presentation\"><tr><td>\r
<p><a href=\"https://gazette.example/ferry\">Ferry sails again</a> on Monday, its owners said.</p>\r
<img src=\"https://gazette.example/ferry.jpg\" alt=\"The ferry\"></td></tr></table>\r
<p><a href=\"https://news.example.com/leave/abc\">Unsubscribe</a></p></body></html>\r
--=_x--\r
";

fn now() -> Timestamp {
    "2026-11-22T06:30:00Z".parse().expect("a time")
}

fn found(message: &str) -> Vec<String> {
    examine(message.as_bytes(), now()).findings.iter().map(ToString::to_string).collect()
}

#[test]
fn a_sound_message_has_no_finding() {
    let examined = examine(SOUND.as_bytes(), now());
    assert_eq!(examined.findings, []);
    assert_eq!(examined.header("SUBJECT"), "Ferry sails again — at last");
    assert_eq!(examined.header("x-nothing"), "");
    assert_eq!(examined.links, ["https://gazette.example/ferry", "https://news.example.com/leave/abc"]);
    assert!(examined.teaser.starts_with("Harbour Post Ferry sails again on Monday"), "{}", examined.teaser);
    assert_eq!(examined.sizes.message, SOUND.len());
    assert!(examined.sizes.html > examined.sizes.text && examined.sizes.text > 80, "{:?}", examined.sizes);
}

/// Asserts that replacing `from` with `to` in the valid message gives exactly one finding, which starts with the
/// given text; an empty text means no finding.
#[track_caller]
fn breaks(from: &str, to: &str, finding: &str) {
    assert!(SOUND.contains(from), "{from}");
    let findings = found(&SOUND.replacen(from, to, 1));
    let as_expected = match findings.as_slice() {
        [] => finding.is_empty(),
        [only] => !finding.is_empty() && only.starts_with(finding),
        _ => false,
    };
    assert!(as_expected, "{finding}: {findings:#?}");
}

#[test]
fn octets_that_do_not_travel_are_found() {
    breaks(
        "Monday, its owners said.\r\n",
        "Monday, its owners said.\n",
        "error: a line ends in CR or LF alone",
    );
    let long = format!("said.\r\n{}\r\n", "x".repeat(999));
    breaks("said.\r\n", &long, "error: a line has 999 octets");
    assert_eq!(found(&SOUND.replacen("said.\r\n", &format!("said.\r\n{}\r\n", "x".repeat(998)), 1)), [""; 0]);
    breaks("Harbour Post</h1>", "Harbour Pöst</h1>", "warning: it holds octets above 127");
    let findings = found(&SOUND.replacen("said.\r\n", "said.\0\r\n", 1));
    assert!(findings.iter().any(|finding| finding.starts_with("error: it holds a NUL")), "{findings:?}");
}

#[test]
fn headers_are_there_once_and_sound() {
    breaks("Date: Sun, 22 Nov 2026 06:00:00 +0000\r\n", "", "error: there is no Date");
    breaks("List-Id: Harbour Post <harbour-post.news.example.com>\r\n", "", "warning: there is no List-Id");
    breaks(
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n",
        "",
        "warning: there is no List-Unsubscribe-Post",
    );
    breaks("Subject: =", "Subject: One\r\nSubject: =", "error: Subject stands 2 times");
    breaks("Date: Sun", "Date: Soon", "error: Date cannot be read: Soon,");
    breaks("22 Nov 2026 06", "15 Nov 2026 06", "warning: Date is more than a day from now");
    breaks(
        "<2026-11-22.0a1b@news.example.com>",
        "<2026@localhost>",
        "error: Message-ID is not <name@domain.tld>",
    );
    breaks(
        "<2026-11-22.0a1b@news.example.com>",
        "<2026@host.example>",
        "warning: Message-ID is of host.example",
    );
    breaks("Ann <ann@example.net>", "a@example.net, b@example.net", "error: To names 2 readers");
    breaks("Ann <ann@example.net>", "undisclosed-recipients:;", "error: To names 0 readers");
    breaks("Auto-Submitted:", "Bcc: b@example.net\r\nAuto-Submitted:", "error: there is a Bcc");
}

#[test]
fn subjects_that_filters_mind_are_found() {
    let subject = "=?utf-8?Q?Ferry_sails_again_=E2=80=94_at_last?=";
    breaks(subject, &"harbour ".repeat(10), "warning: Subject has 79 characters");
    breaks(subject, "FERRY SAILS AGAIN AT last", "warning: Subject is mostly in capitals");
    breaks(subject, "UN, EU, NATO meet", "");
    breaks(subject, "=?utf-8?Q?=3D=3Futf-8=3FQ=3Fx=3F=3D?=", "warning: Subject holds \"=?\" after decoding");
    breaks(subject, "Re: ferry", "warning: Subject begins like an answer");
    breaks(
        subject,
        "=?utf-8?Q?Ferry=E2=80=AEsails?=",
        "warning: Subject holds marks that turn the direction",
    );
    breaks(subject, "", "warning: Subject is empty");
}

#[test]
fn the_way_out_is_one_that_programs_can_use() {
    breaks("/leave/abc>,", "/leave/ abc>,", "error: List-Unsubscribe has white space inside <>");
    breaks("=One-Click", "=one-click", "error: List-Unsubscribe-Post must be");
    breaks("<https://news.example.com/leave/abc>,\r\n ", "", "error: List-Unsubscribe-Post is there, but");
    breaks(
        ",\r\n <mailto:post@news.example.com?subject=unsubscribe%20abc>",
        "",
        "warning: List-Unsubscribe has no mailto:",
    );
    breaks("Unsubscribe: https", "Way out: https", "");
    let silent = SOUND.replace("Unsubscribe: https://news.example.com/leave/abc\r\n", "");
    let findings = found(&silent);
    assert!(findings.iter().any(|finding| finding.contains("no way to unsubscribe")), "{findings:?}");
}

#[test]
fn a_signature_covers_what_it_must_for_the_sender() {
    breaks(":Subject:", ":", "error: the DKIM-Signature does not cover subject");
    breaks("d=news.example.com", "d=relay.example", "error: the DKIM-Signature is of relay.example");
    // `d=ws.example.com` ends as the sender's domain does, and is neither it nor above it.
    breaks("d=news.example.com", "d=ws.example.com", "error: the DKIM-Signature is of ws.example.com");
    breaks(
        "d=news.example.com",
        "d=a.news.example.com",
        "error: the DKIM-Signature is of a.news.example.com",
    );
    breaks("d=news.example.com", "d=example.com", "");
    breaks("; s=m;\r\n h=", "; s=m;\r\n x=", "error: a DKIM-Signature lacks h= or d=");
    breaks("DKIM-Signature:", "X-Signature:", "warning: there is no DKIM-Signature");
}

#[test]
fn parts_are_text_then_html_in_utf8_and_small_enough() {
    breaks("multipart/alternative;", "multipart/mixed;", "error: it is multipart/mixed");
    breaks(
        "text/plain; charset=utf-8",
        "text/plain; charset=iso-8859-1",
        "error: text/plain names iso-8859-1",
    );
    breaks("text/html; charset=utf-8", "text/html", "error: text/html names no charset");
    let grown = |bytes: usize| format!("<p>{}</p>\r\n</body>", "<b>x</b> \r\n".repeat(bytes / 11));
    let sized = |bytes| found(&SOUND.replacen("</body>", &grown(bytes), 1));
    assert!(sized(79_000).iter().all(|finding| !finding.contains(" KB")));
    assert!(
        sized(85_000)[0].starts_with("warning: the HTML has 86 KB, more than 80 KB"),
        "{:?}",
        sized(85_000)[0]
    );
    assert!(sized(110_000)[0].starts_with("error: the HTML has 111 KB: Gmail cuts it off"));
    breaks(
        "Ferry sails again on",
        "Ferry \u{1} sails again on",
        "error: the text part holds control characters",
    );
    let turned = SOUND.replacen("text/plain", "text/x", 1).replacen("text/html", "text/plain", 1);
    assert!(found(&turned)[0].starts_with("error: its parts are text/x, text/plain"), "{:?}", found(&turned));
}

#[test]
fn the_page_is_whole_where_little_is_supported_and_read_aloud() {
    breaks(" lang=\"en\"", "", "error: <html> has no lang");
    breaks(" alt=\"The ferry\"", "", "error: 1 picture has no alt");
    breaks(
        " alt=\"The ferry\"",
        " alt=\"\" width=\"1\" height=\"1\"",
        "warning: there is a picture of one pixel",
    );
    breaks(" role=\"presentation\"", "", "warning: 1 table has no role");
    breaks("<h1>", "<h1>x</h1><h1>", "warning: there are 2 <h1>");
    breaks("</body>", "<script>1</script></body>", "error: there is a <script>");
    breaks("p{margin:0}", "@import url(x.css)", "error: the style sheet imports another");
    breaks("p{margin:0}", &".a{margin:0}\r\n".repeat(1300), "error: the style sheet has");
    let deep = found(&SOUND.replacen("</body>", &"<div>\r\n".repeat(400), 1));
    assert!(deep[0].contains("not fit to be read"), "{deep:?}");
}

#[test]
fn links_are_the_same_in_both_parts_and_lead_where_they_say() {
    breaks(
        "https://gazette.example/ferry\r\n",
        "",
        "warning: 1 link of the HTML is not in the text part, such as https://gazette",
    );
    breaks(
        "said.\r\n",
        "said. https://other.example\r\n",
        "warning: 1 link of the text part is not in the HTML",
    );
    breaks("ferry\r\n", "ferry.\r\n", "");
    breaks(
        ">Ferry sails again</a>",
        ">www.courier.example</a>",
        "error: a link says courier.example and leads to gazette.example",
    );
    breaks(">Ferry sails again</a>", ">https://gazette.example/ferry</a>", "");
    breaks(">Ferry sails again</a>", ">St.Petersburg</a>", "");
    let script = found(&SOUND.replacen("\"https://gazette.example/ferry\">", "\"javascript:x()\">", 1));
    assert!(script[0].starts_with("error: the link \"Ferry sails again\" leads to neither"), "{script:?}");
    let tracked = SOUND.replace("gazette.example/ferry\"", "gazette.example/ferry?utm_source=post\"");
    let tracked = tracked.replace("gazette.example/ferry\r\n", "gazette.example/ferry?utm_source=post\r\n");
    assert!(
        found(&tracked)[0].starts_with("warning: a link says where its reader came from"),
        "{:?}",
        found(&tracked)
    );
    let stub = SOUND.replacen("Ferry sails again on Monday, its owners said.", "See the HTML.", 1);
    assert!(found(&stub)[0].starts_with("warning: the text part has 4 words"), "{:?}", found(&stub));
}

proptest! {
    #[test]
    fn no_bytes_are_too_strange(place in 0..SOUND.len(), cut in 0..400_usize, noise in prop::collection::vec(any::<u8>(), 0..60)) {
        let bytes = SOUND.as_bytes();
        let end = (place + cut).min(bytes.len());
        let broken = [&bytes[..place], &noise, &bytes[end..]].concat();
        let examined = examine(&broken, now());
        prop_assert_eq!(examined.sizes.message, broken.len());
        let _ = examine(&noise, now());
    }
}

#[test]
fn without_a_sender_only_that_is_said() {
    breaks("From: Harbour Post <post@news.example.com>\r\n", "", "error: there is no From");
}
