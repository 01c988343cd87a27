//! In: the text of a rule file and what was measured of its rules. Out: the text with `measured` beside `confidence`; every other byte as it was.

use crate::finding::RuleKind;
use std::collections::BTreeMap;
use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// What was measured of one rule.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Measured {
    /// How often it fired.
    pub hits: u32,
    /// How often it was right; never more than `hits`.
    pub right: u32,
    /// On which texts.
    pub set: String,
}

impl Measured {
    /// As it stands in a rule file, on one line.
    #[must_use]
    pub fn toml(&self) -> String {
        let set = toml::Value::String(self.set.replace(['\n', '\r'], " "));
        format!("{{ hits = {}, right = {}, set = {set} }}", self.hits, self.right)
    }
}

/// Writes `measured` into the rules named (ids without the pack), takes it away where there is none, and leaves all else
/// as it stands: comments, order, line ends. A second run with the same figures changes nothing.
///
/// # Errors
/// What stands in the way: the file is no TOML, a rule named is not in it, or its `measured` is not a table in braces.
pub fn written(source: &str, wanted: &BTreeMap<String, Option<Measured>>) -> Result<String, String> {
    let table = DeTable::parse(source).map_err(|error| format!("not valid TOML: {}", error.message()))?;
    let (mut edits, mut missing) = (Vec::new(), wanted.clone());
    for kind in RuleKind::ALL {
        let Some(DeValue::Array(items)) = table.get_ref().get(kind.name()).map(toml::Spanned::get_ref) else {
            continue;
        };
        for item in items {
            let DeValue::Table(rule) = item.get_ref() else { continue };
            let Some(DeValue::String(id)) = rule.get("id").map(toml::Spanned::get_ref) else { continue };
            if let Some(figures) = missing.remove(id.as_ref()) {
                let braced = source.get(item.span()).is_some_and(|text| text.starts_with('{'));
                edits.extend(edit(source, id, rule, braced, figures.as_ref())?);
            }
        }
    }
    if let Some(id) = missing.keys().next() {
        return Err(format!("no rule is called {id} in this file any more"));
    }
    edits.sort_by_key(|(range, _): &(Range<usize>, String)| std::cmp::Reverse(range.start));
    let mut text = source.to_owned();
    for (range, replacement) in edits {
        text.replace_range(range, &replacement);
    }
    // Whatever the layout of the file: nothing but the figures may have changed.
    if same_but_for_figures(source, &text, wanted) {
        Ok(text)
    } else {
        Err("measured cannot be put in without touching the rest; write it by hand".to_owned())
    }
}

/// The one place to change, if there is something to change.
fn edit(
    source: &str,
    id: &str,
    rule: &DeTable<'_>,
    braced: bool,
    figures: Option<&Measured>,
) -> Result<Option<(Range<usize>, String)>, String> {
    let present = rule.get_key_value("measured");
    if let Some((_, value)) = present
        && !source.get(value.span()).is_some_and(|text| text.starts_with('{'))
    {
        return Err(format!("measured of {id} must be written as measured = {{ hits = …, right = …, set = \"…\" }}"));
    }
    Ok(match (present, figures) {
        (None, None) => None,
        (Some((_, value)), Some(figures)) => {
            (read(value.get_ref()).as_ref() != Some(figures)).then(|| (value.span(), figures.toml()))
        }
        (Some((key, value)), None) => {
            Some((removal(source, key.span().start..value.span().end, braced), String::new()))
        }
        (None, Some(figures)) => {
            let anchor = rule.get_key_value("confidence").or_else(|| rule.get_key_value("id"));
            anchor.map(|(key, value)| insertion(source, key.span().start, value.span().end, braced, figures))
        }
    })
}

/// The figures that stand in a file.
fn read(value: &DeValue<'_>) -> Option<Measured> {
    let DeValue::Table(table) = value else { return None };
    let number = |key: &str| super::keys::number(table.get(key)?.get_ref()).map(|number| number as u32);
    let set = super::keys::located(table.get("set")?)?.text;
    Some(Measured { hits: number("hits")?, right: number("right")?, set })
}

/// A line of its own below the anchor; within braces a further pair behind it.
fn insertion(source: &str, start: usize, end: usize, braced: bool, figures: &Measured) -> (Range<usize>, String) {
    let pair = format!("measured = {}", figures.toml());
    if braced {
        return (end..end, format!(", {pair}"));
    }
    let line = source.get(..start).and_then(|head| head.rfind('\n')).map_or(0, |at| at + 1);
    let indent: String = source.get(line..start).unwrap_or("").chars().take_while(|c| c.is_whitespace()).collect();
    match source.get(end..).and_then(|tail| tail.find('\n')) {
        Some(at) => {
            let mark = if source.get(..end + at).is_some_and(|head| head.ends_with('\r')) { "\r\n" } else { "\n" };
            let at = end + at + 1;
            (at..at, format!("{indent}{pair}{mark}"))
        }
        None => (source.len()..source.len(), format!("\n{indent}{pair}\n")),
    }
}

/// The whole line where nothing else stands on it; within braces the pair and a comma.
fn removal(source: &str, pair: Range<usize>, braced: bool) -> Range<usize> {
    let (head, tail) = (source.get(..pair.start).unwrap_or(""), source.get(pair.end..).unwrap_or(""));
    if braced {
        let before = head.trim_end();
        if let Some(shorter) = before.strip_suffix(',') {
            return shorter.len()..pair.end;
        }
        let after = tail.trim_start();
        return match after.strip_prefix(',') {
            Some(rest) => pair.start..source.len() - rest.trim_start().len(),
            None => pair,
        };
    }
    let start = head.trim_end_matches([' ', '\t']).len();
    let rest = tail.split_inclusive('\n').next().unwrap_or("");
    // A comment behind the figures stays, on a line of its own.
    if rest.trim().is_empty() {
        start..pair.end + rest.len()
    } else {
        pair.start..source.len() - tail.trim_start().len()
    }
}

/// Whether two files hold the same but for the figures, and the second one those that are wanted.
fn same_but_for_figures(before: &str, after: &str, wanted: &BTreeMap<String, Option<Measured>>) -> bool {
    let (Ok(mut before), Ok(mut after)) = (before.parse::<toml::Table>(), after.parse::<toml::Table>()) else {
        return false;
    };
    take_figures(&mut before, wanted);
    let found = take_figures(&mut after, wanted);
    let right = wanted.iter().all(|(id, figures)| match (found.get(id), figures) {
        (None, None) => true,
        (Some(found), Some(figures)) => {
            let number = |key: &str| found.get(key).and_then(toml::Value::as_integer);
            number("hits") == Some(i64::from(figures.hits)) && number("right") == Some(i64::from(figures.right))
        }
        _ => false,
    });
    right && before == after
}

fn take_figures(table: &mut toml::Table, wanted: &BTreeMap<String, Option<Measured>>) -> BTreeMap<String, toml::Value> {
    let mut found = BTreeMap::new();
    for kind in RuleKind::ALL {
        for rule in table.get_mut(kind.name()).and_then(toml::Value::as_array_mut).into_iter().flatten() {
            let Some(rule) = rule.as_table_mut() else { continue };
            let id = rule.get("id").and_then(toml::Value::as_str).unwrap_or("").to_owned();
            if wanted.contains_key(&id)
                && let Some(figures) = rule.remove("measured")
            {
                found.insert(id, figures);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(figures: &[(&str, Option<(u32, u32)>)]) -> BTreeMap<String, Option<Measured>> {
        let figures = figures.iter().map(|(id, figures)| {
            let figures = figures.map(|(hits, right)| Measured { hits, right, set: "a+b".to_owned() });
            ((*id).to_owned(), figures)
        });
        figures.collect()
    }

    const FILE: &str = "# top\n[[phrase]] # first\nid = \"one\"\n  confidence = 0.70 # mine\nbad = [\n  \"x\", # y\n]\n\n[[term]]\nid   =   'two'\nprefer='x'";

    #[test]
    fn stands_below_confidence_or_id_and_all_else_stays() {
        let text = written(FILE, &of(&[("one", Some((12, 11))), ("two", Some((3, 0)))])).unwrap();
        let one = "  confidence = 0.70 # mine\n  measured = { hits = 12, right = 11, set = \"a+b\" }\n";
        let expected = FILE
            .replace("  confidence = 0.70 # mine\n", one)
            .replace("id   =   'two'\n", "id   =   'two'\nmeasured = { hits = 3, right = 0, set = \"a+b\" }\n");
        assert_eq!(text, expected);
        assert_eq!(written(&text, &of(&[("one", Some((12, 11))), ("two", Some((3, 0)))])).unwrap(), text);
        assert_eq!(written(&text, &of(&[("one", None), ("two", None)])).unwrap(), FILE);
    }

    #[test]
    fn figures_are_replaced_where_they_stand() {
        let file = "[[phrase]]\nid = \"one\"\nmeasured = {hits=1,right=1,set=\"a+b\"} # kept\nconfidence = 1\n";
        assert_eq!(written(file, &of(&[("one", Some((1, 1)))])).unwrap(), file, "equal figures are left as written");
        let text = written(file, &of(&[("one", Some((2, 1)))])).unwrap();
        assert_eq!(text, file.replace("{hits=1,right=1,set=\"a+b\"}", "{ hits = 2, right = 1, set = \"a+b\" }"));
        let text = written(file, &of(&[("one", None)])).unwrap();
        assert_eq!(text, "[[phrase]]\nid = \"one\"\n# kept\nconfidence = 1\n");
    }

    #[test]
    fn line_ends_and_a_missing_last_one() {
        let file = "[[phrase]]\r\nid = \"one\"\r\nslow = true\r\n";
        let text = written(file, &of(&[("one", Some((1, 0)))])).unwrap();
        let line = "measured = { hits = 1, right = 0, set = \"a+b\" }";
        assert_eq!(text, format!("[[phrase]]\r\nid = \"one\"\r\n{line}\r\nslow = true\r\n"));
        assert_eq!(written(&text, &of(&[("one", None)])).unwrap(), file);
        let text = written("[[phrase]]\nid = \"one\"", &of(&[("one", Some((1, 0)))])).unwrap();
        assert_eq!(text, format!("[[phrase]]\nid = \"one\"\n{line}\n"));
    }

    #[test]
    fn rules_in_braces() {
        let file = "phrase = [{ id = \"one\", slow = true }, { id = \"two\", confidence = 0.5 }]\n";
        let wanted = of(&[("one", Some((1, 0))), ("two", Some((2, 2)))]);
        let text = written(file, &wanted).unwrap();
        assert!(text.contains("id = \"one\", measured = { hits = 1, right = 0, set = \"a+b\" }, slow"), "{text}");
        assert_eq!(written(&text, &wanted).unwrap(), text);
        assert_eq!(written(&text, &of(&[("one", None), ("two", None)])).unwrap(), file);
    }

    #[test]
    fn what_cannot_be_done_is_said() {
        let dotted = "[[phrase]]\nid = \"one\"\nmeasured.hits = 1\n";
        assert!(written(dotted, &of(&[("one", None)])).unwrap_err().contains("measured of one"));
        let header = "[[phrase]]\nid = \"one\"\n[phrase.measured]\nhits = 1\n";
        assert!(written(header, &of(&[("one", Some((1, 1)))])).unwrap_err().contains("measured of one"));
        assert!(written(FILE, &of(&[("three", None)])).unwrap_err().contains("three"));
        assert!(written("[[phrase]\n", &of(&[])).unwrap_err().contains("TOML"));
        assert_eq!(written(FILE, &of(&[])).unwrap(), FILE);
    }

    #[test]
    fn a_set_may_be_called_anything() {
        let wanted = BTreeMap::from([(
            "one".to_owned(),
            Some(Measured { hits: 1, right: 1, set: "a \"b\" \\ 'c'".to_owned() }),
        )]);
        let text = written(FILE, &wanted).unwrap();
        assert_eq!(written(&text, &wanted).unwrap(), text);
    }
}
