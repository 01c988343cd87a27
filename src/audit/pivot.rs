//! In: findings with the languages their rules point to. Out: the language the text likely went through, or none.
//!
//! Each finding has one vote, its confidence, that is parted among the languages its rule names; a rule that fires again counts
//! half. Letters of a script that few languages use are a vote as well. Thresholds: no clean article of the evaluation data has more than 0.2
//! votes for a language; what neighbours share (es and pt, bn and hi) decides nothing between them.

use super::{Draft, Pivot};
use crate::finding::Severity;
use std::collections::BTreeMap;

/// Votes that a language needs.
const LEAST: f32 = 1.0;
/// Different rules that must point to it.
const RULES: usize = 3;
/// Votes, and share of its own, by which it must lead.
const LEAD: (f32, f32) = (0.2, 0.07);
/// Evidence that is shown.
const SHOWN: usize = 6;

/// Languages written in a script that English text does not hold by itself.
fn of_script(script: &str) -> &'static [&'static str] {
    match script {
        "Bengali" => &["bn"],
        "Devanagari" => &["hi", "ne", "mr"],
        "Cyrillic" => &["ru", "uk"],
        "Arabic" => &["ar", "fa", "ur"],
        "Hangul" => &["ko"],
        "Hiragana" | "Katakana" => &["ja"],
        "Han" => &["zh", "ja"],
        "Hebrew" => &["he"],
        "Greek" => &["el"],
        "Thai" => &["th"],
        "Tamil" => &["ta"],
        "Telugu" => &["te"],
        "Sinhala" => &["si"],
        "Gujarati" => &["gu"],
        "Gurmukhi" => &["pa"],
        "Georgian" => &["ka"],
        "Armenian" => &["hy"],
        _ => &[],
    }
}

#[derive(Default)]
struct Votes {
    sum: f32,
    /// By weight, heaviest first when shown.
    evidence: Vec<(f32, String)>,
    rules: Vec<u32>,
}

/// The language, where the findings agree on one.
pub(super) fn of(drafts: &[Draft<'_>]) -> Option<Pivot> {
    let mut all: BTreeMap<&str, Votes> = BTreeMap::new();
    let mut fired: BTreeMap<u32, u8> = BTreeMap::new();
    for draft in drafts.iter().filter(|draft| draft.finding.severity > Severity::Note && !draft.rule.slip) {
        let needs_pivot = draft.rule.needs.as_ref().is_some_and(|needs| !needs.pivot.is_empty());
        let script = draft.script.as_deref().map(of_script).unwrap_or_default();
        let named: Vec<&str> = draft.rule.pivots.iter().map(String::as_str).chain(script.iter().copied()).collect();
        if named.is_empty() || needs_pivot {
            continue;
        }
        let times = fired.entry(draft.number).or_default();
        *times = times.saturating_add(1);
        if *times > 2 {
            continue;
        }
        let weight = draft.finding.confidence / named.len() as f32 / f32::from(*times);
        for language in named {
            let votes = all.entry(language).or_default();
            votes.sum += weight;
            votes.evidence.push((weight, draft.finding.message.clone()));
            if !votes.rules.contains(&draft.number) {
                votes.rules.push(draft.number);
            }
        }
    }
    let (language, best) = all.iter().max_by(|a, b| a.1.sum.total_cmp(&b.1.sum).then(b.0.cmp(a.0)))?;
    let second = all.iter().filter(|(other, _)| *other != language).map(|(_, votes)| votes.sum).fold(0.0, f32::max);
    let lead = best.sum - second;
    if best.sum < LEAST || best.rules.len() < RULES || lead < LEAD.0 || lead < LEAD.1 * best.sum {
        return None;
    }
    let mut evidence = best.evidence.clone();
    evidence.sort_by(|a, b| b.0.total_cmp(&a.0));
    evidence.dedup_by(|a, b| a.1 == b.1);
    evidence.truncate(SHOWN);
    let certain = 1.0 - (-best.sum / 1.5).exp();
    let alone = (lead / best.sum * 2.0).min(1.0);
    Some(Pivot {
        language: (*language).to_owned(),
        confidence: certain * (0.7 + 0.3 * alone),
        evidence: evidence.into_iter().map(|(_, message)| message).collect(),
    })
}

/// The confidence of a finding whose rule points to the language: nearer to certainty, the surer the language is.
pub(super) fn lifted(confidence: f32, pivot: &Pivot) -> f32 {
    confidence + (1.0 - confidence) * 0.3 * pivot.confidence
}
