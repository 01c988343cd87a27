//! In: a rule and the place of a hit. Out: whether its `in`, `unless`, `near` and `not-near` let it speak.

use crate::document::Document;
use crate::finding::{Place, Regions, Span};
use crate::rulebook::compiled::{Near, Rule};
use crate::rulebook::pattern::matcher::{any_match, sentence_of};
use crate::rulebook::pattern::program::Program;
use crate::rulebook::written::Reach;
use std::ops::Range;

/// How many tokens before the flagged part an exception may begin.
const EXCEPTION_REACH: u32 = 24;

/// Whether the rule speaks at this place; `unless` are exceptions of the matcher besides the rule's.
pub(crate) fn hold(document: &Document, rule: &Rule, unless: &[Program], place: Place) -> bool {
    let Some(span) = place.span() else { return true };
    let tokens = tokens_of(document, span);
    in_region(document, rule, &tokens)
        && !excepted(document, rule.unless.iter().chain(unless), &tokens)
        && rule.near.as_ref().is_none_or(|near| stands_near(document, near, &tokens))
        && !rule.not_near.as_ref().is_some_and(|near| stands_near(document, near, &tokens))
}

/// The tokens a span touches; for a gap the token before it.
pub(super) fn tokens_of(document: &Document, span: Span) -> Range<u32> {
    let first = document.tokens.partition_point(|token| token.span.end <= span.start);
    let last = document.tokens.partition_point(|token| token.span.start < span.end);
    if last > first {
        return first as u32..last as u32;
    }
    let before = first.saturating_sub(1);
    before as u32..(before + 1).min(document.tokens.len()) as u32
}

fn in_region(document: &Document, rule: &Rule, tokens: &Range<u32>) -> bool {
    rule.regions == Regions::ALL || document.regions(tokens.start as usize).meets(rule.regions)
}

fn excepted<'a>(document: &Document, unless: impl Iterator<Item = &'a Program>, tokens: &Range<u32>) -> bool {
    let mut unless = unless.peekable();
    if unless.peek().is_none() {
        return false;
    }
    let Some(sentence) = sentence_of(document, tokens.start) else { return false };
    let from = tokens.start.saturating_sub(EXCEPTION_REACH).max(sentence.start);
    // A match that begins behind the flagged part cannot overlap it.
    unless.any(|program| any_match(program, document, from..tokens.end, |found| found.tokens.end > tokens.start))
}

fn stands_near(document: &Document, near: &Near, tokens: &Range<u32>) -> bool {
    let Some(token) = document.tokens.get(tokens.start as usize) else { return false };
    let Some(sentence) = document.sentences.get(token.sentence as usize) else { return false };
    let range = match near.within {
        Reach::Sentence => sentence.tokens.clone(),
        Reach::Paragraph => match document.blocks.get(sentence.block as usize) {
            Some(block) => block.tokens.clone(),
            None => sentence.tokens.clone(),
        },
        Reach::Document => 0..document.tokens.len() as u32,
    };
    // The flagged words themselves are no context.
    near.words.iter().any(|program| {
        any_match(program, document, range.clone(), |found| {
            found.tokens.end <= tokens.start || found.tokens.start >= tokens.end
        })
    })
}
