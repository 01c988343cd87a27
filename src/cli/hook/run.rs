//! `mtaudit hook run`. In: what is staged, about to be pushed, or named. Out: the verdict, and what to do about it.

use super::super::Outcome;
use super::super::desk::{Desk, Place, Worker, audit_all, entries, shown};
use super::super::input::{self, Input};
use super::super::options::{self, Colour, ConfigOptions, PolicyOptions};
use super::super::output::{Output, Stop, complain};
use super::git::{File, Repository};
use crate::audit::Verdict;
use crate::config;
use crate::report::Audited;
use crate::report::gate::{Gate, Occasion};
use crate::source::Source;
use clap::Args;
use std::io::Read;
use std::path::{Path, PathBuf};

#[derive(Args)]
pub(in crate::cli) struct Run {
    /// Texts to audit as they are on disk; those that are no articles are left out (default: what is staged)
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Audit what is about to be pushed, as git says on standard input
    #[arg(long, conflicts_with = "files")]
    pre_push: bool,
    #[command(flatten)]
    policy: PolicyOptions,
    #[command(flatten)]
    config: ConfigOptions,
    /// When to use colours
    #[arg(long, value_enum, default_value = "auto")]
    color: Colour,
    /// How many texts at once (default: one for each processor)
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
    /// Tell of texts that are clear, too
    #[arg(long, short)]
    verbose: bool,
}

/// A text of the gate.
struct Text {
    path: PathBuf,
    place: Place,
    content: Content,
}

enum Content {
    /// As it is on disk.
    OnDisk,
    /// As it is in git, with the sidecar that goes with it.
    InGit { bytes: Vec<u8>, sidecar: Option<Vec<u8>> },
}

impl Run {
    pub(in crate::cli) fn run(&self) -> Outcome {
        self.color.apply();
        let mut desk = Desk::new(&self.policy, &self.config, self.policy.wishes());
        let mut good = true;
        let texts = match self.texts(&mut desk, &mut good) {
            Ok(texts) => texts,
            Err(message) => {
                complain(&message);
                return Outcome::Failed;
            }
        };
        let mut report = Gate::new(self.verbose);
        let mut output = Output::new();
        let written = audit_all(&desk, &texts, options::jobs(self.jobs), audit_one, |_, result| {
            match result {
                Ok(audited) => output.write(&report.text(&audited))?,
                Err((message, error)) => {
                    complain(&message);
                    good &= !error;
                }
            }
            Ok(())
        });
        let before = match (self.pre_push, self.files.is_empty()) {
            (true, _) => Occasion::Push,
            (false, true) => Occasion::Commit,
            (false, false) => Occasion::Other,
        };
        let written = written.and_then(|()| output.write(&report.end(before))).and_then(|()| output.flush());
        match written {
            Err(Stop::Failed) => Outcome::Failed,
            _ if !good => Outcome::Failed,
            _ if report.verdict() == Verdict::Block => Outcome::Found,
            _ => Outcome::Clear,
        }
    }

    /// The texts to audit; what cannot be is complained of.
    fn texts(&self, desk: &mut Desk<'_>, good: &mut bool) -> Result<Vec<Text>, String> {
        if !self.files.is_empty() {
            let mut found = Vec::new();
            for path in &self.files {
                if let Some(place) = article(desk, path, good) {
                    found.push(Text { path: path.clone(), place, content: Content::OnDisk });
                }
            }
            return Ok(found);
        }
        let repository = Repository::here()?;
        let files = if self.pre_push {
            let mut lines = String::new();
            let read = std::io::stdin().lock().read_to_string(&mut lines);
            read.map_err(|error| format!("standard input cannot be read: {error}"))?;
            repository.pushed(&lines)?
        } else {
            repository.staged()?
        };
        let mut wanted: Vec<(File, PathBuf, Place)> = Vec::new();
        for file in files {
            let path = shown(&repository.root.join(file.path()));
            if let Some(place) = article(desk, &path, good) {
                wanted.push((file, path, place));
            }
        }
        let objects: Vec<Vec<u8>> =
            wanted.iter().flat_map(|(file, ..)| [file.object.clone(), sidecar_object(file)]).collect();
        let mut contents = repository.contents(&objects)?.into_iter();
        let mut texts = Vec::with_capacity(wanted.len());
        for (_, path, place) in wanted {
            let (bytes, sidecar) = (contents.next().flatten(), contents.next().flatten());
            // A file that a later commit of the push deletes has no content.
            if let Some(bytes) = bytes {
                texts.push(Text { path, place, content: Content::InGit { bytes, sidecar } });
            } else if !self.pre_push {
                complain(&format!("{}: git does not give its content", path.display()));
                *good = false;
            }
        }
        Ok(texts)
    }
}

/// The place of a file that `[files]` names, or without a word from it that has an article's ending.
fn article(desk: &mut Desk<'_>, path: &Path, good: &mut bool) -> Option<Place> {
    let Some(config) = desk.config_of(path.parent().unwrap_or(Path::new(""))) else {
        *good = false;
        return None;
    };
    if !config.names(path).unwrap_or_else(|| input::is_article(path)) {
        return None;
    }
    let place = desk.place(path);
    *good &= place.is_some();
    place
}

/// How git names the sidecar of a file: beside it in the index or in the commit.
fn sidecar_object(file: &File) -> Vec<u8> {
    let at = file.object.iter().position(|byte| *byte == b':').unwrap_or(0);
    let commit = file.object.get(..at).unwrap_or(&[]);
    [commit, b":", &file.path, b".mtaudit.toml"].concat()
}

/// Reads and audits one text; a line for standard error and whether it is an error.
fn audit_one(worker: &mut Worker<'_>, text: &Text) -> Result<Audited, (String, bool)> {
    let name = text.path.display().to_string();
    let (source, entries): (Source, Vec<config::Ignore>) = match &text.content {
        Content::OnDisk => {
            let source = Input::file(text.path.clone()).read()?;
            (source, super::super::desk::sidecar(&text.path).map_err(|error| (error, true))?)
        }
        Content::InGit { bytes, sidecar } => {
            let source = input::decode(&text.path, &name, bytes.clone(), true)?;
            let file = config::sidecar_of(&text.path);
            let known = sidecar.as_ref().map(|sidecar| entries(&String::from_utf8_lossy(sidecar), &file));
            (source, known.transpose().map_err(|error| (error, true))?.unwrap_or_default())
        }
    };
    let original = worker.original_of(text.place, &text.path, &source).map_err(|error| (error, true))?;
    let audited = worker.audit(text.place, &text.path, name.clone(), source, original, entries);
    audited.ok_or_else(|| (format!("{name}: no rules apply"), true))
}
