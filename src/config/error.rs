//! A fault of a configuration in, a message ready to print out: the source line marked, and what to write
//! instead. Never quotes a secret.

use std::{
    io,
    ops::Range,
    path::{Path, PathBuf},
};

use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};
use thiserror::Error as ThisError;

use super::{
    problem::Problem,
    secret::{masked, unquoted},
    trust::Untrusted,
};
use crate::{mailer, oauth, render::LookError, text::shell::quoted};

/// What is wrong with the configuration. All of it is for the user to mend; trying again does not help.
#[derive(Debug, ThisError)]
pub enum Error {
    #[error("there is no {}: type `{}` to write one, or name another with `--config FILE`", path.display(), init(path))]
    Missing { path: PathBuf },
    #[error(transparent)]
    Untrusted(#[from] Untrusted),
    #[error("cannot read {}: may it be read?", path.display())]
    Unreadable { path: PathBuf, source: io::Error },
    #[error(
        "{} is not saved as UTF-8 text, as line {number} shows ({line}): in your editor, choose \"Save as\" and the encoding UTF-8",
        path.display()
    )]
    Encoding {
        path: PathBuf,
        /// From 1.
        number: usize,
        /// The line, as far as it can be read.
        line: String,
    },
    /// Something in the file, or in the readers' file, cannot be used.
    #[error("{text}")]
    Marked {
        /// What is wrong first, and what is allowed, in one line.
        first: String,
        /// Everything that is wrong, each with the source line marked and the remedy, in several lines.
        text: String,
    },
    #[error("{}: no feed is configured: add a [[feeds]] table, or type: reveille feeds add ADDRESS", path.display())]
    NoFeed { path: PathBuf },
    #[error("cannot read the templates in {}", folder.display())]
    Templates { folder: PathBuf, source: io::Error },
    #[error("cannot read the template {}", path.display())]
    Template { path: PathBuf, source: io::Error },
    #[error("in the templates of {}", folder.display())]
    Look { folder: PathBuf, source: LookError },
    #[error(transparent)]
    Server(#[from] mailer::Error),
    #[error("[mail.dkim] key_file {} cannot sign: {why}", path.display())]
    Key { path: PathBuf, why: String },
    #[error("cannot write {}: may its folder be written to?", path.display())]
    Unwritable { path: PathBuf, source: io::Error },
    /// A change that would make the file invalid, or change nothing; the file is as it was.
    #[error("{reason}")]
    Refused { reason: String },
    #[error("the password is missing: the first line of {} is empty, and is to hold it", path.display())]
    NoSecret { path: PathBuf },
    #[error(
        "{}: the password of {user} is missing: SMTP_PASSWORD is not set or empty, and neither password_file in [mail] \
         nor SMTP_PASSWORD_FILE names a file that holds it. Cron knows none of the variables of your shell",
        path.display()
    )]
    NoPassword { path: PathBuf, user: String },
    #[error("[mail.oauth]: {reason}")]
    OAuth { reason: String },
    #[error(transparent)]
    NoToken(#[from] oauth::Error),
    #[error("the environment variable {name}: {reason}")]
    Variable { name: String, reason: String },
}

impl Error {
    pub(super) fn unreadable(path: &Path, source: io::Error) -> Error {
        Error::Unreadable { path: path.to_owned(), source }
    }

    pub(super) fn variable(name: &str, reason: impl Into<String>) -> Error {
        Error::Variable { name: name.to_owned(), reason: reason.into() }
    }

    pub(super) fn unwritable(path: &Path, source: io::Error) -> Error {
        Error::Unwritable { path: path.to_owned(), source }
    }

    pub(super) fn refused(reason: impl Into<String>) -> Error {
        Error::Refused { reason: reason.into() }
    }

    /// Marks the places of `problems` in `source`, the text of `path`, in their order there; secrets become stars.
    pub(super) fn marked(path: &Path, source: &str, mut problems: Vec<Problem>) -> Error {
        let masked = masked(source);
        problems.sort_by_key(|problem| problem.span.as_ref().map(|span| span.start));
        for problem in &mut problems {
            let told = |message: &str| unquoted(message, source, &masked, problem.span.as_ref());
            (problem.title, problem.help) = (told(&problem.title), problem.help.as_deref().map(told));
        }
        let shown = shown(path).display();
        let text = match problems.len() {
            0..=MARKED => {
                let marked: Vec<String> =
                    problems.iter().map(|problem| rendered(path, &masked, problem)).collect();
                marked.join("\n\n")
            }
            number => {
                let told = problems.iter().take(LISTED).map(|problem| match &problem.span {
                    Some(span) => format!("  line {}: {}\n", line(source, span.start), problem.in_a_line()),
                    None => format!("  {}\n", problem.in_a_line()),
                });
                let more = number.checked_sub(LISTED).filter(|more| *more > 0);
                let more = more.map(|more| format!("  and {more} more")).unwrap_or_default();
                format!("{shown} has {number} faults:\n{}{more}", told.collect::<String>())
                    .trim_end()
                    .to_owned()
            }
        };
        Error::Marked { first: problems.first().map(Problem::in_a_line).unwrap_or_default(), text }
    }
}

/// So many faults are shown with the lines they stand in.
const MARKED: usize = 4;
/// Of more faults so many are named, a line each.
const LISTED: usize = 25;

/// The command that writes the file at `path`.
fn init(path: &Path) -> String {
    match path.to_str() {
        Some("feeds.toml") => "reveille init".to_owned(),
        _ => format!("reveille init --output {}", quoted(&path.to_string_lossy())),
    }
}

/// The line, from 1, of a byte.
pub(super) fn line(source: &str, byte: usize) -> usize {
    source.get(..byte).unwrap_or(source).matches('\n').count() + 1
}

fn rendered(path: &Path, source: &str, problem: &Problem) -> String {
    let path = shown(path).display().to_string();
    let title = Level::ERROR.no_name().primary_title(problem.title.as_str());
    let mut group = match &problem.span {
        None => title.element(Origin::path(path)),
        Some(span) => {
            let mark = AnnotationKind::Primary.span(first_line(source, span.clone()));
            let label = Some(problem.label.as_str()).filter(|label| !label.is_empty());
            title.element(Snippet::source(source).path(path).annotation(mark.label(label)))
        }
    };
    if let Some(help) = &problem.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    Renderer::plain().render(&[group])
}

/// As much of `span` as stands on its first line: a mark over a whole table would hide what is meant.
fn first_line(source: &str, span: Range<usize>) -> Range<usize> {
    let marked = source.get(span.clone()).unwrap_or_default();
    let length = marked.find('\n').unwrap_or(marked.len());
    span.start..span.start + length
}

/// The path as the user would type it: relative to the working folder when it lies below it.
fn shown(path: &Path) -> &Path {
    let here = std::env::current_dir().ok();
    here.and_then(|here| path.strip_prefix(here).ok()).unwrap_or(path)
}
