//! What a reader's signed names keep apart, and what verifies.

use jiff::civil::date;

use super::*;

fn key() -> Key {
    Key::new(&[7; SECRET])
}

fn token() -> String {
    issue(&key(), "ann@example.net")
}

#[test]
fn a_token_has_a_fixed_length_and_holds_no_address() {
    let short = token();
    let long = issue(&key(), &format!("{}@example.net", "a".repeat(60)));
    assert_eq!((short.len(), long.len()), (TOKEN_LENGTH, TOKEN_LENGTH));
    assert!(short.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'), "{short}");
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(&short).expect("base64url");
    assert_eq!(bytes.first(), Some(&VERSION));
    assert!(!bytes.windows(3).any(|three| three == b"ann"));
}

#[test]
fn a_token_is_good_for_its_key_and_reader_only() {
    let token = token();
    assert!(verify(&key(), "Ann@Example.net", &token));
    assert!(!verify(&key(), "bob@example.net", &token));
    let other = Key::new(&[8; SECRET]);
    assert!(!verify(&other, "ann@example.net", &token));
}

#[test]
fn a_bent_token_is_refused() {
    let good = token();
    let mut bytes = BASE64_URL_SAFE_NO_PAD.decode(&good).expect("a token");
    bytes[0] = VERSION + 1;
    let later_version = BASE64_URL_SAFE_NO_PAD.encode(bytes);
    let last_changed = format!("{}{}", &good[..27], if good.ends_with('A') { 'B' } else { 'A' });
    for bad in
        ["", "é", "AQ==", &good[1..], &format!("{good}A"), &later_version, &last_changed, &"é".repeat(14)]
    {
        assert!(!verify(&key(), "ann@example.net", bad), "{bad}");
    }
}

#[test]
fn parts_cannot_be_shifted_into_each_other() {
    let signed = |parts: &[&str]| key().sign(parts).finalize().into_bytes();
    assert_ne!(signed(&["ab", "c@example.net"]), signed(&["a", "bc@example.net"]));
}

/// Who knows one of the four may know it to others: none of them tells another.
#[test]
fn the_names_of_one_reader_have_no_bytes_in_common() {
    let (key, email, day) = (key(), "ann@example.net", date(2026, 11, 22));
    let unhexed = |id: &str| {
        let signature = id.split_once('.').and_then(|(_, rest)| rest.split_once('@'));
        from_hex(signature.expect("a signature").0).expect("digits")
    };
    let mut names = vec![
        BASE64_URL_SAFE_NO_PAD.decode(issue(&key, email)).expect("a token")[1..].to_vec(),
        from_base32(&tag(&key, email)).expect("a tag")[1..].to_vec(),
        from_hex(&pseudonym(&key, email)).expect("digits"),
        unhexed(&message_id(&key, day, email, "news.example.com")),
        unhexed(&message_id(&key, date(2026, 11, 23), email, "news.example.com")),
        unhexed(&copy_id(&key, day, Timestamp::UNIX_EPOCH, email, "news.example.com")),
        unhexed(&trial_id(&key, day, Timestamp::UNIX_EPOCH, email, "news.example.com")),
    ];
    let count = names.len();
    // Four bytes in a row are alike by chance once in some millions.
    let windows = names.iter().flat_map(|name| name.windows(4)).count();
    let mut shared: Vec<&[u8]> = names.iter().flat_map(|name| name.windows(4)).collect();
    shared.sort_unstable();
    shared.dedup();
    assert_eq!(shared.len(), windows);
    names.sort();
    names.dedup();
    assert_eq!(names.len(), count);
}

#[test]
fn a_key_is_never_printed_and_is_filled_up_as_the_rfc_says() {
    assert_eq!(format!("{:?}", key()), "Key(secret)");
    let same = Key(Hmac::new_from_slice(&[7; SECRET]).expect("of any length"));
    assert_eq!(pseudonym(&same, "ann@example.net"), pseudonym(&key(), "ann@example.net"));
}

#[test]
fn a_message_id_is_stable_and_differs_by_day_and_reader() {
    let id = |day: i8, email: &str| message_id(&key(), date(2026, 11, day), email, "news.example.com");
    assert_eq!(id(22, "ann@example.net"), id(22, "ANN@example.net"));
    assert_ne!(id(22, "ann@example.net"), id(23, "ann@example.net"));
    assert_ne!(id(22, "ann@example.net"), id(22, "bob@example.net"));
    let sample = id(22, "ann@example.net");
    assert!(sample.starts_with("<2026-11-22.") && sample.ends_with("@news.example.com>"), "{sample}");
    assert!(!sample.contains("ann"));
}

#[test]
fn a_tag_fits_a_local_part_and_survives_a_change_of_case() {
    let tag = tag(&key(), "Ann@example.net");
    assert!(tag.len() == TAG_LENGTH && tag.bytes().all(|b| DIGITS.contains(&b)), "{tag}");
    let verified = |email: &str, tag: &str| verify_tag(&key(), email, tag);
    assert!(verified("ann@example.net", &tag) && verified("ann@example.net", &tag.to_uppercase()));
    assert!(!verified("bob@example.net", &tag));
    let later_version = format!("b{}", &tag[1..]);
    let last_changed = format!("{}{}", &tag[..31], if tag.ends_with('a') { 'b' } else { 'a' });
    for bad in
        ["", &tag[1..], &format!("{tag}a"), &later_version, &last_changed, &"1".repeat(32), &"é".repeat(16)]
    {
        assert!(!verified("ann@example.net", bad), "{bad}");
    }
}

#[test]
fn base32_is_that_of_the_rfc() {
    assert_eq!(base32(b"foobarfoob"), "mzxw6ytbojtg633c");
    assert_eq!(from_base32(&base32(&[0xa5; 20])), Some(vec![0xa5; 20]));
}

#[test]
fn a_message_id_is_known_again_for_its_reader_only() {
    let id = message_id(&key(), date(2026, 11, 22), "ann@example.net", "news.example.com");
    let known = |email: &str, id: &str| verify_message_id(&key(), email, id);
    assert!(known("ANN@example.net", &id) && known("ann@example.net", id.trim_matches(['<', '>'])));
    assert!(!known("bob@example.net", &id) && !known("ann@example.net", &id.replace("11-22", "11-23")));
    let cut_short = format!("{}@b>", id.split_once('@').map_or("", |(name, _)| &name[..name.len() - 2]));
    assert!(!known("ann@example.net", &cut_short), "{cut_short}");
    for bad in ["", "<>", "<a@b>", "<2026-11-22.@b>", "<2026-11-22.zz@b>", "<2026-11-22.é@b>", &id[..30]] {
        assert!(!known("ann@example.net", bad), "{bad}");
    }
}

#[test]
fn a_copy_has_a_message_id_of_its_own_that_is_known_again() {
    let (key, day, asked_at) = (key(), date(2026, 11, 22), Timestamp::UNIX_EPOCH);
    let copy = |email: &str, second: i64| {
        let asked_at = asked_at + jiff::SignedDuration::from_secs(second);
        copy_id(&key, day, asked_at, email, "news.example.com")
    };
    let own = message_id(&key, day, "ann@example.net", "news.example.com");
    let first = copy("ann@example.net", 0);
    assert_eq!(first, copy("Ann@example.net", 0));
    assert!(first != own && first != copy("ann@example.net", 1) && first != copy("bob@example.net", 0));
    assert!(verify_message_id(&key, "ann@example.net", &first));
    assert!(!verify_message_id(&key, "bob@example.net", &first));
    let moved = first.replace("news.example.com", "letters.example.org");
    assert!(verify_message_id(&key, "ann@example.net", &moved), "the domain may change");
    let trial = trial_id(&key, day, asked_at, "ann@example.net", "news.example.com");
    assert!(!verify_message_id(&key, "ann@example.net", &trial), "a test is no delivery");
}

#[test]
fn a_pseudonym_is_one_for_an_address_and_unlike_everything_else() {
    let name = pseudonym(&key(), "ann@example.net");
    assert_eq!((name.len(), &name), (64, &pseudonym(&key(), "Ann@Example.net")));
    assert_ne!(name, pseudonym(&key(), "bob@example.net"));
    let other = Key::new(&[8; SECRET]);
    assert_ne!(name, pseudonym(&other, "ann@example.net"));
}
