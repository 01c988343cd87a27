//! In: texts with what is known of them. Out: how often each rule fired, how often it was right, and on how much text.

use super::record::{Text, Truth, right};
use crate::audit::{Auditor, Case};
use crate::config::Policy;
use crate::detect::{Context, Engine};
use crate::document::Reader;
use crate::finding::Severity;
use crate::rulebook::RuleSet;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Mutex;

/// The 97.5th percentile of the normal distribution: 95% lie between minus and plus this.
const Z: f64 = 1.959_963_984_540_054;

/// What was counted of a rule, a pack or a level.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Counts {
    /// Findings.
    pub(super) hits: u32,
    /// Of them on places that are wrong.
    pub(super) right: u32,
    /// Of them in clean texts.
    pub(super) clean: u32,
    /// Hits and right ones by set.
    pub(super) sets: BTreeMap<String, (u32, u32)>,
}

impl Counts {
    fn count(&mut self, set: &str, right: bool, clean: bool) {
        self.hits += 1;
        self.right += u32::from(right);
        self.clean += u32::from(clean);
        let of_set = self.sets.entry(set.to_owned()).or_default();
        of_set.0 += 1;
        of_set.1 += u32::from(right);
    }

    /// Adds what was counted elsewhere.
    pub(super) fn add(&mut self, other: &Self) {
        self.hits += other.hits;
        self.right += other.right;
        self.clean += other.clean;
        for (set, (hits, right)) in &other.sets {
            let of_set = self.sets.entry(set.clone()).or_default();
            of_set.0 += hits;
            of_set.1 += right;
        }
    }

    /// The share of hits that are right.
    pub(super) fn precision(&self) -> Option<f64> {
        (self.hits > 0).then(|| f64::from(self.right) / f64::from(self.hits))
    }

    /// Where the true precision lies in 95 of 100 cases: the score interval of Wilson (1927).
    pub(super) fn interval(&self) -> Option<(f64, f64)> {
        let (share, n) = (self.precision()?, f64::from(self.hits));
        let scale = 1.0 + Z * Z / n;
        let centre = (share + Z * Z / (2.0 * n)) / scale;
        let half = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt() / scale;
        Some(((centre - half).max(0.0), (centre + half).min(1.0)))
    }

    /// False findings per 1,000 words of clean text.
    pub(super) fn per_thousand(&self, clean_words: usize) -> Option<f64> {
        (clean_words > 0).then(|| f64::from(self.clean) * 1000.0 / clean_words as f64)
    }
}

/// How much text was read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Material {
    pub(super) texts: usize,
    pub(super) words: usize,
    /// Places that are marked as wrong.
    pub(super) places: usize,
    /// Characters, and those of them in a marked place.
    pub(super) chars: usize,
    pub(super) marked: usize,
}

/// What one text gave; may be made on any thread.
pub(super) struct Judged {
    set: String,
    kind: Kind,
    material: Material,
    /// Rule, level, right.
    findings: Vec<(String, Severity, bool)>,
    /// Rules that matched, whether or not it is reported.
    fired: BTreeSet<u32>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Clean,
    Marked,
    Unplaced,
}

/// How texts are measured.
pub(super) struct Measure<'a> {
    pub(super) rules: &'a RuleSet,
    pub(super) policy: &'a Policy,
    /// A finding must not be much longer than the place.
    pub(super) strict: bool,
    /// Those that rest: each learns words and is lent to one text at a time.
    workers: Mutex<Vec<Worker<'a>>>,
}

/// What audits one text after another.
struct Worker<'a> {
    reader: Reader,
    auditor: Auditor<'a>,
    /// All rules, whatever the policy shows.
    engine: Engine<'a>,
}

impl<'a> Measure<'a> {
    pub(super) fn new(rules: &'a RuleSet, policy: &'a Policy, strict: bool) -> Self {
        Self { rules, policy, strict, workers: Mutex::default() }
    }

    /// Audits a text and compares the findings with what is known.
    pub(super) fn judge(&self, text: Text) -> Judged {
        let resting = self.workers.lock().ok().and_then(|mut workers| workers.pop());
        let mut worker = resting.unwrap_or_else(|| Worker {
            reader: Reader::new(),
            auditor: Auditor::new(self.rules, self.policy),
            engine: Engine::new(self.rules, |_| true),
        });
        let judged = self.judge_with(&mut worker, text);
        if let Ok(mut workers) = self.workers.lock() {
            workers.push(worker);
        }
        judged
    }

    fn judge_with(&self, worker: &mut Worker<'a>, text: Text) -> Judged {
        let case = Case::alone(worker.reader.read(text.source, self.rules.lexicon()));
        let date = text.date.or(self.policy.date);
        let audit = worker.auditor.audit_of(&case, date);
        let document = &case.text;
        let date = date.or_else(|| document.date());
        let context = Context { document, lexicon: self.rules.lexicon(), date, dialects: &[] };
        let fired = worker.engine.run(&context).into_iter().map(|(number, _)| number).collect();
        let prose = document.prose();
        let mut material = Material { texts: 1, words: audit.words, ..Material::default() };
        let (kind, marks) = match text.truth {
            Truth::Clean => (Kind::Clean, Vec::new()),
            Truth::Unplaced => (Kind::Unplaced, Vec::new()),
            Truth::Marked(marks) => (Kind::Marked, marks),
        };
        if kind == Kind::Marked {
            material.places = marks.len();
            material.chars = prose.chars().count();
            material.marked = marks.iter().map(|mark| mark.chars).sum::<usize>().min(material.chars);
        }
        let findings = audit.findings.into_iter().map(|finding| {
            let right = right(&marks, prose, finding.place, self.strict);
            (finding.rule, finding.severity, right)
        });
        Judged { set: text.set, kind, material, findings: findings.collect(), fired }
    }
}

/// All that was counted.
pub(super) struct Tally {
    /// The rules that are measured, each with its counts.
    pub(super) rules: BTreeMap<u32, Counts>,
    /// By level, mildest first.
    pub(super) levels: [Counts; Severity::ALL.len()],
    pub(super) labelled: Material,
    pub(super) clean: Material,
    /// Texts that are wrong, no one says where: findings in them are neither right nor wrong.
    pub(super) unplaced: usize,
    /// Rules that matched somewhere, reported or not.
    fired: BTreeSet<u32>,
    numbers: HashMap<String, u32>,
}

impl Tally {
    /// Begins with the rules that are to be measured.
    pub(super) fn new(rules: &RuleSet, measured: impl Iterator<Item = u32>) -> Self {
        let numbers: HashMap<String, u32> =
            measured.filter_map(|number| Some((rules.rule(number)?.rule.id.clone(), number))).collect();
        Self {
            rules: numbers.values().map(|number| (*number, Counts::default())).collect(),
            levels: Default::default(),
            labelled: Material::default(),
            clean: Material::default(),
            unplaced: 0,
            fired: BTreeSet::new(),
            numbers,
        }
    }

    /// Counts what a text gave.
    pub(super) fn add(&mut self, judged: Judged) {
        self.fired.extend(judged.fired);
        let clean = judged.kind == Kind::Clean;
        let material = match judged.kind {
            Kind::Unplaced => {
                self.unplaced += 1;
                return;
            }
            Kind::Clean => &mut self.clean,
            Kind::Marked => &mut self.labelled,
        };
        material.texts += judged.material.texts;
        material.words += judged.material.words;
        material.places += judged.material.places;
        material.chars += judged.material.chars;
        material.marked += judged.material.marked;
        for (rule, severity, right) in judged.findings {
            let Some(counts) = self.numbers.get(&rule).and_then(|number| self.rules.get_mut(number)) else { continue };
            counts.count(&judged.set, right, clean);
            if let Some(level) = self.levels.get_mut(severity as usize) {
                level.count(&judged.set, right, clean);
            }
        }
    }

    /// What was counted of several rules together, and how many of them fired.
    pub(super) fn sum(&self, rules: impl Iterator<Item = u32>) -> (Counts, usize) {
        let (mut sum, mut fired) = (Counts::default(), 0);
        for counts in rules.filter_map(|number| self.rules.get(&number)) {
            sum.add(counts);
            fired += usize::from(counts.hits > 0);
        }
        (sum, fired)
    }

    /// The rules that never matched.
    pub(super) fn silent(&self) -> Vec<u32> {
        self.without_hits().filter(|number| !self.fired.contains(number)).collect()
    }

    /// The rules that matched, but of which nothing was ever reported and counted.
    pub(super) fn hidden(&self) -> Vec<u32> {
        self.without_hits().filter(|number| self.fired.contains(number)).collect()
    }

    fn without_hits(&self) -> impl Iterator<Item = u32> {
        self.rules.iter().filter(|(_, counts)| counts.hits == 0).map(|(number, _)| *number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::rules::measure::record;

    fn counts(hits: u32, right: u32) -> Counts {
        Counts { hits, right, ..Counts::default() }
    }

    #[test]
    fn intervals_are_wilsons() {
        let near = |counts: Counts, low: f64, high: f64| {
            let (from, to) = counts.interval().unwrap();
            assert!((from - low).abs() < 1e-6 && (to - high).abs() < 1e-6, "{from} {to}");
        };
        near(counts(12, 11), 0.646_120, 0.985_135);
        near(counts(3, 0), 0.0, 0.561_497);
        near(counts(5, 5), 0.565_518, 1.0);
        near(counts(1, 1), 0.206_549, 1.0);
        assert_eq!(counts(0, 0).interval(), None);
        assert_eq!(counts(0, 0).precision(), None);
    }

    #[test]
    fn rates_need_clean_words() {
        let three = Counts { clean: 3, ..Counts::default() };
        assert_eq!(three.per_thousand(2000), Some(1.5));
        assert_eq!(three.per_thousand(0), None);
    }

    /// Measures lines of labelled text with the built-in rules.
    fn measured(lines: &[&str], policy: &Policy) -> (Tally, RuleSet) {
        let rules = RuleSet::builtin();
        let measure = Measure::new(&rules, policy, false);
        let mut tally = Tally::new(&rules, rules.numbers());
        for line in lines {
            for text in record::read(line.as_bytes(), "file", false).unwrap() {
                tally.add(measure.judge(text));
            }
        }
        drop(measure);
        (tally, rules)
    }

    const RULE: &str = "en-doublets/behead-for-decapitate";

    #[test]
    fn findings_are_right_wrong_or_not_judged() {
        let lines = [
            // Right, and its clean counterpart.
            r#"{"set": "a", "text": "The rebels vowed to behead the new government.", "clean_text": "The rebels vowed to decapitate the new government.", "spans": [{"start": 20, "end": 26}], "label": "BAD"}"#,
            // Beside the marked place.
            r#"{"set": "b", "text": "The rebels vowed to behead the new government.", "spans": [{"start": 4, "end": 10}]}"#,
            // Said to be clean.
            r#"{"set": "b", "text": "They may behead the government.", "label": "OK"}"#,
            // No one says where.
            r#"{"set": "c", "text": "He wants to behead the government.", "label": "BAD"}"#,
        ];
        let (tally, rules) = measured(&lines, &Policy::default());
        let number = rules.find(RULE).unwrap();
        let counts = &tally.rules[&number];
        assert_eq!((counts.hits, counts.right, counts.clean), (3, 1, 1));
        assert_eq!(counts.sets, BTreeMap::from([("a".to_owned(), (1, 1)), ("b".to_owned(), (2, 0))]));
        assert_eq!((tally.labelled.texts, tally.labelled.places, tally.unplaced), (2, 2, 1));
        assert_eq!((tally.labelled.chars, tally.labelled.marked), (92, 12));
        assert_eq!((tally.clean.texts, tally.clean.words), (2, 13));
        let (sum, fired) = tally.sum(rules.numbers());
        assert_eq!((&sum, fired), (counts, 1));
        assert_eq!(tally.levels[Severity::Major as usize], *counts);
        assert!(!tally.silent().contains(&number) && !tally.hidden().contains(&number));
        assert_eq!(tally.silent().len() + tally.hidden().len() + 1, rules.numbers().count());
    }

    #[test]
    fn what_matched_but_is_not_reported_did_not_stay_silent() {
        let line = r#"{"text": "The rebels vowed to behead the new government.", "label": "OK"}"#;
        let policy = Policy { min_confidence: 0.99, ..Policy::default() };
        let (tally, rules) = measured(&[line], &policy);
        let number = rules.find(RULE).unwrap();
        assert_eq!(tally.rules[&number].hits, 0);
        assert!(tally.hidden().contains(&number) && !tally.silent().contains(&number));
    }
}
