//! The reading of the settings: checked, or refused with an error that can be printed and names no secret.

use std::path::Path;

use reveille::inside::Config;

/// A password that no error may name.
const SECRET: &str = "tide-4711-mill";
/// Where the input puts the settings that hold the password.
const PLACE: &str = "@@";
/// The ways to write it down.
const WRITTEN: [&str; 5] = [
    "\n[mail]\nsmtp = \"smtps://bo:tide-4711-mill@mail.example\"\n",
    "\n[mail]\npassword = \"tide-4711-mill\"\n",
    "\n[mail]\npassword='tide-4711-mill' # ours\n",
    "\nmail.password = \"\"\"tide-4711-mill\"\"\"\n",
    "\nmail = { username = \"bo\", password = \"tide-4711-mill\" }\n",
];

pub fn check(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (way, text) = match text.chars().next().and_then(|first| first.to_digit(5)) {
        Some(way) => (way as usize, text.get(1..).unwrap_or_default()),
        None => (0, &*text),
    };
    let source = text.replacen(PLACE, WRITTEN[way], 1);
    match Config::parse(Path::new("/nowhere/feeds.toml"), &source, &|_| None) {
        Ok(config) => {
            assert!(!format!("{config:?}").contains(SECRET), "a value that prints its secret");
        }
        Err(error) => {
            let chain = std::iter::successors(Some(&error as &dyn std::error::Error), |error| error.source());
            let said: Vec<String> = chain.map(ToString::to_string).collect();
            assert!(said.iter().all(|said| !said.is_empty() && !said.contains(SECRET)), "{said:?}");
        }
    }
}
