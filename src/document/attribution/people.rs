//! In: the names of a text and who speaks in it. Out: its people, each under the fullest form of the name; and whom a pronoun means.

use super::phrase::{bare, is_name_word, runs};
use crate::document::words::Identity;
use crate::document::{Document, Shape};
use crate::lexicon::{EntryKind, Gender, Lexicon};
use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::ops::Range;

/// A person of a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Person {
    /// The fullest form of the name in the text, titles excluded; of a bare surname that a table knows, the table's.
    pub name: String,
    /// As far as name, title or table tell.
    pub gender: Option<Gender>,
    /// The entry of a table.
    pub entry: Option<u32>,
    /// An organisation or a country that speaks.
    pub body: bool,
    /// Key of the first word of the full name, to tell namesakes apart.
    first: Option<u64>,
}

/// Where a person is named.
#[derive(Clone, Copy, Debug)]
struct Named {
    token: u32,
    person: u32,
}

/// The people of a text, and where they are named outside quotations.
#[derive(Clone, Debug, Default)]
pub struct People {
    all: Vec<Person>,
    by_last: HashMap<u64, u32, BuildHasherDefault<Identity>>,
    by_full: HashMap<u64, u32, BuildHasherDefault<Identity>>,
    named: Vec<Named>,
}

/// A pronoun means someone named at most this many sentences before.
const SENTENCES_BACK: u32 = 8;

impl People {
    /// Gathers them from the mentions of a text and from the names in speakers' places.
    pub(super) fn new(document: &Document, lexicon: &Lexicon, speakers: &[Range<usize>]) -> Self {
        let mut people = Self::default();
        let mut fullest: Vec<usize> = Vec::new();
        let mut extra = speakers.to_vec();
        extra.extend(runs(document, 0..document.tokens.len()).into_iter().filter(|run| is_full_name(document, run)));
        extra.sort_by_key(|range| range.start);
        let mut extra = extra.into_iter().peekable();
        let mut add = |people: &mut Self,
                       tokens: Range<usize>,
                       gender: Option<Gender>,
                       entry: Option<u32>,
                       body: bool| {
            let key = document.word(tokens.end - 1).form;
            let first = (tokens.len() > 1).then(|| document.word(tokens.start).form);
            let person = people.under(key, first);
            fullest.resize(people.all.len(), 0);
            if let (Some(known), Some(length)) = (people.all.get_mut(person as usize), fullest.get_mut(person as usize))
            {
                if tokens.len() > *length {
                    *length = tokens.len();
                    document.text(document.span(tokens.start as u32..tokens.end as u32)).clone_into(&mut known.name);
                }
                known.first = known.first.or(first);
                known.gender = known.gender.or(gender);
                known.entry = known.entry.or(entry);
                known.body |= body;
            }
            if !document.is_quoted(tokens.start) {
                people.named.push(Named { token: tokens.start as u32, person });
            }
        };
        for mention in document.mentions.iter().filter(|mention| mention.kind == EntryKind::Person) {
            let start = mention.tokens.start as usize;
            while let Some(range) = extra.next_if(|range| range.start < start) {
                if range.end <= start {
                    {
                        let body = is_body(document, &range);
                        let gender = by_first_name(document, &range);
                        add(&mut people, range, gender, None, body);
                    }
                }
            }
            while extra.next_if(|range| range.start < mention.tokens.end as usize).is_some() {}
            let body = is_body(document, &(start..mention.tokens.end as usize));
            let gender = mention.gender.or_else(|| {
                let first = document.mentions.get(mention.first as usize);
                first.and_then(|first| first.gender)
            });
            add(&mut people, start..mention.tokens.end as usize, gender, mention.entry, body);
        }
        for range in extra {
            {
                let body = is_body(document, &range);
                let gender = by_first_name(document, &range);
                add(&mut people, range, gender, None, body);
            }
        }
        // A fuller form may stand where no rule of names saw it: look for capitals before a known last word.
        people.lengthen(document, &mut fullest);
        for person in &mut people.all {
            if let Some(entry) = person.entry {
                person.gender = lexicon.gender(entry).or(person.gender);
                if !person.name.contains(' ')
                    && let Some(name) = lexicon.name(entry)
                {
                    name.clone_into(&mut person.name);
                }
            }
        }
        people
    }

    /// The person of that last word; with a first word, the one of both, who is new where the last word is another's.
    fn under(&mut self, last: u64, first: Option<u64>) -> u32 {
        if let Some(known) = self.by_last.get(&last).copied() {
            let theirs = self.get(known).and_then(|person| person.first);
            if first.is_none() || theirs.is_none() || first == theirs {
                return known;
            }
            let both = last ^ first.unwrap_or(0).rotate_left(17);
            if let Some(namesake) = self.by_full.get(&both).copied() {
                // The surname alone goes on with whoever was named in full last.
                self.by_last.insert(last, namesake);
                return namesake;
            }
        }
        let number = self.all.len() as u32;
        self.all.push(Person { name: String::new(), gender: None, entry: None, body: false, first });
        self.by_last.insert(last, number);
        if let Some(first) = first {
            self.by_full.insert(last ^ first.rotate_left(17), number);
        }
        number
    }

    fn lengthen(&mut self, document: &Document, fullest: &mut [usize]) {
        let wanted: Vec<Option<u32>> =
            document.words.iter().map(|word| self.by_last.get(&word.form).copied()).collect();
        for (at, token) in document.tokens.iter().enumerate() {
            let Some(person) = wanted.get(token.word as usize).copied().flatten() else { continue };
            let (Some(known), Some(length)) = (self.all.get_mut(person as usize), fullest.get_mut(person as usize))
            else {
                continue;
            };
            if *length > 1 || !document.word(at).shape.has(Shape::CAPITAL) {
                continue;
            }
            let mut start = at;
            while start > 0 && at - start < 3 && is_first(document, start - 1) {
                start -= 1;
            }
            start = bare(document, start..at + 1).start;
            // Ubolratana Mahidol, Ma Ngok: the name alone is the first word of the full one.
            let mut end = at + 1;
            while start == at && end < at + 4 && is_first(document, end) && document.word(end).shape.has(Shape::UNKNOWN)
            {
                end += 1;
            }
            if start == at && end > at + 1 && !known.body && !document.word(at).shape.has(Shape::FIRST_NAME) {
                *length = end - at;
                document.text(document.span(at as u32..end as u32)).clone_into(&mut known.name);
            }
            if start < at {
                *length = at + 1 - start;
                document.text(document.span(start as u32..at as u32 + 1)).clone_into(&mut known.name);
                let shape = document.word(start).shape;
                let by_name = shape
                    .has(Shape::FIRST_NAME)
                    .then(|| if shape.has(Shape::WOMANS_NAME) { Gender::Female } else { Gender::Male });
                known.gender = known.gender.or(by_name);
            }
        }
    }

    /// Where people are named outside quotations: first token of the name, number of the person; in order.
    pub fn places(&self) -> impl Iterator<Item = (u32, u32)> {
        self.named.iter().map(|named| (named.token, named.person))
    }

    /// A person by number.
    #[must_use]
    pub fn get(&self, person: u32) -> Option<&Person> {
        self.all.get(person as usize)
    }

    /// Whose name this is.
    pub(super) fn named(&self, document: &Document, tokens: &Range<usize>) -> Option<u32> {
        let last = document.word(tokens.end.checked_sub(1)?).form;
        let both = last ^ document.word(tokens.start).form.rotate_left(17);
        let namesake = (tokens.len() > 1).then(|| self.by_full.get(&both)).flatten();
        namesake.or_else(|| self.by_last.get(&last)).copied()
    }

    /// Whom the pronoun at a token means: the nearest person before it whose gender fits, the subject of a sentence first.
    pub(super) fn meant(&self, document: &Document, token: usize, speaker: Option<u32>) -> Option<u32> {
        // It, they: a body that spoke last.
        if matches!(document.text_of(token).to_lowercase().as_str(), "it" | "they" | "its" | "their") {
            return speaker.filter(|person| self.get(*person).is_some_and(|person| person.body));
        }
        let wanted = match document.text_of(token).to_lowercase().as_str() {
            "he" | "him" => Gender::Male,
            "she" | "her" => Gender::Female,
            _ => return None,
        };
        let fits = |person: u32| {
            self.get(person).is_some_and(|person| !person.body && person.gender.is_none_or(|gender| gender == wanted))
        };
        let known = |person: u32| self.get(person).is_some_and(|person| person.gender == Some(wanted));
        let sentence = document.tokens.get(token)?.sentence;
        let until = self.named.partition_point(|named| (named.token as usize) < token);
        let earlier = self.named.get(..until)?;
        let sentence_of = |named: &Named| document.tokens.get(named.token as usize).map_or(0, |token| token.sentence);
        let mut end = earlier.len();
        let mut unsure = None;
        while end > 0 {
            let here = sentence_of(earlier.get(end - 1)?);
            if sentence - here > SENTENCES_BACK {
                break;
            }
            let start = earlier.get(..end)?.partition_point(|named| sentence_of(named) < here);
            let group = earlier.get(start..end)?;
            // Speaking to Smith, he said: whom a preposition governs is not meant by the subject.
            let own = here == sentence;
            let group: Vec<Named> =
                group.iter().copied().filter(|named| !own || !is_object(document, named.token as usize)).collect();
            // Whoever spoke in that sentence goes on; else its first person.
            let spoke = speaker.filter(|person| known(*person) && group.iter().any(|named| named.person == *person));
            if let Some(person) = spoke.or_else(|| group.iter().map(|named| named.person).find(|person| known(*person)))
            {
                return Some(person);
            }
            unsure = unsure.or_else(|| group.iter().map(|named| named.person).find(|person| fits(*person)));
            // Someone of unknown gender close by is likelier than a known one far away.
            if unsure.is_some() && sentence - here >= 1 {
                return unsure;
            }
            end = start;
        }
        unsure
    }
}

/// A preposition stands before the name, titles aside.
fn is_object(document: &Document, token: usize) -> bool {
    let before = (token.saturating_sub(3)..token)
        .rev()
        .find(|at| !document.word(*at).shape.any(Shape::CAPITAL.with(Shape::OFFICE)));
    before.is_some_and(|at| {
        document.word(at).closed.intersects(crate::language::Closed::PREP.union(crate::language::Closed::TO))
    })
}

/// The Foreign Ministry, NASA, Russia: no one that "he" means.
fn is_body(document: &Document, tokens: &Range<usize>) -> bool {
    let last = tokens.end - 1;
    let mention = document
        .mentions
        .get(document.mentions.partition_point(|mention| (mention.tokens.end as usize) <= tokens.start));
    mention.is_some_and(|mention| mention.kind != EntryKind::Person && (mention.tokens.start as usize) < tokens.end)
        || super::super::mentions::is_organisation(document, last)
        || document.word(last).shape.any(Shape::UPPER.with(Shape::DEMONYM))
        || document.word(tokens.start.saturating_sub(1)).closed.intersects(crate::language::Closed::ARTICLE)
}

fn by_first_name(document: &Document, tokens: &Range<usize>) -> Option<Gender> {
    let shape = document.word(tokens.start).shape;
    (tokens.len() > 1 && shape.has(Shape::FIRST_NAME))
        .then(|| if shape.has(Shape::WOMANS_NAME) { Gender::Female } else { Gender::Male })
}

/// Two or three capitals of which the last is in no dictionary, and that no table, title or dateline explains.
fn is_full_name(document: &Document, run: &Range<usize>) -> bool {
    let word = |at: usize| document.word(at).shape;
    (2..=3).contains(&run.len())
        && word(run.end - 1).has(Shape::UNKNOWN)
        && !run.clone().any(|at| word(at).any(Shape::UPPER.with(Shape::TITLE).with(Shape::DEMONYM).with(Shape::DIGIT)))
        && document.mention_at(run.start).is_none()
}

/// A capitalised word that may be the first name before a surname.
fn is_first(document: &Document, at: usize) -> bool {
    let word = document.word(at);
    is_name_word(document, at)
        && !word.shape.any(Shape::TITLE.with(Shape::OFFICE).with(Shape::DEMONYM))
        && (word.shape.any(Shape::UNKNOWN.with(Shape::FIRST_NAME)) || document.text_of(at).len() > 2)
}
