//! Step 1. In: the bytes of a file. Out: its prose, the blocks it is made of, and the way back from prose to file.

mod charset;
mod decode;
#[cfg(feature = "docx")]
mod docx;
mod elements;
mod front_matter;
mod html;
mod index;
mod markdown;
mod marked;
mod place;
mod plain;
mod reference;
mod subtitles;
mod write;

pub use decode::{LONGEST, NoText};

use crate::finding::Span;
use decode::Encoding;
use index::Index;
use marked::Marked;
use place::Piece;
use std::sync::OnceLock;
use subtitles::Kind;

/// Stands in the prose for what is part of a sentence but no words: code, a formula.
const OBJECT: &str = "\u{FFFC}";

/// How the file is marked up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// The prose is the decoded file, unchanged.
    Plain,
    /// CommonMark with front matter.
    Markdown,
    /// HTML as browsers read it.
    Html,
    /// HTML written as XML.
    Xhtml,
    /// Subtitles of SubRip.
    Srt,
    /// Subtitles of WebVTT.
    Vtt,
    /// A document of Word, which is only read.
    Docx,
}

impl Format {
    /// The endings of file names, in small letters, with the format they stand for.
    pub const ENDINGS: [(&'static str, Self); 10] = [
        ("md", Self::Markdown),
        ("markdown", Self::Markdown),
        ("txt", Self::Plain),
        ("text", Self::Plain),
        ("html", Self::Html),
        ("htm", Self::Html),
        ("xhtml", Self::Xhtml),
        ("srt", Self::Srt),
        ("vtt", Self::Vtt),
        ("docx", Self::Docx),
    ];

    /// Whether such files are articles where a folder is walked; others are read when they are named.
    #[must_use]
    pub fn is_walked(self) -> bool {
        self != Self::Docx
    }

    /// The format of files whose name ends so, in any case.
    #[must_use]
    pub fn of(ending: &str) -> Option<Self> {
        Self::ENDINGS.iter().find(|(known, _)| known.eq_ignore_ascii_case(ending)).map(|(_, format)| *format)
    }
}

/// What the markup says a block is. Plain text has only paragraphs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BlockKind {
    /// Running text (the document decides whether it is headline, standfirst or byline).
    Paragraph,
    /// The title of the page, which stands outside the article.
    Title,
    /// A heading of that level (1 is the title).
    Heading(u8),
    /// An item of a list.
    ListItem,
    /// A quoted block.
    BlockQuote,
    /// The text under a picture, or its alternative text.
    Caption,
    /// A cell of a table.
    Cell,
    /// What is said, in subtitles.
    Speech,
}

/// A block of prose.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Block {
    /// Where it stands in the prose, without surrounding white space.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
}

/// A comment of the markup (`<!-- … -->`, in WebVTT `NOTE …`).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Comment {
    /// What stands in it.
    pub text: String,
    /// The byte of the prose at which it stands: within a block between its words; between blocks the end of the block before it; 0 before
    /// the first.
    pub at: u32,
    /// The bytes of the decoded text that it takes, marks included.
    range: Span,
}

/// A place in a DOCX file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DocxPlace {
    /// The file in the archive (`word/document.xml`).
    pub part: String,
    /// The paragraph of the part, from 1, in order of their beginnings; empty ones count.
    pub paragraph: u32,
    /// The run of the paragraph, from 1; deleted ones count.
    pub run: u32,
}

/// A place in a file as people and programs name it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Location {
    /// Pieces of the file, half-open byte ranges; empty where the file has no bytes to point at.
    pub bytes: Vec<(usize, usize)>,
    /// Line and column of the start, from 1, columns in Unicode scalars of the file. Of DOCX the number of the block, and the column in
    /// it.
    pub start: (usize, usize),
    /// Line and column after the end.
    pub end: (usize, usize),
    /// Where the start stands in a DOCX file.
    pub docx: Option<DocxPlace>,
}

/// Where the pieces of a DOCX file stand: the `text` of a piece is its number among the places.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Archive {
    /// Part, paragraph and run of each place.
    places: Vec<(u32, u32, u32)>,
    parts: Vec<String>,
}

/// A text that has been read.
#[derive(Clone, Debug)]
pub struct Source {
    prose: String,
    blocks: Vec<Block>,
    format: Format,
    /// The decoded file, where the prose is not the file itself.
    text: Option<String>,
    /// In order of the prose; empty where the prose is the file itself.
    pieces: Vec<Piece>,
    /// Of DOCX: where its pieces stand, which has no bytes.
    archive: Option<Archive>,
    links: Vec<Span>,
    comments: Vec<Comment>,
    front_matter: Vec<(String, String)>,
    notes: Vec<String>,
    encoding: Encoding,
    prose_index: OnceLock<Index>,
    text_index: OnceLock<Index>,
}

impl Source {
    /// A plain text that is already decoded; its blocks are its paragraphs.
    #[must_use]
    pub fn plain(text: String) -> Self {
        Self { blocks: plain::blocks(&text), ..Self::bare(text) }
    }

    fn bare(prose: String) -> Self {
        Self {
            prose,
            blocks: Vec::new(),
            format: Format::Plain,
            text: None,
            pieces: Vec::new(),
            archive: None,
            links: Vec::new(),
            comments: Vec::new(),
            front_matter: Vec::new(),
            notes: Vec::new(),
            encoding: Encoding::Utf8(0),
            prose_index: OnceLock::new(),
            text_index: OnceLock::new(),
        }
    }

    /// A Markdown text that is already decoded.
    #[must_use]
    pub fn markdown(text: String) -> Self {
        Self::decoded(text, Format::Markdown)
    }

    /// A text that is already decoded; of a DOCX file, which is none, nothing.
    #[must_use]
    pub fn decoded(text: String, format: Format) -> Self {
        let found = match format {
            Format::Plain => return Self::plain(text),
            Format::Markdown => markdown::read(&text),
            Format::Html => html::read(&text, false),
            Format::Xhtml => html::read(&text, true),
            Format::Srt => subtitles::read(&text, Kind::SubRip),
            Format::Vtt => subtitles::read(&text, Kind::WebVtt),
            Format::Docx => Marked::default(),
        };
        Self { text: Some(text), ..Self::marked(found, format) }
    }

    fn marked(found: Marked, format: Format) -> Self {
        let Marked { prose, blocks, pieces, links, comments, front_matter, notes } = found;
        Self { blocks, format, pieces, links, comments, front_matter, notes, ..Self::bare(prose) }
    }

    /// A file: UTF-8 with or without byte order mark, UTF-16 with one, the encoding that an HTML page declares, else Windows-1252 with a note.
    ///
    /// # Errors
    /// Where the bytes are no text.
    pub fn read(bytes: Vec<u8>, format: Format) -> Result<Self, NoText> {
        if format == Format::Docx {
            return Self::docx(&bytes);
        }
        let declared = match format {
            Format::Html | Format::Xhtml => charset::declared(&bytes),
            _ => None,
        };
        let (text, encoding, note) = decode::decode(bytes, declared)?;
        let subtitles = matches!(format, Format::Srt | Format::Vtt);
        if subtitles && !text.trim().is_empty() && !subtitles::is_any(&text) {
            return Err(NoText::NoTimes);
        }
        let mut source = Self::decoded(text, format);
        if source.prose.len() >= LONGEST {
            return Err(NoText::TooLong);
        }
        source.encoding = encoding;
        source.notes.extend(note);
        Ok(source)
    }

    #[cfg(feature = "docx")]
    fn docx(bytes: &[u8]) -> Result<Self, NoText> {
        let docx::Docx { found, places, parts } = docx::read(bytes)?;
        if found.prose.len() >= LONGEST {
            return Err(NoText::TooLong);
        }
        let places = places.into_iter().map(|place| (place.part, place.paragraph, place.run)).collect();
        Ok(Self { archive: Some(Archive { places, parts }), ..Self::marked(found, Format::Docx) })
    }

    #[cfg(not(feature = "docx"))]
    fn docx(_: &[u8]) -> Result<Self, NoText> {
        Err(NoText::Docx("this mtaudit was built without the feature `docx`".to_owned()))
    }

    /// How the file is marked up.
    #[must_use]
    pub fn format(&self) -> Format {
        self.format
    }

    /// The prose, UTF-8.
    #[must_use]
    pub fn prose(&self) -> &str {
        &self.prose
    }

    /// The blocks of the prose, in order, not overlapping.
    #[must_use]
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// Spans of the prose that are the words of a link, in order.
    #[must_use]
    pub fn links(&self) -> &[Span] {
        &self.links
    }

    /// The comments of the markup, in order: of Markdown and HTML, and the notes of WebVTT.
    #[must_use]
    pub fn comments(&self) -> &[Comment] {
        &self.comments
    }

    /// A value of the front matter; keys within a table are joined by stops (`params.original`). Of HTML, what `meta` says under that
    /// name; `date` is the day of publication.
    #[must_use]
    pub fn front_matter(&self, key: &str) -> Option<&str> {
        self.front_matter.iter().find(|(name, _)| name.eq_ignore_ascii_case(key)).map(|(_, value)| value.as_str())
    }

    /// What the reader should know about how the file was read, one line each.
    #[must_use]
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// Where a span of the prose stands in the file.
    #[must_use]
    pub fn locate(&self, span: Span) -> Location {
        match &self.archive {
            Some(archive) => self.locate_in(archive, span),
            None => self.location(&self.parts(span)),
        }
    }

    fn locate_in(&self, archive: &Archive, span: Span) -> Location {
        let part = self.parts(span).first().copied().unwrap_or_default();
        let place = archive.places.get(part.start as usize).copied();
        let point = |byte: u32| {
            let block = self.blocks.partition_point(|block| block.span.start <= byte);
            let start = block.checked_sub(1).and_then(|at| self.blocks.get(at)).map_or(0, |block| block.span.start);
            (block.max(1), self.chars_before(byte) - self.chars_before(start.min(byte)) + 1)
        };
        Location {
            bytes: Vec::new(),
            start: point(span.start),
            end: point(span.end),
            docx: place.map(|(part, paragraph, run)| DocxPlace {
                part: archive.parts.get(part as usize).cloned().unwrap_or_default(),
                paragraph,
                run,
            }),
        }
    }

    /// Where a comment stands in the file.
    #[must_use]
    pub fn locate_comment(&self, comment: &Comment) -> Location {
        self.location(&[comment.range])
    }

    fn location(&self, parts: &[Span]) -> Location {
        let text = self.file_text();
        let index = self.file_index();
        let (first, last) = (parts.first().copied().unwrap_or_default(), parts.last().copied().unwrap_or_default());
        Location {
            bytes: parts.iter().map(|part| self.file_bytes(*part)).collect(),
            start: index.place(text, first.start as usize),
            end: index.place(text, last.end as usize),
            docx: None,
        }
    }

    /// Whether an edit of this span can be written as an edit of one run of bytes of the file.
    #[must_use]
    pub fn editable(&self, span: Span) -> bool {
        match (&self.text, &self.archive) {
            (Some(_), _) => place::editable(&self.pieces, &self.prose, span),
            (None, archive) => archive.is_none(),
        }
    }

    /// The bytes to write into the file for `text` in place of a span of the prose: in the file's encoding, with what its markup would
    /// misread escaped. None where the span is not editable, or the encoding or the markup cannot hold the text there.
    #[must_use]
    pub fn replacement(&self, span: Span, text: &str) -> Option<Vec<u8>> {
        if !self.editable(span) {
            return None;
        }
        let place = self.parts(span).first().copied()?;
        let written = write::escaped(self.format, self.file_text(), place, text)?;
        self.encoding.encode(&written)
    }

    /// Offset in Unicode scalars of a byte offset of the prose.
    #[must_use]
    pub fn chars_before(&self, byte: u32) -> usize {
        self.prose_index().before(&self.prose, byte as usize).0
    }

    fn prose_index(&self) -> &Index {
        self.prose_index.get_or_init(|| Index::new(&self.prose))
    }

    /// The decoded file: of a plain text the prose.
    fn file_text(&self) -> &str {
        self.text.as_deref().unwrap_or(&self.prose)
    }

    /// The index of the decoded file.
    fn file_index(&self) -> &Index {
        match &self.text {
            Some(text) => self.text_index.get_or_init(|| Index::new(text)),
            None => self.prose_index(),
        }
    }

    /// The runs of the decoded text behind a span of the prose.
    fn parts(&self, span: Span) -> Vec<Span> {
        let same = self.text.is_none() && self.archive.is_none();
        if same { vec![span] } else { place::parts(&self.pieces, span) }
    }

    fn file_bytes(&self, span: Span) -> (usize, usize) {
        let (text, index) = (self.file_text(), self.file_index());
        (self.encoding.at(span.start, false, text, index), self.encoding.at(span.end, true, text, index))
    }
}

/// What stands in a comment of HTML, where the text is one.
fn comment(html: &str) -> Option<&str> {
    let inner = html.strip_prefix("<!--")?;
    Some(inner.strip_suffix("-->").or_else(|| inner.strip_suffix("--!>")).unwrap_or(inner))
}

#[cfg(test)]
mod tests;
