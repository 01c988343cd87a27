//! `mtaudit rules docs`, and `rules explain --markdown`. In: rules. Out: a page in Markdown for each, and a list of them.

use super::super::Outcome;
use super::super::baseline::put_quickly;
use super::super::output::complain;
use super::explain::example;
use super::{Pick, counted, print};
use crate::rulebook::RuleSet;
use crate::rulebook::compiled::{ExampleText, Rule, RuleText};
use crate::rulebook::template::{Filter, Part, Template};
use clap::Args;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};

#[derive(Args)]
pub(in crate::cli) struct Docs {
    /// The folder for the pages: one folder a pack, and index.md
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    #[command(flatten)]
    pick: Pick,
}

impl Docs {
    pub(in crate::cli) fn run(&self) -> Outcome {
        let Some((rules, wanted)) = self.pick.load() else { return Outcome::Failed };
        match write(&rules, &wanted, &self.folder) {
            Ok(()) => print(&format!("{}: {} and index.md\n", self.folder.display(), pages(wanted.len()))),
            Err(message) => {
                complain(&message);
                Outcome::Failed
            }
        }
    }
}

fn pages(rules: usize) -> String {
    if rules == 1 { "1 page".to_owned() } else { format!("{rules} pages") }
}

fn write(rules: &RuleSet, wanted: &BTreeSet<u32>, folder: &Path) -> Result<(), String> {
    let put = |file: &Path, text: &str| {
        let made = file.parent().map_or(Ok(()), std::fs::create_dir_all);
        made.and_then(|()| put_quickly(file, text.as_bytes()))
            .map_err(|error| format!("{}: cannot be written: {error}", file.display()))
    };
    let mut index = "# Rules\n".to_owned();
    for (pack, range) in rules.packs() {
        let own: Vec<u32> = range.filter(|number| wanted.contains(number)).collect();
        if own.is_empty() {
            continue;
        }
        let _ = writeln!(index, "\n## {}\n\n{} ({})\n", pack.id, escaped(&pack.summary), counted(own.len()));
        let _ = writeln!(index, "| rule | level | what it says |\n|---|---|---|");
        for number in own {
            let Some(loaded) = rules.rule(number) else { continue };
            let rule = &loaded.rule;
            put(&folder.join(format!("{}.md", rule.id)), &page(rules, number))?;
            let name = rule.id.split_once('/').map_or(rule.id.as_str(), |(_, name)| name);
            let message = written(&rule.message);
            let _ = writeln!(index, "| [{name}]({}.md) | {} | {} |", rule.id, rule.severity.name(), cell(&message));
        }
    }
    put(&folder.join("index.md"), &index)
}

/// The page of a rule.
pub(super) fn page(rules: &RuleSet, number: u32) -> String {
    let mut out = String::new();
    if let Some(loaded) = rules.rule(number) {
        let (rule, text) = (&loaded.rule, rules.text(number));
        let _ = writeln!(out, "# {}\n\n{}\n", rule.id, escaped(&written(&rule.message)));
        facts(&mut out, rule, &text);
        let _ = writeln!(out, "\n## Why\n\n{}", text.explain.trim());
        fenced(&mut out, "Looks for", &text.looks_for);
        fenced(&mut out, "Suggests", &text.suggest);
        let lines = |examples: &[ExampleText]| examples.iter().map(example).collect::<Vec<_>>();
        fenced(&mut out, "Flagged", &lines(&text.bad));
        fenced(&mut out, "Not flagged", &lines(&text.good));
        handling(&mut out, rule);
        if !text.url.is_empty() {
            let _ = writeln!(out, "\nMore: <{}>", text.url);
        }
    }
    out
}

fn facts(out: &mut String, rule: &Rule, text: &RuleText) {
    let _ = writeln!(out, "| | |\n|---|---|");
    let mut row = |name: &str, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(out, "| {name} | {} |", cell(value));
        }
    };
    row("kind", rule.kind.name());
    row("level", rule.severity.name());
    row("type", rule.mqm.name());
    row("confidence", &format!("{:.2}", rule.confidence));
    if let Some((hits, right, set)) = &text.measured {
        row("measured", &format!("{right} of {hits} right on {set}"));
    }
    row("fixes", rule.fix.name());
    row("languages", &rule.pivots.join(", "));
    row("needs", if rule.needs.is_some() { "what the text as a whole shows" } else { "" });
    row("since", &text.since);
    row("tags", &text.tags.join(", "));
    row("file", &if text.file.is_empty() { String::new() } else { format!("{}:{}", text.file, text.line) });
}

/// Lines that stand for themselves: what is in them is no markup.
fn fenced(out: &mut String, title: &str, items: &[String]) {
    if items.is_empty() {
        return;
    }
    let longest = items.iter().flat_map(|item| item.split(|c| c != '`').map(str::len)).max().unwrap_or(0);
    let fence = "`".repeat((longest + 1).max(3));
    let _ = writeln!(out, "\n## {title}\n\n{fence}text");
    for item in items {
        let _ = writeln!(out, "{}", item.trim_end());
    }
    let _ = writeln!(out, "{fence}");
}

fn handling(out: &mut String, rule: &Rule) {
    let id = &rule.id;
    let fix = match rule.fix {
        crate::finding::FixSafety::Safe => "`mtaudit fix` applies its first suggestion.",
        crate::finding::FixSafety::Unsafe => {
            "`mtaudit fix --unsafe-fixes` applies its first suggestion; `mtaudit fix` does not."
        }
        crate::finding::FixSafety::DisplayOnly => "Its suggestions are shown, never applied.",
    };
    let _ = writeln!(
        out,
        "\n## To fix, ignore or tune\n\n{fix}\n\n```markdown\n<!-- mtaudit: ignore {id} -- reason -->\n```\n\n```toml\n[rules]\n\"{id}\" = \"off\"\n```"
    );
}

/// A message as rule files write it.
fn written(message: &Template) -> String {
    let filter = |filter: Filter| match filter {
        Filter::Digits => "digits",
        Filter::Words => "words",
        Filter::Clock12 => "clock12",
        Filter::Title => "title",
        Filter::Lower => "lower",
        Filter::Upper => "upper",
    };
    let part = |part: &Part| match part {
        Part::Text(text) => text.clone(),
        Part::Inflected(lemma) => format!("~{lemma}"),
        Part::Slot(name, None) => format!("{{{name}}}"),
        Part::Slot(name, Some(kind)) => format!("{{{name}|{}}}", filter(*kind)),
    };
    message.0.iter().map(part).collect()
}

/// Text within a line of Markdown.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#') {
            out.push('\\');
        }
        out.push(if c == '\n' { ' ' } else { c });
    }
    out
}

/// Text within a cell of a table.
fn cell(text: &str) -> String {
    escaped(text).replace('|', "\\|")
}
