//! `mtaudit check`. In: paths and options. Out: the report on standard output.

use super::Outcome;
use super::input::{self, Input};
use super::options::{self, Colour, Level, PolicyOptions};
use super::output::{Output, Stop, complain};
use crate::audit::{Auditor, Case};
use crate::config::Policy;
use crate::document::Reader;
use crate::report::{self, Audited, Format, Options, Order, Totals};
use crate::rulebook::RuleSet;
use clap::{Args, ValueEnum};
use rayon::prelude::*;
use std::mem::ManuallyDrop;
use std::path::PathBuf;

#[derive(Args)]
pub(super) struct Check {
    /// Files or folders; `-` is standard input
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// How to report
    #[arg(long, value_enum, default_value = "diff")]
    format: FormatName,
    /// Exit with 1 where a finding has this level or a worse one
    #[arg(long, value_name = "LEVEL", value_enum, default_value = "major")]
    fail_on: FailOn,
    #[command(flatten)]
    policy: PolicyOptions,
    /// In which order
    #[arg(long, value_enum, default_value = "severity")]
    by: OrderName,
    /// When to use colours
    #[arg(long, value_enum, default_value = "auto")]
    color: Colour,
    /// How many texts at once (default: one for each processor)
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
    /// Print no report, only errors; the exit code tells
    #[arg(long, short, conflicts_with = "verbose")]
    quiet: bool,
    /// Tell more of each finding: kind, type, confidence, what the fix promises
    #[arg(long, short)]
    verbose: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum FormatName {
    Diff,
    Short,
    Json,
    Jsonl,
}

#[derive(Clone, Copy, ValueEnum)]
enum OrderName {
    Severity,
    Place,
}

#[derive(Clone, Copy, ValueEnum)]
enum FailOn {
    Critical,
    Major,
    Minor,
    Note,
    Never,
}

impl FailOn {
    fn level(self) -> Option<Level> {
        match self {
            Self::Critical => Some(Level::Critical),
            Self::Major => Some(Level::Major),
            Self::Minor => Some(Level::Minor),
            Self::Note => Some(Level::Note),
            Self::Never => None,
        }
    }
}

impl Check {
    pub(super) fn run(&self) -> Outcome {
        self.color.apply();
        let Some(rules) = self.policy.rules.load() else { return Outcome::Failed };
        // The process ends with them: giving their memory back piece by piece would only take time.
        let rules = ManuallyDrop::new(rules);
        let policy = self.policy.policy(&rules);
        let (inputs, mut good) = input::collect(&self.paths);
        if inputs.is_empty() {
            return Outcome::Failed;
        }
        let mut output = Output::new();
        let mut totals = Totals::default();
        let written = self.audit_all(&inputs, &rules, &policy, &mut output, &mut totals, &mut good);
        if let Err(stop) = written.and_then(|()| output.flush()) {
            return stop.outcome();
        }
        let failed = self.fail_on.level().is_some_and(|level| {
            let from = level.severity() as usize;
            totals.counts.iter().skip(from).any(|count| *count > 0)
        });
        match (good, failed) {
            (false, _) => Outcome::Failed,
            (true, true) => Outcome::Found,
            (true, false) => Outcome::Clear,
        }
    }

    fn audit_all(
        &self,
        inputs: &[Input],
        rules: &RuleSet,
        policy: &Policy,
        output: &mut Output,
        totals: &mut Totals,
        good: &mut bool,
    ) -> Result<(), Stop> {
        let options = Options {
            format: match self.format {
                FormatName::Diff => Format::Diff,
                FormatName::Short => Format::Short,
                FormatName::Json => Format::Json,
                FormatName::Jsonl => Format::Jsonl,
            },
            order: match self.by {
                OrderName::Severity => Order::Severity,
                OrderName::Place => Order::Place,
            },
            width: options::width(),
            verbose: self.verbose,
        };
        let jobs = options::jobs(self.jobs);
        let pool = (jobs > 1 && inputs.len() > 1)
            .then(|| rayon::ThreadPoolBuilder::new().num_threads(jobs).build())
            .and_then(Result::ok);
        let worker = || (Reader::new(), Auditor::new(rules, policy));
        let one = |(reader, auditor): &mut (Reader, Auditor<'_>), input: &Input| -> Result<Audited, (String, bool)> {
            let source = input.read()?;
            let case = Case::alone(reader.read(source, rules.lexicon()));
            let audit = auditor.audit(&case);
            Ok(Audited { path: input.shown(), document: case.text, audit })
        };
        if !self.quiet {
            output.write(&report::head(&options))?;
        }
        let mut alone = worker();
        // A few texts for each thread are held at once, and reported in order.
        for chunk in inputs.chunks(jobs.max(1) * 8) {
            let results: Vec<_> = match &pool {
                Some(pool) => pool.install(|| chunk.par_iter().map_init(worker, one).collect()),
                None => chunk.iter().map(|input| one(&mut alone, input)).collect(),
            };
            for result in results {
                match result {
                    Ok(audited) => {
                        let first = totals.documents == 0;
                        totals.add(&audited.audit);
                        if !self.quiet {
                            output.write(&report::text(&options, &audited, first))?;
                        }
                    }
                    Err((message, error)) => {
                        complain(&message);
                        *good &= !error;
                    }
                }
            }
        }
        if !self.quiet {
            output.write(&report::tail(&options, totals))?;
        }
        Ok(())
    }
}
