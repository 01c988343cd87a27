//! Quotations: who speaks, and what stands between the marks.

use super::super::{Compared, How, in_original};
use super::names::folded;
use crate::detect::Hit;
use crate::document::{Document, Quote, QuoteKind, Shape, Speaker};
use crate::finding::Place;
use crate::rulebook::settings::Settings;
use std::collections::HashMap;

/// Quotations of both texts that are the same one: indexes into both lists.
fn matched(compared: &Compared<'_>) -> Vec<(usize, usize)> {
    let mut of_token: HashMap<u32, usize> = HashMap::new();
    for (index, quote) in compared.original.quotes.iter().enumerate() {
        for at in quote.tokens.clone() {
            of_token.insert(at, index);
        }
    }
    let mut found = Vec::new();
    for (index, quote) in compared.text.quotes.iter().enumerate() {
        let mut votes: HashMap<usize, usize> = HashMap::new();
        for other in quote.tokens.clone().filter_map(|at| compared.partner(at)) {
            if let Some(there) = of_token.get(&other) {
                *votes.entry(*there).or_default() += 1;
            }
        }
        let best = votes.into_iter().max_by_key(|(there, count)| (*count, std::cmp::Reverse(*there)));
        if let Some((there, count)) = best
            && count * 2 >= quote.tokens.len().max(1)
        {
            found.push((index, there));
        }
    }
    found
}

pub fn speaker(compared: &Compared<'_>, _settings: &Settings, out: &mut Vec<Hit>) {
    for (here, there) in matched(compared) {
        let (Some(here), Some(there)) = (compared.text.quotes.get(here), compared.original.quotes.get(there)) else {
            continue;
        };
        if here.kind == QuoteKind::Scare && there.kind == QuoteKind::Scare {
            continue;
        }
        let (Some(a), Some(b)) = (&here.speaker, &there.speaker) else { continue };
        if same_speaker(compared, a, b) {
            continue;
        }
        let place = Place::Span(a.span);
        let mut hit = compared.hit(place, b.tokens.clone());
        if a.pronoun == b.pronoun {
            hit = hit.propose(compared.original.text(b.span));
        }
        if a.pronoun || b.pronoun {
            hit.certainty = 0.8;
        }
        hit.related.push(in_original(there.span, "the same words in the original".to_owned()));
        if !out.iter().any(|known: &Hit| known.place == hit.place) {
            out.push(hit);
        }
    }
    told(compared, out);
}

/// Whether both texts name the same speaker, as far as that can be told.
fn same_speaker(compared: &Compared<'_>, a: &Speaker, b: &Speaker) -> bool {
    let shown = |document: &Document, speaker: &Speaker| {
        speaker.name.clone().unwrap_or_else(|| document.text(speaker.span).to_owned())
    };
    let words = |text: &str| -> Vec<String> {
        text.split([' ', '-', '\'', '’']).map(folded).filter(|word| word.len() > 2).collect()
    };
    let (one, other) = (shown(compared.text, a), shown(compared.original, b));
    // A pronoun that leads to nobody says nothing.
    if a.pronoun && a.name.is_none() || b.pronoun && b.name.is_none() {
        return match (a.gender, b.gender) {
            (Some(x), Some(y)) => x == y || a.pronoun != b.pronoun,
            _ => true,
        };
    }
    if a.entry.is_some() && a.entry == b.entry {
        return true;
    }
    if a.tokens.clone().any(|at| compared.partner(at).is_some_and(|there| b.tokens.contains(&there))) && !a.pronoun {
        // Some word of the name is tied to the other name.
        let name_tied = a.tokens.clone().any(|at| {
            compared.word(at).shape.has(Shape::CAPITAL)
                && compared.partner(at).is_some_and(|there| b.tokens.contains(&there))
        });
        if name_tied || !a.tokens.clone().any(|at| compared.word(at).shape.has(Shape::CAPITAL)) {
            return true;
        }
    }
    let (x, y) = (words(&one), words(&other));
    let alike = |a: &String, b: &String| a == b || a.len() >= 4 && b.len() >= 4 && strsim::jaro_winkler(a, b) >= 0.86;
    let named = |words: &[String], text: &str| !words.is_empty() && text.chars().any(char::is_uppercase);
    if !named(&x, &one) || !named(&y, &other) {
        // An office or a role against a name: only the table could tell.
        return true;
    }
    x.iter().any(|a| y.iter().any(|b| alike(a, b)))
}

/// Indirect speech: the subject of a reporting verb that both sentences share.
fn told(compared: &Compared<'_>, out: &mut Vec<Hit>) {
    for cue in &compared.text.cues {
        let Some(other) = compared.ties.get(*cue as usize).copied().flatten().map(|tie| tie.at) else { continue };
        let (Some(a), Some(b)) = (subject(compared.text, *cue), subject(compared.original, other)) else { continue };
        let (here, there) = (
            compared.text.text(compared.text.span(a..a + 1)),
            compared.original.text(compared.original.span(b..b + 1)),
        );
        if compared.partner(a) == Some(b)
            || folded(here) == folded(there)
            || strsim::jaro_winkler(&folded(here), &folded(there)) >= 0.85
        {
            continue;
        }
        // The other name must be a person's of the original who stands in another place there.
        let known = |document: &Document, at: u32, name: &str| {
            document.mentions.iter().any(|mention| {
                mention.kind == crate::lexicon::EntryKind::Person
                    && !mention.tokens.contains(&at)
                    && folded(document.text(mention.span)).contains(&folded(name))
            })
        };
        let person = |document: &Document, at: u32| {
            let from = document.mentions.partition_point(|mention| mention.tokens.end <= at);
            document.mentions.get(from).is_some_and(|mention| {
                mention.tokens.contains(&at) && mention.kind == crate::lexicon::EntryKind::Person
            })
        };
        if compared.partner(a).is_some_and(|there| there + 8 >= b && there <= b + 8) {
            continue;
        }
        if !(person(compared.text, a) || known(compared.text, a, here))
            || !(person(compared.original, b) || known(compared.original, b, there))
        {
            continue;
        }
        let place = Place::Span(compared.text.span(a..a + 1));
        let hit = compared.hit(place, b..b + 1).propose(there);
        let twice = out
            .iter()
            .any(|known| known.place.span().is_some_and(|span| place.span().is_some_and(|own| own.overlaps(span))));
        if !twice {
            out.push(hit);
        }
    }
}

/// The last word of the name that stands right before a reporting verb, or right behind it.
fn subject(document: &Document, cue: u32) -> Option<u32> {
    let name = |at: u32| {
        let word = document.word(at as usize);
        word.shape.has(Shape::CAPITAL)
            && word.shape.has(Shape::WORD)
            && word.closed == crate::language::Closed::default()
            && !word
                .shape
                .any(Shape::MONTH.with(Shape::WEEKDAY).with(Shape::TITLE).with(Shape::DEMONYM).with(Shape::UPPER))
    };
    let before = cue.checked_sub(1)?;
    if name(before) {
        return Some(before);
    }
    let mut at = cue + 1;
    if !name(at) {
        return None;
    }
    while name(at + 1) {
        at += 1;
    }
    Some(at)
}

pub fn wording(compared: &Compared<'_>, settings: &Settings, out: &mut Vec<Hit>) {
    let closeness = settings.number("share", 0.75);
    for (here, there) in matched(compared) {
        let (Some(here), Some(there)) = (compared.text.quotes.get(here), compared.original.quotes.get(there)) else {
            continue;
        };
        if here.kind == QuoteKind::Scare || here.depth > 0 || !here.closed || !there.closed {
            continue;
        }
        if let Some(hit) = changed(compared, here, there, closeness) {
            out.push(hit);
        }
    }
}

/// One hit for all that differs in a quotation, from the first word to the last.
fn changed(compared: &Compared<'_>, here: &Quote, there: &Quote, closeness: f64) -> Option<Hit> {
    let word = |document: &Document, at: &u32| !document.word(*at as usize).shape.has(Shape::PUNCT);
    let ours: Vec<u32> = here.tokens.clone().filter(|at| word(compared.text, at)).collect();
    let theirs: Vec<u32> = there.tokens.clone().filter(|at| word(compared.original, at)).collect();
    let exact = |at: &u32| {
        compared
            .ties
            .get(*at as usize)
            .copied()
            .flatten()
            .is_some_and(|tie| tie.how == How::Exact && there.tokens.contains(&tie.at))
    };
    let same = ours.iter().filter(|at| exact(at)).count();
    let share = 2.0 * same as f64 / (ours.len() + theirs.len()).max(1) as f64;
    if share < closeness || share >= 1.0 {
        return None;
    }
    let odd: Vec<u32> = ours.iter().copied().filter(|at| !exact(at)).collect();
    let odd_there: Vec<u32> = theirs
        .iter()
        .copied()
        .filter(|at| compared.partner_there(*at).is_none_or(|partner| !exact(&partner)))
        .collect();
    let tells = |word: &crate::document::Word| {
        use crate::language::Closed;
        super::super::is_content(word)
            || word.shape.has(Shape::DIGIT)
            || word.closed.intersects(
                Closed::NEGATION
                    .union(Closed::NUMBER_WORD)
                    .union(Closed::PRON)
                    .union(Closed::POSS)
                    .union(Closed::MODAL),
            )
    };
    // Contractions, articles and the like come and go.
    if !odd.iter().any(|at| tells(compared.word(*at))) && !odd_there.iter().any(|at| tells(compared.there(*at))) {
        return None;
    }
    let range_there = odd_there.first().zip(odd_there.last()).map(|(first, last)| *first..*last + 1);
    let place = if let (Some(first), Some(last)) = (odd.first(), odd.last()) {
        Place::Span(compared.text.span(*first..*last + 1))
    } else {
        let before = (there.tokens.start..range_there.clone()?.start).rev().find_map(|at| compared.partner_there(at));
        Place::Gap(
            before
                .and_then(|at| compared.text.tokens.get(at as usize))
                .map_or(here.inner.start, |token| token.span.end),
        )
    };
    let around = range_there.clone().unwrap_or_else(|| there.tokens.clone());
    let mut hit = compared.hit(place, around.clone());
    // A quotation that went through another language is worded anew: there is nothing to mend but by the original's words.
    if share < 0.8 {
        hit.severity = Some(crate::finding::Severity::Note);
    }
    if odd.len() <= 1 && odd_there.len() == 1 {
        hit = hit.propose(compared.run_there(around));
    }
    Some(hit)
}
