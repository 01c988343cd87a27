//! The same quotation in two wordings: headline, standfirst, body, caption. In: quotations. Out: the later one, with the other as evidence.
//!
//! Quotations that share rare words are laid side by side where those words meet; what stands between equal words on both sides
//! was worded anew. Words left out, and what brackets or dots replace, are an editor's cuts. Linear: a word that stands in many
//! quotations finds none, and a quotation is compared with few others.

use super::super::{Context, Hit};
use crate::document::{Document, Identity, Quote, Shape};
use crate::finding::{FixSafety, Place, Related, Span};
use crate::language::{Class, Closed, Forms};
use crate::rulebook::settings::Settings;
use smallvec::SmallVec;
use std::collections::HashMap;
use std::hash::BuildHasherDefault;

/// A word that stands in more quotations than this finds none.
const COMMON: usize = 8;
/// A quotation is compared with so many others at most.
const COMPARED: usize = 12;
/// Words of a quotation that are looked at.
const LONGEST: usize = 120;

/// Of each content word the quotations that hold it, and where in them.
type Holders = HashMap<u64, SmallVec<[(u32, u32); 2]>, BuildHasherDefault<Identity>>;

/// A word of a quotation.
#[derive(Clone, Copy)]
struct Quoted {
    token: u32,
    form: u64,
    /// Lemma of its first reading, else its form.
    lemma: u64,
    content: bool,
}

/// Key `ratio`: share of the shorter quotation that must be the same (0.6); `min-words`: of a quotation that is looked at (5).
pub(super) fn find(context: &Context<'_>, settings: &Settings, out: &mut Vec<Hit>) {
    let document = context.document;
    let ratio = settings.number("ratio", 0.6);
    let shortest = settings.number("min-words", 5.0) as usize;
    if document.quotes.len() < 2 {
        return;
    }
    let worded: Vec<(&Quote, Vec<Quoted>)> = document
        .quotes
        .iter()
        .filter(|quote| quote.depth == 0)
        .map(|quote| (quote, words(document, quote)))
        .filter(|(_, words)| words.len() >= shortest)
        .collect();
    let mut holders: Holders = HashMap::default();
    for (number, (_, words)) in worded.iter().enumerate() {
        for (at, word) in words.iter().enumerate().filter(|(_, word)| word.content) {
            let known = holders.entry(word.lemma).or_default();
            if known.len() <= COMMON {
                known.push((number as u32, at as u32));
            }
        }
    }
    for (number, (quote, own)) in worded.iter().enumerate() {
        // Per earlier quotation the words shared, by how far they are shifted.
        let mut shared: HashMap<u32, Vec<i64>> = HashMap::new();
        for (at, word) in own.iter().enumerate().filter(|(_, word)| word.content) {
            let Some(known) = holders.get(&word.lemma).filter(|known| known.len() <= COMMON) else { continue };
            for (other, there) in known.iter().filter(|(other, _)| (*other as usize) < number) {
                shared.entry(*other).or_default().push(i64::from(*there) - index(at));
            }
        }
        let mut candidates: Vec<(u32, Vec<i64>)> = shared.into_iter().filter(|(_, shifts)| shifts.len() >= 2).collect();
        candidates.sort_by_key(|(other, shifts)| (std::cmp::Reverse(shifts.len()), *other));
        candidates.truncate(COMPARED);
        for (other, shifts) in candidates {
            let Some((earlier, theirs)) = worded.get(other as usize) else { continue };
            // Two people may say nearly the same.
            if two_speakers(document, quote, earlier) {
                continue;
            }
            let Some(drift) = drift(document, own, theirs, &shifts, ratio) else { continue };
            // What stands in the headline was cut from the body.
            let (here, there) = (drift.own, drift.theirs);
            let text = document.text(there);
            let mut hit = Hit::at(Place::Span(if drift.whole { quote.inner } else { here }))
                .value("other", document.text(if drift.whole { earlier.inner } else { there }))
                .value("here", document.text(drift.changed.0))
                .value("there", document.text(drift.changed.1));
            hit.proposals.push(super::super::Proposal {
                text: if drift.whole { document.text(earlier.inner) } else { text }.to_owned(),
                fix: Some(FixSafety::DisplayOnly),
            });
            hit.related.push(Related::here(earlier.span, "worded otherwise here"));
            out.push(hit);
            break;
        }
    }
}

fn two_speakers(document: &Document, one: &Quote, two: &Quote) -> bool {
    let (Some(one), Some(two)) = (&one.speaker, &two.speaker) else { return false };
    match (one.person, two.person) {
        (Some(one), Some(two)) => one != two,
        _ => [one, two].iter().any(|speaker| {
            speaker.tokens.clone().any(|at| {
                matches!(
                    document.text_of(at as usize),
                    "another"
                        | "other"
                        | "rival"
                        | "opponent"
                        | "opponents"
                        | "neighbour"
                        | "neighbor"
                        | "deputy"
                        | "second"
                        | "witness"
                )
            })
        }),
    }
}

fn words(document: &Document, quote: &Quote) -> Vec<Quoted> {
    let mut found = Vec::new();
    for token in quote.tokens.clone().take(LONGEST * 2) {
        let word = document.word(token as usize);
        if word.shape.has(Shape::PUNCT) {
            continue;
        }
        let verb = |class: Class, forms: Forms| {
            word.readings.iter().find(|reading| reading.class == class && reading.forms.intersects(forms))
        };
        // One lemma a word: a verb's where it is inflected as one.
        let reading = verb(Class::Verb, Forms::ED.union(Forms::ING)).or_else(|| word.readings.first());
        found.push(Quoted {
            token,
            form: word.form,
            lemma: reading.map_or(word.form, |reading| reading.lemma),
            content: word.closed == Closed::default() && !word.shape.has(Shape::CLITIC),
        });
        if found.len() == LONGEST {
            break;
        }
    }
    found
}

/// Two wordings of one quotation.
struct Drift {
    own: Span,
    theirs: Span,
    /// The first words that differ, here and there.
    changed: (Span, Span),
    /// Both were compared as wholes.
    whole: bool,
}

fn drift(document: &Document, own: &[Quoted], theirs: &[Quoted], shifts: &[i64], ratio: f64) -> Option<Drift> {
    let mut sorted = shifts.to_vec();
    sorted.sort_unstable();
    let shift = sorted.get(sorted.len() / 2).copied()?;
    let length = own.len().min(theirs.len());
    // The stretch of each that lies over the other.
    let clamp = |value: i64, most: usize| usize::try_from(value.max(0)).unwrap_or(0).min(most);
    let (a, b) = if own.len() <= theirs.len() {
        let start = clamp(shift - 4, theirs.len());
        (0..own.len(), start..clamp(shift + index(length) + 4, theirs.len()))
    } else {
        let start = clamp(-shift - 4, own.len());
        (start..clamp(-shift + index(length) + 4, own.len()), 0..theirs.len())
    };
    let (own, theirs) = (own.get(a)?, theirs.get(b)?);
    let pairs = align(own, theirs);
    let equal = pairs.len();
    if (equal as f64) < ratio * length as f64 || equal < 3 {
        return None;
    }
    let content = pairs.iter().filter(|(at, _)| own.get(*at).is_some_and(|word| word.content)).count();
    let (first, last) = (pairs.first()?, pairs.last()?);
    let mut changed: Option<((usize, usize), (usize, usize))> = None;
    let mut weight = 0;
    for pair in pairs.windows(2) {
        let [(a1, b1), (a2, b2)] = pair else { continue };
        let (gap_a, gap_b) = (a2 - a1 - 1, b2 - b1 - 1);
        if gap_a == 0 || gap_b == 0 {
            continue;
        }
        let (one, two) = (own.get(a1 + 1..*a2)?, theirs.get(b1 + 1..*b2)?);
        // What dots or brackets stand beside was cut by an editor; four words against ten were left out, not reworded.
        if gap_a > 4
            || gap_b > 4
            || edited(document, one)
            || edited(document, two)
            || same_in_substance(document, one, two)
        {
            continue;
        }
        let any_content = |words: &[Quoted]| words.iter().any(|word| word.content);
        weight += if any_content(one) && any_content(two) { 2 } else { 1 };
        changed.get_or_insert(((a1 + 1, *a2), (b1 + 1, *b2)));
    }
    let ((a1, a2), (b1, b2)) = changed?;
    if weight < 2 || content < 2 {
        return None;
    }
    let span = |words: &[Quoted], from: usize, to: usize| {
        let tokens = words.get(from).zip(words.get(to.checked_sub(1)?))?;
        Some(document.span(tokens.0.token..tokens.1.token + 1))
    };
    Some(Drift {
        own: span(own, first.0, last.0 + 1)?,
        theirs: span(theirs, first.1, last.1 + 1)?,
        changed: (span(own, a1, a2)?, span(theirs, b1, b2)?),
        whole: first.0 <= 2 && first.1 <= 2 && last.0 + 3 >= own.len() && last.1 + 3 >= theirs.len(),
    })
}

/// A place in a quotation, whose length is bounded.
fn index(at: usize) -> i64 {
    i64::try_from(at).unwrap_or(i64::MAX / 4)
}

/// Longest common subsequence by form or lemma: pairs of places.
fn align(own: &[Quoted], theirs: &[Quoted]) -> Vec<(usize, usize)> {
    let same = |a: &Quoted, b: &Quoted| a.form == b.form || a.content && b.content && a.lemma == b.lemma;
    let width = theirs.len() + 1;
    let mut table = vec![0_u16; (own.len() + 1) * width];
    for (i, a) in own.iter().enumerate().rev() {
        for (j, b) in theirs.iter().enumerate().rev() {
            let cell = |i: usize, j: usize| table.get(i * width + j).copied().unwrap_or(0);
            let best = if same(a, b) { cell(i + 1, j + 1) + 1 } else { cell(i + 1, j).max(cell(i, j + 1)) };
            if let Some(place) = table.get_mut(i * width + j) {
                *place = best;
            }
        }
    }
    let cell = |i: usize, j: usize| table.get(i * width + j).copied().unwrap_or(0);
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while let (Some(a), Some(b)) = (own.get(i), theirs.get(j)) {
        if same(a, b) {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if cell(i + 1, j) >= cell(i, j + 1) {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

/// Brackets or dots stand in or beside these words.
fn edited(document: &Document, words: &[Quoted]) -> bool {
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
    (first.token.saturating_sub(2)..last.token + 3).any(|token| {
        let text = document.text_of(token as usize);
        matches!(text, "[" | "]" | "(" | ")" | "…" | "...") || text.contains('[') || text.contains("..")
    })
}

/// Spelling, contraction or case only.
fn same_in_substance(document: &Document, one: &[Quoted], two: &[Quoted]) -> bool {
    let joined = |words: &[Quoted]| {
        let text: String = words.iter().map(|word| document.text_of(word.token as usize).to_lowercase()).collect();
        text.replace(['’', '\'', '-', '.'], "").replace("not", "nt").replace("ise", "ize").replace("our", "or")
    };
    let (one, two) = (joined(one), joined(two));
    let contracted = |short: &str, long: &str| {
        ["re are", "s is", "ve have", "ll will", "d would", "m am", "ca can", "wo will", "nt not"]
            .iter()
            .any(|pair| pair.split_once(' ').is_some_and(|(a, b)| short == a && long == b))
    };
    one == two
        || contracted(&one, &two)
        || contracted(&two, &one)
        || strsim::damerau_levenshtein(&one, &two) <= 1 && one.len() >= 5
}
