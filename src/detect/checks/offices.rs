//! An office or a country that a known person did not hold. In: people that a table knows with their offices, and the title that
//! stands before them. Out: the title, with what the table says.
//!
//! Tables are never whole: only offices of a few great kinds are compared, only where the table knows one of another kind for the
//! person, and former, deputy and acting ones are passed over.

use super::super::{Context, Hit};
use crate::document::{Document, Mention, Shape};
use crate::finding::{FixSafety, Place, Severity};
use crate::lexicon::{Entry, EntryKind};
use crate::rulebook::settings::Settings;

/// Words before an office that make it another one, or one of another time.
const QUALIFIERS: [&str; 25] = [
    "former",
    "ex",
    "then",
    "late",
    "vice",
    "deputy",
    "acting",
    "interim",
    "shadow",
    "future",
    "incoming",
    "outgoing",
    "elect",
    "onetime",
    "senate",
    "house",
    "council",
    "company",
    "assistant",
    "under",
    "first",
    "state",
    "general",
    "club",
    "bank",
];

/// Key `kinds`: lists of words for one kind of office; a person who held one of them did not, the table knowing offices at all,
/// hold one of another list unless the table says so.
pub(super) fn held(context: &Context<'_>, settings: &Settings, out: &mut Vec<Hit>) {
    let document = context.document;
    let kinds = settings.groups("kinds");
    let year = context.date.map(|(year, _, _)| year);
    for mention in
        document.mentions.iter().filter(|mention| mention.kind == EntryKind::Person && mention.title.is_some())
    {
        let full = document.mentions.get(mention.first as usize).unwrap_or(mention);
        let Some(number) = mention.entry.or(full.entry) else { continue };
        let Some((kind, start)) = title(document, mention, kinds) else { continue };
        let Some(entry) = context.lexicon.entry(number).filter(|entry| !entry.offices.is_empty()) else { continue };
        let names = |label: &str| -> Option<usize> {
            let label = format!("{label} ");
            kinds.iter().position(|group| group.iter().any(|office| label.starts_with(&format!("{office} "))))
        };
        // The table's own words for what the person is.
        let known: Vec<(usize, &str)> =
            entry.offices.iter().filter_map(|office| Some((names(&office.label)?, office.label.as_str()))).collect();
        if known.iter().any(|(other, _)| *other == kind) {
            if let Some(hit) = other_country(context, mention, start, &entry) {
                out.push(hit);
            }
            continue;
        }
        let Some((_, label)) = known.last() else { continue };
        // Someone of that office whom the table does not know yet.
        let fresh = year.is_none_or(|year| {
            entry.offices.iter().any(|office| {
                office.years.iter().any(|(_, last)| last.is_none_or(|last| i32::from(last) + 2 >= i32::from(year)))
            })
        });
        if !fresh {
            continue;
        }
        let span = document.span(start as u32..mention.tokens.end);
        let right = kinds
            .iter()
            .flatten()
            .filter(|office| label.starts_with(office.as_str()))
            .max_by_key(|office| office.len())
            .map_or(*label, String::as_str);
        let right: Vec<String> = right
            .split(' ')
            .map(|word| {
                word.chars()
                    .next()
                    .map_or(String::new(), |first| first.to_uppercase().chain(word.chars().skip(1)).collect())
            })
            .collect();
        let mut hit = Hit::at(Place::Span(span)).value("name", entry.name.as_str()).value("other", *label);
        hit.proposals.push(super::super::Proposal {
            text: format!("{} {}", right.join(" "), document.text(mention.span)),
            fix: Some(FixSafety::DisplayOnly),
        });
        // Beyond the table's horizon or without a date, one sign is not enough for the worst.
        hit.severity = Some(Severity::Major);
        out.push(hit);
    }
}

/// The kind of office right before a name and its first token.
fn title(document: &Document, mention: &Mention, kinds: &[Vec<String>]) -> Option<(usize, usize)> {
    let end = mention.tokens.start as usize;
    let words = |from: usize| -> String {
        (from..end).map(|at| document.text_of(at).to_lowercase()).collect::<Vec<_>>().join(" ")
    };
    let (kind, start) = (1..=4).rev().find_map(|length| {
        let start = end.checked_sub(length)?;
        let text = words(start);
        let kind = kinds.iter().position(|group| group.contains(&text))?;
        Some((kind, start))
    })?;
    let before = start.checked_sub(1);
    let text = before.map_or(String::new(), |before| document.text_of(before).to_lowercase());
    let qualified = QUALIFIERS.contains(&text.as_str()) || matches!(text.as_str(), "-" | "and" | "of");
    let same_sentence = before.is_none_or(|before| {
        document.tokens.get(before).map(|token| token.sentence)
            == document.tokens.get(start).map(|token| token.sentence)
    });
    (!qualified || !same_sentence).then_some((kind, start))
}

/// "French President Vladimir Putin": the adjective of another country stands before the office.
fn other_country(context: &Context<'_>, mention: &Mention, start: usize, entry: &Entry) -> Option<Hit> {
    let document = context.document;
    let before = start.checked_sub(1)?;
    if !document.word(before).shape.has(Shape::DEMONYM) || entry.country.is_empty() {
        return None;
    }
    let named = super::speakers::country_at(document, context.lexicon, &[], before)?;
    if entry.country.as_bytes() == named {
        return None;
    }
    let span = document.span(before as u32..mention.tokens.end);
    let label = entry.offices.last().map_or("", |office| office.label.as_str());
    let mut hit = Hit::at(Place::Span(span)).value("name", entry.name.as_str()).value("other", label);
    hit.severity = Some(Severity::Major);
    Some(hit)
}
