//! A mail server's words in, what they mean and what can be done out. Codes: RFC 5321 section 4.2.3, RFC 3463.

/// What a reply, or its absence, is about.
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

impl Trouble {
    /// What the words are about.
    pub fn of(words: Option<&str>) -> Trouble {
        let Some(words) = words else { return Trouble::NotTried };
        let low = words.to_lowercase();
        let says = |any: &[&str]| any.iter().any(|part| low.contains(part));
        let (code, status) = codes(&low);
        match (code, status.as_deref().unwrap_or("")) {
            _ if says(&["no answer came"]) => Trouble::LostAnswer,
            (Some(530 | 534 | 535 | 538), _) => Trouble::Login,
            _ if says(&["refuses the login"]) => Trouble::Login,
            (None, _) if says(&["tls: ", "peer certificate", "handshake"]) => Trouble::Certificate,
            (None, _) => Trouble::Unreachable,
            _ if says(&["relay"]) => Trouble::Relay,
            (Some(552), "") | (_, "5.2.3" | "5.3.4") => Trouble::TooLarge,
            (_, "4.2.2" | "5.2.2") | (Some(452 | 552), _) => Trouble::MailboxFull,
            (Some(400..500), _) => Trouble::Later,
            (_, status) if status.starts_with("5.7.") => Trouble::Policy,
            _ if says(&[
                "spf",
                "dkim",
                "dmarc",
                "blocked",
                "blacklist",
                "blocklist",
                "listed",
                "spam",
                "reputation",
            ]) =>
            {
                Trouble::Policy
            }
            (_, "5.1.1" | "5.1.0" | "5.1.6" | "5.1.10" | "5.2.1") => Trouble::NoSuchReader,
            (Some(550 | 551 | 553), "")
                if says(&["unknown", "no such", "not exist", "not found", "unavailable"]) =>
            {
                Trouble::NoSuchReader
            }
            (_, status) if status.starts_with("5.6.") => Trouble::Content,
            (Some(554), _) => Trouble::Content,
            _ => Trouble::Other,
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
                "The server carries no mail to others for you: log in ([mail] user), or send from an address it knows."
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
                "The server did not like the message itself: most often a spam filter. A link in it may be on a blocklist."
            }
            Trouble::LostAnswer => {
                "It was on its way when the run ended or the connection was lost, so nobody knows whether it arrived. The next \
                 run sends it again under the same Message-ID."
            }
            Trouble::NotTried => "No run has come to them yet.",
            Trouble::Other => "That is all the server said.",
        }
    }

    /// Whether it is about the sender or the way, and not about single readers.
    pub fn is_everybodys(self) -> bool {
        matches!(
            self,
            Trouble::Login | Trouble::Certificate | Trouble::Unreachable | Trouble::Relay | Trouble::Policy
        )
    }
}

/// The reply code and the enhanced status of a server's reply, which stands behind what was done about it. Numbers of ports
/// and addresses are none.
fn codes(words: &str) -> (Option<u16>, Option<String>) {
    let begins = |part: &&str| {
        let number = part.split([' ', '-']).next().unwrap_or_default();
        matches!(number.as_bytes(), [b'4' | b'5', b'0'..=b'7', b'0'..=b'9'])
    };
    let mut said = words.split(": ");
    let Some(first) = said.find(begins) else { return (None, None) };
    let mut parts = first.split(|c: char| !c.is_ascii_alphanumeric() && c != '.');
    let code = parts.next().and_then(|code| code.parse().ok());
    let is_status = |part: &str| {
        let numbers: Vec<&str> = part.split('.').collect();
        let short =
            |number: &&str| (1..=3).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
        matches!(numbers.as_slice(), ["4" | "5", _, _]) && numbers.iter().all(short)
    };
    let status = parts.map(|part| part.trim_end_matches('.')).find(|part| is_status(part)).map(str::to_owned);
    (code, status)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_servers_words_are_understood() {
        for (words, trouble) in [
            (
                "the mail server mail.example:465 refuses the login: 535 5.7.8 bad credentials; check user and password",
                Trouble::Login,
            ),
            ("refused for good: 550 5.7.1 SPF check failed", Trouble::Policy),
            ("refused for good: 554 5.7.1 Service unavailable; blocked using bl.example", Trouble::Policy),
            ("refused for good: 550 our list has you listed", Trouble::Policy),
            ("refused for good: 554 5.7.1 <a@b.example>: Relay access denied", Trouble::Relay),
            ("put off: 451 4.7.1 Greylisting in action, come back in 300 s", Trouble::Later),
            ("put off: 421 too many connections", Trouble::Later),
            ("refused for good: 550 5.1.1 <a@b.example>: no mailbox 421 here", Trouble::NoSuchReader),
            ("refused for good: 550 User unknown", Trouble::NoSuchReader),
            ("refused for good: 552 5.2.2 over quota", Trouble::MailboxFull),
            ("refused for good: 552 5.3.4 message too big", Trouble::TooLarge),
            ("refused for good: 554 rejected", Trouble::Content),
            ("refused for good: 550 5.6.0 bad content", Trouble::Content),
            (
                "cannot reach the mail server m.example:465: TLS: invalid peer certificate: Expired; check",
                Trouble::Certificate,
            ),
            (
                "cannot reach the mail server m.example:465: 192.0.2.1:465: Connection refused (os error 111); check its \
                 name, port and certificate, and that it runs",
                Trouble::Unreachable,
            ),
            ("cannot reach the mail server m.example:465: 421 4.3.2 too busy; check", Trouble::Later),
            ("sent, but no answer came: connection closed", Trouble::LostAnswer),
            ("refused for good: 521 go away", Trouble::Other),
        ] {
            assert_eq!(Trouble::of(Some(words)), trouble, "{words}");
        }
        assert_eq!(Trouble::of(None), Trouble::NotTried);
    }
}
