//! A diagnosis in, its text for a terminal of eighty columns out. Never judges.

use crate::doctor::{Diagnosis, Finding, Weight};

/// Lines end here.
const WIDTH: usize = 80;
/// The indent of a finding's further lines, as wide as its mark.
const INDENT: &str = "         ";

/// The answer, the findings, and what was looked at.
pub fn text(diagnosis: &Diagnosis, command: &str) -> String {
    let mut text = paragraph("", "", &diagnosis.today);
    for finding in &diagnosis.findings {
        text += "\n";
        text += &told(finding);
    }
    if diagnosis.findings.is_empty() {
        text += "\nAll is well.\n";
    }
    if !diagnosis.seen.is_empty() {
        text += "\nLooked at\n";
    }
    let wide = diagnosis.seen.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    for (name, what) in &diagnosis.seen {
        text += &paragraph(&format!("  {name:wide$}  "), &" ".repeat(wide + 4), what);
    }
    text += &format!("\nNobody was asked: `{command} check` asks the feeds, the mail server and the DNS.\n");
    text
}

/// One finding: its mark and sentence, why, and what to type.
fn told(finding: &Finding) -> String {
    let mark = match finding.weight {
        Weight::Error => "ERROR    ",
        Weight::Warning => "WARNING  ",
        Weight::Note => "NOTE     ",
    };
    let mut text = paragraph(mark, INDENT, &finding.what);
    for why in &finding.why {
        // The drawing in a configuration error must not be rewrapped.
        text += &match why.contains('\n') {
            true => why.lines().map(|line| format!("{INDENT}{line}").trim_end().to_owned() + "\n").collect(),
            false => paragraph(INDENT, INDENT, why),
        };
    }
    for command in &finding.commands {
        text += &format!("{INDENT}$ {command}\n");
    }
    if let Some(lines) = &finding.crontab {
        text += &format!("{INDENT}For crontab:\n{lines}\n");
    }
    text
}

/// Words in lines, broken at blanks; the first behind `first`, the others behind `next`.
fn paragraph(first: &str, next: &str, words: &str) -> String {
    let mut lines = vec![first.to_owned()];
    let mut begins = true;
    for word in words.split_whitespace() {
        let fits = |line: &String| line.chars().count() + 1 + word.chars().count() <= WIDTH;
        match lines.last_mut() {
            Some(line) if begins => line.push_str(word),
            Some(line) if fits(line) => *line += &format!(" {word}"),
            _ => lines.push(format!("{next}{word}")),
        }
        begins = false;
    }
    lines.iter().map(|line| format!("{line}\n")).collect()
}
