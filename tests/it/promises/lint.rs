//! The examination of a message: the same twice, and every finding has its rule.

use jiff::Timestamp;
use reveille::messages;

pub fn check(bytes: &[u8]) {
    let examined = messages::examine(bytes, Timestamp::UNIX_EPOCH);
    assert_eq!(
        examined,
        messages::examine(bytes, Timestamp::UNIX_EPOCH),
        "examined differently the second time"
    );
    assert_eq!(examined.sizes.message, bytes.len());
    for finding in &examined.findings {
        assert!(!finding.to_string().trim().is_empty());
    }
}
