//! In: terms that stand in a text, words swapped or not. Out: those that no one writes, the best first where several may be meant.

use super::spell::{Atom, Form, Known};
use super::walk::Path;
use crate::document::{Document, Shape};
use crate::finding::Regions;
use crate::rulebook::lattice::{Lattice, phrase_key};
use crate::rulebook::settings::Settings;
use std::cmp::Reverse;

/// Thresholds of a rule.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// Units of a term that may be swapped.
    most_swapped: u32,
    /// Support that each swap needs.
    support: u16,
    /// Support from which on a swap is certain.
    strong: u16,
}

impl Limits {
    pub(super) fn new(settings: &Settings) -> Self {
        let number = |key, default| settings.number(key, default).clamp(0.0, f64::from(u16::MAX)) as u16;
        Self {
            most_swapped: u32::from(number("max-swapped", 3.0)),
            support: number("min-support", 1.0),
            strong: number("strong-support", 1.0).max(1),
        }
    }

    /// Factor on the rule's confidence: halfway down where swaps and text lend hardly any support.
    pub(super) fn certainty(self, path: &Path, by_text: u32) -> f32 {
        let strong = u32::from(self.strong);
        let share = (support(path) + by_text).min(strong) as f32 / strong as f32;
        0.5 + share / 2.0
    }

    /// Support that the text lends to a wrong wording: it stands for itself, as a heading or a keyword does (no accident of two
    /// words that meet in a sentence), or other terms are taken apart as well.
    pub(super) fn of_text(self, document: &Document, atoms: &[Atom], path: &Path, groups: &[Vec<Path>]) -> u32 {
        let token = |atom: u32| atoms.get(atom as usize).map(|atom| atom.token);
        let Some((first, last)) = token(path.start()).zip(token(path.end() - 1)) else { return 0 };
        let sentence =
            document.tokens.get(first as usize).and_then(|token| document.sentences.get(token.sentence as usize));
        let is_mark = |token: u32| document.word(token as usize).shape.has(Shape::PUNCT);
        let alone = sentence.is_some_and(|sentence| {
            let mut others = sentence.tokens.clone().filter(|token| !(first..=last).contains(token));
            others.all(is_mark)
        });
        if alone {
            return u32::from(self.strong);
        }
        let others =
            groups.iter().filter_map(|group| group.first()).filter(|other| other.number != path.number).count();
        // One term in 200 words is how often two words of clean text meet by accident at worst.
        (others * 200 / document.word_count().max(200)) as u32
    }
}

/// Support of the swap that is known least.
fn weakest(path: &Path) -> u16 {
    path.steps.iter().filter_map(|step| step.swap).min().unwrap_or(0)
}

fn support(path: &Path) -> u32 {
    path.steps.iter().filter_map(|step| step.swap).map(u32::from).sum()
}

/// The wrong wordings of terms; each with other terms that may be meant by the same words.
pub(super) fn wrong(
    document: &Document,
    lattice: Lattice<'_>,
    known: &Known,
    atoms: &[Atom],
    limits: Limits,
    found: Vec<Path>,
) -> Vec<Vec<Path>> {
    let (right, swapped): (Vec<Path>, Vec<Path>) = found.into_iter().partition(|path| path.swapped == 0);
    let text = Text { document, lattice, known, atoms };
    let mut wrong: Vec<Path> = swapped
        .into_iter()
        .filter(|path| path.swapped <= limits.most_swapped && weakest(path) >= limits.support)
        .filter(|path| !right.iter().any(|right| covers(right, path)))
        .filter(|path| {
            path.lettered || !is_clause(path) && !text.is_cut(path) && !text.is_real(path) && !text.is_name(path)
        })
        .collect();
    // The longest term first, then the one whose swaps are known best.
    wrong.sort_by_key(|path| {
        (
            Reverse(path.end() - path.start()),
            Reverse(weakest(path)),
            Reverse(support(path)),
            path.swapped,
            path.start(),
            path.number,
        )
    });
    let mut groups: Vec<Vec<Path>> = Vec::new();
    for path in wrong {
        let (start, end) = (path.start(), path.end());
        let overlapping = groups
            .iter_mut()
            .find(|group| group.first().is_some_and(|first| first.start() < end && start < first.end()));
        match overlapping {
            Some(group) if group.first().is_some_and(|first| (first.start(), first.end()) == (start, end)) => {
                if !group.iter().any(|known| lattice.term(known.number) == lattice.term(path.number)) {
                    group.push(path);
                }
            }
            Some(_) => {}
            None => groups.push(vec![path]),
        }
    }
    groups.sort_by_key(|group| group.first().map_or(0, Path::start));
    groups
}

/// Whether a swapped word of the path is a word of a real term.
fn covers(right: &Path, path: &Path) -> bool {
    path.steps
        .iter()
        .filter(|step| step.swap.is_some())
        .any(|step| right.start() < step.start + u32::from(step.length) && step.start < right.end())
}

/// Whether it is a subject with its verb (“banks move”, “the bus collided”), not a compound: a plural before the last unit, or the form
/// of a verb after the first.
fn is_clause(path: &Path) -> bool {
    path.steps.iter().rev().skip(1).any(|step| step.form == Form::Plural)
        || path.steps.iter().skip(1).any(|step| step.swap.is_some() && step.form == Form::Verbal)
}

struct Text<'a, 'l> {
    document: &'a Document,
    lattice: Lattice<'l>,
    known: &'a Known,
    atoms: &'a [Atom],
}

impl Text<'_, '_> {
    /// Whether it begins or ends within a hyphenated word: on-site activities.
    fn is_cut(&self, path: &Path) -> bool {
        let token = |atom: u32| self.atoms.get(atom as usize).map(|atom| atom.token);
        let first = path.start().checked_sub(1).and_then(token);
        first.is_some() && first == token(path.start())
            || token(path.end()).is_some_and(|next| Some(next) == token(path.end() - 1))
    }

    /// Whether people write it: the whole, or each pair of neighbours of which one is swapped.
    fn is_real(&self, path: &Path) -> bool {
        if self.has(path.start(), path.end()) {
            return true;
        }
        let pairs = || path.steps.windows(2).filter(|pair| pair.iter().any(|step| step.swap.is_some()));
        path.steps.len() > 2
            && pairs().all(|pair| match pair {
                [one, other] => self.has(one.start, other.start + u32::from(other.length)),
                _ => false,
            })
    }

    fn has(&self, start: u32, end: u32) -> bool {
        let atoms = self.atoms.get(start as usize..end as usize).unwrap_or_default();
        self.lattice.is_real(phrase_key(atoms.iter().map(|atom| self.known.canonical(*atom))))
    }

    /// Whether a swapped word has the capital of a name: in running text, after the first word of its sentence.
    fn is_name(&self, path: &Path) -> bool {
        path.steps.iter().filter(|step| step.swap.is_some()).any(|step| {
            let Some(atom) = self.atoms.get(step.start as usize) else { return false };
            let token = atom.token as usize;
            let sentence =
                self.document.tokens.get(token).and_then(|token| self.document.sentences.get(token.sentence as usize));
            let first = sentence.is_some_and(|sentence| sentence.tokens.start == atom.token);
            let titled = Regions::HEADLINE.with(Regions::HEADING).with(Regions::STANDFIRST);
            self.document.word(token).shape.has(Shape::CAPITAL) && !first && !self.document.regions(token).meets(titled)
        })
    }
}
