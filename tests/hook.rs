//! The gate in real repositories: what is staged or pushed decides, hooks that were there still run, and all can be undone.

#![allow(clippy::unwrap_used)] // helpers of tests

use std::path::Path;
use std::process::{Command, Output};

const GARBLED: &str =
    "The rebels vowed to behead the new government within a week.\n\nThe flood drove 3.210 people from their homes.\n";
const HELD: &str =
    "Officials in Kiev met on Monday, and the talks in Kharkov went on; a visit to Odessa was put off.\n";
const CLEAR: &str = "The harbour was quiet on Monday, and the boats lay still.\n";

/// A repository of its own, with nothing of the user's configuration.
struct Site {
    folder: tempfile::TempDir,
}

impl Site {
    fn new() -> Self {
        let site = Self { folder: tempfile::tempdir().unwrap() };
        site.ok("git", &["init", "-q", "-b", "main", "."]);
        site.ok("git", &["config", "user.email", "editor@example.org"]);
        site.ok("git", &["config", "user.name", "Editor"]);
        site
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn run_in(&self, folder: &str, program: &str, arguments: &[&str]) -> Output {
        let program = if program == "mtaudit" { env!("CARGO_BIN_EXE_mtaudit") } else { program };
        Command::new(program)
            .args(arguments)
            .current_dir(self.path().join(folder))
            .env("NO_COLOR", "1")
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env_remove("GIT_DIR")
            .env_remove("GIT_INDEX_FILE")
            .output()
            .unwrap()
    }

    fn run(&self, program: &str, arguments: &[&str]) -> Output {
        self.run_in(".", program, arguments)
    }

    fn ok(&self, program: &str, arguments: &[&str]) -> String {
        let output = self.run(program, arguments);
        assert!(output.status.success(), "{program} {arguments:?}: {}", said(&output));
        said(&output)
    }

    /// Whether a commit of all goes through, and what was said.
    fn commit(&self) -> (bool, String) {
        self.ok("git", &["add", "-A"]);
        let output = self.run("git", &["commit", "-q", "-m", "one"]);
        (output.status.success(), said(&output))
    }

    fn gate(&self) -> (Option<i32>, String) {
        let output = self.run("mtaudit", &["hook", "run"]);
        (output.status.code(), said(&output))
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[cfg(unix)]
fn executable(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn what_is_staged_decides_not_what_is_on_disk() {
    let site = Site::new();
    site.write("a.md", GARBLED);
    site.ok("git", &["add", "a.md"]);
    site.write("a.md", CLEAR);
    let (code, said) = site.gate();
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("a.md: block"), "{said}");
    for way in
        ["see      mtaudit check a.md", "fix      ", "accept   <!-- mtaudit: ignore", "go on    git commit --no-verify"]
    {
        assert!(said.contains(way) || way == "fix      ", "{way} is not in {said}");
    }
    site.ok("git", &["add", "a.md"]);
    site.write("a.md", GARBLED);
    site.write("not-staged.md", GARBLED);
    assert_eq!(site.gate(), (Some(0), String::new()));
    // A text that is staged and gone from disk is audited as well.
    site.ok("git", &["add", "a.md"]);
    std::fs::remove_file(site.path().join("a.md")).unwrap();
    assert_eq!(site.gate().0, Some(1));
}

#[test]
fn a_text_that_is_held_is_shown_and_goes_through() {
    let site = Site::new();
    site.ok("mtaudit", &["hook", "install"]);
    site.write("a.md", HELD);
    let (through, said) = site.commit();
    assert!(through, "{said}");
    assert!(said.contains("a.md: hold") && said.contains("The commit goes on"), "{said}");
    assert!(said.contains("fix      mtaudit fix a.md && git add a.md"), "{said}");
}

#[test]
fn only_texts_that_the_configuration_names_are_audited() {
    let site = Site::new();
    site.write("mtaudit.toml", "[files]\ninclude = [\"content/**/*.md\"]\n[[override]]\npaths = [\"content/archive/**\"]\ngate = { block = 1000 }\n");
    site.write("notes.md", GARBLED);
    site.write("content/archive/old.md", GARBLED);
    site.write("content/picture.png", [0, 1, 2]);
    site.ok("git", &["add", "-A"]);
    let (code, said) = site.gate();
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("content/archive/old.md: hold") && !said.contains("notes.md"), "{said}");
    site.write("content/a b’s.md", GARBLED);
    site.ok("git", &["add", "-A"]);
    let (code, said) = site.gate();
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("content/a b’s.md: block") && said.contains("mtaudit check 'content/a b’s.md'"), "{said}");
    // From a folder below the root as well.
    let below = site.run_in("content", "mtaudit", &["hook", "run"]);
    assert_eq!(below.status.code(), Some(1));
}

#[cfg(unix)]
#[test]
fn links_submodules_and_deleted_files_are_no_texts() {
    let site = Site::new();
    site.write("elsewhere.txt.bak", GARBLED);
    std::os::unix::fs::symlink("elsewhere.txt.bak", site.path().join("link.md")).unwrap();
    site.write("gone.md", GARBLED);
    assert!(site.commit().0);
    site.ok("git", &["rm", "-q", "gone.md"]);
    site.ok("git", &["mv", "elsewhere.txt.bak", "moved.bak"]);
    assert_eq!(site.gate(), (Some(0), String::new()));
}

#[test]
fn an_ignore_an_entry_of_the_baseline_and_a_staged_sidecar_open_the_gate() {
    let site = Site::new();
    site.write("mtaudit.toml", "baseline = \"known.jsonl\"\n");
    site.write("a.md", format!("<!-- mtaudit: ignore-file * -- a specimen -->\n\n{GARBLED}"));
    site.write("b.txt", GARBLED);
    site.write("b.txt.mtaudit.toml", "[[ignore]]\nrule = \"*\"\nreason = \"a specimen\"\n");
    site.write("c.txt", GARBLED);
    site.ok("git", &["add", "a.md", "b.txt", "c.txt"]);
    let (code, said) = site.gate();
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("b.txt: block") && said.contains("c.txt: block") && !said.contains("a.md"), "{said}");
    site.ok("git", &["add", "b.txt.mtaudit.toml"]);
    site.ok("mtaudit", &["check", "--update-baseline", "c.txt"]);
    assert_eq!(site.gate(), (Some(0), String::new()));
}

#[test]
fn the_front_matter_leads_to_an_original_that_must_be_there() {
    let site = Site::new();
    site.write("mtaudit.toml", "[original]\nkey = \"original\"\n");
    site.write("a.md", format!("---\noriginal: wire/a.txt\n---\n\n{CLEAR}"));
    site.ok("git", &["add", "-A"]);
    let (code, said) = site.gate();
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("a.md: its original “wire/a.txt” (front matter, original) is not there"), "{said}");
    site.write("wire/a.txt", CLEAR);
    assert_eq!(site.gate(), (Some(0), String::new()));
}

#[test]
fn errors_stop_the_commit_and_say_why() {
    let site = Site::new();
    site.ok("mtaudit", &["hook", "install"]);
    site.write("mtaudit.toml", "[rules]\n\"en-places/hosue-form\" = \"off\"\n");
    site.write("a.md", CLEAR);
    let (through, said) = site.commit();
    assert!(!through && said.contains("mtaudit.toml:2:1: no rule is called “en-places/hosue-form”"), "{said}");
    let nowhere = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_mtaudit"))
        .args(["hook", "run"])
        .current_dir(nowhere.path())
        .env("GIT_CEILING_DIRECTORIES", nowhere.path().parent().unwrap())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("not a git repository"));
}

#[cfg(unix)]
#[test]
fn a_hook_that_was_there_runs_first_and_comes_back() {
    let site = Site::new();
    let hook = site.path().join(".git/hooks/pre-commit");
    let old = "#!/bin/sh\necho the old hook\n[ ! -e refuse ]\n";
    site.write(".git/hooks/pre-commit", old);
    executable(&hook);
    assert!(site.ok("mtaudit", &["hook", "install"]).contains("runs first"));
    assert!(site.ok("mtaudit", &["hook", "install"]).contains("in already"));
    site.write("a.md", CLEAR);
    let (through, said) = site.commit();
    assert!(through && said.contains("the old hook"), "{said}");
    site.write("refuse", "");
    site.write("b.md", CLEAR);
    assert!(!site.commit().0, "the old hook can refuse");
    std::fs::remove_file(site.path().join("refuse")).unwrap();
    site.write("b.md", GARBLED);
    let (through, said) = site.commit();
    assert!(!through && said.contains("the old hook") && said.contains("b.md: block"), "{said}");
    site.ok("mtaudit", &["hook", "uninstall"]);
    assert_eq!(std::fs::read_to_string(&hook).unwrap(), old);
    assert!(!site.path().join(".git/hooks/pre-commit.before-mtaudit").exists());
    assert!(site.commit().0);
    assert!(site.ok("mtaudit", &["hook", "uninstall"]).contains("no gate is in"));
    assert_eq!(std::fs::read_to_string(&hook).unwrap(), old);
}

#[test]
fn core_hooks_path_is_respected() {
    let site = Site::new();
    site.ok("git", &["config", "core.hooksPath", ".husky"]);
    site.write("content/a.md", GARBLED);
    let output = site.run_in("content", "mtaudit", &["hook", "install"]);
    assert!(output.status.success(), "{}", said(&output));
    assert!(site.path().join(".husky/pre-commit").exists());
    assert!(!site.path().join(".git/hooks/pre-commit").exists());
    assert!(!site.commit().0);
    site.ok("mtaudit", &["hook", "uninstall"]);
    assert!(!site.path().join(".husky/pre-commit").exists());
}

#[test]
fn a_push_brings_only_what_the_other_side_does_not_have() {
    let site = Site::new();
    let other = tempfile::tempdir().unwrap();
    site.ok("git", &["init", "-q", "--bare", other.path().to_str().unwrap()]);
    site.ok("git", &["remote", "add", "origin", other.path().to_str().unwrap()]);
    site.write("old.md", GARBLED);
    assert!(site.commit().0);
    site.ok("git", &["push", "-q", "origin", "main"]);
    site.write(".git/hooks/pre-push", "#!/bin/sh\necho given: $(cat | wc -l)\n");
    #[cfg(unix)]
    executable(&site.path().join(".git/hooks/pre-push"));
    site.ok("mtaudit", &["hook", "install", "--pre-push"]);
    site.write("new.md", CLEAR);
    assert!(site.commit().0);
    let push = |branch: &str| site.run("git", &["push", "-q", "origin", branch]);
    let output = push("main");
    assert!(output.status.success() && said(&output).contains("given: 1"), "{}", said(&output));
    // A new branch whose second commit mends what the first one broke.
    site.ok("git", &["checkout", "-q", "-b", "visit"]);
    site.write("visit.md", GARBLED);
    assert!(site.commit().0);
    let output = push("visit");
    assert!(!output.status.success() && said(&output).contains("visit.md: block"), "{}", said(&output));
    assert!(said(&output).contains("go on    git push --no-verify") && !said(&output).contains("old.md"));
    site.write("visit.md", CLEAR);
    assert!(site.commit().0);
    assert!(push("visit").status.success());
    // Deleting a branch brings nothing.
    assert!(site.run("git", &["push", "-q", "origin", "--delete", "visit"]).status.success());
    assert_eq!(site.ok("mtaudit", &["hook", "uninstall", "--pre-push"]).lines().count(), 1);
}
