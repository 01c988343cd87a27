//! Budgets on clean human text: what the rulebook may flag where nothing is wrong.

#![allow(clippy::unwrap_used)] // helpers of tests

mod common;

use common::{Auditor, records, shared};
use mtaudit::finding::Severity;
use std::collections::BTreeSet;

/// Per 1,000 words, all packs on.
const MAJOR: f64 = 0.05;
const MINOR: f64 = 0.15;

/// Places where the published text itself slips: id and exact words.
fn slips() -> BTreeSet<(String, String)> {
    let Some(path) = shared("data/clean-slips.tsv") else { return BTreeSet::new() };
    let text = std::fs::read_to_string(path).unwrap();
    let rows = text.lines().skip(1).filter_map(|line| {
        let mut cells = line.split('\t');
        Some((cells.next()?.to_owned(), cells.next()?.to_owned()))
    });
    rows.collect()
}

/// Clean texts: id and text.
fn texts() -> Vec<(String, String)> {
    let sets = [
        ("data/clean-wikinews.jsonl", "text"),
        ("data/clean-demetr-human.jsonl", "text"),
        ("roundtrip-wikinews/nmt-en-pt-en.jsonl", "original"),
    ];
    let mut found = Vec::new();
    for (path, key) in sets {
        let Some(path) = shared(path) else { continue };
        for record in records(&path) {
            found.push((record["id"].as_str().unwrap().to_owned(), record[key].as_str().unwrap().to_owned()));
        }
    }
    found
}

#[test]
fn clean_text_stays_within_its_budget() {
    let slips = slips();
    let mut auditor = Auditor::new();
    let (mut words, mut shown) = (0, Vec::new());
    let mut counts = [0_usize; 4];
    for (id, text) in texts() {
        let audit = auditor.audit(&text);
        words += audit.words;
        for finding in &audit.findings {
            let quote = finding.place.span().map_or("", |span| span.of(&text));
            if slips.contains(&(id.clone(), quote.to_owned())) {
                continue;
            }
            counts[finding.severity as usize] += 1;
            if finding.severity >= Severity::Minor {
                shown.push(format!("{} {} “{quote}” in {id}", finding.severity.name(), finding.rule));
            }
        }
    }
    if words == 0 {
        return;
    }
    shown.sort();
    let per_thousand = |count: usize| count as f64 * 1000.0 / words as f64;
    let [_, minor, major, critical] = counts;
    let list = shown.join("\n");
    println!("{words} words: {critical} critical, {major} major, {minor} minor\n{list}");
    assert_eq!(critical, 0, "critical findings on clean text:\n{list}");
    assert!(per_thousand(major) <= MAJOR, "{:.3} of major per 1,000 words:\n{list}", per_thousand(major));
    assert!(per_thousand(major + minor) <= MINOR, "{:.3} of minor or above:\n{list}", per_thousand(major + minor));
}
