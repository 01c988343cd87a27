//! In: quotations, names and sentences. Out: who says each quotation, and the words that say so.
//!
//! A quotation is led to its cue (said, told reporters, according to) behind it, before it, elsewhere in its sentence, or in
//! the sentence beside it; the cue to its subject ([`party`]); the subject to a person ([`people`]). Linear: every look stays
//! within a sentence, or takes over what the quotation before has.

mod party;
mod people;
mod phrase;

pub use people::{People, Person};

use super::{Document, Quote, QuoteKind, Shape, Speaker};
use crate::language::{Closed, hash};
use crate::lexicon::Lexicon;
use party::{Party, PartyKind};
use std::ops::Range;

/// A cue further from its quotation than this many tokens belongs to something else.
const REACH: usize = 60;

/// Who speaks and what says so, as tokens.
#[derive(Clone, Debug)]
struct Found {
    party: Party,
    cue: Option<Range<usize>>,
}

/// Sets speaker and cue of all quotations of a document, and returns the people of the text.
pub(super) fn find(document: &mut Document, lexicon: &Lexicon) {
    if document.quotes.is_empty() {
        return;
    }
    let mut found: Vec<Option<Found>> = Vec::with_capacity(document.quotes.len());
    for number in 0..document.quotes.len() {
        let one = attribute(document, number, &found).and_then(|found| {
            let until = document.tokens.len();
            Some(Found { party: party::owner(document, found.party, until)?, cue: found.cue })
        });
        found.push(one);
    }
    if found.iter().all(Option::is_none) {
        return;
    }
    let named: Vec<Range<usize>> = found
        .iter()
        .flatten()
        .filter(|found| found.party.kind == PartyKind::Name)
        .map(|found| found.party.tokens.clone())
        .collect();
    let people = People::new(document, lexicon, &named);
    let mut last: Option<(usize, Speaker)> = None;
    let speakers: Vec<_> = found
        .into_iter()
        .enumerate()
        .map(|(number, found)| {
            let found = found?;
            let speaker = speaker(document, &people, &found.party, &mut last, number);
            let cue = found.cue.map(|cue| document.span(cue.start as u32..cue.end as u32));
            Some((speaker, cue))
        })
        .collect();
    document.people = people;
    for (quote, one) in document.quotes.iter_mut().zip(speakers) {
        if let Some((speaker, cue)) = one {
            quote.speaker = Some(speaker);
            quote.cue = cue;
        }
    }
}

fn speaker(
    document: &Document,
    people: &People,
    party: &Party,
    last: &mut Option<(usize, Speaker)>,
    number: usize,
) -> Speaker {
    let tokens = party.tokens.start as u32..party.tokens.end as u32;
    let span = document.span(tokens.clone());
    // The quotation before has this very speaker: one look-up serves a chain.
    if let Some((_, known)) = last.as_ref().filter(|(_, known)| known.span == span) {
        return known.clone();
    }
    let before = last.as_ref().filter(|(at, _)| at + 1 == number).map(|(_, speaker)| speaker);
    let person = match party.kind {
        PartyKind::Name => people.named(document, &party.tokens),
        PartyKind::Pronoun => people.meant(document, party.tokens.start, before.and_then(|speaker| speaker.person)),
        PartyKind::Role => None,
    };
    let known = person.and_then(|person| people.get(person));
    let name = known
        .map(|person| person.name.clone())
        .or_else(|| (party.kind == PartyKind::Name).then(|| document.text(span).to_owned()));
    let speaker = Speaker {
        span,
        tokens,
        pronoun: party.kind == PartyKind::Pronoun,
        person,
        name,
        gender: known.and_then(|person| person.gender),
        entry: known.and_then(|person| person.entry),
    };
    *last = Some((number, speaker.clone()));
    speaker
}

/// Who says a quotation; `earlier` holds what is known of those before it.
fn attribute(document: &Document, number: usize, earlier: &[Option<Found>]) -> Option<Found> {
    let quote = document.quotes.get(number)?;
    if quote.depth > 0 {
        return None;
    }
    let previous = (0..number).rev().find(|at| document.quotes.get(*at).is_some_and(|quote| quote.depth == 0));
    let carried = |at: Option<usize>| at.and_then(|at| earlier.get(at)).cloned().flatten();
    let place = Place::of(document, quote, number)?;
    // A continued quotation is closed by its own attribution, if it has one.
    if quote.continues {
        return behind(document, &place).or_else(|| carried(previous));
    }
    let comma_inside = matches!(document.text_of(place.close.saturating_sub(1)), "," | "?" | "!" | "—" | "–");
    // “…,” adding, “…”
    let adds = place.open - place.floor <= 5
        && place.floor > place.start
        && (place.floor..place.open).any(|at| party::is_cue(document, at) && document.text_of(at).ends_with("ing"));
    if adds && let Some(found) = chained(document, &place, previous, carried(previous)) {
        return Some(found);
    }
    // He called it “a breach,” according to CNN; he said: “…,” and went on.
    let introduced = place.open > place.floor
        && (quote.kind == QuoteKind::Partial
            || document.text_of(place.open - 1) == ":"
            || (place.open.saturating_sub(2)..place.open).any(|at| party::is_cue(document, at)));
    let found = if comma_inside && !introduced {
        behind(document, &place).or_else(|| ahead(document, &place))
    } else {
        ahead(document, &place).or_else(|| behind(document, &place))
    };
    if quote.kind == QuoteKind::Scare {
        // “Yes,” he said is speech, and so is what he called “a disgrace”; a “so-called” plan is nobody's.
        let near = |found: &Found| {
            let cue = found.cue.as_ref().map_or(0, |cue| cue.end);
            comma_inside || found.party.tokens.end <= place.open && cue <= place.open && place.open - cue <= 8
        };
        return found
            .filter(|found| found.cue.is_some() && near(found))
            .or_else(|| chained(document, &place, previous, carried(previous)));
    }
    if found.is_some() {
        return found;
    }
    let between = chained(document, &place, previous, carried(previous));
    if between.is_some() {
        return between;
    }
    if place.open > place.start
        && document.text_of(place.open - 1) == ":"
        && let Some(party) = party::main_subject(document, place.floor, place.open)
        && (party.kind != PartyKind::Role || (place.floor..place.open).any(|at| phrase::is_statement(document, at)))
    {
        return Some(Found { party, cue: None });
    }
    if quote.kind == QuoteKind::Partial && !place.alone(document) {
        return None;
    }
    beside(document, &place, quote, previous, carried(previous))
}

/// “…,” wrote Smith, “…”: what stands between says who said both. Smith said “…” and “…”; “…,” adding, “…”: the same speaker.
fn chained(document: &Document, place: &Place, previous: Option<usize>, carried: Option<Found>) -> Option<Found> {
    let end = document.quotes.get(previous?)?.tokens.end as usize;
    if end < place.start || end >= place.open {
        return None;
    }
    carried.filter(|found| {
        let cues = (end..place.open).any(|at| party::is_cue(document, at));
        found.party.tokens.start > end || place.open - end <= 5 || !cues
    })
}

/// Where a quotation stands, in tokens.
struct Place {
    /// The opening mark.
    open: usize,
    /// The closing mark, or the end of the block.
    close: usize,
    /// Start of the sentence, or end of the quotation before it within the sentence.
    floor: usize,
    /// Start of the sentence.
    start: usize,
    /// End of the sentence, or start of the next quotation within it.
    ceiling: usize,
    /// Tokens of the block.
    block: Range<usize>,
    /// Sentences of opening and closing mark.
    sentences: (usize, usize),
}

impl Place {
    fn of(document: &Document, quote: &Quote, number: usize) -> Option<Self> {
        let open = (quote.tokens.start as usize).checked_sub(1)?;
        let close = quote.tokens.end as usize;
        let first = document.tokens.get(open)?.sentence as usize;
        let last = document.tokens.get(close.min(document.tokens.len().checked_sub(1)?))?.sentence as usize;
        let start = document.sentences.get(first)?.tokens.start as usize;
        let end = document.sentences.get(last)?.tokens.end as usize;
        let block = document.blocks.get(document.sentences.get(first)?.block as usize)?.tokens.clone();
        let same_level = |other: &&Quote| other.depth == 0 && other.kind != QuoteKind::Scare;
        let floor = document
            .quotes
            .get(..number)?
            .iter()
            .rev()
            .take(4)
            .find(same_level)
            .map_or(start, |before| (before.tokens.end as usize + 1).clamp(start, open));
        let ceiling = document
            .quotes
            .get(number + 1..)?
            .iter()
            .take(4)
            .find(same_level)
            .map_or(end, |next| (next.tokens.start as usize).saturating_sub(1).clamp((close + 1).min(end), end));
        Some(Self {
            open,
            close,
            floor,
            start,
            ceiling,
            block: block.start as usize..block.end as usize,
            sentences: (first, last),
        })
    }

    /// Nothing but quotation stands in its sentences.
    fn alone(&self, document: &Document) -> bool {
        let words = |range: Range<usize>| range.into_iter().any(|at| document.word(at).shape.has(Shape::WORD));
        !words(self.floor..self.open) && !words(self.close + 1..self.ceiling)
    }
}

/// “…,” Blinken said · “…,” said Blinken · “…,” according to Blinken.
fn behind(document: &Document, place: &Place) -> Option<Found> {
    let quoted_name = !matches!(document.text_of(place.close.saturating_sub(1)), "." | "?" | "!");
    let mut from = place.close + 1;
    while from < place.ceiling && matches!(document.text_of(from), "," | "—" | "–" | "-" | "." | ")") {
        from += 1;
    }
    let until = place.ceiling.min(from + REACH);
    if from >= until {
        return None;
    }
    for at in from..until {
        if let Some(found) = according(document, at, until).or_else(|| passive(document, at, until)) {
            return Some(found);
        }
        let reads = at == from && matches!(document.text_of(at), "reads" | "read");
        if !reads && !party::is_cue(document, at) {
            // “X” began last November: the quotation is the subject.
            if at == from && party::is_finite(document, at) && quoted_name {
                return None;
            }
            continue;
        }
        if at == from {
            if let Some(party) = party::after(document, at + 1, until).filter(|_| party::may_invert(document, at)) {
                return Some(Found { party, cue: Some(at..at + 1) });
            }
            continue;
        }
        if let Some(party) = party::before(document, at, from) {
            return Some(Found { party, cue: Some(cue_words(document, at, until)) });
        }
    }
    None
}

/// Blinken said: “…” · According to Blinken, “…” · Blinken: “…” · Blinken called it “…”.
fn ahead(document: &Document, place: &Place) -> Option<Found> {
    let from = place.floor.max(place.open.saturating_sub(REACH));
    if from >= place.open {
        return None;
    }
    let last = document.text_of(place.open - 1);
    if last == ":" {
        let party = party::label(document, from, place.open - 1);
        if let Some(party) = party {
            return Some(Found { party, cue: None });
        }
    }
    // a song called “Day after Day”: a name, not speech.
    if place.open > from && party::names(document, place.open - 1) {
        return None;
    }
    // What someone thinks is told by someone else, where one says so: Smith said the men thought they were “…”.
    for thoughts in [false, true] {
        for at in (from..place.open).rev() {
            if party::is_thought(document, at) == thoughts
                && let Some(found) = by_cue(document, place, at)
            {
                return Some(found);
            }
        }
    }
    None
}

/// The speaker by the cue at a token before a quotation.
fn by_cue(document: &Document, place: &Place, at: usize) -> Option<Found> {
    if let Some(found) = according(document, at, place.open).or_else(|| passive(document, at, place.open)) {
        return Some(found);
    }
    if !party::is_cue(document, at) && !party::leads_in(document, at, place.open) {
        return None;
    }
    // Calling it “an apology,” Smith told reporters …
    if at == place.start && document.text_of(at).ends_with("ing") {
        let party = party::after(document, place.close + 1, place.ceiling)
            .or_else(|| party::after(document, place.close + 2, place.ceiling))?;
        return Some(Found { party, cue: Some(at..at + 1) });
    }
    // The subject may stand before another quotation of the sentence: Smith called it “a” and said “b”.
    if let Some(party) = party::before(document, at, place.start) {
        return Some(Found { party, cue: Some(cue_words(document, at, place.open)) });
    }
    // Said Blinken: “…”
    let party = (at == place.start).then(|| party::after(document, at + 1, place.open)).flatten()?;
    Some(Found { party, cue: Some(at..at + 1) })
}

/// described by Smith as “…”
fn passive(document: &Document, at: usize, until: usize) -> Option<Found> {
    let word = document.word(at);
    if !word.shape.has(Shape::CUE) && !party::names(document, at) || document.text_of(at + 1) != "by" || at + 2 >= until
    {
        return None;
    }
    let party = party::after(document, at + 2, until)?;
    Some(Found { party, cue: Some(at..at + 2) })
}

/// "told reporters" is one cue.
fn cue_words(document: &Document, at: usize, until: usize) -> Range<usize> {
    let told = document.has_reading(at, hash("tell"), None, None);
    let listener = told && at + 1 < until && document.word(at + 1).shape.has(Shape::WORD);
    at..at + 1 + usize::from(listener)
}

fn according(document: &Document, at: usize, until: usize) -> Option<Found> {
    static ACCORDING: std::sync::LazyLock<(u64, u64)> = std::sync::LazyLock::new(|| (hash("according"), hash("to")));
    if document.word(at).form != ACCORDING.0 || document.word(at + 1).form != ACCORDING.1 || at + 2 >= until {
        return None;
    }
    let party = party::after(document, at + 2, until)?;
    Some(Found { party, cue: Some(at..at + 2) })
}

/// A quotation that fills its sentences: carried on from the one before it, or introduced by the sentence beside it.
fn beside(
    document: &Document,
    place: &Place,
    quote: &Quote,
    previous: Option<usize>,
    carried: Option<Found>,
) -> Option<Found> {
    if !place.alone(document) {
        return None;
    }
    let sentence_of = |token: usize| document.tokens.get(token).map_or(0, |token| token.sentence as usize);
    let before = previous.and_then(|at| document.quotes.get(at));
    let same_block = before.is_some_and(|before| place.block.contains(&(before.tokens.start as usize)));
    // “…,” he said. “…”: the sentence before ends the quotation before.
    if let Some(before) = before.filter(|_| same_block) {
        let gap = place.sentences.0.saturating_sub(sentence_of(before.tokens.end as usize));
        if gap <= 1 && carried.is_some() {
            return carried;
        }
    }
    // Smith was blunt. “…”
    let introduced = place
        .sentences
        .0
        .checked_sub(1)
        .and_then(|at| document.sentences.get(at))
        .filter(|sentence| sentence.tokens.start as usize >= place.block.start)
        .and_then(|sentence| subject_of(document, sentence.tokens.start as usize..sentence.tokens.end as usize));
    if introduced.is_some() {
        return introduced;
    }
    // “…” Smith was speaking in Rabat.
    let follows = document
        .sentences
        .get(place.sentences.1 + 1)
        .filter(|sentence| (sentence.tokens.end as usize) <= place.block.end)
        .and_then(|sentence| cue_of(document, sentence.tokens.start as usize..sentence.tokens.end as usize));
    if follows.is_some() {
        return follows;
    }
    // A paragraph that is quotation only goes on with the speaker of the paragraph before, or with whom that introduces.
    let ahead_block = document.blocks.iter().rev().find(|block| (block.tokens.end as usize) <= place.block.start)?;
    let last_sentence = document.sentences.get((ahead_block.sentences.end as usize).checked_sub(1)?)?;
    let range = last_sentence.tokens.start as usize..last_sentence.tokens.end as usize;
    if document.text_of(range.end.saturating_sub(1)) == ":" {
        return cue_of(document, range.clone()).or_else(|| subject_of(document, range));
    }
    let directly =
        before.is_some_and(|before| before.tokens.start >= ahead_block.tokens.start && quote.kind == QuoteKind::Direct);
    carried.filter(|_| directly)
}

/// The last cue of a sentence with its subject.
fn cue_of(document: &Document, range: Range<usize>) -> Option<Found> {
    range.clone().rev().filter(|at| party::is_cue(document, *at) && !document.is_quoted(*at)).find_map(|at| {
        Some(Found { party: party::before(document, at, range.start)?, cue: Some(cue_words(document, at, range.end)) })
    })
}

/// The cue of a sentence, else its subject where that is a person.
fn subject_of(document: &Document, range: Range<usize>) -> Option<Found> {
    if document.is_quoted(range.start) || document.word(range.start).shape.has(Shape::QUOTE_MARK) {
        return None;
    }
    cue_of(document, range.clone()).or_else(|| {
        let party = party::main_subject(document, range.start, range.end)?;
        let person = party.kind == PartyKind::Name
            || party.kind == PartyKind::Pronoun && !document.word(party.tokens.start).closed.intersects(Closed::DET);
        person.then_some(Found { party, cue: None })
    })
}
