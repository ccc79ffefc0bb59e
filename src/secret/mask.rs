//! Addresses in, what may be shown of them in a log out.

/// An address as it may stand in a log: `a…@example.net`.
pub fn mask(email: &str) -> String {
    let (name, domain) = email.rsplit_once('@').unwrap_or((email, ""));
    format!("{}…@{domain}", name.chars().next().unwrap_or('?'))
}

/// A text with every address in it masked.
pub fn mask_all(text: &str) -> String {
    let is_part = |c: char| !c.is_whitespace() && !c.is_control() && !"<>()[]:;,\"'".contains(c);
    let mut masked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(begin) = rest.find(is_part) {
        let (before, behind) = rest.split_at(begin);
        let (word, after) = behind.split_at(behind.find(|c| !is_part(c)).unwrap_or(behind.len()));
        masked.push_str(before);
        masked.push_str(&if word.contains('@') { mask(word) } else { word.to_owned() });
        rest = after;
    }
    masked + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_named_in_full() {
        assert_eq!(mask("ann@example.net"), "a…@example.net");
        assert_eq!(mask("åsa"), "å…@");
        assert_eq!(mask("@"), "?…@");
        let said = "550 5.1.1 <ann@example.net>: Recipient \"bo@b.example\" unknown";
        assert_eq!(mask_all(said), "550 5.1.1 <a…@example.net>: Recipient \"b…@b.example\" unknown");
        assert_eq!(mask_all(""), "");
    }
}
