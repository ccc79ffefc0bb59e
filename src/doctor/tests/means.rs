//! What runs need: readers, feeds, a mail server, a state, a machine, files. Whatever is wrong with each is found.

use super::*;

#[test]
fn no_address_of_a_reader_is_more_than_a_word_of_the_command_to_type() {
    for (email, typed) in [
        ("`reboot`@example.net", "recipients remove '`reboot`@example.net'"),
        ("a;b&c@example.net", "recipients remove 'a;b&c@example.net'"),
        ("o'hara@example.net", r"recipients remove 'o'\''hara@example.net'"),
        ("--all@example.net", "recipients remove -- --all@example.net"),
    ] {
        let gone = Some(Outcome::Refused(Reply::new(550, "5.1.1 unknown")));
        let mut refused = undelivered(DeliveryState::Refused, gone, 1);
        refused.email = email.to_owned();
        let told = with(|known| known.undelivered = vec![refused]);
        let commands = &told.findings[0].commands;
        assert!(commands[0].ends_with(typed), "{commands:?}");
    }
}

#[test]
fn open_deliveries_are_told_by_what_the_server_said() {
    let one = with(|known| {
        known.undelivered = vec![undelivered(
            DeliveryState::Refused,
            Some(Outcome::Refused(Reply::new(550, "5.1.1 <ann@example.net>: unknown"))),
            1,
        )]
    });
    says(
        &one,
        Weight::Error,
        Class::Mail,
        &["One reader is without", "recipients remove ann@example.net", "<a…@example.net>"],
    );
    assert!(one.today.contains("one reader is without it"), "{}", one.today);
    let many = with(|known| {
        known.undelivered = vec![
            undelivered(
                DeliveryState::Deferred,
                Some(Outcome::Deferred(Reply::new(451, "4.7.1 later, id 1"))),
                6,
            ),
            undelivered(
                DeliveryState::Deferred,
                Some(Outcome::Deferred(Reply::new(451, "4.7.1 later, id 2"))),
                7,
            ),
            undelivered(DeliveryState::Pending, None, 2),
            undelivered(DeliveryState::Deferred, Some(Outcome::NoLogin(Reply::new(535, "5.7.8 no"))), 1),
        ]
    });
    let told: Vec<_> =
        many.findings.iter().map(|finding| (finding.what.as_str(), finding.why.len())).collect();
    assert_eq!(
        told,
        [
            ("One reader is without the edition of 2026-11-22.", 4),
            ("13 readers are without the edition of 2026-11-22.", 4),
            ("2 readers are without the edition of 2026-11-22.", 3),
        ]
    );
    assert!(many.findings[0].why[1].contains("login"), "what is everybody's comes first");
}

#[test]
fn readers_who_get_nothing_are_counted() {
    let some = with(|known| known.suppressed = [("bounced", 1)].into());
    says(
        &some,
        Weight::Note,
        Class::Mail,
        &["1 of 2 readers are suppressed", "1 bounced", "recipients suppressed"],
    );
    let all = with(|known| known.suppressed = [("bounced", 1), ("unsubscribed", 1)].into());
    says(&all, Weight::Error, Class::Mail, &["Every reader", "recipients restore"]);
    let mut facts = facts();
    facts.settings.chosen_sections = ["Land".to_owned()].into();
    says(&examine(&facts), Weight::Warning, Class::Config, &["No feed fills the section \\\"Land\\\""]);
    facts.settings.readers = 0;
    facts.settings.chosen_sections.clear();
    says(&examine(&facts), Weight::Error, Class::Config, &["No reader is configured", "recipients add"]);
}

#[test]
fn feeds_that_bring_nothing_are_named() {
    let failing = |known: &mut Known| {
        let record = known.feeds.get_mut("https://hill.example/rss").expect("a record");
        record.failures = 9;
        record.failing_since = Some(at("2026-11-18T11:00:00Z"));
        record.reason = Some("answered 500".to_owned());
    };
    says(
        &with(failing),
        Weight::Warning,
        Class::Feeds,
        &["One of 2 feeds needs attention", "Hill cannot be read: 9 failures", "feeds health"],
    );
    let gone = with(|known| {
        let record = known.feeds.get_mut("https://hill.example/rss").expect("a record");
        record.gone_since = Some(at("2026-11-19T11:00:00Z"));
    });
    says(&gone, Weight::Warning, Class::Feeds, &["feeds remove https://hill.example/rss"]);
    let none = with(|known| {
        known.feeds.values_mut().for_each(|record| {
            record.failures = 1;
            record.reason = Some("answered 500".to_owned());
        })
    });
    says(
        &none,
        Weight::Error,
        Class::Feeds,
        &["Not one feed", "Quay: https://quay.example/rss: answered 500"],
    );
    let held = with(|known| {
        known.feeds.values_mut().for_each(|record| record.held_until = Some(at("2026-11-22T20:00:00Z")))
    });
    says(&held, Weight::Note, Class::Feeds, &["The hosts of 2 feeds", "Quay until 2026-11-22 15:00"]);
    let still =
        with(|known| known.held_entries.iter_mut().for_each(|held| held.newest = at("2026-11-18T11:00:00Z")));
    says(&still, Weight::Warning, Class::Feeds, &["anything new for 4 days", "proxy"]);
    let ahead = with(|known| known.held_entries[0].ahead = 2);
    says(&ahead, Weight::Note, Class::Feeds, &["dated in the future", "Quay: 2 entries"]);
    let undated = with(|known| known.held_entries[1].undated = 9);
    says(&undated, Weight::Note, Class::Feeds, &["date none of their entries", "Hill."]);
}

#[test]
fn a_state_that_cannot_be_used_is_told_with_what_mends_it() {
    let unreadable = State::Unreadable("it is damaged, or no reveille database".to_owned());
    let damaged = examine(&Facts { state: unreadable, ..facts() });
    says(&damaged, Weight::Error, Class::Machine, &["cannot be read", ".recover"]);
    let damaged = with(|known| known.damage = Some("SQLite says: page 4".to_owned()));
    says(&damaged, Weight::Error, Class::Machine, &["is damaged", "page 4", ".recover"]);
    let other = examine(&Facts { state: State::OtherVersion, ..facts() });
    says(&other, Weight::Error, Class::Machine, &["another version", "which -a reveille"]);
    let clock = with(|known| known.runs[0].ended = Some(at("2026-11-22T19:00:00Z")));
    says(&clock, Weight::Warning, Class::Machine, &["clock", "6 hours from now", "timedatectl"]);
    let years = with(|known| known.runs[0].ended = Some(at("2031-11-22T19:00:00Z")));
    assert_eq!(only(&years).weight, Weight::Error);
}

#[test]
fn a_machine_that_lets_no_run_write_is_told() {
    let sudo = on(|machine| (machine.may_write, machine.owner) = (false, Some(0)));
    says(&sudo, Weight::Error, Class::Machine, &["belongs to user 0", "you are user 1000", "chown"]);
    let own = on(|machine| machine.may_write = false);
    says(&own, Weight::Error, Class::Machine, &["chmod u+w"]);
    says(
        &on(|machine| machine.free = Some(1_000_000)),
        Weight::Error,
        Class::Machine,
        &["disk is full", "1 MB", "df -h"],
    );
    says(&on(|machine| machine.free = Some(99_000_000)), Weight::Warning, Class::Machine, &["nearly full"]);
    says(
        &on(|machine| machine.mode = Some(0o100_644)),
        Weight::Warning,
        Class::Machine,
        &["644", "chmod 600"],
    );
    says(
        &on(|machine| machine.network = Some("NFS")),
        Weight::Warning,
        Class::Machine,
        &["network file system", "NFS"],
    );
    says(
        &on(|machine| machine.lock = Lock::Held(9)),
        Weight::Note,
        Class::Machine,
        &["right now", "ps -fp 9"],
    );
}

#[test]
fn files_that_cannot_be_used_are_told_before_the_next_run_is() {
    let with = |faults: Faults| examine(&Facts { faults, ..facts() });
    let said = Some("the reason".to_owned());
    let key = with(Faults { key: said.clone(), ..Faults::default() });
    says(&key, Weight::Error, Class::Config, &["DKIM key", "the reason"]);
    let templates = with(Faults { templates: said.clone(), ..Faults::default() });
    says(&templates, Weight::Error, Class::Config, &["templates", "the reason"]);
    let password = with(Faults { password: said, ..Faults::default() });
    says(&password, Weight::Error, Class::Config, &["password", "the reason"]);
    let exposed = with(Faults { exposed: vec!["/news/dkim key.pem".into()], ..Faults::default() });
    says(&exposed, Weight::Warning, Class::Config, &["secrets", "chmod 600 '/news/dkim key.pem'"]);
    let footer = with(Faults { footer_without_way_out: true, ..Faults::default() });
    says(&footer, Weight::Warning, Class::Config, &["no way to leave"]);
}

#[test]
fn settings_that_cannot_mail_are_told() {
    let mut facts = facts();
    facts.settings.server = None;
    says(&examine(&facts), Weight::Error, Class::Config, &["No mail server", "smtp = "]);
    facts.settings = Settings { lacks_password: true, ..settings() };
    assert!(examine(&facts).findings.is_empty(), "the last run could mail");
    let mut failed = known();
    failed.runs[0].status = Some(5);
    facts.state = State::Known(Box::new(failed));
    says(&examine(&facts), Weight::Warning, Class::Config, &["no password", "SMTP_PASSWORD_FILE"]);
}

#[test]
fn an_edition_made_at_night_hints_at_the_two_clocks() {
    let mut known = known();
    known.last =
        Some(Sealed { date: date(2026, 11, 22), composed_at: at("2026-11-22T06:00:00Z"), number: 12 });
    let mut facts = Facts { state: State::Known(Box::new(known)), ..facts() };
    assert!(examine(&facts).findings.is_empty(), "it is night on this machine, too: somebody wants it so");
    facts.machine.zone = TimeZone::UTC;
    says(
        &examine(&facts),
        Weight::Note,
        Class::Config,
        &["at night", "01:00 in America/New_York", "06:00", "*/20 11,12"],
    );
}

#[test]
fn errors_come_before_warnings_before_notes() {
    let mut known = known();
    known.suppressed = [("bounced", 1)].into();
    let later = Outcome::Deferred(Reply::new(451, "4.7.1 later"));
    known.undelivered = vec![undelivered(DeliveryState::Deferred, Some(later), 1)];
    let mut facts = Facts { state: State::Known(Box::new(known)), ..facts() };
    facts.machine.mode = Some(0o644);
    let weights: Vec<_> = examine(&facts).findings.iter().map(|finding| finding.weight).collect();
    assert_eq!(weights, [Weight::Error, Weight::Warning, Weight::Note]);
    assert_eq!(examine(&facts).error(), Some(Class::Mail));
}

#[test]
fn a_configuration_that_is_not_there_or_not_sound_is_told() {
    let missing = Diagnosis::of_missing("feeds.toml".as_ref());
    says(&missing, Weight::Error, Class::Config, &["There is no feeds.toml", "reveille init"]);
    let broken = Diagnosis::of_broken("unknown key `titel`", "reveille");
    says(&broken, Weight::Error, Class::Config, &["cannot be used", "titel", "check --offline"]);
}
