//! Unit tests of HTML: what is prose, what its blocks are, and the way back.

use super::{located, span_of};
use crate::source::{BlockKind, Format, Source};

fn blocks(source: &Source) -> Vec<(&str, BlockKind)> {
    source.blocks().iter().map(|block| (block.span.of(source.prose()), block.kind)).collect()
}

fn read(html: &str) -> Source {
    Source::decoded(html.to_owned(), Format::Html)
}

fn prose(html: &str) -> Vec<String> {
    blocks(&read(html)).into_iter().map(|(text, _)| text.to_owned()).collect()
}

#[test]
fn a_page_with_everything() {
    use BlockKind::{Caption, Cell, Heading, ListItem, Paragraph, Title};
    let html = "<!DOCTYPE html>\n<html lang=en><head><meta charset=utf-8><title>Storm | Daily</title>\n\
        <meta property='article:published_time' content='2024-05-06T07:00Z'><meta name=original content=wire/a.html>\n\
        <style>p { color: red }</style><script>if (a < b) { document.write('<p>no</p>') }</script></head>\n\
        <body><nav><a href=/>Home</a></nav><h1>The <em>big</em> storm</h1>\n\
        <p class=\"lead > all\">It hit\n   <a href='/c' title='no'>the&nbsp;coast</a> &amp; stayed.<sup><a href='#n1'>1</a></sup></p>\n\
        <pre><code>no</code></pre><p>Run <code>x &lt; y</code> now.<br>Line two.<br><br>New.\n\
        <figure><img src=a alt=no><figcaption>Boats ashore</figcaption></figure>\n\
        <ul><li>one<li>two <ul><li>deep</ul> rest</ul><h2>After</h2>\n\
        <blockquote><p>said so</p></blockquote><table><tr><th>Town<td>Damage</table>\n\
        <p>10<sup>th</sup> of H<sub>2</sub>O<!-- mtaudit: ignore a/b -- why --> end</p></body></html>\n";
    let source = read(html);
    assert_eq!(
        blocks(&source),
        [
            ("Storm | Daily", Title),
            ("The big storm", Heading(1)),
            ("It hit the\u{A0}coast & stayed.", Paragraph),
            ("Run \u{FFFC} now.\nLine two.", Paragraph),
            ("New.", Paragraph),
            ("Boats ashore", Caption),
            ("one", ListItem),
            ("two", ListItem),
            ("deep", ListItem),
            ("rest", ListItem),
            ("After", Heading(2)),
            ("said so", BlockKind::BlockQuote),
            ("Town", Cell),
            ("Damage", Cell),
            ("10th of H2O end", Paragraph),
        ]
    );
    assert_eq!(source.links().iter().map(|link| link.of(source.prose())).collect::<Vec<_>>(), ["the\u{A0}coast"]);
    assert_eq!(source.front_matter("date"), Some("2024-05-06T07:00Z"));
    assert_eq!(source.front_matter("original"), Some("wire/a.html"));
    assert_eq!(located(&source, html.as_bytes(), "the\u{A0}coast &"), b"the&nbsp;coast &amp;");
    assert_eq!(located(&source, html.as_bytes(), "It hit the"), b"It hit\n   the");
    let comment = &source.comments()[0];
    assert_eq!(comment.text.trim(), "mtaudit: ignore a/b -- why");
    assert!(source.prose()[..comment.at as usize].ends_with("H2O"));
    assert_eq!(source.locate_comment(comment).start.0, 12);
    assert!(source.notes().is_empty(), "{:?}", source.notes());
}

#[test]
fn what_an_edit_may_cross() {
    let html = "<p>press\n  gathering in <b>old</b> town &mdash; or &quot;ville&quot;, <code>x</code>y<br>z</p>";
    let source = read(html);
    let written = |words: &str, new: &str| source.replacement(span_of(&source, words), new);
    assert_eq!(written("press gathering", "R&D").unwrap(), b"R&amp;D");
    assert_eq!(written("old", "new").unwrap(), b"new");
    for words in ["old town", "town — or", "—", "\"ville", "\u{FFFC}", "y\nz"] {
        assert_eq!(written(words, "x"), None, "{words}");
    }
}

#[test]
fn broken_pages_are_read_as_browsers_read_them() {
    assert_eq!(prose("a < b and c > d & e &nosuch; </> f"), ["a < b and c > d & e &nosuch; f"]);
    assert_eq!(prose("<p>one <b>two<p>three</b> four"), ["one two", "three four"]);
    assert_eq!(prose("text <b unfinished"), ["text"]);
    assert_eq!(prose("text <!-- unfinished"), ["text"]);
    assert_eq!(prose("<title>a &amp; <b></title>x"), ["a & <b>", "x"]);
    assert_eq!(prose("<h2>one<h3>two</h3>three"), ["one", "two", "three"]);
    assert_eq!(prose("<div hidden>no <div>no</div> no</div>yes<span hidden>no</span>"), ["yes"]);
    assert_eq!(prose("<svg/><p>yes<svg><text>no</text></svg></p>"), ["yes"]);
    assert_eq!(prose("a<wbr>b &#x41;&#66; &rsquo; &#146;"), ["ab AB ’ ’"]);
    assert_eq!(
        prose("a<sup><a href=b>[12]</a></sup> b<a href=c><sup>3</sup></a> <sup><a href=d>long words</a></sup>"),
        ["a b long words"]
    );
    let source = read("one\n<pre>two\nthree");
    assert_eq!(source.prose(), "one");
    assert_eq!(source.notes(), ["<pre> in line 2 is never closed: nothing behind it was read"]);
}

#[test]
fn xml_closes_what_closes_itself() {
    let page = "<?xml version=\"1.0\"?><html><head><script src='a'/><title/></head><body><p>yes</p></body></html>";
    assert_eq!(Source::decoded(page.to_owned(), Format::Xhtml).prose(), "yes");
}

#[test]
fn front_matter_stands_before_a_page() {
    let source = read("---\ntitle: Storm\r\ndate: 2024-05-06\n---\n<p>Text</p>");
    assert_eq!((source.prose(), source.front_matter("date")), ("Text", Some("2024-05-06")));
}

#[test]
fn declared_encodings_lead_back_to_their_bytes() {
    let html = |charset: &str| format!("<meta charset={charset}><p>Zażółć 東京 gęślą end</p>");
    for (label, encoding) in [
        ("iso-8859-2", encoding_rs::ISO_8859_2),
        ("shift_jis", encoding_rs::SHIFT_JIS),
        ("gb18030", encoding_rs::GB18030),
        ("iso-2022-jp", encoding_rs::ISO_2022_JP),
        ("euc-kr", encoding_rs::EUC_KR),
    ] {
        let text: String = html(label);
        let text: String = text.chars().filter(|c| !encoding.encode(&c.to_string()).2).collect();
        let bytes = encoding.encode(&text).0.into_owned();
        let source = Source::read(bytes.clone(), Format::Html).unwrap();
        assert_eq!(source.notes(), &[] as &[String], "{label}");
        assert!(source.prose().ends_with(" end"), "{label}: {}", source.prose());
        for word in source.prose().split(' ') {
            assert!(text.contains(word), "{label}: {word}");
            let found = located(&source, &bytes, word);
            assert_eq!(encoding.decode_without_bom_handling(&found).0.trim(), word, "{label}");
        }
        assert_eq!(located(&source, &bytes, "end"), b"end");
    }
    let wrong = Source::read("<meta charset=latin1>“x”".into(), Format::Html).unwrap();
    assert_eq!(wrong.prose(), "“x”");
    assert_eq!(wrong.notes(), ["declares windows-1252, but is valid UTF-8 and was read as such"]);
}
