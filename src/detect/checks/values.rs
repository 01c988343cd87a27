//! Values that cannot be: two ages of one person, magnitudes no such thing has, a part above its whole, years the wrong way round,
//! an end before its beginning. In: quantities and years. Out: the value, with what it contradicts.

use super::super::{Context, Hit};
use super::quantities::hit;
use crate::document::{Document, Quantity, QuantityKind, Shape};
use crate::finding::{Place, Related, Span};
use crate::language::hash;
use crate::lexicon::EntryKind;
use crate::rulebook::settings::Settings;
use std::collections::HashMap;

/// Two ages of one person: "34-year-old John Smith … Smith, 43,".
pub(super) fn ages(context: &Context<'_>, _: &Settings, out: &mut Vec<Hit>) {
    let document = context.document;
    let mut known: HashMap<(u64, Option<u64>), (f64, Span)> = HashMap::new();
    for mention in document.mentions.iter().filter(|mention| mention.kind == EntryKind::Person) {
        let Some((age, span)) = age_of(document, mention.tokens.start as usize, mention.tokens.end as usize) else {
            continue;
        };
        let start = mention.tokens.start as usize;
        // A first name that no table knows: this is someone else of the family.
        if start > 0
            && document.word(start - 1).shape.has(Shape::CAPITAL)
            && !document.word(start - 1).shape.has(Shape::TITLE)
        {
            continue;
        }
        let full = document.mentions.get(mention.first as usize).unwrap_or(mention);
        let last = document.word(full.tokens.end as usize - 1).form;
        let first = (full.tokens.len() > 1).then(|| document.word(full.tokens.start as usize).form);
        match known.get(&(last, first)) {
            // A year more is a birthday.
            Some((other, there)) if (other - age).abs() > 1.5 => out.push(hit(document, span, *there)),
            Some(_) => {}
            None => {
                known.insert((last, first), (age, span));
            }
        }
    }
    taken_up(document, out);
}

/// "A 31-year-old climber fell. The three-year-old broke an ankle.": the age that takes up another one.
fn taken_up(document: &Document, out: &mut Vec<Hit>) {
    // Ages told of people: "a 31-year-old climber", "Peter Marsh, 34,".
    let mut told: Vec<(u32, f64, Span, bool)> = document
        .quantities
        .iter()
        .filter(|quantity| quantity.kind == QuantityKind::Age && quantity.unit == "year")
        .map(|quantity| (quantity.tokens.start, quantity.value, quantity.span, is_person_age(document, quantity)))
        .collect();
    for mention in document.mentions.iter().filter(|mention| mention.kind == EntryKind::Person) {
        if let Some((age, span)) = age_of(document, mention.tokens.start as usize, mention.tokens.end as usize)
            && !told.iter().any(|(.., known, _)| *known == span)
        {
            told.push((document.token_at(span.start) as u32, age, span, true));
        }
    }
    told.sort_by_key(|(start, ..)| *start);
    for (number, (start, age, span, _)) in told.iter().enumerate() {
        let (start, end) = (*start as usize, document.token_at(span.end));
        let Some(token) = document.tokens.get(start) else { continue };
        let definite = start > 0 && document.text_of(start - 1).eq_ignore_ascii_case("the");
        // Nothing follows that it describes: it stands for the person.
        let next = document.word(end);
        let finite = next.readings.iter().any(|reading| {
            reading.class == crate::language::Class::Verb
                && reading.forms.intersects(crate::language::Forms::ED.union(crate::language::Forms::S))
        });
        let alone = next.shape.has(Shape::PUNCT) || next.closed.intersects(crate::language::Closed::AUX) || finite;
        if !definite || !alone || !document.text(*span).contains('-') {
            continue;
        }
        let before = told.get(..number).unwrap_or(&[]);
        let known = document
            .numbers
            .iter()
            .take_while(|known| (known.tokens.start as usize) < start)
            .any(|known| (known.value - age).abs() < 0.5)
            || before.iter().any(|(_, value, ..)| (value - age).abs() < 1.5);
        let last = before.last().filter(|(other, .., person)| {
            let sentence = document.tokens.get(*other as usize).map_or(0, |token| token.sentence);
            *person && token.sentence > sentence && token.sentence - sentence <= 2
        });
        if let Some((.., there, _)) = last.filter(|_| !known) {
            out.push(hit(document, *span, *there));
        }
    }
}

/// Tokens of the longest quantity.
const LONGEST: usize = 40;

/// "Smith, 34," · "34-year-old Smith" · "Smith, aged 34".
fn age_of(document: &Document, start: usize, end: usize) -> Option<(f64, Span)> {
    let before = start.checked_sub(1).and_then(|_| {
        let last = document.quantities.partition_point(|quantity| (quantity.tokens.start as usize) < start);
        let near = document.quantities.get(..last).unwrap_or(&[]).iter().rev();
        // The first that ends here; none is longer than so many tokens.
        let near = near.take_while(|quantity| quantity.tokens.start as usize + LONGEST >= start);
        let quantity = near.filter(|quantity| quantity.tokens.end as usize == start).last()?;
        (quantity.kind == QuantityKind::Age && quantity.unit == "year").then_some(quantity)
    });
    if let Some(quantity) = before {
        return Some((quantity.value, quantity.span));
    }
    if document.text_of(end) != "," {
        return None;
    }
    let at = end + 1 + usize::from(document.text_of(end + 1) == "aged");
    let number = document.number_at(at)?;
    let closes = matches!(document.text_of(number.tokens.end as usize), "," | "." | ")");
    let whole = number.value.fract() == 0.0 && (1.0..=115.0).contains(&number.value) && !number.ordinal;
    (closes && whole).then(|| (number.value, document.span(number.tokens.clone())))
}

/// Values that no such thing has: more than all of the voters, ages beyond life, hours beyond the day.
pub(super) fn impossible(context: &Context<'_>, _: &Settings, out: &mut Vec<Hit>) {
    let document = context.document;
    for quantity in &document.quantities {
        let end = quantity.tokens.end as usize;
        let wrong = match quantity.kind {
            QuantityKind::Age if quantity.unit == "year" => {
                quantity.value > 123.0
                    && !document.text(quantity.span).contains(',')
                    && is_person_age(document, quantity)
            }
            QuantityKind::Percent if quantity.value > 100.0 => of_a_whole(document, end),
            _ => false,
        };
        if wrong {
            out.push(Hit::at(Place::Span(quantity.span)));
        }
    }
    for &at in &document.digits {
        let text = document.text_of(at as usize);
        let Some((hours, minutes)) = text.split_once(':') else { continue };
        let number = |part: &str| part.parse::<u32>().ok().filter(|_| part.len() == 2);
        let clock = matches!(document.text_of((at as usize).wrapping_sub(1)), "at" | "around" | "until" | "by");
        if let (Some(hours), Some(minutes)) = (number(hours), number(minutes))
            && clock
            && (hours > 24 || minutes > 59)
        {
            let span = document.tokens.get(at as usize).map(|token| token.span).unwrap_or_default();
            out.push(Hit::at(Place::Span(span)));
        }
    }
}

/// "aged 340", "340-year-old man": trees and churches live longer.
fn is_person_age(document: &Document, quantity: &Quantity) -> bool {
    let people = [
        "man",
        "woman",
        "boy",
        "girl",
        "student",
        "teacher",
        "suspect",
        "victim",
        "driver",
        "actor",
        "singer",
        "politician",
        "resident",
        "mother",
        "father",
        "climber",
        "baker",
        "player",
        "singer",
        "hiker",
        "worker",
        "farmer",
        "nurse",
        "soldier",
        "tourist",
        "cyclist",
        "swimmer",
        "runner",
        "fisherman",
        "gunman",
        "passenger",
        "patient",
        "pilot",
        "engineer",
        "lawyer",
        "doctor",
        "novelist",
        "widow",
        "pensioner",
        "defendant",
        "pupil",
        "trader",
        "carpenter",
    ];
    let head = quantity.tokens.end as usize;
    people.iter().any(|person| document.has_reading(head, hash(person), None, None))
        || document.mention_at(head).is_some_and(|mention| mention.kind == EntryKind::Person)
}

/// percent of (the) voters, votes, residents …
fn of_a_whole(document: &Document, end: usize) -> bool {
    if document.text_of(end) != "of" {
        return false;
    }
    let wholes = [
        "voter",
        "vote",
        "ballot",
        "respondent",
        "resident",
        "population",
        "people",
        "citizen",
        "member",
        "student",
        "household",
        "delegate",
        "seat",
        "precinct",
        "patient",
    ];
    (end + 1..end + 4).any(|at| wholes.iter().any(|whole| document.has_reading(at, hash(whole), None, None)))
}

/// "from 2015 to 2009", "between 2015 and 2009", "(1956–1940)".
pub(super) fn reversed_years(context: &Context<'_>, _: &Settings, out: &mut Vec<Hit>) {
    let document = context.document;
    let year = |at: usize| -> Option<u32> {
        let text = document.text_of(at);
        (text.len() == 4).then(|| text.parse().ok()).flatten().filter(|year| (1200..2100).contains(year))
    };
    for &at in &document.digits {
        let at = at as usize;
        let text = document.text_of(at);
        let reversed = if let Some((first, last)) = text.split_once(['–', '-']) {
            let parse =
                |part: &str| part.parse::<u32>().ok().filter(|year| part.len() == 4 && (1200..2100).contains(year));
            let parts = parse(first).zip(parse(last));
            parts.filter(|(first, last)| first > last).map(|_| (at, at + 1))
        } else {
            let word = |back: usize| {
                at.checked_sub(back).map_or(String::new(), |before| document.text_of(before).to_lowercase())
            };
            // The end of support moved from 2029 to 2021.
            let moved = || {
                (2..6).filter_map(|back| at.checked_sub(back)).any(|before| {
                    const MOVES: [&str; 18] = [
                        "move", "change", "shift", "cut", "bring", "advance", "reduce", "drop", "fall", "go", "jump",
                        "date", "slide", "decline", "decrease", "shrink", "lower", "rise",
                    ];
                    MOVES.iter().any(|verb| document.has_reading(before, hash(verb), None, None))
                })
            };
            let joined = || {
                matches!(
                    (word(1).as_str(), document.text_of(at + 1)),
                    ("from", "to" | "until" | "till") | ("between", "and")
                ) || word(1) == "(" && matches!(document.text_of(at + 1), "–" | "-") && document.text_of(at + 3) == ")"
            };
            let years = year(at).zip(year(at + 2)).filter(|(first, last)| first > last);
            years.filter(|_| joined() && !moved()).map(|_| (at, at + 3))
        };
        // BC counts down; "from 2015 to 1,900" is no year.
        if let Some((from, to)) = reversed {
            let after = document.text_of(to).to_lowercase();
            let before_christ =
                matches!(after.trim_end_matches('.'), "bc" | "b.c" | "bce" | "points" | "people" | "votes");
            if !before_christ {
                out.push(Hit::at(Place::Span(document.span(from as u32..to as u32))));
            }
        }
    }
}

/// "Of the 48 passengers, 31 were rescued and 71 are missing": a part above its whole.
pub(super) fn parts(context: &Context<'_>, _: &Settings, out: &mut Vec<Hit>) {
    let document = context.document;
    for whole in document.numbers.iter().filter(|number| number.value >= 2.0 && !number.ordinal) {
        let start = whole.tokens.start as usize;
        let Some(of) = start.checked_sub(2) else { continue };
        if !document.text_of(of).eq_ignore_ascii_case("of")
            || !matches!(document.text_of(start - 1), "the" | "its" | "their" | "his" | "her" | "all")
        {
            continue;
        }
        let Some(sentence) = document.tokens.get(of).and_then(|token| document.sentences.get(token.sentence as usize))
        else {
            continue;
        };
        // "Of the 48 passengers, …" opens the sentence; the parts stand behind its comma, each before a verb.
        if sentence.tokens.start as usize != of {
            continue;
        }
        let Some(comma) = (start..start + 6).find(|at| document.text_of(*at) == ",") else { continue };
        let from = document.numbers.partition_point(|number| (number.tokens.start as usize) < comma);
        for part in document.numbers.iter().skip(from).take_while(|number| number.tokens.start < sentence.tokens.end) {
            let next = document.word(part.tokens.end as usize);
            let counts = next.closed.intersects(crate::language::Closed::AUX)
                || next.readings.iter().any(|reading| {
                    reading.class == crate::language::Class::Verb
                        && reading.forms.intersects(crate::language::Forms::ED)
                });
            let plain = !part.ordinal
                && (part.tokens.start as usize)
                    .checked_sub(1)
                    .is_some_and(|before| matches!(document.text_of(before), "," | "and" | "but" | "while"));
            if counts && plain && part.value > whole.value {
                out.push(hit(document, document.span(part.tokens.clone()), document.span(whole.tokens.clone())));
            }
        }
    }
}

/// "built in 1911 … It burned down in 1897": an end that comes before its beginning.
pub(super) fn event_order(context: &Context<'_>, _: &Settings, out: &mut Vec<Hit>) {
    const BEGIN: [&str; 10] = [
        "born",
        "built",
        "founded",
        "established",
        "opened",
        "created",
        "launched",
        "formed",
        "constructed",
        "erected",
    ];
    const END: [&str; 17] = [
        "died",
        "dead",
        "burned",
        "burnt",
        "closed",
        "demolished",
        "destroyed",
        "collapsed",
        "dissolved",
        "killed",
        "sank",
        "abolished",
        "restored",
        "rebuilt",
        "retired",
        "renovated",
        "disbanded",
    ];
    let document = context.document;
    let year = |at: usize| -> Option<u32> {
        let text = document.text_of(at);
        (text.len() == 4).then(|| text.parse().ok()).flatten().filter(|year| (1200..2100).contains(year))
    };
    // Per paragraph the last beginning: its year, its place, its sentence.
    let mut begun: Option<(u32, Span, u32, u32)> = None;
    for &at in &document.digits {
        let at = at as usize;
        let (Some(year), Some(token)) = (year(at), document.tokens.get(at)) else { continue };
        let Some(sentence) = document.sentences.get(token.sentence as usize) else { continue };
        if at == 0 || !document.text_of(at - 1).eq_ignore_ascii_case("in") || document.is_quoted(at) {
            continue;
        }
        let from = (sentence.tokens.start as usize).max(at.saturating_sub(7));
        let verb = |list: &[&str]| (from..at - 1).rev().find(|back| list.contains(&document.text_of(*back)));
        let span = |back: usize| document.span(back as u32..at as u32 + 1);
        if let Some(back) = verb(&END)
            && let Some((first, place, number, block)) = begun
            && block == sentence.block
            && year < first
        {
            let opens = document.text_of(sentence.tokens.start as usize).to_lowercase();
            let same = token.sentence == number
                || token.sentence - number <= 2 && matches!(opens.as_str(), "it" | "he" | "she" | "they");
            let broken = (document.token_at(place.end)..at).any(|between| {
                matches!(
                    document.text_of(between),
                    "who"
                        | "which"
                        | "that"
                        | "whose"
                        | "where"
                        | "one"
                        | "older"
                        | "previous"
                        | "earlier"
                        | "another"
                        | "predecessor"
                        | "fathers"
                        | "knew"
                )
            });
            if same && !broken {
                let mut hit = Hit::at(Place::Span(span(back))).value("other", document.text(place));
                hit.related.push(Related::here(place, "the beginning"));
                out.push(hit);
            }
        }
        if let Some(back) = verb(&BEGIN) {
            begun = Some((year, span(back), token.sentence, sentence.block));
        }
    }
}
