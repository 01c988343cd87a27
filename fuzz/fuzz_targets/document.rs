//! In: a text. Checked: the document model stays within it, and an audit ends with findings that do.

#![no_main]

use libfuzzer_sys::fuzz_target;
use mtaudit::audit::{Auditor, Case};
use mtaudit::config::Policy;
use mtaudit::document::Reader;
use mtaudit::rulebook::RuleSet;
use mtaudit::source::Source;
use std::sync::LazyLock;

static RULES: LazyLock<RuleSet> = LazyLock::new(RuleSet::builtin);
static POLICY: LazyLock<Policy> = LazyLock::new(Policy::default);

fuzz_target!(|text: String| {
    let document = Reader::new().read(Source::plain(text.clone()), RULES.lexicon());
    let mut end = 0;
    for token in &document.tokens {
        assert!(end <= token.span.start && text.get(token.span.range()).is_some_and(|word| !word.is_empty()));
        end = token.span.end;
    }
    for sentence in &document.sentences {
        assert!(text.get(sentence.span.range()).is_some());
    }
    for quote in &document.quotes {
        assert!(quote.span.contains(quote.inner) && text.get(quote.span.range()).is_some());
    }
    let audit = Auditor::new(&RULES, &POLICY).audit(&Case { text: document });
    for finding in &audit.findings {
        if let Some(span) = finding.place.span() {
            assert!(text.get(span.range()).is_some(), "{} is not in the text", finding.rule);
        }
    }
});
