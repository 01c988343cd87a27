//! What the tables know of words. In: a document and the tables. Out: of each of its words, whose name it may be part of; looked up
//! once for all texts.

use crate::document::{Document, Shape, Token, Word};
use crate::language::Signature;
use crate::lexicon::{EntryKind, FormKind, Lexicon};

/// What a spelling may be part of, as a set.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Part(u8);

impl Part {
    /// First word of a known person's name.
    pub(super) const FIRST: Self = Self(1);
    /// A known person's family name.
    pub(super) const LAST: Self = Self(2);
    /// Begins any right form of a table.
    pub(super) const LISTED: Self = Self(4);
    /// Looked up.
    const LOOKED_UP: Self = Self(128);

    /// Is by itself a form that a table lists as wrong.
    const WRONG_ALONE: Self = Self(64);

    /// Begins a form that a table lists as wrong for something of this kind.
    pub(super) const fn wrong(kind: EntryKind) -> Self {
        match kind {
            EntryKind::Person => Self(8),
            EntryKind::Place => Self(16),
            EntryKind::Organisation => Self(32),
        }
    }

    pub(super) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    /// What a word may be part of; with the words that follow it in forms that a table lists as wrong.
    fn of(word: &Word, lexicon: &Lexicon) -> (Self, Signature) {
        let (mut part, mut seconds) = (Self::LOOKED_UP, Signature::NONE);
        if !word.shape.any(Shape::CAPITAL.with(Shape::INNER_CAPITAL)) {
            return (part, seconds);
        }
        let capital = word.shape.has(Shape::CAPITAL);
        for form in lexicon.forms(word.exact) {
            if form.kind == FormKind::Misspelling {
                part.add(Self::wrong(form.entry_kind));
                match form.rest.first_chunk() {
                    Some(second) => seconds = seconds.with(Signature::key(u64::from_le_bytes(*second))),
                    None => part.add(Self::WRONG_ALONE),
                }
            } else if capital {
                part.add(Self::LISTED);
                if form.entry_kind == EntryKind::Person {
                    part.add(if form.rest.is_empty() { Self::LAST } else { Self::FIRST });
                }
            }
        }
        (part, seconds)
    }
}

/// What is known of words, kept from one text to the next.
#[derive(Debug, Default)]
pub struct Known {
    /// Whose word ids `words` follows.
    numbering: u64,
    words: Vec<(Part, Signature)>,
    /// Of each word of the text; empty until it is asked for.
    own: Vec<Part>,
    /// Of each of them what follows it in wrong forms.
    seconds: Vec<Signature>,
    /// Of all of them.
    any: Part,
    /// Tokens that begin a form which a table lists as wrong.
    suspects: Vec<u32>,
}

impl Known {
    /// Begins a new text.
    pub fn begin(&mut self) {
        self.own.clear();
    }

    /// What each word of the text ([`Document::words`]) may be part of, and what any of them may be.
    pub(super) fn parts(&mut self, document: &Document, lexicon: &Lexicon) -> (&[Part], Part) {
        if self.own.is_empty() {
            self.any = Part::default();
            if self.numbering != document.numbering {
                self.numbering = document.numbering;
                self.words.clear();
            }
            self.seconds.clear();
            for word in &document.words {
                // Few words are: the others are not looked up.
                if !word.shape.has(Shape::LISTED) {
                    self.own.push(Part::default());
                    self.seconds.push(Signature::NONE);
                    continue;
                }
                let index = word.id as usize;
                if index >= self.words.len() {
                    self.words.resize(index + 1, (Part::default(), Signature::NONE));
                }
                let Some(known) = self.words.get_mut(index) else { continue };
                if !known.0.has(Part::LOOKED_UP) {
                    *known = Part::of(word, lexicon);
                }
                self.any.add(known.0);
                self.own.push(known.0);
                self.seconds.push(known.1);
            }
            self.suspects.clear();
            let wrong = [EntryKind::Person, EntryKind::Place, EntryKind::Organisation].map(Part::wrong);
            if wrong.iter().any(|wrong| self.any.has(*wrong)) {
                let suspect = |at: usize, token: &Token| {
                    let part = self.part(token.word);
                    let seconds = self.seconds.get(token.word as usize).copied().unwrap_or(Signature::NONE);
                    wrong.iter().any(|wrong| part.has(*wrong))
                        && (part.has(Part::WRONG_ALONE) || Signature::key(document.word(at + 1).exact).meets(seconds))
                };
                let found = document.tokens.iter().enumerate().filter(|(at, token)| suspect(*at, token));
                self.suspects = found.map(|(at, _)| at as u32).collect();
            }
        }
        (&self.own, self.any)
    }

    /// What a word of that text may be part of.
    pub(super) fn part(&self, word: u32) -> Part {
        self.own.get(word as usize).copied().unwrap_or_default()
    }

    /// Tokens that begin a form which a table lists as wrong, in order; of the text that [`Known::parts`] was asked about.
    pub(super) fn suspects(&self) -> &[u32] {
        &self.suspects
    }
}
