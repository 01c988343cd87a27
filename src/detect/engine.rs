//! In: a rule set, and which of its rules may speak. Out: an engine that runs them over one text after another.
//!
//! What it learns of words (which patterns they lead to, whose names they are) is kept from one text to the next, so use one for
//! many texts of a thread.

use super::{Context, Detector, Hit, checks, conditions, density, lattice, names, phrase, raw};
use crate::rulebook::RuleSet;
use crate::rulebook::compiled::{Body, Rule};
use crate::rulebook::settings::Settings;

/// A rule that looks at the text as a whole.
struct Whole<'r> {
    number: u32,
    rule: &'r Rule,
    settings: &'r Settings,
    what: What,
}

enum What {
    Check(Detector),
    Name(names::NameSettings),
}

/// Runs rules over texts.
pub struct Engine<'r> {
    rules: &'r RuleSet,
    wanted: Wanted<'r>,
    phrases: phrase::Phrases<'r>,
    lattices: lattice::Lattices<'r>,
    dialects: density::Dialects<'r>,
    raw: raw::Raw<'r>,
    whole: Vec<Whole<'r>>,
    names: names::Known,
    assume_needs: bool,
}

/// Which rules may speak; each is asked about once.
pub(super) struct Wanted<'r> {
    wants: Box<dyn Fn(u32) -> bool + Send + 'r>,
    answers: Vec<Option<bool>>,
}

impl<'r> Wanted<'r> {
    pub(super) fn new(wants: impl Fn(u32) -> bool + Send + 'r) -> Self {
        Self { wants: Box::new(wants), answers: Vec::new() }
    }

    /// From now on the rule may not speak.
    pub(super) fn refuse(&mut self, rule: u32) {
        self.has(rule);
        if let Some(answer) = self.answers.get_mut(rule as usize) {
            *answer = Some(false);
        }
    }

    pub(super) fn has(&mut self, rule: u32) -> bool {
        let index = rule as usize;
        if index >= self.answers.len() {
            self.answers.resize(index + 1, None);
        }
        let answer = self.answers.get(index).copied().flatten().unwrap_or_else(|| (self.wants)(rule));
        if let Some(known) = self.answers.get_mut(index) {
            *known = Some(answer);
        }
        answer
    }
}

impl<'r> Engine<'r> {
    /// An engine for these rules; those that `wants` refuses are never run.
    #[must_use]
    pub fn new(rules: &'r RuleSet, wants: impl Fn(u32) -> bool + Send + 'r) -> Self {
        let mut wanted = Wanted::new(wants);
        let numbers = rules.whole_text().into_iter().filter(|number| wanted.has(*number));
        let whole: Vec<Whole<'r>> = numbers.filter_map(|number| whole(rules, number)).collect();
        let limits = |dialect: &str| {
            let notes =
                whole.iter().filter(|one| matches!(&one.rule.body, Body::Check { detect, .. } if detect == "density"));
            let mut own = notes.filter(|one| one.settings.text("dialect").unwrap_or("spinner") == dialect);
            own.next().map_or_else(density::Limits::default, |one| density::Limits::new(one.settings))
        };
        let dialects = density::Dialects::new(rules, &mut wanted, limits);
        Self {
            rules,
            whole,
            dialects,
            phrases: phrase::Phrases::new(rules, &mut wanted),
            lattices: lattice::Lattices::new(rules, &mut wanted),
            raw: raw::Raw::new(rules),
            names: names::Known::default(),
            assume_needs: false,
            wanted,
        }
    }

    /// From now on rules speak without the evidence of the whole text that they wait for: their own examples are single sentences.
    pub fn assume_needs(&mut self) {
        self.assume_needs = true;
    }

    /// Runs the rules over a text; each hit with the number of its rule, in no particular order.
    #[must_use]
    pub fn run(&mut self, context: &Context<'_>) -> Vec<(u32, Hit)> {
        let document = context.document;
        let mut found = Vec::new();
        self.phrases.find(document, &mut self.wanted, &mut found);
        self.lattices.find(document, &mut found);
        self.raw.find(document, &mut self.wanted, &mut found);
        let dialects = self.dialects.find(document, self.assume_needs, &mut found);
        let context = &Context { dialects: &dialects, ..*context };
        self.names.begin();
        let mut hits = Vec::new();
        for whole in &self.whole {
            match &whole.what {
                What::Check(detector) => detector(context, whole.settings, &mut hits),
                What::Name(settings) => {
                    names::find(context, settings, whole.settings, &mut self.names, &mut hits);
                }
            }
            let kept = hits.drain(..).filter(|hit| conditions::hold(document, whole.rule, &[], hit.place));
            found.extend(kept.map(|hit| (whole.number, hit)));
        }
        found.retain(|(number, _)| {
            let needs = self.rules.rule(*number).and_then(|loaded| loaded.rule.needs.as_ref());
            needs.and_then(|needs| needs.density.as_ref()).is_none_or(|wanted| {
                dialects.iter().any(|measured| (measured.spoken || self.assume_needs) && measured.dialect == *wanted)
            })
        });
        found
    }
}

fn whole(rules: &RuleSet, number: u32) -> Option<Whole<'_>> {
    let rule = &rules.rule(number)?.rule;
    let (what, settings) = match &rule.body {
        Body::Check { detect, settings } => {
            let (_, detector) = checks::DETECTORS.iter().find(|(name, _)| name == detect)?;
            (What::Check(*detector), settings)
        }
        Body::Name(settings) => (What::Name(names::NameSettings::new(settings)), settings),
        _ => return None,
    };
    Some(Whole { number, rule, settings, what })
}
