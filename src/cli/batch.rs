//! `mtaudit batch`. In: JSON Lines on standard input. Out: JSON Lines in the same order; records in flight are bounded.

use super::Outcome;
use super::desk::Desk;
use super::options::{ConfigOptions, PolicyOptions, jobs};
use super::output::{Output, Stop, complain};
use crate::audit::{Auditor, Case};
use crate::config::Policy;
use crate::document::Reader;
use crate::report::json;
use crate::rulebook::RuleSet;
use crate::source::Source;
use clap::Args;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::mpsc::{self, Receiver, SyncSender};

/// Records in flight for each thread.
const IN_FLIGHT: usize = 16;

#[derive(Args)]
pub(super) struct Batch {
    #[command(flatten)]
    policy: PolicyOptions,
    /// Use this configuration; no other is looked for
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// How many records at once (default: one for each processor)
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
}

/// A record; other keys are ignored.
#[derive(Deserialize)]
struct Record {
    id: Option<Value>,
    text: String,
    #[serde(alias = "reference")]
    original: Option<String>,
    date: Option<String>,
}

/// A line of the input.
struct Line {
    number: usize,
    bytes: Vec<u8>,
}

/// What becomes of a line, and whether it could be read.
type Answer = (String, bool);

impl Batch {
    pub(super) fn run(&self) -> Outcome {
        let config = ConfigOptions { config: self.config.clone(), no_config: self.config.is_none(), baseline: None };
        // The process ends with it: giving its memory back piece by piece would only take time.
        let mut desk = ManuallyDrop::new(Desk::new(&self.policy, &config, self.policy.wishes()));
        let Some(place) = desk.place(Path::new("-")) else { return Outcome::Failed };
        let (Some(setup), Some(policy)) = (desk.setup_of(place), desk.policy(place)) else { return Outcome::Failed };
        let rules = &setup.rules;
        let jobs = jobs(self.jobs);
        let mut output = Output::new();
        let done =
            if jobs == 1 { alone(rules, policy, &mut output) } else { together(jobs, rules, policy, &mut output) };
        match done.and_then(|good| output.flush().map(|()| good)) {
            Ok(true) => Outcome::Clear,
            Ok(false) => Outcome::Failed,
            Err(stop) => stop.outcome(),
        }
    }
}

/// What a thread needs, and keeps from one record to the next.
struct Worker<'r> {
    rules: &'r RuleSet,
    date: Option<(i16, u8, u8)>,
    reader: Reader,
    auditor: Auditor<'r>,
}

impl<'r> Worker<'r> {
    fn new(rules: &'r RuleSet, policy: &'r Policy) -> Self {
        Self { rules, date: policy.date, reader: Reader::new(), auditor: Auditor::new(rules, policy) }
    }
}

fn answer(worker: &mut Worker<'_>, line: &Line) -> Answer {
    let record: Record = match serde_json::from_slice(&line.bytes) {
        Ok(record) => record,
        Err(error) => {
            let object: Option<Value> = serde_json::from_slice(&line.bytes).ok();
            let id = object.as_ref().and_then(|object| object.get("id"));
            let reason = error.to_string();
            let reason = reason.split(" at line ").next().unwrap_or("").to_owned();
            let error = format!("no record: {reason} at column {}", error.column());
            return (json::failed(id, line.number, &error) + "\n", false);
        }
    };
    let mut day = worker.date;
    if let Some(date) = &record.date {
        if let Ok(date) = date.get(..10).unwrap_or(date).parse::<jiff::civil::Date>() {
            day = Some((date.year(), date.month().unsigned_abs(), date.day().unsigned_abs()));
        } else {
            let error = format!("no date: {date:?}; YYYY-MM-DD is expected");
            return (json::failed(record.id.as_ref(), line.number, &error) + "\n", false);
        }
    }
    let mut read = |text: String| worker.reader.read(Source::plain(text), worker.rules.lexicon());
    let case = Case { text: read(record.text), original: record.original.map(read), source: None };
    let audit = worker.auditor.audit_of(&case, day);
    if let Some(reason) = &audit.mismatch {
        return (json::failed(record.id.as_ref(), line.number, reason) + "\n", false);
    }
    let text = json::record(record.id.as_ref(), &case.text, case.original.as_ref(), &audit) + "\n";
    worker.reader.recycle(case.text);
    (text, true)
}

/// The line that answers one line of input, as `mtaudit batch` writes it: for those who call it in their own process.
#[must_use]
pub fn batch_answer(rules: &RuleSet, policy: &Policy, line: &[u8]) -> String {
    answer(&mut Worker::new(rules, policy), &Line { number: 1, bytes: line.to_vec() }).0
}

/// Lines of standard input, without empty ones; an error ends them.
struct Lines<R> {
    input: BufReader<R>,
    number: usize,
    broken: bool,
}

impl<R: std::io::Read> Lines<R> {
    fn new(input: R) -> Self {
        Self { input: BufReader::with_capacity(1 << 18, input), number: 0, broken: false }
    }

    /// Whether the next line is here already; if not, what is finished should be shown before waiting.
    fn at_hand(&self) -> bool {
        memchr::memchr(b'\n', self.input.buffer()).is_some()
    }
}

impl<R: std::io::Read> Iterator for Lines<R> {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        loop {
            let mut bytes = Vec::new();
            match self.input.read_until(b'\n', &mut bytes) {
                Ok(0) => return None,
                Ok(_) => self.number += 1,
                Err(error) => {
                    complain(&format!("standard input cannot be read: {error}"));
                    self.broken = true;
                    return None;
                }
            }
            if self.number == 1 && bytes.starts_with(b"\xEF\xBB\xBF") {
                bytes.drain(..3);
            }
            if bytes.iter().any(|byte| !byte.is_ascii_whitespace()) {
                return Some(Line { number: self.number, bytes });
            }
        }
    }
}

/// One thread: a line in, a line out.
fn alone(rules: &RuleSet, policy: &Policy, output: &mut Output) -> Result<bool, Stop> {
    let (mut worker, mut good) = (Worker::new(rules, policy), true);
    let mut lines = Lines::new(std::io::stdin().lock());
    while let Some(line) = lines.next() {
        let (text, read) = answer(&mut worker, &line);
        good &= read;
        output.write(&text)?;
        if !lines.at_hand() {
            output.flush()?;
        }
    }
    Ok(good && !lines.broken)
}

/// One thread reads, several audit, this one writes in order. A permit is taken for each record read and given back when
/// its answer has been written: no more records than permits are held at once.
fn together(jobs: usize, rules: &RuleSet, policy: &Policy, output: &mut Output) -> Result<bool, Stop> {
    let (permits, returned) = mpsc::sync_channel::<()>(jobs * IN_FLIGHT);
    let (lines_in, lines_out) = mpsc::sync_channel::<(usize, Line)>(jobs * IN_FLIGHT);
    let (answers_in, answers_out) = mpsc::sync_channel::<(usize, Answer)>(jobs * IN_FLIGHT);
    let lines_out = Mutex::new(lines_out);
    std::thread::scope(|scope| {
        let reading = scope.spawn(move || read(&permits, &lines_in));
        for _ in 0..jobs {
            let (lines, answers) = (&lines_out, answers_in.clone());
            scope.spawn(move || work(lines, &answers, rules, policy));
        }
        drop(answers_in);
        let written = write(&answers_out, &returned, output);
        // A closed pipe: the others end as their channels close; a reader that waits for input is not waited for.
        drop((answers_out, returned));
        match written {
            Ok(good) => Ok(good & reading.join().unwrap_or(false)),
            Err(stop) => std::process::exit(stop.outcome() as i32),
        }
    })
}

fn read(permits: &SyncSender<()>, lines_in: &SyncSender<(usize, Line)>) -> bool {
    let mut lines = Lines::new(std::io::stdin());
    for (index, line) in lines.by_ref().enumerate() {
        if permits.send(()).is_err() || lines_in.send((index, line)).is_err() {
            return true;
        }
    }
    !lines.broken
}

fn work(
    lines: &Mutex<Receiver<(usize, Line)>>,
    answers: &SyncSender<(usize, Answer)>,
    rules: &RuleSet,
    policy: &Policy,
) {
    let mut worker = Worker::new(rules, policy);
    loop {
        let next = lines.lock().ok().and_then(|lines| lines.recv().ok());
        let Some((index, line)) = next else { return };
        if answers.send((index, answer(&mut worker, &line))).is_err() {
            return;
        }
    }
}

fn write(answers: &Receiver<(usize, Answer)>, returned: &Receiver<()>, output: &mut Output) -> Result<bool, Stop> {
    let (mut waiting, mut next, mut good) = (BTreeMap::new(), 0, true);
    loop {
        let answer = match answers.try_recv() {
            Ok(answer) => answer,
            Err(mpsc::TryRecvError::Disconnected) => return Ok(good),
            Err(mpsc::TryRecvError::Empty) => {
                // Nothing is ready: what is finished goes out before waiting.
                output.flush()?;
                let Ok(answer) = answers.recv() else { return Ok(good) };
                answer
            }
        };
        waiting.insert(answer.0, answer.1);
        while let Some((text, read)) = waiting.remove(&next) {
            good &= read;
            output.write(&text)?;
            let _ = returned.recv();
            next += 1;
        }
    }
}
