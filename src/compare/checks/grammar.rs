//! Places where a word has fallen out or come in: sequences that English does not have, and the original has not either.

use super::super::{Compared, Group};
use crate::detect::Hit;
use crate::document::{Document, Shape, Word};
use crate::finding::Place;
use crate::language::{self, Class, Closed, Forms};
use crate::rulebook::settings::Settings;
use std::collections::HashSet;

/// What is broken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Break {
    /// A word is missing between the two.
    Hole,
    /// The second word has the wrong form.
    Form,
}

pub fn find(compared: &Compared<'_>, settings: &Settings, out: &mut Vec<Hit>) {
    let wanted = if settings.text("fault") == Some("form") { Break::Form } else { Break::Hole };
    let sequences: HashSet<(u64, u64)> = settings
        .groups("sequences")
        .iter()
        .filter_map(|row| row.split_first())
        .flat_map(|(first, rest)| rest.iter().map(|next| (language::hash(first), language::hash(next))))
        .collect();
    for group in &compared.groups {
        if wanted == Break::Form {
            shifted(compared, group, out);
        }
        for at in group.text.start..group.text.end.saturating_sub(1) {
            let listed = wanted == Break::Hole && is_listed(compared.text, at, &sequences);
            if (listed || broken(compared.text, at) == Some(wanted)) && !stands_there(compared, group, at) {
                let around = around(compared, group, at);
                let span = match wanted {
                    Break::Hole => compared.text.span(at..at + 2),
                    Break::Form => compared.text.span(at + 1..at + 2),
                };
                let place = if wanted == Break::Hole { gap(compared.text, at) } else { Place::Span(span) };
                out.push(compared.hit(place, around));
            }
        }
    }
}

/// A word of the same family but another class, between words that are the original's own.
fn shifted(compared: &Compared<'_>, group: &Group, out: &mut Vec<Hit>) {
    use super::super::How;
    for at in group.text.start + 1..group.text.end.saturating_sub(1) {
        let tie = |at: u32| compared.ties.get(at as usize).copied().flatten();
        let Some(own) = tie(at).filter(|tie| tie.how == How::Kin) else { continue };
        let (Some(before), Some(after)) = (tie(at - 1), tie(at + 1)) else { continue };
        let exact = before.how == How::Exact && after.how == How::Exact;
        if !exact || before.at + 1 != own.at || own.at + 1 != after.at {
            continue;
        }
        let (a, b) = (compared.word(at), compared.there(own.at));
        let classes = |word: &Word| word.readings.iter().map(|reading| reading.class).collect::<Vec<_>>();
        let (here, there) = (classes(a), classes(b));
        let apart = !here.is_empty() && !there.is_empty() && !here.iter().any(|class| there.contains(class));
        let modifiers = [&here, &there]
            .iter()
            .all(|classes| classes.iter().any(|class| matches!(class, Class::Noun | Class::Adjective)))
            && compared.word(at + 1).readings.iter().any(|reading| reading.class == Class::Noun);
        let stem = strsim::jaro_winkler(&lower(compared.text, at), &lower(compared.original, own.at)) >= 0.85;
        if apart && !modifiers && stem && !a.shape.any(Shape::CAPITAL.with(Shape::UNKNOWN)) {
            let place = Place::Span(compared.text.span(at..at + 1));
            out.push(compared.hit(place, own.at..own.at + 1).propose(compared.shown_there(own.at)));
        }
    }
}

/// Whether the two words are on the list of those that never follow each other.
fn is_listed(document: &Document, at: u32, sequences: &HashSet<(u64, u64)>) -> bool {
    let (a, b) = (document.word(at as usize), document.word(at as usize + 1));
    sequences.contains(&(a.form, b.form))
        && !a.shape.has(Shape::UPPER)
        && !b.shape.any(Shape::UPPER.with(Shape::CAPITAL))
        && (!a.shape.has(Shape::CAPITAL) || first_of_sentence(document, at))
        // The people he spoke to are: a preposition at the end of a relative clause.
        && !(a.closed.intersects(Closed::PREP.union(Closed::TO)) && (b.closed.intersects(Closed::AUX.union(Closed::MODAL)) || b.shape.has(Shape::PUNCT)) && wh_before(document, at))
        && document.tokens.get(at as usize).map(|token| token.sentence)
            == document.tokens.get(at as usize + 1).map(|token| token.sentence)
}

fn gap(document: &Document, at: u32) -> Place {
    Place::Gap(document.tokens.get(at as usize).map_or(0, |token| token.span.end))
}

fn stands_there(compared: &Compared<'_>, group: &Group, at: u32) -> bool {
    match (compared.partner(at), compared.partner(at + 1)) {
        (Some(a), Some(b)) if b == a + 1 => true,
        _ => {
            let (a, b) = (compared.word(at).form, compared.word(at + 1).form);
            group.original.clone().any(|other| compared.there(other).form == a && compared.there(other + 1).form == b)
        }
    }
}

fn around(compared: &Compared<'_>, group: &Group, at: u32) -> std::ops::Range<u32> {
    let before = (group.text.start..=at).rev().take(6).find_map(|near| compared.partner(near));
    let after = (at + 1..group.text.end).take(6).find_map(|near| compared.partner(near));
    match (before, after) {
        (Some(a), Some(b)) if b > a && b - a <= 12 => a..b + 1,
        (Some(a), _) => a..(a + 3).min(group.original.end),
        (None, Some(b)) => b.saturating_sub(2).max(group.original.start)..b + 1,
        (None, None) => group.original.clone(),
    }
}

fn lower(document: &Document, at: u32) -> String {
    document.tokens.get(at as usize).map_or(String::new(), |token| document.text(token.span).to_lowercase())
}

/// The finite forms of be, have, do.
fn finite_auxiliary(lower: &str) -> bool {
    matches!(lower, "is" | "are" | "was" | "were" | "has" | "had" | "am")
}

fn only_adjective(word: &Word) -> bool {
    !word.readings.is_empty()
        && !word.shape.any(Shape::UNKNOWN.with(Shape::CAPITAL))
        && word.readings.iter().all(|reading| reading.class == Class::Adjective)
        && word.closed == Closed::default()
}

/// Only a verb, in one of these forms.
fn only_verb(word: &Word, forms: Forms) -> bool {
    !word.readings.is_empty()
        && !word.shape.any(Shape::UNKNOWN.with(Shape::CAPITAL))
        && word.closed == Closed::default()
        && word.readings.iter().all(|reading| reading.class == Class::Verb && reading.forms.intersects(forms))
}

/// Whether the classes of this word and the next make a sequence that English does not have.
fn broken(document: &Document, at: u32) -> Option<Break> {
    let sentence = |at: u32| document.tokens.get(at as usize).map(|token| token.sentence);
    if sentence(at + 1).is_none() || sentence(at) != sentence(at + 1) {
        return None;
    }
    if behind_determiner(document, at) || inverted_statement(document, at) {
        return Some(Break::Hole);
    }
    wrong_class(document, at)
}

/// a old house, the initial indicated: the noun, or the word behind the article, is another or has gone.
fn behind_determiner(document: &Document, at: u32) -> bool {
    let (word, next, text) = (document.word(at as usize), document.word(at as usize + 1), lower(document, at));
    let article = matches!(text.as_str(), "a" | "an");
    if word.shape.has(Shape::UPPER) || !(article || matches!(text.as_str(), "the" | "his" | "their" | "its")) {
        return false;
    }
    let second = lower(document, at + 1);
    if article && only_verb(next, Forms::S) {
        return true;
    }
    if article && next.shape.has(Shape::WORD) && !next.shape.any(Shape::UPPER.with(Shape::UNKNOWN)) {
        let vowel = language::begins_with_vowel_sound(&second);
        if vowel != (text == "an") && !(second.starts_with('h') && text == "an") {
            return true;
        }
    }
    if !only_adjective(next) || NOMINAL.contains(&second.as_str()) {
        return false;
    }
    let (third, after) = (document.word(at as usize + 2), lower(document, at + 2));
    let finite = matches!(after.as_str(), "is" | "was" | "were" | "are" | "has" | "had" | "will" | "can");
    let modal = third.closed.intersects(Closed::MODAL) && !matches!(after.as_str(), "might" | "may");
    let preposition = article && matches!(after.as_str(), "of" | "for" | "with" | "from" | "by" | "at" | "into");
    let past = only_verb(third, Forms::ED) && !third.readings.iter().any(|reading| reading.forms.intersects(Forms::EN));
    finite || modal || preposition || past
}

/// “Were apparently sold …” at the beginning: the subject has gone.
fn inverted_statement(document: &Document, at: u32) -> bool {
    let (next, text) = (document.word(at as usize + 1), lower(document, at));
    first_token(document, at)
        && matches!(text.as_str(), "is" | "are" | "was" | "were" | "has" | "have")
        && !next.readings.is_empty()
        && next.closed == Closed::default()
        && !next.shape.has(Shape::CAPITAL)
        && next.readings.iter().all(|reading| {
            matches!(reading.class, Class::Adverb | Class::Adjective)
                || reading.forms.intersects(Forms::EN.union(Forms::ING))
        })
}

/// to eventual set up, was official opened, is significant faster.
fn wrong_class(document: &Document, at: u32) -> Option<Break> {
    let (next, third) = (document.word(at as usize + 1), document.word(at as usize + 2));
    let text = lower(document, at);
    let auxiliary = finite_auxiliary(&text);
    if auxiliary && only_verb(next, Forms::S) {
        return Some(Break::Hole);
    }
    if !only_adjective(next) {
        return None;
    }
    let verb = |forms: Forms| {
        third.readings.iter().any(|reading| reading.class == Class::Verb && reading.forms.intersects(forms))
            && !third.readings.iter().any(|reading| matches!(reading.class, Class::Noun | Class::Adjective))
    };
    let comparative = !third.readings.is_empty()
        && third.closed == Closed::default()
        && third.readings.iter().all(|reading| reading.forms.intersects(Forms::COMPARATIVE));
    let be = auxiliary || matches!(text.as_str(), "be" | "been" | "being" | "have");
    let wrong = text == "to" && verb(Forms::BASE) || be && (only_verb(third, Forms::EN) || comparative);
    wrong.then_some(Break::Form)
}

/// Adjectives that stand for people or things.
const NOMINAL: [&str; 34] = [
    "poor",
    "rich",
    "wounded",
    "injured",
    "dead",
    "elderly",
    "homeless",
    "unemployed",
    "young",
    "old",
    "sick",
    "blind",
    "deaf",
    "accused",
    "deceased",
    "disabled",
    "living",
    "latter",
    "former",
    "following",
    "same",
    "other",
    "first",
    "last",
    "rest",
    "opposite",
    "unknown",
    "public",
    "best",
    "worst",
    "latest",
    "only",
    "wealthy",
    "vulnerable",
];

fn first_token(document: &Document, at: u32) -> bool {
    document
        .tokens
        .get(at as usize)
        .and_then(|token| document.sentences.get(token.sentence as usize))
        .is_some_and(|sentence| sentence.tokens.start == at)
}

fn first_of_sentence(document: &Document, at: u32) -> bool {
    document
        .tokens
        .get(at as usize)
        .and_then(|token| document.sentences.get(token.sentence as usize))
        .is_none_or(|sentence| at <= sentence.tokens.start + 1)
}

/// A question word earlier in the sentence explains a stranded preposition: the team he plays for is.
fn wh_before(document: &Document, at: u32) -> bool {
    (at.saturating_sub(12)..at).any(|near| {
        let word = document.word(near as usize);
        word.closed.intersects(Closed::WH)
            || matches!(lower(document, near).as_str(), "that" | "which" | "who" | "what" | "where" | "to")
    })
}
