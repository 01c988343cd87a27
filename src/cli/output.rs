//! Standard output and standard error. A closed pipe ends a run quietly; a full disk is an error.

use super::Outcome;
use std::io::{self, BufWriter, Stdout, Write};

/// Standard output, buffered.
pub(super) struct Output {
    out: BufWriter<Stdout>,
}

/// Why nothing more can be written.
pub(super) enum Stop {
    /// The reader has gone: no error.
    Closed,
    /// It has been reported.
    Failed,
}

impl Stop {
    /// How the run ends.
    pub(super) fn outcome(&self) -> Outcome {
        match self {
            Self::Closed => Outcome::Clear,
            Self::Failed => Outcome::Failed,
        }
    }
}

impl Output {
    pub(super) fn new() -> Self {
        Self { out: BufWriter::with_capacity(1 << 16, io::stdout()) }
    }

    pub(super) fn write(&mut self, text: &str) -> Result<(), Stop> {
        self.out.write_all(text.as_bytes()).map_err(|error| stop(&error))
    }

    pub(super) fn flush(&mut self) -> Result<(), Stop> {
        self.out.flush().map_err(|error| stop(&error))
    }
}

fn stop(error: &io::Error) -> Stop {
    if error.kind() == io::ErrorKind::BrokenPipe {
        return Stop::Closed;
    }
    complain(&format!("standard output cannot be written: {error}"));
    Stop::Failed
}

/// A line on standard error; if that is closed as well, there is no one to tell.
pub(super) fn complain(text: &str) {
    let _ = writeln!(io::stderr(), "mtaudit: {text}");
}
