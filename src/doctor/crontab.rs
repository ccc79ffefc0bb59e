//! A newsletter and a machine in, the crontab lines that pull often and run it every morning out. Never installs it.

use jiff::{Timestamp, civil::time, tz::TimeZone};

use super::Facts;
use crate::text::shell::quoted;

/// The hour at which the newsletter is made, in its own time zone.
const MORNING: i8 = 6;

/// A line for the crontab.
#[derive(Debug, PartialEq, Eq)]
pub struct Line {
    pub text: String,
    /// What the user should know about it.
    pub notes: Vec<String>,
}

/// The line that makes today's edition at six in the morning, newsletter time, and delivers what is left within two
/// hours.
pub fn line(facts: &Facts) -> Line {
    let (zone, machine) = (facts.zone(), &facts.machine);
    let (hour, minute) = morning(facts.now, zone, &machine.zone);
    let when = match minute {
        0 => format!("*/20 {hour},{} * * *", (hour + 1) % 24),
        _ => format!("{minute} {hour},{},{} * * *", (hour + 1) % 24, (hour + 2) % 24),
    };
    let mut words: Vec<String> =
        machine.environment.iter().map(|(name, value)| format!("{name}={}", quoted(value))).collect();
    let mut notes = Vec::new();
    if machine.password_in_environment {
        words.push("SMTP_PASSWORD_FILE=$HOME/.smtp-password".to_owned());
        notes.push("Cron does not know this shell's SMTP_PASSWORD: write it to ~/.smtp-password.".to_owned());
    }
    words.push(quoted(&machine.program.to_string_lossy()));
    words.push("run --config".to_owned());
    words.push(quoted(&facts.settings.path.to_string_lossy()));
    // To cron a bare % ends the line (crontab(5)).
    let command = words.join(" ").replace('%', "\\%");
    let drifts = drifts(facts.now, zone, &machine.zone);
    if drifts || (hour, minute) != (MORNING, 0) {
        notes.push(format!(
            "Cron counts in this machine's time, where {MORNING}:00 of {} is {hour}:{minute:02}{}.",
            name(zone),
            if drifts { " now, and an hour off for a part of the year" } else { "" }
        ));
    }
    Line { text: format!("{when}    {command}"), notes }
}

/// The line that pulls every half hour, and not at the minute when the other one begins.
pub fn pulling(facts: &Facts) -> String {
    let program = quoted(&facts.machine.program.to_string_lossy());
    let config = quoted(&facts.settings.path.to_string_lossy());
    format!("10,40 * * * *    {program} pull --config {config}").replace('%', "\\%")
}

/// Six o'clock in the newsletter's zone as the machine's local time, on the day of `now`.
fn morning(now: Timestamp, newsletter: &TimeZone, machine: &TimeZone) -> (i8, i8) {
    let day = now.to_zoned(newsletter.clone()).date();
    let morning = day.to_datetime(time(MORNING, 0, 0, 0)).to_zoned(newsletter.clone());
    let there = morning.map(|morning| morning.with_time_zone(machine.clone()).time());
    there.map_or((MORNING, 0), |there| (there.hour(), there.minute()))
}

/// Whether the offset between the two zones changes during the year.
fn drifts(now: Timestamp, one: &TimeZone, other: &TimeZone) -> bool {
    let months = (0..12).map(|month| jiff::SignedDuration::from_hours(month * 30 * 24));
    let mut mornings = months.filter_map(|later| Some(morning(now.checked_add(later).ok()?, one, other)));
    let first = mornings.next();
    mornings.any(|other| Some(other) != first)
}

/// The name people use for a zone.
pub fn name(zone: &TimeZone) -> &str {
    zone.iana_name().unwrap_or("the newsletter's zone")
}
