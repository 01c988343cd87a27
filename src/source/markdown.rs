//! In: a Markdown text. Out: its prose block by block, each piece with the place it has in the text.
//!
//! Front matter, code, link targets and HTML tags are no prose. Parsed by pulldown-cmark, whose ranges are bytes of the text.

use super::elements::{self, Role};
use super::marked::{Marked, Run};
use super::{BlockKind, OBJECT, comment, front_matter, html};
use pulldown_cmark::{Event, MetadataBlockKind, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// What is being read.
struct Reader<'a> {
    text: &'a str,
    found: Marked,
    run: Run,
    /// The words under the picture that is being read, and those of pictures before it in the block.
    caption: Run,
    captions: Vec<Run>,
    kinds: Vec<BlockKind>,
    images: u32,
    /// In a block of code.
    code: bool,
    metadata: Option<MetadataBlockKind>,
    /// The HTML element within the paragraph in which nothing is prose.
    skipped: Option<String>,
    /// The lines of a block of HTML.
    html: Vec<Range<usize>>,
}

/// Reads a Markdown text.
pub(super) fn read(text: &str) -> Marked {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    let mut reader = Reader {
        text,
        found: Marked::default(),
        run: Run::default(),
        caption: Run::default(),
        captions: Vec::new(),
        kinds: Vec::new(),
        images: 0,
        code: false,
        metadata: None,
        skipped: None,
        html: Vec::new(),
    };
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        reader.event(event, range);
    }
    reader.close();
    reader.found
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(_) if self.code || self.skipped.is_some() => {}
            Event::Text(words) => {
                if let Some(kind) = self.metadata {
                    self.metadata(kind, &words);
                } else {
                    let exact = self.text.get(range.clone()) == Some(&*words);
                    self.target().push(&words, range, exact);
                }
            }
            Event::Code(_) if self.skipped.is_none() => self.target().part(OBJECT, range.start),
            Event::SoftBreak => self.target().push(" ", range, false),
            Event::HardBreak => self.target().part("\n", range.start),
            Event::InlineHtml(html) => self.inline(&html, range),
            Event::Html(_) => match self.html.last_mut() {
                Some(last) if last.end == range.start => last.end = range.end,
                _ => self.html.push(range),
            },
            _ => {}
        }
    }

    fn metadata(&mut self, kind: MetadataBlockKind, words: &str) {
        let found = match kind {
            MetadataBlockKind::YamlStyle => Ok(front_matter::yaml(words)),
            MetadataBlockKind::PlusesStyle => front_matter::toml(words),
        };
        match found {
            Ok(pairs) => self.found.front_matter.extend(pairs),
            Err(error) => self.found.notes.push(format!("the front matter is no valid TOML: {error}")),
        }
    }

    /// A tag or comment within a paragraph.
    fn inline(&mut self, html: &str, range: Range<usize>) {
        if let Some(inner) = comment(html) {
            self.run.comment(inner, range);
            return;
        }
        let (name, ends) = tag(html);
        match (&self.skipped, elements::role(name.as_bytes())) {
            (Some(skipped), _) if *skipped == name && ends => self.skipped = None,
            (Some(_), _) => {}
            (None, Role::Break) => self.target().part("\n", range.start),
            (None, Role::Object) if !ends => {
                self.target().part(OBJECT, range.start);
                self.skipped = Some(name);
            }
            (None, Role::Skipped | Role::SkippedBlock) if !ends => self.skipped = Some(name),
            _ => {}
        }
    }

    /// HTML between paragraphs: prose as in a page. In quotations and lists, where signs of Markdown stand between its lines, only
    /// the comments that take one line are read.
    fn html_block(&mut self) {
        self.close();
        let ranges = std::mem::take(&mut self.html);
        if let [range] = ranges.as_slice() {
            html::fragment(&mut self.found, self.text, range.clone(), false);
            return;
        }
        for range in ranges {
            let line = self.text.get(range.clone()).unwrap_or("");
            let start = range.start + (line.len() - line.trim_start().len());
            if let Some(inner) = comment(line.trim()) {
                self.run.comment(inner, start..start + line.trim().len());
            }
        }
        self.close();
    }

    fn target(&mut self) -> &mut Run {
        if self.images > 0 { &mut self.caption } else { &mut self.run }
    }

    /// Ends a block: its run becomes prose, then the captions met in it.
    fn close(&mut self) {
        self.skipped = None;
        self.found.close(&mut self.run, self.kinds.last().copied().unwrap_or(BlockKind::Paragraph));
        for mut caption in std::mem::take(&mut self.captions) {
            self.found.close(&mut caption, BlockKind::Caption);
        }
    }

    fn open(&mut self, kind: BlockKind) {
        self.close();
        self.kinds.push(kind);
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::CodeBlock(_) => self.code = true,
            Tag::MetadataBlock(kind) => self.metadata = Some(*kind),
            Tag::Image { .. } => self.images += 1,
            Tag::Link { .. } if self.images == 0 => self.run.open_link(),
            Tag::Heading { level, .. } => self.open(BlockKind::Heading(*level as u8)),
            Tag::BlockQuote(_) => self.open(BlockKind::BlockQuote),
            Tag::Item | Tag::FootnoteDefinition(_) => self.open(BlockKind::ListItem),
            Tag::TableCell => self.open(BlockKind::Cell),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::CodeBlock => self.code = false,
            TagEnd::MetadataBlock(_) => self.metadata = None,
            TagEnd::Image => {
                self.images = self.images.saturating_sub(1);
                if self.images == 0 && !self.caption.is_empty() {
                    // The words under a picture stand apart from the sentence it is set in.
                    self.captions.push(std::mem::take(&mut self.caption));
                }
            }
            TagEnd::Link if self.images == 0 => self.run.close_link(),
            TagEnd::HtmlBlock => self.html_block(),
            TagEnd::Paragraph => self.close(),
            TagEnd::Heading(_)
            | TagEnd::BlockQuote(_)
            | TagEnd::Item
            | TagEnd::TableCell
            | TagEnd::FootnoteDefinition => {
                self.close();
                self.kinds.pop();
            }
            _ => {}
        }
    }
}

/// The name in a tag, in small letters, and whether it is an end tag.
fn tag(html: &str) -> (String, bool) {
    let inner = html.trim_start_matches('<');
    let name = inner.trim_start_matches('/');
    let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    (name.get(..end).unwrap_or("").to_ascii_lowercase(), inner.starts_with('/'))
}
