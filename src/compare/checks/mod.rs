//! The comparisons behind `[[compare]]` rules, one file a family, and the one table that registers them.

mod grammar;
mod missing;
mod names;
mod negation;
mod numbers;
mod opposites;
mod order;
mod pronouns;
mod quotations;
mod surface;
mod titles;
mod words;

use super::Comparison;

/// All comparisons with the original, by the name that rule files use.
pub const COMPARISONS: &[(&str, Comparison)] = &[
    ("numbers", numbers::find),
    ("names", names::find),
    ("titles", titles::find),
    ("negation", negation::find),
    ("antonym", opposites::find),
    ("modality", opposites::modality),
    ("speaker", quotations::speaker),
    ("quotation", quotations::wording),
    ("pronoun", pronouns::find),
    ("omission", missing::omission),
    ("addition", missing::addition),
    ("substitution", words::substitution),
    ("untranslated", words::untranslated),
    ("question", order::question),
    ("order", order::find),
    ("grammar", grammar::find),
    ("terms", words::terms),
    ("surface", surface::find),
];
