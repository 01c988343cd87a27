//! In: a program. Out: what the tokens beside its anchor must be, as sets of a few bits, so that most tries end before they begin.

use super::program::{Op, Program, Test};
use crate::document::{Shape, Word};

/// Words, as a set of bits: of each key (spelling, form, lemma) one, and one each for two shapes. Different words may share bits.
pub type Bits = u64;

const CAPITAL: Bits = 1 << 63;
const NUMERIC: Bits = 1 << 62;
const ALL: Bits = !0;

fn bit(key: u64) -> Bits {
    1 << (key % 62)
}

/// The bits of a word.
#[must_use]
pub fn bits_of(word: &Word) -> Bits {
    let keys = bit(word.exact) | bit(word.form);
    let capital = if word.shape.has(Shape::CAPITAL) { CAPITAL } else { 0 };
    let numeric = if word.shape.has(Shape::NUMERIC) { NUMERIC } else { 0 };
    word.readings.iter().fold(keys | capital | numeric, |all, reading| all | bit(reading.lemma))
}

/// What a token so many places from the anchor must be: it shares a bit.
#[derive(Clone, Copy, Debug)]
pub struct Neighbour {
    /// Places behind the anchor; negative before it.
    pub offset: i8,
    /// The bits.
    pub bits: Bits,
}

impl Neighbour {
    /// Asks nothing.
    pub const NONE: Self = Self { offset: 0, bits: ALL };
}

/// Anchors farther from the start of a program are not looked at from there.
const PLACES: usize = 8;

/// The two places beside an anchor that most words do not fit; `anchor` are the bits of the word that is the anchor.
#[must_use]
pub fn neighbours(program: &Program, anchor: Bits) -> [Neighbour; 2] {
    let mut best = [Neighbour::NONE; 2];
    // Behind the anchor: wherever the program may take that word as its anchor.
    let mut behind = Reached::new(program);
    for (step, op) in (0..).zip(&program.ops) {
        let tests = match op {
            Op::One(test) => std::slice::from_ref(test),
            Op::OneOf(tests) => tests.as_slice(),
            _ => &[],
        };
        if tests.iter().any(|test| bits(*test) != ALL && bits(*test) & anchor != 0) {
            behind.next.push(step + 1);
        }
    }
    if !behind.next.is_empty() {
        keep_rarest(program, behind.next, 1, 2, &mut best);
    }
    // From the start of the program, where the anchor stands at one place of it only.
    let (fewest, most) = program.before;
    if fewest == most && usize::from(most) < PLACES {
        keep_rarest(program, vec![0], -most.cast_signed(), most, &mut best);
    }
    best.sort_by_key(|one| one.bits.count_ones());
    best
}

/// Follows a program over so many places from these steps on, the first of which is `offset` places from the anchor.
fn keep_rarest(program: &Program, mut steps: Vec<u16>, offset: i8, places: u8, best: &mut [Neighbour; 2]) {
    for offset in (offset..).take(usize::from(places)) {
        let mut found = Reached::new(program);
        for step in steps {
            found.follow(program, step);
        }
        if found.lost {
            return;
        }
        best.sort_by_key(|one| one.bits.count_ones());
        if found.bits.count_ones() < best[1].bits.count_ones() {
            best[1] = Neighbour { offset, bits: found.bits };
        }
        steps = found.next;
    }
}

/// The bits of the words that pass a test.
fn bits(test: Test) -> Bits {
    match test {
        Test::Form(key) | Test::Exact(key) | Test::Lemma(key) | Test::Reading(key, ..) => bit(key),
        Test::Class(_) | Test::Any => ALL,
    }
}

/// What may stand at one place, and where the program goes on behind it.
struct Reached {
    bits: Bits,
    /// It may end here, or take tokens of any number: nothing is certain from here on.
    lost: bool,
    next: Vec<u16>,
    seen: Vec<bool>,
}

impl Reached {
    fn new(program: &Program) -> Self {
        Self { bits: 0, lost: false, next: Vec::new(), seen: vec![false; program.ops.len()] }
    }

    fn follow(&mut self, program: &Program, step: u16) {
        match self.seen.get_mut(usize::from(step)) {
            Some(seen) if !*seen => *seen = true,
            Some(_) => return,
            None => return self.lost = true,
        }
        match program.ops.get(usize::from(step)) {
            Some(Op::One(test)) => self.take(&[*test], step),
            Some(Op::OneOf(tests)) => self.take(tests, step),
            Some(Op::Split(first, second)) => {
                self.follow(program, *first);
                self.follow(program, *second);
            }
            Some(Op::Jump(target) | Op::NotAhead(target)) => self.follow(program, *target),
            Some(Op::Save(_) | Op::Start | Op::End) => self.follow(program, step + 1),
            // The end, or tokens of any number.
            _ => self.lost = true,
        }
    }

    fn take(&mut self, tests: &[Test], step: u16) {
        self.bits = tests.iter().fold(self.bits, |all, test| all | bits(*test));
        self.next.push(step + 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn program(ops: Vec<Op>, before: (u8, u8)) -> Program {
        Program { ops, before, ..Program::default() }
    }

    #[test]
    fn places_beside_the_anchor_are_told_by_all_ways_through_the_program() {
        let one = |key: u64| Op::One(Test::Form(key));
        // 1 (2 | 3 4) ANCHOR=5 6? 7
        let ops = vec![
            Op::Split(1, 3),
            one(2),
            Op::Jump(5),
            one(3),
            one(4),
            one(5),
            Op::Split(7, 8),
            one(6),
            one(7),
            Op::Accept,
        ];
        let beside = neighbours(&program(ops, (1, 2)), bit(5));
        assert_eq!((beside[0].offset, beside[0].bits), (1, bit(6) | bit(7)));
        assert_eq!(beside[1].bits, ALL, "behind 7 it may end");
        let ops = vec![one(2), one(5), Op::NounPhrase, Op::Accept];
        let beside = neighbours(&program(ops, (1, 1)), bit(5));
        assert_eq!((beside[0].offset, beside[0].bits), (-1, bit(2)));
        assert_eq!(beside[1].bits, ALL);
    }
}
