//! The `[[name]]` kind. In: a document, the tables of names, a rule's settings. Out: hits on names that are misspelt or drift.
//!
//! Each look at its own price: forms that a table lists as wrong ([`listed`]), unlisted near misses of a full name that a table
//! knows ([`near`]), one person under several spellings within the text ([`drift`]), one person in two offices ([`offices`]).
//! Letters of another script inside a name are the business of the detector of mixed scripts.

mod drift;
mod known;
mod listed;
mod near;
pub mod offices;
mod pairs;
mod spelling;
mod surroundings;

pub use known::Known;

use super::{Context, Hit};
use crate::document::Document;
use crate::lexicon::{EntryKind, Lexicon};
use crate::rulebook::settings::Settings;
use known::Part;

/// What may show that an unknown spelling is a known name gone wrong, as a set.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Support(u8);

impl Support {
    /// The title or office before or after it is the person's.
    pub const TITLE: Self = Self(1);
    /// The person's country stands in the same sentence.
    pub const COUNTRY: Self = Self(2);
    /// The right form stands in the text.
    pub const CO_MENTION: Self = Self(4);
    /// Most mentions have the other form.
    pub const MAJORITY: Self = Self(8);
    /// All of them.
    pub const ALL: Self = Self(15);

    const NAMES: [(&'static str, Self); 4] = [
        ("title", Self::TITLE),
        ("country", Self::COUNTRY),
        ("co-mention", Self::CO_MENTION),
        ("majority", Self::MAJORITY),
    ];

    fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// A name rule's own keys.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NameSettings {
    /// Whose listed and near misspellings are reported.
    pub tables: Vec<EntryKind>,
    /// Whether spellings within the text are compared with each other.
    pub document: bool,
    /// Of spellings within the text report those that are two ways to write one name (Erdogan, Erdoğan), and only those.
    pub variants: bool,
    /// Edits (insert, delete, replace, swap neighbours) between a name and its misspelling, 1 or 2.
    pub max_edits: usize,
    /// Letters a misspelt word must have.
    pub min_length: usize,
    /// What may show that an unlisted spelling is wrong; none: only listed ones are reported.
    pub support: Support,
}

impl Default for NameSettings {
    fn default() -> Self {
        Self {
            tables: Vec::new(),
            document: false,
            variants: false,
            max_edits: 2,
            min_length: 4,
            support: Support::ALL,
        }
    }
}

impl NameSettings {
    /// The keys of a rule: `tables` (people, places, orgs), `document`, `variants`, `max-edits`, `min-length`,
    /// `support` (title, country, co-mention, majority; `none` for listed forms only). `exclusive` is read by [`offices`].
    #[must_use]
    pub fn new(settings: &Settings) -> Self {
        let default = Self::default();
        let tables = settings.texts("tables").iter().filter_map(|table| match table.as_str() {
            "people" => Some(EntryKind::Person),
            "places" => Some(EntryKind::Place),
            "orgs" => Some(EntryKind::Organisation),
            _ => None,
        });
        let support = settings.texts("support");
        let whole = |key, default: usize| {
            let number = settings.number(key, default as f64);
            (0..100).find(|&whole| whole as f64 >= number).unwrap_or(default)
        };
        let mut tables: Vec<_> = tables.collect();
        if tables.is_empty() && !settings.flag("document", false) && settings.groups("exclusive").is_empty() {
            // A name rule looks for something: without a word on what, for all that is listed.
            tables = vec![EntryKind::Person, EntryKind::Place, EntryKind::Organisation];
        }
        Self {
            tables,
            document: settings.flag("document", default.document),
            variants: settings.flag("variants", default.variants),
            max_edits: whole("max-edits", default.max_edits),
            min_length: whole("min-length", default.min_length),
            support: if support.is_empty() {
                Support::ALL
            } else {
                let chosen = Support::NAMES.iter().filter(|(name, _)| support.iter().any(|text| text == name));
                chosen.fold(Support(0), |all, (_, one)| Support(all.0 | one.0))
            },
        }
    }

    /// Edits allowed between two words, the shorter of which has this many letters: a second one only in long words.
    fn edits_allowed(&self, letters: usize) -> usize {
        if letters >= 8 { self.max_edits } else { self.max_edits.min(1) }
    }
}

/// Appends the hits of one name rule; `own` are its keys as `settings` are made of them.
pub(super) fn find(
    context: &Context<'_>,
    settings: &NameSettings,
    own: &Settings,
    known: &mut Known,
    out: &mut Vec<Hit>,
) {
    look(context.document, context.lexicon, settings, known, out);
    if !own.groups("exclusive").is_empty() {
        offices::find(context, own, out);
    }
}

fn look(document: &Document, lexicon: &Lexicon, settings: &NameSettings, known: &mut Known, out: &mut Vec<Hit>) {
    if !settings.tables.is_empty() {
        let (_, any) = known.parts(document, lexicon);
        if settings.tables.iter().any(|kind| any.has(Part::wrong(*kind))) {
            listed::find(document, lexicon, settings, known, out);
        }
        let (parts, _) = known.parts(document, lexicon);
        if settings.support != Support(0) && settings.tables.contains(&EntryKind::Person) {
            near::find(document, lexicon, settings, parts, out);
        }
    }
    if settings.document {
        drift::find(document, lexicon, settings, out);
    }
}

#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;
