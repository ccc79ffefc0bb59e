//! The reading of mail that came back: the same twice, few signs, and words that may be shown to the operator.

use reveille::inside::{
    incoming::{self, Kind, Sign},
    mailer::Reply,
};

use super::source::assert_plain;

/// Most signs a message may have: each costs one HMAC a reader.
const MOST_SIGNS: usize = 16;

pub fn check(bytes: &[u8]) {
    let incoming = incoming::read(bytes);
    assert_eq!(incoming, incoming::read(bytes), "read differently the second time");
    assert!(incoming.signs.len() <= MOST_SIGNS, "{} signs", incoming.signs.len());
    for (place, sign) in incoming.signs.iter().enumerate() {
        assert!(incoming.signs.iter().skip(place + 1).all(|other| other != sign), "twice: {sign:?}");
        if let Sign::Token(token) = sign {
            assert!(token.len() == 28 && token.is_ascii(), "{token:?} has not the shape of a token");
        }
    }
    match &incoming.kind {
        Kind::Bounce { words, .. } => {
            assert_plain("the server's words", words);
            assert!(words.chars().count() <= 200, "{} characters of a server's words", words.chars().count());
        }
        Kind::Other => assert_eq!(incoming.signs, [], "signs of what somebody wrote"),
        Kind::Unsubscribe(Some(wish)) => {
            assert_plain("what a reader wrote", &wish.words);
            assert!(wish.words.chars().count() <= 200, "{} characters of a wish", wish.words.chars().count());
        }
        Kind::Unsubscribe(None) | Kind::Complaint | Kind::Automatic => {}
    }
    let reply = Reply::new(550, String::from_utf8_lossy(bytes));
    let _ = (reply.meaning(), incoming::Failure::from(&reply));
}
