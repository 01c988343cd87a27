//! In: a spelling. Out: what is known of it. Each distinct spelling is analysed once and kept from one text to the next.

use super::{Shape, Word, WordReading};
use crate::language::{self, Class, Forms, hash, lists};
use smallvec::SmallVec;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// More distinct spellings than this are forgotten at the next text: memory stays bounded over any number of texts.
const LIMIT: usize = 200_000;

/// The keys are hashes already.
#[derive(Clone, Copy, Debug, Default)]
pub struct Identity(u64);

impl Hasher for Identity {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        self.0 = xxhash_rust::xxh3::xxh3_64(bytes);
    }
    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

/// All spellings met so far.
#[derive(Debug, Default)]
pub(super) struct Words {
    known: HashMap<u64, u32, BuildHasherDefault<Identity>>,
    all: Vec<Word>,
    /// For each spelling the text that met it last and its number there.
    seen: Vec<(u32, u32)>,
    text: u32,
}

impl Words {
    /// Begins a new text.
    pub(super) fn begin(&mut self) {
        if self.all.len() > LIMIT {
            *self = Self { text: self.text, ..Self::default() };
        }
        self.text = self.text.wrapping_add(1);
        if self.text == 0 {
            self.seen.fill((0, 0));
            self.text = 1;
        }
    }

    /// The number of a spelling among the words of this text, which gains it where it is new.
    pub(super) fn number(&mut self, spelling: &str, own: &mut Vec<Word>) -> u32 {
        let key = hash(spelling);
        let at = if let Some(at) = self.known.get(&key) {
            *at
        } else {
            let at = self.all.len() as u32;
            self.all.push(analyse(spelling));
            self.seen.push((0, 0));
            self.known.insert(key, at);
            at
        };
        let (Some(seen), Some(word)) = (self.seen.get_mut(at as usize), self.all.get(at as usize)) else { return 0 };
        if seen.0 != self.text {
            *seen = (self.text, own.len() as u32);
            own.push(word.clone());
        }
        seen.1
    }
}

/// What is known of a spelling by itself.
fn analyse(spelling: &str) -> Word {
    let plain = if spelling.contains('’') { spelling.replace('’', "'") } else { spelling.to_owned() };
    let lower = plain.to_lowercase();
    let shape = shape(&plain, &lower);
    let base = match lower.as_str() {
        "ca" if !plain.starts_with('C') => "can",
        "wo" => "will",
        "sha" => "shall",
        other => other,
    };
    let mut closed = language::closed(&lower);
    if lower != base {
        closed = closed.union(language::closed(base));
    }
    let mut readings = SmallVec::new();
    let (mut guessed, mut cue) = (false, false);
    if shape.has(Shape::WORD) && !shape.any(Shape::ADDRESS.with(Shape::NON_LATIN)) {
        for reading in language::readings(&lower) {
            guessed |= reading.guessed;
            cue |= reading.class == Class::Verb && !reading.guessed && language::is_reporting_verb(&reading.lemma);
            readings.push(WordReading { lemma: hash(&reading.lemma), class: reading.class, forms: reading.forms });
        }
    }
    // Clitics that stand for a verb: he's, they've.
    let verb = |lemma: &str, form: Forms| WordReading { lemma: hash(lemma), class: Class::Verb, forms: form };
    match lower.as_str() {
        "'re" | "'m" => readings.push(verb("be", Forms::BASE)),
        "'ve" => readings.push(verb("have", Forms::BASE)),
        _ => {}
    }
    let shape = if guessed { shape.with(Shape::UNKNOWN) } else { shape };
    let shape = if cue { shape.with(Shape::CUE) } else { shape };
    Word { exact: hash(&plain), form: hash(&lower), shape, closed, commonness: language::commonness(&lower), readings }
}

fn shape(plain: &str, lower: &str) -> Shape {
    let mut shape = Shape::default();
    let mut add = |flag: Shape, holds: bool| {
        if holds {
            shape = shape.with(flag);
        }
    };
    let first = plain.chars().next().unwrap_or(' ');
    let letters = || plain.chars().filter(|c| c.is_alphabetic());
    let any_digit = plain.bytes().any(|b| b.is_ascii_digit());
    let punctuation = !plain.chars().any(super::tokens::is_word_char);
    let address = plain.contains("://")
        || plain.starts_with("www.")
        || plain.contains('@')
        || plain.starts_with('#') && plain.len() > 1
        || (plain.contains('.')
            && !any_digit
            && plain.split('.').next_back().is_some_and(|end| end.len() >= 2)
            && plain.split('.').all(|part| part.len() > 1)
            && lower == plain);
    let clitic = matches!(lower, "'s" | "n't" | "'re" | "'ve" | "'ll" | "'d" | "'m");
    add(Shape::WORD, first.is_alphabetic());
    add(Shape::CAPITAL, first.is_uppercase());
    add(Shape::UPPER, letters().count() >= 2 && letters().all(char::is_uppercase));
    add(
        Shape::INNER_CAPITAL,
        plain.chars().zip(plain.chars().skip(1)).any(|(a, b)| a.is_lowercase() && b.is_uppercase()),
    );
    add(Shape::DIGIT, any_digit);
    add(Shape::NUMBER, any_digit && (first.is_ascii_digit() || matches!(first, '$' | '€' | '£' | '¥' | '₹')));
    add(Shape::PUNCT, punctuation);
    add(Shape::FULL_STOP, matches!(plain, "." | "!" | "?" | "…" | "...") || (punctuation && plain.starts_with("..")));
    add(Shape::QUOTE_MARK, matches!(plain, "\"" | "“" | "”" | "„" | "«" | "»" | "‘" | "’" | "'"));
    add(Shape::NON_LATIN, !plain.is_ascii() && letters().any(|c| !is_latin(c)));
    add(Shape::HYPHEN, plain.contains('-') && !punctuation);
    add(Shape::NON_ASCII, letters().any(|c| !c.is_ascii()));
    add(Shape::CLITIC, clitic);
    add(Shape::ADDRESS, address);
    add(Shape::ABBREVIATION, plain.ends_with('.') && !punctuation);
    let bare = lower.strip_suffix('.').unwrap_or(lower);
    let capital = first.is_uppercase();
    add(Shape::DEMONYM, capital && lists::is_demonym(lower));
    let female = if capital { lists::first_name_is_female(lower) } else { None };
    add(Shape::FIRST_NAME, female.is_some());
    add(Shape::WOMANS_NAME, female == Some(true));
    let unit =
        lists::time_unit(lower).is_some() || lists::measure_unit(lower).is_some() || lists::currency(lower).is_some();
    add(Shape::UNIT, unit);
    add(Shape::OFFICE, lists::title(bare).is_some());
    add(Shape::OFFICE_BEGINS, lists::begins_title(bare));
    add(Shape::TITLE, capital && (lists::title(bare).is_some() || lists::begins_title(bare)));
    add(Shape::MONTH, capital && lists::month(lower).is_some());
    add(Shape::WEEKDAY, capital && lists::weekday(lower).is_some());
    shape
}

fn is_latin(c: char) -> bool {
    use unicode_script::{Script, UnicodeScript};
    matches!(c.script(), Script::Latin | Script::Common | Script::Inherited)
}
