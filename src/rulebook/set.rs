//! The rules an audit runs with: the built-in packs, and those of `--rules`. Records are decoded when first needed.

use super::blob::{Blob, Posting};
use super::compiled::{Matcher, PackInfo, Rule, RuleHead, RuleText};
use super::error::RuleError;
use super::files::PackFiles;
use super::lattice::Lattice;
use super::scanner::Scanner;
use super::searcher::Searcher;
use crate::lexicon::Lexicon;
use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

/// A rule that has been decoded.
#[derive(Debug)]
pub struct Loaded {
    /// The rule.
    pub rule: Rule,
    /// The expression of a raw-text rule, ready when first needed.
    pub searcher: Searcher,
}

#[derive(Debug)]
struct Part {
    blob: Blob,
    first_rule: u32,
    first_matcher: u32,
}

/// All rules of an audit.
#[derive(Debug)]
pub struct RuleSet {
    parts: Vec<Part>,
    lexicon: Lexicon,
    rules: Vec<OnceLock<Option<Box<Loaded>>>>,
    matchers: Vec<OnceLock<Option<Box<Matcher>>>>,
    /// Rules of packs that another pack of the same id replaces.
    replaced: Vec<Range<u32>>,
}

impl RuleSet {
    fn new(blobs: Vec<Blob>) -> Self {
        let mut set = Self {
            parts: Vec::new(),
            lexicon: Lexicon::default(),
            rules: Vec::new(),
            matchers: Vec::new(),
            replaced: Vec::new(),
        };
        let (mut first_rule, mut first_matcher) = (0, 0);
        let mut seen: Vec<(String, Range<u32>, usize)> = Vec::new();
        let single = blobs.len() == 1;
        let mut lexicons = Vec::new();
        for blob in blobs {
            // The packs of the built-in blob alone are known to be distinct: their names are not read.
            let count = if single { blob.lexicons() } else { 0 };
            lexicons.extend((0..count).map(|pack| blob.lexicon(pack)));
            if !single {
                for (index, pack) in blob.packs().into_iter().enumerate() {
                    if let Some((_, range, at)) = seen.iter().find(|(id, ..)| *id == pack.id) {
                        set.replaced.push(range.clone());
                        if let Some(old) = lexicons.get_mut(*at) {
                            *old = Cow::Borrowed(&[][..]);
                        }
                    }
                    seen.retain(|(id, ..)| *id != pack.id);
                    let range = first_rule + pack.rules.0..first_rule + pack.rules.0 + pack.rules.1;
                    seen.push((pack.id, range, lexicons.len()));
                    lexicons.push(blob.lexicon(index));
                }
            }
            let (rules, matchers) = (blob.rules(), blob.matchers());
            set.parts.push(Part { blob, first_rule, first_matcher });
            (first_rule, first_matcher) = (first_rule + rules, first_matcher + matchers);
        }
        for lexicon in lexicons.into_iter().filter(|lexicon| !lexicon.is_empty()) {
            set.lexicon.add(lexicon);
        }
        set.rules.resize_with(first_rule as usize, OnceLock::new);
        set.matchers.resize_with(first_matcher as usize, OnceLock::new);
        set
    }

    /// The packs compiled into the program.
    #[must_use]
    pub fn builtin() -> Self {
        Self::new(vec![builtin_blob()])
    }

    /// The built-in packs and others; a pack with the id of a built-in one replaces it.
    ///
    /// # Errors
    /// All errors of all packs.
    pub fn with_packs(packs: &[PackFiles]) -> Result<(Self, Vec<RuleError>), Vec<RuleError>> {
        let (blob, warnings) = super::compile::compile(packs)?;
        Ok((Self::new(vec![builtin_blob(), blob]), warnings))
    }

    /// Only these packs, without the built-in ones.
    ///
    /// # Errors
    /// All errors of all packs.
    pub fn only(packs: &[PackFiles]) -> Result<(Self, Vec<RuleError>), Vec<RuleError>> {
        let (blob, warnings) = super::compile::compile(packs)?;
        Ok((Self::new(vec![blob]), warnings))
    }

    /// People, places and organisations of all packs.
    #[must_use]
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// The numbers of all rules that apply.
    pub fn numbers(&self) -> impl Iterator<Item = u32> {
        (0..self.rules.len() as u32).filter(|rule| self.applies(*rule))
    }

    /// Whether no other pack replaces the rule's.
    #[must_use]
    pub fn applies(&self, rule: u32) -> bool {
        self.replaced.is_empty() || !self.replaced.iter().any(|range| range.contains(&rule))
    }

    /// A rule, decoded when first asked for.
    #[must_use]
    pub fn rule(&self, number: u32) -> Option<&Loaded> {
        self.rules
            .get(number as usize)?
            .get_or_init(|| {
                let part = self.part_of(number, |part| part.first_rule)?;
                let rule = part.blob.rule(number - part.first_rule)?;
                Some(Box::new(Loaded { rule, searcher: Searcher::default() }))
            })
            .as_deref()
    }

    /// What a rule is chosen by, without decoding the rest.
    #[must_use]
    pub fn head(&self, number: u32) -> Option<RuleHead<'_>> {
        let part = self.part_of(number, |part| part.first_rule)?;
        part.blob.rule_head(number - part.first_rule)
    }

    /// Silences the rules of the packs for which `keep` says no. Their tables of names stay: what is known of names is no rule.
    pub fn keep_packs(&mut self, keep: impl Fn(&PackInfo) -> bool) {
        let dropped: Vec<Range<u32>> =
            self.packs().into_iter().filter(|(pack, _)| !keep(pack)).map(|(_, range)| range).collect();
        self.replaced.extend(dropped);
    }

    /// Adds people of whom nothing but the name is known, as tables of a pack would.
    pub fn add_people(&mut self, names: &[String]) {
        if !names.is_empty() {
            self.lexicon.add(Cow::Owned(super::compile::people(names)));
        }
    }

    /// A matcher with the number of its rule, decoded when first asked for.
    #[must_use]
    pub fn matcher(&self, number: u32) -> Option<(&Matcher, u32)> {
        let part = self.part_of(number, |part| part.first_matcher)?;
        let matcher = self
            .matchers
            .get(number as usize)?
            .get_or_init(|| part.blob.matcher(number - part.first_matcher).map(Box::new))
            .as_deref()?;
        Some((matcher, part.first_rule + matcher.rule))
    }

    /// How many matchers there are.
    #[must_use]
    pub fn matcher_count(&self) -> usize {
        self.matchers.len()
    }

    fn part_of(&self, number: u32, first: impl Fn(&Part) -> u32) -> Option<&Part> {
        self.parts.iter().rev().find(|part| first(part) <= number)
    }

    /// Calls `found` with each matcher whose anchor has this key.
    pub fn anchored(&self, key: u64, mut found: impl FnMut(Posting)) {
        for part in &self.parts {
            for posting in part.blob.anchored(key) {
                let (matcher, rule) = (part.first_matcher + posting.matcher, part.first_rule + posting.rule);
                found(Posting { matcher, rule, ..posting });
            }
        }
    }

    /// Matchers that must be tried at every token.
    #[must_use]
    pub fn unanchored(&self) -> Vec<u32> {
        self.parts.iter().flat_map(|part| part.blob.unanchored().map(|number| part.first_matcher + number)).collect()
    }

    /// Rules that look at the text as a whole.
    #[must_use]
    pub fn whole_text(&self) -> Vec<u32> {
        self.parts
            .iter()
            .flat_map(|part| part.blob.whole_text().map(|number| part.first_rule + number))
            .filter(|rule| self.applies(*rule))
            .collect()
    }

    /// The lattices of rules that apply, each with the number of its rule.
    pub fn lattices(&self) -> impl Iterator<Item = (u32, Lattice<'_>)> {
        self.tables(Blob::lattices)
    }

    /// The words of dialects that rules ask for, each with the number of its rule.
    pub fn dialects(&self) -> impl Iterator<Item = (u32, Lattice<'_>)> {
        self.tables(Blob::dialects)
    }

    fn tables<'a, I: Iterator<Item = (u32, Lattice<'a>)>>(
        &'a self,
        of: impl Fn(&'a Blob) -> I,
    ) -> impl Iterator<Item = (u32, Lattice<'a>)> {
        let all =
            self.parts.iter().flat_map(move |part| of(&part.blob).map(|(rule, table)| (part.first_rule + rule, table)));
        all.filter(|(rule, _)| self.applies(*rule))
    }

    /// The prefilter of raw-text rules.
    #[must_use]
    pub fn scanner(&self) -> Scanner<'_> {
        Scanner::new(self.parts.iter().map(|part| (part.first_rule, part.blob.literals())))
    }

    /// Raw-text rules that must be tried on every line.
    #[must_use]
    pub fn every_line(&self) -> Vec<u32> {
        self.parts
            .iter()
            .flat_map(|part| part.blob.every_line().map(|number| part.first_rule + number))
            .filter(|rule| self.applies(*rule))
            .collect()
    }

    /// The long texts of a rule.
    #[must_use]
    pub fn text(&self, rule: u32) -> RuleText {
        self.part_of(rule, |part| part.first_rule)
            .and_then(|part| part.blob.text(rule - part.first_rule))
            .unwrap_or_default()
    }

    /// The packs that apply, each with the numbers of its rules.
    #[must_use]
    pub fn packs(&self) -> Vec<(PackInfo, Range<u32>)> {
        let mut packs = Vec::new();
        for part in &self.parts {
            for pack in part.blob.packs() {
                let first = part.first_rule + pack.rules.0;
                let range = first..first + pack.rules.1;
                if !self.replaced.contains(&range) {
                    packs.push((pack, range));
                }
            }
        }
        packs
    }

    /// The number of the rule of that id (`pack/id`), also by an older id of it.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<u32> {
        let (pack, name) = id.split_once('/')?;
        let (info, mut range) = self.packs().into_iter().find(|(info, _)| info.id == pack)?;
        let current = info.renamed.iter().find(|(old, _)| old == name).map_or(name, |(_, new)| new);
        let wanted = format!("{pack}/{current}");
        range.find(|number| self.head(*number).is_some_and(|head| head.id == wanted))
    }

    /// The blobs, for comparing two sets.
    #[must_use]
    pub fn blobs(&self) -> Vec<&Blob> {
        self.parts.iter().map(|part| &part.blob).collect()
    }
}

fn builtin_blob() -> Blob {
    static RULES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/rules.bin"));
    static TEXTS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/texts.bin"));
    Blob::new(Cow::Borrowed(RULES), Cow::Borrowed(TEXTS))
}
