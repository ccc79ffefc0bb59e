//! What the DNS says of a mail server's name and its addresses in, whether receivers can tell from an address whose it is out:
//! forward-confirmed reverse DNS (RFC 1912 section 2.1). Never queries the DNS itself.

use super::Finding;

/// The subject of its findings.
pub const ABOUT: &str = "PTR";

/// What becomes of mail that the server on this machine sends on itself under its own name. `addresses` are those of
/// `server`, each with the names that it leads back to and that have it as an address.
pub fn judge(server: &str, addresses: &[(String, Vec<String>)]) -> Finding {
    let if_direct = "If the mail server on this machine does not hand mail on to another one, many receivers refuse it or \
                     file it as spam";
    let nameless = |what: String| {
        Finding::bad(
            ABOUT,
            format!(
                "{what}. {if_direct}: give it a name of your domain that has an address (Postfix: myhostname)"
            ),
        )
    };
    if !server.trim_end_matches('.').contains('.') {
        return nameless(format!(
            "the mail server on this machine calls itself {server:?}, which is no whole name"
        ));
    }
    if addresses.is_empty() {
        return nameless(format!(
            "the mail server on this machine calls itself {server}, which has no address"
        ));
    }
    match addresses.iter().find(|(_, names)| names.is_empty()) {
        Some((address, _)) => Finding::bad(
            ABOUT,
            format!(
                "{address}, the address of {server}, leads back to no name that leads to it. {if_direct}: have whoever gives \
                 you the address set its PTR record to {server}"
            ),
        ),
        None => Finding::good(ABOUT, format!("{server} and its addresses lead to each other")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sender::Verdict;

    #[test]
    fn a_server_is_known_by_its_addresses_only_if_all_of_them_lead_back() {
        let judged = |server: &str, addresses: &[(&str, &[&str])]| {
            let names = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
            let address = |(ip, back): &(&str, &[&str])| ((*ip).to_owned(), names(back));
            judge(server, &addresses.iter().map(address).collect::<Vec<_>>())
        };
        let there: (&str, &[&str]) = ("192.0.2.1", &["mail.news.example"]);
        assert_eq!(judged("mail.news.example", &[there]).verdict, Verdict::Good);
        for (server, addresses, expected) in [
            ("desk", &[there][..], "no whole name"),
            ("localhost.localdomain", &[], "has no address"),
            (
                "mail.news.example",
                &[there, ("2001:db8::1", &[])],
                "2001:db8::1, the address of mail.news.example",
            ),
        ] {
            let found = judged(server, addresses);
            assert!(found.verdict == Verdict::Bad && found.text.contains(expected), "{found:?}");
        }
    }
}
