//! Blanks and marks: a blank before a comma or full stop, none behind a comma, two marks in a row. In: tokens. Out: the text mended.

use super::super::{Context, Hit};
use crate::document::{Shape, TokenFlags};
use crate::finding::{Place, Span};
use crate::rulebook::settings::Settings;

/// Reports what `form` names: `before-mark`, `behind-comma` or `two-marks`.
pub(super) fn find(context: &Context<'_>, settings: &Settings, out: &mut Vec<Hit>) {
    let document = context.document;
    let form = settings.text("form").unwrap_or("");
    for at in document.punctuation.iter().map(|at| *at as usize).filter(|at| *at > 0) {
        let Some(token) = document.tokens.get(at) else { continue };
        // A mark that stands apart, or one that should.
        if token.flags.has(TokenFlags::SPACE_BEFORE) != (form == "before-mark") {
            continue;
        }
        let text = document.text(token.span);
        let candidate = match form {
            "before-mark" => matches!(text, "," | "." | ";" | "?" | "!"),
            "behind-comma" => text == ",",
            // Two marks: the one before is one as well.
            _ => matches!(text, "," | ".") && document.word(at - 1).shape.has(Shape::PUNCT),
        };
        if !candidate {
            continue;
        }
        let before = document.text_of(at - 1);
        let Some(previous) = document.tokens.get(at - 1).filter(|previous| previous.sentence == token.sentence) else {
            continue;
        };
        let spaced = token.flags.has(TokenFlags::SPACE_BEFORE);
        let next_glued = document
            .tokens
            .get(at + 1)
            .is_some_and(|next| !next.flags.has(TokenFlags::SPACE_BEFORE) && next.sentence == token.sentence);
        let word_before = document.word(at - 1).shape.has(Shape::WORD);
        let found = match form {
            "before-mark"
                if matches!(text, "," | "." | ";" | "?" | "!")
                    && spaced
                    && !next_glued
                    && word_before
                    && !token.flags.has(TokenFlags::LINE_START) =>
            {
                Some((Span { start: previous.span.end, end: token.span.end }, text.to_owned()))
            }
            "behind-comma" if text == "," && !spaced && next_glued && word_before => {
                let next = document.word(at + 1);
                let plain = next.shape.has(Shape::WORD)
                    && !next.shape.has(Shape::ADDRESS)
                    && !document.word(at - 1).shape.has(Shape::ADDRESS);
                document
                    .tokens
                    .get(at + 1)
                    .filter(|_| plain)
                    .map(|next| (previous.span.cover(next.span), format!("{before}, {}", document.text(next.span))))
            }
            "two-marks"
                if !spaced
                    && matches!((before, text), ("," | "." | ";" | ":", ",") | (",", "."))
                    && !previous.flags.has(TokenFlags::LINE_START) =>
            {
                Some((previous.span.cover(token.span), before.to_owned()))
            }
            _ => None,
        };
        if let Some((span, mended)) = found {
            out.push(Hit::at(Place::Span(span)).propose(mended));
        }
    }
}
