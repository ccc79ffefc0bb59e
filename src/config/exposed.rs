//! A configuration in, the files with its secrets that everybody on this machine can read out. Never changes
//! their rights.

use std::{
    collections::BTreeSet,
    fmt,
    path::{Path, PathBuf},
};

use super::Config;
use crate::text::shell::quoted;

/// A file with a secret in it that everybody on this machine can read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Exposed {
    path: PathBuf,
    /// The lowest nine bits, as `chmod` takes them.
    mode: u32,
}

impl Exposed {
    /// Which file it is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl fmt::Display for Exposed {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let (path, mode) = (self.path.display(), self.mode);
        let typed = quoted(&self.path.to_string_lossy());
        write!(
            f,
            "everybody on this machine can read {path} (mode {mode:o}), which holds a secret: type chmod 600 {typed}"
        )
    }
}

impl Config {
    /// The files with a password or a key in them that everybody can read: the configuration itself, the
    /// files its passwords are in, the DKIM key. A group that may read them was allowed to on purpose.
    pub fn exposed(&self) -> Vec<Exposed> {
        let own = self.holds_secrets.then_some(self.path.as_path());
        let feeds = self.feeds.iter().filter_map(|feed| feed.url.password_file());
        let mail =
            self.mail.password.file().into_iter().chain(self.mail.dkim.as_ref().map(|dkim| &*dkim.key_file));
        let client = self.mail.oauth.as_ref().and_then(|oauth| oauth.client_secret.file());
        let files: BTreeSet<&Path> = own.into_iter().chain(feeds).chain(mail).chain(client).collect();
        files.into_iter().filter_map(exposed).collect()
    }
}

#[cfg(unix)]
fn exposed(path: &Path) -> Option<Exposed> {
    use std::os::unix::fs::PermissionsExt;
    let about = std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file)?;
    let mode = about.permissions().mode() & 0o777;
    (mode & 0o004 != 0).then(|| Exposed { path: path.to_owned(), mode })
}

/// The standard library does not show such rights on other systems.
#[cfg(not(unix))]
fn exposed(_: &Path) -> Option<Exposed> {
    None
}

#[cfg(all(test, unix))]
mod tests {
    use std::{fs, os::unix::fs::PermissionsExt};

    use super::*;

    fn exposed_files(folder: &Path, source: &str, mode: u32) -> Vec<String> {
        let path = folder.join("feeds.toml");
        fs::write(&path, source).expect("written");
        for file in ["feeds.toml", "wire.password", "smtp.password", "dkim.pem"] {
            fs::write(folder.join(file), if file == "feeds.toml" { source } else { "x" }).expect("written");
            fs::set_permissions(folder.join(file), fs::Permissions::from_mode(mode)).expect("changed");
        }
        let exposed = Config::parse(&path, source, &|_| None).expect("sound").exposed();
        exposed
            .iter()
            .filter_map(|file| Some(file.path.file_name()?.to_string_lossy().into_owned()))
            .collect()
    }

    #[test]
    fn files_with_secrets_that_everybody_can_read_are_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let files = |source: &str, mode| exposed_files(folder.path(), source, mode);
        for secret in [
            "[mail]\nsmtp = 'smtps://bo:pw@mail.example'",
            "[[feeds]]\nurl = 'https://bo:pw@wire.example/'",
            "[[feeds]]\nurl = 'https://wire.example/?token=hunter2'",
            "[fetch]\nproxy = 'http://bo:pw@proxy.example'",
        ] {
            assert_eq!(files(secret, 0o644), ["feeds.toml"], "{secret}");
            assert_eq!(files(secret, 0o640), [""; 0], "{secret}");
        }
        let elsewhere = "[mail]\nsmtp = 'smtps://bo@mail.example'\npassword_file = 'smtp.password'\n\
                         [mail.dkim]\nkey_file = 'dkim.pem'\n\
                         [[feeds]]\nurl = 'https://wire.example/{password}'\npassword_file = 'wire.password'";
        assert_eq!(files(elsewhere, 0o604), ["dkim.pem", "smtp.password", "wire.password"]);
        assert_eq!(files("[[feeds]]\nurl = 'https://wire.example/rss'", 0o644), [""; 0]);
    }

    #[test]
    fn what_to_type_is_said() {
        let exposed = Exposed { path: "/news/feeds.toml".into(), mode: 0o644 };
        assert_eq!(
            exposed.to_string(),
            "everybody on this machine can read /news/feeds.toml (mode 644), which holds a secret: type chmod 600 /news/feeds.toml"
        );
    }
}
