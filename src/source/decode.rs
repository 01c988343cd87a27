//! In: the bytes of a file. Out: its text, and how many bytes of the file each part of the text takes.

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How the text is written in the file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Encoding {
    /// After so many bytes of byte order mark.
    Utf8(usize),
    /// Two bytes a unit, after the mark.
    Utf16,
    /// One byte a character.
    Windows1252,
}

/// Why bytes are no text.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NoText {
    /// It holds NUL bytes.
    #[error("a binary file (NUL at byte {0}), not a text")]
    Binary(usize),
    /// Offsets would not fit.
    #[error("longer than 4 GB; cut it into articles")]
    TooLong,
}

/// Decodes a file: UTF-8, UTF-16 with a byte order mark, else Windows-1252 with a note.
///
/// # Errors
/// Where the bytes are no text.
pub(super) fn decode(bytes: Vec<u8>) -> Result<(String, Encoding, Option<String>), NoText> {
    if bytes.len() >= u32::MAX as usize / 2 {
        return Err(NoText::TooLong);
    }
    let wide = match bytes.get(..2) {
        Some([0xFF, 0xFE]) => Some(UTF_16LE),
        Some([0xFE, 0xFF]) => Some(UTF_16BE),
        _ => None,
    };
    if let Some(encoding) = wide {
        let (text, broken) = encoding.decode_without_bom_handling(bytes.get(2..).unwrap_or(&[]));
        let note = broken.then(|| "parts of the file are no valid UTF-16; they are shown as U+FFFD".to_owned());
        return Ok((text.into_owned(), Encoding::Utf16, note));
    }
    if let Some(at) = memchr::memchr(0, &bytes) {
        return Err(NoText::Binary(at));
    }
    let mark = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    match String::from_utf8(bytes) {
        Ok(mut text) => {
            text.drain(..mark);
            Ok((text, Encoding::Utf8(mark), None))
        }
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let bytes = error.into_bytes();
            let (text, _) = WINDOWS_1252.decode_without_bom_handling(&bytes);
            let note = format!("not UTF-8 (byte {at}); read as Windows-1252");
            Ok((text.into_owned(), Encoding::Windows1252, Some(note)))
        }
    }
}
