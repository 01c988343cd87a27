//! What tests share: the evaluation data beside the project, and audits of plain texts.

#![allow(dead_code)] // each test file uses a part of it
#![allow(clippy::unwrap_used, clippy::print_stderr)] // helpers of tests

use mtaudit::audit::{Audit, Case, audit};
use mtaudit::config::Policy;
use mtaudit::document::Reader;
use mtaudit::rulebook::RuleSet;
use mtaudit::source::Source;
use std::path::{Path, PathBuf};

/// A file or folder of the shared evaluation data; none where the data is not beside the project.
///
/// With `CI=true` its absence is a failure: a test that silently reads nothing proves nothing.
pub fn shared(path: &str) -> Option<PathBuf> {
    let found = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(path);
    if found.exists() {
        return Some(found);
    }
    assert!(std::env::var_os("CI").is_none_or(|ci| ci != "true"), "{} is missing", found.display());
    eprintln!("left out: {} is not beside the project", found.display());
    None
}

/// The records of a JSON Lines file.
pub fn records(path: &Path) -> Vec<serde_json::Value> {
    let text = std::fs::read_to_string(path).unwrap();
    text.lines().filter(|line| !line.trim().is_empty()).map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Audits plain texts with one rule set and one reader.
pub struct Auditor {
    pub rules: RuleSet,
    reader: Reader,
    policy: Policy,
}

impl Auditor {
    pub fn new() -> Self {
        Self::with(RuleSet::builtin(), Policy::default())
    }

    pub fn with(rules: RuleSet, policy: Policy) -> Self {
        Self { rules, reader: Reader::new(), policy }
    }

    pub fn audit(&mut self, text: &str) -> Audit {
        let text = self.reader.read(Source::plain(text.to_owned()), self.rules.lexicon());
        audit(&Case::alone(text), &self.rules, &self.policy)
    }
}
