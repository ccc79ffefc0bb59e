//! The headers of a message in, who wrote it by its own word, and whether our mail server vouches for that, out. Anybody can
//! write a `From`; only what our own server found out about it counts (RFC 8601).

use super::parts::Part;
use mail_parser::Address;

/// Who a message says it is from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    /// The only address in `From`.
    pub address: String,
    /// The `Authentication-Results`, the topmost first.
    results: Vec<String>,
}

/// The sender, if there is one and only one.
pub fn sender(message: &Part) -> Option<Sender> {
    let [_one] = message.headers("From").as_slice() else { return None };
    let address = match message.from()? {
        Address::List(list) => match list.as_slice() {
            [one] => one.address()?.to_owned(),
            _ => return None,
        },
        Address::Group(_) => return None,
    };
    Some(Sender { address, results: message.headers("Authentication-Results") })
}

impl Sender {
    /// Whether the mail server that calls itself `server` found that the message comes from the domain in its `From`: by
    /// DMARC, or by a signature of that domain or one above it. Only its newest word counts: it removes those that others
    /// wrote in its name (RFC 8601 section 5) and puts its own on top.
    pub fn is_vouched_for_by(&self, server: &str) -> bool {
        let Some((_, domain)) = self.address.rsplit_once('@') else { return false };
        let domain = ascii(domain);
        let server = server.to_ascii_lowercase();
        for results in &self.results {
            let Some(plain) = without_asides(results) else { return false };
            let plain = plain.to_ascii_lowercase();
            if let Some((id, results)) = plain.split_once(';')
                && id.split_whitespace().next() == Some(server.as_str())
            {
                return results.split(';').any(|result| proves(result, &domain));
            }
        }
        false
    }
}

/// A header without its comments and quoted strings (RFC 5322 section 3.2): a stranger may have a hand in them. Comments
/// stand in one another, and a backslash makes a letter of whatever follows it. None if one of them does not end, or was not
/// begun.
fn without_asides(header: &str) -> Option<String> {
    let (mut plain, mut depth, mut is_quoted) = (String::with_capacity(header.len()), 0_usize, false);
    let mut characters = header.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => drop(characters.next()?),
            '"' if depth == 0 => {
                is_quoted = !is_quoted;
                plain.push(' ');
            }
            '(' if !is_quoted => {
                depth += 1;
                plain.push(' ');
            }
            ')' if !is_quoted => depth = depth.checked_sub(1)?,
            _ if depth == 0 && !is_quoted => plain.push(character),
            _ => {}
        }
    }
    (depth == 0 && !is_quoted).then_some(plain)
}

/// A domain as it is compared: of every script in ASCII (IDNA), in lower case.
fn ascii(domain: &str) -> String {
    idna::domain_to_ascii(domain).unwrap_or_else(|_| domain.to_ascii_lowercase())
}

/// Whether one result is a pass for this domain.
fn proves(result: &str, domain: &str) -> bool {
    let mut words = result.split_whitespace();
    let method = words.next().unwrap_or_default();
    let mut said = words.filter_map(|word| word.split_once('='));
    match method {
        "dmarc=pass" => said.any(|(name, value)| name == "header.from" && ascii(value) == domain),
        "dkim=pass" => said.any(|(name, value)| {
            let value = ascii(value);
            name == "header.d"
                && (value == domain
                    || domain.strip_suffix(value.as_str()).is_some_and(|sub| sub.ends_with('.')))
        }),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vouched(results: &str) -> bool {
        let text = format!("{results}From: Ann Vale <ann@example.net>\nSubject: Stop\n\n");
        sender(&Part::read(text.as_bytes())).expect("a sender").is_vouched_for_by("mx.news.example.com")
    }

    #[test]
    fn our_server_vouches_by_dmarc_or_a_signature_of_the_senders_domain() {
        let ours =
            |results: &str| vouched(&format!("Authentication-Results: mx.news.example.com; {results}\n"));
        assert!(ours("dmarc=pass (p=none) header.from=example.net"));
        assert!(ours(
            r#"dkim=pass (2048-bit key; it is "good" (r\(sa\))) header.d=example.net header.b="a\"b""#
        ));
        assert!(ours("spf=fail smtp.mailfrom=x.example;\n dkim=pass header.d=Example.NET header.s=a"));
        for not_proven in [
            "none",
            "dkim=fail header.d=example.net",
            "dkim=pass header.d=other.example",
            "dkim=pass header.d=notexample.net",
            "dkim=pass header.d=ample.net",
            "dkim=pass header.d=mail.example.net",
            "dmarc=pass header.from=other.example",
            "spf=pass smtp.mailfrom=example.net",
            "dkim=fail reason=\"x; dkim=pass header.d=example.net\" header.d=other.example",
            "dkim=fail (; dkim=pass header.d=example.net) header.d=other.example",
            "spf=pass (of a (b) ; dkim=pass header.d=example.net ) smtp.mailfrom=other.example",
            r"spf=pass (of a\(b\) ; dkim=pass header.d=example.net z) smtp.mailfrom=other.example",
            r#"spf=pass (of "a) ; dkim=pass header.d=example.net "@other.example)"#,
            r#"spf=pass smtp.mailfrom="a\" ; dkim=pass header.d=example.net"#,
            "spf=pass (of a( ; dkim=pass header.d=example.net",
            "spf=pass a) ; dkim=pass header.d=example.net",
        ] {
            assert!(!ours(not_proven), "{not_proven}");
        }
    }

    #[test]
    fn what_others_say_in_whoever_s_name_counts_for_nothing() {
        let forged = "Authentication-Results: mx.elsewhere.example; dmarc=pass header.from=example.net\n";
        assert!(!vouched(forged) && !vouched(""));
        let below = "Authentication-Results: mx.news.example.com; dmarc=fail header.from=example.net\n\
                     Authentication-Results: mx.news.example.com; dmarc=pass header.from=example.net\n";
        assert!(!vouched(below), "the newest is on top");
        let broken = below.replace("dmarc=fail", "spf=pass (of a\\");
        assert!(!vouched(&broken), "also where it cannot be read");
    }

    #[test]
    fn a_message_of_several_or_nobody_has_no_sender() {
        for text in [
            "From: ann@example.net, bob@example.net\n\n",
            "From: ann@example.net\nFrom: bob@example.net\n\n",
            "Subject: x\n\n",
            "From: staff: ann@example.net;\n\n",
        ] {
            assert_eq!(sender(&Part::read(text.as_bytes())), None, "{text}");
        }
    }
}
