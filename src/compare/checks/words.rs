//! Words that stand for others: in sentences that are otherwise the same, in set terms, and left untranslated.

use super::super::{Compared, is_content};
use crate::detect::Hit;
use crate::document::{Shape, Word};
use crate::finding::Place;
use crate::rulebook::settings::Settings;
use std::collections::HashSet;

/// Another word in the same place of a sentence that is otherwise the same.
pub fn substitution(compared: &Compared<'_>, settings: &Settings, out: &mut Vec<Hit>) {
    let least = (settings.number("least", 0.8) * 1000.0) as u32;
    for slot in &compared.slots {
        if compared.groups.get(slot.group).is_none_or(|group| group.closeness < least) {
            continue;
        }
        let (here, there) = (slot.content_here(compared), slot.content_there(compared));
        let (Some(at), Some(other)) = (here.first(), there.first()) else { continue };
        if here.len() > 2 || there.len() > 2 || slot.text.len() > 4 || slot.original.len() > 4 {
            continue;
        }
        let name = |word: &Word| word.shape.has(Shape::CAPITAL);
        if name(compared.word(*at)) || name(compared.there(*other)) {
            continue;
        }
        let end = here.last().copied().unwrap_or(*at);
        let last_there = there.last().copied().unwrap_or(*other);
        let place = Place::Span(compared.text.span(*at..end + 1));
        let tokens = *other..last_there + 1;
        out.push(compared.hit(place, tokens.clone()).propose(compared.run_there(tokens)));
    }
}

/// Words of another script or language where the original has English.
pub fn untranslated(compared: &Compared<'_>, _settings: &Settings, out: &mut Vec<Hit>) {
    let known: HashSet<u64> = compared.original.words.iter().map(|word| word.form).collect();
    for group in &compared.groups {
        for at in group.text.clone().filter(|at| compared.partner(*at).is_none()) {
            let word = compared.word(at);
            let foreign = word.shape.has(Shape::NON_LATIN)
                || word.shape.has(Shape::UNKNOWN)
                    && word.shape.has(Shape::NON_ASCII)
                    && !word.shape.any(Shape::CAPITAL.with(Shape::HYPHEN))
                    && word.commonness == 0;
            if foreign && !known.contains(&word.form) && !word.shape.has(Shape::ADDRESS) {
                let slot = compared.slots.iter().find(|slot| slot.text.contains(&at) && slot.original.len() <= 4);
                let place = Place::Span(compared.text.span(at..at + 1));
                let there = slot.map_or(group.original.start..group.original.start, |slot| slot.original.clone());
                let mut hit = compared.hit(place, there.clone());
                if slot.is_some_and(|slot| slot.text.len() == 1 && !slot.original.is_empty()) {
                    hit = hit.propose(compared.run_there(there));
                }
                out.push(hit);
            }
        }
    }
}

/// Terms whose words were each swapped for another.
pub fn terms(compared: &Compared<'_>, _settings: &Settings, out: &mut Vec<Hit>) {
    use super::super::How;
    let swapped = |at: u32| {
        let tie = compared.ties.get(at as usize).copied().flatten()?;
        matches!(tie.how, How::Kin | How::Near).then_some(tie.at)
    };
    for group in &compared.groups {
        let mut at = group.text.start;
        while at + 1 < group.text.end {
            let (Some(a), Some(b)) = (swapped(at), swapped(at + 1)) else {
                at += 1;
                continue;
            };
            let content = is_content(compared.word(at)) && is_content(compared.word(at + 1));
            if b == a + 1 && content {
                let place = Place::Span(compared.text.span(at..at + 2));
                out.push(compared.hit(place, a..b + 1).propose(compared.run_there(a..b + 1)));
                at += 1;
            }
            at += 1;
        }
    }
}
