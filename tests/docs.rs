//! What the documentation shows is run: the sessions of the tour, the recipes of the gate, the examples of the configuration, the
//! steps of the action.

#![allow(clippy::unwrap_used)] // helpers of tests

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), &target).unwrap();
        }
    }
}

/// The blocks of a page with this word behind the fence.
fn blocks(page: &str, kind: &str) -> Vec<String> {
    let text = std::fs::read_to_string(project(page)).unwrap();
    let fence = format!("```{kind}\n");
    text.split(&fence).skip(1).map(|rest| rest.split("\n```").next().unwrap().to_owned() + "\n").collect()
}

/// A path on which `mtaudit` is the program under test.
fn path_with_program() -> std::ffi::OsString {
    let folder = Path::new(env!("CARGO_BIN_EXE_mtaudit")).parent().unwrap().to_owned();
    let old = std::env::var_os("PATH").unwrap_or_default();
    std::env::join_paths(std::iter::once(folder).chain(std::env::split_paths(&old))).unwrap()
}

fn shell(folder: &Path, script: &str, arguments: &[&str], input: &str, settings: &[(&str, &str)]) -> Output {
    use std::io::Write;
    let mut child = Command::new("sh")
        .arg("-c")
        .arg(script)
        .arg("recipe")
        .args(arguments)
        .current_dir(folder)
        .env("PATH", path_with_program())
        .env("NO_COLOR", "1")
        .envs(settings.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A script that does not read its input closes it.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

const GARBLED: &str =
    "The rebels vowed to behead the new government within a week.\n\nThe flood drove 3.210 people from their homes.\n";
const CLEAR: &str = "The harbour was quiet on Monday, and the boats lay still.\n";

/// The page is run where its files are; `TRYCMD=overwrite` writes what it printed back into the page.
#[test]
fn the_tour_prints_what_it_shows() {
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("tour.md");
    std::fs::copy(project("docs/tour.md"), &page).unwrap();
    copy(&project("tests/docs/tour.in"), &folder.path().join("tour.in"));
    // A folder of results makes trycmd work on a copy; what the tour makes is not compared.
    std::fs::create_dir(folder.path().join("tour.out")).unwrap();
    trycmd::TestCases::new().case(page.to_str().unwrap()).env("NO_COLOR", "1").run();
    if std::env::var_os("TRYCMD").is_some_and(|wish| wish == "overwrite") {
        std::fs::copy(&page, project("docs/tour.md")).unwrap();
    }
}

#[test]
fn the_tour_shows_its_own_files() {
    let page = std::fs::read_to_string(project("docs/tour.md")).unwrap();
    let desk = std::fs::read_to_string(project("tests/docs/tour.in/desk.toml")).unwrap();
    assert!(page.contains(desk.trim()), "docs/tour.md does not show desk.toml");
    let plate = std::fs::read_to_string(project("tests/docs/tour.in/content/plate.md")).unwrap();
    assert!(page.contains(plate.split_once("\n\n").unwrap().1.trim()), "docs/tour.md does not show plate.md");
}

#[test]
fn configurations_in_the_documentation_can_be_read() {
    for page in ["docs/config.md", "docs/tour.md"] {
        for block in blocks(page, "toml").into_iter().filter(|block| !block.contains("[[ignore]]")) {
            let errors = mtaudit::config::read(&block, page, Path::new("/")).err();
            assert_eq!(errors, None, "{block}");
        }
    }
    for block in blocks("docs/config.md", "toml").iter().filter(|block| block.contains("[[ignore]]")) {
        assert!(mtaudit::config::sidecar(block, "docs/config.md").is_ok_and(|entries| entries.len() == 1), "{block}");
    }
}

#[test]
fn what_init_writes_is_right_with_and_without_its_comments() {
    let folder = tempfile::tempdir().unwrap();
    let made = shell(folder.path(), "mtaudit init && mtaudit config show", &[], "", &[]);
    assert!(made.status.success(), "{}", said(&made));
    let file = folder.path().join("mtaudit.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    // Lines that are TOML behind their mark, not sentences.
    let is_toml = |line: &str| line.starts_with("[[") || line.starts_with('"') || line.contains(" = ");
    let open: Vec<&str> =
        text.lines().map(|line| line.strip_prefix("# ").filter(|rest| is_toml(rest)).unwrap_or(line)).collect();
    let open = open.join("\n").replace(", \"./house-rules\"", "");
    assert!(open.contains("\nfail-on = ") && open.contains("\n[[override]]"), "{open}");
    std::fs::write(&file, &open).unwrap();
    let shown = shell(folder.path(), "mtaudit config show", &[], "", &[]);
    assert!(shown.status.success(), "{}", said(&shown));
    assert!(!said(&shown).contains("# default"), "{}", said(&shown));
    let again = shell(folder.path(), "mtaudit init", &[], "", &[]);
    assert_eq!(again.status.code(), Some(2));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), open, "nothing is overwritten");
}

#[test]
fn the_recipe_for_a_static_site_builds_only_what_is_not_blocked() {
    let recipe = blocks("docs/gate.md", "sh").remove(0);
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("content")).unwrap();
    std::fs::write(folder.path().join("content/a.md"), CLEAR).unwrap();
    std::fs::write(folder.path().join("content/picture.png"), [0, 1, 2]).unwrap();
    assert!(shell(folder.path(), "git init -q . && git add .", &[], "", &[]).status.success());
    let built = shell(folder.path(), &recipe, &[], "", &[("BUILD", "echo built")]);
    assert!(built.status.success() && said(&built).contains("built"), "{}", said(&built));
    std::fs::write(folder.path().join("content/a.md"), GARBLED).unwrap();
    let stopped = shell(folder.path(), &recipe, &[], "", &[("BUILD", "echo built")]);
    assert!(!stopped.status.success() && !said(&stopped).contains("built"), "{}", said(&stopped));
    assert!(said(&stopped).contains("content/a.md: block"), "{}", said(&stopped));
}

#[test]
fn the_recipe_for_a_content_management_system_refuses_what_is_blocked() {
    let recipe = blocks("docs/gate.md", "sh").remove(1);
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("desk.toml"), "[gate]\nblock = 20\n").unwrap();
    let settings = [("MTAUDIT_CONFIG", "desk.toml")];
    let good = shell(folder.path(), &recipe, &["article.txt"], CLEAR, &settings);
    assert_eq!(good.status.code(), Some(0), "{}", said(&good));
    let bad = shell(folder.path(), &recipe, &["article.txt"], GARBLED, &settings);
    assert_eq!(bad.status.code(), Some(1), "{}", said(&bad));
    assert!(said(&bad).contains("behead"), "{}", said(&bad));
    let broken = shell(folder.path(), &recipe, &["article.txt"], CLEAR, &[("MTAUDIT_CONFIG", "nowhere.toml")]);
    assert_eq!(broken.status.code(), Some(2), "{}", said(&broken));
}

/// The script of a step of action.yml: the lines below `run: |`, or the rest of its line.
fn step(name: &str) -> String {
    let text = std::fs::read_to_string(project("action.yml")).unwrap();
    let step = text.split("    - name: ").find(|step| step.starts_with(name)).unwrap();
    let run = step.split("      run: ").nth(1).unwrap();
    run.strip_prefix("|\n").map_or_else(
        || run.lines().next().unwrap().to_owned(),
        |lines| lines.lines().map(|line| line.trim_start().to_owned() + "\n").collect(),
    )
}

#[test]
fn the_action_keeps_the_exit_code_for_its_last_step() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.md"), GARBLED).unwrap();
    // The format is left to its own tests; here it matters what the step does with the outcome.
    let audit = step("Audit").replace("--format sarif", "--format json");
    let run = |fail_on: &str, paths: &str| {
        let settings = [("PATHS", paths), ("FAIL_ON", fail_on), ("SARIF", "out.sarif"), ("GITHUB_OUTPUT", "outputs")];
        let _ = std::fs::remove_file(folder.path().join("outputs"));
        let done = shell(folder.path(), &audit, &[], "", &settings);
        (done.status.code(), std::fs::read_to_string(folder.path().join("outputs")).unwrap())
    };
    assert_eq!(run("", "."), (Some(0), "code=1\n".to_owned()));
    assert!(std::fs::read_to_string(folder.path().join("out.sarif")).unwrap().contains("behead"));
    assert_eq!(run("never", "."), (Some(0), "code=0\n".to_owned()));
    assert_eq!(run("", "nowhere"), (Some(2), "code=2\n".to_owned()));
    let verdict = shell(folder.path(), &step("Verdict"), &[], "", &[("CODE", "1")]);
    assert_eq!(verdict.status.code(), Some(1));
}

#[test]
fn the_hook_of_the_framework_is_a_command_of_the_program() {
    let text = std::fs::read_to_string(project(".pre-commit-hooks.yaml")).unwrap();
    let entry = text.lines().find_map(|line| line.trim().strip_prefix("entry: ")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.md"), CLEAR).unwrap();
    std::fs::write(folder.path().join("b.md"), GARBLED).unwrap();
    std::fs::write(folder.path().join("c.toml"), "x = 1").unwrap();
    assert_eq!(shell(folder.path(), &format!("{entry} a.md c.toml"), &[], "", &[]).status.code(), Some(0));
    assert_eq!(shell(folder.path(), &format!("{entry} a.md b.md c.toml"), &[], "", &[]).status.code(), Some(1));
}

#[test]
fn every_rule_has_a_page_and_every_link_of_the_list_leads_to_one() {
    let folder = tempfile::tempdir().unwrap();
    let made = shell(folder.path(), "mtaudit rules docs pages", &[], "", &[]);
    assert!(made.status.success(), "{}", said(&made));
    let rules = mtaudit::rulebook::RuleSet::builtin();
    let index = std::fs::read_to_string(folder.path().join("pages/index.md")).unwrap();
    let mut count = 0;
    for head in rules.numbers().filter_map(|number| rules.head(number)) {
        let page = std::fs::read_to_string(folder.path().join(format!("pages/{}.md", head.id))).unwrap();
        assert!(page.starts_with(&format!("# {}\n", head.id)), "{}", head.id);
        for part in ["\n## Why\n", "\n## Flagged\n", "\n## Not flagged\n", "\n## To fix, ignore or tune\n"] {
            assert!(page.contains(part), "{} lacks {part}", head.id);
        }
        let fences = page.lines().filter(|line| line.starts_with("```")).count();
        assert_eq!(fences % 2, 0, "{}", head.id);
        assert!(index.contains(&format!("]({}.md)", head.id)), "{} is not in the list", head.id);
        count += 1;
    }
    let one = shell(folder.path(), "mtaudit rules explain --markdown en-places/house-form", &[], "", &[]);
    assert_eq!(said(&one), std::fs::read_to_string(folder.path().join("pages/en-places/house-form.md")).unwrap());
    assert!(said(&made).contains(&format!("{count} pages")), "{}", said(&made));
    assert_eq!(index.matches(".md)").count(), count);
}
