//! What English is: lemmas and inflection, closed word classes, number words, reporting verbs. In: words. Out: what is known of them.

mod closed;
pub mod lists;
mod members;
mod morphology;
pub mod number;
mod table;
pub mod thesaurus;

pub use closed::closed;
pub use lists::{begins_with_vowel_sound, is_reporting_verb};
pub use morphology::{inflect, is_lemma, readings};

/// A 64-bit key of a text, equal at build time and at run time (xxh3 of the UTF-8 bytes).
#[must_use]
pub fn hash(text: &str) -> u64 {
    xxhash_rust::xxh3::xxh3_64(text.as_bytes())
}

/// The open word classes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, serde::Serialize, serde::Deserialize)]
pub enum Class {
    /// target, people
    Noun,
    /// target, fire
    Verb,
    /// genuine
    Adjective,
    /// fundamentally
    Adverb,
}

/// Word classes a pattern can ask for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
pub enum WordClass {
    /// the, this, every
    Det,
    /// she, them, who
    Pron,
    /// her, their
    Poss,
    /// genuine
    Adj,
    /// basically
    Adv,
    /// target
    Noun,
    /// topple
    Verb,
    /// with
    Prep,
    /// be, have, do, modal verbs
    Aux,
    /// One adjective-like token: adjective, participle, demonym, ordinal, number, capitalised modifier.
    Mod,
    /// A reporting verb.
    Cue,
    /// A punctuation mark.
    Punct,
}

/// Forms a word can stand in, as a set.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, Default, serde::Serialize, serde::Deserialize)]
pub struct Forms(pub u16);

#[allow(missing_docs)]
impl Forms {
    pub const BASE: Self = Self(1);
    pub const S: Self = Self(2);
    pub const ED: Self = Self(4);
    pub const EN: Self = Self(8);
    pub const ING: Self = Self(16);
    pub const SINGULAR: Self = Self(32);
    pub const PLURAL: Self = Self(64);
    pub const POSITIVE: Self = Self(128);
    pub const COMPARATIVE: Self = Self(256);
    pub const SUPERLATIVE: Self = Self(512);

    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
    #[must_use]
    pub const fn intersects(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

/// One way to read a word form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reading {
    /// The base form.
    pub lemma: String,
    /// Its class.
    pub class: Class,
    /// Which forms of the lemma look like this.
    pub forms: Forms,
    /// Guessed by its ending, not known.
    pub guessed: bool,
}

/// Closed word classes, as a set.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, Default)]
pub struct Closed(pub u32);

#[allow(missing_docs)]
impl Closed {
    pub const DET: Self = Self(1);
    pub const ARTICLE: Self = Self(1 << 1);
    pub const PRON: Self = Self(1 << 2);
    pub const POSS: Self = Self(1 << 3);
    pub const PREP: Self = Self(1 << 4);
    pub const AUX: Self = Self(1 << 5);
    pub const MODAL: Self = Self(1 << 6);
    pub const CONJ: Self = Self(1 << 7);
    pub const SUBORDINATOR: Self = Self(1 << 8);
    pub const NEGATION: Self = Self(1 << 9);
    pub const WH: Self = Self(1 << 10);
    pub const TO: Self = Self(1 << 11);
    pub const NUMBER_WORD: Self = Self(1 << 12);
    pub const ORDINAL: Self = Self(1 << 13);
    pub const REFLEXIVE: Self = Self(1 << 14);

    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
    #[must_use]
    pub const fn intersects(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// Occurrences per million tokens of news; 0 for what is rare.
#[must_use]
pub fn commonness(lower: &str) -> u32 {
    COMMON.find(lower).and_then(|count| count.parse().ok()).unwrap_or(0)
}

static COMMON: table::Table = table::Table::new(include_str!("common.tsv"));
