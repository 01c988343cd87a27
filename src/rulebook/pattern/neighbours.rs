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

/// Places of a program that are looked at.
const PLACES: usize = 8;

/// The two places beside the anchor that most words do not fit.
#[must_use]
pub fn neighbours(program: &Program) -> [Neighbour; 2] {
    let mut best = [Neighbour::NONE; 2];
    let before = usize::from(program.before.0);
    // Where the anchor may stand at several places, nothing is certain about those beside it.
    if program.before.0 != program.before.1 || before >= PLACES {
        return best;
    }
    let mut steps: Vec<u16> = vec![0];
    for place in 0..PLACES.min(before + 3) {
        let mut found = Reached { bits: 0, lost: false, next: Vec::new(), seen: vec![false; program.ops.len()] };
        for step in steps {
            found.follow(program, step);
        }
        if found.lost {
            break;
        }
        let offset = place as i8 - before as i8;
        if offset != 0 {
            let rarest = |one: &Neighbour| one.bits.count_ones();
            best.sort_by_key(rarest);
            if found.bits.count_ones() < rarest(&best[1]) {
                best[1] = Neighbour { offset, bits: found.bits };
            }
        }
        steps = found.next;
    }
    best.sort_by_key(|one| one.bits.count_ones());
    best
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
        for test in tests {
            self.bits |= match test {
                Test::Form(key) | Test::Exact(key) | Test::Lemma(key) | Test::Reading(key, ..) => bit(*key),
                Test::Class(_) | Test::Any => ALL,
            };
        }
        self.next.push(step + 1);
    }
}
