//! Where sentences meet: two glued together, or a full stop that was lost. In: tokens. Out: the place, with the stop or the space put in.

use super::super::{Context, Hit};
use super::capitals::is_title_case;
use crate::document::{Document, Shape, TokenFlags};
use crate::finding::{Place, Regions, Span};
use crate::language::Closed;
use crate::rulebook::settings::Settings;

/// Words before "A" that make it a name: vitamin A, Serie A.
const LETTERED: &str = "vitamin hepatitis serie series class group plan grade team type section part category influenza block tier level exhibit appendix \
     schedule list unit zone gate wing division liga ligue segunda primera phase chapter option side vehicle person point";

/// Two sentences without a space between them: needle.Biden
pub(super) fn glued(context: &Context<'_>, _: &Settings, out: &mut Vec<Hit>) {
    let document = context.document;
    for at in document.punctuation.iter().map(|at| *at as usize).filter(|at| *at > 0) {
        let stop = document.word(at);
        if !stop.shape.has(Shape::FULL_STOP) {
            continue;
        }
        let (Some(before), Some(token), Some(after)) =
            (document.tokens.get(at - 1), document.tokens.get(at), document.tokens.get(at + 1))
        else {
            continue;
        };
        let apart = token.flags.has(TokenFlags::SPACE_BEFORE) || after.flags.has(TokenFlags::SPACE_BEFORE);
        let (left, right) = (document.word(at - 1), document.word(at + 1));
        let ends = left.shape.has(Shape::WORD)
            && document.text(before.span).len() > 1
            && !left.shape.any(Shape::ADDRESS.with(Shape::UPPER));
        let begins = right.shape.has(Shape::WORD.with(Shape::CAPITAL))
            && !right.shape.any(Shape::UPPER.with(Shape::ADDRESS).with(Shape::INNER_CAPITAL));
        // Company.Name and File.Name: one of both must be a word that sentences end or begin with.
        let plausible =
            (!left.shape.has(Shape::CAPITAL) && !left.shape.has(Shape::UNKNOWN)) || right.closed != Closed::default();
        if apart || !ends || !begins || !plausible || document.text(token.span).len() != 1 {
            continue;
        }
        let span = before.span.cover(after.span);
        let mended =
            format!("{}{} {}", document.text(before.span), document.text(token.span), document.text(after.span));
        out.push(Hit::at(Place::Span(span)).propose(mended));
    }
}

/// A clause that begins with a capital pronoun, article or preposition, and no full stop before it: "could be heard Kyiv A report".
pub(super) fn lost_stop(context: &Context<'_>, _: &Settings, out: &mut Vec<Hit>) {
    let document = context.document;
    for at in document.capitals.iter().map(|at| *at as usize).filter(|at| *at >= 2) {
        let (Some(token), word) = (document.tokens.get(at), document.word(at)) else { continue };
        if word.closed == Closed::default() || !token.flags.has(TokenFlags::SPACE_BEFORE) {
            continue;
        }
        if token.flags.has(TokenFlags::LINE_START)
            || !begins_clause(document, at)
            || is_title_case(document, token.sentence)
        {
            continue;
        }
        let Some(previous) = document.tokens.get(at - 1).filter(|previous| previous.sentence == token.sentence) else {
            continue;
        };
        if document.regions(at).meets(Regions::HEADLINE.with(Regions::HEADING).with(Regions::BYLINE)) {
            continue;
        }
        let span = previous.span.cover(token.span);
        let mended = format!("{}. {}", document.text(previous.span), document.text(token.span));
        out.push(Hit::at(Place::Span(Span { start: span.start, end: span.end })).propose(mended));
    }
}

fn begins_clause(document: &Document, at: usize) -> bool {
    let (text, previous) = (document.text_of(at), document.word(at - 1));
    let next = document.word(at + 1);
    let next_small = next.shape.has(Shape::WORD) && !next.shape.has(Shape::CAPITAL);
    if !previous.shape.has(Shape::WORD)
        || previous.closed != Closed::default()
        || previous.shape.any(Shape::CUE.with(Shape::ABBREVIATION).with(Shape::TITLE))
        || !next_small
    {
        return false;
    }
    let before = document.text_of(at - 1).to_lowercase();
    let noun = previous.shape.has(Shape::CAPITAL)
        || previous.readings.iter().any(|reading| reading.class == crate::language::Class::Noun)
        || document.number_at(at - 1).is_some();
    let finite = next.closed.intersects(Closed::AUX)
        || next.shape.has(Shape::CUE)
        || next.readings.iter().any(|reading| {
            reading.class == crate::language::Class::Verb
                && reading.forms.intersects(crate::language::Forms::ED.union(crate::language::Forms::S))
        });
    match text {
        "He" | "She" | "They" | "We" | "It" => noun && finite,
        "A" => {
            noun && !previous.shape.has(Shape::FIRST_NAME)
                && !LETTERED.split_ascii_whitespace().any(|word| word == before)
                && next.readings.iter().any(|reading| reading.class == crate::language::Class::Noun)
                && !next.closed.intersects(Closed::PREP.union(Closed::CONJ).union(Closed::AUX))
        }
        _ => false,
    }
}
