//! The text of a configuration in, everything that is wrong with it out: a fault that was found is struck out, so that the
//! next one shows. Never moves a byte.

use std::{ops::Range, path::Path};

use super::{
    Error,
    problem::{Problem, line_around},
};

/// So many faults are looked for.
const MOST: usize = 30;

/// A text being checked, and the faults found so far.
pub(super) struct Draft {
    text: String,
    problems: Vec<Problem>,
}

impl Draft {
    pub fn new(source: &str) -> Draft {
        Draft { text: source.to_owned(), problems: Vec::new() }
    }

    /// The text without what is wrong in it, as far as that is known; everything else stands where it stood.
    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn is_sound(&self) -> bool {
        self.problems.is_empty()
    }

    /// Notes a fault and strikes it out. Returns whether others can be looked for.
    pub fn strike(&mut self, problem: Problem) -> bool {
        let Some(span) = problem.span.clone() else {
            self.problems.push(problem);
            return false;
        };
        let block = self.block(&span);
        let told = |problem: &Problem| problem.span.as_ref().is_some_and(|span| block.contains(&span.start));
        let goes_on = !problem.ends_reading;
        // A table that lacks what was wrong in it needs no second word.
        if !self.problems.iter().any(told) {
            self.problems.push(problem);
        }
        self.comment_out(block) && goes_on && self.problems.len() < MOST
    }

    /// What is wrong in `source`, the text of the file at `path`.
    pub fn error(self, path: &Path, source: &str) -> Error {
        Error::marked(path, source, self.problems)
    }

    /// The lines that `span` touches; with a header, those of its table.
    fn block(&self, span: &Range<usize>) -> Range<usize> {
        let is_header = |line: Range<usize>| self.text[line].trim_start().starts_with('[');
        let first = line_around(&self.text, span.start);
        if !is_header(first.clone()) {
            return first.start..line_around(&self.text, span.end.max(span.start + 1) - 1).end;
        }
        let mut end = first.end;
        while end < self.text.len() {
            let next = line_around(&self.text, end + 1);
            if is_header(next.clone()) {
                break;
            }
            end = next.end;
        }
        first.start..end
    }

    /// Makes comments of lines; whether that changed any.
    fn comment_out(&mut self, block: Range<usize>) -> bool {
        let starts: Vec<usize> = std::iter::once(block.start)
            .chain(self.text[block.clone()].match_indices('\n').map(|(at, _)| block.start + at + 1))
            .collect();
        let mut is_changed = false;
        for start in starts {
            let Some(first) = self.text[start..].chars().next().filter(|first| !matches!(first, '\n' | '#'))
            else {
                continue;
            };
            let mark = format!("#{}", " ".repeat(first.len_utf8() - 1));
            self.text.replace_range(start..start + first.len_utf8(), &mark);
            is_changed = true;
        }
        is_changed
    }
}
