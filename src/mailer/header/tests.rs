//! Headers read back by another program: what stood in them, and nothing else, in every script.

use mail_parser::{Address, MessageParser};
use proptest::prelude::*;

use super::{super::Mailbox, *};

fn subject_line(value: &str) -> String {
    let mut head = Head::default();
    head.text("Subject", value);
    head.into_string()
}

fn from_line(name: &str) -> String {
    let mut head = Head::default();
    let mailbox = Mailbox::new(name, "post@b\u{fc}cher.example").expect("a mailbox");
    mailbox.write("Reply-To", &mut head);
    head.into_string()
}

/// The subject, and the name and address of the only mailbox in `Reply-To`.
fn read_back(lines: &str) -> (String, String, String) {
    let message = format!("{lines}\r\nbody");
    let parsed = MessageParser::default().parse(message.as_bytes()).expect("a message");
    let (name, address) = match parsed.reply_to() {
        Some(Address::List(list)) if list.len() == 1 => (list[0].name(), list[0].address()),
        Some(other) => panic!("{other:?}"),
        None => (None, None),
    };
    let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
    (text(parsed.subject()), text(name), text(address))
}

/// The lines of one header, each within its bounds, every encoded word of whole characters.
fn assert_sound(header: &str) {
    assert!(header.is_ascii() && header.ends_with("\r\n"), "{header:?}");
    for (place, line) in header.trim_end_matches("\r\n").split("\r\n").enumerate() {
        assert!(line.len() <= 78 && !line.contains(['\r', '\n', '\0']), "{header:?}");
        assert!(place == 0 || (line.starts_with(' ') && !line.trim().is_empty()), "{header:?}");
    }
    for word in header.split_whitespace().filter(|word| word.starts_with("=?")) {
        assert!(word.len() <= 75 && word.ends_with("?="), "{word}");
        let (decoded, ..) = read_back(&format!("Subject: {word}\r\n"));
        assert!(!decoded.contains('\u{fffd}') && !decoded.is_empty(), "{word} holds half a character");
    }
}

#[test]
fn plain_text_stays_as_it_is() {
    assert_eq!(subject_line("Ferry talks, day 3"), "Subject: Ferry talks, day 3\r\n");
}

#[test]
fn long_text_is_folded_at_spaces() {
    let title = "harbour ".repeat(20);
    let line = subject_line(&title);
    assert!(!line.contains("=?"), "{line}");
    assert_sound(&line);
    assert_eq!(read_back(&line).0, title.trim());
}

#[test]
fn every_script_comes_back_as_it_was() {
    for text in [
        "Hafenbüro schließt für „immer“, à demain",
        "Το λιμάνι ανοίγει ξανά την Παρασκευή, λένε οι αρχές του λιμένα",
        "الميناء يستقبل أول سفينة حاويات تعمل بالميثانول، قالت السلطات",
        "הנמל נפתח מחדש ביום שישי, אמרו הרשויות",
        "बंदरगाह शुक्रवार को फिर से खुलेगा, अधिकारियों ने कहा कि क्षेत्र सुरक्षित है",
        "港は五月まで閉鎖されると市長は火曜日に述べた「船は出ない」",
        "می‌خواهم به بندر بروم",
        "Crew 👩\u{200d}🚒👨\u{200d}👩\u{200d}👧\u{200d}👦 saved 🇳🇴🇸🇪 today 🏳\u{fe0f}\u{200d}🌈",
        "Zalgo e\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}\u{308}\u{309}\u{30a}\u{30b}\u{30c}\u{30d}\u{30e} end",
        "Navy’s new ship – “Tern” – is late, again; council agrees on a budget",
        "葛\u{e0100}城市",
    ] {
        let (subject, from) = (subject_line(text), from_line(text));
        assert_sound(&subject);
        assert_sound(&from);
        let expected = (text.to_owned(), text.to_owned(), "post@xn--bcher-kva.example".to_owned());
        assert_eq!(read_back(&(subject + &from)), expected);
    }
}

#[test]
fn text_mostly_of_ascii_stays_readable_and_other_scripts_stay_short() {
    assert_eq!(subject_line("Navy’s ship"), "Subject: =?utf-8?Q?Navy=E2=80=99s_ship?=\r\n");
    assert_eq!(subject_line("港は"), "Subject: =?utf-8?B?5riv44Gv?=\r\n");
}

#[test]
fn joined_characters_stay_in_one_encoded_word() {
    let family = "👨\u{200d}👩\u{200d}👧\u{200d}👦";
    let line = subject_line(&family.repeat(5));
    for word in line.split_whitespace().filter(|word| word.starts_with("=?")) {
        assert_eq!(read_back(&format!("Subject: {word}\r\n")).0, family, "{line}");
    }
}

#[test]
fn hostile_names_are_only_names() {
    let endless = "x".repeat(10_000);
    let pile = format!("a{}", "\u{301}".repeat(10_000));
    for (name, expected) in [
        ("Post, \"The\" (daily) \\", "Post, \"The\" (daily) \\"),
        ("a@b.example, c@d.example", "a@b.example, c@d.example"),
        ("<x@evil.example>", "<x@evil.example>"),
        ("Undisclosed: a;", "Undisclosed: a;"),
        ("=?utf-8?Q?Bcc=3A_x?= =?", "=?utf-8?Q?Bcc=3A_x?= =?"),
        ("Ann\r\nBcc: b@example.com\r\n\r\nhi\0", "Ann Bcc: b@example.com hi"),
        ("\u{85}Ann\u{2028}Vale\u{2029}\u{a0}\u{9b}31m", "Ann Vale 31m"),
        ("\u{202e}nnA\u{202c} \u{2066}V\u{2069}\u{feff}\u{200b}ale\u{e0041}", "nnA Vale"),
        ("  ", ""),
        ("\u{202e}\u{200b}", ""),
        (endless.as_str(), &endless[..300]),
        (pile.as_str(), &pile[..1 + 16 * '\u{301}'.len_utf8()]),
    ] {
        let line = from_line(name);
        assert_sound(&line);
        let address = "post@xn--bcher-kva.example".to_owned();
        assert_eq!(read_back(&line), (String::new(), expected.to_owned(), address), "{line}");
    }
}

#[test]
fn a_quoted_name_keeps_quotes_and_commas() {
    let mut head = Head::default();
    head.phrase("From", "Post, \"The\" \\", "a@example.com");
    assert_eq!(head.into_string(), "From: \"Post, \\\"The\\\" \\\\\" <a@example.com>\r\n");
}

proptest! {
    #[test]
    fn any_text_becomes_safe_headers_and_reads_back_cleaned(
        value in prop_oneof![any::<String>(), "[ -~\r\n\0]{0,400}", "(=\\?utf-8\\?[bq]\\?|\\?=|\\PC| |\"|\\\\){0,200}"],
    ) {
        prop_assume!(!value.contains('\u{fffd}'));
        let (subject, from) = (subject_line(&value), from_line(&value));
        assert_sound(&subject);
        assert_sound(&from);
        let expected = (clean(&value), clean(&value), "post@xn--bcher-kva.example".to_owned());
        prop_assert_eq!(read_back(&(subject + &from)), expected);
    }
}

#[test]
fn a_control_parts_words_as_a_space_does() {
    assert_eq!(clean("tide\u{7}mill\u{1b}[31m\u{85}quay\u{0}"), "tide mill [31m quay");
}
