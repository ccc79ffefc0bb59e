//! What is said to log in (RFC 4954): user, secret and what the server offers in, the lines of an exchange out. Never says
//! them itself.

use base64::{Engine, prelude::BASE64_STANDARD};
use serde::Deserialize;

use super::{Tokens, offers::Offers};
use crate::{mailer::header::clean, secret::Secret};

/// Who logs in, and by what.
#[derive(Debug, Clone, PartialEq)]
pub struct Credentials {
    pub user: String,
    pub proof: Proof,
}

/// What proves who it is.
#[derive(Debug, Clone, PartialEq)]
pub enum Proof {
    Password(Secret),
    /// An OAuth 2.0 access token, had anew whenever one has run out.
    Token(Tokens),
}

/// A way to log in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mechanism {
    /// RFC 4616.
    Plain,
    Login,
    /// As Microsoft and Google have it.
    XOAuth2,
    /// RFC 7628.
    OAuthBearer,
}

const BY_PASSWORD: [(&str, Mechanism); 2] = [("PLAIN", Mechanism::Plain), ("LOGIN", Mechanism::Login)];
const BY_TOKEN: [(&str, Mechanism); 2] =
    [("XOAUTH2", Mechanism::XOAuth2), ("OAUTHBEARER", Mechanism::OAuthBearer)];

/// One log-in, line by line.
pub(super) struct Exchange {
    mechanism: Mechanism,
    /// What is asked for one by one, the last first.
    further: Vec<String>,
    /// What the server said of a token it refuses.
    pub complaint: Option<String>,
}

/// Why a server refuses a token, in the JSON of its challenge.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Complaint {
    status: String,
    scope: String,
}

impl Mechanism {
    /// The first of ours that the server offers; else what to tell the operator.
    pub fn choose(offers: &Offers, proof: &Proof) -> Result<Mechanism, String> {
        let offered: Vec<&str> = offers.mechanisms().collect();
        let ours = match proof {
            Proof::Password(_) => BY_PASSWORD,
            Proof::Token(_) => BY_TOKEN,
        };
        let known = ours.into_iter().find(|(name, _)| offered.contains(name));
        known.map(|(_, mechanism)| mechanism).ok_or_else(|| {
            let [(one, _), (other, _)] = ours;
            let only =
                if offered.is_empty() { String::new() } else { format!(", only {}", offered.join(" ")) };
            format!("it offers neither AUTH {one} nor AUTH {other} on this connection{only}")
        })
    }
}

impl Exchange {
    /// The exchange and its first line, without a line end. `server` is its name and port.
    pub fn begin(
        mechanism: Mechanism,
        user: &str,
        secret: &Secret,
        server: (&str, u16),
    ) -> (Exchange, String) {
        let (secret, (host, port)) = (secret.reveal(), server);
        let (name, text) = match mechanism {
            Mechanism::Plain => ("PLAIN", format!("\0{user}\0{secret}")),
            Mechanism::Login => {
                let further = [secret, user].map(|text| BASE64_STANDARD.encode(text)).to_vec();
                return (Exchange { mechanism, further, complaint: None }, "AUTH LOGIN".to_owned());
            }
            Mechanism::XOAuth2 => ("XOAUTH2", format!("user={user}\x01auth=Bearer {secret}\x01\x01")),
            Mechanism::OAuthBearer => {
                let user = user.replace('=', "=3D").replace(',', "=2C");
                let text =
                    format!("n,a={user},\x01host={host}\x01port={port}\x01auth=Bearer {secret}\x01\x01");
                ("OAUTHBEARER", text)
            }
        };
        let response = BASE64_STANDARD.encode(text);
        let first = format!("AUTH {name} {response}");
        (Exchange { mechanism, further: vec![response], complaint: None }, first)
    }

    /// What is said to a challenge (334), without a line end; none when there is nothing left to say. To a challenge that
    /// complains of a token the answer is empty, or nearly so (RFC 7628 section 3.2.3); the refusal follows.
    pub fn go_on(&mut self, challenge: &str) -> Option<String> {
        let farewell = match self.mechanism {
            Mechanism::Plain | Mechanism::Login => return self.further.pop(),
            Mechanism::XOAuth2 => "",
            Mechanism::OAuthBearer => "AQ==",
        };
        match BASE64_STANDARD.decode(challenge.trim()) {
            // A server that does not take the token with the command itself.
            Ok(empty) if empty.is_empty() => self.further.pop(),
            _ if self.complaint.is_some() => None,
            decoded => {
                let said: Complaint =
                    serde_json::from_slice(&decoded.unwrap_or_default()).unwrap_or_default();
                let about = [("status", said.status), ("scope", said.scope)];
                let about = about.iter().filter(|(_, value)| !value.is_empty());
                let about: Vec<String> =
                    about.map(|(name, value)| format!("{name} {}", clean(value))).collect();
                self.complaint = Some(about.join(", "));
                Some(farewell.to_owned())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begin(mechanism: Mechanism) -> (Exchange, String) {
        Exchange::begin(
            mechanism,
            "someuser@example.com",
            &Secret::new("ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg"),
            ("server.example.com", 587),
        )
    }

    #[test]
    fn a_token_is_said_as_providers_and_the_rfc_have_it() {
        // The example of Google's documentation.
        let expected = "AUTH XOAUTH2 dXNlcj1zb21ldXNlckBleGFtcGxlLmNvbQFhdXRoPUJlYXJlciB5YTI5LnZGOWRmdDRxbVRjMk52YjNSbGNrQmhkSFJoZG1semRHRXVZMjl0Q2cBAQ==";
        assert_eq!(begin(Mechanism::XOAuth2).1, expected);
        let (_, first) = begin(Mechanism::OAuthBearer);
        let said = BASE64_STANDARD.decode(first.strip_prefix("AUTH OAUTHBEARER ").unwrap()).unwrap();
        let said = String::from_utf8(said).unwrap();
        assert!(said.starts_with(
            "n,a=someuser@example.com,\x01host=server.example.com\x01port=587\x01auth=Bearer ya29."
        ));
        let (_, first) = Exchange::begin(Mechanism::OAuthBearer, "a=b,c@d", &Secret::new("x"), ("h", 1));
        let said = BASE64_STANDARD.decode(first.strip_prefix("AUTH OAUTHBEARER ").unwrap()).unwrap();
        assert!(said.starts_with(b"n,a=a=3Db=2Cc@d,\x01host=h"), "RFC 5801 section 4");
        let (_, first) = Exchange::begin(Mechanism::Plain, "tim", &Secret::new("tanstaaftanstaaf"), ("", 0));
        assert_eq!(first, "AUTH PLAIN AHRpbQB0YW5zdGFhZnRhbnN0YWFm");
    }

    #[test]
    fn a_complaint_of_a_token_is_answered_with_nothing_and_told() {
        let challenge = "eyJzdGF0dXMiOiI0MDEiLCJzY2hlbWVzIjoiYmVhcmVyIG1hYyIsInNjb3BlIjoiaHR0cHM6Ly9tYWlsLmdvb2dsZS5jb20vIn0K";
        for (mechanism, farewell) in [(Mechanism::XOAuth2, ""), (Mechanism::OAuthBearer, "AQ==")] {
            let (mut exchange, first) = begin(mechanism);
            assert_eq!(exchange.go_on("").as_deref(), first.rsplit(' ').next(), "asked for apart");
            assert_eq!(exchange.go_on(challenge).as_deref(), Some(farewell));
            assert_eq!(exchange.complaint.as_deref(), Some("status 401, scope https://mail.google.com/"));
            assert_eq!(exchange.go_on(challenge), None, "not on and on");
            let (mut exchange, _) = begin(mechanism);
            assert_eq!(exchange.go_on("no base64").as_deref(), Some(farewell));
        }
    }

    #[test]
    fn user_and_password_are_told_one_by_one_and_no_more() {
        let (mut exchange, _) = Exchange::begin(Mechanism::Login, "tim", &Secret::new("tan"), ("", 0));
        assert_eq!(exchange.go_on("VXNlcm5hbWU6").as_deref(), Some("dGlt"));
        assert_eq!(exchange.go_on("UGFzc3dvcmQ6").as_deref(), Some("dGFu"));
        assert_eq!(exchange.go_on("again"), None);
    }
}
