//! What is learned of invented outlets, and what is not.

use jiff::civil::{Date, date};

use super::Habits;

const ASKS: &str = "Write to the desk of the Sollund Gazette if you saw it.";

fn day(day: i8) -> Date {
    date(2026, 11, day)
}

/// The habits of an outlet with these entries, by day, title and text.
fn habits(entries: &[(i8, &str, &str)]) -> Habits {
    let mut habits = Habits::default();
    for (on, title, text) in entries {
        habits.note("Gazette", day(*on), title, std::iter::once(*text));
    }
    habits
}

fn cleaned(habits: &Habits, text: &str) -> Option<String> {
    habits.without_furniture("Gazette", text)
}

#[test]
fn a_sentence_below_three_stories_with_nothing_in_common_is_furniture() {
    let text = |fact: &str| format!("{fact} {ASKS}");
    let [ferry, bread, school] =
        ["The ferry ran aground off Tarrow.", "Bread is dearer by a tenth.", "Two schools close in spring."];
    let [a, b, c] = [ferry, bread, school].map(text);
    let two = [(20, "Ferry aground", a.as_str()), (20, "Bakers raise prices", &b)];
    assert_eq!(cleaned(&habits(&two), &a), None, "two are too few");
    let three = [two[0], two[1], (21, "Council shuts schools", &c)];
    let learned = habits(&three);
    assert_eq!(cleaned(&learned, &a).as_deref(), Some(ferry));
    assert_eq!(cleaned(&learned, &format!("{ASKS} {ferry}")).as_deref(), Some(ferry));
    let parted = format!("{ferry} {ASKS} {bread}");
    assert_eq!(
        cleaned(&learned, &parted),
        Some(format!("{ferry}\n\n{bread}")),
        "no sentence is joined to another"
    );
    assert_eq!(learned.without_furniture("Herald", &a), None, "of another outlet");
}

#[test]
fn what_three_reports_of_one_event_say_is_news() {
    let toll = "Eleven people died when the ferry Kestrel sank.";
    let one = [
        (20, "Kestrel sinks off Tarrow", toll),
        (20, "Divers search wreck of Kestrel", toll),
        (21, "Captain of the Kestrel charged", toll),
        (21, "Kestrel: a village mourns", toll),
    ];
    assert_eq!(cleaned(&habits(&one), toll), None);
}

#[test]
fn a_word_of_every_title_makes_no_kin() {
    let titles =
        ["Ferry", "Bread", "Schools", "Rain", "Herring", "Taxes", "Buses", "Opera", "Salt", "Rowing"];
    let titles = titles.map(|title| format!("{title} | Harbour Channel"));
    let entries: Vec<(i8, &str, &str)> = titles.iter().map(|title| (20, title.as_str(), ASKS)).collect();
    assert_eq!(cleaned(&habits(&entries), ASKS).as_deref(), Some(""));
}

#[test]
fn a_title_that_comes_back_with_another_date_is_a_columns() {
    let almanac = |day: u8| format!("Tides and tolls on {day} November");
    let [first, second, third] = [20, 21, 22].map(almanac);
    let once = habits(&[(20, &first, "")]);
    assert!(!once.is_column("Gazette", &first));
    let twice = habits(&[(20, &first, ""), (21, &second, "")]);
    assert!(twice.is_column("Gazette", &third) && !twice.is_column("Herald", &third));
    assert!(!twice.is_column("Gazette", "Tides and tolls on the agenda"));
    let headed = habits(&[
        (20, "Sollund today, November 20: Pier shut", ""),
        (21, "Sollund today, November 21: Rain", ""),
    ]);
    assert!(headed.is_column("Gazette", "Sollund today, November 22: Herring"));
}

#[test]
fn the_same_title_on_three_days_is_a_columns_and_a_subject_is_not() {
    let papers = [(20, "The papers", ""), (21, "The papers", ""), (22, "The papers", "")];
    assert!(habits(&papers).is_column("Gazette", "The Papers"));
    assert!(!habits(&papers[..2]).is_column("Gazette", "The papers"));
    let same_day =
        [(20, "Pier shut by storm", ""), (20, "Pier shut by storm", ""), (20, "Pier shut by storm", "")];
    assert!(!habits(&same_day).is_column("Gazette", "Pier shut by storm"));
    let subject =
        [(20, "Kestrel: ferry aground", ""), (21, "Kestrel: tugs arrive", ""), (22, "Kestrel: all safe", "")];
    assert!(!habits(&subject).is_column("Gazette", "Kestrel: captain charged"));
    let figures = [
        (20, "Tarrow records 12 cases", ""),
        (21, "Tarrow records 14 cases", ""),
        (22, "Tarrow records 9 cases", ""),
    ];
    assert!(!habits(&figures).is_column("Gazette", "Tarrow records 20 cases"));
}
