//! The outbox: messages in, files in a folder out, one a message, for looking at or for another program to send.
//! Never leaves half a file under a message's name, and never claims that a server took one.

use std::{
    io,
    path::{Path, PathBuf},
};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sha2::{Digest, Sha256};
use tokio::io::AsyncWriteExt;

use super::Error;
use crate::model::Outcome;

/// What is written as `%XX` in a file's name: everything that is not a letter, a digit or one of `- _ . @ +`.
const UNSAFE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'@').remove(b'+');

/// Bytes of a name, its ending aside: file systems take 255 for all of it.
const LONGEST_NAME: usize = 255 - "..part".len();

/// A folder that takes messages.
#[derive(Debug)]
pub struct Outbox {
    folder: PathBuf,
    /// Whether a message in it counts as delivered.
    counts: bool,
}

impl Outbox {
    /// Makes the folder if there is none.
    pub async fn open(folder: &Path, counts: bool) -> Result<Outbox, Error> {
        let mut builder = tokio::fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        builder.mode(0o700);
        builder.create(folder).await.map_err(|source| Error::Outbox { folder: folder.to_owned(), source })?;
        Ok(Outbox { folder: folder.to_owned(), counts })
    }

    /// Writes `message` to `STEM.eml`, replacing an earlier file of that name: one delivery never makes two files.
    pub async fn put(&self, message: &[u8], stem: &str) -> Outcome {
        let name = file_name(stem);
        let path = self.folder.join(format!("{name}.eml"));
        let unfinished = self.folder.join(format!(".{name}.part"));
        let written = async {
            write_private(&unfinished, message).await?;
            tokio::fs::rename(&unfinished, &path).await
        };
        match written.await {
            Ok(()) if self.counts => Outcome::Filed(self.folder.display().to_string()),
            Ok(()) => Outcome::Written(self.folder.display().to_string()),
            Err(error) => Outcome::Down(format!("cannot write {}: {error}", path.display())),
        }
    }
}

/// The name of a message's file without its ending: the stem, what is unsafe in it encoded. Of a longer one the beginning,
/// and what tells it from others that begin alike; no whole name holds a `~`.
fn file_name(stem: &str) -> String {
    let mut name = utf8_percent_encode(stem, UNSAFE).to_string();
    if name.len() > LONGEST_NAME {
        let digest = Sha256::digest(stem.as_bytes());
        let digest = digest.iter().take(16).fold("~".to_owned(), |hex, byte| format!("{hex}{byte:02x}"));
        name.truncate(LONGEST_NAME - digest.len());
        name.push_str(&digest);
    }
    name
}

/// Writes a file that only its owner can read, whatever the umask: a message names its reader and holds the
/// unsubscribe link.
async fn write_private(path: &Path, message: &[u8]) -> io::Result<()> {
    let mut options = tokio::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    options.mode(0o600);
    // A file left by a crash may be readable by others.
    match tokio::fs::remove_file(path).await {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = options.open(path).await?;
    file.write_all(message).await?;
    file.flush().await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_message_is_written_once_under_its_name() {
        let folder = tempfile::tempdir().expect("a folder");
        let outbox = Outbox::open(&folder.path().join("new/outbox"), false).await.expect("made");
        for message in ["first", "second"] {
            let put = outbox.put(message.as_bytes(), "2026-11-22.ann@example.net").await;
            assert_eq!(put, Outcome::Written(outbox.folder.display().to_string()));
        }
        let files: Vec<_> = std::fs::read_dir(&outbox.folder).expect("read").flatten().collect();
        assert_eq!(files.len(), 1);
        let path = outbox.folder.join("2026-11-22.ann@example.net.eml");
        assert_eq!(std::fs::read_to_string(path).expect("a file"), "second");
    }

    #[tokio::test]
    async fn a_name_cannot_leave_the_folder() {
        let folder = tempfile::tempdir().expect("a folder");
        let outbox = Outbox::open(&folder.path().join("outbox"), true).await.expect("made");
        assert!(matches!(outbox.put(b"x", "../../evil\0/name").await, Outcome::Filed(_)));
        assert!(outbox.folder.join("..%2F..%2Fevil%00%2Fname.eml").exists());
    }

    #[tokio::test]
    async fn a_name_may_be_longer_than_a_file_systems() {
        let folder = tempfile::tempdir().expect("a folder");
        let outbox = Outbox::open(&folder.path().join("outbox"), true).await.expect("made");
        let long = |end: &str| format!("2026-11-22.{}@{}{end}", "é".repeat(60), "a.".repeat(80));
        for stem in [long("example"), long("example.net"), long("example")] {
            assert!(matches!(outbox.put(b"x", &stem).await, Outcome::Filed(_)), "{stem}");
        }
        assert_eq!(std::fs::read_dir(&outbox.folder).expect("read").count(), 2, "one delivery, one file");
        assert_eq!(file_name(&"a".repeat(249)), "a".repeat(249), "with its ending 255 bytes");
        assert_eq!(file_name(&"a".repeat(250)).len(), 249);
    }

    #[tokio::test]
    async fn a_folder_that_cannot_be_made_is_an_error() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        let error = Outbox::open(&file.path().join("outbox"), false).await.expect_err("not a folder");
        assert!(error.to_string().contains("outbox"), "{error}");
    }
}
