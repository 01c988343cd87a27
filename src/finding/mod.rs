//! What an audit yields: findings, their place, severity, MQM type, suggestions. Types only.

mod mqm;

pub use mqm::Mqm;
use serde::{Deserialize, Serialize};

/// A half-open range of byte offsets in the prose of one text (UTF-8, always on character boundaries).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
}

impl Span {
    /// A span from two byte offsets; `start` must not be greater than `end`.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        Self { start: start as u32, end: end as u32 }
    }

    /// The span as a range for slicing the prose.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The prose under this span; empty where the span does not fit the text.
    #[must_use]
    #[inline]
    pub fn of(self, prose: &str) -> &str {
        prose.get(self.range()).unwrap_or("")
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span covers nothing.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether the two spans share at least one byte.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies wholly within this span.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// How bad a finding is (see the design notes in docs/ for what each level promises).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth a look; never counted.
    Note,
    /// The meaning is plain, the wording wrong.
    Minor,
    /// The meaning is wrong or lost.
    Major,
    /// The reader is told something false: who, what, whether, when, how many.
    Critical,
}

impl Severity {
    /// All levels, mildest first.
    pub const ALL: [Self; 4] = [Self::Note, Self::Minor, Self::Major, Self::Critical];

    /// The name used in rule files, on the command line and in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Minor => "minor",
            Self::Major => "major",
            Self::Critical => "critical",
        }
    }

    /// The level of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.name() == name)
    }

    /// Weight in the penalty (MQM scoring: 25, 5, 1; a note weighs nothing).
    #[must_use]
    pub fn weight(self) -> f64 {
        match self {
            Self::Note => 0.0,
            Self::Minor => 1.0,
            Self::Major => 5.0,
            Self::Critical => 25.0,
        }
    }
}

/// Parts of an article, as a set: where a passage stands, and where a rule looks.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
pub struct Regions(pub u8);

impl Regions {
    /// The headline.
    pub const HEADLINE: Self = Self(1);
    /// The sentence or two between headline and text.
    pub const STANDFIRST: Self = Self(2);
    /// The running text outside quotations.
    pub const NARRATION: Self = Self(4);
    /// Inside quotation marks.
    pub const QUOTE: Self = Self(8);
    /// The text under a picture.
    pub const CAPTION: Self = Self(16);
    /// Who wrote it.
    pub const BYLINE: Self = Self(32);
    /// A heading within the text.
    pub const HEADING: Self = Self(64);
    /// The words of a link.
    pub const LINK_TEXT: Self = Self(128);
    /// Everywhere.
    pub const ALL: Self = Self(255);

    /// Names as rule files write them, with their sets.
    pub const NAMES: [(&'static str, Self); 8] = [
        ("headline", Self::HEADLINE),
        ("standfirst", Self::STANDFIRST),
        ("narration", Self::NARRATION),
        ("quote", Self::QUOTE),
        ("caption", Self::CAPTION),
        ("byline", Self::BYLINE),
        ("heading", Self::HEADING),
        ("link-text", Self::LINK_TEXT),
    ];

    /// The union of both sets.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the sets share a part.
    #[must_use]
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// What an edit promises.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FixSafety {
    /// Certain: applied by `fix`.
    Safe,
    /// Likely: applied only when asked for.
    Unsafe,
    /// Shown, never applied by `fix`.
    DisplayOnly,
}

impl FixSafety {
    /// The name used in rule files and in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
            Self::DisplayOnly => "display-only",
        }
    }

    /// The promise of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Safe, Self::Unsafe, Self::DisplayOnly].into_iter().find(|safety| safety.name() == name)
    }
}

/// The kinds of rules, one array of tables each in a rule file.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RuleKind {
    /// A pattern of words.
    Phrase,
    /// Thousands of fixed pairs from a table.
    Lexicon,
    /// Set terms, and the words that stand for theirs.
    Lattice,
    /// One thing, one form.
    Term,
    /// Names from tables.
    Name,
    /// A regular expression on the raw prose.
    Pattern,
    /// A comparison with the original or the source.
    Compare,
    /// A detector written in Rust.
    Check,
}

impl RuleKind {
    /// All kinds, in the order in which docs and listings show them.
    pub const ALL: [Self; 8] =
        [Self::Phrase, Self::Lexicon, Self::Lattice, Self::Term, Self::Name, Self::Pattern, Self::Compare, Self::Check];

    /// The name of its array in a rule file, and of the kind in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Phrase => "phrase",
            Self::Lexicon => "lexicon",
            Self::Lattice => "lattice",
            Self::Term => "term",
            Self::Name => "name",
            Self::Pattern => "pattern",
            Self::Compare => "compare",
            Self::Check => "check",
        }
    }
}

/// Where a finding stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Place {
    /// These words.
    Span(Span),
    /// Something is missing at this byte offset of the prose.
    Gap(u32),
    /// The text as a whole.
    Document,
}

impl Place {
    /// The span, empty for a gap, none for the whole text.
    #[must_use]
    pub fn span(self) -> Option<Span> {
        match self {
            Self::Span(span) => Some(span),
            Self::Gap(at) => Some(Span { start: at, end: at }),
            Self::Document => None,
        }
    }
}

/// A text to put in place of the finding's span.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Suggestion {
    /// The replacement; empty to delete the span.
    pub text: String,
    /// What the edit promises.
    pub fix: FixSafety,
}

/// Which of the texts of a case.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// The text that is audited.
    Text,
    /// Its original in the same language.
    Original,
    /// Its source in another language.
    Source,
}

impl Side {
    /// The name used in rule files and messages.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Original => "original",
            Self::Source => "source",
        }
    }
}

/// A second place that shows why: the other form, the other number, the other speaker.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Related {
    /// In which text.
    pub side: Side,
    /// Where in it.
    pub span: Span,
    /// What stands there, one line for the editor.
    pub message: String,
}

impl Related {
    /// A second place in the same text.
    #[must_use]
    pub fn here(span: Span, message: impl Into<String>) -> Self {
        Self { side: Side::Text, span, message: message.into() }
    }
}

/// One suspect passage, with its reason.
#[derive(Clone, PartialEq, Debug)]
pub struct Finding {
    /// `pack/id` of the rule.
    pub rule: String,
    /// What kind of rule found it.
    pub kind: RuleKind,
    /// How bad it is.
    pub severity: Severity,
    /// MQM error type.
    pub mqm: Mqm,
    /// 0–1.
    pub confidence: f32,
    /// One line for the editor.
    pub message: String,
    /// Where.
    pub place: Place,
    /// What to write instead, best first.
    pub suggestions: Vec<Suggestion>,
    /// Evidence elsewhere in the text.
    pub related: Vec<Related>,
    /// Languages (ISO 639-1) the text likely went through, if this finding is right.
    pub pivots: Vec<String>,
    /// Hexadecimal key of rule, text and context; equal across edits elsewhere in the text.
    pub fingerprint: String,
}
