//! A compiled pattern: a short program over the tokens of a sentence. Types only; stored in the rule blob.

use crate::language::{Class, Forms, Signature, WordClass};
use serde::{Deserialize, Serialize};

/// Names a pattern can ask for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum MentionTest {
    /// Any name.
    Name,
    /// A person.
    Person,
    /// A first name.
    First,
    /// A place.
    Place,
    /// An organisation.
    Organisation,
}

/// Values a pattern can ask for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum ValueTest {
    /// A date or weekday.
    Date,
    /// A sum of money.
    Money,
    /// A percentage.
    Percent,
    /// A length of time.
    Duration,
    /// A quotation with its marks.
    Quote,
}

/// A test of one token.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub enum Test {
    /// Key of the lower-case token.
    Form(u64),
    /// Key of the token as it stands.
    Exact(u64),
    /// Any form of the lemma with this key.
    Lemma(u64),
    /// That reading or form only.
    Reading(u64, Option<Class>, Option<Forms>),
    /// A word class.
    Class(WordClass),
    /// Anything.
    Any,
}

/// One step of a program.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum Op {
    /// One token that passes.
    One(Test),
    /// One token that passes any of them; the signature fits all that do.
    OneOf(Signature, Vec<Test>),
    /// A noun phrase of any length.
    NounPhrase,
    /// A name.
    Mention(MentionTest),
    /// A value.
    Value(ValueTest),
    /// A number in the range.
    Number(f64, f64),
    /// Go on at either, the first preferred.
    Split(u16, u16),
    /// Go on there.
    Jump(u16),
    /// Store the position.
    Save(u8),
    /// The words of that slot again (number of the slot's first store).
    Again(u8),
    /// Only at the start of a sentence.
    Start,
    /// Only at the end of a sentence.
    End,
    /// The steps up to there must not match here.
    NotAhead(u16),
    /// The pattern has matched.
    Accept,
}

/// Store numbers of the flagged part.
pub const FLAG_START: u8 = 0;
/// See [`FLAG_START`].
pub const FLAG_END: u8 = 1;

/// A compiled pattern.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Program {
    /// The steps.
    pub ops: Vec<Op>,
    /// Names of the slots; slot n is stored at 2 + 2n and 3 + 2n.
    pub slots: Vec<String>,
    /// What the first token of a match must be.
    pub first: Signature,
    /// Tokens that may stand before the anchor: fewest and most.
    pub before: (u8, u8),
    /// A part is flagged with <…>; else all is.
    pub flagged: bool,
    /// Suggestions take the form of the last lemma of the flagged part, not of the first.
    pub follow_last: bool,
}
