//! In: a baseline file. Out: what is known of each text; and a new baseline, written in one step.
//!
//! One JSON object a line, in the order of path, rule and fingerprint, so that two people's changes merge: `path` is relative to the
//! baseline's folder. The fingerprint is made of rule, words and context, never of a line number.

use super::desk::shown;
use super::output::complain;
use crate::audit::{Audit, Reason};
use crate::config::normal;
use crate::document::Document;
use crate::finding::Finding;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};

/// A finding that is known.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
struct Entry {
    path: String,
    rule: String,
    text: String,
    fingerprint: String,
}

/// What is known.
#[derive(Clone, Debug)]
pub(super) struct Baseline {
    file: PathBuf,
    /// The folder that paths are relative to, absolute.
    root: PathBuf,
    /// By path.
    entries: BTreeMap<String, BTreeSet<Entry>>,
    /// Of texts that are no longer there: they may have moved.
    moved: BTreeSet<String>,
    /// Texts of this run, with what was found in them.
    seen: BTreeMap<String, BTreeSet<Entry>>,
}

impl Baseline {
    /// Reads a baseline; one that is not there knows nothing.
    ///
    /// # Errors
    /// What is wrong, where, and how to mend it.
    pub(super) fn read(file: &Path) -> Result<Self, String> {
        let absolute = normal(&std::path::absolute(file).unwrap_or_else(|_| file.to_owned()));
        let root = absolute.parent().unwrap_or(Path::new("/")).to_owned();
        let mut found = Self {
            file: file.to_owned(),
            root,
            entries: BTreeMap::new(),
            moved: BTreeSet::new(),
            seen: BTreeMap::new(),
        };
        let text = match std::fs::read_to_string(file) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(found),
            Err(error) => return Err(format!("{}: the baseline cannot be read: {error}", file.display())),
        };
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let entry: Entry = serde_json::from_str(line).map_err(|error| {
                let reason = error.to_string();
                let reason = reason.split(" at line ").next().unwrap_or("");
                format!(
                    "{}:{}:{}: not an entry of a baseline: {reason}; take the line away, or let --update-baseline write the file anew",
                    file.display(),
                    number + 1,
                    error.column()
                )
            })?;
            found.entries.entry(entry.path.clone()).or_default().insert(entry);
        }
        for (path, entries) in &found.entries {
            if !found.root.join(path).exists() {
                found.moved.extend(entries.iter().map(|entry| entry.fingerprint.clone()));
            }
        }
        Ok(found)
    }

    /// Where it is kept, whether it is there or not.
    pub(super) fn file(&self) -> &Path {
        &self.file
    }

    /// The path of a text as entries have it.
    fn key(&self, text: &Path) -> String {
        let absolute = normal(&std::path::absolute(text).unwrap_or_else(|_| text.to_owned()));
        let below = absolute.strip_prefix(&self.root).map(Path::to_owned).unwrap_or(absolute);
        below.to_string_lossy().replace('\\', "/")
    }

    /// The fingerprints that are known of a text; one that is new here may have come from a text that is gone.
    pub(super) fn known(&self, text: &Path) -> BTreeSet<String> {
        let key = self.key(text);
        match self.entries.get(&key) {
            Some(entries) => entries.iter().map(|entry| entry.fingerprint.clone()).collect(),
            None => self.moved.clone(),
        }
    }

    /// Takes note of all that was found in a text, known or new.
    pub(super) fn see(&mut self, text: &Path, document: &Document, audit: &Audit) {
        let path = self.key(text);
        let known =
            audit.ignored.iter().filter(|ignored| ignored.by == Reason::Baseline).map(|ignored| &ignored.finding);
        let entry = |finding: &Finding| Entry {
            path: path.clone(),
            rule: finding.rule.clone(),
            text: finding.place.span().map_or_else(String::new, |span| document.text(span).to_owned()),
            fingerprint: finding.fingerprint.clone(),
        };
        let entries = audit.findings.iter().chain(known).map(entry).collect();
        self.seen.insert(path, entries);
    }

    /// Writes the baseline anew: texts of this run as they are now, other texts as they were, texts that are gone not at all.
    /// One line for the user.
    ///
    /// # Errors
    /// Where the file cannot be written; it is then as it was.
    pub(super) fn write(&self) -> Result<String, String> {
        let mut entries = self.entries.clone();
        entries.retain(|path, _| self.root.join(path).exists());
        entries.extend(self.seen.clone());
        entries.retain(|_, entries| !entries.is_empty());
        let mut text = String::new();
        for entry in entries.values().flatten() {
            let line = serde_json::to_string(entry).map_err(|error| format!("{}: {error}", self.file.display()))?;
            text.push_str(&line);
            text.push('\n');
        }
        replace(&self.file, text.as_bytes())
            .map_err(|error| format!("{}: the baseline cannot be written: {error}", self.file.display()))?;
        let now: BTreeSet<&Entry> = entries.values().flatten().collect();
        let before: BTreeSet<&Entry> = self.entries.values().flatten().collect();
        let (new, gone) = (now.difference(&before).count(), before.difference(&now).count());
        let texts = entries.len();
        Ok(format!(
            "{}: {} of {}; {new} new, {gone} gone\n",
            shown(&self.file).display(),
            counted(now.len(), "finding"),
            counted(texts, "text")
        ))
    }
}

fn counted(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

/// Puts a new file in the place of an old one in one step: whoever reads it sees the old or the new one, after a crash too.
pub(super) fn replace(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    put(file, bytes, true)
}

/// As [`replace`], without waiting for the disk: for files that can be made again.
pub(super) fn put_quickly(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    put(file, bytes, false)
}

fn put(file: &Path, bytes: &[u8], wait: bool) -> std::io::Result<()> {
    // A link stays a link: what it leads to is replaced.
    let target = std::fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = target.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let temporary = folder.join(format!(".{name}.{}.tmp", std::process::id()));
    let written = (|| {
        let mut out = std::fs::OpenOptions::new().write(true).create_new(true).open(&temporary)?;
        out.write_all(bytes)?;
        if let Ok(known) = std::fs::metadata(&target) {
            out.set_permissions(known.permissions())?;
        }
        if wait {
            out.sync_all()?;
        }
        std::fs::rename(&temporary, &target)
    })();
    if written.is_err() && std::fs::remove_file(&temporary).is_err() && temporary.exists() {
        complain(&format!("{}: is left over and can be deleted", temporary.display()));
    }
    written
}
