//! In: tokens and blocks. Out: quotation marks with what stands beside them, and the quotations they enclose.
//!
//! A mark that finds no partner never swallows more than its paragraph. Linear: one stack per block.

use super::{Block, Document, Mark, MarkKind, Quote, QuoteKind, Shape, TokenFlags};
use crate::finding::Span;
use crate::language::Closed;

/// Marks deeper than this are not paired: no reader nests them, hostile texts do.
const DEEPEST: usize = 16;

/// All marks of a document.
pub(super) fn marks(document: &Document) -> Vec<Mark> {
    let mut found = Vec::new();
    if !document.shapes.has(Shape::QUOTE_MARK) {
        return found;
    }
    let prose = document.prose();
    for index in document.punctuation.iter().map(|at| *at as usize) {
        let Some(token) = document.tokens.get(index).filter(|_| document.word(index).shape.has(Shape::QUOTE_MARK))
        else {
            continue;
        };
        let text = token.span.of(prose);
        let before = prose.get(..token.span.start as usize).and_then(|head| head.chars().next_back());
        let after = prose.get(token.span.end as usize..).and_then(|tail| tail.chars().next());
        let blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
        let (left, right) = (!blank(before), !blank(after));
        // Before an opening mark stand blanks, brackets, dashes and other marks.
        let opens_here = before.is_none_or(|c| c.is_whitespace() || "([{—–-/“‘\"".contains(c)) && right;
        let kind = match text {
            "“" | "„" | "«" | "‘" => MarkKind::Opening,
            "”" | "»" => MarkKind::Closing,
            "’" | "'" if before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric) => {
                continue;
            }
            // soldiers' and '90s are apostrophes.
            "’" | "'" if before.is_some_and(|c| c == 's') && !right => MarkKind::Apostrophe,
            "’" => MarkKind::Closing,
            _ if opens_here => MarkKind::Opening,
            // 6' 2" are feet and inches.
            _ if before.is_some_and(|c| c.is_ascii_digit()) && !quote_open(&found, text) => MarkKind::Apostrophe,
            _ => MarkKind::Closing,
        };
        let single = matches!(text, "‘" | "’" | "'");
        found.push(Mark {
            token: index as u32,
            span: token.span,
            kind,
            single,
            straight: matches!(text, "\"" | "'"),
            glued_left: left,
            glued_right: right,
            partner: None,
        });
    }
    found
}

fn quote_open(marks: &[Mark], text: &str) -> bool {
    let straight = matches!(text, "\"" | "'");
    marks.iter().rev().take(8).find(|mark| mark.straight == straight).is_some_and(|mark| mark.kind == MarkKind::Opening)
}

/// Pairs the marks and builds the quotations, in order of their start.
pub(super) fn quotes(document: &Document, marks: &mut [Mark]) -> Vec<Quote> {
    let mut found: Vec<Quote> = Vec::new();
    let mut from = 0;
    for (number, block) in document.blocks.iter().enumerate() {
        let until = from + marks.get(from..).unwrap_or(&[]).partition_point(|mark| mark.token < block.tokens.end);
        let first = found.len();
        pair(document, block, marks, from..until, &mut found);
        // The quotation of the paragraph before goes on where this one opens with a mark.
        let open_before = first > 0
            && found
                .get(first - 1)
                .is_some_and(|quote| !quote.closed && Some(block_of(document, quote)) == number.checked_sub(1));
        if let Some(quote) =
            found.get_mut(first).filter(|quote| open_before && quote.tokens.start <= block.tokens.start + 1)
        {
            quote.continues = true;
            let earlier = first - 1;
            if let Some(earlier) = found.get_mut(earlier) {
                earlier.kind = QuoteKind::Direct;
            }
        }
        from = until;
    }
    // An open quotation that nothing continues keeps its kind, but not its claim on the paragraph.
    found
}

fn block_of(document: &Document, quote: &Quote) -> usize {
    let token = document.tokens.get(quote.tokens.start as usize);
    let sentence = token.and_then(|token| document.sentences.get(token.sentence as usize));
    sentence.map_or(0, |sentence| sentence.block as usize)
}

fn pair(document: &Document, block: &Block, marks: &mut [Mark], range: std::ops::Range<usize>, found: &mut Vec<Quote>) {
    let mut open: Vec<usize> = Vec::new();
    let first = found.len();
    for at in range {
        let Some(mark) = marks.get(at).copied() else { continue };
        match mark.kind {
            MarkKind::Apostrophe => {}
            MarkKind::Opening if open.len() < DEEPEST => {
                open.push(at);
            }
            MarkKind::Opening => {}
            MarkKind::Closing => {
                let partner =
                    open.iter().rposition(|start| marks.get(*start).is_some_and(|start| start.single == mark.single));
                let Some(place) = partner else { continue };
                // Single marks opened inside and never closed were apostrophes.
                let depth = place;
                let start_at = open.get(place).copied().unwrap_or(at);
                open.truncate(place);
                let Some(start) = marks.get(start_at).copied() else { continue };
                if let Some(mark) = marks.get_mut(start_at) {
                    mark.partner = Some(at as u32);
                }
                if let Some(mark) = marks.get_mut(at) {
                    mark.partner = Some(start_at as u32);
                }
                found.push(quote(document, &start, Some(&mark), block, depth));
            }
        }
    }
    for start_at in open {
        if let Some(start) = marks.get(start_at).filter(|mark| !mark.single && mark.glued_right) {
            found.push(quote(document, start, None, block, 0));
        }
    }
    if let Some(new) = found.get_mut(first..) {
        new.sort_by_key(|quote| (quote.span.start, std::cmp::Reverse(quote.span.end)));
    }
}

fn quote(document: &Document, start: &super::Mark, end: Option<&super::Mark>, block: &Block, depth: usize) -> Quote {
    let last = end.map_or(block.tokens.end, |mark| mark.token);
    let until = end.map_or(block.span.end, |mark| mark.span.start);
    let tokens = start.token + 1..last.max(start.token + 1);
    let span = Span { start: start.span.start, end: end.map_or(block.span.end, |mark| mark.span.end) };
    let inner = Span { start: start.span.end, end: until.max(start.span.end) };
    let kind = kind(document, &tokens, start.token, end.map(|mark| mark.token));
    Quote {
        span,
        inner,
        tokens,
        kind,
        depth: depth.min(255) as u8,
        closed: end.is_some(),
        continues: false,
        speaker: None,
        cue: None,
    }
}

fn kind(document: &Document, tokens: &std::ops::Range<u32>, open: u32, close: Option<u32>) -> QuoteKind {
    let words = tokens.clone().filter(|token| !document.word(*token as usize).shape.has(Shape::PUNCT)).count();
    let text = |token: u32| document.tokens.get(token as usize).map_or("", |token| document.text(token.span));
    let cue_near =
        |range: std::ops::Range<u32>| range.clone().any(|token| document.word(token as usize).shape.has(Shape::CUE));
    let after = close.map_or(0..0, |close| close + 1..close + 5);
    let cue = cue_near(open.saturating_sub(4)..open) || cue_near(after);
    let stop_inside = tokens.end > tokens.start && matches!(text(tokens.end - 1), "," | "." | "?" | "!" | "…");
    let begins_capital = document.word(tokens.start as usize).shape.has(Shape::CAPITAL);
    let verb = tokens.clone().any(|token| {
        let word = document.word(token as usize);
        word.closed.intersects(Closed::AUX) || word.shape.has(Shape::CLITIC)
    });
    match words {
        0..=3 if !cue && !stop_inside => QuoteKind::Scare,
        0..=2 if !stop_inside => QuoteKind::Scare,
        _ if begins_capital && (stop_inside || verb) && (cue || words > 5) => QuoteKind::Direct,
        _ if words >= 8 && verb && stop_inside => QuoteKind::Direct,
        _ => QuoteKind::Partial,
    }
}

/// Sets the flag of tokens inside quotations of speech.
pub(super) fn flag_tokens(document: &mut Document) {
    let ranges: Vec<_> = document
        .quotes
        .iter()
        .filter(|quote| {
            quote.kind != QuoteKind::Scare && (quote.closed || quote.continues || quote.kind == QuoteKind::Direct)
        })
        .map(|quote| quote.tokens.clone())
        .collect();
    let mut done = 0;
    for range in ranges {
        for token in range.start.max(done)..range.end {
            if let Some(token) = document.tokens.get_mut(token as usize) {
                token.flags.0 |= TokenFlags::IN_QUOTE.0;
            }
        }
        done = done.max(range.end);
    }
}
