//! In: a text. Out: lines, columns and characters before a byte, each in the time of one binary search.

/// Characters are counted afresh from the last multiple of this many bytes.
const STEP: usize = 1024;

/// Where lines begin, and how many characters stand before every [`STEP`]th byte.
#[derive(Clone, Debug)]
pub(super) struct Index {
    lines: Vec<u32>,
    /// Characters, and characters outside the Basic Multilingual Plane, before the byte.
    counts: Vec<(u32, u32)>,
}

fn is_start(byte: u8) -> bool {
    // Continuation bytes of UTF-8 are 10xxxxxx.
    byte & 0xC0 != 0x80
}

fn count(bytes: &[u8]) -> (u32, u32) {
    let starts = bytes.iter().filter(|byte| is_start(**byte)).count();
    let wide = bytes.iter().filter(|byte| **byte >= 0xF0).count();
    (starts as u32, wide as u32)
}

impl Index {
    pub(super) fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut lines = vec![0];
        lines.extend(memchr::memchr_iter(b'\n', bytes).map(|at| at as u32 + 1));
        let mut counts = Vec::with_capacity(bytes.len() / STEP + 1);
        let mut sum = (0, 0);
        for part in bytes.chunks(STEP) {
            counts.push(sum);
            let (starts, wide) = count(part);
            sum = (sum.0 + starts, sum.1 + wide);
        }
        counts.push(sum);
        Self { lines, counts }
    }

    /// Characters before a byte, and how many of them lie outside the Basic Multilingual Plane.
    pub(super) fn before(&self, text: &str, byte: usize) -> (usize, usize) {
        let byte = byte.min(text.len());
        let step = byte / STEP;
        let (chars, wide) = self.counts.get(step).copied().unwrap_or_default();
        let (more, more_wide) = count(text.as_bytes().get(step * STEP..byte).unwrap_or(&[]));
        ((chars + more) as usize, (wide + more_wide) as usize)
    }

    /// Line and column of a byte, both from 1, columns in characters.
    pub(super) fn place(&self, text: &str, byte: usize) -> (usize, usize) {
        let line = self.lines.partition_point(|start| *start as usize <= byte).max(1);
        let start = self.lines.get(line - 1).copied().unwrap_or(0) as usize;
        (line, self.before(text, byte).0 - self.before(text, start).0 + 1)
    }
}
