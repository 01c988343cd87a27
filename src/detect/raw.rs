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
    let Body::Pattern { regex, light, capture } = &loaded.rule.body else { return };
    let Some(text) = document.prose().get(line.clone()) else { return };
    loaded.searcher.search(regex, light, text, |groups| {
        let wanted = capture.as_deref().map_or(Some(0), |capture| {
            capture.parse().ok().or_else(|| groups.iter().position(|(name, _)| *name == Some(capture)))
        });
        let Some((_, Some(flagged))) = wanted.and_then(|group: usize| groups.get(group)) else { return };
        let span = Span::new(line.start + flagged.start, line.start + flagged.end);
        let place = if span.is_empty() { Place::Gap(span.start) } else { Place::Span(span) };
        if !conditions::hold(document, &loaded.rule, &[], place) {
            return;
        }
        let mut hit = Hit::at(place);
        for (name, group) in groups {
            if let (Some(name), Some(group)) = (name, group) {
                hit = hit.value((*name).to_owned(), text.get(group.clone()).unwrap_or(""));
            }
        }
        out.push((number, hit));
    });
}
