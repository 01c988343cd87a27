//! Step 6. In: audits. Out: text for people and programs, one file a format.

mod diff;
mod excerpt;
pub mod gate;
pub mod inspect;
pub mod json;
mod short;

use crate::audit::{Audit, Verdict};
use crate::document::Document;
use crate::finding::{Severity, Side};

/// How findings are shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// Lines as they are and as they would be, with reasons.
    Diff,
    /// One line a finding.
    Short,
    /// One JSON object for all texts.
    Json,
    /// One JSON object a text, one a line.
    Jsonl,
}

/// In which order people see the findings of a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Order {
    /// Worst first.
    Severity,
    /// From the top of the text.
    Place,
}

/// How to report.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// The format.
    pub format: Format,
    /// The order, where people read.
    pub order: Order,
    /// Columns of the terminal.
    pub width: usize,
    /// More about each finding: type, confidence, promise of the fix.
    pub verbose: bool,
}

/// A text that has been audited.
#[derive(Debug)]
pub struct Audited {
    /// As the user named it.
    pub path: String,
    /// The text.
    pub document: Document,
    /// What was found.
    pub audit: Audit,
    /// Its original, where there is one: as the user named it, and its text.
    pub original: Option<(String, Document)>,
}

impl Audited {
    /// The text, or original, that a related place lies in, with its path.
    #[must_use]
    pub fn side(&self, side: Side) -> Option<(&str, &Document)> {
        match side {
            Side::Text => Some((&self.path, &self.document)),
            Side::Original => self.original.as_ref().map(|(path, document)| (path.as_str(), document)),
            Side::Source => None,
        }
    }
}

/// Sums over all texts of a run.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Totals {
    /// Texts.
    pub documents: usize,
    /// Words.
    pub words: usize,
    /// Findings by level, mildest first.
    pub counts: [usize; 4],
    /// The worst verdict.
    pub verdict: Option<Verdict>,
}

impl Totals {
    /// Adds one audit.
    pub fn add(&mut self, audit: &Audit) {
        self.documents += 1;
        self.words += audit.words;
        for (count, severity) in self.counts.iter_mut().zip(Severity::ALL) {
            *count += audit.count(severity);
        }
        self.verdict = self.verdict.max(Some(audit.verdict));
    }
}

/// What stands before the first text.
#[must_use]
pub fn head(options: &Options) -> String {
    if options.format == Format::Json { json::head() } else { String::new() }
}

/// The report of one text; `first` of a run or not.
#[must_use]
pub fn text(options: &Options, audited: &Audited, first: bool) -> String {
    match options.format {
        Format::Diff => diff::text(options, audited, first),
        Format::Short => short::text(options, audited),
        Format::Json => format!("{}{}", if first { "" } else { ",\n" }, json::text(audited)),
        Format::Jsonl => json::text(audited) + "\n",
    }
}

/// What stands behind the last text.
#[must_use]
pub fn tail(options: &Options, totals: &Totals) -> String {
    match options.format {
        Format::Diff if totals.documents > 1 => diff::totals(totals),
        Format::Json => json::tail(totals),
        _ => String::new(),
    }
}

/// A text without control characters: what a text or a pack holds must not steer the terminal.
fn visible(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{FFFD}' } else { c }).collect()
}

/// "3 critical, 1 major", or "nothing found".
fn counts(counts: [usize; 4]) -> String {
    let mut parts = Vec::new();
    for (severity, count) in Severity::ALL.iter().zip(counts).rev() {
        if count > 0 {
            let plural = if *severity == Severity::Note && count > 1 { "s" } else { "" };
            parts.push(format!("{count} {}{plural}", severity.name()));
        }
    }
    if parts.is_empty() { "nothing found".to_owned() } else { parts.join(", ") }
}

/// The indexes of findings in the order people asked for.
fn ordered(audit: &Audit, order: Order) -> Vec<usize> {
    let mut indexes: Vec<usize> = (0..audit.findings.len()).collect();
    if order == Order::Severity {
        // Stable: within a level the order of place stays.
        indexes.sort_by_key(|index| audit.findings.get(*index).map(|finding| std::cmp::Reverse(finding.severity)));
    }
    indexes
}
