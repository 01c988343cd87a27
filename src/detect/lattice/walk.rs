//! In: the atoms of a document. Out: every way in which they are a term, some words swapped or none.

use super::spell::{Atom, Begins, Form, Known, Stands};
use crate::document::Document;
use crate::rulebook::lattice::Lattice;
use smallvec::SmallVec;

/// A unit of a term as it stands in the text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Step {
    /// First atom.
    pub start: u32,
    /// Atoms.
    pub length: u8,
    /// How well the swap is known; nothing where it is the unit's own words.
    pub swap: Option<u16>,
    pub unit: u32,
    pub form: Form,
}

/// Atoms that are a term.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Path {
    pub number: u32,
    pub steps: SmallVec<[Step; 4]>,
    /// Units that are swapped.
    pub swapped: u32,
    /// An acronym behind the words says which term is meant.
    pub lettered: bool,
}

impl Path {
    pub(super) fn start(&self) -> u32 {
        self.steps.first().map_or(0, |step| step.start)
    }

    pub(super) fn end(&self) -> u32 {
        self.steps.last().map_or(0, |step| step.start + u32::from(step.length))
    }
}

/// What a walk over one text shares.
struct Walk<'a, 'l> {
    lattice: Lattice<'l>,
    known: &'a Known,
    atoms: &'a [Atom],
}

/// All terms in the text, in order of place.
pub(super) fn paths(document: &Document, lattice: Lattice<'_>, known: &Known, atoms: &[Atom]) -> Vec<Path> {
    let walk = Walk { lattice, known, atoms };
    let mut found = Vec::new();
    for (at, pair) in (0_u32..).zip(atoms.windows(2)) {
        let [first, second] = pair else { continue };
        let entry = known.entry(*first);
        if entry.may_begin() && entry.may_go_on(&known.entry(*second)) {
            walk.from(at, &mut found);
        }
    }
    let sentence = |atom: u32| {
        let token = atoms.get(atom as usize).and_then(|atom| document.tokens.get(atom.token as usize));
        token.map(|token| token.sentence)
    };
    found.retain(|path| sentence(path.start()) == sentence(path.end() - 1));
    found
}

impl Walk<'_, '_> {
    /// The terms that begin at an atom.
    fn from(&self, at: u32, out: &mut Vec<Path>) {
        let Some(first) = self.atoms.get(at as usize) else { return };
        let begins = self.known.begins(*first);
        for (step, length) in self.units(at + 1) {
            let own = begins.partition_point(|one| one.second < step.unit);
            for one in begins.iter().skip(own).take_while(|one| one.second == step.unit) {
                let Begins { path, stands, .. } = *one;
                self.go_on(path, [stepped(at, 1, stands), stepped(at + 1, length, step)], out);
            }
        }
        for (stands, length) in self.longer(at) {
            let next = at + u32::from(length);
            for (step, next_length) in self.units(next) {
                for (_, path) in self.lattice.firsts(stands.unit).filter(|(second, _)| *second == step.unit) {
                    self.go_on(path, [stepped(at, length, stands), stepped(next, next_length, step)], out);
                }
            }
        }
    }

    /// Follows a term whose first two units stand there.
    fn go_on(&self, path: u32, steps: [Step; 2], out: &mut Vec<Path>) {
        let mut open: SmallVec<[SmallVec<[Step; 4]>; 2]> = SmallVec::new();
        open.push(SmallVec::from_slice(&steps));
        for unit in self.lattice.path(path).skip(2) {
            let mut longer = SmallVec::new();
            for steps in &open {
                let Some(last) = steps.last() else { continue };
                let at = last.start + u32::from(last.length);
                for (stands, length) in self.units(at).into_iter().filter(|(stands, _)| stands.unit == unit) {
                    let mut more = steps.clone();
                    more.push(stepped(at, length, stands));
                    longer.push(more);
                }
            }
            open = longer;
            if open.is_empty() {
                return;
            }
        }
        for steps in open {
            let swapped = steps.iter().filter(|step| step.swap.is_some()).count() as u32;
            out.push(Path { number: path, steps, swapped, lettered: false });
        }
    }

    /// What begins at an atom, each with its number of atoms.
    fn units(&self, at: u32) -> SmallVec<[(Stands, u8); 8]> {
        let Some(atom) = self.atoms.get(at as usize) else { return SmallVec::new() };
        let mut found: SmallVec<[(Stands, u8); 8]> = self.known.stands(*atom).iter().map(|one| (*one, 1)).collect();
        found.extend(self.longer(at));
        found
    }

    /// What several atoms from here on stand for together.
    fn longer(&self, at: u32) -> SmallVec<[(Stands, u8); 2]> {
        let Some(atom) = self.atoms.get(at as usize) else { return SmallVec::new() };
        let mut found = SmallVec::new();
        for reading in self.known.several(*atom).iter().filter_map(|number| self.lattice.reading(*number)) {
            let (mut length, mut fits) = (1, true);
            for key in reading.rest() {
                let next = self.atoms.get((at + length) as usize);
                fits &= next.is_some_and(|next| self.known.has(*next, key));
                if !fits {
                    break;
                }
                length += 1;
            }
            if fits {
                let (unit, support, identity) = (reading.unit, reading.support, reading.identity);
                let stands = Stands { unit, support, identity, form: Form::Plain };
                found.push((stands, length as u8));
            }
        }
        found
    }
}

fn stepped(start: u32, length: u8, stands: Stands) -> Step {
    Step { start, length, swap: (!stands.identity).then_some(stands.support), unit: stands.unit, form: stands.form }
}
