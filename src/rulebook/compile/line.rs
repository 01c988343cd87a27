//! In: a regular expression that matches whole lines. Out: how such lines begin, and how long they can be.

use regex_syntax::hir::{Class, Hir, HirKind, Look};

/// Bytes that may stand before the text of a line: bullets, blanks; no ASCII letters or digits.
pub const LEAD: usize = 12;
/// Beginnings of so many bytes are not made longer; an expression has so many at most.
const LONGEST: usize = 16;
const MOST: usize = 1024;

/// Texts one of which begins every match, but for a [`LEAD`]; none where that cannot be told, or matches begin within a line.
#[must_use]
pub fn line_beginnings(regex: &str) -> Option<Vec<String>> {
    let hir = regex_syntax::ParserBuilder::new().multi_line(true).build().parse(regex).ok()?;
    if !hir.properties().look_set_prefix().contains(Look::StartLF) {
        return None;
    }
    let start = vec![Beginning { text: String::new(), open: true }];
    let mut found: Vec<String> = go_on(&hir, start, &mut { LEAD })?.into_iter().map(|one| one.text).collect();
    found.sort();
    // What begins with another one is met by that.
    found.dedup_by(|longer, kept| longer.starts_with(kept.as_str()));
    (!found.is_empty() && found.iter().all(|text| !text.is_empty())).then_some(found)
}

/// How a match may begin.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Beginning {
    text: String,
    /// What follows stands right behind it.
    open: bool,
}

/// The beginnings continued by an expression; `lead` are the bytes that may still stand before them.
fn go_on(hir: &Hir, from: Vec<Beginning>, lead: &mut usize) -> Option<Vec<Beginning>> {
    let with = |texts: &[String]| {
        let mut all = Vec::new();
        for one in &from {
            if one.open && one.text.len() < LONGEST {
                all.extend(texts.iter().map(|text| Beginning { text: format!("{}{text}", one.text), open: true }));
            } else {
                all.push(Beginning { open: false, ..one.clone() });
            }
        }
        few_enough(all, &from)
    };
    Some(match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => from,
        HirKind::Literal(literal) => with(&[std::str::from_utf8(&literal.0).ok()?.to_ascii_lowercase()]),
        HirKind::Class(class) => match letter(hir).map(|letter| vec![letter.to_string()]).or_else(|| few(class)) {
            Some(texts) => with(&texts),
            None => closed(from),
        },
        HirKind::Capture(capture) => go_on(&capture.sub, from, lead)?,
        HirKind::Concat(parts) => parts.iter().try_fold(from, |from, part| go_on(part, from, lead))?,
        HirKind::Alternation(branches) => {
            let mut all = Vec::new();
            for branch in branches {
                all.extend(go_on(branch, from.clone(), lead)?);
            }
            few_enough(all, &from)
        }
        HirKind::Repetition(repetition) => {
            let at_start = from.iter().all(|one| one.text.is_empty() && one.open);
            if repetition.min == 0 && at_start && is_lead(hir) {
                *lead = lead.checked_sub(hir.properties().maximum_len()?)?;
                return Some(from);
            }
            let mut once = go_on(&repetition.sub, from.clone(), lead)?;
            if repetition.max != Some(1) {
                once = closed(once);
            }
            if repetition.min == 0 {
                once.extend(from.clone());
            }
            few_enough(once, &from)
        }
    })
}

/// Each of them once; where they are too many, those they continue, which are then no longer continued.
fn few_enough(mut all: Vec<Beginning>, from: &[Beginning]) -> Vec<Beginning> {
    all.sort_unstable();
    all.dedup();
    if all.len() <= MOST { all } else { closed(from.to_vec()) }
}

fn closed(mut all: Vec<Beginning>) -> Vec<Beginning> {
    for one in &mut all {
        one.open = false;
    }
    all
}

/// The members of a class of a few ASCII characters.
fn few(class: &Class) -> Option<Vec<String>> {
    let Class::Unicode(class) = class else { return None };
    let members: Vec<char> = class.iter().flat_map(|range| range.start()..=range.end()).take(13).collect();
    let good = members.len() <= 12 && members.iter().all(char::is_ascii);
    good.then(|| members.iter().map(|c| c.to_ascii_lowercase().to_string()).collect())
}

/// Whether an expression takes no ASCII letters and digits.
fn is_lead(hir: &Hir) -> bool {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => true,
        HirKind::Literal(literal) => !literal.0.iter().any(u8::is_ascii_alphanumeric),
        HirKind::Class(Class::Unicode(class)) => {
            let plain = |c: char| c.is_ascii_alphanumeric();
            !class.iter().any(|range| (range.start()..=range.end()).take(128).any(plain))
        }
        HirKind::Class(Class::Bytes(_)) => false,
        HirKind::Repetition(repetition) => is_lead(&repetition.sub),
        HirKind::Capture(capture) => is_lead(&capture.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().all(is_lead),
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

/// The letter of a class that holds only its two cases, as `(?i)` makes them.
pub(super) fn letter(hir: &Hir) -> Option<char> {
    let HirKind::Class(Class::Unicode(class)) = hir.kind() else { return None };
    let mut members = class.iter().flat_map(|range| range.start()..=range.end());
    let (first, second) = (members.next()?, members.next()?);
    // K and S have a third form outside ASCII: the prefilter would miss it, the rule does not need it.
    let third_is_theirs = members.all(|c| matches!(c, '\u{212A}' | 'ſ'));
    (third_is_theirs && first.is_ascii() && first.eq_ignore_ascii_case(&second)).then(|| first.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::line_beginnings;

    #[test]
    fn lines_begin_as_all_ways_through_the_expression_do() {
        let found = |regex: &str| line_beginnings(regex).map(|found| found.join("|"));
        assert_eq!(found(r"(?i)^[ *•]{0,3}(?:Read|see) more$").as_deref(), Some("read more|see more"));
        assert_eq!(
            found(r"^(?:(?:an?|one) hour|[0-2]{1,4} days) ago$").as_deref(),
            Some("0|1|2|a hour ago|an hour ago|one hour ago")
        );
        assert_eq!(found(r"^(?:The )?Secret$").as_deref(), Some("secret|the secret"));
        assert_eq!(found(r"^[a-z]*more$"), None);
        assert_eq!(found(r"^(?:more)?$"), None);
        assert_eq!(found(r"more$"), None);
        // Under (?i) a vowel with its accent has four forms: not the two cases of one letter.
        assert_eq!(found(r"(?i)^caf[eé]s$").as_deref(), Some("caf"));
    }
}
