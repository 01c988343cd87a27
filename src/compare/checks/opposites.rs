//! A word's opposite in its place, and modal verbs that make a statement surer or less sure.

use super::super::slots::Slot;
use super::super::{Compared, is_content};
use crate::detect::Hit;
use crate::document::{Document, Shape, Word};
use crate::finding::Place;
use crate::language::thesaurus::{Kin, Senses, senses};
use crate::language::{self, Closed};
use crate::rulebook::settings::Settings;
use std::collections::HashMap;

/// Opposites of lemmas, by the keys of the lemmas.
struct Pairs<'s> {
    of: HashMap<u64, Vec<&'s str>>,
}

impl<'s> Pairs<'s> {
    fn new(settings: &'s Settings) -> Self {
        let mut of: HashMap<u64, Vec<&str>> = HashMap::new();
        for row in settings.groups("pairs") {
            if let [a, b, ..] = row.as_slice() {
                of.entry(language::hash(a)).or_default().push(b);
                of.entry(language::hash(b)).or_default().push(a);
            }
        }
        Self { of }
    }

    /// The opposites that the table gives a word.
    fn of(&self, word: &Word) -> impl Iterator<Item = &'s str> {
        let own = self.of.get(&word.form).into_iter().flatten();
        let lemmas = word.readings.iter().filter(|reading| reading.lemma != word.form);
        own.chain(lemmas.filter_map(|reading| self.of.get(&reading.lemma)).flatten()).copied()
    }
}

pub fn find(compared: &Compared<'_>, settings: &Settings, out: &mut Vec<Hit>) {
    let pairs = Pairs::new(settings);
    let mut senses_of: HashMap<&str, Option<Senses>> = HashMap::new();
    for group in &compared.groups {
        let candidate = |word: &Word| is_content(word) && !word.shape.has(Shape::CAPITAL) || function(word);
        let lone_there: Vec<u32> = group
            .original
            .clone()
            .filter(|at| compared.partner_there(*at).is_none() && candidate(compared.there(*at)))
            .collect();
        if lone_there.is_empty() {
            continue;
        }
        for at in group.text.clone().filter(|at| compared.partner(*at).is_none() && candidate(compared.word(*at))) {
            let word = compared.word(at);
            let led = led_to(compared, at);
            let near =
                lone_there.iter().copied().filter(|other| led.is_none_or(|led| (i64::from(*other) - led).abs() <= 6));
            let mut best: Option<(u32, u32)> = None;
            for other in near {
                let there = compared.there(other);
                if function(word) != function(there) || function(word) && !between(compared, at, other) {
                    continue;
                }
                let direct =
                    pairs.of(word).any(|opposite| language::hash(opposite) == there.form || lemma_is(there, opposite))
                        || !function(word) && compared.profiles.opposed(word, there);
                let grade = if direct {
                    2
                } else if !function(word)
                    && same_slot(compared, at, other)
                    && word.commonness < 400
                    && akin(&pairs, word, there, compared, &mut senses_of)
                {
                    1
                } else {
                    continue;
                };
                if best.is_none_or(|(known, _)| grade > known) {
                    best = Some((grade, other));
                }
            }
            let Some((grade, other)) = best else { continue };
            if negated(compared, at, other) {
                continue;
            }
            let place = Place::Span(compared.text.span(at..at + 1));
            let mut hit = compared.hit(place, other..other + 1).propose(compared.shown_there(other));
            if grade == 1 {
                hit.certainty = 0.85;
            }
            out.push(hit);
        }
    }
}

/// Whether both stand in the same stretch between tied words.
fn same_slot(compared: &Compared<'_>, at: u32, other: u32) -> bool {
    let from = compared.slots.partition_point(|slot| slot.text.end <= at);
    compared.slots.get(from).is_some_and(|slot| slot.text.contains(&at) && slot.original.contains(&other))
}

/// Whether the words on both sides of the two are tied to each other.
fn between(compared: &Compared<'_>, at: u32, other: u32) -> bool {
    other > 0 && at > 0 && compared.partner(at - 1) == Some(other - 1) && compared.partner(at + 1) == Some(other + 1)
}

fn lemma_is(word: &Word, lemma: &str) -> bool {
    let key = language::hash(lemma);
    word.readings.iter().any(|reading| reading.lemma == key)
}

/// before and after, up and down: words that only their place can pair.
fn function(word: &Word) -> bool {
    word.closed.intersects(Closed::PREP.union(Closed::SUBORDINATOR).union(Closed::DET)) && !is_content(word)
}

/// Whether the original has a word that means the same as an opposite of the text's word.
fn akin<'s>(
    pairs: &Pairs<'s>,
    word: &Word,
    there: &Word,
    compared: &Compared<'_>,
    known: &mut HashMap<&'s str, Option<Senses>>,
) -> bool {
    let Some(profile) = compared.profiles.of(there) else { return false };
    pairs.of(word).any(|opposite| {
        let opposite = known.entry(opposite).or_insert_with(|| senses(opposite));
        opposite.as_ref().is_some_and(|senses| profile.kin(senses) == Kin::Same)
    })
}

/// Whether a negation on one side makes up for it.
fn negated(compared: &Compared<'_>, at: u32, other: u32) -> bool {
    let count = |document: &Document, at: u32| {
        (at.saturating_sub(4)..at)
            .filter(|near| document.word(*near as usize).closed.intersects(Closed::NEGATION))
            .count()
    };
    count(compared.text, at) != count(compared.original, other)
}

/// Where in the original a token should have its partner, told by the nearest tied word.
fn led_to(compared: &Compared<'_>, at: u32) -> Option<i64> {
    (1..8_u32).find_map(|step| {
        let back = at.checked_sub(step).and_then(|near| Some(i64::from(compared.partner(near)?) + i64::from(step)));
        back.or_else(|| Some(i64::from(compared.partner(at + step)?) - i64::from(step)))
    })
}

pub fn modality(compared: &Compared<'_>, settings: &Settings, out: &mut Vec<Hit>) {
    let classes = settings.groups("classes");
    let class = |text: &str| {
        let lower = text.to_lowercase();
        classes.iter().position(|class| class.contains(&lower))
    };
    for slot in compared.slots.iter().filter(|slot| short(slot)) {
        let here = slot.text.clone().filter_map(|at| Some((at, class(compared.shown(at))?))).collect::<Vec<_>>();
        let there =
            slot.original.clone().filter_map(|at| Some((at, class(compared.shown_there(at))?))).collect::<Vec<_>>();
        if let ([(at, a)], [(other, b)]) = (here.as_slice(), there.as_slice())
            && a != b
        {
            let place = Place::Span(compared.text.span(*at..*at + 1));
            out.push(compared.hit(place, *other..*other + 1).propose(compared.shown_there(*other)));
        }
    }
}

fn short(slot: &Slot) -> bool {
    (1..=3).contains(&slot.text.len()) && (1..=3).contains(&slot.original.len()) && !slot.edge
}
