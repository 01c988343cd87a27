//! Spellings that are nearly the same. In: a document. Out: pairs of its capitalised words few edits apart.
//!
//! Spellings meet in buckets that share half of the letters, or the consonants, so that the work grows with the text.

use super::NameSettings;
use super::spelling::{fold, is_variant, is_within, letters, skeleton};
use super::surroundings::{is_name_word, text};
use crate::document::Document;
use std::ops::Range;

/// A spelling that may be part of a name.
pub(super) struct Spelling {
    /// Its place in [`Document::words`].
    pub(super) word: u32,
    /// Where it stands first.
    pub(super) first_token: u32,
    /// How often it stands there.
    pub(super) count: u32,
    folded: Range<u32>,
    letters: u32,
}

/// The distinct spellings of a document that may be names.
pub(super) struct Spellings {
    /// In the order in which they come.
    pub(super) list: Vec<Spelling>,
    folded: String,
}

/// How far to compare within one bucket; beyond, a text is no article, and the work stays linear.
const BUCKET: usize = 64;

impl Spellings {
    /// Those of at least `min_length` bytes, and of four.
    pub(super) fn of(document: &Document, min_length: usize) -> Self {
        const UNSEEN: u32 = u32::MAX;
        const NO_NAME: u32 = u32::MAX - 1;
        let mut index = vec![UNSEEN; document.words.len()];
        let mut spellings = Self { list: Vec::new(), folded: String::new() };
        for number in document.capitals.iter().map(|token| *token as usize) {
            let Some(token) = document.tokens.get(number) else { continue };
            let Some(slot) = index.get_mut(token.word as usize) else { continue };
            if *slot != UNSEEN {
                if let Some(spelling) = spellings.list.get_mut(*slot as usize) {
                    spelling.count += 1;
                }
                continue;
            }
            *slot = NO_NAME;
            if token.span.len() < min_length.max(4) || !is_name_word(document, number) {
                continue;
            }
            let start = spellings.folded.len();
            if !fold(text(document, number), &mut spellings.folded) {
                continue;
            }
            *slot = spellings.list.len() as u32;
            spellings.list.push(Spelling {
                word: token.word,
                first_token: number as u32,
                count: 1,
                letters: letters(spellings.folded.get(start..).unwrap_or_default()),
                folded: start as u32..spellings.folded.len() as u32,
            });
        }
        spellings
    }

    /// The letters of a spelling, lower-case and without accents.
    pub(super) fn folded(&self, spelling: &Spelling) -> &str {
        self.folded.get(spelling.folded.start as usize..spelling.folded.end as usize).unwrap_or_default()
    }

    /// Pairs of places in the list, lower one first, sorted: words few edits apart, or variants if these are looked for.
    ///
    /// Two words one edit apart share the front half or the back half of the shorter one's letters; with two edits in the vowels
    /// they share their consonants.
    pub(super) fn near(&self, settings: &NameSettings) -> Vec<(u32, u32)> {
        let keys = self.keys();
        let mut pairs = Vec::new();
        for bucket in keys.chunk_by(|a, b| a >> 32 == b >> 32) {
            for (at, &a) in bucket.iter().enumerate() {
                for &b in bucket.iter().skip(at + 1).take(BUCKET) {
                    if self.may_be_near(a as u32, b as u32, settings) {
                        pairs.push((a as u32, b as u32));
                    }
                }
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        pairs.retain(|&(a, b)| {
            let (Some(one), Some(other)) = (self.list.get(a as usize), self.list.get(b as usize)) else { return false };
            let (one, other) = (self.folded(one), self.folded(other));
            if settings.variants {
                is_variant(one, other)
            } else {
                is_within(one, other, settings.edits_allowed(one.len().min(other.len())))
            }
        });
        pairs
    }

    /// A key of 32 bits and the place in the list, sorted.
    fn keys(&self) -> Vec<u64> {
        let mut keys = Vec::with_capacity(self.list.len() * 4);
        for (number, spelling) in self.list.iter().enumerate() {
            let folded = self.folded(spelling);
            let bytes = folded.as_bytes();
            let half = bytes.len() / 2;
            let front = |length: usize| key(1, bytes.iter().take(length).copied());
            let back = |length: usize| key(2, bytes.iter().rev().take(length).copied());
            let both = if bytes.len() % 2 == 1 { front(half + 1) } else { back(half.saturating_sub(1)) };
            let all = [front(half), back(half), both, key(3, skeleton(folded))];
            keys.extend(all.map(|key| u64::from(key) << 32 | number as u64));
        }
        keys.sort_unstable();
        keys
    }

    /// A test of letters and length that costs next to nothing.
    fn may_be_near(&self, a: u32, b: u32, settings: &NameSettings) -> bool {
        let (Some(one), Some(other)) = (self.list.get(a as usize), self.list.get(b as usize)) else { return false };
        let (length, other_length) = (one.folded.len(), other.folded.len());
        // Romanisations exchange groups of letters: kh for h, iy for y.
        let allowed = if settings.variants { 3 } else { settings.edits_allowed(length.min(other_length)) };
        a != b
            && (one.letters ^ other.letters).count_ones() as usize <= 2 * allowed
            && length.abs_diff(other_length) <= allowed
    }
}

/// FNV-1a over the letters, one sort of key apart from the other.
fn key(sort: u32, letters: impl Iterator<Item = u8>) -> u32 {
    letters.fold(0x811c_9dc5 ^ sort, |hash, letter| (hash ^ u32::from(letter)).wrapping_mul(0x0100_0193))
}
