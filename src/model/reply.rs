//! A mail server's reply in, its meaning out: the one that sending, bounces and diagnosis all go by. Never looks at
//! words, only at codes: RFC 5321 section 4.2, RFC 4954 section 6, RFC 3463 and the registry it began.

use std::{fmt, str::FromStr};

/// A reply that is not a yes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// 400 to 599.
    pub code: u16,
    /// The more specific code of the same class in its text, if any.
    pub enhanced: Option<Status>,
    /// Everything after the first code, on one line.
    pub text: String,
}

/// An enhanced status code such as 5.1.1; for a bare code, only its class is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Status {
    /// 4: not now. 5: never.
    pub class: u16,
    subject: u16,
    detail: u16,
}

/// What a reply is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// The login.
    Login,
    /// The sender's address.
    Sender,
    /// The sender's reputation, or what the server allows.
    Policy,
    /// The reader's address: it does not exist.
    NoSuchReader,
    /// The reader's mailbox: it accepts nothing.
    Disabled,
    MailboxFull,
    TooLarge,
    /// What the message says, or how it is written.
    Content,
    /// The codes do not say.
    Other,
}

impl Reply {
    /// The reply with this code and text.
    pub fn new(code: u16, text: impl Into<String>) -> Reply {
        let text = text.into();
        let enhanced = Status::find(&text).filter(|status| status.class == code / 100);
        Reply { code, enhanced, text }
    }

    /// Whether it may be different later.
    pub fn is_for_now(&self) -> bool {
        self.code < 500
    }

    /// Its status code, or at least its class.
    pub fn status(&self) -> Status {
        self.enhanced.unwrap_or(Status { class: self.code / 100, subject: 0, detail: 0 })
    }

    /// What it is about, by its codes alone.
    pub fn meaning(&self) -> Meaning {
        match (self.code, self.status().meaning()) {
            (530 | 534 | 535 | 538, _) => Meaning::Login,
            (_, told) if self.enhanced.is_some_and(Status::says_something) => told,
            (452, _) => Meaning::MailboxFull,
            (552, _) => Meaning::TooLarge,
            (554, _) => Meaning::Content,
            (_, told) => told,
        }
    }
}

impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.code, self.text)
    }
}

impl Status {
    /// The first code in a text: `5.1.1 …`, `550-5.1.1 …`, `#5.1.1`.
    pub fn find(text: &str) -> Option<Status> {
        words(text).find_map(|word| word.parse().ok())
    }

    /// The first code in a text that someone else wrote around it: an enhanced one, otherwise a bare `550`.
    pub fn find_any(text: &str) -> Option<Status> {
        let bare = |word: &str| match word.as_bytes() {
            [class @ (b'4' | b'5'), b'0'..=b'7', b'0'..=b'9'] => {
                Some(Status { class: u16::from(class - b'0'), subject: 0, detail: 0 })
            }
            _ => None,
        };
        Status::find(text).or_else(|| words(text).find_map(bare))
    }

    /// Whether it says more than its class.
    pub fn says_something(self) -> bool {
        (self.subject, self.detail) != (0, 0)
    }

    /// What it is about.
    pub fn meaning(self) -> Meaning {
        match (self.subject, self.detail) {
            (7, _) => Meaning::Policy,
            (1, 7 | 8) => Meaning::Sender,
            (1, _) => Meaning::NoSuchReader,
            (2, 1) => Meaning::Disabled,
            (2, 2) => Meaning::MailboxFull,
            (2, 3) | (3, 4) => Meaning::TooLarge,
            (6, _) => Meaning::Content,
            _ => Meaning::Other,
        }
    }
}

/// Where a code may stand.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '.').filter(|word| !word.is_empty())
}

/// A code that stands alone, or at the end of a sentence.
impl FromStr for Status {
    type Err = String;

    fn from_str(word: &str) -> Result<Status, String> {
        let read = || {
            let mut numbers = word.trim_end_matches('.').split('.').map(|number| {
                number.parse::<u16>().ok().filter(|_| number.len() <= 3 && !number.starts_with('+'))
            });
            let status =
                Status { class: numbers.next()??, subject: numbers.next()??, detail: numbers.next()?? };
            (numbers.next().is_none() && matches!(status.class, 4 | 5)).then_some(status)
        };
        read().ok_or_else(|| format!("{word:?} is no enhanced status code"))
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.class, self.subject, self.detail)
    }
}

impl Meaning {
    /// Whether it concerns the sender, so that every other message would get the same, and says nothing about the
    /// reader.
    pub fn is_the_senders(self) -> bool {
        matches!(self, Meaning::Login | Meaning::Sender | Meaning::Policy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_means_what_its_codes_say() {
        for (code, text, meaning) in [
            (550, "5.1.1 no such user", Meaning::NoSuchReader),
            (550, "#5.1.0 Address rejected.", Meaning::NoSuchReader),
            (550, "5.1.7 bad sender's mailbox", Meaning::Sender),
            (550, "5.1.8 sender domain not found", Meaning::Sender),
            (550, "5.7.26 unauthenticated mail", Meaning::Policy),
            (451, "4.7.1 greylisted", Meaning::Policy),
            (530, "log in first", Meaning::Login),
            (535, "5.7.8 bad credentials", Meaning::Login),
            (552, "5.2.2 over quota", Meaning::MailboxFull),
            (552, "too big", Meaning::TooLarge),
            (552, "5.3.4 too big", Meaning::TooLarge),
            (452, "try later", Meaning::MailboxFull),
            (452, "4.3.1 insufficient system storage", Meaning::Other),
            (550, "5.2.1 disabled", Meaning::Disabled),
            (554, "rejected", Meaning::Content),
            (554, "5.4.0 of another kind", Meaning::Other),
            (550, "4.1.1 of another class", Meaning::Other),
            (550, "mail from 5.7.1.9 is refused", Meaning::Other),
        ] {
            assert_eq!(Reply::new(code, text).meaning(), meaning, "{code} {text}");
        }
    }

    #[test]
    fn without_an_enhanced_code_the_status_is_the_class_of_the_code() {
        let status = |code, text| Reply::new(code, text).status().to_string();
        assert_eq!(status(450, "try later"), "4.0.0");
        assert_eq!(status(554, "no"), "5.0.0");
        assert_eq!(status(554, "5.7.1 no"), "5.7.1");
    }

    #[test]
    fn a_bad_senders_address_is_the_senders_fault_and_not_the_readers() {
        for code in ["5.1.7", "5.1.8", "5.7.1"] {
            assert!(Reply::new(550, code).meaning().is_the_senders(), "{code}");
        }
        for code in ["5.1.1", "5.1.3", "5.2.1", "5.2.2", "5.6.0"] {
            assert!(!Reply::new(550, code).meaning().is_the_senders(), "{code}");
        }
    }

    #[test]
    fn an_enhanced_code_is_known_among_other_words() {
        let find = |text: &str| Status::find_any(text).map(|status| status.to_string());
        assert_eq!(find("550-5.1.1 The email account").as_deref(), Some("5.1.1"));
        assert_eq!(find("said: 550 unknown").as_deref(), Some("5.0.0"));
        assert_eq!(find("host 4.4.4.4 port 25 said nothing"), None);
        assert_eq!("5.1.1".parse::<Status>().expect("a code").to_string(), "5.1.1");
        for text in ["5.1", "2.1.5", "5.1.1.1", "5.+1.1", "5.1.1000", ""] {
            assert!(text.parse::<Status>().is_err(), "{text}");
        }
    }
}
