//! Tables of people, places and organisations. In: the text of a TSV file. Out: entries, or all errors of the file.

use super::table::{Cell, Row, Table, TableError, rows};
use super::{Entry, EntryKind, Gender, Office};

/// Reads a table of people: name, aliases, misspellings, gender (m f x), country, offices; `note` is ignored.
///
/// # Errors
/// All faults of the file: columns, cells, forms that contradict each other.
pub fn people(text: &str, file: &str) -> Result<Vec<Entry>, Vec<TableError>> {
    let optional = ["aliases", "misspellings", "gender", "country", "offices", "note"];
    read(text, file, &optional, |table, row, errors| {
        let mut entry = common(EntryKind::Person, table, row, file, errors);
        let gender = table.cell(row, "gender");
        entry.gender = match gender.text {
            "" => None,
            "f" => Some(Gender::Female),
            "m" => Some(Gender::Male),
            "x" => Some(Gender::Other),
            other => {
                errors.push(gender.error(
                    file,
                    format!("“{other}” is no gender"),
                    "write m, f or x, or leave it empty",
                ));
                None
            }
        };
        entry.offices = table.cell(row, "offices").split("|").filter_map(|cell| office(cell, file, errors)).collect();
        entry
    })
}

/// Reads a table of places: name, aliases, misspellings, kind, country, demonym; `note` is ignored.
///
/// # Errors
/// All faults of the file: columns, cells, forms that contradict each other.
pub fn places(text: &str, file: &str) -> Result<Vec<Entry>, Vec<TableError>> {
    read(text, file, &["aliases", "misspellings", "kind", "country", "demonym", "note"], |table, row, errors| {
        let mut entry = common(EntryKind::Place, table, row, file, errors);
        table.cell(row, "kind").text.clone_into(&mut entry.subtype);
        entry.demonyms = values(table.cell(row, "demonym"));
        entry
    })
}

/// Reads a table of organisations: name, aliases, misspellings, acronym, country, kind; `note` is ignored.
///
/// # Errors
/// All faults of the file: columns, cells, forms that contradict each other.
pub fn organisations(text: &str, file: &str) -> Result<Vec<Entry>, Vec<TableError>> {
    read(text, file, &["aliases", "misspellings", "acronym", "country", "kind", "note"], |table, row, errors| {
        let mut entry = common(EntryKind::Organisation, table, row, file, errors);
        table.cell(row, "kind").text.clone_into(&mut entry.subtype);
        table.cell(row, "acronym").text.clone_into(&mut entry.acronym);
        entry
    })
}

fn read(
    text: &str,
    file: &str,
    optional: &[&str],
    mut entry: impl FnMut(&Table<'_>, &Row<'_>, &mut Vec<TableError>) -> Entry,
) -> Result<Vec<Entry>, Vec<TableError>> {
    let table = rows(text);
    let mut errors = table.check(file, &["name"], optional, false);
    if !errors.is_empty() {
        return Err(errors);
    }
    let entries: Vec<Entry> = table.rows.iter().map(|row| entry(&table, row, &mut errors)).collect();
    contradictions(&table, &entries, file, &mut errors);
    errors.sort_by_key(|error| (error.line, error.column));
    if errors.is_empty() { Ok(entries) } else { Err(errors) }
}

/// What all three tables have.
fn common(kind: EntryKind, table: &Table<'_>, row: &Row<'_>, file: &str, errors: &mut Vec<TableError>) -> Entry {
    let name = table.cell(row, "name");
    if name.text.is_empty() {
        errors.push(name.error(file, "a line without a name", "every line names something in the column “name”"));
    }
    let country = table.cell(row, "country");
    let is_code = country.text.len() == 2 && country.text.bytes().all(|byte| byte.is_ascii_uppercase());
    if !(country.text.is_empty() || is_code) {
        errors.push(country.error(
            file,
            format!("“{}” is no country code", country.text),
            "write the two capital letters of ISO 3166, such as UA, or leave it empty",
        ));
    }
    Entry {
        kind,
        name: name.text.to_owned(),
        aliases: values(table.cell(row, "aliases")),
        misspellings: values(table.cell(row, "misspellings")),
        gender: None,
        country: country.text.to_owned(),
        offices: Vec::new(),
        subtype: String::new(),
        acronym: String::new(),
        demonyms: Vec::new(),
    }
}

fn values(cell: Cell<'_>) -> Vec<String> {
    cell.split("|").map(|value| value.text.to_owned()).collect()
}

/// `president of Russia:2000-2008;2012-`
fn office(cell: Cell<'_>, file: &str, errors: &mut Vec<TableError>) -> Option<Office> {
    let expected = "write the office, a colon and years: president of Russia:2000-2008;2012-";
    let Some((label, _)) = cell.text.rsplit_once(':') else {
        errors.push(cell.error(file, format!("“{}” has no years", cell.text), expected));
        return None;
    };
    let offset = label.chars().count() + 1;
    let mut pieces =
        Cell { text: &cell.text[label.len() + 1..], column: cell.column + offset, ..cell }.split(";").peekable();
    if label.trim().is_empty() || pieces.peek().is_none() {
        errors.push(cell.error(file, format!("“{}” lacks the office or its years", cell.text), expected));
        return None;
    }
    let mut terms = Vec::new();
    for piece in pieces {
        if let Some(term) = years(piece.text) {
            terms.push(term);
        } else {
            let help = "write 2000-2008, an open end as 2012-, a single year as 2012";
            errors.push(piece.error(file, format!("“{}” is no range of years", piece.text), help));
        }
    }
    Some(Office { label: label.trim().to_owned(), years: terms })
}

fn years(text: &str) -> Option<(u16, Option<u16>)> {
    let year = |text: &str| {
        let text = text.trim();
        let digits = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| text.parse::<u16>().ok()).flatten()
    };
    let Some((first, last)) = text.split_once(['-', '–']) else {
        let only = year(text)?;
        return Some((only, Some(only)));
    };
    let first = year(first)?;
    if last.trim().is_empty() {
        return Some((first, None));
    }
    let last = year(last)?;
    (first <= last).then_some((first, Some(last)))
}

/// A form listed as wrong that is right for this or another entry would make the table fire on correct text.
fn contradictions(table: &Table<'_>, entries: &[Entry], file: &str, errors: &mut Vec<TableError>) {
    let mut right = std::collections::HashMap::new();
    for entry in entries {
        for form in std::iter::once(&entry.name).chain(&entry.aliases) {
            right.entry(form.as_str()).or_insert(&entry.name);
        }
    }
    for row in &table.rows {
        for cell in table.cell(row, "misspellings").split("|") {
            if let Some(name) = right.get(cell.text) {
                errors.push(cell.error(
                    file,
                    format!("“{}” is listed as wrong here and as right for {name}", cell.text),
                    "keep one of them",
                ));
            }
        }
    }
}
