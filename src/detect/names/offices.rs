//! One person with two offices that exclude each other. In: a document, groups of offices. Out: hits on the one that is likely
//! wrong, with the other as evidence.
//!
//! Translation gives a person another's office (Speaker → House President), or hangs it on the nearest name. Only offices right
//! before a name count (President Marsh; the defendant, Luis Peña): 0 of 147,000 words of clean news contradicted themselves there
//! once relatives were told apart by their first names.

use super::surroundings::{Before, before, goes_on, is_initial, is_name_word, is_title, next, previous, text};
use crate::detect::{Context, Hit};
use crate::document::{Document, Shape};
use crate::finding::{Place, Related, Span};
use crate::language::hash;
use crate::lexicon::{EntryKind, FormKind, Lexicon};
use crate::rulebook::settings::Settings;
use smallvec::SmallVec;

/// An office of a group, cut into the keys of its words.
struct Office<'a> {
    group: usize,
    label: &'a str,
    words: SmallVec<[u64; 3]>,
}

/// An office right before a name.
#[derive(Clone, Copy)]
struct Held {
    /// Word (of [`Document::words`]) of the family name.
    last: u32,
    /// Word of the first name, where it is given.
    first: Option<u32>,
    office: usize,
    /// Tokens of the office, then of the name.
    start: usize,
    name: usize,
    end: usize,
}

/// Appends a hit for each office that contradicts another of the same person; key `exclusive`: groups of offices no two of which
/// one person holds at a time.
pub fn find(context: &Context<'_>, settings: &Settings, out: &mut Vec<Hit>) {
    look(context.document, context.lexicon, settings.groups("exclusive"), out);
}

pub(super) fn look(document: &Document, lexicon: &Lexicon, exclusive: &[Vec<String>], out: &mut Vec<Hit>) {
    let mut offices: Vec<Office<'_>> = Vec::new();
    for (group, labels) in exclusive.iter().enumerate() {
        offices.extend(labels.iter().map(|label| Office { group, label, words: label.split(' ').map(hash).collect() }));
    }
    // The longest first: prime minister before minister.
    offices.sort_by_key(|office| std::cmp::Reverse(office.words.len()));
    // Six of the key's bits tell most words apart from all offices.
    let bits = offices.iter().filter_map(|office| office.words.first()).fold(0_u64, |set, key| set | 1 << (key & 63));
    let begins: Vec<bool> = document
        .words
        .iter()
        .map(|word| {
            bits >> (word.form & 63) & 1 == 1 && offices.iter().any(|office| office.words.first() == Some(&word.form))
        })
        .collect();
    if !begins.contains(&true) {
        return;
    }
    let mut held = Vec::new();
    for (start, token) in document.tokens.iter().enumerate() {
        if begins.get(token.word as usize) == Some(&true)
            && let Some(one) = holder(document, &offices, start)
        {
            // An office may stand in several groups.
            let label = offices.get(one.office).map(|office| office.label);
            let same = offices
                .iter()
                .enumerate()
                .filter(|(number, office)| *number != one.office && Some(office.label) == label);
            held.extend(same.map(|(office, _)| Held { office, ..one }));
            held.push(one);
        }
    }
    let group = |one: &Held| offices.get(one.office).map_or(0, |office| office.group);
    held.sort_by_key(|one| (one.last, group(one), one.start));
    for same_name in held.chunk_by(|a, b| a.last == b.last && group(a) == group(b)) {
        contradiction(document, lexicon, &offices, same_name, out);
    }
}

/// Who holds the office that begins at a token; none where it is qualified (former, Senate, then) or no name follows.
fn holder(document: &Document, offices: &[Office<'_>], start: usize) -> Option<Held> {
    let fits =
        |office: &&Office<'_>| office.words.iter().enumerate().all(|(at, &key)| document.word(start + at).form == key);
    let office = offices.iter().position(|office| fits(&office))?;
    let words = offices.get(office)?.words.len();
    if let Some(earlier) = previous(document, start) {
        let joined = matches!(text(document, earlier), "and" | "or" | "," | "/" | "-" | "–")
            && previous(document, earlier).is_some_and(|before| is_title(document, before));
        let here = text(document, earlier);
        // US President Marsh, District Judge Ruiz: whose office it is changes nothing.
        let whose = ["us", "u.s.", "uk", "british", "district", "federal", "supreme"]
            .iter()
            .any(|word| word.eq_ignore_ascii_case(here));
        if joined || !whose && is_title(document, earlier) || is_qualifier(here) {
            return None;
        }
    }
    let mut name = next(document, start + words - 1)?;
    let apposition = text(document, name) == ",";
    if apposition {
        if previous(document, start).is_none_or(|article| text(document, article) != "the") {
            return None;
        }
        name = next(document, name)?;
    }
    if !is_name_word(document, name) {
        return None;
    }
    let mut last = name;
    for _ in 0..3 {
        match goes_on(document, last) {
            Some(after) => last = after,
            None => break,
        }
    }
    if apposition && last == name || goes_on(document, last).is_some() || is_initial(document, last) {
        return None;
    }
    let word = |token: usize| document.tokens.get(token).map(|token| token.word);
    Some(Held {
        last: word(last)?,
        first: if last == name { None } else { word(name) },
        office,
        start,
        name,
        end: last + 1,
    })
}

/// Words before an office that make it another one, or one of another time.
fn is_qualifier(before: &str) -> bool {
    #[rustfmt::skip]
    const QUALIFIERS: &[&str] = &[
        "former", "then", "ex", "late", "acting", "incoming", "outgoing", "interim", "deputy", "vice", "shadow", "first",
        "assistant", "future", "onetime", "longtime", "candidate",
        "senate", "house", "council", "assembly", "congress", "parliament", "university", "college", "company", "court", "board",
        "committee", "commission", "club", "union", "association", "federation", "society", "party", "student", "bank", "league",
    ];
    QUALIFIERS.iter().any(|qualifier| qualifier.eq_ignore_ascii_case(before))
}

fn contradiction(document: &Document, lexicon: &Lexicon, offices: &[Office<'_>], held: &[Held], out: &mut Vec<Hit>) {
    let group = |one: &Held| offices.get(one.office).map(|office| office.group);
    let differ = |a: &Held, b: &Held| a.office != b.office && group(a) == group(b);
    let Some((first, rest)) = held.split_first() else { return };
    let Some(other) = rest.iter().find(|one| differ(one, first)) else { return };
    // More than two offices of one name: several people, or a text that knows no office.
    if rest.iter().any(|one| one.office != first.office && one.office != other.office) {
        return;
    }
    let count = |office: usize| held.iter().filter(|one| one.office == office).count();
    let known =
        |office: usize| offices.get(office).map_or(0, |of| known_holders(document, lexicon, held, office, of.label));
    let (known_first, known_other) = (known(first.office), known(other.office));
    if known_first > 0 && known_other > 0 {
        // The tables know bearers of this name in both offices, or one person who held one after the other.
        return;
    }
    let (right, wrong) = match (known_first.cmp(&known_other), count(first.office).cmp(&count(other.office))) {
        (std::cmp::Ordering::Less, _) | (std::cmp::Ordering::Equal, std::cmp::Ordering::Less) => (other, first),
        _ => (first, other),
    };
    if !is_one_person(document, held, right.office, wrong.office) {
        return;
    }
    let tokens = |from: usize, to: usize| document.span(from as u32..to as u32);
    let right_office = document.text(tokens(right.start, right.name.max(right.start + 1)));
    let right_office = right_office.trim_end_matches([',', ' ']);
    let label = |held: &Held| offices.get(held.office).map_or("", |office| office.label);
    let evidence: Span = tokens(right.start, right.end);
    for one in held.iter().filter(|one| one.office == wrong.office) {
        let here = tokens(one.start, one.end);
        let name = document.text(tokens(one.name, one.end));
        let full = if right.first.is_some() { document.text(tokens(right.name, right.end)) } else { name };
        let mut hit = Hit::at(Place::Span(here))
            .propose(format!("{right_office} {name}"))
            .value("name", full)
            .value("office_here", label(one))
            .value("office_there", label(right))
            .value("other", right_office)
            .value("title", document.text(tokens(one.start, one.name)).trim_end())
            .value("also", "");
        hit.related.push(Related::here(evidence, format!("{full} is {} here", label(right))));
        hit.certainty =
            if known_first + known_other > 0 || count(right.office) > count(wrong.office) { 1.0 } else { 0.9 };
        out.push(hit);
    }
}

/// Whether both offices are one person's: no two first names stand with them; and where the text knows relatives of that family
/// name, the wrong office stands before the bare name or the first name of the right one, which is the usual one.
fn is_one_person(document: &Document, held: &[Held], right: usize, wrong: usize) -> bool {
    let Some(last) = held.first().map(|one| one.last) else { return false };
    let mut firsts = held.iter().filter_map(|one| one.first);
    let first = firsts.next();
    if firsts.any(|other| Some(other) != first) {
        return false;
    }
    let count = |office: usize| held.iter().filter(|one| one.office == office).count();
    let first_of = |office: usize| held.iter().filter(|one| one.office == office).find_map(|one| one.first);
    let mut only = first;
    let relatives = document.tokens.iter().enumerate().filter(|(_, token)| token.word == last).any(|(at, _)| {
        let Before::Name(mut token) = before(document, at) else { return false };
        // President John Paul Marsh: the first of the words before.
        while let Before::Name(earlier) = before(document, token) {
            token = earlier;
        }
        let word = document.tokens.get(token).map_or(u32::MAX, |token| token.word);
        let is_name = document.word(token).shape.any(Shape::FIRST_NAME.with(Shape::UNKNOWN));
        is_name && *only.get_or_insert(word) != word
    });
    !relatives || count(right) > count(wrong) && (first_of(wrong).is_none() || first_of(right).is_some())
}

/// Number of known people of this family name who held the office; of the first name that stands with this office, if one does.
fn known_holders(document: &Document, lexicon: &Lexicon, held: &[Held], office: usize, label: &str) -> usize {
    let exact = |word: u32| document.words.get(word as usize).map_or(0, |word| word.exact);
    let Some(last) = held.first().map(|one| exact(one.last)) else { return 0 };
    let first = held.iter().filter(|one| one.office == office).find_map(|one| one.first).map(exact);
    lexicon
        .forms(last)
        .filter(|form| form.kind == FormKind::Surname && form.entry_kind == EntryKind::Person && form.rest.is_empty())
        .filter_map(|form| lexicon.entry(form.entry))
        .filter(|entry| first.is_none_or(|first| entry.name.split(' ').next().map(hash) == Some(first)))
        .filter(|entry| entry.offices.iter().any(|office| of_kind(&office.label, label)))
        .count()
}

/// Whether a table's office ("secretary of state of the United States") is of this kind; both spellings of defence count.
fn of_kind(office: &str, kind: &str) -> bool {
    let kind = kind.replace("defence", "defense");
    let office = office.replace("defence", "defense");
    office.strip_prefix(kind.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(" of "))
}
