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
fn literals(regex: &str) -> Option<Vec<String>> {
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

/// The most literals of one expression.
const MOST: usize = 512;

/// Literals one of which stands in every match, each with whether it begins its line: those of its branches, or of the expression as
/// a whole, whichever are rarer.
#[must_use]
pub fn rarest(regex: &str) -> Option<Vec<(String, bool)>> {
    // What begins a line is rare, however short.
    let lightest = |found: &Vec<(String, bool)>| {
        found.iter().map(|(text, start)| weight(text) + if *start { 6 } else { 0 }).min().unwrap_or(0)
    };
    let whole = literals(regex).map(|found| found.into_iter().map(|text| (text, false)).collect::<Vec<_>>());
    match (branches(regex), whole) {
        (Some(branches), Some(whole)) => Some(if lightest(&branches) > lightest(&whole) { branches } else { whole }),
        (branches, whole) => branches.or(whole),
    }
}

/// Literals one of which stands in every match, each with whether it begins its line (but for at most [`LEAD`] bytes). Branches are
/// looked at one by one: each gives what it begins its line with, else its rarest literal. None where a branch has neither.
fn branches(regex: &str) -> Option<Vec<(String, bool)>> {
    let hir = regex_syntax::ParserBuilder::new().multi_line(true).build().parse(regex).ok()?;
    let mut found = Vec::new();
    branch(&hir, false, LEAD, &mut found)?;
    found.sort();
    found.dedup();
    // A text that begins with a shorter one is met with it.
    let short: Vec<(String, bool)> = found.clone();
    found.retain(|(text, start)| {
        !short.iter().any(|(other, other_start)| {
            other.len() < text.len() && text.starts_with(other.as_str()) && (*start && *other_start || !other_start)
        })
    });
    let good = !found.is_empty() && found.len() <= MOST;
    good.then_some(found)
}

/// Appends the literals of one branch, which stands at the start of a line where `start` holds.
fn branch(hir: &Hir, mut start: bool, mut lead: usize, found: &mut Vec<(String, bool)>) -> Option<()> {
    match hir.kind() {
        HirKind::Capture(capture) => return branch(&capture.sub, start, lead, found),
        HirKind::Alternation(branches) => {
            return branches.iter().try_for_each(|one| branch(one, start, lead, found));
        }
        HirKind::Concat(parts) => {
            let mut from = 0;
            for part in parts {
                match part.kind() {
                    HirKind::Look(Look::StartLF) => start = true,
                    HirKind::Look(_) => {}
                    HirKind::Repetition(repetition)
                        if start
                            && repetition.min == 0
                            && part.properties().maximum_len().is_some_and(|most| most <= lead)
                            && !holds_letters(part) =>
                    {
                        lead -= part.properties().maximum_len().unwrap_or(0);
                    }
                    _ => break,
                }
                from += 1;
            }
            let rest = parts.get(from..)?;
            // The branches of an alternation that comes next stand for the whole.
            if let Some(first) = rest.first() {
                let mut own = Vec::new();
                if alternatives(first) && branch(first, start, lead, &mut own).is_some() {
                    found.extend(own);
                    return Some(());
                }
            }
            return leaf(&Hir::concat(rest.to_vec()), start, found);
        }
        _ => {}
    }
    leaf(hir, start, found)
}

fn alternatives(hir: &Hir) -> bool {
    match hir.kind() {
        HirKind::Capture(capture) => alternatives(&capture.sub),
        HirKind::Alternation(_) => true,
        _ => false,
    }
}

/// Words belong to the text, bullets and blanks to the lead.
fn holds_letters(hir: &Hir) -> bool {
    match hir.kind() {
        HirKind::Literal(literal) => literal.0.iter().any(u8::is_ascii_alphanumeric),
        HirKind::Class(_) => letter(hir).is_some(),
        HirKind::Capture(capture) => holds_letters(&capture.sub),
        HirKind::Repetition(repetition) => holds_letters(&repetition.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().any(holds_letters),
        _ => false,
    }
}

fn leaf(hir: &Hir, start: bool, found: &mut Vec<(String, bool)>) -> Option<()> {
    if start
        && let Some(own) = prefixes(hir)
        && own.iter().all(|text| weight(text) >= LIGHTEST)
    {
        found.extend(own.into_iter().map(|text| (text, true)));
        return Some(());
    }
    let own = required(hir).filter(|own| !own.is_empty() && own.iter().all(|text| weight(text) >= LIGHTEST))?;
    found.extend(own.into_iter().map(|text| (text, false)));
    Some(())
}

/// What matches begin with: a few letters of each way to begin.
fn prefixes(hir: &Hir) -> Option<Vec<String>> {
    let found = Extractor::new()
        .kind(ExtractKind::Prefix)
        .limit_class(12)
        .limit_repeat(2)
        .limit_literal_len(5)
        .limit_total(4096)
        .extract(hir);
    let mut texts: Vec<String> = Vec::new();
    for literal in found.literals()? {
        let bytes = literal.as_bytes();
        let whole = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
        let text = std::str::from_utf8(bytes.get(..whole)?).ok()?.to_ascii_lowercase();
        // The long s and the Kelvin sign fold to s and k: nobody writes them.
        if !text.contains(['ſ', '\u{212A}']) {
            texts.push(text);
        }
    }
    texts.sort();
    texts.dedup();
    (!texts.is_empty() && texts.len() <= MOST).then_some(texts)
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
