//! In: runs of prose as a reader meets them, each with its place in the text. Out: the prose block by block, with the way back.

use super::{Block, BlockKind, Comment, OBJECT, Piece};
use crate::finding::Span;
use std::ops::Range;

/// What a marked-up text holds.
#[derive(Default)]
pub(super) struct Marked {
    pub(super) prose: String,
    pub(super) blocks: Vec<Block>,
    pub(super) pieces: Vec<Piece>,
    pub(super) links: Vec<Span>,
    pub(super) comments: Vec<Comment>,
    pub(super) front_matter: Vec<(String, String)>,
    pub(super) notes: Vec<String>,
}

impl Marked {
    /// Ends a block: what was collected becomes prose; comments in it are kept even where it holds none.
    pub(super) fn close(&mut self, run: &mut Run, kind: BlockKind) {
        run.trim_end();
        let run = std::mem::take(run);
        // A block of code alone says nothing.
        let filled = !run.prose.trim_matches(|c: char| c.is_whitespace() || OBJECT.contains(c)).is_empty();
        if filled && !self.prose.is_empty() {
            self.prose.push_str("\n\n");
        }
        let first = self.prose.len();
        let moved = |span: Span| Span::new(first + span.start as usize, first + span.end as usize);
        let last = if filled { run.prose.len() as u32 } else { 0 };
        self.comments.extend(
            run.comments.into_iter().map(|comment| Comment { at: first as u32 + comment.at.min(last), ..comment }),
        );
        if !filled {
            return;
        }
        self.links.extend(run.links.into_iter().map(moved));
        self.pieces.extend(run.pieces.into_iter().map(|piece| Piece { prose: moved(piece.prose), ..piece }));
        let start = first + (run.prose.len() - run.prose.trim_start().len());
        let end = first + run.prose.trim_end().len();
        self.prose.push_str(&run.prose);
        self.blocks.push(Block { span: Span::new(start, end), kind });
    }
}

/// A run of prose that is being collected; its spans count from its own start.
#[derive(Default)]
pub(super) struct Run {
    prose: String,
    pieces: Vec<Piece>,
    links: Vec<Span>,
    comments: Vec<Comment>,
    /// Where the words of the link begin that is open.
    link: Option<u32>,
}

impl Run {
    /// Bytes collected so far.
    pub(super) fn len(&self) -> usize {
        self.prose.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.prose.is_empty()
    }

    /// What was collected so far.
    pub(super) fn prose(&self) -> &str {
        &self.prose
    }

    /// Adds words; `exact` where they stand in the text letter for letter, else they stand for the whole range.
    pub(super) fn push(&mut self, words: &str, range: Range<usize>, exact: bool) {
        if words.is_empty() {
            return;
        }
        let start = self.prose.len();
        self.prose.push_str(words);
        let text = Span::new(range.start, range.end);
        match self.pieces.last_mut() {
            Some(last) if exact && last.exact && last.text.end == text.start => {
                last.prose.end = self.prose.len() as u32;
                last.text.end = text.end;
            }
            _ => self.pieces.push(Piece { prose: Span::new(start, self.prose.len()), text, exact }),
        }
    }

    /// Adds white space that the markup asks for and that is no part of the text: it stands at `at` and takes no bytes, so that no
    /// edit goes across it.
    pub(super) fn part(&mut self, blank: &str, at: usize) {
        self.push(blank, at..at, false);
    }

    /// Likewise one blank, where words stand before it and no blank does.
    pub(super) fn blank(&mut self, at: usize) {
        if !self.is_empty() && !self.prose.ends_with([' ', '\n']) {
            self.part(" ", at);
        }
    }

    /// Adds a text in which runs of white space count as one blank, and none at the start.
    pub(super) fn push_collapsed(&mut self, text: &str, start: usize) {
        let bytes = text.as_bytes();
        let blank =
            |at: usize| bytes.get(at).is_some_and(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0C'));
        let (mut from, mut at) = (0, 0);
        while at < bytes.len() {
            if !blank(at) {
                at += 1;
                continue;
            }
            let first = at;
            while blank(at) {
                at += 1;
            }
            let first_of_run = first == 0 && (self.is_empty() || self.prose.ends_with([' ', '\n']));
            if at == first + 1 && bytes.get(first) == Some(&b' ') && !first_of_run {
                continue;
            }
            self.push(text.get(from..first).unwrap_or(""), start + from..start + first, true);
            if !first_of_run {
                self.push(" ", start + first..start + at, false);
            }
            from = at;
        }
        self.push(text.get(from..).unwrap_or(""), start + from..start + text.len(), true);
    }

    /// Takes blanks and line breaks at the end away again.
    pub(super) fn trim_end(&mut self) {
        self.trim(&[' ', '\n']);
    }

    /// Takes blanks at the end away again.
    pub(super) fn trim_blanks(&mut self) {
        self.trim(&[' ']);
    }

    fn trim(&mut self, what: &[char]) {
        while self.prose.ends_with(what) {
            self.prose.pop();
            let Some(last) = self.pieces.last_mut() else { return };
            if last.exact && last.prose.len() > 1 {
                last.prose.end -= 1;
                last.text.end -= 1;
            } else if last.prose.len() > 1 {
                last.prose.end -= 1;
            } else {
                self.pieces.pop();
            }
        }
        self.clip();
    }

    /// Takes all away that was collected after the first `length` bytes, which end a piece.
    pub(super) fn truncate(&mut self, length: usize) {
        self.prose.truncate(length);
        while self.pieces.last().is_some_and(|piece| piece.prose.start as usize >= length) {
            self.pieces.pop();
        }
        if let Some(last) = self.pieces.last_mut().filter(|piece| piece.exact && piece.prose.end as usize > length) {
            let more = last.prose.end - length as u32;
            last.prose.end -= more;
            last.text.end -= more;
        }
        self.clip();
    }

    /// Links end where the prose ends.
    fn clip(&mut self) {
        let end = self.prose.len() as u32;
        while let Some(last) = self.links.last_mut().filter(|link| link.end > end) {
            last.end = end;
            if last.start < end {
                break;
            }
            self.links.pop();
        }
    }

    /// From here on words belong to a link.
    pub(super) fn open_link(&mut self) {
        self.close_link();
        self.link = Some(self.prose.len() as u32);
    }

    /// The words of the link end here.
    pub(super) fn close_link(&mut self) {
        let end = self.prose.len() as u32;
        if let Some(start) = self.link.take().filter(|start| *start < end) {
            self.links.push(Span { start, end });
        }
    }

    /// Whether words belong to a link.
    pub(super) fn in_link(&self) -> bool {
        self.link.is_some()
    }

    /// Whether the link that is open has no words yet.
    pub(super) fn link_is_empty(&self) -> bool {
        self.link == Some(self.prose.len() as u32)
    }

    /// Notes a comment that stands here.
    pub(super) fn comment(&mut self, text: &str, range: Range<usize>) {
        let at = self.prose.len() as u32;
        self.comments.push(Comment { text: text.to_owned(), at, range: Span::new(range.start, range.end) });
    }
}
