//! In: subtitles, SubRip (.srt) or WebVTT (.vtt). Out: what is said, cue after cue, each piece with the place it has in the text.
//!
//! Numbers, times, settings, notes, styles and tags are no prose. A sentence runs over cues: where one ends and the next begins the prose has
//! a blank that takes no bytes of the file, so that no edit goes across it.

use super::BlockKind;
use super::marked::{Marked, Run};
use super::reference::reference;
use std::ops::Range;

/// After a silence of so many milliseconds a sentence that has ended is followed by a new paragraph.
const SILENCE: u64 = 2_500;
/// After so many it is followed by one even where no full stop says that it has ended: live captions have none.
const LONG_SILENCE: u64 = 10_000;
/// So many cues at most make a paragraph, if sentences end at all.
const MOST_CUES: u32 = 30;
/// If none does, so many.
const TOO_MANY_CUES: u32 = 200;

/// Which of the two formats.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    SubRip,
    WebVtt,
}

/// Captions that roll follow upon each other without a pause.
const ROLLING: u64 = 20;
/// A tag is not longer, in bytes.
const LONGEST_TAG: usize = 1_000;

/// What stands in the file one after the other.
enum Item {
    Cue(Cue),
    /// A note of WebVTT.
    Note(Range<usize>),
}

/// When it is shown, in milliseconds, and the lines that are shown.
struct Cue {
    start: u64,
    end: u64,
    lines: Vec<Range<usize>>,
}

/// Reads subtitles.
pub(super) fn read(text: &str, kind: Kind) -> Marked {
    let mut reader = Reader {
        text,
        kind,
        found: Marked::default(),
        run: Run::default(),
        voice: None,
        cues: 0,
        shown: String::new(),
    };
    let mut before = None;
    for item in items(text, kind) {
        match item {
            Item::Cue(cue) => {
                let pause = before.map_or(u64::MAX, |end| cue.start.saturating_sub(end));
                reader.cue(&cue, pause);
                before = Some(cue.end);
            }
            Item::Note(range) => {
                let words = text.get(range.start + "NOTE".len()..range.end).unwrap_or("");
                reader.run.comment(words, range);
            }
        }
    }
    reader.close();
    reader.found
}

/// Whether a text has the times of a cue somewhere, or says that it is WebVTT.
pub(super) fn is_any(text: &str) -> bool {
    text.starts_with("WEBVTT") || lines(text).into_iter().any(|range| times(text.get(range).unwrap_or("")).is_some())
}

/// The lines of a text with their places, without what ends them.
fn lines(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let bytes = text.as_bytes();
    for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
        // \r\n is one end of a line.
        if at < start {
            continue;
        }
        found.push(start..at);
        start = at + if bytes.get(at..at + 2) == Some(b"\r\n") { 2 } else { 1 };
    }
    found.push(start..text.len());
    found
}

/// The cues and notes of a text.
fn items(text: &str, kind: Kind) -> Vec<Item> {
    let lines = lines(text);
    let of = |at: usize| lines.get(at).and_then(|range| text.get(range.clone())).unwrap_or("");
    let mut items: Vec<Item> = Vec::new();
    let mut at = 0;
    // Whether lines belong to the cue before them.
    let mut open = false;
    while let Some(range) = lines.get(at) {
        let line = of(at);
        let blank_before = at == 0 || of(at - 1).trim().is_empty();
        if let Some((start, end)) = times(line) {
            items.push(Item::Cue(Cue { start, end, lines: Vec::new() }));
            open = true;
        } else if line.trim().is_empty() {
            // In SubRip some texts hold blank lines; what is behind one is told by the number and times that follow.
            open &= kind == Kind::SubRip;
        } else if times(of(at + 1)).is_some() && names_a_cue(line, kind, blank_before) {
            open = false;
        } else if kind == Kind::WebVtt
            && blank_before
            && (line == "NOTE" || ["NOTE ", "NOTE\t"].iter().any(|start| line.starts_with(start)))
        {
            while !of(at + 1).trim().is_empty() {
                at += 1;
            }
            items.push(Item::Note(range.start..lines.get(at).map_or(range.end, |line| line.end)));
            open = false;
        } else if let (true, Some(Item::Cue(cue))) = (open, items.last_mut()) {
            cue.lines.push(range.clone());
        }
        at += 1;
    }
    items
}

/// The line above the times: a number in SubRip, any name behind a blank line in WebVTT.
fn names_a_cue(line: &str, kind: Kind, blank_before: bool) -> bool {
    match kind {
        Kind::SubRip => line.trim().bytes().all(|byte| byte.is_ascii_digit()),
        Kind::WebVtt => blank_before,
    }
}

/// Start and end in milliseconds, of `00:01:02,500 --> 00:01:04,000` with or without hours and settings behind.
fn times(line: &str) -> Option<(u64, u64)> {
    let (start, rest) = line.split_once("-->")?;
    let end = rest.split_whitespace().next()?;
    Some((time(start.trim())?, time(end)?))
}

fn time(text: &str) -> Option<u64> {
    let (clock, parts) = text.split_once([',', '.']).unwrap_or((text, "0"));
    let digits = |part: &str| (!part.is_empty() && part.len() <= 6).then(|| part.parse::<u64>().ok()).flatten();
    let mut seconds = 0;
    let mut count = 0;
    for part in clock.split(':') {
        seconds = seconds * 60 + digits(part)?;
        count += 1;
    }
    (count == 2 || count == 3).then_some(seconds * 1000 + digits(parts.trim())?)
}

struct Reader<'a> {
    text: &'a str,
    kind: Kind,
    found: Marked,
    run: Run,
    /// Who speaks, where WebVTT says it.
    voice: Option<String>,
    /// In the paragraph.
    cues: u32,
    /// The last line of the cue before.
    shown: String,
}

impl Reader<'_> {
    fn close(&mut self) {
        self.found.close(&mut self.run, BlockKind::Speech);
        self.cues = 0;
    }

    /// Adds a cue that is shown so many milliseconds after the one before.
    fn cue(&mut self, cue: &Cue, pause: u64) {
        let ended = ends_sentence(self.run.prose()) && (pause >= SILENCE || self.cues >= MOST_CUES);
        if ended || pause >= LONG_SILENCE || self.cues >= TOO_MANY_CUES {
            self.close();
        }
        self.cues += 1;
        let mut last = String::new();
        for range in &cue.lines {
            let line = self.text.get(range.clone()).unwrap_or("");
            let words = line.trim();
            let start = range.start + (line.len() - line.trim_start().len());
            let dash = dash(words, ends_sentence(self.run.prose()));
            if dash > 0 {
                // Each dash is another speaker.
                self.close();
            }
            let mark = self.run.len();
            self.run.blank(start + dash);
            self.line(start + dash..start + words.len());
            self.run.prose().get(mark..).unwrap_or(self.run.prose()).trim().clone_into(&mut last);
            // Live captions roll: a line that is still on the screen stands in the next cue again.
            if pause <= ROLLING && last == self.shown && self.run.len() > mark {
                self.run.truncate(mark);
            }
        }
        self.shown = last;
    }

    /// The words of a line, without its tags.
    fn line(&mut self, range: Range<usize>) {
        let line = self.text.get(range.clone()).unwrap_or("");
        let mut from = 0;
        let mut at = 0;
        while let Some(next) = memchr::memchr3(b'<', b'{', b'&', line.as_bytes().get(at..).unwrap_or(&[])) {
            at += next;
            let rest = line.get(at..).unwrap_or("");
            let (length, value) = match rest.as_bytes().first() {
                Some(b'&') if self.kind == Kind::WebVtt => reference(rest).unwrap_or_default(),
                Some(b'&') => (0, String::new()),
                _ => (tag(rest, self.kind), String::new()),
            };
            if length == 0 {
                at += 1;
                continue;
            }
            self.words(line.get(from..at).unwrap_or(""), range.start + from);
            if value.is_empty() {
                self.voice(rest.get(..length).unwrap_or(""));
            } else {
                self.run.push(&value, range.start + at..range.start + at + length, false);
            }
            at += length;
            from = at;
        }
        self.words(line.get(from..).unwrap_or(""), range.start + from);
    }

    /// Words, in which `\N` and `\h` of older formats are blanks.
    fn words(&mut self, words: &str, start: usize) {
        let mut from = 0;
        for (at, _) in words.match_indices('\\') {
            let mark = words.get(at + 1..at + 2);
            if at >= from && matches!(mark, Some("N" | "n" | "h")) {
                self.run.push_collapsed(words.get(from..at).unwrap_or(""), start + from);
                self.run.blank(start + at);
                from = at + 2;
            }
        }
        self.run.push_collapsed(words.get(from..).unwrap_or(""), start + from);
    }

    /// `<v Name>`: another speaker is another paragraph.
    fn voice(&mut self, tag: &str) {
        let Some(rest) = tag.strip_prefix("<v").filter(|_| self.kind == Kind::WebVtt) else { return };
        let name = rest.trim_start_matches(|c: char| !c.is_whitespace()).trim_end_matches('>').trim();
        if self.voice.as_deref() != Some(name) {
            self.close();
            self.voice = Some(name.to_owned());
        }
    }
}

/// Length of the dash that begins what one of several speakers says, with the blanks behind it; 0 where there is none. A long dash
/// goes on with a sentence that has not ended.
fn dash(line: &str, ended: bool) -> usize {
    let marks: &[&str] =
        if ended { &["-", "–", "‐", ">>", "&gt;&gt;", "—"] } else { &["-", "–", "‐", ">>", "&gt;&gt;"] };
    let Some(rest) = marks.iter().find_map(|mark| line.strip_prefix(mark)) else { return 0 };
    let words = rest.trim_start_matches([' ', '>', '\u{A0}']);
    // Two dashes, or one alone, are words; so is the sign of a number.
    let speaks =
        words.starts_with(|c: char| !matches!(c, '-' | '–' | '—')) && !rest.starts_with(|c: char| c.is_ascii_digit());
    if speaks { line.len() - words.len() } else { 0 }
}

/// Length of the tag that a text begins with; 0 where there is none.
fn tag(text: &str, kind: Kind) -> usize {
    let bytes = text.as_bytes();
    let close = match (bytes.first(), bytes.get(1)) {
        // {\an8} and {b} of older formats.
        (Some(b'{'), Some(b'\\')) => b'}',
        (Some(b'<'), Some(b'/')) => b'>',
        (Some(b'<'), Some(byte)) if byte.is_ascii_alphabetic() => b'>',
        // <00:00:01.000>
        (Some(b'<'), Some(byte)) if byte.is_ascii_digit() && kind == Kind::WebVtt => b'>',
        _ => return 0,
    };
    let near = bytes.get(..LONGEST_TAG.min(bytes.len())).unwrap_or(bytes);
    let length = memchr::memchr(close, near).map_or(0, |end| end + 1);
    let inner = text.get(1..length.saturating_sub(1)).unwrap_or("");
    let name = inner.trim_start_matches('/');
    let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    let known = match (close, kind) {
        (b'}', _) => true,
        (_, Kind::WebVtt) => !inner.contains('<'),
        // SubRip has four tags; what else stands between < and > is shown.
        _ => {
            matches!(name.get(..end).unwrap_or("").to_ascii_lowercase().as_str(), "b" | "i" | "u" | "s" | "font" | "c")
        }
    };
    if known { length } else { 0 }
}

fn ends_sentence(prose: &str) -> bool {
    prose.trim_end_matches(['"', '”', '’', '\'', ')', ']', ' ', '♪', '*']).ends_with(['.', '!', '?', '…'])
        || prose.ends_with(['♪', ')', ']'])
}
