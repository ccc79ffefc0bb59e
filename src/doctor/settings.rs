//! A configuration and the files it names in, what in them stops a run from mailing out. Never changes a file.

use super::{Class, Facts, Finding, State, Weight, crontab::name, words::minute};
use crate::text::shell::quoted;

/// What is wrong with the settings.
pub fn examine(facts: &Facts) -> Vec<Finding> {
    let mut findings = mail(facts);
    findings.extend(files(facts));
    findings.extend(password(facts));
    findings.extend(night(facts));
    findings
}

/// What a run cannot do without.
fn mail(facts: &Facts) -> Vec<Finding> {
    let settings = &facts.settings;
    let missing = [
        (settings.feeds.feeds.is_empty(), "No feed is configured.", "feeds add https://example.com/rss", ""),
        (
            settings.server.is_none(),
            "No mail server is configured.",
            "check",
            "smtp = \"smtps://mail.example.com\"",
        ),
        (
            !settings.has_sender,
            "No sender is configured.",
            "check",
            "from = \"Daily Headlines <headlines@news.example.com>\"",
        ),
    ];
    let finding = |what: &str, command: &str, line: &str| {
        let finding = Finding::new(Weight::Error, Class::Config, what);
        let finding = match line {
            "" => finding.why("Without one a run ends at once with status 3."),
            line => finding
                .why(format!("A run cannot mail without it. In feeds.toml, below [mail], write: {line}")),
        };
        finding.command(format!("{} {command}", facts.command))
    };
    let missing = missing.into_iter().filter(|(is_missing, ..)| *is_missing);
    missing.map(|(_, what, command, line)| finding(what, command, line)).collect()
}

/// Files named in the configuration that cannot be used.
fn files(facts: &Facts) -> Vec<Finding> {
    let faults = &facts.faults;
    let check = format!("{} check --offline", facts.command);
    let broken = [
        (&faults.templates, "The templates cannot be used."),
        (&faults.key, "The DKIM key cannot be used."),
        (&faults.password, "The password, or what stands in its place, cannot be read."),
    ];
    let mut findings: Vec<Finding> = broken
        .into_iter()
        .filter_map(|(fault, what)| {
            let fault = fault.as_ref()?;
            Some(Finding::new(Weight::Error, Class::Config, what).why(fault.clone()).command(check.clone()))
        })
        .collect();
    if faults.footer_without_way_out {
        findings.push(
            Finding::new(Weight::Warning, Class::Config, "Your footer.md shows no way to leave.")
                .why("It lacks {{unsubscribe}}: readers who find no way out call the mail unwanted instead.")
                .why("Write this into it: [Unsubscribe]({{unsubscribe}})"),
        );
    }
    if !faults.exposed.is_empty() {
        let what = "Everybody on this machine can read one of the newsletter's secrets.";
        let finding = Finding::new(Weight::Warning, Class::Config, what)
            .why("A password or a key is in it; only the user who runs the newsletter needs to read it.");
        let files = faults.exposed.iter().map(|file| quoted(&file.to_string_lossy()));
        findings.push(files.fold(finding, |finding, file| finding.command(format!("chmod 600 {file}"))));
    }
    findings
}

/// A login whose password this shell does not know.
fn password(facts: &Facts) -> Option<Finding> {
    if !facts.settings.lacks_password {
        return None;
    }
    // A run that was able to mail got it from its own environment.
    if let State::Known(known) = &facts.state
        && known.runs.first().is_some_and(|run| run.status == Some(0))
    {
        return None;
    }
    Some(
        Finding::new(Weight::Warning, Class::Config, "[mail] user is set, but there is no password.")
            .why("Cron does not know your shell's variables. A file that only you can read holds it best:")
            .command("install -m 600 /dev/null ~/.smtp-password && nano ~/.smtp-password")
            .command(
                "SMTP_PASSWORD_FILE=$HOME/.smtp-password reveille check".replace("reveille", &facts.command),
            ),
    )
}

/// Runs that start in the middle of the newsletter's night, because cron uses another time zone.
fn night(facts: &Facts) -> Option<Finding> {
    let State::Known(known) = &facts.state else { return None };
    let (zone, machine) = (facts.zone(), &facts.machine.zone);
    let sealed = known.last?.composed_at;
    let hour = sealed.to_zoned(zone.clone()).hour();
    let there = sealed.to_zoned(machine.clone()).hour();
    if zone == machine || !(0..4).contains(&hour) || (0..4).contains(&there) {
        return None;
    }
    Some(
        Finding::new(Weight::Note, Class::Config, "The edition is made at night.")
            .why(format!(
                "The last one was made {} in {}, which this machine calls {}. Cron counts in the machine's time.",
                minute(sealed, zone),
                name(zone),
                minute(sealed, machine)
            ))
            .crontab(facts)
            .command("crontab -e"),
    )
}
