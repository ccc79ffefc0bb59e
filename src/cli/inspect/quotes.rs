//! `inspect quotes`: a plain text in, a line per direct quotation out, in order.

use std::path::Path;

use anyhow::anyhow;

use super::{Failure, Status, print_lines, read};
use crate::brief;

/// Prints the quotations of the text in `file`, a JSON line each; offsets are bytes into the file.
pub fn print(file: &Path) -> Result<Status, Failure> {
    let text = String::from_utf8(read(file)?)
        .map_err(|e| Failure::usage(anyhow!("{} is not UTF-8: {e}", file.display())))?;
    print_lines(brief::quotes(&text, None))
}
