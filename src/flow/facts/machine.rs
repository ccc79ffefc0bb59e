//! The place of a newsletter's state in, the condition of the machine there out: disk, permissions, the
//! holder of the lock. Never changes anything.

use std::{
    fs,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
};

use jiff::tz::TimeZone;
use rustix::fs::{Access, access, statvfs};

use crate::{
    config::Config,
    doctor::{Lock, Machine},
};

/// Variables that a command under cron needs, too, and that are no secrets.
const VARIABLES: [&str; 5] =
    ["SMTP_HOST", "SMTP_PORT", "SMTP_USERNAME", "SMTP_PASSWORD_FILE", "REVEILLE_TRUST_FILES"];

/// Looks at the machine.
pub fn look(config: &Config) -> Machine {
    let file = &config.store.file;
    let (folder, about) = (existing(file), fs::metadata(file).ok());
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let password_in_environment = variable("SMTP_PASSWORD").is_some();
    Machine {
        program: std::env::current_exe().unwrap_or_else(|_| PathBuf::from("reveille")),
        zone: TimeZone::system(),
        environment: VARIABLES
            .iter()
            .filter_map(|name| Some(((*name).to_owned(), variable(name)?)))
            .collect(),
        password_in_environment,
        lock: holder(file),
        may_write: may_write(file, &folder),
        user: rustix::process::geteuid().as_raw(),
        owner: about.as_ref().or(fs::metadata(&folder).ok().as_ref()).map(MetadataExt::uid),
        mode: about.as_ref().map(MetadataExt::mode),
        size: about.map_or(0, |about| about.len()),
        free: statvfs(&folder).ok().map(|disk| disk.f_bavail.saturating_mul(disk.f_frsize)),
        network: network(&folder),
    }
}

/// The nearest existing folder above a file.
fn existing(file: &Path) -> PathBuf {
    let mut above = file.ancestors().skip(1);
    above.find(|folder| folder.is_dir()).unwrap_or(Path::new("/")).to_owned()
}

fn may_write(file: &Path, folder: &Path) -> bool {
    let folder = access(folder, Access::WRITE_OK | Access::EXEC_OK).is_ok();
    folder && (!file.exists() || access(file, Access::READ_OK | Access::WRITE_OK).is_ok())
}

/// Who holds the lock beside the state. Trying to take it could turn away a run that is just beginning, so
/// the system is asked (proc_locks(5)).
fn holder(state: &Path) -> Lock {
    let mut lock = state.as_os_str().to_owned();
    lock.push(".lock");
    let Ok(about) = fs::metadata(lock) else { return Lock::Free };
    match fs::read_to_string("/proc/locks") {
        Ok(locks) => held_by(&locks, about.ino()).map_or(Lock::Free, Lock::Held),
        Err(_) => Lock::Unknown,
    }
}

/// The process that has locked the file with this inode, by the table of all locks. The device is not
/// compared: some file systems give another one there.
fn held_by(locks: &str, inode: u64) -> Option<u32> {
    locks.lines().find_map(|line| {
        let mut words = line.split_whitespace().skip(1);
        let of_a_whole_file = words.next() == Some("FLOCK");
        let process = words.nth(2)?.parse().ok()?;
        let file = words.next()?.rsplit(':').next()?.parse::<u64>().ok()?;
        (of_a_whole_file && file == inode).then_some(process)
    })
}

/// The kind of network file system a folder is on, by the numbers of statfs(2).
#[cfg(target_os = "linux")]
fn network(folder: &Path) -> Option<&'static str> {
    let kind = rustix::fs::statfs(folder).ok()?.f_type;
    match u32::try_from(kind).ok()? {
        0x6969 => Some("NFS"),
        0x517b | 0xff53_4d42 | 0xfe53_4d42 => Some("SMB"),
        _ => None,
    }
}

/// Other systems number theirs in other ways.
#[cfg(not(target_os = "linux"))]
fn network(_: &Path) -> Option<&'static str> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_holder_of_a_lock_is_read_from_the_table_of_all() {
        let locks = "1: POSIX  ADVISORY  READ 15791 fe:00:10011071 124 124\n\
                     2: FLOCK  ADVISORY  WRITE 16941 fe:00:10011071 0 EOF\n\
                     3: FLOCK  ADVISORY  WRITE 13110 fe:00:5310411 0 EOF\n2: -> FLOCK  odd\n";
        assert_eq!(held_by(locks, 10_011_071), Some(16_941));
        assert_eq!(held_by(locks, 5_310_411), Some(13_110));
        assert_eq!(held_by(locks, 7), None);
    }

    #[test]
    fn a_held_lock_is_seen_and_not_taken() {
        let folder = tempfile::tempdir().expect("a folder");
        let state = folder.path().join("state.db");
        assert_eq!(holder(&state), Lock::Free);
        let file = fs::File::create(folder.path().join("state.db.lock")).expect("a file");
        assert!(matches!(holder(&state), Lock::Free | Lock::Unknown));
        file.try_lock().expect("locked");
        assert!(
            matches!(holder(&state), Lock::Held(process) if process == std::process::id())
                || holder(&state) == Lock::Unknown
        );
    }

    #[test]
    fn a_state_that_is_not_there_yet_is_looked_for_in_the_folder_above() {
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(existing(&folder.path().join("not/there/state.db")), folder.path());
        assert!(may_write(&folder.path().join("state.db"), folder.path()));
    }

    #[test]
    fn a_state_may_be_written_only_in_a_folder_that_is_there_and_open() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().expect("a folder");
        let (state, gone) = (folder.path().join("state.db"), folder.path().join("gone"));
        assert!(!may_write(&gone.join("state.db"), &gone), "there is no such folder");
        fs::write(&state, "").expect("a file");
        assert!(!may_write(&state, &state), "a file is no folder to make a lock in");
        let shut = |path: &Path, mode| {
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("its mode");
            let may = may_write(&state, folder.path());
            fs::set_permissions(path, fs::Permissions::from_mode(0o700)).expect("its mode");
            may
        };
        // To root everything is open; that is so in some containers.
        let is_root = rustix::process::geteuid().is_root();
        assert_eq!(shut(folder.path(), 0o500), is_root);
        assert_eq!((shut(&state, 0o400), shut(&state, 0o200), shut(&state, 0o600)), (is_root, is_root, true));
    }
}
