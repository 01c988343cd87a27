//! Quantities that cannot both be true: two numbers for one thing, one number under two units. In: quantities with unit, head and the words around them. Out: the later one, with the other as evidence.
//!
//! News varies its numbers for good reasons (a toll rises, a range, two events): only quantities of the same unit in like
//! surroundings are compared, and any word of change or comparison silences.

use super::super::{Context, Hit};
use crate::document::{Document, Quantity, QuantityKind, Shape};
use crate::finding::{FixSafety, Place, Regions, Related, Span};
use crate::language::{Class, Closed, Forms, hash};
use crate::rulebook::settings::Settings;
use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

/// Words around a quantity that belong to its context.
const WINDOW: usize = 8;
/// Of one unit more values than this are a list, a table, a match report.
const VALUES: usize = 3;
/// A quantity is compared with so many before it.
const COMPARED: usize = 12;
/// Sentences with these compare, count up or limit.
const VARY: &str = "earlier previously initially originally rise rose risen increase increased decrease decreased fall fell fallen drop dropped grow grew grown climb \
     climbed compare compared average per each every another further additional remaining other others respectively between from up down least \
     most total totalling combined maximum minimum limit cap former latter least until within estimate estimated range first second third half both \
     either more less fewer extra next last ago younger older former record if could may might would should roughly about versus updated sentence sentenced prison jail probation parole revised";

fn varies(form: u64) -> bool {
    static FORMS: LazyLock<BTreeSet<u64>> = LazyLock::new(|| VARY.split_ascii_whitespace().map(hash).collect());
    FORMS.contains(&form)
}

/// A quantity with the words around it.
struct Counted<'a> {
    quantity: &'a Quantity,
    sentence: u32,
    near: BTreeSet<u64>,
    /// Content words of the whole sentence, of a headline and the lead below it.
    whole: BTreeSet<u64>,
    /// Weekdays, months and years of the sentence.
    days: BTreeSet<u64>,
    headline: bool,
    varies: bool,
    quoted: bool,
}

/// Keys: `kinds` (duration, count, money, percent, measure), `shared`: words two surroundings must share (4),
/// `share`: of the smaller surrounding (0.5); `retold`: words that headline and lead must share (3).
pub(super) fn conflict(context: &Context<'_>, settings: &Settings, out: &mut Vec<Hit>) {
    let document = context.document;
    let least = settings.number("shared", 4.0) as usize;
    let share = settings.number("share", 0.5);
    let retold = settings.number("retold", 3.0) as usize;
    let kinds: Vec<QuantityKind> = settings.texts("kinds").iter().filter_map(|name| kind(name)).collect();
    let mut by_unit: HashMap<(QuantityKind, &str), Vec<Counted<'_>>> = HashMap::new();
    for quantity in document.quantities.iter().filter(|quantity| kinds.contains(&quantity.kind)) {
        if let Some(counted) = surroundings(document, quantity) {
            by_unit.entry((quantity.kind, quantity.unit.as_str())).or_default().push(counted);
        }
    }
    let mut groups: Vec<_> = by_unit.into_values().filter(|group| group.len() > 1).collect();
    groups.sort_by_key(|group| group.first().map_or(0, |one| one.quantity.span.start));
    for group in groups {
        let mut values: Vec<u64> = group.iter().map(|one| one.quantity.value.to_bits()).collect();
        values.sort_unstable();
        values.dedup();
        if values.len() > 1 {
            // Of many values only headline and lead are held against each other.
            let least = if values.len() > VALUES { usize::MAX } else { least };
            contradictions(document, &group, (least, share, retold), out);
        }
    }
}

fn kind(name: &str) -> Option<QuantityKind> {
    Some(match name {
        "duration" => QuantityKind::Duration,
        "count" => QuantityKind::Count,
        "money" => QuantityKind::Money,
        "percent" => QuantityKind::Percent,
        "measure" => QuantityKind::Measure,
        _ => return None,
    })
}

fn surroundings<'a>(document: &Document, quantity: &'a Quantity) -> Option<Counted<'a>> {
    let first = document.tokens.get(quantity.tokens.start as usize)?;
    let sentence = document.sentences.get(first.sentence as usize)?;
    // 2016 elections: a year.
    if quantity.kind == QuantityKind::Count
        && quantity.value.fract() == 0.0
        && (1900.0..2100.0).contains(&quantity.value)
        && !document.text(quantity.span).contains(',')
    {
        return None;
    }
    let region = document.blocks.get(sentence.block as usize)?.region;
    let headline = region == Regions::HEADLINE || region == Regions::STANDFIRST;
    let (start, end) = (quantity.tokens.start as usize, quantity.tokens.end as usize);
    let from = start.saturating_sub(WINDOW).max(sentence.tokens.start as usize);
    let until = (end + WINDOW).min(sentence.tokens.end as usize);
    let lead =
        headline || document.sentences.get(first.sentence as usize).is_some_and(|_| is_lead(document, first.sentence));
    let whole = if lead {
        sentence.tokens.clone().filter_map(|at| content(document, at as usize)).collect()
    } else {
        BTreeSet::new()
    };
    let dated = |word: &crate::document::Word, text: &str| {
        word.shape.any(Shape::WEEKDAY.with(Shape::MONTH))
            || text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let days = sentence
        .tokens
        .clone()
        .filter(|at| dated(document.word(*at as usize), document.text_of(*at as usize)))
        .map(|at| document.word(at as usize).form)
        .collect();
    let near = (from..start).chain(end..until).filter_map(|at| content(document, at)).collect();
    let tight =
        start.saturating_sub(5).max(sentence.tokens.start as usize)..(end + 5).min(sentence.tokens.end as usize);
    Some(Counted {
        quantity,
        sentence: first.sentence,
        near,
        whole,
        days,
        headline,
        varies: quantity.approximate || tight.into_iter().any(|at| varies(document.word(at).form)),
        quoted: document.is_quoted(start),
    })
}

/// One of the first three sentences of the narration: they tell again what the headline says.
fn is_lead(document: &Document, sentence: u32) -> bool {
    let title = |region: Regions| region != Regions::NARRATION;
    let mut blocks = document.blocks.iter().take(8).skip_while(|block| title(block.region));
    // A dateline of its own ("Tuesday, March 3") is no sentence of the story.
    let first = blocks.find(|block| block.tokens.len() > 8).map_or(u32::MAX, |block| block.sentences.start);
    (first..first.saturating_add(3)).contains(&sentence)
}

/// The lemma of a content word.
fn content(document: &Document, at: usize) -> Option<u64> {
    let word = document.word(at);
    if word.closed != Closed::default() || word.shape.any(Shape::PUNCT.with(Shape::NUMBER).with(Shape::CLITIC)) {
        return None;
    }
    let verb = word
        .readings
        .iter()
        .find(|reading| reading.class == Class::Verb && reading.forms.intersects(Forms::ED.union(Forms::ING)));
    Some(verb.or_else(|| word.readings.first()).map_or(word.form, |reading| reading.lemma))
}

fn contradictions(
    document: &Document,
    group: &[Counted<'_>],
    (least, share, retold): (usize, f64, usize),
    out: &mut Vec<Hit>,
) {
    let same = |a: f64, b: f64| (a - b).abs() < f64::EPSILON * a.abs().max(1.0);
    let count = |value: f64| group.iter().filter(|one| same(one.quantity.value, value)).count();
    let mut told: BTreeSet<u32> = BTreeSet::new();
    for (at, later) in group.iter().enumerate().skip(1) {
        // A long list of one unit is compared with its beginning only: headline, lead, and what follows.
        for earlier in group.get(..at.min(COMPARED)).unwrap_or(&[]) {
            if same(later.quantity.value, earlier.quantity.value)
                || later.sentence == earlier.sentence
                || later.varies
                || earlier.varies
                || later.quoted != earlier.quoted
                || !later.days.is_empty() && !earlier.days.is_empty() && later.days.is_disjoint(&earlier.days)
            {
                continue;
            }
            let shared = later.near.intersection(&earlier.near).count();
            let smaller = later.near.len().min(earlier.near.len()).max(1);
            let like = shared >= least && (shared as f64) >= share * smaller as f64;
            let retold =
                earlier.headline && !later.headline && earlier.whole.intersection(&later.whole).count() >= retold;
            if !like && !retold {
                continue;
            }
            // The rarer value is the likelier slip; of equals the one in the body, since a headline is read twice.
            let (wrong, right) = match count(later.quantity.value).cmp(&count(earlier.quantity.value)) {
                std::cmp::Ordering::Greater => (earlier, later),
                std::cmp::Ordering::Less => (later, earlier),
                std::cmp::Ordering::Equal if later.headline => (earlier, later),
                std::cmp::Ordering::Equal => (later, earlier),
            };
            if told.insert(wrong.quantity.span.start) {
                out.push(hit(document, wrong.quantity.span, right.quantity.span));
            }
        }
    }
}

pub(super) fn hit(document: &Document, here: Span, there: Span) -> Hit {
    let mut hit = Hit::at(Place::Span(here)).value("other", document.text(there));
    hit.proposals
        .push(super::super::Proposal { text: document.text(there).to_owned(), fix: Some(FixSafety::DisplayOnly) });
    hit.related.push(Related::here(there, format!("“{}” stands here", document.text(there))));
    hit
}

/// A length of time, the content words of its sentence, the sentence.
type Lasting<'a> = (&'a Quantity, BTreeSet<u64>, u32);

/// One number under two units of time: "a nine-day march … after nine weeks on the road". Key `shared`: content words that the two
/// sentences must share (4).
pub(super) fn unit_slip(context: &Context<'_>, settings: &Settings, out: &mut Vec<Hit>) {
    let document = context.document;
    let least = settings.number("shared", 4.0) as usize;
    let lasting = |quantity: &&Quantity| {
        quantity.kind == QuantityKind::Duration
            && quantity.value >= 2.0
            && matches!(quantity.unit.as_str(), "hour" | "day" | "week" | "month" | "year" | "decade")
            && !document.is_quoted(quantity.tokens.start as usize)
            && !other_length(document, quantity)
    };
    let mut seen: HashMap<u64, Vec<Lasting<'_>>> = HashMap::new();
    for quantity in document.quantities.iter().filter(lasting) {
        let Some(first) = document.tokens.get(quantity.tokens.start as usize) else { continue };
        let Some(sentence) = document.sentences.get(first.sentence as usize) else { continue };
        let words: BTreeSet<u64> = sentence.tokens.clone().filter_map(|at| content(document, at as usize)).collect();
        let known = seen.entry(quantity.value.to_bits()).or_default();
        let back = takes_up(document, quantity);
        let slipped = known.iter().rev().take(COMPARED).find(|(other, theirs, number)| {
            let near = back && first.sentence - number <= 2;
            other.unit != quantity.unit
                && *number != first.sentence
                && (near || quantity.value >= 3.0 && theirs.intersection(&words).count() >= least)
        });
        if let Some((other, ..)) = slipped {
            out.push(hit(document, quantity.span, other.span));
        }
        known.push((quantity, words, first.sentence));
    }
}

/// ago, old, sentences and contracts: lengths of something else.
fn other_length(document: &Document, quantity: &Quantity) -> bool {
    const OTHERS: [&str; 24] = [
        "ago",
        "old",
        "later",
        "earlier",
        "before",
        "sentence",
        "prison",
        "jail",
        "contract",
        "deal",
        "term",
        "plan",
        "per",
        "probation",
        "every",
        "apart",
        "record",
        "away",
        "within",
        "extension",
        "next",
        "each",
        "last",
        "past",
    ];
    let (start, end) = (quantity.tokens.start as usize, quantity.tokens.end as usize);
    (start.saturating_sub(2)..start)
        .chain(end..end + 3)
        .any(|at| OTHERS.contains(&document.text_of(at).to_lowercase().as_str()))
}

/// Events that a length of time before them takes up.
const EVENTS: [&str; 34] = [
    "break",
    "pause",
    "suspension",
    "siege",
    "wait",
    "war",
    "strike",
    "trial",
    "ordeal",
    "closure",
    "outage",
    "rule",
    "reign",
    "ban",
    "standoff",
    "search",
    "journey",
    "march",
    "stay",
    "captivity",
    "detention",
    "operation",
    "walkout",
    "blackout",
    "drought",
    "blockade",
    "lockdown",
    "hunt",
    "manhunt",
    "shutdown",
    "halt",
    "delay",
    "absence",
    "fast",
];

/// Whether a length of time takes up one that was told before: "the 18 weeks of heat", "during the five-month break", "his two-year
/// rule", "after nine weeks alone", "seven years after it began".
fn takes_up(document: &Document, quantity: &Quantity) -> bool {
    let (start, end) = (quantity.tokens.start as usize, quantity.tokens.end as usize);
    let text = |at: usize| document.text_of(at).to_lowercase();
    let before = start.checked_sub(1).map_or(String::new(), text);
    let after = text(end);
    let definite =
        matches!(before.as_str(), "the" | "these" | "those" | "this" | "that" | "his" | "her" | "its" | "their");
    let during = before == "after"
        && matches!(after.as_str(), "alone" | "of" | "on" | "in" | "at" | "without" | "lost" | "under" | "underground");
    let began = matches!(after.as_str(), "after" | "into" | "since")
        && matches!(text(end + 1).as_str(), "it" | "they" | "the" | "he" | "she")
        && (end + 2..end + 5)
            .any(|at| matches!(text(at).as_str(), "began" | "started" | "broke" | "launched" | "opened"));
    // A compound takes up an event, no other thing: the five-month break; not the four-year agreement.
    let compound = document.text(quantity.span).contains('-');
    let takes = if compound { EVENTS.contains(&after.as_str()) } else { after == "of" };
    definite && takes || during || began
}
