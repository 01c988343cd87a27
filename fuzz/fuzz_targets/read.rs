//! In: bytes as a file. Checked: what is read lies in the file, and every place leads back to it.

#![no_main]

use libfuzzer_sys::fuzz_target;
use mtaudit::finding::Span;
use mtaudit::source::{Format, Source};

const FORMATS: [Format; 7] = [
    Format::Plain,
    Format::Markdown,
    Format::Html,
    Format::Xhtml,
    Format::Srt,
    Format::Vtt,
    Format::Docx,
];

fuzz_target!(|data: &[u8]| {
    let Some((first, bytes)) = data.split_first() else { return };
    let format = FORMATS[*first as usize % FORMATS.len()];
    let Ok(source) = Source::read(bytes.to_vec(), format) else { return };
    let prose = source.prose();
    let mut end = 0;
    for block in source.blocks() {
        assert!(end <= block.span.start, "blocks overlap");
        end = block.span.end;
        assert!(prose.get(block.span.range()).is_some_and(|text| !text.is_empty()), "a block is not in the prose");
    }
    for link in source.links() {
        assert!(prose.get(link.range()).is_some(), "a link is not in the prose");
    }
    let step = 1 + prose.chars().count() / 200;
    let starts: Vec<usize> = prose.char_indices().map(|(at, _)| at).step_by(step).chain([prose.len()]).collect();
    for pair in starts.windows(2) {
        for span in [Span::new(pair[0], pair[1]), Span::new(pair[0], pair[0])] {
            place(&source, bytes.len(), span);
        }
    }
    for comment in source.comments() {
        assert!(prose.is_char_boundary(comment.at as usize));
        let location = source.locate_comment(comment);
        assert!(location.bytes.iter().all(|(start, end)| start < end && *end <= bytes.len()));
    }
});

fn place(source: &Source, length: usize, span: Span) {
    let location = source.locate(span);
    assert!(location.start <= location.end, "a place ends before it begins");
    let mut last = 0;
    for (start, end) in &location.bytes {
        assert!(last <= *start && start <= end && *end <= length, "a place is not in the file");
        last = *end;
    }
    if source.editable(span) {
        assert_eq!(location.bytes.len(), 1, "an edit of several places");
        let _ = source.replacement(span, "R&D <1> *x*");
    } else {
        assert!(source.replacement(span, "x").is_none());
    }
}
