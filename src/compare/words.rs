//! In: pairs of sentences. Out: which word of the text stands for which of the original.
//!
//! Surest first: spellings that stand once on both sides, their neighbours, the rest by spelling, lemma, value, name and sense;
//! of several candidates the one nearest to where its neighbours lead. Each word looks at a few candidates only.

use super::kin::Profiles;
use super::sentences::Group;
use super::{Compared, is_content};
use crate::document::{Document, Shape, Word};
use crate::language::thesaurus::Kin;
use std::collections::HashMap;
use std::ops::Range;

/// Candidates of a word that are looked at.
const LOOKED_AT: usize = 12;
/// How far from its place a function word or mark may be found.
const NEAR: i64 = 5;

/// Why two words are taken for one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum How {
    /// A wider or narrower sense.
    Near,
    /// A shared sense, or derived from one another.
    Kin,
    /// The same name in another form: a country and its people, an acronym.
    Name,
    /// A name spelt a little otherwise.
    Spelling,
    /// The same value.
    Value,
    /// The same lemma.
    Lemma,
    /// The same spelling, but for case.
    Exact,
}

/// A word's partner.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Tie {
    /// Its token in the original.
    pub at: u32,
    /// Why.
    pub how: How,
}

/// Ties the words of all groups.
pub(super) fn tie(compared: &mut Compared<'_>) {
    let groups = std::mem::take(&mut compared.groups);
    let done = groups.into_iter().map(|group| {
        let mut tying = Tying::new(compared, &group);
        tying.all();
        Group { closeness: tying.closeness(), ..group }
    });
    compared.groups = done.collect();
}

struct Tying<'c, 'a> {
    text: &'a Document,
    original: &'a Document,
    profiles: &'a Profiles,
    lexicon: &'a crate::lexicon::Lexicon,
    ties: &'c mut [Option<Tie>],
    back: &'c mut [Option<u32>],
    here: Range<u32>,
    there: Range<u32>,
    forms: HashMap<u64, Vec<u32>>,
}

impl<'c, 'a> Tying<'c, 'a> {
    fn new(compared: &'c mut Compared<'a>, group: &Group) -> Self {
        let mut forms: HashMap<u64, Vec<u32>> = HashMap::new();
        for at in group.original.clone() {
            forms.entry(compared.original.word(at as usize).form).or_default().push(at);
        }
        Self {
            text: compared.text,
            original: compared.original,
            profiles: compared.profiles,
            lexicon: compared.lexicon,
            ties: &mut compared.ties,
            back: &mut compared.back,
            here: group.text.clone(),
            there: group.original.clone(),
            forms,
        }
    }

    fn all(&mut self) {
        self.unique();
        self.by_spelling();
        self.by_lemma();
        self.by_value();
        self.by_name();
        self.by_sense();
    }

    fn word(&self, at: u32) -> &'a Word {
        self.text.word(at as usize)
    }

    fn there(&self, at: u32) -> &'a Word {
        self.original.word(at as usize)
    }

    fn tied(&self, at: u32) -> bool {
        self.ties.get(at as usize).is_none_or(Option::is_some)
    }

    fn tied_there(&self, at: u32) -> bool {
        self.back.get(at as usize).is_none_or(Option::is_some)
    }

    fn join(&mut self, at: u32, other: u32, how: How) {
        if let (Some(tie), Some(back)) = (self.ties.get_mut(at as usize), self.back.get_mut(other as usize)) {
            *tie = Some(Tie { at: other, how });
            *back = Some(at);
        }
    }

    /// Spellings that stand once on both sides, and their neighbours as long as they agree.
    fn unique(&mut self) {
        let mut here: HashMap<u64, (u32, u32)> = HashMap::new();
        for at in self.here.clone() {
            let entry = here.entry(self.word(at).form).or_insert((at, 0));
            entry.1 += 1;
        }
        for at in self.here.clone() {
            let word = self.word(at);
            let once = here.get(&word.form).is_some_and(|(_, count)| *count == 1);
            let Some([other]) = self.forms.get(&word.form).map(Vec::as_slice) else { continue };
            let other = *other;
            if once && (is_content(word) || word.shape.any(Shape::DIGIT)) && !self.tied(at) && !self.tied_there(other) {
                self.join(at, other, How::Exact);
                self.spread(at, other);
            }
        }
    }

    /// Ties the neighbours of a tied pair as long as they are the same words.
    fn spread(&mut self, at: u32, other: u32) {
        for step in [1_i64, -1] {
            let (mut a, mut b) = (i64::from(at) + step, i64::from(other) + step);
            while self.here.contains(&(a as u32)) && self.there.contains(&(b as u32)) && a >= 0 && b >= 0 {
                let (x, y) = (a as u32, b as u32);
                if self.tied(x) || self.tied_there(y) || self.word(x).form != self.there(y).form {
                    break;
                }
                self.join(x, y, How::Exact);
                a += step;
                b += step;
            }
        }
    }

    /// How far a place is from where the neighbours of a token lead.
    fn distance(&self, at: u32, other: u32) -> i64 {
        let mut best = i64::MAX;
        for step in [-1_i64, 1] {
            let mut near = i64::from(at) + step;
            for _ in 0..8 {
                if near < 0 || !self.here.contains(&(near as u32)) {
                    // The edges of a pair lie upon each other.
                    let (edge, edge_there) = if step < 0 {
                        (i64::from(self.here.start) - 1, i64::from(self.there.start) - 1)
                    } else {
                        (i64::from(self.here.end), i64::from(self.there.end))
                    };
                    let led = edge_there + (i64::from(at) - edge);
                    best = best.min((i64::from(other) - led).abs() + 1);
                    break;
                }
                if let Some(tie) = self.ties.get(near as usize).copied().flatten() {
                    let led = i64::from(tie.at) + (i64::from(at) - near);
                    best = best.min((i64::from(other) - led).abs());
                    break;
                }
                near += step;
            }
        }
        if best == i64::MAX {
            let scale = self.there.len() as f64 / self.here.len().max(1) as f64;
            let led = f64::from(self.there.start) + f64::from(at - self.here.start) * scale;
            best = (f64::from(other) - led).abs() as i64;
        }
        best
    }

    /// The nearest free candidate of a sorted list.
    fn nearest(&self, at: u32, candidates: &[u32], limit: i64) -> Option<u32> {
        let scale = self.there.len() as f64 / self.here.len().max(1) as f64;
        let led = f64::from(self.there.start) + f64::from(at - self.here.start) * scale;
        let middle = candidates.partition_point(|other| f64::from(*other) < led);
        let from = middle.saturating_sub(LOOKED_AT / 2);
        let window = candidates.get(from..(from + LOOKED_AT).min(candidates.len())).unwrap_or(&[]);
        let free = window.iter().copied().filter(|other| !self.tied_there(*other));
        free.map(|other| (self.distance(at, other), other))
            .filter(|(far, _)| *far <= limit)
            .min()
            .map(|(_, other)| other)
    }

    /// Words first, then what holds them together: function words and marks only near their place.
    fn by_spelling(&mut self) {
        for content in [true, false] {
            for at in self.here.clone() {
                let word = self.word(at);
                let strong = is_content(word) || word.shape.has(Shape::DIGIT);
                if self.tied(at) || strong != content {
                    continue;
                }
                let Some(candidates) = self.forms.get(&word.form) else { continue };
                let limit = if content { i64::MAX } else { NEAR };
                if let Some(other) = self.nearest(at, candidates, limit) {
                    self.join(at, other, How::Exact);
                    self.spread(at, other);
                }
            }
        }
    }

    fn by_lemma(&mut self) {
        let mut lemmas: HashMap<&str, Vec<u32>> = HashMap::new();
        let profiles = self.profiles;
        for other in self.there.clone().filter(|other| !self.tied_there(*other)) {
            for lemma in profiles.of(self.there(other)).into_iter().flat_map(|profile| &profile.lemmas) {
                lemmas.entry(lemma.as_str()).or_default().push(other);
            }
        }
        for at in self.here.clone().filter(|at| !self.tied(*at)).collect::<Vec<_>>() {
            let Some(profile) = profiles.of(self.word(at)) else { continue };
            let found = profile.lemmas.iter().filter_map(|lemma| {
                let other = self.nearest(at, lemmas.get(lemma.as_str())?, i64::MAX)?;
                Some((self.distance(at, other), other))
            });
            if let Some((_, other)) = found.min() {
                self.join(at, other, How::Lemma);
                self.spread(at, other);
            }
        }
    }

    /// Seventeen and 17, 9 p.m. and 21:00: by the first token of the number.
    fn by_value(&mut self) {
        let (here, there) = (self.here.clone(), self.there.clone());
        let free = |document: &Document, range: &Range<u32>| -> Vec<(f64, Range<u32>)> {
            let from = document.numbers.partition_point(|number| number.tokens.start < range.start);
            let found = document.numbers.iter().skip(from).take_while(|number| number.tokens.end <= range.end);
            found.map(|number| (number.value, number.tokens.clone())).collect()
        };
        let numbers = free(self.original, &there);
        for (value, tokens) in free(self.text, &here) {
            if self.tied(tokens.start) {
                continue;
            }
            let same = |other: &&(f64, Range<u32>)| (other.0 - value).abs() <= 1e-9 * value.abs().max(1.0);
            let found = numbers.iter().filter(same).filter(|other| !self.tied_there(other.1.start)).take(LOOKED_AT);
            let best =
                found.min_by_key(|other| self.distance(tokens.start, other.1.start)).map(|other| other.1.clone());
            if let Some(other) = best {
                let pairs = tokens.clone().zip(other.clone()).collect::<Vec<_>>();
                for (a, b) in pairs {
                    self.join(a, b, How::Value);
                }
                // What one side needs more words for is said as well.
                for more in tokens.skip(other.len()) {
                    if let Some(tie) = self.ties.get_mut(more as usize) {
                        *tie = Some(Tie { at: other.end - 1, how: How::Value });
                    }
                }
            }
        }
    }

    fn by_name(&mut self) {
        let capital = |word: &Word| word.shape.has(Shape::CAPITAL) && word.shape.has(Shape::WORD);
        let others: Vec<u32> =
            self.there.clone().filter(|other| !self.tied_there(*other) && capital(self.there(*other))).collect();
        if others.is_empty() {
            return;
        }
        for at in self.here.clone().filter(|at| !self.tied(*at) && capital(self.word(*at))).collect::<Vec<_>>() {
            let mut best: Option<(How, i64, u32)> = None;
            let start = others.partition_point(|other| {
                i64::from(*other) - i64::from(self.there.start) < i64::from(at - self.here.start) - 40
            });
            for other in others.iter().skip(start).take(40).copied().filter(|other| !self.tied_there(*other)) {
                let Some(how) = self.same_name(at, other) else { continue };
                let found = (how, -self.distance(at, other), other);
                if best.is_none_or(|best| found > best) {
                    best = Some(found);
                }
            }
            if let Some((how, _, other)) = best {
                self.join(at, other, how);
                self.spread(at, other);
            }
        }
    }

    /// Whether two capitalised words name one thing: accents aside, a country and its people, a slip of spelling.
    fn same_name(&self, at: u32, other: u32) -> Option<How> {
        let (a, b) = (self.profiles.of(self.word(at))?, self.profiles.of(self.there(other))?);
        if a.folded == b.folded {
            return Some(How::Exact);
        }
        let country = |document: &Document, at: u32| -> Option<String> {
            let from = document.mentions.partition_point(|mention| mention.tokens.end <= at);
            let mention = document.mentions.get(from).filter(|mention| mention.tokens.contains(&at))?;
            let entry = self.lexicon.entry(mention.entry?)?;
            (entry.kind == crate::lexicon::EntryKind::Place && !entry.country.is_empty()).then_some(entry.country)
        };
        if let (Some(a), Some(b)) = (country(self.text, at), country(self.original, other))
            && a == b
        {
            return Some(How::Name);
        }
        let (short, long) = (a.folded.len().min(b.folded.len()), a.folded.len().max(b.folded.len()));
        if short >= 4 && long - short <= 3 && strsim::jaro_winkler(&a.folded, &b.folded) >= 0.88 {
            return Some(How::Spelling);
        }
        None
    }

    fn by_sense(&mut self) {
        let others: Vec<u32> =
            self.there.clone().filter(|other| !self.tied_there(*other) && is_content(self.there(*other))).collect();
        for wanted in [Kin::Same, Kin::Near] {
            for at in self.here.clone().filter(|at| !self.tied(*at) && is_content(self.word(*at))).collect::<Vec<_>>() {
                let scale = self.there.len() as f64 / self.here.len().max(1) as f64;
                let led = (f64::from(at - self.here.start) * scale) as i64;
                let start = others.partition_point(|other| i64::from(*other - self.there.start) < led - 30);
                let near = others.iter().skip(start).take(40).copied().filter(|other| !self.tied_there(*other));
                let kin = near.filter(|other| self.profiles.kin(self.word(at), self.there(*other)) >= wanted);
                let best = kin.map(|other| (self.distance(at, other), other)).min();
                if let Some((far, other)) = best
                    && (wanted == Kin::Same || far <= 6)
                {
                    self.join(at, other, if wanted == Kin::Same { How::Kin } else { How::Near });
                    self.spread(at, other);
                }
            }
        }
    }

    /// Words tied by their spelling, in thousandths of all words.
    fn closeness(&self) -> u32 {
        let counts = |word: &Word| !word.shape.has(Shape::PUNCT);
        let here = self.here.clone().filter(|at| counts(self.word(*at)));
        let (mut all, mut same) = (0, 0);
        for at in here {
            all += 1;
            let tie = self.ties.get(at as usize).copied().flatten();
            same += u32::from(tie.is_some_and(|tie| tie.how == How::Exact));
        }
        let there = self.there.clone().filter(|other| counts(self.there(*other))).count() as u32;
        (same * 2000).checked_div(all + there).unwrap_or(1000)
    }
}
