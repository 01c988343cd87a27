//! Step 4. In: a [`Document`] and compiled rules. Out: raw hits, one file a kind of rule or detector.
//!
//! A hit knows where and what; levels, messages and fitting of suggestions are the rule's and are put on it by `audit`.

pub mod checks;
pub(crate) mod conditions;
mod density;
mod engine;
mod lattice;
pub mod names;
mod phrase;
mod raw;

pub use density::Measured;
pub use engine::Engine;

use crate::document::Document;
use crate::finding::{FixSafety, Place, Related, Severity};
use crate::lexicon::Lexicon;
use crate::rulebook::RuleSet;
use crate::rulebook::pattern::matcher::LemmaToken;
use crate::rulebook::settings::Settings;
use std::borrow::Cow;

/// What to write instead, before case and articles are fitted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Proposal {
    /// The replacement.
    pub text: String,
    /// What it promises; the rule's own word where none.
    pub fix: Option<FixSafety>,
}

/// A raw hit of a rule.
#[derive(Clone, PartialEq, Debug)]
pub struct Hit {
    /// Where.
    pub place: Place,
    /// Best first; used before the rule's `suggest`, and exactly as they stand.
    pub proposals: Vec<Proposal>,
    /// Evidence elsewhere.
    pub related: Vec<Related>,
    /// Values of the slots that messages and suggestions may name.
    pub values: Vec<(Cow<'static, str>, String)>,
    /// Where the detector knows better than the rule (never above the rule's own level).
    pub severity: Option<Severity>,
    /// Factor on the rule's confidence, 0–1.
    pub certainty: f32,
    /// The matcher whose row suggests, if it came from one.
    pub matcher: Option<u32>,
    /// The token that suggestions are inflected like.
    pub lemma: Option<LemmaToken>,
}

impl Hit {
    /// A bare hit at a place.
    #[must_use]
    pub fn at(place: Place) -> Self {
        Self {
            place,
            proposals: Vec::new(),
            related: Vec::new(),
            values: Vec::new(),
            severity: None,
            certainty: 1.0,
            matcher: None,
            lemma: None,
        }
    }

    /// With a replacement that has the rule's own fix safety.
    #[must_use]
    pub fn propose(mut self, text: impl Into<String>) -> Self {
        self.proposals.push(Proposal { text: text.into(), fix: None });
        self
    }

    /// With a value for a slot.
    #[must_use]
    pub fn value(mut self, slot: impl Into<Cow<'static, str>>, text: impl Into<String>) -> Self {
        self.values.push((slot.into(), text.into()));
        self
    }
}

/// What a detector may look at.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The text.
    pub document: &'a Document,
    /// People, places, organisations.
    pub lexicon: &'a Lexicon,
    /// The article's date, if known: year, month, day.
    pub date: Option<(i16, u8, u8)>,
    /// What the engine has measured of dialects; nothing before it has.
    pub dialects: &'a [Measured],
}

/// A detector: appends its hits in order of place.
pub type Detector = fn(&Context<'_>, &Settings, &mut Vec<Hit>);

/// Runs one rule over a text.
#[must_use]
pub fn run_one(context: &Context<'_>, rules: &RuleSet, number: u32) -> Vec<(u32, Hit)> {
    Engine::new(rules, |rule| rule == number).run(context)
}
