//! A table of a rule file, read key by key: wrong types and unknown keys become errors with their place.

use super::error::RuleError;
use super::pattern::parse::nearest;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

/// A text of a rule file with its place.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Located {
    /// The text.
    pub text: String,
    /// Its bytes in the file, quotes included.
    pub range: Range<usize>,
}

/// A file that is being read, and what was found wrong in it.
pub struct File<'a> {
    /// As errors name it.
    pub path: String,
    /// Its text.
    pub source: &'a str,
    /// What is wrong so far.
    pub errors: Vec<RuleError>,
}

impl File<'_> {
    /// Notes an error at a place.
    pub fn error(&mut self, range: Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        self.errors.push(RuleError::at(&self.path, self.source, range, message, help));
    }

    /// Notes an error within a quoted text of the file: `at` and `len` count in the text.
    pub fn error_within(
        &mut self,
        text: &Located,
        at: usize,
        len: usize,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let raw = self.source.get(text.range.clone()).unwrap_or("");
        // The place can be told exactly where the text stands in the file as it is.
        let range = raw.find(&text.text).map_or(text.range.clone(), |offset| {
            let start = text.range.start + offset + at;
            start..start + len
        });
        self.error(range, message, help);
    }
}

/// A table whose keys are taken one by one.
pub struct Keys<'t, 'i> {
    table: &'t DeTable<'i>,
    /// Where the table stands.
    pub range: Range<usize>,
    known: Vec<&'static str>,
    forgiven: bool,
}

impl<'t, 'i> Keys<'t, 'i> {
    /// Starts with no key taken.
    #[must_use]
    pub fn new(table: &'t DeTable<'i>, range: Range<usize>) -> Self {
        Self { table, range, known: Vec::new(), forgiven: false }
    }

    /// The raw value of a key.
    pub fn take(&mut self, key: &'static str) -> Option<&'t Spanned<DeValue<'i>>> {
        self.known.push(key);
        self.table.get(key)
    }

    /// Whether the key stands in the table.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.table.get(key).is_some()
    }

    /// A string.
    pub fn text(&mut self, file: &mut File<'_>, key: &'static str) -> Option<Located> {
        let value = self.take(key)?;
        let found = located(value);
        if found.is_none() {
            file.error(value.span(), format!("{key} must be a string"), "put it in quotes");
        }
        found
    }

    /// A string that must be there.
    pub fn required(&mut self, file: &mut File<'_>, key: &'static str, what: &str) -> Option<Located> {
        if !self.has(key) {
            file.error(self.range.clone(), format!("{key} is missing"), what);
        }
        let found = self.text(file, key)?;
        if found.text.trim().is_empty() {
            file.error(found.range, format!("{key} is empty"), what);
            return None;
        }
        Some(found)
    }

    /// A list of strings; one string stands for a list of one.
    pub fn texts(&mut self, file: &mut File<'_>, key: &'static str) -> Vec<Located> {
        let Some(value) = self.take(key) else { return Vec::new() };
        texts(file, key, value)
    }

    /// A number.
    pub fn number(&mut self, file: &mut File<'_>, key: &'static str) -> Option<(f64, Range<usize>)> {
        let value = self.take(key)?;
        let found = number(value.get_ref());
        if found.is_none() {
            file.error(value.span(), format!("{key} must be a number"), "write it without quotes");
        }
        found.map(|found| (found, value.span()))
    }

    /// A table within the table.
    pub fn table(&mut self, file: &mut File<'_>, key: &'static str) -> Option<Keys<'t, 'i>> {
        let value = self.take(key)?;
        if let DeValue::Table(table) = value.get_ref() {
            return Some(Keys::new(table, value.span()));
        }
        file.error(value.span(), format!("{key} must be a table"), format!("write {key} = {{ … }}"));
        None
    }

    /// All keys with their values.
    pub fn rest(&self) -> impl Iterator<Item = (&'t str, Range<usize>, &'t Spanned<DeValue<'i>>)> + use<'t, 'i> {
        let known = self.known.clone();
        self.table
            .iter()
            .filter(move |(key, _)| !known.contains(&key.get_ref().as_ref()))
            .map(|(key, value)| (key.get_ref().as_ref(), key.span(), value))
    }

    /// Leaves keys that were not taken unreported.
    pub fn forgive(&mut self) {
        self.forgiven = true;
    }

    /// Notes every key that was not taken as an error that offers the nearest.
    pub fn finish(self, file: &mut File<'_>, what: &str) {
        if self.forgiven {
            return;
        }
        let extra: Vec<_> = self.rest().map(|(key, range, _)| (key.to_owned(), range)).collect();
        for (key, range) in extra {
            let help = nearest(&key, self.known.iter().copied()).map_or_else(
                || {
                    let mut known = self.known.clone();
                    known.sort_unstable();
                    known.dedup();
                    format!("{what} takes {}", known.join(", "))
                },
                |near| format!("did you mean “{near}”?"),
            );
            file.error(range, format!("unknown key “{key}”"), help);
        }
    }
}

/// A string value with its place.
#[must_use]
pub fn located(value: &Spanned<DeValue<'_>>) -> Option<Located> {
    match value.get_ref() {
        DeValue::String(text) => Some(Located { text: text.clone().into_owned(), range: value.span() }),
        _ => None,
    }
}

/// A number value.
#[must_use]
pub fn number(value: &DeValue<'_>) -> Option<f64> {
    match value {
        DeValue::Integer(integer) => {
            i64::from_str_radix(integer.as_str(), integer.radix()).ok().map(|value| value as f64)
        }
        DeValue::Float(float) => float.as_str().parse().ok(),
        _ => None,
    }
}

/// An array value.
#[must_use]
pub fn array<'t, 'i>(value: &'t Spanned<DeValue<'i>>) -> Option<&'t DeArray<'i>> {
    match value.get_ref() {
        DeValue::Array(array) => Some(array),
        _ => None,
    }
}

/// A list of strings, or one string.
pub fn texts(file: &mut File<'_>, key: &str, value: &Spanned<DeValue<'_>>) -> Vec<Located> {
    if let Some(one) = located(value) {
        return vec![one];
    }
    let Some(items) = array(value) else {
        file.error(value.span(), format!("{key} must be a list of strings"), format!("write {key} = [\"…\"]"));
        return Vec::new();
    };
    let mut found = Vec::new();
    for item in items {
        match located(item) {
            Some(text) => found.push(text),
            None => file.error(item.span(), format!("{key} must hold strings"), "put it in quotes"),
        }
    }
    found
}
