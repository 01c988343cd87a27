//! In: words to put in a place of a text. Out: how its markup writes them, or that it cannot.

use super::Format;
use crate::finding::Span;
use std::fmt::Write;

/// `words` as they are written in the decoded `text` in place of the bytes `place`.
pub(super) fn escaped(format: Format, text: &str, place: Span, words: &str) -> Option<String> {
    match format {
        Format::Plain => Some(words.to_owned()),
        Format::Html | Format::Xhtml => Some(html(words)),
        // A blank line would end the cue; a line's end is the subtitler's to set.
        Format::Srt | Format::Vtt if words.contains(['\n', '\r']) || words.contains("-->") => None,
        Format::Vtt => Some(html(words)),
        Format::Srt => Some(words.to_owned()),
        Format::Docx => None,
        Format::Markdown => markdown(text, place, words),
    }
}

fn html(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // Written out, so that editors see it; XML knows the number only.
            '\u{A0}' => out.push_str("&#160;"),
            _ => out.push(c),
        }
    }
    out
}

/// A mark that could be markup stands behind a backslash; a line that would begin a list, a heading or another block is not written.
fn markdown(text: &str, place: Span, words: &str) -> Option<String> {
    if words.contains(['\n', '\r']) {
        return None;
    }
    let before = text.get(..place.start as usize)?;
    let line = before.rsplit(['\n', '\r']).next().unwrap_or("");
    let begins = line.trim_start_matches([' ', '\t', '>']).is_empty();
    let behind = text.get(place.end as usize..).and_then(|rest| rest.chars().next());
    let digits = words.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = digits.len() < words.len()
        && (digits.starts_with(['.', ')']) || (digits.is_empty() && matches!(behind, Some('.' | ')'))));
    if begins && (numbered || words.starts_with(['#', '+', '-', '=', '~', ':', ' ', '\t'])) {
        return None;
    }
    // Deleting the first words of a line lets those behind begin it.
    if begins && words.is_empty() && !behind.is_some_and(char::is_alphabetic) {
        return None;
    }
    let mut out = String::with_capacity(words.len());
    for (at, c) in words.char_indices() {
        let entity = c == '&' && words.get(at..).is_some_and(|rest| super::reference::reference(rest).is_some());
        if entity || matches!(c, '*' | '_' | '`' | '[' | ']' | '<' | '>' | '\\' | '~' | '|' | '$') {
            let _ = write!(out, "\\{c}");
        } else {
            out.push(c);
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::{Format, Span, escaped};

    fn written(format: Format, text: &str, at: usize, words: &str) -> Option<String> {
        escaped(format, text, Span::new(at, at + 1), words)
    }

    #[test]
    fn marks_of_html_become_entities() {
        assert_eq!(written(Format::Html, "x", 0, "R&D <now>").unwrap(), "R&amp;D &lt;now&gt;");
        assert_eq!(written(Format::Plain, "x", 0, "R&D <now>").unwrap(), "R&D <now>");
    }

    #[test]
    fn marks_of_markdown_are_escaped_and_lines_stay_lines() {
        assert_eq!(written(Format::Markdown, "a x b", 2, "R&D *now* &amp;").unwrap(), "R&D \\*now\\* \\&amp;");
        assert_eq!(written(Format::Markdown, "x b", 0, "- no"), None);
        assert_eq!(written(Format::Markdown, "a\n> x. b", 4, "1984"), None);
        assert_eq!(written(Format::Markdown, "a\n> x b", 4, "1984").unwrap(), "1984");
        assert_eq!(written(Format::Markdown, "a x b", 2, "one\ntwo"), None);
    }
}
