//! Words whose order is broken, and statements that became questions.

use super::super::{Compared, How};
use crate::detect::Hit;
use crate::document::{Document, Shape};
use crate::finding::Place;
use crate::language::Closed;
use crate::rulebook::settings::Settings;
use std::ops::Range;

/// Pairs of words that a scrambled sentence must have, to be called one.
const SCRAMBLED: usize = 8;

pub fn question(compared: &Compared<'_>, _settings: &Settings, out: &mut Vec<Hit>) {
    for group in &compared.groups {
        let asks = |document: &Document, range: &Range<u32>| -> Vec<u32> {
            range
                .clone()
                .filter(|at| {
                    document.tokens.get(*at as usize).is_some_and(|token| document.text(token.span).contains('?'))
                })
                .collect()
        };
        let (here, there) = (asks(compared.text, &group.text), asks(compared.original, &group.original));
        if !here.is_empty() && there.is_empty() {
            for at in here {
                let Some(sentence) = sentence(compared.text, at) else { continue };
                out.push(compared.hit(Place::Span(compared.text.span(sentence)), group.original.clone()));
            }
        } else if here.is_empty() && !there.is_empty() {
            let Some(last) = group.text.clone().next_back() else { continue };
            let place = Place::Span(compared.text.span(last..last + 1));
            out.push(compared.hit(place, there.first().map_or(0..0, |at| *at..*at + 1)));
        }
    }
}

fn sentence(document: &Document, at: u32) -> Option<Range<u32>> {
    let token = document.tokens.get(at as usize)?;
    document.sentences.get(token.sentence as usize).map(|sentence| sentence.tokens.clone())
}

pub fn find(compared: &Compared<'_>, settings: &Settings, out: &mut Vec<Hit>) {
    if settings.text("fault") == Some("scrambled") {
        scrambled(compared, out);
    } else {
        swapped(compared, out);
    }
}

/// Two neighbours that changed places.
fn swapped(compared: &Compared<'_>, out: &mut Vec<Hit>) {
    for group in &compared.groups {
        for at in group.text.start..group.text.end.saturating_sub(1) {
            let exact = |at: u32| {
                compared.ties.get(at as usize).copied().flatten().filter(|tie| tie.how == How::Exact).map(|tie| tie.at)
            };
            let (Some(a), Some(b)) = (exact(at), exact(at + 1)) else { continue };
            let mark = |at: u32| {
                let word = compared.word(at);
                word.shape.any(Shape::PUNCT.with(Shape::DIGIT).with(Shape::MONTH).with(Shape::WEEKDAY))
                    || word.closed.intersects(Closed::NUMBER_WORD)
                    || matches!(
                        compared.shown(at).to_lowercase().as_str(),
                        "most" | "all" | "both" | "only" | "also" | "each" | "such"
                    )
            };
            let loose = |at: u32| {
                let word = compared.word(at);
                super::super::is_content(word)
                    || word.readings.iter().any(|reading| reading.class == crate::language::Class::Adverb)
            };
            // Two content words, or an adverb, may change places.
            if b + 1 != a || mark(at) || mark(at + 1) || loose(at) && loose(at + 1) {
                continue;
            }
            let before = at.checked_sub(1).filter(|before| group.text.contains(before)).and_then(exact);
            let after = Some(at + 2).filter(|after| group.text.contains(after)).and_then(exact);
            // What stands around them is where it was, on both sides.
            if before.is_some_and(|before| before + 1 == b) && after.is_none_or(|after| after == a + 1)
                || after.is_some_and(|after| after == a + 1)
                    && (before.is_none() && at == group.text.start || before.is_some_and(|before| before + 1 == b))
            {
                let place = Place::Span(compared.text.span(at..at + 2));
                let right = format!("{} {}", compared.shown(at + 1), compared.shown(at));
                out.push(compared.hit(place, b..a + 1).propose(right));
            }
        }
    }
}

/// Sentences whose words are those of the original, in no order.
fn scrambled(compared: &Compared<'_>, out: &mut Vec<Hit>) {
    for group in &compared.groups {
        let ties: Vec<(u32, u32)> = group
            .text
            .clone()
            .filter(|at| !compared.word(*at).shape.has(Shape::PUNCT))
            .filter_map(|at| Some((at, compared.partner(at)?)))
            .collect();
        if ties.len() < SCRAMBLED || ties.len() * 3 < group.text.len() {
            continue;
        }
        let forward = ties.windows(2).filter(|pair| matches!(pair, [(_, a), (_, b)] if b > a)).count();
        let beside =
            ties.windows(2).filter(|pair| matches!(pair, [(x, a), (y, b)] if *y == x + 1 && *b == a + 1)).count();
        let pairs = ties.len() - 1;
        if forward * 100 < pairs * 66 && beside * 100 < pairs * 12 {
            let place = Place::Span(compared.text.span(group.text.clone()));
            let words = compared.run_there(group.original.clone()).to_owned();
            out.push(compared.hit(place, group.original.clone()).propose(words));
        }
    }
}
