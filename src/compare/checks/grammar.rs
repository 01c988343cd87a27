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

/// Whether the two words are on the list of those that never follow each other.
fn is_listed(document: &Document, at: u32, sequences: &HashSet<(u64, u64)>) -> bool {
    let (a, b) = (document.word(at as usize), document.word(at as usize + 1));
    sequences.contains(&(a.form, b.form))
        && !a.shape.has(Shape::UPPER)
        && !b.shape.any(Shape::UPPER.with(Shape::CAPITAL))
        && (!a.shape.has(Shape::CAPITAL) || first_of_sentence(document, at))
        // The people he spoke to are: a preposition at the end of a relative clause.
        && !(a.closed.intersects(Closed::PREP.union(Closed::TO)) && b.closed.intersects(Closed::AUX.union(Closed::MODAL)) && wh_before(document, at))
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

/// Whether the sequence of this token and the next is one that English does not have.
fn broken(document: &Document, at: u32) -> Option<Break> {
    let same_sentence = match (document.tokens.get(at as usize), document.tokens.get(at as usize + 1)) {
        (Some(a), Some(b)) => a.sentence == b.sentence,
        _ => false,
    };
    if !same_sentence {
        return None;
    }
    let (a, b) = (document.word(at as usize), document.word(at as usize + 1));
    let (x, y) = (lower(document, at), lower(document, at + 1));
    let stop = matches!(y.as_str(), "." | "," | ";" | ":" | "!" | "?" | ")");
    let small = !a.shape.has(Shape::UPPER);
    if matches!(x.as_str(), "a" | "an" | "the") && small {
        let quoted = b.shape.has(Shape::QUOTE_MARK);
        if !quoted && stop {
            return Some(Break::Hole);
        }
        let bad = matches!(
            y.as_str(),
            "of" | "for" | "with" | "from" | "by" | "at" | "into" | "onto" | "during" | "and" | "or" | "but" | "that" | "which"
                | "who" | "to" | "because" | "while" | "when" | "if" | "it" | "he" | "she" | "they" | "a" | "an" | "the"
                | "has" | "had" | "have" | "is" | "are" | "was" | "were" | "on" | "his" | "her" | "their" | "its" | "my" | "our"
        );
        if bad && !b.shape.any(Shape::UPPER.with(Shape::CAPITAL)) {
            return Some(Break::Hole);
        }
        if x != "the" && only_verb(b, Forms::S) {
            return Some(Break::Hole);
        }
        // a old house, an private matter: the word behind the article is another.
        if matches!(x.as_str(), "a" | "an") && b.shape.has(Shape::WORD) && !b.shape.has(Shape::UPPER) {
            let vowel = crate::language::begins_with_vowel_sound(&y);
            if vowel != (x == "an") && !(y.starts_with('h') && x == "an") && !b.shape.has(Shape::UNKNOWN) {
                return Some(Break::Hole);
            }
        }
    }
    if matches!(x.as_str(), "his" | "her" | "its" | "their" | "our" | "my") && small {
        let poss = matches!(x.as_str(), "its" | "their" | "our" | "my");
        if poss && (stop || matches!(y.as_str(), "of" | "and" | "is" | "was" | "were" | "has" | "had" | "the" | "a" | "that" | "with" | "from")) {
            return Some(Break::Hole);
        }
    }
    if matches!(x.as_str(), "of" | "into" | "during" | "from" | "by" | "with" | "for" | "at") && small && !a.shape.has(Shape::CAPITAL) {
        if matches!(y.as_str(), "and" | "or" | "is" | "was" | "were" | "are" | "has" | "had" | "have" | "will" | "that")
            && (matches!(x.as_str(), "of" | "into" | "during" | "from") || y == "has" && x == "by")
            && !wh_before(document, at)
        {
            return Some(Break::Hole);
        }
        if matches!(x.as_str(), "of" | "during" | "into") && matches!(y.as_str(), "." | ";" | "!") && !wh_before(document, at) {
            return Some(Break::Hole);
        }
        if matches!(x.as_str(), "of" | "during" | "into" | "at") && matches!(y.as_str(), "of" | "to" | "with" | "for") {
            return Some(Break::Hole);
        }
        if matches!(y.as_str(), "he" | "she" | "they" | "we") && matches!(x.as_str(), "of" | "into" | "with" | "from" | "by") {
            return Some(Break::Hole);
        }
    }
    if x == "to" && !a.shape.has(Shape::CAPITAL) {
        if matches!(y.as_str(), "of" | "and" | "is" | "was" | "were" | "are" | "has" | "had" | "that" | "to" | "with" | "for" | ".") && !wh_before(document, at) {
            return Some(Break::Hole);
        }
        let next = document.word(at as usize + 2);
        if only_adjective(b) && next.readings.iter().any(|reading| reading.class == Class::Verb && reading.forms.intersects(Forms::BASE))
            && !next.readings.iter().any(|reading| matches!(reading.class, Class::Noun | Class::Adjective))
        {
            return Some(Break::Form);
        }
    }
    if a.closed.intersects(Closed::MODAL) && small && !matches!(x.as_str(), "will" | "can" | "might" | "may" | "must" | "need" | "dare") | matches!(x.as_str(), "will" | "can")
        && matches!(y.as_str(), "of" | "the" | "a" | "an" | "to" | "and" | "with" | "from" | "for" | "is" | "was" | "were" | "has" | "had" | ".")
        && !first_of_sentence(document, at)
        && noun_before(document, at)
    {
        return Some(Break::Hole);
    }
    if matches!(x.as_str(), "he" | "she" | "they" | "we" | "i") && small_pronoun(document, at) {
        if matches!(y.as_str(), "a" | "an" | "the" | "of" | "to" | "." | "it" | "his" | "he" | "she") && !inverted(document, at) {
            return Some(Break::Hole);
        }
    }
    if matches!(x.as_str(), "has" | "have" | "had") && matches!(y.as_str(), "of" | "with" | "from" | "and" | "is" | "are" | "was" | "were") && noun_before(document, at) {
        return Some(Break::Hole);
    }
    if matches!(x.as_str(), "is" | "was" | "were" | "are" | "be" | "been") && matches!(y.as_str(), "is" | "was" | "were" | "are" | "be" | "has" | "had" | "have" | "will") {
        return Some(Break::Hole);
    }
    if matches!(x.as_str(), "and" | "or") && matches!(y.as_str(), "." | ";" | "of" | "and" | "or" | ")" | "but") {
        return Some(Break::Hole);
    }
    if finite_auxiliary(&x) || matches!(x.as_str(), "be" | "been" | "being" | "have") {
        let next = document.word(at as usize + 2);
        // was official opened, is significant faster
        if only_adjective(b) && only_verb(next, Forms::EN) {
            return Some(Break::Form);
        }
        if only_adjective(b) && next.readings.iter().all(|reading| reading.forms.intersects(Forms::COMPARATIVE)) && !next.readings.is_empty() && next.closed == Closed::default() {
            return Some(Break::Form);
        }
        if finite_auxiliary(&x) && only_verb(b, Forms::S) {
            return Some(Break::Hole);
        }
    }
    None
}

fn first_of_sentence(document: &Document, at: u32) -> bool {
    document
        .tokens
        .get(at as usize)
        .and_then(|token| document.sentences.get(token.sentence as usize))
        .is_none_or(|sentence| at <= sentence.tokens.start + 1)
}

fn noun_before(document: &Document, at: u32) -> bool {
    at.checked_sub(1).is_some_and(|before| {
        let word = document.word(before as usize);
        word.readings.iter().any(|reading| reading.class == Class::Noun) || word.closed.intersects(Closed::PRON) || word.shape.has(Shape::CAPITAL)
    })
}

/// A question word earlier in the sentence explains a stranded preposition: the team he plays for is.
fn wh_before(document: &Document, at: u32) -> bool {
    (at.saturating_sub(12)..at).any(|near| {
        let word = document.word(near as usize);
        word.closed.intersects(Closed::WH) || matches!(lower(document, near).as_str(), "that" | "which" | "who" | "what" | "where" | "to")
    })
}

fn small_pronoun(document: &Document, at: u32) -> bool {
    let shown = document.tokens.get(at as usize).map_or("", |token| document.text(token.span));
    !shown.contains('.') && (shown.len() > 1 || shown == "I")
}

/// said he, did they: the verb stands before.
fn inverted(document: &Document, at: u32) -> bool {
    at.checked_sub(1).is_some_and(|before| {
        let word = document.word(before as usize);
        word.shape.has(Shape::CUE) || word.closed.intersects(Closed::AUX.union(Closed::MODAL))
    })
}
