//! In: a path. Out: the nearest configuration up the tree. Nothing else is looked at: no home folder, no environment.

use super::normal;
use std::path::{Path, PathBuf};

/// The name of a configuration.
pub const NAME: &str = "mtaudit.toml";

/// The nearest `mtaudit.toml` in a folder or above it.
#[must_use]
pub fn find(folder: &Path) -> Option<PathBuf> {
    // The folder of a bare name is the working directory.
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let folder = normal(&std::path::absolute(folder).ok()?);
    folder.ancestors().map(|folder| folder.join(NAME)).find(|path| path.is_file())
}
