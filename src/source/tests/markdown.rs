//! Unit tests of Markdown: what is prose, what its blocks are, comments, front matter, and the way back.

use super::{located, span_of};
use crate::source::{BlockKind, Source};

fn blocks(source: &Source) -> Vec<(&str, BlockKind)> {
    source.blocks().iter().map(|block| (block.span.of(source.prose()), block.kind)).collect()
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

#[test]
fn lists_tables_notes_breaks_and_tags() {
    use BlockKind::{BlockQuote, Caption, Cell, Heading, ListItem, Paragraph};
    let text = "Storm *of the* year {#top}\n===\n\n- one\n  - deep\n\n    more\n- [ ] task\n\n1. first\n   > said\n\n| Town | Damage |\n|---|---|\n| Nordby | **40** boats |\n\n\
        It came[^n], [they][ref] <b>said</b>,  \non `Monday` &mdash; at\\\nnoon<br>sharp; <kbd>x</kbd> <http://a.b> &#x41;\\*B\\*.\n\n![Boats \"*ashore*\"](b.png \"no\")\n\n\
        [^n]: A note.\n\n[ref]: http://a.b \"no\"\n\n<figure>\n<figcaption>The &quot;quay&quot;</figcaption>\n</figure>\n\n`code`\n\n> [!NOTE]\n> Look.\n";
    let source = Source::markdown(text.to_owned());
    assert_eq!(
        blocks(&source),
        [
            ("Storm of the year", Heading(1)),
            ("one", ListItem),
            ("deep", ListItem),
            ("more", ListItem),
            ("task", ListItem),
            ("first", ListItem),
            ("said", BlockQuote),
            ("Town", Cell),
            ("Damage", Cell),
            ("Nordby", Cell),
            ("40 boats", Cell),
            ("It came, they said,\non \u{FFFC} — at\nnoon\nsharp; \u{FFFC} http://a.b A*B*.", Paragraph),
            ("Boats \"ashore\"", Caption),
            ("A note.", ListItem),
            ("The \"quay\"", Caption),
            ("Look.", BlockQuote),
        ]
    );
    assert_eq!(located(&source, text.as_bytes(), "they said"), b"they said");
    assert_eq!(located(&source, text.as_bytes(), "— at"), b"&mdash; at");
    assert_eq!(located(&source, text.as_bytes(), "A*B*."), b"&#x41;*B*.");
    assert_eq!(source.locate(span_of(&source, "quay")).start.0, 28);
    assert!(source.editable(span_of(&source, "quay")));
    assert!(!source.editable(span_of(&source, "said,\non")));
}

#[test]
fn a_lines_end_within_a_paragraph_is_a_blank_to_an_edit() {
    let text = "one two\nthree\n\n> four\n> five\n";
    let source = Source::markdown(text.to_owned());
    assert_eq!(source.replacement(span_of(&source, "two three"), "2 *3*").unwrap(), b"2 \\*3\\*");
    assert_eq!(source.replacement(span_of(&source, "four five"), "45"), None);
}

#[test]
fn front_matter_in_both_forms() {
    let toml = Source::markdown(
        "+++\ntitle = \"Storm\"\ndate = 2024-05-06\n[params]\noriginal = \"w.txt\"\n+++\nText.".to_owned(),
    );
    assert_eq!((toml.prose(), toml.front_matter("date")), ("Text.", Some("2024-05-06")));
    assert_eq!(toml.front_matter("params.original"), Some("w.txt"));
    let broken = Source::markdown("+++\ntitle = Storm\n+++\nText.".to_owned());
    assert!(broken.notes()[0].starts_with("the front matter is no valid TOML: "), "{:?}", broken.notes());
    let yaml = Source::markdown("---\nTitle: 'It''s'\n---\nText.".to_owned());
    assert_eq!(yaml.front_matter("title"), Some("It's"));
}
