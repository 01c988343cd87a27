//! What applies to one text: levels, thresholds, switches. In: `mtaudit.toml` and the command line's wishes. Out: a [`Policy`].
//!
//! The way: [`find`] the file, [`read`] it, [`Config::check`] it against the rules it names, [`Config::policy`] for a path.

mod check;
mod directive;
mod find;
mod ignores;
mod level;
mod original;
mod paths;
mod policy;
mod written;

pub use check::{nearest_rule, pack_id, unknown};
pub use directive::{Directive, Verb, directive};
pub use find::{NAME, find};
pub use ignores::{Ignore, Ignores, sidecar, sidecar_of};
pub use level::{Level, LevelRule, Levels, Selector};
pub use original::Original;
pub use paths::PathGlobs;
pub use policy::{Accept, Gate, HouseNames, Policy, RuleGlob, Wishes};
pub use written::read;

use crate::finding::Severity;
use std::ops::Range;
use std::path::{Component, Path, PathBuf};

/// A value of a configuration with its place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Written<T> {
    /// The value.
    pub value: T,
    /// Its line, from 1.
    pub line: usize,
    /// Its bytes in the file.
    pub range: Range<usize>,
}

/// From which level on a run over texts fails.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FailOn(pub Option<Severity>);

impl Default for FailOn {
    fn default() -> Self {
        Self(Some(Severity::Major))
    }
}

impl FailOn {
    /// All names.
    pub const NAMES: [&'static str; 5] = ["critical", "major", "minor", "note", "never"];

    /// The level of that name, or `never`.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        if name == "never" { Some(Self(None)) } else { Severity::parse(name).map(|level| Self(Some(level))) }
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.map_or("never", Severity::name)
    }
}

/// Where rules come from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Extend {
    /// All packs of the program.
    AllBuiltin,
    /// One of them.
    Builtin(String),
    /// A folder with a pack, or with several, relative to the configuration.
    Folder(String),
}

/// A house form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Preferred {
    /// The form to replace.
    pub from: String,
    /// The house form.
    pub to: String,
    /// Its line, from 1.
    pub line: usize,
    /// Bytes of the form to replace.
    pub range: Range<usize>,
}

/// A phrase that is right as it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Accepted {
    /// The phrase.
    pub phrase: String,
    /// Why.
    pub reason: String,
    /// Its line, from 1.
    pub line: usize,
}

/// What applies to some paths only.
#[derive(Clone, Debug)]
pub struct Override {
    /// Its line, from 1.
    pub line: usize,
    /// Which texts.
    pub paths: PathGlobs,
    /// From which level on a run fails.
    pub fail_on: Option<Written<FailOn>>,
    /// The floor.
    pub min_confidence: Option<Written<f32>>,
    /// hold, block.
    pub gate: (Option<Written<f64>>, Option<Written<f64>>),
    /// Levels.
    pub rules: Vec<LevelRule>,
}

/// A configuration as written; the default says nothing.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// How errors name the file; empty where there is none.
    pub file: String,
    /// Its text.
    pub text: String,
    /// The folder that its paths are relative to, absolute.
    pub root: PathBuf,
    /// Packs; none: all of the program's.
    pub extends: Option<Written<Vec<Written<Extend>>>>,
    /// From which level on a run fails.
    pub fail_on: Option<Written<FailOn>>,
    /// The floor.
    pub min_confidence: Option<Written<f32>>,
    /// The baseline, relative to the configuration.
    pub baseline: Option<Written<String>>,
    /// Which files are articles.
    pub include: Option<Written<PathGlobs>>,
    /// Which of them are not.
    pub exclude: Option<Written<PathGlobs>>,
    /// Where originals lie.
    pub original_pattern: Option<Written<String>>,
    /// The front matter's key that names an original.
    pub original_key: Option<Written<String>>,
    /// Penalty from which a text is held.
    pub hold: Option<Written<f64>>,
    /// Penalty from which a text is blocked.
    pub block: Option<Written<f64>>,
    /// Levels, in the order of the file.
    pub rules: Vec<LevelRule>,
    /// The house's own people.
    pub known: Vec<Written<String>>,
    /// The house's forms.
    pub prefer: Vec<Preferred>,
    /// What is right as it stands.
    pub accept: Vec<Accepted>,
    /// What applies to some paths only, in the order of the file.
    pub overrides: Vec<Override>,
}

impl Config {
    /// A text's path relative to the configuration's folder, parted by slashes; of a text that lies elsewhere the path as given.
    #[must_use]
    pub fn relative(&self, text: &Path) -> String {
        let absolute = normal(&std::path::absolute(text).unwrap_or_else(|_| text.to_owned()));
        let below = absolute.strip_prefix(normal(&self.root)).map(Path::to_owned);
        let path = below.unwrap_or_else(|_| normal(text));
        path.to_string_lossy().replace('\\', "/")
    }

    /// Whether `[files]` says that a text is an article; none where it says nothing about which files are.
    #[must_use]
    pub fn names(&self, text: &Path) -> Option<bool> {
        if self.include.is_none() && self.exclude.is_none() {
            return None;
        }
        let path = self.relative(text);
        if self.exclude.as_ref().is_some_and(|globs| globs.value.matches(&path)) {
            return Some(false);
        }
        self.include.as_ref().map(|globs| globs.value.matches(&path))
    }

    /// The overrides that apply to a text, by their number.
    #[must_use]
    pub fn overrides_of(&self, text: &Path) -> Vec<usize> {
        if self.overrides.is_empty() {
            return Vec::new();
        }
        let path = self.relative(text);
        (0..self.overrides.len())
            .filter(|at| self.overrides.get(*at).is_some_and(|one| one.paths.matches(&path)))
            .collect()
    }
}

/// A path without `.` and, as far as it can be told from the path alone, without `..`.
#[must_use]
pub fn normal(path: &Path) -> PathBuf {
    let mut found = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if found.file_name().is_some() => {
                found.pop();
            }
            other => found.push(other),
        }
    }
    found
}

#[cfg(test)]
mod tests;
