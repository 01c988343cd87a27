//! A negation on one side only, in any of its disguises (lack, fail, without, un-, deny, hardly).

use super::super::{Compared, Group};
use super::numbers::gap_for;
use crate::detect::Hit;
use crate::document::{Document, Shape};
use crate::finding::Place;
use crate::language::{self, Closed};
use crate::rulebook::settings::Settings;
use std::collections::HashSet;
use std::ops::Range;

/// Beginnings that turn a word into its opposite.
const PREFIXES: [&str; 8] = ["un", "in", "im", "ir", "il", "dis", "non", "mis"];

pub fn find(compared: &Compared<'_>, settings: &Settings, out: &mut Vec<Hit>) {
    let disguises: HashSet<u64> = settings.texts("disguises").iter().map(|word| language::hash(word)).collect();
    for group in &compared.groups {
        side(compared, group, &disguises, out);
    }
}

fn negators(document: &Document, range: &Range<u32>) -> Vec<u32> {
    range
        .clone()
        .filter(|at| {
            let word = document.word(*at as usize);
            word.closed.intersects(Closed::NEGATION)
                && !correlative(document, *at)
                && !matches!(lower_of(document, *at).as_str(), "without" | "nor" | "neither" | "hardly" | "barely")
        })
        .collect()
}

fn lower_of(document: &Document, at: u32) -> String {
    document.tokens.get(at as usize).map_or(String::new(), |token| document.text(token.span).to_lowercase())
}

/// "not only", "no longer", "no less than", "whether or not" are ways of putting things that change with the wording.
fn correlative(document: &Document, at: u32) -> bool {
    let lower = |at: u32| {
        document.tokens.get(at as usize).map_or(String::new(), |token| document.text(token.span).to_lowercase())
    };
    let (this, next) = (lower(at), lower(at + 1));
    let before = at.checked_sub(1).map(lower).unwrap_or_default();
    this == "no"
        && matches!(
            next.as_str(),
            "." | "," | "doubt" | "less" | "fewer" | "more" | "matter" | "one" | "other" | "sooner"
        )
        || this == "not" && matches!(next.as_str(), "only" | "just" | "least" | "to" | "merely")
        || before == "or" && this == "not"
        || this == "nor"
}

/// Words that deny without a negator, and are not tied to the same word on the other side.
fn disguised(document: &Document, at: u32, lemmas: &HashSet<u64>) -> bool {
    let word = document.word(at as usize);
    if lemmas.contains(&word.form) || word.readings.iter().any(|reading| lemmas.contains(&reading.lemma)) {
        return true;
    }
    if !word.shape.has(Shape::WORD) || word.shape.has(Shape::CAPITAL) {
        return false;
    }
    let text = document.tokens.get(at as usize).map_or("", |token| document.text(token.span));
    let lower = text.to_lowercase();
    lower.ends_with("less") && lower.len() > 6
        || PREFIXES.iter().any(|prefix| {
            lower.strip_prefix(prefix).is_some_and(|rest| rest.len() >= 4 && is_word(rest.trim_start_matches('-')))
        })
}

fn is_word(text: &str) -> bool {
    language::readings(text).iter().any(|reading| !reading.guessed)
}

fn side(compared: &Compared<'_>, group: &Group, disguises: &HashSet<u64>, out: &mut Vec<Hit>) {
    let (text, original) = (compared.text, compared.original);
    let (here, there) = (negators(text, &group.text), negators(original, &group.original));
    if here.len() == there.len() {
        return;
    }
    if here.len() > there.len() {
        let masked = group.original.clone().any(|at| {
            compared.partner_there(at).is_none_or(|other| !disguised(text, other, disguises))
                && disguised(original, at, disguises)
        });
        let lone = here.iter().copied().filter(|at| {
            !compared.partner(*at).is_some_and(|other| compared.there(other).closed.intersects(Closed::NEGATION))
        });
        let lone: Vec<u32> = lone.collect();
        if masked {
            return;
        }
        let Some(at) = lone.iter().copied().max_by_key(|at| certainty(compared, *at)) else { return };
        let mut span = text.span(at..at + 1);
        let mut hit = compared.hit(Place::Span(span), group.original.start..group.original.start);
        if compared.shown(at).eq_ignore_ascii_case("not") || compared.shown(at).eq_ignore_ascii_case("never") {
            // Its blank goes with the word.
            if text.prose().get(..span.start as usize).is_some_and(|head| head.ends_with(' ')) {
                span.start -= 1;
                hit.place = Place::Span(span);
            }
            hit = hit.propose("");
        }
        let around = around_there(compared, group, at);
        hit.related
            .push(super::super::in_original(original.span(around), "without a negation in the original".to_owned()));
        out.push(hit);
        return;
    }
    let masked = group.text.clone().any(|at| {
        compared.partner(at).is_none_or(|other| !disguised(original, other, disguises))
            && disguised(text, at, disguises)
    });
    if masked {
        return;
    }
    let lone = there.iter().copied().find(|at| {
        !compared.partner_there(*at).is_some_and(|other| compared.word(other).closed.intersects(Closed::NEGATION))
    });
    if let Some(other) = lone {
        let next = (other + 1..group.original.end).take(4).find_map(|near| compared.partner_there(near));
        let place = next
            .and_then(|at| text.tokens.get(at as usize))
            .map_or_else(|| gap_for(compared, group, other), |token| Place::Span(token.span));
        out.push(compared.hit(place, other..(other + 3).min(group.original.end)));
    }
}

/// How sure it is that the word a negator stands before is the same on both sides.
fn certainty(compared: &Compared<'_>, at: u32) -> usize {
    (at + 1..at + 3).chain(at.saturating_sub(2)..at).filter(|near| compared.partner(*near).is_some()).count()
}

/// The words of the original where the negator would stand.
fn around_there(compared: &Compared<'_>, group: &Group, at: u32) -> Range<u32> {
    let near = (1..6).flat_map(|step| [at + step, at.saturating_sub(step)]);
    let partner = near.filter(|near| group.text.contains(near)).find_map(|near| compared.partner(near));
    partner.map_or(group.original.start..group.original.start, |other| other..other + 1)
}
