//! Lemmas and inflection, both ways. In: a word form, or a lemma and the form wanted. Out: readings, or the form.
//!
//! Source: irregular forms and word classes from the table beside this file; regular forms by the spelling rules of English
//! (e-dropping, consonant doubling in one-syllable words, -y/-ies, -es after sibilants); the idea of detaching endings and
//! checking the rest against a list is that of WordNet's Morphy.

use super::table::Table;
use super::{Class, Closed, Forms, Reading, closed};

pub(super) static TABLE: Table = Table::new(ENGLISH);
const ENGLISH: &str = include_str!("english.tsv");

/// A table line: classes and irregular forms.
#[derive(Clone, Copy, Default)]
struct Line {
    classes: &'static str,
    /// All parts, read when asked for: few words have irregular forms.
    parts: &'static str,
}

impl Line {
    /// Short names of forms, and the forms.
    fn forms(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.parts.split(' ').filter_map(|part| part.strip_prefix('>')?.split_once(':'))
    }

    /// Lemmas of which the word is an irregular form, and the short names of these forms.
    fn of(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.parts.split(' ').filter_map(|part| part.strip_prefix('<')?.split_once(':'))
    }

    fn has(self, class: Class) -> bool {
        self.classes.contains(letter(class))
    }

    fn form(self, name: &str) -> Option<&'static str> {
        self.forms().find(|(known, _)| *known == name).map(|(_, form)| form)
    }
}

fn line(word: &str) -> Option<Line> {
    let parts = TABLE.find(word)?;
    // Classes stand first, as one part without a mark.
    if !parts.as_bytes().contains(&b':') {
        return Some(Line { classes: parts, parts: "" });
    }
    let named = |part: &&str| !part.starts_with(['>', '<']) || !part.contains(':');
    Some(Line { classes: parts.split(' ').rfind(named).unwrap_or(""), parts })
}

const fn letter(class: Class) -> char {
    match class {
        Class::Noun => 'n',
        Class::Verb => 'v',
        Class::Adjective => 'a',
        Class::Adverb => 'r',
    }
}

const CLASSES: [Class; 4] = [Class::Noun, Class::Verb, Class::Adjective, Class::Adverb];

fn base(class: Class) -> Forms {
    match class {
        Class::Noun => Forms::SINGULAR,
        Class::Verb => Forms::BASE,
        Class::Adjective | Class::Adverb => Forms::POSITIVE,
    }
}

/// Class and form of the table's short names.
fn named(form: &str) -> Option<(Class, Forms)> {
    Some(match form {
        "pl" => (Class::Noun, Forms::PLURAL),
        "s" => (Class::Verb, Forms::S),
        "ed" => (Class::Verb, Forms::ED),
        "en" => (Class::Verb, Forms::EN),
        "ing" => (Class::Verb, Forms::ING),
        "base" => (Class::Verb, Forms::BASE),
        "acomp" => (Class::Adjective, Forms::COMPARATIVE),
        "asup" => (Class::Adjective, Forms::SUPERLATIVE),
        "rcomp" => (Class::Adverb, Forms::COMPARATIVE),
        "rsup" => (Class::Adverb, Forms::SUPERLATIVE),
        _ => return None,
    })
}

fn short(class: Class, form: Forms) -> Option<&'static str> {
    ["pl", "s", "ed", "en", "ing", "acomp", "asup", "rcomp", "rsup"]
        .into_iter()
        .find(|name| named(name).is_some_and(|(known, forms)| known == class && forms == form))
}

/// Whether this is a known base form (of that class).
#[must_use]
pub fn is_lemma(lemma: &str, class: Option<Class>) -> bool {
    line(lemma).is_some_and(|line| match class {
        Some(class) => line.has(class),
        None => line.classes.contains(['n', 'v', 'a', 'r']),
    })
}

struct Collector {
    found: Vec<Reading>,
}

impl Collector {
    fn add(&mut self, lemma: &str, class: Class, forms: Forms, guessed: bool) {
        match self.found.iter_mut().find(|reading| reading.lemma == lemma && reading.class == class) {
            Some(reading) => reading.forms = reading.forms.union(forms),
            None => self.found.push(Reading { lemma: lemma.to_owned(), class, forms, guessed }),
        }
    }

    /// Adds the readings of a word as these forms of a lemma, where the lemma is known in the class and its regular form is the word.
    fn regular(&mut self, lemma: &str, forms: &[(Class, Forms)], word: &str) {
        let Some(line) = line(lemma) else { return };
        for &(class, form) in forms.iter().filter(|(class, _)| line.has(*class)) {
            let gradable = match class {
                Class::Adjective => line.classes.contains('g'),
                Class::Adverb => line.classes.contains('h'),
                _ => true,
            };
            // British doubling (travelled) is a form of the lemma as well where the table does not say otherwise.
            let doubled = || class == Class::Verb && lemma.ends_with('l') && is_doubled(word, lemma, form);
            if gradable && (is_spelt(word, lemma, class, form) || doubled()) {
                self.add(lemma, class, form, false);
                if form == Forms::ED {
                    let irregular = line.form("en").is_some();
                    self.add(lemma, class, if irregular { Forms::ED } else { Forms::EN }, false);
                }
            }
        }
    }
}

fn is_doubled(word: &str, lemma: &str, form: Forms) -> bool {
    let ending = match form {
        Forms::ED | Forms::EN => "led",
        Forms::ING => "ling",
        _ => return false,
    };
    word.strip_prefix(lemma) == Some(ending)
}

/// All readings of a lower-case word form; a word no table knows is guessed by its ending.
#[must_use]
pub fn readings(lower: &str) -> Vec<Reading> {
    let mut all = Collector { found: Vec::new() };
    if let Some(line) = line(lower) {
        for class in CLASSES.into_iter().filter(|class| line.has(*class)) {
            all.add(lower, class, base(class), false);
        }
        for (lemma, form) in line.of() {
            if let Some((class, forms)) = named(form) {
                all.add(lemma, class, forms, false);
            }
        }
    }
    let closed = closed(lower);
    if !closed.intersects(Closed::PRON.union(Closed::POSS).union(Closed::AUX)) {
        detach(lower, &mut all);
    }
    if all.found.is_empty() && closed == Closed::default() {
        guess(lower, &mut all);
    }
    all.found
}

/// Takes regular endings off and keeps what is a known lemma.
fn detach(word: &str, all: &mut Collector) {
    let mut buffer = String::new();
    let mut attempt = |stem: &str, ending: &str, forms: &[(Class, Forms)]| {
        if ending.is_empty() {
            return all.regular(stem, forms, word);
        }
        buffer.clear();
        buffer.push_str(stem);
        buffer.push_str(ending);
        all.regular(&buffer, forms, word);
    };
    if let Some(stem) = word.strip_suffix('s') {
        let forms = [(Class::Noun, Forms::PLURAL), (Class::Verb, Forms::S)];
        attempt(stem, "", &forms);
        if let Some(stem) = stem.strip_suffix('e') {
            attempt(stem, "", &forms);
        }
        if let Some(stem) = stem.strip_suffix("ie") {
            attempt(stem, "y", &forms);
        }
    }
    for (ending, form) in [("ed", Forms::ED), ("ing", Forms::ING)] {
        let Some(stem) = word.strip_suffix(ending) else { continue };
        let forms = [(Class::Verb, form)];
        attempt(stem, "", &forms);
        attempt(stem, "e", &forms);
        if let Some(stem) = stem.strip_suffix('i') {
            attempt(stem, "y", &forms);
        }
        if let Some(stem) = stem.strip_suffix('y') {
            attempt(stem, "ie", &forms);
        }
        if let Some(stem) = undoubled(stem) {
            attempt(stem, "", &forms);
        }
    }
    for (ending, form) in [("er", Forms::COMPARATIVE), ("est", Forms::SUPERLATIVE)] {
        let Some(stem) = word.strip_suffix(ending) else { continue };
        let forms = [(Class::Adjective, form), (Class::Adverb, form)];
        attempt(stem, "", &forms);
        attempt(stem, "e", &forms);
        if let Some(stem) = stem.strip_suffix('i') {
            attempt(stem, "y", &forms);
        }
        if let Some(stem) = undoubled(stem) {
            attempt(stem, "", &forms);
        }
    }
}

fn undoubled(stem: &str) -> Option<&str> {
    let mut ends = stem.bytes().rev();
    let (last, before) = (ends.next()?, ends.next()?);
    (last == before && last.is_ascii_alphabetic()).then(|| stem.get(..stem.len() - 1).unwrap_or(stem))
}

/// What an unknown word may be, by its ending.
fn guess(word: &str, all: &mut Collector) {
    if !word.chars().any(char::is_alphabetic) {
        return;
    }
    let stem = |ending: &str| word.strip_suffix(ending).filter(|stem| stem.chars().count() > 2);
    // The last part of a compound decides: peace-building, month-long.
    if let Some((_, tail)) = word.rsplit_once('-').filter(|(head, tail)| !head.is_empty() && !tail.is_empty()) {
        for reading in readings(tail) {
            let head = word.get(..word.len() - tail.len()).unwrap_or("");
            all.add(&format!("{head}{}", reading.lemma), reading.class, reading.forms, true);
        }
        all.add(word, Class::Adjective, Forms::POSITIVE, true);
    } else if stem("ly").is_some() {
        all.add(word, Class::Adverb, Forms::POSITIVE, true);
    } else if let Some(stem) = stem("ing") {
        all.add(stem, Class::Verb, Forms::ING, true);
        all.add(word, Class::Noun, Forms::SINGULAR, true);
    } else if let Some(stem) = stem("ed") {
        all.add(stem, Class::Verb, Forms::ED.union(Forms::EN), true);
        all.add(word, Class::Adjective, Forms::POSITIVE, true);
    } else if ["ous", "ful", "less", "able", "ible", "ish"].iter().any(|ending| stem(ending).is_some()) {
        all.add(word, Class::Adjective, Forms::POSITIVE, true);
    } else if ["ic", "al", "ive", "ian", "ese"].iter().any(|ending| stem(ending).is_some()) {
        all.add(word, Class::Adjective, Forms::POSITIVE, true);
        all.add(word, Class::Noun, Forms::SINGULAR, true);
    } else if let Some(stem) = stem("s").filter(|stem| !stem.ends_with(['s', 'u', 'i'])) {
        all.add(stem, Class::Noun, Forms::PLURAL, true);
    } else {
        all.add(word, Class::Noun, Forms::SINGULAR, true);
    }
}

/// One form of a known lemma; of several words the first is inflected. None where the lemma is not known: no form is invented.
#[must_use]
pub fn inflect(lemma: &str, class: Class, form: Forms) -> Option<String> {
    let (head, rest) = lemma.split_once(' ').map_or((lemma, None), |(head, rest)| (head, Some(rest)));
    let line = line(head).filter(|line| line.has(class))?;
    let word = if form == base(class) {
        head.to_owned()
    } else {
        let name = short(class, form)?;
        let gradable = match class {
            Class::Adjective => line.classes.contains('g'),
            Class::Adverb => line.classes.contains('h'),
            Class::Noun => !line.classes.contains('u') || line.form(name).is_some(),
            Class::Verb => true,
        };
        match line.form(name) {
            Some(text) => text.to_owned(),
            None if gradable => spelt(head, class, form)?.text(head),
            // A mass noun stands for its plural as well; other words without the form have none.
            None if class == Class::Noun => head.to_owned(),
            None => return None,
        }
    };
    Some(rest.map_or(word.clone(), |rest| format!("{word} {rest}")))
}

/// A regular form: what is left of the lemma, perhaps its last letter again, and an ending.
#[derive(Clone, Copy)]
struct Spelling {
    drop: usize,
    double: bool,
    ending: &'static str,
}

impl Spelling {
    fn parts(self, lemma: &str) -> [&str; 3] {
        let stem = lemma.get(..lemma.len() - self.drop).unwrap_or(lemma);
        let double = if self.double { lemma.get(lemma.len() - 1..).unwrap_or("") } else { "" };
        [stem, double, self.ending]
    }

    fn text(self, lemma: &str) -> String {
        self.parts(lemma).concat()
    }
}

/// Whether a word is the regular form of a lemma.
fn is_spelt(word: &str, lemma: &str, class: Class, form: Forms) -> bool {
    let Some(spelling) = spelt(lemma, class, form) else { return false };
    let rest = spelling.parts(lemma).into_iter().try_fold(word, |rest, part| rest.strip_prefix(part));
    rest == Some("")
}

/// A regular form by the rules of spelling.
fn spelt(lemma: &str, class: Class, form: Forms) -> Option<Spelling> {
    let cut = |drop: usize, ending: &'static str| Spelling { drop, double: false, ending };
    let add = |ending: &'static str| Spelling { drop: 0, double: doubles(lemma), ending };
    let consonant_y = lemma.ends_with('y') && !ends_in_vowel(lemma.get(..lemma.len() - 1).unwrap_or(""));
    Some(match (class, form) {
        (Class::Noun, Forms::PLURAL) | (Class::Verb, Forms::S) => {
            let sibilant = ["s", "x", "z", "ch", "sh"].iter().any(|ending| lemma.ends_with(ending));
            let consonant_o = lemma.ends_with('o') && !ends_in_vowel(lemma.get(..lemma.len() - 1).unwrap_or(""));
            if consonant_y {
                cut(1, "ies")
            } else if sibilant || (consonant_o && class == Class::Verb) {
                cut(0, "es")
            } else {
                cut(0, "s")
            }
        }
        (Class::Verb, Forms::ED | Forms::EN) if lemma.ends_with('e') => cut(0, "d"),
        (Class::Verb, Forms::ED | Forms::EN) if consonant_y => cut(1, "ied"),
        (Class::Verb, Forms::ED | Forms::EN) => add("ed"),
        (Class::Verb, Forms::ING) if lemma.ends_with("ie") => cut(2, "ying"),
        (Class::Verb, Forms::ING) => {
            let keeps_e = ["ee", "oe", "ye"].iter().any(|ending| lemma.ends_with(ending)) || lemma.len() <= 2;
            if lemma.ends_with('e') && !keeps_e { cut(1, "ing") } else { add("ing") }
        }
        (Class::Adjective | Class::Adverb, Forms::COMPARATIVE | Forms::SUPERLATIVE) => {
            let (ending, after_y) = if form == Forms::COMPARATIVE { ("er", "ier") } else { ("est", "iest") };
            if lemma.ends_with('e') {
                cut(1, ending)
            } else if consonant_y {
                cut(1, after_y)
            } else {
                add(ending)
            }
        }
        _ => return None,
    })
}

fn ends_in_vowel(text: &str) -> bool {
    text.ends_with(['a', 'e', 'i', 'o', 'u'])
}

/// Whether a word of one syllable ends in consonant, vowel, consonant.
fn doubles(lemma: &str) -> bool {
    let vowel = |b: u8| b"aeiouy".contains(&b);
    let bytes = lemma.as_bytes();
    let [.., first, second, last] = bytes else { return false };
    let groups = bytes.chunk_by(|a, b| vowel(*a) == vowel(*b)).filter(|group| vowel(group[0])).count();
    !b"aeiou".contains(first) && vowel(*second) && !vowel(*last) && !b"wx".contains(last) && groups == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reads(word: &str, lemma: &str, class: Class, form: Forms) -> bool {
        readings(word)
            .iter()
            .any(|reading| reading.lemma == lemma && reading.class == class && reading.forms.contains(form))
    }

    #[test]
    fn forms_are_read() {
        use Class::{Adjective, Adverb, Noun, Verb};
        for (word, lemma, class, form) in [
            ("targets", "target", Noun, Forms::PLURAL),
            ("targets", "target", Verb, Forms::S),
            ("fired", "fire", Verb, Forms::ED),
            ("fired", "fire", Verb, Forms::EN),
            ("leaves", "leaf", Noun, Forms::PLURAL),
            ("leaves", "leave", Verb, Forms::S),
            ("left", "leave", Verb, Forms::EN),
            ("left", "left", Adjective, Forms::POSITIVE),
            ("better", "good", Adjective, Forms::COMPARATIVE),
            ("better", "well", Adverb, Forms::COMPARATIVE),
            ("went", "go", Verb, Forms::ED),
            ("said", "say", Verb, Forms::EN),
            ("was", "be", Verb, Forms::ED),
            ("has", "have", Verb, Forms::S),
            ("children", "child", Noun, Forms::PLURAL),
            ("criteria", "criterion", Noun, Forms::PLURAL),
            ("found", "find", Verb, Forms::ED),
            ("found", "found", Verb, Forms::BASE),
            ("lay", "lie", Verb, Forms::ED),
            ("lying", "lie", Verb, Forms::ING),
            ("stopped", "stop", Verb, Forms::ED),
            ("travelled", "travel", Verb, Forms::ED),
            ("traveled", "travel", Verb, Forms::ED),
            ("denies", "deny", Verb, Forms::S),
            ("bigger", "big", Adjective, Forms::COMPARATIVE),
            ("organised", "organise", Verb, Forms::ED),
            ("organized", "organize", Verb, Forms::ED),
            ("people", "person", Noun, Forms::PLURAL),
        ] {
            assert!(reads(word, lemma, class, form), "{word} as {lemma}: {:?}", readings(word));
        }
        assert!(readings("us").is_empty() && readings("the").is_empty());
        assert!(readings("blurgification").iter().all(|reading| reading.guessed));
    }

    #[test]
    fn lemmas_are_inflected_and_nothing_is_invented() {
        use Class::{Adjective, Noun, Verb};
        for (lemma, class, form, expected) in [
            ("topple", Verb, Forms::ING, "toppling"),
            ("bring down", Verb, Forms::ED, "brought down"),
            ("decapitate", Verb, Forms::S, "decapitates"),
            ("refer", Verb, Forms::ED, "referred"),
            ("stop", Verb, Forms::ING, "stopping"),
            ("carry", Verb, Forms::ED, "carried"),
            ("be", Verb, Forms::EN, "been"),
            ("take", Verb, Forms::EN, "taken"),
            ("objective", Noun, Forms::PLURAL, "objectives"),
            ("child", Noun, Forms::PLURAL, "children"),
            ("country", Noun, Forms::PLURAL, "countries"),
            ("big", Adjective, Forms::SUPERLATIVE, "biggest"),
        ] {
            assert_eq!(inflect(lemma, class, form).as_deref(), Some(expected), "{lemma}");
        }
        assert_eq!(inflect("blurgify", Verb, Forms::ED), None);
        assert_eq!(inflect("genuine", Adjective, Forms::COMPARATIVE), None);
    }

    #[test]
    fn every_form_of_the_table_is_read_back() {
        let forms = [
            (Class::Noun, vec![Forms::SINGULAR, Forms::PLURAL]),
            (Class::Verb, vec![Forms::BASE, Forms::S, Forms::ED, Forms::EN, Forms::ING]),
            (Class::Adjective, vec![Forms::POSITIVE, Forms::COMPARATIVE, Forms::SUPERLATIVE]),
        ];
        let mut missing = Vec::new();
        for line in ENGLISH.lines().filter(|line| !line.starts_with('#')) {
            let lemma = line.split('\t').next().unwrap();
            for (class, forms) in &forms {
                for form in forms {
                    let Some(word) = inflect(lemma, *class, *form).filter(|word| word != lemma) else { continue };
                    if closed(&word) == Closed::default() && !reads(&word, lemma, *class, *form) {
                        missing.push(format!("{word} of {lemma}"));
                    }
                }
            }
        }
        assert!(missing.is_empty(), "{} forms: {:?}", missing.len(), &missing[..missing.len().min(20)]);
    }
}
