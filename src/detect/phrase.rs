//! `[[phrase]]`, `[[lexicon]]` and `[[term]]`. In: a document and the anchors of all patterns. Out: hits.
//!
//! Each distinct spelling is looked up once; a pattern is tried only where its anchor stands.

use super::Hit;
use super::conditions;
use crate::document::Document;
use crate::finding::{Place, Related, RuleKind, Span};
use crate::rulebook::RuleSet;
use crate::rulebook::compiled::{Matcher, Rule};
use crate::rulebook::pattern::compile::{form_key, lemma_key};
use crate::rulebook::pattern::matcher::{Match, matches_around};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A form of a term in the text.
struct TermUse {
    span: Span,
    form: u16,
    matcher: u32,
}

/// Appends the hits of all patterns, or of those of one rule.
pub(super) fn find(document: &Document, rules: &RuleSet, only: Option<u32>, out: &mut Vec<(u32, Hit)>) {
    let first = out.len();
    let mut terms: BTreeMap<(u32, u32), Vec<TermUse>> = BTreeMap::new();
    let mut tried = Vec::new();
    // Per pattern the first place it has not been tried at.
    let mut next: Vec<u32> = vec![0; rules.matcher_count()];
    let mut attempt = |number: u32, token: u32, out: &mut Vec<(u32, Hit)>| {
        let Some((matcher, rule_number)) =
            rules.matcher(number).filter(|(_, rule)| only.is_none_or(|only| only == *rule))
        else {
            return;
        };
        let Some(from) = next.get_mut(number as usize) else { return };
        *from = matches_around(&matcher.program, document, token, *from, &mut tried);
        if tried.is_empty() {
            return;
        }
        let loaded = rules.rule(rule_number).filter(|_| rules.applies(rule_number));
        for found in tried.drain(..) {
            let Some(loaded) = loaded else { continue };
            let place = place_of(document, &found);
            if !conditions::hold(document, &loaded.rule, &matcher.unless, place) {
                continue;
            }
            if loaded.rule.kind == RuleKind::Term {
                if let Place::Span(span) = place {
                    let used = TermUse { span, form: matcher.form, matcher: number };
                    terms.entry((rule_number, matcher.row)).or_default().push(used);
                }
            } else {
                out.push((rule_number, hit(document, &loaded.rule, matcher, number, &found, place)));
            }
        }
    };
    let (lists, ranges) = anchored(document, rules);
    if !lists.is_empty() {
        for (token, entry) in document.tokens.iter().enumerate() {
            let Some(&(start, end)) = ranges.get(entry.word as usize) else { continue };
            for number in lists.get(start as usize..end as usize).unwrap_or(&[]) {
                attempt(*number, token as u32, out);
            }
        }
    }
    for number in rules.unanchored() {
        for token in 0..document.tokens.len() as u32 {
            attempt(number, token, out);
        }
    }
    keep_first(out, first);
    for ((rule, _), uses) in terms {
        term(document, rules, rule, uses, out);
    }
}

/// The matchers of each distinct word: one list, and per word its part of it.
fn anchored(document: &Document, rules: &RuleSet) -> (Vec<u32>, Vec<(u32, u32)>) {
    let mut lists: Vec<u32> = Vec::new();
    let mut ranges = Vec::with_capacity(document.words.len());
    for word in &document.words {
        let start = lists.len();
        rules.anchored(form_key(word.form), |number| lists.push(number));
        for (index, reading) in word.readings.iter().enumerate() {
            if !word.readings.iter().take(index).any(|earlier| earlier.lemma == reading.lemma) {
                rules.anchored(lemma_key(reading.lemma), |number| lists.push(number));
            }
        }
        ranges.push((start as u32, lists.len() as u32));
    }
    (lists, ranges)
}

fn place_of(document: &Document, found: &Match) -> Place {
    if found.flagged.is_empty() {
        let before = document.tokens.get((found.flagged.start as usize).wrapping_sub(1));
        return Place::Gap(before.map_or_else(
            || document.tokens.get(found.flagged.start as usize).map_or(0, |token| token.span.start),
            |token| token.span.end,
        ));
    }
    Place::Span(document.span(found.flagged.clone()))
}

fn hit(document: &Document, rule: &Rule, matcher: &Matcher, number: u32, found: &Match, place: Place) -> Hit {
    let mut hit = Hit::at(place);
    hit.matcher = (rule.kind == RuleKind::Lexicon).then_some(number);
    hit.lemma = found.lemma;
    for (name, tokens) in matcher.program.slots.iter().zip(&found.slots) {
        if let Some(tokens) = tokens {
            let text = document.text(document.span(tokens.clone())).to_owned();
            hit.values.push((Cow::Owned(name.clone()), text));
        }
    }
    hit.values.extend(matcher.values.iter().map(|(name, text)| (Cow::Owned(name.clone()), text.clone())));
    hit
}

/// Of hits of one rule that overlap, the one that begins first, then the longest, stays.
fn keep_first(out: &mut Vec<(u32, Hit)>, first: usize) {
    let mut tail = out.split_off(first);
    let key = |hit: &(u32, Hit)| {
        let span = hit.1.place.span().unwrap_or_default();
        (hit.0, span.start, std::cmp::Reverse(span.end))
    };
    tail.sort_by_key(key);
    let mut last: Option<(u32, Span)> = None;
    for hit in tail {
        let span = hit.1.place.span().unwrap_or_default();
        let repeated = last.is_some_and(|(rule, earlier)| rule == hit.0 && (earlier == span || earlier.overlaps(span)));
        if !repeated {
            last = Some((hit.0, span));
            out.push(hit);
        }
    }
}

/// The uses of one term that are wrong: every variant, or where only a mixture is wrong the rarer forms.
fn term(document: &Document, rules: &RuleSet, rule: u32, mut uses: Vec<TermUse>, out: &mut Vec<(u32, Hit)>) {
    // Where one form is part of another ("Saint Petersburg" in a longer name), the longer one stands.
    uses.sort_by_key(|used| (used.span.start, std::cmp::Reverse(used.span.end), used.form));
    let mut kept: Vec<TermUse> = Vec::with_capacity(uses.len());
    for used in uses {
        if kept.last().is_none_or(|last| !last.span.overlaps(used.span)) {
            kept.push(used);
        }
    }
    let consistent =
        kept.first().and_then(|used| rules.matcher(used.matcher)).is_some_and(|(matcher, _)| matcher.consistent);
    let mut counts: BTreeMap<u16, usize> = BTreeMap::new();
    for used in &kept {
        *counts.entry(used.form).or_default() += 1;
    }
    // The most frequent form; of equals the preferred one.
    let usual = counts.iter().max_by_key(|(form, count)| (**count, std::cmp::Reverse(**form))).map(|(form, _)| *form);
    let right = if consistent { usual.unwrap_or(0) } else { 0 };
    if consistent && counts.len() < 2 {
        return;
    }
    let other = kept.iter().find(|used| used.form == right).map(|used| used.span);
    for used in kept.iter().filter(|used| used.form != right) {
        let mut hit = Hit::at(Place::Span(used.span));
        let preferred = match other {
            Some(span) if consistent => document.text(span).to_owned(),
            _ => prefer_of(rules, used.matcher),
        };
        let mut also = String::new();
        if let Some(span) = other {
            let text = document.text(span);
            also = format!(" (“{text}” stands in line {})", document.source.locate(span).start.0);
            hit.related.push(Related { span, message: format!("{text} is used here") });
        }
        out.push((rule, hit.propose(preferred.clone()).value("prefer", preferred).value("also", also)));
    }
}

fn prefer_of(rules: &RuleSet, matcher: u32) -> String {
    let values = rules.matcher(matcher).map(|(matcher, _)| matcher.values.as_slice()).unwrap_or_default();
    values.iter().find(|(name, _)| name == "prefer").map_or_else(String::new, |(_, text)| text.clone())
}
