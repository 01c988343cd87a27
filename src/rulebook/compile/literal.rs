//! In: a regular expression. Out: literals one of which must stand in every match: what the prefilter looks for.

use regex_syntax::hir::literal::{ExtractKind, Extractor};
use regex_syntax::hir::{Hir, HirKind, Look};

/// Literals that weigh less stand everywhere.
const LIGHTEST: usize = 2;

/// How seldom a literal stands in a text: by its length, and by marks that news hardly uses.
fn weight(literal: &str) -> usize {
    let usual = |c: char| {
        c.is_alphanumeric() || matches!(c, ' ' | ',' | '.' | '-' | '–' | '"' | '“' | '”' | '\'' | '’' | ':' | '(' | ')')
    };
    literal.len() + 8 * literal.chars().filter(|c| !usual(*c)).count()
}

/// The best set of literals (lower-case ASCII; others as they are); none where the expression has none.
#[must_use]
pub fn literals(regex: &str) -> Option<Vec<String>> {
    let hir = regex_syntax::ParserBuilder::new().build().parse(regex).ok()?;
    let good = |found: &Vec<String>| !found.is_empty() && found.iter().all(|literal| weight(literal) >= LIGHTEST);
    required(&hir).filter(good).or_else(|| beginnings(&hir).filter(good))
}

/// What matches begin with, where that is one of a few texts (&nbsp; or &amp;: no literal by itself is long enough).
fn beginnings(hir: &Hir) -> Option<Vec<String>> {
    let found = Extractor::new().kind(ExtractKind::Prefix).limit_class(1).limit_repeat(1).limit_total(64).extract(hir);
    found
        .literals()?
        .iter()
        .map(|literal| Some(std::str::from_utf8(literal.as_bytes()).ok()?.to_ascii_lowercase()))
        .collect()
}

/// Bytes that may stand before the text of a line: bullets, blanks.
pub const LEAD: usize = 12;

/// Texts one of which begins every match, but for at most [`LEAD`] bytes; none where that cannot be told, or matches begin within a line.
#[must_use]
pub fn line_beginnings(regex: &str) -> Option<Vec<String>> {
    let hir = regex_syntax::ParserBuilder::new().multi_line(true).build().parse(regex).ok()?;
    if !hir.properties().look_set_prefix().contains(Look::StartLF) {
        return None;
    }
    let found = opening(&hir, LEAD)?;
    let good = !found.is_empty() && found.len() <= 128 && found.iter().all(|literal| weight(literal) >= LIGHTEST);
    good.then_some(found)
}

fn opening(hir: &Hir, mut lead: usize) -> Option<Vec<String>> {
    match hir.kind() {
        HirKind::Capture(capture) => opening(&capture.sub, lead),
        HirKind::Repetition(repetition) if repetition.min > 0 => opening(&repetition.sub, lead),
        HirKind::Alternation(branches) => {
            let mut all = Vec::new();
            for branch in branches {
                all.extend(opening(branch, lead)?);
            }
            Some(all)
        }
        HirKind::Concat(parts) => {
            let mut run = String::new();
            for part in parts {
                match (single(part), part.kind()) {
                    (Some(text), _) => run.push_str(&text),
                    _ if !run.is_empty() => break,
                    (None, HirKind::Look(_)) => {}
                    (None, HirKind::Repetition(repetition)) if repetition.min == 0 => {
                        lead = lead.checked_sub(part.properties().maximum_len()?)?;
                    }
                    _ => return opening(part, lead),
                }
            }
            (!run.is_empty()).then(|| vec![run])
        }
        _ => single(hir).map(|text| vec![text]),
    }
}

/// A literal, or a letter in either case.
fn single(hir: &Hir) -> Option<String> {
    match hir.kind() {
        HirKind::Literal(literal) => std::str::from_utf8(&literal.0).ok().map(str::to_ascii_lowercase),
        _ => letter(hir).map(|letter| letter.to_string()),
    }
}

/// The most bytes a line can have that the expression matches, where it reads from `^` to `$`; else none.
#[must_use]
pub fn longest_line(regex: &str) -> Option<u32> {
    let hir = regex_syntax::ParserBuilder::new().multi_line(true).build().parse(regex).ok()?;
    let look = hir.properties();
    let whole = look.look_set_prefix().contains(Look::StartLF) && look.look_set_suffix().contains(Look::EndLF);
    look.maximum_len().filter(|_| whole).and_then(|longest| u32::try_from(longest).ok())
}

fn required(hir: &Hir) -> Option<Vec<String>> {
    match hir.kind() {
        HirKind::Literal(literal) => Some(vec![std::str::from_utf8(&literal.0).ok()?.to_ascii_lowercase()]),
        HirKind::Capture(capture) => required(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => required(&repetition.sub),
        HirKind::Alternation(branches) => {
            let mut all = Vec::new();
            for branch in branches {
                all.extend(required(branch)?);
            }
            (all.len() <= 64).then_some(all)
        }
        HirKind::Concat(parts) => concat(parts),
        HirKind::Class(_) => letter(hir).map(|letter| vec![letter.to_string()]),
        _ => None,
    }
}

/// The letter of a class that holds only its two cases, as `(?i)` makes them.
fn letter(hir: &Hir) -> Option<char> {
    let HirKind::Class(regex_syntax::hir::Class::Unicode(class)) = hir.kind() else { return None };
    let mut members = class.iter().flat_map(|range| range.start()..=range.end());
    let (first, second) = (members.next()?, members.next()?);
    // K and S have a third form outside ASCII (K, ſ): the prefilter would miss it, the rule does not need it.
    let rest_is_ascii = members.all(|c| !c.is_ascii());
    (rest_is_ascii && first.is_ascii() && first.eq_ignore_ascii_case(&second)).then(|| first.to_ascii_lowercase())
}

/// The weightiest run of literals and single letters, or the best set of a part.
fn concat(parts: &[Hir]) -> Option<Vec<String>> {
    let mut best: Option<Vec<String>> = None;
    let mut run = String::new();
    let mut keep = |candidate: Vec<String>| {
        let lightest = |set: &Vec<String>| set.iter().map(|literal| weight(literal)).min().unwrap_or(0);
        if best.as_ref().is_none_or(|best| lightest(&candidate) > lightest(best)) {
            best = Some(candidate);
        }
    };
    for part in parts {
        let piece = match part.kind() {
            HirKind::Literal(literal) => std::str::from_utf8(&literal.0).ok().map(str::to_ascii_lowercase),
            HirKind::Class(_) => letter(part).map(|letter| letter.to_string()),
            _ => None,
        };
        if let Some(piece) = piece {
            run.push_str(&piece);
            continue;
        }
        if !run.is_empty() {
            keep(vec![std::mem::take(&mut run)]);
        }
        if let Some(set) = required(part) {
            keep(set);
        }
    }
    if !run.is_empty() {
        keep(vec![run]);
    }
    best
}

#[cfg(test)]
mod tests {
    use super::literals;

    #[test]
    fn the_longest_required_literal_is_found() {
        assert_eq!(literals(r"\bLeave a Comment\b"), Some(vec!["leave a comment".into()]));
        assert_eq!(literals(r"(?i)\[ad_\d\]"), Some(vec!["[ad_".into()]));
        assert_eq!(literals(r"\[/?(?:url|caption)\]"), Some(vec!["[".into()]));
        assert_eq!(literals("(?:seconds|hours) ago"), Some(vec!["seconds".into(), "hours".into()]).or(None));
        assert_eq!(literals(r"\d+,\d+"), None);
        assert_eq!(literals("a*"), None);
    }
}
