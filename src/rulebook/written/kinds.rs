//! In: the own keys of a rule's kind. Out: what the kind adds to the rule.

use super::super::checks::{CHECKS, CLOSENESS, COMPARES, CheckSpec};
use super::super::compiled::Against;
use super::super::keys::{File, Keys, Located, array, number, texts};
use super::super::pattern::parse::nearest;
use super::super::settings::{Setting, SettingKind, Settings};
use super::{Inflect, WrittenBody, WrittenExample};
use crate::finding::RuleKind;
use std::ops::Range;
use toml::Spanned;
use toml::de::DeValue;

pub(super) fn body(keys: &mut Keys<'_, '_>, file: &mut File<'_>, kind: RuleKind) -> Option<WrittenBody> {
    let range = keys.range.clone();
    match kind {
        RuleKind::Phrase => {
            let mut patterns: Vec<Located> = keys.text(file, "pattern").into_iter().collect();
            patterns.extend(keys.texts(file, "patterns"));
            if patterns.is_empty() {
                file.error(range, "pattern is missing", "write pattern = '<~behead> DET? @regime'");
                return None;
            }
            Some(WrittenBody::Phrase(patterns))
        }
        RuleKind::Lexicon => {
            let from = keys.required(file, "from", "the table, as in from = \"terms.tsv\"");
            let inflect = keys.text(file, "inflect").map_or(Inflect::No, |name| match name.text.as_str() {
                "last" => Inflect::Last,
                "all" => Inflect::All,
                "no" => Inflect::No,
                other => {
                    file.error(name.range, format!("unknown inflect “{other}”"), "last, all or no");
                    Inflect::No
                }
            });
            Some(WrittenBody::Lexicon { from: from?, inflect })
        }
        RuleKind::Lattice => lattice(keys, file, &range),
        RuleKind::Term => {
            let prefer = keys.text(file, "prefer");
            let variants = keys.texts(file, "variants");
            let from = keys.text(file, "from");
            let consistent = keys.text(file, "policy").is_some_and(|name| match name.text.as_str() {
                "prefer" => false,
                "consistent" => true,
                other => {
                    file.error(name.range, format!("unknown policy “{other}”"), "prefer or consistent");
                    false
                }
            });
            if from.is_none() && (prefer.is_none() || variants.is_empty()) {
                file.error(
                    range,
                    "a term needs prefer and variants, or a table",
                    "write prefer = \"Kyiv\", variants = [\"Kiev\"]",
                );
                return None;
            }
            Some(WrittenBody::Term { prefer, variants, consistent, from })
        }
        RuleKind::Name => {
            let tables: Vec<_> =
                ["people", "places", "orgs"].into_iter().filter_map(|key| Some((key, keys.text(file, key)?))).collect();
            let spec = &[
                ("document", SettingKind::Flag),
                ("variants", SettingKind::Flag),
                ("max-edits", SettingKind::Number),
                ("min-length", SettingKind::Number),
                ("support", SettingKind::Texts),
                ("exclusive", SettingKind::Groups),
            ];
            let mut settings = settings(keys, file, spec);
            let names = tables.iter().map(|(key, _)| (*key).to_owned()).collect();
            settings.0.push(("tables".to_owned(), Setting::Texts(names)));
            if tables.is_empty() && !settings.flag("document", false) && settings.groups("exclusive").is_empty() {
                file.error(range, "a name rule needs a table or document = true", "write people = \"people.tsv\"");
                return None;
            }
            Some(WrittenBody::Name { tables, settings })
        }
        RuleKind::Pattern => {
            let regex = keys.required(file, "regex", "a regular expression with a literal in it");
            let capture = keys.text(file, "capture");
            Some(WrittenBody::Pattern { regex: regex?, capture })
        }
        RuleKind::Check => {
            let name = keys.required(file, "detect", "the name of a detector, as in detect = \"mixed-script\"")?;
            let spec = spec_of(keys, file, name, CHECKS, "detector")?;
            Some(WrittenBody::Check { spec, settings: settings(keys, file, spec.keys) })
        }
        RuleKind::Compare => compare(keys, file, range),
    }
}

fn compare(keys: &mut Keys<'_, '_>, file: &mut File<'_>, range: Range<usize>) -> Option<WrittenBody> {
    let name = keys.required(file, "compare", "what is compared, as in compare = \"numbers\"")?;
    let spec = spec_of(keys, file, name, COMPARES, "comparison")?;
    let (mut original, mut source) = (false, false);
    for side in keys.texts(file, "against") {
        match side.text.as_str() {
            "original" => original = true,
            "source" => source = true,
            other => file.error(side.range, format!("unknown side “{other}”"), "original or source"),
        }
    }
    if !original && !source {
        file.error(range, "against is missing", "write against = [\"original\", \"source\"], or one of the two");
    }
    let against = Against { original, source };
    let mut own = settings(keys, file, spec.keys);
    own.0.extend(settings(keys, file, &[CLOSENESS]).0);
    Some(WrittenBody::Compare { spec, against, settings: own })
}

fn lattice(keys: &mut Keys<'_, '_>, file: &mut File<'_>, range: &Range<usize>) -> Option<WrittenBody> {
    let mut tables = |key, what: &str| {
        let found = keys.texts(file, key);
        if found.is_empty() {
            file.error(range.clone(), format!("{key} is missing"), format!("write {key} = \"{what}\""));
        }
        found
    };
    let terms = tables("terms", "terms.tsv");
    let swaps = tables("swaps", "swaps.tsv");
    let background = keys.texts(file, "background");
    let spec = &[
        ("max-swapped", SettingKind::Number),
        ("min-support", SettingKind::Number),
        ("strong-support", SettingKind::Number),
    ];
    let settings = settings(keys, file, spec);
    (!terms.is_empty() && !swaps.is_empty()).then_some(WrittenBody::Lattice { terms, swaps, background, settings })
}

/// The examples under a key: strings, and for comparisons tables of text and original or source.
pub(super) fn examples(
    keys: &mut Keys<'_, '_>,
    file: &mut File<'_>,
    key: &'static str,
    kind: RuleKind,
) -> Vec<WrittenExample> {
    if kind != RuleKind::Compare {
        return keys.texts(file, key).into_iter().map(|text| WrittenExample { text, ..Default::default() }).collect();
    }
    let Some(value) = keys.take(key) else { return Vec::new() };
    let Some(items) = array(value) else {
        file.error(value.span(), format!("{key} must be a list"), COMPARED);
        return Vec::new();
    };
    let mut found = Vec::new();
    for item in items {
        let DeValue::Table(table) = item.get_ref() else {
            file.error(item.span(), "an example of a comparison is a table", COMPARED);
            continue;
        };
        let mut keys = Keys::new(table, item.span());
        let text = keys.required(file, "text", COMPARED);
        let original = keys.text(file, "original").map(|original| original.text);
        let (source, lang) = (keys.text(file, "source"), keys.text(file, "source-lang"));
        let whole = original.is_some() != source.is_some() && source.is_some() == lang.is_some();
        keys.finish(file, "an example of a comparison");
        match text {
            Some(text) if whole => found.push(WrittenExample {
                text,
                original,
                source: source.zip(lang).map(|(source, lang)| (source.text, lang.text)),
            }),
            Some(_) => {
                file.error(item.span(), "an example needs its original, or its source with source-lang", COMPARED);
            }
            None => {}
        }
    }
    found
}

const COMPARED: &str =
    "write { text = \"…\", original = \"…\" } or { text = \"…\", source = \"…\", source-lang = \"pt\" }";

/// The row of a table of detectors; an unknown name is an error that offers the nearest.
fn spec_of(
    keys: &mut Keys<'_, '_>,
    file: &mut File<'_>,
    name: Located,
    table: &'static [CheckSpec],
    what: &str,
) -> Option<&'static CheckSpec> {
    let found = table.iter().find(|spec| spec.name == name.text);
    if found.is_none() {
        let help = nearest(&name.text, table.iter().map(|spec| spec.name)).map_or_else(
            || format!("one of {}", table.iter().map(|spec| spec.name).collect::<Vec<_>>().join(", ")),
            |near| format!("did you mean “{near}”?"),
        );
        file.error(name.range, format!("unknown {what} “{}”", name.text), help);
        // Its own keys cannot be judged: they are not reported on top.
        keys.forgive();
    }
    found
}

fn settings(keys: &mut Keys<'_, '_>, file: &mut File<'_>, spec: &'static [(&'static str, SettingKind)]) -> Settings {
    let mut found = Vec::new();
    for (key, kind) in spec {
        let Some(value) = keys.take(key) else { continue };
        match setting(file, key, value, *kind) {
            Some(setting) => found.push(((*key).to_owned(), setting)),
            None => {
                file.error(value.span(), format!("{key} must be {}", kind.describe()), "see `mtaudit rules explain`");
            }
        }
    }
    Settings::new(found)
}

fn setting(file: &mut File<'_>, key: &str, value: &Spanned<DeValue<'_>>, kind: SettingKind) -> Option<Setting> {
    Some(match kind {
        SettingKind::Number => Setting::Number(number(value.get_ref())?),
        SettingKind::Flag => Setting::Flag(value.get_ref().as_bool()?),
        SettingKind::Text | SettingKind::Table => Setting::Text(value.get_ref().as_str()?.to_owned()),
        SettingKind::Texts => {
            array(value)?;
            Setting::Texts(texts(file, key, value).into_iter().map(|text| text.text).collect())
        }
        SettingKind::Groups => {
            let mut groups = Vec::new();
            for item in array(value)? {
                array(item)?;
                groups.push(texts(file, key, item).into_iter().map(|text| text.text).collect());
            }
            Setting::Groups(groups)
        }
    })
}
