//! What strangers send: random bytes, torn and mixed files, and texts made to take long. Nothing panics, nothing takes more than its length.

use crate::finding::Span;
use crate::source::{Format, Source};
use std::time::{Duration, Instant};

const TEXTS: [Format; 6] = [Format::Plain, Format::Markdown, Format::Html, Format::Xhtml, Format::Srt, Format::Vtt];

/// A file of every kind of markup that the formats know.
const MIXED: &str = "---\ntitle: \"a\\u2026\"\n---\n# A *b*\n\n1\n00:00:01,000 --> 00:00:02,500 X:1\n{\\an8}<i>One</i>\\Ntwo &amp; <v Bob>x</v>\n\n\
    > - [a](b \"c\") ![d](e) `f` <b>g</b><br><sup><a href=h>1</a></sup>\n\n<!-- mtaudit: ignore a/b -->\n<table><tr><td>i<th>j</table><pre>k</pre>\n\
    WEBVTT\n\nNOTE l\n\n00:01.000 --> 00:02.000\n<c.d>m&nbsp;&#8217;n</c>\n- o\n\n| p | q |\n|---|---|\n| r | s |\n\n[^1]: t\n<script>u</script></>“é” 😀\u{A0}\n";

/// Xorshift64*.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % end
    }
}

/// Reads bytes and goes over all that can be asked of a source.
fn walk(bytes: &[u8], format: Format) {
    let Ok(source) = Source::read(bytes.to_vec(), format) else { return };
    let prose = source.prose();
    let mut end = 0;
    for block in source.blocks() {
        assert!(end <= block.span.start && !block.span.of(prose).trim().is_empty());
        end = block.span.end;
    }
    let starts: Vec<usize> = prose.char_indices().map(|(at, _)| at).chain([prose.len()]).collect();
    for pair in starts.windows(2) {
        for span in [Span::new(pair[0], pair[1]), Span::new(pair[0], pair[0])] {
            let location = source.locate(span);
            assert!(location.start <= location.end);
            assert!(location.bytes.iter().all(|(start, end)| start <= end && *end <= bytes.len()));
            assert!(!source.editable(span) || location.bytes.len() == 1);
            let _ = source.replacement(span, "R&D *1*");
        }
    }
    for comment in source.comments() {
        assert!(prose.is_char_boundary(comment.at as usize));
        assert!(!source.locate_comment(comment).bytes.is_empty());
    }
}

#[test]
fn torn_and_mixed_files_are_read() {
    let mut random = Random(7);
    for _ in 0..150 {
        let mut bytes = MIXED.as_bytes().to_vec();
        for _ in 0..random.below(8) {
            let (from, to) = (random.below(bytes.len()), random.below(bytes.len()));
            match random.below(4) {
                0 => bytes[from] = random.below(256) as u8,
                1 => bytes.truncate(from.max(1)),
                2 => bytes.swap(from, to),
                _ => {
                    let part = bytes[from.min(to)..from.max(to)].to_vec();
                    bytes.splice(to..to, part);
                }
            }
        }
        bytes.truncate(3_000);
        for format in TEXTS {
            walk(&bytes, format);
        }
    }
}

#[test]
fn random_bytes_are_read() {
    let mut random = Random(3);
    for length in 0..200 {
        let mut bytes: Vec<u8> = (0..length).map(|_| random.below(256) as u8).collect();
        for mark in [&b""[..], b"\xFF\xFE", b"\xFE\xFF", b"<meta charset=gb18030>", b"<meta charset=iso-2022-jp>"] {
            bytes.splice(..0, mark.iter().copied());
            for format in TEXTS.into_iter().chain([Format::Docx]) {
                walk(&bytes, format);
            }
        }
    }
}

#[test]
fn nothing_takes_more_than_its_length() {
    let times = |unit: &str, count: usize| unit.repeat(count);
    let deep = 10_000;
    let cases: Vec<(&str, String)> = vec![
        ("paragraphs", times("x\n\n", 300_000)),
        ("paragraphs of HTML", times("<p>x", 200_000)),
        ("one token", times("x", 2_000_000)),
        ("one line of blanks", times(" ", 1_000_000) + "x"),
        ("elements in elements", times("<div>", deep) + "x" + &times("</div>", deep)),
        ("items in items", times("<ul><li>", deep) + "x" + &times("</td></li>", deep)),
        ("never closed", times("<blockquote>", 50_000) + &times("</td></table></h1>", 50_000)),
        ("tags that never end", times("<a", 200_000)),
        ("comments that never end", times("<!-", 200_000) + &times("<!--", 100_000)),
        ("ampersands", times("&", 200_000)),
        ("entities", times("&amp;&#8217;&nosuch;", 20_000)),
        ("a long number", "&#".to_owned() + &times("1", 500_000)),
        ("attributes", "<p ".to_owned() + &times("a=b c ", 100_000) + ">x"),
        ("raised", times("<sup><a href=b>", 50_000) + "x"),
        ("breaks", times("x<br>", 100_000)),
        ("front matter", "---\n".to_owned() + &times("a:\n", 200_000)),
        ("brackets", times("[", 50_000) + &times("](", 20_000)),
        ("stars", times("*a_", 50_000)),
        ("quotations in quotations", times("> ", 2_000) + "x"),
        ("lists in lists", (0..500).flat_map(|at| ["  ".repeat(at), "- x\n".to_owned()]).collect()),
        ("backticks", (0..1_000).map(|at| "`".repeat(at % 300) + " ").collect()),
        ("cues", times("00:00:01,000 --> 00:00:02,000\nx\n\n", 50_000)),
        ("lines of a cue", "00:01.000 --> 00:02.000\n".to_owned() + &times("- x\n<v Bob>y\n", 50_000)),
        ("tags of a cue", "00:01.000 --> 00:02.000\n".to_owned() + &times("<c{\\", 200_000)),
        ("notes", "WEBVTT\n\n".to_owned() + &times("NOTE x\n\n", 100_000)),
        ("times", times("-->", 300_000)),
    ];
    for (name, text) in cases {
        for format in TEXTS {
            let began = Instant::now();
            let source = Source::decoded(text.clone(), format);
            let last = source.prose().len();
            let _ = source.locate(Span::new(last, last));
            let took = began.elapsed();
            // A second is a hundred times what most need, even unoptimised; what grows with the square needs minutes.
            assert!(took < Duration::from_secs(10), "{name} as {format:?}: {took:?}");
        }
    }
}
