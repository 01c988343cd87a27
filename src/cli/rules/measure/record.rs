//! In: a line of JSON. Out: the texts to measure on, each with what is known to be wrong in it, or what is wrong with the line.

use crate::finding::{Place, Span};
use crate::source::Source;
use serde::Deserialize;

/// How many scalars a finding may be longer than the marked place, or how many times as long, to be right in a strict count.
const LONGER_BY: usize = 40;
const TIMES: usize = 3;

/// A text to measure on.
#[derive(Debug)]
pub(super) struct Text {
    /// The name of its set.
    pub(super) set: String,
    pub(super) source: Source,
    /// The article's date: year, month, day.
    pub(super) date: Option<(i16, u8, u8)>,
    pub(super) truth: Truth,
}

/// What is known of a text.
#[derive(PartialEq, Eq, Debug)]
pub(super) enum Truth {
    /// Nothing is wrong in it.
    Clean,
    /// These places are wrong, the rest is not.
    Marked(Vec<Mark>),
    /// Something is wrong, no one says where.
    Unplaced,
}

/// A place that is known to be wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Mark {
    /// What a finding must overlap, in bytes: the place, or the words on both sides of a place where words are missing.
    reach: Span,
    /// Length of the place in Unicode scalars.
    pub(super) chars: usize,
}

impl Mark {
    fn meets(&self, place: Place) -> bool {
        match place {
            Place::Document => true,
            Place::Gap(at) => self.reach.start <= at && at <= self.reach.end,
            Place::Span(span) if span.is_empty() => self.reach.start <= span.start && span.start <= self.reach.end,
            Place::Span(span) => self.reach.overlaps(span),
        }
    }
}

/// Whether a finding stands on a marked place; in a strict count it must not be much longer than the place.
pub(super) fn right(marks: &[Mark], prose: &str, place: Place, strict: bool) -> bool {
    let chars = place.span().map_or_else(|| prose.chars().count(), |span| span.of(prose).chars().count());
    let fits = |mark: &Mark| !strict || chars <= (mark.chars * TIMES).max(mark.chars + LONGER_BY);
    marks.iter().any(|mark| mark.meets(place) && fits(mark))
}

/// A record; other keys are ignored.
#[derive(Deserialize)]
struct Record {
    set: Option<String>,
    text: Option<String>,
    garbled: Option<String>,
    clean_text: Option<String>,
    original: Option<String>,
    date: Option<String>,
    label: Option<String>,
    spans: Option<Vec<Marked>>,
    changes: Option<Vec<Change>>,
    words: Option<Vec<(usize, usize, String)>>,
}

/// Offsets in Unicode scalars into `text`.
#[derive(Deserialize)]
struct Marked {
    start: usize,
    end: usize,
}

/// Offsets in Unicode scalars into `garbled`.
#[derive(Deserialize)]
struct Change {
    garbled_start: usize,
    garbled_end: usize,
}

/// The texts of a record: the one to be judged, and its clean counterparts. With `clean`, only what is clean in it.
///
/// # Errors
/// What is wrong with the line.
pub(super) fn read(line: &[u8], file: &str, clean: bool) -> Result<Vec<Text>, String> {
    let mut record: Record = serde_json::from_slice(line).map_err(|error| {
        let reason = error.to_string();
        let reason = reason.split(" at line ").next().unwrap_or("");
        format!("no record: {reason} at column {}", error.column())
    })?;
    let date = record.date.as_deref().map(date).transpose()?;
    let set = record.set.clone().unwrap_or_else(|| file.to_owned());
    let of = |text: String, truth| Text { set: set.clone(), source: Source::plain(text), date, truth };
    let mut texts = Vec::new();
    if let Some(text) = record.text.take().or_else(|| record.garbled.clone()) {
        let truth = truth(&record, &text)?;
        if !clean || truth == Truth::Clean {
            texts.push(of(text, truth));
        }
    } else if !clean {
        return Err("no text: a record has \"text\", or \"garbled\"".to_owned());
    }
    texts.extend([record.clean_text, record.original].into_iter().flatten().map(|text| of(text, Truth::Clean)));
    if texts.is_empty() {
        return Err(
            "no clean text in it: \"text\" without spans, \"clean_text\" or \"original\" is expected".to_owned()
        );
    }
    Ok(texts)
}

fn date(text: &str) -> Result<(i16, u8, u8), String> {
    let date = text.get(..10).unwrap_or(text).parse::<jiff::civil::Date>();
    let date = date.map_err(|_| format!("no date: {text:?}; YYYY-MM-DD is expected"))?;
    Ok((date.year(), date.month().unsigned_abs(), date.day().unsigned_abs()))
}

fn truth(record: &Record, text: &str) -> Result<Truth, String> {
    let spans = record.spans.iter().flatten().map(|span| (span.start, span.end));
    let changes = record.changes.iter().flatten().map(|change| (change.garbled_start, change.garbled_end));
    let mut places: Vec<(usize, usize)> = spans.chain(changes).collect();
    if places.is_empty() {
        let words = record.words.iter().flatten().filter(|(.., tag)| tag == "BAD");
        places.extend(words.map(|(start, end, _)| (*start, *end)));
    }
    let bad = match record.label.as_deref() {
        Some("BAD") => true,
        Some("OK") if places.is_empty() => return Ok(Truth::Clean),
        Some("OK") => return Err("labelled OK, but with places that are wrong".to_owned()),
        Some(other) => return Err(format!("unknown label {other:?}: BAD or OK")),
        // A garbled text whose changes no one counted is not known to be clean.
        None => !places.is_empty() || (record.garbled.is_some() && record.changes.is_none()),
    };
    match (bad, places.is_empty()) {
        (true, true) => Ok(Truth::Unplaced),
        (true, false) => marks(text, &places).map(Truth::Marked),
        (false, _) => Ok(Truth::Clean),
    }
}

/// Places in Unicode scalars become marks in bytes.
fn marks(text: &str, places: &[(usize, usize)]) -> Result<Vec<Mark>, String> {
    let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let mut marks = Vec::with_capacity(places.len());
    for (index, (start, end)) in places.iter().enumerate() {
        let number = index + 1;
        if start > end {
            return Err(format!("place {number} starts at {start} and ends before that, at {end}"));
        }
        let (Some(from), Some(to)) = (bytes.get(*start), bytes.get(*end)) else {
            let length = bytes.len() - 1;
            return Err(format!("place {number} ends at {end}, but the text has {length} characters"));
        };
        let reach = if from == to { neighbours(text, *from) } else { Span::new(*from, *to) };
        marks.push(Mark { reach, chars: end - start });
    }
    Ok(marks)
}

/// The words on both sides of a byte offset.
fn neighbours(text: &str, at: usize) -> Span {
    let (head, tail) = text.split_at(at);
    let before = head.trim_end();
    let start = before
        .rfind(char::is_whitespace)
        .map_or(0, |space| space + before.get(space..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8));
    let after = tail.trim_start();
    let end = text.len() - after.len() + after.find(char::is_whitespace).unwrap_or(after.len());
    Span::new(start, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(line: &str) -> Text {
        let mut texts = read(line.as_bytes(), "file", false).unwrap();
        texts.remove(0)
    }

    fn wrong(line: &str) -> String {
        read(line.as_bytes(), "file", false).unwrap_err()
    }

    fn judged(text: &Text, found: &str, strict: bool) -> bool {
        let Truth::Marked(marks) = &text.truth else { panic!("not marked") };
        let prose = text.source.prose();
        let start = prose.find(found).unwrap();
        right(marks, prose, Place::Span(Span::new(start, start + found.len())), strict)
    }

    #[test]
    fn offsets_count_scalars() {
        let text = one(r#"{"text": "“Été” in Kïev was cold", "spans": [{"start": 9, "end": 13}]}"#);
        assert!(judged(&text, "Kïev", false));
        assert!(judged(&text, "in Kïev", false));
        assert!(!judged(&text, "in ", false));
        assert!(!judged(&text, " was", false));
    }

    #[test]
    fn where_words_are_missing_both_neighbours_count() {
        let text = one(r#"{"text": "He paid the big bill", "spans": [{"start": 7, "end": 7}]}"#);
        assert!(judged(&text, "paid", false));
        assert!(judged(&text, "the", false));
        assert!(!judged(&text, "He", false));
        assert!(!judged(&text, "big", false));
        let Truth::Marked(marks) = &text.truth else { panic!("not marked") };
        assert!(right(marks, text.source.prose(), Place::Gap(7), false));
        assert!(!right(marks, text.source.prose(), Place::Gap(15), false));
    }

    #[test]
    fn strict_means_not_much_longer() {
        let long = "a".repeat(60);
        let line = format!(r#"{{"text": "{long} bb", "spans": [{{"start": 0, "end": 3}}]}}"#);
        let text = one(&line);
        assert!(judged(&text, &long, false));
        assert!(!judged(&text, &long, true));
        assert!(judged(&text, &"a".repeat(43), true));
        assert!(!judged(&text, &"a".repeat(44), true));
    }

    #[test]
    fn labels() {
        assert_eq!(one(r#"{"text": "x", "label": "OK", "spans": []}"#).truth, Truth::Clean);
        assert_eq!(one(r#"{"text": "x"}"#).truth, Truth::Clean);
        assert_eq!(one(r#"{"text": "x", "label": "BAD"}"#).truth, Truth::Unplaced);
        assert_eq!(one(r#"{"garbled": "x", "original": "y"}"#).truth, Truth::Unplaced);
        assert_eq!(one(r#"{"garbled": "x", "original": "x", "changes": []}"#).truth, Truth::Clean);
        let words = one(r#"{"text": "a bb", "label": "BAD", "words": [[0, 1, "OK"], [2, 4, "BAD"]]}"#);
        assert!(judged(&words, "bb", false) && !judged(&words, "a", false));
        assert!(wrong(r#"{"text": "x", "label": "OK", "spans": [{"start": 0, "end": 1}]}"#).contains("labelled OK"));
        assert!(wrong(r#"{"text": "x", "label": "GOOD"}"#).contains("BAD or OK"));
    }

    #[test]
    fn clean_counterparts_come_along() {
        let texts =
            read(br#"{"set": "s", "text": "a", "clean_text": "b", "spans": [{"start": 0, "end": 1}]}"#, "f", false)
                .unwrap();
        assert_eq!(texts.iter().map(|text| text.source.prose()).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(texts[1].truth, Truth::Clean);
        assert_eq!(texts[1].set, "s");
        let round = br#"{"garbled": "a", "original": "b", "changes": [{"garbled_start": 0, "garbled_end": 1}]}"#;
        let texts = read(round, "f", true).unwrap();
        assert_eq!(texts.iter().map(|text| text.source.prose()).collect::<Vec<_>>(), ["b"]);
    }

    #[test]
    fn bad_lines_say_what_is_wrong() {
        assert!(wrong("nonsense").starts_with("no record: "));
        assert!(wrong("[1]").starts_with("no record: "));
        assert!(wrong(r#"{"id": 1}"#).starts_with("no text"));
        assert!(wrong(r#"{"text": "x", "date": "soon"}"#).starts_with("no date"));
        assert_eq!(
            wrong(r#"{"text": "héllo", "spans": [{"start": 0, "end": 1}, {"start": 2, "end": 6}]}"#),
            "place 2 ends at 6, but the text has 5 characters"
        );
        assert!(wrong(r#"{"text": "hello", "spans": [{"start": 4, "end": 2}]}"#).contains("ends before"));
        assert!(wrong(r#"{"text": "hello", "spans": [{"start": -1, "end": 2}]}"#).starts_with("no record: "));
        let bad = br#"{"text": "a", "spans": [{"start": 0, "end": 1}]}"#;
        assert!(read(bad, "f", true).unwrap_err().starts_with("no clean text"));
    }
}
