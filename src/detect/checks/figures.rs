//! Numbers, money and times written as another language writes them, or broken on the way. One `form` a rule.

use super::super::{Context, Hit};
use crate::document::{Document, Shape, TokenFlags};
use crate::finding::{Place, Span};
use crate::language::lists;
use crate::rulebook::settings::Settings;

/// Reports the form of number that `form` names.
pub(super) fn find(context: &Context<'_>, settings: &Settings, out: &mut Vec<Hit>) {
    let document = context.document;
    let form: fn(&Document, usize) -> Option<(Span, String)> = match settings.text("form") {
        Some("thousands-stop") => thousands_stop,
        Some("decimal-comma") => decimal_comma,
        Some("no-thousands-mark") => no_thousands_mark,
        Some("money-apart") => money_apart,
        Some("unit-glued") => unit_glued,
        Some("date-glued") => date_glued,
        Some("time-apart") => time_apart,
        _ => return,
    };
    for at in document.digits.iter().map(|at| *at as usize) {
        if document.word(at).shape.has(Shape::ADDRESS) {
            continue;
        }
        if let Some((span, mended)) = form(document, at) {
            out.push(Hit::at(Place::Span(span)).propose(mended));
        }
    }
}

fn next_is_counted(document: &Document, at: usize) -> bool {
    let same = document.tokens.get(at).zip(document.tokens.get(at + 1)).is_some_and(|(a, b)| a.sentence == b.sentence);
    let next = document.text_of(at + 1).to_lowercase();
    let plural = document.word(at + 1).readings.iter().any(|reading| {
        reading.class == crate::language::Class::Noun && reading.forms.intersects(crate::language::Forms::PLURAL)
    });
    // 3.210 seconds, 2.500 metres may well be meant.
    same && (plural || next == "people")
        && lists::measure_unit(&next).is_none()
        && lists::time_unit(&next).is_none_or(|unit| matches!(unit, "year" | "day" | "month"))
}

fn grouped(text: &str, mark: char) -> Option<String> {
    let mut groups = text.split(mark);
    let first = groups.next()?;
    let good =
        !first.is_empty() && first.len() <= 3 && !first.starts_with('0') && first.bytes().all(|b| b.is_ascii_digit());
    let rest: Vec<&str> = groups.collect();
    let threes =
        !rest.is_empty() && rest.iter().all(|group| group.len() == 3 && group.bytes().all(|b| b.is_ascii_digit()));
    (good && threes).then(|| std::iter::once(first).chain(rest).collect::<Vec<_>>().join(","))
}

/// 3.210 people; 1.200.000
fn thousands_stop(document: &Document, at: usize) -> Option<(Span, String)> {
    let text = document.text_of(at);
    if !text.as_bytes().contains(&b'.') {
        return None;
    }
    let bare = text.trim_start_matches(['$', '€', '£']);
    let mended = grouped(bare, '.')?;
    let millions = bare.matches('.').count() > 1;
    let sign = text.strip_suffix(bare).unwrap_or("");
    let sure = millions || next_is_counted(document, at);
    (sure && document.tokens.get(at).is_some()).then(|| (span_of(document, at), format!("{sign}{mended}")))
}

/// 1,5 million; 3,7 percent
fn decimal_comma(document: &Document, at: usize) -> Option<(Span, String)> {
    let text = document.text_of(at);
    if !text.as_bytes().contains(&b',') {
        return None;
    }
    let (whole, part) = text.trim_start_matches(['$', '€', '£']).trim_end_matches('%').split_once(',')?;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let next = document.text_of(at + 1).to_lowercase();
    let scaled = matches!(
        next.as_str(),
        "million" | "billion" | "trillion" | "percent" | "%" | "degrees" | "per" | "kilometers" | "km" | "points"
    ) || text.ends_with('%');
    (digits(whole) && digits(part) && part.len() <= 2 && scaled)
        .then(|| (span_of(document, at), text.replacen(',', ".", 1)))
}

/// 40000 people
fn no_thousands_mark(document: &Document, at: usize) -> Option<(Span, String)> {
    let text = document.text_of(at);
    if text.len() < 5 {
        return None;
    }
    let sign: String = text.chars().take_while(|c| lists::currency(&c.to_string()).is_some()).collect();
    let bare = text.strip_prefix(sign.as_str())?;
    if !(5..=9).contains(&bare.len())
        || bare.starts_with('0')
        || !bare.bytes().all(|b| b.is_ascii_digit())
        || (sign.is_empty() && !next_is_counted(document, at))
    {
        return None;
    }
    let mut mended = String::new();
    for (index, digit) in bare.chars().enumerate() {
        if index > 0 && (bare.len() - index) % 3 == 0 {
            mended.push(',');
        }
        mended.push(digit);
    }
    Some((span_of(document, at), format!("{sign}{mended}")))
}

/// $ 100; 100 $
fn money_apart(document: &Document, at: usize) -> Option<(Span, String)> {
    let sign = |at: usize| matches!(document.text_of(at), "$" | "€" | "£" | "¥" | "₹");
    let spaced = |at: usize| document.tokens.get(at).is_some_and(|token| token.flags.has(TokenFlags::SPACE_BEFORE));
    let bare = document.text_of(at);
    if !bare.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let span = |from: usize, to: usize| document.span(from as u32..to as u32 + 1);
    if at > 0 && sign(at - 1) && spaced(at) && same_line(document, at - 1, at) {
        return Some((span(at - 1, at), format!("{}{bare}", document.text_of(at - 1))));
    }
    let number = bare.bytes().all(|b| b.is_ascii_digit() || matches!(b, b',' | b'.'));
    // In "3 $5 bills" the sign belongs to what follows.
    let follows = document.tokens.get(at + 2).is_some_and(|token| !token.flags.has(TokenFlags::SPACE_BEFORE))
        && document.word(at + 2).shape.has(Shape::DIGIT);
    (sign(at + 1) && number && !follows && same_line(document, at, at + 1))
        .then(|| (span(at, at + 1), format!("{}{bare}", document.text_of(at + 1))))
}

fn same_line(document: &Document, from: usize, to: usize) -> bool {
    document
        .tokens
        .get(from)
        .zip(document.tokens.get(to))
        .is_some_and(|(a, b)| a.sentence == b.sentence && !b.flags.has(TokenFlags::LINE_START))
}

/// 2.6million
fn unit_glued(document: &Document, at: usize) -> Option<(Span, String)> {
    let text = document.text_of(at);
    let cut = text.find(|c: char| c.is_alphabetic())?;
    let (number, unit) = text.split_at(cut);
    let word = matches!(
        unit.to_lowercase().as_str(),
        "million"
            | "billion"
            | "trillion"
            | "thousand"
            | "hundred"
            | "percent"
            | "people"
            | "years"
            | "year"
            | "days"
            | "months"
            | "weeks"
            | "hours"
            | "dollars"
            | "euros"
    );
    let digits = number.trim_start_matches(['$', '€', '£']);
    (word && digits.starts_with(|c: char| c.is_ascii_digit()) && !number.ends_with('-'))
        .then(|| (span_of(document, at), format!("{number} {unit}")))
}

/// January 11,2024 (one token of the tokeniser: 11,2024)
fn date_glued(document: &Document, at: usize) -> Option<(Span, String)> {
    let month = at.checked_sub(1).filter(|before| document.word(*before).shape.has(Shape::MONTH))?;
    let text = document.text_of(at);
    let year = |text: &str| {
        text.len() == 4
            && (text.starts_with("19") || text.starts_with("20"))
            && text.bytes().all(|b| b.is_ascii_digit())
    };
    let day = |text: &str| text.parse::<u8>().is_ok_and(|day| (1..=31).contains(&day));
    if let Some((first, second)) = text.split_once(',') {
        return (day(first) && year(second) && same_line(document, month, at))
            .then(|| (span_of(document, at), format!("{first}, {second}")));
    }
    let comma = document.text_of(at + 1) == ",";
    let glued = document.tokens.get(at + 2).is_some_and(|token| !token.flags.has(TokenFlags::SPACE_BEFORE));
    (day(text) && comma && glued && year(document.text_of(at + 2)))
        .then(|| (document.span(at as u32..at as u32 + 3), format!("{text}, {}", document.text_of(at + 2))))
}

/// 7. 30pm; 7 : 30 p.m.
fn time_apart(document: &Document, at: usize) -> Option<(Span, String)> {
    let text = document.text_of(at);
    if text.bytes().take_while(u8::is_ascii_digit).count() != 2 {
        return None;
    }
    let text = text.to_lowercase();
    let minutes: String = text.chars().take_while(char::is_ascii_digit).collect();
    let half = text.strip_prefix(minutes.as_str()).unwrap_or("");
    let next = document.text_of(at + 1).to_lowercase();
    let is_half = |text: &str| matches!(text, "am" | "pm" | "a.m." | "p.m." | "a.m" | "p.m");
    if minutes.len() != 2
        || minutes.parse::<u8>().is_ok_and(|minutes| minutes > 59)
        || !(is_half(half) || (half.is_empty() && is_half(&next)))
    {
        return None;
    }
    let mark = at.checked_sub(1)?;
    let hour = at.checked_sub(2)?;
    let hours = document.text_of(hour);
    let apart = document.tokens.get(at)?.flags.has(TokenFlags::SPACE_BEFORE)
        || document.tokens.get(mark)?.flags.has(TokenFlags::SPACE_BEFORE);
    let clock =
        hours.parse::<u8>().is_ok_and(|hours| (1..=12).contains(&hours)) && matches!(document.text_of(mark), "." | ":");
    (clock && apart).then(|| {
        let span = document
            .tokens
            .get(hour)
            .zip(document.tokens.get(at))
            .map_or_else(Span::default, |(a, b)| a.span.cover(b.span));
        (span, format!("{hours}{}{}", document.text_of(mark), document.text_of(at)))
    })
}

fn span_of(document: &Document, at: usize) -> Span {
    document.tokens.get(at).map_or_else(Span::default, |token| token.span)
}
