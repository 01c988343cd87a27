//! In: a spelling. Out: what is known of it. Each distinct spelling is analysed once and kept from one text to the next.

use super::{Shape, Token, Word, WordReading};
use crate::language::{self, Class, Closed, Forms, Signature, WordClass, hash, lists};
use crate::lexicon::Lexicon;
use smallvec::SmallVec;
use std::hash::Hasher;
use std::sync::atomic::{AtomicU64, Ordering};

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

/// A place of the table.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    /// Some bits of the key, so that few others are looked at in vain.
    tag: u32,
    /// The place of the spelling in [`Words::all`], counted from 1; 0 in an empty slot.
    entry: u32,
}

/// A spelling: what a token asks for stands together, so that it comes into the cache together.
#[derive(Debug)]
#[repr(align(64))]
struct Entry {
    /// See [`key`].
    key: u128,
    /// The text that met it last, and its number there.
    text: u32,
    number: u32,
    word: Word,
}

impl Entry {
    /// Its number in a text, which gains the word where it is new there.
    fn number(&mut self, text: u32, own: &mut Vec<Word>) -> u32 {
        if self.text != text {
            (self.text, self.number) = (text, own.len() as u32);
            own.push(self.word.clone());
        }
        self.number
    }
}

/// All spellings met so far.
#[derive(Debug)]
pub(super) struct Words {
    /// Open addressing, at most three quarters full; a power of two.
    slots: Vec<Slot>,
    all: Vec<Entry>,
    text: u32,
    numbering: u64,
    /// The tables of names that shapes speak of.
    tables: u64,
    /// Of each token of the block its key and the entry it likely has, counted from 1.
    block: Vec<(u128, u32)>,
}

impl Default for Words {
    fn default() -> Self {
        // No two tables share a numbering, so that what others learnt of words is never taken for that of other words.
        static NUMBERINGS: AtomicU64 = AtomicU64::new(1);
        let numbering = NUMBERINGS.fetch_add(1, Ordering::Relaxed);
        Self {
            slots: vec![Slot::default(); 1 << 10],
            all: Vec::new(),
            text: 0,
            numbering,
            tables: 0,
            block: Vec::new(),
        }
    }
}

/// The first so many of sixteen bytes.
static MASKS: [u128; 16] = {
    let mut masks = [0; 16];
    let mut length = 1;
    while length < 16 {
        masks[length] = masks[length - 1] << 8 | 0xFF;
        length += 1;
    }
    masks
};

/// The bytes of a spelling and their number, or a hash of those of a long one.
fn key(text: &[u8], start: usize, end: usize) -> u128 {
    let length = end - start;
    if length > 15 {
        let hash = xxhash_rust::xxh3::xxh3_128(text.get(start..end).unwrap_or(&[]));
        return hash | 0xFF << 120;
    }
    let bytes = if let Some(chunk) = text.get(start..).and_then(|rest| rest.first_chunk::<16>()) {
        u128::from_le_bytes(*chunk) & MASKS.get(length).copied().unwrap_or(0)
    } else {
        let mut chunk = [0; 16];
        chunk.iter_mut().zip(text.get(start..end).unwrap_or(&[])).for_each(|(to, from)| *to = *from);
        u128::from_le_bytes(chunk)
    };
    bytes | (length as u128 + 1) << 120
}

/// Where the search for a key begins, and its tag.
fn home(key: u128) -> (usize, u32) {
    let product =
        u128::from(key as u64 ^ 0x9E37_79B9_7F4A_7C15) * u128::from((key >> 64) as u64 ^ 0xD1B5_4A32_D192_ED03);
    let hash = product as u64 ^ (product >> 64) as u64;
    (hash as usize, (hash >> 32) as u32)
}

impl Words {
    /// Begins a new text; `tables` are the tables of names it is read with.
    pub(super) fn begin(&mut self, tables: &Lexicon) {
        if self.all.len() > LIMIT || self.tables != tables.stamp() {
            *self = Self { tables: tables.stamp(), ..Self::default() };
        }
        if self.text == u32::MAX {
            self.all.iter_mut().for_each(|entry| entry.text = 0);
            self.text = 0;
        }
        self.text += 1;
    }

    /// Says which numbering [`Word::id`] follows.
    pub(super) fn numbering(&self) -> u64 {
        self.numbering
    }

    /// Gives the tokens of a block, whose text begins at `offset` of the prose, their words; the text gains those that are new in it.
    ///
    /// Short loops one after the other, not one long one: the processor waits for the memory of many tokens at once.
    pub(super) fn number(
        &mut self,
        text: &str,
        offset: u32,
        tokens: &mut [Token],
        tables: &Lexicon,
        own: &mut Vec<Word>,
    ) {
        let mut block = std::mem::take(&mut self.block);
        block.clear();
        let place = |token: &Token| (token.span.start - offset) as usize..(token.span.end - offset) as usize;
        block.extend(tokens.iter().map(|token| {
            let range = place(token);
            (key(text.as_bytes(), range.start, range.end), 0)
        }));
        for (key, entry) in &mut block {
            *entry = self.likely(*key);
        }
        for (key, entry) in &mut block {
            let known = (*entry as usize).checked_sub(1).and_then(|entry| self.all.get(entry));
            *entry = if known.is_some_and(|known| known.key == *key) { *entry } else { 0 };
        }
        for (token, (key, entry)) in tokens.iter_mut().zip(&block) {
            let known = (*entry as usize).checked_sub(1).and_then(|entry| self.all.get_mut(entry));
            token.word = match known {
                Some(entry) => entry.number(self.text, own),
                None => self.find_or_add(*key, text.get(place(token)).unwrap_or(""), tables, own),
            };
        }
        self.block = block;
    }

    /// The first entry with the tag of a key, counted from 1; 0 where there is none.
    fn likely(&self, key: u128) -> u32 {
        let (home, tag) = home(key);
        let mask = self.slots.len() - 1;
        let mut at = home & mask;
        loop {
            let slot = self.slots.get(at).copied().unwrap_or_default();
            if slot.tag == tag || slot.entry == 0 {
                return slot.entry;
            }
            at = (at + 1) & mask;
        }
    }

    /// The number of a spelling of which no more is known than its key.
    fn find_or_add(&mut self, key: u128, spelling: &str, tables: &Lexicon, own: &mut Vec<Word>) -> u32 {
        let (home, tag) = home(key);
        let mask = self.slots.len() - 1;
        let mut at = home & mask;
        while let Some(slot) = self.slots.get(at).filter(|slot| slot.entry > 0) {
            if slot.tag == tag
                && let Some(entry) = self.all.get_mut(slot.entry as usize - 1).filter(|entry| entry.key == key)
            {
                return entry.number(self.text, own);
            }
            at = (at + 1) & mask;
        }
        let (id, number) = (self.all.len() as u32, own.len() as u32);
        let word = Word { id, ..analyse(spelling, tables) };
        own.push(word.clone());
        self.all.push(Entry { key, text: self.text, number, word });
        if self.all.len() * 4 > self.slots.len() * 3 {
            self.slots = vec![Slot::default(); self.slots.len() * 2];
            for entry in 0..self.all.len() as u32 {
                self.place(entry);
            }
        } else {
            self.place(id);
        }
        number
    }

    fn place(&mut self, entry: u32) {
        let (home, tag) = home(self.all.get(entry as usize).map_or(0, |entry| entry.key));
        let mask = self.slots.len() - 1;
        let mut at = home & mask;
        while let Some(slot) = self.slots.get_mut(at) {
            if slot.entry == 0 {
                *slot = Slot { tag, entry: entry + 1 };
                return;
            }
            at = (at + 1) & mask;
        }
    }
}

/// What is known of a spelling by itself.
fn analyse(spelling: &str, tables: &Lexicon) -> Word {
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
    let numeric = shape.any(Shape::NUMBER.with(Shape::MONTH).with(Shape::WEEKDAY).with(Shape::HYPHEN))
        || closed.intersects(Closed::NUMBER_WORD.union(Closed::ORDINAL));
    let shape = if numeric { shape.with(Shape::NUMERIC) } else { shape };
    let exact = hash(&plain);
    let form = if lower == plain { exact } else { hash(&lower) };
    let shape = if tables.forms(exact).next().is_some() { shape.with(Shape::LISTED) } else { shape };
    let commonness = language::commonness(&lower);
    let word = Word { id: 0, exact, form, shape, closed, signature: Signature::NONE, commonness, readings };
    Word { signature: signature(&word), ..word }
}

/// The bits of a word: a class is left out only where no place in a text can give it to the word.
fn signature(word: &Word) -> Signature {
    let keys = Signature::key(word.exact).with(Signature::key(word.form));
    let mut all = word.readings.iter().fold(keys, |all, reading| all.with(Signature::key(reading.lemma)));
    let (shape, closed) = (word.shape, word.closed);
    let reads = |class: Class| shape.has(Shape::WORD) && word.readings.iter().any(|reading| reading.class == class);
    let participle = |reading: &WordReading| {
        reading.class == Class::Adjective || reading.forms.intersects(Forms::EN.union(Forms::ING))
    };
    let modifier = closed.intersects(Closed::ORDINAL.union(Closed::NUMBER_WORD))
        || shape.any(Shape::CLITIC.with(Shape::NUMBER).with(Shape::DEMONYM).with(Shape::HYPHEN).with(Shape::CAPITAL))
        || word.readings.iter().any(participle);
    let classes = [
        (WordClass::Det, closed.intersects(Closed::DET.union(Closed::POSS))),
        (WordClass::Pron, closed.intersects(Closed::PRON)),
        (WordClass::Poss, closed.intersects(Closed::POSS) || shape.has(Shape::CLITIC)),
        (WordClass::Adj, reads(Class::Adjective)),
        (WordClass::Adv, reads(Class::Adverb)),
        (WordClass::Noun, reads(Class::Noun) || shape.has(Shape::CAPITAL.with(Shape::UNKNOWN))),
        (WordClass::Verb, reads(Class::Verb) || closed.intersects(Closed::AUX)),
        (WordClass::Prep, closed.intersects(Closed::PREP.union(Closed::TO))),
        (WordClass::Aux, closed.intersects(Closed::AUX)),
        (WordClass::Mod, modifier),
        (WordClass::Cue, shape.has(Shape::CUE)),
        (WordClass::Punct, shape.has(Shape::PUNCT)),
    ];
    for (class, holds) in classes {
        if holds {
            all = all.with(Signature::class(class));
        }
    }
    let all = if shape.has(Shape::CAPITAL) { all.with(Signature::CAPITAL) } else { all };
    if shape.has(Shape::NUMERIC) { all.with(Signature::NUMERIC) } else { all }
}

fn shape(plain: &str, lower: &str) -> Shape {
    let mut shape = Shape::default();
    let mut add = |flag: Shape, holds: bool| {
        if holds {
            shape = shape.with(flag);
        }
    };
    let first = plain.chars().next().unwrap_or(' ');
    let letters = Letters::of(plain);
    let any_digit = letters.digit;
    let punctuation = !letters.word;
    let address = letters.mark
        && (plain.contains("://")
            || plain.starts_with("www.")
            || plain.contains('@')
            || plain.starts_with('#') && plain.len() > 1
            || (plain.contains('.')
                && !any_digit
                && plain.split('.').next_back().is_some_and(|end| end.len() >= 2)
                && plain.split('.').all(|part| part.len() > 1)
                && lower == plain));
    let clitic = matches!(lower, "'s" | "n't" | "'re" | "'ve" | "'ll" | "'d" | "'m");
    add(Shape::WORD, first.is_alphabetic());
    add(Shape::CAPITAL, first.is_uppercase());
    add(Shape::UPPER, letters.count >= 2 && letters.upper == letters.count);
    add(Shape::INNER_CAPITAL, letters.inner);
    add(Shape::DIGIT, any_digit);
    add(Shape::NUMBER, any_digit && (first.is_ascii_digit() || matches!(first, '$' | '€' | '£' | '¥' | '₹')));
    add(Shape::PUNCT, punctuation);
    add(Shape::FULL_STOP, matches!(plain, "." | "!" | "?" | "…" | "...") || (punctuation && plain.starts_with("..")));
    add(Shape::QUOTE_MARK, matches!(plain, "\"" | "“" | "”" | "„" | "«" | "»" | "‘" | "’" | "'"));
    add(Shape::NON_LATIN, letters.non_latin);
    add(Shape::HYPHEN, letters.mark && plain.contains('-') && !punctuation);
    let article = ["al-", "el-", "as-", "ash-", "an-", "ul-"].iter().any(|article| plain.starts_with(article));
    add(Shape::ARTICLE_NAME, article && plain.contains(char::is_uppercase));
    add(Shape::NON_ASCII, letters.non_ascii);
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

/// What the characters of a spelling are.
#[derive(Default)]
struct Letters {
    count: usize,
    upper: usize,
    /// An upper-case letter after a lower-case one.
    inner: bool,
    digit: bool,
    /// A letter, a digit or what combines with them.
    word: bool,
    /// An ASCII character that is neither letter nor digit.
    mark: bool,
    non_ascii: bool,
    non_latin: bool,
}

impl Letters {
    fn of(text: &str) -> Self {
        let (mut all, mut after_lower) = (Self::default(), false);
        for c in text.chars() {
            let upper = c.is_uppercase();
            if c.is_alphabetic() {
                all.count += 1;
                all.upper += usize::from(upper);
                all.non_ascii |= !c.is_ascii();
                all.non_latin |= !c.is_ascii() && !is_latin(c);
            }
            all.inner |= after_lower && upper;
            after_lower = c.is_lowercase();
            all.digit |= c.is_ascii_digit();
            all.word |= super::tokens::is_word_char(c);
            all.mark |= c.is_ascii() && !c.is_ascii_alphanumeric();
        }
        all
    }
}

fn is_latin(c: char) -> bool {
    use unicode_script::{Script, UnicodeScript};
    matches!(c.script(), Script::Latin | Script::Common | Script::Inherited)
}
