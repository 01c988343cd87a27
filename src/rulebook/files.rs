//! In: a folder. Out: the packs in it, as names and texts. Nothing outside the folder is read, links are not followed.

use super::error::RuleError;
use std::collections::BTreeMap;
use std::path::Path;

/// The files of one pack.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PackFiles {
    /// The folder as errors name it.
    pub folder: String,
    /// `*.toml` and `*.tsv`, by name.
    pub files: BTreeMap<String, String>,
}

impl PackFiles {
    /// How errors name a file of the pack.
    #[must_use]
    pub fn path(&self, file: &str) -> String {
        if self.folder.is_empty() { file.to_owned() } else { format!("{}/{file}", self.folder) }
    }
}

/// Reads the pack in a folder, or all packs in its subfolders, in the order of their names.
///
/// # Errors
/// All that could not be read, or that no pack is there.
pub fn read(folder: &Path) -> Result<Vec<PackFiles>, Vec<RuleError>> {
    let shown = folder.display().to_string();
    if !folder.is_dir() {
        let help = "name a folder that holds pack.toml, or folders that do";
        return Err(vec![RuleError::whole(&shown, "no such folder of rules", help)]);
    }
    if folder.join("pack.toml").is_file() {
        return read_pack(folder).map(|pack| vec![pack]);
    }
    let (mut packs, mut errors) = (Vec::new(), Vec::new());
    for path in entries(folder, &mut errors) {
        if path.is_dir() && path.join("pack.toml").is_file() {
            match read_pack(&path) {
                Ok(pack) => packs.push(pack),
                Err(more) => errors.extend(more),
            }
        }
    }
    if packs.is_empty() && errors.is_empty() {
        let help = "a pack is a folder with pack.toml and rule files; `mtaudit rules new` makes one";
        errors.push(RuleError::whole(&shown, "no pack in this folder", help));
    }
    if errors.is_empty() { Ok(packs) } else { Err(errors) }
}

fn entries(folder: &Path, errors: &mut Vec<RuleError>) -> Vec<std::path::PathBuf> {
    let mut paths = Vec::new();
    match std::fs::read_dir(folder) {
        Ok(listing) => {
            for entry in listing.flatten() {
                // Links are not followed: a pack must not read what lies outside it.
                if entry.file_type().is_ok_and(|kind| !kind.is_symlink()) {
                    paths.push(entry.path());
                }
            }
        }
        Err(error) => errors.push(RuleError::whole(
            &folder.display().to_string(),
            format!("cannot be read: {error}"),
            "check that the folder exists and may be read",
        )),
    }
    paths.sort();
    paths
}

fn read_pack(folder: &Path) -> Result<PackFiles, Vec<RuleError>> {
    let mut errors = Vec::new();
    let mut pack = PackFiles { folder: folder.display().to_string(), files: BTreeMap::new() };
    for path in entries(folder, &mut errors) {
        let known = path.extension().is_some_and(|end| end == "toml" || end == "tsv");
        let Some(name) = path.file_name().and_then(|name| name.to_str()).filter(|_| known && path.is_file()) else {
            continue;
        };
        match std::fs::read(&path).map(String::from_utf8) {
            Ok(Ok(text)) => {
                let text = text.strip_prefix('\u{FEFF}').map_or(text.clone(), str::to_owned);
                pack.files.insert(name.to_owned(), text);
            }
            Ok(Err(error)) => errors.push(RuleError::whole(
                &path.display().to_string(),
                format!("not UTF-8 at byte {}", error.utf8_error().valid_up_to()),
                "save the file as UTF-8",
            )),
            Err(error) => errors.push(RuleError::whole(
                &path.display().to_string(),
                format!("cannot be read: {error}"),
                "check that the file may be read",
            )),
        }
    }
    if errors.is_empty() { Ok(pack) } else { Err(errors) }
}
