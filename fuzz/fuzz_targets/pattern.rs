//! In: a pattern. Checked: it is refused with a reason, or compiles and matches without end.

#![no_main]

use libfuzzer_sys::fuzz_target;
use mtaudit::audit::{Auditor, Case};
use mtaudit::config::Policy;
use mtaudit::document::Reader;
use mtaudit::rulebook::{PackFiles, RuleSet};
use mtaudit::source::Source;

const TEXT: &str = "The rebels vowed to behead the new government, “within 3 weeks”, Mr. Smith said. Kyiv was a big, old town.";

fuzz_target!(|pattern: String| {
    let quoted = serde_json::Value::String(pattern).to_string();
    let rules = format!(
        "[[phrase]]\nid = \"a\"\npattern = {quoted}\nsuggest = [\"b\"]\nmessage = \"m\"\nexplain = \"e\"\nseverity = \"minor\"\n\
         mqm = \"accuracy/mistranslation\"\nconfidence = 0.7\nbad = [\"[One -> b] two.\", \"[Two -> b] one.\"]\ngood = [\"Three.\", \"Four.\"]\n"
    );
    let pack = "id = \"p\"\nversion = \"1\"\nlanguage = \"en\"\nlicense = \"CC0-1.0\"\nsummary = \"s\"\n".to_owned();
    let files = [("pack.toml".to_owned(), pack), ("rules.toml".to_owned(), rules)].into();
    let Ok((set, _)) = RuleSet::only(&[PackFiles { folder: String::new(), files }]) else { return };
    let policy = Policy::default();
    let text = Reader::new().read(Source::plain(TEXT.to_owned()), set.lexicon());
    Auditor::new(&set, &policy).audit(&Case { text });
});
