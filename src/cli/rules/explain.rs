//! `mtaudit rules explain`. In: an id. Out: what the rule looks for, why, and its examples.

use super::super::Outcome;
use super::super::options::{Colour, RuleOptions};
use super::super::output::complain;
use super::print;
use crate::rulebook::RuleSet;
use crate::rulebook::compiled::ExampleText;
use clap::Args;
use colored::Colorize;
use std::fmt::Write;

#[derive(Args)]
pub(in crate::cli) struct Explain {
    /// The id, as reports show it
    #[arg(value_name = "ID")]
    id: String,
    #[command(flatten)]
    rules: RuleOptions,
    /// As a page in Markdown
    #[arg(long)]
    markdown: bool,
    /// When to use colours
    #[arg(long, value_enum, default_value = "auto")]
    color: Colour,
}

impl Explain {
    pub(in crate::cli) fn run(&self) -> Outcome {
        self.color.apply();
        let Some(rules) = self.rules.load() else { return Outcome::Failed };
        let Some(number) = rules.find(&self.id).or_else(|| by_name(&rules, &self.id)) else {
            complain(&format!(
                "no rule is called {}{}; `mtaudit rules list` shows all",
                self.id,
                nearest(&rules, &self.id)
            ));
            return Outcome::Failed;
        };
        if self.markdown {
            return print(&super::docs::page(&rules, number));
        }
        let mut out = String::new();
        shown(&rules, number, &mut out);
        print(&out)
    }
}

/// A rule by its name without the pack, where only one is called so.
fn by_name(rules: &RuleSet, name: &str) -> Option<u32> {
    let mut found = rules.numbers().filter(|number| {
        rules.rule(*number).is_some_and(|loaded| loaded.rule.id.split_once('/').is_some_and(|(_, id)| id == name))
    });
    let only = found.next()?;
    found.next().is_none().then_some(only)
}

/// An id without its pack.
fn name_of(id: &str) -> &str {
    id.split_once('/').map_or(id, |(_, name)| name)
}

fn nearest(rules: &RuleSet, id: &str) -> String {
    let ids = rules.numbers().filter_map(|number| rules.rule(number)).map(|loaded| loaded.rule.id.as_str());
    let asked = name_of(id);
    let score = |known: &str| {
        let name = name_of(known);
        let part = !asked.is_empty() && (name.contains(asked) || asked.contains(name));
        if part { 1.0 } else { strsim::jaro_winkler(name, asked) }
    };
    let best = ids.max_by(|a, b| score(a).total_cmp(&score(b)));
    best.filter(|best| score(best) > 0.8).map_or_else(String::new, |best| format!(" (did you mean {best}?)"))
}

fn shown(rules: &RuleSet, number: u32, out: &mut String) {
    let Some(loaded) = rules.rule(number) else { return };
    let (rule, text) = (&loaded.rule, rules.text(number));
    let _ = writeln!(out, "{}", rule.id.bold());
    let measured = text
        .measured
        .as_ref()
        .map_or_else(String::new, |(hits, right, set)| format!("; measured on {set}: {right} of {hits} right"));
    let _ = writeln!(
        out,
        "{} · {} · {} · confidence {:.2}{measured} · fixes are {}",
        rule.kind.name(),
        rule.severity.name(),
        rule.mqm.name(),
        rule.confidence,
        rule.fix.name()
    );
    let _ = writeln!(out, "\n{}", text.explain.trim());
    let mut list = |title: &str, items: &[String]| {
        if !items.is_empty() {
            let _ = writeln!(out, "\n{}", title.bold());
            for item in items {
                let _ = writeln!(out, "  {}", item.trim().replace('\n', "\n  "));
            }
        }
    };
    list("Looks for", &text.looks_for);
    list("Suggests", &text.suggest);
    let lines = |examples: &[ExampleText]| -> Vec<String> { examples.iter().map(example).collect() };
    list("Flagged", &lines(&text.bad));
    list("Not flagged", &lines(&text.good));
    list("Languages the text may have gone through", &rule.pivots);
    list("May also fire on good examples of", &text.also);
    if rule.needs.is_some() {
        let _ = writeln!(out, "\nSilent unless the text as a whole shows what it needs.");
    }
    if !text.url.is_empty() {
        let _ = writeln!(out, "\n{}", text.url);
    }
    if !text.file.is_empty() {
        let _ = writeln!(out, "\n{}:{}", text.file, text.line);
    }
}

/// An example as it is shown: with what it is compared to below it.
pub(super) fn example(example: &ExampleText) -> String {
    let mut shown = example.text.clone();
    if let Some(original) = &example.original {
        let _ = write!(shown, "\n  original: {original}");
    }
    if let Some((source, lang)) = &example.source {
        let _ = write!(shown, "\n  source ({lang}): {source}");
    }
    shown
}
