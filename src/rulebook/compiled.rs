//! Rules as compiled: what the engine needs of them, stored in the blob record by record. Types only.

use super::pattern::program::Program;
use super::settings::Settings;
use super::template::Template;
use super::written::{Escalate, Reach};
use crate::finding::{FixSafety, Mqm, Regions, RuleKind, Severity};
use serde::{Deserialize, Serialize};

/// Words that must, or must not, stand near.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Near {
    /// Any of these.
    pub words: Vec<Program>,
    /// How near.
    pub within: Reach,
}

/// What the text as a whole must show before the rule speaks.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Needs {
    /// A dialect whose density must be high.
    pub density: Option<String>,
    /// Languages one of which the text must have gone through.
    pub pivot: Vec<String>,
}

/// The texts a comparison is made with.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Against {
    /// The original in the same language.
    pub original: bool,
    /// The source in another language.
    pub source: bool,
}

/// An example of a rule, its marks as written.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct ExampleText {
    /// The text with its marks.
    pub text: String,
    /// Its original.
    pub original: Option<String>,
    /// Its source and the source's language (ISO 639-1).
    pub source: Option<(String, String)>,
}

/// What a kind adds.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum Body {
    /// Its patterns are matchers.
    Phrase,
    /// Its rows are matchers.
    Lexicon,
    /// Thresholds; its tables are a section of the blob.
    Lattice(Settings),
    /// Its forms are matchers.
    Term,
    /// Names, by tables and by drift.
    Name(Settings),
    /// A regular expression and the capture to flag.
    Pattern {
        /// The expression.
        regex: String,
        /// The same with its classes written out, see [`super::expression::written_out`].
        light: String,
        /// The capture, by name or number.
        capture: Option<String>,
    },
    /// A comparison of [`super::checks::COMPARES`].
    Compare {
        /// Its name.
        compare: String,
        /// With which texts.
        against: Against,
        /// Thresholds and word lists.
        settings: Settings,
    },
    /// A detector of [`super::checks::CHECKS`].
    Check {
        /// Its name.
        detect: String,
        /// Thresholds and word lists.
        settings: Settings,
    },
}

/// What must stand beside a literal, as a set.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Edges(pub u8);

impl Edges {
    /// The line begins with it.
    pub const LINE_BEFORE: Self = Self(1);
    /// The line ends with it.
    pub const LINE_AFTER: Self = Self(2);
    /// No ASCII letter, digit or `_` stands before it.
    pub const WORD_BEFORE: Self = Self(4);
    /// None of them stands behind it.
    pub const WORD_AFTER: Self = Self(8);

    /// Both sets.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether all of `other` holds.
    #[must_use]
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

/// Characters one of which stands in every match of a raw-text rule.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Literal {
    /// The characters; empty where the rule has none.
    pub text: String,
    /// The case of ASCII letters does not matter: the text is in small ones.
    pub any_case: bool,
    /// What must stand beside it.
    pub edges: Edges,
    /// The rule, counted within the blob.
    pub rule: u32,
    /// The most bytes of a line that the rule can match; 0 where it does not read whole lines.
    pub longest: u32,
    /// Stands at the start of the line, but for a few bytes of bullets and blanks.
    pub at_start: bool,
}

/// A rule, as needed when it has matched.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Rule {
    /// `pack/id`.
    pub id: String,
    /// Its kind.
    pub kind: RuleKind,
    /// Its level.
    pub severity: Severity,
    /// Its error type.
    pub mqm: Mqm,
    /// 0–1.
    pub confidence: f32,
    /// What its edits promise.
    pub fix: FixSafety,
    /// Where it looks.
    pub regions: Regions,
    /// For the editor.
    pub message: Template,
    /// Best first.
    pub suggest: Vec<Template>,
    /// A match that overlaps the flagged span silences it.
    pub unless: Vec<Program>,
    /// One of these must stand near.
    pub near: Option<Near>,
    /// None of these may stand near.
    pub not_near: Option<Near>,
    /// Stays silent until the text shows it.
    pub needs: Option<Needs>,
    /// Evidence for these languages.
    pub pivots: Vec<String>,
    /// Higher level when frequent.
    pub escalate: Option<Escalate>,
    /// A slip that people make as well: a note, unless another sign of translation stands in the text.
    pub slip: bool,
    /// What its kind adds.
    pub body: Body,
}

/// The beginning of a [`Rule`]'s record: what rules are chosen by. Its fields are the first of [`Rule`], in the same order, so
/// that they can be read without the rest.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
pub struct RuleHead<'a> {
    /// `pack/id`.
    pub id: &'a str,
    /// Its kind.
    pub kind: RuleKind,
    /// Its level.
    pub severity: Severity,
    /// Its error type.
    pub mqm: Mqm,
}

impl Rule {
    /// What it is chosen by.
    #[must_use]
    pub fn head(&self) -> RuleHead<'_> {
        RuleHead { id: &self.id, kind: self.kind, severity: self.severity, mqm: self.mqm }
    }
}

/// What is read only when a rule is shown or tested.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct RuleText {
    /// Markdown.
    pub explain: String,
    /// More to read.
    pub url: String,
    /// Version that brought it.
    pub since: String,
    /// Free words.
    pub tags: Vec<String>,
    /// Rules on whose good examples it may fire.
    pub also: Vec<String>,
    /// Must fire.
    pub bad: Vec<ExampleText>,
    /// Must stay silent.
    pub good: Vec<ExampleText>,
    /// hits, right, set.
    pub measured: Option<(u32, u32, String)>,
    /// Patterns, regex, table or detector, as written.
    pub looks_for: Vec<String>,
    /// Suggestions as written.
    pub suggest: Vec<String>,
    /// File and line of the rule, below the pack's folder.
    pub file: String,
    /// From 1.
    pub line: usize,
}

/// A pattern that leads to a rule.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Matcher {
    /// Its rule, counted within the blob.
    pub rule: u32,
    /// What to run.
    pub program: Program,
    /// Terms and lexicons: the row; forms of one term share it.
    pub row: u32,
    /// Terms: 0 is the preferred form.
    pub form: u16,
    /// Terms: only a mixture is wrong.
    pub consistent: bool,
    /// Rows: what to write instead.
    pub suggest: Vec<Template>,
    /// Rows: exceptions of their own.
    pub unless: Vec<Program>,
    /// Rows: columns by header.
    pub values: Vec<(String, String)>,
}

/// What is known of a pack.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct PackInfo {
    /// As in rule ids.
    pub id: String,
    /// Its version.
    pub version: String,
    /// One line.
    pub summary: String,
    /// SPDX expression.
    pub license: String,
    /// Where data came from elsewhere.
    pub attribution: String,
    /// The day its facts were true.
    pub as_of: String,
    /// Its rules, counted within the blob: first and number.
    pub rules: (u32, u32),
    /// Old id -> new id, without the pack.
    pub renamed: Vec<(String, String)>,
}
