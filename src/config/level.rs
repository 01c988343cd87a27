//! In: lines of `[rules]`: an id, a glob, `kind:…` or `mqm:…`, and a level. Out: the level of each rule.
//!
//! Within one table an id beats a pattern, and of patterns the last line that matches wins. Tables lie one over the other: `[rules]`
//! below, then each `[[override]]` that matches the path, in their order; the uppermost table that says anything wins.

use super::RuleGlob;
use crate::finding::{RuleKind, Severity};
use crate::rulebook::compiled::RuleHead;
use crate::rulebook::pattern::parse::nearest;
use std::fmt;
use std::ops::Range;

/// Which rules a line is about.
#[derive(Clone, Debug)]
pub enum Selector {
    /// One rule.
    Id(String),
    /// Rules by a glob over their ids.
    Glob(RuleGlob),
    /// Rules of a kind.
    Kind(RuleKind),
    /// Rules of an MQM type; a dimension stands for all its subtypes.
    Mqm(String),
}

impl Selector {
    /// An id, a glob, `kind:…` or `mqm:…`.
    ///
    /// # Errors
    /// What is wrong, and how to mend it.
    pub fn parse(text: &str) -> Result<Self, (String, String)> {
        let near = |name: &str, known: &[&'static str]| {
            nearest(name, known.iter().copied())
                .map_or_else(|| format!("one of {}", known.join(", ")), |near| format!("did you mean “{near}”?"))
        };
        if let Some(name) = text.strip_prefix("kind:") {
            let known = RuleKind::ALL.map(RuleKind::name);
            let kind = RuleKind::ALL.into_iter().find(|kind| kind.name() == name);
            return kind.map(Self::Kind).ok_or_else(|| (format!("unknown kind “{name}”"), near(name, &known)));
        }
        if let Some(name) = text.strip_prefix("mqm:") {
            let known = crate::finding::Mqm::all();
            return if known.contains(&name) {
                Ok(Self::Mqm(name.to_owned()))
            } else {
                Err((format!("unknown MQM type “{name}”"), near(name, known)))
            };
        }
        if text.trim().is_empty() {
            return Err(("no rule is named".to_owned(), "name an id, a glob, kind:… or mqm:…".to_owned()));
        }
        if text.contains(['*', '?', '[', '{']) {
            let glob = RuleGlob::new(text);
            return glob
                .map(Self::Glob)
                .map_err(|error| (format!("not a glob: {error}"), "as in en-places/*".to_owned()));
        }
        if text.contains('/') {
            return Ok(Self::Id(text.to_owned()));
        }
        Err((format!("“{text}” names no rule"), format!("a rule is called PACK/RULE; all of a pack: {text}/*")))
    }

    /// Whether a rule is meant.
    #[must_use]
    pub fn matches(&self, rule: &RuleHead<'_>) -> bool {
        match self {
            Self::Id(id) => id == rule.id,
            Self::Glob(glob) => glob.matches(rule.id),
            Self::Kind(kind) => *kind == rule.kind,
            Self::Mqm(name) => {
                let rest = rule.mqm.name().strip_prefix(name.as_str());
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            }
        }
    }

    fn is_id(&self) -> bool {
        matches!(self, Self::Id(_))
    }
}

impl fmt::Display for Selector {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => out.write_str(id),
            Self::Glob(glob) => out.write_str(&glob.text),
            Self::Kind(kind) => write!(out, "kind:{}", kind.name()),
            Self::Mqm(name) => write!(out, "mqm:{name}"),
        }
    }
}

/// What a line makes of its rules.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Level {
    /// They never speak.
    Off,
    /// They speak at their own level, below `min-confidence` too.
    On,
    /// They have this level. A line that names the rule by its id switches it on as well.
    At(Severity),
}

impl Level {
    /// The names of all levels, as the configuration writes them.
    pub const NAMES: [&'static str; 6] = ["off", "on", "note", "minor", "major", "critical"];

    /// The level of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "off" => Some(Self::Off),
            "on" => Some(Self::On),
            _ => Severity::parse(name).map(Self::At),
        }
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::On => "on",
            Self::At(severity) => severity.name(),
        }
    }
}

/// One line of a table of rules.
#[derive(Clone, Debug)]
pub struct LevelRule {
    /// Which rules.
    pub selector: Selector,
    /// What becomes of them.
    pub level: Level,
    /// The line of the configuration, from 1.
    pub line: usize,
    /// The selector's bytes in the configuration.
    pub range: Range<usize>,
}

/// Tables of rules, the undermost first; the lines of each in the order of the file.
#[derive(Clone, Debug, Default)]
pub struct Levels {
    /// The tables.
    pub tables: Vec<Vec<LevelRule>>,
}

impl Levels {
    /// Whether they say nothing of any rule.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tables.iter().all(Vec::is_empty)
    }

    /// The line that decides about a rule.
    #[must_use]
    pub fn of(&self, rule: &RuleHead<'_>) -> Option<&LevelRule> {
        self.tables.iter().rev().find_map(|table| {
            let mut matching = table.iter().rev().filter(|line| line.selector.matches(rule));
            let last = matching.next()?;
            if last.selector.is_id() { Some(last) } else { matching.find(|line| line.selector.is_id()).or(Some(last)) }
        })
    }

    /// Whether a rule may speak.
    #[must_use]
    pub fn allows(&self, rule: &RuleHead<'_>) -> bool {
        self.of(rule).is_none_or(|line| line.level != Level::Off)
    }

    /// Whether a rule speaks below `min-confidence` too.
    #[must_use]
    pub fn switches_on(&self, rule: &RuleHead<'_>) -> bool {
        self.of(rule).is_some_and(|line| match line.level {
            Level::On => true,
            Level::At(_) => line.selector.is_id(),
            Level::Off => false,
        })
    }

    /// The level that a rule was given.
    #[must_use]
    pub fn severity(&self, rule: &RuleHead<'_>) -> Option<Severity> {
        match self.of(rule)?.level {
            Level::At(severity) => Some(severity),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Level, LevelRule, Levels, Selector};
    use crate::finding::{Mqm, RuleKind, Severity};
    use crate::rulebook::compiled::RuleHead;

    fn table(lines: &[(&str, &str)]) -> Vec<LevelRule> {
        let line = |(number, (selector, level)): (usize, &(&str, &str))| LevelRule {
            selector: Selector::parse(selector).unwrap_or_else(|error| panic!("{selector}: {error:?}")),
            level: Level::parse(level).unwrap_or_else(|| panic!("{level}")),
            line: number + 1,
            range: 0..0,
        };
        lines.iter().enumerate().map(line).collect()
    }

    fn kiev() -> RuleHead<'static> {
        RuleHead {
            id: "en-places/house-form",
            kind: RuleKind::Term,
            severity: Severity::Minor,
            mqm: Mqm::parse("terminology/inconsistent-use").unwrap_or_default(),
        }
    }

    fn level(tables: &[&[(&str, &str)]]) -> Option<&'static str> {
        let levels = Levels { tables: tables.iter().map(|lines| table(lines)).collect() };
        levels.of(&kiev()).map(|line| line.level.name())
    }

    #[test]
    fn the_last_pattern_wins_and_an_id_beats_patterns() {
        assert_eq!(level(&[&[("en-places/*", "minor"), ("mqm:terminology", "note")]]), Some("note"));
        assert_eq!(level(&[&[("mqm:terminology", "note"), ("en-places/*", "minor")]]), Some("minor"));
        assert_eq!(level(&[&[("kind:term", "off"), ("kind:phrase", "minor")]]), Some("off"));
        assert_eq!(level(&[&[("en-places/house-form", "major"), ("*", "off")]]), Some("major"));
        assert_eq!(level(&[&[("*", "off"), ("en-places/house-form", "major")]]), Some("major"));
        assert_eq!(level(&[&[("en-news/*", "off"), ("mqm:accuracy", "off")]]), None);
    }

    #[test]
    fn the_uppermost_table_that_says_anything_wins() {
        let below: &[(&str, &str)] = &[("en-places/house-form", "major")];
        assert_eq!(level(&[below, &[("*", "off")]]), Some("off"));
        assert_eq!(level(&[below, &[("en-news/*", "off")]]), Some("major"));
        assert_eq!(level(&[below, &[("*", "off")], &[("en-*/*", "on")]]), Some("on"));
        assert_eq!(level(&[]), None);
    }

    #[test]
    fn a_dimension_stands_for_its_subtypes_only() {
        assert_eq!(level(&[&[("mqm:terminology/inconsistent-use", "note")]]), Some("note"));
        assert_eq!(level(&[&[("mqm:terminology/wrong-term", "note")]]), None);
    }

    #[test]
    fn an_id_switches_on_and_a_pattern_only_with_on() {
        let on = |lines: &[(&str, &str)]| Levels { tables: vec![table(lines)] }.switches_on(&kiev());
        assert!(on(&[("en-places/house-form", "note")]));
        assert!(on(&[("en-places/*", "on")]));
        assert!(!on(&[("en-places/*", "note")]));
        assert!(!on(&[("en-places/house-form", "off")]));
        assert!(!on(&[]));
    }

    #[test]
    fn what_is_no_selector_says_so() {
        for (text, message) in [
            ("kind:pharse", "unknown kind “pharse”"),
            ("mqm:acuracy", "unknown MQM type “acuracy”"),
            ("en-places", "“en-places” names no rule"),
            ("en-[", "not a glob: unclosed character class; missing ']'"),
            (" ", "no rule is named"),
        ] {
            assert_eq!(Selector::parse(text).err().map(|(what, _)| what).as_deref(), Some(message), "{text}");
        }
    }
}
