//! Options that several subcommands share, and what becomes of them: rules, a policy, colours.

use super::output::complain;
use crate::config::{Config, Policy, RuleGlob, Wishes};
use crate::finding::Severity;
use crate::rulebook::{PackFiles, RuleError, RuleSet, files};
use clap::{Args, ValueEnum};
use std::io::IsTerminal;
use std::path::PathBuf;

/// Which rules run.
#[derive(Args)]
pub(super) struct RuleOptions {
    /// A folder with a pack of rules of your own, or with several (repeatable)
    #[arg(long, value_name = "DIR")]
    pub(super) rules: Vec<PathBuf>,
}

/// Which findings count.
#[derive(Args)]
pub(super) struct PolicyOptions {
    #[command(flatten)]
    pub(super) rules: RuleOptions,
    /// Only rules with this id, or that this glob matches (repeatable)
    #[arg(long, value_name = "ID", value_parser = RuleGlob::new)]
    only: Vec<RuleGlob>,
    /// Not the rules with this id, or that this glob matches (repeatable)
    #[arg(long, value_name = "ID", value_parser = RuleGlob::new)]
    disable: Vec<RuleGlob>,
    /// Leave out findings below this level [default: note]
    #[arg(long, value_name = "LEVEL", value_enum)]
    severity: Option<Level>,
    /// Leave out findings below this confidence, 0 to 1 [default: 0.6]
    #[arg(long, value_name = "N", value_parser = confidence)]
    min_confidence: Option<f32>,
    /// Show findings of any confidence
    #[arg(long)]
    all: bool,
    /// The day of the article (else from its front matter or dateline)
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<jiff::civil::Date>,
}

/// A level on the command line.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Level {
    Critical,
    Major,
    Minor,
    Note,
}

impl Level {
    pub(super) fn severity(self) -> Severity {
        match self {
            Self::Critical => Severity::Critical,
            Self::Major => Severity::Major,
            Self::Minor => Severity::Minor,
            Self::Note => Severity::Note,
        }
    }
}

/// When to use colours.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Colour {
    Auto,
    Always,
    Never,
}

impl Colour {
    /// Settles the question once for the whole run.
    pub(super) fn apply(self) {
        let wanted = match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto => by_surroundings(),
        };
        colored::control::set_override(wanted);
    }
}

/// NO_COLOR, CLICOLOR_FORCE and CLICOLOR, then whether a terminal reads along.
fn by_surroundings() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let zero = |name: &str| std::env::var_os(name).is_some_and(|value| value == "0");
    if set("NO_COLOR") {
        return false;
    }
    if set("CLICOLOR_FORCE") && !zero("CLICOLOR_FORCE") {
        return true;
    }
    !zero("CLICOLOR") && std::io::stdout().is_terminal()
}

/// Columns of the terminal; 100 where there is none.
pub(super) fn width() -> usize {
    terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0)).clamp(40, 200)
}

fn confidence(text: &str) -> Result<f32, String> {
    text.parse()
        .ok()
        .filter(|number| (0.0..=1.0).contains(number))
        .ok_or_else(|| "a number from 0 to 1 is expected".to_owned())
}

impl RuleOptions {
    /// The rules; errors of rule files go to standard error.
    pub(super) fn load(&self) -> Option<RuleSet> {
        if self.rules.is_empty() {
            return Some(RuleSet::builtin());
        }
        let packs = self.packs()?;
        compiled(&packs)
    }

    /// The packs of `--rules`; errors go to standard error.
    pub(super) fn packs(&self) -> Option<Vec<PackFiles>> {
        let (mut packs, mut errors) = (Vec::new(), Vec::new());
        for folder in &self.rules {
            match files::read(folder) {
                Ok(more) => packs.extend(more),
                Err(more) => errors.extend(more),
            }
        }
        if errors.is_empty() {
            return Some(packs);
        }
        complain_of(&errors, "in the rules");
        None
    }
}

/// The built-in rules and those of packs; errors and warnings of rule files go to standard error.
pub(super) fn compiled(packs: &[PackFiles]) -> Option<RuleSet> {
    match RuleSet::with_packs(packs) {
        Ok((rules, warnings)) => {
            for warning in warnings {
                complain(&format!("warning: {warning}"));
            }
            Some(rules)
        }
        Err(errors) => {
            complain_of(&errors, "in the rules");
            None
        }
    }
}

/// Errors of TOML files, and how many there are.
pub(super) fn complain_of(errors: &[RuleError], place: &str) {
    for error in errors {
        complain(&format!("{error}\n"));
    }
    complain(&format!(
        "{} {place}",
        if errors.len() == 1 { "1 error".to_owned() } else { format!("{} errors", errors.len()) }
    ));
}

impl PolicyOptions {
    /// Warns of ids that mean no rule.
    pub(super) fn warn(&self, rules: &RuleSet) {
        for glob in self.only.iter().chain(&self.disable) {
            let mut heads = rules.numbers().filter_map(|number| rules.head(number));
            if !heads.any(|head| glob.matches(head.id)) {
                complain(&format!("warning: no rule is called {}; `mtaudit rules list` shows all", glob.text));
            }
        }
    }

    /// What the command line says; it goes before any configuration.
    pub(super) fn wishes(&self) -> Wishes {
        Wishes {
            fail_on: None,
            min_confidence: self.min_confidence,
            all: self.all,
            severity: self.severity.map(Level::severity),
            only: self.only.clone(),
            disable: self.disable.clone(),
            date: self.date.map(|date| (date.year(), date.month().unsigned_abs(), date.day().unsigned_abs())),
        }
    }

    /// What applies to every text of a run without a configuration.
    pub(super) fn policy(&self, rules: &RuleSet) -> Policy {
        self.warn(rules);
        Config::default().policy(&[], &self.wishes())
    }
}

/// How many threads to use.
pub(super) fn jobs(wanted: Option<usize>) -> usize {
    wanted.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from)).clamp(1, 256)
}

/// Which configuration applies, and what is known already.
#[derive(Args)]
pub(super) struct ConfigOptions {
    /// Use this configuration for all texts, not the nearest mtaudit.toml up the tree from each
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// Use no configuration
    #[arg(long, conflicts_with = "config")]
    pub(super) no_config: bool,
    /// Leave out the findings that this file knows
    #[arg(long, value_name = "FILE")]
    pub(super) baseline: Option<PathBuf>,
}
