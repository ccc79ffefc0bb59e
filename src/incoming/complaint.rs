//! The parts of a report in, a complaint out (ARF, RFC 5965). Never counts a report of another kind.

use super::{
    Incoming, Kind, Sign, head,
    parts::{Part, field, fields},
};

/// Feedback types for a reader's "this is spam" (RFC 5965 section 7.3, RFC 6650); the others are not about unwanted
/// mail.
const UNWANTED: [&str; 3] = ["abuse", "opt-out", "opt-out-list"];

/// The complaint, if the parts are one; any other kind of feedback report is automatic mail.
pub fn report(parts: &[Part]) -> Option<Incoming> {
    let report = parts.iter().find(|part| part.kind() == "message/feedback-report")?;
    let groups = fields(&report.text());
    let group = groups.first()?;
    let kind = field(group, "feedback-type").unwrap_or_default().to_ascii_lowercase();
    if !UNWANTED.contains(&kind.as_str()) {
        return Some(Incoming::of(Kind::Automatic));
    }
    let mut signs: Vec<Sign> = field(group, "original-mail-from").map(head::tags).unwrap_or_default();
    signs.extend(parts.iter().filter_map(Part::returned).flat_map(|returned| head::returned(&returned)));
    Some(Incoming { signs, ..Incoming::of(Kind::Complaint) })
}
