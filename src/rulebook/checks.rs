//! The one table of detectors as rule files see them: name, own keys, slots for messages and suggestions.
//! `detect/` holds the functions; a test keeps both tables equal.

use super::settings::SettingKind::{self, Flag, Groups, Number, Table, Text, Texts};

/// A detector that `[[check]]` rules tune.
#[derive(Clone, Copy, Debug)]
pub struct CheckSpec {
    /// The value of `detect`.
    pub name: &'static str,
    /// Own keys and what they take.
    pub keys: &'static [(&'static str, SettingKind)],
    /// Slots it fills besides `{match}` and `{suggestion}`.
    pub slots: &'static [&'static str],
}

const fn check(
    name: &'static str,
    keys: &'static [(&'static str, SettingKind)],
    slots: &'static [&'static str],
) -> CheckSpec {
    CheckSpec { name, keys, slots }
}

/// A comparison; all take [`CLOSENESS`] besides.
const fn compare(
    name: &'static str,
    keys: &'static [(&'static str, SettingKind)],
    slots: &'static [&'static str],
) -> CheckSpec {
    check(name, keys, slots)
}

/// The key that every comparison takes besides its own: below this likeness of the wording (0–1) a finding is a note.
pub const CLOSENESS: (&str, SettingKind) = ("closeness", Number);

/// All comparisons that `[[compare]]` rules tune, by name. Each also takes `against`.
pub const COMPARES: &[CheckSpec] = &[
    compare("numbers", &[("fault", Text)], OTHER),
    compare("names", &[("fault", Text)], OTHER),
    compare("titles", &[("titles", Groups)], OTHER),
    compare("negation", &[("negators", Texts), ("disguises", Texts)], OTHER),
    compare("antonym", &[("pairs", Table)], OTHER),
    compare("modality", &[("classes", Groups)], OTHER),
    compare("speaker", &[], OTHER),
    compare("quotation", &[("share", Number)], OTHER),
    compare("pronoun", &[], OTHER),
    compare("omission", &[("fault", Text), ("words", Number), ("most", Number), ("light", Texts)], OTHER),
    compare("addition", &[("fault", Text), ("words", Number), ("most", Number), ("light", Texts)], OTHER),
    compare("substitution", &[("least", Number)], OTHER),
    compare("untranslated", &[], OTHER),
    compare("question", &[], OTHER),
    compare("order", &[("fault", Text)], OTHER),
    compare("grammar", &[("fault", Text), ("sequences", Groups)], OTHER),
    compare("terms", &[], OTHER),
    compare("surface", &[("fault", Text)], OTHER),
];

const OTHER: &[&str] = &["other", "side"];

/// All detectors, by name.
pub const CHECKS: &[CheckSpec] = &[
    check("mixed-script", &[], &["script", "letters"]),
    check("foreign-script", &[("max-share", Number)], &["script"]),
    check("invisible", &[], &["name", "code"]),
    check("mojibake", &[], &["was"]),
    check("quote-marks", &[("faults", Texts)], &["right"]),
    check("mid-capitals", &[], &[]),
    check("glued-sentences", &[], &[]),
    check("lost-stop", &[], &[]),
    check("doubled", &[("phrases", Flag)], &[]),
    check("repeated-attribution", &[("words", Number)], &[]),
    check("quote-fragment", &[], &["words"]),
    check("fragment", &[("verbless", Flag), ("min-words", Number)], &[]),
    check("list-without-and", &[("people", Number), ("places", Number)], &[]),
    check("correlative", &[], &[]),
    check("number-form", &[("form", Text)], &[]),
    check("weekday", &[], &["weekday", "year"]),
    check("impossible-date", &[], &["day"]),
    check("duration-conflict", &[("events", Groups), ("factor", Number)], &["other"]),
    check("spacing", &[("form", Text)], &[]),
    check(
        "quantity-conflict",
        &[("kinds", Texts), ("shared", Number), ("share", Number), ("retold", Number)],
        &["other"],
    ),
    check("unit-slip", &[("shared", Number)], &["other"]),
    check("cut-name", &[], &["name", "also"]),
    check("age-conflict", &[], &["other"]),
    check("impossible-value", &[], &[]),
    check("part-above-whole", &[], &["other"]),
    check("event-order", &[], &["other"]),
    check("own-opponent", &[("roles", Texts), ("against", Texts)], &["name", "other"]),
    check("speaker-other-side", &[("metonyms", Groups)], &["name", "other"]),
    check("reversed-years", &[], &[]),
    check("quote-drift", &[("ratio", Number), ("min-words", Number)], &["other", "here", "there"]),
    check("speaker-own-side", &[("hostile", Texts), ("metonyms", Groups)], &["name", "other"]),
    check("speaker-declines", &[("metonyms", Groups)], &["name", "other"]),
    check("speaker-accuser", &[], &["name", "other"]),
    check("acronym-expansion", &[("two-ways", Flag)], &["acronym", "other"]),
    check("density", &[("dialect", Text), ("per-100", Number), ("distinct", Number)], &["density", "words"]),
    check("office-held", &[("kinds", Groups)], &["name", "other"]),
    check("headline-polarity", &[("pairs", Groups), ("shared", Number)], &["other"]),
    check("gender", &[("possessives", Flag)], &["name"]),
    check(
        "speaker-office",
        &[("exclusive", Groups)],
        &["name", "office_here", "office_there", "other", "title", "also"],
    ),
];
