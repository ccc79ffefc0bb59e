//! A file or folder of the newsletter, or its state, in, whether somebody else on this machine decides what stands in it out. Whoever
//! does, sends mail and reads files in the newsletter's name. Never changes its rights.
//!
//! As `sshd` does (`StrictModes`): it must belong to the user who runs the program or to root, and not everybody may write it
//! or swap it for another. Unlike `sshd`, a group may write it: a newsletter's editors share a file that way, and whoever
//! gave a group that right did so on purpose.

#[cfg(unix)]
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// Set to anything but 0, files are taken as they are: for containers and disks that show other owners and rights than the
/// machine they are of.
const AS_THEY_ARE: &str = "REVEILLE_TRUST_FILES";

/// Others decide what stands in it.
#[derive(Debug, thiserror::Error)]
#[error("{} is not used, because {why}; {AS_THEY_ARE}=1 in the environment takes files as they are", path.display())]
pub struct Untrusted {
    path: PathBuf,
    why: String,
}

/// Refuses a file or folder that others decide about.
///
/// # Errors
/// When they do. What is not there is left to whoever reads it.
#[cfg(unix)]
pub(super) fn check(path: &Path) -> Result<(), Untrusted> {
    check_as(path, rustix::process::geteuid().as_raw())
}

/// Refuses a state that others decide about or may put in its place, and what the database keeps beside it: whoever does has
/// editions mailed, and knows the secret of every token. Root may look after a service's state, in that service's folder.
///
/// # Errors
/// When they do.
#[cfg(unix)]
pub(super) fn check_state(file: &Path) -> Result<(), Untrusted> {
    let us = rustix::process::geteuid().as_raw();
    let folder = file.with_file_name(".");
    let keeper = folder.metadata().map_or(us, |folder| if us == 0 { folder.uid() } else { us });
    for ending in ["", "-journal", "-wal", "-shm", ".lock", ".pull"] {
        let mut name = file.as_os_str().to_owned();
        name.push(ending);
        check_as(Path::new(&name), keeper)?;
    }
    // One that is still to be made is whoever's is there first.
    let open = fault(us, 0, mode(&folder), us, None).filter(|_| !is_trusting());
    open.map_or(Ok(()), |why| Err(Untrusted { path: file.to_owned(), why }))
}

/// Refuses what others than user `us` decide about.
#[cfg(unix)]
fn check_as(path: &Path, us: u32) -> Result<(), Untrusted> {
    let named_in = path.with_file_name(".");
    let Ok(name) = std::fs::symlink_metadata(path) else { return Ok(()) };
    if is_trusting() {
        return Ok(());
    }
    // Root by `sudo` reads what its own user wrote.
    let caller = variable("SUDO_UID")
        .and_then(|uid| uid.parse().ok())
        .filter(|_| rustix::process::geteuid().is_root());
    let refused = |path: &Path, why| Err(Untrusted { path: path.to_owned(), why });
    // Whose the name is says where it leads, if it is a link, and who listens, if it is a pipe.
    if let Some(why) = fault(name.uid(), 0, None, us, caller) {
        return refused(path, why);
    }
    let Ok(path) = std::fs::canonicalize(path) else { return Ok(()) };
    let Ok(about) = std::fs::metadata(&path) else { return Ok(()) };
    if !(about.is_file() || about.is_dir()) {
        return Ok(());
    }
    // Where the name is a link, whoever may replace the link decides, too.
    let mut folders = [named_in, path.with_file_name(".")].into_iter();
    let why = folders.find_map(|folder| fault(about.uid(), about.mode(), mode(&folder), us, caller));
    why.map_or(Ok(()), |why| refused(&path, why))
}

/// The mode of a folder. None where it is mounted read-only, as orchestrators mount files in folders whose mode lets everybody
/// in: nobody replaces anything there.
#[cfg(unix)]
fn mode(folder: &Path) -> Option<u32> {
    let is_read_only =
        rustix::fs::statvfs(folder).is_ok_and(|at| at.f_flag.contains(rustix::fs::StatVfsMountFlags::RDONLY));
    Some(folder.metadata().ok().filter(|_| !is_read_only)?.mode())
}

/// Whether files are to be taken as they are.
#[cfg(unix)]
fn is_trusting() -> bool {
    variable(AS_THEY_ARE).is_some_and(|value| value != "0")
}

#[cfg(unix)]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// The standard library does not show such rights on other systems.
#[cfg(not(unix))]
pub(super) fn check(_: &Path) -> Result<(), Untrusted> {
    Ok(())
}

#[cfg(not(unix))]
pub(super) use check as check_state;

/// Why a file of this owner and mode, in a folder of this mode, is others' to change.
#[cfg(unix)]
fn fault(owner: u32, mode: u32, folder: Option<u32>, us: u32, caller: Option<u32>) -> Option<String> {
    /// Others may write; in a folder, only its owner may take a file away.
    const OTHERS: u32 = 0o002;
    const STICKY: u32 = 0o1000;
    if owner != us && owner != 0 && Some(owner) != caller {
        return Some(format!(
            "it belongs to user {owner}, and you are user {us}: run this as that user, or let it be yours or root's (chown)"
        ));
    }
    if mode & OTHERS != 0 {
        return Some(format!(
            "everybody on this machine may write it (mode {:o}): type chmod o-w",
            mode & 0o7777
        ));
    }
    let folder = folder.filter(|mode| mode & OTHERS != 0 && mode & STICKY == 0)?;
    Some(format!(
        "everybody on this machine may replace it (its folder has mode {:o}): type chmod o-w for the folder",
        folder & 0o7777
    ))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    const ANN: u32 = 1000;
    const SERVICE: u32 = 107;

    #[test]
    fn honest_set_ups_pass() {
        for (what, owner, mode, folder, us, caller) in [
            ("one's own", ANN, 0o100_600, 0o40_700, ANN, None),
            ("one's own with a wide umask", ANN, 0o100_664, 0o40_775, ANN, None),
            ("of root in /etc, run by a service", 0, 0o100_640, 0o40_755, SERVICE, None),
            ("shared by the editors' group", SERVICE, 0o100_660, 0o42_770, SERVICE, None),
            ("a secret mounted by an orchestrator", 0, 0o100_444, 0o41_777, SERVICE, None),
            ("in /tmp", ANN, 0o100_644, 0o41_777, ANN, None),
            ("with sudo", ANN, 0o100_600, 0o40_700, 0, Some(ANN)),
            ("a folder of templates", ANN, 0o40_755, 0o40_755, ANN, None),
        ] {
            assert_eq!(fault(owner, mode, Some(folder), us, caller), None, "{what}");
        }
    }

    #[test]
    fn what_others_may_change_is_refused_with_what_to_do() {
        for (owner, mode, folder, us, why) in [
            (ANN, 0o100_644, 0o40_755, SERVICE, "belongs to user 1000"),
            (ANN, 0o100_644, 0o40_755, 0, "chown"),
            (ANN, 0o100_646, 0o40_755, ANN, "(mode 646)"),
            (ANN, 0o100_644, 0o40_777, ANN, "its folder has mode 777"),
        ] {
            let said = fault(owner, mode, Some(folder), us, None).unwrap_or_default();
            assert!(said.contains(why), "{said}");
        }
    }
}
