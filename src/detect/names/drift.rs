//! One person under several spellings in one text. In: a document. Out: hits on the spellings that are not the name's own.
//!
//! Words one or two edits apart are mostly different people or places: a pair counts only with support, that is, the same first
//! name, the same office, or a bare surname that nobody in the text introduces beside one that stands there in full.

use super::pairs::{Spelling, Spellings};
use super::spelling::{is_inflected, is_variant};
use super::surroundings::{Before, before, goes_on, text};
use super::{NameSettings, Support};
use crate::detect::Hit;
use crate::document::{Document, Shape};
use crate::finding::{Place, Related, Severity};
use crate::language::hash;
use crate::lexicon::{EntryKind, FormKind, Lexicon};
use smallvec::SmallVec;

/// Where a spelling is known from.
#[derive(Clone, Copy, Default)]
struct Known {
    dictionary: bool,
    first_name: bool,
    /// Begins a name of a table (people by family name too).
    listed: bool,
    /// The family name or the whole name of a known person.
    person: bool,
}

impl Known {
    fn nowhere(self) -> bool {
        !(self.dictionary || self.first_name || self.listed)
    }

    fn of(document: &Document, lexicon: &Lexicon, spelling: &Spelling) -> Self {
        let Some(word) = document.words.get(spelling.word as usize) else { return Self::default() };
        let mut known = Self {
            dictionary: !word.shape.has(Shape::UNKNOWN),
            first_name: word.shape.has(Shape::FIRST_NAME),
            listed: false,
            person: false,
        };
        for form in lexicon.forms(word.exact).filter(|form| form.kind != FormKind::Misspelling) {
            known.listed = true;
            known.person |= form.rest.is_empty() && form.entry_kind == EntryKind::Person;
        }
        known
    }
}

/// How a spelling stands in the text.
#[derive(Default)]
struct Uses {
    /// Words (of [`Document::words`]) right before it as a first name, and whether that is a known first name.
    firsts: SmallVec<[(u32, bool); 4]>,
    /// Words after it within a name.
    lasts: SmallVec<[u32; 4]>,
    titles: SmallVec<[u32; 2]>,
    /// Tokens.
    all: SmallVec<[u32; 8]>,
    bare: u32,
    place: bool,
}

/// Appends a hit for each place where the wrong one of two spellings stands.
pub(super) fn find(document: &Document, lexicon: &Lexicon, settings: &NameSettings, out: &mut Vec<Hit>) {
    let spellings = Spellings::of(document, settings.min_length);
    let pairs = spellings.near(settings);
    if pairs.is_empty() {
        return;
    }
    let mut members: Vec<u32> = pairs.iter().flat_map(|&(a, b)| [a, b]).collect();
    members.sort_unstable();
    members.dedup();
    let uses = uses(document, &spellings, &members);
    let side = |number: u32| {
        let spelling = spellings.list.get(number as usize)?;
        let uses = uses.get(members.binary_search(&number).ok()?)?;
        let known = Known::of(document, lexicon, spelling);
        Some(Side { spelling, folded: spellings.folded(spelling), uses, known })
    };
    let mut found = Vec::new();
    for &(a, b) in &pairs {
        if let (Some(one), Some(other)) = (side(a), side(b))
            && let Some(verdict) = judge(document, lexicon, settings, one, other)
        {
            report(document, &verdict, &mut found);
        }
    }
    // A spelling near two others is reported once, beside the better supported one.
    let place = |hit: &Hit| hit.place.span().unwrap_or_default();
    found.sort_by(|a, b| place(a).cmp(&place(b)).then(b.certainty.total_cmp(&a.certainty)));
    found.dedup_by(|later, kept| place(later) == place(kept));
    out.append(&mut found);
}

/// How the spellings of the pairs stand in the text, in the order of `members`.
fn uses(document: &Document, spellings: &Spellings, members: &[u32]) -> Vec<Uses> {
    let mut uses: Vec<Uses> = Vec::new();
    uses.resize_with(members.len(), Uses::default);
    let mut wanted = vec![u32::MAX; document.words.len()];
    for (place, &number) in members.iter().enumerate() {
        let spelling = spellings.list.get(number as usize);
        if let Some(slot) = spelling.and_then(|spelling| wanted.get_mut(spelling.word as usize)) {
            *slot = place as u32;
        }
    }
    for token in document.capitals.iter().map(|token| *token as usize) {
        let number = document.tokens.get(token).and_then(|token| wanted.get(token.word as usize));
        let Some(uses) = number.and_then(|&number| uses.get_mut(number as usize)) else { continue };
        uses.all.push(token as u32);
        let after = goes_on(document, token).and_then(|after| document.tokens.get(after));
        match (before(document, token), after) {
            (Before::Name(first), after) => {
                if let Some(first_token) = document.tokens.get(first) {
                    let is_first = document.word(first).shape.has(Shape::FIRST_NAME);
                    push(&mut uses.firsts, (first_token.word, is_first));
                }
                if let Some(after) = after {
                    push(&mut uses.lasts, after.word);
                }
            }
            (_, Some(after)) => push(&mut uses.lasts, after.word),
            (Before::Title(title), None) => {
                if let Some(title) = document.tokens.get(title) {
                    push(&mut uses.titles, title.word);
                }
            }
            (Before::Place, None) => uses.place = true,
            (Before::Other, None) => uses.bare += 1,
        }
    }
    uses
}

/// Keeps a handful: more than that says nothing new, and a long text stays cheap.
fn push<A: smallvec::Array>(list: &mut SmallVec<A>, item: A::Item)
where
    A::Item: PartialEq,
{
    if list.len() < 8 && !list.contains(&item) {
        list.push(item);
    }
}

#[derive(Clone, Copy)]
struct Side<'a> {
    spelling: &'a Spelling,
    folded: &'a str,
    uses: &'a Uses,
    known: Known,
}

struct Verdict<'a> {
    wrong: Side<'a>,
    right: Side<'a>,
    certainty: f32,
    severity: Option<Severity>,
}

/// Which of the two is wrong, if they are one name.
fn judge<'a>(
    document: &Document,
    lexicon: &Lexicon,
    settings: &NameSettings,
    one: Side<'a>,
    other: Side<'a>,
) -> Option<Verdict<'a>> {
    let plain = |side: &Side<'_>| {
        text(document, side.spelling.first_token as usize).chars().all(|letter| letter.is_ascii() || letter == '’')
    };
    if one.folded == other.folded && plain(&one) && plain(&other) {
        // GitHub and Github, O'Neill and O’Neill: the spelling is the same.
        return None;
    }
    let variant = is_variant(one.folded, other.folded);
    if variant != settings.variants {
        return None;
    }
    let (wrong, right) = orient(document, lexicon, one, other)?;
    if right.uses.all.is_empty() || wrong.uses.all.is_empty() {
        return None;
    }
    let tie = right.spelling.count <= wrong.spelling.count && !right.known.listed;
    let (certainty, severity) = evidence(document, lexicon, settings, wrong, right, tie)?;
    let certainty = if tie { certainty * 0.85 } else { certainty };
    let severity = if tie || variant { Some(Severity::Minor) } else { severity };
    Some(Verdict { wrong, right, certainty, severity })
}

/// Wrong side first: what no table knows, else the rarer one, else the later one; none where both are known names.
fn orient<'a>(document: &Document, lexicon: &Lexicon, one: Side<'a>, other: Side<'a>) -> Option<(Side<'a>, Side<'a>)> {
    let (a, b) = (one.spelling, other.spelling);
    if one.known.person && other.known.person {
        // Two known people, unless both spellings are one entry's.
        let exact = |side: &Spelling| document.words.get(side.word as usize).map_or(0, |word| word.exact);
        let same = lexicon
            .forms(exact(a))
            .filter(|form| form.rest.is_empty())
            .any(|form| lexicon.forms(exact(b)).any(|twin| twin.rest.is_empty() && twin.entry == form.entry));
        if !same {
            return None;
        }
    }
    let one_is_wrong = match (one.known.person, other.known.person) {
        (false, true) if a.count <= b.count.max(2) => true,
        (true, false) if b.count <= a.count.max(2) => false,
        _ if a.count != b.count => a.count < b.count,
        _ => a.first_token > b.first_token,
    };
    Some(if one_is_wrong { (one, other) } else { (other, one) })
}

/// How sure it is that `wrong` is `right` misspelt, and at most how bad.
fn evidence(
    document: &Document,
    lexicon: &Lexicon,
    settings: &NameSettings,
    wrong: Side<'_>,
    right: Side<'_>,
    tie: bool,
) -> Option<(f32, Option<Severity>)> {
    let inflected = is_inflected(wrong.folded, right.folded) && !settings.variants;
    let (w, r) = (wrong.uses, right.uses);
    let known = wrong.known;
    let shared = |(word, is_first): &(u32, bool)| r.firsts.iter().any(|(other, _)| other == word).then_some(*is_first);
    let length = wrong.folded.len().min(right.folded.len());
    // A surname that is introduced with the same first name, and with no other.
    if settings.support.has(Support::CO_MENTION)
        && !w.firsts.is_empty()
        && w.lasts.is_empty()
        && w.firsts.iter().all(|first| shared(first).is_some())
    {
        let first_name = w.firsts.iter().any(|first| shared(first) == Some(true));
        let plural = inflected && (wrong.folded.ends_with('s') || right.folded.ends_with('s'));
        if !plural && (first_name || length >= 7 && !wrong.folded.contains('-') && known.nowhere()) {
            return Some((1.0, None));
        }
    }
    // A first name before the same surname.
    if settings.support.has(Support::CO_MENTION)
        && !tie
        && length >= 5
        && !inflected
        && known.nowhere()
        && w.firsts.is_empty()
        && w.bare == 0
        && !w.lasts.is_empty()
        && w.lasts.iter().all(|last| r.lasts.contains(last))
        && wrong.folded.as_bytes().first() == right.folded.as_bytes().first()
    {
        return Some((0.8, Some(Severity::Minor)));
    }
    let same_initial = wrong.folded.as_bytes().first() == right.folded.as_bytes().first();
    // The one place that gives the full name has it wrong: whoever is bare everywhere else was never introduced.
    if settings.support.has(Support::CO_MENTION)
        && let [(first, true)] = w.firsts.as_slice()
        && w.lasts.is_empty()
        && wrong.spelling.count == 1
        && known.nowhere()
        && !inflected
        && length >= 5
        && same_initial
        && r.firsts.is_empty()
        && !r.place
        && r.bare as usize + r.titles.len() >= 2
        && is_called(document, lexicon, right, *first)
    {
        return Some((0.85, None));
    }
    if !w.firsts.is_empty() || !w.lasts.is_empty() || w.place {
        return None;
    }
    let introduced = r.firsts.iter().any(|(_, is_first)| *is_first) || right.known.person;
    // President Marsh, President March: a bare surname with the office of one who is introduced in full.
    let title = |word: &u32| {
        let courtesy = document
            .tokens
            .get(w.all.first().map_or(0, |token| *token as usize).saturating_sub(1))
            .is_some_and(|token| {
                matches!(document.text(token.span), "Mr." | "Mr" | "Mrs." | "Mrs" | "Ms." | "Ms" | "Dr." | "Dr")
            });
        !courtesy && r.titles.contains(word)
    };
    if settings.support.has(Support::TITLE)
        && !inflected
        && (introduced || right.spelling.count >= 3)
        && !known.listed
        && w.titles.iter().any(title)
    {
        return Some((0.9, None));
    }
    // Everything below is unknown, bare and rarer.
    if inflected || tie || !known.nowhere() || !settings.support.has(Support::MAJORITY) {
        return None;
    }
    let known_person = right.known.person
        && (r.firsts.is_empty() || r.firsts.iter().any(|(first, _)| is_called(document, lexicon, right, *first)));
    let majority = right.spelling.count >= 2 && right.spelling.count > wrong.spelling.count;
    let rare = wrong.spelling.count <= 3 && (majority || known_person);
    let person = introduced || !r.titles.is_empty() || !r.firsts.is_empty();
    if rare && person && length >= 5 && (same_initial || length >= 7) {
        return Some((if right.spelling.count >= 3 { 0.9 } else { 0.8 }, None));
    }
    // A place or a thing: long, and alike from its first letter on.
    let settled = right.known.listed || right.spelling.count >= 3;
    (settled && wrong.spelling.count == 1 && length >= 7 && same_initial && !wrong.folded.contains('-'))
        .then_some((0.8, Some(Severity::Minor)))
}

/// Whether the tables let a family name go with a first name: nobody of that name is known, or one with this first name is.
fn is_called(document: &Document, lexicon: &Lexicon, right: Side<'_>, first: u32) -> bool {
    let exact = |word: u32| document.words.get(word as usize).map_or(0, |word| word.exact);
    let first = exact(first);
    !right.known.person
        || lexicon.forms(exact(right.spelling.word)).filter(|form| form.kind == FormKind::Surname).any(|form| {
            lexicon.name(form.entry).and_then(|name| name.split(' ').next()).is_some_and(|name| hash(name) == first)
        })
}

/// A hit for every place of the wrong spelling, with the first place of the right one as evidence.
fn report(document: &Document, verdict: &Verdict<'_>, out: &mut Vec<Hit>) {
    let Some(right) = document.tokens.get(verdict.right.spelling.first_token as usize) else { return };
    let right_text = document.text(right.span);
    let name = full_name(document, &verdict.right).unwrap_or_else(|| right_text.to_owned());
    for &token in &verdict.wrong.uses.all {
        let Some(token) = document.tokens.get(token as usize) else { continue };
        let mut hit = Hit::at(Place::Span(token.span))
            .propose(right_text)
            .value("name", name.clone())
            .value("other", right_text)
            .value("also", format!("; elsewhere “{right_text}”"));
        hit.related.push(Related::here(right.span, format!("“{right_text}” here")));
        hit.severity = verdict.severity;
        hit.certainty = verdict.certainty;
        out.push(hit);
    }
}

/// The fullest way the text names the right one.
fn full_name(document: &Document, right: &Side<'_>) -> Option<String> {
    right.uses.all.iter().find_map(|&token| match before(document, token as usize) {
        Before::Name(first) => Some(document.text(document.span(first as u32..token + 1)).to_owned()),
        _ => None,
    })
}
