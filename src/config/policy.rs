//! In: a configuration, the command line's wishes and a path. Out: the [`Policy`] for that text.

use super::level::Levels;
use super::{Config, FailOn};
use crate::finding::Severity;
use crate::rulebook::compiled::RuleHead;
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

/// A phrase that is right as it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Accept {
    /// The phrase; small letters match any case, capitals are meant.
    pub phrase: String,
    /// Why.
    pub reason: String,
}

/// The house's own names.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct HouseNames {
    /// Its people.
    pub known: Vec<String>,
    /// Its forms of names.
    pub preferred: Vec<String>,
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
    /// From which level on a run fails.
    pub fail_on: FailOn,
    /// Only rules whose id one of these matches; none: all.
    pub only: Vec<RuleGlob>,
    /// Not these.
    pub disable: Vec<RuleGlob>,
    /// Levels of rules.
    pub levels: Levels,
    /// Phrases that are right as they stand.
    pub accept: Vec<Accept>,
    /// The house's own names.
    pub names: HouseNames,
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
            fail_on: FailOn::default(),
            only: Vec::new(),
            disable: Vec::new(),
            levels: Levels::default(),
            accept: Vec::new(),
            names: HouseNames::default(),
            date: None,
            gate: Gate::default(),
            assume_needs: false,
        }
    }
}

impl Policy {
    /// Whether a rule may speak.
    #[must_use]
    pub fn wants(&self, rule: &RuleHead<'_>) -> bool {
        let asked = self.only.iter().any(|glob| glob.text == rule.id);
        (self.only.is_empty() || self.only.iter().any(|glob| glob.matches(rule.id)))
            && !self.disable.iter().any(|glob| glob.matches(rule.id))
            && (asked || self.levels.allows(rule))
    }

    /// Whether every rule may speak.
    #[must_use]
    pub fn wants_all(&self) -> bool {
        self.only.is_empty() && self.disable.is_empty() && self.levels.is_empty()
    }

    /// Whether a finding of a rule is certain enough to be shown.
    #[must_use]
    pub fn is_certain(&self, rule: &RuleHead<'_>, confidence: f32) -> bool {
        self.all || confidence + 1e-6 >= self.min_confidence || self.levels.switches_on(rule)
    }
}

/// What the command line says; it goes before any configuration.
#[derive(Clone, Debug, Default)]
pub struct Wishes {
    /// `--fail-on`
    pub fail_on: Option<FailOn>,
    /// `--min-confidence`
    pub min_confidence: Option<f32>,
    /// `--all`
    pub all: bool,
    /// `--severity`
    pub severity: Option<Severity>,
    /// `--only`
    pub only: Vec<RuleGlob>,
    /// `--disable`
    pub disable: Vec<RuleGlob>,
    /// `--date`
    pub date: Option<(i16, u8, u8)>,
}

impl Config {
    /// What applies to a text to which these overrides apply (see [`Config::overrides_of`]): the command line, else the last
    /// override that says anything, else the configuration, else the default.
    #[must_use]
    pub fn policy(&self, overrides: &[usize], wishes: &Wishes) -> Policy {
        let over = || overrides.iter().rev().filter_map(|at| self.overrides.get(*at));
        let standard = Policy::default();
        let fail_on = over().find_map(|one| one.fail_on.as_ref()).or(self.fail_on.as_ref()).map(|set| set.value);
        let floor = over().find_map(|one| one.min_confidence.as_ref()).or(self.min_confidence.as_ref());
        let hold = over().find_map(|one| one.gate.0.as_ref()).or(self.hold.as_ref());
        let block = over().find_map(|one| one.gate.1.as_ref()).or(self.block.as_ref());
        let mut tables = vec![self.rules.clone()];
        tables.extend(overrides.iter().filter_map(|at| Some(self.overrides.get(*at)?.rules.clone())));
        tables.retain(|table| !table.is_empty());
        let accept = |one: &super::Accepted| Accept { phrase: one.phrase.clone(), reason: one.reason.clone() };
        Policy {
            min_confidence: wishes.min_confidence.or(floor.map(|set| set.value)).unwrap_or(standard.min_confidence),
            all: wishes.all,
            severity: wishes.severity.unwrap_or(standard.severity),
            fail_on: wishes.fail_on.or(fail_on).unwrap_or_default(),
            only: wishes.only.clone(),
            disable: wishes.disable.clone(),
            levels: Levels { tables },
            accept: self.accept.iter().map(accept).collect(),
            names: HouseNames {
                known: self.known.iter().map(|name| name.value.clone()).collect(),
                preferred: self.prefer.iter().map(|one| one.to.clone()).collect(),
            },
            date: wishes.date,
            gate: Gate {
                hold: hold.map_or(standard.gate.hold, |set| set.value),
                block: block.map_or(standard.gate.block, |set| set.value),
            },
            assume_needs: false,
        }
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
