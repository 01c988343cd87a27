//! People, places and organisations. In: tables the packs bring. Out: entries by the words their names begin with.

mod compile;
mod part;
pub mod table;
pub mod tsv;

pub use compile::compile;

use part::Part;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::atomic::{AtomicU64, Ordering};

/// What an entry is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, Serialize, Deserialize)]
pub enum EntryKind {
    /// A person.
    Person,
    /// A place: country, city, river …
    Place,
    /// An organisation.
    Organisation,
}

/// A person's gender as far as pronouns go.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, Serialize, Deserialize)]
pub enum Gender {
    /// she
    Female,
    /// he
    Male,
    /// they
    Other,
}

/// An office held, with years; an open end is none.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Office {
    /// "president of Russia"
    pub label: String,
    /// First and last year of each term.
    pub years: Vec<(u16, Option<u16>)>,
}

/// One line of a table.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// What it is.
    pub kind: EntryKind,
    /// The house form of the name.
    pub name: String,
    /// Other right forms.
    pub aliases: Vec<String>,
    /// Wrong forms.
    pub misspellings: Vec<String>,
    /// For people.
    pub gender: Option<Gender>,
    /// ISO 3166 alpha-2, or empty.
    pub country: String,
    /// For people.
    pub offices: Vec<Office>,
    /// For places and organisations: capital, city, agency …
    pub subtype: String,
    /// For organisations.
    pub acronym: String,
    /// For places: the people and the adjective.
    pub demonyms: Vec<String>,
}

/// Which form of a name stands in the text.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, Serialize, Deserialize)]
pub enum FormKind {
    /// The name itself.
    Full,
    /// Another right form.
    Alias,
    /// A person's family name alone; several people may share one.
    Surname,
    /// A wrong form.
    Misspelling,
    /// Ukrainian, Ukrainians.
    Demonym,
    /// NATO.
    Acronym,
}

/// A form found by its first word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Form<'a> {
    /// Number of the entry.
    pub entry: u32,
    /// Which form.
    pub kind: FormKind,
    /// What the entry is.
    pub entry_kind: EntryKind,
    /// Keys ([`crate::language::hash`] of the exact token text) of the tokens after the first, little-endian, 8 bytes each.
    pub rest: &'a [u8],
}

impl Form<'_> {
    /// Number of tokens, the first included.
    #[must_use]
    pub fn token_count(&self) -> usize {
        1 + self.rest.len() / 8
    }

    /// Whether the tokens after the first have these keys.
    #[must_use]
    pub fn continues(&self, mut keys: impl Iterator<Item = u64>) -> bool {
        self.rest.chunks_exact(8).all(|key| keys.next().is_some_and(|next| next.to_le_bytes() == key))
    }
}

/// Compiled tables: those of the built-in packs and of the user's.
///
/// Adding a part reads its header only; names are found in the bytes as they lie, entries are decoded when asked for.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    parts: Vec<Part>,
    stamp: u64,
}

impl Lexicon {
    /// Adds one compiled part (see [`compile`]); its entries are numbered after those of the parts before it.
    /// Bytes that [`compile`] has not written hold no forms and no entries.
    pub fn add(&mut self, part: Cow<'static, [u8]>) {
        static STAMPS: AtomicU64 = AtomicU64::new(1);
        let base = self.len();
        self.parts.extend(Part::new(part, base));
        self.stamp = STAMPS.fetch_add(1, Ordering::Relaxed);
    }

    /// A number that only lexicons of the same content share: says whether what was learnt with one holds for another.
    #[must_use]
    pub fn stamp(&self) -> u64 {
        self.stamp
    }

    /// Number of entries.
    #[must_use]
    pub fn len(&self) -> u32 {
        self.parts.last().map_or(0, Part::end)
    }

    /// Whether there is no entry.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All forms whose first token has this key ([`crate::language::hash`] of the token, ’ as '); of one part the longest first.
    pub fn forms(&self, first: u64) -> impl Iterator<Item = Form<'_>> {
        self.parts.iter().filter(move |part| part.may_have(first)).flat_map(move |part| part.forms(first))
    }

    /// Those of [`Lexicon::forms`] that are this one word, or whose second word has the key `next`: few of the many that begin with a
    /// usual first name.
    pub fn forms_before(&self, first: u64, next: Option<u64>) -> impl Iterator<Item = Form<'_>> {
        self.parts.iter().filter(move |part| part.may_have(first)).flat_map(move |part| part.forms_before(first, next))
    }

    /// The entry of that number, decoded.
    #[must_use]
    pub fn entry(&self, number: u32) -> Option<Entry> {
        self.part(number)?.entry(number)
    }

    /// The house form of an entry's name, without decoding the rest.
    #[must_use]
    pub fn name(&self, number: u32) -> Option<&str> {
        self.part(number)?.name(number)
    }

    /// What an entry is, without decoding it.
    #[must_use]
    pub fn kind(&self, number: u32) -> Option<EntryKind> {
        self.part(number)?.kind(number)
    }

    /// An entry's gender, without decoding it.
    #[must_use]
    pub fn gender(&self, number: u32) -> Option<Gender> {
        self.part(number)?.gender(number)
    }

    /// The country (ISO 3166 alpha-2) that a place stands for as its name or its capital, without decoding it.
    #[must_use]
    pub fn country(&self, number: u32) -> Option<[u8; 2]> {
        self.part(number)?.country(number)
    }

    fn part(&self, number: u32) -> Option<&Part> {
        self.parts.iter().find(|part| number < part.end())
    }
}

#[cfg(test)]
mod tests;
