//! In: the tokens of a block. Out: where its sentences end.

use super::{Shape, Token, TokenFlags, Word};
use crate::language::Closed;

/// Calls `end` with the index after the last token of each sentence of `tokens`; `stops` are the full stops and abbreviations among
/// them (indices count in the slice).
pub(super) fn split(prose: &str, tokens: &[Token], words: &[Word], stops: &[u32], mut end: impl FnMut(usize)) {
    let word = |at: usize| tokens.get(at).and_then(|token: &Token| words.get(token.word as usize));
    let text = |at: usize| tokens.get(at).map_or("", |token| token.span.of(prose));
    let spaced = |at: usize| tokens.get(at).is_some_and(|token: &Token| token.flags.has(TokenFlags::SPACE_BEFORE));
    let mut begin = 0;
    for stop in stops.iter().map(|stop| *stop as usize) {
        let Some(here) = word(stop).filter(|_| stop >= begin) else { continue };
        let at = stop + 1;
        let abbreviation = here.shape.has(Shape::ABBREVIATION);
        // Closing marks belong to the sentence before them.
        let mut next = at;
        while is_closing(text(next), spaced(next), text(next + 1), spaced(next + 1)) {
            next += 1;
        }
        let Some(follower) = word(next) else { continue };
        let opens = matches!(text(next), "“" | "„" | "«" | "‘" | "\"" | "(" | "[" | "'" | "—" | "–" | "-" | "•");
        let first = if opens { word(next + 1).unwrap_or(follower) } else { follower };
        let capital = first.shape.any(Shape::CAPITAL.with(Shape::DIGIT));
        let lower = first.shape.has(Shape::WORD) && !first.shape.has(Shape::CAPITAL);
        let closed_quote = next > at;
        let boundary = if abbreviation {
            // "in the U.S. The army": a capital that is no name begins a sentence.
            let starter =
                Closed::DET.union(Closed::PRON).union(Closed::PREP).union(Closed::SUBORDINATOR).union(Closed::CONJ);
            capital && first.shape.has(Shape::CAPITAL) && first.closed.intersects(starter) && either(text(at - 1))
        } else if lower {
            false
        } else if closed_quote && text(at - 1) != "." {
            // “Why?” Biden asked: the question does not end the sentence.
            !reported(tokens, words, next)
        } else {
            capital || opens || !first.shape.has(Shape::PUNCT)
        };
        if boundary {
            end(next);
            begin = next;
        }
    }
    end(tokens.len());
}

/// An abbreviation that may end a sentence.
fn either(text: &str) -> bool {
    crate::language::lists::abbreviation(text.trim_end_matches('.'), None) == Some(true)
}

fn is_closing(text: &str, spaced: bool, next: &str, next_spaced: bool) -> bool {
    match text {
        "”" | "»" | ")" | "]" => true,
        "\"" | "'" | "’" => !spaced || next.is_empty(),
        // An opening mark with nothing behind it was meant to close.
        "“" | "‘" => next.is_empty() || (spaced && next_spaced && !next.starts_with(char::is_alphanumeric)),
        "." | "!" | "?" => !spaced,
        _ => false,
    }
}

/// Whether a reporting verb stands within the next tokens: the quotation goes on into its attribution.
fn reported(tokens: &[Token], words: &[Word], from: usize) -> bool {
    tokens
        .iter()
        .skip(from)
        .take(4)
        .filter_map(|token| words.get(token.word as usize))
        .take_while(|word| !word.shape.has(Shape::QUOTE_MARK))
        .any(|word| word.shape.has(Shape::CUE))
}
