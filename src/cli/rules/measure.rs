//! `mtaudit rules measure`. In: labelled and clean text. Out: per rule hits, precision, false findings per 1,000 words; with `--write` into the rule files.

mod feed;
mod record;
mod report;
mod store;
mod tally;

use super::super::Outcome;
use super::super::options::{Colour, PolicyOptions, jobs};
use super::super::output::complain;
use super::{own_packs, print};
use crate::language::hash;
use clap::{ArgGroup, Args, ValueEnum};
use feed::{Feed, Item, Origin};
use rayon::ThreadPool;
use rayon::prelude::*;
use record::{Text, Truth};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use tally::{Measure, Tally};

/// Lines or articles that are held at once for each thread.
const IN_FLIGHT: usize = 32;

#[derive(Args)]
#[command(group(ArgGroup::new("texts").args(["labelled", "clean"]).required(true).multiple(true)))]
#[command(after_help = "\
A labelled record is {\"text\", \"spans\": [{\"start\", \"end\"}], \"label\"?: BAD or OK, \"clean_text\"?, \"set\"?, \"date\"?} \
or a round trip {\"garbled\", \"original\"?, \"changes\": [{\"garbled_start\", \"garbled_end\"}]}; \
offsets count Unicode scalars, other keys are ignored. A finding is right where it overlaps a span, wrong elsewhere; \
`clean_text` and `original` are clean text, as is a text without spans. Equal clean texts count once.

Examples:
  mtaudit rules measure --labelled damaged.jsonl --clean articles/
  mtaudit rules measure --labelled damaged.jsonl --only 'en-places/*' --format json
  mtaudit rules measure --labelled damaged.jsonl --clean articles/ --rules my-rules --write

Exit codes: 0 measured, 2 an error in the command, an input or a rule file (the rest is measured, nothing is written).")]
pub(in crate::cli) struct Measuring {
    /// JSON Lines of texts with what is wrong in them; `-` is standard input (repeatable)
    #[arg(long, value_name = "FILE")]
    labelled: Vec<PathBuf>,
    /// Text in which nothing is wrong: JSON Lines, a plain or Markdown file, or a folder of such (repeatable)
    #[arg(long, value_name = "PATH")]
    clean: Vec<PathBuf>,
    /// A finding much longer than the place that is wrong (3 times, and by more than 40 characters) is not right
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    policy: PolicyOptions,
    /// How to report
    #[arg(long, value_enum, default_value = "table")]
    format: FormatName,
    /// Name the rules that never fired
    #[arg(long)]
    silent: bool,
    /// Store hits and right ones as `measured` in the rule files of the packs given with --rules
    #[arg(long)]
    write: bool,
    /// What `measured` calls the texts (default: the names of the files)
    #[arg(long, value_name = "NAME", requires = "write")]
    set: Option<String>,
    /// When to use colours
    #[arg(long, value_enum, default_value = "auto")]
    color: Colour,
    /// How many texts at once (default: one for each processor)
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FormatName {
    Table,
    Json,
}

impl Measuring {
    pub(in crate::cli) fn run(&self) -> Outcome {
        self.color.apply();
        let folders = &self.policy.rules.rules;
        if self.write && folders.is_empty() {
            complain(
                "--write needs --rules DIR: built-in packs are part of the program; name the folder that holds the rule files, as in --rules rules",
            );
            return Outcome::Failed;
        }
        let standard = self.labelled.iter().chain(&self.clean).filter(|path| *path == Path::new("-"));
        if standard.count() > 1 {
            complain("standard input (`-`) can be read only once");
            return Outcome::Failed;
        }
        let Some(rules) = self.policy.rules.load() else { return Outcome::Failed };
        let policy = self.policy.policy(&rules);
        let own = own_packs(folders);
        let packs = rules.packs();
        // Without --only, of packs given with --rules only their own rules are of interest.
        let asked = packs
            .iter()
            .filter(|(pack, _)| own.is_empty() || !policy.only.is_empty() || own.contains_key(&pack.id))
            .flat_map(|(_, range)| range.clone())
            .filter(|number| rules.head(*number).is_some_and(|head| policy.wants(&head)));
        let mut tally = Tally::new(&rules, asked);
        let mut feed = Feed::new(&self.labelled, &self.clean);
        let measure = Measure::new(&rules, &policy, self.strict);
        measure_all(&mut feed, &measure, jobs(self.jobs), &mut tally);
        feed.finish();
        let text = match self.format {
            FormatName::Table => report::table(&rules, &tally, self.silent),
            FormatName::Json => report::json(&rules, &tally),
        };
        let printed = print(&text);
        let mut good = feed.good;
        if self.write && good {
            let set = self.set.clone().unwrap_or_else(|| feed.name());
            good = store::store(&rules, &tally, &own, &set);
        } else if self.write {
            complain("nothing was written: the figures are incomplete");
        }
        if good { printed } else { Outcome::Failed }
    }
}

/// Reads, parses, audits and counts, some texts at a time; counts in the order of the input on any number of threads.
fn measure_all(feed: &mut Feed, measure: &Measure<'_>, jobs: usize, tally: &mut Tally) {
    let pool = (jobs > 1).then(|| rayon::ThreadPoolBuilder::new().num_threads(jobs).build()).and_then(Result::ok);
    let mut seen = HashSet::new();
    loop {
        let items = feed.chunk(jobs * IN_FLIGHT);
        if items.is_empty() {
            return;
        }
        let origins = feed.origins();
        let parsed = spread(pool.as_ref(), items, |item| parse(origins, item));
        let mut texts = Vec::new();
        for result in parsed {
            match result {
                Ok(more) => texts.extend(more),
                Err(trouble) => report_trouble(feed, &trouble),
            }
        }
        // Many damaged texts share one clean counterpart.
        texts.retain(|text| text.truth != Truth::Clean || seen.insert(hash(text.source.prose())));
        for judged in spread(pool.as_ref(), texts, |text| measure.judge(text)) {
            tally.add(judged);
        }
    }
}

/// The results in the order of the items.
fn spread<T: Send, R: Send>(pool: Option<&ThreadPool>, items: Vec<T>, work: impl Fn(T) -> R + Sync) -> Vec<R> {
    match pool {
        Some(pool) => pool.install(|| items.into_par_iter().map(&work).collect()),
        None => items.into_iter().map(work).collect(),
    }
}

/// Why an item gives no text.
enum Trouble {
    Line { origin: usize, number: usize, what: String },
    Article { message: String, error: bool },
}

fn parse(origins: &[Origin], item: Item) -> Result<Vec<Text>, Trouble> {
    match item {
        Item::Line { origin, number, bytes } => {
            let (set, clean) = origins.get(origin).map_or(("", false), |origin| (origin.set.as_str(), origin.clean));
            record::read(&bytes, set, clean).map_err(|what| Trouble::Line { origin, number, what })
        }
        Item::Article { origin, input } => {
            let set = origins.get(origin).map_or_else(String::new, |origin| origin.set.clone());
            let source = input.read().map_err(|(message, error)| Trouble::Article { message, error })?;
            Ok(vec![Text { set, source, date: None, truth: Truth::Clean }])
        }
    }
}

fn report_trouble(feed: &mut Feed, trouble: &Trouble) {
    match trouble {
        Trouble::Line { origin, number, what } => feed.complain_of_line(*origin, *number, what),
        Trouble::Article { message, error } => {
            complain(message);
            feed.good &= !error;
        }
    }
}
