//! Step 5. In: a case, rules and a policy. Out: findings, penalty and verdict. Pure: no file, clock, environment or terminal.

mod figures;
mod fit;
mod pivot;
mod score;
pub mod selftest;
mod suppress;

use crate::compare::{self, Comparer};
use crate::config::{Ignores, Policy};
use crate::detect::{Context, Engine, Hit};
use crate::document::Document;
use crate::finding::{Finding, Place, Severity};
use crate::language;
use crate::rulebook::RuleSet;
use crate::rulebook::compiled::Rule;
use crate::rulebook::written::Reach;
use std::collections::BTreeMap;

/// What is audited.
#[derive(Clone, Debug)]
pub struct Case {
    /// The text.
    pub text: Document,
    /// What it was made from, in the same language.
    pub original: Option<Document>,
    /// What it was translated from.
    pub source: Option<compare::Foreign>,
}

impl Case {
    /// A text alone.
    #[must_use]
    pub fn alone(text: Document) -> Self {
        Self { text, original: None, source: None }
    }
}

/// The gate's answer.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Verdict {
    /// Nothing stands against publishing.
    Clear,
    /// Someone should look first.
    Hold,
    /// Not to be published as it is.
    Block,
}

impl Verdict {
    /// The name used in reports and JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Clear => "clear",
            Self::Hold => "hold",
            Self::Block => "block",
        }
    }
}

/// The language a text likely went through.
#[derive(Clone, PartialEq, Debug)]
pub struct Pivot {
    /// ISO 639-1.
    pub language: String,
    /// 0–1.
    pub confidence: f32,
    /// One line each.
    pub evidence: Vec<String>,
}

/// What says that a finding is to be ignored.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reason {
    /// A comment in the text.
    Comment,
    /// The sidecar beside the text.
    Sidecar,
    /// A phrase that the configuration accepts.
    Accepted,
    /// The baseline.
    Baseline,
}

/// A finding that is to be ignored.
#[derive(Clone, PartialEq, Debug)]
pub struct Ignored {
    /// The finding.
    pub finding: Finding,
    /// What says so.
    pub by: Reason,
    /// Why, in the editor's words; empty where nobody says.
    pub why: String,
}

/// What an audit yields.
#[derive(Clone, PartialEq, Debug)]
pub struct Audit {
    /// In order of place; findings about the whole text first.
    pub findings: Vec<Finding>,
    /// None where it cannot be told.
    pub pivot: Option<Pivot>,
    /// Per 1,000 words.
    pub penalty: f64,
    /// What the gate says.
    pub verdict: Verdict,
    /// What was found and is to be ignored: it counts for nothing.
    pub ignored: Vec<Ignored>,
    /// Words of the text.
    pub words: usize,
    /// What the reader should know besides.
    pub notes: Vec<String>,
    /// Why the original or the source does not belong to the text: it was not compared.
    pub mismatch: Option<String>,
}

/// A finding with what the later steps still need to know of its rule.
struct Draft<'r> {
    finding: Finding,
    rule: &'r Rule,
    /// The level of this one as the detector sees it.
    milder: Option<Severity>,
    number: u32,
    /// The script of letters that do not belong, where the detector names it.
    script: Option<String>,
}

/// Audits one case after another with the same rules and policy; keeps what it learns of words, so use one for many texts of a thread.
pub struct Auditor<'r> {
    rules: &'r RuleSet,
    policy: &'r Policy,
    engine: Engine<'r>,
    comparer: Comparer<'r>,
}

impl<'r> Auditor<'r> {
    /// An auditor for these rules; those that the policy switches off are never run.
    #[must_use]
    pub fn new(rules: &'r RuleSet, policy: &'r Policy) -> Self {
        let all = policy.wants_all();
        let wants = move |number| all || rules.head(number).is_some_and(|head| policy.wants(&head));
        let mut engine = Engine::new(rules, wants);
        if policy.assume_needs {
            engine.assume_needs();
        }
        Self { rules, policy, engine, comparer: Comparer::new(rules, wants) }
    }

    /// Audits a case.
    #[must_use]
    pub fn audit(&mut self, case: &Case) -> Audit {
        self.audit_of(case, self.policy.date)
    }

    /// Audits a case whose date is known (year, month, day) or is to be read from the text.
    #[must_use]
    pub fn audit_of(&mut self, case: &Case, date: Option<(i16, u8, u8)>) -> Audit {
        self.audit_with(case, date, &Ignores::default())
    }

    /// Audits a case of which it is known what to ignore in it.
    #[must_use]
    pub fn audit_with(&mut self, case: &Case, date: Option<(i16, u8, u8)>, ignores: &Ignores) -> Audit {
        let document = &case.text;
        let date = date.or_else(|| document.date());
        let context = Context { document, lexicon: self.rules.lexicon(), date, dialects: &[] };
        let mut hits = self.engine.run(&context);
        let mut mismatch = None;
        if let Some(original) = &case.original {
            mismatch = self.comparer.against_original(&context, original, &mut hits).err();
        }
        let mut audit = settle(document, self.rules, self.policy, hits, ignores);
        audit.mismatch = mismatch;
        audit
    }
}

/// Audits a case.
#[must_use]
pub fn audit(case: &Case, rules: &RuleSet, policy: &Policy) -> Audit {
    Auditor::new(rules, policy).audit(case)
}

/// Findings of hits: in order, one for twins, with their final levels.
fn settle(document: &Document, rules: &RuleSet, policy: &Policy, hits: Vec<(u32, Hit)>, ignores: &Ignores) -> Audit {
    let mut drafts = Vec::with_capacity(hits.len());
    for (number, hit) in hits {
        if let Some(loaded) = rules.rule(number) {
            let milder = hit.severity;
            let script = hit.values.iter().find(|(slot, _)| slot == "script").map(|(_, script)| script.clone());
            drafts.push(Draft {
                finding: finding(document, rules, &loaded.rule, hit),
                rule: &loaded.rule,
                milder,
                number,
                script,
            });
        }
    }
    drafts.sort_by(|a, b| order(&a.finding).cmp(&order(&b.finding)));
    if !policy.names.known.is_empty() || !policy.names.preferred.is_empty() {
        drafts.retain(|draft| !suppress::is_house_name(document, &policy.names, draft));
        for draft in &mut drafts {
            suppress::vouch(&policy.names, draft);
        }
    }
    drop_twins(&mut drafts);
    let pivot = pivot::of(&drafts);
    drafts.retain(|draft| policy.assume_needs || meets_pivot(draft.rule, pivot.as_ref()));
    if let Some(pivot) = &pivot {
        let own = drafts.iter_mut().filter(|draft| draft.rule.pivots.contains(&pivot.language));
        own.for_each(|draft| draft.finding.confidence = pivot::lifted(draft.finding.confidence, pivot));
    }
    let mut notes = document.source.notes().to_vec();
    let (mut kept, silenced) = suppress::suppress(document, rules, policy, ignores, drafts, &mut notes);
    lower_slips(&mut kept);
    escalate(document, &mut kept);
    give_levels(policy, &mut kept);
    let mut findings: Vec<Finding> = kept.into_iter().map(|draft| draft.finding).collect();
    let words = document.word_count();
    let penalty = score::penalty(document, &findings, words);
    let verdict = score::verdict(&findings, penalty, policy);
    findings.retain(|finding| finding.severity >= policy.severity);
    Audit { findings, pivot, penalty, verdict, ignored: silenced, words, notes, mismatch: None }
}

/// Whether the text went through one of the languages that the rule needs, if it needs one.
fn meets_pivot(rule: &Rule, pivot: Option<&Pivot>) -> bool {
    let needs = rule.needs.as_ref().map(|needs| needs.pivot.as_slice()).unwrap_or_default();
    needs.is_empty() || pivot.is_some_and(|pivot| needs.contains(&pivot.language))
}

fn order(finding: &Finding) -> (u32, std::cmp::Reverse<u32>, std::cmp::Reverse<Severity>, &str) {
    let span = finding.place.span().unwrap_or_default();
    (span.start, std::cmp::Reverse(span.end), std::cmp::Reverse(finding.severity), &finding.rule)
}

fn finding(document: &Document, rules: &RuleSet, rule: &Rule, hit: Hit) -> Finding {
    let (place, suggestions) = fit::suggestions(document, rules, rule, &hit);
    let first = suggestions.first().map(|suggestion| suggestion.text.as_str());
    let message = fit::message(document, rule, &hit, first);
    Finding {
        rule: rule.id.clone(),
        kind: rule.kind,
        severity: hit.severity.map_or(rule.severity, |severity| severity.min(rule.severity)),
        mqm: rule.mqm,
        confidence: rule.confidence * hit.certainty,
        message,
        place,
        suggestions,
        related: hit.related,
        pivots: rule.pivots.clone(),
        fingerprint: fingerprint(document, &rule.id, place),
    }
}

/// Of findings on the very same words with the same first suggestion, or none, the weightiest stays.
fn drop_twins(drafts: &mut Vec<Draft<'_>>) {
    let weight = |finding: &Finding| (finding.severity.weight() * f64::from(finding.confidence), finding.severity);
    let mut kept: Vec<Draft<'_>> = Vec::with_capacity(drafts.len());
    for draft in drafts.drain(..) {
        let twin = kept.iter_mut().rev().take_while(|known| same_place(&known.finding, &draft.finding)).find(|known| {
            let (a, b) = (known.finding.suggestions.first(), draft.finding.suggestions.first());
            a.is_none() || b.is_none() || a.map(|a| &a.text) == b.map(|b| &b.text)
        });
        match twin {
            Some(known) if known.finding.place != Place::Document => {
                let fuller = draft.finding.suggestions.len() > known.finding.suggestions.len();
                if weight(&draft.finding) > weight(&known.finding)
                    || (weight(&draft.finding) >= weight(&known.finding) && fuller)
                {
                    *known = draft;
                }
            }
            _ => kept.push(draft),
        }
    }
    *drafts = kept;
}

fn same_place(a: &Finding, b: &Finding) -> bool {
    a.place == b.place
}

/// What people slip on as well is a note, unless the text shows other signs of translation: one of major, or two of minor.
fn lower_slips(drafts: &mut [Draft<'_>]) {
    let sign = |draft: &Draft<'_>| match draft.finding.severity {
        _ if draft.rule.slip => 0,
        Severity::Note => 0,
        Severity::Minor => 1,
        Severity::Major | Severity::Critical => 2,
    };
    if drafts.iter().map(sign).sum::<u32>() < 2 {
        for draft in drafts.iter_mut().filter(|draft| draft.rule.slip) {
            draft.finding.severity = Severity::Note;
        }
    }
}

/// Raises the level of faults that are frequent.
fn escalate(document: &Document, drafts: &mut [Draft<'_>]) {
    let mut counts: BTreeMap<(String, u32), Vec<usize>> = BTreeMap::new();
    for (index, draft) in drafts.iter().enumerate() {
        let Some(escalate) = draft.rule.escalate else { continue };
        let token = draft.finding.place.span().map_or(0, |span| document.token_at(span.start));
        let sentence = document.tokens.get(token).map_or(0, |token| token.sentence);
        let unit = match escalate.within {
            Reach::Sentence => sentence,
            Reach::Paragraph => document.sentences.get(sentence as usize).map_or(0, |sentence| sentence.block),
            Reach::Document => 0,
        };
        counts.entry((draft.rule.id.clone(), unit)).or_default().push(index);
    }
    for indexes in counts.into_values() {
        for index in &indexes {
            if let Some(draft) = drafts.get_mut(*index) {
                let escalate = draft.rule.escalate.filter(|escalate| indexes.len() >= escalate.count as usize);
                if let Some(escalate) = escalate {
                    draft.finding.severity = draft.finding.severity.max(escalate.severity);
                }
            }
        }
    }
}

/// Puts the levels on findings that the configuration gives their rules; they are final.
fn give_levels(policy: &Policy, drafts: &mut [Draft<'_>]) {
    if policy.levels.is_empty() {
        return;
    }
    for draft in drafts {
        if let Some(level) = policy.levels.severity(&draft.rule.head()) {
            // Where the detector says that this one is milder than its rule, it is milder here too.
            let milder = draft.milder.filter(|own| *own < draft.rule.severity);
            draft.finding.severity = milder.map_or(level, |own| own.min(level));
        }
    }
}

/// A key of rule, flagged words and the words around them in their block: the same finding keeps it when other lines change.
fn fingerprint(document: &Document, rule: &str, place: Place) -> String {
    let mut text = rule.to_owned();
    if let Some(span) = place.span() {
        let first = document.tokens.partition_point(|token| token.span.end <= span.start);
        let last = document.tokens.partition_point(|token| token.span.start < span.end.max(span.start + 1));
        let around = document.tokens.get(first.saturating_sub(3)..(last + 3).min(document.tokens.len()));
        let start =
            document.blocks.iter().rfind(|block| block.span.start <= span.start).map_or(0, |block| block.span.start);
        let end =
            document.blocks.iter().find(|block| block.span.end >= span.end).map_or(u32::MAX, |block| block.span.end);
        for token in
            around.unwrap_or_default().iter().filter(|token| token.span.start >= start && token.span.end <= end)
        {
            text.push(' ');
            text.push_str(document.text(token.span));
        }
    }
    format!("{:016x}", language::hash(&text))
}

impl Audit {
    /// How many findings have this level.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }
}
