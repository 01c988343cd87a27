//! A text beside its original: pairs that do not belong together, texts of every odd kind, and what is found in damaged translations.

#![allow(clippy::unwrap_used, clippy::print_stdout)] // helpers of tests

mod common;

use common::{records, shared};
use mtaudit::audit::{Audit, Auditor, Case};
use mtaudit::config::Policy;
use mtaudit::document::Reader;
use mtaudit::finding::{Severity, Side};
use mtaudit::rulebook::RuleSet;
use mtaudit::source::Source;
use std::collections::BTreeMap;

const STORY: &str = "The dam above Nerva broke at noon on Monday. Engineers had warned of cracks in its eastern wall. Rescuers came by \
boat from the next town, and the army sent 2 helicopters.\n\n“We lost the harbour,” said Mayor Ana Ruiz. Tom Hale, who runs the ferry, left.";

struct Pairs<'r> {
    rules: &'r RuleSet,
    reader: Reader,
    auditor: Auditor<'r>,
}

impl<'r> Pairs<'r> {
    fn new(rules: &'r RuleSet, policy: &'r Policy) -> Self {
        Self { rules, reader: Reader::new(), auditor: Auditor::new(rules, policy) }
    }

    fn audit(&mut self, text: &str, original: &str) -> Audit {
        let mut read = |text: &str| self.reader.read(Source::plain(text.to_owned()), self.rules.lexicon());
        let case = Case { text: read(text), original: Some(read(original)), source: None };
        self.auditor.audit(&case)
    }
}

fn compared(audit: &Audit) -> Vec<&str> {
    audit.findings.iter().map(|finding| finding.rule.as_str()).filter(|rule| rule.starts_with("compare/")).collect()
}

#[test]
fn a_text_is_like_itself() {
    let (rules, policy) = (RuleSet::builtin(), Policy::default());
    let audit = Pairs::new(&rules, &policy).audit(STORY, STORY);
    assert!(audit.mismatch.is_none());
    assert!(compared(&audit).is_empty(), "{:?}", compared(&audit));
}

#[test]
fn pairs_that_do_not_belong_together_are_one_reason() {
    let (rules, policy) = (RuleSet::builtin(), Policy::default());
    let mut pairs = Pairs::new(&rules, &policy);
    let spanish = "La presa se rompió al mediodía del lunes. Los ingenieros habían advertido de grietas en su muro oriental. Los \
        equipos de rescate llegaron en lanchas desde el pueblo vecino y el ejército envió helicópteros para sacar a las familias.";
    let other = "Quarterly sales of tractors slipped, the maker reported, because farmers delayed orders and steel became dearer. \
        Analysts expect margins to recover once interest rates ease. Shares closed slightly weaker after thin trading overseas.";
    let village =
        |number| format!("Villager {number} told visitors about orchard{number}, cattle{number} and winter{number}. ");
    let long: String = (0..60).map(village).collect();
    for (original, reason) in
        [("", "empty"), (spanish, "not English"), (other, "another story"), (long.as_str(), "ten times")]
    {
        let audit = pairs.audit(STORY, original);
        let said = audit.mismatch.as_deref().unwrap_or("nothing is said");
        assert!(said.contains(reason), "{said:?} does not say “{reason}”");
        assert!(compared(&audit).is_empty());
    }
}

#[test]
fn odd_pairs_are_read() {
    let (rules, policy) = (RuleSet::builtin(), Policy::default());
    let mut pairs = Pairs::new(&rules, &policy);
    let repeated = "the the the ".repeat(2_000);
    for (text, original) in [
        ("17 18 19", "17 18 20"),
        ("", STORY),
        ("؟ مرحبا بالعالم", "؟ مرحبا بالعالم"),
        ("“““““", "”””””"),
        (repeated.as_str(), repeated.as_str()),
    ] {
        let audit = pairs.audit(text, original);
        for finding in &audit.findings {
            assert!(finding.place.span().is_none_or(|span| text.get(span.range()).is_some()));
        }
    }
    assert!(compared(&pairs.audit("They met 17 rebels.", "They met 71 rebels.")).contains(&"compare/number-changed"));
}

#[test]
fn evidence_lies_in_the_original() {
    let (rules, policy) = (RuleSet::builtin(), Policy::default());
    let damaged = STORY.replace("2 helicopters", "9 helicopters").replace("Mayor Ana Ruiz", "Mayor Tom Hale");
    let audit = Pairs::new(&rules, &policy).audit(&damaged, STORY);
    let number = audit.findings.iter().find(|finding| finding.rule == "compare/number-changed").unwrap();
    let evidence = number.related.iter().find(|related| related.side == Side::Original).unwrap();
    assert_eq!(evidence.span.of(STORY), "2");
    let speaker = audit.findings.iter().find(|finding| finding.rule == "compare/speaker-changed");
    assert!(speaker.is_some(), "{:?}", compared(&audit));
}

/// Shares of damaged sentences that are flagged, and findings per 1,000 words of undamaged ones: floors and ceilings of what was reached.
#[test]
fn damaged_translations_are_flagged_and_clean_ones_are_not() {
    let (rules, policy) = (RuleSet::builtin(), Policy::default());
    let mut pairs = Pairs::new(&rules, &policy);
    let Some(path) = shared("data/demetr.jsonl") else { return };
    let (mut flagged, mut clean, mut words) = (BTreeMap::<String, (u32, u32)>::new(), 0_usize, 0_usize);
    for record in records(&path) {
        let audit = pairs.audit(record["text"].as_str().unwrap(), record["reference"].as_str().unwrap());
        let found = audit.findings.iter().filter(|finding| finding.severity >= Severity::Minor).count();
        let category = record["spans"].get(0).map_or("clean", |span| span["category"].as_str().unwrap()).to_owned();
        if category == "clean" {
            clean += found;
            words += audit.words;
        } else {
            let counts = flagged.entry(category).or_default();
            counts.0 += u32::from(found > 0);
            counts.1 += 1;
        }
    }
    let all = flagged.values().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    let share = |(found, of): (u32, u32)| f64::from(found) / f64::from(of);
    for (category, counts) in &flagged {
        println!("{category}: {:.2} of {}", share(*counts), counts.1);
    }
    let noise = clean as f64 * 1000.0 / words as f64;
    println!("all: {:.3}; clean: {noise:.2} per 1,000 words", share(all));
    assert!(share(all) >= 0.55, "{:.3} of the damaged sentences are flagged", share(all));
    assert!(noise <= 4.0, "{noise:.2} findings per 1,000 words of undamaged sentences");
    for (category, least) in [("numbers_replaced", 0.85), ("negation", 0.8), ("ne_replaced", 0.85), ("gender", 0.8)] {
        assert!(share(flagged[category]) >= least, "{category}: {:.2}", share(flagged[category]));
    }
}
