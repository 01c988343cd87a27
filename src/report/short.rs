//! In: an audit. Out: one line a finding, `path:line:column` first so that terminals and editors make it a link.

use super::{Audited, Options, ordered};
use crate::finding::Place;
use std::fmt::Write;

/// The lines of one text.
pub(super) fn text(options: &Options, audited: &Audited) -> String {
    let mut out = String::new();
    for note in &audited.audit.notes {
        let _ = writeln!(out, "{}: {}", super::visible(&audited.path), super::visible(note));
    }
    for index in ordered(&audited.audit, options.order) {
        let Some(finding) = audited.audit.findings.get(index) else { continue };
        let (line, column) = finding.place.span().map_or((1, 1), |span| audited.document.source.locate(span).start);
        let severity = super::diff::painted(finding.severity, finding.severity.name());
        let _ = write!(
            out,
            "{}:{line}:{column}: {severity}: {}",
            super::visible(&audited.path),
            super::visible(&finding.message)
        );
        if let Some(first) = finding.suggestions.first() {
            let text = match (finding.place, first.text.as_str()) {
                (_, "") => "delete it".to_owned(),
                (Place::Gap(_), text) => format!("insert “{}”", super::visible(text)),
                (_, text) => format!("“{}”", super::visible(text)),
            };
            let _ = write!(out, " -> {text}");
        }
        let _ = writeln!(out, " [{}]", finding.rule);
    }
    out
}
