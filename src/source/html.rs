//! In: an HTML text, or the HTML in another. Out: its prose block by block, each piece with the place it has in the text.
//!
//! Tags, attributes, comments, scripts, styles, code, menus and form controls are no prose. Tokenised by html5gum, whose spans are
//! bytes of the text; what an element means is looked up in `elements`, without building a tree.

use super::elements::{self, Role};
use super::marked::{Marked, Run};
use super::reference::reference;
use super::{BlockKind, OBJECT, comment, front_matter};
use html5gum::emitters::callback::{Callback, CallbackEmitter, CallbackEvent};
use html5gum::{Emitter, ForwardingEmitter, State, Tokenizer};
use std::convert::Infallible;
use std::ops::Range;

/// Reads a whole page; `xml` where tags that close themselves do so (XHTML).
pub(super) fn read(text: &str, xml: bool) -> Marked {
    let mut found = Marked::default();
    let start = match front_matter::leading(text) {
        Some(front) => {
            found.front_matter = front_matter::yaml(text.get(front.clone()).unwrap_or(""));
            // Behind the closing line of hyphens.
            text.get(front.end..).and_then(|rest| rest.find('\n')).map_or(text.len(), |at| front.end + at)
        }
        None => 0,
    };
    fragment(&mut found, text, start..text.len(), xml);
    found
}

/// Reads the HTML that stands in a range of a text.
pub(super) fn fragment(found: &mut Marked, text: &str, range: Range<usize>, xml: bool) {
    let html = text.get(range.clone()).unwrap_or("");
    let mut reader = Reader {
        text,
        offset: range.start,
        found,
        run: Run::default(),
        tag: Tag::default(),
        attribute: Vec::new(),
        open: Open::default(),
        skipped: None,
        note_mark: None,
        xml,
    };
    let mut inner = CallbackEmitter::new(&mut reader);
    inner.naively_switch_states(true);
    let Ok(()) = Tokenizer::new_with_emitter(html, Switching { inner, closing: false, xml }).finish();
    reader.end_of_text();
}

/// html5gum's emitter, but in XML `<script/>` has no content.
struct Switching<'a, 'b> {
    inner: CallbackEmitter<&'a mut Reader<'b>, Infallible, usize>,
    closing: bool,
    xml: bool,
}

impl ForwardingEmitter for Switching<'_, '_> {
    type Token = Infallible;

    fn inner(&mut self) -> &mut impl Emitter<Token = Infallible> {
        &mut self.inner
    }

    fn set_self_closing(&mut self) {
        self.closing = true;
        self.inner.set_self_closing();
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        let state = self.inner.emit_current_tag();
        let closing = std::mem::take(&mut self.closing);
        state.filter(|_| !(self.xml && closing))
    }
}

/// The start tag that is being read.
#[derive(Default)]
struct Tag {
    name: Vec<u8>,
    start: usize,
    /// It leads somewhere.
    href: bool,
    hidden: bool,
    /// Of `meta`: what it is about, and what it says.
    name_of: String,
    content: String,
}

/// Elements that are open and say what a block is.
#[derive(Default)]
struct Open {
    /// The number of the element, and what blocks in it are.
    stack: Vec<(usize, BlockKind)>,
    counts: [u32; elements::KINDS.len()],
}

impl Open {
    fn kind(&self) -> BlockKind {
        self.stack.last().map_or(BlockKind::Paragraph, |(_, kind)| *kind)
    }

    fn push(&mut self, number: usize) {
        let closes = |outer: usize| {
            let of = |at: usize| elements::KINDS.get(at).map_or("", |(name, _)| *name);
            elements::ends_before(of(outer), of(number))
        };
        while let Some((outer, _)) = self.stack.last().copied().filter(|(outer, _)| closes(*outer)) {
            self.pop(outer);
        }
        let kind = elements::KINDS.get(number).and_then(|(_, kind)| *kind).unwrap_or(self.kind());
        self.stack.push((number, kind));
        if let Some(count) = self.counts.get_mut(number) {
            *count += 1;
        }
    }

    /// Closes the innermost such element and those in it, if one is open.
    fn pop(&mut self, number: usize) {
        if self.counts.get(number).is_none_or(|count| *count == 0) {
            return;
        }
        while let Some((last, _)) = self.stack.pop() {
            if let Some(count) = self.counts.get_mut(last) {
                *count -= 1;
            }
            if last == number {
                return;
            }
        }
    }
}

/// What is no prose until its element ends.
struct Skipped {
    name: Vec<u8>,
    /// Elements of that name that are open.
    depth: u32,
    start: usize,
}

struct Reader<'a> {
    text: &'a str,
    /// Where the HTML begins in the text.
    offset: usize,
    found: &'a mut Marked,
    run: Run,
    tag: Tag,
    attribute: Vec<u8>,
    open: Open,
    skipped: Option<Skipped>,
    /// In raised text: where it began, and whether a link stands in it. Raised links lead to notes and are no prose.
    note_mark: Option<(usize, bool)>,
    xml: bool,
}

impl Callback<Infallible, usize> for &mut Reader<'_> {
    fn handle_event(&mut self, event: CallbackEvent<'_>, span: html5gum::Span<usize>) -> Option<Infallible> {
        let range = self.offset + span.start..self.offset + span.end;
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.tag = Tag { name: name.to_vec(), start: range.start, ..Tag::default() };
            }
            CallbackEvent::AttributeName { name } => {
                self.attribute = name.to_vec();
                match name {
                    b"href" => self.tag.href = true,
                    b"hidden" => self.tag.hidden = true,
                    _ => {}
                }
            }
            CallbackEvent::AttributeValue { value } if self.tag.name == b"meta" => match self.attribute.as_slice() {
                b"name" | b"property" | b"itemprop" => self.tag.name_of = String::from_utf8_lossy(value).into_owned(),
                b"content" => self.tag.content = String::from_utf8_lossy(value).into_owned(),
                _ => {}
            },
            CallbackEvent::AttributeValue { .. } => {}
            CallbackEvent::CloseStartTag { self_closing } => self.start(self_closing),
            CallbackEvent::EndTag { name } => self.end(name, range.start),
            CallbackEvent::String { .. } if self.skipped.is_none() => self.words(range),
            CallbackEvent::Comment { .. } => {
                if let Some(inner) = self.text.get(range.clone()).and_then(comment) {
                    self.run.comment(inner, range);
                }
            }
            CallbackEvent::String { .. } | CallbackEvent::Doctype { .. } | CallbackEvent::Error(_) => {}
        }
        None
    }
}

impl Reader<'_> {
    fn close(&mut self) {
        let link = self.run.in_link();
        self.run.close_link();
        self.found.close(&mut self.run, self.open.kind());
        self.note_mark = None;
        if link {
            // A link around several blocks.
            self.run.open_link();
        }
    }

    fn words(&mut self, range: Range<usize>) {
        let raw = self.text.get(range.clone()).unwrap_or("");
        // An end tag without a name is nothing, except in a title, where tags are words.
        if self.open.kind() == BlockKind::Title {
            self.part(range);
            return;
        }
        let mut start = range.start;
        for part in raw.split("</>") {
            self.part(start..start + part.len());
            start += part.len() + "</>".len();
        }
    }

    fn part(&mut self, range: Range<usize>) {
        let raw = self.text.get(range.clone()).unwrap_or("");
        let mut from = 0;
        for at in memchr::memchr_iter(b'&', raw.as_bytes()) {
            let Some((length, value)) = raw.get(at..).filter(|_| at >= from).and_then(reference) else { continue };
            self.run.push_collapsed(raw.get(from..at).unwrap_or(""), range.start + from);
            let place = range.start + at..range.start + at + length;
            if value.bytes().all(|byte| byte.is_ascii_whitespace()) {
                if !self.run.is_empty() && !self.run.prose().ends_with([' ', '\n']) {
                    self.run.push(" ", place, false);
                }
            } else {
                self.run.push(&value, place, false);
            }
            from = at + length;
        }
        self.run.push_collapsed(raw.get(from..).unwrap_or(""), range.start + from);
    }

    fn start(&mut self, self_closing: bool) {
        let tag = std::mem::take(&mut self.tag);
        let name = tag.name.as_slice();
        let empty = self_closing && (self.xml || matches!(name, b"svg" | b"math"));
        if let Some(skipped) = &mut self.skipped {
            if skipped.name == name && !empty {
                skipped.depth += 1;
            }
            return;
        }
        let role = if tag.hidden && elements::may_hide(name) { Role::SkippedBlock } else { elements::role(name) };
        match role {
            Role::Block => {
                self.close();
                if let Some(number) = elements::number(name).filter(|_| !empty) {
                    self.open.push(number);
                }
            }
            Role::Skipped | Role::SkippedBlock | Role::Object => {
                if matches!(role, Role::SkippedBlock) {
                    self.close();
                }
                if matches!(role, Role::Object) {
                    self.run.part(OBJECT, tag.start);
                }
                if !empty {
                    self.skipped = Some(Skipped { name: name.to_vec(), depth: 1, start: tag.start });
                }
            }
            Role::Break => self.line_break(tag.start),
            Role::Link if tag.href => {
                self.run.open_link();
                if let Some((_, link)) = &mut self.note_mark {
                    *link = true;
                }
            }
            Role::Raised => {
                self.note_mark = Some((self.run.len(), self.run.in_link() && self.run.link_is_empty()));
            }
            Role::Meta => self.meta(tag),
            Role::Link | Role::Inline => {}
        }
    }

    fn end(&mut self, name: &[u8], at: usize) {
        if let Some(skipped) = &mut self.skipped {
            if skipped.name == name {
                skipped.depth -= 1;
                if skipped.depth == 0 {
                    self.skipped = None;
                }
            }
            return;
        }
        match elements::role(name) {
            Role::Block => {
                self.close();
                if let Some(number) = elements::number(name) {
                    self.open.pop(number);
                }
            }
            Role::Link => self.run.close_link(),
            Role::Raised => {
                if let Some((mark, true)) = self.note_mark.take()
                    && self.run.prose().get(mark..).is_some_and(is_note)
                {
                    self.run.truncate(mark);
                }
            }
            // `</br>` is a break in every browser.
            Role::Break => self.line_break(at),
            _ => {}
        }
    }

    /// One break ends a line, two end a paragraph.
    fn line_break(&mut self, at: usize) {
        self.run.trim_blanks();
        if self.run.prose().ends_with('\n') {
            self.close();
        } else if !self.run.is_empty() {
            self.run.part("\n", at);
        }
    }

    fn meta(&mut self, tag: Tag) {
        if tag.name_of.is_empty() || tag.content.trim().is_empty() {
            return;
        }
        let dated = matches!(tag.name_of.as_str(), "article:published_time" | "datePublished" | "dc.date" | "DC.date");
        let content = tag.content.trim().to_owned();
        if dated && !self.found.front_matter.iter().any(|(key, _)| key == "date") {
            self.found.front_matter.push(("date".to_owned(), content.clone()));
        }
        self.found.front_matter.push((tag.name_of, content));
    }

    fn end_of_text(&mut self) {
        self.close();
        if let Some(skipped) = &self.skipped {
            let line = self.text.get(..skipped.start).unwrap_or("").matches('\n').count() + 1;
            let name = String::from_utf8_lossy(&skipped.name);
            self.found.notes.push(format!("<{name}> in line {line} is never closed: nothing behind it was read"));
        }
    }
}

/// Whether words of a raised link are the sign of a note: a number, a letter or two, or what stands in brackets.
fn is_note(words: &str) -> bool {
    let words = words.trim();
    words.starts_with(['[', '(']) || words.chars().count() <= 2 || words.bytes().all(|byte| byte.is_ascii_digit())
}
