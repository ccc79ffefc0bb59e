//! The `tag=value; tag=value` lists of DKIM and DMARC records (RFC 6376 section 3.2): text in, tags out. Never judges
//! a value.

/// The tags of a record in order, names in lower case. A tag without `=` has an empty value.
pub fn tags(record: &str) -> Vec<(String, String)> {
    record
        .split(';')
        .map(|tag| tag.split_once('=').unwrap_or((tag, "")))
        .map(|(name, value)| (name.trim().to_ascii_lowercase(), value.trim().to_owned()))
        .filter(|(name, _)| !name.is_empty())
        .collect()
}

/// The value of a tag.
pub fn value<'a>(tags: &'a [(String, String)], name: &str) -> Option<&'a str> {
    tags.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
}
