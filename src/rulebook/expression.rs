//! In: the regular expression of a rule. Out: it compiled, bounded in size.

use regex::{Regex, RegexBuilder};

/// Compiles a regular expression of a rule: `^` and `$` are the ends of a line; bounded, since packs may come from strangers.
///
/// # Errors
/// What is wrong with the expression.
pub fn expression(text: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(&ascii_boundaries(text))
        .multi_line(true)
        .size_limit(1 << 20)
        .dfa_size_limit(1 << 20)
        .nest_limit(64)
        .build()
}

/// Word boundaries by ASCII letters: with those of Unicode a line that holds one curly mark is searched by the slowest engine.
#[must_use]
pub fn ascii_boundaries(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        let (head, tail) = rest.split_at(at);
        out.push_str(head);
        let escaped = tail.chars().nth(1).map_or(0, char::len_utf8);
        let (sequence, after) = tail.split_at(1 + escaped);
        match sequence {
            r"\b" => out.push_str(r"(?-u:\b)"),
            other => out.push_str(other),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The same expression for an engine that knows no classes and cases beyond ASCII: all of them written out. Empty where the
/// expression is none, or asks for more than that engine knows.
#[must_use]
pub fn written_out(text: &str) -> String {
    let parser =
        regex_syntax::ParserBuilder::new().multi_line(true).nest_limit(64).build().parse(&ascii_boundaries(text));
    let Ok(hir) = parser else { return String::new() };
    // What engines disagree on: word boundaries are ASCII already, bytes have no place in a text.
    let text = hir.to_string().replace(r"(?-u:\b)", r"\b");
    if text.contains("(?-u:") || text.contains("(?mR:") || text.contains(r"\b{") { String::new() } else { text }
}
