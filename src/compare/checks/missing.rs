//! Words, phrases and sentences that were lost or added.

use super::super::slots::Slot;
use super::super::{Compared, How, is_content};
use crate::detect::Hit;
use crate::document::{Document, Shape};
use crate::finding::{Place, Span};
use crate::language::{self, Class, Forms};
use crate::rulebook::settings::Settings;
use std::collections::HashSet;
use std::ops::Range;

/// Words that come and go with the wording.
fn light(settings: &Settings) -> HashSet<u64> {
    settings.texts("light").iter().map(|word| language::hash(word)).collect()
}

fn heavy(document: &Document, at: u32, light: &HashSet<u64>) -> bool {
    let word = document.word(at as usize);
    is_content(word)
        && !light.contains(&word.form)
        && !word.readings.iter().any(|reading| light.contains(&reading.lemma))
        && !word.shape.any(Shape::MONTH.with(Shape::WEEKDAY))
}

struct Limits {
    words: usize,
    most: usize,
    light: HashSet<u64>,
}

impl Limits {
    fn of(settings: &Settings) -> Self {
        Self {
            words: settings.number("words", 1.0) as usize,
            most: settings.number("most", 99.0) as usize,
            light: light(settings),
        }
    }

    fn fits(&self, count: usize) -> bool {
        (self.words..=self.most).contains(&count)
    }
}

pub fn omission(compared: &Compared<'_>, settings: &Settings, out: &mut Vec<Hit>) {
    if settings.text("fault") == Some("sentence") {
        return lost_sentences(compared, out);
    }
    let limits = Limits::of(settings);
    for slot in compared.slots.iter().filter(|slot| !slot.original.is_empty()) {
        let lost: Vec<u32> = slot.original.clone().filter(|at| heavy(compared.original, *at, &limits.light)).collect();
        let kept = slot
            .text
            .clone()
            .any(|at| heavy(compared.text, at, &HashSet::new()) || compared.word(at).shape.has(Shape::DIGIT));
        let (strict, tight) = (limits.words == 1, slot.text.is_empty() && !slot.edge);
        if lost.is_empty()
            || kept
            || !tight
            || strict && slot.original.len() > 1
            || !limits.fits(lost.len())
            || said_elsewhere(compared, slot, &lost)
        {
            continue;
        }
        if strict && settings.text("fault") == Some("class") && replaced(compared, slot, &lost) {
            continue;
        }
        let run = trimmed(compared.original, slot.original.clone());
        let at = slot.text.start.checked_sub(1).and_then(|at| compared.text.tokens.get(at as usize));
        let place = at.map_or(0, |token| token.span.end);
        let words = compared.run_there(run.clone()).to_owned();
        out.push(compared.hit(Place::Gap(place), run).propose(format!(" {words}")));
    }
}

/// Whether the text has a word of the same class that stands for none of the original's: it may say what was lost here.
fn replaced(compared: &Compared<'_>, slot: &Slot, lost: &[u32]) -> bool {
    let Some(group) = compared.groups.get(slot.group) else { return true };
    let firm = |at: u32| {
        compared
            .ties
            .get(at as usize)
            .copied()
            .flatten()
            .is_some_and(|tie| matches!(tie.how, How::Exact | How::Lemma | How::Value))
    };
    // Both neighbours are the very words of the original.
    if slot.text.start == 0 || !firm(slot.text.start - 1) || !firm(slot.text.start) {
        return true;
    }
    let classes = |word: &crate::document::Word| word.readings.iter().map(|reading| reading.class).collect::<Vec<_>>();
    let wanted: Vec<Class> = lost.iter().flat_map(|at| classes(compared.there(*at))).collect();
    group.text.clone().any(|at| {
        compared.partner(at).is_none()
            && is_content(compared.word(at))
            && classes(compared.word(at)).iter().any(|class| wanted.contains(class))
    })
}

/// Whether the words stand elsewhere in the text's part of the pair: moved, not lost.
fn said_elsewhere(compared: &Compared<'_>, slot: &Slot, lost: &[u32]) -> bool {
    let Some(group) = compared.groups.get(slot.group) else { return false };
    let mut words = lost.iter().map(|at| compared.there(*at));
    words.all(|word| {
        group.text.clone().any(|at| {
            compared.profiles.kin(compared.word(at), word) == language::thesaurus::Kin::Same
                || compared.word(at).form == word.form
        })
    })
}

/// Without marks at its ends.
fn trimmed(document: &Document, mut run: Range<u32>) -> Range<u32> {
    let mark = |at: u32| document.word(at as usize).shape.has(Shape::PUNCT);
    while run.start < run.end && mark(run.start) {
        run.start += 1;
    }
    while run.start < run.end && mark(run.end - 1) {
        run.end -= 1;
    }
    run
}

pub fn addition(compared: &Compared<'_>, settings: &Settings, out: &mut Vec<Hit>) {
    if settings.text("fault") == Some("sentence") {
        return added_sentences(compared, out);
    }
    let limits = Limits::of(settings);
    for slot in compared.slots.iter().filter(|slot| !slot.text.is_empty()) {
        let added: Vec<u32> = slot.text.clone().filter(|at| heavy(compared.text, *at, &limits.light)).collect();
        let source = slot
            .original
            .clone()
            .any(|at| heavy(compared.original, at, &HashSet::new()) || compared.there(at).shape.has(Shape::DIGIT));
        let alone =
            limits.words == 1 && !(slot.text.len() == 1 && slot.original.is_empty() && modifies(compared, slot));
        let worded = slot.original.clone().any(|at| compared.there(at).shape.has(Shape::WORD));
        if added.is_empty() || source || worded || alone || slot.edge || !limits.fits(added.len()) {
            continue;
        }
        let Some(group) = compared.groups.get(slot.group) else { continue };
        let known = added.iter().all(|at| {
            group.original.clone().any(|other| {
                compared.profiles.kin(compared.word(*at), compared.there(other)) == language::thesaurus::Kin::Same
                    || compared.there(other).form == compared.word(*at).form
            })
        });
        if known {
            continue;
        }
        let run = trimmed(compared.text, slot.text.clone());
        let mut span = compared.text.span(run);
        let prose = compared.text.prose();
        if prose.get(..span.start as usize).is_some_and(|head| head.ends_with(' ')) {
            span.start -= 1;
        }
        let beside = slot.original.start.saturating_sub(1)..(slot.original.end + 1).min(group.original.end);
        let mut hit = compared.hit(Place::Span(span), beside).propose("");
        hit.related.iter_mut().for_each(|related| "not in the original".clone_into(&mut related.message));
        out.push(hit);
    }
}

/// A lone adjective or adverb between words that stand side by side in the original.
fn modifies(compared: &Compared<'_>, slot: &Slot) -> bool {
    let at = slot.text.start;
    let exact = |at: u32| {
        compared.ties.get(at as usize).copied().flatten().is_some_and(|tie| matches!(tie.how, How::Exact | How::Lemma))
    };
    let word = compared.word(at);
    let only = |classes: &[Class]| word.readings.iter().all(|reading| classes.contains(&reading.class));
    let adjective = word.readings.iter().any(|reading| reading.class == Class::Adjective)
        && !word.readings.iter().any(|reading| reading.forms.intersects(Forms::SUPERLATIVE.union(Forms::ING)));
    let before_noun = compared.word(at + 1).readings.iter().any(|reading| reading.class == Class::Noun);
    let modifier = !word.readings.is_empty()
        && !word.shape.has(Shape::CAPITAL)
        && (adjective && before_noun || only(&[Class::Adjective]));
    // What the original says in another place was moved, not added.
    let told = compared.groups.get(slot.group).is_some_and(|group| {
        group.original.clone().any(|other| {
            compared.partner_there(other).is_none()
                && compared
                    .there(other)
                    .readings
                    .iter()
                    .any(|reading| matches!(reading.class, Class::Adjective | Class::Adverb))
                && is_content(compared.there(other))
        })
    });
    modifier && !told && at > 0 && exact(at - 1) && exact(at + 1)
}

/// Words enough to be a statement.
fn is_statement(document: &Document, sentence: u32) -> bool {
    document.sentences.get(sentence as usize).is_some_and(|sentence| {
        sentence.tokens.clone().filter(|at| is_content(document.word(*at as usize))).count() >= 3
    })
}

fn lost_sentences(compared: &Compared<'_>, out: &mut Vec<Hit>) {
    for sentence in compared.lost.iter().copied().filter(|sentence| is_statement(compared.original, *sentence)) {
        let Some(lost) = compared.original.sentences.get(sentence as usize) else { continue };
        // Behind the partner of the last word before it that has one.
        let before = (0..lost.tokens.start).rev().take(400).find_map(|at| compared.partner_there(at));
        let end = before
            .and_then(|at| compared.text.tokens.get(at as usize))
            .and_then(|token| compared.text.sentences.get(token.sentence as usize))
            .map_or(0, |sentence| sentence.span.end);
        out.push(
            compared
                .hit(Place::Gap(end), lost.tokens.clone())
                .propose(format!(" {}", compared.original.text(lost.span))),
        );
    }
}

fn added_sentences(compared: &Compared<'_>, out: &mut Vec<Hit>) {
    for sentence in compared.added.iter().copied().filter(|sentence| is_statement(compared.text, *sentence)) {
        let span = compared.text.sentences.get(sentence as usize).map_or(Span::default(), |sentence| sentence.span);
        out.push(Hit::at(Place::Span(span)).value("side", "original").value("other", "").propose(""));
    }
}
