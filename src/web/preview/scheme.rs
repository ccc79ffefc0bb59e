//! A digest's HTML in, the same as a mail program shows it in one colour scheme out. Never asks what the
//! browser prefers.

/// The media query in the digest's style sheet.
const ASKS: [&str; 2] = ["(prefers-color-scheme:dark)", "(prefers-color-scheme: dark)"];

/// A media query that always matches, and one that never does. Unlike `all`, they may be part of a longer
/// query.
const ALWAYS: &str = "(min-width:0)";
const NEVER: &str = "(max-width:0)";

/// The HTML in light or dark colours, its links opening in a window of their own.
pub fn framed(html: &str, dark: bool) -> String {
    let (answer, scheme) = if dark { (ALWAYS, "dark") } else { (NEVER, "light") };
    let (head, body) = html.split_once("</head>").unwrap_or(("", html));
    let head = ASKS.iter().fold(head.to_owned(), |head, asks| head.replace(asks, answer));
    let head = head.replace("light dark", scheme).replacen("<head>", "<head><base target=\"_blank\">", 1);
    match head.is_empty() {
        true => body.to_owned(),
        false => format!("{head}</head>{body}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{model::Edition, render};

    fn digest() -> String {
        let empty: Edition = serde_json::from_value(serde_json::json!({
            "date": "2026-11-22", "composed_at": "2026-11-22T06:00:00Z", "top": [], "sections": [],
            "masthead": {
                "title": "In a light dark", "outlet": "", "tagline": "", "language": "en", "timezone": "UTC",
                "home": null, "signup": null, "postal_address": "",
            },
        }))
        .expect("an edition");
        render::html(&empty, &render::Look::default(), None)
    }

    #[test]
    fn the_browsers_own_preference_is_asked_no_more() {
        let html = digest();
        assert!(ASKS.iter().any(|asks| html.contains(asks)), "there is a dark palette: {html}");
        for (dark, answer, scheme) in [(true, ALWAYS, "dark"), (false, NEVER, "light")] {
            let framed = framed(&html, dark);
            assert!(!framed.contains("prefers-color-scheme") && framed.contains(answer), "{framed}");
            assert!(framed.contains(&format!("content=\"{scheme}\"")), "{framed}");
            assert!(framed.contains("<base target=\"_blank\">"), "{framed}");
            assert_eq!(
                framed.split_once("</head>").map(|(_, body)| body),
                html.split_once("</head>").map(|(_, body)| body)
            );
        }
    }
}
