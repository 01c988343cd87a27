//! The pattern line, construct by construct: what matches, what is flagged, what is suggested.

mod common;

use common::Auditor;
use mtaudit::config::Policy;
use mtaudit::rulebook::{PackFiles, RuleSet};

/// An auditor with one rule of the given own keys.
fn auditor(kind: &str, keys: &str) -> Auditor {
    let rule = format!(
        "[lists]\nregime = '(government|cabinet|armed forces)'\n[[{kind}]]\nid = \"x\"\n{keys}\nexplain = \"e\"\nmqm = \"accuracy\"\nbad = [\"[a]\", \"[b]\"]\ngood = [\"c\", \"d\"]\n"
    );
    let rule = if keys.contains("message") { rule } else { rule.replace("explain", "message = \"{match}\"\nexplain") };
    let mut files = PackFiles { folder: "t".to_owned(), ..PackFiles::default() };
    files.files.insert("pack.toml".to_owned(), "id = \"t\"\n".to_owned());
    files.files.insert("r.toml".to_owned(), rule);
    files.files.insert(
        "pairs.tsv".to_owned(),
        "garbled\tright\tnote\nhaze figuring system\tcloud computing system\tn\n".to_owned(),
    );
    let rules = RuleSet::only(&[files]).unwrap_or_else(|errors| {
        panic!("{}", errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
    });
    Auditor::with(rules.0, Policy::default())
}

/// What is flagged, each with its first suggestion.
fn flagged(auditor: &mut Auditor, text: &str) -> Vec<(String, String)> {
    let audit = auditor.audit(text);
    let of = |finding: &mtaudit::finding::Finding| {
        let span = finding.place.span().map_or("", |span| span.of(text));
        (span.to_owned(), finding.suggestions.first().map_or(String::new(), |first| first.text.clone()))
    };
    audit.findings.iter().map(of).collect()
}

#[track_caller]
fn phrase(pattern: &str, text: &str, expected: &[&str]) {
    let mut auditor = auditor("phrase", &format!("pattern = '{pattern}'\nslow = true"));
    let found: Vec<String> = flagged(&mut auditor, text).into_iter().map(|(span, _)| span).collect();
    assert_eq!(found, expected, "{pattern} on {text}");
}

#[track_caller]
fn suggests(pattern: &str, suggest: &str, text: &str, expected: &[(&str, &str)]) {
    let mut auditor = auditor("phrase", &format!("pattern = '{pattern}'\nsuggest = [\"{suggest}\"]"));
    let found = flagged(&mut auditor, text);
    let found: Vec<(&str, &str)> = found.iter().map(|(span, text)| (span.as_str(), text.as_str())).collect();
    assert_eq!(found, expected, "{pattern} on {text}");
}

#[test]
fn words_lemmas_and_exact_characters() {
    phrase("government", "The Government fell.", &["Government"]);
    phrase("`US` troops", "US troops told us troops.", &["US troops"]);
    phrase("~target", "He targets targets, targeting them.", &["targets", "targets", "targeting"]);
    phrase("~target:ing", "He targets targets, targeting them.", &["targeting"]);
    phrase("Russia `’s`", "Russia’s move and Russia's.", &["Russia’s", "Russia's"]);
}

#[test]
fn choice_repetition_gap_and_negative_look_ahead() {
    phrase("behead the (new|old)? @regime", "They behead the old armed forces.", &["behead the old armed forces"]);
    phrase("very* bad", "A very very bad day, a bad day.", &["very very bad", "bad"]);
    phrase("not ..2 because", "It is not true because. It is not one two three because.", &["not true because"]);
    phrase("government !(soldier)", "A government soldier, a government.", &["government"]);
    phrase("a _ c", "a b c d.", &["a b c"]);
    phrase("(a|a b) c", "a b c.", &["a b c"]);
}

#[test]
fn sentence_ends_slots_and_back_references() {
    phrase("^ the <talks>", "The talks. In the talks.", &["talks"]);
    phrase("talks $", "The talks failed. The talks.", &["talks"]);
    phrase("{x:(who|which)} he {x}", "who he who; who he which.", &["who he who"]);
    phrase("the war", "He saw the. War came.", &[]);
}

#[test]
fn suggestions_follow_the_form_the_case_and_the_article() {
    suggests("<~behead> the @regime", "~decapitate", "They beheaded the cabinet.", &[("beheaded", "decapitated")]);
    suggests("<~behead> the @regime", "~bring down", "Behead the cabinet!", &[("Behead", "Bring down")]);
    suggests("the <~target>", "~aim", "The targets.", &[("targets", "aims")]);
    suggests(
        "main target",
        "aim",
        "a main target; MAIN TARGET",
        &[("a main target", "an aim"), ("MAIN TARGET", "AIM")],
    );
    suggests("{n:_} years old", "{n}-year-old", "ten years old", &[("ten years old", "ten-year-old")]);
}

#[test]
fn an_empty_flagged_part_is_a_gap() {
    let mut auditor = auditor("phrase", "pattern = 'mislead people <> that'\nsuggest = [\"into thinking\"]");
    let audit = auditor.audit("They mislead people that it works.");
    assert_eq!(audit.findings[0].place, mtaudit::finding::Place::Gap(19));
}

#[test]
fn conditions_silence_a_rule() {
    let on = |keys: &str, text: &str| flagged(&mut auditor("phrase", &format!("pattern = 'kiev'\n{keys}")), text).len();
    assert_eq!(on("", "Chicken Kiev in Kiev."), 2);
    assert_eq!(on("unless = ['chicken kiev']", "Chicken Kiev in Kiev."), 1);
    assert_eq!(on("near = { words = ['~court'] }", "Kiev has courts. Kiev."), 1);
    assert_eq!(on("near = { words = ['~court'], within = \"document\" }", "Kiev has courts. Kiev."), 2);
    assert_eq!(on("not-near = { words = ['~court'] }", "Kiev has courts. Kiev."), 1);
    assert_eq!(on("needs = { density = \"spinner\" }", "Kiev."), 0);
    assert_eq!(on("confidence = 0.5", "Kiev."), 0);
}

#[test]
fn a_frequent_fault_is_raised() {
    let keys = "pattern = 'kiev'\nescalate = { count = 3, severity = \"critical\" }";
    let mut auditor = auditor("phrase", keys);
    let levels = |text: &str, auditor: &mut Auditor| auditor.audit(text).findings[0].severity.name();
    assert_eq!(levels("Kiev Kiev.", &mut auditor), "minor");
    assert_eq!(levels("Kiev. Kiev. Kiev.", &mut auditor), "critical");
}

#[test]
fn slips_are_notes_unless_the_text_shows_translation() {
    let mut auditor = auditor("phrase", "pattern = 'teh'\ntags = [\"slip\"]");
    assert_eq!(auditor.audit("Teh end.").findings[0].severity.name(), "note");
}

#[test]
fn lexicon_rows_inflect_with_their_last_word() {
    let mut auditor = auditor("lexicon", "from = \"pairs.tsv\"\ninflect = \"last\"\nmessage = \"{match}: {right}\"");
    let found = flagged(&mut auditor, "Haze figuring systems fail.");
    assert_eq!(found, [("Haze figuring systems".to_owned(), "Cloud computing systems".to_owned())]);
    assert_eq!(
        auditor.audit("Haze figuring systems fail.").findings[0].message,
        "Haze figuring systems: cloud computing system"
    );
}

#[test]
fn terms_prefer_a_form_or_want_one() {
    let mut prefer =
        auditor("term", "prefer = \"Kyiv\"\nvariants = [\"Kiev\"]\nmessage = \"{match} for {prefer}{also}\"");
    let audit = prefer.audit("Kyiv was quiet. Kiev slept.");
    assert_eq!(audit.findings.len(), 1);
    assert_eq!(audit.findings[0].message, "Kiev for Kyiv (“Kyiv” stands in line 1)");
    assert_eq!(audit.findings[0].related.len(), 1);
    assert_eq!(flagged(&mut prefer, "Kiev slept."), [("Kiev".to_owned(), "Kyiv".to_owned())]);
    let mut either = auditor("term", "prefer = \"Myanmar\"\nvariants = [\"Burma\"]\npolicy = \"consistent\"");
    assert_eq!(flagged(&mut either, "Burma. Burma."), []);
    assert_eq!(flagged(&mut either, "Burma, Burma and Myanmar."), [("Myanmar".to_owned(), "Burma".to_owned())]);
    assert_eq!(flagged(&mut either, "Burma and Myanmar."), [("Burma".to_owned(), "Myanmar".to_owned())]);
}

#[test]
fn raw_text_rules_run_on_lines_where_their_literal_stands() {
    let mut auditor =
        auditor("pattern", "regex = '^(?<x>Leave a Comment)$'\ncapture = \"x\"\nsuggest = [\"\"]\nmessage = \"{x}\"");
    assert_eq!(
        flagged(&mut auditor, "One.\r\nLeave a Comment\r\nLeave a Comment now"),
        [("Leave a Comment".to_owned(), String::new())]
    );
}

#[test]
fn patterns_cannot_blow_up() {
    let mut auditor = auditor("phrase", "pattern = '(a+ a+ a+ a+)+ b'\n");
    assert!(flagged(&mut auditor, &"a ".repeat(5_000)).is_empty());
}
