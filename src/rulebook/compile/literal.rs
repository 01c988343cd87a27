//! In: a regular expression. Out: literals one of which must stand in every match: what the prefilter looks for.
//!
//! Of all places of the expression the one is taken whose literals a news text holds most seldom. A literal goes on as far as there
//! are few ways to go on: `[0-9]people` is ten literals, each of them rarer than `people`.

use super::line::letter;
use crate::language;
use crate::rulebook::compiled::Edges;
use regex_syntax::hir::{Class, Hir, HirKind, Look, Repetition};

/// Literals of one place of an expression; of all its branches together; bytes of one.
const MOST: usize = 128;
const MOST_OF_ALL: usize = 2048;
const LONGEST: usize = 24;

/// Signs of edges within a text: start and end of the line, and of a word.
const LINE_START: char = '\u{1}';
const LINE_END: char = '\u{2}';
const WORD_EDGE: char = '\u{3}';

/// A literal, and how it must stand.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Needle {
    /// The characters; lower-case ASCII where any case will do.
    pub text: String,
    /// The case of ASCII letters does not matter.
    pub any_case: bool,
    /// What its ends must be.
    pub edges: Edges,
}

/// The best set of literals; none where the expression has none.
#[must_use]
pub fn literals(regex: &str) -> Option<Vec<Needle>> {
    let hir = regex_syntax::ParserBuilder::new().multi_line(true).build().parse(regex).ok()?;
    let mut needles: Vec<Needle> = required(&hir)?.texts.iter().map(Text::needle).collect();
    needles.sort();
    needles.dedup();
    needles.iter().all(|needle| helps(&needle.text)).then_some(needles)
}

/// A single letter, figure or usual mark stands everywhere.
fn helps(text: &str) -> bool {
    let usual = |c: char| {
        c.is_alphanumeric() || matches!(c, ' ' | ',' | '.' | '-' | '–' | '"' | '“' | '”' | '\'' | '’' | ':' | '(' | ')')
    };
    text.chars().nth(1).is_some() || text.chars().any(|c| !usual(c))
}

/// A text of the expression, with signs of edges in it.
#[derive(Clone, Debug)]
struct Text {
    text: String,
    any_case: bool,
}

impl Text {
    fn joined(&self, next: &Self) -> Self {
        Self { text: format!("{}{}", self.text, next.text), any_case: self.any_case || next.any_case }
    }

    fn is_edge(c: char) -> bool {
        matches!(c, LINE_START | LINE_END | WORD_EDGE)
    }

    fn needle(&self) -> Needle {
        let inner = self.text.trim_matches(Self::is_edge);
        let before = &self.text[..self.text.len() - self.text.trim_start_matches(Self::is_edge).len()];
        let after = &self.text[self.text.trim_end_matches(Self::is_edge).len()..];
        let text: String = inner.chars().filter(|c| !Self::is_edge(*c)).collect();
        let text = if self.any_case { text.to_ascii_lowercase() } else { text };
        let is_word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
        let mut edges = Edges::default();
        for (edge, holds) in [
            (Edges::LINE_BEFORE, before.contains(LINE_START)),
            (Edges::LINE_AFTER, after.contains(LINE_END)),
            (Edges::WORD_BEFORE, before.contains(WORD_EDGE) && is_word(text.chars().next())),
            (Edges::WORD_AFTER, after.contains(WORD_EDGE) && is_word(text.chars().next_back())),
        ] {
            if holds {
                edges = edges.with(edge);
            }
        }
        Needle { text, any_case: self.any_case, edges }
    }

    /// How often the text stands at a place of a news text, roughly.
    fn cost(&self) -> f64 {
        let needle = self.needle();
        let (mut bits, mut word) = (0.0, String::new());
        let mut before = ' ';
        for c in needle.text.chars().chain([' ']) {
            if c.is_ascii_alphabetic() {
                word.push(c);
                continue;
            }
            let letters = std::mem::take(&mut word);
            if !letters.is_empty() {
                bits += word_bits(&letters, needle.any_case);
                // 12pm, people5
                bits += if before.is_ascii_digit() { 4.0 } else { 0.0 } + if c.is_ascii_digit() { 4.0 } else { 0.0 };
            }
            // Figures stand beside figures.
            bits += if c.is_ascii_digit() && before.is_ascii_digit() { 1.5 } else { char_bits(c) };
            before = c;
        }
        bits -= char_bits(' ');
        for (edge, rare) in [(Edges::LINE_BEFORE, 6.0), (Edges::LINE_AFTER, 6.0)] {
            bits += if needle.edges.has(edge) { rare } else { 0.0 };
        }
        // The shortest ones are a burden whatever they are.
        if needle.text.is_empty() { 1.0 } else { (-bits).exp2() }
    }
}

/// How much a run of letters says, in bits: by the frequency of the word, else by its letters.
fn word_bits(letters: &str, any_case: bool) -> f64 {
    let lower = letters.to_ascii_lowercase();
    let known = language::commonness(&lower);
    let by_letters: f64 = lower.chars().map(char_bits).sum();
    let bits = if known > 0 {
        // Six bytes a word.
        by_letters.min((6.0e6 / f64::from(known)).log2())
    } else {
        by_letters.min(4.0 + 2.0 * letters.len() as f64)
    };
    let capitals = letters.chars().filter(char::is_ascii_uppercase).count();
    if any_case { bits } else { bits + 2.0 * capitals as f64 }
}

/// How much a character says, in bits.
pub(in crate::rulebook) fn char_bits(c: char) -> f64 {
    match c {
        ' ' => 2.5,
        'e' => 3.3,
        't' | 'a' | 'o' | 'n' | 'i' | 's' | 'r' => 4.0,
        'h' | 'l' | 'd' => 4.8,
        'c' | 'u' | 'm' | 'f' | 'p' | 'g' | 'w' | 'y' | 'b' => 5.8,
        'v' | 'k' => 7.2,
        'j' | 'q' | 'x' | 'z' => 9.5,
        ',' | '.' => 6.6,
        '0'..='9' => 6.0,
        '-' | '"' | '\'' | '’' | '“' | '”' => 8.5,
        '(' | ')' | ':' | '–' | '—' | ';' => 10.0,
        'A'..='Z' => 9.0,
        c if c.is_ascii() => 12.0,
        _ => 13.0,
    }
}

/// Texts of one place of the expression, one of which stands in every match.
#[derive(Clone, Debug)]
struct Texts {
    texts: Vec<Text>,
    cost: f64,
}

impl Texts {
    fn new(texts: Vec<Text>) -> Self {
        let cost = texts.iter().map(Text::cost).sum();
        Self { texts, cost }
    }
}

/// Each text of one list with each of the next; none where they would be too many, or long enough already.
fn product(first: &[Text], second: &[Text]) -> Option<Vec<Text>> {
    if first.len() * second.len() > MOST {
        return None;
    }
    Some(first.iter().flat_map(|one| second.iter().map(|two| one.joined(two))).collect())
}

/// All that an expression matches, where it is a few texts.
fn whole(hir: &Hir) -> Option<Vec<Text>> {
    let text = |text: &str| Text { text: text.to_owned(), any_case: false };
    let found = match hir.kind() {
        HirKind::Empty => vec![text("")],
        HirKind::Look(look) => match look {
            Look::Start | Look::StartLF => vec![text("\u{1}")],
            Look::End | Look::EndLF => vec![text("\u{2}")],
            Look::WordAscii | Look::WordUnicode => vec![text("\u{3}")],
            _ => vec![text("")],
        },
        HirKind::Literal(literal) => vec![text(std::str::from_utf8(&literal.0).ok()?)],
        HirKind::Class(class) => match letter(hir) {
            Some(letter) => vec![Text { text: letter.to_string(), any_case: true }],
            None => members(class)?,
        },
        HirKind::Capture(capture) => whole(&capture.sub)?,
        HirKind::Concat(parts) => {
            parts.iter().try_fold(vec![text("")], |found, part| product(&found, &whole(part)?))?
        }
        HirKind::Alternation(branches) => {
            let mut all = Vec::new();
            for branch in branches {
                all.extend(whole(branch)?);
            }
            all
        }
        HirKind::Repetition(Repetition { min, max: Some(max), sub, .. }) if *max <= 3 => {
            let once = whole(sub)?;
            let (mut all, mut so_often) = (Vec::new(), vec![text("")]);
            for times in 0..=*max {
                if times >= *min {
                    all.extend(so_often.iter().cloned());
                }
                so_often = product(&so_often, &once)?;
            }
            all
        }
        HirKind::Repetition(_) => return None,
    };
    (found.len() <= MOST).then_some(found)
}

/// The members of a class, where they are few.
fn members(class: &Class) -> Option<Vec<Text>> {
    let Class::Unicode(class) = class else { return None };
    let mut members: Vec<char> = class.iter().flat_map(|range| range.start()..=range.end()).take(33).collect();
    if members.len() > 32 {
        return None;
    }
    let twin = |c: char| if c.is_ascii_lowercase() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() };
    let any_case = members.iter().any(char::is_ascii_alphabetic)
        && members.iter().filter(|c| c.is_ascii_alphabetic()).all(|c| members.contains(&twin(*c)));
    if any_case {
        members.retain(|c| !c.is_ascii_uppercase());
    }
    Some(members.into_iter().map(|c| Text { text: c.to_string(), any_case }).collect())
}

/// An end of an expression.
#[derive(Clone, Copy, PartialEq)]
enum Side {
    Start,
    End,
}

/// Texts with which every match begins, or ends: never empty ones.
fn at_end(hir: &Hir, side: Side) -> Option<Vec<Text>> {
    if let Some(found) = whole(hir) {
        return found.iter().all(|text| !text.needle().text.is_empty()).then_some(found);
    }
    match hir.kind() {
        HirKind::Capture(capture) => at_end(&capture.sub, side),
        HirKind::Repetition(repetition) if repetition.min > 0 => at_end(&repetition.sub, side),
        HirKind::Alternation(branches) => {
            let mut all = Vec::new();
            for branch in branches {
                all.extend(at_end(branch, side)?);
            }
            (all.len() <= MOST).then_some(all)
        }
        HirKind::Concat(parts) => match side {
            Side::Start => beside(parts, Side::Start),
            Side::End => beside(parts, Side::End),
        },
        _ => None,
    }
}

/// What stands at an end of parts in a row; a part that may be left out lets the next one through.
fn beside(parts: &[Hir], side: Side) -> Option<Vec<Text>> {
    let (part, rest) = match side {
        Side::Start => parts.split_first()?,
        Side::End => parts.split_last()?,
    };
    if let Some(found) = whole(part) {
        let joined = |more: &[Text]| match side {
            Side::Start => product(&found, more),
            Side::End => product(more, &found),
        };
        let good = found.iter().all(|text| !text.needle().text.is_empty());
        let long = found.iter().all(|text| text.text.len() >= LONGEST);
        let more = if long { None } else { beside(rest, side).and_then(|more| joined(&more)) };
        return more.or_else(|| good.then_some(found));
    }
    match part.kind() {
        HirKind::Repetition(repetition) if repetition.min == 0 => {
            let mut all = at_end(&repetition.sub, side)?;
            all.extend(beside(rest, side)?);
            (all.len() <= MOST).then_some(all)
        }
        _ => at_end(part, side),
    }
}

fn required(hir: &Hir) -> Option<Texts> {
    let own = whole(hir).or_else(|| at_end(hir, Side::Start)).map(Texts::new);
    let inner = match hir.kind() {
        HirKind::Capture(capture) => required(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => required(&repetition.sub),
        HirKind::Alternation(branches) => {
            let mut all = Texts { texts: Vec::new(), cost: 0.0 };
            for branch in branches {
                let one = required(branch)?;
                all.cost += one.cost;
                all.texts.extend(one.texts);
            }
            (all.texts.len() <= MOST_OF_ALL).then_some(all)
        }
        HirKind::Concat(parts) => in_a_row(parts),
        _ => None,
    };
    cheaper(own, inner)
}

fn cheaper(a: Option<Texts>, b: Option<Texts>) -> Option<Texts> {
    match (a, b) {
        (Some(a), Some(b)) => Some(if b.cost < a.cost { b } else { a }),
        (a, b) => a.or(b),
    }
}

/// The best place of parts in a row: within one of them, or over several.
fn in_a_row(parts: &[Hir]) -> Option<Texts> {
    let mut best: Option<Texts> = None;
    let mut single = false;
    for (index, part) in parts.iter().enumerate() {
        let found = whole(part);
        // Within a run of single texts the start of the run is as good.
        if !(single && index % 4 > 0) {
            best = cheaper(best, grown(parts, index, found.as_deref()));
        }
        single = found.is_some_and(|found| found.len() == 1);
        if !single {
            best = cheaper(best, required_within(part));
        }
    }
    best
}

/// What a part that is no text of its own asks for within.
fn required_within(part: &Hir) -> Option<Texts> {
    match part.kind() {
        HirKind::Literal(_) | HirKind::Class(_) | HirKind::Look(_) | HirKind::Empty => None,
        _ => required(part),
    }
}

/// The best literals that begin with a part and go on to both sides as far as there are few ways.
fn grown(parts: &[Hir], index: usize, found: Option<&[Text]>) -> Option<Texts> {
    let mut best: Option<Texts> = None;
    let part = parts.get(index)?;
    // Whole texts go on to both sides; what ends or begins a part, to one.
    let sides = if let Some(found) = found {
        vec![(found.to_vec(), true, true)]
    } else {
        let ends = [(Side::Start, true, false), (Side::End, false, true)];
        ends.into_iter().filter_map(|(side, left, right)| Some((at_end(part, side)?, left, right))).collect()
    };
    for (mut texts, left, right) in sides {
        let mut consider = |texts: &[Text]| {
            if texts.iter().all(|text| !text.needle().text.is_empty()) {
                best = cheaper(best.take(), Some(Texts::new(texts.to_vec())));
            }
        };
        consider(&texts);
        let mut next = index + 1;
        while right && texts.iter().any(|text| text.text.len() < LONGEST) {
            let Some(more) = parts.get(next).and_then(whole).and_then(|more| product(&texts, &more)) else { break };
            texts = more;
            next += 1;
        }
        consider(&texts);
        if right
            && let Some(more) = parts.get(next..).and_then(|rest| beside(rest, Side::Start))
            && let Some(more) = product(&texts, &more)
        {
            consider(&more);
            texts = more;
        }
        let mut before = index;
        while left && texts.iter().any(|text| text.text.len() < LONGEST) {
            let earlier = before.checked_sub(1).and_then(|before| parts.get(before)).and_then(whole);
            let Some(more) = earlier.and_then(|earlier| product(&earlier, &texts)) else { break };
            texts = more;
            before -= 1;
        }
        consider(&texts);
        if left
            && let Some(more) = parts.get(..before).and_then(|rest| beside(rest, Side::End))
            && let Some(more) = product(&more, &texts)
        {
            consider(&more);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::literals;

    fn found(regex: &str) -> Option<String> {
        literals(regex).map(|found| {
            let texts: Vec<String> = found.into_iter().map(|needle| needle.text).collect();
            texts.join("|")
        })
    }

    #[test]
    fn the_rarest_required_literals_are_found() {
        assert_eq!(found(r"\bLeave a Comment\b").as_deref(), Some("Leave a Comment"));
        assert_eq!(found(r"(?i)\[ad_\d\]").as_deref(), Some("[ad_"));
        assert_eq!(found(r"(?:seconds|hours) ago").as_deref(), Some("hours ago|seconds ago"));
        assert_eq!(found(r"us-(?:led|backed)").as_deref(), Some("us-backed|us-led"));
        assert_eq!(found(r"[12][0-9.]*people").map(|found| found.split('|').count()), Some(11));
        assert_eq!(found(r"\d+,\d+"), None);
        assert_eq!(found("a*"), None);
    }

    #[test]
    fn edges_and_case_are_part_of_a_literal() {
        let needle = |regex: &str| literals(regex).and_then(|found| found.into_iter().next()).unwrap();
        let one = needle(r"\btranslator\b");
        assert_eq!((one.any_case, one.edges.0), (false, super::Edges::WORD_BEFORE.with(super::Edges::WORD_AFTER).0));
        let one = needle(r"(?i)translator$");
        assert_eq!((one.any_case, one.edges), (true, super::Edges::LINE_AFTER));
        assert_eq!(found("(?i)caf[eé]s").as_deref(), Some("cafes|cafÉs|cafés"));
    }
}
