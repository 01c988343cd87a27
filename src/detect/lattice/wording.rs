//! In: a wrong wording of a term. Out: the hit, with the term in the form and case of what stands there.

use super::super::{Hit, Proposal};
use super::spell::{Atom, span};
use super::walk::{Path, Step};
use crate::document::Document;
use crate::document::tokens::tokenise;
use crate::finding::{FixSafety, Place};
use crate::language::{self, Class, Forms};
use crate::rulebook::lattice::Lattice;
use std::ops::Range;

/// The hit of a group: its best term, the others as further suggestions.
pub(super) fn hit(document: &Document, lattice: Lattice<'_>, atoms: &[Atom], group: &[Path]) -> Option<Hit> {
    let best = group.first()?;
    let at = |atom: u32| atoms.get(atom as usize).map(|atom| span(document, *atom));
    let whole = at(best.start())?.cover(at(best.end() - 1)?);
    let mut hit = Hit::at(Place::Span(whole));
    for path in group {
        let (text, certain) = wording(document, lattice, atoms, path);
        let text = cased(&text, document.text(whole));
        if !hit.proposals.iter().any(|known| known.text == text) {
            hit.proposals.push(Proposal { text, fix: (!certain).then_some(FixSafety::DisplayOnly) });
        }
    }
    let (term, domain) = lattice.term(best.number);
    Some(hit.value("term", term).value("domain", domain))
}

/// The term with the words of the text where they are right, the others in the form of what stands for them; whether that form is known.
fn wording(document: &Document, lattice: Lattice<'_>, atoms: &[Atom], path: &Path) -> (String, bool) {
    let (term, _) = lattice.term(path.number);
    let places = places(term);
    let (mut text, mut certain, mut used, mut end) = (String::new(), true, 0, 0);
    for (index, step) in path.steps.iter().enumerate() {
        let count = lattice.unit_words(step.unit) as usize;
        let own = places.get(used..used + count).unwrap_or_default();
        let (Some(first), Some(last)) = (own.first(), own.last()) else { continue };
        text.push_str(term.get(end..first.start).unwrap_or(""));
        (used, end) = (used + count, last.end);
        let right = term.get(first.start..last.end).unwrap_or("");
        if step.swap.is_none() {
            text.push_str(&standing(document, atoms, step));
            continue;
        }
        if let Some(form) = fitted(document, atoms, step, right, index + 1 == path.steps.len()) {
            text.push_str(&form);
        } else {
            certain = false;
            text.push_str(right);
        }
    }
    (text, certain)
}

fn standing(document: &Document, atoms: &[Atom], step: &Step) -> String {
    let at = |atom: u32| atoms.get(atom as usize).map(|atom| span(document, *atom));
    let ends = at(step.start).zip(at(step.start + u32::from(step.length) - 1));
    ends.map_or_else(String::new, |(first, last)| document.text(first.cover(last)).to_owned())
}

/// The right words in the form in which the wrong ones stand; none where there is no such form.
fn fitted(document: &Document, atoms: &[Atom], step: &Step, right: &str, last: bool) -> Option<String> {
    let atom = atoms.get(step.start as usize + usize::from(step.length) - 1)?;
    let wrong = document.text(span(document, *atom)).replace('’', "'").to_lowercase();
    let readings = language::readings(&wrong);
    let plural = readings.iter().any(|reading| reading.class == Class::Noun && reading.forms == Forms::PLURAL)
        && !readings.iter().any(|reading| reading.class == Class::Noun && reading.forms.intersects(Forms::SINGULAR));
    let (head, word) = right
        .rsplit_once([' ', '-'])
        .map_or(("", right), |(head, word)| (right.get(..=head.len()).unwrap_or(""), word));
    let lower = word.to_lowercase();
    if plural && language::is_lemma(&lower, Some(Class::Noun)) {
        if !last {
            return Some(right.to_owned());
        }
        return language::inflect(word, Class::Noun, Forms::PLURAL).map(|form| format!("{head}{form}"));
    }
    let only_verb = language::is_lemma(&lower, Some(Class::Verb))
        && ![Class::Noun, Class::Adjective].into_iter().any(|class| language::is_lemma(&lower, Some(class)));
    if only_verb {
        let verb = readings.iter().find(|reading| reading.class == Class::Verb)?;
        let form = [Forms::BASE, Forms::ED, Forms::EN, Forms::ING, Forms::S]
            .into_iter()
            .find(|form| verb.forms.intersects(*form))?;
        return language::inflect(word, Class::Verb, form).map(|form| format!("{head}{form}"));
    }
    // A plural that the term cannot follow: the form is not known.
    let uncertain = plural && last && !readings_have_plural(&lower);
    (!uncertain).then(|| right.to_owned())
}

fn readings_have_plural(word: &str) -> bool {
    language::readings(word)
        .iter()
        .any(|reading| reading.class == Class::Noun && reading.forms.intersects(Forms::PLURAL))
}

/// Where the words of a term stand in it, as they were parted when it was compiled.
pub(super) fn places(term: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    tokenise(term, |range| {
        let mut at = range.start;
        for part in term.get(range).unwrap_or("").split('-') {
            if !part.is_empty() {
                found.push(at..at + part.len());
            }
            at += part.len() + 1;
        }
    });
    found
}

/// The text with the capitals of what it stands for.
fn cased(text: &str, like: &str) -> String {
    let capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    if !capital(like) {
        return text.to_owned();
    }
    let long: Vec<&str> = like.split_whitespace().filter(|word| word.len() > 3).collect();
    let titled = long.len() > 1 && long.iter().all(|word| capital(word));
    let small = ["a", "an", "the", "of", "in", "on", "to", "and", "or", "for", "by", "with", "at"];
    let words = text.split(' ').enumerate().map(|(index, word)| {
        if index == 0 || titled && !small.contains(&word) { capitalised(word) } else { word.to_owned() }
    });
    words.collect::<Vec<_>>().join(" ")
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
