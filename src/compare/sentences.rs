//! In: two documents. Out: which sentences belong together: one to one, one to many, moved; and those without a partner.
//!
//! Sentences meet by the rare words they share (an index, so that nobody compares all with all), the best pairs first;
//! what stays between two pairs is paired by its place. After the idea of Gale and Church, with words in place of lengths.

use super::is_content;
use super::kin::Profiles;
use crate::document::{Document, Shape};
use crate::finding::Regions;
use std::collections::HashMap;
use std::ops::Range;

/// Texts of so many sentences or fewer are one group: their words are tied all at once.
const FEW: usize = 2;
/// A key that stands in more sentences of the original leads nowhere.
const POSTINGS: usize = 24;
/// The likeness (0–1) from which two sentences are taken for a pair.
const PAIR: f32 = 0.22;
/// The share (0–1) of a sentence that must stand in another for it to be a part of it.
const PART: f32 = 0.5;

/// Sentences that belong together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Group {
    /// Tokens of the text.
    pub text: Range<u32>,
    /// Tokens of the original.
    pub original: Range<u32>,
    /// Words tied with the very same spelling, in thousandths of all words of both sides.
    pub closeness: u32,
}

/// All groups, and sentences without a partner.
pub(super) struct Paired {
    pub groups: Vec<Group>,
    pub added: Vec<u32>,
    pub lost: Vec<u32>,
}

/// Whether two texts are one in two wordings.
///
/// # Errors
/// Why not.
pub(super) fn belong(text: &Document, original: &Document, profiles: &Profiles) -> Result<(), String> {
    let words = |document: &Document| document.tokens.len();
    if words(original) == 0 {
        return Err("the original is empty".to_owned());
    }
    if words(text) == 0 {
        return Ok(());
    }
    let (here, there) = (vocabulary(text, profiles), vocabulary(original, profiles));
    if there.len() >= 12 && !is_english(original) {
        return Err("the original is not English: give it as --source with --source-lang".to_owned());
    }
    let (small, large) = if here.len() < there.len() { (&here, &there) } else { (&there, &here) };
    let (shorter, longer) = (words(text).min(words(original)), words(text).max(words(original)));
    if longer > 120 && longer > shorter * 10 {
        return Err(format!(
            "one text is more than ten times as long as the other ({} and {} words)",
            text.word_count(),
            original.word_count()
        ));
    }
    // A few words prove nothing.
    if small.len() < 6 {
        return Ok(());
    }
    let shared = small.keys().filter(|key| large.contains_key(*key)).count();
    if shared * 100 < small.len() * 12 {
        return Err(format!("the original is another story: of {} words only {shared} stand in both", small.len()));
    }
    Ok(())
}

/// Whether the small words are English.
fn is_english(document: &Document) -> bool {
    let words = document.tokens.iter().filter_map(|token| document.words.get(token.word as usize));
    let (mut all, mut known) = (0_usize, 0_usize);
    for word in words.filter(|word| !word.shape.any(Shape::PUNCT.with(Shape::DIGIT).with(Shape::CLITIC))) {
        all += 1;
        known += usize::from(word.commonness > 0 && !word.shape.has(Shape::NON_LATIN));
    }
    known * 100 >= all * 35
}

fn vocabulary(document: &Document, profiles: &Profiles) -> HashMap<u64, u32> {
    let mut found = HashMap::new();
    for word in document.words.iter().filter(|word| is_content(word) || word.shape.has(Shape::NUMBER)) {
        found.insert(key(word, profiles), 0);
    }
    found
}

/// What a word is found again by: its first lemma, else its spelling.
fn key(word: &crate::document::Word, profiles: &Profiles) -> u64 {
    profiles.of(word).and_then(|profile| profile.lemmas.first()).map_or(word.form, |lemma| crate::language::hash(lemma))
}

/// Keys of a sentence with their weights, without repetition.
fn keys(document: &Document, sentence: usize, profiles: &Profiles) -> Vec<u64> {
    let Some(sentence) = document.sentences.get(sentence) else { return Vec::new() };
    let mut found: Vec<u64> = (sentence.tokens.clone())
        .map(|at| document.word(at as usize))
        .filter(|word| is_content(word) || word.shape.has(Shape::NUMBER))
        .map(|word| key(word, profiles))
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// A pair of sentences and how alike they are.
struct Link {
    text: usize,
    original: usize,
    likeness: f32,
    /// Share of the text's sentence that stands in the original's, and the other way round.
    within: f32,
    holds: f32,
}

pub(super) fn pair(text: &Document, original: &Document, profiles: &Profiles) -> Paired {
    let (here, there) = (text.sentences.len(), original.sentences.len());
    if here == 0 || there == 0 {
        return Paired { groups: Vec::new(), added: (0..here as u32).collect(), lost: (0..there as u32).collect() };
    }
    let whole = |document: &Document| 0..document.tokens.len() as u32;
    if here <= FEW && there <= FEW {
        let group = Group { text: whole(text), original: whole(original), closeness: 0 };
        return Paired { groups: vec![group], added: Vec::new(), lost: Vec::new() };
    }
    let links = links(text, original, profiles);
    let mut of_text: Vec<Vec<usize>> = vec![Vec::new(); here];
    let mut of_original: Vec<Vec<usize>> = vec![Vec::new(); there];
    // The best pairs first, one to one.
    for link in links.iter().filter(|link| link.likeness >= PAIR || link.within.max(link.holds) >= 0.7) {
        if of_text[link.text].is_empty() && of_original[link.original].is_empty() {
            of_text[link.text].push(link.original);
            of_original[link.original].push(link.text);
        }
    }
    // A sentence that was split or merged: a part joins the neighbour of its counterpart.
    for link in links.iter().filter(|link| link.within >= PART || link.holds >= PART) {
        if of_text[link.text].is_empty() && link.within >= PART {
            let beside = of_original[link.original].iter().any(|other| other.abs_diff(link.text) == 1);
            if beside && same_block(text, of_original[link.original][0], link.text) {
                of_text[link.text].push(link.original);
                of_original[link.original].push(link.text);
            }
        } else if of_original[link.original].is_empty() && link.holds >= PART {
            let beside = of_text[link.text].iter().any(|other| other.abs_diff(link.original) == 1);
            if beside && same_block(original, of_text[link.text][0], link.original) {
                of_text[link.text].push(link.original);
                of_original[link.original].push(link.text);
            }
        }
    }
    between(text, original, &mut of_text, &mut of_original);
    collect(text, original, &of_text, &of_original)
}

fn same_block(document: &Document, a: usize, b: usize) -> bool {
    let block = |at: usize| document.sentences.get(at).map(|sentence| sentence.block);
    block(a) == block(b)
}

/// Likely pairs, the most alike first.
fn links(text: &Document, original: &Document, profiles: &Profiles) -> Vec<Link> {
    let there = original.sentences.len();
    let mut index: HashMap<u64, Vec<u32>> = HashMap::new();
    let mut weights_there = vec![0.0_f32; there];
    let all: Vec<Vec<u64>> = (0..there).map(|sentence| keys(original, sentence, profiles)).collect();
    for (sentence, keys) in all.iter().enumerate() {
        for key in keys {
            index.entry(*key).or_default().push(sentence as u32);
        }
    }
    let weight = |postings: usize| (1.0 + there as f32 / postings.max(1) as f32).ln();
    for (sentence, keys) in all.iter().enumerate() {
        weights_there[sentence] = keys.iter().map(|key| weight(index.get(key).map_or(1, Vec::len))).sum();
    }
    let mut links = Vec::new();
    let here = text.sentences.len();
    let mut scores: HashMap<u32, f32> = HashMap::new();
    for sentence in 0..here {
        scores.clear();
        let keys = keys(text, sentence, profiles);
        let mut total = 0.0;
        for key in &keys {
            let postings = index.get(key).map_or(&[][..], Vec::as_slice);
            let weight = weight(postings.len());
            total += weight;
            if postings.len() <= POSTINGS {
                for other in postings {
                    *scores.entry(*other).or_default() += weight;
                }
            }
        }
        let mut found: Vec<(u32, f32)> = scores.iter().map(|(other, score)| (*other, *score)).collect();
        found.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        for (other, score) in found.into_iter().take(4) {
            let whole = weights_there.get(other as usize).copied().unwrap_or(0.0);
            let place = (sentence as f32 / here as f32 - other as f32 / there as f32).abs();
            let likeness = score / (total * whole).sqrt().max(1e-6) - 0.1 * place;
            links.push(Link {
                text: sentence,
                original: other as usize,
                likeness,
                within: score / total.max(1e-6),
                holds: score / whole.max(1e-6),
            });
        }
    }
    links.sort_by(|a, b| b.likeness.total_cmp(&a.likeness).then((a.text, a.original).cmp(&(b.text, b.original))));
    links
}

/// Sentences that share nothing but stand alone between two pairs on both sides are a pair.
fn between(text: &Document, original: &Document, of_text: &mut [Vec<usize>], of_original: &mut [Vec<usize>]) {
    let mut at = 0;
    while at < of_text.len() {
        if !of_text[at].is_empty() {
            at += 1;
            continue;
        }
        let end = (at..of_text.len()).find(|next| !of_text[*next].is_empty()).unwrap_or(of_text.len());
        let before = at.checked_sub(1).and_then(|before| of_text[before].iter().max().copied());
        let after = of_text.get(end).and_then(|after| after.iter().min().copied());
        let from = before.map_or(if at == 0 { Some(0) } else { None }, |before| Some(before + 1));
        let to = if end == of_text.len() { Some(of_original.len()) } else { after };
        if let (Some(from), Some(to)) = (from, to)
            && to > from
            && to - from == end - at
            && (from..to).all(|other| of_original[other].is_empty())
        {
            for (here, there) in (at..end).zip(from..to) {
                let length = |document: &Document, at: usize| {
                    document.sentences.get(at).map_or(0, |sentence| sentence.tokens.len()) as f32
                };
                let (a, b) = (length(text, here), length(original, there));
                if a.min(b) * 3.0 >= a.max(b) {
                    of_text[here].push(there);
                    of_original[there].push(here);
                }
            }
        }
        at = end;
    }
}

/// Groups of linked sentences that stand together on both sides.
fn collect(text: &Document, original: &Document, of_text: &[Vec<usize>], of_original: &[Vec<usize>]) -> Paired {
    let range = |document: &Document, from: usize, to: usize| {
        let start = document.sentences.get(from).map_or(0, |sentence| sentence.tokens.start);
        start..document.sentences.get(to).map_or(start, |sentence| sentence.tokens.end)
    };
    let mut done = vec![false; of_text.len()];
    let mut groups = Vec::new();
    for sentence in 0..of_text.len() {
        if done[sentence] || of_text[sentence].is_empty() {
            continue;
        }
        let (mut from, mut to) = (sentence, sentence);
        let (mut first, mut last) = (of_text[sentence][0], of_text[sentence][0]);
        loop {
            let before = (from, to, first, last);
            for others in of_text.get(from..=to).unwrap_or(&[]) {
                for other in others {
                    (first, last) = (first.min(*other), last.max(*other));
                }
            }
            for texts in of_original.get(first..=last).unwrap_or(&[]) {
                for at in texts {
                    (from, to) = (from.min(*at), to.max(*at));
                }
            }
            if before == (from, to, first, last) {
                break;
            }
        }
        done.get_mut(from..=to).unwrap_or(&mut []).fill(true);
        groups.push(Group { text: range(text, from, to), original: range(original, first, last), closeness: 0 });
    }
    let told = |document: &Document, at: usize| {
        let block = document.sentences.get(at).and_then(|sentence| document.blocks.get(sentence.block as usize));
        block.is_none_or(|block| block.region != Regions::BYLINE)
    };
    let lone = |lists: &[Vec<usize>], document: &Document| -> Vec<u32> {
        (0..lists.len())
            .filter(|at| lists.get(*at).is_some_and(Vec::is_empty) && told(document, *at))
            .map(|at| at as u32)
            .collect()
    };
    Paired { groups, added: lone(of_text, text), lost: lone(of_original, original) }
}
