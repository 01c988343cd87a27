//! `[[phrase]]`, `[[lexicon]]` and `[[term]]`. In: a document and the anchors of all patterns. Out: hits.
//!
//! Each distinct spelling is looked up once for all texts; a pattern is tried only where its anchor stands.

use super::Hit;
use super::conditions;
use super::engine::Wanted;
use crate::document::{Document, Word};
use crate::finding::{Place, Related, RuleKind, Span};
use crate::rulebook::RuleSet;
use crate::rulebook::compiled::{Matcher, Rule};
use crate::rulebook::pattern::compile::{form_key, lemma_key};
use crate::rulebook::pattern::matcher::{Match, matches_around};
use crate::rulebook::pattern::neighbours::{Bits, Neighbour, bits_of, neighbours};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A form of a term in the text.
struct TermUse {
    span: Span,
    form: u16,
    matcher: u32,
}

/// A pattern that an anchor leads to.
#[derive(Clone, Copy)]
struct Anchored<'r> {
    matcher: &'r Matcher,
    number: u32,
    rule: u32,
    /// What must stand beside the anchor.
    beside: [Neighbour; 2],
}

/// The patterns that words lead to; what was looked up for one text is kept for the next.
pub(super) struct Phrases<'r> {
    rules: &'r RuleSet,
    /// Whose word ids `words` follows.
    numbering: u64,
    /// Of each word id its part of `lists` and its bits; [`UNKNOWN`] where it has not been looked up.
    words: Vec<Leads>,
    lists: Vec<Anchored<'r>>,
    unanchored: Vec<Anchored<'r>>,
    /// Of each pattern the text that tried it last, and the first place there that it has not been tried at.
    next: Vec<(u32, u32)>,
    text: u32,
    /// The same of each word of the text.
    own: Vec<Leads>,
}

/// Where a word leads.
#[derive(Clone, Copy)]
struct Leads {
    start: u32,
    end: u32,
    bits: Bits,
}

const UNKNOWN: Leads = Leads { start: u32::MAX, end: u32::MAX, bits: 0 };

impl<'r> Phrases<'r> {
    pub(super) fn new(rules: &'r RuleSet, wanted: &mut Wanted<'_>) -> Self {
        let unanchored =
            rules.unanchored().into_iter().filter_map(|number| wanted_one(rules, wanted, number, 0)).collect();
        Self {
            rules,
            numbering: 0,
            words: Vec::new(),
            lists: Vec::new(),
            unanchored,
            next: vec![(0, 0); rules.matcher_count()],
            text: 0,
            own: Vec::new(),
        }
    }

    /// Appends the hits of all patterns.
    pub(super) fn find(&mut self, document: &Document, wanted: &mut Wanted<'_>, out: &mut Vec<(u32, Hit)>) {
        let first = out.len();
        if self.text == u32::MAX {
            self.next.fill((0, 0));
            self.text = 0;
        }
        self.text += 1;
        let any = self.look_up(document, wanted);
        let mut attempts = Attempts { document, rules: self.rules, terms: BTreeMap::new(), tried: Vec::new() };
        let (text, next) = (self.text, &mut self.next);
        if any {
            for (token, entry) in (0_u32..).zip(&document.tokens) {
                let Some(leads) = self.own.get(entry.word as usize) else { continue };
                if leads.start == leads.end {
                    continue;
                }
                let beside = |neighbour: &Neighbour| {
                    let place = token.checked_add_signed(i32::from(neighbour.offset));
                    let other = place.and_then(|place| document.tokens.get(place as usize));
                    other
                        .and_then(|other| self.own.get(other.word as usize))
                        .is_some_and(|word| word.bits & neighbour.bits != 0)
                };
                for one in self.lists.get(leads.start as usize..leads.end as usize).unwrap_or(&[]) {
                    if one.beside.iter().all(|neighbour| neighbour.bits == !0 || beside(neighbour)) {
                        attempts.attempt(*one, token, text, next, out);
                    }
                }
            }
        }
        for one in &self.unanchored {
            for token in 0..document.tokens.len() as u32 {
                attempts.attempt(*one, token, text, next, out);
            }
        }
        let terms = attempts.terms;
        keep_first(out, first);
        for ((rule, _), uses) in terms {
            term(document, self.rules, rule, uses, out);
        }
    }

    /// Looks up the words of a text; whether any leads to a pattern.
    fn look_up(&mut self, document: &Document, wanted: &mut Wanted<'_>) -> bool {
        if self.numbering != document.numbering {
            self.numbering = document.numbering;
            self.words.clear();
            self.lists.clear();
        }
        self.own.clear();
        let mut any = false;
        for word in &document.words {
            let index = word.id as usize;
            if index >= self.words.len() {
                self.words.resize(index + 1, UNKNOWN);
            }
            let mut leads = self.words.get(index).copied().unwrap_or(UNKNOWN);
            if leads.start == UNKNOWN.start {
                leads = self.anchored(word, wanted);
                if let Some(known) = self.words.get_mut(index) {
                    *known = leads;
                }
            }
            any |= leads.start < leads.end;
            self.own.push(leads);
        }
        any
    }

    /// The patterns of a word, added to the lists.
    fn anchored(&mut self, word: &Word, wanted: &mut Wanted<'_>) -> Leads {
        let (rules, start, bits) = (self.rules, self.lists.len(), bits_of(word));
        let lists = &mut self.lists;
        let mut add = |key: u64| rules.anchored(key, |number| lists.extend(wanted_one(rules, wanted, number, bits)));
        add(form_key(word.form));
        for (index, reading) in word.readings.iter().enumerate() {
            if !word.readings.iter().take(index).any(|earlier| earlier.lemma == reading.lemma) {
                add(lemma_key(reading.lemma));
            }
        }
        Leads { start: start as u32, end: self.lists.len() as u32, bits }
    }
}

fn wanted_one<'r>(rules: &'r RuleSet, wanted: &mut Wanted<'_>, number: u32, anchor: Bits) -> Option<Anchored<'r>> {
    let (matcher, rule) = rules.matcher(number)?;
    (rules.applies(rule) && wanted.has(rule)).then(|| {
        let beside = neighbours(&matcher.program, anchor);
        Anchored { matcher, number, rule, beside }
    })
}

/// What tries of patterns over one text share.
struct Attempts<'a, 'r> {
    document: &'a Document,
    rules: &'r RuleSet,
    terms: BTreeMap<(u32, u32), Vec<TermUse>>,
    tried: Vec<Match>,
}

impl Attempts<'_, '_> {
    /// Tries a pattern around a token, from the first place on where it has not been tried.
    fn attempt(
        &mut self,
        one: Anchored<'_>,
        token: u32,
        text: u32,
        next: &mut [(u32, u32)],
        out: &mut Vec<(u32, Hit)>,
    ) {
        let Some(place) = next.get_mut(one.number as usize) else { return };
        let from = if place.0 == text { place.1 } else { 0 };
        *place = (text, matches_around(&one.matcher.program, self.document, token, from, &mut self.tried));
        if !self.tried.is_empty() {
            self.keep(one, out);
        }
    }

    fn keep(&mut self, one: Anchored<'_>, out: &mut Vec<(u32, Hit)>) {
        let loaded = self.rules.rule(one.rule);
        for found in self.tried.drain(..) {
            let Some(loaded) = loaded else { continue };
            let place = place_of(self.document, &found);
            if !conditions::hold(self.document, &loaded.rule, &one.matcher.unless, place) {
                continue;
            }
            if loaded.rule.kind == RuleKind::Term {
                if let Place::Span(span) = place {
                    let used = TermUse { span, form: one.matcher.form, matcher: one.number };
                    self.terms.entry((one.rule, one.matcher.row)).or_default().push(used);
                }
            } else {
                out.push((one.rule, hit(self.document, &loaded.rule, one.matcher, one.number, &found, place)));
            }
        }
    }
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
            hit.related.push(Related::here(span, format!("{text} is used here")));
        }
        out.push((rule, hit.propose(preferred.clone()).value("prefer", preferred).value("also", also)));
    }
}

fn prefer_of(rules: &RuleSet, matcher: u32) -> String {
    let values = rules.matcher(matcher).map(|(matcher, _)| matcher.values.as_slice()).unwrap_or_default();
    values.iter().find(|(name, _)| name == "prefer").map_or_else(String::new, |(_, text)| text.clone())
}
