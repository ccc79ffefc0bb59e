//! A signer's public key and the TXT records of its domain in (RFC 6376 section 3.6.1), whether receivers can check
//! its signatures out. Never sees the private key.

use base64::{
    Engine,
    alphabet::STANDARD,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};

use super::{
    Finding, Record,
    tags::{tags, value},
};

/// The subject of its findings.
pub const ABOUT: &str = "DKIM";

/// The finding about mail that this program does not sign.
pub fn unsigned() -> Finding {
    let text = "mail is not signed here ([mail.dkim]), and whether your mail server signs it cannot be seen from here: \
                look for dkim=pass in the source of a message that arrived, else type: reveille dkim new";
    Finding::unknown(ABOUT, text)
}

/// The public half of a key and where it is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublicKey<'a> {
    pub domain: &'a str,
    pub selector: &'a str,
    /// "rsa" or "ed25519".
    pub kind: &'a str,
    /// In base64: for RSA a SubjectPublicKeyInfo, for Ed25519 the 32 octets.
    pub base64: &'a str,
}

impl PublicKey<'_> {
    /// The DNS name where receivers look for it.
    pub fn name(&self) -> String {
        format!("{}._domainkey.{}", self.selector, self.domain)
    }

    /// The record that publishes it.
    pub fn record(&self) -> Record {
        let value = format!("v=DKIM1; k={}; p={}", self.kind, self.base64);
        Record { name: self.name(), value }
    }

    /// Whether receivers that find these records can check what the key signs.
    pub fn judge(&self, records: &[String]) -> Finding {
        let name = self.name();
        let keys: Vec<Vec<(String, String)>> =
            records.iter().map(|record| tags(record)).filter(|tags| value(tags, "p").is_some()).collect();
        let bad = |text: String| Finding::bad(ABOUT, text).mended_by(self.record());
        let [tags] = &keys[..] else {
            return match keys.len() {
                0 => bad(format!(
                    "the key is not published at {name}: no receiver can check the signatures. Add"
                )),
                n => bad(format!("{n} keys are published at {name}, and receivers may take any: leave only")),
            };
        };
        let published = value(tags, "p").unwrap_or_default();
        if published.is_empty() {
            return bad(format!(
                "the key at {name} is withdrawn (an empty p=): the signatures fail. Replace it by"
            ));
        }
        let kind = value(tags, "k").unwrap_or("rsa");
        if !kind.eq_ignore_ascii_case(self.kind) || !self.is(published) {
            return bad(format!(
                "the key at {name} is not that of key_file: the signatures fail. Replace it by"
            ));
        }
        let allows = |tag: &str, word: &str| {
            value(tags, tag).is_none_or(|list| list.split(':').any(|one| ["*", word].contains(&one.trim())))
        };
        if !value(tags, "h").is_none_or(|list| list.split(':').any(|hash| hash.trim() == "sha256"))
            || !allows("s", "email")
        {
            return bad(format!(
                "the key at {name} is not published for mail signed with SHA-256. Replace it by"
            ));
        }
        if value(tags, "t").is_some_and(|flags| flags.split(':').any(|flag| flag.trim() == "y")) {
            return bad(format!(
                "the key at {name} is marked as a test (t=y), which receivers may ignore. Replace it by"
            ));
        }
        Finding::good(ABOUT, format!("signed, and the key at {name} is the one of key_file"))
    }

    /// Whether a published key is this one. RSA keys may also be published bare (RFC 6376 section 3.6.1); a
    /// SubjectPublicKeyInfo ends with that bare key.
    fn is(&self, published: &str) -> bool {
        let forgiving = GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
        let decode = |text: &str| {
            let text: String = text.split_whitespace().collect();
            GeneralPurpose::new(&STANDARD, forgiving).decode(text).unwrap_or_default()
        };
        let (ours, theirs) = (decode(self.base64), decode(published));
        !theirs.is_empty() && (ours == theirs || ours.ends_with(&theirs) && theirs.len() >= 256)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sender::Verdict;

    const KEY: PublicKey = PublicKey {
        domain: "news.example",
        selector: "morning",
        kind: "ed25519",
        base64: "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
    };

    fn judged(records: &[&str]) -> Finding {
        KEY.judge(&records.iter().map(|&record| record.to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn its_own_record_is_good_however_it_is_written() {
        let record = KEY.record();
        assert_eq!(record.name, "morning._domainkey.news.example");
        for value in [
            record.value.as_str(),
            "k=ed25519;p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo",
            "v=DKIM1; h=sha1 : sha256; s=*; t=s; k=ed25519; p=11qYAYKxCrfVS/7T yWQHOg7hcvPapiMlrwIaaPcHURo=;",
        ] {
            assert_eq!(judged(&[value]).verdict, Verdict::Good, "{value}");
            assert_eq!(judged(&["some other text", value]).verdict, Verdict::Good, "{value}");
        }
    }

    #[test]
    fn whatever_makes_signatures_fail_is_told_with_the_record_to_publish() {
        let own = KEY.record().value;
        for (records, why) in [
            (vec![], "not published"),
            (vec!["v=spf1 -all"], "not published"),
            (vec![own.as_str(), own.as_str()], "2 keys"),
            (vec!["v=DKIM1; k=ed25519; p="], "withdrawn"),
            (vec!["v=DKIM1; k=ed25519; p=AAAYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="], "not that of"),
            (vec!["v=DKIM1; k=ed25519; p=!"], "not that of"),
            (vec!["v=DKIM1; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="], "not that of"),
            (vec!["v=DKIM1; h=sha1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="], "SHA-256"),
            (vec!["v=DKIM1; s=tlsrpt; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="], "SHA-256"),
            (vec!["v=DKIM1; t=s:y; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="], "test"),
        ] {
            let finding = judged(&records);
            assert_eq!(finding.verdict, Verdict::Bad, "{records:?}");
            assert!(finding.text.contains(why), "{records:?}: {}", finding.text);
            assert_eq!(finding.record, Some(KEY.record()));
        }
    }
}
