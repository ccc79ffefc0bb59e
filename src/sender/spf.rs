//! A domain's TXT records in, what they say about who may send for it out (SPF, RFC 7208). Never follows an
//! `include`, so it does not say whether a particular server may send.

use super::{Finding, Record};

/// The subject of its findings.
pub const ABOUT: &str = "SPF";

/// Terms that cause a further DNS lookup; a record may need ten (RFC 7208 section 4.6.4).
const MOST_LOOKUPS: usize = 10;

/// What `records`, the TXT records of `domain`, say about who may send for it. `relay` is the host of the mail server
/// used, if it is another machine.
pub fn judge(domain: &str, records: &[String], relay: Option<&str>) -> Finding {
    let policies: Vec<&str> =
        records.iter().map(|record| record.trim()).filter(|record| is_spf(record)).collect();
    let [policy] = policies[..] else {
        return match policies.len() {
            0 => missing(domain, relay),
            n => Finding::bad(
                ABOUT,
                format!("{domain} has {n} SPF records, which receivers take as an error: join them to one"),
            ),
        };
    };
    let terms: Vec<Term> = policy.split_whitespace().skip(1).map(Term::read).collect();
    let lookups = terms.iter().filter(|term| term.asks_the_dns()).count();
    if lookups > MOST_LOOKUPS {
        let text = format!(
            "the SPF record of {domain} needs {lookups} lookups, and receivers stop at {MOST_LOOKUPS}"
        );
        return Finding::bad(ABOUT, text);
    }
    let senders: Vec<&str> =
        terms.iter().filter(|term| term.allows() && term.name != "all").map(|term| term.text).collect();
    match terms.iter().find(|term| term.name == "all") {
        Some(all) if all.allows() => Finding::bad(
            ABOUT,
            format!("{domain} lets every machine send in its name ({}): write ~all or -all", all.text),
        ),
        _ if senders.is_empty() => {
            let finding =
                format!("{domain} says that no machine sends its mail ({policy}). Add yours to it, as in");
            Finding::bad(ABOUT, finding).mended_by(example(domain, relay))
        }
        all => {
            let rest = all.map_or("says nothing of others", |all| match all.text.chars().next() {
                Some('-') => "refuses others (-all)",
                Some('~') => "distrusts others (~all)",
                _ => "says nothing of others (?all)",
            });
            let who = senders.join(" ");
            Finding::good(
                ABOUT,
                format!(
                    "{domain} lets {who} send and {rest}; whether your mail server is among them, its provider knows"
                ),
            )
        }
    }
}

fn is_spf(record: &str) -> bool {
    record.split_whitespace().next().is_some_and(|version| version.eq_ignore_ascii_case("v=spf1"))
}

fn missing(domain: &str, relay: Option<&str>) -> Finding {
    let text = format!(
        "{domain} has no SPF record, which says who may send in its name. Add this one, unless the provider of your mail server asks for another"
    );
    Finding::bad(ABOUT, text).mended_by(example(domain, relay))
}

/// A record that allows the mail server or, if that is this machine, the servers that accept the domain's mail.
fn example(domain: &str, relay: Option<&str>) -> Record {
    let who = match relay {
        None => "mx".to_owned(),
        Some(address) if address.contains(':') => format!("ip6:{address}"),
        Some(address) if address.bytes().all(|byte| byte == b'.' || byte.is_ascii_digit()) => {
            format!("ip4:{address}")
        }
        Some(host) => format!("a:{host}"),
    };
    Record { name: domain.to_owned(), value: format!("v=spf1 {who} ~all") }
}

/// One term of a policy: a mechanism or a modifier.
struct Term<'a> {
    /// As written, qualifier included.
    text: &'a str,
    /// In lower case.
    name: String,
}

impl<'a> Term<'a> {
    fn read(text: &'a str) -> Term<'a> {
        let name = text.trim_start_matches(['+', '-', '~', '?']);
        let name = name.split([':', '/', '=']).next().unwrap_or_default().to_ascii_lowercase();
        Term { text, name }
    }

    /// Whether it names a permitted sender.
    fn allows(&self) -> bool {
        let who = ["all", "include", "a", "mx", "ptr", "ip4", "ip6", "exists", "redirect"];
        !self.text.starts_with(['-', '~', '?']) && who.contains(&self.name.as_str())
    }

    fn asks_the_dns(&self) -> bool {
        ["include", "a", "mx", "ptr", "exists", "redirect"].contains(&self.name.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sender::Verdict;

    fn judged(records: &[&str]) -> Finding {
        let records: Vec<String> = records.iter().map(|&record| record.to_owned()).collect();
        judge("news.example", &records, Some("mail.provider.example"))
    }

    #[test]
    fn a_record_that_names_senders_is_good_and_says_no_more_than_it_knows() {
        let finding = judged(&["other=1", "v=spf1 include:_spf.provider.example ip4:192.0.2.0/24 ~all"]);
        assert_eq!(finding.verdict, Verdict::Good);
        for word in ["include:_spf.provider.example ip4:192.0.2.0/24", "distrusts", "its provider knows"] {
            assert!(finding.text.contains(word), "{word}: {}", finding.text);
        }
        for record in ["V=SPF1 redirect=_spf.provider.example", "v=spf1 a -ALL", "v=spf1 mx/24 ?all"] {
            assert_eq!(judged(&[record]).verdict, Verdict::Good, "{record}");
        }
    }

    #[test]
    fn a_missing_record_is_shown_as_it_should_be() {
        for records in [&[][..], &["v=spf10 a", "v=DKIM1; p=x", ""]] {
            let finding = judged(records);
            assert_eq!(finding.verdict, Verdict::Bad);
            let record = finding.record.expect("a record to add");
            assert_eq!(record.to_string(), "news.example TXT v=spf1 a:mail.provider.example ~all");
        }
        let at = |relay| example("news.example", relay).value;
        assert_eq!(at(None), "v=spf1 mx ~all");
        assert_eq!(at(Some("192.0.2.7")), "v=spf1 ip4:192.0.2.7 ~all");
        assert_eq!(at(Some("2001:db8::7")), "v=spf1 ip6:2001:db8::7 ~all");
    }

    #[test]
    fn records_that_receivers_stumble_over_are_told() {
        let many = format!("v=spf1 {} -all", "include:a.example ".repeat(11));
        for (records, why) in [
            (vec!["v=spf1 a -all", "v=spf1 mx -all"], "2 SPF records"),
            (vec!["v=spf1 a +all"], "every machine"),
            (vec!["v=spf1 all"], "every machine"),
            (vec!["v=spf1 -all"], "no machine"),
            (vec!["v=spf1"], "no machine"),
            (vec![many.as_str()], "11 lookups"),
        ] {
            let finding = judged(&records);
            assert_eq!(finding.verdict, Verdict::Bad, "{records:?}");
            assert!(finding.text.contains(why), "{records:?}: {}", finding.text);
        }
    }
}
