//! Step 1. In: the bytes of a file. Out: its prose, the blocks it is made of, and the way back from prose to file.

use crate::finding::Span;

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
}

impl Source {
    /// A plain text that is already decoded; its blocks are its paragraphs.
    #[must_use]
    pub fn plain(text: String) -> Self {
        let mut blocks = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let body = line.trim();
            if !body.is_empty() {
                let at = start + (line.len() - line.trim_start().len());
                blocks.push(Block { span: Span::new(at, at + body.len()), kind: BlockKind::Paragraph });
            }
            start += line.len();
        }
        Self { prose: text, blocks }
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
        &[]
    }

    /// A value of the front matter.
    #[must_use]
    pub fn front_matter(&self, _key: &str) -> Option<&str> {
        None
    }

    /// What the reader should know about how the file was read, one line each.
    #[must_use]
    pub fn notes(&self) -> &[String] {
        &[]
    }

    /// Where a span of the prose stands in the file.
    #[must_use]
    pub fn locate(&self, span: Span) -> Location {
        Location { bytes: vec![(span.start as usize, span.end as usize)], start: (1, 1), end: (1, 1) }
    }

    /// Offset in Unicode scalars of a byte offset of the prose.
    #[must_use]
    pub fn chars_before(&self, byte: u32) -> usize {
        self.prose.get(..byte as usize).map_or(0, |head| head.chars().count())
    }
}
