//! `mtaudit rules bench`. In: texts. Out: how long reading and auditing take, and which rules cost most.

use super::super::Outcome;
use super::super::input;
use super::super::options::RuleOptions;
use super::super::output::complain;
use super::print;
use crate::audit::{Case, audit};
use crate::config::Policy;
use crate::detect::{self, Context};
use crate::document::{Document, Reader};
use clap::Args;
use std::fmt::Write;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Runs over all texts; the fastest counts.
const ROUNDS: usize = 3;

#[derive(Args)]
pub(in crate::cli) struct Bench {
    /// Files or folders to time on
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    rules: RuleOptions,
    /// How many of the costliest rules to show
    #[arg(long, default_value = "20")]
    top: usize,
}

impl Bench {
    pub(in crate::cli) fn run(&self) -> Outcome {
        let start = Instant::now();
        let Some(rules) = self.rules.load() else { return Outcome::Failed };
        let loaded = start.elapsed();
        let (inputs, mut good) = input::collect(&self.paths);
        let mut sources = Vec::new();
        for input in inputs {
            match input.read() {
                Ok(source) => sources.push(source),
                Err((message, error)) => {
                    complain(&message);
                    good &= !error;
                }
            }
        }
        let bytes: usize = sources.iter().map(|source| source.prose().len()).sum();
        let mut reader = Reader::new();
        let mut documents: Vec<Document> = Vec::new();
        let reading =
            fastest(|| documents = sources.iter().map(|source| reader.read(source.clone(), rules.lexicon())).collect());
        let policy = Policy::default();
        let cases: Vec<Case> = documents.into_iter().map(Case::alone).collect();
        let mut findings = 0;
        let auditing =
            fastest(|| findings = cases.iter().map(|case| audit(case, &rules, &policy).findings.len()).sum());
        let mut costs: Vec<(Duration, usize, &str)> = Vec::new();
        for number in rules.numbers() {
            let Some(loaded) = rules.rule(number) else { continue };
            let (mut hits, start) = (0, Instant::now());
            for case in &cases {
                let context =
                    Context { document: &case.text, lexicon: rules.lexicon(), date: case.text.date(), dialects: &[] };
                hits += detect::run_one(&context, &rules, number).len();
            }
            costs.push((start.elapsed(), hits, &loaded.rule.id));
        }
        costs.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.2.cmp(b.2)));
        let mut out = String::new();
        let rate = |time: Duration| bytes as f64 / 1e6 / time.as_secs_f64().max(1e-9);
        let _ = writeln!(out, "{} texts, {:.2} MB, {findings} findings", cases.len(), bytes as f64 / 1e6);
        let _ = writeln!(out, "load rules  {:9.3} ms", loaded.as_secs_f64() * 1e3);
        let _ = writeln!(out, "read        {:9.3} ms  {:8.1} MB/s", reading.as_secs_f64() * 1e3, rate(reading));
        let _ = writeln!(out, "audit       {:9.3} ms  {:8.1} MB/s", auditing.as_secs_f64() * 1e3, rate(auditing));
        let _ = writeln!(out, "\ncostliest rules, each run by itself (the look-up of words is paid once in an audit):");
        for (time, hits, id) in costs.into_iter().take(self.top) {
            let _ = writeln!(out, "  {:9.3} ms  {hits:6} hits  {id}", time.as_secs_f64() * 1e3);
        }
        match print(&out) {
            Outcome::Clear if !good => Outcome::Failed,
            outcome => outcome,
        }
    }
}

fn fastest(mut work: impl FnMut()) -> Duration {
    let times = (0..ROUNDS).map(|_| {
        let start = Instant::now();
        work();
        start.elapsed()
    });
    times.min().unwrap_or_default()
}
