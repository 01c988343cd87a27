//! Sides taken by mistake: a coach who plays against his own club, a pronoun that makes one country's envoy speak for the other.
//! In: people with what they speak for. Out: the speaker, with the words that show it.

use super::super::{Context, Hit};
use super::speakers::{Country, country_at, side_before};
use crate::document::{Document, Shape};
use crate::finding::{Place, Related};
use crate::language::{Class, Closed, hash};
use crate::lexicon::EntryKind;
use crate::rulebook::settings::Settings;
use std::collections::HashSet;

/// "Brazil coach Duarte said there was no disgrace in losing to Brazil", "government spokesman Lual said his fighters captured two
/// government tanks". Keys `roles`: words between side and name; `against`: lemmas of what one does to others only.
pub(super) fn opponent(context: &Context<'_>, settings: &Settings, out: &mut Vec<Hit>) {
    let document = context.document;
    let keys = |texts: &[String]| texts.iter().map(|text| hash(text)).collect::<HashSet<u64>>();
    let (roles, against) = (keys(settings.texts("roles")), keys(settings.texts("against")));
    for mention in document
        .mentions
        .iter()
        .filter(|mention| mention.kind == EntryKind::Person && !document.is_quoted(mention.tokens.start as usize))
    {
        let start = mention.tokens.start as usize;
        let Some(role) = start
            .checked_sub(1)
            .filter(|at| document.word(*at).readings.iter().any(|reading| roles.contains(&reading.lemma)))
        else {
            continue;
        };
        let Some(side) = role.checked_sub(1) else { continue };
        let word = document.word(side);
        let Some(sentence) =
            document.tokens.get(start).and_then(|token| document.sentences.get(token.sentence as usize))
        else {
            continue;
        };
        let common = matches!(
            document.text_of(side).to_lowercase().as_str(),
            "government" | "rebel" | "police" | "opposition" | "army" | "militia"
        );
        let named = !common && word.shape.has(Shape::CAPITAL.with(Shape::WORD)) && !word.shape.has(Shape::TITLE);
        if side < sentence.tokens.start as usize || !(named || common) {
            continue;
        }
        let end = sentence.tokens.end as usize;
        let after = mention.tokens.end as usize;
        let found = (after..end).find(|at| {
            if document.word(*at).form != word.form || document.is_quoted(*at) {
                return false;
            }
            // A name by itself: "to Brazil"; not Chelsea in "Chelsea Women".
            let whole = !named || !document.word(at + 1).shape.has(Shape::CAPITAL);
            let Some(verb) = verb_before(document, after, *at, named, &against) else { return false };
            // Someone else who acts: "Italy had outplayed Wales", "the man had shot at police".
            let own = (after..verb)
                .any(|token| matches!(document.text_of(token), "his" | "her" | "their" | "he" | "she" | "they"));
            let other = (after..verb).any(|token| document.word(token).shape.has(Shape::CAPITAL));
            let noun = verb > 0 && document.word(verb - 1).closed.intersects(Closed::DET.union(Closed::POSS));
            let plain = named
                && (noun
                    || document.text_of(verb).ends_with("ing")
                    || verb > 0 && document.text_of(verb - 1) == "to"
                    || document.word(verb).readings.iter().all(|reading| reading.class != Class::Verb));
            whole && !other && (own || plain)
        });
        if let Some(at) = found {
            let evidence = document.span(at as u32..at as u32 + 1);
            let mut hit = Hit::at(Place::Span(document.span(side as u32..mention.tokens.end)))
                .value("name", document.text(mention.span))
                .value("other", document.text(evidence));
            hit.related.push(Related::here(evidence, "the speaker's own side"));
            out.push(hit);
        }
    }
}

/// The word of rivalry that governs a side: right before it, a preposition, an article, a number aside.
fn verb_before(document: &Document, from: usize, at: usize, named: bool, against: &HashSet<u64>) -> Option<usize> {
    let mut back = at;
    for _ in 0..3 {
        back = back.checked_sub(1).filter(|back| *back >= from)?;
        let word = document.word(back);
        if against.contains(&word.form) || word.readings.iter().any(|reading| against.contains(&reading.lemma)) {
            return Some(back);
        }
        let passes = word.closed.intersects(Closed::PREP.union(Closed::TO).union(Closed::DET))
            || !named && document.number_at(back).is_some();
        if !passes {
            return None;
        }
    }
    None
}

/// "Finland's minister said … Russia's ambassador was summoned. He told reporters in Helsinki that Finland will not ask Moscow":
/// the pronoun means the ambassador, the sentence is the minister's. Key `metonyms`: lists of a country's code and its names.
pub(super) fn other_side(context: &Context<'_>, settings: &Settings, out: &mut Vec<Hit>) {
    let document = context.document;
    let metonyms = settings.groups("metonyms");
    for &cue in &document.cues {
        let cue = cue as usize;
        let Some(token) = document.tokens.get(cue) else { continue };
        let Some(sentence) = document.sentences.get(token.sentence as usize) else { continue };
        let start = sentence.tokens.start as usize;
        // He said, She told: the pronoun opens the sentence.
        if cue > start + 2 || !matches!(document.text_of(start), "He" | "She") || document.is_quoted(cue) || start == 0
        {
            continue;
        }
        let Some(meant) = nearest(document, start) else { continue };
        let Some(side) = side_before(context, metonyms, meant, meant) else { continue };
        // The subject of what is said: "that Finland will", "Germany wants".
        let end = (sentence.tokens.end as usize).min(cue + 14);
        let Some((own, at)) = (cue + 1..end)
            .filter(|at| speaks_for_itself(document, *at))
            .find_map(|at| Some((country_at(document, context.lexicon, metonyms, at)?, at)))
        else {
            continue;
        };
        if own == side || !has_other(context, metonyms, start, own) {
            continue;
        }
        let evidence = document.span(at as u32..at as u32 + 1);
        let mut hit = Hit::at(Place::Span(document.span(start as u32..cue as u32 + 1)))
            .value(
                "name",
                document.text(
                    document
                        .mentions
                        .iter()
                        .find(|mention| mention.tokens.start as usize == meant)
                        .map_or_else(Default::default, |mention| mention.span),
                ),
            )
            .value("other", document.text(evidence));
        hit.related.push(Related::here(evidence, "speaks for another side"));
        out.push(hit);
    }
}

/// A country that promises, wants or refuses: the subject of will, would, wants, welcomes.
fn speaks_for_itself(document: &Document, at: usize) -> bool {
    let next = (at + 1..at + 3).find(|next| !document.word(*next).shape.has(Shape::QUOTE_MARK)).unwrap_or(at + 1);
    let promises = ["will", "would"].iter().any(|modal| document.text_of(next) == *modal)
        && (next + 1..next + 4).any(|verb| {
            [
                "not",
                "press",
                "ask",
                "recognize",
                "recognise",
                "buy",
                "send",
                "welcome",
                "help",
                "open",
                "keep",
                "defend",
                "support",
                "offer",
                "sign",
                "pay",
                "join",
            ]
            .contains(&document.text_of(verb))
        });
    let wants =
        ["want", "welcome", "hope", "need"].iter().any(|verb| document.has_reading(next, hash(verb), None, None))
            && !document.word(next).closed.intersects(Closed::PREP);
    let before = at.checked_sub(1).map_or("", |before| document.text_of(before));
    (promises || wants) && (before == "that" || document.word(at - 1).shape.has(Shape::CUE))
}

/// The first token of the person who is the subject of the last sentence that names one, at most two before.
fn nearest(document: &Document, at: usize) -> Option<usize> {
    let number = document.mentions.partition_point(|mention| (mention.tokens.start as usize) < at);
    let people = |mention: &&crate::document::Mention| {
        mention.kind == EntryKind::Person && !document.is_quoted(mention.tokens.start as usize)
    };
    let last = document.mentions.get(..number)?.iter().rev().take(6).find(people)?;
    let sentence = document.tokens.get(last.tokens.start as usize)?.sentence;
    if document.tokens.get(at)?.sentence - sentence > 2 {
        return None;
    }
    let start = document.sentences.get(sentence as usize)?.tokens.start;
    let first = document.mentions.partition_point(|mention| mention.tokens.start < start);
    // With two people in it, the pronoun may mean either.
    let mut named = document.mentions.get(first..number)?.iter().filter(people);
    let only = named.next()?;
    let other = named.any(|other| other.first != only.first);
    (!other).then_some(only.tokens.start as usize)
}

/// Whether someone who speaks for that country was named before.
fn has_other(context: &Context<'_>, metonyms: &[Vec<String>], at: usize, country: Country) -> bool {
    let document = context.document;
    let number = document.mentions.partition_point(|mention| (mention.tokens.start as usize) < at);
    document
        .mentions
        .get(..number)
        .unwrap_or(&[])
        .iter()
        .rev()
        .take(12)
        .filter(|mention| mention.kind == EntryKind::Person)
        .any(|mention| {
            side_before(context, metonyms, mention.tokens.start as usize, mention.tokens.start as usize)
                == Some(country)
        })
}
