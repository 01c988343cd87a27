//! The detectors behind `[[check]]` rules, one file a family, and the one table that registers them.

mod acronyms;
mod calendar;
mod capitals;
mod characters;
mod clauses;
mod cut_names;
mod durations;
mod figures;
mod gender;
mod headline;
mod joints;
mod marks;
mod offices;
mod quantities;
mod quote_drift;
mod repeats;
mod script;
mod spacing;
mod speakers;
mod speakers_sides;
mod values;

use super::Detector;

/// All detectors, by the name that rule files use.
pub const DETECTORS: &[(&str, Detector)] = &[
    ("mixed-script", script::mixed),
    ("foreign-script", script::foreign),
    ("invisible", characters::invisible),
    ("mojibake", characters::mojibake),
    ("quote-marks", marks::find),
    ("mid-capitals", capitals::find),
    ("glued-sentences", joints::glued),
    ("lost-stop", joints::lost_stop),
    ("doubled", repeats::doubled),
    ("repeated-attribution", repeats::attribution),
    ("quote-fragment", repeats::quote_fragment),
    ("fragment", clauses::fragment),
    ("list-without-and", clauses::list),
    ("correlative", clauses::correlative),
    ("number-form", figures::find),
    ("weekday", calendar::weekday),
    ("impossible-date", calendar::impossible),
    ("duration-conflict", durations::find),
    ("spacing", spacing::find),
    ("quantity-conflict", quantities::conflict),
    ("unit-slip", quantities::unit_slip),
    ("cut-name", cut_names::find),
    ("age-conflict", values::ages),
    ("impossible-value", values::impossible),
    ("part-above-whole", values::parts),
    ("event-order", values::event_order),
    ("own-opponent", speakers_sides::opponent),
    ("speaker-other-side", speakers_sides::other_side),
    ("reversed-years", values::reversed_years),
    ("quote-drift", quote_drift::find),
    ("speaker-own-side", speakers::own_side),
    ("speaker-declines", speakers::declines),
    ("speaker-accuser", speakers::accuser),
    ("gender", gender::find),
    ("acronym-expansion", acronyms::find),
    ("density", super::density::note),
    ("office-held", offices::held),
    ("headline-polarity", headline::polarity),
    ("speaker-office", super::names::offices::find),
];
