//! In: a reporting verb and its sentence. Out: its subject, cut down to the words that name the speaker.

use crate::document::{Document, Shape};
use crate::language::{Class, Closed, Forms, hash, lists};
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
    // "a report", "his claims", "reports of": nouns.
    if noun && (determined || closed.intersects(Closed::PREP) || document.text_of(at + 1).eq_ignore_ascii_case("of")) {
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
        "calls called calling describes described describing terms termed terming dubs dubbed dubbing labels labelled labeled \
         denounces denounced denouncing condemns condemned condemning criticizes criticized criticising criticised praises praised praising \
         hails hailed hailing blames blamed blaming cites cited citing refers referred referring characterizes characterized characterizing \
         continues continued continuing goes went puts begins began posts posted posting tweets tweeted tweeting retweeted blogs blogged \
         blogging reads read states stating speaks spoke speaking opines opined jokes joked hopes hoped hoping expresses expressed expressing \
         supports praised lauds lauded slams slammed blasts blasted expects expected sees saw says saying feels felt ends ended opens opened \
         summarized summarised summed promises promised comments commented commenting dismisses dismissed dismissing compares compared thanks thanked \
         mocks mocked laments lamented wants wanted likens likened considers considered pleads pleaded congratulates congratulated sings sang shouts shouted"
            .split_ascii_whitespace()
            .map(hash)
            .collect()
    });
    FORMS.contains(&form)
}

/// A verb that leads into a quotation without being a cue by itself: "the statement read: “…”".
pub(super) fn leads_in(document: &Document, at: usize, open: usize) -> bool {
    let near = open - at <= 2;
    near && matches!(document.text_of(at), "read" | "reads" | "reading" | "stated" | "goes" | "went" | "put")
}

/// Whether the subject may follow the verb: “…,” said Smith; but not “…,” told Smith.
pub(super) fn may_invert(document: &Document, at: usize) -> bool {
    let listener = ["tell", "inform", "accuse", "urge", "thank", "brief", "remind", "assure", "warn"];
    let word = document.word(at);
    let finite = word
        .readings
        .iter()
        .any(|reading| reading.class == Class::Verb && reading.forms.intersects(Forms::ED.union(Forms::S)));
    finite && !listener.iter().any(|verb| document.has_reading(at, hash(verb), None, None))
}

fn is_pronoun(document: &Document, at: usize) -> bool {
    matches!(
        document.text_of(at).to_lowercase().as_str(),
        "he" | "she" | "they" | "i" | "we" | "it" | "him" | "her" | "you"
    )
}

/// 's or ’ of a possessor.
fn is_possessive(document: &Document, at: usize) -> bool {
    let clitic = document.word(at).shape.has(Shape::CLITIC) && document.text_of(at).ends_with(['s', 'S']);
    clitic || matches!(document.text_of(at), "'" | "’") && at > 0 && document.text_of(at - 1).ends_with('s')
}

/// The first word of its sentence, marks aside.
fn begins_sentence(document: &Document, at: usize) -> bool {
    document.tokens.get(at).and_then(|token| document.sentences.get(token.sentence as usize)).is_some_and(|sentence| {
        sentence.tokens.start as usize == at
            || sentence.tokens.start as usize + 1 == at && document.word(at - 1).shape.has(Shape::PUNCT)
    })
}

/// A token that can be a part of a name in its place.
pub(super) fn is_name_word(document: &Document, at: usize) -> bool {
    let word = document.word(at);
    if !word.shape.has(Shape::CAPITAL.with(Shape::WORD))
        || word.shape.any(Shape::CLITIC.with(Shape::MONTH).with(Shape::WEEKDAY))
    {
        return false;
    }
    let initial =
        document.tokens.get(at).and_then(|token| document.sentences.get(token.sentence as usize)).is_some_and(
            |sentence| {
                sentence.tokens.start as usize == at
                    || sentence.tokens.start as usize + 1 == at && document.word(at - 1).shape.has(Shape::PUNCT)
            },
        );
    if !initial && word.closed == Closed::default() {
        return true;
    }
    if initial && word.closed != Closed::default() {
        return false;
    }
    if !initial {
        return !word.closed.intersects(Closed::PRON.union(Closed::ARTICLE).union(Closed::PREP));
    }
    // At the start of a sentence a capital shows nothing: the word must be no ordinary one, or go on as a name.
    word.shape.any(Shape::UNKNOWN.with(Shape::FIRST_NAME).with(Shape::UPPER))
        || document.mention_at(at).is_some()
        || document.word(at + 1).shape.has(Shape::CAPITAL) && document.word(at + 1).closed == Closed::default()
}

fn is_particle(text: &str) -> bool {
    matches!(
        text,
        "de" | "da"
            | "do"
            | "dos"
            | "del"
            | "della"
            | "van"
            | "von"
            | "der"
            | "den"
            | "bin"
            | "al"
            | "la"
            | "le"
            | "el"
            | "ibn"
            | "ul"
            | "e"
    )
}

/// The runs of name words in a range; particles join.
fn runs(document: &Document, range: Range<usize>) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = range.start;
    while at < range.end {
        if !is_name_word(document, at) {
            at += 1;
            continue;
        }
        let start = at;
        at += 1;
        while at < range.end {
            if is_name_word(document, at) {
                at += 1;
            } else if is_particle(document.text_of(at))
                && (at + 1..(at + 3).min(range.end)).any(|next| is_name_word(document, next))
            {
                at += 1;
            } else {
                break;
            }
        }
        found.push(start..at);
    }
    found
}

/// A name without the titles, countries and offices before it: "US Secretary of State Antony Blinken" without all but the name.
pub(super) fn bare(document: &Document, run: Range<usize>) -> Range<usize> {
    let first_name = run.clone().find(|at| {
        document.word(*at).shape.has(Shape::FIRST_NAME)
            || document.mention_at(*at).is_some_and(|mention| {
                mention.kind == crate::lexicon::EntryKind::Person && mention.tokens.end as usize == run.end
            })
    });
    let mut start = first_name.filter(|at| at + 1 < run.end || document.mention_at(*at).is_some()).unwrap_or(run.start);
    while start + 1 < run.end {
        let word = document.word(start);
        let bare = document.text_of(start).trim_end_matches('.').to_lowercase();
        let title =
            word.shape.any(Shape::TITLE.with(Shape::DEMONYM)) || lists::title(&bare).is_some() || is_office_word(&bare);
        let known_noun = !word.shape.any(Shape::UNKNOWN.with(Shape::FIRST_NAME))
            && document.word(run.end - 1).shape.has(Shape::UNKNOWN)
            && run.end - start > 2
            && word.readings.iter().any(|reading| reading.class == Class::Noun);
        if !title && !known_noun {
            break;
        }
        start += 1;
    }
    start..run.end
}

/// Words of offices that are no titles by themselves.
fn is_office_word(lower: &str) -> bool {
    matches!(
        lower,
        "state"
            | "us"
            | "u.s"
            | "uk"
            | "u.k"
            | "eu"
            | "un"
            | "u.n"
            | "general"
            | "executive"
            | "party"
            | "opposition"
            | "council"
            | "security"
            | "foreign"
            | "affairs"
            | "defence"
            | "defense"
            | "interior"
            | "senior"
            | "co-founder"
            | "spokesperson"
            | "policy"
            | "adviser"
            | "advisor"
            | "editor"
            | "manager"
            | "officer"
            | "head"
            | "candidate"
            | "democrat"
            | "republican"
            | "rep"
            | "sen"
            | "gov"
            | "democratic"
            | "conservative"
            | "labour"
            | "liberal"
            | "pm"
            | "mp"
            | "then-president"
    )
}

/// The speaker named by a noun phrase; leading adverbials are passed over.
pub(super) fn phrase(document: &Document, mut range: Range<usize>) -> Option<Party> {
    let punct = |at: usize| document.word(at).shape.has(Shape::PUNCT);
    while range.start < range.end && (punct(range.start) || document.word(range.start).closed.intersects(Closed::CONJ))
    {
        range.start += 1;
    }
    while range.end > range.start && punct(range.end - 1) {
        range.end -= 1;
    }
    if range.is_empty() {
        return None;
    }
    if is_pronoun(document, range.end - 1) && !is_possessive(document, range.end - 1) {
        return Some(Party { tokens: range.end - 1..range.end, kind: PartyKind::Pronoun });
    }
    if is_pronoun(document, range.start) && range.len() <= 3 {
        return Some(Party { tokens: range.start..range.start + 1, kind: PartyKind::Pronoun });
    }
    let preposition =
        |at: usize| document.word(at).closed.intersects(Closed::PREP.union(Closed::TO)) && !is_name_word(document, at);
    let runs = runs(document, range.clone());
    let possessor = |run: &Range<usize>| run.end < range.end && is_possessive(document, run.end);
    // Prime Minister of France Édouard Philippe: the name stands last and nothing governs it.
    if let Some(run) = runs.last().filter(|run| run.end == range.end) {
        let name = bare(document, run.clone());
        let governed = run.start > range.start && name.start == run.start && {
            let before = run.start - 1;
            preposition(before)
                || document.word(before).closed.intersects(Closed::ARTICLE)
                    && before > range.start
                    && preposition(before - 1)
        };
        if !governed {
            return Some(Party { tokens: name, kind: PartyKind::Name });
        }
    }
    let start = core_start(document, &range)?;
    let end = (start..range.end).find(|at| *at > start && preposition(*at)).unwrap_or(range.end);
    if let Some(run) = runs.iter().find(|run| run.start >= start && run.end == end && !possessor(run)) {
        return Some(Party { tokens: bare(document, run.clone()), kind: PartyKind::Name });
    }
    // A role: it needs a noun or a determiner that stands for one.
    let noun = (start..end).any(|at| {
        document.word(at).readings.iter().any(|reading| reading.class == Class::Noun)
            || document.word(at).closed.intersects(Closed::PRON.union(Closed::NUMBER_WORD))
    });
    noun.then_some(Party { tokens: start..range.end, kind: PartyKind::Role })
}

/// Where the noun phrase begins behind leading prepositional phrases: "In Washington on Monday a spokesman".
fn core_start(document: &Document, range: &Range<usize>) -> Option<usize> {
    let mut start = range.start;
    let leading = |at: usize| {
        let word = document.word(at);
        word.closed.intersects(Closed::PREP.union(Closed::SUBORDINATOR)) && !is_name_word(document, at)
    };
    while start < range.end && leading(start) {
        // Its own noun phrase ends where the next determiner or pronoun stands.
        start = (start + 2..range.end)
            .find(|at| document.word(*at).closed.intersects(Closed::DET.union(Closed::POSS)) || leading(*at))?;
    }
    (start < range.end).then_some(start)
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
        return direct(document, until, floor);
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

/// Words between a subject and its verb: also, has, later, not.
fn skips(document: &Document, at: usize) -> bool {
    let word = document.word(at);
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
    (start < end).then(|| phrase(document, start..end)).flatten()
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
                party.kind == PartyKind::Name && party.tokens.end == end - 1 && end - 1 - open <= 6
            });
            let outer = direct(document, open, floor);
            match outer {
                Some(outer) if outer.kind != PartyKind::Role => return Some(outer),
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
            && (document.word(start).shape.has(Shape::PUNCT) || document.word(start).closed.intersects(Closed::CONJ))
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
        if !adverbial {
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
    let stop = (end + 1..until.min(end + 8))
        .find(|at| document.word(*at).shape.has(Shape::PUNCT) && !matches!(document.text_of(*at), "." | "-"))
        .unwrap_or(until.min(end + 8));
    let close =
        (end + 1..stop).find(|at| !is_name_word(document, *at) && !is_particle(document.text_of(*at))).unwrap_or(stop);
    let name =
        (close == stop && close > end + 1 && close - end <= 6).then(|| phrase(document, end + 1..close)).flatten();
    name.filter(|name| name.kind == PartyKind::Name && name.tokens.len() >= 2).unwrap_or(found)
}

/// Whether a noun phrase read from the left ends before this token.
fn stops(document: &Document, at: usize, start: usize) -> bool {
    let word = document.word(at);
    if word.shape.has(Shape::PUNCT) {
        return !matches!(document.text_of(at), "-" | "'" | "’" | "&" | "/")
            && !(document.text_of(at) == "."
                && at > start
                && document.word(at - 1).shape.has(Shape::CAPITAL)
                && document.text_of(at - 1).len() <= 2);
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
    let verb = word.readings.iter().any(|reading| {
        reading.class == Class::Verb
            && reading.forms.intersects(Forms::ED.union(Forms::S))
            && document.may_be(at, Class::Verb, reading.forms)
    });
    let other = word.readings.iter().any(|reading| matches!(reading.class, Class::Noun | Class::Adjective));
    at > start && verb && (!other || word.shape.has(Shape::CUE))
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
