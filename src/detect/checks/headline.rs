//! Headline against lead. In: the headline and the first sentences below it. Out: a verb of the headline whose opposite tells the
//! same story in the lead.

use super::super::{Context, Hit};
use crate::document::{Document, Shape};
use crate::finding::{Place, Regions, Related};
use crate::language::{Class, Closed, hash};
use crate::rulebook::settings::Settings;
use std::collections::BTreeSet;

/// Key `pairs`: two lists of lemmas that exclude each other, words parted by blanks (a verb with its particle by a hyphen);
/// `shared`: content words that headline and lead must share (3).
pub(super) fn polarity(context: &Context<'_>, settings: &Settings, out: &mut Vec<Hit>) {
    let document = context.document;
    let least = settings.number("shared", 3.0) as usize;
    let Some(headline) = document.blocks.iter().take(3).find(|block| block.region == Regions::HEADLINE) else { return };
    let head = headline.tokens.start as usize..headline.tokens.end as usize;
    let mut body = document.blocks.iter().filter(|block| {
        block.region == Regions::NARRATION && block.tokens.start >= headline.tokens.end && block.tokens.len() > 8
    });
    let Some(lead) = body.next() else { return };
    let first = lead.sentences.start as usize;
    let until = (first + 2).min(lead.sentences.end as usize);
    let Some(second) = document.sentences.get(until.saturating_sub(1)) else { return };
    let lead = lead.tokens.start as usize..second.tokens.end as usize;
    let words = |range: &std::ops::Range<usize>| -> BTreeSet<u64> {
        range
            .clone()
            .filter(|at| {
                let word = document.word(*at);
                word.closed == Closed::default()
                    && !word.shape.any(Shape::PUNCT.with(Shape::NUMBER))
                    && !document.is_quoted(*at)
            })
            .map(|at| document.word(at).readings.first().map_or(document.word(at).form, |reading| reading.lemma))
            .collect()
    };
    if words(&head).intersection(&words(&lead)).count() < least || negated(document, &head) != negated(document, &lead)
    {
        return;
    }
    for pair in settings.groups("pairs") {
        let [one, two] = pair.as_slice() else { continue };
        for (here, there) in [(one, two), (two, one)] {
            let (Some(at), Some(other)) = (verb(document, &head, here), verb(document, &lead, there)) else { continue };
            if is_hedged(document, other, lead.start) {
                continue;
            }
            if verb(document, &lead, here).is_some() || verb(document, &head, there).is_some() {
                continue;
            }
            let span = document.span(at as u32..at as u32 + 1);
            let evidence = document.span(other as u32..other as u32 + 1);
            let mut hit = Hit::at(Place::Span(span)).value("other", document.text(evidence));
            hit.related.push(Related::here(evidence, "the lead says the opposite"));
            out.push(hit);
            return;
        }
    }
}

/// Refused to overturn, hopes to resume, a man who was released: told, but not as what happened.
fn is_hedged(document: &Document, verb: usize, from: usize) -> bool {
    const HEDGES: [&str; 35] = [
        "refuse",
        "decline",
        "fail",
        "hope",
        "stop",
        "want",
        "seek",
        "try",
        "ask",
        "call",
        "could",
        "may",
        "might",
        "would",
        "plan",
        "urge",
        "who",
        "which",
        "that",
        "whose",
        "earlier",
        "previously",
        "last",
        "before",
        "if",
        "unless",
        "whether",
        "threaten",
        "expect",
        "likely",
        "should",
        "must",
        "can",
        "where",
        "when",
    ];
    (verb.saturating_sub(5).max(from)..verb).any(|at| {
        let text = document.text_of(at).to_lowercase();
        HEDGES.iter().any(|hedge| text == *hedge || document.has_reading(at, hash(hedge), Some(Class::Verb), None))
    })
}

fn negated(document: &Document, range: &std::ops::Range<usize>) -> bool {
    range.clone().any(|at| document.word(at).closed.intersects(Closed::NEGATION))
}

/// The first verb of a list that stands outside quotations.
fn verb(document: &Document, range: &std::ops::Range<usize>, list: &str) -> Option<usize> {
    list.split(' ').find_map(|entry| {
        let (lemma, particle) =
            entry.split_once('-').map_or((entry, None), |(lemma, particle)| (lemma, Some(particle)));
        range.clone().find(|at| {
            document.has_reading(*at, hash(lemma), Some(Class::Verb), None)
                && !document.is_quoted(*at)
                && particle
                    .is_none_or(|particle| document.text_of(at + 1) == particle || document.text_of(at + 2) == particle)
        })
    })
}
