//! In: a rule set. Out: every example that does not give the findings its rule promises.

use super::{Audit, Case, audit};
use crate::compare::Foreign;
use crate::config::{Policy, RuleGlob};
use crate::document::Reader;
use crate::finding::Finding;
use crate::rulebook::RuleSet;
use crate::rulebook::compiled::ExampleText;
use crate::rulebook::example::{self, Example};
use crate::source::Source;

/// An example that failed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Failure {
    /// `pack/id` of the rule that carries the example.
    pub rule: String,
    /// Its file, below the pack's folder.
    pub file: String,
    /// Line of the rule.
    pub line: usize,
    /// The example as written.
    pub example: String,
    /// What was expected and what came.
    pub message: String,
}

/// Tests the examples of the rules that `wanted` names; returns the failures and the number of examples.
pub fn test(rules: &RuleSet, wanted: impl Fn(&str) -> bool) -> (Vec<Failure>, usize) {
    let policy = Policy { all: true, min_confidence: 0.0, ..Policy::default() };
    let (mut reader, mut failures, mut count) = (Reader::new(), Vec::new(), 0);
    for number in rules.numbers() {
        let Some(loaded) = rules.rule(number).filter(|loaded| wanted(&loaded.rule.id)) else { continue };
        let id = &loaded.rule.id;
        let text = rules.text(number);
        let mut run = |example: &str, beside: &ExampleText, policy: &Policy| -> Audit {
            let mut read = |text: &str| reader.read(Source::plain(text.to_owned()), rules.lexicon());
            let case = Case {
                text: read(example),
                original: beside.original.as_deref().map(read),
                source: beside.source.as_ref().and_then(|(text, lang)| Foreign::new(text.clone(), lang)),
            };
            audit(&case, rules, policy)
        };
        // Alone: a twin of another rule on the same words would take its place.
        let needs = loaded.rule.needs.is_some();
        let alone = Policy { only: RuleGlob::new(id).into_iter().collect(), assume_needs: needs, ..policy.clone() };
        let mut fail = |example: &str, message: String| {
            failures.push(Failure {
                rule: id.clone(),
                file: text.file.clone(),
                line: text.line,
                example: example.to_owned(),
                message,
            });
        };
        for written in &text.bad {
            count += 1;
            let Ok(example) = example::parse(&written.text) else { continue };
            let audit = run(&example.text, written, &alone);
            let own: Vec<&Finding> = audit.findings.iter().filter(|finding| finding.rule == *id).collect();
            if let Some(message) = mismatch(&example, &own) {
                fail(&written.text, message);
            }
        }
        for written in &text.good {
            count += 1;
            let Ok(example) = example::parse(&written.text) else { continue };
            // What waits for the rest of the text must be silent here even where that speaks.
            let own = if needs { run(&example.text, written, &alone).findings } else { Vec::new() };
            for finding in own.into_iter().chain(run(&example.text, written, &policy).findings) {
                let shown = finding.place.span().map_or("the text", |span| span.of(&example.text)).to_owned();
                if finding.rule == *id {
                    fail(&written.text, format!("a good example, but “{shown}” is flagged"));
                } else if !allowed(rules, &finding.rule, id) {
                    fail(&written.text, format!("{} flags “{shown}” in this good example", finding.rule));
                }
            }
        }
    }
    (failures, count)
}

/// Whether a rule says that it may fire on the good examples of another.
fn allowed(rules: &RuleSet, firing: &str, owner: &str) -> bool {
    let Some(number) = rules.find(firing) else { return false };
    let short = owner.split_once('/').map_or(owner, |(_, id)| id);
    rules.text(number).also.iter().any(|id| id == owner || id == short)
}

fn mismatch(example: &Example, own: &[&Finding]) -> Option<String> {
    let shown = |span: crate::finding::Span| format!("“{}”", span.of(&example.text));
    for expected in &example.expected {
        let found = own.iter().find(|finding| finding.place.span() == Some(expected.span));
        let Some(found) = found else {
            let flagged: Vec<String> = own.iter().filter_map(|finding| finding.place.span()).map(shown).collect();
            let instead = if flagged.is_empty() {
                "nothing is flagged".to_owned()
            } else {
                format!("flagged: {}", flagged.join(", "))
            };
            return Some(format!("{} should be flagged; {instead}", shown(expected.span)));
        };
        if let Some(wanted) = &expected.suggestion {
            let first = found.suggestions.first().map(|suggestion| suggestion.text.as_str());
            if first != Some(wanted.as_str()) {
                let got = first.map_or_else(|| "none".to_owned(), |first| format!("“{first}”"));
                return Some(format!(
                    "the first suggestion for {} should be “{wanted}”; it is {got}",
                    shown(expected.span)
                ));
            }
        }
    }
    let extra = own.iter().find(|finding| {
        !example.expected.is_empty()
            && !example.expected.iter().any(|expected| Some(expected.span) == finding.place.span())
    });
    extra.map(|finding| format!("{} is flagged too", shown(finding.place.span().unwrap_or_default())))
}
