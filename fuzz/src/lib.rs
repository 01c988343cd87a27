//! What each fuzz target does with its input. Also run by `tests/seeds.rs` over the seeds and over mutants of them.

use mtaudit::audit::{Auditor, Case};
use mtaudit::config::Policy;
use mtaudit::document::Reader;
use mtaudit::finding::Span;
use mtaudit::rulebook::{PackFiles, RuleSet};
use mtaudit::source::{Format, Source};
use std::sync::LazyLock;

static RULES: LazyLock<RuleSet> = LazyLock::new(RuleSet::builtin);
static POLICY: LazyLock<Policy> = LazyLock::new(Policy::default);

/// What new rules are tried on.
const TEXT: &str =
    "The rebels vowed to behead the new government, “within 3 weeks”, Mr. Smith said. Kiev was a big, old town.";

const FORMATS: [Format; 7] =
    [Format::Plain, Format::Markdown, Format::Html, Format::Xhtml, Format::Srt, Format::Vtt, Format::Docx];

/// Bytes as a file of the format that the first byte says: what is read lies in the file, and every place leads back to it.
pub fn read(data: &[u8]) {
    let Some((first, bytes)) = data.split_first() else { return };
    let format = FORMATS[*first as usize % FORMATS.len()];
    let Ok(source) = Source::read(bytes.to_vec(), format) else { return };
    let prose = source.prose();
    let mut end = 0;
    for block in source.blocks() {
        assert!(end <= block.span.start, "blocks overlap");
        end = block.span.end;
        assert!(prose.get(block.span.range()).is_some_and(|text| !text.is_empty()), "a block is not in the prose");
    }
    for link in source.links() {
        assert!(prose.get(link.range()).is_some(), "a link is not in the prose");
    }
    let step = 1 + prose.chars().count() / 200;
    let starts: Vec<usize> = prose.char_indices().map(|(at, _)| at).step_by(step).chain([prose.len()]).collect();
    for pair in starts.windows(2) {
        for span in [Span::new(pair[0], pair[1]), Span::new(pair[0], pair[0])] {
            place(&source, bytes.len(), span);
        }
    }
    for comment in source.comments() {
        assert!(prose.is_char_boundary(comment.at as usize));
        let location = source.locate_comment(comment);
        assert!(location.bytes.iter().all(|(start, end)| start < end && *end <= bytes.len()));
    }
}

fn place(source: &Source, length: usize, span: Span) {
    let location = source.locate(span);
    assert!(location.start <= location.end, "a place ends before it begins");
    let mut last = 0;
    for (start, end) in &location.bytes {
        assert!(last <= *start && start <= end && *end <= length, "a place is not in the file");
        last = *end;
    }
    if source.editable(span) {
        assert_eq!(location.bytes.len(), 1, "an edit of several places");
        let _ = source.replacement(span, "R&D <1> *x*");
    } else {
        assert!(source.replacement(span, "x").is_none());
    }
}

/// A text: the document model stays within it, and an audit ends with findings that do.
pub fn document(text: &str) {
    let document = Reader::new().read(Source::plain(text.to_owned()), RULES.lexicon());
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
    let audit = Auditor::new(&RULES, &POLICY).audit(&Case::alone(document));
    for finding in &audit.findings {
        if let Some(span) = finding.place.span() {
            assert!(text.get(span.range()).is_some(), "{} is not in the text", finding.rule);
        }
    }
}

/// A pattern is refused with a reason, or compiles and matches.
pub fn pattern(pattern: &str) {
    let quoted = serde_json::Value::from(pattern);
    let rules = format!(
        "[[phrase]]\nid = \"a\"\npattern = {quoted}\nsuggest = [\"b\"]\nmessage = \"m\"\nexplain = \"e\"\nseverity = \"minor\"\n\
         mqm = \"accuracy/mistranslation\"\nconfidence = 0.7\nbad = [\"[One -> b] two.\", \"[Two -> b] one.\"]\ngood = [\"Three.\", \"Four.\"]\n"
    );
    let pack = "id = \"p\"\nversion = \"1\"\nlanguage = \"en\"\nlicense = \"CC0-1.0\"\nsummary = \"s\"\n".to_owned();
    let files = [("pack.toml".to_owned(), pack), ("rules.toml".to_owned(), rules)].into();
    let Ok((set, _)) = RuleSet::only(&[PackFiles { folder: String::new(), files }]) else { return };
    let policy = Policy::default();
    let text = Reader::new().read(Source::plain(TEXT.to_owned()), set.lexicon());
    let _ = Auditor::new(&set, &policy).audit(&Case::alone(text));
}

/// The files of a pack, parted by lines of hyphens, are refused with reasons, or compile, audit a text and test themselves.
pub fn rules(text: &str) {
    let mut parts = text.split("\n----\n");
    let names = ["pack.toml", "rules.toml", "rows.tsv"];
    let files = names.iter().filter_map(|name| Some(((*name).to_owned(), parts.next()?.to_owned()))).collect();
    match RuleSet::only(&[PackFiles { folder: "pack".to_owned(), files }]) {
        Ok((set, _)) => {
            let policy = Policy::default();
            let text = Reader::new().read(Source::plain(TEXT.to_owned()), set.lexicon());
            let _ = Auditor::new(&set, &policy).audit(&Case::alone(text));
            let _ = mtaudit::audit::selftest::test(&set, |_| true);
        }
        Err(errors) => assert!(errors.iter().all(|error| !error.to_string().is_empty())),
    }
}

/// A line of `mtaudit batch`: the answer is one line of JSON, whatever the line is.
pub fn batch(line: &[u8]) {
    let answer = mtaudit::cli::batch_answer(&RULES, &POLICY, line);
    assert_eq!(answer.matches('\n').count(), 1);
    let value: serde_json::Value = serde_json::from_str(&answer).unwrap();
    assert!(value.get("error").is_some() || value.get("findings").is_some());
}
