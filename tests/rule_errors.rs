//! Every mistake a rule file can hold gives an error that names the place and the way to mend it.

#![allow(clippy::expect_used)] // helpers of tests

use mtaudit::rulebook::{PackFiles, RuleError, RuleSet};

/// A pack with one rule file (and a table), compiled without the built-in packs.
fn compile(rules: &str) -> Result<Vec<RuleError>, Vec<RuleError>> {
    let mut files = PackFiles { folder: "house".to_owned(), ..PackFiles::default() };
    files.files.insert("pack.toml".to_owned(), "id = \"house\"\n".to_owned());
    files.files.insert("rules.toml".to_owned(), rules.to_owned());
    files.files.insert("pairs.tsv".to_owned(), "garbled\tright\nhaze figuring\tcloud computing\n".to_owned());
    RuleSet::only(&[files]).map(|(_, warnings)| warnings)
}

/// A sound rule with some lines replaced; an empty value takes the line away.
fn rule(changes: &[(&str, &str)]) -> String {
    let mut lines: Vec<(String, String)> = [
        ("id", "\"topple\""),
        ("pattern", "'<~behead> DET? ~government'"),
        ("suggest", "[\"~topple\"]"),
        ("message", "\"“{match}”: {suggestion}\""),
        ("explain", "\"Word for word.\""),
        ("severity", "\"major\""),
        ("mqm", "\"accuracy/mistranslation\""),
        ("bad", "[\"They [behead -> topple] the government.\", \"They [beheaded -> toppled] a government.\"]"),
        ("good", "[\"They left.\", \"They beheaded him.\"]"),
    ]
    .map(|(key, value)| (key.to_owned(), value.to_owned()))
    .to_vec();
    for (key, value) in changes {
        match lines.iter_mut().find(|(known, _)| known == key) {
            Some(line) => (*value).clone_into(&mut line.1),
            None => lines.push(((*key).to_owned(), (*value).to_owned())),
        }
    }
    let body: Vec<String> =
        lines.iter().filter(|(_, value)| !value.is_empty()).map(|(key, value)| format!("{key} = {value}")).collect();
    format!("[[phrase]]\n{}\n", body.join("\n"))
}

/// An error has this text and this help, and stands on the line that begins so.
#[track_caller]
fn fails(rules: &str, line: &str, message: &str, help: &str) {
    let errors = compile(rules).expect_err("these rules must not compile");
    let shown = errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    let error = errors.iter().find(|error| error.message.contains(message)).unwrap_or_else(|| panic!("{shown}"));
    assert!(error.help.contains(help), "{shown}");
    assert!(error.text.starts_with(line), "{shown}");
    assert_eq!(error.file, "house/rules.toml");
    assert!(error.line > 0 && error.column > 0 && error.width > 0, "{shown}");
}

#[test]
fn a_sound_rule_compiles() {
    assert_eq!(compile(&rule(&[])), Ok(Vec::new()));
    assert_eq!(compile(&rule(&[("measured", "{ hits = 3, right = 2, set = \"demo\" }")])), Ok(Vec::new()));
}

#[test]
fn mistakes_of_form() {
    fails("[[phrase]]\nid = \n", "id =", "not valid TOML", "quotes");
    fails(&rule(&[("sugest", "[\"x\"]")]), "sugest", "unknown key “sugest”", "did you mean “suggest”?");
    fails(&rule(&[("message", "7")]), "message = 7", "message must be a string", "quotes");
    fails(&rule(&[("message", "")]), "[[phrase]]", "message is missing", "one line");
    fails(&rule(&[("id", "\"Topple It\"")]), "id", "not kebab-case", "small letters");
    fails(&rule(&[("severity", "\"bad\"")]), "severity", "unknown severity", "critical, major");
    fails(&rule(&[("confidence", "1.5")]), "confidence", "not between 0 and 1", "four times");
    fails(&rule(&[("mqm", "\"accuracy/mistranslaton\"")]), "mqm", "unknown MQM type", "accuracy/mistranslation");
    fails(&rule(&[("fix", "\"sure\"")]), "fix", "unknown fix", "display-only");
    fails(&rule(&[("in", "[\"headlin\"]")]), "in", "unknown part", "headline");
    fails(&rule(&[("pivots", "[\"ben\"]")]), "pivots", "no language code", "two letters");
    fails(&rule(&[("near", "{ words = [\"x\"], within = \"page\" }")]), "near", "unknown reach", "sentence");
    fails(&rule(&[("escalate", "{ count = 3 }")]), "escalate", "needs a count and a severity", "write");
    let measured = |figures: &str| rule(&[("measured", figures)]);
    fails(&measured("{ hits = 1, right = 2, set = \"x\" }"), "measured", "no more than hits", "rules measure");
    fails(&measured("{ hits = 1.5, right = 1, set = \"x\" }"), "measured", "measured needs hits", "write measured");
    fails(&measured("{ hits = 1, right = 1 }"), "measured", "measured needs hits", "write measured");
    fails(&measured("{ hits = 1, right = 1, sett = \"x\" }"), "measured", "unknown key “sett”", "did you mean “set”?");
    fails(&rule(&[("needs", "{ }")]), "needs", "needs is empty", "density");
    fails("[[phrases]]\nid = \"x\"\n", "[[phrases]]", "unknown key “phrases”", "did you mean “phrase”?");
    fails("phrase = 3\n", "phrase", "array of tables", "[[phrase]]");
    fails("[[compare]]\nid = \"x\"\ncompare = \"number\"\n", "compare", "unknown comparison", "numbers");
}

#[test]
fn mistakes_in_patterns() {
    let pattern = |pattern: &str| rule(&[("pattern", pattern)]);
    fails(&pattern("'<~behead> @regme'"), "pattern", "unknown list “regme”", "[lists]");
    let lists = format!("[lists]\nregime = '(government|cabinet)'\n{}", pattern("'<~behead> @regme'"));
    fails(&lists, "pattern", "unknown list “regme”", "did you mean @regime?");
    fails(&pattern("'<~behead> NOUM'"), "pattern", "unknown class “NOUM”", "did you mean NOUN?");
    fails(&pattern("'~behead {who}'"), "pattern", "unknown slot “who”", "set it first");
    fails(&pattern("'{who:PERSON} ~behead {whom}'"), "pattern", "unknown slot “whom”", "did you mean {who}?");
    fails(&pattern("''"), "pattern", "the pattern is empty", "at least one word");
    fails(&pattern("'a?'"), "pattern", "can match nothing", "required");
    fails(&pattern("'NOUN VERB'"), "pattern", "no word to look for", "slow = true");
    fails(&pattern("'(a|b'"), "pattern", "not closed", "add “)”");
    fails(&pattern("'a | b)'"), "pattern", "unexpected “)”", "backticks");
    fails(&pattern("'a ..99'"), "pattern", "the gap is too wide", "at most");
    fails(&pattern("'(a?)* b'"), "pattern", "may be empty cannot repeat", "inner");
    fails(&pattern("'NUM[9..1] people'"), "pattern", "no range of numbers", "NUM[1..31]");
    fails(&pattern("'~target:noun'"), "pattern", "unknown reading “noun”", "adj");
    fails(&pattern("'<a> <b>'"), "pattern", "a second flagged part", "one part");
    fails(&pattern("'`x'"), "pattern", "backtick is not closed", "second backtick");
    fails(&pattern("'((((((((a+)+)+)+)+)+)+)+)+'"), "pattern", "too long", "several");
    fails(&pattern(&format!("'{}a'", "(".repeat(5_000))), "pattern", "nest too deep", "several");
}

#[test]
fn the_place_of_a_mistake_in_a_pattern_is_exact() {
    let errors = compile(&rule(&[("pattern", "'<~behead> NOUM'")])).unwrap_err();
    assert_eq!((errors[0].line, errors[0].column, errors[0].width), (3, 22, 4));
    let shown = errors[0].to_string();
    assert!(shown.contains("house/rules.toml:3:22") && shown.contains("^^^^"), "{shown}");
}

#[test]
fn mistakes_in_templates_and_examples() {
    fails(&rule(&[("message", "\"{mach}\"")]), "message", "unknown slot “mach”", "did you mean {match}?");
    fails(&rule(&[("suggest", "[\"{x\"]")]), "suggest", "not closed", "{match}");
    fails(&rule(&[("suggest", "[\"{match|loud}\"]")]), "suggest", "unknown filter “loud”", "digits");
    fails(&rule(&[("bad", "[\"[behead] the government\"]")]), "[[phrase]]", "1 bad example(s)", "at least two");
    fails(&rule(&[("good", "")]), "[[phrase]]", "0 good example(s)", "at least two");
    fails(&rule(&[("bad", "[\"a\", \"b\"]")]), "bad", "without a mark", "brackets");
    fails(&rule(&[("good", "[\"[a]\", \"b\"]")]), "good", "good example with a mark", "bracket");
    fails(&rule(&[("bad", "[\"[a\", \"[b]\"]")]), "bad", "without its partner", "\\[");
}

#[test]
fn mistakes_in_other_kinds() {
    let of = |kind: &str, keys: &str| {
        let base = rule(&[("pattern", ""), ("suggest", ""), ("message", "\"{match}\"")]);
        base.replacen("[[phrase]]", &format!("[[{kind}]]\n{keys}"), 1)
    };
    fails(&of("phrase", ""), "[[phrase]]", "pattern is missing", "pattern =");
    fails(&of("lexicon", "from = \"pair.tsv\""), "from", "no file “pair.tsv”", "pairs.tsv");
    fails(&of("lexicon", "from = \"pairs.tsv\"\ninflect = \"first\""), "inflect", "unknown inflect", "last, all or no");
    fails(&of("term", "prefer = \"Kyiv\""), "[[term]]", "needs prefer and variants", "variants");
    fails(
        &of("term", "prefer = \"x\"\nvariants = [\"y\"]\npolicy = \"strict\""),
        "policy",
        "unknown policy",
        "consistent",
    );
    fails(&of("pattern", "regex = '[a-'"), "regex", "not a regular expression", "regex crate");
    fails(&of("pattern", "regex = '\\d+'"), "regex", "no literal to look for", "slow = true");
    fails(&of("pattern", "regex = 'ab(?<x>c)'\ncapture = \"y\""), "capture", "no capture “y”", "");
    fails(&of("check", "detect = \"mixed-skript\""), "detect", "unknown detector", "");
    fails(&of("name", ""), "[[name]]", "needs a table", "people");
}

#[test]
fn all_errors_of_a_pack_come_at_once() {
    let broken = rule(&[("mqm", "\"x\""), ("fix", "\"y\""), ("pattern", "'NOUM'")]);
    assert!(compile(&broken).unwrap_err().len() >= 3);
    let twice = format!("{}{}", rule(&[]), rule(&[]));
    fails(&twice, "id", "a second rule “topple”", "its own id");
}

#[test]
fn a_common_anchor_is_a_warning() {
    let changes = [("pattern", "'<the> NOUN'"), ("suggest", ""), ("bad", "[\"[The] x\", \"[the] y\"]")];
    let warnings = compile(&rule(&changes)).unwrap();
    assert!(warnings.iter().any(|warning| warning.message.contains("times in a million words")), "{warnings:?}");
}

#[test]
fn packs_need_an_id_and_their_own() {
    let empty = PackFiles { folder: "house".to_owned(), ..PackFiles::default() };
    let errors = RuleSet::only(std::slice::from_ref(&empty)).unwrap_err();
    assert!(errors[0].message.contains("pack.toml is missing"));
    let mut unnamed = empty.clone();
    unnamed.files.insert("pack.toml".to_owned(), "version = \"1\"\n".to_owned());
    assert!(RuleSet::only(&[unnamed]).unwrap_err()[0].message.contains("id is missing"));
    let mut named = empty;
    named.files.insert("pack.toml".to_owned(), "id = \"house\"\n[renamed]\nold = \"new\"\n".to_owned());
    assert!(RuleSet::only(&[named.clone()]).unwrap_err()[0].message.contains("no rule of this pack"));
    assert!(
        RuleSet::only(&[named.clone(), named]).unwrap_err().iter().any(|error| error.message.contains("second pack"))
    );
}
