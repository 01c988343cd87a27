//! Two lengths for one event: "a month-long war" and "five months after the start of its aggression". In: durations bound to
//! an event by their words. Out: the later one, with the other as evidence.

use super::super::{Context, Hit};
use crate::document::{Document, Quantity, QuantityKind, Shape};
use crate::finding::{Place, Related, Span};
use crate::language::hash;
use crate::lexicon::EntryKind;
use crate::rulebook::settings::Settings;

/// A length of time that the text gives an event.
struct Lasted {
    span: Span,
    days: f64,
    /// Countries and peoples of the sentence, to tell events apart.
    names: Vec<u64>,
    /// The event is over or of another time: "a five-year war in the 1990s".
    past: bool,
}

/// Reports durations of one kind of event that cannot both be true.
pub(super) fn find(context: &Context<'_>, settings: &Settings, out: &mut Vec<Hit>) {
    let document = context.document;
    let factor = settings.number("factor", 2.0);
    for group in settings.groups("events") {
        let events: Vec<u64> = group.iter().map(|event| hash(event)).collect();
        let lasted: Vec<Lasted> =
            document.quantities.iter().filter_map(|quantity| of_event(document, quantity, &events)).collect();
        let Some(first) = lasted.iter().find(|one| !one.past) else { continue };
        for other in lasted.iter().skip(1).filter(|other| !other.past && other.span != first.span) {
            let ratio = (other.days / first.days).max(first.days / other.days);
            let share = first.names.is_empty()
                || other.names.is_empty()
                || first.names.iter().any(|name| other.names.contains(name));
            if ratio < factor || !share {
                continue;
            }
            let mut hit = Hit::at(Place::Span(other.span)).value("other", document.text(first.span));
            hit.related.push(Related::here(first.span, format!("“{}” stands here", document.text(first.span))));
            out.push(hit);
        }
    }
}

fn days(unit: &str) -> Option<f64> {
    Some(match unit {
        "day" => 1.0,
        "week" => 7.0,
        "fortnight" => 14.0,
        "month" => 30.4,
        "year" => 365.0,
        _ => return None,
    })
}

/// A country or its people, as a table or the ending shows.
fn is_place(document: &Document, at: usize) -> bool {
    let place = document.mention_at(at).is_some_and(|mention| mention.kind == EntryKind::Place);
    place || document.word(at).shape.has(Shape::DEMONYM)
}

/// The quantity as the length of an event: "a month-long war", "five weeks of war", "five months after the start of the war",
/// "three weeks into the war".
fn of_event(document: &Document, quantity: &Quantity, events: &[u64]) -> Option<Lasted> {
    if quantity.kind != QuantityKind::Duration || quantity.approximate && quantity.value <= 0.0 {
        return None;
    }
    let days = days(&quantity.unit)? * quantity.value;
    let is_event = |at: usize| document.word(at).readings.iter().any(|reading| events.contains(&reading.lemma));
    let after = quantity.tokens.end as usize;
    let sentence = document.tokens.get(after).and_then(|token| document.sentences.get(token.sentence as usize))?;
    let end = sentence.tokens.end as usize;
    let word = |at: usize| document.text_of(at).to_lowercase();
    let hyphened = document.text(quantity.span).contains('-');
    let event = if hyphened {
        (after..(after + 3).min(end)).find(|at| is_event(*at))
    } else {
        let link = word(after);
        let start = (after + 1..(after + 5).min(end))
            .any(|at| matches!(word(at).as_str(), "start" | "beginning" | "outbreak" | "launch" | "onset"));
        let reach = if start { 10 } else { 5 };
        let event = (after + 1..(after + reach).min(end)).find(|at| is_event(*at));
        // "five months after the siege began"
        let began =
            event.is_some_and(|event| matches!(word(event + 1).as_str(), "began" | "started" | "broke" | "erupted"));
        event.filter(|_| match link.as_str() {
            "since" | "into" | "of" | "in" => true,
            "after" => start || began,
            _ => false,
        })
    }?;
    let places = sentence.tokens.clone().map(|at| at as usize).filter(|at| is_place(document, *at));
    // Russia, Russian: the beginnings are compared.
    let names = places.map(|at| hash(&word(at).chars().take(4).collect::<String>())).collect();
    let past = (event + 1..(event + 5).min(end)).any(|at| {
        document.word(at).shape.has(Shape::DIGIT) || matches!(word(at).as_str(), "ended" | "between" | "that" | "which")
    });
    // The whole phrase up to the event is what contradicts.
    let span = document.span(quantity.tokens.start..event as u32 + 1);
    Some(Lasted { span, days, names, past })
}
