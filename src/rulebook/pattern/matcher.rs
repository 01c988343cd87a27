//! In: a program and a document. Out: where it matches. Backtracking with a bounded number of steps; a match stays in its sentence.

use super::program::{FLAG_END, FLAG_START, MentionTest, Op, Program, Test, ValueTest};
use crate::document::{Document, QuantityKind, Shape, Word};
use crate::finding::Span;
use crate::language::{Class, Forms, Signature};
use crate::lexicon::EntryKind;
use smallvec::SmallVec;
use std::ops::Range;

/// The most steps one try may take: patterns from strangers cannot stall an audit.
const STEP_LIMIT: u32 = 2_000;
const UNSET: u32 = u32::MAX;

/// The first `~` token of the flagged part: what suggestions are inflected like.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LemmaToken {
    /// The token.
    pub token: u32,
    /// Key of the lemma.
    pub lemma: u64,
    /// The reading the pattern asks for.
    pub class: Option<Class>,
    /// The forms the pattern asks for.
    pub forms: Option<Forms>,
}

/// A match.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Match {
    /// All of it.
    pub tokens: Range<u32>,
    /// The flagged part; empty for a gap.
    pub flagged: Range<u32>,
    /// Slots in the order of [`Program::slots`]; none where the slot's part was not taken.
    pub slots: SmallVec<[Option<Range<u32>>; 4]>,
    /// See [`LemmaToken`].
    pub lemma: Option<LemmaToken>,
}

struct State {
    step: u16,
    at: u32,
    saved: SmallVec<[u32; 8]>,
    lemma: Option<LemmaToken>,
}

impl Clone for State {
    fn clone(&self) -> Self {
        // Places are plain numbers: copied as a block.
        Self { saved: SmallVec::from_slice(&self.saved), ..*self }
    }
}

/// Runs a program with its first token at `start`; the match ends before `limit`, the end of the sentence.
#[must_use]
pub fn match_at(program: &Program, document: &Document, start: u32, sentence: &Range<u32>) -> Option<Match> {
    // The first steps decide most tries: no state is set up before they hold.
    let fits = start < sentence.end && document.word(start as usize).signature.meets(program.first);
    if !fits || !may_begin(program, document, 0, start, sentence) {
        return None;
    }
    let saved = SmallVec::from_elem(UNSET, 2 + 2 * program.slots.len());
    let mut steps = STEP_LIMIT;
    let begin = State { step: 0, at: start, saved, lemma: None };
    let end = run(program, document, begin, sentence, &mut steps)?;
    let slot = |index: usize| {
        let (from, to) = (*end.saved.get(index)?, *end.saved.get(index + 1)?);
        (from != UNSET && to != UNSET).then_some(from..to)
    };
    let tokens = start..end.at;
    let flagged = if program.flagged { slot(0)? } else { tokens.clone() };
    if tokens.is_empty() {
        return None;
    }
    let slots = (0..program.slots.len()).map(|index| slot(2 + 2 * index)).collect();
    let lemma = end.lemma.filter(|lemma| flagged.contains(&lemma.token));
    Some(Match { tokens, flagged, slots, lemma })
}

/// Whether the steps before the first that needs a state hold. Of alternatives that begin a match one must hold; of later ones it is
/// not asked, so that each step is looked at once.
fn may_begin(program: &Program, document: &Document, step: u16, start: u32, sentence: &Range<u32>) -> bool {
    let (mut at, mut step) = (start, usize::from(step));
    loop {
        match program.ops.get(step) {
            Some(Op::Save(_)) => {}
            Some(Op::One(test)) if at < sentence.end && passes(*test, document, at) => at += 1,
            Some(Op::OneOf(signature, tests)) if passed(*signature, tests, document, at, sentence).is_some() => at += 1,
            Some(Op::One(_) | Op::OneOf(..)) => return false,
            Some(Op::Mention(test)) => return mention_end(*test, document, at).is_some(),
            Some(Op::Number(..)) => return document.number_at(at as usize).is_some(),
            Some(Op::Start) if !at_start(document, sentence, at) => return false,
            Some(Op::Start) => {}
            Some(Op::Jump(target)) => {
                step = usize::from(*target);
                continue;
            }
            Some(Op::Split(first, second)) if at == start => {
                if may_begin(program, document, *first, at, sentence) {
                    return true;
                }
                step = usize::from(*second);
                continue;
            }
            _ => return true,
        }
        step += 1;
    }
}

/// The first of several tests that a token passes.
fn passed<'t>(
    signature: Signature,
    tests: &'t [Test],
    document: &Document,
    at: u32,
    sentence: &Range<u32>,
) -> Option<&'t Test> {
    if at >= sentence.end {
        return None;
    }
    let word = document.word(at as usize);
    if !word.signature.meets(signature) {
        return None;
    }
    tests.iter().find(|test| word_passes(**test, word, document, at))
}

fn run(program: &Program, document: &Document, begin: State, sentence: &Range<u32>, steps: &mut u32) -> Option<State> {
    let mut state = begin;
    let mut others: SmallVec<[State; 8]> = SmallVec::new();
    loop {
        *steps = steps.checked_sub(1)?;
        let op = program.ops.get(usize::from(state.step))?;
        let alive = match op {
            Op::Accept => return Some(state),
            Op::One(test) => {
                state.at < sentence.end && passes(*test, document, state.at) && advance(program, &mut state, *test)
            }
            Op::OneOf(signature, tests) => {
                let passed = passed(*signature, tests, document, state.at, sentence);
                passed.is_some_and(|test| advance(program, &mut state, *test))
            }
            Op::NounPhrase => {
                let ends = if state.at < sentence.end {
                    document.noun_phrase_ends(state.at as usize)
                } else {
                    SmallVec::new()
                };
                take_ends(&mut state, &mut others, ends.iter().copied(), sentence)
            }
            Op::Mention(test) => {
                let end = mention_end(*test, document, state.at);
                take_ends(&mut state, &mut others, end, sentence)
            }
            Op::Value(test) => {
                let end = value_end(*test, document, state.at);
                take_ends(&mut state, &mut others, end, sentence)
            }
            Op::Number(min, max) => {
                let end = document
                    .number_at(state.at as usize)
                    .filter(|number| (*min..=*max).contains(&number.value))
                    .map(|number| number.tokens.end);
                take_ends(&mut state, &mut others, end, sentence)
            }
            // A branch whose first token fails is not worth a copy of the state.
            Op::Split(first, second) if fails(program, *first, document, state.at, sentence) => {
                *steps = steps.checked_sub(1)?;
                state.step = *second;
                true
            }
            Op::Split(first, second) => {
                let mut other = state.clone();
                other.step = *second;
                others.push(other);
                state.step = *first;
                true
            }
            Op::Jump(target) => {
                state.step = *target;
                true
            }
            Op::Save(slot) => {
                if let Some(place) = state.saved.get_mut(usize::from(*slot)) {
                    *place = state.at;
                }
                state.step += 1;
                true
            }
            Op::Again(slot) => again(&mut state, document, *slot, sentence),
            Op::Start => {
                let at = state.at;
                step_if(&mut state, at_start(document, sentence, at))
            }
            Op::End => {
                let at = state.at;
                step_if(&mut state, at_end(document, sentence, at))
            }
            Op::NotAhead(target) => {
                let inner = State { step: state.step + 1, ..state.clone() };
                let blocked = run(program, document, inner, sentence, steps).is_some();
                state.step = *target;
                !blocked
            }
        };
        if !alive {
            state = others.pop()?;
        }
    }
}

/// Whether a step surely fails at a token; false where only running it can tell.
fn fails(program: &Program, step: u16, document: &Document, at: u32, sentence: &Range<u32>) -> bool {
    let inside = at < sentence.end;
    match program.ops.get(usize::from(step)) {
        Some(Op::One(test)) => !(inside && passes(*test, document, at)),
        Some(Op::OneOf(signature, tests)) => passed(*signature, tests, document, at, sentence).is_none(),
        Some(Op::Mention(test)) => mention_end(*test, document, at).is_none(),
        Some(Op::Value(test)) => value_end(*test, document, at).is_none(),
        Some(Op::Number(..)) => document.number_at(at as usize).is_none(),
        _ => false,
    }
}

fn step_if(state: &mut State, holds: bool) -> bool {
    state.step += 1;
    holds
}

fn advance(program: &Program, state: &mut State, test: Test) -> bool {
    let found = match test {
        Test::Lemma(lemma) => Some(LemmaToken { token: state.at, lemma, class: None, forms: None }),
        Test::Reading(lemma, class, forms) => Some(LemmaToken { token: state.at, lemma, class, forms }),
        _ => None,
    };
    if found.is_some() {
        let start = state.saved.get(usize::from(FLAG_START)).copied().unwrap_or(UNSET);
        let open = state.saved.get(usize::from(FLAG_END)).copied().unwrap_or(UNSET) == UNSET;
        // The first lemma of the flagged part; one before that part is only context.
        let first = state.lemma.is_none_or(|known| start != UNSET && open && known.token < start);
        if first || (program.follow_last && open) {
            state.lemma = found;
        }
    }
    state.at += 1;
    state.step += 1;
    true
}

/// Goes on behind the first end that lies in the sentence, keeping the others for later.
fn take_ends(
    state: &mut State,
    others: &mut SmallVec<[State; 8]>,
    ends: impl IntoIterator<Item = u32>,
    sentence: &Range<u32>,
) -> bool {
    let ends: SmallVec<[u32; 4]> = ends.into_iter().filter(|end| *end > state.at && *end <= sentence.end).collect();
    let Some((first, rest)) = ends.split_first() else { return false };
    for end in rest.iter().rev() {
        let mut other = state.clone();
        (other.at, other.step) = (*end, state.step + 1);
        others.push(other);
    }
    (state.at, state.step) = (*first, state.step + 1);
    true
}

fn passes(test: Test, document: &Document, token: u32) -> bool {
    word_passes(test, document.word(token as usize), document, token)
}

#[inline]
fn word_passes(test: Test, word: &Word, document: &Document, token: u32) -> bool {
    let at = token as usize;
    match test {
        Test::Form(form) => word.form == form,
        Test::Exact(exact) => word.exact == exact,
        Test::Lemma(lemma) => word.readings.iter().any(|reading| reading.lemma == lemma),
        Test::Reading(lemma, class, forms) => {
            word.signature.meets(Signature::key(lemma)) && document.has_reading(at, lemma, class, forms)
        }
        Test::Class(class) => word.signature.meets(Signature::class(class)) && document.is_class(at, class),
        Test::Any => true,
    }
}

fn mention_end(test: MentionTest, document: &Document, token: u32) -> Option<u32> {
    let at = token as usize;
    if test == MentionTest::First {
        return document.word(at).shape.has(Shape::FIRST_NAME.with(Shape::CAPITAL)).then_some(token + 1);
    }
    let mention = document.mention_at(at)?;
    let wanted = match test {
        MentionTest::Person => mention.kind == EntryKind::Person,
        MentionTest::Place => mention.kind == EntryKind::Place,
        MentionTest::Organisation => mention.kind == EntryKind::Organisation,
        MentionTest::Name | MentionTest::First => true,
    };
    wanted.then_some(mention.tokens.end)
}

fn value_end(test: ValueTest, document: &Document, token: u32) -> Option<u32> {
    let at = token as usize;
    let kind = match test {
        ValueTest::Date => return document.date_at(at).map(|date| date.tokens.end),
        // The marks belong to the quotation: its tokens are those between them.
        ValueTest::Quote => return document.quote_at(at).map(|quote| quote.tokens.end + u32::from(quote.closed)),
        ValueTest::Money => QuantityKind::Money,
        ValueTest::Percent => QuantityKind::Percent,
        ValueTest::Duration => QuantityKind::Duration,
    };
    document.quantity_at(at).filter(|quantity| quantity.kind == kind).map(|quantity| quantity.tokens.end)
}

fn again(state: &mut State, document: &Document, slot: u8, sentence: &Range<u32>) -> bool {
    let (from, to) = (state.saved.get(usize::from(slot)), state.saved.get(usize::from(slot) + 1));
    let (Some(&from), Some(&to)) = (from, to) else { return false };
    if from == UNSET || to == UNSET || state.at + (to - from) > sentence.end {
        return false;
    }
    let same = (0..to - from)
        .all(|offset| document.word((from + offset) as usize).form == document.word((state.at + offset) as usize).form);
    state.at += to - from;
    state.step += 1;
    same
}

/// Only opening marks may stand before the start of a sentence.
fn at_start(document: &Document, sentence: &Range<u32>, at: u32) -> bool {
    (sentence.start..at).all(|token| {
        let word = document.word(token as usize);
        word.shape.has(Shape::QUOTE_MARK)
            || matches!(document.text(token_span(document, token)), "(" | "[" | "—" | "–" | "-" | "•")
    })
}

/// Only closing punctuation may stand behind the end of a sentence.
fn at_end(document: &Document, sentence: &Range<u32>, at: u32) -> bool {
    (at..sentence.end).all(|token| document.word(token as usize).shape.has(Shape::PUNCT))
}

fn token_span(document: &Document, token: u32) -> Span {
    document.tokens.get(token as usize).map_or_else(Span::default, |token| token.span)
}

/// Tries a program at the places from `from` on where it may begin so that the anchor token is covered.
///
/// Matches that start earlier come first; one that overlaps an earlier one is left out. Returns the first place that has not
/// been tried: from there the next anchor of the same program goes on, so that no place is tried twice.
pub fn matches_around(program: &Program, document: &Document, anchor: u32, from: u32, out: &mut Vec<Match>) -> u32 {
    let Some(sentence) = sentence_of(document, anchor) else { return from };
    let Some(to) = anchor.checked_sub(u32::from(program.before.0)) else { return from };
    let mut start = anchor.saturating_sub(u32::from(program.before.1)).max(sentence.start).max(from);
    while start <= to {
        match match_at(program, document, start, &sentence) {
            Some(found) => {
                start = found.tokens.end;
                out.push(found);
            }
            None => start += 1,
        }
    }
    start.max(from)
}

/// Tries a program at every token of a run of tokens of one sentence or more; stops at the first match that `accept` takes.
pub fn any_match(program: &Program, document: &Document, tokens: Range<u32>, accept: impl Fn(&Match) -> bool) -> bool {
    let mut start = tokens.start;
    while start < tokens.end {
        let Some(sentence) = sentence_of(document, start) else { return false };
        for at in start..sentence.end.min(tokens.end) {
            if match_at(program, document, at, &sentence).is_some_and(|found| accept(&found)) {
                return true;
            }
        }
        start = sentence.end.max(start + 1);
    }
    false
}

/// The tokens of the sentence of a token.
#[must_use]
pub fn sentence_of(document: &Document, token: u32) -> Option<Range<u32>> {
    let token = document.tokens.get(token as usize)?;
    document.sentences.get(token.sentence as usize).map(|sentence| sentence.tokens.clone())
}
