//! In: a text's path, its front matter and `[original]`. Out: where the text's original lies.

use super::Config;
use std::path::{Path, PathBuf};

/// What a pattern may name, for messages.
pub(super) const SLOTS: &str = "{stem}, {name}, {ext} and {dir}";

/// The original of a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Original {
    /// None is configured.
    None,
    /// The front matter names it: it must be there. The candidates in the order in which they are to be tried.
    Named {
        /// The key.
        key: String,
        /// What stands there.
        value: String,
        /// Beside the text, then from the configuration's folder.
        candidates: Vec<PathBuf>,
    },
    /// The pattern leads here; a text of the house's own has none.
    ByPattern(PathBuf),
}

/// Checks the braces of a pattern: the place and length of the first wrong slot, and what is wrong.
pub(super) fn check(pattern: &str) -> Result<(), (usize, usize, String)> {
    let mut at = 0;
    while let Some(open) = pattern.get(at..).and_then(|rest| rest.find('{')).map(|found| at + found) {
        let rest = pattern.get(open + 1..).unwrap_or("");
        let Some(close) = rest.find('}') else {
            return Err((open, pattern.len() - open, "a brace without its partner".to_owned()));
        };
        let name = rest.get(..close).unwrap_or("");
        if !["stem", "name", "ext", "dir"].contains(&name) {
            return Err((open, close + 2, format!("unknown part “{{{name}}}” of a path")));
        }
        at = open + close + 2;
    }
    if pattern.trim().is_empty() {
        return Err((0, pattern.len(), "the pattern is empty".to_owned()));
    }
    if !pattern.contains("{stem}") && !pattern.contains("{name}") {
        return Err((0, pattern.len(), "the pattern leads every text to the same original".to_owned()));
    }
    Ok(())
}

impl Config {
    /// Where the original of a text lies: by the front matter's key where the text has it, else by the pattern.
    ///
    /// `text` is the text's path, `front_matter` looks up a key of its front matter. Nothing is read: see [`Original`].
    #[must_use]
    pub fn original<'s>(&self, text: &Path, front_matter: impl Fn(&str) -> Option<&'s str>) -> Original {
        if let Some(key) = &self.original_key
            && let Some(value) = front_matter(&key.value).filter(|value| !value.trim().is_empty())
        {
            let beside = text.parent().unwrap_or(Path::new("")).join(value);
            let mut candidates = vec![beside, self.root.join(value.trim_start_matches('/'))];
            candidates.dedup();
            return Original::Named { key: key.value.clone(), value: value.to_owned(), candidates };
        }
        let Some(pattern) = &self.original_pattern else { return Original::None };
        let part =
            |part: Option<&std::ffi::OsStr>| part.map(|part| part.to_string_lossy().into_owned()).unwrap_or_default();
        let relative = self.relative(text);
        let relative = Path::new(&relative);
        let folder = relative.parent().map(|folder| folder.to_string_lossy().into_owned()).unwrap_or_default();
        let filled = pattern
            .value
            .replace("{stem}", &part(relative.file_stem()))
            .replace("{name}", &part(relative.file_name()))
            .replace("{ext}", &part(relative.extension()))
            .replace("{dir}", if folder.is_empty() { "." } else { &folder });
        Original::ByPattern(self.root.join(filled))
    }
}

impl Original {
    /// The original's path, as far as `exists` says; none where there is none, by the pattern, or none is configured.
    ///
    /// # Errors
    /// Where the front matter names an original that is not there: what, where, how to mend.
    pub fn find(&self, text: &Path, exists: impl Fn(&Path) -> bool) -> Result<Option<PathBuf>, String> {
        match self {
            Self::None => Ok(None),
            Self::ByPattern(path) => Ok(Some(path.clone()).filter(|path| exists(path))),
            Self::Named { key, value, candidates } => {
                let found = candidates.iter().find(|path| exists(path));
                found.cloned().map(Some).ok_or_else(|| {
                    let tried: Vec<String> = candidates.iter().map(|path| path.display().to_string()).collect();
                    format!(
                        "{}: its original “{value}” (front matter, {key}) is not there; looked at {}; mend the path, or take the key away",
                        text.display(),
                        tried.join(" and ")
                    )
                })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Original, check};
    use crate::config::read;
    use std::path::{Path, PathBuf};

    fn original(config: &str, text: &str, value: Option<&'static str>) -> Original {
        let config = read(config, "mtaudit.toml", Path::new("/site")).unwrap_or_else(|errors| panic!("{errors:?}"));
        config.original(Path::new(text), |key| value.filter(|_| key == "source-file"))
    }

    #[test]
    fn the_pattern_is_filled_from_the_path_of_the_text() {
        let by = |pattern: &str| {
            original(&format!("[original]\npattern = \"{pattern}\""), "/site/content/news/a.en.md", None)
        };
        let path = |path: &str| Original::ByPattern(PathBuf::from(path));
        assert_eq!(by("wire/{stem}.txt"), path("/site/wire/a.en.txt"));
        assert_eq!(by("{dir}/wire-{name}"), path("/site/content/news/wire-a.en.md"));
        assert_eq!(by("../wire/{stem}.{ext}"), path("/site/../wire/a.en.md"));
        assert_eq!(original("", "/site/a.md", None), Original::None);
    }

    #[test]
    fn the_front_matter_goes_before_the_pattern_and_must_be_right() {
        let config = "[original]\npattern = \"wire/{stem}.txt\"\nkey = \"source-file\"";
        let named = original(config, "/site/content/a.md", Some("wire/b.txt"));
        let text = Path::new("/site/content/a.md");
        let there = |wanted: &'static str| move |path: &Path| path == Path::new(wanted);
        assert_eq!(named.find(text, there("/site/content/wire/b.txt")), Ok(Some("/site/content/wire/b.txt".into())));
        assert_eq!(named.find(text, there("/site/wire/b.txt")), Ok(Some("/site/wire/b.txt".into())));
        let error = named.find(text, |_| false).err().unwrap_or_default();
        assert!(error.contains("/site/content/a.md: its original “wire/b.txt” (front matter, source-file)"), "{error}");
        let by_pattern = original(config, "/site/content/a.md", None);
        assert_eq!(by_pattern.find(text, |_| true), Ok(Some("/site/wire/a.txt".into())));
        assert_eq!(by_pattern.find(text, |_| false), Ok(None));
    }

    #[test]
    fn a_wrong_pattern_says_where() {
        assert_eq!(check("wire/{stem}.txt"), Ok(()));
        assert_eq!(check("wire/{stm}.txt").err().map(|error| (error.0, error.1)), Some((5, 5)));
        assert_eq!(check("wire/{stem.txt").err().map(|error| error.0), Some(5));
        assert!(check("wire/all.txt").is_err());
        assert!(check("").is_err());
    }
}
