//! Names cut short: "Katarzyna Wisniew" beside "Katarzyna Wisniewska", "Martha Radd" in a byline. In: runs of two or more capitals.
//! Out: the short form, with the full one from the text, or in a byline from the tables.

use super::super::{Context, Hit};
use crate::document::{Document, Shape};
use crate::finding::{Place, Regions, Related};
use crate::language::Closed;
use crate::lexicon::{EntryKind, FormKind};
use crate::rulebook::settings::Settings;
use std::collections::HashMap;

/// Letters that a cut name lacks, at least: one or two are a misspelling, or another form.
const LACKING: usize = 2;
/// A first name borne by more people of a text than this is not compared.
const NAMESAKES: usize = 12;

/// Appends a hit for each name that is the beginning of another one.
pub(super) fn find(context: &Context<'_>, _: &Settings, out: &mut Vec<Hit>) {
    let document = context.document;
    let pairs: Vec<(usize, usize)> = document.capitals.iter().filter_map(|at| pair(document, *at as usize)).collect();
    let mut by_first: HashMap<u64, Vec<(usize, usize)>> = HashMap::new();
    for (first, last) in &pairs {
        let known = by_first.entry(document.word(*first).exact).or_default();
        if known.len() < NAMESAKES
            && !known.iter().any(|(_, other)| document.word(*other).exact == document.word(*last).exact)
        {
            known.push((*first, *last));
        }
    }
    for (first, last) in pairs {
        let short = document.text_of(last);
        let full = by_first
            .get(&document.word(first).exact)
            .and_then(|known| known.iter().copied().find(|(_, other)| is_cut(short, document.text_of(*other))));
        let span = document.span(first as u32..last as u32 + 1);
        if let Some((from, to)) = full {
            let there = document.span(from as u32..to as u32 + 1);
            let name = document.text(there);
            let mut hit = Hit::at(Place::Span(span))
                .propose(name)
                .value("name", name)
                .value("also", " (so elsewhere in the text)");
            hit.related.push(Related::here(there, "the name stands in full here"));
            out.push(hit);
        } else if is_byline(document, first)
            && let Some(name) = listed(context, first, short)
        {
            out.push(Hit::at(Place::Span(span)).propose(name.clone()).value("name", name).value("also", ""));
        }
    }
}

/// A first and a last word of a name that begin at this capital.
fn pair(document: &Document, first: usize) -> Option<(usize, usize)> {
    let is_name = |at: usize| {
        let word = document.word(at);
        word.shape.has(Shape::CAPITAL.with(Shape::WORD))
            && word.closed == Closed::default()
            && !word
                .shape
                .any(Shape::UPPER.with(Shape::DEMONYM).with(Shape::MONTH).with(Shape::WEEKDAY).with(Shape::TITLE))
    };
    let same = |a: usize, b: usize| {
        document.tokens.get(a).map(|token| token.sentence) == document.tokens.get(b).map(|token| token.sentence)
    };
    let opener = |at: usize| {
        let starts = document
            .tokens
            .get(at)
            .and_then(|token| document.sentences.get(token.sentence as usize))
            .is_some_and(|sentence| sentence.tokens.start as usize == at);
        starts && !document.word(at).shape.any(Shape::FIRST_NAME.with(Shape::UNKNOWN))
    };
    let begins = first == 0 || !is_name(first - 1) || !same(first - 1, first) || opener(first - 1);
    let person = document.word(first).shape.any(Shape::FIRST_NAME.with(Shape::UNKNOWN));
    let last = first + 1;
    // Hong Kong beside Hong Konger: what a table or a dictionary knows is whole.
    let whole = !document.word(last).shape.has(Shape::UNKNOWN)
        || document
            .mention_at(first)
            .is_some_and(|mention| mention.kind != EntryKind::Person || mention.entry.is_some());
    (!whole && begins && person && is_name(first) && is_name(last) && same(first, last) && !is_name(last + 1))
        .then_some((first, last))
}

/// Whether a surname is the beginning of another, too short to be a form of its own.
fn is_cut(short: &str, full: &str) -> bool {
    let letters = short.chars().count();
    let lacking = full.chars().count().saturating_sub(letters);
    let inflected = full.strip_prefix(short).is_some_and(|rest| {
        matches!(
            rest,
            "on" | "son"
                | "sen"
                | "ova"
                | "eva"
                | "ina"
                | "man"
                | "en"
                | "sky"
                | "ski"
                | "skiy"
                | "sun"
                | "ton"
                | "er"
                | "ers"
                | "ian"
                | "ese"
        )
    });
    letters >= 3 && lacking >= LACKING && full.starts_with(short) && !inflected
}

/// A byline, or "contributed to this report", "reporting by".
fn is_byline(document: &Document, at: usize) -> bool {
    let Some(sentence) = document.tokens.get(at).and_then(|token| document.sentences.get(token.sentence as usize))
    else {
        return false;
    };
    let region = document.blocks.get(sentence.block as usize).map_or(Regions::NARRATION, |block| block.region);
    region == Regions::BYLINE
        || sentence.tokens.clone().any(|at| {
            let text = document.text_of(at as usize);
            matches!(text, "contributed" | "Reporting" | "Editing" | "reporting")
                || text == "reported" && document.text_of(at as usize + 1) == "from"
        })
}

/// The one known person of that first name whose surname begins like this.
fn listed(context: &Context<'_>, first: usize, short: &str) -> Option<String> {
    let key = context.document.word(first).exact;
    let mut names = context
        .lexicon
        .forms(key)
        .filter(|form| form.entry_kind == EntryKind::Person && form.kind == FormKind::Full && form.token_count() == 2)
        .filter_map(|form| context.lexicon.name(form.entry))
        .filter(|name| name.split(' ').nth(1).is_some_and(|last| last == short || is_cut(short, last)));
    let name = names.next()?;
    let other = names.next();
    (other.is_none() && !name.ends_with(&format!(" {short}"))).then(|| name.to_owned())
}
