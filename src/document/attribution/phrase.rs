//! In: a noun phrase. Out: the words in it that name a speaker: a name without its titles, a pronoun, a role.

use super::party::{Party, PartyKind, begins_sentence};
use crate::document::{Document, Shape};
use crate::language::{Class, Closed, Forms, hash, lists};
use crate::lexicon::EntryKind;
use std::ops::Range;

pub(super) fn is_pronoun(document: &Document, at: usize) -> bool {
    matches!(
        document.text_of(at).to_lowercase().as_str(),
        "he" | "she" | "they" | "i" | "we" | "it" | "him" | "her" | "you"
    )
}

/// 's or ’ of a possessor.
pub(super) fn is_possessive(document: &Document, at: usize) -> bool {
    let clitic = document.word(at).shape.has(Shape::CLITIC) && document.text_of(at).ends_with(['s', 'S']);
    clitic || matches!(document.text_of(at), "'" | "’") && at > 0 && document.text_of(at - 1).ends_with('s')
}

/// A token that can be a part of a name in its place.
pub(super) fn is_name_word(document: &Document, at: usize) -> bool {
    let word = document.word(at);
    if word.shape.has(Shape::ARTICLE_NAME) {
        return true;
    }
    if !word.shape.has(Shape::CAPITAL.with(Shape::WORD))
        || word.shape.any(Shape::CLITIC.with(Shape::MONTH).with(Shape::WEEKDAY))
    {
        return false;
    }
    let initial = begins_sentence(document, at);
    if !initial && word.closed == Closed::default() {
        return true;
    }
    if initial && word.closed != Closed::default() {
        return false;
    }
    if !initial {
        return !word.closed.intersects(Closed::PRON.union(Closed::ARTICLE).union(Closed::PREP));
    }
    // Ford said, Shell has: a lone singular without an article before its verb.
    let next = document.word(at + 1);
    let lone =
        word.readings.iter().any(|reading| reading.class == Class::Noun && reading.forms.intersects(Forms::SINGULAR))
            && !word.readings.iter().any(|reading| reading.forms.intersects(Forms::PLURAL))
            && (next.shape.has(Shape::CUE) || matches!(document.text_of(at + 1), "has" | "told"))
            && !document.text_of(at).ends_with("ing");
    if lone {
        return true;
    }
    // At the start of a sentence a capital shows nothing: the word must be no ordinary one, or go on as a name.
    word.shape.any(Shape::UNKNOWN.with(Shape::FIRST_NAME).with(Shape::UPPER))
        || document.mention_at(at).is_some()
        || document.word(at + 1).shape.has(Shape::CAPITAL) && document.word(at + 1).closed == Closed::default()
}

/// The runs of name words in a range; particles join.
pub(super) fn runs(document: &Document, range: Range<usize>) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let may_be = document.word(at).shape.any(Shape::CAPITAL.with(Shape::ARTICLE_NAME));
        if !may_be || !is_name_word(document, at) {
            at += 1;
            continue;
        }
        let start = at;
        at += 1;
        while at < range.end {
            let particle = lists::is_name_particle(document.text_of(at))
                && (at + 1..(at + 3).min(range.end)).any(|next| is_name_word(document, next));
            if !particle && !is_name_word(document, at) {
                break;
            }
            at += 1;
        }
        found.push(start..at);
    }
    found
}

/// A name without the titles, countries and offices before it: "US Secretary of State Antony Blinken" without all but the name.
pub(super) fn bare(document: &Document, mut run: Range<usize>) -> Range<usize> {
    const SUFFIXES: [&str; 14] =
        ["QC", "KC", "MP", "MEP", "MSP", "MD", "PhD", "Ph.D.", "OBE", "CBE", "Jr.", "Jr", "Sr.", "Sr"];
    while run.len() > 2 && SUFFIXES.contains(&document.text_of(run.end - 1)) {
        run.end -= 1;
    }
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
    // Yvette Cooper of the Labour Party: what a preposition governs is not who speaks.
    let stands = |run: &&Range<usize>| {
        let closes =
            run.end == range.end || is_preposition(document, run.end) || matches!(document.text_of(run.end), "," | "(");
        closes && !is_governed(document, run, range.start) && !is_only_title(document, run)
    };
    let runs = runs(document, range.clone());
    if let Some(run) = runs.iter().rev().find(stands) {
        return Some(name_in(document, run, range.end));
    }
    let start = core_start(document, &range)?;
    let end = (start..range.end).find(|at| *at > start && is_preposition(document, *at)).unwrap_or(range.end);
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

/// Whether a token is a preposition, or "to".
fn is_preposition(document: &Document, at: usize) -> bool {
    document.word(at).closed.intersects(Closed::PREP.union(Closed::TO)) && !is_name_word(document, at)
}

/// Whether a preposition governs a run of name words: "of worldwide victim group Ending Abuse"; a person's name inside the run
/// is free of it: "Minister of Defence Sergei Shoigu".
pub(super) fn is_governed(document: &Document, run: &Range<usize>, floor: usize) -> bool {
    let name = bare(document, run.clone());
    let is_person = document.mention_at(name.start).is_some_and(|mention| mention.kind == EntryKind::Person);
    if name.start > run.start && (is_person || document.word(name.start).shape.has(Shape::FIRST_NAME)) {
        return false;
    }
    let person = document.word(run.start).shape.has(Shape::FIRST_NAME) && run.len() > 1;
    let (mut at, mut owned) = (run.start, false);
    while at > floor {
        at -= 1;
        if is_preposition(document, at) {
            return true;
        }
        // of the UK's National Crime Agency
        owned |= is_possessive(document, at);
        if owned && (is_possessive(document, at) || document.word(at).shape.has(Shape::CAPITAL)) {
            continue;
        }
        let word = document.word(at);
        let article = word.closed.intersects(Closed::ARTICLE);
        let modifier = word.closed == Closed::default() && !word.shape.any(Shape::PUNCT.with(Shape::CAPITAL));
        if !article && (!modifier || person) {
            return false;
        }
    }
    false
}

/// "A Republican Assemblywoman", "President": an office without a name.
pub(super) fn is_only_title(document: &Document, run: &Range<usize>) -> bool {
    let last = document.word(run.end - 1);
    last.shape.any(Shape::OFFICE.with(Shape::DEMONYM)) && !last.shape.has(Shape::FIRST_NAME)
        || matches!(
            document.text_of(run.end - 1),
            "Republican"
                | "Democrat"
                | "Assemblywoman"
                | "Assemblyman"
                | "Member"
                | "Secretary"
                | "Commandant"
                | "Congress"
        ) && run.len() == 1
}

/// The name of a run; an organisation keeps its country: Foreign Ministry of Iraq.
pub(super) fn name_in(document: &Document, run: &Range<usize>, until: usize) -> Party {
    let mut tokens = bare(document, run.clone());
    if crate::document::mentions::is_organisation(document, run.end - 1) {
        tokens.start = run.start;
        if document.text_of(run.end) == "of" && run.end + 1 < until && is_name_word(document, run.end + 1) {
            tokens.end = (run.end + 2..until).find(|at| !is_name_word(document, *at)).unwrap_or(until);
        }
    }
    Party { tokens, kind: PartyKind::Name }
}

/// Nouns for what is said or written: their owner speaks.
pub(super) fn is_statement(document: &Document, at: usize) -> bool {
    const NOUNS: [&str; 18] = [
        "statement",
        "tweet",
        "post",
        "letter",
        "speech",
        "ruling",
        "opinion",
        "email",
        "message",
        "announcement",
        "decision",
        "declaration",
        "remark",
        "communique",
        "release",
        "article",
        "memo",
        "notice",
    ];
    NOUNS.iter().any(|noun| document.has_reading(at, hash(noun), Some(Class::Noun), None))
}
