//! In: a tally and the folders of `--rules`. Out: rule files with `measured` beside `confidence`, each replaced in one step.

use super::super::super::output::complain;
use super::tally::Tally;
use crate::rulebook::measured::{Measured, written};
use crate::rulebook::{PackFiles, RuleSet};
use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};

/// What is wanted of each rule of a file, by its id without the pack.
type Wanted = BTreeMap<String, Option<Measured>>;

/// Writes what was measured into the files of the packs; false where something could not be written. All files are
/// edited before the first is written, so that one that cannot be edited leaves all as they were.
pub(super) fn store(rules: &RuleSet, tally: &Tally, own: &BTreeMap<String, PackFiles>, set: &str) -> bool {
    let (mut changes, mut good, mut stored) = (Vec::new(), true, 0);
    for (path, wanted) in by_file(rules, tally, own, set) {
        stored += wanted.values().flatten().count();
        match edited(&path, &wanted) {
            Ok(Some(text)) => changes.push((path, text)),
            Ok(None) => {}
            Err(error) => {
                complain(&format!("{}: {error}", path.display()));
                good = false;
            }
        }
    }
    if !good {
        complain("nothing was written");
        return false;
    }
    let mut files = 0;
    for (path, text) in &changes {
        match replace(path, text) {
            Ok(()) => files += 1,
            Err(error) => {
                complain(&format!("{}: cannot be written: {error}", path.display()));
                good = false;
            }
        }
    }
    let count = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
    complain(&format!("measured of {} stored, {} changed", count(stored, "rule"), count(files, "file")));
    good
}

fn by_file(rules: &RuleSet, tally: &Tally, own: &BTreeMap<String, PackFiles>, set: &str) -> BTreeMap<PathBuf, Wanted> {
    let mut files: BTreeMap<PathBuf, Wanted> = BTreeMap::new();
    for (number, counts) in &tally.rules {
        let Some((pack, id)) = rules.rule(*number).and_then(|loaded| loaded.rule.id.split_once('/')) else { continue };
        let Some(pack) = own.get(pack) else { continue };
        let figures =
            (counts.hits > 0).then(|| Measured { hits: counts.hits, right: counts.right, set: set.to_owned() });
        let path = PathBuf::from(pack.path(&rules.text(*number).file));
        files.entry(path).or_default().insert(id.to_owned(), figures);
    }
    files
}

/// The new text of a file, none where it stays as it is.
fn edited(path: &Path, wanted: &Wanted) -> Result<Option<String>, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("cannot be read: {error}"))?;
    let (mark, body) = text.strip_prefix('\u{FEFF}').map_or(("", text.as_str()), |body| ("\u{FEFF}", body));
    let new = written(body, wanted)?;
    Ok((new != body).then(|| format!("{mark}{new}")))
}

/// Writes beside the file and renames: a reader sees the old file or the new one, never a part.
fn replace(path: &Path, text: &str) -> std::io::Result<()> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let beside = path.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
    let written = || {
        let mut file = OpenOptions::new().write(true).create_new(true).open(&beside)?;
        file.write_all(text.as_bytes())?;
        file.set_permissions(std::fs::metadata(path)?.permissions())?;
        file.sync_all()?;
        std::fs::rename(&beside, path)
    };
    written().inspect_err(|_| {
        let _ = std::fs::remove_file(&beside);
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_keeps_its_mark_and_mode() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rules.toml");
        std::fs::write(&path, "\u{FEFF}[[phrase]]\r\nid = \"one\"\r\n").unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
        }
        let figures = Measured { hits: 2, right: 1, set: "s".to_owned() };
        let wanted = BTreeMap::from([("one".to_owned(), Some(figures))]);
        let text = edited(&path, &wanted).unwrap().unwrap();
        replace(&path, &text).unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
        assert!(text.starts_with("\u{FEFF}[[phrase]]\r\nid = \"one\"\r\nmeasured = "));
        assert_eq!(edited(&path, &wanted).unwrap(), None);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
        }
        assert!(replace(&folder.path().join("nowhere.toml"), "x").is_err());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
