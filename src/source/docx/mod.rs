//! In: the bytes of a DOCX file. Out: the prose of its document, footnotes and endnotes, each piece with its part, paragraph and run.
//!
//! A file may be small and unpack to anything: sizes are limited, and every part is read once.

mod body;
mod styles;
mod xml;

use super::NoText;
use super::marked::Marked;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// A part may unpack to so many bytes, 64 MiB; a novel takes one or two.
const LARGEST_PART: u64 = 64 << 20;
/// Files in the archive at most.
const MOST_FILES: usize = 50_000;

/// Where a run of prose stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct RunPlace {
    /// Number in the list of parts.
    pub(super) part: u32,
    /// From 1, in order of their beginnings; empty ones count.
    pub(super) paragraph: u32,
    /// From 1, in its paragraph; deleted ones count.
    pub(super) run: u32,
}

/// What was read: the `text` of a piece is the number of its place.
pub(super) struct Docx {
    pub(super) found: Marked,
    pub(super) places: Vec<RunPlace>,
    pub(super) parts: Vec<String>,
}

/// Reads a file.
///
/// # Errors
/// Where it is no archive, holds no document, is broken or unpacks to too much.
pub(super) fn read(bytes: &[u8]) -> Result<Docx, NoText> {
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Err(broken("an old .doc, or locked with a password: save it as .docx without one"));
    }
    let mut archive =
        ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&format!("no ZIP archive ({error})")))?;
    if archive.len() > MOST_FILES {
        return Err(broken(&format!("{} files in the archive; {MOST_FILES} are the most", archive.len())));
    }
    let main = match part(&mut archive, "_rels/.rels")? {
        Some(relations) => xml::main_part(&relations).unwrap_or_else(|| "word/document.xml".to_owned()),
        None => "word/document.xml".to_owned(),
    };
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
    let beside = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
    let Some(document) = part(&mut archive, &main)? else {
        return Err(broken(&format!("the archive holds no {main}")));
    };
    let styles = match part(&mut archive, &beside("styles.xml"))? {
        Some(text) => styles::read(&text).map_err(|error| broken(&format!("styles.xml: {error}")))?,
        None => styles::Styles::default(),
    };
    let mut docx = Docx { found: Marked::default(), places: Vec::new(), parts: Vec::new() };
    let notes = [beside("footnotes.xml"), beside("endnotes.xml")];
    body::read(&document, &main, &styles, &mut docx).map_err(|error| broken(&format!("{main}: {error}")))?;
    drop(document);
    for name in notes {
        if let Some(text) = part(&mut archive, &name)? {
            body::read(&text, &name, &styles, &mut docx).map_err(|error| broken(&format!("{name}: {error}")))?;
        }
    }
    Ok(docx)
}

fn broken(why: &str) -> NoText {
    NoText::Docx(why.to_owned())
}

/// A file of the archive as text; none where there is no such file.
fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<Option<String>, NoText> {
    let file = match archive.by_name(name) {
        Ok(file) => file,
        Err(zip::result::ZipError::FileNotFound) => return Ok(None),
        Err(error) => return Err(broken(&format!("{name}: {error}"))),
    };
    let too_large = || broken(&format!("{name} unpacks to more than {} MB: refused", LARGEST_PART >> 20));
    if file.size() > LARGEST_PART {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    // What the archive says of the size need not be true.
    file.take(LARGEST_PART + 1).read_to_end(&mut bytes).map_err(|error| broken(&format!("{name}: {error}")))?;
    if bytes.len() as u64 > LARGEST_PART {
        return Err(too_large());
    }
    // Nearly always UTF-8; the standard allows UTF-16 with a mark.
    let (text, _, _) = encoding_rs::UTF_8.decode(&bytes);
    Ok(Some(text.into_owned()))
}
