//! The built-in rulebook: its rules' own examples, ids, messages; and that both ways to load it are one.

mod common;

use common::Auditor;
use mtaudit::audit::selftest;
use mtaudit::finding::{RuleKind, Severity};
use mtaudit::rulebook::{RuleSet, files};
use std::collections::BTreeSet;
use std::path::Path;

fn rules_folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("rules")
}

#[test]
fn every_example_gives_what_its_rule_promises() {
    let rules = RuleSet::builtin();
    let (failures, count) = selftest::test(&rules, |_| true);
    assert!(count >= 480, "only {count} examples");
    let shown: Vec<String> = failures
        .iter()
        .map(|failure| {
            format!(
                "{} ({}:{}): {}\n    {}",
                failure.rule, failure.file, failure.line, failure.message, failure.example
            )
        })
        .collect();
    assert!(failures.is_empty(), "{} of {count} examples fail:\n{}", failures.len(), shown.join("\n"));
}

#[test]
fn built_in_and_loaded_rules_are_the_same_bytes() {
    let packs = files::read(&rules_folder()).unwrap();
    let (loaded, _) = RuleSet::only(&packs).unwrap_or_else(|errors| {
        panic!("{}", errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
    });
    let built = RuleSet::builtin();
    assert!(built.blobs()[0].bytes() == loaded.blobs()[0].bytes(), "the blob differs from the rules in rules/");
}

#[test]
fn a_pack_of_the_same_id_replaces_the_built_in_one() {
    let packs = files::read(&rules_folder()).unwrap();
    let built = RuleSet::builtin();
    let (both, _) = RuleSet::with_packs(&packs).unwrap();
    assert_eq!(built.numbers().count(), both.numbers().count());
    assert_eq!(built.packs().len(), both.packs().len());
    let text = "The generals vowed to behead the new government.";
    let (mut one, mut two) = (Auditor::new(), Auditor::with(both, mtaudit::config::Policy::default()));
    assert_eq!(one.audit(text).findings, two.audit(text).findings);
    assert!(!one.audit(text).findings.is_empty());
}

#[test]
fn ids_are_unique_and_every_kind_is_in_use() {
    let rules = RuleSet::builtin();
    let (mut ids, mut kinds) = (BTreeSet::new(), BTreeSet::new());
    for number in rules.numbers() {
        let rule = &rules.rule(number).unwrap().rule;
        assert!(ids.insert(rule.id.clone()), "{} stands twice", rule.id);
        kinds.insert(rule.kind);
        let text = rules.text(number);
        assert!(text.bad.len() >= 2 && text.good.len() >= 2, "{} has too few examples", rule.id);
        assert!(text.explain.len() >= 40, "{} does not explain itself", rule.id);
    }
    assert_eq!(kinds.len(), RuleKind::ALL.len());
}

#[test]
fn messages_pass_the_audit_themselves() {
    let mut auditor = Auditor::new();
    let texts: Vec<(String, String)> = auditor
        .rules
        .numbers()
        .filter_map(|number| Some((auditor.rules.rule(number)?.rule.id.clone(), auditor.rules.text(number).explain)))
        .collect();
    let mut wrong = Vec::new();
    for (id, explain) in texts {
        // What is quoted or set as an example is meant to be wrong.
        let plain: String = explain.split(['*', '`', '“', '”']).step_by(2).collect::<Vec<_>>().join("…");
        for finding in auditor.audit(&plain).findings {
            if finding.severity >= Severity::Minor {
                wrong.push(format!("{id}: {} flags its explanation: {}", finding.rule, finding.message));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_detector_of_the_table_exists_and_is_in_use() {
    use mtaudit::detect::checks::DETECTORS;
    use mtaudit::rulebook::checks::CHECKS;
    let specified: BTreeSet<&str> = CHECKS.iter().map(|spec| spec.name).collect();
    let written: BTreeSet<&str> = DETECTORS.iter().map(|(name, _)| *name).collect();
    assert_eq!(specified, written);
    let rules = RuleSet::builtin();
    let used: BTreeSet<String> = rules
        .numbers()
        .filter(|number| rules.rule(*number).unwrap().rule.kind == RuleKind::Check)
        .map(|number| rules.text(number).looks_for[0].clone())
        .collect();
    for name in specified {
        assert!(used.contains(name), "no rule uses the detector {name}");
    }
}

#[test]
fn the_page_on_rules_shows_every_detector() {
    let page = include_str!("../docs/rules.md");
    for spec in mtaudit::rulebook::checks::CHECKS {
        let row = page.lines().find(|line| line.starts_with(&format!("| `{}` |", spec.name)));
        let row = row.unwrap_or_else(|| panic!("docs/rules.md does not show {}", spec.name));
        for name in spec.keys.iter().map(|(key, _)| key).chain(spec.slots) {
            assert!(row.contains(&format!("`{name}`")), "docs/rules.md does not show {name} of {}", spec.name);
        }
    }
}
