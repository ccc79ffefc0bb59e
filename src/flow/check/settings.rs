//! The settings of a configuration in, what in them keeps mail from arriving or leaves a door open out, each with what to
//! do instead. Asks nobody.

use serde::Serialize;
use url::Url;

use crate::config::Config;

/// What is wrong with a setting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Concern {
    /// What it is about: `mail` or `fetch`.
    pub about: &'static str,
    /// Whether mail will not arrive for it.
    pub is_grave: bool,
    /// A sentence without a full stop.
    pub text: String,
}

const MAIL: &str = "mail";

/// Mail providers for everybody: the first labels of their domains, or whole domains, and what the names of their own
/// servers end in. All of them ask receivers to turn away mail that other servers send in their name.
const FREE_MAILERS: [(&[&str], &[&str]); 8] = [
    (&["gmail", "googlemail"], &["gmail.com", "googlemail.com", "google.com"]),
    (&["outlook", "hotmail", "live", "msn.com"], &["outlook.com", "office365.com", "hotmail.com"]),
    (&["yahoo", "ymail.com", "rocketmail.com", "aol.com"], &["yahoo.com", "aol.com"]),
    (&["gmx"], &["gmx.net", "gmx.com"]),
    (&["web.de"], &["web.de"]),
    (&["icloud.com", "me.com", "mac.com"], &["mail.me.com", "icloud.com"]),
    (
        &["yandex", "mail.ru", "inbox.ru", "bk.ru", "list.ru"],
        &["yandex.ru", "yandex.com", "yandex.net", "mail.ru"],
    ),
    (&["proton.me", "protonmail.com", "pm.me"], &["protonmail.ch", "proton.me"]),
];

/// What is wrong with the settings.
pub fn examine(config: &Config) -> Vec<Concern> {
    let mail = &config.mail;
    let mut concerns = Vec::from_iter(proxy(config));
    if let (Some(from), Some(server)) = (&mail.from, &mail.smtp) {
        concerns.extend(free_mailer(from.email.domain(), server.host_str().unwrap_or_default()));
    }
    concerns.extend(mail.smtp.as_ref().and_then(port));
    concerns.extend(unfilled(config));
    if config.lacks_way_out() {
        let text = "your footer.md shows no way to leave: write [Unsubscribe]({{unsubscribe}}) into it";
        concerns.push(Concern { about: MAIL, is_grave: true, text: text.to_owned() });
    }
    if mail.from.is_some() && mail.postal_address.trim().is_empty() {
        let text = "the mail names no postal address, which the law of many countries asks of a newsletter: in [mail], write \
                    postal_address = \"1 Example Street, Springfield\"";
        concerns.push(Concern { about: MAIL, is_grave: false, text: text.to_owned() });
    }
    concerns
}

/// A proxy looks up the names that feeds bring: which of them lead into the network, it alone can tell.
fn proxy(config: &Config) -> Option<Concern> {
    (config.fetch.proxy.is_some() && !config.fetch.allow_private).then(|| Concern {
        about: "fetch",
        is_grave: false,
        text: "the proxy looks up the names of hosts, so only addresses and private names as they are written are refused here: \
               let the proxy itself refuse your network's own addresses, whatever name leads to them"
            .to_owned(),
    })
}

/// Settings that are printed as they stand, with a placeholder in them or what looks like one.
fn unfilled(config: &Config) -> Option<Concern> {
    let (newsletter, mail) = (&config.newsletter, &config.mail);
    let unsubscribe = mail.unsubscribe.as_ref().map(ToString::to_string).unwrap_or_default();
    let from = mail.from.as_ref().and_then(|from| from.name.clone()).unwrap_or_default();
    let plain = [
        ("[newsletter] title", &newsletter.title),
        ("[newsletter] outlet", &newsletter.outlet),
        ("[newsletter] tagline", &newsletter.tagline),
        ("[mail] from", &from),
        ("[mail] postal_address", &mail.postal_address),
        ("[mail] unsubscribe", &unsubscribe),
    ];
    let (setting, _) = plain.into_iter().find(|(_, text)| has_braces(text))?;
    Some(Concern {
        about: MAIL,
        is_grave: false,
        text: format!(
            "{setting} has braces in it, and nothing is filled in there: it is printed as it stands. Placeholders belong into \
             [newsletter] subject and the templates"
        ),
    })
}

/// Whether something stands between braces, which an address writes as `%7B` and `%7D`.
fn has_braces(text: &str) -> bool {
    let text = text.replace("%7B", "{").replace("%7D", "}");
    text.split_once('{').is_some_and(|(_, rest)| rest.contains('}'))
}

/// A sender that another server than `host` sends for.
fn free_mailer(domain: &str, host: &str) -> Option<Concern> {
    let domain = domain.to_ascii_lowercase();
    let (label, country) = domain.split_once('.')?;
    // As in gmx.de, live.co.uk or yahoo.com.br.
    let is_everywhere =
        country == "com" || country.len() == 2 || country.starts_with("co.") || country.starts_with("com.");
    let is_of =
        |names: &[&str]| names.contains(&domain.as_str()) || (is_everywhere && names.contains(&label));
    let (_, own) = FREE_MAILERS.iter().find(|(names, _)| is_of(names))?;
    let is_own = own.iter().any(|own| host == *own || host.ends_with(&format!(".{own}")));
    (!is_own).then(|| Concern {
        about: MAIL,
        is_grave: true,
        text: format!(
            "from is an address at {domain}, and {host} is none of its mail servers: receivers refuse such mail, or file it as \
             spam. Send through {domain}'s own server, or take an address of a domain of yours",
        ),
    })
}

/// A port that is spoken to in another way than the address says.
fn port(server: &Url) -> Option<Concern> {
    let host = server.host_str()?;
    let grave = |text: String| Some(Concern { about: MAIL, is_grave: true, text });
    match (server.scheme(), server.query(), server.port()) {
        ("smtps", _, Some(port @ (25 | 587))) => grave(format!(
            "port {port} is not encrypted from the first byte, as smtps:// expects: write smtp = \"smtp://{host}:587?tls=required\""
        )),
        ("smtp", _, Some(465)) => grave(format!(
            "port 465 is encrypted from the first byte, and smtp:// begins in clear: write smtp = \"smtps://{host}\""
        )),
        ("smtp", Some(_), Some(25)) => Some(Concern {
            about: MAIL,
            is_grave: false,
            text: format!(
                "port 25 is for mail between servers, and closed in most networks: write smtp = \"smtp://{host}:587?tls=required\""
            ),
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn told(mail: &str) -> Vec<(bool, String)> {
        let source = format!("[mail]\npostal_address = 'x'\n{mail}");
        let config = Config::parse(Path::new("/news/feeds.toml"), &source, &|_| None).expect("sound");
        examine(&config).into_iter().map(|concern| (concern.is_grave, concern.text)).collect()
    }

    fn from(address: &str, server: &str) -> Vec<(bool, String)> {
        told(&format!("from = '{address}'\nsmtp = '{server}'\n"))
    }

    #[test]
    fn an_address_of_a_free_mailer_needs_that_mailers_server() {
        for address in
            ["me@gmail.com", "me@GMX.de", "me@yahoo.co.uk", "me@hotmail.fr", "me@icloud.com", "me@mail.ru"]
        {
            let told = from(address, "smtps://mail.example.com");
            assert!(
                matches!(&told[..], [(true, text)] if text.contains("mail.example.com is none of its")),
                "{told:?}"
            );
            assert_eq!(from(address, "smtp://127.0.0.1:2525").len(), 1, "{address}");
        }
        for (address, server) in [
            ("me@gmail.com", "smtps://smtp.gmail.com"),
            ("me@outlook.de", "smtp://smtp.office365.com?tls=required"),
            ("me@gmx.net", "smtps://mail.gmx.net"),
            ("me@news.example.com", "smtps://smtp.gmail.com"),
            ("me@live.example.com", "smtps://mail.example.com"),
            ("me@me.example", "smtps://mail.example.com"),
        ] {
            assert_eq!(from(address, server), [], "{address} by {server}");
        }
    }

    #[test]
    fn who_looks_up_the_names_is_said_where_it_is_a_proxy() {
        let told = |keys: &str| {
            let source = format!("[mail]\npostal_address = 'x'\n[fetch]\n{keys}");
            let config = Config::parse(Path::new("/news/feeds.toml"), &source, &|_| None).expect("sound");
            examine(&config).into_iter().map(|concern| (concern.about, concern.text)).collect::<Vec<_>>()
        };
        let proxy = "proxy = 'http://proxy.example:3128'\n";
        let said = told(proxy);
        assert!(
            matches!(&said[..], [("fetch", text)] if text.contains("the proxy looks up the names")),
            "{said:?}"
        );
        assert_eq!(told(""), []);
        assert_eq!(told(&format!("allow_private = true\n{proxy}")), []);
    }

    #[test]
    fn what_nothing_is_filled_into_is_told() {
        for (mail, setting) in [
            ("unsubscribe = 'https://news.example.com/leave/{token}'", "[mail] unsubscribe"),
            ("from = '{{title}} <me@news.example.com>'", "[mail] from"),
            ("[newsletter]\ntagline = 'News of {{date}}'", "[newsletter] tagline"),
        ] {
            let told = told(mail);
            assert!(matches!(&told[..], [(false, text)] if text.starts_with(setting)), "{told:?}");
        }
        assert_eq!(told("unsubscribe = 'https://news.example.com/leave'"), []);
    }

    #[test]
    fn a_port_that_does_not_fit_is_told_with_the_address_that_does() {
        for (server, is_grave, instead) in [
            ("smtps://mail.example.com:587", true, "smtp://mail.example.com:587?tls=required"),
            ("smtp://mail.example.com:465?tls=required", true, "smtps://mail.example.com\""),
            ("smtp://mail.example.com:25?tls=required", false, "smtp://mail.example.com:587?tls=required"),
        ] {
            let told = from("me@news.example.com", server);
            assert!(
                matches!(&told[..], [(grave, text)] if *grave == is_grave && text.contains(instead)),
                "{told:?}"
            );
        }
        for server in
            ["smtps://mail.example.com", "smtp://mail.example.com?tls=required", "smtp://127.0.0.1:25"]
        {
            assert_eq!(from("me@news.example.com", server), [], "{server}");
        }
    }
}
