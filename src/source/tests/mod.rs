//! Unit tests of reading: encodings, Markdown, and the way back to the file.

mod html;
mod subtitles;

use super::{BlockKind, Format, NoText, Source};
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

#[test]
fn markdown_leaves_markup_code_and_targets_out() {
    let text = "---\ntitle: Storm\ndate: 2024-05-06\n---\n# The *big* storm\n\nIt hit [the coast](http://a.b/c \"t\") &amp;\nstayed `x` on.\n\n```\ncode\n```\n\n<div>\nhtml\n</div>\n\n![Boats ashore](b.png)\n\n- one\n- two\n\n> said so\n";
    let source = Source::markdown(text.to_owned());
    let blocks: Vec<(&str, BlockKind)> =
        source.blocks().iter().map(|block| (block.span.of(source.prose()), block.kind)).collect();
    assert_eq!(
        blocks,
        [
            ("The big storm", BlockKind::Heading(1)),
            ("It hit the coast & stayed \u{FFFC} on.", BlockKind::Paragraph),
            ("html", BlockKind::Paragraph),
            ("Boats ashore", BlockKind::Caption),
            ("one", BlockKind::ListItem),
            ("two", BlockKind::ListItem),
            ("said so", BlockKind::BlockQuote),
        ]
    );
    assert_eq!(source.front_matter("date"), Some("2024-05-06"));
    assert_eq!(source.links().iter().map(|link| link.of(source.prose())).collect::<Vec<_>>(), ["the coast"]);
    assert_eq!(located(&source, text.as_bytes(), "coast"), b"coast");
    assert_eq!(source.locate(span_of(&source, "coast")).start.0, 7);
    assert!(source.editable(span_of(&source, "coast")));
    assert!(!source.editable(span_of(&source, "coast &")));
    assert!(!source.editable(span_of(&source, "& stayed")));
}

#[test]
fn comments_of_markdown_stand_where_they_are_written() {
    let text = "<!-- first -->\n\nOne <!-- in -->two.\n\n<!-- mtaudit: ignore\n  a/b -- why -->\nThree.\n\n> <!-- quoted -->\n> four\n\n`<!-- code -->`\n\n```\n<!-- code -->\n```\n<!-- last -->";
    let source = Source::markdown(text.to_owned());
    let found: Vec<(String, u32)> = source
        .comments()
        .iter()
        .map(|one| (one.text.split_whitespace().collect::<Vec<_>>().join(" "), one.at))
        .collect();
    let at = |words: &str| source.prose().find(words).unwrap() as u32;
    assert_eq!(
        found,
        [
            ("first".to_owned(), 0),
            ("in".to_owned(), at("two")),
            ("mtaudit: ignore a/b -- why".to_owned(), at("Three") - 2),
            ("quoted".to_owned(), at("four") - 2),
            ("last".to_owned(), source.prose().len() as u32),
        ]
    );
    let lines: Vec<usize> = source.comments().iter().map(|one| source.locate_comment(one).start.0).collect();
    assert_eq!(lines, [1, 3, 5, 9, 17]);
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
