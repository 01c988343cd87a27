//! In: a part of a DOCX file that holds paragraphs. Out: their prose, run by run.
//!
//! Deleted and hidden text, field codes, the fall-backs of drawings and tables of contents are no prose; inserted text and text boxes are.

use super::super::marked::Run;
use super::super::{BlockKind, OBJECT};
use super::styles::{Kind, Styles};
use super::xml::{self, Name, Prefix};
use super::{Docx, RunPlace};
use quick_xml::events::{BytesStart, Event};

/// A paragraph that is open: a text box in one holds others.
#[derive(Default)]
struct Paragraph {
    run: Run,
    number: u32,
    runs: u32,
    kind: Option<Kind>,
    list: bool,
    /// Its end was deleted: the next one goes on with it.
    joined: bool,
}

struct Reader<'a> {
    docx: &'a mut Docx,
    styles: &'a Styles,
    prefix: Prefix,
    part: u32,
    paragraphs: u32,
    open: Vec<Paragraph>,
    /// What goes on in the next paragraph.
    carried: Option<Paragraph>,
    /// Elements that are open whose content is no prose.
    skipped: u32,
    /// The properties of a paragraph, in which marks are about its end.
    properties: u32,
    /// What properties were before a change.
    changes: u32,
    cells: u32,
    /// The run is hidden.
    hidden: bool,
    /// In `w:t`: whether white space at its ends counts, and what was read.
    text: Option<(bool, String)>,
}

/// Reads a part.
pub(super) fn read(text: &str, name: &str, styles: &Styles, docx: &mut Docx) -> Result<(), String> {
    let mut xml = xml::reader(text);
    docx.parts.push(name.to_owned());
    let part = docx.parts.len() as u32 - 1;
    let mut reader = Reader {
        docx,
        styles,
        prefix: Prefix::default(),
        part,
        paragraphs: 0,
        open: Vec::new(),
        carried: None,
        skipped: 0,
        properties: 0,
        changes: 0,
        cells: 0,
        hidden: false,
        text: None,
    };
    let mut root = true;
    loop {
        match xml.read_event().map_err(|error| xml::error(&xml, &error))? {
            Event::Start(element) => {
                if std::mem::take(&mut root) {
                    reader.prefix = Prefix::of(&element);
                }
                reader.start(&element);
            }
            Event::Empty(element) => {
                reader.start(&element);
                reader.end(element.name().as_ref());
            }
            Event::End(element) => reader.end(element.name().as_ref()),
            Event::Text(words) => reader.add(&words.xml10_content()),
            Event::CData(words) => reader.add(&words.xml10_content()),
            Event::GeneralRef(one) if reader.text.is_some() => reader.add(&xml::reference(&one)),
            Event::Eof => break,
            _ => {}
        }
    }
    if !reader.open.is_empty() {
        return Err("it breaks off within a paragraph".to_owned());
    }
    reader.finish_carried();
    Ok(())
}

/// Elements whose content is no prose: what was deleted or moved away, what old programs show instead, properties of runs aside.
fn is_skipped(name: Name<'_>) -> bool {
    match name {
        Name::Word(name) => matches!(name, "del" | "moveFrom" | "instrText" | "delText" | "delInstrText" | "rt"),
        Name::Other(name) => name.ends_with(":Fallback") || name.ends_with(":oMath"),
    }
}

impl Reader<'_> {
    fn start(&mut self, element: &BytesStart<'_>) {
        let qualified = element.name();
        let name = self.prefix.name(qualified.as_ref());
        if is_skipped(name) && self.properties == 0 {
            if self.skipped == 0 && matches!(name, Name::Other(name) if name.ends_with(":oMath")) {
                self.object();
            }
            self.skipped += 1;
        }
        let Name::Word(name) = name else { return };
        match name {
            "p" => self.begin_paragraph(),
            "tc" => self.cells += 1,
            "pPr" | "sectPr" => self.properties += 1,
            _ if name.ends_with("PrChange") => self.changes += 1,
            _ if self.changes > 0 => {}
            "hyperlink" => self.link(true),
            "r" => {
                self.hidden = false;
                if let Some(paragraph) = self.open.last_mut() {
                    paragraph.runs += 1;
                }
            }
            "vanish" if self.properties == 0 => self.hidden = self.prefix.is_on(element),
            "t" => {
                let kept = element
                    .attributes()
                    .with_checks(false)
                    .flatten()
                    .any(|one| one.key.as_ref() == "xml:space" && one.value.as_ref() == "preserve");
                self.text = Some((kept, String::new()));
            }
            "tab" | "ptab" if self.properties == 0 => self.push("\t"),
            "br" | "cr" => self.push("\n"),
            "noBreakHyphen" => self.push("\u{2011}"),
            "sym" => self.object(),
            _ if self.properties > 0 => self.property(name, element),
            _ => {}
        }
    }

    fn property(&mut self, name: &str, element: &BytesStart<'_>) {
        let value = || self.prefix.attribute(element, "val").unwrap_or_default();
        let on = self.prefix.is_on(element);
        let level = (name == "outlineLvl").then(|| value().parse::<u8>().ok()).flatten().filter(|level| *level < 9);
        let styled = (name == "pStyle").then(|| self.styles.kind(&value())).flatten();
        // A list that is switched off in one paragraph has the number 0.
        let off = name == "numId" && value() == "0";
        let Some(paragraph) = self.open.last_mut() else { return };
        match name {
            "pStyle" => paragraph.kind = paragraph.kind.or(styled),
            "outlineLvl" => {
                paragraph.kind = level.map(|level| Kind::Block(BlockKind::Heading(level + 1))).or(paragraph.kind);
            }
            "numId" => paragraph.list = !off,
            "del" | "moveFrom" => paragraph.joined = on,
            _ => {}
        }
    }

    fn end(&mut self, qualified: &str) {
        let name = self.prefix.name(qualified);
        if is_skipped(name) && self.properties == 0 {
            self.skipped = self.skipped.saturating_sub(1);
        }
        let Name::Word(name) = name else { return };
        match name {
            "p" => self.end_paragraph(),
            "tc" => self.cells = self.cells.saturating_sub(1),
            "pPr" | "sectPr" => self.properties = self.properties.saturating_sub(1),
            _ if name.ends_with("PrChange") => self.changes = self.changes.saturating_sub(1),
            "hyperlink" => self.link(false),
            "r" => self.hidden = false,
            "t" => {
                if let Some((kept, words)) = self.text.take() {
                    self.push(if kept { &words } else { words.trim() });
                }
            }
            _ => {}
        }
    }

    fn add(&mut self, words: &str) {
        if let Some((_, text)) = &mut self.text {
            text.push_str(words);
        }
    }

    fn begin_paragraph(&mut self) {
        self.paragraphs += 1;
        let run = self.carried.take().map(|before| before.run).unwrap_or_default();
        self.open.push(Paragraph { run, number: self.paragraphs, ..Paragraph::default() });
    }

    fn end_paragraph(&mut self) {
        let Some(paragraph) = self.open.pop() else { return };
        if paragraph.joined {
            self.carried = Some(paragraph);
        } else {
            self.close(paragraph);
        }
    }

    fn finish_carried(&mut self) {
        if let Some(paragraph) = self.carried.take() {
            self.close(paragraph);
        }
    }

    fn close(&mut self, mut paragraph: Paragraph) {
        let kind = match paragraph.kind {
            Some(Kind::Contents) => return,
            Some(Kind::Block(kind)) => kind,
            None if paragraph.list => BlockKind::ListItem,
            None if self.cells > 0 => BlockKind::Cell,
            None => BlockKind::Paragraph,
        };
        self.docx.found.close(&mut paragraph.run, kind);
    }

    fn link(&mut self, opens: bool) {
        let Some(paragraph) = self.open.last_mut() else { return };
        if opens { paragraph.run.open_link() } else { paragraph.run.close_link() }
    }

    fn object(&mut self) {
        self.push(OBJECT);
    }

    fn push(&mut self, words: &str) {
        if self.skipped > 0 || self.hidden || self.properties > 0 || words.is_empty() {
            return;
        }
        let Some(paragraph) = self.open.last_mut() else { return };
        let place = RunPlace { part: self.part, paragraph: paragraph.number, run: paragraph.runs.max(1) };
        if self.docx.places.last() != Some(&place) {
            self.docx.places.push(place);
        }
        let number = self.docx.places.len() - 1;
        paragraph.run.push(words, number..number + 1, false);
    }
}
