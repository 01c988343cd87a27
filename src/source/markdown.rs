//! In: a Markdown text. Out: its prose block by block, each piece with the place it has in the text.
//!
//! Front matter, code, link targets and HTML are no prose. Parsed by pulldown-cmark, whose ranges are bytes of the text.

use super::comments::{Comment, comments};
use super::{Block, BlockKind, Piece};
use crate::finding::Span;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// What a Markdown text holds.
#[derive(Default)]
pub(super) struct Markdown {
    pub(super) prose: String,
    pub(super) blocks: Vec<Block>,
    pub(super) pieces: Vec<Piece>,
    pub(super) links: Vec<Span>,
    pub(super) front_matter: Vec<(String, String)>,
    pub(super) comments: Vec<Comment>,
    /// Captions of the block that is being read.
    captions: Vec<Run>,
}

impl Markdown {
    /// Ends a block: its run becomes prose, then the captions met in it.
    fn close(&mut self, run: &mut Run, kinds: &[BlockKind]) {
        self.add(std::mem::take(run), kinds.last().copied().unwrap_or(BlockKind::Paragraph));
        for caption in std::mem::take(&mut self.captions) {
            self.add(caption, BlockKind::Caption);
        }
    }

    fn add(&mut self, run: Run, kind: BlockKind) {
        if run.parts.iter().all(|(words, ..)| words.trim().is_empty()) {
            for (_, text, range) in run.comments {
                self.between(text, &range);
            }
            return;
        }
        if !self.prose.is_empty() {
            self.prose.push_str("\n\n");
        }
        let first = self.prose.len();
        for (start, end) in run.links {
            self.links.push(Span::new(first + start, first + end));
        }
        for (at, text, range) in run.comments {
            let file = Span::new(range.start, range.end);
            self.comments.push(Comment { text, file, at: (first + at) as u32, inside: true });
        }
        for (words, range, exact) in run.parts {
            let start = self.prose.len();
            self.prose.push_str(&words);
            let prose = Span::new(start, self.prose.len());
            self.pieces.push(Piece { prose, text: Span::new(range.start, range.end), exact });
        }
        let body = self.prose.get(first..).unwrap_or("");
        let start = first + (body.len() - body.trim_start().len());
        let end = first + body.trim_end().len();
        self.blocks.push(Block { span: Span::new(start, end.max(start)), kind });
    }
}

impl Markdown {
    /// A comment between blocks: before what comes next.
    fn between(&mut self, text: String, range: &Range<usize>) {
        let file = Span::new(range.start, range.end);
        self.comments.push(Comment { text, file, at: self.prose.len() as u32, inside: false });
    }
}

/// A run of prose that is being collected.
#[derive(Default)]
struct Run {
    parts: Vec<(String, Range<usize>, bool)>,
    links: Vec<(usize, usize)>,
    comments: Vec<(usize, String, Range<usize>)>,
    length: usize,
}

impl Run {
    fn push(&mut self, text: &str, range: Range<usize>, exact: bool) {
        self.length += text.len();
        self.parts.push((text.to_owned(), range, exact));
    }
}

/// Reads a Markdown text.
pub(super) fn read(text: &str) -> Markdown {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    let mut found = Markdown::default();
    let (mut run, mut caption) = (Run::default(), Run::default());
    let mut kinds: Vec<BlockKind> = Vec::new();
    let (mut code, mut images, mut metadata) = (0_u32, 0_u32, false);
    let mut link_start = None;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        match event {
            Event::Start(tag) => match tag {
                Tag::CodeBlock(_) => code += 1,
                Tag::HtmlBlock => {
                    // In a tight list the words of the item stand before it without a paragraph of their own.
                    found.close(&mut run, &kinds);
                    for (text, range) in comments(text, range) {
                        found.between(text, &range);
                    }
                    code += 1;
                }
                Tag::MetadataBlock(_) => metadata = true,
                Tag::Image { .. } => images += 1,
                Tag::Link { .. } => link_start = Some(run.length),
                Tag::Heading { level, .. } => {
                    found.close(&mut run, &kinds);
                    kinds.push(BlockKind::Heading(number(level)));
                }
                Tag::BlockQuote(_) => {
                    found.close(&mut run, &kinds);
                    kinds.push(BlockKind::BlockQuote);
                }
                Tag::Item => {
                    found.close(&mut run, &kinds);
                    kinds.push(BlockKind::ListItem);
                }
                Tag::TableCell => kinds.push(BlockKind::Cell),
                _ => {}
            },
            Event::End(tag) => match tag {
                TagEnd::CodeBlock | TagEnd::HtmlBlock => code = code.saturating_sub(1),
                TagEnd::MetadataBlock(_) => metadata = false,
                TagEnd::Image => {
                    images = images.saturating_sub(1);
                    if images == 0 && !caption.parts.is_empty() {
                        // The words under a picture stand apart from the sentence it is set in.
                        found.captions.push(std::mem::take(&mut caption));
                    }
                }
                TagEnd::Link => {
                    if let Some(start) = link_start.take() {
                        run.links.push((start, run.length));
                    }
                }
                TagEnd::Paragraph => found.close(&mut run, &kinds),
                TagEnd::Heading(_) | TagEnd::BlockQuote(_) | TagEnd::Item | TagEnd::TableCell => {
                    found.close(&mut run, &kinds);
                    kinds.pop();
                }
                _ => {}
            },
            Event::Text(words) if metadata => found.front_matter.extend(front_matter(&words)),
            Event::Text(words) if code == 0 => {
                let exact = text.get(range.clone()) == Some(&*words);
                if images > 0 { &mut caption } else { &mut run }.push(&words, range, exact);
            }
            Event::InlineHtml(_) if code == 0 => {
                for (text, range) in comments(text, range) {
                    run.comments.push((run.length, text, range));
                }
            }
            Event::SoftBreak if code == 0 => if images > 0 { &mut caption } else { &mut run }.push(" ", range, false),
            Event::HardBreak if code == 0 => run.push("\n", range, false),
            _ => {}
        }
    }
    found.close(&mut run, &kinds);
    found
}

fn number(level: HeadingLevel) -> u8 {
    level as u8
}

/// `key: value` or `key = value`, one a line; lists and tables are left out.
fn front_matter(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with([' ', '\t', '-', '#', '['])) {
        let cut = line.find([':', '=']);
        let Some((key, value)) = cut.map(|at| line.split_at(at)) else { continue };
        let value = value.get(1..).unwrap_or("").trim().trim_matches(['"', '\'']);
        if !value.is_empty() {
            found.push((key.trim().trim_matches('"').to_owned(), value.to_owned()));
        }
    }
    found
}
