//! In: a program. Out: what the tokens beside its anchor must be, as sets of a few bits, so that most tries end before they begin.

use super::program::{MentionTest, Op, Program, Test};
use crate::language::{Signature, WordClass};

/// What a token so many places from the anchor must be: it shares a bit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Neighbour {
    /// Places behind the anchor; negative before it.
    pub offset: i8,
    /// The bits.
    pub signature: Signature,
}

impl Neighbour {
    /// Asks nothing.
    pub const NONE: Self = Self { offset: 0, signature: Signature::ALL };
}

/// Anchors farther from the start of a program are not looked at from there.
const PLACES: usize = 8;

/// The ways through a program: of each step that takes tokens the steps that may take the next ones.
#[derive(Debug)]
pub struct Ways {
    followers: Vec<Vec<u16>>,
    /// Steps that may take the first token.
    first: Vec<u16>,
}

impl Ways {
    /// Of a program.
    #[must_use]
    pub fn new(program: &Program) -> Self {
        let from = |step: u16| {
            let mut found = Reached::new(program);
            found.follow(program, step);
            found.taken
        };
        let followers =
            (1..).zip(&program.ops).map(|(behind, op)| if takes_tokens(op) { from(behind) } else { Vec::new() });
        Self { followers: followers.collect(), first: from(0) }
    }

    /// What may stand right before a token that one of these steps takes, and the steps that take it; none where that is not told.
    fn before(&self, program: &Program, steps: &[u16]) -> Option<(Signature, Vec<u16>)> {
        let among = |followers: &[u16]| followers.iter().any(|step| steps.contains(step));
        if among(&self.first) {
            return None;
        }
        let (mut all, mut found) = (Signature::NONE, Vec::new());
        for ((step, op), followers) in (0..).zip(&program.ops).zip(&self.followers) {
            if among(followers) {
                all = all.with(one_token(op)?);
                found.push(step);
            }
        }
        (!found.is_empty()).then_some((all, found))
    }
}

/// The words that a step takes which takes one token; none where it may take more.
fn one_token(op: &Op) -> Option<Signature> {
    match op {
        Op::One(test) => Some(signature(*test)),
        Op::OneOf(signature, _) => Some(*signature),
        Op::Mention(MentionTest::First) => Some(Signature::CAPITAL),
        _ => None,
    }
}

fn takes_tokens(op: &Op) -> bool {
    matches!(
        op,
        Op::One(_) | Op::OneOf(..) | Op::NounPhrase | Op::Mention(_) | Op::Value(_) | Op::Number(..) | Op::Again(_)
    )
}

/// The two places beside an anchor that fewest words fit; `takes` says which tests the anchor word may have passed.
#[must_use]
pub fn neighbours(program: &Program, ways: &Ways, takes: impl Fn(&Test) -> bool) -> [Neighbour; 2] {
    let mut best = [Neighbour::NONE; 2];
    // Behind the anchor: wherever the program may take that word as its anchor.
    let mut behind = Vec::new();
    for (step, op) in (0..).zip(&program.ops) {
        let tests = match op {
            Op::One(test) => std::slice::from_ref(test),
            Op::OneOf(_, tests) => tests.as_slice(),
            _ => &[],
        };
        if tests.iter().any(&takes) {
            behind.push(step + 1);
        }
    }
    let mut taking: Vec<u16> = behind.iter().map(|step: &u16| step - 1).collect();
    if !behind.is_empty() {
        keep_rarest(program, behind, 1, 2, &mut best);
    }
    for offset in [-1, -2] {
        let Some((signature, steps)) = ways.before(program, &taking) else { break };
        keep(Neighbour { offset, signature }, &mut best);
        taking = steps;
    }
    // From the start of the program, where the anchor stands at one place of it only.
    let (fewest, most) = program.before;
    if fewest == most && usize::from(most) < PLACES {
        keep_rarest(program, vec![0], -most.cast_signed(), most, &mut best);
    }
    best.sort_by_key(|one| one.signature.share());
    best
}

/// What the first token of a match must be.
#[must_use]
pub fn first(program: &Program) -> Signature {
    let mut found = Reached::new(program);
    found.follow(program, 0);
    if found.lost { Signature::ALL } else { found.signature }
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
        keep(Neighbour { offset, signature: found.signature }, best);
        if found.lost_behind {
            return;
        }
        steps = found.next;
    }
}

/// Keeps a place in the stead of the one that most words fit.
fn keep(new: Neighbour, best: &mut [Neighbour; 2]) {
    best.sort_by_key(|one| one.signature.share());
    if best.iter().all(|one| one.offset != new.offset || one.signature == Signature::ALL)
        && new.signature.share() < best[1].signature.share()
    {
        best[1] = new;
    }
}

/// The bits of the words that pass a test.
#[must_use]
pub fn signature(test: Test) -> Signature {
    match test {
        Test::Form(key) | Test::Exact(key) | Test::Lemma(key) | Test::Reading(key, ..) => Signature::key(key),
        Test::Class(class) => Signature::class(class),
        Test::Any => Signature::ALL,
    }
}

/// The bits of the words that pass one of several tests.
#[must_use]
pub fn signature_of(tests: &[Test]) -> Signature {
    tests.iter().fold(Signature::NONE, |all, test| all.with(signature(*test)))
}

/// Words with which a noun phrase can begin.
fn noun_phrase() -> Signature {
    [WordClass::Det, WordClass::Pron, WordClass::Poss, WordClass::Noun, WordClass::Mod]
        .iter()
        .fold(Signature::CAPITAL, |all, class| all.with(Signature::class(*class)))
}

/// What may stand at one place, and where the program goes on behind it.
struct Reached {
    signature: Signature,
    /// It may end here, or nothing is certain: what stands here is not told.
    lost: bool,
    /// It may take several tokens from here on: what stands behind them is not told.
    lost_behind: bool,
    next: Vec<u16>,
    /// Steps that take a token here, or several.
    taken: Vec<u16>,
    seen: Vec<bool>,
}

impl Reached {
    fn new(program: &Program) -> Self {
        let seen = vec![false; program.ops.len()];
        Self { signature: Signature::NONE, lost: false, lost_behind: false, next: Vec::new(), taken: Vec::new(), seen }
    }

    fn follow(&mut self, program: &Program, step: u16) {
        match self.seen.get_mut(usize::from(step)) {
            Some(seen) if !*seen => *seen = true,
            Some(_) => return,
            None => return self.lost = true,
        }
        match program.ops.get(usize::from(step)) {
            Some(Op::One(test)) => self.take(signature(*test), step),
            Some(Op::OneOf(signature, _)) => self.take(*signature, step),
            Some(Op::Mention(MentionTest::First)) => self.take(Signature::CAPITAL, step),
            Some(Op::Mention(_)) => self.take_more(Signature::CAPITAL, step),
            Some(Op::Number(..)) => self.take_more(Signature::NUMERIC, step),
            Some(Op::NounPhrase) => self.take_more(noun_phrase(), step),
            Some(Op::Split(first, second)) => {
                self.follow(program, *first);
                self.follow(program, *second);
            }
            Some(Op::Jump(target) | Op::NotAhead(target)) => self.follow(program, *target),
            Some(Op::Save(_) | Op::Start | Op::End) => self.follow(program, step + 1),
            Some(Op::Value(_) | Op::Again(_)) => {
                self.taken.push(step);
                self.lost = true;
            }
            Some(Op::Accept) | None => self.lost = true,
        }
    }

    fn take(&mut self, signature: Signature, step: u16) {
        self.signature = self.signature.with(signature);
        self.next.push(step + 1);
        self.taken.push(step);
    }

    fn take_more(&mut self, signature: Signature, step: u16) {
        self.taken.push(step);
        self.signature = self.signature.with(signature);
        self.lost_behind = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn program(ops: Vec<Op>, before: (u8, u8)) -> Program {
        Program { ops, before, ..Program::default() }
    }

    const fn key(number: u64) -> u64 {
        number << 59
    }

    #[test]
    fn places_beside_the_anchor_are_told_by_all_ways_through_the_program() {
        let one = |number: u64| Op::One(Test::Form(key(number)));
        let bits = |number: u64| Signature::key(key(number));
        let anchor = |test: &Test| *test == Test::Form(key(5));
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
        let whole = program(ops, (1, 2));
        let beside = neighbours(&whole, &Ways::new(&whole), anchor);
        assert_eq!((beside[0].offset, beside[0].signature), (1, bits(6).with(bits(7))));
        assert_eq!((beside[1].offset, beside[1].signature), (-1, bits(2).with(bits(4))), "behind 7 it may end");
        assert_eq!(first(&whole), bits(2).with(bits(3)));
        let ops = vec![one(2), one(5), Op::Number(0.0, 9.0), one(6), Op::Accept];
        let whole = program(ops, (1, 1));
        let beside = neighbours(&whole, &Ways::new(&whole), anchor);
        assert_eq!((beside[0].offset, beside[0].signature), (-1, bits(2)));
        assert_eq!((beside[1].offset, beside[1].signature), (1, Signature::NUMERIC));
    }
}
