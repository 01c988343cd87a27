//! Who says a quotation: own sentences in every form that news uses, and quotations of published articles marked by hand.

#![allow(clippy::unwrap_used)] // helpers of tests

mod common;

use common::{records, shared};
use mtaudit::document::{Document, Reader};
use mtaudit::rulebook::RuleSet;
use mtaudit::source::Source;
use std::collections::BTreeMap;
use std::path::Path;
use unicode_normalization::UnicodeNormalization;

/// A text, and for each of its quotations the words that name the speaker and whom they mean.
const FORMS: &[(&str, &[(&str, &str)])] = &[
    ("“We will sign,” said Olena Marsh.", &[("Olena Marsh", "Olena Marsh")]),
    ("“We will sign,” Olena Marsh told reporters in Geneva.", &[("Olena Marsh", "Olena Marsh")]),
    ("Olena Marsh said: “We will sign today.”", &[("Olena Marsh", "Olena Marsh")]),
    ("Asked about the talks, President Olena Marsh said, “We will sign today.”", &[("Olena Marsh", "Olena Marsh")]),
    (
        "“We will sign,” Marsh said, “when the roads are open.” Olena Marsh then left.",
        &[("Marsh", "Olena Marsh"), ("Marsh", "Olena Marsh")],
    ),
    ("According to Olena Marsh, “the roads are open again.”", &[("Olena Marsh", "Olena Marsh")]),
    ("The roads are “open again,” according to Olena Marsh.", &[("Olena Marsh", "Olena Marsh")]),
    ("Olena Marsh: “We will sign today.”", &[("Olena Marsh", "Olena Marsh")]),
    ("Olena Marsh, who came by train, said: “We will sign today.”", &[("Olena Marsh", "Olena Marsh")]),
    ("Olena Marsh, the mayor of Dover, said: “We will sign today.”", &[("Olena Marsh", "Olena Marsh")]),
    ("The mayor, Olena Marsh, said: “We will sign today.”", &[("Olena Marsh", "Olena Marsh")]),
    ("“We will sign today,” said the mayor, Olena Marsh.", &[("Olena Marsh", "Olena Marsh")]),
    ("Olena Marsh of the Harbour Board said, “We will sign today.”", &[("Olena Marsh", "Olena Marsh")]),
    ("“We will sign,” the minister said.", &[("the minister", "")]),
    ("“We will sign,” said a spokesman for the company.", &[("a spokesman for the company", "")]),
    ("Mary Marsh flew home. “We will sign,” she said.", &[("she", "Mary Marsh")]),
    ("Mary Marsh met Peter Hale. She said the deal was “a good start for all of us.”", &[("She", "Mary Marsh")]),
    (
        "Mary Marsh said: “We will sign today.\n\n“We will not wait for anyone.”",
        &[("Mary Marsh", "Mary Marsh"), ("Mary Marsh", "Mary Marsh")],
    ),
    (
        "“We will sign,” Mary Marsh said. “The roads are open.”",
        &[("Mary Marsh", "Mary Marsh"), ("Mary Marsh", "Mary Marsh")],
    ),
    ("Mary Marsh was blunt. “The roads are closed and they will stay closed.”", &[("Mary Marsh", "Mary Marsh")]),
    ("Mary Marsh called the plan “a disgrace to the whole town” and left.", &[("Mary Marsh", "Mary Marsh")]),
    ("Mary Marsh’s statement read: “The roads are closed until Monday.”", &[("Mary Marsh", "Mary Marsh")]),
    ("The so-called “quiet zone” is closed.", &[]),
    ("He sang a song called “Day after Day” in the hall.", &[]),
];

fn read(text: &str, rules: &RuleSet) -> Document {
    Reader::new().read(Source::plain(text.to_owned()), rules.lexicon())
}

#[test]
fn every_form_of_attribution_is_read() {
    let rules = RuleSet::builtin();
    let mut wrong = Vec::new();
    for (text, expected) in FORMS {
        let document = read(text, &rules);
        let found: Vec<(&str, &str)> = document
            .quotes
            .iter()
            .filter_map(|quote| quote.speaker.as_ref())
            .map(|speaker| (document.text(speaker.span), speaker.name.as_deref().unwrap_or("")))
            .collect();
        if found != *expected {
            wrong.push(format!("{text}\n    {found:?} for {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Right, answered, all.
#[derive(Default, Clone, Copy, Debug)]
struct Score {
    right: usize,
    answered: usize,
    all: usize,
}

impl Score {
    fn precision(self) -> f64 {
        self.right as f64 / self.answered.max(1) as f64
    }
    fn recall(self) -> f64 {
        self.right as f64 / self.all.max(1) as f64
    }
}

/// The last word of a name without accents and suffixes.
fn surname(name: &str) -> String {
    let plain: String = name.nfd().filter(char::is_ascii).collect();
    let words: Vec<&str> = plain.split_whitespace().map(|word| word.trim_matches('.')).collect();
    words
        .iter()
        .rev()
        .find(|word| !["QC", "Jr", "Sr", "MP"].contains(word))
        .map_or(String::new(), |word| (*word).to_owned())
}

/// Whether two forms name one: the same last word, a last word within the longer form (Rosselló, Rosselló Nevares), or its initials.
fn same_name(found: &str, marked: &str) -> bool {
    let (last, wanted) = (surname(found), surname(marked));
    let plain: String = marked.nfd().filter(char::is_ascii).collect();
    let within = last.len() >= 4 && plain.split_whitespace().any(|word| word == last);
    let initials: String =
        plain.split([' ', '-']).filter_map(|word| word.chars().next()).filter(|first| first.is_uppercase()).collect();
    last == wanted || within || found == initials
}

/// Speakers marked by hand in published articles; the first
/// part served to write the reader; the second and the third were each scored once before what they showed was mended.
#[test]
fn speakers_of_published_articles() {
    let Some(path) = shared("data/clean-wikinews.jsonl") else { return };
    let articles: BTreeMap<String, String> = records(&path)
        .into_iter()
        .map(|record| (record["id"].as_str().unwrap().to_owned(), record["text"].as_str().unwrap().to_owned()))
        .collect();
    let marked = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/articles/speakers.tsv");
    let marked = std::fs::read_to_string(marked).unwrap();
    let rules = RuleSet::builtin();
    let mut documents: BTreeMap<&str, Document> = BTreeMap::new();
    let mut scores: BTreeMap<(&str, &str), Score> = BTreeMap::new();
    let mut wrong = Vec::new();
    for line in marked.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [article, offset, kind, words, name, form, half] = cells[..] else { panic!("{line}") };
        if !matches!(form, "named" | "pronoun") || kind == "scare" {
            continue;
        }
        let text = &articles[article];
        let document = documents.entry(article).or_insert_with(|| read(text, &rules));
        let byte = text.char_indices().nth(offset.parse().unwrap()).unwrap().0 as u32;
        let quote = document.quotes.iter().find(|quote| quote.span.start == byte);
        let speaker = quote.and_then(|quote| quote.speaker.as_ref());
        let found = speaker.and_then(|speaker| speaker.name.as_deref());
        let score = scores.entry((half, form)).or_default();
        score.all += 1;
        score.answered += usize::from(if form == "named" { speaker.is_some() } else { found.is_some() });
        if found.is_some_and(|found| same_name(found, name)) {
            score.right += 1;
        } else {
            wrong.push(format!("{half} {form} {article} {offset}: {found:?} for {words} ({name})"));
        }
    }
    let mut totals: BTreeMap<&str, Score> = BTreeMap::new();
    for ((half, form), score) in &scores {
        println!("{half} {form}: precision {:.3}, recall {:.3} {score:?}", score.precision(), score.recall());
        let total = totals.entry(form).or_default();
        total.right += score.right;
        total.answered += score.answered;
        total.all += score.all;
    }
    for (form, total) in totals {
        println!("{form}: precision {:.3}, recall {:.3} {total:?}", total.precision(), total.recall());
        let (precision, recall) = if form == "named" { (0.95, 0.93) } else { (0.85, 0.75) };
        assert!(total.precision() >= precision, "{form}: {total:?}\n{}", wrong.join("\n"));
        assert!(total.recall() >= recall, "{form}: {total:?}\n{}", wrong.join("\n"));
    }
}
