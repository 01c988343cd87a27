//! In: a reporting verb and its sentence. Out: its subject, cut down to the words that name the speaker.

use super::phrase::{
    bare, is_governed, is_name_word, is_only_title, is_possessive, is_pronoun, is_statement, name_in, phrase, runs,
};
use crate::document::{Document, Shape};
use crate::language::{Class, Closed, Forms, hash, lists};
use crate::lexicon::EntryKind;
use std::ops::Range;
use std::sync::LazyLock;

/// What kind of words name a speaker.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum PartyKind {
    /// A person's or an organisation's name.
    Name,
    /// he, she, they, I …
    Pronoun,
    /// the minister, a spokesman for the company
    Role,
}

/// The words that name a speaker.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Party {
    pub(super) tokens: Range<usize>,
    pub(super) kind: PartyKind,
}

/// A subject is not longer than this.
const LONGEST: usize = 24;

/// Whether a token reports speech here: a finite or -ing form of a reporting verb that is neither noun nor passive.
pub(super) fn is_cue(document: &Document, at: usize) -> bool {
    let word = document.word(at);
    if !(word.shape.has(Shape::CUE) || is_lead_verb(word.form)) || document.is_quoted(at) {
        return false;
    }
    let verb = word.readings.iter().any(|reading| {
        reading.class == Class::Verb && (is_lead_verb(word.form) || document.may_be(at, Class::Verb, reading.forms))
    });
    // States, Reports: a capital in mid-sentence is a name.
    if !verb || word.shape.has(Shape::CAPITAL) && !begins_sentence(document, at) {
        return false;
    }
    let before = at.checked_sub(1);
    let closed = before.map_or(Closed::default(), |before| document.word(before).closed);
    let determined = closed.intersects(Closed::ARTICLE.union(Closed::POSS)) && !closed.intersects(Closed::PRON)
        || before.is_some_and(|before| is_possessive(document, before));
    let noun = word.readings.iter().any(|reading| reading.class == Class::Noun);
    let past = word.readings.iter().any(|reading| reading.class == Class::Verb && reading.forms.intersects(Forms::ED));
    let of = document.text_of(at + 1).eq_ignore_ascii_case("of") && !past;
    // "a report", "his claims", "reports of": nouns.
    let governed = closed.intersects(Closed::PREP) && !closed.intersects(Closed::TO);
    if noun && (determined || governed || of) {
        return false;
    }
    let adverb = |at: usize| document.is_class(at, crate::language::WordClass::Adv);
    let auxiliary = before.map(|before| if before > 0 && adverb(before) { before - 1 } else { before });
    let passive = auxiliary.is_some_and(|before| {
        ["be", "get"].iter().any(|verb| document.has_reading(before, hash(verb), None, None))
            || ["'s", "’s"].contains(&document.text_of(before)) && before > 0 && is_pronoun(document, before - 1)
    });
    let participle =
        word.readings.iter().any(|reading| reading.class == Class::Verb && reading.forms.intersects(Forms::EN));
    !(passive && participle)
}

/// Verbs that report speech only where a quotation follows or is woven in: called it “…”, described as “…”.
fn is_lead_verb(form: u64) -> bool {
    static FORMS: LazyLock<std::collections::HashSet<u64>> = LazyLock::new(|| {
        "calls called calling describes described describing terms termed terming dubs dubbed dubbing labels labelled \
         labeled denounces denounced denouncing condemns condemned condemning criticizes criticized criticising \
         criticised praises praised praising hails hailed hailing blames blamed blaming cites cited citing refers \
         referred referring characterizes characterized characterizing tweets tweeted tweeting retweeted blogs blogged \
         blogging stating opines opined jokes joked expresses expressed expressing lauds lauded slams slammed blasts \
         blasted says saying promises promised commenting dismisses dismissed dismissing mocks mocked laments lamented \
         likens likened pleads pleaded congratulates congratulated shouts shouted shouting screams screamed screaming \
         yelled chanted chanting cried assails assailed assailing attacks attacked attacking decried decrying deemed \
         deems deeming characterises characterised characterising urging urged touted touting branded branding voiced \
         voicing"
            .split_ascii_whitespace()
            .map(hash)
            .collect()
    });
    FORMS.contains(&form)
}

/// A verb that leads into a quotation without being a cue by itself: "the statement read: “…”".
pub(super) fn leads_in(document: &Document, at: usize, open: usize) -> bool {
    static FORMS: LazyLock<std::collections::HashSet<u64>> = LazyLock::new(|| {
        "continues continued continuing goes went puts begins began posts posted posting read reads speaks spoke \
         speaking hopes hoped hoping expects expected sees saw feels felt ended ends opens opened summarized \
         summarised summed wants wanted supports sings sang thanks thanked considers considered commented compares \
         compared stated put reading going"
            .split_ascii_whitespace()
            .map(hash)
            .collect()
    });
    let near = open - at <= 4 || document.text_of(open - 1) == ":";
    near && FORMS.contains(&document.word(at).form)
}

/// Whether the subject may follow the verb: “…,” said Smith; but not “…,” told Smith.
pub(super) fn may_invert(document: &Document, at: usize) -> bool {
    let listener = ["tell", "inform", "accuse", "urge", "thank", "brief", "remind", "assure", "warn"];
    let word = document.word(at);
    let finite = word
        .readings
        .iter()
        .any(|reading| reading.class == Class::Verb && reading.forms.intersects(Forms::ED.union(Forms::S)));
    let speech = word.shape.has(Shape::CUE) || matches!(document.text_of(at), "reads" | "read");
    speech && finite && !listener.iter().any(|verb| document.has_reading(at, hash(verb), None, None))
}

/// The first word of its sentence, marks aside.
pub(super) fn begins_sentence(document: &Document, at: usize) -> bool {
    document.tokens.get(at).and_then(|token| document.sentences.get(token.sentence as usize)).is_some_and(|sentence| {
        sentence.tokens.start as usize == at
            || sentence.tokens.start as usize + 1 == at && document.word(at - 1).shape.has(Shape::PUNCT)
    })
}

/// Whether a token ends a search to the left for a subject that stands right before its verb.
fn bounds(document: &Document, at: usize) -> bool {
    let word = document.word(at);
    if word.shape.has(Shape::PUNCT) {
        return !matches!(document.text_of(at), "-" | "'" | "’" | "." | "&" | "/");
    }
    if is_name_word(document, at) || word.shape.has(Shape::CLITIC) && document.text_of(at).ends_with('s') {
        return false;
    }
    let joins = matches!(document.text_of(at), "and" | "&");
    let closed = word.closed;
    if closed.intersects(Closed::AUX.union(Closed::WH)) || closed.intersects(Closed::CONJ) && !joins {
        return true;
    }
    if matches!(
        document.text_of(at),
        "that"
            | "as"
            | "when"
            | "after"
            | "while"
            | "because"
            | "if"
            | "since"
            | "although"
            | "though"
            | "before"
            | "whether"
            | "where"
    ) {
        return true;
    }
    let only_verb = !word.readings.is_empty()
        && closed == Closed::default()
        && word.readings.iter().all(|reading| {
            reading.class == Class::Verb
                && !reading.forms.intersects(Forms::ING)
                && (reading.forms.intersects(Forms::ED) || reading.forms.intersects(Forms::S.union(Forms::BASE)))
        });
    only_verb && !word.shape.has(Shape::UNKNOWN)
}

/// The subject of the verb at `cue`, looked for down to the token `floor`.
pub(super) fn before(document: &Document, cue: usize, floor: usize) -> Option<Party> {
    let floor = (floor..cue).rev().find(|at| document.text_of(*at) == ";").map_or(floor, |mark| mark + 1);
    let mut end = cue;
    while end > floor && skips(document, end - 1) {
        end -= 1;
    }
    // Blinken on Tuesday said; Blinken in a statement said.
    if let Some(date) = document
        .dates
        .iter()
        .rev()
        .find(|date| date.tokens.end as usize <= end)
        .filter(|date| date.tokens.end as usize == end && date.tokens.start as usize > floor)
    {
        end = date.tokens.start as usize;
        if matches!(document.text_of(end - 1), "on" | "in") && end > floor {
            end -= 1;
        }
    }
    if end <= floor {
        return None;
    }
    let last = document.text_of(end - 1).to_lowercase();
    let closed = document.word(end - 1).closed;
    let ing = document
        .word(cue)
        .readings
        .iter()
        .any(|reading| reading.class == Class::Verb && reading.forms.intersects(Forms::ING));
    if matches!(last.as_str(), "who" | "which") {
        let mut until = end - 1;
        while until > floor && document.text_of(until - 1) == "," {
            until -= 1;
        }
        // Smith, an ecologist at the university, who said
        let comma = until < end - 1;
        let nested = runs(document, floor..until)
            .last()
            .is_some_and(|run| run.end == until && !is_governed(document, run, floor));
        if comma && !nested {
            let open = (floor..until).rev().find(|at| document.text_of(*at) == ",");
            let before =
                open.and_then(|open| antecedent(document, open, floor)).filter(|party| party.kind == PartyKind::Name);
            return before
                .or_else(|| enclosed(document, until + 1, floor))
                .or_else(|| antecedent(document, until, floor));
        }
        return antecedent(document, until, floor);
    }
    // Politico quoted Smith, a former official, as saying
    if ing && last == "as" {
        let quoted = (floor..end)
            .rev()
            .find(|at| ["quote", "cite"].iter().any(|verb| document.has_reading(*at, hash(verb), None, None)));
        if let Some(quoted) = quoted {
            return after(document, quoted + 1, end);
        }
    }
    // with Smith describing
    if ing
        && is_name_word(document, end - 1)
        && (end.saturating_sub(4).max(floor)..end).any(|at| document.text_of(at) == "with")
    {
        return runs(document, end.saturating_sub(4).max(floor)..end)
            .last()
            .filter(|run| run.end == end)
            .map(|run| name_in(document, run, end));
    }
    let says = ["say", "tell", "note", "call", "describe", "explain"];
    let went_on = end >= 3 && matches!(document.text_of(end - 2), "on" | "far");
    if closed.intersects(Closed::TO)
        && !went_on
        && !says.iter().any(|verb| document.has_reading(cue, hash(verb), None, None))
    {
        return None;
    }
    if ing
        || closed.intersects(Closed::CONJ.union(Closed::TO))
        || last == "as" && !document.word(cue).shape.has(Shape::CUE)
    {
        return main_subject(document, floor, end);
    }
    if matches!(last.as_str(), "," | ")" | "—" | "–" | "-") {
        return enclosed(document, end, floor);
    }
    direct(document, end, floor)
}

/// Whom "who" takes up: the name right before it, even where a preposition governs that; else the noun phrase.
fn antecedent(document: &Document, end: usize, floor: usize) -> Option<Party> {
    let found = runs(document, floor.max(end.saturating_sub(LONGEST))..end);
    if let Some(run) = found.last().filter(|run| run.end == end && !is_only_title(document, run)) {
        return Some(name_in(document, run, end));
    }
    let party = direct(document, end, floor)?;
    let statement = party.kind == PartyKind::Role && party.tokens.clone().any(|at| is_statement(document, at));
    if statement { main_subject(document, floor, party.tokens.start) } else { Some(party) }
}

/// Words between a subject and its verb: also, has, later, not.
fn skips(document: &Document, at: usize) -> bool {
    let word = document.word(at);
    if word.closed.intersects(Closed::TO) {
        return false;
    }
    if word.shape.has(Shape::CLITIC) {
        return !document.text_of(at).ends_with('s');
    }
    let adverb = word.readings.iter().any(|reading| reading.class == Class::Adverb)
        && !word.shape.has(Shape::CAPITAL)
        && !word.readings.iter().any(|reading| reading.class == Class::Noun && !reading.forms.intersects(Forms::BASE));
    word.closed.intersects(Closed::AUX.union(Closed::NEGATION)) && !word.closed.intersects(Closed::PRON)
        || adverb && !word.closed.intersects(Closed::PRON.union(Closed::PREP))
        || matches!(
            document.text_of(at),
            "also" | "later" | "then" | "both" | "all" | "himself" | "herself" | "themselves" | "itself" | "further"
        )
}

/// The noun phrase that ends right before `end`.
fn direct(document: &Document, end: usize, floor: usize) -> Option<Party> {
    let lowest = floor.max(end.saturating_sub(LONGEST));
    let mut start = end;
    while start > lowest && !bounds(document, start - 1) {
        start -= 1;
    }
    // Smith speaking to reporters said
    let participle = (start + 1..end).find(|at| {
        let word = document.word(*at);
        is_name_word(document, at - 1)
            && !word.shape.has(Shape::CAPITAL)
            && word.readings.iter().any(|reading| reading.class == Class::Verb && reading.forms.intersects(Forms::ING))
    });
    let end = participle.unwrap_or(end);
    if start >= end {
        return None;
    }
    let found = phrase(document, start..end);
    // the University of California, Los Angeles disagreed: a place behind a comma belongs to what stands before.
    let place = start > floor
        && document.text_of(start - 1) == ","
        && document
            .mention_at(start)
            .is_some_and(|mention| mention.kind == EntryKind::Place && mention.tokens.end as usize == end);
    if place { main_subject(document, floor, start - 1).or(found) } else { found }
}

/// Smith, the mayor of Springfield, said · Smith (who left) said.
fn enclosed(document: &Document, end: usize, floor: usize) -> Option<Party> {
    let opening = match document.text_of(end - 1) {
        ")" => "(",
        mark => mark,
    };
    let open = (floor..end - 1).rev().find(|at| document.text_of(*at) == opening);
    if let Some(open) = open.filter(|open| *open > floor) {
        // The minister, John Smith, said: the name stands between the commas.
        if opening == "," {
            let inside = phrase(document, open + 1..end - 1);
            let whole = inside.as_ref().is_some_and(|party| {
                let titles = (open + 1..party.tokens.start).all(|at| {
                    let closed = document.word(at).closed;
                    is_name_word(document, at)
                        || closed == Closed::default() && !is_cue(document, at)
                        || closed.intersects(Closed::ARTICLE.union(Closed::CONJ))
                });
                let titles = titles
                    && !(open + 1..party.tokens.start)
                        .any(|at| document.text_of(at).ends_with("ing") && !document.text_of(at).ends_with("eering"));
                party.kind == PartyKind::Name && party.tokens.len() >= 2 && party.tokens.end == end - 1 && titles
            });
            let outer = direct(document, open, floor);
            match outer {
                Some(outer) if outer.kind == PartyKind::Pronoun || outer.kind == PartyKind::Name && !whole => {
                    return Some(outer);
                }
                Some(outer) => return if whole { inside } else { Some(outer) },
                None => {}
            }
        } else if let Some(outer) = direct(document, open, floor) {
            return Some(outer);
        }
    }
    main_subject(document, floor, end)
}

/// The subject of the first clause of a range: leading adverbials up to their comma are passed over.
pub(super) fn main_subject(document: &Document, from: usize, until: usize) -> Option<Party> {
    let mut start = from;
    for _ in 0..4 {
        while start < until
            && (document.word(start).shape.has(Shape::PUNCT)
                || document.word(start).closed.intersects(Closed::CONJ)
                || document.is_quoted(start))
        {
            start += 1;
        }
        if start >= until {
            return None;
        }
        let word = document.word(start);
        let adverbial =
            word.closed.intersects(Closed::PREP.union(Closed::SUBORDINATOR)) && !is_pronoun(document, start)
                || word.readings.iter().any(|reading| reading.class == Class::Adverb)
                    && !is_name_word(document, start)
                    && !word.closed.intersects(Closed::DET)
                || word.readings.iter().any(|reading| {
                    reading.class == Class::Verb && reading.forms.intersects(Forms::ING.union(Forms::EN))
                }) && !is_name_word(document, start)
                    && !word.readings.iter().any(|reading| reading.class == Class::Noun);
        let comma = (start..until).find(|at| document.text_of(*at) == ",");
        let following = document.text_of(start).ends_with("ing")
            && document
                .word(start + 1)
                .closed
                .intersects(Closed::DET.union(Closed::POSS).union(Closed::PREP).union(Closed::TO));
        if !adverbial && (!following || comma.is_none()) {
            break;
        }
        let Some(comma) = comma else {
            // "After the vote Smith said": no comma shows where the adverbial ends.
            return forward(document, start, until);
        };
        start = comma + 1;
    }
    forward(document, start, until)
}

/// The noun phrase that begins at `start`.
fn forward(document: &Document, start: usize, until: usize) -> Option<Party> {
    let mut end = start;
    while end < until.min(start + LONGEST) && !stops(document, end, start) {
        end += 1;
    }
    if end == start {
        return None;
    }
    let found = phrase(document, start..end)?;
    Some(apposition(document, found, end, until))
}

/// The minister, John Smith, …: the name takes the place of the role.
fn apposition(document: &Document, found: Party, end: usize, until: usize) -> Party {
    if found.kind != PartyKind::Role || document.text_of(end) != "," || end + 1 >= until {
        return found;
    }
    // The stop of an initial belongs to the name.
    let ends = |at: usize| {
        let initial = document.text_of(at) == "." && document.text_of(at - 1).chars().count() <= 2;
        document.word(at).shape.has(Shape::PUNCT) && !initial && document.text_of(at) != "-"
    };
    let stop = (end + 1..until.min(end + 8)).find(|at| ends(*at)).unwrap_or(until.min(end + 8));
    let from = end + 1 + usize::from(document.word(end + 1).closed.intersects(Closed::ARTICLE));
    let stop = if document.text_of(stop) == "(" || stop > from { stop } else { until };
    let close = (from..stop)
        .find(|at| !is_name_word(document, *at) && !lists::is_name_particle(document.text_of(*at)))
        .unwrap_or(stop);
    let name = (close == stop && close > from && close - end <= 7).then(|| phrase(document, from..close)).flatten();
    name.filter(|name| name.kind == PartyKind::Name && name.tokens.len() >= 2).unwrap_or(found)
}

/// Whether a noun phrase read from the left ends before this token.
fn stops(document: &Document, at: usize, start: usize) -> bool {
    let word = document.word(at);
    if word.shape.has(Shape::PUNCT) {
        // The stop of an initial belongs to the name.
        let initial = document.text_of(at) == "."
            && at > start
            && document.word(at - 1).shape.has(Shape::CAPITAL)
            && document.text_of(at - 1).len() <= 2;
        return !initial && !matches!(document.text_of(at), "-" | "'" | "’" | "&" | "/");
    }
    if at > start && is_pronoun(document, at - 1) {
        return true;
    }
    if is_name_word(document, at) || word.shape.has(Shape::CLITIC) && document.text_of(at).ends_with('s') {
        return false;
    }
    let closed = word.closed;
    if closed.intersects(Closed::AUX.union(Closed::WH).union(Closed::TO))
        || closed.intersects(Closed::CONJ) && document.text_of(at) != "and"
    {
        return true;
    }
    if at > start && closed.intersects(Closed::PREP) {
        // Only what belongs to a noun: of, for, from, at, with.
        return !matches!(document.text_of(at), "of" | "for" | "from" | "at" | "with");
    }
    if at > start
        && matches!(document.text_of(at), "that" | "as" | "when" | "after" | "while" | "because" | "who" | "in" | "on")
    {
        return true;
    }
    if at > start && skips(document, at) {
        return true;
    }
    let verb = word.readings.iter().any(|reading| {
        reading.class == Class::Verb
            && reading.forms.intersects(Forms::ED.union(Forms::S))
            && document.may_be(at, Class::Verb, reading.forms)
    });
    let other = word.readings.iter().any(|reading| matches!(reading.class, Class::Noun | Class::Adjective));
    let after_name = at > start && is_name_word(document, at - 1);
    at > start && verb && (!other || after_name || word.shape.has(Shape::CUE))
}

/// The subject that follows a verb or "according to": said Smith · said a spokesman for Smith · said the minister, John Smith.
pub(super) fn after(document: &Document, from: usize, until: usize) -> Option<Party> {
    let word = document.word(from);
    let opens = is_name_word(document, from)
        || is_pronoun(document, from)
        || word.closed.intersects(Closed::DET.union(Closed::POSS).union(Closed::NUMBER_WORD))
        || word.shape.any(Shape::DEMONYM.with(Shape::OFFICE).with(Shape::OFFICE_BEGINS).with(Shape::CAPITAL))
        || word.closed == Closed::default()
            && word.readings.iter().any(|reading| matches!(reading.class, Class::Noun | Class::Adjective));
    if !opens || word.shape.has(Shape::PUNCT) || from >= until {
        return None;
    }
    forward(document, from, until)
}

/// A speaker set before a colon: "Blinken: “…”", "John Smith, mayor of Springfield: “…”".
pub(super) fn label(document: &Document, from: usize, colon: usize) -> Option<Party> {
    let has_cue = (from..colon).any(|at| is_cue(document, at));
    if has_cue || colon <= from || colon - from > 12 {
        return None;
    }
    let end = (from..colon).find(|at| document.text_of(*at) == ",").unwrap_or(colon);
    let run = runs(document, from..end);
    let only = run.first().filter(|run| run.end == end && run.start <= from + 2)?;
    Some(Party { tokens: bare(document, only.clone()), kind: PartyKind::Name })
}

/// The speaker behind "Smith's statement", "a statement from Smith", "a statement released by Smith"; others as they are.
pub(super) fn owner(document: &Document, party: Party, until: usize) -> Option<Party> {
    if party.kind != PartyKind::Role {
        return Some(party);
    }
    let start = party.tokens.start;
    let Some(noun) = party.tokens.clone().find(|at| is_statement(document, *at)) else { return Some(party) };
    if let Some(mark) = (start..noun).rev().find(|at| is_possessive(document, *at)) {
        return phrase(document, start..mark);
    }
    let closed = document.word(start).closed;
    if closed.intersects(Closed::POSS) && !closed.intersects(Closed::ARTICLE) {
        return Some(Party { tokens: start..start + 1, kind: PartyKind::Pronoun });
    }
    let by = (noun + 1..until.min(noun + 8))
        .take_while(|at| !document.word(*at).shape.has(Shape::PUNCT))
        .find(|at| matches!(document.text_of(*at), "from" | "by"));
    by.and_then(|by| after(document, by + 1, until)).or(Some(party))
}

/// Whether a token is a finite verb here.
pub(super) fn is_finite(document: &Document, at: usize) -> bool {
    let word = document.word(at);
    word.closed.intersects(Closed::AUX)
        || word.readings.iter().any(|reading| {
            reading.class == Class::Verb
                && reading.forms.intersects(Forms::ED.union(Forms::S))
                && document.may_be(at, Class::Verb, reading.forms)
        })
}

/// called, dubbed, titled …: right before the marks it gives a name rather than reports speech.
pub(super) fn names(document: &Document, at: usize) -> bool {
    matches!(
        document.text_of(at),
        "called"
            | "dubbed"
            | "titled"
            | "entitled"
            | "named"
            | "labelled"
            | "labeled"
            | "termed"
            | "nicknamed"
            | "described"
            | "known"
    )
}

/// Verbs of thinking: they tell whose words these are only where nobody says them.
pub(super) fn is_thought(document: &Document, at: usize) -> bool {
    document.word(at).shape.has(Shape::CUE)
        && ["think", "believe", "wonder", "agree", "estimate", "conclude", "suggest", "mean"]
            .iter()
            .any(|verb| document.has_reading(at, hash(verb), None, None))
}
