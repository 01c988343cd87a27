//! Configuration and suppression from file to verdict: what is switched, accepted, ignored and known changes findings, penalty and exit code.

#![allow(clippy::unwrap_used)] // helpers of tests

use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// A folder with texts.
struct Site {
    folder: tempfile::TempDir,
}

impl Site {
    fn new(files: &[(&str, &str)]) -> Self {
        let site = Self { folder: tempfile::tempdir().unwrap() };
        for (path, text) in files {
            site.write(path, text);
        }
        site
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn run_in(&self, folder: &str, arguments: &[&str], input: &str) -> Output {
        use std::io::Write;
        let mut child = Command::new(env!("CARGO_BIN_EXE_mtaudit"))
            .args(arguments)
            .current_dir(self.folder.path().join(folder))
            .env("NO_COLOR", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        child.wait_with_output().unwrap()
    }

    /// The report of one text, and the exit code.
    fn check(&self, arguments: &[&str]) -> (Value, Option<i32>) {
        let output = self.run_in(".", &[&["check", "--format", "json"], arguments].concat(), "");
        let report: Value = serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)));
        (report["documents"][0].clone(), output.status.code())
    }

    /// Rule, level and words of each finding.
    fn findings(&self, arguments: &[&str]) -> Vec<String> {
        let (document, _) = self.check(arguments);
        let finding = |finding: &Value| {
            let text = |key: &str| finding[key].as_str().unwrap_or("").to_owned();
            format!("{} {} {}", text("rule"), text("severity"), text("text"))
        };
        document["findings"].as_array().unwrap().iter().map(finding).collect()
    }

    fn error(&self, arguments: &[&str]) -> String {
        let output = self.run_in(".", arguments, "");
        assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stdout));
        String::from_utf8(output.stderr).unwrap()
    }
}

const KIEV: &str = "Officials in Kiev met on Monday, and the talks went on.\n";
const HOUSE: [(&str, &str); 2] = [
    (
        "rules/house/pack.toml",
        "id = \"house\"\nversion = \"1\"\nlanguage = \"en\"\nlicense = \"CC0-1.0\"\nsummary = \"Our own\"\n[renamed]\n\"old-gathering\" = \"gathering\"\n",
    ),
    (
        "rules/house/rules.toml",
        "[[phrase]]\nid = \"gathering\"\npattern = '<press gathering>'\nsuggest = [\"press conference\"]\nmessage = \"“{match}”\"\nexplain = \"A set term.\"\nseverity = \"minor\"\nmqm = \"terminology/wrong-term\"\nconfidence = 0.5\nbad = [\"A [press gathering -> press conference] ended.\", \"The [press gathering -> press conference] began.\"]\ngood = [\"A press conference ended.\", \"The press was gathering.\"]\n",
    ),
];

#[test]
fn a_rule_below_the_floor_speaks_when_its_id_or_on_says_so() {
    let site = Site::new(&HOUSE);
    site.write("a.md", "The press gathering ended on Monday.\n");
    let with = |rules: &str| {
        site.write("mtaudit.toml", &format!("extends = [\"./rules/house\"]\n[rules]\n{rules}"));
        site.findings(&["a.md"])
    };
    assert_eq!(with(""), Vec::<String>::new());
    assert_eq!(with("\"house/*\" = \"major\""), Vec::<String>::new());
    assert_eq!(with("\"house/*\" = \"on\""), ["house/gathering minor press gathering"]);
    assert_eq!(with("\"house/gathering\" = \"critical\""), ["house/gathering critical press gathering"]);
    assert_eq!(with("\"house/old-gathering\" = \"note\""), ["house/gathering note press gathering"]);
    assert_eq!(with("\"house/*\" = \"off\"\n\"house/gathering\" = \"on\""), ["house/gathering minor press gathering"]);
    // What the command line asks for by its id goes before `off`.
    assert_eq!(with("\"house/gathering\" = \"off\""), Vec::<String>::new());
    site.write("mtaudit.toml", "extends = [\"./rules/house\"]\n[rules]\n\"house/gathering\" = \"off\"");
    assert_eq!(
        site.findings(&["--only", "house/gathering", "--all", "a.md"]),
        ["house/gathering minor press gathering"]
    );
}

#[test]
fn packs_that_are_not_named_are_silent() {
    let site = Site::new(&HOUSE);
    site.write("a.md", KIEV);
    let with = |extends: &str| {
        site.write("mtaudit.toml", extends);
        site.findings(&["a.md"])
    };
    let kiev = ["en-places/house-form minor Kiev"];
    assert_eq!(with(""), kiev);
    assert_eq!(with("extends = [\"builtin:en-places\"]"), kiev);
    assert_eq!(with("extends = [\"builtin:*\", \"rules\"]"), kiev);
    assert_eq!(with("extends = [\"builtin:en-news\"]"), Vec::<String>::new());
    assert_eq!(with("extends = [\"rules/house\"]"), Vec::<String>::new());
    assert_eq!(with("extends = []"), Vec::<String>::new());
}

#[test]
fn each_text_has_the_nearest_configuration_and_the_other_texts_are_still_audited() {
    let site = Site::new(&[
        ("mtaudit.toml", "fail-on = \"minor\"\n"),
        ("a.md", KIEV),
        ("lax/mtaudit.toml", "fail-on = \"never\"\n"),
        ("lax/deep/a.md", KIEV),
        ("broken/mtaudit.toml", "fail-onn = \"never\"\n"),
        ("broken/a.md", KIEV),
    ]);
    assert_eq!(site.check(&["a.md"]).1, Some(1));
    assert_eq!(site.check(&["lax/deep/a.md"]).1, Some(0));
    assert_eq!(site.check(&["a.md", "--no-config"]).1, Some(0));
    assert_eq!(site.check(&["lax", "--fail-on", "minor"]).1, Some(1));
    let output = site.run_in("lax/deep", &["check", "--quiet", "../../a.md"], "");
    assert_eq!(output.status.code(), Some(1));
    let (document, code) = site.check(&["broken/a.md", "a.md"]);
    assert_eq!((document["path"].as_str(), code), (Some("a.md"), Some(2)));
    // One complaint for all texts below a broken configuration.
    site.write("broken/b.md", KIEV);
    let said = site.error(&["check", "--quiet", "broken"]);
    assert_eq!(said.matches("unknown key").count(), 1, "{said}");
    // Standard input is configured from the working directory.
    let output = site.run_in("lax", &["check", "--quiet", "--severity", "minor", "-"], KIEV);
    assert_eq!(output.status.code(), Some(0));
    let output = site.run_in(".", &["check", "--quiet", "-"], KIEV);
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn the_levels_of_the_configuration_are_final() {
    // A slip alone in a text is a note; a rule that is frequent rises: neither where the configuration says what it is.
    let slip = "The harbour was quiet on Monday, and the the boats lay still.\n";
    let site = Site::new(&[("a.md", slip)]);
    let before = site.findings(&["a.md"]);
    assert_eq!(before, ["en-surface/doubled-word note the the"]);
    site.write("mtaudit.toml", "[rules]\n\"en-surface/doubled-word\" = \"critical\"\n");
    assert_eq!(site.findings(&["a.md"]), ["en-surface/doubled-word critical the the"]);
    let (document, code) = site.check(&["a.md"]);
    assert_eq!((document["verdict"].as_str(), code), (Some("block"), Some(1)));
}

#[test]
fn what_is_ignored_counts_for_nothing() {
    let garbled = "The rebels vowed to behead the new government within a week.\n\nOfficials in Kiev met.\n";
    let site = Site::new(&[("a.md", garbled)]);
    let penalty = |document: &Value| document["penalty"].as_f64().unwrap();
    let (before, _) = site.check(&["a.md"]);
    let comment = "<!-- mtaudit: ignore en-doublets/* -- the words of the indictment -->\n";
    site.write("a.md", &format!("{comment}{garbled}"));
    let (after, code) = site.check(&["a.md"]);
    assert_eq!(after["ignored"].as_u64(), Some(1));
    assert_eq!(after["notes"], Value::Null);
    assert!((penalty(&before) - penalty(&after) - 5.0 * 0.95 / 0.3).abs() < 0.1, "{before} {after}");
    assert_eq!(code, Some(0));
    // In HTML as well: in a paragraph, and before one.
    let page = |words: &str| {
        format!("<html><body><p>The talks in Kiev{words} went on.</p>\n<p>In Kharkov all was quiet.</p></body></html>")
    };
    site.write("a.html", &page(" <!-- mtaudit: ignore * -- old -->"));
    assert_eq!(site.findings(&["a.html"]), ["en-places/house-form minor Kharkov"]);
    site.write("a.html", &page(" <!-- mtaudit: ignore-next * -- old -->"));
    assert_eq!(site.findings(&["a.html"]), ["en-places/house-form minor Kiev"]);
    site.write("a.html", &format!("<!-- mtaudit: ignore-file en-places/* -- old -->{}", page("")));
    assert_eq!(site.findings(&["a.html"]), Vec::<String>::new());
    // A comment behind the last words is the paragraph's own, one in the next line is the next paragraph's.
    let both = |between: &str| {
        site.write(
            "b.md",
            &format!(
                "The talks in Kiev went on.{between}<!-- mtaudit: ignore * -- old -->\n\nIn Kharkov all was quiet.\n"
            ),
        );
        site.findings(&["b.md"])
    };
    assert_eq!(both(" "), ["en-places/house-form minor Kharkov"]);
    assert_eq!(both("\n"), ["en-places/house-form minor Kiev"]);
    assert_eq!(both("\n\n"), ["en-places/house-form minor Kiev"]);
    // Of a run with some rules nobody can say what is not needed.
    site.write("c.md", "<!-- mtaudit: ignore en-news/* -- old -->\nThe talks went on.\n");
    assert_eq!(
        site.check(&["c.md"]).0["notes"][0],
        "line 1: en-news/* has nothing to ignore here; take the comment away"
    );
    assert_eq!(site.check(&["--only", "en-places/*", "c.md"]).0["notes"], Value::Null);
}

#[test]
fn accepted_phrases_are_silent_and_others_are_not() {
    let site = Site::new(&[
        ("mtaudit.toml", "[accept]\n\"Kiev Brewery\" = \"registered company name\"\n"),
        (
            "a.txt",
            "The Kiev Brewery closed, and so did the Kiev office of the bank; the\nKiev\nBrewery did not comment.\n",
        ),
    ]);
    assert_eq!(site.findings(&["a.txt"]), ["en-places/house-form minor Kiev"]);
    assert_eq!(site.check(&["a.txt"]).0["ignored"].as_u64(), Some(2));
}

#[test]
fn house_names_are_known_and_house_forms_are_asked_for() {
    let text = "By Kestrel Hollingworth\n\nThe mayor, Anna Vandermolem, met Anna Vandermolen in Kyiv on Monday, and the US sent an envoy. Anna Vandermolen left; Anna Vandermolen is to return.\n";
    let site = Site::new(&[("a.txt", text)]);
    let drift = site.findings(&["a.txt"]);
    assert!(drift.iter().any(|finding| finding.contains("Vandermole")), "{drift:?}");
    site.write("mtaudit.toml", "[names]\nknown = [\"Anna Vandermolen\", \"Anna Vandermolem\"]\n");
    assert_eq!(site.findings(&["a.txt"]), Vec::<String>::new());
    // What is nearly a name of the house is wrong in a byline.
    site.write(
        "mtaudit.toml",
        "[names]\nknown = [\"Kestrel Hollingsworth\", \"Anna Vandermolen\", \"Anna Vandermolem\"]\n",
    );
    let byline = site.findings(&["a.txt"]);
    assert_eq!(byline.len(), 1, "{byline:?}");
    assert!(byline[0].contains("Kestrel Hollingworth"), "{byline:?}");
    // The house may write what the rulebook does not.
    site.write("mtaudit.toml", "[names]\nknown = [\"Anna Vandermolen\", \"Anna Vandermolem\"]\nprefer = { \"Kyiv\" = \"Kiev\", \"US\" = \"U.S.\" }\n");
    assert_eq!(site.findings(&["a.txt"]), ["config/house-form minor Kyiv", "config/house-form minor US"]);
    site.write("b.txt", "The mayor met him in Kiev on Monday, and the U.S. sent an envoy; it went well for us.\n");
    assert_eq!(site.findings(&["b.txt"]), Vec::<String>::new());
    let (document, _) = site.check(&["a.txt"]);
    assert_eq!(document["findings"][0]["suggestions"][0]["fix"], "safe");
    // A quotation is evidence: the house form is not asked for in it.
    site.write("c.txt", "“We met in Kyiv on Monday, and it went well,” the mayor said.\n");
    assert_eq!(site.findings(&["c.txt"]), Vec::<String>::new());
}

#[test]
fn a_baseline_survives_edits_elsewhere_and_moves() {
    let site = Site::new(&[("old/a.txt", KIEV), ("b.txt", "The rebels vowed to behead the new government.\n")]);
    let update = ["check", "--baseline", "known.jsonl", "--update-baseline", "old", "b.txt"];
    assert_eq!(site.run_in(".", &update, "").status.code(), Some(0));
    let baseline = || std::fs::read_to_string(site.folder.path().join("known.jsonl")).unwrap();
    let first = baseline();
    assert_eq!(first.lines().count(), 2);
    let with = |text: &'static str| site.findings(&["--baseline", "known.jsonl", text]);
    site.write("old/a.txt", &format!("A new line stands above.\n\nMore.\n\n{KIEV}"));
    assert_eq!(with("old/a.txt"), Vec::<String>::new());
    // Other words around it make it another finding.
    site.write("old/a.txt", "Nobody in Kiev knew.\n");
    assert_eq!(with("old/a.txt"), ["en-places/house-form minor Kiev"]);
    site.write("old/a.txt", KIEV);
    std::fs::rename(site.folder.path().join("old"), site.folder.path().join("new")).unwrap();
    assert_eq!(with("new/a.txt"), Vec::<String>::new());
    // An update of one text keeps the entries of others, and drops those of texts that have gone.
    let update = ["check", "--baseline", "known.jsonl", "--update-baseline", "new/a.txt"];
    assert_eq!(site.run_in(".", &update, "").status.code(), Some(0));
    assert_eq!(baseline().lines().count(), 2);
    assert!(baseline().contains("\"new/a.txt\"") && baseline().contains("\"b.txt\"") && !baseline().contains("old"));
    // From elsewhere the paths are the same.
    let again = ["check", "--baseline", "../known.jsonl", "--update-baseline", "a.txt"];
    let before = baseline();
    assert_eq!(site.run_in("new", &again, "").status.code(), Some(0));
    assert_eq!(baseline(), before);
    // A text that cannot be read: nothing is written.
    let failing = ["check", "--baseline", "known.jsonl", "--update-baseline", "new/a.txt", "nowhere.txt"];
    assert_eq!(site.run_in(".", &failing, "").status.code(), Some(2));
    assert_eq!(baseline(), before);
    let left: Vec<_> = std::fs::read_dir(site.folder.path())
        .unwrap()
        .flatten()
        .filter(|entry| entry.file_name().to_string_lossy().ends_with(".tmp"))
        .collect();
    assert!(left.is_empty());
}

#[test]
fn a_batch_has_no_configuration_but_the_one_it_is_given() {
    let site = Site::new(&[("mtaudit.toml", "[rules]\n\"en-places/*\" = \"off\"\n")]);
    let record = "{\"id\": 1, \"text\": \"Officials in Kiev met on Monday.\"}\n";
    let found = |arguments: &[&str]| {
        let output = site.run_in(".", &[&["batch"], arguments].concat(), record);
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
        answer["findings"].as_array().unwrap().len()
    };
    assert_eq!(found(&[]), 1);
    assert_eq!(found(&["--config", "mtaudit.toml"]), 0);
}

#[test]
fn originals_are_found_by_name_and_by_front_matter() {
    let site = Site::new(&[
        ("mtaudit.toml", "[original]\npattern = \"wire/{stem}.txt\"\nkey = \"original\"\n"),
        ("wire/a.txt", "Seventeen people were hurt in the fire on Monday, the police said.\n"),
        ("a.md", "Seventy people were hurt in the fire on Monday, the police said.\n"),
        (
            "b.md",
            "---\noriginal: wire/a.txt\n---\n\nSeventy people were hurt in the fire on Monday, the police said.\n",
        ),
        ("c.md", "Seventy people were hurt in the fire on Monday, the police said.\n"),
        ("d.md", "---\noriginal: wire/d.txt\n---\n\nSeventy people were hurt.\n"),
    ]);
    let found = |text| site.findings(&[text]).iter().any(|finding| finding.contains("Seventy"));
    assert!(found("a.md") && found("b.md") && !found("c.md"));
    let said = site.error(&["check", "d.md"]);
    assert!(said.contains("d.md: its original “wire/d.txt” (front matter, original) is not there"), "{said}");
    let shown = site.run_in(".", &["config", "show", "--for", "a.md"], "");
    assert!(String::from_utf8_lossy(&shown.stdout).contains("# the original of this text: wire/a.txt"));
}

#[test]
fn a_house_pack_with_errors_and_a_folder_that_is_none_say_where() {
    let site = Site::new(&[("a.md", KIEV), ("empty/x.txt", ""), ("mtaudit.toml", "extends = [\"./empty\"]\n")]);
    let said = site.error(&["check", "a.md"]);
    assert!(said.contains("mtaudit.toml:1:12: empty: no pack in this folder"), "{said}");
    site.write("mtaudit.toml", "extends = [\"builtin:en-place\"]\n");
    let said = site.error(&["check", "a.md"]);
    assert!(said.contains("mtaudit.toml:1:12: no built-in pack is called “en-place”"), "{said}");
    assert!(said.contains("did you mean “builtin:en-places”?"), "{said}");
    site.write("mtaudit.toml", "fail-on = \n");
    assert!(site.error(&["check", "a.md"]).contains("mtaudit.toml:1:"));
    std::fs::write(site.folder.path().join("mtaudit.toml"), [0xFF, 0xFE]).unwrap();
    assert!(site.error(&["check", "a.md"]).contains("mtaudit.toml: not UTF-8 at byte 0"));
    assert!(Path::new(&site.folder.path().join("a.md")).exists());
}
