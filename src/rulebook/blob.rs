//! In: compiled packs. Out: bytes that are read in place; and back: one record at a time, when it is needed.
//!
//! Layout: magic, a directory of sections (offset and length, little-endian u32), the sections. Same packs, same bytes.

use super::compiled::{Literal, Matcher, PackInfo, Rule, RuleHead, RuleText};
use super::lattice::Lattice;
use super::pattern::compile::AnchorWord;
use super::pattern::neighbours::Neighbour;
use super::scanner;
use crate::language::Signature;
use std::borrow::Cow;

const MAGIC: &[u8; 8] = b"mtaudit1";
const SECTIONS: usize = 18 + scanner::TABLES;

const SLOTS: usize = 0;
const POSTINGS: usize = 1;
const MATCHER_OFFSETS: usize = 2;
const MATCHERS: usize = 3;
const RULE_OFFSETS: usize = 4;
const RULES: usize = 5;
const WHOLE_TEXT: usize = 6;
const UNANCHORED: usize = 7;
const EVERY_LINE: usize = 8;
const PACKS: usize = 9;
const LEXICON_OFFSETS: usize = 10;
const LEXICONS: usize = 11;
/// The first of the tables of literals.
const LITERALS: usize = 12;
// The rules of tables; their offsets and bytes stand in the next two sections.
const LATTICE_RULES: usize = LITERALS + scanner::TABLES;
const DIALECT_RULES: usize = LATTICE_RULES + 3;

/// Bytes of one slot of the anchor table: key, first posting, number of postings.
const SLOT: usize = 16;
/// Bytes of a posting: matcher (4), rule (4), two offsets (1 each), 0 .. 0 (6), two signatures (8 each).
const POSTING: usize = 32;

/// A matcher that a word leads to, and what must stand beside that word; numbers count within the blob.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Posting {
    /// Its number.
    pub matcher: u32,
    /// The number of its rule.
    pub rule: u32,
    /// See [`Neighbour`].
    pub beside: [Neighbour; 2],
}

impl Posting {
    fn write(&self) -> [u8; POSTING] {
        let mut bytes = [0; POSTING];
        let [one, two] = self.beside;
        let parts: [&[u8]; 6] = [
            &self.matcher.to_le_bytes(),
            &self.rule.to_le_bytes(),
            &[one.offset.cast_unsigned(), two.offset.cast_unsigned()],
            &[0; 6],
            &one.signature.0.to_le_bytes(),
            &two.signature.0.to_le_bytes(),
        ];
        bytes.iter_mut().zip(parts.into_iter().flatten()).for_each(|(to, from)| *to = *from);
        bytes
    }

    fn read(bytes: &[u8; POSTING]) -> Self {
        let neighbour = |which: usize| Neighbour {
            offset: bytes.get(8 + which).map_or(0, |byte| byte.cast_signed()),
            signature: Signature(
                bytes
                    .get(16 + 8 * which..)
                    .and_then(|rest| rest.first_chunk())
                    .map_or(!0, |eight| u64::from_le_bytes(*eight)),
            ),
        };
        Self { matcher: number(bytes, 0), rule: number(bytes, 1), beside: [neighbour(0), neighbour(1)] }
    }
}

/// What goes into a blob.
#[derive(Debug, Default)]
pub struct Parts {
    /// All rules in order.
    pub rules: Vec<Rule>,
    /// Their long texts, same order.
    pub texts: Vec<RuleText>,
    /// Matchers with their anchors; none: tried everywhere.
    pub matchers: Vec<(Matcher, Vec<AnchorWord>)>,
    /// Literals that lead to raw-text rules; an empty literal: tried on every line.
    pub literals: Vec<Literal>,
    /// Rules that look at the text as a whole.
    pub whole_text: Vec<u32>,
    /// Packs in order.
    pub packs: Vec<PackInfo>,
    /// One compiled lexicon a pack.
    pub lexicons: Vec<Vec<u8>>,
    /// Compiled lattices, each with its rule.
    pub lattices: Vec<(u32, Vec<u8>)>,
    /// Compiled words of dialects, each with its rule.
    pub dialects: Vec<(u32, Vec<u8>)>,
}

/// The blob, and apart from it the texts that are read only when shown.
#[must_use]
pub fn write(parts: &Parts) -> (Vec<u8>, Vec<u8>) {
    let mut sections: [Vec<u8>; SECTIONS] = std::array::from_fn(|_| Vec::new());
    let mut anchored: Vec<(u64, Posting)> = Vec::new();
    for (number, (matcher, anchors)) in parts.matchers.iter().enumerate() {
        if anchors.is_empty() {
            sections[UNANCHORED].extend((number as u32).to_le_bytes());
        }
        let posting = |beside| Posting { matcher: number as u32, rule: matcher.rule, beside };
        anchored.extend(anchors.iter().map(|anchor| (anchor.key, posting(anchor.beside))));
    }
    anchored.sort_by_key(|(key, posting)| (*key, posting.matcher));
    (sections[SLOTS], sections[POSTINGS]) = anchor_table(&anchored, |posting: &Posting| posting.write().to_vec());
    (sections[MATCHER_OFFSETS], sections[MATCHERS]) =
        records(parts.matchers.iter().map(|(matcher, _)| encode(matcher)));
    (sections[RULE_OFFSETS], sections[RULES]) = records(parts.rules.iter().map(encode));
    sections[WHOLE_TEXT] = parts.whole_text.iter().flat_map(|rule| rule.to_le_bytes()).collect();
    let mut every_line: Vec<u32> =
        parts.literals.iter().filter(|literal| literal.text.is_empty()).map(|literal| literal.rule).collect();
    every_line.dedup();
    sections[EVERY_LINE] = every_line.iter().flat_map(|rule| rule.to_le_bytes()).collect();
    for (section, table) in sections[LITERALS..].iter_mut().zip(scanner::tables(&parts.literals)) {
        *section = table;
    }
    sections[PACKS] = encode(&parts.packs);
    (sections[LEXICON_OFFSETS], sections[LEXICONS]) = records(parts.lexicons.iter().cloned());
    for (section, tables) in [(LATTICE_RULES, &parts.lattices), (DIALECT_RULES, &parts.dialects)] {
        sections[section] = tables.iter().flat_map(|(rule, _)| rule.to_le_bytes()).collect();
        (sections[section + 1], sections[section + 2]) = records(tables.iter().map(|(_, bytes)| bytes.clone()));
    }
    let (offsets, texts) = records(parts.texts.iter().map(encode));
    (join(&sections), join(&[offsets, texts]))
}

/// Postcard writes to memory: there is nothing that can fail for these types.
fn encode<T: serde::Serialize>(value: &T) -> Vec<u8> {
    postcard::to_stdvec(value).unwrap_or_default()
}

fn records(items: impl Iterator<Item = Vec<u8>>) -> (Vec<u8>, Vec<u8>) {
    let (mut offsets, mut bytes) = (0_u32.to_le_bytes().to_vec(), Vec::new());
    for item in items {
        bytes.extend(item);
        offsets.extend((bytes.len() as u32).to_le_bytes());
    }
    (offsets, bytes)
}

/// Open addressing with linear probing at a load of at most one half; key 0 is an empty slot.
pub(super) fn anchor_table<P>(anchored: &[(u64, P)], bytes: impl Fn(&P) -> Vec<u8>) -> (Vec<u8>, Vec<u8>) {
    let distinct = anchored.chunk_by(|a, b| a.0 == b.0).count();
    let capacity = (distinct * 2).next_power_of_two().max(2);
    let mut slots = vec![[0_u8; SLOT]; capacity];
    let (mut postings, mut number) = (Vec::new(), 0_u32);
    for group in anchored.chunk_by(|a, b| a.0 == b.0) {
        let key = group[0].0;
        let mut at = key as usize & (capacity - 1);
        while slots[at][..8] != [0; 8] {
            at = (at + 1) & (capacity - 1);
        }
        slots[at][..8].copy_from_slice(&key.to_le_bytes());
        slots[at][8..12].copy_from_slice(&number.to_le_bytes());
        slots[at][12..].copy_from_slice(&(group.len() as u32).to_le_bytes());
        number += group.len() as u32;
        postings.extend(group.iter().flat_map(|(_, posting)| bytes(posting)));
    }
    (slots.concat(), postings)
}

fn join(sections: &[Vec<u8>]) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    let mut offset = MAGIC.len() + sections.len() * 8;
    for section in sections {
        out.extend((offset as u32).to_le_bytes());
        out.extend((section.len() as u32).to_le_bytes());
        offset += section.len();
    }
    out.extend(sections.iter().flatten());
    out
}

/// A blob, built in or compiled at run time.
#[derive(Clone, Debug)]
pub struct Blob {
    bytes: Cow<'static, [u8]>,
    texts: Cow<'static, [u8]>,
}

impl Blob {
    /// A blob from what [`write`] gave.
    #[must_use]
    pub fn new(bytes: Cow<'static, [u8]>, texts: Cow<'static, [u8]>) -> Self {
        Self { bytes, texts }
    }

    fn section(&self, index: usize) -> &[u8] {
        section(&self.bytes, index)
    }

    /// Number of rules.
    #[must_use]
    pub fn rules(&self) -> u32 {
        (self.section(RULE_OFFSETS).len() / 4).saturating_sub(1) as u32
    }

    /// Number of matchers.
    #[must_use]
    pub fn matchers(&self) -> u32 {
        (self.section(MATCHER_OFFSETS).len() / 4).saturating_sub(1) as u32
    }

    /// A rule.
    #[must_use]
    pub fn rule(&self, number: u32) -> Option<Rule> {
        postcard::from_bytes(record(self.section(RULE_OFFSETS), self.section(RULES), number)?).ok()
    }

    /// What a rule is chosen by, without decoding the rest.
    #[must_use]
    pub fn rule_head(&self, number: u32) -> Option<RuleHead<'_>> {
        let record = record(self.section(RULE_OFFSETS), self.section(RULES), number)?;
        postcard::take_from_bytes(record).ok().map(|(head, _)| head)
    }

    /// A matcher.
    #[must_use]
    pub fn matcher(&self, number: u32) -> Option<Matcher> {
        postcard::from_bytes(record(self.section(MATCHER_OFFSETS), self.section(MATCHERS), number)?).ok()
    }

    /// The long texts of a rule.
    #[must_use]
    pub fn text(&self, number: u32) -> Option<RuleText> {
        postcard::from_bytes(record(section(&self.texts, 0), section(&self.texts, 1), number)?).ok()
    }

    /// The matchers of an anchor key.
    pub fn anchored(&self, key: u64) -> impl Iterator<Item = Posting> {
        self.postings(key).as_chunks().0.iter().map(Posting::read)
    }

    fn postings(&self, key: u64) -> &[u8] {
        let slots = self.section(SLOTS);
        let mask = (slots.len() / SLOT).wrapping_sub(1);
        let mut at = key as usize & mask;
        loop {
            let Some(slot) = slots.get(at * SLOT..(at + 1) * SLOT) else { return &[] };
            let found = u64::from_le_bytes(slot[..8].try_into().unwrap_or_default());
            if found == key {
                let first = number(slot, 2) as usize * POSTING;
                let count = number(slot, 3) as usize * POSTING;
                return self.section(POSTINGS).get(first..first + count).unwrap_or(&[]);
            }
            if found == 0 {
                return &[];
            }
            at = (at + 1) & mask;
        }
    }

    /// Matchers without an anchor.
    pub fn unanchored(&self) -> impl Iterator<Item = u32> {
        numbers(self.section(UNANCHORED))
    }

    /// Rules that look at the text as a whole.
    pub fn whole_text(&self) -> impl Iterator<Item = u32> {
        numbers(self.section(WHOLE_TEXT))
    }

    /// Tables of the literals that lead to raw-text rules, for a scanner.
    #[must_use]
    pub fn literals(&self) -> [&[u8]; scanner::TABLES] {
        std::array::from_fn(|table| self.section(LITERALS + table))
    }

    /// Raw-text rules without a literal, to be tried on every line.
    pub fn every_line(&self) -> impl Iterator<Item = u32> {
        numbers(self.section(EVERY_LINE))
    }

    /// The packs.
    #[must_use]
    pub fn packs(&self) -> Vec<PackInfo> {
        postcard::from_bytes(self.section(PACKS)).unwrap_or_default()
    }

    /// Number of lexicons, one a pack.
    #[must_use]
    pub fn lexicons(&self) -> usize {
        (self.section(LEXICON_OFFSETS).len() / 4).saturating_sub(1)
    }

    /// The compiled lexicon of a pack, by its place in [`Blob::packs`].
    #[must_use]
    pub fn lexicon(&self, pack: usize) -> Cow<'static, [u8]> {
        match &self.bytes {
            Cow::Borrowed(bytes) => Cow::Borrowed(
                record(section(bytes, LEXICON_OFFSETS), section(bytes, LEXICONS), pack as u32).unwrap_or(&[]),
            ),
            Cow::Owned(bytes) => Cow::Owned(
                record(section(bytes, LEXICON_OFFSETS), section(bytes, LEXICONS), pack as u32).unwrap_or(&[]).to_vec(),
            ),
        }
    }

    /// The lattices, each with its rule.
    pub fn lattices(&self) -> impl Iterator<Item = (u32, Lattice<'_>)> {
        self.tables(LATTICE_RULES)
    }

    /// The words of dialects, each with its rule.
    pub fn dialects(&self) -> impl Iterator<Item = (u32, Lattice<'_>)> {
        self.tables(DIALECT_RULES)
    }

    /// Lattices from a section of their rules on.
    fn tables(&self, section: usize) -> impl Iterator<Item = (u32, Lattice<'_>)> {
        let bytes = move |index| record(self.section(section + 1), self.section(section + 2), index);
        let rules = (0..).zip(numbers(self.section(section)));
        rules.filter_map(move |(index, rule)| Some((rule, Lattice::new(bytes(index)?)?)))
    }

    /// All bytes, for comparing two blobs.
    #[must_use]
    pub fn bytes(&self) -> (&[u8], &[u8]) {
        (&self.bytes, &self.texts)
    }
}

/// The number at a place counted in numbers.
fn number(bytes: &[u8], index: usize) -> u32 {
    bytes.get(index * 4..index * 4 + 4).and_then(|four| four.try_into().ok()).map_or(0, u32::from_le_bytes)
}

/// Little-endian numbers in a row.
pub fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.chunks_exact(4).map(|four| four.try_into().map_or(0, u32::from_le_bytes))
}

fn section(bytes: &[u8], index: usize) -> &[u8] {
    let directory = bytes.get(MAGIC.len()..).unwrap_or(&[]);
    let (offset, len) = (number(directory, index * 2) as usize, number(directory, index * 2 + 1) as usize);
    bytes.get(offset..offset + len).unwrap_or(&[])
}

fn record<'a>(offsets: &[u8], bytes: &'a [u8], index: u32) -> Option<&'a [u8]> {
    let index = index as usize;
    if (index + 2) * 4 > offsets.len() {
        return None;
    }
    bytes.get(number(offsets, index) as usize..number(offsets, index + 1) as usize)
}
