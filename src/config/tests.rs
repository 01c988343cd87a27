//! Precedence and errors of configurations.

use super::{Config, FailOn, Wishes, read};
use crate::finding::Severity;
use crate::rulebook::RuleSet;
use std::path::Path;

fn config(text: &str) -> Config {
    read(text, "mtaudit.toml", Path::new("/site")).unwrap_or_else(|errors| panic!("{errors:?}"))
}

const ALL: &str = r#"
extends = ["builtin:en-places", "builtin:en-news"]
fail-on = "minor"
min-confidence = 0.7
baseline = "known.jsonl"
[files]
include = ["content/**/*.md", "*.txt"]
exclude = ["content/drafts/**"]
[original]
pattern = "wire/{stem}.txt"
key = "original"
[gate]
hold = 3
block = 20.5
[rules]
"en-news/*" = "minor"
"en-places/house-form" = "off"
[names]
known = ["Libby Cathey"]
prefer = { "US" = "U.S." }
[accept]
"Kiev Brewery" = "registered company name"
[[override]]
paths = ["archive/**"]
fail-on = "never"
rules = { "en-places/house-form" = "on" }
[[override]]
paths = ["archive/1999/**"]
min-confidence = 0.9
gate = { hold = 1 }
"#;

#[test]
fn every_key_is_read() {
    let config = config(ALL);
    let policy = config.policy(&[], &Wishes::default());
    assert_eq!(policy.fail_on, FailOn(Some(Severity::Minor)));
    assert_eq!((policy.min_confidence, policy.gate.hold, policy.gate.block), (0.7, 3.0, 20.5));
    assert_eq!(policy.levels.tables.len(), 1);
    assert_eq!(policy.accept.len(), 1);
    assert_eq!(policy.names.known, ["Libby Cathey"]);
    assert_eq!(policy.names.preferred, ["U.S."]);
    assert_eq!(config.min_confidence.as_ref().map(|set| set.line), Some(4));
    assert_eq!(config.rules.iter().map(|line| line.line).collect::<Vec<_>>(), [16, 17]);
}

#[test]
fn the_last_override_that_matches_wins_and_the_command_line_before_all() {
    let config = config(ALL);
    let at = |path: &str| config.overrides_of(Path::new(path));
    assert_eq!(at("/site/content/a.md"), Vec::<usize>::new());
    assert_eq!(at("/site/archive/2001/a.md"), [0]);
    assert_eq!(at("/site/archive/1999/a.md"), [0, 1]);
    let policy = config.policy(&[0, 1], &Wishes::default());
    assert_eq!(policy.fail_on, FailOn(None));
    assert_eq!((policy.min_confidence, policy.gate.hold, policy.gate.block), (0.9, 1.0, 20.5));
    let wishes = Wishes { min_confidence: Some(0.1), fail_on: FailOn::parse("note"), ..Wishes::default() };
    let policy = config.policy(&[0, 1], &wishes);
    assert_eq!((policy.fail_on, policy.min_confidence), (FailOn(Some(Severity::Note)), 0.1));
}

#[test]
fn files_are_named_by_include_without_exclude() {
    let config = config(ALL);
    let names = |path: &str| config.names(Path::new(path));
    assert_eq!(names("/site/content/a.md"), Some(true));
    assert_eq!(names("/site/content/drafts/a.md"), Some(false));
    assert_eq!(names("/site/readme.md"), Some(false));
    assert_eq!(names("/site/wire/./x/../b.txt"), Some(true));
    assert_eq!(Config::default().names(Path::new("/site/a.md")), None);
}

#[test]
fn rules_are_checked_against_the_rulebook() {
    let mut one = config(ALL);
    let mut rules = RuleSet::builtin();
    assert_eq!(one.check(&mut rules, &[]), Ok(()));
    let packs: Vec<String> = rules.packs().into_iter().map(|(pack, _)| pack.id).collect();
    assert_eq!(packs, ["en-news", "en-places"]);
    let wrong = "extends = [\"builtin:en-newz\", \"builtin:*\"]\n[rules]\n\"en-places/hosue-form\" = \"off\"\n\"en-place/*\" = \"off\"\nkind:lexicon = \"on\"\n";
    let errors = config(&wrong.replace("kind:lexicon", "\"kind:lexicon\"")).check(&mut RuleSet::builtin(), &[]);
    let messages: Vec<String> = errors
        .err()
        .unwrap_or_default()
        .iter()
        .map(|error| format!("{} {} {}", error.line, error.message, error.help))
        .collect();
    assert!(
        messages[0].starts_with("1 no built-in pack is called “en-newz” did you mean “builtin:en-news”?"),
        "{messages:?}"
    );
    assert_eq!(messages[1], "3 no rule is called “en-places/hosue-form” did you mean “en-places/house-form”?");
    assert_eq!(messages[2], "4 no rule is called “en-place/*” did you mean “en-places/*”?");
}

#[test]
fn every_error_of_a_file_comes_at_once_with_its_place() {
    let text = "fail-onn = \"major\"\nmin-confidence = 7\nfail-on = \"majr\"\n[gate]\nhold = 30\nblock = \"x\"\n[rules]\n\"en-news/x\" = \"loud\"\nnews = \"off\"\n[names]\nknown = [\"libby\"]\nprefer = { \"Kiev\" = \"Kyiv\", \"Kyiv\" = \"Kiew\", \"a\" = \"a\" }\n[accept]\n\"Kiev Brewery\" = \"\"\n[original]\npattern = \"wire/{stm}.txt\"\n[files]\ninclude = [\"a/{b\"]\n[[override]]\nrules = {}\n";
    let errors = read(text, "mtaudit.toml", Path::new("/")).err().unwrap_or_default();
    let seen: Vec<String> =
        errors.iter().map(|error| format!("{}:{} {}", error.line, error.column, error.message)).collect();
    assert_eq!(
        seen,
        [
            "1:1 unknown key “fail-onn”",
            "2:18 min-confidence 7 is not between 0 and 1",
            "3:11 unknown level “majr”",
            "5:8 hold 30 lies above block 25",
            "6:9 block must be a number",
            "8:15 unknown level “loud”",
            "9:1 “news” names no rule",
            "11:10 “libby” is no name",
            "12:12 the house form “Kyiv” is itself to be replaced",
            "12:52 “a” is its own house form",
            "14:18 “Kiev Brewery” is accepted without a reason",
            "16:17 unknown part “{stm}” of a path",
            "18:12 not a glob: unclosed alternate group; missing '}' (maybe escape '{' with '[{]'?)",
            "19:1 paths is missing",
        ]
    );
    assert_eq!(errors.first().map(|error| error.help.as_str()), Some("did you mean “fail-on”?"));
}
