//! The kinds of values in the file: text in, a typed value out, never one out of bounds. An error is one or
//! two lines: what is wrong, and what is allowed.

use std::{net::IpAddr, str::FromStr, time::Duration};

use jiff::{Span, SpanRelativeTo, civil::Time, tz::TimeZone};
use lettre::{Address, message::Mailbox};
use serde::{Deserialize, Deserializer, de::Error};
use url::Url;

use super::{Secret, nearest::nearest};
use crate::{
    language, mailer,
    render::ThemeName,
    schedule::hold::Wait,
    text::public::{Network, NoNetwork},
};

/// A duration in words: "90s", "24h", "1d" (24 hours), "1h 30m". Zero is allowed, less is not.
pub fn duration<'de, D: Deserializer<'de>>(from: D) -> Result<Duration, D::Error> {
    let text = String::deserialize(from)?;
    length(&text).ok_or_else(|| {
        D::Error::custom(format!(
            "`{text}` is not a duration\nwrite a number with its unit: \"500ms\", \"20s\", \"30m\", \"24h\", \"1d\""
        ))
    })
}

fn length(text: &str) -> Option<Duration> {
    let span = Span::from_str(text).ok()?;
    let length = span.to_duration(SpanRelativeTo::days_are_24_hours()).ok()?;
    Duration::try_from(length).ok()
}

/// A duration greater than zero.
pub fn some_duration<'de, D: Deserializer<'de>>(from: D) -> Result<Duration, D::Error> {
    let length = duration(from)?;
    if length.is_zero() {
        return Err(D::Error::custom("must be longer than nothing\nwrite for example \"20s\""));
    }
    Ok(length)
}

/// How long an edition may wait: a duration, or a time of the day as "07:30".
pub fn wait<'de, D: Deserializer<'de>>(from: D) -> Result<Wait, D::Error> {
    let text = String::deserialize(from)?;
    let length = || Some(Wait::For(length(&text)?));
    length().or_else(|| Time::strptime("%H:%M", &text).ok().map(Wait::Until)).ok_or_else(|| {
        D::Error::custom(format!(
            "`{text}` is no duration and no time\nwrite for example \"45m\", \"2h\", or a time of the day: \"07:30\""
        ))
    })
}

/// A whole number of at least one.
pub fn at_least_one<'de, D: Deserializer<'de>>(from: D) -> Result<usize, D::Error> {
    match usize::deserialize(from)? {
        0 => Err(D::Error::custom("must be 1 or more")),
        number => Ok(number),
    }
}

/// A rate per second, for a key that may be absent: at least one in a thousand seconds.
pub fn rate<'de, D: Deserializer<'de>>(from: D) -> Result<Option<f64>, D::Error> {
    match f64::deserialize(from)? {
        rate if rate.is_finite() && rate >= 0.001 => Ok(Some(rate)),
        _ => Err(D::Error::custom("must be 0.001 or more\nleave the key out for no limit")),
    }
}

/// Networks: addresses, or what many of them begin with.
pub fn networks<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Network>, D::Error> {
    let each = Vec::<String>::deserialize(from)?.into_iter().map(|text| {
        text.parse().map_err(|NoNetwork| {
            D::Error::custom(format!(
                "`{text}` is no network\nwrite for example \"203.0.113.0/24\", \"2001:db8:7::/48\" or an address alone"
            ))
        })
    });
    each.collect()
}

/// Whether a host, as it stands in an address, can only be this machine.
pub fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost") || bare.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
}

/// A time zone by its IANA name. The zones that are only an offset would keep winter's time all summer.
pub fn timezone<'de, D: Deserializer<'de>>(from: D) -> Result<TimeZone, D::Error> {
    let name = String::deserialize(from)?;
    let short = SHORT_ZONES.iter().find(|(short, _)| *short == name.to_ascii_uppercase());
    let is_offset =
        name.get(..3).is_some_and(|start| matches!(start, "GMT" | "UTC")) && name.contains(['+', '-']);
    let help = match (short, is_offset) {
        (Some((_, city)), _) => {
            format!("write the zone by a city, which knows about summer time: \"{city}\"")
        }
        (None, true) => {
            "write the zone by a city, which knows about summer time: \"Europe/Athens\", \"America/Bogota\""
                .to_owned()
        }
        (None, false) => match TimeZone::get(&name) {
            Ok(zone) => return Ok(zone),
            Err(_) => unknown_zone(&name),
        },
    };
    Err(D::Error::custom(format!("unknown time zone `{name}`\n{help}")))
}

/// Abbreviations that people take for zones, and a city of each. CET, EET, WET and GMT are zones.
const SHORT_ZONES: [(&str, &str); 16] = [
    ("EST", "America/New_York"),
    ("EDT", "America/New_York"),
    ("ET", "America/New_York"),
    ("CST", "America/Chicago"),
    ("CDT", "America/Chicago"),
    ("MST", "America/Denver"),
    ("MDT", "America/Denver"),
    ("PST", "America/Los_Angeles"),
    ("PDT", "America/Los_Angeles"),
    ("HST", "Pacific/Honolulu"),
    ("BST", "Europe/London"),
    ("CEST", "Europe/Berlin"),
    ("EEST", "Europe/Athens"),
    ("IST", "Asia/Kolkata"),
    ("JST", "Asia/Tokyo"),
    ("AEST", "Australia/Sydney"),
];

fn unknown_zone(name: &str) -> String {
    let known: Vec<String> = jiff::tz::db().available().map(|name| name.as_str().to_owned()).collect();
    match nearest(name, known.iter().map(String::as_str)) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => "write an IANA name such as \"UTC\", \"America/New_York\" or \"Europe/Berlin\"".to_owned(),
    }
}

/// A theme that comes with the program, by its name.
pub fn theme<'de, D: Deserializer<'de>>(from: D) -> Result<ThemeName, D::Error> {
    let text = String::deserialize(from)?;
    let names = ThemeName::ALL.map(ThemeName::as_str);
    ThemeName::ALL.into_iter().find(|theme| theme.as_str() == text).ok_or_else(|| {
        let help = match nearest(&text, names.into_iter()) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => format!("there are {}", names.map(|name| format!("\"{name}\"")).join(", ")),
        };
        D::Error::custom(format!("unknown theme `{text}`\n{help}"))
    })
}

/// A language tag (BCP 47): two or three letters for the language; behind hyphens, letters and digits.
pub fn language<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let tag = String::deserialize(from)?;
    let part = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    let language = tag.split('-').next().unwrap_or_default();
    if matches!(language.len(), 2 | 3) && tag.split('-').all(part) {
        return Ok(tag);
    }
    let help = match language::tag_of(&tag) {
        Some(known) => format!("write its tag: \"{known}\""),
        None => "write for example \"en\", \"de\" or \"pt-BR\"".to_owned(),
    };
    Err(D::Error::custom(format!("`{tag}` is not a language tag\n{help}")))
}

/// As [`language()`], for a key that may be absent.
pub fn some_language<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    language(from).map(Some)
}

/// What identifies a newsletter, and is or begins its List-Id (RFC 2919 section 2), for a key that may be absent.
pub fn id<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    // Of a whole List-Id (RFC 2919 section 6), and of a label of a domain name.
    const LONGEST: usize = 255;
    const LONGEST_LABEL: usize = 63;
    let id = String::deserialize(from)?;
    let label = |label: &str| {
        (1..=LONGEST_LABEL).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    if id.len() <= LONGEST && id.split('.').all(label) {
        return Ok(Some(id.to_ascii_lowercase()));
    }
    Err(D::Error::custom(format!(
        "`{id}` cannot identify a newsletter\nwrite letters, digits, hyphens and dots: \"daily\", \"daily.news.example.com\""
    )))
}

/// The address of a page: `http` or `https`.
pub fn page<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Url>, D::Error> {
    let text = String::deserialize(from)?;
    match Url::parse(&text) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => Ok(Some(url)),
        _ => Err(D::Error::custom(format!(
            "`{text}` is not the address of a page\nwrite it whole: \"https://news.example.com/\""
        ))),
    }
}

/// As [`page`], where a password may stand in it.
pub fn secret_page<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Secret>, D::Error> {
    page(from).map(|url| url.map(Secret::new))
}

/// A mail address with or without a name, for a key that may be absent.
pub fn mailbox<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Mailbox>, D::Error> {
    parse_mailbox(&String::deserialize(from)?).map(Some).map_err(D::Error::custom)
}

/// A bare mail address, for a key that may be absent.
pub fn address<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Address>, D::Error> {
    parse_address(&String::deserialize(from)?).map(Some).map_err(D::Error::custom)
}

/// `Name <address>` or a bare address. The name may be quoted; control characters are refused, they would end
/// the header.
fn parse_mailbox(text: &str) -> Result<Mailbox, String> {
    let Some((name, rest)) = text.rsplit_once('<') else {
        return Ok(Mailbox::new(None, parse_address(text)?));
    };
    let Some(address) = rest.trim_end().strip_suffix('>') else {
        return Err(format!(
            "`{text}` lacks the closing `>`\nwrite \"Daily Headlines <headlines@news.example.com>\""
        ));
    };
    if name.chars().any(char::is_control) {
        return Err("a name must be one line without control characters".to_owned());
    }
    let address = parse_address(address)?;
    let read: mailer::Mailbox = text.parse().map_err(|error: mailer::Error| error.to_string())?;
    Ok(Mailbox::new(Some(read.name().to_owned()).filter(|name| !name.is_empty()), address))
}

/// A reader's address as people copy it: bare, with a name, or as the target of a link.
pub fn parse_recipient(text: &str) -> Result<Mailbox, String> {
    let text = text.trim();
    let link = text.get(..LINK.len()).filter(|start| start.eq_ignore_ascii_case(LINK));
    let text = link.map_or(text, |_| text[LINK.len()..].split('?').next().unwrap_or_default());
    parse_mailbox(text)
}

/// How the target of a link to an address begins (RFC 6068).
const LINK: &str = "mailto:";

/// A mail address, its domain in ASCII (IDNA, RFC 5891) and lower case, as servers without SMTPUTF8 want it.
pub fn parse_address(text: &str) -> Result<Address, String> {
    // What is wrong is said on the first line, and what to do on the second.
    let told = text.replace(char::is_control, " ");
    let wrong = || format!("`{told}` is not a mail address\nwrite for example \"reader@example.net\"");
    if let Some((_, rest)) = text.split_once('<')
        && let Ok(address) = parse_address(rest.trim_end().trim_end_matches('>'))
    {
        return Err(format!("`{told}` is more than a mail address\nwrite the address alone: \"{address}\""));
    }
    mailer::address(text).map_err(|_| wrong())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_kept_with_its_domain_in_ascii() {
        let address = parse_address("Redaktion@Bücher.Example").map(|a| a.to_string());
        assert_eq!(address.as_deref(), Ok("Redaktion@xn--bcher-kva.example"));
        assert!(parse_address("nobody").is_err());
        assert!(parse_address("two words@example.net").is_err());
        let two_lines = parse_address("a@example.net\r\nBcc: b@example.net").expect_err("no address");
        assert!(two_lines.starts_with("`a@example.net  Bcc: b@example.net` is not"), "{two_lines}");
    }

    #[test]
    fn a_mailbox_may_have_a_name_with_a_comma() {
        let mailbox = parse_mailbox("\"Headlines, Daily\" <h@example.net>").unwrap();
        assert_eq!(mailbox.name.as_deref(), Some("Headlines, Daily"));
        assert_eq!(mailbox.email.to_string(), "h@example.net");
        let escaped = parse_mailbox(r#""Post, \"The\" \\" <h@example.net>"#).unwrap();
        assert_eq!(escaped.name.as_deref(), Some(r#"Post, "The" \"#));
        assert_eq!(parse_mailbox("h@example.net").unwrap().name, None);
        assert!(parse_mailbox("A\u{0}B <h@example.net>").is_err());
        assert!(parse_mailbox("A <h@example.net").is_err());
    }
}
