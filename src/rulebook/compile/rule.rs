//! In: one rule as written. Out: the rule as compiled, its matchers and literals; or errors at the very place.

use super::super::checks::CheckSpec;
use super::super::compiled::{Body, Edges, ExampleText, Literal, Matcher, Near, Needs, Rule, RuleText};
use super::super::example;
use super::super::expression::{expression, written_out};
use super::super::keys::{File, Located};
use super::super::pattern::compile::{self, shortest};
use super::super::pattern::parse::{nearest, parse};
use super::super::pattern::program::Program;
use super::super::settings::{Setting, SettingKind, Settings};
use super::super::template::Template;
use super::super::written::{WrittenBody, WrittenExample, WrittenNear, WrittenRule};
use super::rows::{self, RowMatcher};
use super::{COMMON_ANCHOR, Output, PackScope, lattice, line, literal, warn};
use crate::finding::RuleKind;
use crate::lexicon::{Entry, tsv};

/// Compiles a rule; its names go to the entries of the pack's lexicon.
pub(super) fn compile(
    rule: &WrittenRule,
    file_name: &str,
    scope: &PackScope<'_>,
    file: &mut File<'_>,
    out: &mut Output,
    entries: &mut Vec<Entry>,
) {
    let number = out.parts.rules.len() as u32;
    let mut slots: Vec<String> = vec!["match".to_owned(), "suggestion".to_owned()];
    let unless = programs(&rule.unless, scope, file);
    let near = rule.near.as_ref().map(|near| words_near(near, scope, file));
    let not_near = rule.not_near.as_ref().map(|near| words_near(near, scope, file));
    let mut looks_for = Vec::new();
    let body = match &rule.body {
        WrittenBody::Phrase(patterns) => {
            for pattern in patterns {
                looks_for.push(pattern.text.clone());
                phrase(rule, pattern, number, scope, file, out, &mut slots);
            }
            Body::Phrase
        }
        WrittenBody::Lexicon { from, inflect } => {
            looks_for.push(from.text.clone());
            if let Some((text, path)) = rows::open(from, scope, file) {
                let mut matchers = Vec::new();
                let (errors, columns) = rows::lexicon(text, &path, *inflect, &mut matchers);
                out.errors.extend(errors);
                slots.extend(columns);
                add_rows(matchers, number, out);
                if rule.needs.as_ref().is_some_and(|needs| needs.density.is_some()) {
                    out.parts.dialects.push((number, lattice::dialect(text)));
                }
            }
            Body::Lexicon
        }
        WrittenBody::Lattice { terms, swaps, background, settings } => {
            slots.extend(["term".to_owned(), "domain".to_owned()]);
            looks_for.extend(terms.iter().map(|from| from.text.clone()));
            let bytes = lattice::compile(terms, swaps, background, scope, file, out);
            out.parts.lattices.push((number, bytes));
            Body::Lattice(settings.clone())
        }
        WrittenBody::Term { prefer, variants, consistent, from } => {
            slots.extend(["prefer".to_owned(), "also".to_owned()]);
            if let Some(prefer) = prefer {
                looks_for.extend(variants.iter().map(|variant| variant.text.clone()));
                one_term(prefer, variants, *consistent, number, file, out);
            }
            if let Some(from) = from {
                looks_for.push(from.text.clone());
                let mut matchers = Vec::new();
                if let Some((text, path)) = rows::open(from, scope, file) {
                    out.errors.extend(rows::terms(text, &path, *consistent, scope, &mut matchers));
                }
                add_rows(matchers, number, out);
            }
            Body::Term
        }
        WrittenBody::Name { tables, settings } => {
            slots.extend(["name", "other", "also", "title"].map(str::to_owned));
            for (key, from) in tables {
                looks_for.push(from.text.clone());
                names(key, from, scope, file, out, entries);
            }
            out.parts.whole_text.push(number);
            Body::Name(settings.clone())
        }
        WrittenBody::Pattern { regex, capture } => {
            looks_for.push(regex.text.clone());
            raw(rule, regex, capture.as_ref(), number, file, out, &mut slots)
        }
        WrittenBody::Check { spec, settings } => {
            whole(spec, number, &mut looks_for, &mut slots, out);
            Body::Check { detect: spec.name.to_owned(), settings: settings.clone() }
        }
        WrittenBody::Compare { spec, against, settings } => {
            whole(spec, number, &mut looks_for, &mut slots, out);
            let settings = with_tables(settings, spec, rule, scope, file);
            Body::Compare { compare: spec.name.to_owned(), against: *against, settings }
        }
    };
    let message = template(&rule.message, false, &slots, file);
    let suggest = rule.suggest.iter().map(|text| template(text, true, &slots, file)).collect();
    examples(rule, file);
    let line = file.source.get(..rule.range.start).map_or(1, |head| head.matches('\n').count() + 1);
    out.parts.rules.push(Rule {
        id: format!("{}/{}", scope.pack.id, rule.id.text),
        kind: rule.kind,
        severity: rule.severity,
        mqm: rule.mqm,
        confidence: rule.confidence,
        fix: rule.fix,
        regions: rule.regions,
        message,
        suggest,
        unless,
        near,
        not_near,
        needs: rule.needs.as_ref().map(|needs| Needs { density: needs.density.clone(), pivot: needs.pivot.clone() }),
        pivots: rule.pivots.clone(),
        escalate: rule.escalate,
        slip: rule.tags.iter().any(|tag| tag == "slip"),
        body,
    });
    out.parts.texts.push(text(rule, looks_for, file_name, line));
}

/// Notes a rule that looks at the text as a whole.
fn whole(spec: &CheckSpec, number: u32, looks_for: &mut Vec<String>, slots: &mut Vec<String>, out: &mut Output) {
    looks_for.push(spec.name.to_owned());
    slots.extend(spec.slots.iter().map(|slot| (*slot).to_owned()));
    out.parts.whole_text.push(number);
}

/// What is read only when the rule is shown or tested.
fn text(rule: &WrittenRule, looks_for: Vec<String>, file: &str, line: usize) -> RuleText {
    RuleText {
        explain: rule.explain.clone(),
        url: rule.url.clone(),
        since: rule.since.clone(),
        tags: rule.tags.clone(),
        also: rule.also.clone(),
        bad: rule.bad.iter().map(example_text).collect(),
        good: rule.good.iter().map(example_text).collect(),
        measured: rule.measured.clone(),
        looks_for,
        suggest: rule.suggest.iter().map(|text| text.text.clone()).collect(),
        file: file.to_owned(),
        line,
    }
}

fn phrase(
    rule: &WrittenRule,
    pattern: &Located,
    number: u32,
    scope: &PackScope<'_>,
    file: &mut File<'_>,
    out: &mut Output,
    slots: &mut Vec<String>,
) {
    let Some(compiled) = compiled(pattern, scope, file) else { return };
    if compiled.anchors.is_empty() && !rule.slow {
        let help = "add a word or lemma that every match holds, or slow = true";
        file.error(pattern.range.clone(), "the pattern has no word to look for: it would be tried everywhere", help);
        return;
    }
    if compiled.commonness > COMMON_ANCHOR && !rule.slow {
        let message = format!("its rarest words stand {} times in a million words", compiled.commonness);
        warn(file, rule, message, "a rarer word in the pattern makes the rule cheaper", out);
    }
    for slot in &compiled.program.slots {
        if !slots.contains(slot) {
            slots.push(slot.clone());
        }
    }
    let matcher = Matcher {
        rule: number,
        program: compiled.program,
        row: 0,
        form: 1,
        consistent: false,
        suggest: Vec::new(),
        unless: Vec::new(),
        values: Vec::new(),
    };
    out.parts.matchers.push((matcher, compiled.anchors));
}

/// A pattern that is sure to match at least one token.
fn compiled(pattern: &Located, scope: &PackScope<'_>, file: &mut File<'_>) -> Option<compile::Compiled> {
    let node = match parse(&pattern.text, &super::scope(&scope.lists)) {
        Ok(node) => node,
        Err(error) => {
            file.error_within(pattern, error.at, error.len, error.message, error.help);
            return None;
        }
    };
    if shortest(&node) == 0 {
        file.error(pattern.range.clone(), "the pattern can match nothing at all", "make at least one word required");
        return None;
    }
    let compiled = compile::compile(&node);
    if compiled.is_none() {
        file.error(pattern.range.clone(), "the pattern is too long", "write it as several patterns");
    }
    compiled
}

fn programs(patterns: &[Located], scope: &PackScope<'_>, file: &mut File<'_>) -> Vec<Program> {
    patterns.iter().filter_map(|pattern| compiled(pattern, scope, file)).map(|compiled| compiled.program).collect()
}

fn words_near(near: &WrittenNear, scope: &PackScope<'_>, file: &mut File<'_>) -> Near {
    Near { words: programs(&near.words, scope, file), within: near.within }
}

/// The forms of the one term that a rule names itself.
fn one_term(
    prefer: &Located,
    variants: &[Located],
    consistent: bool,
    number: u32,
    file: &mut File<'_>,
    out: &mut Output,
) {
    let texts: Vec<&str> = variants.iter().map(|variant| variant.text.as_str()).collect();
    let mut matchers = Vec::new();
    if let Err(message) = rows::term(&prefer.text, &texts, consistent, 0, &mut matchers) {
        file.error(prefer.range.clone(), message, "write the words as they stand in a text");
    }
    add_rows(matchers, number, out);
}

fn add_rows(matchers: Vec<RowMatcher>, number: u32, out: &mut Output) {
    for row in matchers {
        let matcher = Matcher {
            rule: number,
            program: row.compiled.program,
            row: row.row,
            form: row.form,
            consistent: row.consistent,
            suggest: row.suggest,
            unless: row.unless,
            values: row.values,
        };
        out.parts.matchers.push((matcher, row.compiled.anchors));
    }
}

fn names(
    key: &str,
    from: &Located,
    scope: &PackScope<'_>,
    file: &mut File<'_>,
    out: &mut Output,
    entries: &mut Vec<Entry>,
) {
    let Some((text, path)) = rows::open(from, scope, file) else { return };
    let read = match key {
        "people" => tsv::people(text, &path),
        "places" => tsv::places(text, &path),
        _ => tsv::organisations(text, &path),
    };
    match read {
        Ok(more) => entries.extend(more.into_iter().filter(|entry| !entries.contains(entry)).collect::<Vec<_>>()),
        Err(errors) => out.errors.extend(errors.iter().map(|error| rows::table_error(error, text))),
    }
}

fn raw(
    rule: &WrittenRule,
    regex: &Located,
    capture: Option<&Located>,
    number: u32,
    file: &mut File<'_>,
    out: &mut Output,
    slots: &mut Vec<String>,
) -> Body {
    match expression(&regex.text) {
        Ok(compiled) => {
            slots.extend(compiled.capture_names().flatten().map(str::to_owned));
            if compiled.is_match("") {
                file.error(
                    regex.range.clone(),
                    "the expression matches the empty text",
                    "make at least one character required",
                );
            }
            if let Some(capture) = capture {
                let known = compiled.capture_names().flatten().any(|name| name == capture.text)
                    || capture.text.parse::<usize>().is_ok_and(|group| group < compiled.captures_len());
                if !known {
                    let help = nearest(&capture.text, compiled.capture_names().flatten()).map_or_else(
                        || "name it in the expression: (?<name>…)".to_owned(),
                        |near| format!("did you mean “{near}”?"),
                    );
                    file.error(capture.range.clone(), format!("no capture “{}” in the expression", capture.text), help);
                }
            }
        }
        Err(error) => {
            let text = error.to_string();
            let what = text.lines().last().unwrap_or("").trim_start_matches("error: ").to_owned();
            file.error(
                regex.range.clone(),
                format!("not a regular expression: {what}"),
                "the syntax is that of the regex crate",
            );
        }
    }
    let longest = line::longest_line(&regex.text).unwrap_or(0);
    let bare = Literal {
        text: String::new(),
        any_case: true,
        edges: Edges::default(),
        rule: number,
        longest,
        at_start: false,
    };
    if let Some(starts) = line::line_beginnings(&regex.text) {
        out.parts.literals.extend(starts.into_iter().map(|text| Literal { text, at_start: true, ..bare.clone() }));
    } else if let Some(found) = literal::literals(&regex.text) {
        let literals = found.into_iter().map(|needle| Literal {
            text: needle.text,
            any_case: needle.any_case,
            edges: needle.edges,
            ..bare.clone()
        });
        out.parts.literals.extend(literals);
    } else if rule.slow {
        out.parts.literals.push(bare);
    } else {
        file.error(
            regex.range.clone(),
            "the expression has no literal to look for: it would be tried on every line",
            "add characters that every match holds, or slow = true",
        );
    }
    let light = written_out(&regex.text);
    Body::Pattern { regex: regex.text.clone(), light, capture: capture.map(|capture| capture.text.clone()) }
}

fn template(text: &Located, inflect: bool, slots: &[String], file: &mut File<'_>) -> Template {
    match Template::parse(&text.text, inflect) {
        Ok(template) => {
            for slot in template.slots().filter(|slot| !slots.iter().any(|known| known == slot)) {
                let help = nearest(slot, slots.iter().map(String::as_str)).map_or_else(
                    || format!("slots here: {}", slots.join(", ")),
                    |near| format!("did you mean {{{near}}}?"),
                );
                let at = text.text.find(&format!("{{{slot}")).unwrap_or(0);
                file.error_within(text, at, slot.len() + 2, format!("unknown slot “{slot}”"), help);
            }
            template
        }
        Err(error) => {
            file.error_within(text, error.at, error.len, error.message, error.help);
            Template::default()
        }
    }
}

/// Settings with the rows of the tables they name.
fn with_tables(
    settings: &Settings,
    spec: &CheckSpec,
    rule: &WrittenRule,
    scope: &PackScope<'_>,
    file: &mut File<'_>,
) -> Settings {
    let is_table = |key: &str| spec.keys.iter().any(|(name, kind)| *name == key && *kind == SettingKind::Table);
    let mut all = settings.clone();
    for (_, value) in all.0.iter_mut().filter(|(key, _)| is_table(key)) {
        let Setting::Text(name) = value else { continue };
        let from = Located { text: name.clone(), range: rule.range.clone() };
        let Some((text, _)) = rows::open(&from, scope, file) else { continue };
        // The first line names the columns.
        let rows = text.lines().skip(1).filter(|line| !line.is_empty() && !line.starts_with('#'));
        *value = Setting::Groups(rows.map(|row| row.split('\t').map(str::to_owned).collect()).collect());
    }
    all
}

fn example_text(written: &WrittenExample) -> ExampleText {
    let WrittenExample { text, original, source } = written;
    ExampleText { text: text.text.clone(), original: original.clone(), source: source.clone() }
}

fn examples(rule: &WrittenRule, file: &mut File<'_>) {
    for (examples, marked) in [(&rule.bad, true), (&rule.good, false)] {
        for written in examples.iter().map(|example| &example.text) {
            match example::parse(&written.text) {
                Ok(example)
                    if marked
                        && example.expected.is_empty()
                        && !matches!(rule.kind, RuleKind::Check | RuleKind::Compare) =>
                {
                    file.error(
                        written.range.clone(),
                        "a bad example without a mark",
                        "put brackets round what is flagged: [x -> y]",
                    );
                }
                Ok(example) if !marked && !example.expected.is_empty() => {
                    let help = "a good example has no findings; write \\[ for a bracket";
                    file.error(written.range.clone(), "a good example with a mark", help);
                }
                Ok(_) => {}
                Err(at) => file.error_within(
                    written,
                    at,
                    1,
                    "a bracket without its partner",
                    "write \\[ for a bracket of the text",
                ),
            }
        }
    }
}
