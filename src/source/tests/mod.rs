//! Unit tests of reading: encodings, Markdown, and the way back to the file.

#[cfg(feature = "docx")]
mod docx;
mod html;
mod markdown;
mod robust;
mod subtitles;

use super::{Format, NoText, Source};
use crate::finding::Span;

fn span_of(source: &Source, word: &str) -> Span {
    let at = source.prose().find(word).unwrap();
    Span::new(at, at + word.len())
}

/// What the located bytes of a file hold.
fn located(source: &Source, bytes: &[u8], word: &str) -> Vec<u8> {
    let location = source.locate(span_of(source, word));
    location.bytes.iter().flat_map(|(start, end)| bytes[*start..*end].to_vec()).collect()
}

fn utf16(text: &str) -> Vec<u8> {
    [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

#[test]
fn every_encoding_leads_back_to_its_bytes() {
    let text = "Café 😀 talks\r\nfailed über night";
    for bytes in [text.as_bytes().to_vec(), [b"\xEF\xBB\xBF", text.as_bytes()].concat(), utf16(text)] {
        let source = Source::read(bytes.clone(), Format::Plain).unwrap();
        assert_eq!(source.prose(), text);
        assert!(source.notes().is_empty());
        let expected =
            if bytes.starts_with(b"\xFF\xFE") { utf16("über")[2..].to_vec() } else { "über".as_bytes().to_vec() };
        assert_eq!(located(&source, &bytes, "über"), expected);
        let location = source.locate(span_of(&source, "über"));
        assert_eq!((location.start, location.end), ((2, 8), (2, 12)));
        assert_eq!(source.chars_before(span_of(&source, "über").start), 21);
    }
}

#[test]
fn what_is_no_utf8_is_windows_1252_and_says_so() {
    let bytes = b"He said \x93no\x94 twice".to_vec();
    let source = Source::read(bytes.clone(), Format::Plain).unwrap();
    assert_eq!(source.prose(), "He said “no” twice");
    assert_eq!(source.notes(), ["not UTF-8 (byte 8); read as Windows-1252"]);
    assert_eq!(located(&source, &bytes, "twice"), b"twice");
}

#[test]
fn binary_files_are_no_texts() {
    assert_eq!(Source::read(b"PK\x03\x04\0\0".to_vec(), Format::Plain).unwrap_err(), NoText::Binary(4));
}

proptest::proptest! {
    #[test]
    fn exact_pieces_hold_the_same_text(text in "[a-z*_`\\[\\]()#>&; \\n“é-]{0,120}") {
        let source = Source::markdown(text.clone());
        for block in source.blocks() {
            for (at, c) in block.span.of(source.prose()).char_indices() {
                let start = block.span.start as usize + at;
                let span = Span::new(start, start + c.len_utf8());
                let location = source.locate(span);
                if source.editable(span) {
                    let (start, end) = location.bytes[0];
                    proptest::prop_assert_eq!(&text[start..end], span.of(source.prose()));
                }
                proptest::prop_assert!(location.start <= location.end);
            }
        }
    }
}
