//! Addresses in, what may be shown of them in a log out.

use std::sync::LazyLock;

use regex::{Captures, Regex};

/// An address as it may stand in a log: `a…@example.net`.
pub fn mask(email: &str) -> String {
    let (name, domain) = email.rsplit_once('@').unwrap_or((email, ""));
    format!("{}…@{domain}", name.trim_start_matches('"').chars().next().unwrap_or('?'))
}

/// A text with every address in it masked, also where its name is quoted (RFC 5321, section 4.1.2) or its `@` is written as
/// addresses, headers, pages, JSON or delivery reports (RFC 3461, section 4) write it.
pub fn mask_all(text: &str) -> String {
    static QUOTED: LazyLock<Regex> =
        LazyLock::new(|| regex(r#""((?:[^"\\]|\\.){1,64})"@([^\s<>()\[\]:;,"']+)"#));
    // A reference (`&#46;`) is one letter of a name, its semicolon included.
    static ENCODED: LazyLock<Regex> = LazyLock::new(|| {
        let letter = r#"(?:&#?\w{1,8};|[^\s<>()\[\]:;,"'@])"#;
        let at = r"@|%(?:25)*40|=40|\+40|&#0*64;|&#x0*40;|&commat;|\\u0040|\\x40|＠|﹫";
        let dot = r"\.|%(?:25)*2e|=2e|&#0*46;|&#x0*2e;|&period;";
        regex(&format!(r"(?i)({letter}+?)(?:{at})([\w-]+(?:(?:{dot})[\w-]+)+)"))
    });
    /// Of a header, in base64 (RFC 2047): nobody sees what it holds.
    static HEADER: LazyLock<Regex> = LazyLock::new(|| regex(r"=\?[^?\s]+\?[bB]\?[A-Za-z0-9+/=]+\?="));
    let masked = |found: &Captures| mask(&format!("{}@{}", &found[1], &found[2]));
    let text = HEADER.replace_all(text, "…");
    let text = QUOTED.replace_all(&text, masked);
    mask_bare(&ENCODED.replace_all(&text, masked))
}

/// A text with the addresses masked that stand in it as they are.
fn mask_bare(text: &str) -> String {
    let is_part = |c: char| !c.is_whitespace() && !c.is_control() && !"<>()[]:;,\"".contains(c);
    let mut masked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(begin) = rest.find(is_part) {
        let (before, behind) = rest.split_at(begin);
        let (word, after) = behind.split_at(behind.find(|c| !is_part(c)).unwrap_or(behind.len()));
        masked.push_str(before);
        // An apostrophe is a letter of a name, and a quotation mark around it.
        let name = word.trim_start_matches('\'');
        masked.push_str(&word[..word.len() - name.len()]);
        masked.push_str(&if name.contains('@') { mask(name) } else { name.to_owned() });
        rest = after;
    }
    masked + rest
}

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a pattern of this file is sound")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_named_in_full() {
        assert_eq!(mask("ann@example.net"), "a…@example.net");
        assert_eq!(mask("åsa"), "å…@");
        assert_eq!(mask("@"), "?…@");
        assert_eq!(mask("\"ann b\"@example.net"), "a…@example.net");
        let said = "550 5.1.1 <ann@example.net>: Recipient \"bo@b.example\" unknown";
        assert_eq!(mask_all(said), "550 5.1.1 <a…@example.net>: Recipient \"b…@b.example\" unknown");
        assert_eq!(mask_all(""), "");
    }

    #[test]
    fn an_address_that_is_quoted_or_encoded_is_masked_too() {
        for (said, masked) in [
            (r#"550 <"ann lee"@example.net> unknown"#, "550 <a…@example.net> unknown"),
            (r#"550 "ann\"lee"@example.net unknown"#, "550 a…@example.net unknown"),
            ("550 no o'hara@example.net here", "550 no o…@example.net here"),
            ("550 'ann.lee@example.net' unknown", "550 'a…@example.net' unknown"),
            // All that stands before the sign may be the name.
            ("see https://x.example/why?to=ann.lee%40example.net&id=1", "see https:/…@example.net&id=1"),
            ("ann.lee%2540example.net", "a…@example.net"),
            ("ann.lee=40example.net", "a…@example.net"),
            ("rfc822;ann.lee+40example.net", "rfc822;a…@example.net"),
            ("ann.lee&#64;example.net, ann.lee&#x40;example.net", "a…@example.net, a…@example.net"),
            (r"ann.lee\u0040example.net", "a…@example.net"),
            ("ann&#46;lee@example.net", "a…@example.net"),
            ("an&#110;.lee&#64;example&#46;net", "a…@example&#46;net"),
            ("ann.lee＠example.net", "a…@example.net"),
            ("=?utf-8?q?ann.lee=40example.net?= left", "=…@example.net?= left"),
            ("=?utf-8?B?YW5uLmxlZUBleGFtcGxlLm5ldA==?= left", "… left"),
        ] {
            let told = mask_all(said);
            assert!(!told.contains("ann.lee") && !told.contains("lee"), "{told}");
            assert_eq!(told, masked);
            assert_eq!(mask_all(&told), told, "once is enough");
        }
    }

    #[test]
    fn what_is_no_address_stays() {
        for said in [
            "452 4.2.2 over quota (100%)",
            "sum=4000 a+400",
            "250 2.0.0 Ok: queued as 4F1+40",
            "it's 5 o'clock",
        ] {
            assert_eq!(mask_all(said), said);
        }
    }
}
