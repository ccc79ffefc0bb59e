//! Headers in, spans of time out: how long an answer holds, and how long a host asks to be left alone. Reads no clock:
//! dates are measured against the answer's own `Date`.

use std::time::Duration;

use reqwest::header::{self, HeaderMap, HeaderName};

/// Longer spans are cut to this, the most that RFC 9111 (section 1.2.2) asks caches to understand: 68 years.
const FOREVER: u64 = 1 << 31;

/// How long the answer is fresh (RFC 9111, section 4.2.1): its `max-age` less its `Age`, else `Expires` less
/// `Date`. Zero when it must not be kept, `None` when it does not say. `s-maxage` is for shared caches, which
/// this program is not.
pub fn lifetime(headers: &HeaderMap) -> Option<Duration> {
    let mut max_age: Option<u64> = None;
    for directive in list(headers, header::CACHE_CONTROL) {
        let (name, value) = directive.split_once('=').map_or((directive, None), |(n, v)| (n, Some(v)));
        match (name.trim().to_ascii_lowercase().as_str(), value) {
            ("no-cache" | "no-store", None) => return Some(Duration::ZERO),
            // The shorter of two counts, and an unreadable one is ignored.
            ("max-age", value) => {
                let seconds = value.and_then(seconds).unwrap_or(0);
                max_age = Some(max_age.map_or(seconds, |other| other.min(seconds)));
            }
            _ => {}
        }
    }
    match max_age {
        Some(seconds_fresh) => {
            let age = text(headers, header::AGE).and_then(seconds).unwrap_or(0);
            Some(Duration::from_secs(seconds_fresh.saturating_sub(age)))
        }
        None => {
            let expires = text(headers, header::EXPIRES)?;
            after_date(headers, expires)
                .or_else(|| httpdate::parse_http_date(expires).err().map(|_| Duration::ZERO))
        }
    }
}

/// How long the host asks to be left alone: `Retry-After` in seconds or as a date (RFC 9110, section 10.2.3).
pub fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let wanted = text(headers, header::RETRY_AFTER)?;
    seconds(wanted).map(Duration::from_secs).or_else(|| after_date(headers, wanted))
}

/// How long after the answer's `Date` the date in `text` is; zero when it is before.
fn after_date(headers: &HeaderMap, date: &str) -> Option<Duration> {
    let then = httpdate::parse_http_date(date).ok()?;
    let sent = httpdate::parse_http_date(text(headers, header::DATE)?).ok()?;
    Some(then.duration_since(sent).unwrap_or(Duration::ZERO).min(Duration::from_secs(FOREVER)))
}

fn seconds(text: &str) -> Option<u64> {
    let digits = text.trim().trim_matches('"');
    let number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    number.then(|| digits.parse().unwrap_or(FOREVER).min(FOREVER))
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok().map(str::trim)
}

fn list(headers: &HeaderMap, name: HeaderName) -> impl Iterator<Item = &str> {
    let lines = headers.get_all(name).into_iter().filter_map(|value| value.to_str().ok());
    lines.flat_map(|line| line.split(',')).map(str::trim)
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    const SENT: (&str, &str) = ("date", "Sun, 22 Nov 2026 06:00:00 GMT");

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let pairs = pairs.iter().map(|(name, value)| {
            (HeaderName::from_static(name), HeaderValue::from_str(value).expect("a header value"))
        });
        pairs.collect()
    }

    fn lasts(pairs: &[(&'static str, &str)]) -> Option<u64> {
        lifetime(&headers(pairs)).map(|span| span.as_secs())
    }

    #[test]
    fn an_answer_holds_as_long_as_it_says() {
        assert_eq!(lasts(&[]), None);
        assert_eq!(lasts(&[("cache-control", "public, Max-Age=600")]), Some(600));
        assert_eq!(lasts(&[("cache-control", "max-age=\"600\""), ("age", "150")]), Some(450));
        assert_eq!(lasts(&[("cache-control", "max-age=60"), ("age", "150")]), Some(0));
        assert_eq!(lasts(&[("cache-control", "max-age=99999999999999999999999")]), Some(2_147_483_648));
        assert_eq!(lasts(&[("cache-control", "max-age=2147483647")]), Some(2_147_483_647));
        for twice in ["max-age=600, max-age=60", "max-age=60, public, max-age=600"] {
            assert_eq!(lasts(&[("cache-control", twice)]), Some(60), "the shorter of two: {twice}");
        }
        assert_eq!(lasts(&[("expires", "Sun, 22 Nov 2026 07:00:00 GMT"), SENT]), Some(3600));
        assert_eq!(lasts(&[("expires", "Sunday, 22-Nov-26 07:00:00 GMT"), SENT]), Some(3600), "RFC 850");
        assert_eq!(lasts(&[("expires", "Sun Nov 22 07:00:00 2026"), SENT]), Some(3600), "asctime");
        assert_eq!(
            lasts(&[("cache-control", "max-age=60"), ("expires", "Sun, 22 Nov 2026 07:00:00 GMT"), SENT]),
            Some(60)
        );
    }

    #[test]
    fn what_is_not_to_be_kept_holds_not_at_all() {
        for refusal in
            ["no-cache", "no-store, max-age=600", "max-age=600, no-cache", "max-age=0", "max-age=x"]
        {
            assert_eq!(lasts(&[("cache-control", refusal)]), Some(0), "{refusal}");
        }
        for expires in ["0", "-1", "", "Sun, 22 Nov 2026 05:00:00 GMT"] {
            assert_eq!(lasts(&[("expires", expires), SENT]), Some(0), "{expires}");
        }
    }

    #[test]
    fn what_is_meant_for_shared_caches_or_cannot_be_measured_says_nothing() {
        assert_eq!(lasts(&[("cache-control", "s-maxage=3600")]), None);
        assert_eq!(lasts(&[("cache-control", "private, must-revalidate, no-cache=\"set-cookie\"")]), None);
        assert_eq!(lasts(&[("expires", "Sun, 22 Nov 2026 07:00:00 GMT")]), None, "without a Date");
    }

    #[test]
    fn a_host_says_in_seconds_or_by_a_date_how_long_to_leave_it_alone() {
        let waits = |pairs: &[_]| retry_after(&headers(pairs)).map(|span| span.as_secs());
        assert_eq!(waits(&[("retry-after", " 120 ")]), Some(120));
        assert_eq!(waits(&[("retry-after", "Mon, 23 Nov 2026 06:00:00 GMT"), SENT]), Some(86400));
        assert_eq!(waits(&[("retry-after", "Sat, 21 Nov 2026 06:00:00 GMT"), SENT]), Some(0));
        assert_eq!(waits(&[("retry-after", "Tue, 22 Nov 2101 06:00:00 GMT"), SENT]), Some(2_147_483_648));
        assert_eq!(waits(&[("retry-after", "tomorrow"), SENT]), None);
        assert_eq!(waits(&[]), None);
    }
}
