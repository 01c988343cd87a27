//! In: a rule's example with its marks. Out: the bare text and the findings it must give.

use crate::finding::Span;

/// A finding an example expects.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Expected {
    /// Bytes of the bare text; empty for a gap.
    pub span: Span,
    /// The first suggestion, where the example names one.
    pub suggestion: Option<String>,
}

/// An example taken apart.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Example {
    /// Without marks.
    pub text: String,
    /// In order.
    pub expected: Vec<Expected>,
}

/// Takes an example apart: `[span]`, `[span -> word]`, `[ -> word]` for a gap, `\[` for a bracket.
///
/// # Errors
/// The byte of a bracket that is not closed, or closes nothing.
pub fn parse(marked: &str) -> Result<Example, usize> {
    let mut example = Example { text: String::with_capacity(marked.len()), expected: Vec::new() };
    // The start of the open span in the bare text, and of its bracket in the marked one.
    let mut open: Option<(usize, usize)> = None;
    let mut at = 0;
    while let Some(c) = marked.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = marked.get(at + c.len_utf8()..).unwrap_or("");
        match c {
            '\\' if rest.starts_with(['[', ']', '\\']) => {
                example.text.push_str(rest.get(..1).unwrap_or(""));
                at += 2;
                continue;
            }
            '[' if open.is_none() => open = Some((example.text.len(), at)),
            '[' => return Err(at),
            ']' => {
                let (start, _) = open.take().ok_or(at)?;
                let inside = example.text.split_off(start);
                let (span, suggestion) = match inside.split_once("->") {
                    // Only the blanks that set off the arrow belong to the mark.
                    Some((span, new)) => {
                        (span.strip_suffix(' ').unwrap_or(span), Some(new.strip_prefix(' ').unwrap_or(new).to_owned()))
                    }
                    None => (inside.as_str(), None),
                };
                example.text.push_str(span);
                example.expected.push(Expected { span: Span::new(start, start + span.len()), suggestion });
            }
            other => example.text.push(other),
        }
        at += c.len_utf8();
    }
    match open {
        Some((_, at)) => Err(at),
        None => Ok(example),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_become_spans_and_suggestions() {
        let example = parse(r"Rebels [behead -> topple] the [x] cabinet [ -> now] \[sic\].").unwrap();
        assert_eq!(example.text, "Rebels behead the x cabinet  [sic].");
        let seen: Vec<_> = example
            .expected
            .iter()
            .map(|expected| (expected.span.of(&example.text).to_owned(), expected.suggestion.as_deref()))
            .collect();
        assert_eq!(seen, [("behead".into(), Some("topple")), ("x".into(), None), (String::new(), Some("now"))]);
        assert_eq!(parse("a [b"), Err(2));
        assert_eq!(parse("a b]"), Err(3));
    }
}
