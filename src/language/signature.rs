//! In: what is known of a word, or asked of one. Out: a set of a few bits; a word that fits what is asked shares one of them.
//!
//! Most questions end at one comparison of two signatures, before anything else of the word is looked at.

use super::WordClass;
use serde::{Deserialize, Serialize};

/// Of each key (spelling, lower-case form, lemma) one of fifty bits, and a bit each for the classes that a word can be of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct Signature(pub u64);

impl Default for Signature {
    fn default() -> Self {
        Self::ALL
    }
}

const KEYS: u64 = 50;

impl Signature {
    /// Nothing.
    pub const NONE: Self = Self(0);
    /// Fits every word.
    pub const ALL: Self = Self(!0);
    /// Begins with a capital.
    pub const CAPITAL: Self = Self(1 << 63);
    /// May begin a number.
    pub const NUMERIC: Self = Self(1 << 62);

    /// The bit of a key ([`super::hash`]); different keys may share it.
    #[must_use]
    pub const fn key(key: u64) -> Self {
        Self(1 << (((key >> 32) * KEYS) >> 32))
    }

    /// The bit of a word class: of all words that can be of it in some place.
    #[must_use]
    pub const fn class(class: WordClass) -> Self {
        Self(1 << (KEYS + class as u64))
    }

    /// Both sets.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether they share a bit.
    #[must_use]
    #[inline]
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// How many of a thousand words share a bit with it, roughly.
    #[must_use]
    pub fn share(self) -> u32 {
        const CLASSES: [(WordClass, u32); 12] = [
            (WordClass::Det, 130),
            (WordClass::Pron, 90),
            (WordClass::Poss, 40),
            (WordClass::Adj, 150),
            (WordClass::Adv, 80),
            (WordClass::Noun, 450),
            (WordClass::Verb, 350),
            (WordClass::Prep, 150),
            (WordClass::Aux, 60),
            (WordClass::Mod, 500),
            (WordClass::Cue, 20),
            (WordClass::Punct, 130),
        ];
        let keys = (self.0 & ((1 << KEYS) - 1)).count_ones() * 35;
        let classes: u32 =
            CLASSES.iter().filter(|(class, _)| self.meets(Self::class(*class))).map(|(_, share)| share).sum();
        let shapes = [(Self::CAPITAL, 160), (Self::NUMERIC, 60)];
        let shapes: u32 = shapes.iter().filter(|(shape, _)| self.meets(*shape)).map(|(_, share)| share).sum();
        keys + classes + shapes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::hash;

    #[test]
    fn keys_and_classes_have_bits_of_their_own() {
        let keys = ["said", "minister", "the"].map(|word| Signature::key(hash(word)));
        assert!(keys.iter().all(|key| key.0.is_power_of_two() && key.0 < 1 << KEYS));
        assert!(!Signature::class(WordClass::Det).meets(Signature::class(WordClass::Punct)));
        assert!(Signature::class(WordClass::Punct).0 < Signature::NUMERIC.0);
        assert!(Signature::ALL.meets(keys[0]) && Signature::ALL.share() > 1000);
    }
}
