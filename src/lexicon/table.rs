//! Tables of packs (TSV). In: the text of a file. Out: header and rows, each cell with its place, and errors that name it.

use thiserror::Error;

/// What is wrong in a table, and where.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[error("{file}:{line}:{column}: {message}; {help}")]
pub struct TableError {
    /// The file as the caller named it.
    pub file: String,
    /// From 1.
    pub line: usize,
    /// From 1, in Unicode scalars.
    pub column: usize,
    /// Unicode scalars to mark, at least 1.
    pub width: usize,
    /// What is wrong.
    pub message: String,
    /// What was expected, or how to mend it.
    pub help: String,
}

/// A cell: its text without surrounding spaces, and where that begins.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Cell<'a> {
    /// The text; empty where the line is shorter than the header.
    pub text: &'a str,
    /// From 1.
    pub line: usize,
    /// From 1, in Unicode scalars.
    pub column: usize,
}

impl<'a> Cell<'a> {
    /// The values of a cell, separated by this text, empty ones left out.
    pub fn split(self, separator: &'a str) -> impl Iterator<Item = Cell<'a>> {
        let mut column = self.column;
        self.text.split(separator).filter_map(move |piece| {
            let cell = trimmed(piece, self.line, column);
            column += piece.chars().count() + separator.chars().count();
            (!cell.text.is_empty()).then_some(cell)
        })
    }

    /// An error at this cell.
    #[must_use]
    pub fn error(self, file: &str, message: impl Into<String>, help: impl Into<String>) -> TableError {
        TableError {
            file: file.to_owned(),
            line: self.line,
            column: self.column,
            width: self.text.chars().count().max(1),
            message: message.into(),
            help: help.into(),
        }
    }
}

/// A line of a table below its header.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row<'a> {
    /// From 1.
    pub line: usize,
    /// As many as the header has, or more where the line has too many.
    pub cells: Vec<Cell<'a>>,
}

/// A table as written.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Table<'a> {
    /// Names of the columns.
    pub header: Vec<Cell<'a>>,
    /// The lines below, without comments and empty lines.
    pub rows: Vec<Row<'a>>,
}

/// Cuts a table into its cells: tabs between cells, the first line that is not a comment (#) or empty is the header.
#[must_use]
pub fn rows(text: &str) -> Table<'_> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut table = Table::default();
    for (number, line) in text.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let mut column = 1;
        let mut cells: Vec<Cell<'_>> = Vec::with_capacity(table.header.len());
        for piece in line.split('\t') {
            cells.push(trimmed(piece, number + 1, column));
            column += piece.chars().count() + 1;
        }
        if table.header.is_empty() {
            table.header = cells;
            continue;
        }
        while cells.len() < table.header.len() {
            cells.push(Cell { text: "", line: number + 1, column });
        }
        table.rows.push(Row { line: number + 1, cells });
    }
    table
}

impl<'a> Table<'a> {
    /// The index of a column.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|cell| cell.text == name)
    }

    /// The cell of a row in a column; an empty one where there is no such column.
    #[must_use]
    pub fn cell(&self, row: &Row<'a>, name: &str) -> Cell<'a> {
        let cell = self.column(name).and_then(|column| row.cells.get(column)).copied();
        cell.unwrap_or(Cell { text: "", line: row.line, column: 1 })
    }

    /// Errors of the table's form: no header, a column that is missing, unknown (unless `more`) or there twice, a line with too many cells.
    #[must_use]
    pub fn check(&self, file: &str, required: &[&str], optional: &[&str], more: bool) -> Vec<TableError> {
        let mut errors = Vec::new();
        let known = || required.iter().chain(optional);
        let list = || known().copied().collect::<Vec<_>>().join(", ");
        let top = Cell { text: "", line: self.header.first().map_or(1, |cell| cell.line), column: 1 };
        for name in required.iter().filter(|name| self.column(name).is_none()) {
            errors.push(top.error(
                file,
                format!("the table has no column “{name}”"),
                format!("the first line names the columns, with tabs between them: {}", list()),
            ));
        }
        for (index, cell) in self.header.iter().enumerate() {
            if self.column(cell.text) != Some(index) {
                errors.push(cell.error(file, format!("column “{}” is there twice", cell.text), "keep one of them"));
            } else if !more && !known().any(|name| *name == cell.text) {
                let near = known()
                    .map(|name| (strsim::damerau_levenshtein(name, cell.text), name))
                    .min()
                    .filter(|(distance, _)| *distance <= 2)
                    .map_or_else(|| format!("columns are: {}", list()), |(_, name)| format!("did you mean “{name}”?"));
                errors.push(cell.error(file, format!("unknown column “{}”", cell.text), near));
            }
        }
        for row in &self.rows {
            if let Some(cell) = row.cells.get(self.header.len()) {
                errors.push(cell.error(
                    file,
                    format!("{} cells where the header has {}", row.cells.len(), self.header.len()),
                    "remove the tabs that are too many",
                ));
            }
        }
        errors
    }
}

fn trimmed(piece: &str, line: usize, column: usize) -> Cell<'_> {
    let start = piece.trim_start();
    let column = column + piece.chars().count() - start.chars().count();
    Cell { text: start.trim_end(), line, column }
}
