//! In: an audit. Out: the JSON contract: schema 1, additions only; half-open spans, lines and columns from 1.

use super::{Audited, Totals};
use crate::audit::{Audit, Pivot};
use crate::document::Document;
use crate::finding::{Finding, Place, Side, Span};
use crate::source::DocxPlace;
use serde::Serialize;
use serde_json::Value;

#[derive(Serialize)]
struct Text<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a Value>,
    words: usize,
    penalty: f64,
    verdict: &'static str,
    pivot: Option<PivotOut<'a>>,
    findings: Vec<FindingOut<'a>>,
    #[serde(skip_serializing_if = "is_zero")]
    ignored: usize,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    notes: &'a [String],
}

#[allow(clippy::trivially_copy_pass_by_ref)] // as serde calls it
fn is_zero(number: &usize) -> bool {
    *number == 0
}

#[derive(Serialize)]
struct PivotOut<'a> {
    language: &'a str,
    confidence: f64,
    evidence: &'a [String],
}

#[derive(Serialize)]
struct FindingOut<'a> {
    rule: &'a str,
    kind: &'static str,
    severity: &'static str,
    mqm: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<&'static str>,
    confidence: f64,
    message: &'a str,
    scope: &'static str,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<usize>,
    span: Option<SpanOut>,
    suggestions: Vec<SuggestionOut<'a>>,
    related: Vec<RelatedOut<'a>>,
    fingerprint: &'a str,
}

/// A span as JSON shows it.
#[derive(Serialize)]
pub(super) struct SpanOut {
    bytes: Option<Vec<(usize, usize)>>,
    chars: (usize, usize),
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    /// In place of bytes, in DOCX.
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<DocxOut>,
}

#[derive(Serialize)]
struct DocxOut {
    part: String,
    paragraph: u32,
    run: u32,
}

#[derive(Serialize)]
struct SuggestionOut<'a> {
    text: &'a str,
    fix: &'static str,
}

#[derive(Serialize)]
struct RelatedOut<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    /// Where it is not the text itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    side: Option<&'static str>,
    span: SpanOut,
    message: &'a str,
}

#[derive(Serialize)]
struct Summary {
    documents: usize,
    words: usize,
    critical: usize,
    major: usize,
    minor: usize,
    note: usize,
    verdict: &'static str,
}

/// Up to the list of documents.
pub(super) fn head() -> String {
    let tool = serde_json::json!({"name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION")});
    format!("{{\"schema\": 1, \"tool\": {tool}, \"documents\": [\n")
}

/// From the end of the list of documents.
pub(super) fn tail(totals: &Totals) -> String {
    let [note, minor, major, critical] = totals.counts;
    let summary = Summary {
        documents: totals.documents,
        words: totals.words,
        critical,
        major,
        minor,
        note,
        verdict: totals.verdict.map_or("clear", crate::audit::Verdict::name),
    };
    format!("\n], \"summary\": {}}}\n", written(&summary))
}

/// One document's object.
pub(super) fn text(audited: &Audited) -> String {
    let Audited { path, document, audit, original } = audited;
    let beside = original.as_ref().map(|(path, document)| (Some(path.as_str()), document));
    written(&Text { path: Some(path), id: None, ..fields(document, audit, Some(path), beside) })
}

/// One record's object in a batch: its id in place of the path, no bytes, offsets in Unicode scalars beside.
#[must_use]
pub fn record(id: Option<&Value>, document: &Document, original: Option<&Document>, audit: &Audit) -> String {
    written(&Text { id, ..fields(document, audit, None, original.map(|original| (None, original))) })
}

/// A record that could not be read.
#[must_use]
pub fn failed(id: Option<&Value>, line: usize, error: &str) -> String {
    let mut object = serde_json::Map::new();
    if let Some(id) = id {
        object.insert("id".to_owned(), id.clone());
    }
    object.insert("line".to_owned(), line.into());
    object.insert("error".to_owned(), error.into());
    Value::Object(object).to_string()
}

/// Values made of strings, numbers and lists are always written.
pub(super) fn written(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_else(|error| format!("{{\"error\": {:?}}}", error.to_string()))
}

/// The original: its path, where it has one, and its text.
type Beside<'a> = Option<(Option<&'a str>, &'a Document)>;

fn fields<'a>(document: &'a Document, audit: &'a Audit, path: Option<&'a str>, beside: Beside<'a>) -> Text<'a> {
    Text {
        path: None,
        id: None,
        words: audit.words,
        penalty: rounded(audit.penalty, 10.0),
        verdict: audit.verdict.name(),
        pivot: audit.pivot.as_ref().map(pivot),
        findings: audit.findings.iter().map(|one| finding(document, one, path, beside)).collect(),
        ignored: audit.ignored.len(),
        notes: &audit.notes,
    }
}

fn pivot(pivot: &Pivot) -> PivotOut<'_> {
    PivotOut {
        language: &pivot.language,
        confidence: rounded(f64::from(pivot.confidence), 100.0),
        evidence: &pivot.evidence,
    }
}

fn rounded(value: f64, steps: f64) -> f64 {
    (value * steps).round() / steps
}

fn finding<'a>(
    document: &'a Document,
    finding: &'a Finding,
    path: Option<&'a str>,
    beside: Beside<'a>,
) -> FindingOut<'a> {
    let batch = path.is_none();
    let span = finding.place.span();
    let chars = span.map(|span| chars(document, span));
    FindingOut {
        rule: &finding.rule,
        kind: finding.kind.name(),
        severity: finding.severity.name(),
        mqm: finding.mqm.name(),
        category: batch.then(|| finding.mqm.name()),
        confidence: rounded(f64::from(finding.confidence), 1000.0),
        message: &finding.message,
        scope: match finding.place {
            Place::Span(_) => "span",
            Place::Gap(_) => "gap",
            Place::Document => "document",
        },
        text: span.map_or("", |span| document.text(span)),
        start: chars.filter(|_| batch).map(|chars| chars.0),
        end: chars.filter(|_| batch).map(|chars| chars.1),
        span: span.map(|span| place(document, span, batch)),
        suggestions: finding
            .suggestions
            .iter()
            .map(|one| SuggestionOut { text: &one.text, fix: one.fix.name() })
            .collect(),
        related: finding
            .related
            .iter()
            .filter_map(|one| {
                let here = (path, document);
                let (path, document) = if one.side == Side::Text { here } else { beside? };
                let side = (one.side != Side::Text).then(|| one.side.name());
                Some(RelatedOut { path, side, span: place(document, one.span, batch), message: &one.message })
            })
            .collect(),
        fingerprint: &finding.fingerprint,
    }
}

fn chars(document: &Document, span: Span) -> (usize, usize) {
    (document.source.chars_before(span.start), document.source.chars_before(span.end))
}

/// A span in all units; a batch has no file and so no bytes.
pub(super) fn place(document: &Document, span: Span, batch: bool) -> SpanOut {
    let location = document.source.locate(span);
    SpanOut {
        bytes: (!batch && !location.bytes.is_empty()).then_some(location.bytes),
        chars: chars(document, span),
        line: location.start.0,
        column: location.start.1,
        end_line: location.end.0,
        end_column: location.end.1,
        location: location.docx.map(|DocxPlace { part, paragraph, run }| DocxOut { part, paragraph, run }),
    }
}
