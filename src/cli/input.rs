//! In: paths of the command line. Out: the texts to audit, folders walked honouring .gitignore, and what could not be read.

use super::output::complain;
use crate::source::{Format, LONGEST, NoText, Source};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Endings whose markup would be read as prose.
const MARKED_UP: [&str; 5] = ["doc", "odt", "rtf", "epub", "pdf"];

/// A text to read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Input {
    path: PathBuf,
    /// The user named this very file: it must be readable.
    named: bool,
}

impl Input {
    /// A file that must be readable.
    pub(super) fn file(path: PathBuf) -> Self {
        Self { path, named: true }
    }

    /// As the user knows it.
    pub(super) fn shown(&self) -> String {
        if self.is_standard() { "<stdin>".to_owned() } else { self.path.display().to_string() }
    }

    /// Its path; `-` is standard input.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn is_standard(&self) -> bool {
        self.path == Path::new("-")
    }

    /// What stands in the file; of one that is too long only so much that it can be told.
    fn bytes(&self) -> std::io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        if self.is_standard() {
            std::io::stdin().lock().take(LONGEST as u64).read_to_end(&mut bytes)?;
            return Ok(bytes);
        }
        let file = File::open(&self.path)?;
        let length = file.metadata()?.len();
        if length >= LONGEST as u64 {
            return Err(std::io::Error::other(NoText::TooLong));
        }
        bytes.reserve_exact(length as usize + 1);
        file.take(LONGEST as u64).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// The text, or a line for standard error and whether it is an error.
    pub(super) fn read(&self) -> Result<Source, (String, bool)> {
        let shown = self.shown();
        let bytes = if is_marked_up(&self.path) {
            Vec::new()
        } else {
            self.bytes().map_err(|error| (format!("{shown}: cannot be read: {error}"), true))?
        };
        decode(&self.path, &shown, bytes, self.named)
    }
}

fn ending(path: &Path) -> String {
    path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default()
}

fn is_marked_up(path: &Path) -> bool {
    MARKED_UP.contains(&ending(path).as_str())
}

/// The text that the bytes of a file hold, or a line for standard error and whether it is an error; `named`: the user meant this file.
pub(super) fn decode(path: &Path, shown: &str, bytes: Vec<u8>, named: bool) -> Result<Source, (String, bool)> {
    let ending = ending(path);
    if MARKED_UP.contains(&ending.as_str()) {
        return Err((format!("{shown}: .{ending} files are not read; save it as text or HTML"), named));
    }
    Source::read(bytes, Format::of(&ending).unwrap_or(Format::Plain)).map_err(|error| match error {
        NoText::Binary(_) | NoText::NoTimes => (format!("{shown}: skipped: {error}"), named),
        NoText::TooLong | NoText::Docx(_) => (format!("{shown}: {error}"), true),
    })
}

/// The inputs that paths stand for, in the order of the command line, folders in the order of their names; false where a path is wrong.
pub(super) fn collect(paths: &[PathBuf]) -> (Vec<Input>, bool) {
    collect_named(paths, &mut |_| None)
}

/// As [`collect`]; `named` says of a file in a folder whether the configuration names it as an article; where it says nothing, its
/// ending does.
pub(super) fn collect_named(paths: &[PathBuf], named: &mut dyn FnMut(&Path) -> Option<bool>) -> (Vec<Input>, bool) {
    let (mut found, mut good) = (Vec::new(), true);
    if paths.iter().filter(|path| *path == Path::new("-")).count() > 1 {
        complain("standard input (`-`) can be read only once");
        return (found, false);
    }
    for path in paths {
        if path == Path::new("-") {
            found.push(Input { path: path.clone(), named: true });
        } else if path.is_dir() {
            let before = found.len();
            good &= walk(path, named, &mut found);
            if found.len() == before {
                complain(&format!(
                    "{}: no articles in this folder (looked for {}, or what [files] of mtaudit.toml names)",
                    path.display(),
                    endings()
                ));
                good = false;
            }
        } else if path.exists() {
            found.push(Input { path: path.clone(), named: true });
        } else {
            complain(&format!("{}: no such file or folder", path.display()));
            good = false;
        }
    }
    (found, good)
}

fn endings() -> String {
    let walked = Format::ENDINGS.iter().filter(|(_, format)| format.is_walked());
    walked.map(|(ending, _)| format!("*.{ending}")).collect::<Vec<_>>().join(" ")
}

/// Whether a file in a folder is taken for an article by its ending.
pub(super) fn is_article(path: &Path) -> bool {
    Format::of(&ending(path)).is_some_and(Format::is_walked)
}

fn walk(folder: &Path, named: &mut dyn FnMut(&Path) -> Option<bool>, found: &mut Vec<Input>) -> bool {
    let mut good = true;
    for entry in ignore::WalkBuilder::new(folder).require_git(false).sort_by_file_path(Ord::cmp).build() {
        match entry {
            Ok(entry) => {
                let file = entry.file_type().is_some_and(|kind| kind.is_file());
                if file && named(entry.path()).unwrap_or_else(|| is_article(entry.path())) {
                    found.push(Input { path: entry.into_path(), named: false });
                }
            }
            Err(error) => {
                complain(&error.to_string());
                good = false;
            }
        }
    }
    good
}
