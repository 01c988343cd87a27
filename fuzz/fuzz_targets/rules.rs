//! In: the files of a pack. Checked: they are refused with reasons, or compile, audit a text and test themselves.

#![no_main]

use libfuzzer_sys::fuzz_target;
use mtaudit::audit::{Auditor, Case};
use mtaudit::config::Policy;
use mtaudit::document::Reader;
use mtaudit::rulebook::{PackFiles, RuleSet};
use mtaudit::source::Source;

const TEXT: &str = "The rebels vowed to behead the new government, “within 3 weeks”, Mr. Smith said. Kiev was a big, old town.";

fuzz_target!(|text: &str| {
    let mut parts = text.split("\n----\n");
    let names = ["pack.toml", "rules.toml", "rows.tsv"];
    let files = names.iter().filter_map(|name| Some(((*name).to_owned(), parts.next()?.to_owned()))).collect();
    match RuleSet::only(&[PackFiles { folder: "pack".to_owned(), files }]) {
        Ok((set, _)) => {
            let policy = Policy::default();
            let text = Reader::new().read(Source::plain(TEXT.to_owned()), set.lexicon());
            Auditor::new(&set, &policy).audit(&Case { text });
            let _ = mtaudit::audit::selftest::test(&set, |_| true);
        }
        Err(errors) => assert!(errors.iter().all(|error| !error.to_string().is_empty())),
    }
});
