//! Dates as feeds and pages write them.

use super::{parse, parse_in};

fn utc(text: &str) -> String {
    parse(text).map_or_else(|| "none".to_owned(), |moment| moment.to_string())
}

#[test]
fn dates_of_the_standards_are_read() {
    assert_eq!(utc("2026-11-22T06:00:00-05:00"), "2026-11-22T11:00:00Z");
    assert_eq!(utc("Sun, 22 Nov 2026 06:00:00 +0100"), "2026-11-22T05:00:00Z");
    assert_eq!(utc("Sun, 22 Nov 26 06:00 EST"), "2026-11-22T11:00:00Z");
    assert_eq!(utc("2026-11-22T06:00:00.125Z"), "2026-11-22T06:00:00.125Z");
}

#[test]
fn dates_as_people_write_them_are_read() {
    for text in [
        "So, 22 Nov 2026 07:00:00 CET",
        "2026-11-22 06:00:00",
        "2026-11-22T06:00Z",
        "November 22, 2026 6:00 am",
        "Nov 22, 2026 06:00 AM",
        "2026-11-22T08:00+0200",
        "Sun Nov 22 06:00:00 UTC 2026",
        "22-Nov-2026 06:00 GMT",
        "Sunday, 22nd November 2026 06:00:00 Z",
        "2026-11-22 07:00:00 +0100",
        "2026-11-22T06:00:00+0000",
        "22 novembre 2026 08:00:00 GMT+2",
        "20261122T06:00",
        " Thurs, 22 Nov 2026 6:00:00 UT ",
        "mar., 22 nov. 2026 06:00:00 GMT",
        "martedì 22 novembre 2026 06:00",
        "22 novembre 2026 à 6h00",
        "22 novembre 2026, 6h",
        "22. marraskuuta 2026 klo 6.00",
        "söndag 22 november 2026 kl. 06.00",
        "일요일, 2026년 11월 22일 06:00",
        "٢٢ نوفمبر ٢٠٢٦ 06:00",
        "22 नवंबर 2026 06:00",
    ] {
        assert_eq!(utc(text), "2026-11-22T06:00:00Z", "{text}");
    }
}

#[test]
fn the_twelve_hours_after_noon_are_counted_on() {
    for (clock, hour) in [
        ("12:30 am", "00"),
        ("1:30 AM", "01"),
        ("11:30 a.m.", "11"),
        ("12:30 pm", "12"),
        ("1:30 PM", "13"),
        ("1:30 p.m.", "13"),
        ("11:30 pm", "23"),
        ("13:30 pm", "13"),
        ("01:30pm", "13"),
    ] {
        assert_eq!(
            utc(&format!("November 22, 2026 {clock}")),
            format!("2026-11-22T{hour}:30:00Z"),
            "{clock}"
        );
    }
    assert_eq!(utc("Nov 22, 2026 6:00 pm EST"), "2026-11-22T23:00:00Z");
}

#[test]
fn zones_of_half_hours_are_read_to_the_minute() {
    for zone in ["+0530", "+05:30", "+530", "IST", "GMT+5:30", "(+0530)"] {
        assert_eq!(utc(&format!("Sun, 22 Nov 2026 11:45:00 {zone}")), "2026-11-22T06:15:00Z", "{zone}");
    }
    for (zone, moment) in [
        ("-0330", "2026-11-22T15:15:00Z"),
        ("+0545", "2026-11-22T06:00:00Z"),
        ("+5", "2026-11-22T06:45:00Z"),
        ("+05", "2026-11-22T06:45:00Z"),
        ("-05", "2026-11-22T16:45:00Z"),
        ("EST+1", "2026-11-22T15:45:00Z"),
    ] {
        assert_eq!(utc(&format!("Sun, 22 Nov 2026 11:45:00 {zone}")), moment, "{zone}");
    }
}

#[test]
fn a_leap_second_is_the_one_before_and_a_year_of_two_digits_is_near() {
    assert_eq!(utc("Sat, 31 Dec 2016 23:59:60 GMT"), "2016-12-31T23:59:59Z");
    assert_eq!(utc("22 Nov 49 06:00"), "2049-11-22T06:00:00Z");
    assert_eq!(utc("22 Nov 99 06:00"), "1999-11-22T06:00:00Z");
    assert_eq!(utc("22 Nov 50 06:00"), "none", "1950");
    assert_eq!(utc("2000-01-01T00:00:00Z"), "none", "what a clock shows that nobody set");
    assert_eq!(utc("2000-01-01T00:00:01Z"), "2000-01-01T00:00:01Z");
    assert_eq!(utc("17953272000"), "none", "eleven digits");
}

#[test]
fn figures_are_read_where_they_leave_no_doubt() {
    for text in [
        "1795327200",
        "1795327200000",
        "1795327200.25",
        "20261122060000",
        "202611220600Z",
        "22.11.2026 06:00",
        "22/11/2026 06:00",
        "11/22/2026 6:00 AM",
        "22-11-2026 06:00",
        "2026.11.22 06:00",
        "2026年11月22日 06:00",
        "2026년 11월 22일 06:00",
        "٢٢/١١/٢٠٢٦ ٠٦:٠٠",
        "Sun, 22 Nov 2026 07:00:00 MESZ",
        "Sun, 22 Nov 2026 02:30:00 NST",
    ] {
        assert!(utc(text).starts_with("2026-11-22T0"), "{text}: {}", utc(text));
    }
    assert_eq!(utc("1795327200"), "2026-11-22T06:00:00Z");
    assert_eq!(utc("03.12.2026"), "2026-12-03T00:00:00Z");
    assert_eq!(utc("12/12/2026"), "2026-12-12T00:00:00Z");
}

#[test]
fn a_day_alone_is_its_midnight() {
    for text in [
        "2026-11-22",
        "22 Nov 2026",
        "2026/11/22",
        "20261122",
        "November 22, 2026",
        "Sun, 22 Nov 2026 24:00:00 GMT",
    ] {
        assert_eq!(utc(text), "2026-11-22T00:00:00Z", "{text}");
    }
}

#[test]
fn months_of_other_languages_are_read() {
    for text in [
        "22. novembra 2026",
        "22 novembar 2026",
        "22. новембра 2026.",
        "22 novembris 2026",
        "2026 m. lapkričio 22 d.",
        "22 de novembre de 2026",
        "Κυριακή 22 Νοεμβρίου 2026",
        "22 ΝΟΕΜΒΡΙΟΣ 2026",
        "22 Novemeber 2026",
        "22-novem-2026",
        "maanantai 22 marraskuu 2026",
        "2026. november 22., szerda",
    ] {
        assert_eq!(utc(text), "2026-11-22T00:00:00Z", "{text}");
    }
    for (names, month) in [
        ("janvāris", "01"),
        ("aprill", "04"),
        ("maijs", "05"),
        ("juin červnu junija Ιουνίου Meitheamh", "06"),
        ("juillet srpnja lipca červenci liepos juli", "07"),
        ("srpen", "08"),
        ("oktobra oktoober", "10"),
    ] {
        for name in names.split(' ') {
            assert_eq!(utc(&format!("22. {name} 2026")), format!("2026-{month}-22T00:00:00Z"), "{name}");
        }
    }
}

#[test]
fn a_name_of_two_months_is_read_in_its_language_and_else_not_at_all() {
    let read = |name: &str, tag: Option<&str>| {
        let moment = parse_in(&format!("22. {name} 2026"), tag)?;
        Some(moment.to_string().get(5..7)?.to_owned())
    };
    for (name, tag, month) in [
        ("listopada", "hr", "10"),
        ("listopada", "pl", "11"),
        ("listopad", "cs", "11"),
        ("lip", "pl-PL", "07"),
        ("lip", "hr", "06"),
    ] {
        assert_eq!(read(name, Some(tag)).as_deref(), Some(month), "{tag}: {name}");
        for other in [None, Some("en"), Some("und")] {
            assert_eq!(read(name, other), None, "{other:?}: {name}");
        }
    }
    assert_eq!(read("Mar", Some("fi")).as_deref(), Some("03"), "a standard's month, not marraskuu");
    assert_eq!(read("November", Some("hr")).as_deref(), Some("11"));
}

#[test]
fn a_beginning_that_two_months_share_names_neither() {
    for name in ["jui", "juixet", "červe", "rugys", "no", "nox"] {
        assert_eq!(utc(&format!("22 {name} 2026")), "none", "{name}");
    }
}

#[test]
fn a_zone_beyond_all_measure_is_none() {
    assert_eq!(utc("2026-11-22T06:00 +99999999"), "2026-11-22T06:00:00Z");
}

#[test]
fn what_names_no_day_gives_nothing() {
    for text in [
        "",
        "yesterday",
        "0000-00-00",
        "99999999999",
        "1970-01-01T00:00:00Z",
        "Thu, 01 Jan 1970 01:00:00 +0100",
        "Tue, 20 Jan 1970 21:00:00 GMT",
        "1980-01-01 00:00",
        "0001-01-01T00:00:00",
        "0",
        "3/12/2020 12:00:00 PM",
        "10-04-2020 19:00 +0400",
        "22/13/2026",
        "1405/09/01",
        "22.11.26",
        "32 Nov 2026",
        "Nov 2026",
        "1 é 2",
        "03/04/2026",
        "2026-13-40",
        "-",
    ] {
        assert_eq!(utc(text), "none", "{text}");
    }
}

#[test]
fn the_weekday_tells_the_language_of_a_month_that_is_another_one_elsewhere() {
    let at = |text: &str| parse(text).map(|moment| moment.to_string());
    assert_eq!(at("nie, 22 lis 2026 06:00:00 +0100").as_deref(), Some("2026-11-22T05:00:00Z"), "Polish");
    assert_eq!(at("čet, 22 lis 2026 06:00:00 +0200").as_deref(), Some("2026-10-22T04:00:00Z"), "Croatian");
    assert_eq!(at("22 lis 2026 06:00:00 +0100"), None, "either");
    assert_eq!(at("pon, 22 lis 2026 06:00:00 +0100"), None, "Monday in both");
    assert_eq!(at("wt, 24 lis 2026 06:00:00 +0100").as_deref(), Some("2026-11-24T05:00:00Z"), "two letters");
    assert_eq!(at("w, 24 lis 2026 06:00:00 +0100"), None, "one letter tells nothing");
}
