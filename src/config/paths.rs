//! In: globs over paths as a configuration writes them. Out: whether a path, relative to the configuration, is meant.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

/// Globs over paths. `*` stays within a folder, `**` goes over folders; a glob without a slash fits in any folder.
#[derive(Clone, Debug)]
pub struct PathGlobs {
    /// As written.
    pub texts: Vec<String>,
    set: GlobSet,
}

impl PathGlobs {
    /// All of these.
    ///
    /// # Errors
    /// The place of the first wrong one, and what is wrong with it.
    pub fn new(texts: Vec<String>) -> Result<Self, (usize, String)> {
        let mut set = GlobSetBuilder::new();
        for (index, text) in texts.iter().enumerate() {
            let plain = text.strip_prefix("./").unwrap_or(text);
            let rooted = plain.strip_prefix('/').unwrap_or(plain);
            let anywhere = !plain.contains('/');
            // A folder means all that is in it.
            let inside = if rooted.ends_with('/') { "**" } else { "" };
            let glob = format!("{}{rooted}{inside}", if anywhere { "**/" } else { "" });
            let glob = GlobBuilder::new(&glob).literal_separator(true).build();
            set.add(glob.map_err(|error| (index, error.kind().to_string()))?);
        }
        let set = set.build().map_err(|error| (0, error.kind().to_string()))?;
        Ok(Self { texts, set })
    }

    /// Globs that fit nothing.
    #[must_use]
    pub fn none() -> Self {
        Self { texts: Vec::new(), set: GlobSet::empty() }
    }

    /// Whether a path is meant: relative to the configuration's folder, parted by slashes.
    #[must_use]
    pub fn matches(&self, path: &str) -> bool {
        self.set.is_match(path)
    }
}

#[cfg(test)]
mod tests {
    use super::PathGlobs;

    fn matches(glob: &str, path: &str) -> bool {
        PathGlobs::new(vec![glob.to_owned()]).is_ok_and(|globs| globs.matches(path))
    }

    #[test]
    fn globs_keep_to_their_folders() {
        assert!(matches("content/**/*.md", "content/a.md"));
        assert!(matches("content/**/*.md", "content/news/2026/a.md"));
        assert!(!matches("content/*.md", "content/news/a.md"));
        assert!(!matches("content/**/*.md", "drafts/content/a.md"));
        assert!(matches("*.md", "content/news/a.md"));
        assert!(matches("/*.md", "a.md"));
        assert!(!matches("/*.md", "content/a.md"));
        assert!(matches("./content/*.md", "content/a.md"));
        assert!(matches("archive/", "archive/1999/a.md"));
        assert!(matches("archive/**", "archive/a.md"));
        assert!(!matches("archive/**", "new-archive/a.md"));
    }

    #[test]
    fn a_wrong_glob_says_which() {
        let error = PathGlobs::new(vec!["*.md".to_owned(), "a/{b".to_owned()]).err().map(|(index, _)| index);
        assert_eq!(error, Some(1));
    }
}
