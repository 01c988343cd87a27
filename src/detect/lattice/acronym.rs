//! In: “(ABC)” behind some words, and the terms with these initials. Out: the terms that stand there with words swapped.
//!
//! The letters say which term is meant, so a word need not be a known swap: as many words as the term has, half of them its own or
//! known swaps, the others with other initials than the letters.

use super::spell::{Atom, Form, Known, span};
use super::walk::{Path, Step};
use super::wording::places;
use crate::document::{Document, Shape};
use crate::language::Closed;
use crate::rulebook::lattice::{Lattice, initials_key};
use smallvec::SmallVec;

/// Support of a word that only the letters betray.
const BY_LETTERS: u16 = 8;

/// The terms before all bracketed acronyms of a text.
pub(super) fn paths(document: &Document, lattice: Lattice<'_>, known: &Known, atoms: &[Atom]) -> Vec<Path> {
    let mut found = Vec::new();
    for open in document.punctuation.iter().map(|token| *token as usize) {
        let Some(letters) = bracketed(document, open) else { continue };
        let end = atoms.partition_point(|atom| (atom.token as usize) < open) as u32;
        let mut own = Vec::new();
        let mut fits = false;
        for path in lattice.initials(initials_key(&letters)) {
            match before(document, lattice, known, atoms, end, path) {
                Some(path) if path.swapped == 0 => fits = true,
                Some(path) => own.push(path),
                None => {}
            }
        }
        if !fits {
            found.extend(own);
        }
    }
    found
}

/// The letters of an acronym that stands alone in brackets; a plural s is left out.
pub(in super::super) fn bracketed(document: &Document, open: usize) -> Option<String> {
    if document.text_of(open) != "(" || document.text_of(open + 2) != ")" {
        return None;
    }
    let text = document.text_of(open + 1);
    let letters = text.strip_suffix('s').unwrap_or(text);
    let plain = (2..=8).contains(&letters.len()) && letters.bytes().all(|byte| byte.is_ascii_uppercase());
    plain.then(|| letters.to_lowercase())
}

/// A term whose words, or others for them, are the last atoms before `end`.
fn before(
    document: &Document,
    lattice: Lattice<'_>,
    known: &Known,
    atoms: &[Atom],
    end: u32,
    path: u32,
) -> Option<Path> {
    let units: SmallVec<[u32; 8]> = lattice.path(path).collect();
    let start = end.checked_sub(units.len() as u32)?;
    let sentence = |atom: &Atom| document.tokens.get(atom.token as usize).map(|token| token.sentence);
    let words = atoms.get(start as usize..end as usize)?;
    let (term, _) = lattice.term(path);
    let places = places(term);
    if places.len() != units.len() || sentence(words.first()?) != sentence(words.last()?) {
        return None;
    }
    let initial = |text: &str| text.chars().next().and_then(|first| first.to_lowercase().next());
    let (mut steps, mut matched): (SmallVec<[Step; 4]>, usize) = (SmallVec::new(), 0);
    for ((at, unit), (atom, place)) in (start..).zip(&units).zip(words.iter().zip(&places)) {
        let stands = known.stands(*atom).iter().find(|one| one.unit == *unit);
        let word = document.word(atom.token as usize);
        let swap = match stands {
            Some(one) if one.identity => None,
            Some(one) => Some(one.support.max(BY_LETTERS)),
            None => {
                let text = document.text(span(document, *atom));
                if !word.shape.has(Shape::WORD)
                    || word.closed != Closed::default()
                    || initial(text) == initial(term.get(place.clone())?)
                {
                    return None;
                }
                Some(BY_LETTERS)
            }
        };
        matched += usize::from(stands.is_some());
        steps.push(Step { start: at, length: 1, swap, unit: *unit, form: stands.map_or(Form::Plain, |one| one.form) });
    }
    let swapped = steps.iter().filter(|step| step.swap.is_some()).count() as u32;
    (matched * 2 >= units.len()).then_some(Path { number: path, steps, swapped, lettered: true })
}
