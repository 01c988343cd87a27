//! `mtaudit rules`. In: ids, globs, folders of packs. Out: listings, explanations, tests, a new pack, timings, measurements.

mod bench;
mod docs;
mod explain;
mod measure;
mod new;

use super::Outcome;
use super::options::{Colour, RuleOptions};
use super::output::{Output, Stop, complain};
use crate::audit::selftest;
use crate::config::RuleGlob;
use crate::rulebook::{PackFiles, RuleSet, files};
use clap::{Args, Subcommand};
use colored::Colorize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::PathBuf;

#[derive(Subcommand)]
pub(super) enum Rules {
    /// One line a rule
    List(Pick),
    /// All there is to know of a rule, with its examples
    Explain(explain::Explain),
    /// Write a page in Markdown for each rule, and a list of them
    Docs(docs::Docs),
    /// Run the rules' own examples
    Test(Pick),
    /// Begin a pack, or a rule in a pack
    New(new::New),
    /// Time the rules over texts
    Bench(bench::Bench),
    /// Run the rules over labelled and clean text: hits, precision, false findings per 1,000 words
    Measure(Box<measure::Measuring>),
}

/// Which rules are meant.
#[derive(Args)]
pub(super) struct Pick {
    /// Ids or globs such as `en-places/*` (default: all, with --rules those of its packs)
    #[arg(value_name = "ID", value_parser = RuleGlob::new)]
    ids: Vec<RuleGlob>,
    #[command(flatten)]
    rules: RuleOptions,
    /// When to use colours
    #[arg(long, value_enum, default_value = "auto")]
    color: Colour,
}

impl Rules {
    pub(super) fn run(&self) -> Outcome {
        match self {
            Self::List(pick) => pick.list(),
            Self::Docs(docs) => docs.run(),
            Self::Test(pick) => pick.test(),
            Self::Explain(explain) => explain.run(),
            Self::New(new) => new.run(),
            Self::Bench(bench) => bench.run(),
            Self::Measure(measure) => measure.run(),
        }
    }
}

impl Pick {
    /// The rules, and which of them are meant; complains of ids that mean none.
    fn load(&self) -> Option<(RuleSet, BTreeSet<u32>)> {
        let rules = self.rules.load()?;
        let own = own_packs(&self.rules.rules);
        let mut wanted = BTreeSet::new();
        for (pack, range) in rules.packs() {
            for number in range {
                let Some(loaded) = rules.rule(number) else { continue };
                let meant = if self.ids.is_empty() {
                    own.is_empty() || own.contains_key(&pack.id)
                } else {
                    self.ids.iter().any(|glob| glob.matches(&loaded.rule.id))
                };
                if meant {
                    wanted.insert(number);
                }
            }
        }
        if wanted.is_empty() {
            let asked: Vec<&str> = self.ids.iter().map(|glob| glob.text.as_str()).collect();
            complain(&format!("no rule is called {}; `mtaudit rules list` shows all", asked.join(" or ")));
            return None;
        }
        Some((rules, wanted))
    }

    fn list(&self) -> Outcome {
        self.color.apply();
        let Some((rules, wanted)) = self.load() else { return Outcome::Failed };
        let mut out = String::new();
        let width = wanted
            .iter()
            .filter_map(|number| rules.rule(*number))
            .map(|loaded| loaded.rule.id.len())
            .max()
            .unwrap_or(0);
        for (pack, range) in rules.packs() {
            let own: Vec<u32> = range.filter(|number| wanted.contains(number)).collect();
            if own.is_empty() {
                continue;
            }
            let _ = writeln!(out, "{} {}: {} ({})", pack.id.bold(), pack.version, pack.summary, counted(own.len()));
            for number in own {
                let Some(loaded) = rules.rule(number) else { continue };
                let rule = &loaded.rule;
                let _ = writeln!(
                    out,
                    "  {:width$}  {:8}  {:.2}  {:7}  {}",
                    rule.id,
                    rule.severity.name(),
                    rule.confidence,
                    rule.kind.name(),
                    rule.mqm.name()
                );
            }
        }
        print(&out)
    }

    fn test(&self) -> Outcome {
        self.color.apply();
        let Some((rules, wanted)) = self.load() else { return Outcome::Failed };
        let ids: BTreeSet<&str> =
            wanted.iter().filter_map(|number| Some(rules.rule(*number)?.rule.id.as_str())).collect();
        let (failures, count) = selftest::test(&rules, |id| ids.contains(id));
        let mut out = String::new();
        for failure in &failures {
            let place =
                if failure.file.is_empty() { String::new() } else { format!(" ({}:{})", failure.file, failure.line) };
            let _ = writeln!(out, "{}{place}: {}\n    {}", failure.rule.red(), failure.message, failure.example);
        }
        let verdict = if failures.is_empty() {
            "all as they should be".green()
        } else {
            format!("{} fail", failures.len()).red()
        };
        let _ = writeln!(out, "{}, {count} examples: {verdict}", counted(ids.len()));
        match print(&out) {
            Outcome::Clear if !failures.is_empty() => Outcome::Found,
            outcome => outcome,
        }
    }
}

/// The packs in the folders of `--rules`, by id; of two with the same id the later one.
fn own_packs(folders: &[PathBuf]) -> BTreeMap<String, PackFiles> {
    let packs = folders.iter().filter_map(|folder| files::read(folder).ok()).flatten();
    let named = packs.filter_map(|pack| Some((crate::config::pack_id(&pack)?, pack)));
    named.collect()
}

fn counted(rules: usize) -> String {
    if rules == 1 { "1 rule".to_owned() } else { format!("{rules} rules") }
}

fn print(text: &str) -> Outcome {
    let mut output = Output::new();
    match output.write(text).and_then(|()| output.flush()) {
        Ok(()) => Outcome::Clear,
        Err(stop @ (Stop::Closed | Stop::Failed)) => stop.outcome(),
    }
}
