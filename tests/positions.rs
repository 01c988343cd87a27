//! Every finding points at the right characters: 500 generated documents of each format, with known garbles at known places.
//!
//! A writer puts words into a file with markup around, within and between them, and notes where each character went. What the audit
//! finds must be the garbles that were put there, at those bytes; and the bytes of any finding, read again, must be its words.

#![allow(clippy::unwrap_used)] // helpers of tests

#[path = "positions/formats.rs"]
mod formats;
#[path = "positions/writer.rs"]
mod writer;

use formats::{Made, Style};
use mtaudit::audit::{Auditor, Case};
use mtaudit::config::Policy;
use mtaudit::document::Reader;
use mtaudit::rulebook::RuleSet;
use mtaudit::source::{Format, Source};
use std::sync::LazyLock;
use writer::{Encoding, Random};

static RULES: LazyLock<RuleSet> = LazyLock::new(RuleSet::builtin);

/// The words that are wrong, and the rules that know them.
const GARBLES: [(&str, &str); 2] =
    [("behead", "en-doublets/behead-for-decapitate"), ("press gathering", "en-news/press-gathering")];

/// Reads, audits and compares 500 documents.
fn check(style: Style, format: Format, encodings: &[Encoding]) {
    let policy = Policy::default();
    let mut auditor = Auditor::new(&RULES, &policy);
    let mut reader = Reader::new();
    let mut found_in_all = 0;
    for seed in 0..500 {
        let mut random = Random::new(seed);
        let encoding = encodings[random.below(encodings.len())];
        let made = formats::write(style, encoding, &mut random);
        let source = Source::read(made.bytes.clone(), format).unwrap();
        let case = Case::alone(reader.read(source, RULES.lexicon()));
        let audit = auditor.audit(&case);
        let source = &case.text.source;
        let whole = || format!("document {seed} ({encoding:?}):\n{}", String::from_utf8_lossy(&made.bytes));
        for (words, rule) in GARBLES {
            let mut expected: Vec<_> = made.garbles.iter().filter(|garble| garble.words == words).collect();
            expected.sort_by_key(|garble| garble.order);
            let mut found: Vec<_> = audit.findings.iter().filter(|finding| finding.rule == rule).collect();
            found.sort_by_key(|finding| finding.place);
            let texts: Vec<_> = found.iter().map(|one| case.text.text(one.place.span().unwrap())).collect();
            assert_eq!(found.len(), expected.len(), "{words}: {texts:?} in {}", whole());
            for (finding, garble) in found.iter().zip(expected) {
                let location = source.locate(finding.place.span().unwrap());
                assert_eq!(location.bytes, garble.bytes, "{words} in {}", whole());
                if format == Format::Docx {
                    let place = location.docx.unwrap();
                    assert_eq!((place.paragraph, place.run), garble.run, "{words} in {}", whole());
                } else {
                    assert_eq!(location.start, garble.start, "{words} in {}", whole());
                }
                found_in_all += 1;
            }
        }
        for finding in audit.findings.iter().filter_map(|one| one.place.span()) {
            reads_again(&made, source, finding, encoding, &whole);
        }
        // And every word, found or not.
        for word in case.text.tokens.iter().map(|token| token.span) {
            reads_again(&made, source, word, encoding, &whole);
        }
    }
    assert!(found_in_all > 500, "{found_in_all}");
}

/// The bytes of a span, decoded and without markup, are its words; and where an edit may be made they are so letter for letter.
fn reads_again(
    made: &Made,
    source: &Source,
    span: mtaudit::finding::Span,
    encoding: Encoding,
    whole: &dyn Fn() -> String,
) {
    let pieces = source.locate(span).bytes;
    if source.format() == Format::Docx {
        return;
    }
    assert!(pieces.windows(2).all(|pair| pair[0].1 <= pair[1].0), "{pieces:?} in {}", whole());
    let raw: String = pieces.iter().map(|(start, end)| encoding.decode(&made.bytes[*start..*end])).collect();
    let words = span.of(source.prose());
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace() && *c != '\u{FFFC}').collect::<String>();
    assert_eq!(bare(&formats::unescaped(&raw)), bare(words), "{pieces:?} in {}", whole());
    if source.editable(span) {
        assert_eq!(pieces.len(), 1, "{words} in {}", whole());
        assert_eq!(raw.split_whitespace().collect::<Vec<_>>(), words.split_whitespace().collect::<Vec<_>>());
    }
}

#[test]
fn html() {
    check(Style::Html, Format::Html, &Encoding::ALL);
}

#[test]
fn markdown() {
    check(Style::Markdown, Format::Markdown, &[Encoding::Utf8, Encoding::Utf8Mark]);
}

#[test]
fn subrip() {
    check(Style::Srt, Format::Srt, &Encoding::ALL);
}

#[test]
fn webvtt() {
    check(Style::Vtt, Format::Vtt, &[Encoding::Utf8, Encoding::Utf8Mark]);
}

#[cfg(feature = "docx")]
#[test]
fn docx() {
    check(Style::Docx, Format::Docx, &[Encoding::Utf8]);
}

#[test]
fn utf_16() {
    check(Style::Plain, Format::Plain, &[Encoding::Utf16Little, Encoding::Utf16Big]);
    check(Style::Markdown, Format::Markdown, &[Encoding::Utf16Little, Encoding::Utf16Big]);
}

#[test]
fn windows_1252() {
    check(Style::Plain, Format::Plain, &[Encoding::Windows1252]);
    check(Style::Markdown, Format::Markdown, &[Encoding::Windows1252]);
}
