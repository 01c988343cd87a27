//! In: an audit. Out: what an editor reads in the terminal: each line as it is and as it would be, and why.

use super::excerpt::{self, Edit};
use super::{Audited, Options, Order, Totals};
use crate::audit::{Audit, Verdict};
use crate::finding::{Finding, Place, Severity, Side, Span};
use colored::{ColoredString, Colorize};
use std::collections::HashMap;
use std::fmt::Write;

/// More places of one fault than this are counted, not listed.
const PLACES: usize = 12;

/// A fault with all places where it stands.
struct Fault {
    first: usize,
    others: Vec<usize>,
}

/// Faults of one sentence.
struct Block {
    shown: Option<Span>,
    faults: Vec<Fault>,
}

/// The report of one text.
pub(super) fn text(options: &Options, audited: &Audited, first: bool) -> String {
    let audit = &audited.audit;
    let mut out = String::new();
    if !first {
        out.push('\n');
    }
    let _ = writeln!(out, "{}", super::visible(&audited.path).bold());
    for note in &audit.notes {
        for line in wrap(note, options.width.saturating_sub(4).max(20)) {
            let _ = writeln!(out, "  {line}");
        }
    }
    for block in blocks(audited, options.order) {
        out.push('\n');
        write_block(&mut out, options, audited, &block);
    }
    out.push('\n');
    write_verdict(&mut out, audit, options.width);
    out
}

/// The last line of a run over several texts.
pub(super) fn totals(totals: &Totals) -> String {
    let verdict = totals.verdict.unwrap_or(Verdict::Clear);
    format!(
        "\n{} texts, {} words: {}; {}\n",
        totals.documents,
        totals.words,
        super::counts(totals.counts),
        of_verdict(verdict)
    )
}

/// A level in its colour.
pub(super) fn painted(severity: Severity, text: &str) -> ColoredString {
    match severity {
        Severity::Critical => text.red().bold().reversed(),
        Severity::Major => text.red().bold(),
        Severity::Minor => text.yellow(),
        Severity::Note => text.cyan(),
    }
}

/// A verdict in its colour.
pub(super) fn of_verdict(verdict: Verdict) -> ColoredString {
    match verdict {
        Verdict::Clear => "clear".green(),
        Verdict::Hold => "hold".yellow().bold(),
        Verdict::Block => "block".red().bold(),
    }
}

/// Folds repeated faults, then puts those of one sentence together.
fn blocks(audited: &Audited, order: Order) -> Vec<Block> {
    let Audited { document, audit, .. } = audited;
    let mut faults: Vec<Fault> = Vec::new();
    let mut known: HashMap<(&str, String, Option<&str>), usize> = HashMap::new();
    for (index, finding) in audit.findings.iter().enumerate() {
        let words = finding.place.span().filter(|span| !span.is_empty()).map(|span| document.text(span).to_lowercase());
        let suggestion = finding.suggestions.first().map(|first| first.text.as_str());
        if let Some(words) = words {
            if let Some(at) = known.get(&(finding.rule.as_str(), words.clone(), suggestion)) {
                if let Some(fault) = faults.get_mut(*at) {
                    fault.others.push(index);
                }
                continue;
            }
            known.insert((finding.rule.as_str(), words, suggestion), faults.len());
        }
        faults.push(Fault { first: index, others: Vec::new() });
    }
    let mut blocks: Vec<Block> = Vec::new();
    for fault in faults {
        let span = audit.findings.get(fault.first).and_then(|finding| finding.place.span());
        let shown = span.map(|span| excerpt::sentence(document, span));
        match (blocks.last_mut(), shown) {
            // Findings come in the order of place: those that share a sentence follow one another.
            (Some(Block { shown: Some(last), faults }), Some(shown)) if last.overlaps(shown) => {
                *last = last.cover(shown);
                faults.push(fault);
            }
            _ => blocks.push(Block { shown, faults: vec![fault] }),
        }
    }
    if order == Order::Severity {
        let worst = |block: &Block| {
            let levels = block.faults.iter().filter_map(|fault| audit.findings.get(fault.first));
            std::cmp::Reverse(levels.map(|finding| finding.severity).max())
        };
        blocks.sort_by_key(worst);
    }
    blocks
}

fn write_block(out: &mut String, options: &Options, audited: &Audited, block: &Block) {
    let Audited { document, audit, .. } = audited;
    let findings = || block.faults.iter().filter_map(|fault| Some((fault, audit.findings.get(fault.first)?)));
    if let Some(shown) = block.shown {
        let mut edits: Vec<Edit> = Vec::new();
        for (fault, first) in findings() {
            // The same fault again in this sentence is marked as well.
            let again = fault.others.iter().filter_map(|index| audit.findings.get(*index));
            for finding in std::iter::once(first).chain(again) {
                let Some(span) = finding.place.span().filter(|span| shown.contains(*span)) else { continue };
                let text = finding.suggestions.first().map(|first| first.text.clone());
                // Of findings that overlap, the first one with a suggestion is shown in the line.
                match edits.iter_mut().find(|edit| edit.span.overlaps(span) || edit.span == span) {
                    Some(edit) if edit.text.is_none() && text.is_some() => *edit = Edit { span, text },
                    Some(_) => {}
                    None => edits.push(Edit { span, text }),
                }
            }
        }
        edits.sort_by_key(|edit| edit.span);
        let colour = colored::control::SHOULD_COLORIZE.should_colorize();
        for line in excerpt::lines(document, shown, &edits, options.width, colour) {
            let _ = writeln!(out, "{line}");
        }
    }
    for (fault, finding) in findings() {
        write_finding(out, options, audited, fault, finding);
    }
}

fn write_finding(out: &mut String, options: &Options, audited: &Audited, fault: &Fault, finding: &Finding) {
    let Audited { document, audit, .. } = audited;
    let at = |span: Span| {
        let (line, column) = document.source.locate(span).start;
        format!("{line}:{column}")
    };
    let place = finding.place.span().map_or_else(|| "text".to_owned(), at);
    let _ = writeln!(
        out,
        "  {} {} {}",
        painted(finding.severity, finding.severity.name()),
        finding.rule.dimmed(),
        place.dimmed()
    );
    paragraph(out, &finding.message, options.width);
    let others: Vec<&str> = finding.suggestions.iter().skip(1).map(|one| one.text.as_str()).collect();
    if !others.is_empty() {
        paragraph(out, &format!("or: {}", others.join(", ")), options.width);
    }
    if let (Place::Span(_), Some(first)) = (finding.place, finding.suggestions.first())
        && first.text.is_empty()
    {
        paragraph(out, "delete it", options.width);
    }
    if !fault.others.is_empty() {
        let spans = fault.others.iter().filter_map(|index| audit.findings.get(*index)?.place.span());
        let mut places: Vec<String> = spans.take(PLACES).map(at).collect();
        if fault.others.len() > PLACES {
            places.push("…".to_owned());
        }
        paragraph(
            out,
            &format!("{} times in all, also at {}", fault.others.len() + 1, places.join(" ")),
            options.width,
        );
    }
    for related in &finding.related {
        let Some((path, beside)) = audited.side(related.side) else { continue };
        let (line, column) = beside.source.locate(related.span).start;
        let place = match related.side {
            Side::Text => format!("{line}:{column}"),
            _ => format!("{}:{line}:{column}", super::visible(path)),
        };
        paragraph(out, &format!("{place}: {}", related.message), options.width);
    }
    if options.verbose {
        let promise = finding.suggestions.first().map_or("no suggestion", |first| first.fix.name());
        let more = format!(
            "{} · {} · confidence {:.2} · {promise} · {}",
            finding.kind.name(),
            finding.mqm.name(),
            finding.confidence,
            finding.fingerprint
        );
        paragraph(out, &more, options.width);
    }
}

/// Words set in lines of the terminal's width, below the head of their finding.
fn paragraph(out: &mut String, text: &str, width: usize) {
    for line in wrap(text, width.saturating_sub(6).max(20)) {
        let _ = writeln!(out, "    {line}");
    }
}

fn wrap(text: &str, room: usize) -> Vec<String> {
    use unicode_width::UnicodeWidthStr;
    let mut lines: Vec<String> = Vec::new();
    for word in super::visible(&text.replace(['\n', '\t'], " ")).split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.width() + 1 + word.width() <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

fn write_verdict(out: &mut String, audit: &Audit, width: usize) {
    let mut counts = [0; 4];
    for (count, severity) in counts.iter_mut().zip(Severity::ALL) {
        *count = audit.count(severity);
    }
    let _ = writeln!(
        out,
        "{} words: {}{}; penalty {:.1}; {}",
        audit.words,
        super::counts(counts),
        if audit.ignored.is_empty() { String::new() } else { format!("; {} ignored", audit.ignored.len()) },
        audit.penalty,
        of_verdict(audit.verdict)
    );
    if let Some(pivot) = &audit.pivot {
        let line = format!(
            "Likely translated by way of {} (confidence {:.2}).",
            language_name(&pivot.language),
            pivot.confidence
        );
        let _ = writeln!(out, "{line}");
    }
    if audit.verdict == Verdict::Clear {
        let limit = "Clear is what the text alone shows: a name, number, date or “not” that was changed and still reads smoothly cannot be seen without the original.";
        for line in wrap(limit, width.max(20)) {
            let _ = writeln!(out, "{}", line.dimmed());
        }
    }
}

/// The English name of a language that rules point to; its code where it has none here.
fn language_name(code: &str) -> &str {
    const NAMES: [(&str, &str); 30] = [
        ("ar", "Arabic"),
        ("bn", "Bengali"),
        ("de", "German"),
        ("el", "Greek"),
        ("es", "Spanish"),
        ("et", "Estonian"),
        ("fa", "Persian"),
        ("fr", "French"),
        ("gu", "Gujarati"),
        ("he", "Hebrew"),
        ("hi", "Hindi"),
        ("hy", "Armenian"),
        ("it", "Italian"),
        ("ja", "Japanese"),
        ("ka", "Georgian"),
        ("ko", "Korean"),
        ("mr", "Marathi"),
        ("ne", "Nepali"),
        ("nl", "Dutch"),
        ("pa", "Punjabi"),
        ("pt", "Portuguese"),
        ("ro", "Romanian"),
        ("ru", "Russian"),
        ("si", "Sinhala"),
        ("ta", "Tamil"),
        ("te", "Telugu"),
        ("th", "Thai"),
        ("tr", "Turkish"),
        ("uk", "Ukrainian"),
        ("ur", "Urdu"),
    ];
    NAMES.iter().find(|(known, _)| *known == code).map_or(code, |(_, name)| name)
}
