//! Names that changed, came, went, or are spelt otherwise.

use super::super::words::How;
use super::super::{Compared, Group};
use super::numbers::gap_for;
use crate::detect::Hit;
use crate::document::{Document, Shape};
use crate::finding::Place;
use crate::language::Closed;
use crate::rulebook::settings::Settings;
use std::collections::HashSet;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;

pub fn find(compared: &Compared<'_>, settings: &Settings, out: &mut Vec<Hit>) {
    let fault = settings.text("fault").unwrap_or("changed");
    let (words_here, known_there) = (spellings(compared.text), spellings(compared.original));
    for group in &compared.groups {
        if fault == "spelling" {
            spelling(compared, group, &known_there, out);
        } else {
            others(compared, group, fault, (&words_here, &known_there), out);
        }
    }
}

/// Lower-case, without diacritics, apostrophes, hyphens.
pub(super) fn folded(text: &str) -> String {
    text.nfd().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// All words of a document, folded.
fn spellings(document: &Document) -> HashSet<String> {
    let mut known = HashSet::new();
    let mut seen = HashSet::new();
    for token in &document.tokens {
        if seen.insert(token.word) {
            let text = document.text(token.span);
            known.insert(folded(text));
            for part in text.split(['-', '–', '/']).filter(|part| part.len() > 1) {
                known.insert(folded(part));
            }
        }
    }
    known
}

/// Whether a token is a name's: a capital that the sentence's beginning does not explain.
pub(super) fn is_name(document: &Document, at: u32) -> bool {
    let word = document.word(at as usize);
    if !word.shape.has(Shape::WORD)
        || !word.shape.has(Shape::CAPITAL)
        || word.shape.any(Shape::MONTH.with(Shape::WEEKDAY).with(Shape::CLITIC).with(Shape::ADDRESS))
        || word.closed != Closed::default() && !word.shape.has(Shape::UPPER)
        || word.shape.has(Shape::TITLE) && !word.shape.has(Shape::FIRST_NAME)
    {
        return false;
    }
    let ordinary = word.readings.iter().any(|_| !word.shape.has(Shape::UNKNOWN))
        && !word.shape.any(Shape::DEMONYM.with(Shape::UPPER));
    !(ordinary && begins(document, at))
}

/// First word of a sentence, a line or a quotation.
fn begins(document: &Document, at: u32) -> bool {
    let Some(token) = document.tokens.get(at as usize) else { return true };
    let first = document.sentences.get(token.sentence as usize).is_none_or(|sentence| sentence.tokens.start == at);
    first
        || at.checked_sub(1).is_some_and(|before| {
            let shape = document.word(before as usize).shape;
            shape.has(Shape::QUOTE_MARK)
                || shape.has(Shape::PUNCT)
                    && document.tokens.get(before as usize).is_some_and(|token| {
                        matches!(document.text(token.span), ":" | "-" | "–" | "—" | "." | "!" | "?" | "…" | "(")
                    })
        })
}

/// Runs of name tokens that have no partner.
fn lone_runs(document: &Document, range: &Range<u32>, tied: impl Fn(u32) -> bool) -> Vec<Range<u32>> {
    let mut runs: Vec<Range<u32>> = Vec::new();
    for at in range.clone().filter(|at| is_name(document, *at) && !tied(*at)) {
        match runs.last_mut() {
            Some(run) if run.end == at => run.end = at + 1,
            _ => runs.push(at..at + 1),
        }
    }
    runs
}

/// The same name with other letters.
fn spelling(compared: &Compared<'_>, group: &Group, known_there: &HashSet<String>, out: &mut Vec<Hit>) {
    for at in group.text.clone() {
        let Some(tie) = compared.ties.get(at as usize).copied().flatten().filter(|tie| tie.how == How::Spelling) else {
            continue;
        };
        let (here, there) = (compared.shown(at), compared.shown_there(tie.at));
        let (a, b) = (folded(here), folded(there));
        // A plural, a possessive or an adjective of the same name is no other spelling.
        let derived = a
            .strip_prefix(b.as_str())
            .or(b.strip_prefix(a.as_str()))
            .is_some_and(|rest| matches!(rest, "s" | "n" | "an" | "ian" | "ese" | "ish" | "es" | "i"));
        let word = compared.word(at);
        let known = |word: &crate::document::Word| {
            word.shape.any(Shape::LISTED.with(Shape::DEMONYM))
                || !word.shape.has(Shape::UNKNOWN) && !word.readings.is_empty()
        };
        // Words that the dictionary knows are other words, not other spellings; a listed name is right as it stands.
        let ordinary = known(word) && (known(compared.there(tie.at)) || !known(compared.there(tie.at)));
        if derived || known_there.contains(&a) || ordinary || spelling_convention(&a, &b) {
            continue;
        }
        let place = Place::Span(compared.text.span(at..at + 1));
        out.push(compared.hit(place, tie.at..tie.at + 1).propose(there));
    }
}

/// organisation and organization, centre and center.
fn spelling_convention(a: &str, b: &str) -> bool {
    let plain = |text: &str| {
        text.replace("isa", "iza").replace("ise", "ize").replace("isi", "izi").replace("our", "or").replace("re", "er")
    };
    plain(a) == plain(b)
}

fn others(
    compared: &Compared<'_>,
    group: &Group,
    fault: &str,
    (words_here, known_there): (&HashSet<String>, &HashSet<String>),
    out: &mut Vec<Hit>,
) {
    let here = lone_runs(compared.text, &group.text, |at| {
        compared.partner(at).is_some() || explained(compared, at, known_there)
    });
    let there = lone_runs(compared.original, &group.original, |at| {
        compared.partner_there(at).is_some() || known_there_explained(compared, at, words_here)
    });
    if here.is_empty() && (there.is_empty() || fault != "lost") {
        return;
    }
    let mut free: Vec<Range<u32>> = there.into_iter().filter(|run| !touches_tied(compared, run)).collect();
    for run in here {
        // The rest of a name whose other words have their partners is a fuller form of it.
        let fuller = [run.start.wrapping_sub(1), run.end].iter().any(|beside| {
            group.text.contains(beside) && is_name(compared.text, *beside) && compared.partner(*beside).is_some()
        });
        if fuller {
            continue;
        }
        let led = led_to(compared, group, run.start);
        let best = (0..free.len()).min_by_key(|index| (i64::from(free[*index].start) - led).abs());
        let near = best.filter(|index| (i64::from(free[*index].start) - led).abs() <= 8);
        let place = Place::Span(compared.text.span(run.clone()));
        match near {
            Some(index) => {
                let other = free.remove(index);
                if same_thing(compared, &run, &other) {
                    continue;
                }
                let near = strsim::jaro_winkler(
                    &folded(compared.text.text(compared.text.span(run.clone()))),
                    &folded(compared.run_there(other.clone())),
                ) >= 0.8;
                if fault == "changed" {
                    let words = compared.run_there(other.clone()).to_owned();
                    let mut hit = compared.hit(place, other).propose(words);
                    // Two spellings of one name, where all else is worded anew.
                    if near && group.closeness < 650 {
                        hit.severity = Some(crate::finding::Severity::Note);
                    }
                    out.push(hit);
                }
            }
            None if fault == "added" && run.clone().any(|at| unmistakable(compared, at)) => {
                let beside = led.clamp(i64::from(group.original.start), i64::from(group.original.end) - 1) as u32;
                let mut hit = compared.hit(place, beside..beside + 1);
                hit.related
                    .iter_mut()
                    .for_each(|one| "the name does not stand in the original".clone_into(&mut one.message));
                out.push(hit);
            }
            None => {}
        }
    }
    if fault == "lost" {
        for run in free {
            let words = compared.run_there(run.clone()).to_owned();
            out.push(compared.hit(gap_for(compared, group, run.start), run).propose(format!(" {words}")));
        }
    }
}

/// A word of the name stands in the original, perhaps elsewhere or in small letters; or an acronym or country tells the same.
fn explained(compared: &Compared<'_>, at: u32, known: &HashSet<String>) -> bool {
    let text = compared.shown(at);
    let plain = folded(text);
    let renamed =
        |name: &str| SAME.iter().any(|names| names.contains(&name) && names.iter().any(|other| known.contains(*other)));
    if renamed(&plain)
        || plain == "united"
            && (known.contains("us") || known.contains("usa") || known.contains("uk") || known.contains("un"))
    {
        return true;
    }
    known.contains(&plain)
        || text.split(['-', '–', '/']).any(|part| part.len() > 2 && known.contains(&folded(part)))
        || plain.strip_suffix('s').is_some_and(|stem| known.contains(stem))
        || demonym_known(compared, at, known)
}

fn known_there_explained(compared: &Compared<'_>, at: u32, known: &HashSet<String>) -> bool {
    let text = compared.shown_there(at);
    let plain = folded(text);
    let renamed =
        |name: &str| SAME.iter().any(|names| names.contains(&name) && names.iter().any(|other| known.contains(*other)));
    if renamed(&plain)
        || plain == "united"
            && (known.contains("us") || known.contains("usa") || known.contains("uk") || known.contains("un"))
    {
        return true;
    }
    known.contains(&plain)
        || text.split(['-', '–', '/']).any(|part| part.len() > 2 && known.contains(&folded(part)))
        || plain.strip_suffix('s').is_some_and(|stem| known.contains(stem))
        || compared.there(at).shape.has(Shape::UPPER) && acronym_known(&plain, known)
        || plain.len() <= 3 && !compared.there(at).shape.has(Shape::UPPER)
}

/// USA for US.
fn acronym_known(plain: &str, known: &HashSet<String>) -> bool {
    let shorter: String = plain.chars().take(plain.chars().count().saturating_sub(1)).collect();
    shorter.len() >= 2 && known.contains(&shorter)
        || ["a", "s"].iter().any(|more| known.contains(&format!("{plain}{more}")))
}

/// Germany for German: the other side has a word with the same beginning that is a people's or country's.
fn demonym_known(compared: &Compared<'_>, at: u32, known: &HashSet<String>) -> bool {
    let plain = folded(compared.shown(at));
    let stem: String = plain.chars().take(plain.chars().count().saturating_sub(3).max(4)).collect();
    plain.chars().count() >= 5 && known.iter().any(|word| word.starts_with(&stem) && word.len() + 4 >= plain.len())
}

/// Whether a neighbour in the same name has its partner: the name was only shortened.
fn touches_tied(compared: &Compared<'_>, run: &Range<u32>) -> bool {
    [run.start.wrapping_sub(1), run.end]
        .iter()
        .any(|beside| is_name(compared.original, *beside) && compared.partner_there(*beside).is_some())
}

/// A name by itself: no word of the dictionary, no acronym that may stand for plain words.
fn unmistakable(compared: &Compared<'_>, at: u32) -> bool {
    let shape = compared.word(at).shape;
    !shape.has(Shape::UPPER)
        && shape.any(Shape::UNKNOWN.with(Shape::FIRST_NAME).with(Shape::DEMONYM).with(Shape::LISTED))
}

/// Names of one thing that the tables do not lead to each other, folded.
const SAME: [&[&str]; 8] = [
    &["us", "usa", "unitedstates", "america", "unitedstatesofamerica", "american", "states"],
    &["uk", "unitedkingdom", "britain", "greatbritain", "british"],
    &["eu", "europeanunion", "europe", "european"],
    &["un", "unitednations"],
    &["uae", "emirates", "unitedarabemirates"],
    &["ussr", "sovietunion", "soviet"],
    &["gdr", "eastgermany"],
    &["holland", "netherlands", "dutch"],
];

/// Acronym and full name, or two names of one entry of the tables.
fn same_thing(compared: &Compared<'_>, run: &Range<u32>, other: &Range<u32>) -> bool {
    let entry = |document: &Document, run: &Range<u32>| {
        let from = document.mentions.partition_point(|mention| mention.tokens.end <= run.start);
        document.mentions.get(from).filter(|mention| mention.tokens.start < run.end).and_then(|mention| mention.entry)
    };
    if let (Some(a), Some(b)) = (entry(compared.text, run), entry(compared.original, other)) {
        if a == b {
            return true;
        }
        let country =
            |entry: u32| compared.lexicon.entry(entry).map(|entry| entry.country).filter(|country| !country.is_empty());
        if country(a).is_some() && country(a) == country(b) {
            return true;
        }
    }
    let plain = |text: &str| folded(text);
    let (a, b) = (plain(compared.text.text(compared.text.span(run.clone()))), plain(compared.run_there(other.clone())));
    if SAME.iter().any(|names| names.contains(&a.as_str()) && names.contains(&b.as_str())) {
        return true;
    }
    let initials = |document: &Document, run: &Range<u32>| -> String {
        let words =
            run.clone().filter_map(|at| document.tokens.get(at as usize).map(|token| document.text(token.span)));
        words.filter(|word| word.starts_with(char::is_uppercase)).filter_map(|word| word.chars().next()).collect()
    };
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
    let (here, there) =
        (letters(compared.text.text(compared.text.span(run.clone()))), letters(compared.run_there(other.clone())));
    here == initials(compared.original, other) || there == initials(compared.text, run)
}

/// Where in the original a token of the text should have its partner.
fn led_to(compared: &Compared<'_>, group: &Group, at: u32) -> i64 {
    let back = (group.text.start..at).rev().take(12).find_map(|near| Some((near, compared.partner(near)?)));
    let ahead = (at..group.text.end).take(12).find_map(|near| Some((near, compared.partner(near)?)));
    match (back, ahead) {
        (Some((near, there)), _) => i64::from(there) + i64::from(at - near),
        (None, Some((near, there))) => i64::from(there) - i64::from(near - at),
        _ => i64::from(group.original.start) + i64::from(at - group.text.start),
    }
}
