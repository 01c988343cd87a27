//! `[[pattern]]`. In: the prose and one prefilter over the literals of all raw-text rules. Out: hits.
//!
//! An expression runs only on the lines where one of its literals stands, so `^` and `$` are the ends of a line.

use super::engine::Wanted;
use super::{Hit, conditions};
use crate::document::Document;
use crate::finding::{Place, Span};
use crate::rulebook::RuleSet;
use crate::rulebook::compiled::Body;
use crate::rulebook::scanner::Scanner;
use regex_automata::PatternID;
use std::ops::Range;

/// Raw-text rules, and the memory of their scan.
pub(super) struct Raw<'r> {
    rules: &'r RuleSet,
    scanner: Scanner<'r>,
    every_line: Vec<u32>,
    places: Vec<(u32, u32)>,
}

impl<'r> Raw<'r> {
    pub(super) fn new(rules: &'r RuleSet) -> Self {
        Self { rules, scanner: rules.scanner(), every_line: rules.every_line(), places: Vec::new() }
    }

    /// Appends the hits of all raw-text rules.
    pub(super) fn find(&mut self, document: &Document, wanted: &mut Wanted<'_>, out: &mut Vec<(u32, Hit)>) {
        let prose = document.prose();
        self.scanner.scan(prose, &mut self.places);
        // The rule and the end of the line on which it was tried last: a line is searched once a rule.
        let mut tried = (u32::MAX, 0);
        for (rule, at) in self.places.iter().map(|(rule, at)| (*rule, *at as usize)) {
            if (tried.0 == rule && at < tried.1) || !self.rules.applies(rule) || !wanted.has(rule) {
                continue;
            }
            let line = line_at(prose, at);
            tried = (rule, line.end.max(at + 1));
            search(document, self.rules, rule, line, out);
        }
        for rule in self.every_line.iter().filter(|rule| wanted.has(**rule)) {
            let mut start = 0;
            for line in prose.split_inclusive('\n') {
                let text = line.trim_end_matches(['\n', '\r']);
                search(document, self.rules, *rule, start..start + text.len(), out);
                start += line.len();
            }
        }
    }
}

fn line_at(prose: &str, at: usize) -> Range<usize> {
    let bytes = prose.as_bytes();
    let start = bytes.get(..at).and_then(|head| memchr::memrchr(b'\n', head)).map_or(0, |newline| newline + 1);
    let end = bytes.get(at..).and_then(|tail| memchr::memchr(b'\n', tail)).map_or(prose.len(), |len| at + len);
    let text = prose.get(start..end).unwrap_or("");
    start..start + text.trim_end_matches('\r').len()
}

fn search(document: &Document, rules: &RuleSet, number: u32, line: Range<usize>, out: &mut Vec<(u32, Hit)>) {
    let Some(loaded) = rules.rule(number) else { return };
    let (Some(regex), Body::Pattern { capture, .. }) = (loaded.regex(), &loaded.rule.body) else { return };
    let Some(text) = document.prose().get(line.clone()) else { return };
    for found in regex.captures_iter(text) {
        let flagged = match capture.as_deref() {
            None => found.get_match().map(|whole| whole.span()),
            Some(name) => {
                name.parse().map_or_else(|_| found.get_group_by_name(name), |group: usize| found.get_group(group))
            }
        };
        let Some(flagged) = flagged else { continue };
        let span = Span::new(line.start + flagged.start, line.start + flagged.end);
        let place = if span.is_empty() { Place::Gap(span.start) } else { Place::Span(span) };
        if !conditions::hold(document, &loaded.rule, &[], place) {
            continue;
        }
        let mut hit = Hit::at(place);
        let names = found.group_info().pattern_names(PatternID::ZERO);
        for (name, group) in names.zip(found.iter()) {
            if let (Some(name), Some(group)) = (name, group) {
                hit = hit.value(name.to_owned(), text.get(group.range()).unwrap_or(""));
            }
        }
        out.push((number, hit));
    }
}
