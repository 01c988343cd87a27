//! In: findings. Out: penalty per 1,000 words and verdict.

use super::Verdict;
use crate::config::Policy;
use crate::document::Document;
use crate::finding::{Finding, Severity};
use std::collections::HashSet;

/// A text with fewer words counts as this long: one slip in a short notice is not a wreck.
const SHORTEST: usize = 300;
/// A critical finding this certain blocks by itself.
const BLOCKING_CONFIDENCE: f32 = 0.8;

/// Sum of weight x confidence, per 1,000 words; the same rule on the same words counts once.
pub(super) fn penalty(document: &Document, findings: &[Finding], words: usize) -> f64 {
    let mut seen = HashSet::new();
    let sum: f64 = findings
        .iter()
        .filter(|finding| {
            let text = finding.place.span().map_or_else(String::new, |span| document.text(span).to_lowercase());
            seen.insert((finding.rule.as_str(), text))
        })
        .map(|finding| finding.severity.weight() * f64::from(finding.confidence))
        .sum();
    // An empty sum is minus zero.
    (sum + 0.0) * 1000.0 / words.max(SHORTEST) as f64
}

/// The gate's answer.
pub(super) fn verdict(findings: &[Finding], penalty: f64, policy: &Policy) -> Verdict {
    let critical = findings
        .iter()
        .any(|finding| finding.severity == Severity::Critical && finding.confidence + 1e-6 >= BLOCKING_CONFIDENCE);
    if critical || penalty >= policy.gate.block {
        Verdict::Block
    } else if penalty >= policy.gate.hold {
        Verdict::Hold
    } else {
        Verdict::Clear
    }
}
