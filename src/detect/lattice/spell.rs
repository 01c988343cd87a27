//! In: the words of a document. Out: its atoms (words, the parts of hyphenated ones apart), each with what it may stand for.

use crate::document::{Document, Shape, Word};
use crate::finding::Span;
use crate::language::{self, hash};
use crate::rulebook::lattice::Lattice;
use smallvec::SmallVec;
use std::ops::Range;

/// A word of the text, or a part of a hyphenated one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Atom {
    /// What is known of its spelling.
    pub entry: u32,
    pub token: u32,
    /// Which part of the token it is, from 0.
    pub part: u8,
}

/// A unit that an atom stands for by itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stands {
    pub unit: u32,
    pub support: u16,
    pub identity: bool,
    pub form: Form,
}

/// In which form an atom is what stands for a unit.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Form {
    /// As it is looked for.
    Plain,
    /// A plural of it.
    Plural,
    /// A form that only its verb has.
    Verbal,
}

/// A term that may begin with what an atom stands for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Begins {
    /// The unit that must follow.
    pub second: u32,
    pub path: u32,
    /// What the atom stands for in it.
    pub stands: Stands,
}

/// What is known of a spelling.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Entry {
    keys: [u32; 2],
    stands: [u32; 2],
    begins: [u32; 2],
    several: [u32; 2],
    /// Bits of the units that it stands for, and of the units that may follow it.
    is: u128,
    wants: u128,
}

impl Entry {
    /// Whether a term may begin here.
    pub(super) fn may_begin(&self) -> bool {
        self.begins[0] < self.begins[1] || self.several[0] < self.several[1]
    }

    /// Whether `next` may stand for what must follow; also true where several words stand for one unit.
    pub(super) fn may_go_on(&self, next: &Self) -> bool {
        self.wants & next.is != 0 || self.several[0] < self.several[1] || next.several[0] < next.several[1]
    }
}

/// A reading of a spelling: key of the lemma, its class as a bit; the spelling itself has all classes of its readings.
type Key = (u64, u8);

/// All spellings met so far.
#[derive(Default)]
pub(super) struct Known {
    numbering: u64,
    /// Of each word id its entries; none where it has not been looked up.
    words: Vec<Option<[u32; 2]>>,
    entries: Vec<Entry>,
    keys: Vec<u64>,
    stands: Vec<Stands>,
    begins: Vec<Begins>,
    several: Vec<u32>,
}

fn slice<T>(all: &[T], range: [u32; 2]) -> &[T] {
    all.get(range[0] as usize..range[1] as usize).unwrap_or_default()
}

impl Known {
    /// The atoms of a document.
    pub(super) fn read(&mut self, document: &Document, lattice: Lattice<'_>, atoms: &mut Vec<Atom>) {
        if self.numbering != document.numbering {
            *self = Self { numbering: document.numbering, ..Self::default() };
        }
        let mut own: Vec<[u32; 2]> = vec![[u32::MAX, 0]; document.words.len()];
        atoms.clear();
        atoms.reserve(document.tokens.len());
        for (number, token) in (0_u32..).zip(&document.tokens) {
            let Some(entries) = own.get_mut(token.word as usize) else { continue };
            if entries[0] == u32::MAX
                && let Some(word) = document.words.get(token.word as usize)
            {
                *entries = self.entries_of(word, document.text(token.span), lattice);
            }
            if entries[1] == entries[0] + 1 {
                atoms.push(Atom { entry: entries[0], token: number, part: 0 });
            } else {
                let parts = (0_u8..).zip(entries[0]..entries[1]);
                atoms.extend(parts.map(|(part, entry)| Atom { entry, token: number, part }));
            }
        }
    }

    fn entries_of(&mut self, word: &Word, text: &str, lattice: Lattice<'_>) -> [u32; 2] {
        let index = word.id as usize;
        if index >= self.words.len() {
            self.words.resize(index + 1, None);
        }
        if let Some(entries) = self.words.get(index).copied().flatten() {
            return entries;
        }
        let first = self.entries.len() as u32;
        if word.shape.has(Shape::HYPHEN) && text.len() < 64 {
            for part in text.split('-').filter(|part| !part.is_empty()) {
                let lower = part.replace('’', "'").to_lowercase();
                let readings = language::readings(&lower);
                let keys = readings.iter().map(|reading| (hash(&reading.lemma), 1 << reading.class as u8));
                self.add(hash(&lower), keys.collect(), lattice);
            }
        } else {
            let keys = word.readings.iter().map(|reading| (reading.lemma, 1 << reading.class as u8));
            self.add(word.form, keys.collect(), lattice);
        }
        let entries = [first, self.entries.len() as u32];
        if let Some(known) = self.words.get_mut(index) {
            *known = Some(entries);
        }
        entries
    }

    fn add(&mut self, form: u64, lemmas: SmallVec<[Key; 4]>, lattice: Lattice<'_>) {
        let starts = [self.keys.len(), self.stands.len(), self.begins.len(), self.several.len()].map(|len| len as u32);
        let classes = lemmas.iter().fold(0, |all, (_, class)| all | class);
        // The smallest lemma comes first: it is the word's key in phrases.
        let mut keys: SmallVec<[Key; 6]> = lemmas.into_iter().collect();
        keys.sort_unstable();
        keys.dedup_by(|later, kept| {
            let same = later.0 == kept.0;
            kept.1 |= if same { later.1 } else { 0 };
            same
        });
        match keys.iter_mut().find(|(key, _)| *key == form) {
            Some(own) => own.1 = classes,
            None => keys.push((form, classes)),
        }
        let (mut stands, mut several): (SmallVec<[Stands; 8]>, SmallVec<[u32; 4]>) = Default::default();
        for (key, classes) in &keys {
            for (number, reading) in lattice.readings(*key) {
                let fits = |asked: u8| asked == 0 || asked & classes != 0;
                if !fits(reading.classes) || *key != form && !fits(reading.inflected) {
                    continue;
                }
                if reading.is_single() {
                    let (unit, support, identity) = (reading.unit, reading.support, reading.identity);
                    let form = match classes {
                        _ if *key == form => Form::Plain,
                        classes if classes & 1 != 0 => Form::Plural,
                        classes if *classes == 2 => Form::Verbal,
                        _ => Form::Plain,
                    };
                    stands.push(Stands { unit, support, identity, form });
                } else {
                    several.push(number);
                }
            }
        }
        stands.sort_unstable_by_key(|one| (one.unit, !one.identity, std::cmp::Reverse(one.support), one.form));
        stands.dedup_by_key(|one| one.unit);
        let mut begins: Vec<Begins> = Vec::new();
        for one in &stands {
            let own = lattice.firsts(one.unit);
            begins.extend(own.map(|(second, path)| Begins { second, path, stands: *one }));
        }
        begins.sort_unstable_by_key(|one| (one.second, one.path));
        let bits = |units: &mut dyn Iterator<Item = u32>| units.fold(0, |all, unit| all | 1_u128 << (unit % 127));
        let (is, wants) =
            (bits(&mut stands.iter().map(|one| one.unit)), bits(&mut begins.iter().map(|one| one.second)));
        self.keys.extend(keys.iter().map(|(key, _)| *key));
        self.stands.extend(stands);
        self.begins.extend(begins);
        self.several.extend(several);
        let ends = [self.keys.len(), self.stands.len(), self.begins.len(), self.several.len()].map(|len| len as u32);
        let [keys, stands, begins, several] = [0, 1, 2, 3].map(|index: usize| [starts[index], ends[index]]);
        self.entries.push(Entry { keys, stands, begins, several, is, wants });
    }

    pub(super) fn entry(&self, atom: Atom) -> Entry {
        self.entries.get(atom.entry as usize).copied().unwrap_or_default()
    }

    /// Whether a spelling or a lemma of the atom has this key.
    pub(super) fn has(&self, atom: Atom, key: u64) -> bool {
        slice(&self.keys, self.entry(atom).keys).contains(&key)
    }

    /// Its one key in phrases.
    pub(super) fn canonical(&self, atom: Atom) -> u64 {
        slice(&self.keys, self.entry(atom).keys).first().copied().unwrap_or(0)
    }

    /// What it stands for by itself, by unit.
    pub(super) fn stands(&self, atom: Atom) -> &[Stands] {
        slice(&self.stands, self.entry(atom).stands)
    }

    /// The terms it may begin by itself, by their second unit.
    pub(super) fn begins(&self, atom: Atom) -> &[Begins] {
        slice(&self.begins, self.entry(atom).begins)
    }

    /// Numbers of the readings that begin with it and go on.
    pub(super) fn several(&self, atom: Atom) -> &[u32] {
        slice(&self.several, self.entry(atom).several)
    }
}

/// Where an atom stands.
pub(super) fn span(document: &Document, atom: Atom) -> Span {
    let Some(token) = document.tokens.get(atom.token as usize) else { return Span::default() };
    let text = document.text(token.span);
    if !text.contains('-') {
        return token.span;
    }
    let mut at = 0;
    let parts = text.split('-').map(|part| {
        let range = at..at + part.len();
        at = range.end + 1;
        range
    });
    let found: Option<Range<usize>> = parts.filter(|range| !range.is_empty()).nth(usize::from(atom.part));
    found.map_or(token.span, |range| Span {
        start: token.span.start + range.start as u32,
        end: token.span.start + range.end as u32,
    })
}
