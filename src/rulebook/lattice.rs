//! Compiled set terms. In: bytes of [`write()`], where they lie. Out: what a word may stand for, which terms begin so, what people write.
//!
//! A term is a path of units; a unit is a word of terms, or some words that one wrong word stands for together. All numbers are
//! little-endian. Header: magic, then the number of records of each section in the order of [`Parts`]; the sections follow.

use super::blob::{anchor_table, numbers};

const MAGIC: &[u8; 8] = b"mtalat\0\x01";
/// Bytes of one record of each section: slots, postings, rest, units, firsts, paths, steps, terms, strings, background, initials.
const RECORDS: [usize; 11] = [16, 12, 8, 4, 12, 8, 4, 8, 1, 4, 8];
const HEADER: usize = 8 + 4 * RECORDS.len();

/// The word is the unit's own.
pub const IDENTITY: u8 = 1;

/// A word, or the first of several, that stands for a unit.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Posting {
    /// Key of a word's spelling or lemma.
    pub key: u64,
    /// What it stands for.
    pub unit: u32,
    /// Keys of the words that must follow.
    pub rest: Vec<u64>,
    /// How well the swap is known.
    pub support: u16,
    /// Readings one of which the word must have, as bits in the order of [`crate::language::Class`]; 0: any.
    pub classes: u8,
    /// The same of a word that is a form of what the key names, not that itself.
    pub inflected: u8,
    /// [`IDENTITY`] or 0.
    pub flags: u8,
}

/// What goes into a lattice.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Parts {
    /// In any order.
    pub postings: Vec<Posting>,
    /// Words of each unit.
    pub units: Vec<u32>,
    /// Terms with their domains.
    pub terms: Vec<(String, String)>,
    /// Each the number of a term and at least two units.
    pub paths: Vec<(u32, Vec<u32>)>,
    /// Keys of real phrases, see [`phrase_key`].
    pub background: Vec<u32>,
    /// Initials of terms, see [`initials_key`], each with the number of a path.
    pub initials: Vec<(u32, u32)>,
}

/// The key of a phrase: of each word the smallest key of its lemmas, or that of its spelling where it has none.
#[must_use]
pub fn phrase_key(words: impl IntoIterator<Item = u64>) -> u32 {
    let mut bytes = Vec::with_capacity(32);
    words.into_iter().for_each(|word| bytes.extend(word.to_le_bytes()));
    let hash = xxhash_rust::xxh3::xxh3_64(&bytes);
    (hash ^ (hash >> 32)) as u32
}

/// The key of an acronym in small letters.
#[must_use]
pub fn initials_key(letters: &str) -> u32 {
    let hash = crate::language::hash(letters);
    (hash ^ (hash >> 32)) as u32
}

/// The bytes of a lattice; same parts, same bytes.
#[must_use]
pub fn write(parts: &Parts) -> Vec<u8> {
    let mut postings = parts.postings.clone();
    postings.sort_unstable();
    postings.dedup_by(|later, kept| {
        let same = (later.key, later.unit, &later.rest) == (kept.key, kept.unit, &kept.rest);
        if same {
            kept.support = kept.support.max(later.support);
            kept.flags |= later.flags;
            let either = |one: u8, other: u8| if one == 0 || other == 0 { 0 } else { one | other };
            kept.classes = either(kept.classes, later.classes);
            kept.inflected = either(kept.inflected, later.inflected);
        }
        same
    });
    let keys: Vec<(u64, u32)> = (0..).zip(&postings).map(|(index, posting)| (posting.key, index)).collect();
    let (slots, _) = anchor_table(&keys, |number: &u32| number.to_le_bytes().to_vec());
    let mut sections: [Vec<u8>; 11] = Default::default();
    sections[0] = slots;
    let mut rest = 0_u32;
    for posting in &postings {
        sections[1].extend(posting.unit.to_le_bytes());
        sections[1].extend(rest.to_le_bytes());
        sections[1].extend(posting.support.to_le_bytes());
        sections[1].push(posting.flags | (posting.rest.len() as u8) << 1);
        sections[1].push(posting.classes | posting.inflected << 4);
        sections[2].extend(posting.rest.iter().flat_map(|key| key.to_le_bytes()));
        rest += posting.rest.len() as u32;
    }
    sections[3] = parts.units.iter().flat_map(|words| words.to_le_bytes()).collect();
    let mut firsts: Vec<[u32; 3]> = (0..)
        .zip(&parts.paths)
        .filter_map(|(number, (_, units))| Some([*units.first()?, *units.get(1)?, number]))
        .collect();
    firsts.sort_unstable();
    sections[4] = firsts.iter().flatten().flat_map(|number| number.to_le_bytes()).collect();
    for (term, units) in &parts.paths {
        sections[5].extend(term.to_le_bytes());
        sections[5].extend(((sections[6].len() / 4) as u32).to_le_bytes());
        sections[6].extend((units.len() as u32).to_le_bytes());
        sections[6].extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
    }
    for (term, domain) in &parts.terms {
        let start = sections[8].len() as u32;
        sections[8].extend(term.as_bytes());
        sections[8].push(b'\t');
        sections[8].extend(domain.as_bytes());
        sections[7].extend(start.to_le_bytes());
        sections[7].extend((sections[8].len() as u32).to_le_bytes());
    }
    let mut background = parts.background.clone();
    background.sort_unstable();
    background.dedup();
    sections[9] = background.iter().flat_map(|key| key.to_le_bytes()).collect();
    let mut initials = parts.initials.clone();
    initials.sort_unstable();
    sections[10] = initials.iter().flat_map(|(key, path)| [*key, *path]).flat_map(u32::to_le_bytes).collect();
    let mut out = MAGIC.to_vec();
    for (section, record) in sections.iter().zip(RECORDS) {
        out.extend(((section.len() / record) as u32).to_le_bytes());
    }
    out.extend(sections.iter().flatten());
    out
}

/// What a word stands for, read in place.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'a> {
    /// The unit.
    pub unit: u32,
    /// How well the swap is known.
    pub support: u16,
    /// See [`Posting::classes`].
    pub classes: u8,
    /// See [`Posting::inflected`].
    pub inflected: u8,
    /// The word is the unit's own.
    pub identity: bool,
    rest: &'a [u8],
}

impl<'a> Reading<'a> {
    /// Keys of the words that must follow.
    pub fn rest(self) -> impl Iterator<Item = u64> + 'a {
        self.rest.as_chunks().0.iter().map(|key| u64::from_le_bytes(*key))
    }

    /// Whether the word stands alone.
    #[must_use]
    pub fn is_single(self) -> bool {
        self.rest.is_empty()
    }
}

/// A lattice where its bytes lie.
#[derive(Clone, Copy, Debug)]
pub struct Lattice<'a>([&'a [u8]; 11]);

impl<'a> Lattice<'a> {
    /// None where these are not the bytes of a lattice.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Option<Self> {
        if bytes.get(..8)? != MAGIC {
            return None;
        }
        let mut at = HEADER;
        let mut sections = [&[][..]; 11];
        for ((section, record), count) in sections.iter_mut().zip(RECORDS).zip(numbers(bytes.get(8..HEADER)?)) {
            let end = at.checked_add((count as usize).checked_mul(record)?)?;
            *section = bytes.get(at..end)?;
            at = end;
        }
        Some(Self(sections))
    }

    /// What a word with this key may stand for, each with its number.
    pub fn readings(&self, key: u64) -> impl Iterator<Item = (u32, Reading<'a>)> {
        let (first, count) = self.slot(key).unwrap_or((0, 0));
        let lattice = *self;
        (first..first + count).filter_map(move |number| Some((number, lattice.reading(number)?)))
    }

    /// A reading by its number.
    #[must_use]
    pub fn reading(&self, number: u32) -> Option<Reading<'a>> {
        let record: &[u8; 12] = self.0[1].get(number as usize * 12..)?.first_chunk()?;
        let start = four(record, 4) as usize * 8;
        Some(Reading {
            unit: four(record, 0),
            support: u16::from_le_bytes([record[8], record[9]]),
            classes: record[11] & 15,
            inflected: record[11] >> 4,
            identity: record[10] & IDENTITY != 0,
            rest: self.0[2].get(start..start + usize::from(record[10] >> 1) * 8)?,
        })
    }

    /// Words of a unit.
    #[must_use]
    pub fn unit_words(&self, unit: u32) -> u32 {
        four(self.0[3], unit as usize * 4)
    }

    /// The paths that begin with a unit, each with its second unit, sorted by that.
    pub fn firsts(&self, unit: u32) -> impl Iterator<Item = (u32, u32)> + 'a {
        let records = self.0[4].as_chunks::<12>().0;
        let start = records.partition_point(|record| four(record, 0) < unit);
        let own = records.get(start..).unwrap_or_default().iter().take_while(move |record| four(*record, 0) == unit);
        own.map(|record| (four(record, 4), four(record, 8)))
    }

    /// The units of a path.
    #[must_use]
    pub fn path(&self, path: u32) -> impl ExactSizeIterator<Item = u32> + 'a {
        let start = four(self.0[5], path as usize * 8 + 4) as usize * 4;
        let count = four(self.0[6], start) as usize;
        let units = self.0[6].get(start + 4..start + 4 + count * 4).unwrap_or_default();
        units.as_chunks().0.iter().map(|unit| u32::from_le_bytes(*unit))
    }

    /// The term of a path and its domain.
    #[must_use]
    pub fn term(&self, path: u32) -> (&'a str, &'a str) {
        let term = four(self.0[5], path as usize * 8) as usize * 8;
        let range = four(self.0[7], term) as usize..four(self.0[7], term + 4) as usize;
        let text = self.0[8].get(range).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or("");
        text.split_once('\t').unwrap_or((text, ""))
    }

    /// The paths of the terms with these initials.
    pub fn initials(&self, key: u32) -> impl Iterator<Item = u32> + 'a {
        let records = self.0[10].as_chunks::<8>().0;
        let start = records.partition_point(|record| four(record, 0) < key);
        let own = records.get(start..).unwrap_or_default().iter().take_while(move |record| four(*record, 0) == key);
        own.map(|record| four(record, 4))
    }

    /// Whether people write a phrase with this key.
    #[must_use]
    pub fn is_real(&self, key: u32) -> bool {
        self.0[9].as_chunks().0.binary_search_by_key(&key, |bytes| u32::from_le_bytes(*bytes)).is_ok()
    }

    fn slot(&self, key: u64) -> Option<(u32, u32)> {
        let slots = self.0[0].as_chunks::<16>().0;
        let mask = slots.len().wrapping_sub(1);
        let mut at = key as usize & mask;
        // The table is at most half full: an empty slot ends each search.
        for _ in 0..slots.len() {
            let slot = slots.get(at)?;
            let found = u64::from_le_bytes(*slot.first_chunk()?);
            if found == key {
                return Some((four(slot, 8), four(slot, 12)));
            }
            if found == 0 {
                return None;
            }
            at = (at + 1) & mask;
        }
        None
    }
}

fn four(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..).and_then(|rest| rest.first_chunk()).map_or(0, |bytes| u32::from_le_bytes(*bytes))
}
