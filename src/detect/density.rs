//! Dialects: words that one kind of rewriting puts for others. In: the tables of rules with `needs = { density = … }`. Out: how dense
//! their words stand outside quotations, and the hits of these rules where that is dense enough.
//!
//! Each distinct spelling is weighed once for all texts; the rules themselves run only over texts that speak the dialect.

use super::engine::Wanted;
use super::{Context, Hit, phrase};
use crate::document::{Document, Shape, TokenFlags, Word};
use crate::finding::{Place, Related, Span};
use crate::rulebook::RuleSet;
use crate::rulebook::lattice::Lattice;
use crate::rulebook::settings::Settings;
use std::collections::BTreeMap;

/// From which density and number of words on a text speaks a dialect.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    per_100: f64,
    distinct: f64,
}

impl Limits {
    pub(super) fn new(settings: &Settings) -> Self {
        Self { per_100: settings.number("per-100", 3.0), distinct: settings.number("distinct", 8.0) }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::new(&Settings::default())
    }
}

/// What was measured of a dialect in one text.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Measured {
    /// As rules name it.
    pub dialect: String,
    /// Weighed words of the dialect in 100 words outside quotations.
    pub per_100: f64,
    /// Different words.
    pub distinct: usize,
    /// The heaviest different words, where they stand first, in order of place.
    pub examples: Vec<Span>,
    /// Whether the text speaks it.
    pub spoken: bool,
}

/// How heavy a word of each weight counts: what people write as well hardly counts.
const SHARES: [f64; 4] = [0.0, 0.1, 0.6, 1.0];
/// Examples that are shown.
const EXAMPLES: usize = 8;
/// Shorter texts count as this long: one odd word in a caption is no dialect.
const SHORTEST: usize = 60;

/// One dialect: its rules, their words, and what is known of words so far.
struct Dialect<'r> {
    name: String,
    limits: Limits,
    tables: Vec<Lattice<'r>>,
    wanted: Wanted<'r>,
    phrases: phrase::Phrases<'r>,
    numbering: u64,
    weights: Vec<u8>,
}

/// All dialects that rules ask for.
pub(super) struct Dialects<'r> {
    all: Vec<Dialect<'r>>,
}

/// The part of a word's entry that is its weight, and the mark of one that begins wordings of several words.
const WEIGHT: u8 = 3;
const BEGINS: u8 = 4;
/// A word that has not been weighed.
const UNKNOWN: u8 = u8::MAX;

impl<'r> Dialects<'r> {
    /// Takes the rules of dialects out of `wanted`: they run here.
    pub(super) fn new(rules: &'r RuleSet, wanted: &mut Wanted<'_>, limits: impl Fn(&str) -> Limits) -> Self {
        let mut own: BTreeMap<String, (Vec<u32>, Vec<Lattice<'r>>)> = BTreeMap::new();
        for (number, table) in rules.dialects() {
            let needs = rules.rule(number).and_then(|loaded| loaded.rule.needs.as_ref());
            let Some(name) = needs.and_then(|needs| needs.density.clone()) else { continue };
            if wanted.has(number) {
                wanted.refuse(number);
                let dialect = own.entry(name).or_default();
                dialect.0.push(number);
                dialect.1.push(table);
            }
        }
        let all = own.into_iter().map(|(name, (numbers, tables))| {
            let mut wanted = Wanted::new(move |number| numbers.contains(&number));
            let phrases = phrase::Phrases::new(rules, &mut wanted);
            Dialect { limits: limits(&name), name, tables, wanted, phrases, numbering: 0, weights: Vec::new() }
        });
        Self { all: all.collect() }
    }

    /// Measures a text; appends the hits of the rules whose dialect it speaks, or of all.
    pub(super) fn find(&mut self, document: &Document, always: bool, out: &mut Vec<(u32, Hit)>) -> Vec<Measured> {
        let mut all = Vec::with_capacity(self.all.len());
        for dialect in &mut self.all {
            let measured = dialect.measure(document);
            if measured.spoken || always {
                let mut hits = Vec::new();
                dialect.phrases.find(document, &mut dialect.wanted, &mut hits);
                hits.retain(|(_, hit)| supported(document, hit));
                out.append(&mut hits);
            }
            all.push(measured);
        }
        all
    }
}

impl Dialect<'_> {
    fn measure(&mut self, document: &Document) -> Measured {
        if self.numbering != document.numbering {
            self.numbering = document.numbering;
            self.weights.clear();
        }
        let own: Vec<u8> = document.words.iter().map(|word| self.weight(word)).collect();
        let (mut sum, mut words) = (0.0, 0_usize);
        let mut met: BTreeMap<u64, (u8, Span)> = BTreeMap::new();
        let narration =
            || document.tokens.iter().zip(0_usize..).filter(|(token, _)| !token.flags.has(TokenFlags::IN_QUOTE));
        let share = |weight: u8| SHARES.get(usize::from(weight)).copied().unwrap_or(1.0);
        for (token, _) in narration() {
            words += 1;
            let weight = own.get(token.word as usize).copied().unwrap_or(0) & WEIGHT;
            if weight > 0 {
                sum += share(weight);
                met.entry(u64::from(token.word)).or_insert((weight, token.span));
            }
        }
        // Wordings of several words begin with the commonest ones: they are looked at only where single words are suspicious.
        if sum * 100.0 >= words.max(SHORTEST) as f64 * self.limits.per_100 / 4.0 {
            for (token, at) in narration() {
                if own.get(token.word as usize).is_some_and(|known| known & BEGINS != 0)
                    && let Some((weight, key, last)) = self.several(document, at)
                {
                    sum += share(weight);
                    met.entry(key).or_insert((weight, document.span(at as u32..last as u32 + 1)));
                }
            }
        }
        let per_100 = sum * 100.0 / words.max(SHORTEST) as f64;
        let distinct = met.values().filter(|(weight, _)| *weight > 1).count();
        let spoken = per_100 >= self.limits.per_100 && distinct as f64 >= self.limits.distinct;
        let mut examples: Vec<(u8, Span)> = met.into_values().collect();
        examples.sort_by_key(|(weight, span)| (std::cmp::Reverse(*weight), *span));
        examples.truncate(EXAMPLES);
        let mut examples: Vec<Span> = examples.into_iter().map(|(_, span)| span).collect();
        examples.sort_unstable();
        Measured { dialect: self.name.clone(), per_100, distinct, examples, spoken }
    }

    /// Wordings of several words that begin at a token: weight, key, last token.
    fn several(&self, document: &Document, at: usize) -> Option<(u8, u64, usize)> {
        let word = document.word(at);
        let has = |at: usize, key: u64| {
            let word = document.word(at);
            word.form == key || word.readings.iter().any(|reading| reading.lemma == key)
        };
        let keys = std::iter::once(word.form).chain(word.readings.iter().map(|reading| reading.lemma));
        let readings = keys.flat_map(|key| self.tables.iter().flat_map(move |table| table.readings(key)));
        let fitting = readings.filter(|(_, reading)| !reading.is_single()).filter_map(|(number, reading)| {
            let mut last = at;
            let fits = reading.rest().all(|key| {
                last += 1;
                last < document.tokens.len() && has(last, key)
            });
            fits.then_some((reading.support.min(3) as u8, u64::from(number) | 1 << 32, last))
        });
        fitting.max_by_key(|(weight, _, last)| (*last, *weight))
    }

    /// The weight of a word in the dialect, and whether wordings begin with it; 0 where it is no word of it.
    fn weight(&mut self, word: &Word) -> u8 {
        let index = word.id as usize;
        if index >= self.weights.len() {
            self.weights.resize(index + 1, UNKNOWN);
        }
        let known = self.weights.get(index).copied().unwrap_or(UNKNOWN);
        if known != UNKNOWN {
            return known;
        }
        let mut weight: u8 = 0;
        if word.shape.has(Shape::WORD) {
            let keys = std::iter::once(word.form).chain(word.readings.iter().map(|reading| reading.lemma));
            for key in keys {
                for (_, reading) in self.tables.iter().flat_map(|table| table.readings(key)) {
                    let own = reading.support.min(3) as u8;
                    weight =
                        if reading.is_single() { weight & BEGINS | own.max(weight & WEIGHT) } else { weight | BEGINS };
                }
            }
        }
        if let Some(slot) = self.weights.get_mut(index) {
            *slot = weight;
        }
        weight
    }
}

/// Whether a swap may be shown in a text that speaks its dialect: it is no ordinary word (`weight`), or stands in its `context`.
fn supported(document: &Document, hit: &Hit) -> bool {
    let value = |name: &str| hit.values.iter().find(|(known, _)| known == name).map_or("", |(_, text)| text.as_str());
    let heavy = value("weight").parse::<u32>().unwrap_or(3) > 1;
    let context = value("context");
    let Some(span) = hit.place.span() else { return heavy };
    let token = document.token_at(span.start);
    if document.tokens.get(token).is_some_and(|token| token.flags.has(TokenFlags::IN_QUOTE)) {
        return false;
    }
    if context.is_empty() {
        return heavy;
    }
    let sentence = document.tokens.get(token).and_then(|token| document.sentences.get(token.sentence as usize));
    let Some(sentence) = sentence else { return false };
    let keys: Vec<u64> = context.split(',').map(|word| crate::language::hash(word.trim())).collect();
    sentence.tokens.clone().any(|at| {
        let word = document.word(at as usize);
        keys.contains(&word.form) || word.readings.iter().any(|reading| keys.contains(&reading.lemma))
    })
}

/// The note that a text speaks a dialect.
pub(super) fn note(context: &Context<'_>, settings: &Settings, out: &mut Vec<Hit>) {
    let dialect = settings.text("dialect").unwrap_or("spinner");
    for measured in context.dialects.iter().filter(|measured| measured.spoken && measured.dialect == dialect) {
        let words: Vec<&str> = measured.examples.iter().map(|span| context.document.text(*span)).collect();
        let mut hit = Hit::at(Place::Document)
            .value("density", format!("{:.1}", measured.per_100))
            .value("words", words.iter().map(|word| format!("“{word}”")).collect::<Vec<_>>().join(", "));
        hit.related = measured
            .examples
            .iter()
            .zip(&words)
            .map(|(span, word)| Related::here(*span, format!("“{word}” is a word of it")))
            .collect();
        out.push(hit);
    }
}
