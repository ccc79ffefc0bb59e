//! The bytes of an endpoint's answer in, tokens or a refusal out (RFC 6749 section 5, RFC 8628 section 3.2). Never trusts
//! their size or their words.

use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;

use crate::{secret::Secret, text::hidden};

/// Characters kept of a provider's words.
const WORDS: usize = 200;

/// What an endpoint answered, as far as it is of use.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Answer {
    #[serde(deserialize_with = "secret")]
    pub access_token: Option<Secret>,
    #[serde(deserialize_with = "secret")]
    pub refresh_token: Option<Secret>,
    #[serde(deserialize_with = "secret")]
    pub device_code: Option<Secret>,
    pub user_code: String,
    /// Some providers say `verification_url`.
    #[serde(alias = "verification_url")]
    pub verification_uri: String,
    expires_in: Value,
    interval: Value,
}

/// Why there is nothing of use.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// The endpoint's own code and words.
    Said {
        code: String,
        description: String,
    },
    Unreadable(String),
}

#[derive(Deserialize)]
struct Said {
    error: String,
    #[serde(default)]
    error_description: String,
}

impl Answer {
    /// For how long it holds; `usual` if it does not say.
    pub fn expires_in(&self, usual: Duration) -> Duration {
        seconds(&self.expires_in).unwrap_or(usual)
    }

    /// The least time between two questions, a second or more; five if it does not say (RFC 8628 section 3.2).
    pub fn interval(&self) -> Duration {
        seconds(&self.interval).unwrap_or(Duration::from_secs(5)).max(Duration::from_secs(1))
    }
}

/// Reads an answer of this status.
pub(super) fn read(status: u16, bytes: &[u8]) -> Result<Answer, Refusal> {
    if let Ok(Said { error, error_description }) = serde_json::from_slice(bytes) {
        return Err(Refusal::Said { code: words(&error), description: words(&error_description) });
    }
    if !(200..300).contains(&status) {
        return Err(Refusal::Unreadable(format!("it answered {status}")));
    }
    serde_json::from_slice(bytes)
        .map_err(|_| Refusal::Unreadable("its answer is not the JSON that is due".to_owned()))
}

/// Numbers, also those written as texts.
fn seconds(value: &Value) -> Option<Duration> {
    let number = value.as_u64().or_else(|| value.as_str()?.trim().parse().ok())?;
    // A day is longer than any of them.
    Some(Duration::from_secs(number.min(24 * 60 * 60)))
}

/// The first line of a provider's words, without controls.
pub(super) fn words(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    let plain: String = line.chars().map(|c| if c.is_control() { ' ' } else { c }).take(WORDS).collect();
    hidden::shown(&plain).trim().to_owned()
}

fn secret<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<Secret>, D::Error> {
    Ok(Option::<String>::deserialize(from)?.filter(|text| !text.is_empty()).map(Secret::new))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_and_times_are_read_however_they_are_written() {
        let answer =
            read(200, br#"{"access_token":"a","expires_in":"3599","token_type":"Bearer","x":[1]}"#).unwrap();
        assert_eq!(answer.access_token, Some(Secret::new("a")));
        assert_eq!(answer.expires_in(Duration::ZERO), Duration::from_secs(3599));
        assert_eq!((answer.refresh_token.is_none(), answer.interval()), (true, Duration::from_secs(5)));
        let answer =
            read(200, br#"{"access_token":"","refresh_token":null,"expires_in":1e99,"interval":2}"#).unwrap();
        assert_eq!((answer.access_token.is_none(), answer.interval()), (true, Duration::from_secs(2)));
        assert_eq!(answer.expires_in(Duration::from_secs(7)), Duration::from_secs(7));
        let google =
            read(200, br#"{"verification_url":"https://a.example/device","user_code":"AB"}"#).unwrap();
        assert_eq!(google.verification_uri, "https://a.example/device");
    }

    #[test]
    fn a_refusal_is_told_in_one_line_and_what_is_no_answer_is_none() {
        let said = read(400, "{\"error\":\"invalid_grant\",\"error_description\":\"AADSTS70008: gone\u{1b}[2J\\r\\nTrace ID: 1\"}".as_bytes());
        let Err(Refusal::Unreadable(_)) = said else { panic!("a raw control is no JSON: {said:?}") };
        let said = read(
            400,
            br#"{"error":"invalid_grant","error_description":"AADSTS70008: gone\u001b[2J\r\nTrace ID: 1"}"#,
        );
        let (code, description) = ("invalid_grant".to_owned(), "AADSTS70008: gone [2J".to_owned());
        assert_eq!(said.unwrap_err(), Refusal::Said { code, description });
        for (status, bytes) in [(502, &b"<html>"[..]), (200, b"<html>"), (200, b"")] {
            assert!(matches!(read(status, bytes), Err(Refusal::Unreadable(_))), "{status}");
        }
    }
}
