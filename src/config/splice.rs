//! TOML text in, the same with one table of a list cut out or put in out. Never changes another byte.

use toml::de::DeTable;

use super::problem::Span;

/// `source` with `block`, a table with its header, after the table `last` of the same list; at the end of the
/// text when there is none.
pub(super) fn insert(source: &str, last: Option<(Span, &DeTable)>, block: &str) -> String {
    let line_end = if source.contains("\r\n") { "\r\n" } else { "\n" };
    let at = last.map_or(source.len(), |(header, table)| block_of(source, header, table).end);
    let (before, after) = source.split_at_checked(at).unwrap_or((source, ""));
    let blank = if before.is_empty() { "" } else { line_end };
    let ended = if before.is_empty() || before.ends_with('\n') { "" } else { line_end };
    let block = block.trim_end().replace('\n', line_end);
    format!("{before}{ended}{blank}{block}{line_end}{after}")
}

/// `source` without the table whose header stands at `header`, its comments and one blank line.
pub(super) fn remove(source: &str, header: Span, table: &DeTable) -> String {
    let block = block_of(source, header, table);
    let before = source.get(..block.start).unwrap_or_default();
    let after = source.get(block.end..).unwrap_or_default();
    match after.split_once('\n') {
        Some((line, rest)) if line.trim().is_empty() => format!("{before}{rest}"),
        None if after.trim().is_empty() => format!("{}{}", before.trim_end(), line_end_of(before)),
        _ => format!("{before}{after}"),
    }
}

fn line_end_of(text: &str) -> &str {
    if text.trim().is_empty() {
        ""
    } else if text.ends_with("\r\n") {
        "\r\n"
    } else {
        "\n"
    }
}

/// The lines of a table: the comments right above its header, its keys, and the comments right below them unless
/// those are right above another header.
fn block_of(source: &str, header: Span, table: &DeTable) -> Span {
    let values_end = table.values().map(|value| value.span().end).max().unwrap_or(0).max(header.end);
    let before = source.get(..header.start).unwrap_or_default();
    let header_start = before.rfind('\n').map_or(0, |end| end + 1);
    let above = source.get(..header_start).unwrap_or_default();
    let comments_above = above.split_inclusive('\n').rev().take_while(|line| is_comment(line));
    let start = header_start - comments_above.map(str::len).sum::<usize>();

    let rest = source.get(values_end..).unwrap_or_default();
    let keys_end = values_end + rest.find('\n').map_or(rest.len(), |end| end + 1);
    let below = source.get(keys_end..).unwrap_or_default();
    let comments: usize = below.split_inclusive('\n').take_while(|line| is_comment(line)).map(str::len).sum();
    let is_of_the_next = below.get(comments..).unwrap_or_default().starts_with('[');
    start..keys_end + if is_of_the_next { 0 } else { comments }
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with('#')
}
