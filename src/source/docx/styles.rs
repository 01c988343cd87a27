//! In: the styles of a DOCX file. Out: what a paragraph of each style is.

use super::super::BlockKind;
use super::xml::{self, Name, Prefix};
use quick_xml::events::{BytesStart, Event};
use std::collections::HashMap;

/// A style may be based on another, and so on; not further than this.
const DEEPEST: usize = 16;

#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct Style {
    /// The name that is the same in all languages, in small letters.
    name: String,
    based_on: Option<String>,
    /// From 0, as Word counts.
    outline: Option<u8>,
}

/// The styles by their ids.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Styles(HashMap<String, Style>);

/// What a style says of a paragraph.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    Block(BlockKind),
    /// A table of contents, which says again what the headings say.
    Contents,
}

impl Styles {
    /// What a paragraph of this style is.
    pub(super) fn kind(&self, id: &str) -> Option<Kind> {
        let mut style = self.0.get(id);
        let mut name_only = Style { name: id.to_lowercase(), ..Style::default() };
        if style.is_none() {
            // Without a table of styles an id is mostly the name without blanks.
            name_only.name = name_only.name.replace("heading", "heading ");
            style = Some(&name_only);
        }
        for _ in 0..DEEPEST {
            let here = style?;
            if let Some(kind) = by_name(&here.name) {
                return Some(kind);
            }
            if let Some(level) = here.outline.filter(|level| *level < 9) {
                return Some(Kind::Block(BlockKind::Heading(level + 1)));
            }
            style = self.0.get(here.based_on.as_deref()?);
        }
        None
    }
}

fn by_name(name: &str) -> Option<Kind> {
    let block = match name {
        "title" => BlockKind::Heading(1),
        "subtitle" => BlockKind::Paragraph,
        "caption" => BlockKind::Caption,
        "quote" | "intense quote" | "block text" => BlockKind::BlockQuote,
        _ if name.starts_with("toc ") || name == "table of figures" => return Some(Kind::Contents),
        _ => {
            let level: u8 = name.strip_prefix("heading ")?.trim().parse().ok()?;
            BlockKind::Heading(level.clamp(1, 9))
        }
    };
    Some(Kind::Block(block))
}

/// Reads `styles.xml`.
pub(super) fn read(text: &str) -> Result<Styles, String> {
    let mut reader = xml::reader(text);
    let mut prefix: Option<Prefix> = None;
    let mut styles = Styles::default();
    let mut open: Option<(String, Style)> = None;
    loop {
        match reader.read_event().map_err(|error| xml::error(&reader, &error))? {
            Event::Start(element) | Event::Empty(element) => {
                let prefix = prefix.get_or_insert_with(|| Prefix::of(&element));
                begin(prefix, &element, &mut open);
            }
            Event::End(element)
                if prefix.as_ref().is_some_and(|p| p.name(element.name().as_ref()) == Name::Word("style")) =>
            {
                styles.0.extend(open.take());
            }
            Event::Eof => return Ok(styles),
            _ => {}
        }
    }
}

fn begin(prefix: &Prefix, element: &BytesStart<'_>, open: &mut Option<(String, Style)>) {
    let value = || prefix.attribute(element, "val");
    let name = element.name();
    match (prefix.name(name.as_ref()), open) {
        (Name::Word("style"), open) => {
            *open = prefix.attribute(element, "styleId").map(|id| (id, Style::default()));
        }
        (Name::Word("name"), Some((_, style))) => style.name = value().unwrap_or_default().to_lowercase(),
        (Name::Word("basedOn"), Some((_, style))) => style.based_on = value(),
        (Name::Word("outlineLvl"), Some((_, style))) => style.outline = value().and_then(|level| level.parse().ok()),
        _ => {}
    }
}
