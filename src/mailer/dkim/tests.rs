//! Keys read and made, and the shape of the header. That others can check the signatures, `tests/it/dkim.rs` shows.

use super::*;

/// The key of RFC 8463 appendix A.2, known to everybody.
const ED25519: &str = "-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
-----END PRIVATE KEY-----
";

/// An RSA key of 1024 bits, made for this test.
const SHORT: &str = "-----BEGIN RSA PRIVATE KEY-----
MIICXQIBAAKBgQDGsx0K7fDeteuL6FNh7mvY1U/iiXDFF476Mzff9tsFA0N1hQbo
HqNYpsMYTq9qL8LIODgOY718PuupEBelw/9QB5tVTGJUiAPFzNU3HWqCwTlLc0sT
t9t6g0FfwP2x/X4Yagss0gf8RgydCDvw+/jmRRuyJ29rCoSve5n83Ou3sQIDAQAB
AoGBAL88/KLcR4vSQ5YwULBcrGfRRkWeSm8nMXEVgp2IFVxJu8+L7Q3TDxvvxK3M
bYAh37KciTcwP9spI99foaLldP95spmPLKHHYiaLX9fGFK+2xMIN18JHtJWWnS74
NN0vCa8e4Coy3ywrrIY6WO6ICPR8edLhYg08DkUfJ9y7Z63BAkEA9puPkoin9ka6
nq6t4P81u4+xbvv6NwuvgGV7i4RFv+ERVPcSG208hhx7EAPq5Jk0rF7/f313qaW2
V11HtVkTxQJBAM5EcmM/R/9J0gdwJW95czD9eznTjjK2ciW8QqvOska1kLcVl/MB
zwwXN6WneCJJD5aA7OypVwQ5LtKnxhszVv0CQFcWiJVO/UHTqIPxXCZg+jDKhfaT
tcFKtye4rvCOPbONX/mJZzOYWA9kb3EwcPtZv2hABCqZvHCEvOgNYQ2B76ECQAjL
/IDlEwH9OPreOop9iH8fYGD/98GL7GRVmhZPs2S2m5xjTF6txhHC77md4c68hPCr
QO967V4dvjR3uUgxsVUCQQDLgAi/PBvGJx70g3v2UkmRomUrkDHWtURwUGSfIdDk
gEQb2ZIlKv4XHB/9wlaICa9GIy4ll/+jl9ZFvUcXwrwU
-----END RSA PRIVATE KEY-----
";

const MESSAGE: &[u8] = b"From: Joe <joe@football.example.com>\r\n\
    To: Suzie <suzie@shopping.example.net>\r\n\
    Subject: Is dinner\r\n ready?\r\n\
    X-Trace: not signed\r\n\
    \r\n\
    Hi.\r\n\r\nWe lost the game.  Are you hungry yet?\r\n\r\nJoe.\r\n";

fn signer() -> Signer {
    Signer::new(Key::from_pem(ED25519.as_bytes()).expect("a key"), "Football.example.com", "Brisbane")
}

fn at(time: &str) -> Timestamp {
    time.parse().expect("a time")
}

#[test]
fn the_public_half_of_the_rfcs_key_is_the_rfcs() {
    assert_eq!(signer().key().public(), "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=");
}

#[test]
fn the_signature_is_one_folded_header_on_top_of_the_unchanged_message() {
    let signed = signer().sign(MESSAGE, at("2026-11-22T06:00:00Z")).expect("signed");
    assert!(signed.ends_with(MESSAGE));
    let header = signed.strip_suffix(MESSAGE).expect("a header").to_vec();
    // The body hash is that of RFC 8463 appendix A.3.
    insta::assert_snapshot!(String::from_utf8(header).expect("ASCII").replace("\r\n", "\n"), @"
    DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;
     d=football.example.com; s=brisbane; t=1795327200; h=From: From: Reply-To:
     To: To: Subject: Subject: Date: Content-Type: List-Unsubscribe:
     List-Unsubscribe-Post; bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=; b=
     UIAjbk1C+aJLafYk7/ZidR7Nw3dIZj3yh53EXc7EPggQdXxyTz9Wecupk6L13w+o0gauxHk1
     udo0bCmnSEWsDg==
    ");
}

#[test]
fn the_same_key_message_and_time_give_the_same_bytes_and_another_time_others() {
    for kind in [Kind::Rsa, Kind::Ed25519] {
        let signer = Signer::new(Key::generate(kind).expect("a key"), "news.example", "a");
        let sign = |time| signer.sign(MESSAGE, at(time)).expect("signed");
        assert_eq!(sign("2026-11-22T06:00:00Z"), sign("2026-11-22T06:00:00Z"));
        assert_ne!(sign("2026-11-22T06:00:00Z"), sign("2026-11-22T06:00:01Z"));
    }
}

#[test]
fn a_new_key_survives_its_pem_file() {
    for kind in [Kind::Rsa, Kind::Ed25519] {
        let key = Key::generate(kind).expect("a key");
        let pem = key.to_secret_pem().expect("a text");
        assert!(pem.lines().all(|line| line.len() <= 64), "{}", pem.lines().count());
        let read = Key::from_pem(pem.as_bytes()).expect("a key");
        assert_eq!((read.kind(), read.public()), (kind, key.public()));
        assert_ne!(Key::generate(kind).expect("another").public(), key.public());
    }
}

#[test]
fn what_is_no_key_to_sign_with_is_refused_for_its_reason() {
    let refused = |text: &str| Key::from_pem(text.as_bytes()).expect_err("refused");
    assert_eq!(refused(SHORT), KeyError::Short);
    assert_eq!(refused(&ED25519.replace("MC4CAQAw", "MC4CAQAx")), KeyError::Unknown);
    assert_eq!(
        refused("-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n"),
        KeyError::Unknown
    );
    assert_eq!(
        refused("-----BEGIN RSA PUBLIC KEY-----\nAAAA\n-----END RSA PUBLIC KEY-----\n"),
        KeyError::Public
    );
    assert_eq!(refused("Proc-Type: 4,ENCRYPTED"), KeyError::Locked);
    assert_eq!(refused("nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A="), KeyError::NoKey);
}

#[test]
fn a_key_is_never_printed() {
    let shown = format!("{:?}", signer());
    assert!(shown.contains("secret") && !shown.contains("nWGx"), "{shown}");
}
