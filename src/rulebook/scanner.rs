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
    /// Of rules that match whole lines: so many bytes at most, and the literals.
    whole_lines: Vec<(usize, Grams)>,
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
                whole_lines.push(wanted);
            }
        }
        scanner.starts = Starts::new(starts);
        scanner.anywhere = Grams::new(anywhere);
        // Most of such rules look for short lines only: these do not hold up the paragraphs.
        for power in 4..usize::BITS {
            let longest = 1 << power;
            let (fitting, rest) = whole_lines.into_iter().partition(|wanted| wanted.longest <= longest);
            whole_lines = rest;
            let fitting: Vec<Wanted> = fitting;
            if !fitting.is_empty() {
                scanner.whole_lines.push((longest, Grams::new(fitting)));
            }
        }
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
            for (_, grams) in self.whole_lines.iter().filter(|(longest, _)| (1..=*longest).contains(&line.len())) {
                grams.scan(line, start, line.len(), found);
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
            if seconds >> (second & 63) & 1 == 1 {
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
            // What stands before a literal holds no letters or digits.
            if byte.is_ascii_alphanumeric() {
                break;
            }
        }
    }
}

/// Literals that may stand anywhere.
#[derive(Debug, Default)]
struct Grams {
    /// Too short for a window, or beginning with a rare mark: looked for by their first byte.
    marked: Vec<Wanted>,
    firsts: Vec<u8>,
    /// Met by windows of three bytes, and of four.
    middle: Option<Box<Class<3>>>,
    long: Option<Box<Class<4>>>,
}

/// Bytes by which a literal is found at once: news hardly uses them.
const MARKS: [u8; 3] = *b"[<&";

impl Grams {
    fn new(wanted: Vec<Wanted>) -> Self {
        let (mut grams, mut middle, mut long) = (Self::default(), Vec::new(), Vec::new());
        for one in wanted {
            match one.text.len() {
                _ if one.text.first().is_some_and(|first| MARKS.contains(first)) => grams.marked.push(one),
                0..4 => grams.marked.push(one),
                4..7 => middle.push(one),
                _ => long.push(one),
            }
        }
        grams.firsts = grams.marked.iter().filter_map(|one| one.text.first().copied()).collect();
        grams.firsts.extend(grams.firsts.clone().iter().map(u8::to_ascii_uppercase));
        grams.firsts.sort_unstable();
        grams.firsts.dedup();
        grams.middle = (!middle.is_empty()).then(|| Box::new(Class::new(middle)));
        grams.long = (!long.is_empty()).then(|| Box::new(Class::new(long)));
        grams
    }

    /// Adds the rules whose literals stand in a text of so many bytes (a line, or more) that begins at `offset` of the prose.
    fn scan(&self, text: &[u8], offset: usize, length: usize, found: &mut Vec<(u32, u32)>) {
        let mut add = |one: &Wanted, at: usize| {
            if length == usize::MAX || length <= one.longest {
                found.push((one.rule, (offset + at) as u32));
            }
        };
        let mut marked = |at: usize| {
            self.marked.iter().filter(|one| one.stands(text, at)).for_each(|one| add(one, at));
        };
        match *self.firsts.as_slice() {
            [] => {}
            [a] => memchr::memchr_iter(a, text).for_each(&mut marked),
            [a, b] => memchr::memchr2_iter(a, b, text).for_each(&mut marked),
            [a, b, c] => memchr::memchr3_iter(a, b, c, text).for_each(&mut marked),
            ref more => {
                let places = text.iter().enumerate().filter(|(_, byte)| more.contains(byte));
                places.for_each(|(at, _)| marked(at));
            }
        }
        if let Some(class) = &self.middle {
            class.scan(text, &mut add);
        }
        if let Some(class) = &self.long {
            class.scan(text, &mut add);
        }
    }
}

/// Literals met by every `step`th window of so many bytes.
#[derive(Debug)]
struct Class<const WINDOW: usize> {
    step: usize,
    wanted: Vec<Wanted>,
    /// Windows of the literals: the bytes, how far they stand in it, and the literal; sorted.
    windows: Vec<(u32, u8, u32)>,
    /// A bit for each hash of a window.
    bits: [u64; BITS / 64],
}

const BITS: usize = 1 << 15;

impl<const WINDOW: usize> Class<WINDOW> {
    fn new(wanted: Vec<Wanted>) -> Self {
        let shortest = wanted.iter().map(|one| one.text.len()).min().unwrap_or(WINDOW);
        let step = (shortest + 1).saturating_sub(WINDOW).clamp(1, WINDOW);
        let mut class = Self { step, wanted, windows: Vec::new(), bits: [0; BITS / 64] };
        for (number, one) in class.wanted.iter().enumerate() {
            for (offset, bytes) in one.text.windows(WINDOW).take(step).enumerate() {
                let mut four = [0; 4];
                four.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
                let window = Self::folded(four);
                class.windows.push((window, offset as u8, number as u32));
                let (word, bit) = Self::place(window);
                class.bits[word] |= bit;
            }
        }
        class.windows.sort_unstable();
        class
    }

    /// The bytes of a window without the bit that tells small letters from capitals.
    fn folded(bytes: [u8; 4]) -> u32 {
        (u32::from_le_bytes(bytes) | 0x2020_2020) & (u32::MAX >> (32 - 8 * WINDOW))
    }

    fn place(window: u32) -> (usize, u64) {
        let hash = (window.wrapping_mul(0x9E37_79B1) >> 17) as usize % BITS;
        (hash / 64, 1 << (hash % 64))
    }

    fn scan(&self, text: &[u8], found: &mut impl FnMut(&Wanted, usize)) {
        let mut at = 0;
        if (WINDOW, self.step) == (4, 4) {
            for bytes in text.as_chunks::<4>().0 {
                self.probe(text, at, *bytes, found);
                at += 4;
            }
            return;
        }
        if (WINDOW, self.step) == (3, 2) {
            // Three windows lie in eight bytes.
            while let Some([a, b, c, d, e, f, g, h]) = text.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
                self.probe(text, at, [*a, *b, *c, *d], found);
                self.probe(text, at + 2, [*c, *d, *e, *f], found);
                self.probe(text, at + 4, [*e, *f, *g, *h], found);
                at += 6;
            }
        }
        // What is left, and windows at other steps; the last may be shorter than four bytes.
        while at + WINDOW <= text.len() {
            let mut four = [0; 4];
            four.iter_mut().zip(text.get(at..).unwrap_or(&[])).for_each(|(to, from)| *to = *from);
            self.probe(text, at, four, found);
            at += self.step;
        }
    }

    #[inline]
    fn probe(&self, text: &[u8], at: usize, bytes: [u8; 4], found: &mut impl FnMut(&Wanted, usize)) {
        let window = Self::folded(bytes);
        let (word, bit) = Self::place(window);
        if self.bits[word] & bit != 0 {
            self.meet(text, at, window, found);
        }
    }

    #[cold]
    fn meet(&self, text: &[u8], at: usize, window: u32, found: &mut impl FnMut(&Wanted, usize)) {
        let from = self.windows.partition_point(|(known, ..)| *known < window);
        for (_, offset, number) in self.windows.iter().skip(from).take_while(|(known, ..)| *known == window) {
            let start = at.checked_sub(usize::from(*offset));
            if let (Some(one), Some(start)) = (self.wanted.get(*number as usize), start)
                && one.stands(text, start)
            {
                found(one, start);
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
        assert_eq!(rules(&scanner, "Read more\n* read more\nWe read more."), [(1, 0), (1, 12)]);
        assert_eq!(rules(&scanner, "Ad\nAdvantages of it"), [(2, 0)]);
        assert_eq!(rules(&scanner, "3 hours ago\r\nThat was three hours ago."), [(3, 7)]);
        assert_eq!(scanner.everywhere(), [4]);
    }
}
