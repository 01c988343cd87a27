//! Step 4'. In: a document and its original, or its source. Out: raw hits of `[[compare]]` rules.
//!
//! Sentences are paired first, then the words of each pair are tied; the comparisons look at ties and at what was left untied.
//! Near-linear: sentences meet by the words they share, words by their spelling, lemma, value or sense; nothing compares all with all.

mod checks;
mod foreign;
mod kin;
mod sentences;
mod slots;
mod words;

pub use checks::COMPARISONS;
pub use foreign::Foreign;
pub use sentences::Group;
pub use words::{How, Tie};

use crate::detect::{Context, Hit, conditions};
use crate::document::{Document, Shape, Word};
use crate::finding::{Related, Side, Span};
use crate::language::Closed;
use crate::lexicon::Lexicon;
use crate::rulebook::RuleSet;
use crate::rulebook::compiled::{Against, Body, Rule};
use crate::rulebook::settings::Settings;
use kin::Profiles;
use slots::Slot;
use std::ops::Range;

/// A comparison with the original: appends its hits in order of place.
pub type Comparison = fn(&Compared<'_>, &Settings, &mut Vec<Hit>);

/// A rule that compares.
struct Wanted<'r> {
    number: u32,
    rule: &'r Rule,
    settings: &'r Settings,
    against: Against,
    compare: &'r str,
}

/// Compares one text after another; keeps what it learnt of words.
pub struct Comparer<'r> {
    rules: Vec<Wanted<'r>>,
    profiles: Profiles,
}

/// A text and its original, sentence by sentence and word by word.
pub struct Compared<'a> {
    /// The text that is audited.
    pub text: &'a Document,
    /// Its original.
    pub original: &'a Document,
    /// People, places, organisations.
    pub lexicon: &'a Lexicon,
    /// Sentences that belong together, in the order of the text.
    pub groups: Vec<Group>,
    /// Of each token of the text: its partner.
    pub ties: Vec<Option<Tie>>,
    /// Of each token of the original: its partner in the text.
    pub back: Vec<Option<u32>>,
    /// Sentences of the text without partner.
    pub added: Vec<u32>,
    /// Sentences of the original without partner.
    pub lost: Vec<u32>,
    /// Stretches between tied words, in order of the text.
    pub(crate) slots: Vec<Slot>,
    profiles: &'a Profiles,
}

impl<'r> Comparer<'r> {
    /// A comparer for these rules; those that `wants` refuses are never run.
    #[must_use]
    pub fn new(rules: &'r RuleSet, wants: impl Fn(u32) -> bool) -> Self {
        let numbers = rules.whole_text().into_iter().filter(|number| wants(*number));
        let found = numbers.filter_map(|number| {
            let rule = &rules.rule(number)?.rule;
            let Body::Compare { compare, against, settings } = &rule.body else { return None };
            Some(Wanted { number, rule, settings, against: *against, compare })
        });
        Self { rules: found.collect(), profiles: Profiles::default() }
    }

    /// Compares a text with its original; appends hits with the number of their rule.
    ///
    /// # Errors
    /// Why the two do not belong together; then nothing is appended.
    pub fn against_original(
        &mut self,
        context: &Context<'_>,
        original: &Document,
        hits: &mut Vec<(u32, Hit)>,
    ) -> Result<(), String> {
        let text = context.document;
        self.profiles.learn(text);
        self.profiles.learn(original);
        sentences::belong(text, original, &self.profiles)?;
        let compared = Compared::new(text, original, context.lexicon, &self.profiles);
        let mut own = Vec::new();
        for wanted in self.rules.iter().filter(|wanted| wanted.against.original) {
            let Some((_, comparison)) = COMPARISONS.iter().find(|(name, _)| *name == wanted.compare) else { continue };
            comparison(&compared, wanted.settings, &mut own);
            let kept = own.drain(..).filter(|hit| conditions::hold(text, wanted.rule, &[], hit.place));
            hits.extend(kept.map(|hit| (wanted.number, hit)));
        }
        Ok(())
    }
}

impl<'a> Compared<'a> {
    fn new(text: &'a Document, original: &'a Document, lexicon: &'a Lexicon, profiles: &'a Profiles) -> Self {
        let paired = sentences::pair(text, original, profiles);
        let mut compared = Self {
            text,
            original,
            lexicon,
            groups: paired.groups,
            ties: vec![None; text.tokens.len()],
            back: vec![None; original.tokens.len()],
            added: paired.added,
            lost: paired.lost,
            slots: Vec::new(),
            profiles,
        };
        words::tie(&mut compared);
        slots::find(&mut compared);
        compared
    }

    /// The word of a token of the text.
    #[must_use]
    pub fn word(&self, at: u32) -> &Word {
        self.text.word(at as usize)
    }

    /// The word of a token of the original.
    #[must_use]
    pub fn there(&self, at: u32) -> &Word {
        self.original.word(at as usize)
    }

    /// What stands in the text.
    #[must_use]
    pub fn shown(&self, at: u32) -> &'a str {
        self.text.tokens.get(at as usize).map_or("", |token| self.text.text(token.span))
    }

    /// What stands in the original.
    #[must_use]
    pub fn shown_there(&self, at: u32) -> &'a str {
        self.original.tokens.get(at as usize).map_or("", |token| self.original.text(token.span))
    }

    /// The original's words of a run of tokens, as they stand.
    #[must_use]
    pub fn run_there(&self, tokens: Range<u32>) -> &'a str {
        self.original.text(self.original.span(tokens))
    }

    /// The partner of a token of the text.
    #[must_use]
    pub fn partner(&self, at: u32) -> Option<u32> {
        self.ties.get(at as usize).copied().flatten().map(|tie| tie.at)
    }

    /// The partner of a token of the original.
    #[must_use]
    pub fn partner_there(&self, at: u32) -> Option<u32> {
        self.back.get(at as usize).copied().flatten()
    }

    /// A hit that shows the place in the original.
    #[must_use]
    pub(crate) fn hit(&self, place: crate::finding::Place, tokens: Range<u32>) -> Hit {
        let span = self.original.span(tokens.clone());
        let mut hit = Hit::at(place).value("side", "original").value("other", self.original.text(span));
        if !span.is_empty() {
            hit.related.push(in_original(span, format!("“{}” in the original", self.original.text(span))));
        }
        hit
    }
}

/// A place of the original.
pub(crate) fn in_original(span: Span, message: String) -> Related {
    Related { side: Side::Original, span, message }
}

/// Whether a word carries meaning of its own: no function word, number or mark.
pub(crate) fn is_content(word: &Word) -> bool {
    const FUNCTION: Closed = Closed(
        Closed::DET.0
            | Closed::ARTICLE.0
            | Closed::PRON.0
            | Closed::POSS.0
            | Closed::PREP.0
            | Closed::AUX.0
            | Closed::MODAL.0
            | Closed::CONJ.0
            | Closed::SUBORDINATOR.0
            | Closed::NEGATION.0
            | Closed::WH.0
            | Closed::TO.0
            | Closed::NUMBER_WORD.0
            | Closed::REFLEXIVE.0,
    );
    word.shape.has(Shape::WORD)
        && !word.shape.any(Shape::CLITIC.with(Shape::DIGIT))
        && !word.closed.intersects(FUNCTION)
}
