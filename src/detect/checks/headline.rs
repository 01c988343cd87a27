//! Headline against lead. In: the headline and the first sentences below it. Out: a verb of the headline whose opposite tells the
//! same story in the lead.

use super::super::{Context, Hit};
use crate::document::{Document, Identity, Shape};
use crate::finding::{Place, Regions, Related};
use crate::language::{Class, Closed, Signature, hash};
use crate::rulebook::settings::Settings;
use std::collections::{BTreeSet, HashMap};
use std::hash::BuildHasherDefault;

/// Key `pairs`: two lists of lemmas that exclude each other, words parted by blanks (a verb with its particle by a hyphen);
/// `shared`: content words that headline and lead must share (3).
pub(super) fn polarity(context: &Context<'_>, settings: &Settings, out: &mut Vec<Hit>) {
    let document = context.document;
    let least = settings.number("shared", 3.0) as usize;
    let Some(headline) = document.blocks.iter().take(3).find(|block| block.region == Regions::HEADLINE) else { return };
    let head = headline.tokens.start as usize..headline.tokens.end as usize;
    let mut body = document.blocks.iter().filter(|block| {
        block.region == Regions::NARRATION && block.tokens.start >= headline.tokens.end && block.tokens.len() > 8
    });
    let Some(lead) = body.next() else { return };
    let first = lead.sentences.start as usize;
    let until = (first + 2).min(lead.sentences.end as usize);
    let Some(second) = document.sentences.get(until.saturating_sub(1)) else { return };
    let lead = lead.tokens.start as usize..second.tokens.end as usize;
    let words = |range: &std::ops::Range<usize>| -> BTreeSet<u64> {
        range
            .clone()
            .filter(|at| {
                let word = document.word(*at);
                word.closed == Closed::default()
                    && !word.shape.any(Shape::PUNCT.with(Shape::NUMBER))
                    && !document.is_quoted(*at)
            })
            .map(|at| document.word(at).readings.first().map_or(document.word(at).form, |reading| reading.lemma))
            .collect()
    };
    if words(&head).intersection(&words(&lead)).count() < least || negated(document, &head) != negated(document, &lead)
    {
        return;
    }
    let (head, lead) = (Verbs::of(document, head), Verbs::of(document, lead));
    let Some(pairs) = settings.made(Pairs::new) else { return };
    for [one, two] in pairs.of(&head) {
        for (here, there) in [(one, two), (two, one)] {
            let (Some(at), Some(other)) = (head.first(here), lead.first(there)) else { continue };
            if is_hedged(document, other, lead.range.start) {
                continue;
            }
            if lead.first(here).is_some() || head.first(there).is_some() {
                continue;
            }
            let span = document.span(at as u32..at as u32 + 1);
            let evidence = document.span(other as u32..other as u32 + 1);
            let mut hit = Hit::at(Place::Span(span)).value("other", document.text(evidence));
            hit.related.push(Related::here(evidence, "the lead says the opposite"));
            out.push(hit);
            return;
        }
    }
}

/// Refused to overturn, hopes to resume, a man who was released: told, but not as what happened.
fn is_hedged(document: &Document, verb: usize, from: usize) -> bool {
    const HEDGES: [&str; 35] = [
        "refuse",
        "decline",
        "fail",
        "hope",
        "stop",
        "want",
        "seek",
        "try",
        "ask",
        "call",
        "could",
        "may",
        "might",
        "would",
        "plan",
        "urge",
        "who",
        "which",
        "that",
        "whose",
        "earlier",
        "previously",
        "last",
        "before",
        "if",
        "unless",
        "whether",
        "threaten",
        "expect",
        "likely",
        "should",
        "must",
        "can",
        "where",
        "when",
    ];
    (verb.saturating_sub(5).max(from)..verb).any(|at| {
        let text = document.text_of(at).to_lowercase();
        HEDGES.iter().any(|hedge| text == *hedge || document.has_reading(at, hash(hedge), Some(Class::Verb), None))
    })
}

fn negated(document: &Document, range: &std::ops::Range<usize>) -> bool {
    range.clone().any(|at| document.word(at).closed.intersects(Closed::NEGATION))
}

/// A verb of a list: its lemma, and the particle that belongs to it.
struct Verb {
    lemma: u64,
    particle: Option<String>,
}

/// The rule's pairs of lists, and of each lemma the pairs that hold it.
struct Pairs {
    all: Vec<[Vec<Verb>; 2]>,
    by_lemma: HashMap<u64, Vec<usize>, BuildHasherDefault<Identity>>,
}

impl Pairs {
    fn new(settings: &Settings) -> Self {
        let verb = |entry: &str| {
            let (lemma, particle) = entry.split_once('-').map_or((entry, None), |(lemma, rest)| (lemma, Some(rest)));
            Verb { lemma: hash(lemma), particle: particle.map(str::to_owned) }
        };
        let list = |list: &String| list.split(' ').map(verb).collect();
        let pair = |pair: &Vec<String>| match pair.as_slice() {
            [one, two] => Some([list(one), list(two)]),
            _ => None,
        };
        let all: Vec<[Vec<Verb>; 2]> = settings.groups("pairs").iter().filter_map(pair).collect();
        let mut pairs = Self { all, by_lemma: HashMap::default() };
        for (number, pair) in pairs.all.iter().enumerate() {
            for verb in pair.iter().flatten() {
                pairs.by_lemma.entry(verb.lemma).or_default().push(number);
            }
        }
        pairs
    }

    /// Those of which the headline may hold a verb, in order.
    fn of(&self, head: &Verbs<'_>) -> impl Iterator<Item = &[Vec<Verb>; 2]> {
        let readings = head.range.clone().flat_map(|at| &head.document.word(at).readings);
        let numbers: BTreeSet<usize> =
            readings.filter_map(|reading| self.by_lemma.get(&reading.lemma)).flatten().copied().collect();
        numbers.into_iter().filter_map(|number| self.all.get(number))
    }
}

/// Tokens outside quotations, and what any of them is.
struct Verbs<'d> {
    document: &'d Document,
    range: std::ops::Range<usize>,
    signature: Signature,
}

impl<'d> Verbs<'d> {
    fn of(document: &'d Document, range: std::ops::Range<usize>) -> Self {
        let all = range.clone().fold(Signature::NONE, |all, at| all.with(document.word(at).signature));
        Self { document, range, signature: all }
    }

    /// The first verb of a list.
    fn first(&self, list: &[Verb]) -> Option<usize> {
        let document = self.document;
        list.iter().find_map(|&Verb { lemma, ref particle }| {
            let key = Signature::key(lemma);
            if !self.signature.meets(key) {
                return None;
            }
            self.range.clone().find(|at| {
                document.word(*at).signature.meets(key)
                    && document.has_reading(*at, lemma, Some(Class::Verb), None)
                    && !document.is_quoted(*at)
                    && particle.as_deref().is_none_or(|particle| {
                        document.text_of(at + 1) == particle || document.text_of(at + 2) == particle
                    })
            })
        })
    }
}
