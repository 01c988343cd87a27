//! `[[lattice]]`: set terms taken apart. In: a document and compiled terms with what stands for their words. Out: hits.
//!
//! Each distinct spelling is looked up once for all texts: what it may stand for, and which terms may begin with that. Two neighbours
//! are looked at only where some second unit of the first may be what the second stands for; the rest of a term is verified there.

mod acronym;
mod judge;
mod spell;
mod walk;
mod wording;

pub(super) use acronym::bracketed;

use super::engine::Wanted;
use super::{Hit, conditions};
use crate::document::Document;
use crate::rulebook::RuleSet;
use crate::rulebook::compiled::{Body, Rule};
use crate::rulebook::lattice::Lattice;

/// The lattices of all rules.
pub(super) struct Lattices<'r> {
    all: Vec<One<'r>>,
}

/// The lattice of one rule, and what is known of words in it.
struct One<'r> {
    number: u32,
    rule: &'r Rule,
    lattice: Lattice<'r>,
    limits: judge::Limits,
    known: spell::Known,
    atoms: Vec<spell::Atom>,
}

impl<'r> Lattices<'r> {
    pub(super) fn new(rules: &'r RuleSet, wanted: &mut Wanted<'_>) -> Self {
        let all = rules.lattices().filter(|(number, _)| wanted.has(*number)).filter_map(|(number, lattice)| {
            let rule = &rules.rule(number)?.rule;
            let Body::Lattice(settings) = &rule.body else { return None };
            let limits = judge::Limits::new(settings);
            Some(One { number, rule, lattice, limits, known: spell::Known::default(), atoms: Vec::new() })
        });
        Self { all: all.collect() }
    }

    /// Appends the hits of all lattices.
    pub(super) fn find(&mut self, document: &Document, out: &mut Vec<(u32, Hit)>) {
        for one in &mut self.all {
            one.known.read(document, one.lattice, &mut one.atoms);
            let mut found = walk::paths(document, one.lattice, &one.known, &one.atoms);
            found.extend(acronym::paths(document, one.lattice, &one.known, &one.atoms));
            if found.iter().all(|path| path.swapped == 0) {
                continue;
            }
            let groups = judge::wrong(document, one.lattice, &one.known, &one.atoms, one.limits, found);
            for group in &groups {
                let Some(best) = group.first() else { continue };
                let by_text = one.limits.of_text(document, &one.atoms, best, &groups);
                let Some(mut hit) = wording::hit(document, one.lattice, &one.atoms, group) else { continue };
                hit.certainty = one.limits.certainty(best, by_text);
                if conditions::hold(document, one.rule, &[], hit.place) {
                    out.push((one.number, hit));
                }
            }
        }
    }
}
