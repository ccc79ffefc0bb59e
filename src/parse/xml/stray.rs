//! XML with stray angle brackets in, XML that a tokeniser reads out: a `<` that opens nothing is escaped.

use std::borrow::Cow;

/// Escapes each `<` after which no name, end tag, comment, CDATA section, declaration or instruction can follow.
pub fn escaped(text: &str) -> Cow<'_, str> {
    let mut escaped = String::new();
    let mut kept = 0;
    let mut place = 0;
    while let Some(found) = text.get(place..).and_then(|rest| rest.find('<')) {
        let angle = place + found;
        let rest = text.get(angle..).unwrap_or_default();
        place = angle + section(rest).unwrap_or(1);
        if is_stray(rest) {
            escaped.push_str(text.get(kept..angle).unwrap_or_default());
            escaped.push_str("&lt;");
            kept = angle + 1;
        }
    }
    if kept == 0 {
        return Cow::Borrowed(text);
    }
    escaped.push_str(text.get(kept..).unwrap_or_default());
    Cow::Owned(escaped)
}

/// Length of the CDATA section or comment at the beginning of `rest`: no `<` in it counts.
fn section(rest: &str) -> Option<usize> {
    let end = match rest {
        _ if rest.starts_with("<![CDATA[") => "]]>",
        _ if rest.starts_with("<!--") => "-->",
        _ => return None,
    };
    Some(rest.find(end).map_or(rest.len(), |place| place + end.len()))
}

fn is_stray(rest: &str) -> bool {
    let mut following = rest.chars().skip(1);
    let name = match following.next() {
        Some('!' | '?') => return false,
        Some('/') => following.next(),
        first => first,
    };
    !name.is_some_and(|c| c.is_alphabetic() || c == '_' || c == ':')
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn only_a_bracket_that_opens_nothing_is_escaped() {
        assert_eq!(escaped("<t>1 < 2 <3 </t>"), "<t>1 &lt; 2 &lt;3 </t>");
        for sound in ["<t><![CDATA[a < b]]><!-- < --></t>", "<?xml version='1.0'?><!DOCTYPE t><é/>", "</t>"]
        {
            assert_eq!(escaped(sound), sound);
        }
    }
}
