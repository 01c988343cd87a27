//! How far a long run has come, on standard error, where a terminal reads it and nobody else: one line that is written over.

use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

/// Shorter runs show nothing.
const PATIENCE: Duration = Duration::from_secs(1);
/// The line is written this often at most.
const STEP: Duration = Duration::from_millis(100);

/// The line.
pub(super) struct Progress {
    of: usize,
    done: usize,
    next: Option<Instant>,
    shown: bool,
}

impl Progress {
    /// For so many texts; `wanted` is false where the run is to be quiet.
    pub(super) fn new(of: usize, wanted: bool) -> Self {
        // Where the report goes to the terminal as well, it shows how far the run has come.
        let alone = std::io::stderr().is_terminal() && !std::io::stdout().is_terminal();
        let next = (wanted && of > 1 && alone).then(|| Instant::now() + PATIENCE);
        Self { of, done: 0, next, shown: false }
    }

    /// One more text is done.
    pub(super) fn step(&mut self) {
        self.done += 1;
        let now = Instant::now();
        if self.next.is_some_and(|next| next <= now) {
            self.next = Some(now + STEP);
            self.shown = true;
            let _ = write!(std::io::stderr(), "\r\x1b[Kmtaudit: {} of {} texts", self.done, self.of);
        }
    }

    /// Takes the line away, so that something else can be written.
    pub(super) fn clear(&mut self) {
        if std::mem::take(&mut self.shown) {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.clear();
    }
}
