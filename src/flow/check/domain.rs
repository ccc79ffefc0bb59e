//! A sender's letterhead in, what the DNS says of its domain out. It only asks, and never judges: `sender`
//! says what the answers mean.

use super::super::letter::Letterhead;
use crate::{
    dns::{Dns, Unanswered},
    sender::{
        Finding,
        dkim::{self, PublicKey},
        dmarc::{self, Mail},
        mx, reverse, spf,
    },
};

/// Looks up SPF, DKIM, DMARC and MX of the domains the mail comes from. `relay` is the host of the mail server, if it is
/// another machine.
pub async fn examine(letterhead: &Letterhead<'_>, relay: Option<&str>, dns: &Dns) -> Vec<Finding> {
    let (from, envelope) = (letterhead.sender_domain(), letterhead.bounce_domain());
    let key = letterhead.signer().map(|signer| PublicKey {
        domain: signer.domain(),
        selector: signer.selector(),
        kind: signer.key().kind().name(),
        base64: signer.key().public(),
    });
    let mail = Mail { from, envelope, signer: key.map(|key| key.domain) };
    let asked = tokio::join!(
        ask_spf(dns, envelope, relay),
        ask_dkim(dns, key),
        ask_dmarc(dns, mail),
        ask_mx(dns, from)
    );
    vec![
        asked.0.unwrap_or_else(|error| Finding::unknown(spf::ABOUT, error.to_string())),
        asked.1.unwrap_or_else(|error| Finding::unknown(dkim::ABOUT, error.to_string())),
        asked.2.unwrap_or_else(|error| Finding::unknown(dmarc::ABOUT, error.to_string())),
        asked.3.unwrap_or_else(|error| Finding::unknown(mx::ABOUT, error.to_string())),
    ]
}

/// So many names that an address leads back to are looked up.
const NAMES: usize = 5;

/// Looks up whether the addresses of `server`, which sends mail from this machine, lead back to it.
pub async fn reverse(server: &str, dns: &Dns) -> Finding {
    let asked = ask_reverse(server, dns).await;
    asked.unwrap_or_else(|error| Finding::unknown(reverse::ABOUT, error.to_string()))
}

async fn ask_reverse(server: &str, dns: &Dns) -> Result<Finding, Unanswered> {
    let mut found = Vec::new();
    let is_whole = server.contains('.');
    for address in if is_whole { dns.addresses(server).await? } else { Vec::new() } {
        let mut confirmed = Vec::new();
        for name in dns.names(address).await?.into_iter().take(NAMES) {
            if dns.addresses(&name).await?.contains(&address) {
                confirmed.push(name);
            }
        }
        found.push((address.to_string(), confirmed));
    }
    Ok(reverse::judge(server, &found))
}

async fn ask_spf(dns: &Dns, envelope: &str, relay: Option<&str>) -> Result<Finding, Unanswered> {
    Ok(spf::judge(envelope, &dns.texts(envelope).await?, relay))
}

async fn ask_dkim(dns: &Dns, key: Option<PublicKey<'_>>) -> Result<Finding, Unanswered> {
    match key {
        Some(key) => Ok(key.judge(&dns.texts(&key.name()).await?)),
        None => Ok(dkim::unsigned()),
    }
}

async fn ask_dmarc(dns: &Dns, mail: Mail<'_>) -> Result<Finding, Unanswered> {
    let mut found = Vec::new();
    for domain in dmarc::walk(mail.from) {
        let records = dns.texts(&dmarc::name(&domain)).await?;
        let is_last = dmarc::ends_walk(&records);
        found.push((domain, records));
        if is_last {
            break;
        }
    }
    Ok(dmarc::judge(mail, &found))
}

async fn ask_mx(dns: &Dns, from: &str) -> Result<Finding, Unanswered> {
    let servers = dns.mail_servers(from).await?;
    let has_address = servers.is_empty() && !dns.addresses(from).await?.is_empty();
    Ok(mx::judge(from, &servers, has_address))
}
