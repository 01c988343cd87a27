//! In: the literals of all raw-text rules. Out: tables of them that are read where they lie; and with a text, where its literals stand.
//!
//! One pass over a text: at each byte four in a row, in small letters, are looked up among windows of the literals, a bit for each;
//! literals that are too short for a window are told by their first two bytes. Each literal is met by its rarest window, those that
//! begin a line by their first.

use super::compile::line::LEAD;
use super::compile::literal::char_bits;
use super::compiled::{Edges, Literal};
use crate::language;
use std::collections::HashMap;

/// A bit for each hash of a window, and a bucket for each eight of them.
const WINDOW_BITS: usize = 1 << 15;
const BUCKETS: usize = WINDOW_BITS / 8;
/// A bit for each two bytes.
const PAIR_BITS: usize = 1 << 16;
/// Bytes of a window.
const WINDOW: usize = 4;
/// Bytes of a stored literal: where its text begins (4), its rule (4), the longest line (4), length, signs, 0 0.
const NEEDLE: usize = 16;

/// Signs of a stored literal beside its [`Edges`].
const ANY_CASE: u8 = 128;

/// Number of tables that [`tables`] gives.
pub const TABLES: usize = 9;
const BITS: usize = 0;
const STARTS: usize = 1;
const WINDOWS: usize = 2;
const SHORT_BITS: usize = 3;
const SHORTS: usize = 4;
const LINE_STARTS: usize = 5;
const LINE_SHORTS: usize = 6;
const NEEDLES: usize = 7;
const TEXTS: usize = 8;

/// The bytes of a window without the bit that tells small letters from capitals.
fn folded(window: [u8; WINDOW]) -> u32 {
    u32::from_le_bytes(window) | 0x2020_2020
}

fn window_place(window: u32) -> usize {
    (window.wrapping_mul(0x9E37_79B1) >> 17) as usize
}

/// Two bytes without that bit; behind the last byte of a text stands a blank.
fn pair(first: u8, second: u8) -> u16 {
    u16::from_be_bytes([first, second]) | 0x2020
}

fn pair_key(text: &[u8], at: usize) -> u16 {
    pair(text.get(at).copied().unwrap_or(b' '), text.get(at + 1).copied().unwrap_or(b' '))
}

fn set(bits: &mut [u8], place: usize) {
    if let Some(byte) = bits.get_mut(place / 8) {
        *byte |= 1 << (place % 8);
    }
}

/// The tables of literals; rules that have none have an empty literal here, and are left out.
#[must_use]
pub fn tables(literals: &[Literal]) -> [Vec<u8>; TABLES] {
    let mut tables: [Vec<u8>; TABLES] = Default::default();
    tables[BITS] = vec![0; WINDOW_BITS / 8];
    tables[SHORT_BITS] = vec![0; PAIR_BITS / 8];
    let (mut windows, mut shorts) = (Vec::new(), Vec::new());
    let (mut line_starts, mut line_shorts) = (Vec::new(), Vec::new());
    let common = if literals.is_empty() { HashMap::new() } else { common_windows() };
    for literal in literals.iter().filter(|literal| !literal.text.is_empty()) {
        let number = (tables[NEEDLES].len() / NEEDLE) as u32;
        let text = literal.text.as_bytes().get(..255).unwrap_or(literal.text.as_bytes());
        let signs = literal.edges.0 | if literal.any_case { ANY_CASE } else { 0 };
        let begins = tables[TEXTS].len() as u32;
        for number in [begins, literal.rule, literal.longest] {
            tables[NEEDLES].extend(number.to_le_bytes());
        }
        tables[NEEDLES].extend([text.len() as u8, signs, 0, 0]);
        tables[TEXTS].extend(text);
        if let (true, Some(first)) = (literal.at_start, text.first_chunk::<WINDOW>()) {
            line_starts.push((folded(*first), number));
        } else if literal.at_start {
            line_shorts.extend(pairs(text).map(|pair| (pair, number)));
        } else if text.len() < WINDOW {
            shorts.extend(pairs(text).map(|pair| (pair, number)));
        } else {
            let (offset, window) = rarest_window(text, &common);
            let place = window_place(window);
            set(&mut tables[BITS], place);
            windows.push((place / 8, window, number << 8 | offset as u32));
        }
    }
    windows.sort_unstable();
    let mut next = 0;
    for bucket in 0..=BUCKETS {
        while windows.get(next).is_some_and(|(known, ..)| *known < bucket) {
            next += 1;
        }
        tables[STARTS].extend((next as u32).to_le_bytes());
    }
    for (_, window, needle) in windows {
        tables[WINDOWS].extend(window.to_le_bytes());
        tables[WINDOWS].extend(needle.to_le_bytes());
    }
    for (pair, _) in &shorts {
        set(&mut tables[SHORT_BITS], *pair as usize);
    }
    for (table, mut list) in [(SHORTS, shorts), (LINE_SHORTS, line_shorts), (LINE_STARTS, line_starts)] {
        list.sort_unstable();
        for (key, needle) in list {
            tables[table].extend(key.to_le_bytes());
            tables[table].extend(needle.to_le_bytes());
        }
    }
    tables
}

/// Windows of the usual words of news, with the blanks around them: how often each stands in a million words.
fn common_windows() -> HashMap<u32, u32> {
    let mut found = HashMap::new();
    for (word, count) in language::common_words() {
        let padded = format!(" {word} ");
        for window in padded.as_bytes().windows(WINDOW) {
            let known: &mut u32 = found.entry(folded([window[0], window[1], window[2], window[3]])).or_default();
            *known = known.saturating_add(count);
        }
    }
    found
}

/// The first two bytes of a literal; one of a single byte has any second one.
fn pairs(text: &[u8]) -> impl Iterator<Item = u32> {
    let first = text.first().copied().unwrap_or(b' ');
    let seconds = text.get(1).map_or(0..=255, |second| *second..=*second);
    let mut found: Vec<u32> = seconds.map(|second| u32::from(pair(first, second))).collect();
    found.sort_unstable();
    found.dedup();
    found.into_iter()
}

/// Where the window of a literal begins that a text holds most seldom, and the window.
fn rarest_window(text: &[u8], common: &HashMap<u32, u32>) -> (usize, u32) {
    let (mut best, mut least) = ((0, 0), f64::MAX);
    for (offset, window) in text.windows(WINDOW).enumerate() {
        let bits = |byte: &u8| if byte.is_ascii() { char_bits((*byte as char).to_ascii_lowercase()) } else { 8.0 };
        let bits: f64 = window.iter().map(bits).sum();
        // Where words meet, their usual endings and beginnings do.
        let meets = matches!(window, [_, b' ', ..] | [_, _, b' ', _]);
        let guessed = 6.0e6 * (-bits * if meets { 0.75 } else { 1.0 }).exp2();
        let window = folded([window[0], window[1], window[2], window[3]]);
        let cost = guessed.max(f64::from(common.get(&window).copied().unwrap_or(0)));
        if cost < least {
            (best, least) = ((offset, window), cost);
        }
    }
    best
}

/// The tables of one blob.
#[derive(Clone, Copy, Debug)]
struct Part<'r> {
    first_rule: u32,
    tables: [&'r [u8]; TABLES],
}

/// Finds the literals of raw-text rules.
#[derive(Clone, Debug, Default)]
pub struct Scanner<'r> {
    parts: Vec<Part<'r>>,
}

impl<'r> Scanner<'r> {
    /// A scanner for tables of [`tables`], each with the number of the first rule of its blob.
    #[must_use]
    pub fn new(parts: impl Iterator<Item = (u32, [&'r [u8]; TABLES])>) -> Self {
        let parts = parts.map(|(first_rule, tables)| Part { first_rule, tables });
        Self { parts: parts.filter(|part| !part.tables[NEEDLES].is_empty()).collect() }
    }

    /// The rules whose literals stand in a text, each with the byte where one does, sorted.
    pub fn scan(&self, prose: &str, found: &mut Vec<(u32, u32)>) {
        found.clear();
        for part in &self.parts {
            part.anywhere(prose.as_bytes(), found);
            part.line_starts(prose.as_bytes(), found);
        }
        found.sort_unstable();
        found.dedup();
    }
}

impl Part<'_> {
    /// Literals that may stand at any byte.
    fn anywhere(&self, text: &[u8], found: &mut Vec<(u32, u32)>) {
        let (Ok(bits), Ok(shorts)) = (
            <&[u8; WINDOW_BITS / 8]>::try_from(self.tables[BITS]),
            <&[u8; PAIR_BITS / 8]>::try_from(self.tables[SHORT_BITS]),
        ) else {
            return;
        };
        for (at, window) in text.windows(WINDOW).enumerate() {
            let window = folded([window[0], window[1], window[2], window[3]]);
            let place = window_place(window);
            if bits[place / 8] >> (place % 8) & 1 == 1 {
                self.window(text, at, window, found);
            }
            let pair = (window as u16).swap_bytes();
            if shorts[usize::from(pair / 8)] >> (pair % 8) & 1 == 1 {
                self.listed(SHORTS, u32::from(pair), text, at, found);
            }
        }
        for at in (text.len() + 1).saturating_sub(WINDOW)..text.len() {
            self.listed(SHORTS, u32::from(pair_key(text, at)), text, at, found);
        }
    }

    #[cold]
    fn window(&self, text: &[u8], at: usize, window: u32, found: &mut Vec<(u32, u32)>) {
        let bucket = window_place(window) / 8;
        let start = |bucket: usize| number(self.tables[STARTS], bucket) as usize * 8;
        for one in self.tables[WINDOWS].get(start(bucket)..start(bucket + 1)).unwrap_or(&[]).as_chunks::<8>().0 {
            if number(one, 0) == window {
                let needle = number(one, 1);
                if let Some(start) = at.checked_sub((needle & 0xFF) as usize) {
                    self.needle(needle >> 8, text, start, found);
                }
            }
        }
    }

    #[cold]
    fn listed(&self, table: usize, key: u32, text: &[u8], at: usize, found: &mut Vec<(u32, u32)>) {
        let list = self.tables[table].as_chunks::<8>().0;
        let from = list.partition_point(|one| number(one, 0) < key);
        for one in list.iter().skip(from).take_while(|one| number(*one, 0) == key) {
            self.needle(number(one, 1), text, at, found);
        }
    }

    /// Literals that begin a line, but for a few bytes of bullets and blanks.
    fn line_starts(&self, text: &[u8], found: &mut Vec<(u32, u32)>) {
        if self.tables[LINE_STARTS].is_empty() && self.tables[LINE_SHORTS].is_empty() {
            return;
        }
        let mut start = 0;
        for end in memchr::memchr_iter(b'\n', text).chain([text.len()]) {
            for at in (start..end).take(LEAD + 1) {
                if let Some(window) = text.get(at..).and_then(|rest| rest.first_chunk::<WINDOW>()) {
                    self.listed(LINE_STARTS, folded(*window), text, at, found);
                }
                self.listed(LINE_SHORTS, u32::from(pair_key(text, at)), text, at, found);
                // What stands before a literal holds no letters or digits.
                if text.get(at).is_some_and(u8::is_ascii_alphanumeric) {
                    break;
                }
            }
            start = end + 1;
        }
    }

    /// Notes a literal, if it stands here as it must.
    fn needle(&self, needle: u32, text: &[u8], at: usize, found: &mut Vec<(u32, u32)>) {
        let record = self.tables[NEEDLES].as_chunks::<NEEDLE>().0.get(needle as usize);
        let Some(record) = record else { return };
        let (begins, longest, length) =
            (number(record, 0) as usize, number(record, 2) as usize, usize::from(record[12]));
        let (signs, end) = (record[13], at + length);
        let literal = self.tables[TEXTS].get(begins..begins + length).unwrap_or(&[]);
        let Some(there) = text.get(at..end) else { return };
        // Literals that share a window mostly differ at their ends.
        let ends = |text: &[u8]| (text.first().map(|byte| byte | 0x20), text.last().map(|byte| byte | 0x20));
        if ends(there) != ends(literal) {
            return;
        }
        let same = if signs & ANY_CASE == 0 { there == literal } else { there.eq_ignore_ascii_case(literal) };
        if same && edges_hold(Edges(signs & !ANY_CASE), text, at, end) && fits(longest, text, at) {
            found.push((self.first_rule + number(record, 1), at as u32));
        }
    }
}

fn edges_hold(edges: Edges, text: &[u8], start: usize, end: usize) -> bool {
    let before = start.checked_sub(1).and_then(|before| text.get(before)).copied();
    let after = text.get(end).copied();
    let is_word = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    (!edges.has(Edges::WORD_BEFORE) || !is_word(before))
        && (!edges.has(Edges::WORD_AFTER) || !is_word(after))
        && (!edges.has(Edges::LINE_BEFORE) || matches!(before, None | Some(b'\n')))
        && (!edges.has(Edges::LINE_AFTER) || matches!(after, None | Some(b'\n' | b'\r')))
}

/// Whether the line of a place is not longer than so many bytes; 0: any line.
fn fits(longest: usize, text: &[u8], at: usize) -> bool {
    if longest == 0 {
        return true;
    }
    // A carriage return may end the line as well.
    let longest = longest + 1;
    let from = at.saturating_sub(longest);
    let before = text.get(from..at).unwrap_or(&[]);
    let before = memchr::memrchr(b'\n', before).map_or(before.len(), |newline| before.len() - newline - 1);
    let after = text.get(at..(at + longest + 1).min(text.len())).unwrap_or(&[]);
    before + memchr::memchr(b'\n', after).unwrap_or(after.len()) <= longest
}

/// The number at a place counted in numbers.
fn number(bytes: &[u8], index: usize) -> u32 {
    bytes.get(index * 4..).and_then(|rest| rest.first_chunk()).map_or(0, |four| u32::from_le_bytes(*four))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn literal(text: &str, rule: u32, longest: u32, at_start: bool) -> Literal {
        Literal { text: text.to_owned(), rule, longest, at_start, any_case: true, edges: Edges::default() }
    }

    fn rules(literals: &[Literal], text: &str) -> Vec<(u32, u32)> {
        let (tables, mut found) = (tables(literals), Vec::new());
        let views = std::array::from_fn(|table| tables[table].as_slice());
        Scanner::new(std::iter::once((0, views))).scan(text, &mut found);
        found
    }

    #[test]
    fn literals_are_met_at_every_place_in_any_case() {
        let texts = ["[", "<p", "see", "read", "video", "source", "comment", "read also", "don’t miss"];
        let literals: Vec<Literal> = (0..).zip(texts).map(|(rule, text)| literal(text, rule, 0, false)).collect();
        for (rule, text) in (0..).zip(texts) {
            for before in 0..9 {
                for shown in [text.to_owned(), text.to_ascii_uppercase()] {
                    for after in ["", "x", "xxxx"] {
                        let line = format!("{}{shown}{after}", "-".repeat(before));
                        assert!(rules(&literals, &line).contains(&(rule, before as u32)), "{line}");
                    }
                }
            }
        }
        assert_eq!(rules(&literals, "Nothing of it stands here, or so it was said."), []);
    }

    #[test]
    fn lines_limit_where_literals_count() {
        let literals = [
            literal("read more", 1, 0, true),
            literal("ad", 2, 5, true),
            literal(" ago", 3, 12, false),
            literal("", 4, 0, false),
        ];
        assert_eq!(rules(&literals, "Read more\n* read more\nWe read more."), [(1, 0), (1, 12)]);
        assert_eq!(rules(&literals, "Ad\nAdvantages of it"), [(2, 0)]);
        assert_eq!(rules(&literals, "3 hours ago\r\nThat was three hours ago."), [(3, 7)]);
    }

    #[test]
    fn edges_and_case_are_asked_for() {
        let note = |edges: Edges| Literal { any_case: false, edges, ..literal("Note", 1, 0, false) };
        let count = |edges, text| rules(&[note(edges)], text).len();
        assert_eq!(count(Edges::default(), "Note, note, NOTE, Notes"), 2);
        assert_eq!(count(Edges::WORD_BEFORE.with(Edges::WORD_AFTER), "Note, Notes, aNote, éNote"), 2);
        assert_eq!(count(Edges::LINE_BEFORE, "Note\nNote Note"), 2);
        assert_eq!(count(Edges::LINE_AFTER, "Note\r\nNote Note"), 2);
    }
}
