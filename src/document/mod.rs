//! Step 2. In: a [`Source`]. Out: a [`Document`]: blocks, sentences, tokens, quotes, mentions, numbers, quantities, dates.
//!
//! A word is analysed once per distinct spelling and cached in a [`Reader`]; a document holds copies, so that it stands on its own.
//! Tokens that detectors look for are listed while the text is cut: nobody needs to walk over all tokens to find a few.

mod attribution;
mod blocks;
mod mentions;
mod quantities;
mod quotes;
mod reader;
mod readings;
mod sentences;
pub mod tokens;
mod words;

pub use attribution::{People, Person};
pub use reader::Reader;
pub use tokens::tokenise;
pub use words::Identity;

use crate::finding::{Regions, Span};
use crate::language::{Class, Closed, Forms, Signature};
use crate::lexicon::{EntryKind, Gender};
use crate::source::Source;
use smallvec::SmallVec;
use std::ops::Range;

/// What is true of a token in its place, as a set.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct TokenFlags(pub u8);

impl TokenFlags {
    /// White space (or the start of the text) stands before it.
    pub const SPACE_BEFORE: Self = Self(1);
    /// Inside a quotation of speech (not a scare quote), marks excluded.
    pub const IN_QUOTE: Self = Self(2);
    /// Part of the words of a link.
    pub const IN_LINK: Self = Self(4);
    /// First token of its line.
    pub const LINE_START: Self = Self(8);

    /// Whether all of `other` holds.
    #[must_use]
    #[inline]
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

/// A token of the text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Token {
    /// Where it stands in the prose.
    pub span: Span,
    /// Its entry in [`Document::words`].
    pub word: u32,
    /// Its sentence in [`Document::sentences`].
    pub sentence: u32,
    /// What is true of it here.
    pub flags: TokenFlags,
}

/// What a spelling looks like, as a set.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Shape(pub u32);

impl Shape {
    /// Begins with a letter and is a word.
    pub const WORD: Self = Self(1);
    /// First letter upper-case.
    pub const CAPITAL: Self = Self(1 << 1);
    /// Two letters or more, all upper-case (dots allowed: U.S.).
    pub const UPPER: Self = Self(1 << 2);
    /// An upper-case letter after a lower-case one.
    pub const INNER_CAPITAL: Self = Self(1 << 3);
    /// Holds a digit.
    pub const DIGIT: Self = Self(1 << 4);
    /// A number in digits (1,200 3.5 34th $4.5bn 10% 21:00).
    pub const NUMBER: Self = Self(1 << 5);
    /// Punctuation or symbol only.
    pub const PUNCT: Self = Self(1 << 6);
    /// . ! ? … (ends a sentence).
    pub const FULL_STOP: Self = Self(1 << 7);
    /// A quotation mark of any style.
    pub const QUOTE_MARK: Self = Self(1 << 8);
    /// A letter outside Latin script.
    pub const NON_LATIN: Self = Self(1 << 9);
    /// Holds a hyphen or dash between letters.
    pub const HYPHEN: Self = Self(1 << 10);
    /// Holds a letter outside ASCII.
    pub const NON_ASCII: Self = Self(1 << 11);
    /// 's n't 're 've 'll 'd 'm.
    pub const CLITIC: Self = Self(1 << 12);
    /// A web address, mail address, handle or hashtag.
    pub const ADDRESS: Self = Self(1 << 13);
    /// An abbreviation with its full stop (Mr. U.S. Jan.).
    pub const ABBREVIATION: Self = Self(1 << 14);
    /// A reporting verb form (said, told).
    pub const CUE: Self = Self(1 << 15);
    /// A nationality or demonym (Ukrainian).
    pub const DEMONYM: Self = Self(1 << 16);
    /// A first name.
    pub const FIRST_NAME: Self = Self(1 << 17);
    /// A title before a name, or its first word (Mr, President, Foreign).
    pub const TITLE: Self = Self(1 << 18);
    /// A month's name.
    pub const MONTH: Self = Self(1 << 19);
    /// A weekday's name.
    pub const WEEKDAY: Self = Self(1 << 20);
    /// No dictionary knows it: its readings are guessed.
    pub const UNKNOWN: Self = Self(1 << 21);
    /// A first name of women.
    pub const WOMANS_NAME: Self = Self(1 << 22);
    /// A word that can end a title, in any case (president, Mr.).
    pub const OFFICE: Self = Self(1 << 23);
    /// A word that can begin a title of several words, in any case (foreign, prime).
    pub const OFFICE_BEGINS: Self = Self(1 << 24);
    /// Names a unit: of time, of measure, a currency.
    pub const UNIT: Self = Self(1 << 25);
    /// May begin a number, a quantity or a date.
    pub const NUMERIC: Self = Self(1 << 26);
    /// Begins a form of a name, right or wrong, that a table lists.
    pub const LISTED: Self = Self(1 << 27);
    /// A name with a small article before its capital (al-Assad).
    pub const ARTICLE_NAME: Self = Self(1 << 28);

    /// Whether all of `other` holds.
    #[must_use]
    #[inline]
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether any of `other` holds.
    #[must_use]
    #[inline]
    pub const fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// One reading of a word: the key of its lemma, its class, its forms.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct WordReading {
    /// [`crate::language::hash`] of the lemma.
    pub lemma: u64,
    /// The class.
    pub class: Class,
    /// The forms of the lemma that look like this.
    pub forms: Forms,
}

/// What is known of one spelling.
#[derive(PartialEq, Eq, Debug)]
pub struct Word {
    /// The same number for the same spelling in all documents of one [`Document::numbering`]: what is learnt of a word can be kept.
    pub id: u32,
    /// Key of the spelling as it stands (’ as ').
    pub exact: u64,
    /// Key of the lower-case spelling (’ as ').
    pub form: u64,
    /// What it looks like.
    pub shape: Shape,
    /// Closed classes.
    pub closed: Closed,
    /// Of its keys and of the classes it can be of.
    pub signature: Signature,
    /// Occurrences per million words of news.
    pub commonness: u32,
    /// Open-class readings.
    pub readings: SmallVec<[WordReading; 3]>,
}

impl Clone for Word {
    fn clone(&self) -> Self {
        // Readings are plain values: copied as a block, not one by one.
        Self { readings: SmallVec::from_slice(&self.readings), ..*self }
    }
}

/// A sentence, or what stands for one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sentence {
    /// From its first to its last token.
    pub span: Span,
    /// Its tokens.
    pub tokens: Range<u32>,
    /// Its block in [`Document::blocks`].
    pub block: u32,
}

/// A block: a paragraph, the headline, a caption …
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Block {
    /// Where it stands.
    pub span: Span,
    /// Which one part of the article it is (one flag).
    pub region: Regions,
    /// Its sentences.
    pub sentences: Range<u32>,
    /// Its tokens.
    pub tokens: Range<u32>,
}

/// How much of a statement stands between the marks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum QuoteKind {
    /// A whole clause or more.
    Direct,
    /// A part of a sentence, woven into another.
    Partial,
    /// Words held at arm's length, or the title of a work.
    Scare,
}

/// Who speaks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Speaker {
    /// What stands in the text (a pronoun too).
    pub span: Span,
    /// Its tokens.
    pub tokens: Range<u32>,
    /// he, she, they …
    pub pronoun: bool,
    /// Number of the person in [`Document::people`].
    pub person: Option<u32>,
    /// Who it resolves to.
    pub name: Option<String>,
    /// As far as known.
    pub gender: Option<Gender>,
    /// The entry of a table that knows the speaker.
    pub entry: Option<u32>,
}

/// A quotation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Quote {
    /// With its marks; a quotation over several paragraphs is one quote a paragraph.
    pub span: Span,
    /// Between the marks.
    pub inner: Span,
    /// Tokens between the marks.
    pub tokens: Range<u32>,
    /// How much is quoted.
    pub kind: QuoteKind,
    /// 0 outermost.
    pub depth: u8,
    /// False where the closing mark is missing and no continuation follows.
    pub closed: bool,
    /// Carries on the quotation of the paragraph before.
    pub continues: bool,
    /// Who speaks, where it can be told.
    pub speaker: Option<Speaker>,
    /// said, told reporters …
    pub cue: Option<Span>,
}

/// What a quotation mark does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MarkKind {
    /// By its form, or by its place where it is straight.
    Opening,
    /// By its form, or by its place where it is straight.
    Closing,
    /// No quotation mark after all: soldiers', 6'.
    Apostrophe,
}

/// A quotation mark as it stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Mark {
    /// Its token.
    pub token: u32,
    /// Where it stands.
    pub span: Span,
    /// What it does.
    pub kind: MarkKind,
    /// ‘ ’ ' as against “ ” ".
    pub single: bool,
    /// ' or ".
    pub straight: bool,
    /// No white space before it.
    pub glued_left: bool,
    /// No white space behind it.
    pub glued_right: bool,
    /// The mark it pairs with, in [`Document::marks`].
    pub partner: Option<u32>,
}

/// A name in the text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mention {
    /// Title excluded.
    pub span: Span,
    /// Its tokens.
    pub tokens: Range<u32>,
    /// Person, place or organisation.
    pub kind: EntryKind,
    /// Its entry in the lexicon, where a table knows it.
    pub entry: Option<u32>,
    /// The title that stands before it.
    pub title: Option<Span>,
    /// By table, title or first name.
    pub gender: Option<Gender>,
    /// Index into [`Document::mentions`] of the first, fullest mention of the same name (itself where it is that).
    pub first: u32,
}

/// A number, in words or digits.
#[derive(Clone, PartialEq, Debug)]
pub struct Number {
    /// Its tokens ("two and a half million" is one).
    pub tokens: Range<u32>,
    /// Its value.
    pub value: f64,
    /// In words ("seventeen").
    pub words: bool,
    /// An ordinal (third, 34th).
    pub ordinal: bool,
}

/// What a quantity measures.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum QuantityKind {
    /// Things counted: 17 people.
    Count,
    /// Currency.
    Money,
    /// Share.
    Percent,
    /// Length of time.
    Duration,
    /// Someone's age.
    Age,
    /// Length, weight, area, temperature …
    Measure,
    /// Time of day.
    Time,
}

/// A number with its unit and what it counts.
#[derive(Clone, PartialEq, Debug)]
pub struct Quantity {
    /// Number and unit.
    pub span: Span,
    /// Its tokens.
    pub tokens: Range<u32>,
    /// In the unit; times in minutes after midnight.
    pub value: f64,
    /// What it measures.
    pub kind: QuantityKind,
    /// "month", "km", "USD", "%"; of a count the head's lemma.
    pub unit: String,
    /// The noun it counts or belongs to.
    pub head: Option<Span>,
    /// at least, more than, nearly, about …: not an exact value.
    pub approximate: bool,
}

/// A calendar date, as far as it is given.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Date {
    /// Where it stands.
    pub span: Span,
    /// Its tokens.
    pub tokens: Range<u32>,
    /// 1 Monday – 7 Sunday.
    pub weekday: Option<u8>,
    /// 1–31 as written.
    pub day: Option<u8>,
    /// 1–12.
    pub month: Option<u8>,
    /// As written.
    pub year: Option<i16>,
}

/// What the text is made of.
#[derive(Clone, Debug)]
pub struct Document {
    /// The text it was read from.
    pub source: Source,
    /// In order.
    pub blocks: Vec<Block>,
    /// In order.
    pub sentences: Vec<Sentence>,
    /// In order.
    pub tokens: Vec<Token>,
    /// Distinct spellings.
    pub words: Vec<Word>,
    /// Documents with the same number give the same word the same [`Word::id`].
    pub numbering: u64,
    /// All that is true of any spelling: a detector that looks for a shape which is not among them has nothing to do.
    pub shapes: Shape,
    /// Tokens that hold a digit, in order.
    pub digits: Vec<u32>,
    /// Tokens that are punctuation, in order.
    pub punctuation: Vec<u32>,
    /// Tokens that begin with a capital, in order.
    pub capitals: Vec<u32>,
    /// Tokens that are a reporting verb, in order.
    pub cues: Vec<u32>,
    /// Tokens that may begin a number, a quantity or a date ([`Shape::NUMERIC`]), in order.
    pub numerics: Vec<u32>,
    /// Tokens that are the same word as the one before, in order; case does not matter.
    pub repeats: Vec<u32>,
    /// In order of their start, inner after outer.
    pub quotes: Vec<Quote>,
    /// Quotation marks, in order.
    pub marks: Vec<Mark>,
    /// In order, not overlapping.
    pub mentions: Vec<Mention>,
    /// Who is named; gathered only where someone speaks.
    pub people: People,
    /// In order, not overlapping.
    pub numbers: Vec<Number>,
    /// In order.
    pub quantities: Vec<Quantity>,
    /// In order.
    pub dates: Vec<Date>,
}

impl Document {
    /// The prose.
    #[must_use]
    pub fn prose(&self) -> &str {
        self.source.prose()
    }

    /// What stands under a span.
    #[must_use]
    #[inline]
    pub fn text(&self, span: Span) -> &str {
        span.of(self.prose())
    }

    /// What is known of the word of a token; an empty word for a token that does not exist.
    #[must_use]
    #[inline]
    pub fn word(&self, token: usize) -> &Word {
        self.tokens.get(token).and_then(|token| self.words.get(token.word as usize)).unwrap_or(&EMPTY)
    }

    /// Span of a run of tokens; empty for an empty run.
    #[must_use]
    pub fn span(&self, tokens: Range<u32>) -> Span {
        match self.tokens.get(tokens.start as usize..tokens.end as usize) {
            Some([first, .., last]) => first.span.cover(last.span),
            Some([only]) => only.span,
            _ => Span::default(),
        }
    }

    /// Words as people count them: tokens that are words or numbers.
    #[must_use]
    pub fn word_count(&self) -> usize {
        self.tokens
            .iter()
            .filter(|token| {
                !self.words.get(token.word as usize).is_none_or(|word| word.shape.any(Shape::PUNCT.with(Shape::CLITIC)))
            })
            .count()
    }

    /// Index of the first token that starts at or after this byte offset.
    #[must_use]
    pub fn token_at(&self, byte: u32) -> usize {
        self.tokens.partition_point(|token| token.span.start < byte)
    }

    /// Which parts of the article a token stands in: its block's part, narration replaced by quote inside a quotation, link text added.
    #[must_use]
    pub fn regions(&self, token: usize) -> Regions {
        let Some(token) = self.tokens.get(token) else { return Regions::NARRATION };
        let block =
            self.sentences.get(token.sentence as usize).and_then(|sentence| self.blocks.get(sentence.block as usize));
        let mut regions = block.map_or(Regions::NARRATION, |block| block.region);
        if token.flags.has(TokenFlags::IN_QUOTE) {
            regions = if regions == Regions::NARRATION { Regions::QUOTE } else { regions.with(Regions::QUOTE) };
        }
        if token.flags.has(TokenFlags::IN_LINK) {
            regions = regions.with(Regions::LINK_TEXT);
        }
        regions
    }
}

impl Shape {
    /// The union of both sets.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

static EMPTY: Word = Word {
    id: u32::MAX,
    exact: 0,
    form: 0,
    shape: Shape(0),
    signature: Signature::NONE,
    closed: Closed(0),
    commonness: 0,
    readings: SmallVec::new_const(),
};
