//! The outcome of a delivery attempt in, what it means for the operator and what to do about it out. Never decides
//! whether a reader is mailed again.

use crate::model::{Meaning, Outcome, Reply};

/// What a reply, or the lack of one, is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trouble {
    Login,
    Certificate,
    Unreachable,
    Relay,
    Policy,
    Later,
    NoSuchReader,
    MailboxFull,
    TooLarge,
    Content,
    LostAnswer,
    NotTried,
    Other,
}

/// Phrases of servers without a code for a sender they do not trust.
const DISTRUST: [&str; 9] =
    ["spf", "dkim", "dmarc", "blocked", "blacklist", "blocklist", "listed", "spam", "reputation"];

/// Phrases of servers without a code for an address that does not exist.
const NOBODY: [&str; 5] = ["unknown", "no such", "not exist", "not found", "unavailable"];

impl Trouble {
    /// What the last attempt came to, if there was one.
    pub fn of(outcome: Option<&Outcome>) -> Trouble {
        let Some(outcome) = outcome else { return Trouble::NotTried };
        match (outcome, outcome.reply()) {
            (Outcome::NoLogin(_), _) => Trouble::Login,
            (_, Some(reply)) => Trouble::of_reply(reply),
            (Outcome::Unknown(_), _) => Trouble::LostAnswer,
            (Outcome::Insecure(_), _) => Trouble::Certificate,
            (Outcome::Lost(_) | Outcome::Down(_), _) => Trouble::Unreachable,
            _ => Trouble::Other,
        }
    }

    /// Judged by its codes, and by its words too, since no reader can be lost by it: this is only advice.
    fn of_reply(reply: &Reply) -> Trouble {
        let low = reply.text.to_lowercase();
        let says = |any: &[&str]| any.iter().any(|part| low.contains(part));
        match reply.meaning() {
            Meaning::Login => Trouble::Login,
            _ if says(&["relay"]) => Trouble::Relay,
            Meaning::TooLarge => Trouble::TooLarge,
            Meaning::MailboxFull => Trouble::MailboxFull,
            _ if reply.is_for_now() => Trouble::Later,
            Meaning::Policy | Meaning::Sender => Trouble::Policy,
            Meaning::NoSuchReader | Meaning::Disabled => Trouble::NoSuchReader,
            Meaning::Content | Meaning::Other if says(&DISTRUST) => Trouble::Policy,
            Meaning::Content => Trouble::Content,
            Meaning::Other if says(&NOBODY) => Trouble::NoSuchReader,
            Meaning::Other => Trouble::Other,
        }
    }

    /// What it means, in a sentence or two.
    pub fn means(self) -> &'static str {
        match self {
            Trouble::Login => {
                "The mail server does not accept the login: [mail] user or the password is wrong. Many providers want a \
                 password made for this program (an \"app password\")."
            }
            Trouble::Certificate => {
                "No encrypted connection comes about: the server's certificate is not of the name in [mail] smtp, has run \
                 out, or this machine's certificates are old; or the port speaks the other kind of TLS (smtps:// is 465, \
                 smtp://…?tls=required is 587)."
            }
            Trouble::Unreachable => {
                "The mail server could not be reached. Many hosting providers block outgoing mail ports until asked; a \
                 firewall, a wrong name or port do the same."
            }
            Trouble::Relay => {
                "The server does not relay mail for you: log in ([mail] user), or send from an address it knows."
            }
            Trouble::Policy => {
                "The receivers do not trust the sender: SPF, DKIM or DMARC are missing or wrong, or the server is on a \
                 blocklist. That says nothing of the readers; the server's words often hold a link."
            }
            Trouble::Later => {
                "The server said \"not now\": greeting strangers late (greylisting) or limiting how much it takes. A run some \
                 20 minutes later gets through; [mail] per_second and connections keep to a limit."
            }
            Trouble::NoSuchReader => "There is no such address, their server says; it is not tried again.",
            Trouble::MailboxFull => "The reader's mailbox is full.",
            Trouble::TooLarge => "The message is larger than the server takes: lower [newsletter] max_words.",
            Trouble::Content => {
                "The server refused the message itself: most often that is a spam filter. A link in it may be on a blocklist."
            }
            Trouble::LostAnswer => {
                "It was on its way when the run ended or the connection was lost, so nobody knows whether it arrived. The next \
                 run sends it again under the same Message-ID."
            }
            Trouble::NotTried => "No run has come to them yet.",
            Trouble::Other => "Nothing more is known of it.",
        }
    }

    /// Whether it concerns the sender or the connection rather than single readers.
    pub fn is_everybodys(self) -> bool {
        matches!(
            self,
            Trouble::Login | Trouble::Certificate | Trouble::Unreachable | Trouble::Relay | Trouble::Policy
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_servers_words_are_understood() {
        for (code, text, trouble) in [
            (530, "log in first", Trouble::Login),
            (550, "5.7.1 SPF check failed", Trouble::Policy),
            (550, "5.1.7 bad sender's mailbox", Trouble::Policy),
            (554, "5.7.1 Service unavailable; blocked using bl.example", Trouble::Policy),
            (550, "our list has you listed", Trouble::Policy),
            (554, "5.7.1 <a@b.example>: Relay access denied", Trouble::Relay),
            (451, "4.7.1 Greylisting in action, come back in 300 s", Trouble::Later),
            (421, "too many connections", Trouble::Later),
            (550, "5.1.1 <a@b.example>: no mailbox 421 here", Trouble::NoSuchReader),
            (550, "User unknown", Trouble::NoSuchReader),
            (552, "5.2.2 over quota", Trouble::MailboxFull),
            (552, "5.3.4 message too big", Trouble::TooLarge),
            (554, "rejected", Trouble::Content),
            (550, "5.6.0 bad content", Trouble::Content),
            (521, "go away", Trouble::Other),
        ] {
            let refused = Outcome::Refused(Reply::new(code, text));
            assert_eq!(Trouble::of(Some(&refused)), trouble, "{refused}");
        }
    }

    #[test]
    fn what_kept_a_message_from_the_server_is_told_apart() {
        for (outcome, trouble) in [
            (Outcome::NoLogin(Reply::new(504, "no AUTH")), Trouble::Login),
            (Outcome::Closed(Reply::new(421, "4.3.2 too busy")), Trouble::Later),
            (Outcome::Insecure("invalid peer certificate: Expired".to_owned()), Trouble::Certificate),
            (Outcome::Down("192.0.2.1:465: Connection refused".to_owned()), Trouble::Unreachable),
            (Outcome::Lost("connection closed".to_owned()), Trouble::Unreachable),
            (Outcome::Unknown("connection closed".to_owned()), Trouble::LostAnswer),
            (Outcome::BadAddress("\"a\" is not a mail address".to_owned()), Trouble::Other),
        ] {
            assert_eq!(Trouble::of(Some(&outcome)), trouble, "{outcome}");
        }
        assert_eq!(Trouble::of(None), Trouble::NotTried);
    }
}
