//! A mail server's words in, what they mean for a reader out: the codes of SMTP (RFC 5321 section 4.2) and the enhanced
//! ones (RFC 3463 and the registry it began).

/// A status code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Status {
    /// 4: not now. 5: never.
    pub class: u16,
    subject: u16,
    detail: u16,
}

/// How a message could not be delivered to a reader, the least telling first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Failure {
    /// 5.7.x, or a bad sender (5.1.7, 5.1.8): says something of the newsletter, nothing of the reader.
    Policy,
    /// 4.x: not within the time the server tried.
    Soft,
    /// Any other 5.x: never this message; perhaps the next.
    Hard,
    /// 5.1.x: there is no such address.
    Unknown,
}

impl Status {
    /// Whether it says more than its class.
    pub fn says_something(self) -> bool {
        (self.subject, self.detail) != (0, 0)
    }
}

/// What a status means for the reader.
pub fn failure(status: Status) -> Failure {
    match (status.class, status.subject, status.detail) {
        (_, 7, _) | (_, 1, 7 | 8) => Failure::Policy,
        (5, 1, _) => Failure::Unknown,
        (5, ..) => Failure::Hard,
        _ => Failure::Soft,
    }
}

/// What a server's refusal in the midst of an SMTP conversation means for the reader.
pub fn refusal(reply: &str) -> Failure {
    first(reply).map_or(Failure::Hard, failure)
}

/// The enhanced code at the beginning of a text, as `5.1.1` or `5.1.1 (bad destination mailbox)`.
pub fn enhanced(text: &str) -> Option<Status> {
    let word = text.trim_start().split(|c: char| !c.is_ascii_digit() && c != '.').next()?;
    let mut numbers =
        word.trim_end_matches('.').split('.').map(|number| number.parse::<u16>().ok().filter(|n| *n < 1000));
    let status = Status { class: numbers.next()??, subject: numbers.next()??, detail: numbers.next()?? };
    (numbers.next().is_none() && matches!(status.class, 4 | 5)).then_some(status)
}

/// The first code in a server's words: `550 5.1.1 …`, `550-5.1.1 …`, `#5.1.1`, or a bare `550`, which names no subject.
pub fn first(words: &str) -> Option<Status> {
    let bare = |word: &str| -> Option<Status> {
        let class = match word.as_bytes() {
            [class @ (b'4' | b'5'), b'0'..=b'7', b'0'..=b'9'] => u16::from(class - b'0'),
            _ => return None,
        };
        Some(Status { class, subject: 0, detail: 0 })
    };
    let words =
        || words.split(|c: char| !c.is_ascii_alphanumeric() && c != '.').filter(|word| !word.is_empty());
    words().find_map(enhanced).or_else(|| words().find_map(bare))
}
