//! In: tokens. Out: numbers as values, and what they count: money, shares, lengths of time, ages, measures, times, dates.

use super::{Date, Document, Number, Quantity, QuantityKind, Shape};
use crate::finding::Span;
use crate::language::{Closed, lists, number};
use smallvec::SmallVec;
use std::borrow::Cow;
use std::ops::Range;

/// Finds numbers, quantities and dates in one pass.
pub(super) fn find(document: &mut Document) {
    let (mut numbers, mut quantities, mut dates) = (Vec::new(), Vec::new(), Vec::new());
    let mut next = 0;
    // Only spellings that can begin a number are looked at again.
    for at in document.numerics.iter().map(|at| *at as usize) {
        if at < next {
            continue;
        }
        if let Some(date) = date(document, at) {
            next = date.tokens.end as usize;
            dates.push(date);
        } else if let Some(found) = compound(document, at) {
            quantities.push(found);
        } else if let Some(found) = read_number(document, at) {
            next = found.tokens.end as usize;
            if let Some(quantity) = quantity(document, &found) {
                quantities.push(quantity);
            }
            numbers.push(found);
        }
    }
    document.numbers = numbers;
    document.quantities = quantities;
    document.dates = dates;
}

fn text(document: &Document, at: usize) -> &str {
    document.tokens.get(at).map_or("", |token| document.text(token.span))
}

fn lower(document: &Document, at: usize) -> Cow<'_, str> {
    let text = text(document, at);
    let small = text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if small { Cow::Borrowed(text) } else { Cow::Owned(text.to_lowercase()) }
}

/// The value of a number word; what is none is mostly told by its shape.
fn word_value(document: &Document, at: usize, lower: &str) -> Option<number::NumberWord> {
    let may_be = document.word(at).shape.has(Shape::NUMERIC) || lower == "quarter";
    if may_be { number::word_value(lower) } else { None }
}

fn same_sentence(document: &Document, a: usize, b: usize) -> bool {
    match (document.tokens.get(a), document.tokens.get(b)) {
        (Some(a), Some(b)) => a.sentence == b.sentence,
        _ => false,
    }
}

fn range(start: usize, end: usize) -> Range<u32> {
    start as u32..end as u32
}

/// A number in words or digits that begins here; "two and a half million" is one.
fn read_number(document: &Document, at: usize) -> Option<Number> {
    let first = lower(document, at);
    let word = document.word(at);
    let bare = first.trim_start_matches(['$', '€', '£', '¥', '₹']).trim_start_matches("us$");
    let suffix_at = bare.find(|c: char| c.is_alphabetic() || c == '%').unwrap_or(bare.len());
    let (digits, suffix) = (bare.get(..suffix_at).unwrap_or(""), bare.get(suffix_at..).unwrap_or(""));
    let magnitude = |suffix: &str| match suffix {
        "k" => Some(1e3),
        "m" | "mn" | "million" => Some(1e6),
        "bn" | "b" | "billion" => Some(1e9),
        "tn" | "trillion" => Some(1e12),
        _ => None,
    };
    let mut words: SmallVec<[Cow<'_, str>; 4]> = SmallVec::new();
    let (mut ordinal, in_words) = (false, !word.shape.has(Shape::DIGIT));
    let mut factor = 1.0;
    if in_words {
        let value = number::word_value(&first)?;
        ordinal = value.kind == number::NumberKind::Ordinal;
        words.push(first.clone());
    } else {
        number::digits(digits)?;
        words.push(Cow::Owned(digits.to_owned()));
        ordinal |= matches!(suffix, "st" | "nd" | "rd" | "th");
        factor = magnitude(suffix).unwrap_or(1.0);
    }
    let mut end = at + 1;
    while !ordinal && end < at + 8 && same_sentence(document, at, end) {
        let next = lower(document, end);
        let follows = word_value(document, end, &next).filter(|word| word.kind != number::NumberKind::Ordinal);
        let joins = match next.as_ref() {
            "and" => {
                let after = lower(document, end + 1);
                let half = after == "a" && lower(document, end + 2) == "half";
                let small = number::word_value(&after).is_some_and(|word| word.value < 100.0)
                    && words.iter().any(|word| word == "hundred" || word == "thousand");
                half || small
            }
            "a" => words.last().is_some_and(|word| word == "and"),
            _ => follows.is_some_and(|word| {
                matches!(word.kind, number::NumberKind::Multiplier)
                    || (in_words
                        && matches!(word.kind, number::NumberKind::Unit | number::NumberKind::Ten)
                        && words
                            .last()
                            .is_some_and(|last| matches!(last.as_ref(), "hundred" | "thousand" | "and" | "million")))
                    || word.kind == number::NumberKind::Fraction && words.last().is_some_and(|last| last == "a")
            }),
        };
        if !joins {
            break;
        }
        words.push(next);
        end += 1;
    }
    let parts: SmallVec<[&str; 8]> = words.iter().map(AsRef::as_ref).collect();
    let value = number::parse(&parts)? * factor;
    Some(Number { tokens: range(at, end), value, words: in_words, ordinal })
}

/// month-long, five-week, 34-year-old, 10km.
fn compound(document: &Document, at: usize) -> Option<Quantity> {
    let word = document.word(at);
    if !word.shape.has(Shape::HYPHEN) {
        return None;
    }
    let lower = lower(document, at);
    let parts: Vec<&str> = lower.split('-').collect();
    let value_of = |part: &str| number::digits(part).or_else(|| number::word_value(part).map(|word| word.value));
    let (value, unit, kind) = match parts.as_slice() {
        [unit, "long"] => (1.0, lists::time_unit(unit)?, QuantityKind::Duration),
        [value, unit, "old" | "olds"] => (value_of(value)?, lists::time_unit(unit)?, QuantityKind::Age),
        [value, unit] | [value, unit, "long"] => (value_of(value)?, lists::time_unit(unit)?, QuantityKind::Duration),
        [tens, ones, unit] => (value_of(tens)? + value_of(ones)?, lists::time_unit(unit)?, QuantityKind::Duration),
        _ => return None,
    };
    let head = (same_sentence(document, at, at + 1) && document.word(at + 1).shape.has(Shape::WORD))
        .then(|| document.tokens.get(at + 1).map(|token| token.span))
        .flatten();
    Some(Quantity {
        span: document.span(range(at, at + 1)),
        tokens: range(at, at + 1),
        value,
        kind,
        unit: unit.to_owned(),
        head,
        approximate: approximate(document, at),
    })
}

/// at least, more than, nearly … before a number.
fn approximate(document: &Document, at: usize) -> bool {
    (1..=2).filter_map(|back| at.checked_sub(back)).filter(|before| same_sentence(document, *before, at)).any(
        |before| {
            matches!(
                lower(document, before).as_ref(),
                "least"
                    | "most"
                    | "than"
                    | "nearly"
                    | "almost"
                    | "about"
                    | "around"
                    | "over"
                    | "under"
                    | "some"
                    | "roughly"
                    | "approximately"
                    | "up"
                    | "estimated"
                    | "another"
                    | "further"
            )
        },
    )
}

fn quantity(document: &Document, number: &Number) -> Option<Quantity> {
    let (start, end) = (number.tokens.start as usize, number.tokens.end as usize);
    let first = text(document, start);
    let make = |from: usize, to: usize, value: f64, kind: QuantityKind, unit: &str, head: Option<Span>| {
        Some(Quantity {
            span: document.span(range(from, to)),
            tokens: range(from, to),
            value,
            kind,
            unit: unit.to_owned(),
            head,
            approximate: approximate(document, from),
        })
    };
    let next = if same_sentence(document, start, end) { lower(document, end) } else { Cow::Borrowed("") };
    let sign =
        first.trim_start_matches(|c: char| c.is_ascii_alphabetic()).chars().next().filter(|c| !c.is_ascii_digit());
    if let Some(code) = sign.and_then(|sign| lists::currency(sign.encode_utf8(&mut [0; 4]))) {
        return make(start, end, number.value, QuantityKind::Money, code, None);
    }
    let before = start.checked_sub(1).filter(|before| same_sentence(document, *before, start));
    if let Some(code) = before
        .and_then(|before| lists::currency(text(document, before)))
        .filter(|_| before.is_some_and(|before| text(document, before).chars().count() == 1))
    {
        return make(start - 1, end, number.value, QuantityKind::Money, code, None);
    }
    if first.ends_with('%')
        || matches!(next.as_ref(), "percent" | "%" | "pc")
        || (next == "per" && lower(document, end + 1) == "cent")
    {
        let to = if first.ends_with('%') { end } else { end + 1 + usize::from(next == "per") };
        return make(start, to, number.value, QuantityKind::Percent, "%", None);
    }
    if let Some(half) = matches!(next.as_ref(), "a.m." | "p.m." | "am" | "pm").then_some(next.as_ref()) {
        let hours = number.value % 12.0 + if half.starts_with('p') { 12.0 } else { 0.0 };
        return (number.value <= 12.0)
            .then(|| make(start, end + 1, hours * 60.0, QuantityKind::Time, "time", None))
            .flatten();
    }
    if number.ordinal {
        return None;
    }
    let unit = same_sentence(document, start, end) && document.word(end).shape.has(Shape::UNIT);
    if let Some(code) = unit.then(|| lists::currency(&next)).flatten() {
        return make(start, end + 1, number.value, QuantityKind::Money, code, None);
    }
    if let Some(unit) = unit.then(|| lists::time_unit(&next)).flatten() {
        let old = lower(document, end + 1) == "old";
        let kind = if old { QuantityKind::Age } else { QuantityKind::Duration };
        return make(start, end + 1 + usize::from(old), number.value, kind, unit, None);
    }
    if before.is_some_and(|before| lower(document, before) == "aged") {
        return make(start, end, number.value, QuantityKind::Age, "year", None);
    }
    if let Some(unit) = unit.then(|| lists::measure_unit(&next)).flatten() {
        return make(start, end + 1, number.value, QuantityKind::Measure, unit, None);
    }
    let head = counted(document, end, start)?;
    let span = document.tokens.get(head).map(|token| token.span)?;
    let unit = lower(document, head);
    make(start, end, number.value, QuantityKind::Count, &unit, Some(span))
}

/// The noun that a number counts: the next noun within three words.
fn counted(document: &Document, from: usize, start: usize) -> Option<usize> {
    for at in from..from + 3 {
        let word = document.word(at);
        if !same_sentence(document, start, at) || word.shape.has(Shape::PUNCT) {
            return None;
        }
        let plural = word.readings.iter().any(|reading| {
            reading.class == crate::language::Class::Noun && reading.forms.intersects(crate::language::Forms::PLURAL)
        });
        if plural || matches!(lower(document, at).as_ref(), "people" | "person" | "man" | "woman" | "child") {
            return Some(at);
        }
        if word.closed != Closed::default() {
            return None;
        }
    }
    None
}

/// A date that begins here: Monday, March 3, 2019; 3 March 2019; March 2019; Monday.
fn date(document: &Document, at: usize) -> Option<Date> {
    let mut end = at;
    let mut found = Date { span: Span::default(), tokens: 0..0, weekday: None, day: None, month: None, year: None };
    let day_at = |at: usize| -> Option<u8> {
        let value =
            number::digits(text(document, at)).filter(|value| (1.0..=31.0).contains(value) && value.fract() == 0.0)?;
        (same_sentence(document, at, at) && text(document, at).len() <= 4).then_some(value.abs() as u8)
    };
    let year_at = |at: usize| -> Option<i16> {
        let shown = text(document, at);
        (shown.len() == 4 && shown.bytes().all(|b| b.is_ascii_digit()))
            .then(|| shown.parse().ok())
            .flatten()
            .filter(|year| (1000..2200).contains(year))
    };
    if document.word(end).shape.has(Shape::WEEKDAY) {
        found.weekday = lists::weekday(&lower(document, end));
        end += 1;
        let comma = usize::from(text(document, end) == ",");
        let shape = document.word(end + comma).shape;
        if !(shape.has(Shape::MONTH)
            || (day_at(end + comma).is_some() && document.word(end + comma + 1).shape.has(Shape::MONTH)))
            || !same_sentence(document, at, end + comma)
        {
            found.tokens = range(at, end);
            found.span = document.span(found.tokens.clone());
            return Some(found);
        }
        end += comma;
    }
    if let Some(day) = day_at(end).filter(|_| document.word(end + 1).shape.has(Shape::MONTH)) {
        found.day = Some(day);
        found.month = lists::month(&lower(document, end + 1));
        end += 2;
    } else if document.word(end).shape.has(Shape::MONTH) {
        found.month = lists::month(&lower(document, end));
        end += 1;
        if let Some(day) = day_at(end) {
            found.day = Some(day);
            end += 1;
        }
    } else {
        return None;
    }
    let comma = usize::from(text(document, end) == ",");
    if let Some(year) = year_at(end + comma).filter(|_| same_sentence(document, at, end + comma)) {
        found.year = Some(year);
        end += comma + 1;
    }
    // "May" and "March" alone are verbs as often as months.
    if found.day.is_none() && found.year.is_none() && matches!(found.month, Some(3 | 5)) {
        return None;
    }
    found.tokens = range(at, end);
    found.span = document.span(found.tokens.clone());
    Some(found)
}
