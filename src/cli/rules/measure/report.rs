//! In: a tally. Out: a table for people, or one JSON object.

use super::tally::{Counts, Material, Tally};
use crate::finding::Severity;
use crate::rulebook::RuleSet;
use colored::Colorize;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write;

/// The table; with `silent` the names of the rules that never fired.
pub(super) fn table(rules: &RuleSet, tally: &Tally, silent: bool) -> String {
    let mut out = String::new();
    material(tally, &mut out);
    let id = |number: u32| rules.rule(number).map_or("", |loaded| loaded.rule.id.as_str());
    let fired: Vec<u32> = tally.rules.iter().filter(|(_, counts)| counts.hits > 0).map(|(number, _)| *number).collect();
    let width = fired.iter().map(|number| id(*number).len()).max().unwrap_or(0).max("minor or above".len()) + 2;
    let head = format!(
        "{:width$}  {:>5}  {:>5}  {:>9}  {:>8}  {:>11}",
        "", "hits", "right", "precision", "95%", "false/1,000"
    );
    let _ = writeln!(out, "\n{}", format!("{head}  right/hits by set").bold());
    let row = |name: &str, counts: &Counts| {
        let percent = |share: f64| format!("{:.1}%", share * 100.0);
        let precision = counts.precision().map_or_else(|| "–".to_owned(), percent);
        let interval = counts.interval();
        let interval =
            interval.map_or_else(|| "–".to_owned(), |(from, to)| format!("{:.0}–{:.0}%", from * 100.0, to * 100.0));
        let rate = counts.per_thousand(tally.clean.words).map_or_else(|| "–".to_owned(), |rate| format!("{rate:.3}"));
        let (hits, right) = (counts.hits, counts.right);
        format!("{name:width$}  {hits:>5}  {right:>5}  {precision:>9}  {interval:>8}  {rate:>11}")
    };
    for (pack, range) in rules.packs() {
        let (sum, count) = tally.sum(range.clone());
        if count == 0 {
            continue;
        }
        let of = range.clone().filter(|number| tally.rules.contains_key(number)).count();
        let note = format!("{count} of {of} rules fired");
        let _ = writeln!(out, "{}", format!("{}  {note}", row(&pack.id, &sum)).bold());
        for number in range {
            if let Some(counts) = tally.rules.get(&number).filter(|counts| counts.hits > 0) {
                let sets: Vec<String> =
                    counts.sets.iter().map(|(set, (hits, right))| format!("{set} {right}/{hits}")).collect();
                let _ = writeln!(out, "{}  {}", row(&format!("  {}", id(number)), counts), sets.join(", "));
            }
        }
    }
    let (sum, count) = tally.sum(rules.numbers());
    let note = format!("{count} of {} rules fired", tally.rules.len());
    let _ = writeln!(out, "{}", format!("{}  {note}", row("all", &sum)).bold());
    let _ = writeln!(out, "{}", row("  minor or above", &counted(tally)));
    for (level, counts) in Severity::ALL.into_iter().zip(&tally.levels).rev().filter(|(_, counts)| counts.hits > 0) {
        let _ = writeln!(out, "{}", row(&format!("  {}", level.name()), counts));
    }
    if count < tally.rules.len() {
        out.push('\n');
    }
    let mut list = |numbers: Vec<u32>, what: &str| {
        let few = if numbers.len() == 1 { "1 rule".to_owned() } else { format!("{} rules", numbers.len()) };
        if numbers.is_empty() {
        } else if silent {
            let _ = writeln!(out, "{few} {what}:");
            for number in numbers {
                let _ = writeln!(out, "  {}", id(number));
            }
        } else {
            let _ = writeln!(out, "{few} {what} (--silent names them)");
        }
    };
    list(tally.silent(), "never fired");
    list(tally.hidden(), "matched without being reported: another rule says the same, or the options leave it out");
    out
}

/// Findings of minor or above: those that count.
fn counted(tally: &Tally) -> Counts {
    let mut sum = Counts::default();
    for (level, counts) in Severity::ALL.into_iter().zip(&tally.levels) {
        if level >= Severity::Minor {
            sum.add(counts);
        }
    }
    sum
}

fn material(tally: &Tally, out: &mut String) {
    let count = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
    let Material { texts, words, places, chars, marked } = tally.labelled;
    let share = if chars == 0 { 0.0 } else { marked as f64 * 100.0 / chars as f64 };
    let (labelled, read) = (count(texts, "text"), count(words, "word"));
    let _ =
        writeln!(out, "wrong   {labelled}, {read}; {} marked, {share:.0}% of the characters", count(places, "place"));
    if tally.unplaced > 0 {
        let _ = writeln!(out, "        {} more, not counted: no one says where", count(tally.unplaced, "text"));
    }
    let Material { texts, words, .. } = tally.clean;
    let _ = writeln!(out, "clean   {}, {}", count(texts, "text"), count(words, "word"));
}

#[derive(Serialize)]
struct Whole<'a> {
    schema: u32,
    tool: Tool,
    labelled: Read,
    clean: Read,
    not_judged: usize,
    rules: Vec<Row<'a>>,
    packs: Vec<Row<'a>>,
    levels: Vec<Row<'a>>,
    total: Row<'a>,
    silent: Vec<&'a str>,
    hidden: Vec<&'a str>,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Read {
    texts: usize,
    words: usize,
    places: usize,
}

#[derive(Serialize)]
struct Set {
    hits: u32,
    right: u32,
}

#[derive(Serialize)]
struct Row<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pack: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    severity: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence: Option<f64>,
    hits: u32,
    right: u32,
    precision: Option<f64>,
    interval: Option<(f64, f64)>,
    clean_hits: u32,
    false_per_1000: Option<f64>,
    sets: BTreeMap<&'a str, Set>,
}

/// Shares and rates to four digits: more is not known.
fn rounded(number: f64) -> f64 {
    (number * 1e4).round() / 1e4
}

fn row<'a>(counts: &'a Counts, tally: &Tally) -> Row<'a> {
    Row {
        rule: None,
        pack: None,
        severity: None,
        confidence: None,
        hits: counts.hits,
        right: counts.right,
        precision: counts.precision().map(rounded),
        interval: counts.interval().map(|(from, to)| (rounded(from), rounded(to))),
        clean_hits: counts.clean,
        false_per_1000: counts.per_thousand(tally.clean.words).map(rounded),
        sets: counts
            .sets
            .iter()
            .map(|(set, (hits, right))| (set.as_str(), Set { hits: *hits, right: *right }))
            .collect(),
    }
}

/// One JSON object on one line; additions only.
pub(super) fn json(rules: &RuleSet, tally: &Tally) -> String {
    let read = |material: Material| Read { texts: material.texts, words: material.words, places: material.places };
    let ids = |numbers: Vec<u32>| {
        numbers.into_iter().filter_map(|number| Some(rules.rule(number)?.rule.id.as_str())).collect::<Vec<_>>()
    };
    let packs = rules.packs();
    let sums: Vec<(&str, Counts)> = packs
        .iter()
        .filter(|(_, range)| range.clone().any(|number| tally.rules.contains_key(&number)))
        .map(|(pack, range)| (pack.id.as_str(), tally.sum(range.clone()).0))
        .collect();
    let (total, _) = tally.sum(rules.numbers());
    let rows = tally.rules.iter().filter(|(_, counts)| counts.hits > 0).filter_map(|(number, counts)| {
        let rule = &rules.rule(*number)?.rule;
        Some(Row {
            rule: Some(&rule.id),
            severity: Some(rule.severity.name()),
            confidence: Some(rounded(f64::from(rule.confidence))),
            ..row(counts, tally)
        })
    });
    let levels = Severity::ALL.into_iter().zip(&tally.levels).rev();
    let whole = Whole {
        schema: 1,
        tool: Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
        labelled: read(tally.labelled),
        clean: read(tally.clean),
        not_judged: tally.unplaced,
        rules: rows.collect(),
        packs: sums.iter().map(|(pack, sum)| Row { pack: Some(pack), ..row(sum, tally) }).collect(),
        levels: levels.map(|(level, counts)| Row { severity: Some(level.name()), ..row(counts, tally) }).collect(),
        total: row(&total, tally),
        silent: ids(tally.silent()),
        hidden: ids(tally.hidden()),
    };
    serde_json::to_string(&whole).unwrap_or_default() + "\n"
}
