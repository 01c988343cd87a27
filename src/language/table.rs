//! In: a word. Out: its line in a sorted table that is searched in place; a sparse index of it is made when first needed.

use std::sync::OnceLock;

/// A text of `key TAB value` lines sorted by the bytes of their keys; comment lines stand on top.
pub(super) struct Table {
    text: &'static str,
    /// Of the first line in each run of [`RUN`] bytes: the first eight bytes of its key, and where it begins.
    index: OnceLock<(Vec<u64>, Vec<u32>)>,
}

/// Bytes of the text between two entries of the index.
const RUN: usize = 192;

impl Table {
    pub(super) const fn new(text: &'static str) -> Self {
        Self { text, index: OnceLock::new() }
    }

    /// All keys with their values.
    pub(super) fn lines(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'))
    }

    /// The value of a key.
    pub(super) fn find(&self, key: &str) -> Option<&'static str> {
        let (heads, starts) = self.index.get_or_init(|| index(self.text.as_bytes()));
        let (bytes, key) = (self.text.as_bytes(), key.as_bytes());
        let head = head(key);
        // Keys that share their first eight bytes may lie in several runs.
        let first = heads.partition_point(|known| *known < head).saturating_sub(1);
        let mut at = starts.get(first).map_or(0, |start| *start as usize);
        loop {
            let line = bytes.get(at..).filter(|rest| !rest.is_empty())?;
            let end = memchr::memchr(b'\n', line).unwrap_or(line.len());
            if line.get(key.len()) == Some(&b'\t') && line.starts_with(key) {
                return self.text.get(at + key.len() + 1..at + end);
            }
            let known = line.get(..end).unwrap_or(&[]);
            if known > key && !known.starts_with(b"#") {
                return None;
            }
            at += end + 1;
        }
    }
}

/// The first eight bytes of a key as a number that sorts as they do; shorter keys are filled up with zeros.
fn head(key: &[u8]) -> u64 {
    let mut bytes = [0; 8];
    for (to, from) in bytes.iter_mut().zip(key) {
        *to = *from;
    }
    u64::from_be_bytes(bytes)
}

fn index(text: &[u8]) -> (Vec<u64>, Vec<u32>) {
    let mut index = (Vec::with_capacity(text.len() / RUN + 1), Vec::with_capacity(text.len() / RUN + 1));
    let mut at = 0;
    while let Some(line) = text.get(at..).filter(|rest| !rest.is_empty()) {
        if !line.starts_with(b"#") {
            let key = line.get(..line.len().min(8)).unwrap_or(line);
            let length = memchr::memchr2(b'\t', b'\n', key).unwrap_or(key.len());
            index.0.push(head(key.get(..length).unwrap_or(key)));
            index.1.push(at as u32);
        }
        let next = at + if line.starts_with(b"#") { 0 } else { RUN };
        at = text.get(next..).and_then(|rest| memchr::memchr(b'\n', rest)).map_or(text.len(), |end| next + end + 1);
    }
    index
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn every_line_is_found_and_nothing_else() {
        let table = Table::new("# top\na\t1\nab\t2\nabc\t3\nb\t4\nz\t5\n");
        for (key, value) in [("a", "1"), ("ab", "2"), ("abc", "3"), ("b", "4"), ("z", "5")] {
            assert_eq!(table.find(key), Some(value));
        }
        for key in ["", "aa", "abcd", "c", "zz", "0"] {
            assert_eq!(table.find(key), None, "{key}");
        }
    }

    #[test]
    fn the_tables_are_sorted() {
        for table in [&super::super::morphology::TABLE, &super::super::COMMON] {
            let keys: Vec<&[u8]> = table
                .text
                .lines()
                .filter(|line| !line.starts_with('#'))
                .map(|line| line.split('\t').next().unwrap().as_bytes())
                .collect();
            assert!(keys.len() > 3_000);
            assert!(keys.is_sorted_by(|a, b| a < b));
            for line in table.text.lines().filter(|line| !line.starts_with('#')) {
                let (key, value) = line.split_once('\t').unwrap();
                assert_eq!(table.find(key), Some(value));
                assert_eq!(table.find(&format!("{key}\u{1}")), None);
                assert_eq!(table.find(&format!("{key}#")), None);
            }
        }
    }
}
