//! A file in, shown in the system's browser: by a launcher that inherits what a browser needs of the environment and nothing
//! more, for passwords stand in it. What a launcher and a browser were started with, they pass on to all they start.

use std::{
    env,
    ffi::OsString,
    io,
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

/// How long a launcher is watched: one that fails does so at once, and another is tried.
const WATCHED: Duration = Duration::from_millis(500);
const LOOK: Duration = Duration::from_millis(20);

/// What a launcher and a browser need to know: who and where the user is, where programs are, which screen and which
/// session are theirs, in what language.
const NEEDED: [&str; 26] = [
    "PATH",
    "HOME",
    "USER",
    "LOGNAME",
    "SHELL",
    "LANG",
    "LANGUAGE",
    "TZ",
    "TMPDIR",
    "BROWSER",
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "WAYLAND_SOCKET",
    "XAUTHORITY",
    "DBUS_SESSION_BUS_ADDRESS",
    "DESKTOP_SESSION",
    "KDE_FULL_SESSION",
    "KDE_SESSION_VERSION",
    "WSL_DISTRO_NAME",
    "WSL_INTEROP",
    "SYSTEMROOT",
    "SYSTEMDRIVE",
    "USERPROFILE",
    "APPDATA",
    "LOCALAPPDATA",
    "PROGRAMFILES",
];
/// The same, by how the names begin.
const NEEDED_FAMILIES: [&str; 3] = ["LC_", "XDG_", "GNOME_"];

/// Asks one launcher after the other, until one takes the file.
///
/// # Errors
/// None does, or there is none.
pub fn show(page: &Path) -> io::Result<()> {
    let mut failed = io::Error::new(io::ErrorKind::NotFound, "no program of this system opens files");
    for mut launcher in open::commands(page) {
        launcher.env_clear().envs(needed(env::vars_os()));
        match started(&mut launcher) {
            Ok(()) => return Ok(()),
            Err(error) => failed = error,
        }
    }
    Err(failed)
}

/// Starts a launcher; one that is still at work after a while goes on by itself.
fn started(launcher: &mut Command) -> io::Result<()> {
    launcher.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(launcher, 0);
    let (mut child, begun) = (launcher.spawn()?, Instant::now());
    while begun.elapsed() < WATCHED {
        match child.try_wait()? {
            Some(status) if status.success() => return Ok(()),
            Some(status) => {
                return Err(io::Error::other(format!("{:?} ended with {status}", launcher.get_program())));
            }
            None => std::thread::sleep(LOOK),
        }
    }
    Ok(())
}

fn needed(all: impl Iterator<Item = (OsString, OsString)>) -> impl Iterator<Item = (OsString, OsString)> {
    all.filter(|(name, _)| {
        let name = name.to_string_lossy().to_uppercase();
        NEEDED.contains(&name.as_str()) || NEEDED_FAMILIES.iter().any(|start| name.starts_with(start))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_password_is_passed_on_and_what_finds_the_screen_is() {
        let all =
            ["SMTP_PASSWORD", "WIRE_TOKEN", "AWS_SECRET_ACCESS_KEY", "DISPLAY", "LC_TIME", "XDG_RUNTIME_DIR"];
        let all = all.map(|name| (OsString::from(name), OsString::from("x")));
        let kept: Vec<OsString> = needed(all.into_iter()).map(|(name, _)| name).collect();
        assert_eq!(kept, ["DISPLAY", "LC_TIME", "XDG_RUNTIME_DIR"]);
    }
}
