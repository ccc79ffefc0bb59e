//! Mail addresses: text from a configuration or a list of readers in, a checked address with an ASCII domain out.
//! Never asks the network whether an address exists.

use std::{fmt, str::FromStr};

use lettre::Address;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use unicode_normalization::UnicodeNormalization;

use super::{Error, header};

/// What a `mailto:` may hold bare (RFC 6068 section 2), the `+` not: some programs read it as a space.
const BARE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'@');

/// Somebody with an address: what stands in `From`, `Reply-To` and `To`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailbox {
    /// Display name without controls or line breaks; empty when unknown.
    name: String,
    address: Address,
}

impl Mailbox {
    /// A mailbox of `name` (cleaned; may be empty) at `email` (checked, its domain turned to ASCII).
    pub fn new(name: &str, email: &str) -> Result<Mailbox, Error> {
        Ok(Mailbox { name: header::clean(name), address: address(email)? })
    }

    /// The display name; empty when unknown.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Writes it into a message, as the header `name`.
    pub(super) fn write(&self, name: &str, head: &mut header::Head) {
        head.phrase(name, &self.name, self.address.as_ref());
    }

    /// The address, its domain in ASCII.
    pub fn address(&self) -> &Address {
        &self.address
    }
}

/// Reads `Name <local@domain>`, `"Name" <local@domain>` or a bare address, as people write them: a comma or a dot in
/// an unquoted name is forgiven.
impl FromStr for Mailbox {
    type Err = Error;

    fn from_str(text: &str) -> Result<Mailbox, Error> {
        match text.trim().strip_suffix('>').and_then(|inner| inner.rsplit_once('<')) {
            Some((name, email)) => Mailbox::new(&unquote(name.trim()), email),
            None => Mailbox::new("", text),
        }
    }
}

impl fmt::Display for Mailbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name.as_str() {
            "" => write!(f, "{}", self.address),
            name => write!(f, "{name} <{}>", self.address),
        }
    }
}

/// A checked address with its domain in ASCII (IDNA, RFC 5890), as SMTP servers without SMTPUTF8 need it, and the rest in
/// composed letters (RFC 6532 section 3.1), as mailboxes are named.
pub fn address(text: &str) -> Result<Address, Error> {
    let refused = |why: &str| Error::Address { text: header::clean(text), why: why.to_owned() };
    let text = text.trim();
    if text.chars().any(char::is_control) {
        return Err(refused("it holds control characters"));
    }
    let (local, domain) = text.rsplit_once('@').ok_or_else(|| refused("it has no \"@\""))?;
    let domain = idna::domain_to_ascii(domain).map_err(|_| refused("its domain is not a valid name"))?;
    let (local, domain) = (local.nfc().collect::<String>(), domain.strip_suffix('.').unwrap_or(&domain));
    Address::new(local, domain).map_err(|error| refused(&error.to_string()))
}

/// The address of a message to `address` with this subject (RFC 6068): ASCII, without a character that could end it in
/// a header, in HTML or in a line of text.
pub fn mailto(address: &Address, subject: &str) -> String {
    let encoded = |text| utf8_percent_encode(text, BARE).to_string();
    format!("mailto:{}@{}?subject={}", encoded(address.user()), address.domain(), encoded(subject))
}

/// The words of a quoted string (RFC 5322 section 3.2.4), or the text itself when it is not quoted.
fn unquote(name: &str) -> String {
    let Some(inner) = name.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else {
        return name.to_owned();
    };
    let mut words = String::with_capacity(inner.len());
    let mut characters = inner.chars();
    while let Some(character) = characters.next() {
        words.extend(if character == '\\' { characters.next() } else { Some(character) });
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        text.parse::<Mailbox>()
            .map_or_else(|error| format!("refused: {error}"), |mailbox| mailbox.to_string())
    }

    #[test]
    fn mailboxes_are_read_as_people_write_them() {
        assert_eq!(
            shown("Daily Headlines <headlines@news.example.com>"),
            "Daily Headlines <headlines@news.example.com>"
        );
        assert_eq!(shown("\"Post, \\\"The\\\"\" <a@example.com>"), "Post, \"The\" <a@example.com>");
        assert_eq!(shown("Harbour & Co., Ltd. <a@example.com>"), "Harbour & Co., Ltd. <a@example.com>");
        assert_eq!(shown(" a@example.com "), "a@example.com");
        assert_eq!(shown("<a@example.com>"), "a@example.com");
        assert_eq!(shown("a@[192.0.2.1]"), "a@[192.0.2.1]");
    }

    #[test]
    fn a_domain_in_another_script_becomes_ascii() {
        assert_eq!(shown("Büro <post@bücher.example>"), "Büro <post@xn--bcher-kva.example>");
        assert_eq!(shown("a@EXAMPLE.com"), "a@example.com");
        assert_eq!(shown("a@XN--BCHER-KVA.example."), "a@xn--bcher-kva.example");
        assert_eq!(shown("jose\u{301}@bu\u{308}cher.example"), "jos\u{e9}@xn--bcher-kva.example");
    }

    #[test]
    fn a_mailto_holds_any_address() {
        for (email, expected) in [
            ("leave@news.example.com", "leave@news.example.com"),
            ("news+leave@bücher.example", "news%2Bleave@xn--bcher-kva.example"),
            ("a&b=c%d?e#f@example.com", "a%26b%3Dc%25d%3Fe%23f@example.com"),
            ("\"a b\"@example.com", "%22a%20b%22@example.com"),
            ("büro@example.com", "b%C3%BCro@example.com"),
        ] {
            let address = address(email).expect(email);
            assert_eq!(
                mailto(&address, "unsubscribe a_b-c"),
                format!("mailto:{expected}?subject=unsubscribe%20a_b-c")
            );
        }
    }

    #[test]
    fn domains_of_every_script_become_ascii() {
        for (domain, ascii) in [
            ("λιμάνι.example", "xn--hxazbfgh.example"),
            ("الميناء.example", "xn--ggbla9ifg1a.example"),
            ("港。example", "xn--j6w.example"),
            ("straße.example", "xn--strae-oqa.example"),
            ("ＮＥＷＳ.example", "news.example"),
        ] {
            assert_eq!(
                address(&format!("a@{domain}")).map(|a| a.domain().to_owned()).ok().as_deref(),
                Some(ascii),
                "{domain}"
            );
        }
    }

    #[test]
    fn what_could_end_a_line_or_a_command_is_refused() {
        for bad in [
            "a@example.com\r\nBcc: b@example.com",
            "a\n@example.com",
            "a@exam\0ple.com",
            "a b@example.com",
            "a@example.com>",
            "a@example.com> SIZE=1",
            "<a@b>@example.com",
            "a@exa mple.com",
            "a@",
            "@example.com",
            "nobody",
            "",
        ] {
            assert!(address(bad).is_err(), "{bad:?} was taken as {:?}", address(bad));
        }
    }

    #[test]
    fn a_name_loses_its_line_breaks() {
        let mailbox = Mailbox::new("Ann\r\nBcc: b@example.com\0", "a@example.com").expect("a sound address");
        assert_eq!(mailbox.name(), "Ann Bcc: b@example.com");
    }
}
