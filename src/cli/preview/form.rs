//! What was typed in, where the digest goes and in which form out. Never writes it.

use std::{
    io::IsTerminal,
    path::{Path, PathBuf},
};

use anyhow::anyhow;

use super::{Failure, Options};
use crate::flow::proof::Form;

/// Where the digest goes when a file is wanted and none is named.
const FILE: &str = "preview.html";

/// Where the digest goes.
#[derive(Debug, PartialEq, Eq)]
pub enum Destination {
    /// To standard output, as text.
    Output,
    File(PathBuf, Form),
}

impl Destination {
    /// `--output` decides; without it somebody at a terminal is shown the text, unless a browser or a program is to
    /// read the digest.
    pub fn of(options: &Options) -> Result<Destination, Failure> {
        Destination::before(options, std::io::stdout().is_terminal())
    }

    fn before(options: &Options, a_terminal: bool) -> Result<Destination, Failure> {
        let file = match &options.output {
            Some(output) if output.as_os_str() == "-" => {
                if options.open || options.json {
                    let option = if options.open { "--open" } else { "--json" };
                    return Err(Failure::usage(anyhow!("--output - and {option} do not go together")));
                }
                return Ok(Destination::Output);
            }
            Some(file) => file.clone(),
            None if a_terminal && !options.open && !options.json => return Ok(Destination::Output),
            None => PathBuf::from(FILE),
        };
        let form = form(&file)?;
        Ok(Destination::File(file, form))
    }
}

fn form(path: &Path) -> Result<Form, Failure> {
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("html" | "htm") => Ok(Form::Html),
        Some("txt") => Ok(Form::Text),
        Some("md") => Ok(Form::Markdown),
        Some("eml") => Ok(Form::Message),
        _ => Err(Failure::usage(anyhow!(
            "cannot tell the form of {}: let it end in .html, .txt, .md or .eml",
            path.display()
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn destination(output: Option<&str>, open: bool, json: bool, a_terminal: bool) -> Option<Destination> {
        let options = Options { output: output.map(PathBuf::from), open, json, ..Options::default() };
        Destination::before(&options, a_terminal).ok()
    }

    #[test]
    fn a_terminal_is_shown_the_text_and_everything_else_gets_a_file() {
        let page = || Some(Destination::File(FILE.into(), Form::Html));
        assert_eq!(destination(None, false, false, true), Some(Destination::Output));
        assert_eq!(destination(None, false, false, false), page());
        assert_eq!(destination(None, true, false, true), page(), "a browser opens a file");
        assert_eq!(destination(None, false, true, true), page(), "the JSON stands alone");
        assert_eq!(destination(Some("-"), false, false, false), Some(Destination::Output));
        assert_eq!(destination(Some("-"), true, false, true), None);
        assert_eq!(destination(Some("-"), false, true, true), None);
    }

    #[test]
    fn a_named_file_is_written_in_the_form_of_its_ending_on_a_terminal_too() {
        for (name, form) in [
            ("a.html", Form::Html),
            ("a.txt", Form::Text),
            ("a.md", Form::Markdown),
            ("a.eml", Form::Message),
        ] {
            let file = Some(Destination::File(name.into(), form));
            assert_eq!(destination(Some(name), false, false, true), file);
        }
        assert_eq!(destination(Some("a.pdf"), false, false, true), None);
    }
}
