//! Data flows one way: a folder of `src/` may use those before it in the list, never those after it.

#![allow(clippy::unwrap_used)] // helpers of tests

use std::path::{Path, PathBuf};

/// The folders in the order in which data flows.
const LAYERS: &[&str] = &[
    "finding", "language", "source", "lexicon", "document", "rulebook", "config", "detect", "compare", "audit",
    "report", "cli",
];

fn level(folder: &str) -> usize {
    let place = LAYERS.iter().position(|layer| *layer == folder);
    place.unwrap_or_else(|| panic!("src/{folder} has no place in the order of layers"))
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn imports_go_one_way() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    for entry in std::fs::read_dir(&source).unwrap().flatten().filter(|entry| entry.path().is_dir()) {
        let folder = entry.file_name().into_string().unwrap();
        let own = level(&folder);
        let mut paths = Vec::new();
        files(&entry.path(), &mut paths);
        assert!(!paths.is_empty(), "src/{folder} holds no code");
        for path in paths {
            let text = std::fs::read_to_string(&path).unwrap();
            for (number, line) in text.lines().enumerate() {
                let code = line.split("//").next().unwrap_or("");
                for used in code.split("crate::").skip(1) {
                    let used: String = used.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                    if source.join(&used).is_dir() && level(&used) > own {
                        wrong.push(format!("{}:{}: {folder} uses {used}", path.display(), number + 1));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    files(&source, &mut paths);
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("//! "), "{} does not say in its first line what comes in and out", path.display());
    }
}
