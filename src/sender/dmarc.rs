//! The TXT records found on the walk up the DNS tree in, the DMARC policy that applies (RFC 9989) and whether the
//! mail will pass it out. Never queries the DNS itself.

use super::{
    Finding, Record, is_within,
    tags::{tags, value},
};

/// The subject of its findings.
pub const ABOUT: &str = "DMARC";

/// The most names queried for one domain (RFC 9989 section 4.10).
const LONGEST_WALK: usize = 8;

/// The names to query for the policy of `domain`, in order: its own, then those above it (RFC 9989 section 4.10). For
/// a domain of more than eight labels, the walk continues with the last seven.
pub fn walk(domain: &str) -> Vec<String> {
    let labels: Vec<&str> = domain.split('.').filter(|label| !label.is_empty()).collect();
    let above = (labels.len().saturating_sub(LONGEST_WALK - 1)).max(1)..labels.len();
    let starts = std::iter::once(0).chain(above);
    starts.filter_map(|start| labels.get(start..)).map(|rest| rest.join(".")).collect()
}

/// Where a domain of the [`walk`] publishes its record.
pub fn name(domain: &str) -> String {
    format!("_dmarc.{domain}")
}

/// Whether the walk ends at these records: they say where the registry ends and the organisation begins.
pub fn ends_walk(records: &[String]) -> bool {
    policy(records).is_some_and(|tags| matches!(value(&tags, "psd"), Some("y" | "n")))
}

/// The mail being judged.
#[derive(Debug, Clone, Copy)]
pub struct Mail<'a> {
    /// The domain of `From`.
    pub from: &'a str,
    /// The domain of the envelope sender, which SPF checks.
    pub envelope: &'a str,
    /// The signing domain, if this program signs.
    pub signer: Option<&'a str>,
}

/// What the records found on the walk, domain by domain, mean for the mail.
pub fn judge(mail: Mail, found: &[(String, Vec<String>)]) -> Finding {
    let from = mail.from;
    let policies: Vec<(&str, Vec<(String, String)>)> =
        found.iter().filter_map(|(domain, records)| Some((domain.as_str(), policy(records)?))).collect();
    let organisation = organisation(from, &policies);
    let own = policies.iter().find(|(domain, _)| *domain == from);
    if own.is_none()
        && let Some((domain, records)) = found.iter().find(|(_, records)| count(records) > 1)
    {
        let n = count(records);
        let text = format!("{} has {n} DMARC records, so receivers heed none: leave one", name(domain));
        return Finding::bad(ABOUT, text);
    }
    let Some((at, tags)) = own.or_else(|| policies.iter().find(|(domain, _)| *domain == organisation)) else {
        let text = format!(
            "{from} has no DMARC record, without which Gmail, Yahoo and Outlook turn newsletters away. Add"
        );
        let record = Record { name: name(from), value: "v=DMARC1; p=none".to_owned() };
        return Finding::bad(ABOUT, text).mended_by(record);
    };
    let below = if *at == from { None } else { value(tags, "sp") };
    let policy = below.or(value(tags, "p")).map(str::to_ascii_lowercase);
    let asked = match policy.as_deref() {
        Some("reject") => "refuse mail that fails (reject)",
        Some("quarantine") => "put mail that fails with the spam (quarantine)",
        Some("none") => "do nothing about mail that fails (none)",
        _ => {
            let text = format!(
                "the record at {} asks for nothing: it needs p=none, p=quarantine or p=reject",
                name(at)
            );
            return Finding::bad(ABOUT, text);
        }
    };
    let aligned = |domain: &str, mode: &str| match value(tags, mode) {
        Some("s" | "S") => domain.eq_ignore_ascii_case(from),
        _ => is_within(domain, organisation),
    };
    let signed = mail.signer.is_some_and(|signer| aligned(signer, "adkim"));
    match (signed, aligned(mail.envelope, "aspf"), mail.signer) {
        (false, false, Some(signer)) => Finding::bad(
            ABOUT,
            format!(
                "{} asks receivers to {asked}, and all of it fails: neither {signer}, which signs, nor {}, where bounces go, counts as {from}",
                name(at),
                mail.envelope
            ),
        ),
        (false, false, None) => Finding::unknown(
            ABOUT,
            format!(
                "{} asks receivers to {asked}; bounces go to {}, so the mail passes only if your mail server signs for {from}",
                name(at),
                mail.envelope
            ),
        ),
        _ => Finding::good(ABOUT, format!("{} asks receivers to {asked}", name(at))),
    }
}

/// The tags of the single DMARC record among `records`; none if there are several (RFC 9989 section 4.10).
fn policy(records: &[String]) -> Option<Vec<(String, String)>> {
    let mut policies = records.iter().filter(|record| is_dmarc(record));
    let policy = policies.next()?;
    policies.next().is_none().then(|| tags(policy))
}

fn count(records: &[String]) -> usize {
    records.iter().filter(|record| is_dmarc(record)).count()
}

/// The version tag comes first, and is written exactly so.
fn is_dmarc(record: &str) -> bool {
    tags(record).first().is_some_and(|(name, value)| name == "v" && value == "DMARC1")
}

/// The Organizational Domain of `from` (RFC 9989 section 4.10.2).
fn organisation<'a>(from: &'a str, policies: &[(&'a str, Vec<(String, String)>)]) -> &'a str {
    let says = |psd: &'static str| {
        move |(_, tags): &&(&'a str, Vec<(String, String)>)| value(tags, "psd") == Some(psd)
    };
    if let Some((domain, _)) = policies.iter().find(says("n")) {
        return domain;
    }
    if let Some((registry, _)) = policies.iter().filter(|(domain, _)| *domain != from).find(says("y")) {
        let below = from.strip_suffix(registry).map(|front| front.trim_end_matches('.')).unwrap_or_default();
        let label = below.rfind('.').map_or(0, |dot| dot + 1);
        return from.get(label..).unwrap_or(from);
    }
    policies.last().map_or(from, |(domain, _)| domain)
}

#[cfg(test)]
mod tests;
