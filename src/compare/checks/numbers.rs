//! Values that changed, came or went: numbers in words and digits, dates, times, money, shares, and their units.

use super::super::{Compared, Group};
use crate::detect::Hit;
use crate::document::{Document, Number, Quantity, QuantityKind, Shape};
use crate::finding::Place;
use crate::rulebook::settings::Settings;
use std::ops::Range;

/// Units that are told in each other: from, to, factor.
const CONVERSIONS: [(&str, &str, f64); 8] = [
    ("mi", "km", 1.609),
    ("ft", "m", 0.3048),
    ("yd", "m", 0.9144),
    ("in", "cm", 2.54),
    ("lb", "kg", 0.4536),
    ("ac", "ha", 0.4047),
    ("gal", "l", 3.785),
    ("oz", "g", 28.35),
];

pub fn find(compared: &Compared<'_>, settings: &Settings, out: &mut Vec<Hit>) {
    let fault = settings.text("fault").unwrap_or("changed");
    for group in &compared.groups {
        match fault {
            "unit" => units(compared, group, out),
            "date" => calendar(compared, group, out),
            _ => values(compared, group, fault, out),
        }
    }
}

/// The numbers of a run of tokens.
fn numbers<'d>(document: &'d Document, range: &Range<u32>) -> impl Iterator<Item = &'d Number> + use<'d> {
    let from = document.numbers.partition_point(|number| number.tokens.start < range.start);
    let end = range.end;
    document.numbers.iter().skip(from).take_while(move |number| number.tokens.end <= end)
}

fn quantities<'d>(document: &'d Document, range: &Range<u32>) -> impl Iterator<Item = &'d Quantity> + use<'d> {
    let from = document.quantities.partition_point(|quantity| quantity.tokens.start < range.start);
    let end = range.end;
    document.quantities.iter().skip(from).take_while(move |quantity| quantity.tokens.end <= end)
}

/// All values that a side tells, in whatever form.
fn told(document: &Document, range: &Range<u32>) -> Vec<f64> {
    let mut found: Vec<f64> = numbers(document, range).map(|number| number.value).collect();
    for quantity in quantities(document, range) {
        found.push(quantity.value);
        match (quantity.kind, quantity.unit.as_str()) {
            (QuantityKind::Percent, _) => found.push(quantity.value / 100.0),
            // 9 p.m. is 21:00, 9 and 21 as well.
            (QuantityKind::Time, _) => found.extend([quantity.value / 60.0, (quantity.value / 60.0) % 12.0]),
            (_, "year") => found.push(quantity.value * 12.0),
            (_, "decade") => found.push(quantity.value * 10.0),
            (_, "week") => found.push(quantity.value * 7.0),
            (_, "month") if quantity.value >= 12.0 => found.push(quantity.value / 12.0),
            (_, "day") if quantity.value % 7.0 == 0.0 => found.push(quantity.value / 7.0),
            _ => {}
        }
        for (from, to, factor) in CONVERSIONS {
            if quantity.unit == from {
                found.extend([quantity.value * factor, (quantity.value * factor).round()]);
            } else if quantity.unit == to {
                found.extend([quantity.value / factor, (quantity.value / factor).round()]);
            }
        }
    }
    for date in document.dates.iter().filter(|date| range.start <= date.tokens.start && date.tokens.end <= range.end) {
        found.extend(date.day.map(f64::from));
        found.extend(date.year.map(f64::from));
        found.extend(date.month.map(f64::from));
    }
    for at in range.clone() {
        let word = document.word(at as usize);
        let text = document.tokens.get(at as usize).map_or("", |token| document.text(token.span));
        if word.shape.has(Shape::DIGIT) {
            // 2019-20, 3-1, 1990s, 17-year-old, 21:30, A4.
            let mut parts = text.split(|c: char| !c.is_ascii_digit() && c != '.').filter(|part| !part.is_empty());
            found.extend(parts.by_ref().filter_map(|part| part.trim_matches('.').parse::<f64>().ok()));
            found.extend(crate::language::number::digits(text));
            if let Some(hour) = text.split_once(':').and_then(|(hour, _)| hour.parse::<f64>().ok()) {
                found.push(hour % 12.0);
            }
            // 3,5 is what other countries write for 3.5.
            if let Some((whole, part)) = text.split_once(',')
                && part.len() < 3
                && let Ok(value) = format!("{whole}.{part}").parse::<f64>()
            {
                let next = document.tokens.get(at as usize + 1).map_or("", |token| document.text(token.span));
                found.extend([value, value * implied(&next.to_lowercase()).first().copied().unwrap_or(1.0)]);
            }
            // 272.000 is what other countries write for 272,000.
            if let Some((head, "000" | "500")) = text.rsplit_once('.') {
                found.extend(head.replace('.', "").parse::<f64>().ok().map(|value| value * 1000.0));
            }
            let plain = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
            if let Ok(value) = plain.parse::<f64>()
                && plain.len() < text.len()
            {
                // The 1980s are the 80s as well; the 1800s are the 19th century.
                found.push(value % 100.0);
                found.push(if value >= 1000.0 { value / 100.0 + 1.0 } else { (value - 1.0) * 100.0 });
            }
        } else {
            found.extend(implied(&text.to_lowercase()));
            if let Some((head, _)) = text.split_once('-') {
                found.extend(crate::language::number::word_value(&head.to_lowercase()).map(|word| word.value));
            }
        }
    }
    found
}

/// Numbers that words tell without naming them.
fn implied(lower: &str) -> &'static [f64] {
    match lower {
        "both" | "couple" | "pair" | "twice" | "twin" | "twins" | "double" | "doubled" | "doubles" | "either"
        | "neither" | "second" | "duo" | "secondly" => &[2.0],
        "half" | "halved" | "halves" | "halve" => &[0.5, 50.0, 2.0],
        "triple" | "tripled" | "trio" | "thrice" | "third" | "thirds" | "treble" => &[3.0],
        "quarter" | "quarters" | "quadruple" | "fourth" => &[4.0, 0.25, 25.0],
        "dozen" | "dozens" => &[12.0],
        "once" | "single" | "one" | "a" | "an" | "only" | "another" | "sole" | "first" | "alone" | "each" | "per" => {
            &[1.0]
        }
        "decade" | "decades" => &[10.0],
        "twenties" => &[20.0],
        "thirties" => &[30.0],
        "forties" => &[40.0],
        "fifties" => &[50.0],
        "sixties" => &[60.0],
        "seventies" => &[70.0],
        "eighties" => &[80.0],
        "nineties" => &[90.0],
        "fortnight" => &[14.0, 2.0],
        "century" | "centuries" | "hundred" | "hundreds" => &[100.0],
        "thousand" | "thousands" => &[1000.0],
        "million" | "millions" => &[1e6],
        "billion" | "billions" => &[1e9],
        "noon" | "midday" => &[12.0],
        "midnight" => &[0.0, 12.0, 24.0],
        "none" | "no" | "zero" | "nil" | "nought" => &[0.0],
        "teenager" | "teen" | "teens" => &[13.0],
        "monthly" => &[1.0],
        _ => &[],
    }
}

fn has(values: &[f64], value: f64) -> bool {
    values
        .iter()
        .any(|known| (known - value).abs() <= value.abs().max(known.abs()).max(1.0) * 0.012 && close(*known, value))
}

/// Equal, or one is the other rounded to the figures it shows.
fn close(a: f64, b: f64) -> bool {
    if (a - b).abs() <= 1e-9 * a.abs().max(1.0) {
        return true;
    }
    // 1.2 million and 1,204,300: rounded figures are told of large numbers only.
    a.abs().max(b.abs()) >= 10_000.0 && (rounded(a) || rounded(b))
        || a.fract() != 0.0 && b.fract() != 0.0 && (a - b).abs() < 0.051
}

fn rounded(value: f64) -> bool {
    let magnitude = 10_f64.powf(value.abs().log10().floor() - 1.0);
    (value / magnitude).fract() == 0.0
}

fn values(compared: &Compared<'_>, group: &Group, fault: &str, out: &mut Vec<Hit>) {
    let (text, original) = (compared.text, compared.original);
    let (here, there) = (told(text, &group.text), told(original, &group.original));
    let minor = |number: &Number| number.words && (number.value <= 2.0 || number.ordinal && number.value <= 4.0);
    let lone: Vec<&Number> =
        numbers(text, &group.text).filter(|number| !minor(number) && !has(&there, number.value)).collect();
    // Small words may be what another number stands for; that they are missing says nothing.
    let pairable = |number: &Number| !minor(number) || number.value >= 2.0;
    let mut missing: Vec<&Number> =
        numbers(original, &group.original).filter(|number| pairable(number) && !has(&here, number.value)).collect();
    let codes = codes(compared, group);
    if lone.is_empty() && missing.is_empty() && codes.is_empty() {
        return;
    }
    for (here, there) in codes {
        if fault == "changed" {
            let place = Place::Span(text.span(here..here + 1));
            out.push(compared.hit(place, there..there + 1).propose(compared.shown_there(there)));
        }
    }
    for number in lone {
        let led = expected(compared, group, number.tokens.start);
        let best = (0..missing.len()).min_by_key(|index| {
            let other = missing[*index];
            (other.ordinal != number.ordinal, (i64::from(other.tokens.start) - led).abs())
        });
        let place = Place::Span(text.span(number.tokens.clone()));
        match best {
            Some(index) => {
                let other = missing.remove(index);
                if fault == "changed" {
                    out.push(compared.hit(place, other.tokens.clone()).propose(fitted(compared, number, other)));
                }
            }
            None if fault == "added" => out.push(compared.hit(place, group.original.start..group.original.start)),
            None => {}
        }
    }
    if fault == "lost" {
        for other in missing.into_iter().filter(|number| !minor(number)) {
            out.push(compared.hit(gap_for(compared, group, other.tokens.start), other.tokens.clone()));
        }
    }
}

/// The original's number as it would stand here: in words where it does so there.
fn fitted(compared: &Compared<'_>, number: &Number, other: &Number) -> String {
    let there = compared.run_there(other.tokens.clone());
    let here = compared.text.text(compared.text.span(number.tokens.clone()));
    // A sign or unit that is glued to the number here stays.
    let sign: String = here.chars().take_while(|c| !c.is_alphanumeric()).collect();
    if !sign.is_empty() && !there.starts_with(&sign) && !there.starts_with(|c: char| !c.is_alphanumeric()) {
        return format!("{sign}{there}");
    }
    there.to_owned()
}

/// A4 for A3: names with digits in the same place.
fn codes(compared: &Compared<'_>, group: &Group) -> Vec<(u32, u32)> {
    let code = |document: &Document, at: u32| {
        let shape = document.word(at as usize).shape;
        shape.has(Shape::DIGIT) && !shape.has(Shape::NUMBER) && !shape.has(Shape::ADDRESS)
    };
    let free: Vec<u32> = group
        .original
        .clone()
        .filter(|at| compared.partner_there(*at).is_none() && code(compared.original, *at))
        .collect();
    let mut found = Vec::new();
    for at in group.text.clone().filter(|at| compared.partner(*at).is_none() && code(compared.text, *at)) {
        let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        let here = compared.shown(at);
        if let Some(other) = free.iter().find(|other| {
            let there = compared.shown_there(**other);
            letters(there).eq_ignore_ascii_case(&letters(here)) && digits(there) != digits(here)
        }) {
            found.push((at, *other));
        }
    }
    found
}

/// Where in the original a token of the text should have its partner.
fn expected(compared: &Compared<'_>, group: &Group, at: u32) -> i64 {
    let back = (group.text.start..at).rev().take(12).find_map(|near| Some((near, compared.partner(near)?)));
    let ahead = (at..group.text.end).take(12).find_map(|near| Some((near, compared.partner(near)?)));
    match (back, ahead) {
        (Some((near, there)), _) => i64::from(there) + i64::from(at - near),
        (None, Some((near, there))) => i64::from(there) - i64::from(near - at),
        _ => i64::from(group.original.start) + i64::from(at - group.text.start),
    }
}

/// The place in the text where what stands at a token of the original is missing: behind the partner of what stands before it.
pub(super) fn gap_for(compared: &Compared<'_>, group: &Group, other: u32) -> Place {
    let before = (group.original.start..other).rev().take(12).find_map(|near| compared.partner_there(near));
    let end = before.and_then(|at| compared.text.tokens.get(at as usize)).map(|token| token.span.end);
    let start = compared.text.tokens.get(group.text.start as usize).map_or(0, |token| token.span.start);
    Place::Gap(end.unwrap_or(start))
}

/// five months for five weeks, $5 for €5: the same number with another unit.
fn units(compared: &Compared<'_>, group: &Group, out: &mut Vec<Hit>) {
    let (text, original) = (compared.text, compared.original);
    let measured = |kind: QuantityKind| {
        matches!(kind, QuantityKind::Duration | QuantityKind::Measure | QuantityKind::Money | QuantityKind::Percent)
    };
    let there: Vec<&Quantity> = quantities(original, &group.original).filter(|one| measured(one.kind)).collect();
    for here in quantities(text, &group.text).filter(|one| measured(one.kind)) {
        if there.iter().any(|other| other.unit == here.unit && close(other.value, here.value)) {
            continue;
        }
        let free = there.iter().find(|other| {
            close(other.value, here.value)
                && other.unit != here.unit
                && !quantities(text, &group.text).any(|one| one.unit == other.unit && close(one.value, other.value))
                && alike(here, other)
        });
        if let Some(other) = free {
            let place = Place::Span(here.span);
            out.push(compared.hit(place, other.tokens.clone()).propose(compared.run_there(other.tokens.clone())));
        }
    }
}

/// Whether units of both kinds are mistaken for one another.
fn alike(a: &Quantity, b: &Quantity) -> bool {
    let foreign = |unit: &str| matches!(unit, "$" | "dollar");
    a.kind == b.kind && !(a.kind == QuantityKind::Money && (foreign(&a.unit) || foreign(&b.unit)))
}

/// Monday for Tuesday, March for May.
fn calendar(compared: &Compared<'_>, group: &Group, out: &mut Vec<Hit>) {
    for kind in [Shape::WEEKDAY, Shape::MONTH] {
        let named = |document: &Document, range: &Range<u32>| -> Vec<u32> {
            range.clone().filter(|at| document.word(*at as usize).shape.has(kind)).collect()
        };
        let (here, there) = (named(compared.text, &group.text), named(compared.original, &group.original));
        let which = |document: &Document, at: u32| {
            let text = document.tokens.get(at as usize).map_or("", |token| document.text(token.span)).to_lowercase();
            crate::language::lists::weekday(&text).or_else(|| crate::language::lists::month(&text))
        };
        let days = |document: &Document, list: &[u32]| -> Vec<Option<u8>> {
            list.iter().map(|at| which(document, *at)).collect()
        };
        let (known, known_here) = (days(compared.original, &there), days(compared.text, &here));
        let lone = here.iter().filter(|at| !known.contains(&which(compared.text, **at)));
        let mut free = there.iter().filter(|at| !known_here.contains(&which(compared.original, **at)));
        for at in lone {
            let Some(other) = free.next() else { break };
            let place = Place::Span(compared.text.span(*at..*at + 1));
            out.push(compared.hit(place, *other..*other + 1).propose(compared.shown_there(*other)));
        }
    }
}
