//! In: the tables of a `[[lattice]]` rule. Out: its compiled lattice; errors and warnings at the very cell.

use super::super::keys::{File, Located};
use super::super::lattice::{IDENTITY, Parts, Posting, initials_key, phrase_key, write};
use super::{Output, PackScope, rows};
use crate::language::{self, Class, hash};
use crate::lexicon::table::{self, Cell, Row, Table, TableError};
use std::collections::{BTreeMap, BTreeSet};

/// Words of a term, of a wrong wording and of what it stands for: more are not looked for.
const LONGEST: [usize; 3] = [9, 5, 3];
/// Words that acronyms leave out.
const SMALL: [&str; 8] = ["of", "the", "and", "in", "for", "to", "on", "a"];
/// Ways to part one term into units.
const MOST_PATHS: usize = 8;

/// A wrong wording of a unit.
struct Swap {
    wrong: Vec<String>,
    classes: u8,
    support: u16,
}

/// By what they stand for, words joined by blanks.
type Swaps = BTreeMap<String, Vec<Swap>>;

/// Compiles the tables.
pub(super) fn compile(
    terms: &[Located],
    swaps: &[Located],
    background: &[Located],
    scope: &PackScope<'_>,
    file: &mut File<'_>,
    out: &mut Output,
) -> Vec<u8> {
    let mut known = Swaps::new();
    each_row(swaps, (&["right", "wrong"], &["pos", "support", "note"]), scope, file, out, |row, _| {
        swap(row, &mut known)
    });
    let mut parts = Parts::default();
    each_row(background, (&["phrase"], &["note"]), scope, file, out, |row, _| {
        let words = words(row.cell("phrase").text);
        if words.len() < 2 {
            return Err(row.cell("phrase").error(row.path, "a phrase has two words or more", "take the line away"));
        }
        parts.background.push(phrase_key(words.iter().map(|word| canonical(word))));
        Ok(())
    });
    let mut units = Units { numbers: BTreeMap::new(), swaps: &known };
    let mut seen = BTreeSet::new();
    each_row(terms, (&["term"], &["domain", "note"]), scope, file, out, |row, warnings| {
        term(row, &mut units, &mut seen, &mut parts, warnings)
    });
    units.finish(&mut parts);
    write(&parts)
}

/// The words of a lexicon as a table of what each may stand for: how heavy they are says how surely they betray their dialect.
pub(super) fn dialect(text: &str) -> Vec<u8> {
    let table = table::rows(text);
    let mut parts = Parts::default();
    for (number, row) in (0..).zip(&table.rows) {
        let support = table.cell(row, "weight").text.parse().unwrap_or(1);
        parts.postings.extend(posting(number, &words(table.cell(row, "garbled").text), support, [0, 0], 0));
    }
    write(&parts)
}

/// A row with what is needed to speak of it.
#[derive(Clone, Copy)]
struct Line<'a, 't> {
    table: &'a Table<'t>,
    row: &'a Row<'t>,
    path: &'a str,
}

impl<'t> Line<'_, 't> {
    fn cell(&self, column: &str) -> Cell<'t> {
        self.table.cell(self.row, column)
    }
}

fn each_row(
    tables: &[Located],
    columns: (&[&str], &[&str]),
    scope: &PackScope<'_>,
    file: &mut File<'_>,
    out: &mut Output,
    mut each: impl FnMut(Line<'_, '_>, &mut Vec<TableError>) -> Result<(), TableError>,
) {
    for (text, path) in tables.iter().flat_map(|from| opened(from, scope, file)) {
        let table = table::rows(text);
        let mut errors = table.check(&path, columns.0, columns.1, false);
        let mut warnings = Vec::new();
        if errors.is_empty() {
            for row in &table.rows {
                errors.extend(each(Line { table: &table, row, path: &path }, &mut warnings).err());
            }
        }
        out.errors.extend(errors.iter().map(|error| rows::table_error(error, text)));
        out.warnings.extend(warnings.iter().map(|error| rows::table_error(error, text)));
    }
}

/// The tables of a name; `*` stands for any characters ("terms-*.tsv").
fn opened<'a>(from: &Located, scope: &PackScope<'a>, file: &mut File<'_>) -> Vec<(&'a str, String)> {
    let Some((head, tail)) = from.text.split_once('*') else {
        return rows::open(from, scope, file).into_iter().collect();
    };
    let fits = |name: &str| name.len() >= head.len() + tail.len() && name.starts_with(head) && name.ends_with(tail);
    let all = scope.files.files.iter().filter(|(name, _)| name.ends_with(".tsv") && fits(name));
    let found: Vec<_> = all.map(|(name, text)| (text.as_str(), scope.files.path(name))).collect();
    if found.is_empty() {
        file.error(
            from.range.clone(),
            format!("no table “{}” in this pack", from.text),
            "the tables stand beside the rule file",
        );
    }
    found
}

fn swap(row: Line<'_, '_>, known: &mut Swaps) -> Result<(), TableError> {
    let (right, wrong) = (row.cell("right"), row.cell("wrong"));
    let (right_words, wrong_words) = (words(right.text), words(wrong.text));
    for (cell, words, longest) in [(right, &right_words, LONGEST[2]), (wrong, &wrong_words, LONGEST[1])] {
        if words.is_empty() || words.len() > longest {
            let message = format!("“{}” has {} words", cell.text, words.len());
            return Err(cell.error(row.path, message, format!("write 1 to {longest} words")));
        }
    }
    let pos = row.cell("pos");
    let mut classes = 0;
    for one in pos.split("|") {
        classes |= match one.text {
            "n" => 1,
            "v" => 2,
            "adj" => 4,
            "adv" => 8,
            other => {
                let message = format!("unknown part of speech “{other}”");
                return Err(pos.error(row.path, message, "n, v, adj or adv, parted by |, or nothing"));
            }
        };
    }
    let support = row.cell("support");
    let number = match support.text {
        "" => 1,
        text => text.parse().map_err(|_| {
            support.error(
                row.path,
                format!("support “{text}” is no whole number"),
                "how often the swap was seen; 0 for another spelling of the same word",
            )
        })?,
    };
    known.entry(right_words.join(" ")).or_default().push(Swap { wrong: wrong_words, classes, support: number });
    Ok(())
}

fn term(
    row: Line<'_, '_>,
    units: &mut Units<'_>,
    seen: &mut BTreeSet<String>,
    parts: &mut Parts,
    warnings: &mut Vec<TableError>,
) -> Result<(), TableError> {
    let cell = row.cell("term");
    let words = words(cell.text);
    if words.is_empty() {
        return Err(cell.error(row.path, "term is empty", "fill it, or take the line away"));
    }
    if words.len() < 2 || words.len() > LONGEST[0] {
        let message = format!("“{}” has {} word(s): it is not looked for", cell.text, words.len());
        warnings.push(cell.error(row.path, message, format!("a term taken apart has 2 to {} words", LONGEST[0])));
        return Ok(());
    }
    if !seen.insert(words.join(" ")) {
        return Ok(());
    }
    let number = parts.terms.len() as u32;
    parts.terms.push((cell.text.to_owned(), row.cell("domain").text.to_owned()));
    let mut paths = Vec::new();
    units.ways(&words, &mut Vec::new(), &mut paths);
    // Only a path of single words can be laid beside the letters of an acronym.
    if let Some(at) = paths.iter().position(|path| path.len() == words.len()) {
        let path = (parts.paths.len() + at) as u32;
        let key = |all: &mut dyn Iterator<Item = &String>| {
            initials_key(&all.filter_map(|word| word.chars().next()).collect::<String>())
        };
        let every = key(&mut words.iter());
        let heavy = key(&mut words.iter().filter(|word| !SMALL.contains(&word.as_str())));
        parts.initials.push((every, path));
        if heavy != every {
            parts.initials.push((heavy, path));
        }
    }
    parts.paths.extend(paths.into_iter().map(|path| (number, path)));
    Ok(())
}

/// The units of terms, numbered as they are met.
struct Units<'a> {
    numbers: BTreeMap<String, u32>,
    swaps: &'a Swaps,
}

impl Units<'_> {
    /// Every way to part words into units.
    fn ways(&mut self, words: &[String], before: &mut Vec<u32>, out: &mut Vec<Vec<u32>>) {
        if out.len() >= MOST_PATHS {
            return;
        }
        if words.is_empty() {
            if before.len() > 1 {
                out.push(before.clone());
            }
            return;
        }
        for length in 1..=words.len().min(LONGEST[2]) {
            let (unit, rest) = words.split_at(length);
            let unit = unit.join(" ");
            if length > 1 && !self.swaps.contains_key(&unit) {
                continue;
            }
            let next = self.numbers.len() as u32;
            before.push(*self.numbers.entry(unit).or_insert(next));
            self.ways(rest, before, out);
            before.pop();
        }
    }

    /// The postings of all units.
    fn finish(self, parts: &mut Parts) {
        parts.units = vec![0; self.numbers.len()];
        for (text, number) in &self.numbers {
            let words: Vec<&str> = text.split(' ').collect();
            if let Some(count) = parts.units.get_mut(*number as usize) {
                *count = words.len() as u32;
            }
            let own: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            // A noun's plural is met under the lemma, a verb of that spelling is not.
            let inflected = words.last().map_or(0, |word| classes_of(word));
            parts.postings.extend(posting(*number, &own, 0, [0, inflected], IDENTITY));
            for swap in self.swaps.get(text).into_iter().flatten().filter(|swap| swap.wrong != own) {
                let flags = if swap.support == 0 { IDENTITY } else { 0 };
                parts.postings.extend(posting(*number, &swap.wrong, swap.support, [swap.classes, inflected], flags));
            }
            if let [word] = words.as_slice() {
                self.forms(word, *number, parts);
            }
        }
    }

    /// What stands for a form that is no base form (rights, computing): the swaps of its lemma in that form.
    fn forms(&self, word: &str, number: u32, parts: &mut Parts) {
        for reading in language::readings(word).iter().filter(|reading| !reading.guessed && reading.lemma != word) {
            let class = 1 << class_bit(reading.class);
            for swap in self.swaps.get(&reading.lemma).into_iter().flatten() {
                if swap.classes != 0 && swap.classes & class == 0 {
                    continue;
                }
                for form in (0..10).map(|bit| language::Forms(1 << bit)).filter(|form| reading.forms.contains(*form)) {
                    let wrong = inflected(&swap.wrong, reading.class, form);
                    let flags = if swap.support == 0 { IDENTITY } else { 0 };
                    parts
                        .postings
                        .extend(wrong.and_then(|wrong| posting(number, &wrong, swap.support, [0, 15], flags)));
                }
            }
        }
    }
}

/// Several words in a form: of a noun the last one changes, of other classes the first.
fn inflected(words: &[String], class: Class, form: language::Forms) -> Option<Vec<String>> {
    let mut words = words.to_vec();
    let changed = if class == Class::Noun { words.last_mut() } else { words.first_mut() }?;
    *changed = language::inflect(changed, class, form)?;
    Some(words)
}

/// The readings that a word has as a base form.
fn classes_of(word: &str) -> u8 {
    let readings = language::readings(word);
    readings.iter().filter(|reading| reading.lemma == word).fold(0, |all, reading| all | 1 << class_bit(reading.class))
}

fn posting(unit: u32, words: &[String], support: u16, classes: [u8; 2], flags: u8) -> Option<Posting> {
    let (first, rest) = words.split_first()?;
    let rest = rest.iter().map(|word| hash(word)).collect();
    Some(Posting { key: hash(first), unit, rest, support, classes: classes[0], inflected: classes[1], flags })
}

/// The bit of a class in a set of classes.
fn class_bit(class: Class) -> u8 {
    match class {
        Class::Noun => 0,
        Class::Verb => 1,
        Class::Adjective => 2,
        Class::Adverb => 3,
    }
}

/// The words of a phrase: tokens as documents have them, parted at hyphens, in small letters.
fn words(text: &str) -> Vec<String> {
    let plain = text.replace('’', "'").to_lowercase();
    super::tokens(&plain)
        .iter()
        .flat_map(|token| token.split('-'))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The one key of a word in phrases, whatever form it stands in.
fn canonical(word: &str) -> u64 {
    language::readings(word).iter().map(|reading| hash(&reading.lemma)).min().unwrap_or_else(|| hash(word))
}
