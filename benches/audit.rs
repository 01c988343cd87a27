//! What the steps of a run cost: `cargo bench`. With `MTAUDIT_EXTRA_RULES=DIR` the packs of that folder are built in as well;
//! `cargo run --release --example generate-rules 10000 DIR` writes a pack of so many phrase rules.

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use mtaudit::audit::{Auditor, Case, audit};
use mtaudit::config::{Policy, RuleGlob};
use mtaudit::document::{Reader, tokenise};
use mtaudit::report::json;
use mtaudit::rulebook::RuleSet;
use mtaudit::source::Source;

fn main() {
    divan::main();
}

/// The sample article so many times over.
fn text(times: usize) -> String {
    include_str!("../examples/harbour-talks.md").repeat(times)
}

/// The paragraphs of the sample article as records of a batch.
fn records() -> Vec<String> {
    let article = text(1);
    article.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect()
}

/// Start-up without a text: what every run pays.
#[divan::bench]
fn start(bencher: Bencher<'_, '_>) {
    let policy = Policy::default();
    bencher.bench_local(|| {
        let rules = RuleSet::builtin();
        divan::black_box(Auditor::new(&rules, &policy));
    });
}

#[divan::bench]
fn start_and_audit_one_article(bencher: Bencher<'_, '_>) {
    let (text, policy) = (text(1), Policy::default());
    bencher.bench_local(|| {
        let rules = RuleSet::builtin();
        let case = Case::alone(Reader::new().read(Source::markdown(text.clone()), rules.lexicon()));
        audit(&case, &rules, &policy)
    });
}

/// Blocks of a plain text.
#[divan::bench(args = [1, 100])]
fn source(bencher: Bencher<'_, '_>, times: usize) {
    let text = text(times);
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| Source::plain(text.clone()));
}

/// Tokens alone.
#[divan::bench(args = [1, 100])]
fn tokens(bencher: Bencher<'_, '_>, times: usize) {
    let text = text(times);
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| {
        let mut count = 0;
        tokenise(&text, |_| count += 1);
        count
    });
}

/// From a text to a document, words known.
#[divan::bench(args = [1, 10, 100])]
fn read(bencher: Bencher<'_, '_>, times: usize) {
    let (rules, text, mut reader) = (RuleSet::builtin(), text(times), Reader::new());
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| {
        let document = reader.read(Source::plain(text.clone()), rules.lexicon());
        reader.recycle(document);
    });
}

/// From a text to a document with words that nobody has met.
#[divan::bench]
fn read_unknown_words(bencher: Bencher<'_, '_>) {
    let (rules, text) = (RuleSet::builtin(), text(1));
    bencher
        .counter(BytesCount::of_str(&text))
        .bench_local(|| Reader::new().read(Source::plain(text.clone()), rules.lexicon()));
}

/// The literals of all raw-text rules.
#[divan::bench(args = [1, 100])]
fn scan(bencher: Bencher<'_, '_>, times: usize) {
    let (rules, text, mut found) = (RuleSet::builtin(), text(times), Vec::new());
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| rules.scanner().scan(&text, &mut found));
}

/// From a document to its findings.
#[divan::bench(args = [1, 10, 100])]
fn audit_alone(bencher: Bencher<'_, '_>, times: usize) {
    let (rules, text, policy) = (RuleSet::builtin(), text(times), Policy::default());
    let bytes = BytesCount::of_str(&text);
    let case = Case::alone(Reader::new().read(Source::plain(text), rules.lexicon()));
    let mut auditor = Auditor::new(&rules, &policy);
    bencher.counter(bytes).bench_local(|| auditor.audit(&case));
}

/// One kind of rule alone over the sample article, ten times over.
#[divan::bench(args = ["*/*", "en-doublets/*", "en-leftovers/*", "en-people/*", "en-places/*", "en-spun/*", "en-surface/*"])]
fn rules_of_one_pack(bencher: Bencher<'_, '_>, pack: &str) {
    let rules = RuleSet::builtin();
    let policy = Policy { only: RuleGlob::new(pack).into_iter().collect(), ..Policy::default() };
    audited(bencher, &rules, &policy, text(10));
}

/// How the time grows with the text.
#[divan::bench(args = [1, 4, 16])]
fn growth_of_text(bencher: Bencher<'_, '_>, times: usize) {
    audited(bencher, &RuleSet::builtin(), &Policy::default(), text(times));
}

/// How it grows with quotations in one text: a speaker and a verb for each.
#[divan::bench(args = [50, 200, 800])]
fn growth_of_quotes(bencher: Bencher<'_, '_>, count: usize) {
    let quote = |number: usize| format!("“We counted {number} boats in the old harbour,” said Jan Kovar.\n\n");
    audited(bencher, &RuleSet::builtin(), &Policy::default(), (0..count).map(quote).collect());
}

/// How it grows with different names in one text.
#[divan::bench(args = [50, 200, 800])]
fn growth_of_names(bencher: Bencher<'_, '_>, count: usize) {
    let letter = |number: usize| char::from(b'a' + (number % 26) as u8);
    let name = |number: usize| format!("Olena M{}{}rsh met the others.\n\n", letter(number), letter(number / 26));
    audited(bencher, &RuleSet::builtin(), &Policy::default(), (0..count).map(name).collect());
}

/// How it grows with the number of rules: those of the generated pack that `MTAUDIT_EXTRA_RULES` built in are left out, or not.
#[divan::bench(args = ["generated/*", "none/*"])]
fn growth_of_rules(bencher: Bencher<'_, '_>, without: &str) {
    let policy = Policy { disable: RuleGlob::new(without).into_iter().collect(), ..Policy::default() };
    audited(bencher, &RuleSet::builtin(), &policy, text(10));
}

fn audited(bencher: Bencher<'_, '_>, rules: &RuleSet, policy: &Policy, text: String) {
    let bytes = BytesCount::of_str(&text);
    let case = Case::alone(Reader::new().read(Source::plain(text), rules.lexicon()));
    let mut auditor = Auditor::new(rules, policy);
    bencher.counter(bytes).bench_local(|| auditor.audit(&case));
}

/// Findings as JSON.
#[divan::bench]
fn write(bencher: Bencher<'_, '_>) {
    let (rules, policy) = (RuleSet::builtin(), Policy::default());
    let case = Case::alone(Reader::new().read(Source::plain(text(1)), rules.lexicon()));
    let audit = audit(&case, &rules, &policy);
    bencher.counter(ItemsCount::new(audit.findings.len())).bench_local(|| json::record(None, &case.text, None, &audit));
}

/// Paragraphs as a batch takes them: all steps of each but the reading of JSON.
#[divan::bench]
fn short_records(bencher: Bencher<'_, '_>) {
    let (rules, policy, records) = (RuleSet::builtin(), Policy::default(), records());
    let (mut reader, mut auditor) = (Reader::new(), Auditor::new(&rules, &policy));
    let bytes: usize = records.iter().map(String::len).sum();
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        for record in &records {
            let case = Case::alone(reader.read(Source::plain(record.clone()), rules.lexicon()));
            let audit = auditor.audit(&case);
            divan::black_box(json::record(None, &case.text, None, &audit));
            reader.recycle(case.text);
        }
    });
}
