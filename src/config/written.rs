//! In: the text of a `mtaudit.toml`. Out: a [`Config`], each value with its line; or every error of the file at once.

use super::level::{Level, LevelRule, Selector};
use super::paths::PathGlobs;
use super::{Accepted, Config, Extend, FailOn, Override, Preferred, Written};
use crate::rulebook::RuleError;
use crate::rulebook::keys::{File, Keys, Located, located};
use crate::rulebook::pattern::parse::nearest;
use crate::rulebook::written::toml;
use std::ops::Range;
use std::path::Path;

/// Reads a configuration; `shown` is how errors name the file, `root` the folder that its paths are relative to.
///
/// # Errors
/// All errors of the file that can be told without the rules, in the order of their place.
pub fn read(text: &str, shown: &str, root: &Path) -> Result<Config, Vec<RuleError>> {
    let mut file = File { path: shown.to_owned(), source: text, errors: Vec::new() };
    let table = toml(&mut file);
    let mut keys = Keys::new(table.get_ref(), 0..0);
    let file = &mut file;
    let mut config =
        Config { file: shown.to_owned(), text: text.to_owned(), root: root.to_owned(), ..Config::default() };
    config.extends = extends(&mut keys, file);
    config.fail_on = fail_on(&mut keys, file);
    config.min_confidence = min_confidence(&mut keys, file);
    config.baseline =
        plain(keys.text(file, "baseline"), file, "name a file, as in baseline = \"mtaudit-baseline.jsonl\"");
    if let Some(mut files) = keys.table(file, "files") {
        config.include = globs(&mut files, file, "include");
        config.exclude = globs(&mut files, file, "exclude");
        files.finish(file, "[files]");
    }
    if let Some(mut original) = keys.table(file, "original") {
        config.original_pattern = original_pattern(&mut original, file);
        let help = "name a key of the front matter, as in key = \"original\"";
        config.original_key = plain(original.text(file, "key"), file, help);
        original.finish(file, "[original]");
    }
    (config.hold, config.block) = gate(&mut keys, file);
    config.rules = levels(&mut keys, file);
    if let Some(mut names) = keys.table(file, "names") {
        config.known = known(&mut names, file);
        config.prefer = prefer(&mut names, file);
        names.finish(file, "[names]");
    }
    config.accept = accept(&mut keys, file);
    config.overrides = overrides(&mut keys, file);
    keys.finish(file, "mtaudit.toml");
    if file.errors.is_empty() {
        Ok(config)
    } else {
        Err(crate::rulebook::written::in_order(std::mem::take(&mut file.errors)))
    }
}

fn line(file: &File<'_>, range: &Range<usize>) -> usize {
    file.source.get(..range.start).map_or(1, |head| head.matches('\n').count() + 1)
}

fn set<T>(file: &File<'_>, range: Range<usize>, value: T) -> Written<T> {
    let line = line(file, &range);
    Written { value, line, range }
}

/// A text that must not be empty.
fn plain(text: Option<Located>, file: &mut File<'_>, help: &str) -> Option<Written<String>> {
    let text = text?;
    if text.text.trim().is_empty() {
        file.error(text.range, "nothing is named", help);
        return None;
    }
    Some(set(file, text.range, text.text))
}

fn extends(keys: &mut Keys<'_, '_>, file: &mut File<'_>) -> Option<Written<Vec<Written<Extend>>>> {
    let range = keys.take("extends")?.span();
    let mut found = Vec::new();
    for text in keys.texts(file, "extends") {
        let help = "\"builtin:en-news\", \"builtin:*\", or the folder of a pack, as in \"./house-rules\"";
        match text.text.strip_prefix("builtin:") {
            Some("*") => found.push(set(file, text.range, Extend::AllBuiltin)),
            Some("") => file.error(text.range, "no built-in pack is named", help),
            Some(id) => found.push(set(file, text.range.clone(), Extend::Builtin(id.to_owned()))),
            None if text.text.trim().is_empty() => file.error(text.range, "no pack is named", help),
            None => found.push(set(file, text.range.clone(), Extend::Folder(text.text))),
        }
    }
    Some(set(file, range, found))
}

fn fail_on(keys: &mut Keys<'_, '_>, file: &mut File<'_>) -> Option<Written<FailOn>> {
    let text = keys.text(file, "fail-on")?;
    let Some(level) = FailOn::parse(&text.text) else {
        let help = one_of(&text.text, &FailOn::NAMES);
        file.error(text.range, format!("unknown level “{}”", text.text), help);
        return None;
    };
    Some(set(file, text.range, level))
}

fn one_of(name: &str, known: &[&'static str]) -> String {
    nearest(name, known.iter().copied())
        .map_or_else(|| format!("one of {}", known.join(", ")), |near| format!("did you mean “{near}”?"))
}

fn min_confidence(keys: &mut Keys<'_, '_>, file: &mut File<'_>) -> Option<Written<f32>> {
    let (value, range) = keys.number(file, "min-confidence")?;
    if !(0.0..=1.0).contains(&value) {
        file.error(range, format!("min-confidence {value} is not between 0 and 1"), "0.6 is the default");
        return None;
    }
    Some(set(file, range, value as f32))
}

/// `[gate]`: from which penalty on a text is held, and from which on blocked.
fn gate(keys: &mut Keys<'_, '_>, file: &mut File<'_>) -> (Option<Written<f64>>, Option<Written<f64>>) {
    let Some(mut table) = keys.table(file, "gate") else { return (None, None) };
    let mut penalty = |key: &'static str, file: &mut File<'_>| {
        let (value, range) = table.number(file, key)?;
        if !value.is_finite() || value < 0.0 {
            file.error(range, format!("{key} {value} is no penalty"), "a penalty per 1,000 words, 0 or more");
            return None;
        }
        Some(set(file, range, value))
    };
    let (hold, block) = (penalty("hold", file), penalty("block", file));
    let standard = super::Gate::default();
    let hold_at = hold.as_ref().map_or(standard.hold, |hold| hold.value);
    let block_at = block.as_ref().map_or(standard.block, |block| block.value);
    if hold_at > block_at
        && let Some(place) = hold.as_ref().or(block.as_ref())
    {
        let help = "a text is held at a lower penalty than it is blocked at";
        file.error(place.range.clone(), format!("hold {hold_at} lies above block {block_at}"), help);
    }
    table.finish(file, "[gate]");
    (hold, block)
}

fn globs(keys: &mut Keys<'_, '_>, file: &mut File<'_>, key: &'static str) -> Option<Written<PathGlobs>> {
    let range = keys.take(key)?.span();
    let texts = keys.texts(file, key);
    if texts.is_empty() {
        file.error(range, format!("{key} names no files"), format!("as in {key} = [\"content/**/*.md\"]"));
        return None;
    }
    match PathGlobs::new(texts.iter().map(|text| text.text.clone()).collect()) {
        Ok(globs) => Some(set(file, range, globs)),
        Err((index, message)) => {
            let place = texts.get(index).map_or(range, |text| text.range.clone());
            file.error(place, format!("not a glob: {message}"), "as in content/**/*.md");
            None
        }
    }
}

fn original_pattern(keys: &mut Keys<'_, '_>, file: &mut File<'_>) -> Option<Written<String>> {
    let text = keys.text(file, "pattern")?;
    if let Err((at, len, message)) = super::original::check(&text.text) {
        file.error_within(
            &text,
            at,
            len,
            message,
            format!("{} stand for parts of the text’s path", super::original::SLOTS),
        );
        return None;
    }
    Some(set(file, text.range, text.text))
}

/// `[rules]`, in the order of the lines.
fn levels(keys: &mut Keys<'_, '_>, file: &mut File<'_>) -> Vec<LevelRule> {
    let mut found = Vec::new();
    let Some(table) = keys.table(file, "rules") else { return found };
    for (key, range, value) in table.rest() {
        let selector = Selector::parse(key).map_err(|(message, help)| file.error(range.clone(), message, help));
        let Some(text) = located(value) else {
            file.error(value.span(), format!("the level of “{key}” must be a string"), one_of("", &Level::NAMES));
            continue;
        };
        let Some(level) = Level::parse(&text.text) else {
            file.error(text.range, format!("unknown level “{}”", text.text), one_of(&text.text, &Level::NAMES));
            continue;
        };
        if let Ok(selector) = selector {
            found.push(LevelRule { selector, level, line: line(file, &range), range });
        }
    }
    // TOML tables have no order of their own; the file has.
    found.sort_by_key(|line| line.range.start);
    found
}

fn known(keys: &mut Keys<'_, '_>, file: &mut File<'_>) -> Vec<Written<String>> {
    let mut found = Vec::new();
    for name in keys.texts(file, "known") {
        if name.text.chars().any(char::is_uppercase) {
            let text = name.text.split_whitespace().collect::<Vec<_>>().join(" ");
            found.push(set(file, name.range, text));
        } else {
            let help = "write it as it stands in a byline, as in \"Libby Cathey\"";
            file.error(name.range, format!("“{}” is no name", name.text), help);
        }
    }
    found
}

fn prefer(keys: &mut Keys<'_, '_>, file: &mut File<'_>) -> Vec<Preferred> {
    let mut found: Vec<Preferred> = Vec::new();
    let Some(table) = keys.table(file, "prefer") else { return found };
    let help = "write \"form to replace\" = \"house form\"";
    for (from, range, value) in table.rest() {
        let Some(to) = located(value) else {
            file.error(value.span(), format!("the house form of “{from}” must be a string"), help);
            continue;
        };
        let is_word = |text: &str| {
            text.chars().any(char::is_alphanumeric) && !text.contains(|c: char| c.is_control() || c == '|')
        };
        if !is_word(from) {
            file.error(range, format!("“{from}” is no word"), help);
        } else if !is_word(&to.text) {
            file.error(to.range, format!("“{}” is no house form", to.text), help);
        } else if to.text == from {
            file.error(to.range, format!("“{from}” is its own house form"), "take the line away");
        } else {
            found.push(Preferred { from: from.to_owned(), to: to.text, line: line(file, &range), range });
        }
    }
    found.sort_by_key(|one| one.range.start);
    let circles: Vec<usize> = (0..found.len())
        .filter(|at| found.iter().any(|other| found.get(*at).is_some_and(|one| one.to == other.from)))
        .collect();
    for one in circles.iter().filter_map(|at| found.get(*at)) {
        let message = format!("the house form “{}” is itself to be replaced", one.to);
        file.error(one.range.clone(), message, "let each form lead to the one that stands in print");
    }
    found
}

fn accept(keys: &mut Keys<'_, '_>, file: &mut File<'_>) -> Vec<Accepted> {
    let mut found = Vec::new();
    let Some(table) = keys.table(file, "accept") else { return found };
    for (phrase, range, value) in table.rest() {
        let reason = located(value).filter(|reason| !reason.text.trim().is_empty());
        if !phrase.chars().any(char::is_alphanumeric) {
            file.error(range, "no phrase to accept", "write \"Kiev Brewery\" = \"registered company name\"");
        } else if let Some(reason) = reason {
            found.push(Accepted { phrase: phrase.to_owned(), reason: reason.text, line: line(file, &range) });
        } else {
            let help = "say why, as in \"Kiev Brewery\" = \"registered company name\"";
            file.error(value.span(), format!("“{phrase}” is accepted without a reason"), help);
        }
    }
    found.sort_by_key(|one| one.line);
    found
}

fn overrides(keys: &mut Keys<'_, '_>, file: &mut File<'_>) -> Vec<Override> {
    let mut found = Vec::new();
    let Some(value) = keys.take("override") else { return found };
    let Some(items) = crate::rulebook::keys::array(value) else {
        file.error(value.span(), "override must be an array of tables", "write [[override]] with two brackets");
        return found;
    };
    for item in items {
        let toml::de::DeValue::Table(table) = item.get_ref() else {
            file.error(item.span(), "an override must be a table", "write [[override]]");
            continue;
        };
        let mut keys = Keys::new(table, item.span());
        if !keys.has("paths") {
            file.error(item.span(), "paths is missing", "write paths = [\"archive/**\"]");
        }
        let paths = globs(&mut keys, file, "paths");
        let one = Override {
            line: line(file, &item.span()),
            paths: paths.map_or_else(PathGlobs::none, |paths| paths.value),
            fail_on: fail_on(&mut keys, file),
            min_confidence: min_confidence(&mut keys, file),
            gate: gate(&mut keys, file),
            rules: levels(&mut keys, file),
        };
        keys.finish(file, "[[override]]");
        found.push(one);
    }
    found
}
