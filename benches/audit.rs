//! What reading and auditing cost: `cargo bench`. With `MTAUDIT_EXTRA_RULES=DIR` the packs of that folder are built in as well;
//! `cargo run --release --example generate-rules 10000 DIR` writes a pack of so many phrase rules.

use divan::Bencher;
use divan::counter::BytesCount;
use mtaudit::audit::{Case, audit};
use mtaudit::config::Policy;
use mtaudit::document::Reader;
use mtaudit::rulebook::RuleSet;
use mtaudit::source::Source;

fn main() {
    divan::main();
}

/// The sample article so many times over.
fn text(times: usize) -> String {
    include_str!("../examples/harbour-talks.md").repeat(times)
}

#[divan::bench(args = [1, 10, 100])]
fn read(bencher: Bencher<'_, '_>, times: usize) {
    let (rules, text, mut reader) = (RuleSet::builtin(), text(times), Reader::new());
    bencher
        .counter(BytesCount::of_str(&text))
        .bench_local(|| reader.read(Source::plain(text.clone()), rules.lexicon()));
}

#[divan::bench(args = [1, 10, 100])]
fn audit_alone(bencher: Bencher<'_, '_>, times: usize) {
    let (rules, text, policy) = (RuleSet::builtin(), text(times), Policy::default());
    let bytes = BytesCount::of_str(&text);
    let case = Case { text: Reader::new().read(Source::plain(text), rules.lexicon()) };
    bencher.counter(bytes).bench_local(|| audit(&case, &rules, &policy));
}

#[divan::bench]
fn start_and_audit_one_article(bencher: Bencher<'_, '_>) {
    let (text, policy) = (text(1), Policy::default());
    bencher.bench_local(|| {
        let rules = RuleSet::builtin();
        let case = Case { text: Reader::new().read(Source::markdown(text.clone()), rules.lexicon()) };
        audit(&case, &rules, &policy)
    });
}
