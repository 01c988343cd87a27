//! In: a document. Out: what the model sees of it, for people and as JSON.

use super::json::{SpanOut, place, written};
use crate::document::{Document, QuantityKind, QuoteKind};
use crate::finding::{Regions, Span};
use crate::lexicon::{EntryKind, Gender, Lexicon};
use colored::Colorize;
use serde::Serialize;
use std::fmt::Write;

#[derive(Serialize)]
struct Seen<'a> {
    path: &'a str,
    sentences: Vec<Part<'a>>,
    quotes: Vec<Quoted<'a>>,
    mentions: Vec<Mentioned<'a>>,
    quantities: Vec<Measured<'a>>,
    dates: Vec<Dated<'a>>,
}

#[derive(Serialize)]
struct Part<'a> {
    span: SpanOut,
    text: &'a str,
    region: &'static str,
}

#[derive(Serialize)]
struct Quoted<'a> {
    span: SpanOut,
    text: &'a str,
    kind: &'static str,
    speaker: Option<Speaks<'a>>,
    cue: Option<Cue<'a>>,
}

#[derive(Serialize)]
struct Speaks<'a> {
    text: &'a str,
    span: SpanOut,
    name: Option<&'a str>,
    gender: Option<&'static str>,
}

#[derive(Serialize)]
struct Cue<'a> {
    text: &'a str,
    span: SpanOut,
}

#[derive(Serialize)]
struct Mentioned<'a> {
    span: SpanOut,
    text: &'a str,
    name: String,
    kind: &'static str,
}

#[derive(Serialize)]
struct Measured<'a> {
    span: SpanOut,
    text: &'a str,
    value: f64,
    unit: &'a str,
    kind: &'static str,
    head: Option<&'a str>,
}

#[derive(Serialize)]
struct Dated<'a> {
    span: SpanOut,
    text: &'a str,
    weekday: Option<u8>,
    day: Option<u8>,
    month: Option<u8>,
    year: Option<i16>,
}

/// The object of all documents.
#[must_use]
pub fn json(documents: &[(String, Document)], lexicon: &Lexicon) -> String {
    let seen: Vec<String> = documents.iter().map(|(path, document)| written(&of(path, document, lexicon))).collect();
    format!("{{\"documents\": [{}]}}\n", seen.join(",\n"))
}

fn of<'a>(path: &'a str, document: &'a Document, lexicon: &Lexicon) -> Seen<'a> {
    let at = |span: Span| place(document, span, false);
    Seen {
        path,
        sentences: document
            .sentences
            .iter()
            .map(|sentence| Part {
                span: at(sentence.span),
                text: document.text(sentence.span),
                region: region(document, sentence.block),
            })
            .collect(),
        quotes: document
            .quotes
            .iter()
            .map(|quote| Quoted {
                span: at(quote.span),
                text: document.text(quote.inner),
                kind: kind_of_quote(quote.kind),
                speaker: quote.speaker.as_ref().map(|speaker| Speaks {
                    text: document.text(speaker.span),
                    span: at(speaker.span),
                    name: speaker.name.as_deref(),
                    gender: speaker.gender.map(gender),
                }),
                cue: quote.cue.map(|cue| Cue { text: document.text(cue), span: at(cue) }),
            })
            .collect(),
        mentions: (0..document.mentions.len())
            .filter_map(|number| {
                let mention = document.mentions.get(number)?;
                let name = name(document, lexicon, number);
                Some(Mentioned {
                    span: at(mention.span),
                    text: document.text(mention.span),
                    name,
                    kind: kind_of_entry(mention.kind),
                })
            })
            .collect(),
        quantities: document
            .quantities
            .iter()
            .map(|quantity| Measured {
                span: at(quantity.span),
                text: document.text(quantity.span),
                value: quantity.value,
                unit: &quantity.unit,
                kind: kind_of_quantity(quantity.kind),
                head: quantity.head.map(|head| document.text(head)),
            })
            .collect(),
        dates: document
            .dates
            .iter()
            .map(|date| Dated {
                span: at(date.span),
                text: document.text(date.span),
                weekday: date.weekday,
                day: date.day,
                month: date.month,
                year: date.year,
            })
            .collect(),
    }
}

/// The full name behind a mention: of the tables, else its fullest form in the text.
fn name(document: &Document, lexicon: &Lexicon, number: usize) -> String {
    let Some(mention) = document.mentions.get(number) else { return String::new() };
    let first = document.mentions.get(mention.first as usize).unwrap_or(mention);
    let known = first.entry.or(mention.entry).and_then(|entry| lexicon.name(entry));
    known.unwrap_or_else(|| document.text(first.span)).to_owned()
}

fn region(document: &Document, block: u32) -> &'static str {
    let region = document.blocks.get(block as usize).map_or(Regions::NARRATION, |block| block.region);
    Regions::NAMES.iter().find(|(_, known)| *known == region).map_or("narration", |(name, _)| name)
}

fn kind_of_quote(kind: QuoteKind) -> &'static str {
    match kind {
        QuoteKind::Direct => "direct",
        QuoteKind::Partial => "partial",
        QuoteKind::Scare => "scare",
    }
}

fn kind_of_entry(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Person => "person",
        EntryKind::Place => "place",
        EntryKind::Organisation => "organisation",
    }
}

fn kind_of_quantity(kind: QuantityKind) -> &'static str {
    match kind {
        QuantityKind::Count => "count",
        QuantityKind::Money => "money",
        QuantityKind::Percent => "percent",
        QuantityKind::Duration => "duration",
        QuantityKind::Age => "age",
        QuantityKind::Measure => "measure",
        QuantityKind::Time => "time",
    }
}

fn gender(gender: Gender) -> &'static str {
    match gender {
        Gender::Male => "male",
        Gender::Other => "other",
        Gender::Female => "female",
    }
}

/// The items that begin in a sentence, with their numbers; they stand in the order of their start.
fn within<T>(items: &[T], sentence: Span, span: impl Fn(&T) -> Span) -> impl Iterator<Item = (usize, &T)> {
    let first = items.partition_point(|item| span(item).start < sentence.start);
    let after = items.partition_point(|item| span(item).start < sentence.end).max(first);
    items.iter().enumerate().take(after).skip(first)
}

/// Sentence by sentence, with what was seen in each.
#[must_use]
pub fn shown(path: &str, document: &Document, lexicon: &Lexicon) -> String {
    let mut out = format!("{}\n", path.bold());
    let mut last_block = None;
    for sentence in &document.sentences {
        if last_block != Some(sentence.block) {
            last_block = Some(sentence.block);
            let _ = writeln!(out, "\n{}", region(document, sentence.block).dimmed());
        }
        let words = document.text(sentence.span).split_whitespace().collect::<Vec<_>>().join(" ");
        let _ = writeln!(out, "  {words}");
        for (_, quote) in within(&document.quotes, sentence.span, |quote| quote.span) {
            let speaker = quote.speaker.as_ref().map_or("speaker unknown", |speaker| document.text(speaker.span));
            let text = document.text(quote.inner).chars().take(60).collect::<String>();
            let _ = writeln!(out, "    {} {}: {text} ({speaker})", "quote".green(), kind_of_quote(quote.kind));
        }
        for (number, mention) in within(&document.mentions, sentence.span, |mention| mention.span) {
            let title = mention.title.map_or(String::new(), |title| format!("{} ", document.text(title)));
            let name = name(document, lexicon, number);
            let _ = writeln!(
                out,
                "    {} {title}{} = {name}",
                kind_of_entry(mention.kind).cyan(),
                document.text(mention.span)
            );
        }
        for (_, quantity) in within(&document.quantities, sentence.span, |quantity| quantity.span) {
            let head = quantity.head.map_or(String::new(), |head| format!(" of {}", document.text(head)));
            let kind = kind_of_quantity(quantity.kind);
            let _ = writeln!(
                out,
                "    {} {} = {} {}{head}",
                kind.yellow(),
                document.text(quantity.span),
                quantity.value,
                quantity.unit
            );
        }
        for (_, date) in within(&document.dates, sentence.span, |date| date.span) {
            let _ = writeln!(out, "    {} {}", "date".yellow(), document.text(date.span));
        }
    }
    out
}
