//! In: a part of a DOCX file. Out: its elements by their names in WordprocessingML, and what is shared by those who read them.

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// The namespaces of WordprocessingML: as everyone writes it, and as the strict standard does.
const WORD: [&str; 2] = [
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
];

/// What the name of an element says once its prefix is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Name<'a> {
    /// Of WordprocessingML, without its prefix.
    Word(&'a str),
    /// Of another vocabulary, with its prefix.
    Other(&'a str),
}

/// The prefix of WordprocessingML (`w:`), as the root element declares it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Prefix(String);

impl Prefix {
    /// From the root element; declarations further down are not looked for.
    pub(super) fn of(root: &BytesStart<'_>) -> Self {
        for attribute in root.attributes().with_checks(false).flatten() {
            let key = attribute.key.as_ref();
            if !WORD.contains(&attribute.value.as_ref()) {
                continue;
            }
            if let Some(prefix) = key.strip_prefix("xmlns:") {
                return Self(format!("{prefix}:"));
            }
            if key == "xmlns" {
                return Self(String::new());
            }
        }
        Self("w:".to_owned())
    }

    /// The name of an element or attribute.
    pub(super) fn name<'a>(&self, name: &'a str) -> Name<'a> {
        match name.strip_prefix(self.0.as_str()) {
            Some(local) if !local.contains(':') => Name::Word(local),
            _ => Name::Other(name),
        }
    }

    /// The value of an attribute of WordprocessingML.
    pub(super) fn attribute(&self, element: &BytesStart<'_>, name: &str) -> Option<String> {
        element
            .attributes()
            .with_checks(false)
            .flatten()
            .find(|attribute| self.name(attribute.key.as_ref()) == Name::Word(name))
            .map(|attribute| attribute.value.into_owned())
    }

    /// Whether a property that is on or off (`<w:vanish/>`) is on.
    pub(super) fn is_on(&self, element: &BytesStart<'_>) -> bool {
        self.attribute(element, "val").is_none_or(|value| !matches!(value.as_str(), "0" | "false" | "off" | "none"))
    }
}

/// A reader that takes what is there: elements are closed by their own names, white space counts.
pub(super) fn reader(text: &str) -> Reader<&[u8]> {
    Reader::from_str(text)
}

/// What is wrong, with the byte of the part.
pub(super) fn error(reader: &Reader<&[u8]>, error: &quick_xml::Error) -> String {
    format!("no valid XML at byte {}: {error}", reader.error_position())
}

/// The character or characters of a reference (`&amp;`, `&#8217;`); others are lost.
pub(super) fn reference(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return c.to_string();
    }
    let c = match reference.xml10_content().as_ref() {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => "\u{FFFD}",
    };
    c.to_owned()
}

/// The part that the package names as its document.
pub(super) fn main_part(relations: &str) -> Option<String> {
    let mut reader = reader(relations);
    loop {
        match reader.read_event().ok()? {
            Event::Start(element) | Event::Empty(element) if element.local_name().as_ref() == "Relationship" => {
                let value = |name: &str| {
                    let found = element.attributes().with_checks(false).flatten().find(|one| one.key.as_ref() == name);
                    found.map(|one| one.value.into_owned())
                };
                if value("Type").is_some_and(|kind| kind.ends_with("/officeDocument")) {
                    return value("Target").map(|target| target.trim_start_matches('/').to_owned());
                }
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}
