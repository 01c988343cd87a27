//! What is wrong in a rule file: where, the line with the place marked, what was expected, how to mend it.

use std::fmt;

/// An error or a warning in a pack.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RuleError {
    /// The file, as the user named its folder.
    pub file: String,
    /// From 1; 0 where no line is meant.
    pub line: usize,
    /// From 1, in Unicode scalars.
    pub column: usize,
    /// The text of the line.
    pub text: String,
    /// How many scalars to mark.
    pub width: usize,
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub help: String,
}

impl RuleError {
    /// An error at a byte range of a file's text.
    #[must_use]
    pub fn at(
        file: &str,
        source: &str,
        range: std::ops::Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        let start = floor(source, range.start);
        let head = source.get(..start).unwrap_or("");
        let line_start = head.rfind('\n').map_or(0, |at| at + 1);
        let text: String = source.get(line_start..).unwrap_or("").lines().next().unwrap_or("").to_owned();
        let column = source.get(line_start..start).map_or(0, |head| head.chars().count()) + 1;
        let marked = source.get(start..floor(source, range.end)).unwrap_or("").lines().next().unwrap_or("");
        let width = marked.chars().count().clamp(1, text.chars().count().saturating_sub(column - 1).max(1));
        let line = memchr::memchr_iter(b'\n', head.as_bytes()).count() + 1;
        Self { file: file.to_owned(), line, column, text, width, message: message.into(), help: help.into() }
    }

    /// An error that concerns a whole file or folder.
    #[must_use]
    pub fn whole(file: &str, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            file: file.to_owned(),
            line: 0,
            column: 0,
            text: String::new(),
            width: 0,
            message: message.into(),
            help: help.into(),
        }
    }
}

/// The nearest character boundary at or before a byte offset.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

impl fmt::Display for RuleError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line == 0 {
            write!(out, "{}: {}", self.file, self.message)?;
        } else {
            let number = self.line.to_string();
            let pad = " ".repeat(number.len());
            // A very long line is shown from a little before the place.
            let skip = self.column.saturating_sub(60);
            let shown: String = self.text.chars().skip(skip).take(100).map(visible).collect();
            let mark = " ".repeat(self.column - 1 - skip) + &"^".repeat(self.width.min(60));
            write!(out, "{}:{}:{}: {}", self.file, self.line, self.column, self.message)?;
            write!(out, "\n {number} | {shown}\n {pad} | {mark}")?;
        }
        if !self.help.is_empty() {
            write!(out, "\n   = {}", self.help)?;
        }
        Ok(())
    }
}

/// Control characters of a file must not reach the terminal; a tab would shift the mark.
fn visible(c: char) -> char {
    if c == '\t' {
        ' '
    } else if c.is_control() {
        '\u{FFFD}'
    } else {
        c
    }
}

impl std::error::Error for RuleError {}
