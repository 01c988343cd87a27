//! Sentences that lack a part: no subject, no verb, a list without its last "and", "not only" without "but".

use super::super::{Context, Hit};
use crate::document::{Document, Sentence, Shape, TokenFlags};
use crate::finding::{Place, Regions};
use crate::language::{Class, Closed, Forms};
use crate::lexicon::EntryKind;
use crate::rulebook::settings::Settings;

/// Sentences of the running text that are no headings, lists, questions or speech.
fn narrated(document: &Document) -> impl Iterator<Item = &Sentence> {
    document.sentences.iter().filter(|sentence| {
        let first = sentence.tokens.start as usize;
        let last = document.text_of((sentence.tokens.end as usize).saturating_sub(1));
        let region = document.regions(first);
        region == Regions::NARRATION && last == "." && !document.word(first).shape.has(Shape::QUOTE_MARK)
    })
}

/// "Has been killed in the raid." and, with `verbless`, long sentences without any verb.
pub(super) fn fragment(context: &Context<'_>, settings: &Settings, out: &mut Vec<Hit>) {
    let document = context.document;
    let longest = settings.number("min-words", 10.0);
    let verbless = settings.flag("verbless", false);
    for sentence in narrated(document) {
        let first = sentence.tokens.start as usize;
        if verbless {
            // Most sentences have a verb, and soon.
            if sentence.tokens.clone().any(|at| may_be_finite(document, at as usize)) {
                continue;
            }
            let words =
                sentence.tokens.clone().filter(|at| document.word(*at as usize).shape.has(Shape::WORD)).count() as f64;
            let quoted = sentence.tokens.clone().any(|at| document.word(at as usize).shape.has(Shape::QUOTE_MARK));
            // Another language, or a line of names.
            let strange = sentence
                .tokens
                .clone()
                .filter(|at| document.word(*at as usize).shape.any(Shape::UNKNOWN.with(Shape::NON_LATIN)))
                .count() as f64;
            if words >= longest && !quoted && strange * 5.0 < words {
                out.push(Hit::at(Place::Span(document.span(sentence.tokens.start..sentence.tokens.start + 3))));
            }
            continue;
        }
        let opener = document.word(first);
        if !opener.shape.has(Shape::CAPITAL) || !opener.closed.intersects(Closed::AUX) {
            continue;
        }
        let lower = document.text_of(first).to_lowercase();
        let finite = matches!(lower.as_str(), "has" | "have" | "was" | "were" | "is" | "are" | "had");
        let follower = document.word(first + 1);
        let been = document.text_of(first + 1) == "been";
        let participle = !follower.closed.intersects(Closed::PRON.union(Closed::DET).union(Closed::POSS))
            && follower
                .readings
                .iter()
                .any(|reading| reading.class == Class::Verb && reading.forms.intersects(Forms::EN))
            && !follower.readings.iter().any(|reading| reading.class == Class::Noun);
        if finite && (been || participle) {
            out.push(Hit::at(Place::Span(document.span(sentence.tokens.start..sentence.tokens.start + 2))));
        }
    }
}

fn may_be_finite(document: &Document, at: usize) -> bool {
    let word = document.word(at);
    word.closed.intersects(Closed::AUX)
        || word.shape.any(Shape::CLITIC.with(Shape::CUE))
        || word.closed == Closed::default()
            && word.readings.iter().any(|reading| {
                let finite = Forms(reading.forms.0 & Forms::ED.union(Forms::S).union(Forms::BASE).0);
                reading.class == Class::Verb && finite.0 != 0 && document.may_be(at, Class::Verb, finite)
            })
}

/// "Germany, France, Italy." Three names of one kind, or more, with commas only.
pub(super) fn list(context: &Context<'_>, settings: &Settings, out: &mut Vec<Hit>) {
    let document = context.document;
    let people = settings.number("people", 3.0) as usize;
    let places = settings.number("places", 4.0) as usize;
    let mut at = 0;
    while let Some(first) = document.mentions.get(at) {
        let mut last = at;
        while let (Some(here), Some(next)) = (document.mentions.get(last), document.mentions.get(last + 1)) {
            let joined = here.kind == next.kind
                && next.tokens.start == here.tokens.end + 1
                && document.text_of(here.tokens.end as usize) == ",";
            if !joined {
                break;
            }
            last += 1;
        }
        let (count, kind, number) = (last - at + 1, first.kind, at);
        at = last + 1;
        let wanted = if kind == EntryKind::Place { places } else { people };
        let (Some(end), Some(before)) = (document.mentions.get(last), document.mentions.get(last.max(1) - 1)) else {
            continue;
        };
        let after = end.tokens.end as usize;
        let open = matches!(
            document.text_of(after),
            "," | "and" | "or" | "&" | "”" | "\"" | ")" | "–" | "—" | "'s" | "’s" | ":"
        );
        let token = document.tokens.get(after);
        let ends = token.is_none_or(|token| {
            document.word(after).shape.has(Shape::FULL_STOP) || token.flags.has(TokenFlags::LINE_START)
        });
        let narrated = document.regions(first.tokens.start as usize) == Regions::NARRATION;
        let like = document.mentions.get(number).is_some_and(|first| {
            first.tokens.start > 0 && matches!(document.text_of(first.tokens.start as usize - 1), "and" | "or")
        });
        if count < wanted || open || !ends || !narrated || like {
            continue;
        }
        let comma = document.span(before.tokens.end..before.tokens.end + 1);
        out.push(Hit::at(Place::Span(comma.cover(end.span))).propose(format!(" and {}", document.text(end.span))));
    }
}

/// "not only" that no "but", "also" or the like takes up.
pub(super) fn correlative(context: &Context<'_>, _: &Settings, out: &mut Vec<Hit>) {
    let document = context.document;
    let only = crate::language::hash("only");
    let spellings: Vec<u32> =
        (0..).zip(&document.words).filter(|(_, word)| word.form == only).map(|(number, _)| number).collect();
    if spellings.is_empty() {
        return;
    }
    let (first, last) = (spellings.first().copied().unwrap_or(0), spellings.last().copied().unwrap_or(0));
    for (at, token) in document.tokens.iter().enumerate().skip(1) {
        if !(first..=last).contains(&token.word) || !spellings.contains(&token.word) {
            continue;
        }
        let not = document.text_of(at - 1).eq_ignore_ascii_case("not")
            && document.tokens.get(at - 1).is_some_and(|before| before.sentence == token.sentence);
        let Some(sentence) = document.sentences.get(token.sentence as usize).filter(|_| not) else { continue };
        // The next sentence may take it up: "It also …".
        let end =
            document.sentences.get(token.sentence as usize + 1).map_or(sentence.tokens.end, |next| next.tokens.end);
        let taken_up = (at as u32 + 1..end).any(|at| {
            let text = document.text_of(at as usize).to_lowercase();
            matches!(
                text.as_str(),
                "but"
                    | "also"
                    | "too"
                    | "well"
                    | "even"
                    | ";"
                    | "–"
                    | "—"
                    | "-"
                    | ":"
                    | "rather"
                    | "instead"
                    | "and"
                    | "it"
                    | "they"
                    | "he"
                    | "she"
                    | "we"
            )
        });
        let next = document.text_of(at + 1).to_lowercase();
        let quoted = document.is_quoted(at);
        if !taken_up && !quoted && !matches!(next.as_str(), "one" | "a" | "." | "," | "because" | "that") {
            out.push(Hit::at(Place::Span(document.span(at as u32 - 1..at as u32 + 1))));
        }
    }
}
