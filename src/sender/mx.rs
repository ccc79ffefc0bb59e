//! A domain's MX records in, whether it accepts mail out. Never queries the DNS itself.

use super::Finding;

/// The subject of its findings.
pub const ABOUT: &str = "MX";

/// What happens to replies and bounces to `domain`, given its mail servers ("" is the null MX of RFC 7505) and
/// whether it has an address of its own, which serves if there is no MX (RFC 5321 section 5.1).
pub fn judge(domain: &str, servers: &[String], has_address: bool) -> Finding {
    let lost = "replies and bounces are lost, and many receivers refuse mail from such a domain";
    match servers {
        [] if has_address => Finding::good(ABOUT, format!("{domain} takes mail at its own address")),
        [] => Finding::bad(ABOUT, format!("{domain} has no mail server (no MX record): {lost}")),
        servers if servers.iter().any(String::is_empty) => {
            Finding::bad(ABOUT, format!("{domain} says that it takes no mail (MX \".\"): {lost}"))
        }
        servers => Finding::good(ABOUT, format!("{domain} takes mail at {}", servers.join(", "))),
    }
}

#[cfg(test)]
mod tests {
    use crate::sender::Verdict;

    #[test]
    fn a_domain_that_takes_no_mail_is_told_so() {
        let judge = |servers: &[&str], has_address| {
            let servers: Vec<String> = servers.iter().map(|&server| server.to_owned()).collect();
            super::judge("news.example", &servers, has_address).verdict
        };
        assert_eq!(judge(&["mx.news.example"], false), Verdict::Good);
        assert_eq!(judge(&[], true), Verdict::Good);
        assert_eq!(judge(&[], false), Verdict::Bad);
        assert_eq!(judge(&[""], true), Verdict::Bad);
    }
}
