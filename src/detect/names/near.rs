//! Near misses that no table lists. In: a document and the people of the tables. Out: hits on full names of which one half is a
//! known person's and the other half one or two letters off, where something else says that this person is meant.

use super::known::Part;
use super::spelling::{edits, fold, is_inflected, is_loose_variant, is_variant};
use super::surroundings::{is_initial, is_name_word, next, previous, text, title_with_of};
use super::{NameSettings, Support};
use crate::detect::Hit;
use crate::document::{Document, Shape};
use crate::finding::{Place, Regions, Related, Span};
use crate::language::hash;
use crate::lexicon::{Entry, EntryKind, FormKind, Lexicon};
use std::collections::HashMap;
use std::collections::hash_map;

/// A name gone wrong.
struct Miss {
    entry: Entry,
    /// The right first and last word.
    right: (String, String),
    /// The last word is the right one cut short (Cather of Catherwood).
    cut: bool,
    /// Where these stand side by side in the text.
    elsewhere: Option<Span>,
}

/// Appends a hit for each full name that is nearly, and not quite, a known person's; `parts` says which words are of known names.
pub(super) fn find(
    document: &Document,
    lexicon: &Lexicon,
    settings: &NameSettings,
    parts: &[Part],
    out: &mut Vec<Hit>,
) {
    let part_of = |token: usize| {
        let word = document.tokens.get(token).map_or(usize::MAX, |token| token.word as usize);
        parts.get(word).copied().unwrap_or_default()
    };
    let mut judged: HashMap<(u32, u32), Option<Miss>> = HashMap::new();
    for first in document.capitals.iter().map(|token| *token as usize) {
        // Most tokens end here: neither half is a known person's.
        if !(part_of(first).has(Part::FIRST)
            || part_of(first + 1).has(Part::LAST)
            || part_of(first + 2).has(Part::LAST))
            || !is_name_word(document, first)
        {
            continue;
        }
        let Some(mut last) = next(document, first) else { continue };
        if is_initial(document, last) {
            let Some(after) = next(document, last) else { continue };
            last = after;
        }
        let whole_name = is_name_word(document, last)
            && previous(document, first)
                .is_none_or(|before| !is_name_word(document, before) || title_with_of(document, before).is_some())
            && next(document, last).is_none_or(|after| !is_name_word(document, after));
        if !whole_name || !(part_of(first).has(Part::FIRST) || part_of(last).has(Part::LAST)) {
            continue;
        }
        let (Some(a), Some(b)) = (document.tokens.get(first), document.tokens.get(last)) else { continue };
        let miss = match judged.entry((a.word, b.word)) {
            hash_map::Entry::Occupied(known) => known.into_mut(),
            hash_map::Entry::Vacant(open) => {
                open.insert(judge(document, lexicon, settings, (first, part_of(first)), (last, part_of(last))))
            }
        };
        let Some(miss) = miss else { continue };
        if let Some((certainty, evidence)) = support(document, lexicon, settings, miss, first, last) {
            let span = a.span.cover(b.span);
            let middle = document.prose().get(a.span.end as usize..b.span.start as usize).unwrap_or(" ");
            let right = format!("{}{middle}{}", miss.right.0, miss.right.1);
            let mut hit = Hit::at(Place::Span(span))
                .propose(right.clone())
                .value("name", miss.entry.name.clone())
                .value("other", right)
                .value("also", "");
            if let Some(evidence) = evidence {
                hit.related.push(Related::here(evidence, format!("speaks for {}", miss.entry.name)));
            }
            hit.certainty = certainty;
            out.push(hit);
        }
    }
}

/// The one known person of whose name one half stands here and the other half nearly.
fn judge(
    document: &Document,
    lexicon: &Lexicon,
    settings: &NameSettings,
    first: (usize, Part),
    last: (usize, Part),
) -> Option<Miss> {
    let ((first, first_part), (last, last_part)) = (first, last);
    let first_key = document.word(first).exact;
    let last_key = document.word(last).exact;
    // Somebody's own name, exactly so.
    if lexicon.forms(first_key).any(|form| form.continues(std::iter::once(last_key)) && form.kind != FormKind::Surname)
    {
        return None;
    }
    let (first_text, last_text) = (text(document, first), text(document, last));
    let mut found: Vec<Miss> = Vec::new();
    let mut consider = |number: u32, wrong: &str, wrong_is_last: bool| {
        let Some(name) = lexicon.name(number) else { return };
        let (Some(right_first), Some(right_last)) = (name.split(' ').next(), name.rsplit(' ').next()) else { return };
        let (kept, kept_here, right) =
            if wrong_is_last { (right_first, first_text, right_last) } else { (right_last, last_text, right_first) };
        if kept != kept_here || right_first == right_last {
            return;
        }
        let cut = wrong_is_last && wrong.len() >= 3 && right.len() > wrong.len() && right.starts_with(wrong);
        if !cut && !is_near(wrong, right, settings) {
            return;
        }
        let Some(entry) = lexicon.entry(number) else { return };
        if !(spells_freely(&entry) && is_loose(wrong, right)) {
            let right = (right_first.to_owned(), right_last.to_owned());
            found.push(Miss { entry, right, cut, elsewhere: None });
        }
    };
    // A last word that is in no dictionary and no table, after a known first name.
    let last_word = document.word(last);
    if first_part.has(Part::FIRST)
        && !last_part.has(Part::LISTED)
        && last_word.shape.has(Shape::UNKNOWN)
        && !last_word.shape.has(Shape::FIRST_NAME)
    {
        for form in
            lexicon.forms(first_key).filter(|form| form.kind == FormKind::Full && form.entry_kind == EntryKind::Person)
        {
            consider(form.entry, last_text, true);
        }
    }
    // A first name that no known person of this family name has, and no common word (Great Britain beside a Greta Britain).
    let first_word = document.word(first).shape;
    if last_part.has(Part::LAST)
        && !first_part.has(Part::LISTED)
        && first_word.any(Shape::UNKNOWN.with(Shape::FIRST_NAME))
    {
        for form in lexicon.forms(last_key).filter(|form| form.kind == FormKind::Surname && form.rest.is_empty()) {
            consider(form.entry, first_text, false);
        }
    }
    let mut miss = found.pop()?;
    // Two names are as near: nobody can say who is meant.
    if found.iter().any(|other| other.right != miss.right) {
        return None;
    }
    miss.elsewhere = right_form(document, &miss.right);
    Some(miss)
}

fn is_near(wrong: &str, right: &str, settings: &NameSettings) -> bool {
    // Accents count more bytes: the guess is generous, the edits below decide.
    if wrong.len().abs_diff(right.len()) > settings.max_edits + 2 {
        return false;
    }
    let (mut a, mut b) = (String::new(), String::new());
    if !fold(wrong, &mut a) || !fold(right, &mut b) || a.len().min(b.len()) < settings.min_length.max(4) {
        return false;
    }
    // Steve and Steven, Robert and Roberts: other people, or short forms.
    edits(&a, &b) <= settings.edits_allowed(a.len().min(b.len())) && !is_variant(&a, &b) && !is_inflected(&a, &b)
}

fn is_loose(wrong: &str, right: &str) -> bool {
    let (mut a, mut b) = (String::new(), String::new());
    fold(wrong, &mut a) && fold(right, &mut b) && is_loose_variant(&a, &b)
}

/// People whose names are written in another script at home: each newsroom romanises their vowels its own way.
fn spells_freely(entry: &Entry) -> bool {
    const OTHER_SCRIPTS: &str = "AE AF AM BD BG BH BY CN DZ EG ER ET GE GR HK IL IN IQ IR JO JP KG KH KP KR KW KZ LA LB LK LY MA \
                                 MK MM MN MR NP OM PK PS QA RS RU SA SD SY TH TJ TM TN TW UA UZ YE";
    entry.country.is_empty() || OTHER_SCRIPTS.split(' ').any(|country| country == entry.country)
}

/// What else says that this person is meant: how sure it makes, and where it stands.
fn support(
    document: &Document,
    lexicon: &Lexicon,
    settings: &NameSettings,
    miss: &Miss,
    first: usize,
    last: usize,
) -> Option<(f32, Option<Span>)> {
    // The house's own people, of whom nothing but the name is known, sign or contribute.
    if miss.entry.country.is_empty() && miss.entry.offices.is_empty() && is_credit(document, first) {
        return Some((0.9, None));
    }
    if miss.cut {
        return None;
    }
    if settings.support.has(Support::TITLE)
        && let Some(office) = office_word(document, &miss.entry, first, last)
    {
        return Some((1.0, Some(office)));
    }
    if settings.support.has(Support::CO_MENTION)
        && let Some(span) = miss.elsewhere
    {
        return Some((1.0, Some(span)));
    }
    // Half of the world's Smiths are near some American: a country says little there.
    let crowded = ["US", "GB", "CA", "AU", "NZ", "IE", ""].contains(&miss.entry.country.as_str());
    if settings.support.has(Support::COUNTRY)
        && !crowded
        && let Some(span) = country(document, lexicon, &miss.entry, first)
    {
        return Some((0.8, Some(span)));
    }
    None
}

/// Whether a name stands in a byline, or before “contributed to”.
fn is_credit(document: &Document, name: usize) -> bool {
    let mut following = (name..name + 16).map_while(|token| next(document, token));
    document.regions(name).meets(Regions::BYLINE)
        || following.any(|token| text(document, token) == "contributed" && text(document, token + 1) == "to")
}

/// A word of one of the person's offices within a few words of the name.
fn office_word(document: &Document, entry: &Entry, first: usize, last: usize) -> Option<Span> {
    let heads: Vec<u64> = entry
        .offices
        .iter()
        .flat_map(|office| office.label.split(' ').take_while(|word| *word != "of" && *word != "for"))
        .filter(|word| word.len() >= 4)
        .map(hash)
        .collect();
    let sentence = document.tokens.get(first)?.sentence;
    (first.saturating_sub(5)..first)
        .chain(last + 1..last + 8)
        .filter(|&near| document.tokens.get(near).is_some_and(|token| token.sentence == sentence))
        .find(|&near| heads.contains(&document.word(near).form))
        .and_then(|near| document.tokens.get(near))
        .map(|token| token.span)
}

/// The right full name somewhere in the text.
fn right_form(document: &Document, right: &(String, String)) -> Option<Span> {
    let (first, last) = (hash(&right.0), hash(&right.1));
    let key = |token: usize| document.word(token).exact;
    (0..document.tokens.len())
        .find(|&at| key(at) == first && key(at + 1) == last)
        .map(|at| document.span(at as u32..at as u32 + 2))
}

/// The person's country or its people in the same sentence.
fn country(document: &Document, lexicon: &Lexicon, entry: &Entry, first: usize) -> Option<Span> {
    let sentence = document.sentences.get(document.tokens.get(first)?.sentence as usize)?;
    // A sentence of more than a hundred words is none.
    let reach =
        (first as u32).saturating_sub(50).max(sentence.tokens.start)..(first as u32 + 50).min(sentence.tokens.end);
    reach.into_iter().find_map(|token| {
        let word = document.word(token as usize);
        let fits = word.shape.has(Shape::CAPITAL)
            && lexicon.forms(word.exact).any(|form| {
                form.entry_kind == EntryKind::Place
                    && form.rest.is_empty()
                    && matches!(form.kind, FormKind::Full | FormKind::Alias | FormKind::Demonym)
                    && lexicon.entry(form.entry).is_some_and(|place| place.country == entry.country)
            });
        fits.then(|| document.span(token..token + 1))
    })
}
