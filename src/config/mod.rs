//! What applies to one text: levels, thresholds, switches. In: the command line's wishes. Out: a [`Policy`].

use crate::finding::Severity;
use globset::{Glob, GlobMatcher};

/// When the gate speaks, in penalty per 1,000 words.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Gate {
    /// From here on someone should look.
    pub hold: f64,
    /// From here on the text is not to be published.
    pub block: f64,
}

impl Default for Gate {
    fn default() -> Self {
        Self { hold: 5.0, block: 25.0 }
    }
}

/// What applies to one text.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Findings below this confidence are left out.
    pub min_confidence: f32,
    /// Show them all the same.
    pub all: bool,
    /// Findings below this level are left out of the report; the penalty counts them.
    pub severity: Severity,
    /// Only rules whose id one of these matches; none: all.
    pub only: Vec<RuleGlob>,
    /// Not these.
    pub disable: Vec<RuleGlob>,
    /// The article's date, where the text does not say: year, month, day.
    pub date: Option<(i16, u8, u8)>,
    /// When the gate speaks.
    pub gate: Gate,
    /// Rules speak without the evidence of the whole text that they wait for: so their own examples are tested.
    pub assume_needs: bool,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            min_confidence: 0.6,
            all: false,
            severity: Severity::Note,
            only: Vec::new(),
            disable: Vec::new(),
            date: None,
            gate: Gate::default(),
            assume_needs: false,
        }
    }
}

impl Policy {
    /// Whether a rule may speak.
    #[must_use]
    pub fn wants(&self, id: &str) -> bool {
        (self.only.is_empty() || self.only.iter().any(|glob| glob.matches(id)))
            && !self.disable.iter().any(|glob| glob.matches(id))
    }
}

/// An id of a rule, or a glob over ids.
#[derive(Clone, Debug)]
pub struct RuleGlob {
    /// As the user wrote it.
    pub text: String,
    matcher: GlobMatcher,
}

impl RuleGlob {
    /// A glob over `pack/id`; `*` may stand for several parts.
    ///
    /// # Errors
    /// What is wrong with the glob.
    pub fn new(text: &str) -> Result<Self, String> {
        let glob = Glob::new(text).map_err(|error| error.kind().to_string())?;
        Ok(Self { text: text.to_owned(), matcher: glob.compile_matcher() })
    }

    /// Whether the id of a rule is meant.
    #[must_use]
    pub fn matches(&self, id: &str) -> bool {
        self.matcher.is_match(id)
    }
}
