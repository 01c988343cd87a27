//! One compiled part of the lexicon. In: bytes of [`super::compile()`], where they lie. Out: forms by key, entries by number.
//!
//! All numbers are little-endian. Header: magic (8 bytes), entries, forms, bits, keys (u32 each). Then a filter of `2^bits` x 16
//! bits, one set for the low bits of each first key, so that a miss reads one byte; `2^bits + 1` u32: where the forms begin whose
//! first key has these top bits; the forms, sorted by first key; a card per entry; the keys of all tokens after a first one;
//! the entries as postcard records.

use super::{Entry, EntryKind, Form, FormKind, Gender};
use std::borrow::Cow;

pub(super) const MAGIC: &[u8; 8] = b"mtalex\0\x02";
pub(super) const HEADER: usize = 24;
/// First key (8), number of the entry (4), index of the first of the other keys (4), how many (1), form (1), kind (1), 0.
pub(super) const FORM: usize = 20;
/// Offset of the record behind the keys (4), kind (1), gender (1), country of a country or capital (2).
pub(super) const CARD: usize = 8;

pub(super) const FORM_KINDS: [FormKind; 6] =
    [FormKind::Full, FormKind::Alias, FormKind::Surname, FormKind::Misspelling, FormKind::Demonym, FormKind::Acronym];
pub(super) const ENTRY_KINDS: [EntryKind; 3] = [EntryKind::Person, EntryKind::Place, EntryKind::Organisation];
pub(super) const GENDERS: [Gender; 3] = [Gender::Female, Gender::Male, Gender::Other];

/// The number a value is stored under; one that no list holds where it is not listed.
pub(super) fn code<T: PartialEq>(list: &[T], value: &T) -> u8 {
    list.iter().position(|listed| listed == value).map_or(u8::MAX, |at| at as u8)
}

/// A part and where its sections begin.
#[derive(Clone, Debug)]
pub(super) struct Part {
    bytes: Cow<'static, [u8]>,
    base: u32,
    entries: u32,
    shift: u32,
    buckets: usize,
    forms: usize,
    cards: usize,
    keys: usize,
    records: usize,
}

impl Part {
    /// A part whose entries are numbered from `base`; none where these are not the bytes of a part.
    pub(super) fn new(bytes: Cow<'static, [u8]>, base: u32) -> Option<Self> {
        if bytes.get(..8)? != MAGIC {
            return None;
        }
        let [entries, forms, bits, keys] = [8, 12, 16, 20].map(|at| u32_at(&bytes, at));
        let (entries, bits) = (entries?, bits?);
        if bits > 26 {
            return None;
        }
        let buckets = HEADER + filter_length(bits);
        let forms_at = buckets + 4 * ((1_usize << bits) + 1);
        let cards = forms_at.checked_add((forms? as usize).checked_mul(FORM)?)?;
        let keys_at = cards.checked_add((entries as usize).checked_mul(CARD)?)?;
        let records = keys_at.checked_add((keys? as usize).checked_mul(8)?)?;
        base.checked_add(entries)?;
        (records <= bytes.len()).then_some(Self {
            bytes,
            base,
            entries,
            shift: 64 - bits,
            buckets,
            forms: forms_at,
            cards,
            keys: keys_at,
            records,
        })
    }

    /// The number after its last entry.
    pub(super) fn end(&self) -> u32 {
        self.base + self.entries
    }

    /// The forms that begin with this key.
    pub(super) fn forms(&self, first: u64) -> impl Iterator<Item = Form<'_>> {
        let forms = self.bucket(first);
        let first = first.to_le_bytes();
        forms
            .as_chunks::<FORM>()
            .0
            .iter()
            .skip_while(move |form| form[..8] != first)
            .take_while(move |form| form[..8] == first)
            .filter_map(|form| self.form(form))
    }

    /// Those of [`Part::forms`] that are this one word, or go on with the next one.
    pub(super) fn forms_before(&self, first: u64, next: Option<u64>) -> impl Iterator<Item = Form<'_>> {
        let forms = self.bucket(first);
        let first = first.to_le_bytes();
        forms
            .as_chunks::<FORM>()
            .0
            .iter()
            .skip_while(move |form| form[..8] != first)
            .take_while(move |form| form[..8] == first)
            .filter(move |form| form[16] == 0 || next.is_some_and(|next| self.second(form) == Some(next)))
            .filter_map(|form| self.form(form))
    }

    /// The key of the second word of a form of several.
    fn second(&self, form: &[u8; FORM]) -> Option<u64> {
        let at = self.keys + 8 * u32_at(form, 12)? as usize;
        self.bytes.get(at..)?.first_chunk().map(|chunk| u64::from_le_bytes(*chunk))
    }

    /// False where no form begins with this key; true for these and about one in sixteen others.
    #[inline]
    pub(super) fn may_have(&self, first: u64) -> bool {
        let (byte, bit) = filter_place(first, self.buckets - HEADER);
        self.bytes.get(HEADER + byte).is_some_and(|bits| bits & bit != 0)
    }

    fn bucket(&self, first: u64) -> &[u8] {
        let bucket = self.buckets + 4 * first.checked_shr(self.shift).unwrap_or(0) as usize;
        let start = u32_at(&self.bytes, bucket).unwrap_or(0) as usize;
        let end = u32_at(&self.bytes, bucket + 4).unwrap_or(0) as usize;
        self.bytes.get(self.forms + start * FORM..self.forms + end * FORM).unwrap_or_default()
    }

    fn form(&self, form: &[u8; FORM]) -> Option<Form<'_>> {
        let rest = self.keys + 8 * u32_at(form, 12)? as usize;
        Some(Form {
            entry: self.base.saturating_add(u32_at(form, 8)?),
            kind: *FORM_KINDS.get(usize::from(form[17]))?,
            entry_kind: *ENTRY_KINDS.get(usize::from(form[18]))?,
            rest: self.bytes.get(rest..rest + 8 * usize::from(form[16]))?,
        })
    }

    /// The entry, decoded.
    pub(super) fn entry(&self, number: u32) -> Option<Entry> {
        postcard::from_bytes(self.record(number)?).ok()
    }

    /// The name alone: kind and name stand first in a record.
    pub(super) fn name(&self, number: u32) -> Option<&str> {
        postcard::take_from_bytes::<(EntryKind, &str)>(self.record(number)?).ok().map(|((_, name), _)| name)
    }

    pub(super) fn kind(&self, number: u32) -> Option<EntryKind> {
        ENTRY_KINDS.get(usize::from(self.card(number)?[4])).copied()
    }

    pub(super) fn gender(&self, number: u32) -> Option<Gender> {
        GENDERS.get(usize::from(self.card(number)?[5])).copied()
    }

    pub(super) fn country(&self, number: u32) -> Option<[u8; 2]> {
        let card = self.card(number)?;
        Some([card[6], card[7]]).filter(|country| *country != [0, 0])
    }

    fn card(&self, number: u32) -> Option<&[u8; CARD]> {
        let index = number.checked_sub(self.base).filter(|&index| index < self.entries)? as usize;
        self.bytes.get(self.cards + index * CARD..)?.first_chunk()
    }

    fn record(&self, number: u32) -> Option<&[u8]> {
        let offset = u32_at(self.card(number)?, 0)? as usize;
        self.bytes.get(self.records + offset..)
    }
}

/// Bytes of the filter.
pub(super) fn filter_length(bits: u32) -> usize {
    2 << bits
}

/// Byte and bit of a key in a filter of that many bytes, a power of two.
pub(super) fn filter_place(key: u64, length: usize) -> (usize, u8) {
    ((key >> 3) as usize & (length - 1), 1 << (key & 7))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|chunk| u32::from_le_bytes(*chunk))
}
