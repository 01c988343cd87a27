//! Unit tests of subtitles: what is said, where paragraphs end, and that no edit touches a time.

use super::{located, span_of};
use crate::source::{Format, NoText, Source};

fn blocks(source: &Source) -> Vec<&str> {
    source.blocks().iter().map(|block| block.span.of(source.prose())).collect()
}

#[test]
fn a_sentence_runs_over_cues_of_subrip() {
    let text = "1\r\n00:00:01,000 --> 00:00:02,500 X1:10\r\n{\\an8}<i>The rebels vowed</i>\r\nto behead\r\n\r\n2\r\n00:00:02,600 --> 00:00:04,000\r\nthe new &amp; old\r\n\r\ngovernment < 3.\r\n\r\n3\r\n00:00:10,000 --> 00:00:12,000\r\n- Who says so?\r\n- The minister, in\\N<font color=\"red\">1984</font>.\r\n\r\n4\n00:00:12,100 --> 00:00:13,000\n- 40\n-5 degrees";
    let source = Source::read(text.into(), Format::Srt).unwrap();
    assert_eq!(
        blocks(&source),
        [
            "The rebels vowed to behead the new &amp; old government < 3.",
            "Who says so?",
            "The minister, in 1984.",
            "40 -5 degrees"
        ]
    );
    assert_eq!(located(&source, text.as_bytes(), "vowed to behead the new"), b"vowedto beheadthe new");
    assert_eq!(source.locate(span_of(&source, "behead the new")).bytes.len(), 2);
    assert_eq!(source.locate(span_of(&source, "behead")).start, (4, 4));
    assert_eq!(source.replacement(span_of(&source, "behead"), "topple").unwrap(), b"topple");
    for words in ["behead the", "vowed to", "in 1984", " the"] {
        assert!(!source.editable(span_of(&source, words)), "{words}");
    }
    assert_eq!(source.replacement(span_of(&source, "behead"), "a\nb"), None);
}

#[test]
fn notes_styles_names_and_settings_of_webvtt_are_no_prose() {
    let text = "\u{FEFF}WEBVTT - title\nKind: captions\n\nSTYLE\n::cue { color: red }\n\nNOTE mtaudit: ignore a/b\nbecause\n\nintro\n00:01.000 --> 00:02.000 align:start\n<v Mary>It is <c.loud>5&nbsp;o’clock</c> &lt;now&gt;\n\n00:02.000 --> 00:03.000\n<v Mary>and <00:00:02.500>all is well.</v>\nNOTE said aloud\n\n00:03.100 --> 00:04.000\n<v Bob>So it is.\n";
    let source = Source::read(text.into(), Format::Vtt).unwrap();
    assert_eq!(blocks(&source), ["It is 5\u{A0}o’clock <now> and all is well. NOTE said aloud", "So it is."]);
    assert_eq!(source.comments().len(), 1);
    assert_eq!((source.comments()[0].text.as_str(), source.comments()[0].at), (" mtaudit: ignore a/b\nbecause", 0));
    assert_eq!(source.locate_comment(&source.comments()[0]).start, (7, 1));
    assert_eq!(
        located(&source, text.as_bytes(), "5\u{A0}o’clock <"),
        "5&nbsp;o’clock&lt;".replace("clock", "clock ").as_bytes()
    );
    assert_eq!(source.replacement(span_of(&source, "well"), "R&D").unwrap(), b"R&amp;D");
}

#[test]
fn captions_that_roll_are_read_once() {
    let text = "WEBVTT\n\n00:00.000 --> 00:01.000\nwe are<00:00:00.500><c> going</c>\n\n00:01.000 --> 00:01.010\nwe are going\n\n00:01.010 --> 00:02.000\nwe are going\nhome<00:00:01.500><c> now</c>\n";
    let source = Source::read(text.into(), Format::Vtt).unwrap();
    assert_eq!(source.prose(), "we are going home now");
}

#[test]
fn what_holds_no_times_is_no_subtitles() {
    assert_eq!(Source::read("Dear all,\n1 --> 2".into(), Format::Srt).unwrap_err(), NoText::NoTimes);
    assert_eq!(Source::read("WEBVTT\n".into(), Format::Vtt).unwrap().prose(), "");
    assert_eq!(Source::read("\n".into(), Format::Srt).unwrap().prose(), "");
}
