//! In: a table of a `[[lexicon]]` or `[[term]]` rule. Out: one matcher a row and form.

use super::super::error::RuleError;
use super::super::keys::{File, Located};
use super::super::pattern::compile;
use super::super::pattern::parse::{Node, parse};
use super::super::template::{Part, Template};
use super::super::written::Inflect;
use super::PackScope;
use crate::language;
use crate::lexicon::table::{self, Cell, Table, TableError};

/// A matcher without its rule.
pub(super) struct RowMatcher {
    /// What to match.
    pub compiled: compile::Compiled,
    /// The row.
    pub row: u32,
    /// Terms: which form, 0 the preferred one.
    pub form: u16,
    /// Terms: only a mixture is wrong.
    pub consistent: bool,
    /// What to write instead.
    pub suggest: Vec<Template>,
    /// Exceptions.
    pub unless: Vec<super::super::pattern::program::Program>,
    /// Columns by header.
    pub values: Vec<(String, String)>,
}

/// The table a rule names.
pub(super) fn open<'a>(from: &Located, scope: &PackScope<'a>, file: &mut File<'_>) -> Option<(&'a str, String)> {
    let found = scope.files.files.get(&from.text);
    if found.is_none() {
        let names = scope.files.files.keys().filter(|name| name.ends_with(".tsv")).map(String::as_str);
        let help = super::super::pattern::parse::nearest(&from.text, names).map_or_else(
            || "the table stands beside the rule file".to_owned(),
            |near| format!("did you mean “{near}”?"),
        );
        file.error(from.range.clone(), format!("no file “{}” in this pack", from.text), help);
    }
    found.map(|text| (text.as_str(), scope.files.path(&from.text)))
}

/// A table's error as an error of the pack, with the line shown.
pub(super) fn table_error(error: &TableError, text: &str) -> RuleError {
    RuleError {
        file: error.file.clone(),
        line: error.line,
        column: error.column,
        text: text.lines().nth(error.line.saturating_sub(1)).unwrap_or("").to_owned(),
        width: error.width,
        message: error.message.clone(),
        help: error.help.clone(),
    }
}

/// Nodes for words as they stand: small letters match any case, capitals are meant.
fn words(text: &str) -> Vec<Node> {
    super::tokens(&text.replace('’', "'"))
        .into_iter()
        .map(|token| if token.chars().any(char::is_uppercase) { Node::Exact(token) } else { Node::Form(token) })
        .collect()
}

/// The word as a lemma, where it is one.
fn inflected(node: Node) -> Node {
    match node {
        Node::Form(form) if language::is_lemma(&form, None) => Node::Lemma { lemma: form, class: None, forms: None },
        other => other,
    }
}

fn pattern(cell: Cell<'_>, inflect: Inflect, path: &str, errors: &mut Vec<TableError>) -> Option<compile::Compiled> {
    let mut nodes = words(cell.text);
    match inflect {
        Inflect::No => {}
        Inflect::Last => {
            if let Some(last) = nodes.pop() {
                nodes.push(inflected(last));
            }
        }
        Inflect::All => nodes = nodes.into_iter().map(inflected).collect(),
    }
    match compile::compile(&Node::Sequence(nodes)) {
        Some(mut compiled) if !compiled.anchors.is_empty() => {
            // The head of a term is its last word: the replacement takes its form.
            compiled.program.follow_last = true;
            Some(compiled)
        }
        _ => {
            errors.push(cell.error(
                path,
                format!("“{}” matches nothing", cell.text),
                "write the words as they stand in a text",
            ));
            None
        }
    }
}

/// The replacement, its last word inflected like the match's.
fn replacement(right: &str, inflect: Inflect) -> Template {
    let last = right.rsplit(' ').next().unwrap_or(right);
    if inflect == Inflect::No || !language::is_lemma(last, None) || last.is_empty() {
        return Template::plain(right);
    }
    let head = right.get(..right.len() - last.len()).unwrap_or("");
    let mut parts = Template::plain(head).0;
    parts.push(Part::Inflected(last.to_owned()));
    Template(parts)
}

fn columns(table: &Table<'_>, row: &table::Row<'_>) -> Vec<(String, String)> {
    table
        .header
        .iter()
        .zip(&row.cells)
        .filter(|(name, _)| !matches!(name.text, "garbled" | "variants" | "unless"))
        .map(|(name, cell)| (name.text.to_owned(), cell.text.to_owned()))
        .collect()
}

/// Rows of a lexicon.
pub(super) fn lexicon(
    text: &str,
    path: &str,
    inflect: Inflect,
    out: &mut Vec<RowMatcher>,
) -> (Vec<RuleError>, Vec<String>) {
    let table = table::rows(text);
    let mut errors = table.check(path, &["garbled", "right"], &[], true);
    let mut seen: std::collections::HashMap<&str, usize> = std::collections::HashMap::new();
    for (number, row) in table.rows.iter().enumerate() {
        let (garbled, right) = (table.cell(row, "garbled"), table.cell(row, "right"));
        if garbled.text.is_empty() {
            errors.push(garbled.error(path, "garbled is empty", "fill it, or take the line away"));
            continue;
        }
        if let Some(line) = seen.insert(garbled.text, row.line) {
            errors.push(garbled.error(
                path,
                format!("“{}” stands in line {line} already", garbled.text),
                "keep one of them",
            ));
        }
        let Some(compiled) = pattern(garbled, inflect, path, &mut errors) else { continue };
        out.push(RowMatcher {
            compiled,
            row: number as u32,
            form: 1,
            consistent: false,
            suggest: right.split("|").map(|one| replacement(one.text, inflect)).collect(),
            unless: Vec::new(),
            values: columns(&table, row),
        });
    }
    let names = table.header.iter().map(|cell| cell.text.to_owned()).collect();
    (errors.iter().map(|error| table_error(error, text)).collect(), names)
}

/// One term: its preferred form and its variants.
pub(super) fn term(
    prefer: &str,
    variants: &[&str],
    consistent: bool,
    row: u32,
    out: &mut Vec<RowMatcher>,
) -> Result<(), String> {
    for (form, text) in std::iter::once(&prefer).chain(variants).enumerate() {
        let compiled = compile::compile(&Node::Sequence(words(text))).filter(|compiled| !compiled.anchors.is_empty());
        let Some(compiled) = compiled else { return Err(format!("“{text}” matches nothing")) };
        out.push(RowMatcher {
            compiled,
            row,
            form: form as u16,
            consistent,
            suggest: vec![Template::plain(prefer)],
            unless: Vec::new(),
            values: vec![("prefer".to_owned(), prefer.to_owned())],
        });
    }
    Ok(())
}

/// Rows of a table of terms.
pub(super) fn terms(
    text: &str,
    path: &str,
    consistent: bool,
    scope: &PackScope<'_>,
    out: &mut Vec<RowMatcher>,
) -> Vec<RuleError> {
    let table = table::rows(text);
    let mut errors = table.check(path, &["prefer", "variants"], &["unless", "policy", "note"], true);
    for (number, row) in table.rows.iter().enumerate() {
        let (prefer, variants) = (table.cell(row, "prefer"), table.cell(row, "variants"));
        if prefer.text.is_empty() || variants.text.is_empty() {
            errors.push(prefer.error(path, "a term needs prefer and variants", "fill both, or take the line away"));
            continue;
        }
        let policy = table.cell(row, "policy");
        let consistent = match policy.text {
            "" => consistent,
            "prefer" => false,
            "consistent" => true,
            other => {
                errors.push(policy.error(path, format!("unknown policy “{other}”"), "prefer or consistent"));
                consistent
            }
        };
        let variants: Vec<&str> = variants.split("|").map(|variant| variant.text).collect();
        let first = out.len();
        if let Err(message) = term(prefer.text, &variants, consistent, number as u32, out) {
            errors.push(prefer.error(path, message, "write the words as they stand in a text"));
        }
        let mut unless = Vec::new();
        for exception in table.cell(row, "unless").split(";;") {
            match parse(exception.text, &super::scope(&scope.lists)).map(|node| compile::compile(&node)) {
                Ok(Some(compiled)) => unless.push(compiled.program),
                Ok(None) => errors.push(exception.error(path, "this pattern is too long", "write it as several")),
                Err(error) => {
                    let column =
                        exception.column + exception.text.get(..error.at).map_or(0, |head| head.chars().count());
                    let place = Cell { text: exception.text.get(error.at..).unwrap_or(""), column, ..exception };
                    errors.push(place.error(path, error.message, error.help));
                }
            }
        }
        for matcher in out.iter_mut().skip(first) {
            matcher.unless.clone_from(&unless);
        }
    }
    errors.iter().map(|error| table_error(error, text)).collect()
}
