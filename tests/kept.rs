//! What is kept from one text to the next (words, patterns, memory) never changes what is found.

#![allow(clippy::unwrap_used)] // a test

use mtaudit::audit::{Auditor, Case, audit};
use mtaudit::config::{Policy, RuleGlob};
use mtaudit::document::Reader;
use mtaudit::report::json;
use mtaudit::rulebook::RuleSet;
use mtaudit::source::Source;

fn texts() -> Vec<String> {
    let article = include_str!("../examples/harbour-talks.md");
    let paragraphs: Vec<&str> = article.lines().filter(|line| !line.trim().is_empty()).collect();
    let mut texts = vec![String::new(), article.to_owned(), "Kiev. Kyiv!".to_owned()];
    texts.extend(paragraphs.iter().map(|paragraph| (*paragraph).to_owned()));
    texts.extend(paragraphs.windows(3).map(|three| three.join("\n\n")));
    // Long spellings, spellings that are new in mid-block, other scripts.
    texts.push(
        "Donaudampfschifffahrtsgesellschaft met antidisestablishmentarianism; Киев, Kiev and Кiev met it again.".into(),
    );
    texts
}

fn shown(case: &Case, audit: &mtaudit::audit::Audit) -> String {
    json::record(None, &case.text, None, audit)
}

#[test]
fn one_auditor_for_many_texts_finds_what_one_for_each_finds() {
    let rules = RuleSet::builtin();
    let all = Policy { all: true, ..Policy::default() };
    let some = Policy { only: vec![RuleGlob::new("en-p*").unwrap()], ..all.clone() };
    for policy in [all, some] {
        let mut auditor = Auditor::new(&rules, &policy);
        let (mut reader, mut other) = (Reader::new(), Reader::new());
        for (number, text) in texts().iter().cycle().take(120).enumerate() {
            let alone = Case::alone(Reader::new().read(Source::plain(text.clone()), rules.lexicon()));
            let expected = shown(&alone, &audit(&alone, &rules, &policy));
            // Now and then a document of another reader, whose words have other numbers.
            let reader = if number % 5 == 3 { &mut other } else { &mut reader };
            let case = Case::alone(reader.read(Source::plain(text.clone()), rules.lexicon()));
            assert_eq!(shown(&case, &auditor.audit(&case)), expected, "{text}");
            if number % 3 > 0 {
                reader.recycle(case.text);
            }
        }
    }
}

#[test]
fn rules_that_are_switched_off_are_as_if_their_findings_were_left_out() {
    let rules = RuleSet::builtin();
    let all = Policy { all: true, ..Policy::default() };
    let without = Policy { disable: vec![RuleGlob::new("en-places/*").unwrap()], ..all.clone() };
    let case = Case::alone(Reader::new().read(Source::plain(texts().concat()), rules.lexicon()));
    let found = |policy: &Policy| -> Vec<String> {
        audit(&case, &rules, policy).findings.into_iter().map(|finding| finding.rule).collect()
    };
    let (everything, rest) = (found(&all), found(&without));
    assert!(everything.iter().any(|rule| rule.starts_with("en-places/")));
    assert!(!rest.is_empty() && rest.iter().all(|rule| !rule.starts_with("en-places/")));
}
