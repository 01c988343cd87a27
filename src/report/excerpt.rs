//! In: spans of a sentence and what to write there. Out: the line as it is and as it would be, wrapped, the places marked.

use crate::document::Document;
use crate::finding::Span;
use colored::Colorize;
use unicode_width::UnicodeWidthChar;

/// Context shown on either side of the marked places where a sentence is long, in bytes.
const CONTEXT: usize = 160;

/// A place to mark, with what would stand there.
#[derive(Clone, Debug)]
pub(super) struct Edit {
    pub(super) span: Span,
    pub(super) text: Option<String>,
}

/// A character with whether it is marked.
type Marked = (char, bool);

/// The part of the text around a span that is worth showing: its sentences.
pub(super) fn sentence(document: &Document, span: Span) -> Span {
    let first = document.sentences.partition_point(|sentence| sentence.span.end < span.start.max(1));
    let mut shown = span;
    for sentence in document.sentences.iter().skip(first).take_while(|sentence| sentence.span.start <= span.end) {
        shown = shown.cover(sentence.span);
    }
    shown
}

/// The lines that show `shown`: before, and after where an edit has a text.
pub(super) fn lines(document: &Document, shown: Span, edits: &[Edit], width: usize, colour: bool) -> Vec<String> {
    let (Some(first), Some(last)) = (edits.first(), edits.iter().map(|edit| edit.span.end).max()) else {
        return Vec::new();
    };
    let prose = document.prose();
    let window = window(prose, shown, first.span.start, last);
    let mut out = Vec::new();
    let before = compose(prose, window, shown, edits, false);
    out.extend(wrapped(&before, false, width, colour));
    if edits.iter().any(|edit| edit.text.is_some()) {
        let after = compose(prose, window, shown, edits, true);
        out.extend(wrapped(&after, true, width, colour));
    }
    out
}

fn window(prose: &str, shown: Span, first: u32, last: u32) -> Span {
    let boundary = |mut at: usize| {
        while at < prose.len()
            && !(prose.is_char_boundary(at) && prose.get(at..).is_some_and(|rest| rest.starts_with(' ')))
        {
            at += 1;
        }
        at
    };
    let start = first as usize;
    let start = if start.saturating_sub(shown.start as usize) > CONTEXT * 2 {
        boundary(start - CONTEXT) + 1
    } else {
        shown.start as usize
    };
    let start = start.min(first as usize);
    let end = last as usize;
    let end = if (shown.end as usize).saturating_sub(end) > CONTEXT * 2 {
        boundary(end + CONTEXT)
    } else {
        shown.end as usize
    };
    Span::new(start, end.max(last as usize).min(prose.len()))
}

fn compose(prose: &str, window: Span, shown: Span, edits: &[Edit], after: bool) -> Vec<Marked> {
    let mut out: Vec<Marked> = Vec::new();
    let push = |text: &str, marked: bool, out: &mut Vec<Marked>| {
        for c in text.chars() {
            let blank = c.is_whitespace();
            let c = if blank {
                ' '
            } else if c.is_control() {
                '\u{FFFD}'
            } else {
                c
            };
            // Line breaks and runs of blanks are one blank, but a marked blank is what the finding is about.
            if !(blank && !marked && out.last().is_some_and(|(last, _)| *last == ' ')) {
                out.push((c, marked));
            }
        }
    };
    if window.start > shown.start {
        push("… ", false, &mut out);
    }
    let mut at = window.start;
    for edit in edits {
        if edit.span.start < at {
            continue;
        }
        push(Span { start: at, end: edit.span.start }.of(prose), false, &mut out);
        match (&edit.text, after) {
            (Some(text), true) => {
                if edit.span.is_empty()
                    && out.last().is_some_and(|(last, _)| *last != ' ')
                    && text.starts_with(char::is_alphanumeric)
                {
                    push(" ", false, &mut out);
                }
                push(text, true, &mut out);
            }
            (_, false) if edit.span.is_empty() => push("‸", true, &mut out),
            _ => push(edit.span.of(prose), !after, &mut out),
        }
        at = edit.span.end;
    }
    push(Span { start: at, end: window.end.max(at) }.of(prose), false, &mut out);
    if window.end < shown.end {
        push(" …", false, &mut out);
    }
    out
}

fn wrapped(text: &[Marked], after: bool, width: usize, colour: bool) -> Vec<String> {
    let room = width.saturating_sub(6).max(20);
    let mut out = Vec::new();
    for (index, line) in break_lines(text, room).into_iter().enumerate() {
        let sign = match (index, after) {
            (0, false) => "- ",
            (0, true) => "+ ",
            _ => "  ",
        };
        out.push(format!("  {}", paint(line, sign, after)));
        if !colour && line.iter().any(|(_, marked)| *marked) {
            out.push(format!("    {}", carets(line)));
        }
    }
    out
}

fn break_lines(text: &[Marked], room: usize) -> Vec<&[Marked]> {
    let mut lines = Vec::new();
    let (mut start, mut blank, mut columns) = (0, None, 0);
    for (index, (c, _)) in text.iter().enumerate() {
        columns += c.width().unwrap_or(0);
        if *c == ' ' {
            blank = Some(index);
        }
        if columns > room {
            // A word longer than a line is broken where it is.
            let end = blank.filter(|blank| *blank > start).unwrap_or(index);
            lines.push(text.get(start..end).unwrap_or(&[]));
            start = if text.get(end).is_some_and(|(c, _)| *c == ' ') { end + 1 } else { end };
            columns = text.get(start..=index).unwrap_or(&[]).iter().map(|(c, _)| c.width().unwrap_or(0)).sum();
            blank = None;
        }
    }
    if start < text.len() {
        lines.push(text.get(start..).unwrap_or(&[]));
    }
    lines
}

fn paint(line: &[Marked], sign: &str, after: bool) -> String {
    let plain = |text: &str| if after { text.green() } else { text.red() };
    let mut out = plain(sign).to_string();
    for run in line.chunk_by(|a, b| a.1 == b.1) {
        let text: String = run.iter().map(|(c, _)| c).collect();
        let marked = run.first().is_some_and(|(_, marked)| *marked);
        out.push_str(&if marked { plain(&text).bold().reversed() } else { plain(&text) }.to_string());
    }
    out
}

fn carets(line: &[Marked]) -> String {
    let marks: String =
        line.iter().map(|(c, marked)| if *marked { "^" } else { " " }.repeat(c.width().unwrap_or(0))).collect();
    marks.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Reader;
    use crate::lexicon::Lexicon;
    use crate::source::Source;

    fn shown(text: &str, edits: &[(&str, Option<&str>)], width: usize) -> Vec<String> {
        let document = Reader::new().read(Source::plain(text.to_owned()), &Lexicon::default());
        let edits: Vec<Edit> = edits
            .iter()
            .map(|(word, new)| {
                let at = text.find(word).unwrap();
                Edit { span: Span::new(at, at + word.len()), text: new.map(str::to_owned) }
            })
            .collect();
        colored::control::set_override(false);
        lines(&document, sentence(&document, edits[0].span), &edits, width, false)
    }

    #[test]
    fn two_places_of_one_line_are_shown_together() {
        let lines =
            shown("First. They behead the haze, he said. Last.", &[("behead", Some("topple")), ("haze", None)], 80);
        assert_eq!(
            lines,
            [
                "  - They behead the haze, he said.",
                "         ^^^^^^     ^^^^",
                "  + They topple the haze, he said.",
                "         ^^^^^^",
            ]
        );
    }

    #[test]
    fn lines_are_broken_at_words_and_wide_letters_count_twice() {
        let lines = shown("one two three four five six seven 漢字 eight nine ten eleven.", &[("eight", None)], 30);
        assert_eq!(
            lines,
            [
                "  - one two three four five",
                "    six seven 漢字 eight",
                "                   ^^^^^",
                "    nine ten eleven."
            ]
        );
    }
}
