//! The text of a configuration in, the same with its secrets replaced by stars out. Never moves a byte.

use std::{ops::Range, sync::LazyLock};

use regex::{Captures, Regex};

use crate::secret;

/// The text with every byte of a secret replaced by a star; lines stay lines.
pub(super) fn masked(source: &str) -> String {
    // Up to the last `@`: what cannot be read as an address may be one with an odd password.
    static IN_ADDRESS: LazyLock<Regex> = LazyLock::new(|| regex(r#"(://[^/\s:@'"]*:)([^\s'"]+)@"#));
    // The same where `://` is forgotten or misspelt.
    static LOGIN: LazyLock<Regex> = LazyLock::new(|| regex(r#"(["'`\s/=])([\w.%+-]+:)([^\s'"/][^\s'"]*)@"#));
    static UNDER_KEY: LazyLock<Regex> = LazyLock::new(|| {
        let key = [
            r#"\b\w*(?:pass(?:word|wd|phrase|wort)?|pwd|secret|token|api_?key)["']?(?:\s*[=:]\s*|[ \t]+)"#,
            // Words that are names of secrets only before a value, and `password` misspelt.
            r#"\b[\w-]*(?:pw|auth|authorization|bearer|cookie|credentials?|headers?|key|p\w{0,3}s\w{0,2}w\w{0,4})["']?\s*[=:]\s*"#,
        ];
        let key = format!("(?i)({})", key.join("|"));
        let value = [
            r#""""(?s:.*?)(?:"""[^\r\n]*|\z)"#,
            r"'''(?s:.*?)(?:'''[^\r\n]*|\z)",
            r"\[(?s:.*?)(?:\][^\r\n]*|\z)",
            r"\{(?s:.*?)(?:\}[^\r\n]*|\z)",
            r"[^\r\n]+",
        ];
        regex(&format!("{key}({})", value.join("|")))
    });
    let starred = |found: &Captures| format!("{}{}", &found[1], stars(&found[2]));
    let text = secret::each(source, stars);
    let text = IN_ADDRESS.replace_all(&text, |found: &Captures| starred(found) + "@");
    let text = LOGIN.replace_all(&text, |found: &Captures| match &found[2] {
        "mailto:" => found[0].to_owned(),
        name => format!("{}{name}{}@", &found[1], stars(&found[3])),
    });
    UNDER_KEY.replace_all(&text, starred).into_owned()
}

/// What may be said of the text at `span`: where a secret stands there, nothing of it is quoted.
pub(super) fn unquoted(message: &str, source: &str, masked: &str, span: Option<&Range<usize>>) -> String {
    // As serde says what it did not expect.
    static QUOTED: LazyLock<Regex> =
        LazyLock::new(|| regex(r#"(?s)^((?:invalid|unknown) \w+:? [^"`]*["`]).*(["`])"#));
    let is_secret = |at: &usize| source.as_bytes().get(*at) != masked.as_bytes().get(*at);
    let Some(first) = span.and_then(|span| span.clone().find(is_secret)) else {
        return self::masked(message);
    };
    let last = (first..source.len()).find(|at| !is_secret(at)).unwrap_or(source.len());
    let secret = source.get(first..last).unwrap_or_default().trim_matches(['"', '\'']);
    let message = QUOTED.replace(message, format!("${{1}}{}${{2}}", secret::STARS));
    self::masked(&if secret.is_empty() {
        message.into_owned()
    } else {
        message.replace(secret, secret::STARS)
    })
}

/// Line ends are kept, every other byte is a star.
fn stars(text: &str) -> String {
    text.bytes().map(|byte| if matches!(byte, b'\r' | b'\n') { char::from(byte) } else { '*' }).collect()
}

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a pattern of this file is sound")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_in_a_text_become_stars() {
        for (text, expected) in [
            ("smtp = 'smtps://bo:bo@mail.example'", "smtp = 'smtps://*****@mail.example'"),
            ("url = 'https://bo:b/o@a.example'", "url = 'https://bo:***@a.example'"),
            ("url = 'https://a.example/?q=1&token=ab'", "url = 'https://a.example/?q=1&token=***"),
            ("password = 'säß'\nuser = 'bo'", "password = *******\nuser = 'bo'"),
            ("password = \"\"\"\nab\n\"\"\"\nuser = 1", "password = ***\n**\n***\nuser = 1"),
            ("password = '''\nab", "password = ***\n**"),
            ("password = [\n'ab'\n]\nuser = 1", "password = *\n****\n*\nuser = 1"),
            ("mail = { \"password\" = 'ab', user = 1 }", "mail = { \"password\" = ****************"),
            ("mail.'password' = 'ab'", "mail.'password' = ****"),
            ("# password: ab", "# password: **"),
            ("smtp = 'bo:ab@mail.example'", "smtp = 'bo:**@mail.example'"),
            ("url = 'https//bo:a/b@a.example'", "url = 'https//bo:***@a.example'"),
            ("proxy=\"bo:ab@proxy.example:3128\"", "proxy=\"bo:**@proxy.example:3128\""),
            ("pasword = 'ab'\npasswrod = 'ab'", "pasword = ****\npasswrod = ****"),
            ("headers = { Authorization = 'ab' }", "headers = ************************"),
            ("X-Api-Key = 'ab'\nbearer = 1", "X-Api-Key = ****\nbearer = *"),
            ("password ab", "password **"),
            ("-----BEGIN PRIVATE KEY-----\nab\n", "-----BEGIN PRIVATE KEY-----\n**\n"),
        ] {
            assert_eq!(masked(text), expected);
            assert_eq!(masked(text).len(), text.len());
        }
    }

    #[test]
    fn what_is_no_secret_stays() {
        for text in [
            "smtp = 'smtp://[::1]:2525'\nfrom = 'a@b.example'",
            "password_file = '/run/key'",
            "key_file = 'dkim.pem'\nunsubscribe = 'mailto:leave@a.example'",
            "max_words = 1300\nprivate_networks = []\nauthenticated_by = 'mx.a.example'",
            "password_env = 'KEY'",
            "url = 'https://a.example/{password}'",
        ] {
            assert_eq!(masked(text), text);
        }
    }

    #[test]
    fn a_message_about_a_secret_quotes_nothing_of_it() {
        let source = "password = \"hun\\u0074er2\"\nuser = hunter2";
        let masked = masked(source);
        let told = |message, span| unquoted(message, source, &masked, Some(&span));
        let (secret, other) = (11..25, 33..40);
        assert_eq!(
            told("invalid type: string \"hunter2\", expected a table", secret.clone()),
            "invalid type: string \"***\", expected a table"
        );
        assert_eq!(told("write `hun\\u0074er2` or `x`", secret), "write `***` or `x`");
        assert_eq!(told("write \"hunter2\" or `x`", other), "write \"hunter2\" or `x`");
    }
}
