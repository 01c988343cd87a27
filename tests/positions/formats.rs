//! Writes one document of each format: the same kinds of paragraphs, with the markup that the format has.

use super::writer::{Encoding, Garble, Random, Writer};

/// How documents are marked up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Style {
    Plain,
    Html,
    Markdown,
    Srt,
    Vtt,
    Docx,
}

/// A file, and the garbles in it.
pub struct Made {
    pub bytes: Vec<u8>,
    pub garbles: Vec<Garble>,
}

/// Sentences; what stands between | is a garble. No other is wrong in a way that these rules know.
const SENTENCES: [&str; 10] = [
    "The rebels vowed to |behead| the new government within a week.",
    "Officials held a |press gathering| on the matter on Monday.",
    "Café owners in Zürich stayed away from the harbour.",
    "The mayor said “the doors are open” and left at noon.",
    "About 40 boats lay ashore — none of them new.",
    "Nobody was hurt, the fire brigade’s chief said.",
    "The council will meet again in May to vote on it.",
    "Ferries to the islands ran late for the whole day.",
    "A spokesman for the port did not reply to questions.",
    "Rain fell on the old town & on the hills behind it.",
];
/// Only where the encoding has such characters.
const WIDE: &str = "The word on the wall was “Łódź 😀” in red paint.";

struct Maker<'a> {
    style: Style,
    out: Writer,
    random: &'a mut Random,
    /// Of a paragraph: what stands before each further line.
    prefix: &'static str,
    /// Of subtitles: the number of the cue, and the seconds.
    cue: usize,
}

/// Writes one document.
pub fn write(style: Style, encoding: Encoding, random: &mut Random) -> Made {
    let out = Writer::new(encoding);
    let mut maker = Maker { style, out, random, prefix: "", cue: 0 };
    maker.head();
    for number in 0..3 + maker.random.below(4) {
        maker.paragraph(number);
    }
    if style == Style::Html {
        maker.out.markup("</body></html>\n");
    }
    let Writer { bytes, text, mut garbles, .. } = maker.out;
    let bytes = if style == Style::Docx { docx(&text) } else { bytes };
    if style == Style::Docx {
        for garble in &mut garbles {
            garble.bytes.clear();
        }
    }
    Made { bytes, garbles }
}

/// What the characters of a piece mean, without the markup of any format here.
pub fn unescaped(raw: &str) -> String {
    let mut text = raw.to_owned();
    for (code, c) in [("&#98;", "b"), ("&#x67;", "g"), ("&ldquo;", "“"), ("&mdash;", "—"), ("&nbsp;", "\u{A0}")] {
        text = text.replace(code, c);
    }
    text.replace("&amp;", "&")
}

fn docx(body: &str) -> Vec<u8> {
    use std::io::Write as _;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
    let space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    write!(zip, "<w:document xmlns:w=\"{space}\"><w:body>{body}</w:body></w:document>").unwrap();
    zip.finish().unwrap().into_inner()
}

impl Maker<'_> {
    fn head(&mut self) {
        match self.style {
            Style::Html => self.out.markup(
                "<!DOCTYPE html>\n<html><head><title>Harbour news of the week</title><style>p { behead: 1 }</style>\n</head><body class='press gathering'>\n",
            ),
            Style::Markdown if self.random.one_in(2) => {
                self.out.markup("---\ntitle: They behead the new government\n---\n\n");
            }
            Style::Vtt => self.out.markup("WEBVTT behead the new government\n\nSTYLE\n::cue(b) { color: red }\n\n"),
            _ => {}
        }
    }

    fn paragraph(&mut self, number: usize) {
        let count = 1 + self.random.below(3);
        let mut sentences: Vec<&str> = (0..count).map(|_| SENTENCES[self.random.below(SENTENCES.len())]).collect();
        if number == 0 {
            // Without a character above ASCII Windows-1252 would be UTF-8.
            sentences.push(SENTENCES[2]);
        }
        if self.out.encoding().is_wide() && self.random.one_in(3) {
            sentences.push(WIDE);
        }
        match self.style {
            Style::Html => self.html(&sentences),
            Style::Markdown => self.markdown(&sentences),
            Style::Srt | Style::Vtt => {
                self.times();
                self.sentences(&sentences);
            }
            Style::Docx => {
                self.out.run = (self.out.run.0 + 1, 1);
                self.out.markup("<w:p><w:r><w:t xml:space=\"preserve\">");
                self.sentences(&sentences);
                self.out.markup("</w:t></w:r></w:p>");
                if number == 1 {
                    self.out.run.0 += 1;
                    self.out.markup("<w:p/>");
                }
            }
            Style::Plain => {
                self.sentences(&sentences);
                let end = self.random.pick(&["\n\n", "\r\n\r\n", "\n", "\n \n"]);
                self.out.markup(end);
            }
        }
    }

    fn html(&mut self, sentences: &[&str]) {
        let (open, close) = [
            ("<p>", "</p>\n"),
            ("<p class='a > b'>\n  ", "\n</p>"),
            ("<div><ul><li>", "</ul></div>\n"),
            ("<blockquote><p>", "</p></blockquote>"),
            ("<pre>behead the new government</pre><p>", "\n"),
            ("<script>if (a < b) { s = '<p>behead' }</script><p>", "</p>"),
            ("<table><tr><td>", "</table>"),
        ][self.random.below(7)];
        self.out.markup(open);
        self.sentences(sentences);
        self.out.markup(close);
    }

    fn markdown(&mut self, sentences: &[&str]) {
        let (open, prefix) = [
            ("", ""),
            ("> ", "> "),
            ("- ", "  "),
            ("1. ", "   "),
            ("```\nbehead the new government\n```\n\n", ""),
            ("<!-- behead the new government -->\n\n", ""),
            ("[one]: http://a.b/behead \"press gathering\"\n\n", ""),
        ][self.random.below(7)];
        self.out.markup(open);
        self.prefix = prefix;
        self.sentences(sentences);
        self.out.markup(self.random.pick(&["\n\n", "\r\n\r\n", "\n\n\n"]));
        if open == "- " || open == "1. " {
            // Ends the list.
            self.out.markup("***\n\n");
        }
    }

    /// Begins a cue.
    fn times(&mut self) {
        if self.cue > 0 {
            self.out.markup("\n\n");
        }
        self.cue += 1;
        let (number, mark) = (self.cue, if self.style == Style::Srt { ',' } else { '.' });
        let note =
            if self.style == Style::Vtt && self.random.one_in(5) { "NOTE behead\nthe new government\n\n" } else { "" };
        let name = if self.style == Style::Srt { format!("{number}\n") } else { String::new() };
        let settings = if self.random.one_in(3) { " align:start X1:40" } else { "" };
        let (from, to) = (number * 2, number * 2 + 1);
        self.out.markup(&format!(
            "{note}{name}00:{:02}:{:02}{mark}000 --> 00:{:02}:{:02}{mark}900{settings}\n",
            from / 60,
            from % 60,
            to / 60,
            to % 60
        ));
    }

    fn sentences(&mut self, sentences: &[&str]) {
        for (at, sentence) in sentences.iter().enumerate() {
            if at > 0 {
                self.space();
            }
            // Garbles stand at odd places between bars.
            for (part, words) in sentence.split('|').enumerate() {
                let garble = (part % 2 == 1).then(|| if words == "behead" { "behead" } else { "press gathering" });
                if let Some(garble) = garble {
                    self.out.begin(garble);
                }
                for (number, word) in words.split(' ').enumerate() {
                    if number > 0 {
                        self.space();
                    }
                    self.word(word);
                }
                self.out.end();
            }
        }
    }

    /// A word, with markup around it or within.
    fn word(&mut self, word: &str) {
        let plain = word.chars().all(char::is_alphabetic) && word.len() > 3;
        let cut = word.char_indices().nth(2).map_or(word.len(), |(at, _)| at);
        let (head, tail) = word.split_at(cut);
        let choice = if plain { self.random.below(8) } else { 8 };
        match (self.style, choice) {
            (Style::Html, 0) => self.marked("<em>", word, "</em>"),
            (Style::Html, 1) => self.split(head, "<b>", tail, "</b>"),
            (Style::Html, 2) => self.split(head, "<!-- behead -->", tail, ""),
            (Style::Html, 3) => self.marked("<a href='/behead'></a>", word, ""),
            (Style::Markdown, 0) => self.marked("**", word, "**"),
            (Style::Markdown, 1) => {
                // Between a letter and an entity the stars would stand for themselves.
                self.out.prose(head);
                self.out.markup("**");
                self.out.prose(tail);
                self.out.markup("**");
            }
            (Style::Markdown, 2) => self.split(head, "<!-- behead -->", tail, ""),
            (Style::Markdown, 3) => self.marked("<span title='behead'>", word, "</span>"),
            (Style::Srt, 0) => self.marked("<i>", word, "</i>"),
            (Style::Srt, 1) => self.split(head, "<font color=\"red\">", tail, "</font>"),
            (Style::Srt, 2) => self.marked("{\\an8}", word, ""),
            (Style::Vtt, 0) => self.marked("<c.loud>", word, "</c>"),
            (Style::Vtt, 1) => self.split(head, "<00:00:01.500>", tail, ""),
            (Style::Docx, 0 | 1) => {
                self.prose(head);
                self.next_run("");
                self.prose(tail);
            }
            (Style::Docx, 2) => {
                self.out.run.1 += 1;
                self.next_run("<w:del><w:r><w:t>behead</w:t></w:r></w:del>");
                self.prose(word);
            }
            _ => self.prose(word),
        }
    }

    fn next_run(&mut self, between: &str) {
        self.out.run.1 += 1;
        self.out.markup(&format!("</w:t></w:r>{between}<w:r><w:t xml:space=\"preserve\">"));
    }

    fn marked(&mut self, open: &str, word: &str, close: &str) {
        self.out.markup(open);
        self.prose(word);
        self.out.markup(close);
    }

    fn split(&mut self, head: &str, open: &str, tail: &str, close: &str) {
        self.prose(head);
        self.out.markup(open);
        self.prose(tail);
        self.out.markup(close);
    }

    /// Prose as the format writes it: some characters by their names.
    fn prose(&mut self, words: &str) {
        let entities = matches!(self.style, Style::Html | Style::Vtt | Style::Markdown);
        let must = matches!(self.style, Style::Html | Style::Vtt | Style::Docx | Style::Markdown);
        for c in words.chars() {
            let name = match c {
                '&' if must => "&amp;",
                'b' if entities && self.random.one_in(12) => "&#98;",
                'g' if entities && self.random.one_in(12) => "&#x67;",
                '“' if entities && self.random.one_in(2) => "&ldquo;",
                '—' if entities && self.random.one_in(2) => "&mdash;",
                _ => "",
            };
            if name.is_empty() {
                self.out.prose(c.encode_utf8(&mut [0; 4]));
            } else {
                self.out.prose(name);
            }
        }
    }

    /// Between two words.
    fn space(&mut self) {
        match (self.style, self.random.below(6)) {
            (Style::Html, 0) => self.out.prose(self.random.pick(&["\n    ", "\r\n", "\t ", "  "])),
            (Style::Html, 1) => {
                self.out.prose(" ");
                self.out.markup("<!-- press -->");
            }
            (Style::Markdown, 0) => {
                let end = self.random.pick(&["\n", "\r\n"]);
                self.out.prose(end);
                self.out.markup(self.prefix);
            }
            (Style::Srt | Style::Vtt, 0) => self.out.markup("\n"),
            (Style::Srt | Style::Vtt, 1) => self.times(),
            (Style::Docx, 0) => {
                self.next_run("<w:ins>");
                self.out.prose(" ");
                self.next_run("</w:ins>");
            }
            _ => self.out.prose(" "),
        }
    }
}
