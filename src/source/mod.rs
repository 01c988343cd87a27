//! Step 1. In: the bytes of a file. Out: its prose, the blocks it is made of, and the way back from prose to file.

mod comments;
mod decode;
mod index;
mod markdown;
mod plain;

pub use comments::Comment;
pub use decode::NoText;

use crate::finding::Span;
use decode::Encoding;
use index::Index;
use std::sync::OnceLock;

/// How the file is marked up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// The prose is the decoded file, unchanged.
    Plain,
    /// CommonMark with front matter.
    Markdown,
}

/// What the markup says a block is. Plain text has only paragraphs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BlockKind {
    /// Running text (the document decides whether it is headline, standfirst or byline).
    Paragraph,
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
}

/// A block of prose.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Block {
    /// Where it stands in the prose, without surrounding white space.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
}

/// A run of prose and the bytes of the decoded text it came from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Piece {
    prose: Span,
    text: Span,
    /// Letter for letter: a part of the run is a part of the text.
    exact: bool,
}

/// A place in a file as people and programs name it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Location {
    /// Pieces of the file, half-open byte ranges; empty where the file has no bytes to point at.
    pub bytes: Vec<(usize, usize)>,
    /// Line and column of the start, from 1, columns in Unicode scalars of the file.
    pub start: (usize, usize),
    /// Line and column after the end.
    pub end: (usize, usize),
}

/// A text that has been read.
#[derive(Clone, Debug)]
pub struct Source {
    prose: String,
    blocks: Vec<Block>,
    /// The decoded file, where the prose is not the file itself.
    text: Option<String>,
    /// In order of the prose; empty where the prose is the file itself.
    pieces: Vec<Piece>,
    links: Vec<Span>,
    front_matter: Vec<(String, String)>,
    comments: Vec<Comment>,
    notes: Vec<String>,
    encoding: Encoding,
    prose_index: OnceLock<Index>,
    text_index: OnceLock<Index>,
}

impl Source {
    /// A plain text that is already decoded; its blocks are its paragraphs.
    #[must_use]
    pub fn plain(text: String) -> Self {
        let blocks = plain::blocks(&text);
        Self {
            prose: text,
            blocks,
            text: None,
            pieces: Vec::new(),
            links: Vec::new(),
            front_matter: Vec::new(),
            comments: Vec::new(),
            notes: Vec::new(),
            encoding: Encoding::Utf8(0),
            prose_index: OnceLock::new(),
            text_index: OnceLock::new(),
        }
    }

    /// A Markdown text that is already decoded.
    #[must_use]
    pub fn markdown(text: String) -> Self {
        let found = markdown::read(&text);
        let mut source = Self::plain(found.prose);
        source.text = Some(text);
        source.blocks = found.blocks;
        source.pieces = found.pieces;
        source.links = found.links;
        source.front_matter = found.front_matter;
        source.comments = found.comments;
        source
    }

    /// A file: UTF-8 with or without byte order mark, UTF-16 with one, else Windows-1252 with a note.
    ///
    /// # Errors
    /// Where the bytes are no text.
    pub fn read(bytes: Vec<u8>, format: Format) -> Result<Self, NoText> {
        let (text, encoding, note) = decode::decode(bytes)?;
        let mut source = match format {
            Format::Plain => Self::plain(text),
            Format::Markdown => Self::markdown(text),
        };
        source.encoding = encoding;
        source.notes.extend(note);
        Ok(source)
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

    /// A value of the front matter.
    #[must_use]
    pub fn front_matter(&self, key: &str) -> Option<&str> {
        self.front_matter.iter().find(|(name, _)| name.eq_ignore_ascii_case(key)).map(|(_, value)| value.as_str())
    }

    /// The comments of the markup, in order; plain text has none.
    #[must_use]
    pub fn comments(&self) -> &[Comment] {
        &self.comments
    }

    /// The line of the file, from 1, that a comment begins in.
    #[must_use]
    pub fn line_of(&self, comment: &Comment) -> usize {
        let text = self.text.as_deref().unwrap_or(&self.prose);
        self.file_index().place(text, comment.file.start as usize).0
    }

    /// What the reader should know about how the file was read, one line each.
    #[must_use]
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// Where a span of the prose stands in the file.
    #[must_use]
    pub fn locate(&self, span: Span) -> Location {
        let parts = self.parts(span);
        let text = self.text.as_deref().unwrap_or(&self.prose);
        let index = self.file_index();
        let (first, last) = (parts.first().copied().unwrap_or_default(), parts.last().copied().unwrap_or_default());
        Location {
            bytes: parts.iter().map(|part| self.file_bytes(*part)).collect(),
            start: index.place(text, first.start as usize),
            end: index.place(text, last.end as usize),
        }
    }

    /// Whether an edit of this span can be written as an edit of one run of bytes of the file.
    #[must_use]
    pub fn editable(&self, span: Span) -> bool {
        self.text.is_none()
            || (self.parts(span).len() == 1
                && self.pieces.iter().any(|piece| piece.exact && piece.prose.contains(span)))
    }

    /// Offset in Unicode scalars of a byte offset of the prose.
    #[must_use]
    pub fn chars_before(&self, byte: u32) -> usize {
        self.prose_index().before(&self.prose, byte as usize).0
    }

    fn prose_index(&self) -> &Index {
        self.prose_index.get_or_init(|| Index::new(&self.prose))
    }

    /// The index of the decoded file: of a plain text the prose's.
    fn file_index(&self) -> &Index {
        match &self.text {
            Some(text) => self.text_index.get_or_init(|| Index::new(text)),
            None => self.prose_index(),
        }
    }

    /// The runs of the decoded text behind a span of the prose.
    fn parts(&self, span: Span) -> Vec<Span> {
        if self.text.is_none() {
            return vec![span];
        }
        let first = self.pieces.partition_point(|piece| {
            piece.prose.end < span.start || (piece.prose.end == span.start && !span.is_empty())
        });
        let mut found: Vec<Span> = Vec::new();
        for piece in self
            .pieces
            .get(first..)
            .unwrap_or(&[])
            .iter()
            .take_while(|piece| piece.prose.start < span.end.max(span.start + 1))
        {
            let part = if piece.exact {
                let start = span.start.max(piece.prose.start) - piece.prose.start;
                let end = span.end.clamp(piece.prose.start, piece.prose.end) - piece.prose.start;
                Span { start: piece.text.start + start, end: piece.text.start + end.max(start) }
            } else {
                piece.text
            };
            match found.last_mut() {
                Some(last) if last.end == part.start => last.end = part.end,
                _ => found.push(part),
            }
            if span.is_empty() {
                break;
            }
        }
        if found.is_empty() {
            let end = self.pieces.last().map_or(0, |piece| piece.text.end);
            found.push(Span { start: end, end });
        }
        found
    }

    fn file_bytes(&self, span: Span) -> (usize, usize) {
        let text = self.text.as_deref().unwrap_or(&self.prose);
        let at = |byte: u32| {
            let before = || self.file_index().before(text, byte as usize);
            match self.encoding {
                Encoding::Utf8(mark) => byte as usize + mark,
                Encoding::Windows1252 => before().0,
                // A character outside the Basic Multilingual Plane takes two units; the byte order mark one.
                Encoding::Utf16 => {
                    let (chars, wide) = before();
                    2 * (chars + wide + 1)
                }
            }
        };
        (at(span.start), at(span.end))
    }
}

#[cfg(test)]
mod tests;
