//! `mtaudit check`. In: paths and options. Out: the report on standard output.

use super::Outcome;
use super::baseline::Baseline;
use super::desk::{Desk, Place, Worker, audit_all, sidecar};
use super::input::{self, Input};
use super::options::{self, Colour, ConfigOptions, Level, PolicyOptions};
use super::output::{Output, Stop, complain};
use super::progress::Progress;
use crate::config::{FailOn, Wishes};
use crate::finding::Severity;
use crate::report::{self, Audited, Format, Options, Order, Totals};
use clap::{Args, ValueEnum};
use std::collections::BTreeMap;
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
    /// Exit with 1 where a finding has this level or a worse one [default: major]
    #[arg(long, value_name = "LEVEL", value_enum)]
    fail_on: Option<FailOnName>,
    /// What the text was made from, in the same language: all that differs in meaning is flagged; one text only
    #[arg(long, value_name = "FILE")]
    original: Option<PathBuf>,
    #[command(flatten)]
    policy: PolicyOptions,
    #[command(flatten)]
    config: ConfigOptions,
    /// Write all that is found to the baseline, and report nothing
    #[arg(long, conflicts_with_all = ["severity", "only", "disable", "format", "by", "verbose"])]
    update_baseline: bool,
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

/// `mtaudit compare`: a text beside its original.
#[derive(Args)]
pub(super) struct Compare {
    /// What the text was made from
    #[arg(value_name = "ORIGINAL")]
    original: PathBuf,
    /// The text
    #[arg(value_name = "TEXT")]
    text: PathBuf,
    #[command(flatten)]
    options: Compared,
}

impl Compare {
    pub(super) fn run(self) -> Outcome {
        Check::compare(self.original, self.text, self.options).run()
    }
}

#[derive(Args)]
pub(super) struct Compared {
    /// How to report
    #[arg(long, value_enum, default_value = "diff")]
    format: FormatName,
    /// Exit with 1 where a finding has this level or a worse one [default: major]
    #[arg(long, value_name = "LEVEL", value_enum)]
    fail_on: Option<FailOnName>,
    #[command(flatten)]
    policy: PolicyOptions,
    #[command(flatten)]
    config: ConfigOptions,
    /// When to use colours
    #[arg(long, value_enum, default_value = "auto")]
    color: Colour,
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
enum FailOnName {
    Critical,
    Major,
    Minor,
    Note,
    Never,
}

impl FailOnName {
    fn level(self) -> FailOn {
        FailOn(match self {
            Self::Critical => Some(Level::Critical.severity()),
            Self::Major => Some(Level::Major.severity()),
            Self::Minor => Some(Level::Minor.severity()),
            Self::Note => Some(Level::Note.severity()),
            Self::Never => None,
        })
    }
}

/// A text of the run with what applies to it.
struct Task {
    input: Input,
    place: Place,
    /// The original that the command line names.
    original: Option<PathBuf>,
}

/// What a run has come to.
struct Run<'o> {
    output: Output,
    options: Options,
    quiet: bool,
    totals: Totals,
    /// A finding stands at or above the level that its text's run fails on.
    failed: bool,
    /// No input, configuration or rule was wrong.
    good: bool,
    progress: Progress,
    /// Baselines that are to be written, by file.
    baselines: Option<BTreeMap<PathBuf, Baseline>>,
    desk: &'o Desk<'o>,
}

impl Check {
    /// The same for a text and its original.
    pub(super) fn compare(original: PathBuf, text: PathBuf, options: Compared) -> Self {
        let Compared { format, fail_on, policy, config, color, verbose } = options;
        Self {
            paths: vec![text],
            original: Some(original),
            format,
            fail_on,
            policy,
            config,
            update_baseline: false,
            by: OrderName::Place,
            color,
            jobs: None,
            quiet: false,
            verbose,
        }
    }

    pub(super) fn run(&self) -> Outcome {
        self.color.apply();
        let wishes = Wishes { fail_on: self.fail_on.map(FailOnName::level), ..self.policy.wishes() };
        // The process ends with it: giving its memory back piece by piece would only take time.
        let mut desk = ManuallyDrop::new(Desk::new(&self.policy, &self.config, wishes));
        let named = &mut |path: &std::path::Path| desk.config_of(path.parent()?)?.names(path);
        let (inputs, mut good) = input::collect_named(&self.paths, named);
        let mut tasks = Vec::with_capacity(inputs.len());
        for input in inputs {
            match desk.place(input.path()) {
                Some(place) => tasks.push(Task { input, place, original: self.original.clone() }),
                None => good = false,
            }
        }
        if self.original.is_some() && tasks.len() > 1 {
            complain("--original names the original of one text; for several, write [original] into mtaudit.toml");
            return Outcome::Failed;
        }
        if tasks.is_empty() || (self.update_baseline && !has_baselines(&desk, &tasks)) {
            return Outcome::Failed;
        }
        let quiet = self.quiet || self.update_baseline;
        let mut run = Run {
            output: Output::new(),
            options: self.report_options(),
            quiet,
            totals: Totals::default(),
            failed: false,
            good,
            progress: Progress::new(tasks.len(), !self.quiet),
            baselines: self.update_baseline.then(BTreeMap::new),
            desk: &desk,
        };
        let written = run.audit_all(&tasks, options::jobs(self.jobs)).and_then(|()| run.finish());
        match written {
            Err(stop) => stop.outcome(),
            Ok(()) if !run.good => Outcome::Failed,
            Ok(()) if run.failed => Outcome::Found,
            Ok(()) => Outcome::Clear,
        }
    }

    fn report_options(&self) -> Options {
        Options {
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
        }
    }
}

/// Whether every text has a baseline that can be written; complains where one has none.
fn has_baselines(desk: &Desk<'_>, tasks: &[Task]) -> bool {
    let without = tasks.iter().find(|task| desk.setup_of(task.place).is_none_or(|setup| setup.baseline.is_none()));
    if let Some(task) = without {
        let shown = task.input.shown();
        complain(&format!(
            "{shown}: no baseline to update; name it with --baseline FILE, or write baseline = \"FILE\" into mtaudit.toml"
        ));
    }
    without.is_none()
}

/// Reads and audits one text; a line for standard error and whether it is an error.
fn audit_one(worker: &mut Worker<'_>, task: &Task) -> Result<Audited, (String, bool)> {
    let Task { input, place, original } = task;
    let source = input.read()?;
    let original = match original {
        Some(file) => Worker::original_at(file).map(Some),
        None => worker.original_of(*place, input.path(), &source),
    };
    let original = original.map_err(|error| (error, true))?;
    let entries =
        if input.is_standard() { Vec::new() } else { sidecar(input.path()).map_err(|error| (error, true))? };
    let audited = worker.audit(*place, input.path(), input.shown(), source, original, entries);
    let audited = audited.ok_or_else(|| (format!("{}: no rules apply", input.shown()), true))?;
    // What the command line names is meant to belong: if it does not, that is the error, not a thousand findings.
    match &audited.audit.mismatch {
        Some(reason) if task.original.is_some() => Err((format!("{}: {reason}", input.shown()), true)),
        _ => Ok(audited),
    }
}

impl Run<'_> {
    fn audit_all(&mut self, tasks: &[Task], jobs: usize) -> Result<(), Stop> {
        self.write(&report::head(&self.options))?;
        audit_all(self.desk, tasks, jobs, audit_one, |task, result| {
            self.progress.step();
            match result {
                Ok(audited) => self.take(task, &audited),
                Err((message, error)) => {
                    self.progress.clear();
                    complain(&message);
                    self.good &= !error;
                    Ok(())
                }
            }
        })?;
        self.write(&report::tail(&self.options, &self.totals))
    }

    /// One text is done.
    fn take(&mut self, task: &Task, audited: &Audited) -> Result<(), Stop> {
        let first = self.totals.documents == 0;
        self.totals.add(&audited.audit);
        let fail_on = self.desk.policy(task.place).and_then(|policy| policy.fail_on.0);
        let worst = audited.audit.findings.iter().map(|finding| finding.severity).max();
        self.failed |= fail_on.is_some_and(|level: Severity| worst >= Some(level));
        let known = self.desk.setup_of(task.place).and_then(|setup| setup.baseline.as_ref());
        if let (Some(baselines), Some(known)) = (&mut self.baselines, known) {
            let baseline = baselines.entry(known.file().to_owned()).or_insert_with(|| known.clone());
            baseline.see(task.input.path(), &audited.document, &audited.audit);
        }
        self.write(&report::text(&self.options, audited, first))
    }

    fn write(&mut self, text: &str) -> Result<(), Stop> {
        if self.quiet { Ok(()) } else { self.output.write(text) }
    }

    /// Writes what is to be written besides the report.
    fn finish(&mut self) -> Result<(), Stop> {
        self.progress.clear();
        for baseline in self.baselines.take().unwrap_or_default().values() {
            // What is known from now on is no reason to fail.
            self.failed = false;
            if !self.good {
                complain(&format!("{}: not written: some texts could not be audited", baseline.file().display()));
                continue;
            }
            match baseline.write() {
                Ok(line) => self.output.write(&line)?,
                Err(error) => {
                    complain(&error);
                    self.good = false;
                }
            }
        }
        self.output.flush()
    }
}
