//! Whether a speaker can have said it: someone who speaks of his own side as the enemy, who declines to say what only the other
//! side could know of him, who rejects the accusation that is his own. In: quotations with their speakers, and the countries that
//! tables know. Out: the speaker with the cue, and the words that show it.

use super::super::{Context, Hit};
use crate::document::{Document, Shape, Speaker, Word};
use crate::finding::{Place, Related, Span};
use crate::language::{Class, Closed, Forms, hash};
use crate::lexicon::{EntryKind, FormKind, Lexicon};
use crate::rulebook::settings::Settings;
use smallvec::SmallVec;
use std::collections::{HashMap, HashSet};

/// An ISO 3166 code as two letters.
pub(super) type Country = [u8; 2];

fn code(text: &str) -> Option<Country> {
    text.as_bytes().try_into().ok()
}

/// The country that a token names: Russia, Russian, Moscow; `metonyms` of a rule add the Kremlin and the like.
pub(super) fn country_at(
    document: &Document,
    lexicon: &Lexicon,
    metonyms: &[Vec<String>],
    at: usize,
) -> Option<Country> {
    let word = document.word(at);
    if !word.shape.has(Shape::CAPITAL) {
        return None;
    }
    if let Some(group) =
        metonyms.iter().find(|group| group.iter().skip(1).any(|name| hash(&name.to_lowercase()) == word.form))
    {
        return group.first().and_then(|country| code(country));
    }
    lexicon
        .forms(word.exact)
        .filter(|form| {
            form.entry_kind == EntryKind::Place
                && matches!(form.kind, FormKind::Full | FormKind::Alias | FormKind::Demonym)
        })
        .filter(|form| form.continues((at + 1..at + form.token_count()).map(|token| document.word(token).exact)))
        .find_map(|form| {
            let entry = lexicon.entry(form.entry)?;
            matches!(entry.subtype.as_str(), "country" | "capital").then(|| code(&entry.country)).flatten()
        })
}

/// Words that say a person speaks for a side.
fn is_office(document: &Document, at: usize) -> bool {
    const ROLES: [&str; 24] = [
        "president",
        "minister",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "leader",
        "official",
        "ambassador",
        "diplomat",
        "general",
        "premier",
        "chancellor",
        "secretary",
        "envoy",
        "negotiator",
        "commander",
        "government",
        "ministry",
        "adviser",
        "chief",
        "foreign",
        "military",
        "army",
        "delegation",
    ];
    ROLES.iter().any(|role| document.has_reading(at, hash(role), None, None))
        || document.word(at).shape.has(Shape::OFFICE)
}

/// The country a noun phrase speaks for: "Russian leader Vladimir Putin", "Ukraine's foreign minister"; the phrase ends before `end`.
pub(super) fn side_before(
    context: &Context<'_>,
    metonyms: &[Vec<String>],
    start: usize,
    end: usize,
) -> Option<Country> {
    let document = context.document;
    let sentence = document.tokens.get(start)?.sentence;
    let mut from = start;
    let mut office = false;
    while from > 0 && start - from < 8 {
        let before = from - 1;
        let token = document.tokens.get(before)?;
        let word = document.word(before);
        let inside = token.sentence == sentence && (!word.shape.has(Shape::PUNCT) || word.shape.has(Shape::HYPHEN));
        if !inside
            || word.closed.intersects(Closed::AUX.union(Closed::CONJ).union(Closed::SUBORDINATOR).union(Closed::PREP))
                && document.text_of(before) != "of"
        {
            break;
        }
        from = before;
    }
    let mut found = None;
    for at in from..end {
        office |= is_office(document, at);
        // The nearest to the name.
        found = country_at(document, context.lexicon, metonyms, at).or(found);
    }
    found.filter(|_| office)
}

/// The sides of the people of a text, by the words before their names.
fn sides(context: &Context<'_>, metonyms: &[Vec<String>]) -> HashMap<u32, SmallVec<[Country; 2]>> {
    let mut sides: HashMap<u32, SmallVec<[Country; 2]>> = HashMap::new();
    for (token, person) in context.document.people.places() {
        if let Some(side) = side_before(context, metonyms, token as usize, token as usize) {
            let known = sides.entry(person).or_default();
            if !known.contains(&side) {
                known.push(side);
            }
        }
    }
    sides
}

/// The side a speaker stands for: by the words before any mention of the person, else by the table's country and offices.
fn side_of(
    context: &Context<'_>,
    metonyms: &[Vec<String>],
    sides: &HashMap<u32, SmallVec<[Country; 2]>>,
    speaker: &Speaker,
) -> Option<Country> {
    let Some(person) = speaker.person else {
        return side_before(context, metonyms, speaker.tokens.start as usize, speaker.tokens.end as usize);
    };
    match sides.get(&person).map_or(&[][..], SmallVec::as_slice) {
        [one] => return Some(*one),
        // Two sides: an ambassador, a namesake.
        [_, _, ..] => return None,
        [] => {}
    }
    let entry = context.lexicon.entry(speaker.entry?)?;
    (!entry.offices.is_empty()).then(|| code(&entry.country)).flatten()
}

fn keys(words: &[String]) -> HashSet<u64> {
    words.iter().map(|word| hash(word)).collect()
}

fn has_any(document: &Document, at: usize, keys: &HashSet<u64>) -> bool {
    document.word(at).readings.iter().any(|reading| keys.contains(&reading.lemma))
        || keys.contains(&document.word(at).form)
}

/// Speaks of his own side as the enemy; keys `hostile`: what one says of an enemy only, `metonyms`: lists of a country's code
/// and the names that stand for it.
pub(super) fn own_side(context: &Context<'_>, settings: &Settings, out: &mut Vec<Hit>) {
    let document = context.document;
    let (metonyms, hostile) = (settings.groups("metonyms"), keys(settings.texts("hostile")));
    let is_hostile = |word: &Word| word.readings.iter().any(|reading| hostile.contains(&reading.lemma));
    if document.quotes.iter().all(|quote| quote.speaker.is_none()) || !document.words.iter().any(is_hostile) {
        return;
    }
    let mut known = None;
    let mut told: Option<Span> = None;
    for quote in document.quotes.iter().filter(|quote| quote.depth == 0) {
        let Some(speaker) = &quote.speaker else { continue };
        let Some((side, at)) =
            accused(context, metonyms, &hostile, quote.tokens.start as usize..quote.tokens.end as usize)
        else {
            continue;
        };
        let sides = known.get_or_insert_with(|| sides(context, metonyms));
        if side_of(context, metonyms, sides, speaker) != Some(side) {
            continue;
        }
        // Critics of their own side, and history told with regret.
        let start = (speaker.tokens.start as usize).saturating_sub(6);
        let critic = (start..speaker.tokens.end as usize).any(|at| {
            ["opposition", "dissident", "exiled", "jailed", "activist", "critic", "former", "protest", "rights"]
                .iter()
                .any(|word| document.text_of(at).eq_ignore_ascii_case(word))
        });
        let regret = quote.tokens.clone().any(|at| {
            [
                "regret",
                "apologize",
                "apologise",
                "apology",
                "remorse",
                "sorry",
                "suffering",
                "history",
                "past",
                "wartime",
                "shame",
                "victim",
                "mourn",
            ]
            .iter()
            .any(|word| document.has_reading(at as usize, hash(word), None, None))
        });
        if critic || regret {
            continue;
        }
        let place = quote.cue.map_or(speaker.span, |cue| speaker.span.cover(cue));
        if told == Some(place) {
            continue;
        }
        told = Some(place);
        let evidence = document.span(at.0 as u32..at.1 as u32);
        let name = speaker.name.clone().unwrap_or_else(|| document.text(speaker.span).to_owned());
        let mut hit = Hit::at(Place::Span(place)).value("name", name).value("other", document.text(evidence));
        hit.related.push(Related::here(evidence, "said of the speaker's own side"));
        out.push(hit);
    }
}

/// Is, does, commits …: what a country is said to do itself.
const ACTS: [&str; 16] = [
    "be", "do", "commit", "wage", "launch", "continue", "spread", "use", "carry", "show", "conduct", "start",
    "escalate", "resort", "practise", "go",
];

/// The country that words between `tokens` call an enemy: Russia's aggression, what Russia is doing is a barbarism, the Russian
/// attack, attacked by Russia. A country that suffers (attacks on, against) is none.
fn accused(
    context: &Context<'_>,
    metonyms: &[Vec<String>],
    hostile: &HashSet<u64>,
    tokens: std::ops::Range<usize>,
) -> Option<(Country, (usize, usize))> {
    let document = context.document;
    for at in tokens.clone() {
        let Some(side) = country_at(document, context.lexicon, metonyms, at) else { continue };
        let before =
            |back: usize| at.checked_sub(back).map_or(String::new(), |before| document.text_of(before).to_lowercase());
        if matches!(
            (before(1).as_str(), before(2).as_str()),
            ("against" | "on" | "in" | "to" | "of" | "for" | "from" | "with" | "at" | "toward" | "towards", _)
                | ("the", "against" | "on" | "in" | "to" | "of" | "for" | "from" | "with" | "at")
        ) {
            continue;
        }
        for other in at + 1..(at + 9).min(tokens.end) {
            let text = document.text_of(other);
            // Another clause, or someone else.
            if matches!(text, "." | ";" | "?" | "!" | ",") || document.word(other).closed.intersects(Closed::NEGATION) {
                break;
            }
            if country_at(document, context.lexicon, metonyms, other).is_some_and(|next| next != side) {
                break;
            }
            // Iran's enemies: the possessor owns the next noun, and what follows is that noun's.
            let owned = document.word(at + 1).shape.has(Shape::CLITIC)
                && (at + 2..other).any(|between| {
                    let noun = document.word(between).readings.iter().any(|reading| reading.class == Class::Noun);
                    noun && !document.is_modifier(between)
                });
            if owned {
                break;
            }
            if has_any(document, other, hostile) {
                let passive = document.has_reading(other - 1, hash("be"), None, None)
                    && document.is_class(other, crate::language::WordClass::Verb)
                    && document
                        .word(other)
                        .readings
                        .iter()
                        .any(|reading| reading.class == Class::Verb && reading.forms.intersects(Forms::EN));
                // What it rejects, remembers or loses is not its own.
                let direct = other == at + 1
                    || document.word(at + 1).shape.has(Shape::CLITIC)
                    || document.word(at).shape.has(Shape::DEMONYM);
                let acts = direct
                    || (at + 1..other)
                        .any(|between| ACTS.iter().any(|verb| document.has_reading(between, hash(verb), None, None)));
                let faces = !acts
                    || (at + 1..other).any(|between| {
                        [
                            "face",
                            "suffer",
                            "against",
                            "from",
                            "under",
                            "condemn",
                            "fight",
                            "stop",
                            "end",
                            "resist",
                            "by",
                            "oppose",
                            "investigate",
                            "respond",
                            "survive",
                            "prevent",
                        ]
                        .iter()
                        .any(|word| {
                            document.has_reading(between, hash(word), None, None) || document.text_of(between) == *word
                        })
                    });
                if !passive && !faces {
                    return Some((side, (at, other + 1)));
                }
                break;
            }
        }
    }
    None
}

/// Declines to say whether another side saw a change in his own: "Russian leader Putin declined to say whether the United States
/// had confirmed a change in Russian strategy". Key `metonyms` as above.
pub(super) fn declines(context: &Context<'_>, settings: &Settings, out: &mut Vec<Hit>) {
    let document = context.document;
    let metonyms = settings.groups("metonyms");
    let whether: Vec<u32> = document
        .words
        .iter()
        .enumerate()
        .filter(|(_, word)| word.form == hash("whether") || word.form == hash("if"))
        .map(|(number, _)| number as u32)
        .collect();
    if whether.is_empty() {
        return;
    }
    for (at, token) in document.tokens.iter().enumerate().filter(|(_, token)| whether.contains(&token.word)) {
        let Some(sentence) = document.sentences.get(token.sentence as usize) else { continue };
        let (start, end) = (sentence.tokens.start as usize, sentence.tokens.end as usize);
        if document.is_quoted(at) {
            continue;
        }
        let Some(verb) = declining(document, start, at) else { continue };
        // Who declines, and for whom he speaks.
        let Some(mention) = document.mentions.iter().rev().find(|mention| {
            mention.tokens.end as usize <= verb
                && mention.tokens.start as usize >= start
                && mention.kind == EntryKind::Person
        }) else {
            continue;
        };
        let person = mention.tokens.clone();
        let by_words = side_before(context, metonyms, person.start as usize, person.start as usize);
        let side = by_words.or_else(|| {
            let entry = context.lexicon.entry(mention.entry?)?;
            (!entry.offices.is_empty()).then(|| code(&entry.country)).flatten()
        });
        let Some(side) = side else { continue };
        let mut countries =
            (at + 1..end).filter_map(|token| Some((country_at(document, context.lexicon, metonyms, token)?, token)));
        let Some((first, _)) = countries.next() else { continue };
        let Some((_, own)) = countries.find(|(country, _)| *country == side) else { continue };
        let seen = (at + 1..own).any(|token| {
            ["confirm", "verify", "notice", "detect", "observe", "perceive"]
                .iter()
                .any(|verb| document.has_reading(token, hash(verb), None, None))
        });
        let change = (at + 1..sentence.tokens.end as usize).any(|token| {
            [
                "change",
                "shift",
                "sign",
                "movement",
                "progress",
                "softening",
                "evidence",
                "withdrawal",
                "pullback",
                "drawdown",
                "turn",
                "difference",
            ]
            .iter()
            .any(|noun| document.has_reading(token, hash(noun), None, None))
        });
        let saw = (at + 1..own).any(|token| document.has_reading(token, hash("see"), None, None));
        if first == side || !(seen || saw && change) {
            continue;
        }
        let evidence = document.span(own as u32..own as u32 + 1);
        let mut hit = Hit::at(Place::Span(document.span(person.start..at as u32)))
            .value("name", document.text(mention.span))
            .value("other", document.text(evidence));
        hit.related.push(Related::here(evidence, "the speaker's own side"));
        out.push(hit);
    }
}

/// declined to say, would not say, refused to comment on, would not be drawn on: the first token of the verb before `until`.
fn declining(document: &Document, start: usize, until: usize) -> Option<usize> {
    let from = until.saturating_sub(7).max(start);
    (from..until).find(|at| {
        let refuses = ["decline", "refuse"].iter().any(|verb| document.has_reading(*at, hash(verb), None, None));
        let not = document.word(*at).closed.intersects(Closed::MODAL.union(Closed::AUX))
            && document.word(at + 1).closed.intersects(Closed::NEGATION)
            && (at + 2..until).any(|next| {
                ["say", "comment", "draw", "confirm", "discuss"]
                    .iter()
                    .any(|verb| document.has_reading(next, hash(verb), None, None))
            });
        refuses || not
    })
}

/// Rejects the accusation that is his own: "Cruz has accused the governor … Cruz rejected that accusation".
pub(super) fn accuser(context: &Context<'_>, _: &Settings, out: &mut Vec<Hit>) {
    let document = context.document;
    let rejects = ["reject", "deny", "dismiss", "refute", "rebut"];
    let charges = ["accusation", "allegation", "charge", "claim", "criticism"];
    if !document
        .words
        .iter()
        .any(|word| word.readings.iter().any(|reading| charges.iter().any(|noun| hash(noun) == reading.lemma)))
    {
        return;
    }
    // Who was the last to accuse: key of the surname, sentence, place.
    let mut last: Option<(u64, u32, Span)> = None;
    for mention in document
        .mentions
        .iter()
        .filter(|mention| mention.kind == EntryKind::Person && !document.is_quoted(mention.tokens.start as usize))
    {
        let end = mention.tokens.end as usize;
        let Some(token) = document.tokens.get(end - 1) else { continue };
        let full = document.mentions.get(mention.first as usize).unwrap_or(mention);
        let key = document.word(end - 1).form ^ document.word(full.tokens.start as usize).form.rotate_left(9);
        // He is accused in turn.
        if mention.tokens.start > 0
            && document.has_reading(mention.tokens.start as usize - 1, hash("accuse"), None, None)
        {
            last = None;
            continue;
        }
        let verb = (end..end + 3)
            .find(|at| rejects.iter().any(|verb| document.has_reading(*at, hash(verb), Some(Class::Verb), None)));
        if let (Some(verb), Some((accuser, sentence, place))) = (verb, last)
            && accuser == key
            && token.sentence > sentence
            && token.sentence - sentence <= 2
            && matches!(
                document.text_of(verb + 1).to_lowercase().as_str(),
                "that" | "the" | "this" | "those" | "these" | "such"
            )
            && (verb + 2..verb + 4)
                .any(|at| charges.iter().any(|noun| document.has_reading(at, hash(noun), None, None)))
        {
            let mut hit = Hit::at(Place::Span(mention.span.cover(document.span(verb as u32..verb as u32 + 3))))
                .value("name", document.text(mention.span))
                .value("other", document.text(place));
            hit.related.push(Related::here(place, "the accusation is this speaker's own"));
            out.push(hit);
        }
        let sentence_end =
            document.sentences.get(token.sentence as usize).map_or(end, |sentence| sentence.tokens.end as usize);
        // "Cruz, the opposition's candidate, has accused": an apposition may stand between.
        let accuses = (end..sentence_end.min(end + 16)).find(|at| {
            document.has_reading(*at, hash("accuse"), Some(Class::Verb), None)
                && !document.has_reading(at - 1, hash("be"), None, None)
        });
        if let Some(at) = accuses {
            let other = document.mentions.iter().any(|between| {
                between.kind == EntryKind::Person
                    && between.tokens.start as usize >= end
                    && (between.tokens.end as usize) <= at
            });
            if !other {
                last = Some((key, token.sentence, document.span((end - 1) as u32..at as u32 + 1)));
            }
        }
    }
}
