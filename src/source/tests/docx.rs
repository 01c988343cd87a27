//! Unit tests of DOCX: what is prose, where it stands, and archives that are broken or would not end.

use super::span_of;
use crate::source::{BlockKind, DocxPlace, Format, NoText, Source};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

const WORD: &str =
    "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:m=\"m\" xmlns:mc=\"mc\"";

pub(crate) fn archive(files: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn document(body: &str) -> String {
    format!("<?xml version=\"1.0\"?>\n<w:document {WORD}><w:body>{body}</w:body></w:document>")
}

fn read(body: &str) -> Source {
    Source::read(archive(&[("word/document.xml", &document(body))]), Format::Docx).unwrap()
}

fn blocks(source: &Source) -> Vec<(&str, BlockKind)> {
    source.blocks().iter().map(|block| (block.span.of(source.prose()), block.kind)).collect()
}

fn error(bytes: Vec<u8>) -> String {
    Source::read(bytes, Format::Docx).unwrap_err().to_string()
}

#[test]
fn paragraphs_styles_tables_notes_and_runs_within_words() {
    let styles = format!(
        "<w:styles {WORD}><w:style w:type=\"paragraph\" w:styleId=\"berschrift1\"><w:name w:val=\"heading 1\"/></w:style>\
         <w:style w:styleId=\"Own\"><w:name w:val=\"Own\"/><w:basedOn w:val=\"berschrift1\"/></w:style>\
         <w:style w:styleId=\"V1\"><w:name w:val=\"toc 1\"/></w:style></w:styles>"
    );
    let body = "<w:p><w:pPr><w:pStyle w:val=\"Own\"/></w:pPr><w:r><w:t>The storm</w:t></w:r></w:p><w:p/>\
        <w:p><w:pPr><w:pStyle w:val=\"V1\"/></w:pPr><w:r><w:t>The storm 1</w:t></w:r></w:p>\
        <w:p><w:pPr><w:pPrChange><w:pPr><w:pStyle w:val=\"Own\"/><w:outlineLvl w:val=\"1\"/></w:pPr></w:pPrChange></w:pPr>\
        <w:r><w:t xml:space=\"preserve\">They vowed to be</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>head</w:t></w:r>\
        <w:del><w:r><w:delText>no</w:delText><w:t>no</w:t></w:r></w:del><w:ins><w:r><w:t xml:space=\"preserve\"> R&amp;D &#8217;</w:t></w:r></w:ins>\
        <w:r><w:rPr><w:vanish/></w:rPr><w:t>no</w:t></w:r><w:hyperlink><w:r><w:t xml:space=\"preserve\"> here</w:t></w:r></w:hyperlink>\
        <w:r><w:instrText>PAGE</w:instrText><w:tab/><w:t> x </w:t><w:br/></w:r><m:oMath><m:r><m:t>no</m:t></m:r></m:oMath>\
        <mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent></mc:Choice>\
        <mc:Fallback><w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:p>\
        <w:p><w:pPr><w:numPr><w:numId w:val=\"2\"/></w:numPr></w:pPr><w:r><w:t>item</w:t></w:r></w:p>\
        <w:tbl><w:tr><w:tc><w:p><w:r><w:t>Town</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
        <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t xml:space=\"preserve\">One </w:t></w:r></w:p><w:p><w:r><w:t>two.</w:t></w:r></w:p>";
    let notes = format!(
        "<w:footnotes {WORD}><w:footnote><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote></w:footnotes>"
    );
    let files = [("word/document.xml", document(body)), ("word/styles.xml", styles), ("word/footnotes.xml", notes)];
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let source = Source::read(archive(&files), Format::Docx).unwrap();
    assert_eq!(
        blocks(&source),
        [
            ("The storm", BlockKind::Heading(1)),
            ("In a box.", BlockKind::Paragraph),
            ("They vowed to behead R&D ’ here\tx\n\u{FFFC}", BlockKind::Paragraph),
            ("item", BlockKind::ListItem),
            ("Town", BlockKind::Cell),
            ("One two.", BlockKind::Paragraph),
            ("A note.", BlockKind::Paragraph),
        ]
    );
    let place = |words: &str| {
        let location = source.locate(span_of(&source, words));
        assert!(location.bytes.is_empty());
        let DocxPlace { part, paragraph, run } = location.docx.unwrap();
        (part, paragraph, run)
    };
    let main = || "word/document.xml".to_owned();
    assert_eq!(place("behead"), (main(), 4, 1));
    assert_eq!(place("head R"), (main(), 4, 2));
    assert_eq!(place("’"), (main(), 4, 4));
    assert_eq!(place("In a"), (main(), 5, 1));
    assert_eq!(place("two."), (main(), 10, 1));
    assert_eq!(place("note"), ("word/footnotes.xml".to_owned(), 1, 2));
    assert_eq!(source.locate(span_of(&source, "vowed")).start, (3, 6));
    assert_eq!(source.links().iter().map(|link| link.of(source.prose())).collect::<Vec<_>>(), [" here"]);
    assert!(!source.editable(span_of(&source, "vowed")));
    assert_eq!(source.replacement(span_of(&source, "vowed"), "swore"), None);
}

#[test]
fn other_prefixes_and_other_places_of_the_document() {
    let text = "<x:document xmlns:x=\"http://purl.oclc.org/ooxml/wordprocessingml/main\"><x:body><x:p><x:r><x:t>Text</x:t></x:r></x:p></x:body></x:document>";
    let relations =
        "<Relationships><Relationship Type=\"http://a/officeDocument\" Target=\"/word/main2.xml\"/></Relationships>";
    let bytes = archive(&[("_rels/.rels", relations), ("word/main2.xml", text)]);
    assert_eq!(Source::read(bytes, Format::Docx).unwrap().prose(), "Text");
}

#[test]
fn broken_archives_say_what_is_wrong() {
    assert!(error(b"plain text".to_vec()).starts_with("no readable DOCX: no ZIP archive"));
    assert!(error(vec![0xD0, 0xCF, 0x11, 0xE0, 0]).contains("old .doc, or locked"));
    assert!(error(archive(&[("a.txt", "x")])).ends_with("the archive holds no word/document.xml"));
    let broken = error(archive(&[("word/document.xml", "<w:document><w:p></w:document>")]));
    assert!(broken.contains("word/document.xml: no valid XML at byte"), "{broken}");
    let torn = error(archive(&[("word/document.xml", "<w:document><w:p><w:r>")]));
    assert!(torn.contains("word/document.xml"), "{torn}");
    let whole = archive(&[("word/document.xml", &document("<w:p><w:r><w:t>Text</w:t></w:r></w:p>"))]);
    for end in 0..whole.len() {
        assert!(Source::read(whole[..end].to_vec(), Format::Docx).is_err());
    }
    for at in 0..whole.len() {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x55;
        let _ = Source::read(bytes, Format::Docx);
    }
}

#[test]
fn what_unpacks_to_too_much_is_refused() {
    let bomb = archive(&[("word/document.xml", &" ".repeat((64 << 20) + 1))]);
    assert!(bomb.len() < 100_000);
    assert_eq!(error(bomb), "no readable DOCX: word/document.xml unpacks to more than 64 MB: refused");
}

#[test]
fn deep_nesting_is_read() {
    let depth = 10_000;
    let body = format!("{}<w:r><w:t>deep</w:t></w:r>{}", "<w:p>".repeat(depth), "</w:p>".repeat(depth));
    assert_eq!(read(&body).prose(), "deep");
    assert_eq!(NoText::Docx("x".to_owned()).to_string(), "no readable DOCX: x");
}
