//! In: the name of an error type. Out: a checked type of the MQM core list.
//!
//! Source: Multidimensional Quality Metrics (MQM), error typology of 2021 (themqm.org), dimensions and subtypes.

use serde::{Deserialize, Serialize};

/// `dimension` or `dimension/subtype`, all in kebab-case.
const TYPES: &[&str] = &[
    "terminology",
    "terminology/inconsistent-with-terminology-resource",
    "terminology/inconsistent-use",
    "terminology/wrong-term",
    "accuracy",
    "accuracy/mistranslation",
    "accuracy/over-translation",
    "accuracy/under-translation",
    "accuracy/addition",
    "accuracy/omission",
    "accuracy/do-not-translate",
    "accuracy/untranslated",
    "linguistic-conventions",
    "linguistic-conventions/grammar",
    "linguistic-conventions/punctuation",
    "linguistic-conventions/spelling",
    "linguistic-conventions/unintelligible",
    "linguistic-conventions/character-encoding",
    "linguistic-conventions/textual-conventions",
    "linguistic-conventions/duplication",
    "style",
    "style/organization-style",
    "style/third-party-style",
    "style/inconsistent-with-external-reference",
    "style/language-register",
    "style/awkward-style",
    "style/unidiomatic-style",
    "style/inconsistent-style",
    "locale-conventions",
    "locale-conventions/number-format",
    "locale-conventions/currency-format",
    "locale-conventions/measurement-format",
    "locale-conventions/time-format",
    "locale-conventions/date-format",
    "locale-conventions/address-format",
    "locale-conventions/telephone-format",
    "locale-conventions/shortcut-key",
    "locale-conventions/name-format",
    "audience-appropriateness",
    "audience-appropriateness/culture-specific-reference",
    "audience-appropriateness/offensive",
    "design-and-markup",
    "design-and-markup/character-formatting",
    "design-and-markup/layout",
    "design-and-markup/markup-tag",
    "design-and-markup/truncation-text-expansion",
    "design-and-markup/missing-text",
    "design-and-markup/link-cross-reference",
];

/// A type of the MQM core list.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
pub struct Mqm(u8);

impl Mqm {
    /// The type of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        TYPES.iter().position(|known| *known == name).map(|at| Self(at as u8))
    }

    /// Its name, `dimension/subtype`.
    #[must_use]
    pub fn name(self) -> &'static str {
        TYPES.get(usize::from(self.0)).copied().unwrap_or("accuracy")
    }

    /// All names, for messages that offer the nearest.
    #[must_use]
    pub fn all() -> &'static [&'static str] {
        TYPES
    }
}
