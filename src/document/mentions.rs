//! In: tokens, and tables of names. Out: people, places and organisations, each led back to its fullest form in the text.
//!
//! A run of capitals is a name where a table knows it, a title stands before it, it begins with a first name, or it is an
//! organisation by its last word. Runs that show nothing are left out. Linear: names are found again by the key of their last word.

use super::words::Identity;
use super::{Document, Mention, Shape};
use crate::language::{Closed, lists};
use crate::lexicon::{EntryKind, Form, FormKind, Gender, Lexicon};
use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::ops::Range;

/// The longest name in tokens.
const LONGEST: usize = 7;

/// All names of a document, in order.
pub(super) fn find(document: &Document, lexicon: &Lexicon) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    let mut last_of: HashMap<u64, u32, BuildHasherDefault<Identity>> = HashMap::default();
    let mut next = 0;
    for at in document.capitals.iter().map(|at| *at as usize) {
        if at < next || document.word(at).shape.has(Shape::CLITIC) {
            continue;
        }
        if let Some(mut mention) = mention(document, lexicon, at, &last_of) {
            let number = found.len() as u32;
            mention.first = number;
            lead_back(document, &mut mention, number, &mut found, &mut last_of);
            next = mention.tokens.end as usize;
            found.push(mention);
        }
    }
    found
}

/// Sets `first` to the fullest earlier mention of the same name, and takes over what it knows.
fn lead_back(
    document: &Document,
    mention: &mut Mention,
    number: u32,
    found: &mut [Mention],
    last_of: &mut HashMap<u64, u32, BuildHasherDefault<Identity>>,
) {
    let Some(last) = mention.tokens.end.checked_sub(1) else { return };
    let key = document.word(last as usize).form;
    let own = mention.tokens.end - mention.tokens.start;
    if let Some(earlier) = last_of
        .get(&key)
        .and_then(|first| found.get_mut(*first as usize))
        .filter(|earlier| earlier.kind == mention.kind)
    {
        let theirs = earlier.tokens.end - earlier.tokens.start;
        let first_word = |tokens: &Range<u32>| document.word(tokens.start as usize).form;
        // Two full names that begin differently are two people.
        let same = own == 1 || theirs == 1 || first_word(&mention.tokens) == first_word(&earlier.tokens);
        if same {
            if own > theirs {
                // The fuller form comes later: it becomes the one others lead to.
                earlier.first = number;
                mention.gender = mention.gender.or(earlier.gender);
                mention.entry = mention.entry.or(earlier.entry);
                last_of.insert(key, number);
            } else {
                mention.first = earlier.first;
                mention.gender = mention.gender.or(earlier.gender);
                mention.entry = mention.entry.or(earlier.entry);
            }
            return;
        }
    }
    last_of.insert(key, number);
}

fn mention(
    document: &Document,
    lexicon: &Lexicon,
    at: usize,
    known: &HashMap<u64, u32, BuildHasherDefault<Identity>>,
) -> Option<Mention> {
    let word = document.word(at);
    let title = title_before(document, at);
    if let Some((form, end)) = by_table(document, lexicon, at)
        && form.kind != FormKind::Demonym
        && (form.kind != FormKind::Surname || run_end(document, at) == end as usize)
        && (form.kind != FormKind::Surname || title.is_some() || known.contains_key(&word.form) || is_rare(word))
    {
        // A first name before a known surname belongs to the person: but not to this entry.
        return Some(Mention {
            span: document.span(at as u32..end),
            tokens: at as u32..end,
            kind: form.entry_kind,
            entry: (form.kind != FormKind::Surname).then_some(form.entry),
            title,
            gender: if form.kind == FormKind::Surname { None } else { lexicon.gender(form.entry) },
            first: 0,
        });
    }
    let end = run_end(document, at);
    let length = end - at;
    let last = document.word(end - 1);
    if length > 1 && is_organisation(document, end - 1) && !begins_sentence(document, at) {
        return Some(plain(document, at, end, EntryKind::Organisation, None, None));
    }
    if title.is_some() && !word.shape.has(Shape::TITLE) && length <= 4 && !is_month_or_day(word.shape) {
        return Some(plain(document, at, end, EntryKind::Person, title, gender(document, at, title)));
    }
    if word.shape.has(Shape::FIRST_NAME)
        && (2..=4).contains(&length)
        && !last.shape.any(Shape::UPPER)
        && !is_month_or_day(last.shape)
    {
        return Some(plain(document, at, end, EntryKind::Person, title, gender(document, at, title)));
    }
    // A later mention by the last word alone.
    if length == 1 && known.contains_key(&word.form) && !word.shape.has(Shape::TITLE) {
        return Some(plain(document, at, end, EntryKind::Person, title, gender(document, at, title)));
    }
    None
}

fn is_rare(word: &super::Word) -> bool {
    word.shape.has(Shape::UNKNOWN) && word.commonness == 0
}

fn is_month_or_day(shape: Shape) -> bool {
    shape.any(Shape::MONTH.with(Shape::WEEKDAY).with(Shape::DEMONYM))
}

fn plain(
    document: &Document,
    at: usize,
    end: usize,
    kind: EntryKind,
    title: Option<crate::finding::Span>,
    gender: Option<Gender>,
) -> Mention {
    let tokens = at as u32..end as u32;
    Mention { span: document.span(tokens.clone()), tokens, kind, entry: None, title, gender, first: 0 }
}

/// The longest form of a table that stands here.
fn by_table<'l>(document: &Document, lexicon: &'l Lexicon, at: usize) -> Option<(Form<'l>, u32)> {
    if !document.word(at).shape.has(Shape::LISTED) {
        return None;
    }
    let sentence = document.tokens.get(at)?.sentence;
    let mut best: Option<(Form<'l>, u32)> = None;
    let next = document.tokens.get(at + 1).filter(|next| next.sentence == sentence);
    let next = next.and_then(|next| document.words.get(next.word as usize)).map(|word| word.exact);
    for form in lexicon.forms_before(document.word(at).exact, next) {
        let end = at + form.token_count();
        let inside = document.tokens.get(end - 1).is_some_and(|token| token.sentence == sentence);
        let longer = best.as_ref().is_none_or(|(_, known)| (end as u32) > *known);
        if inside && longer && form.continues((at + 1..end).map(|token| document.word(token).exact)) {
            best = Some((form, end as u32));
        }
    }
    best
}

/// The end of a run of capitals that may be one name; "de", "van", "bin" and initials join.
fn run_end(document: &Document, at: usize) -> usize {
    let sentence = document.tokens.get(at).map(|token| token.sentence);
    let joins = |at: usize| {
        let word = document.word(at);
        word.shape.has(Shape::CAPITAL.with(Shape::WORD))
            && !word.shape.has(Shape::CLITIC)
            && !is_month_or_day(word.shape)
    };
    let mut end = at + 1;
    while end < at + LONGEST && document.tokens.get(end).map(|token| token.sentence) == sentence {
        if joins(end) {
            end += 1;
            continue;
        }
        let particle = lists::is_name_particle(document.text_of(end));
        let mut after = end + 1;
        if particle && !joins(after) {
            after += 1;
        }
        if particle && joins(after) && document.tokens.get(after).map(|token| token.sentence) == sentence {
            end = after + 1;
            continue;
        }
        break;
    }
    end
}

fn begins_sentence(document: &Document, at: usize) -> bool {
    let Some(token) = document.tokens.get(at) else { return false };
    let starts =
        document.sentences.get(token.sentence as usize).is_some_and(|sentence| sentence.tokens.start as usize == at);
    starts && document.word(at).closed != Closed::default()
}

/// Ministry, University, Party … as the last word of a run.
pub(super) fn is_organisation(document: &Document, last: usize) -> bool {
    let text = document.tokens.get(last).map_or("", |token| document.text(token.span));
    matches!(
        text,
        "Ministry"
            | "University"
            | "Party"
            | "Council"
            | "Committee"
            | "Commission"
            | "Agency"
            | "Authority"
            | "Association"
            | "Organization"
            | "Organisation"
            | "Institute"
            | "Bank"
            | "Court"
            | "Department"
            | "Bureau"
            | "Office"
            | "Corporation"
            | "Company"
            | "Corp."
            | "Inc."
            | "Ltd."
            | "Union"
            | "Federation"
            | "Foundation"
            | "Society"
            | "Police"
            | "Army"
            | "Navy"
            | "Group"
            | "Club"
            | "Times"
            | "Post"
            | "News"
            | "Herald"
            | "Assembly"
            | "Parliament"
            | "Senate"
            | "Congress"
            | "Front"
            | "Movement"
            | "Alliance"
            | "Service"
            | "College"
            | "School"
            | "Hospital"
            | "Forces"
            | "Force"
            | "Guard"
            | "Fund"
            | "Coalition"
            | "Center"
            | "Centre"
            | "Museum"
            | "Church"
            | "Board"
            | "Network"
            | "Watch"
            | "International"
            | "Airlines"
            | "Airways"
            | "Motors"
            | "Tribunal"
            | "Bulletin"
            | "Journal"
            | "Magazine"
            | "Tribune"
            | "Gazette"
            | "Telegraph"
            | "Reuters"
    )
}

/// The title that stands before a name: "Foreign Minister", "Mr", "mayor".
fn title_before(document: &Document, at: usize) -> Option<crate::finding::Span> {
    let last = at.checked_sub(1)?;
    let sentence = document.tokens.get(at)?.sentence;
    let token = document.tokens.get(last).filter(|token| token.sentence == sentence)?;
    if !document.words.get(token.word as usize).is_some_and(|word| word.shape.has(Shape::OFFICE)) {
        return None;
    }
    let mut first = last;
    while let Some(before) = first.checked_sub(1) {
        let inside = document.tokens.get(before).is_some_and(|token| token.sentence == sentence);
        if !inside || !document.word(before).shape.any(Shape::OFFICE.with(Shape::OFFICE_BEGINS)) {
            break;
        }
        first = before;
    }
    Some(document.span(first as u32..last as u32 + 1))
}

fn gender(document: &Document, at: usize, title: Option<crate::finding::Span>) -> Option<Gender> {
    let title = title.map(|span| document.text(span).to_lowercase());
    let by_title = title.as_deref().and_then(|title| match title.trim_end_matches('.') {
        "mr" | "sir" | "king" | "prince" | "lord" | "monsieur" | "father" | "brother" | "duke" | "spokesman"
        | "congressman" | "chairman" => Some(Gender::Male),
        "mrs" | "ms" | "miss" | "queen" | "princess" | "lady" | "dame" | "madame" | "duchess" | "congresswoman"
        | "chairwoman" | "spokeswoman" => Some(Gender::Female),
        _ => None,
    });
    by_title.or_else(|| {
        let shape = document.word(at).shape;
        let gender = if shape.has(Shape::WOMANS_NAME) { Gender::Female } else { Gender::Male };
        shape.has(Shape::FIRST_NAME).then_some(gender)
    })
}
