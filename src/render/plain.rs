//! Strangers' text and addresses in, harmless ones out: no control characters, bounded, `http(s)` only. Never
//! escapes: that is left to whoever prints it.

use core::net::Ipv4Addr;

use unicode_segmentation::UnicodeSegmentation;
use url::Url;

use super::wrap::may_break;
use crate::text::{
    hidden::{self, is_blank},
    space,
};

/// The longest address that is linked, in bytes.
const LONGEST_LINK: usize = 2000;

/// Words that must not end a shortened text.
const HANGING: [&str; 20] = [
    "a", "an", "the", "and", "or", "but", "of", "to", "in", "on", "at", "by", "for", "with", "from", "as",
    "is", "are", "after", "over",
];

/// One line of at most `most` characters: control (C0, C1), bidirectional control and other invisible characters
/// removed, white space folded, and cut at a word with `…` if longer.
pub(super) fn clean(text: &str, most: usize) -> String {
    let spaced: String = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    let kept: String = hidden::shown(&spaced).chars().take(most * 4).collect();
    shorten(&space::fold(&kept), most)
}

/// A headline as printed; an empty one still needs words to click.
pub(super) fn headline(text: &str) -> String {
    match clean(text, 200) {
        unseen if is_blank(&unseen) => "(no headline)".to_owned(),
        headline => headline,
    }
}

/// At most `most` characters, cut between words if there are two, otherwise between user-perceived characters. A cut
/// text ends in `…` with no other punctuation before it.
pub(super) fn shorten(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let mut room = most.saturating_sub(1);
    let (mut words, mut characters, mut before) = (0, 0, None);
    for (at, cluster) in text.grapheme_indices(true) {
        if cluster == " " || may_break(before, cluster) {
            words = at;
        }
        let size = cluster.chars().count();
        if size > room {
            break;
        }
        room -= size;
        characters = at + cluster.len();
        before = cluster.chars().next_back();
    }
    let end = if words > 0 { words } else { characters };
    format!("{}…", well_ended(text.get(..end).unwrap_or_default()))
}

/// Without trailing punctuation and small words that lead one to expect more.
fn well_ended(text: &str) -> &str {
    let marks =
        |c: char| c.is_whitespace() || ",;:.!?…–—-·|/([{<“‘„«‹¿¡、。，．：；！？・「『（،؛؟।".contains(c);
    let mut kept = text.trim_end_matches(marks);
    while let Some((words, last)) = kept.rsplit_once(' ')
        && HANGING.contains(&last)
    {
        kept = words.trim_end_matches(marks);
    }
    kept
}

/// The address if it is an absolute `http(s)` link without user name or password, otherwise none.
pub(super) fn web_link(address: &str) -> Option<String> {
    let url = Url::parse(address.trim()).ok()?;
    let web = matches!(url.scheme(), "http" | "https") && url.has_host();
    let bare = url.username().is_empty() && url.password().is_none();
    let link = String::from(url);
    (web && bare && link.len() <= LONGEST_LINK).then_some(link)
}

/// The same, or a `mailto:` link: for the newsletter's own words.
pub(super) fn web_or_mail_link(address: &str) -> Option<String> {
    web_link(address).or_else(|| {
        let link = String::from(Url::parse(address.trim()).ok().filter(|url| url.scheme() == "mailto")?);
        (link.contains('@') && link.len() <= LONGEST_LINK).then_some(link)
    })
}

/// The same for a picture, which mail programs ask for unasked: `https` alone.
pub(super) fn picture_link(address: &str) -> Option<String> {
    web_link(address).filter(|link| link.starts_with("https://"))
}

/// Whether words that are to link somewhere are, begin with or hold the address of another host, which filters take for
/// phishing: an address with its scheme or `www.` anywhere; what only looks like a host where it stands alone, or before a
/// path or a colon. "Harbor.example is sold" may link anywhere.
pub(super) fn names_another(words: &str, link: &str) -> bool {
    let mut pieces = words.split_whitespace();
    let is_marked = |piece: &&str| {
        let piece = piece.to_ascii_lowercase();
        piece.contains("://") || piece.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with("www.")
    };
    let first = pieces.next().unwrap_or_default();
    let is_alone = pieces.next().is_none() || first.contains(['/', '?', '#', ':']);
    let marked = words.split_whitespace().filter(is_marked);
    marked.chain(is_alone.then_some(first)).any(|piece| is_another(piece, link))
}

/// Whether a word looks like the address of another host than the link's, or of one above it.
fn is_another(word: &str, link: &str) -> bool {
    let said = word.to_lowercase();
    let said = said.split_once("://").map_or(said.as_str(), |(_, rest)| rest);
    let said = said.trim_matches(|c: char| !c.is_alphanumeric());
    let said = said.split(['/', '?', '#', ':']).next().unwrap_or_default().trim_end_matches('.');
    if !is_like_a_host(said) {
        return false;
    }
    let host =
        Url::parse(link).ok().and_then(|url| url.host_str().map(str::to_ascii_lowercase)).unwrap_or_default();
    let named = idna::domain_to_ascii(said).unwrap_or_default();
    let named = named.strip_prefix("www.").unwrap_or(&named);
    let is_same = host.strip_suffix(named).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    !(is_same && named.contains('.'))
}

/// Whether a word can be a host: it ends as a domain does, or is an address in figures. "U.S.", "A.I." and "6.30" cannot.
fn is_like_a_host(word: &str) -> bool {
    let ends_as_domains_do = |end: &str| {
        end.chars().count() > 1 && (end.starts_with("xn--") || end.chars().all(char::is_alphabetic))
    };
    word.rsplit_once('.').is_some_and(|(_, end)| ends_as_domains_do(end)) || word.parse::<Ipv4Addr>().is_ok()
}

/// The text for a link: the name itself, unless it looks like the address of another host than the link's, which
/// filters take for phishing.
pub(super) fn link_words(name: &str, link: &str) -> String {
    let is_one_word = !name.contains(char::is_whitespace);
    if is_one_word && is_another(name, link) { format!("{name} article") } else { name.to_owned() }
}

/// Whether text runs from right to left, by its first strong character (Unicode UAX #9, rule P2), judged by Unicode
/// block; none if it has no letter.
pub(super) fn runs_right_to_left(text: &str) -> Option<bool> {
    text.chars().find(|c| c.is_alphabetic()).map(|c| {
        matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}'
            | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
    })
}

/// A language tag (BCP 47), if it is shaped like one.
pub(super) fn language_tag(tag: &str) -> Option<&str> {
    let shaped = tag.split('-').enumerate().all(|(place, part)| {
        let letters = place > 0 || (part.len() >= 2 && part.bytes().all(|b| b.is_ascii_alphabetic()));
        letters && (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
    });
    (shaped && tag.len() <= 35).then_some(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_and_control_characters_are_gone_and_lines_are_one() {
        assert_eq!(clean("a\r\nBcc: b\u{85}\u{9b}\u{202e}c\u{feff}\u{0}\u{2028}d", 99), "a Bcc: b c d");
        assert_eq!(clean("می\u{200c}خواهم", 99), "می\u{200c}خواهم");
    }

    #[test]
    fn long_text_is_cut_between_words_and_one_endless_word_between_characters() {
        assert_eq!(shorten("one two, three", 10), "one two…");
        assert_eq!(shorten("one two three", 8), "one two…");
        assert_eq!(shorten("one to the three", 11), "one…");
        assert_eq!(shorten("one", 3), "one");
        assert_eq!(shorten("Why (one says", 8), "Why…");
        assert_eq!(shorten("one. “Two, three”", 13), "one. “Two…");
        assert_eq!(shorten("“one” two three", 8), "“one”…");
        assert_eq!(clean(&"x".repeat(10_000), 20).chars().count(), 20);
        assert_eq!(shorten("ee\u{301}e\u{301}e\u{301}", 5), "ee\u{301}…");
        assert_eq!(shorten("a👩\u{200d}🚒👩\u{200d}🚒b", 6), "a👩\u{200d}🚒…");
    }

    #[test]
    fn text_without_spaces_is_cut_where_a_line_of_it_may_end() {
        assert_eq!(shorten("港は「五月まで閉鎖」と市長", 4), "港は…");
        assert_eq!(shorten("NHK 港は五月まで閉鎖", 9), "NHK 港は五月…");
    }

    #[test]
    fn only_web_pages_are_linked() {
        assert_eq!(
            web_link(" https://a.example/b c?d=\"e\" "),
            Some("https://a.example/b%20c?d=%22e%22".into())
        );
        for bad in [
            "javascript:alert(1)",
            "data:text/html,x",
            "/b",
            "",
            "https://u:p@a.example/",
            "mailto:a@b.example",
        ] {
            assert_eq!(web_link(bad), None, "{bad}");
        }
        assert_eq!(web_link(&format!("https://a.example/{}", "x".repeat(3000))), None);
        assert_eq!(
            web_or_mail_link("mailto:a@b.example?subject=x"),
            Some("mailto:a@b.example?subject=x".into())
        );
        assert_eq!(web_or_mail_link("javascript:a@b"), None);
    }

    #[test]
    fn a_link_never_names_another_host() {
        assert_eq!(link_words("Harbor.example", "https://www.harbor.example/1"), "Harbor.example");
        assert_eq!(link_words("Harbor.example", "https://feeds.other.example/1"), "Harbor.example article");
        assert_eq!(link_words("Harbor Times", "https://other.example/1"), "Harbor Times");
        assert_eq!(link_words("harbor.example", "https://evil-harbor.example/1"), "harbor.example article");
        assert_eq!(link_words("Bücher.example", "https://www.xn--bcher-kva.example/1"), "Bücher.example");
        assert_eq!(link_words("hаrbor.example", "https://harbor.example/1"), "hаrbor.example article");
    }

    #[test]
    fn a_headline_that_is_anothers_address_is_known_and_one_that_speaks_of_a_site_is_none() {
        let link = "https://harbor.example/1";
        for other in [
            "https://bank.example/login",
            "https://bank.example/ is down",
            "Log in at HTTPS://bank.example now",
            "see (www.bank.example)",
            "www.bank.example",
            "bank.example/login now",
            "bank.example: log in here",
            "bank.com",
            "hаrbor.example",
            "http://192.168.1.1/",
            "192.168.1.1: log in",
            "bank.xn--p1ai/login",
            "bank.рф",
            "https://harbor.example.evil.example/",
        ] {
            assert!(names_another(other, link), "{other}");
        }
        for own in [
            "Harbor.example",
            "https://harbor.example/1",
            "www.harbor.example",
            "Bank.example is sold",
            "Ferry sails again at 6.30",
            "Why: the ferry",
            "U.S.: Ferry sails again",
            "U.S./Halvan talks go on",
            "A.I.: what to know",
            "6.30: the ferry sails",
            "",
            "a/b testing",
        ] {
            assert!(!names_another(own, link), "{own}");
        }
    }

    #[test]
    fn pictures_are_asked_for_encrypted_or_not_at_all() {
        assert!(
            picture_link("https://a.example/b.jpg").is_some()
                && picture_link("http://a.example/b.jpg").is_none()
        );
    }

    #[test]
    fn direction_follows_the_first_letter() {
        assert_eq!(runs_right_to_left("«12 سفينة في Harbor»"), Some(true));
        assert_eq!(runs_right_to_left("12 ships"), Some(false));
        assert_eq!(runs_right_to_left("12"), None);
    }

    #[test]
    fn language_tags_have_their_shape() {
        assert_eq!(language_tag("pt-BR"), Some("pt-BR"));
        for bad in ["", "x", "en_US", "en\" onclick", "en--x"] {
            assert_eq!(language_tag(bad), None, "{bad}");
        }
    }
}
