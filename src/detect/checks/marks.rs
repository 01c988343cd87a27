//! Quotation marks that stand wrongly: the wrong way round, before their comma, with a space on the wrong side, alone, without a partner.
//!
//! In: the marks of the document and their partners. Out: hits of the one fault that the rule asks for, with the text mended.

use super::super::{Context, Hit};
use crate::document::{Document, Mark, MarkKind, Shape};
use crate::finding::{Place, Span};
use crate::rulebook::settings::Settings;

/// What can be wrong with a mark.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fault {
    Exchanged,
    Reversed,
    Spaced,
    Stray,
    Unpaired,
}

impl Fault {
    const NAMES: [(&'static str, Self); 5] = [
        ("exchanged", Self::Exchanged),
        ("reversed", Self::Reversed),
        ("spaced", Self::Spaced),
        ("stray", Self::Stray),
        ("unpaired", Self::Unpaired),
    ];
}

/// Reports the faults that `faults` names.
pub(super) fn find(context: &Context<'_>, settings: &Settings, out: &mut Vec<Hit>) {
    let document = context.document;
    let wanted: Vec<Fault> = Fault::NAMES
        .iter()
        .filter(|(name, _)| settings.texts("faults").iter().any(|text| text == name))
        .map(|(_, fault)| *fault)
        .collect();
    let mut block_end = 0;
    let mut open = 0_i32;
    for (index, mark) in document.marks.iter().enumerate() {
        if mark.token >= block_end {
            (block_end, open) = (end_of_block(document, mark.token), 0);
        }
        if let Some((fault, hit)) = fault(document, index, mark, open)
            && wanted.contains(&fault)
        {
            out.push(hit);
        }
        if !mark.single {
            match mark.kind {
                MarkKind::Opening => open += 1,
                MarkKind::Closing => open = (open - 1).max(0),
                MarkKind::Apostrophe => {}
            }
        }
    }
}

fn end_of_block(document: &Document, token: u32) -> u32 {
    let sentence =
        document.tokens.get(token as usize).and_then(|token| document.sentences.get(token.sentence as usize));
    sentence
        .and_then(|sentence| document.blocks.get(sentence.block as usize))
        .map_or(u32::MAX, |block| block.tokens.end)
}

fn fault(document: &Document, index: usize, mark: &Mark, open: i32) -> Option<(Fault, Hit)> {
    // Single marks are apostrophes more often than not.
    if mark.single || mark.kind == MarkKind::Apostrophe {
        return None;
    }
    let at = mark.token as usize;
    let text = document.text(mark.span);
    let block =
        document.tokens.get(at).and_then(|token| document.sentences.get(token.sentence as usize))?.block as usize;
    let block = document.blocks.get(block)?;
    let before = at.checked_sub(1).filter(|before| *before as u32 >= block.tokens.start);
    let after = Some(at + 1).filter(|after| (*after as u32) < block.tokens.end);
    let closing = if mark.straight { "\"" } else { "”" };
    let previous = before.map_or("", |before| document.text_of(before));
    let gap_start =
        before.and_then(|before| document.tokens.get(before)).map_or(mark.span.start, |token| token.span.end);
    let opening_form = matches!(text, "“" | "«" | "„");
    // Kyiv, “the official said: a quotation is open, and the mark before the attribution opens another.
    if opening_form
        && open > 0
        && mark.glued_right
        && matches!(previous, "," | "." | "?" | "!")
        && attributed(document, at + 1)
        && !closed_later(document, index)
    {
        let span = Span { start: gap_start, end: mark.span.end };
        let place =
            before.and_then(|before| document.tokens.get(before)).map_or(span, |token| token.span.cover(mark.span));
        let mended = format!("{previous}{closing} ");
        // The blank that stood before the mark belongs behind it.
        return Some((Fault::Exchanged, Hit::at(Place::Span(place)).propose(mended.clone()).value("right", mended)));
    }
    // … to follow. “ at the end of a paragraph, or with nothing glued to it.
    if opening_form
        && !mark.glued_right
        && (after.is_none() || matches!(previous, "." | "," | "?" | "!"))
        && before.is_some()
    {
        let span = Span { start: gap_start, end: mark.span.end };
        return Some((Fault::Reversed, Hit::at(Place::Span(span)).propose(closing)));
    }
    // ”The talks: a closing mark that opens.
    if text == "”" && mark.partner.is_none() && !mark.glued_left && mark.glued_right {
        return Some((Fault::Reversed, Hit::at(Place::Span(mark.span)).propose("“")));
    }
    if let Some(partner) = mark.partner.and_then(|partner| document.marks.get(partner as usize)) {
        return spaced(document, mark, partner).map(|hit| (Fault::Spaced, hit));
    }
    if !mark.glued_left && !mark.glued_right && before.is_some() {
        let span = Span { start: gap_start, end: mark.span.end };
        return Some((Fault::Stray, Hit::at(Place::Span(span)).propose("")));
    }
    let lost = match mark.kind {
        MarkKind::Opening => {
            !continued(document, block.tokens.end)
                && !document
                    .marks
                    .get(index + 1)
                    .is_some_and(|next| next.token < block.tokens.end && next.partner.is_none())
        }
        _ => !mark.straight && !opened_before(document, block.tokens.start),
    };
    lost.then(|| (Fault::Unpaired, Hit::at(Place::Span(mark.span))))
}

/// A mark whose partner is known, with a space where its words should begin or end.
fn spaced(document: &Document, mark: &Mark, partner: &Mark) -> Option<Hit> {
    let prose = document.prose();
    if mark.kind == MarkKind::Opening && !mark.glued_right {
        let end = document.tokens.get(mark.token as usize + 1)?.span.start;
        let blank = Span { start: mark.span.end, end };
        return (blank.of(prose) == " " && partner.span.start > end)
            .then(|| Hit::at(Place::Span(mark.span.cover(blank))).propose(document.text(mark.span)));
    }
    if mark.kind == MarkKind::Closing && !mark.glued_left {
        let start = document.tokens.get((mark.token as usize).checked_sub(1)?)?.span.end;
        let blank = Span { start, end: mark.span.start };
        return (blank.of(prose) == " " && partner.span.end < start)
            .then(|| Hit::at(Place::Span(blank.cover(mark.span))).propose(document.text(mark.span)));
    }
    None
}

/// Whether an attribution begins here: a reporting verb within the next words, before any other mark.
fn attributed(document: &Document, from: usize) -> bool {
    (from..from + 7)
        .take_while(|at| !document.word(*at).shape.any(Shape::QUOTE_MARK.with(Shape::FULL_STOP)))
        .any(|at| document.word(at).shape.has(Shape::CUE))
}

/// Whether a closing mark follows in the paragraph before another opening one: then this mark opens a quotation after all.
fn closed_later(document: &Document, index: usize) -> bool {
    let Some(mark) = document.marks.get(index) else { return false };
    let end = end_of_block(document, mark.token);
    let next = document
        .marks
        .get(index + 1..)
        .unwrap_or(&[])
        .iter()
        .find(|next| !next.single && next.kind != MarkKind::Apostrophe);
    next.is_some_and(|next| next.token < end && next.kind == MarkKind::Closing)
}

/// Whether the next paragraph opens with a mark: the quotation goes on there and need not be closed here.
fn continued(document: &Document, next: u32) -> bool {
    document.tokens.get(next as usize).is_some() && document.word(next as usize).shape.has(Shape::QUOTE_MARK)
}

/// Whether the paragraph before left a quotation open.
fn opened_before(document: &Document, start: u32) -> bool {
    let before = document.marks.partition_point(|mark| mark.token < start);
    before
        .checked_sub(1)
        .and_then(|last| document.marks.get(last))
        .is_some_and(|mark| mark.kind == MarkKind::Opening && mark.partner.is_none())
}
