//! Characters that no reader sees, and text that was decoded wrongly. In: the prose. Out: the characters and what to write instead.

use super::super::{Context, Hit};
use super::script::span;
use crate::finding::Place;
use crate::rulebook::settings::Settings;
use encoding_rs::WINDOWS_1252;

/// Invisible characters and their names.
const INVISIBLE: &[(char, &str)] = &[
    ('\u{00AD}', "soft hyphen"),
    ('\u{200B}', "zero-width space"),
    ('\u{200C}', "zero-width non-joiner"),
    ('\u{200D}', "zero-width joiner"),
    ('\u{200E}', "left-to-right mark"),
    ('\u{200F}', "right-to-left mark"),
    ('\u{202A}', "left-to-right embedding"),
    ('\u{202B}', "right-to-left embedding"),
    ('\u{202C}', "end of directional formatting"),
    ('\u{202D}', "left-to-right override"),
    ('\u{202E}', "right-to-left override"),
    ('\u{2060}', "word joiner"),
    ('\u{2061}', "function application"),
    ('\u{2062}', "invisible times"),
    ('\u{2063}', "invisible separator"),
    ('\u{2066}', "left-to-right isolate"),
    ('\u{2067}', "right-to-left isolate"),
    ('\u{2068}', "first strong isolate"),
    ('\u{2069}', "end of isolate"),
    ('\u{FEFF}', "byte order mark"),
];

/// Invisible characters between Latin letters, and control characters.
pub(super) fn invisible(context: &Context<'_>, _: &Settings, out: &mut Vec<Hit>) {
    let prose = context.document.prose();
    let bytes = prose.as_bytes();
    // All of them begin with one of these three bytes; control characters are bytes below a blank.
    let mut places: Vec<usize> = Vec::new();
    if !prose.is_ascii() {
        let first = memchr::memchr3_iter(0xC2, 0xE2, 0xEF, bytes);
        // Behind E2 quotation marks and dashes are told by their second and third byte.
        places.extend(first.filter(|at| !matches!(bytes.get(*at..*at + 3), Some([0xE2, 0x80, 0x90..=0xA7]))));
    }
    // A few bytes at once, without a branch for each: there are hardly any.
    let controls = |bytes: &[u8]| bytes.iter().fold(false, |any, byte| any | is_control(*byte));
    if bytes.chunks(256).any(controls) {
        places.extend(bytes.iter().enumerate().filter(|(_, byte)| is_control(**byte)).map(|(at, _)| at));
        places.sort_unstable();
    }
    for at in places {
        let Some(c) = prose.get(at..).and_then(|rest| rest.chars().next()) else { continue };
        let before = || prose.get(..at).and_then(|head| head.chars().next_back());
        let after = || prose.get(at + c.len_utf8()..).and_then(|tail| tail.chars().next());
        let name = INVISIBLE.iter().find(|(known, _)| *known == c).map(|(_, name)| *name);
        let name = name.or(c.is_control().then_some("control character"));
        // Joiners belong between letters that need them and in emoji.
        let joiner = matches!(c, '\u{200C}' | '\u{200D}');
        let plain = |c: Option<char>| c.is_none_or(|c| c.is_ascii());
        if let Some(name) = name.filter(|_| !joiner || (plain(before()) && plain(after()))) {
            let code = format!("U+{:04X}", c as u32);
            let text = c.to_string();
            out.push(Hit::at(Place::Span(span(at, &text))).propose("").value("name", name).value("code", code));
        }
    }
}

fn is_control(byte: u8) -> bool {
    byte < 0x20 && !matches!(byte, b'\n' | b'\r' | b'\t') || byte == 0x7F
}

/// UTF-8 that was read as Windows-1252 (â€™ for ’), and characters that were lost (U+FFFD).
pub(super) fn mojibake(context: &Context<'_>, _: &Settings, out: &mut Vec<Hit>) {
    let prose = context.document.prose();
    if prose.is_ascii() {
        return;
    }
    let mut at = 0;
    while let Some(rest) = prose.get(at..).filter(|rest| !rest.is_empty()) {
        let Some(start) = first_non_ascii(rest.as_bytes()).map(|found| at + found) else { return };
        let run = prose.get(start..).map_or("", |tail| {
            let len = tail.find(|c: char| c.is_ascii()).unwrap_or(tail.len());
            tail.get(..len).unwrap_or("")
        });
        at = start + run.len().max(1);
        if run.contains('\u{FFFD}') {
            out.push(Hit::at(Place::Span(span(start, run))).value("was", "lost"));
            continue;
        }
        // A no-break space behind Â or Ã belongs to the sequence; it is not ASCII, so it is in the run already.
        if let Some(was) = redecoded(run) {
            out.push(Hit::at(Place::Span(span(start, run))).propose(was.clone()).value("was", was));
        }
    }
}

fn first_non_ascii(bytes: &[u8]) -> Option<usize> {
    let mut start = 0;
    for chunk in bytes.chunks(32) {
        if !chunk.is_ascii() {
            return chunk.iter().position(|byte| !byte.is_ascii()).map(|at| start + at);
        }
        start += chunk.len();
    }
    None
}

/// The text that stands behind a run of wrongly decoded characters.
fn redecoded(run: &str) -> Option<String> {
    if run.chars().count() < 2 {
        return None;
    }
    let (bytes, _, lossy) = WINDOWS_1252.encode(run);
    if lossy {
        return None;
    }
    let text = std::str::from_utf8(&bytes).ok()?;
    // Every byte above ASCII: a run that decodes as UTF-8 did not come about by chance.
    (text != run).then(|| text.replace('\u{A0}', " "))
}

#[cfg(test)]
mod tests {
    use super::redecoded;

    #[test]
    fn wrongly_decoded_text_is_recovered() {
        assert_eq!(redecoded("â€™").as_deref(), Some("’"));
        assert_eq!(redecoded("Ã©").as_deref(), Some("é"));
        assert_eq!(redecoded("é"), None);
        assert_eq!(redecoded("“é"), None);
        assert_eq!(redecoded("”—"), None);
    }
}
