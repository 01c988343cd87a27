//! Acronyms in brackets: one that the words before it do not give, one that is explained in two ways.

use super::super::lattice::bracketed;
use super::super::{Context, Hit};
use crate::document::{Document, Shape};
use crate::finding::{Place, Related, Span};
use crate::language::{Closed, hash};
use crate::lexicon::FormKind;
use crate::rulebook::settings::Settings;
use std::collections::BTreeMap;

/// So many small words may stand among those that give a letter.
const MORE_WORDS: usize = 4;

/// “(ABC)” and the words that it may stand for.
struct Explained {
    letters: String,
    /// As many words that count as the acronym has letters, nearest last.
    words: Vec<usize>,
}

pub(super) fn find(context: &Context<'_>, settings: &Settings, out: &mut Vec<Hit>) {
    let document = context.document;
    let all = document.punctuation.iter().filter_map(|open| explained(document, *open as usize));
    if settings.flag("two-ways", false) {
        two_ways(document, &all.collect::<Vec<_>>(), out);
        return;
    }
    for one in all {
        // Known organisations are often called by the letters of another language: MSF, FIFA, CERN.
        let upper = one.letters.to_uppercase();
        let listed =
            context.lexicon.forms(hash(&upper)).any(|form| form.kind == FormKind::Acronym || form.token_count() == 1);
        if listed || one.letters.len() < 3 || !lacks(document, &one) || !nearly(document, &one) {
            continue;
        }
        let Some((first, last)) = one.words.first().zip(one.words.last()) else { continue };
        let span = document.span(*first as u32..*last as u32 + 1);
        out.push(Hit::at(Place::Span(span)).value("acronym", upper));
    }
}

fn explained(document: &Document, open: usize) -> Option<Explained> {
    let letters = bracketed(document, open)?;
    let sentence = document.tokens.get(open)?.sentence;
    let is_word = |at: usize| {
        document.tokens.get(at).is_some_and(|token| token.sentence == sentence)
            && document.word(at).shape.has(Shape::WORD)
    };
    let before = (0..open).rev().take_while(|at| is_word(*at)).take(letters.len() + MORE_WORDS);
    let counts = |at: &usize| document.word(*at).closed == Closed::default();
    let mut words: Vec<usize> = before.filter(counts).take(letters.len()).collect();
    words.reverse();
    (!words.is_empty()).then_some(Explained { letters, words })
}

fn initial(document: &Document, at: usize) -> char {
    document.text_of(at).chars().next().and_then(|first| first.to_lowercase().next()).unwrap_or(' ')
}

/// Whether a word does not hold its letter at all; “Extensible” holds its X.
fn lacks(document: &Document, one: &Explained) -> bool {
    one.words.iter().zip(one.letters.chars()).any(|(at, letter)| !document.text_of(*at).to_lowercase().contains(letter))
}

/// Whether half of the words give their letter, and some do not: the rest was swapped.
fn nearly(document: &Document, one: &Explained) -> bool {
    let given =
        one.words.iter().zip(one.letters.chars()).filter(|(at, letter)| initial(document, **at) == *letter).count();
    let close =
        one.words.last().zip(one.words.first()).is_some_and(|(last, first)| last - first < one.letters.len() + 2);
    one.words.len() == one.letters.len()
        && given >= 2
        && given * 2 >= one.letters.len()
        && given < one.letters.len()
        && close
}

/// Of the ways to explain one acronym, those that do not give its letters where another one does.
fn two_ways(document: &Document, all: &[Explained], out: &mut Vec<Hit>) {
    let strict = |one: &Explained| {
        one.words.len() == one.letters.len()
            && one.words.iter().zip(one.letters.chars()).all(|(at, letter)| initial(document, *at) == letter)
    };
    let whole = |one: &Explained| -> Option<Span> {
        let (first, last) = one.words.first().zip(one.words.last())?;
        Some(document.span(*first as u32..*last as u32 + 1))
    };
    let mut right: BTreeMap<&str, &Explained> = BTreeMap::new();
    for one in all.iter().filter(|one| strict(one)) {
        right.entry(&one.letters).or_insert(one);
    }
    for one in all.iter().filter(|one| !strict(one) && lacks(document, one)) {
        let Some(other) = right.get(one.letters.as_str()) else { continue };
        // Other words of it stand here as well: not “the bloc (EU)”.
        let shared = one
            .words
            .iter()
            .any(|at| other.words.iter().any(|same| document.word(*same).form == document.word(*at).form));
        let (Some(span), Some(there)) = (whole(one), whole(other)) else { continue };
        if shared && one.words.len() == other.words.len() {
            let text = document.text(there).to_owned();
            let mut hit = Hit::at(Place::Span(span)).propose(text.clone());
            hit.related.push(Related::here(there, format!("“{text}” is explained so here")));
            out.push(hit.value("acronym", one.letters.to_uppercase()).value("other", text));
        }
    }
}
