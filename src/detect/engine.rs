//! In: a rule set, and which of its rules may speak. Out: an engine that runs them over one text after another.
//!
//! What it learns of words (which patterns they lead to, whose names they are) is kept from one text to the next, so use one for
//! many texts of a thread.

use super::{Context, Detector, Hit, checks, conditions, lattice, names, phrase, raw};
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
    wanted: Wanted<'r>,
    phrases: phrase::Phrases<'r>,
    lattices: lattice::Lattices<'r>,
    raw: raw::Raw<'r>,
    whole: Vec<Whole<'r>>,
    names: names::Known,
}

/// Which rules may speak; each is asked about once.
pub(super) struct Wanted<'r> {
    wants: Box<dyn Fn(u32) -> bool + Send + 'r>,
    answers: Vec<Option<bool>>,
}

impl Wanted<'_> {
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
        let mut wanted = Wanted { wants: Box::new(wants), answers: Vec::new() };
        let numbers = rules.whole_text().into_iter().filter(|number| wanted.has(*number));
        let whole = numbers.filter_map(|number| whole(rules, number)).collect();
        Self {
            whole,
            phrases: phrase::Phrases::new(rules, &mut wanted),
            lattices: lattice::Lattices::new(rules, &mut wanted),
            raw: raw::Raw::new(rules),
            names: names::Known::default(),
            wanted,
        }
    }

    /// Runs the rules over a text; each hit with the number of its rule, in no particular order.
    #[must_use]
    pub fn run(&mut self, context: &Context<'_>) -> Vec<(u32, Hit)> {
        let document = context.document;
        let mut found = Vec::new();
        self.phrases.find(document, &mut self.wanted, &mut found);
        self.lattices.find(document, &mut found);
        self.raw.find(document, &mut self.wanted, &mut found);
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
