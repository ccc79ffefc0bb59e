//! dkimpy, an independent verifier of signatures: messages and a DNS record in, whether each signature is
//! good out.

use std::process::{Command, Stdio};

use super::tools;

/// A Python that has dkimpy.
pub struct Dkimpy(&'static str);

impl Dkimpy {
    /// None where it is not installed at home.
    pub fn find() -> Option<Dkimpy> {
        let has_dkimpy = |python: &&str| {
            let tried = Command::new(python).args(["-c", "import dkim, nacl"]).stderr(Stdio::null()).status();
            tried.is_ok_and(|status| status.success())
        };
        let found = ["/usr/bin/python3", "python3"].into_iter().find(has_dkimpy);
        tools::there(found.is_some(), "dkimpy is not installed");
        found.map(Dkimpy)
    }

    /// Whether it finds each of the messages good when the DNS holds `record`.
    pub fn verdicts(&self, messages: &[Vec<u8>], record: &str) -> Vec<bool> {
        let folder = tempfile::tempdir().expect("a folder");
        let files: Vec<_> = (0..messages.len()).map(|n| folder.path().join(format!("{n}.eml"))).collect();
        for (file, message) in files.iter().zip(messages) {
            std::fs::write(file, message).expect("written");
        }
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/scene/verify.py");
        let ended = Command::new(self.0).args([script, record]).args(files).output().expect("Python starts");
        let said = String::from_utf8_lossy(&ended.stdout).into_owned();
        let verdicts: Vec<bool> = said.lines().map(|line| line == "good").collect();
        assert_eq!(verdicts.len(), messages.len(), "{said}{}", String::from_utf8_lossy(&ended.stderr));
        verdicts
    }
}
