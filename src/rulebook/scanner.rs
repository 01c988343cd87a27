//! In: a text and the literals of all raw-text rules. Out: the rules whose literals stand in it, and where.
//!
//! A text is looked at every few bytes only: four of them in small letters are looked up among the beginnings of all literals.

use super::compile::literal::LEAD;
use super::compiled::Literal;

/// Finds the literals of raw-text rules.
#[derive(Debug, Default)]
pub struct Scanner {
    /// Of rules that begin with the line.
    starts: Starts,
    /// Of rules that match within a line of any length.
    anywhere: Grams,
    /// Of rules that match whole lines, none longer than `longest`.
    whole_lines: Grams,
    longest: usize,
    /// Rules that have no literal.
    everywhere: Vec<u32>,
}

impl Scanner {
    /// A scanner for these literals, each with the number of its rule.
    #[must_use]
    pub fn new(literals: Vec<Literal>) -> Self {
        let mut scanner = Self::default();
        let (mut starts, mut anywhere, mut whole_lines) = (Vec::new(), Vec::new(), Vec::new());
        for literal in literals {
            // A carriage return may end the line as well.
            let longest = if literal.longest == 0 { usize::MAX } else { literal.longest as usize + 1 };
            let wanted = Wanted { text: literal.text.into_bytes(), rule: literal.rule, longest };
            if wanted.text.is_empty() {
                scanner.everywhere.push(wanted.rule);
            } else if literal.at_start {
                starts.push(wanted);
            } else if longest == usize::MAX {
                anywhere.push(wanted);
            } else {
                scanner.longest = scanner.longest.max(longest);
                whole_lines.push(wanted);
            }
        }
        scanner.starts = Starts::new(starts);
        scanner.anywhere = Grams::new(anywhere);
        scanner.whole_lines = Grams::new(whole_lines);
        scanner
    }

    /// The rules whose literals stand in a text, each with the byte where one does, sorted; rules without a literal are left out.
    pub fn scan(&self, prose: &str, found: &mut Vec<(u32, u32)>) {
        found.clear();
        let bytes = prose.as_bytes();
        self.anywhere.scan(bytes, 0, usize::MAX, found);
        let mut start = 0;
        for end in memchr::memchr_iter(b'\n', bytes).chain([bytes.len()]) {
            let line = bytes.get(start..end).unwrap_or(&[]);
            self.starts.scan(line, start, found);
            // Paragraphs are longer than what such rules look for.
            if (1..=self.longest).contains(&line.len()) {
                self.whole_lines.scan(line, start, line.len(), found);
            }
            start = end + 1;
        }
        found.sort_unstable();
        found.dedup();
    }

    /// Rules to be tried on every line.
    #[must_use]
    pub fn everywhere(&self) -> &[u32] {
        &self.everywhere
    }
}

/// A literal in small letters (ASCII), its rule, and the longest line in which it counts.
#[derive(Debug)]
struct Wanted {
    text: Vec<u8>,
    rule: u32,
    longest: usize,
}

impl Wanted {
    /// Whether the literal stands at a place of a text.
    fn stands(&self, text: &[u8], at: usize) -> bool {
        text.get(at..at + self.text.len()).is_some_and(|there| there.eq_ignore_ascii_case(&self.text))
    }
}

/// Literals that begin a line, but for a few bytes of bullets and blanks.
#[derive(Debug, Default)]
struct Starts {
    /// By their first two bytes.
    list: Vec<(u16, Wanted)>,
    /// Of each first byte a bit for each second byte, folded to 64.
    seconds: Vec<u64>,
}

fn pair(first: u8, second: u8) -> u16 {
    u16::from_be_bytes([first.to_ascii_lowercase(), second.to_ascii_lowercase()])
}

impl Starts {
    fn new(wanted: Vec<Wanted>) -> Self {
        let mut starts = Self { list: Vec::new(), seconds: vec![0; 256] };
        for one in wanted {
            let (first, second) = (one.text.first().copied().unwrap_or(0), one.text.get(1).copied());
            // A literal of one byte is met with any byte behind it.
            for second in second.map_or(0..=255, |second| second..=second) {
                if let Some(seconds) = starts.seconds.get_mut(usize::from(first.to_ascii_lowercase())) {
                    *seconds |= 1 << (second.to_ascii_lowercase() & 63);
                }
            }
            starts.list.push((pair(first, second.unwrap_or(0)), one));
        }
        starts.list.sort_by_key(|(pair, _)| *pair);
        starts
    }

    fn scan(&self, line: &[u8], offset: usize, found: &mut Vec<(u32, u32)>) {
        if self.list.is_empty() {
            return;
        }
        for (at, &byte) in line.iter().take(LEAD + 1).enumerate() {
            let first = byte.to_ascii_lowercase();
            let second = line.get(at + 1).copied().unwrap_or(0).to_ascii_lowercase();
            let seconds = self.seconds.get(usize::from(first)).copied().unwrap_or(0);
            if seconds >> (second & 63) & 1 == 0 {
                continue;
            }
            for second in [second, 0] {
                let key = pair(first, second);
                let from = self.list.partition_point(|(known, _)| *known < key);
                for (_, one) in self.list.iter().skip(from).take_while(|(known, _)| *known == key) {
                    if line.len() <= one.longest && one.stands(line, at) {
                        found.push((one.rule, (offset + at) as u32));
                    }
                }
            }
        }
    }
}

/// Bytes of a window.
const WINDOW: usize = 4;

/// Literals that may stand anywhere.
#[derive(Debug, Default)]
struct Grams {
    /// Shorter than a window: looked for by their first byte.
    short: Vec<Wanted>,
    firsts: Vec<u8>,
    /// By their length: those of seven bytes are met by every fourth window.
    classes: Vec<Class>,
}

/// Literals met by every `step`th window of a text.
#[derive(Debug)]
struct Class {
    step: usize,
    wanted: Vec<Wanted>,
    /// Windows of the literals: four bytes, how far they stand in it, and the literal; sorted.
    windows: Vec<(u32, u8, u32)>,
    /// A bit for each hash of a window.
    bits: Vec<u64>,
}

/// Bits of a hash of a window.
const HASH: u32 = 15;

/// Four bytes without the bit that tells small letters from capitals.
fn folded(window: [u8; WINDOW]) -> u32 {
    u32::from_le_bytes(window) | 0x2020_2020
}

fn place(window: u32) -> (usize, u64) {
    let hash = window.wrapping_mul(0x9E37_79B1) >> (32 - HASH);
    ((hash >> 6) as usize, 1 << (hash & 63))
}

impl Grams {
    fn new(wanted: Vec<Wanted>) -> Self {
        let (mut grams, mut middle, mut long) = (Self::default(), Vec::new(), Vec::new());
        for one in wanted {
            match one.text.len() {
                0..WINDOW => grams.short.push(one),
                WINDOW..7 => middle.push(one),
                _ => long.push(one),
            }
        }
        grams.firsts = grams.short.iter().filter_map(|one| one.text.first().copied()).collect();
        grams.firsts.extend(grams.firsts.clone().iter().map(u8::to_ascii_uppercase));
        grams.firsts.sort_unstable();
        grams.firsts.dedup();
        grams.classes = [middle, long].into_iter().filter(|wanted| !wanted.is_empty()).map(Class::new).collect();
        grams
    }

    /// Adds the rules whose literals stand in a text that begins at `offset` of the prose.
    fn scan(&self, text: &[u8], offset: usize, length: usize, found: &mut Vec<(u32, u32)>) {
        let mut short = |at: usize| {
            for one in self.short.iter().filter(|one| fits(one, length) && one.stands(text, at)) {
                found.push((one.rule, (offset + at) as u32));
            }
        };
        match *self.firsts.as_slice() {
            [] => {}
            [a] => memchr::memchr_iter(a, text).for_each(&mut short),
            [a, b] => memchr::memchr2_iter(a, b, text).for_each(&mut short),
            [a, b, c] => memchr::memchr3_iter(a, b, c, text).for_each(&mut short),
            ref more => {
                let mut starts = [false; 256];
                for first in more {
                    if let Some(start) = starts.get_mut(usize::from(*first)) {
                        *start = true;
                    }
                }
                let starting = |byte: u8| starts.get(usize::from(byte)).copied().unwrap_or(false);
                text.iter().enumerate().filter(|(_, byte)| starting(**byte)).for_each(|(at, _)| short(at));
            }
        }
        for class in &self.classes {
            class.scan(text, |one, at| {
                if fits(one, length) {
                    found.push((one.rule, (offset + at) as u32));
                }
            });
        }
    }
}

fn fits(one: &Wanted, length: usize) -> bool {
    length == usize::MAX || length <= one.longest
}

impl Class {
    fn new(wanted: Vec<Wanted>) -> Self {
        let shortest = wanted.iter().map(|one| one.text.len()).min().unwrap_or(WINDOW);
        let step = (shortest + 1).saturating_sub(WINDOW).clamp(1, WINDOW);
        let mut class = Self { step, wanted, windows: Vec::new(), bits: vec![0; 1 << (HASH - 6)] };
        for (number, one) in class.wanted.iter().enumerate() {
            for (offset, window) in one.text.windows(WINDOW).take(step).enumerate() {
                let window = folded(window.try_into().unwrap_or_default());
                class.windows.push((window, offset as u8, number as u32));
                let (word, bit) = place(window);
                if let Some(bits) = class.bits.get_mut(word) {
                    *bits |= bit;
                }
            }
        }
        class.windows.sort_unstable();
        class
    }

    fn scan(&self, text: &[u8], mut found: impl FnMut(&Wanted, usize)) {
        let mut meet = |at: usize, bytes: [u8; WINDOW]| {
            let window = folded(bytes);
            let (word, bit) = place(window);
            if self.bits.get(word).is_none_or(|bits| bits & bit == 0) {
                return;
            }
            let from = self.windows.partition_point(|(known, ..)| *known < window);
            for (_, offset, number) in self.windows.iter().skip(from).take_while(|(known, ..)| *known == window) {
                let (Some(one), Some(start)) =
                    (self.wanted.get(*number as usize), at.checked_sub(usize::from(*offset)))
                else {
                    continue;
                };
                if one.stands(text, start) {
                    found(one, start);
                }
            }
        };
        if self.step == WINDOW {
            for (number, bytes) in text.as_chunks::<WINDOW>().0.iter().enumerate() {
                meet(number * WINDOW, *bytes);
            }
        } else {
            for (at, bytes) in text.windows(WINDOW).enumerate().step_by(self.step) {
                meet(at, bytes.try_into().unwrap_or_default());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn literal(text: &str, rule: u32, longest: u32, at_start: bool) -> Literal {
        Literal { text: text.to_owned(), rule, longest, at_start }
    }

    fn rules(scanner: &Scanner, text: &str) -> Vec<(u32, u32)> {
        let mut found = Vec::new();
        scanner.scan(text, &mut found);
        found
    }

    #[test]
    fn literals_are_met_at_every_place_in_any_case() {
        let texts = ["[", "<p", "see", "read", "video", "source", "comment", "read also", "don’t miss"];
        let scanner = Scanner::new((0..).zip(texts).map(|(rule, text)| literal(text, rule, 0, false)).collect());
        for (rule, text) in (0..).zip(texts) {
            for before in 0..9 {
                for shown in [text.to_owned(), text.to_ascii_uppercase()] {
                    let line = format!("{}{shown}x", "-".repeat(before));
                    assert!(rules(&scanner, &line).contains(&(rule, before as u32)), "{line}");
                }
            }
        }
        assert_eq!(rules(&scanner, "Nothing of it stands here, or so it was said."), []);
    }

    #[test]
    fn lines_limit_where_literals_count() {
        let scanner = Scanner::new(vec![
            literal("read more", 1, 0, true),
            literal("ad", 2, 5, true),
            literal(" ago", 3, 12, false),
            literal("", 4, 0, false),
        ]);
        assert_eq!(rules(&scanner, "Read more\n* read more\nWho is it that can read more?"), [(1, 0), (1, 12)]);
        assert_eq!(rules(&scanner, "Ad\nAdvantages of it"), [(2, 0)]);
        assert_eq!(rules(&scanner, "3 hours ago\r\nThat was three hours ago."), [(3, 7)]);
        assert_eq!(scanner.everywhere(), [4]);
    }
}
