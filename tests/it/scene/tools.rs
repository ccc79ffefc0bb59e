//! Programs of others that tests need: their names in, where they are out. A test whose program is missing is skipped at
//! home and fails in CI, where `.ci/run` has installed it.

use std::{
    io::{self, Write as _},
    path::PathBuf,
    process::{Command, Stdio},
};

/// Where `program` is; daemons are not on everybody's path.
pub fn path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path).chain(["/usr/sbin".into(), "/sbin".into()]);
    folders.map(|folder| folder.join(program)).find(|file| file.is_file())
}

/// Whether all of these are installed.
pub fn installed(programs: &[&str]) -> bool {
    programs.iter().all(|program| there(path(program).is_some(), &format!("{program} is not installed")))
}

/// Whether `command` ends well; `what` says what it is tried for.
pub fn may(what: &str, mut command: Command) -> bool {
    let tried = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    there(tried.is_ok_and(|status| status.success()), &format!("cannot {what}"))
}

/// Notes that something is there, or that `otherwise`.
pub fn there(is_there: bool, otherwise: &str) -> bool {
    assert!(is_there || std::env::var_os("CI").is_none(), "{otherwise}: see .ci/run");
    if !is_there {
        skipped(&format!("{otherwise} (.ci/run installs what tests need)"));
    }
    is_there
}

/// Says that a test is skipped, also in CI, because of the machine it runs on. Not by a macro: what those print of a test that
/// passes, nobody sees.
pub fn skipped(why: &str) {
    writeln!(io::stderr(), "skipped: {why}").expect("stderr is open");
}
