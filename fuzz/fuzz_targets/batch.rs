//! In: a line of `mtaudit batch`. Checked: the answer is one line of JSON, whatever the line is.

#![no_main]

use libfuzzer_sys::fuzz_target;
use mtaudit::config::Policy;
use mtaudit::rulebook::RuleSet;
use std::sync::LazyLock;

static RULES: LazyLock<RuleSet> = LazyLock::new(RuleSet::builtin);
static POLICY: LazyLock<Policy> = LazyLock::new(Policy::default);

fuzz_target!(|line: &[u8]| {
    let answer = mtaudit::cli::batch_answer(&RULES, &POLICY, line);
    assert_eq!(answer.matches('\n').count(), 1);
    let value: serde_json::Value = serde_json::from_str(&answer).unwrap();
    assert!(value.get("error").is_some() || value.get("findings").is_some());
});
