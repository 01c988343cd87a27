//! People, places and organisations. In: tables the packs bring. Out: entries by the words their names begin with.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;

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
    /// A person's last word alone.
    Surname,
    /// A wrong form.
    Misspelling,
    /// Ukrainian, Ukrainians.
    Demonym,
    /// NATO.
    Acronym,
}

/// A form found by its first word.
#[derive(Clone, Copy, Debug)]
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

/// Compiled tables: those of the built-in packs and of the user's.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    parts: Vec<Cow<'static, [u8]>>,
}

impl Lexicon {
    /// Adds one compiled part (see [`compile`]); its entries are numbered after those of the parts before it.
    pub fn add(&mut self, part: Cow<'static, [u8]>) {
        self.parts.push(part);
    }

    /// All forms whose first token has this key.
    pub fn forms(&self, _first: u64) -> impl Iterator<Item = Form<'_>> {
        std::iter::empty()
    }

    /// The entry of that number, decoded.
    #[must_use]
    pub fn entry(&self, _number: u32) -> Option<Entry> {
        None
    }
}

/// Compiles entries to a part that [`Lexicon::add`] takes; same entries, same bytes.
///
/// Names are cut into tokens by `tokenise`, so that they meet the tokens of a document.
#[must_use]
pub fn compile(_entries: &[Entry]) -> Vec<u8> {
    Vec::new()
}
