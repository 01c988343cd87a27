//! In: the words of documents. Out: what each can mean, looked up once for each spelling.

use super::is_content;
use crate::document::{Document, Word};
use crate::language;
use crate::language::thesaurus::{self, Kin, Senses};
use smallvec::SmallVec;
use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;

/// More spellings than this are not kept from one text to the next.
const LIMIT: usize = 1 << 16;

/// What is known of a spelling.
#[derive(Clone, Debug, Default)]
pub(crate) struct Profile {
    /// Lower-case, without diacritics and stops.
    pub folded: String,
    /// Its lemmas, lower-case.
    pub lemmas: SmallVec<[String; 2]>,
    senses: Option<Senses>,
}

impl Profile {
    /// How near the word is to a lemma.
    pub fn kin(&self, lemma: &Senses) -> Kin {
        self.senses.as_ref().map_or(Kin::None, |senses| senses.kin(lemma))
    }
}

/// Profiles by spelling.
#[derive(Debug, Default)]
pub(crate) struct Profiles {
    /// By [`Word::exact`].
    known: HashMap<u64, Profile>,
}

impl Profiles {
    /// Learns the words of a document.
    pub fn learn(&mut self, document: &Document) {
        if self.known.len() > LIMIT {
            *self = Self::default();
        }
        for token in &document.tokens {
            let Some(word) = document.words.get(token.word as usize) else { continue };
            self.known.entry(word.exact).or_insert_with(|| profile(document.text(token.span), word));
        }
    }

    /// The profile of a word that was learnt.
    pub fn of(&self, word: &Word) -> Option<&Profile> {
        self.known.get(&word.exact)
    }

    /// How near two words are in meaning.
    pub fn kin(&self, a: &Word, b: &Word) -> Kin {
        let (Some(a), Some(b)) = (self.of(a), self.of(b)) else { return Kin::None };
        let by_sense = match (&a.senses, &b.senses) {
            (Some(a), Some(b)) => a.kin(b),
            _ => Kin::None,
        };
        by_sense.max(if share_stem(&a.folded, &b.folded) { Kin::Same } else { Kin::None })
    }

    /// Whether a thesaurus calls two words opposites.
    pub fn opposed(&self, a: &Word, b: &Word) -> bool {
        let (Some(a), Some(b)) = (self.of(a), self.of(b)) else { return false };
        let has = |a: &Profile, b: &Profile| {
            a.senses.as_ref().is_some_and(|senses| b.lemmas.iter().any(|lemma| senses.opposes(language::hash(lemma))))
        };
        has(a, b) || has(b, a)
    }
}

fn profile(text: &str, word: &Word) -> Profile {
    let lower = text.to_lowercase().replace('’', "'");
    let folded: String = lower.nfd().filter(|c| c.is_alphanumeric()).collect();
    let mut lemmas: SmallVec<[String; 2]> = SmallVec::new();
    let mut senses: Option<Senses> = None;
    if is_content(word) {
        for reading in language::readings(&lower) {
            if !lemmas.contains(&reading.lemma) {
                lemmas.push(reading.lemma);
            }
        }
        if !lemmas.contains(&lower) {
            lemmas.push(lower);
        }
        for lemma in &lemmas {
            if let Some(more) = thesaurus::senses(lemma) {
                match &mut senses {
                    Some(senses) => senses.join(&more),
                    None => senses = Some(more),
                }
            }
        }
    }
    Profile { folded, lemmas, senses }
}

/// prosecutor and prosecution: the same beginning of five letters or more, and most of the shorter word.
fn share_stem(a: &str, b: &str) -> bool {
    let shared = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let (shorter, longer) = {
        let (a, b) = (a.chars().count(), b.chars().count());
        (a.min(b), a.max(b))
    };
    shared >= 4 && (shared * 4 >= shorter * 3 && shared * 2 >= longer || shared >= 6 && shared * 5 >= longer * 3)
}
