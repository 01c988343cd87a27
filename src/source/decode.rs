//! In: the bytes of a file. Out: its text, and the way back from the text to the bytes.

use super::index::Index;
use encoding_rs::{DecoderResult, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How the text is written in the file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Encoding {
    /// After so many bytes of byte order mark.
    Utf8(usize),
    /// Two bytes a unit, after the mark.
    Utf16 {
        /// The first byte of a unit is the higher one.
        big: bool,
        /// Of the file, in bytes: half a unit at its end stands for a character as well.
        length: usize,
    },
    /// One byte a character.
    Single(&'static encoding_rs::Encoding),
    /// Some bytes a character: where they are not one byte for one ASCII character, places in the text and in the file, in order.
    Multi(&'static encoding_rs::Encoding, Vec<(u32, u32)>),
}

/// Why bytes are no text.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NoText {
    /// It holds NUL bytes.
    #[error("a binary file (NUL at byte {0}), not a text")]
    Binary(usize),
    /// Offsets would not fit.
    #[error("longer than 2 GB; cut it into articles")]
    TooLong,
    /// The file is called subtitles, but holds no times.
    #[error("no subtitles: no line holds the times of a cue (00:01:02,500 --> 00:01:04,000)")]
    NoTimes,
    /// It is called DOCX and cannot be read as such.
    #[error("no readable DOCX: {0}")]
    Docx(String),
}

/// Files and texts must be shorter, in bytes: places count in 32 bits.
pub const LONGEST: usize = u32::MAX as usize / 2;

/// Decodes a file: UTF-8, UTF-16 with a byte order mark, the encoding that it declares, else Windows-1252 with a note.
///
/// # Errors
/// Where the bytes are no text.
pub(super) fn decode(
    bytes: Vec<u8>,
    declared: Option<&'static encoding_rs::Encoding>,
) -> Result<(String, Encoding, Option<String>), NoText> {
    if bytes.len() >= LONGEST {
        return Err(NoText::TooLong);
    }
    let (text, encoding, note) = match bytes.get(..2) {
        Some([0xFF, 0xFE]) => wide(&bytes, false),
        Some([0xFE, 0xFF]) => wide(&bytes, true),
        _ => {
            if let Some(at) = memchr::memchr(0, &bytes) {
                return Err(NoText::Binary(at));
            }
            narrow(bytes, declared)
        }
    };
    if text.len() >= LONGEST {
        return Err(NoText::TooLong);
    }
    Ok((text, encoding, note))
}

type Decoded = (String, Encoding, Option<String>);

fn wide(bytes: &[u8], big: bool) -> Decoded {
    let encoding = if big { UTF_16BE } else { UTF_16LE };
    let (text, broken) = encoding.decode_without_bom_handling(bytes.get(2..).unwrap_or(&[]));
    let note = broken.then(|| "parts of the file are no valid UTF-16; they are shown as U+FFFD".to_owned());
    (text.into_owned(), Encoding::Utf16 { big, length: bytes.len() }, note)
}

fn narrow(bytes: Vec<u8>, declared: Option<&'static encoding_rs::Encoding>) -> Decoded {
    let mark = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    // Stateful encodings look like ASCII.
    let declared = declared.filter(|encoding| *encoding != UTF_8 && mark == 0);
    if let Some(encoding) = declared.filter(|encoding| !encoding.is_ascii_compatible()) {
        return legacy(&bytes, encoding);
    }
    match String::from_utf8(bytes) {
        Ok(mut text) => {
            text.drain(..mark);
            let note = declared.filter(|_| !text.is_ascii());
            let note =
                note.map(|encoding| format!("declares {}, but is valid UTF-8 and was read as such", encoding.name()));
            (text, Encoding::Utf8(mark), note)
        }
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let bytes = error.into_bytes();
            if let Some(encoding) = declared {
                return legacy(&bytes, encoding);
            }
            let (text, _) = WINDOWS_1252.decode_without_bom_handling(&bytes);
            let note = format!("not UTF-8 (byte {at}); read as Windows-1252");
            (text.into_owned(), Encoding::Single(WINDOWS_1252), Some(note))
        }
    }
}

fn legacy(bytes: &[u8], encoding: &'static encoding_rs::Encoding) -> Decoded {
    let broken_note = || format!("parts of the file are no valid {}; they are shown as U+FFFD", encoding.name());
    if encoding.is_single_byte() {
        let (text, broken) = encoding.decode_without_bom_handling(bytes);
        return (text.into_owned(), Encoding::Single(encoding), broken.then(broken_note));
    }
    let (text, places, broken) = stepwise(bytes, encoding);
    (text, Encoding::Multi(encoding, places), broken.then(broken_note))
}

/// Decodes byte by byte, to see which bytes a character comes from.
fn stepwise(bytes: &[u8], encoding: &'static encoding_rs::Encoding) -> (String, Vec<(u32, u32)>, bool) {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(bytes.len());
    let (mut places, mut broken) = (Vec::new(), false);
    // The first byte that no character has come from yet.
    let mut from = 0;
    for at in 0..=bytes.len() {
        let mut input = bytes.get(at..(at + 1).min(bytes.len())).unwrap_or(&[]);
        let last = at == bytes.len();
        let before = text.len();
        loop {
            text.reserve(16);
            let (result, read) = decoder.decode_to_string_without_replacement(input, &mut text, last);
            input = input.get(read..).unwrap_or(&[]);
            match result {
                DecoderResult::Malformed(..) => {
                    text.push('\u{FFFD}');
                    broken = true;
                }
                DecoderResult::InputEmpty => break,
                DecoderResult::OutputFull => {}
            }
        }
        if text.len() > before {
            let plain = at == from && text.len() == before + 1;
            if !plain {
                places.push((before as u32, from as u32));
                places.push((text.len() as u32, (at + 1).min(bytes.len()) as u32));
            }
            from = at + 1;
        }
    }
    places.dedup();
    (text, places, broken)
}

impl Encoding {
    /// The byte of the file at which a byte of the text stands; `up` to round up within a character.
    pub(super) fn at(&self, byte: u32, up: bool, text: &str, index: &Index) -> usize {
        let before = || index.before(text, byte as usize);
        match self {
            Self::Utf8(mark) => byte as usize + mark,
            Self::Single(_) => before().0,
            // A character outside the Basic Multilingual Plane takes two units; the byte order mark one.
            Self::Utf16 { length, .. } => {
                let (chars, wide) = before();
                (2 * (chars + wide + 1)).min(*length)
            }
            Self::Multi(_, places) => {
                let next = places.partition_point(|(text, _)| *text <= byte);
                let (text, file) = next.checked_sub(1).and_then(|at| places.get(at)).copied().unwrap_or_default();
                let ahead = places.get(next);
                // Between two places there is plain ASCII, or a character of which there are no parts.
                let plain = ahead.is_none_or(|(text_ahead, file_ahead)| text_ahead - text == file_ahead - file);
                match ahead {
                    _ if plain || byte == text => (file + (byte - text)) as usize,
                    Some((_, file_ahead)) if up => *file_ahead as usize,
                    _ => file as usize,
                }
            }
        }
    }

    /// A text as bytes of the file; none where the encoding lacks a character of it.
    pub(super) fn encode(&self, text: &str) -> Option<Vec<u8>> {
        match self {
            Self::Utf8(_) => Some(text.as_bytes().to_vec()),
            Self::Utf16 { big, .. } => Some(
                text.encode_utf16()
                    .flat_map(|unit| if *big { unit.to_be_bytes() } else { unit.to_le_bytes() })
                    .collect(),
            ),
            Self::Single(encoding) | Self::Multi(encoding, _) => {
                // An encoder that has states would begin in another than the file is in.
                if !encoding.is_ascii_compatible() {
                    return None;
                }
                let (bytes, _, lossy) = encoding.encode(text);
                (!lossy).then(|| bytes.into_owned())
            }
        }
    }
}
