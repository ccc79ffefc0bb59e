//! What the DNS says about a sender's domain in, what receivers will make of it out: SPF, DKIM, DMARC and reverse DNS in
//! plain words, with the record to add where one is missing. Says only what can be known; never queries the DNS itself.

pub mod dkim;
pub mod dmarc;
mod finding;
pub mod mx;
mod record;
pub mod reverse;
pub mod spf;
mod tags;

pub use finding::{Finding, Verdict};
pub use record::Record;

/// Whether `name` is `domain` or a subdomain of it.
fn is_within(name: &str, domain: &str) -> bool {
    let above = name.len().checked_sub(domain.len());
    above.and_then(|at| name.split_at_checked(at)).is_some_and(|(front, end)| {
        end.eq_ignore_ascii_case(domain) && (front.is_empty() || front.ends_with('.'))
    })
}
