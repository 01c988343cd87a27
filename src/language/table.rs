//! In: a word. Out: its line in a sorted table that is searched in place: nothing is parsed or built at start-up.

/// The value of a key in a text of `key TAB value` lines sorted by the bytes of their keys; comment lines stand on top.
#[must_use]
pub(super) fn find<'t>(table: &'t str, key: &str) -> Option<&'t str> {
    let bytes = table.as_bytes();
    let (mut low, mut high) = (0, bytes.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let start = bytes.get(low..middle).and_then(|head| memchr::memrchr(b'\n', head)).map_or(low, |at| low + at + 1);
        let end = bytes.get(middle..high).and_then(|tail| memchr::memchr(b'\n', tail)).map_or(high, |at| middle + at);
        let line = table.get(start..end)?;
        let (found, value) = line.split_once('\t').unwrap_or((line, ""));
        // Comments sort before every word: '#' is smaller than any letter or apostrophe that begins one.
        match found.as_bytes().cmp(key.as_bytes()) {
            std::cmp::Ordering::Equal => return Some(value),
            std::cmp::Ordering::Less => low = end + 1,
            std::cmp::Ordering::Greater => high = start,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn every_line_is_found_and_nothing_else() {
        let table = "# top\na\t1\nab\t2\nabc\t3\nb\t4\nz\t5\n";
        for (key, value) in [("a", "1"), ("ab", "2"), ("abc", "3"), ("b", "4"), ("z", "5")] {
            assert_eq!(find(table, key), Some(value));
        }
        for key in ["", "aa", "abcd", "c", "zz", "0"] {
            assert_eq!(find(table, key), None, "{key}");
        }
    }

    #[test]
    fn the_tables_are_sorted() {
        for table in [super::super::morphology::ENGLISH, super::super::COMMON] {
            let keys: Vec<&[u8]> = table
                .lines()
                .filter(|line| !line.starts_with('#'))
                .map(|line| line.split('\t').next().unwrap().as_bytes())
                .collect();
            assert!(keys.len() > 3_000);
            assert!(keys.is_sorted_by(|a, b| a < b));
        }
    }
}
