//! The name or number of a time zone in, its offset out. Never knows when a zone changes its clocks.

use jiff::tz::Offset;

/// Zones by name (RFC 822, section 5.1, and the other names in use), minutes east of Greenwich.
const ZONES: [(&str, i32); 57] = [
    ("z", 0),
    ("ut", 0),
    ("utc", 0),
    ("gmt", 0),
    ("wet", 0),
    ("bst", 60),
    ("ist", 330),
    ("cet", 60),
    ("met", 60),
    ("mez", 60),
    ("west", 60),
    ("cest", 120),
    ("mest", 120),
    ("mesz", 120),
    ("eet", 120),
    ("sast", 120),
    ("eest", 180),
    ("msk", 180),
    ("pkt", 300),
    ("hkt", 480),
    ("sgt", 480),
    ("awst", 480),
    ("jst", 540),
    ("kst", 540),
    ("aest", 600),
    ("aedt", 660),
    ("nzst", 720),
    ("nzdt", 780),
    ("edt", -240),
    ("est", -300),
    ("cdt", -300),
    ("cst", -360),
    ("mdt", -360),
    ("mst", -420),
    ("pdt", -420),
    ("pst", -480),
    ("akdt", -480),
    ("akst", -540),
    ("hst", -600),
    ("ast", -240),
    ("adt", -180),
    ("nst", -210),
    ("ndt", -150),
    ("brt", -180),
    ("art", -180),
    ("clt", -240),
    ("wat", 60),
    ("cat", 120),
    ("idt", 180),
    ("eat", 180),
    ("trt", 180),
    ("gst", 240),
    ("npt", 345),
    ("wib", 420),
    ("ict", 420),
    ("acst", 570),
    ("acdt", 630),
];

/// `+0100`, `-05:00`, `+1`, `gmt+2`, `est`.
pub fn offset(zone: &str) -> Option<Offset> {
    let named = |name: &str| ZONES.iter().find(|(n, _)| *n == name).map(|(_, minutes)| *minutes);
    let zone = zone.trim_start_matches('(').split([' ', ')']).next()?;
    let minutes = match zone.find(['+', '-']) {
        Some(sign) => {
            let (name, number) = zone.split_at(sign);
            named(name).unwrap_or(0) + signed_minutes(number)?
        }
        None => named(zone)?,
    };
    Offset::from_seconds(minutes * 60).ok()
}

fn signed_minutes(number: &str) -> Option<i32> {
    let (sign, digits) = number.strip_prefix('-').map_or((1, number.trim_start_matches('+')), |d| (-1, d));
    let digits: String = digits.chars().filter(|c| *c != ':').collect();
    let number: i32 = digits.parse().ok().filter(|_| digits.len() <= 4)?;
    let minutes = if digits.len() <= 2 { number * 60 } else { number / 100 * 60 + number % 100 };
    Some(sign * minutes)
}
