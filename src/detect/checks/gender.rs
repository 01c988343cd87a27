//! Pronouns and possessives that do not fit the one person they can mean. In: people whose gender title, first name or table tells.
//! Out: the pronoun, with the name.
//!
//! Silent where anyone else could be meant: another person, or a word for a human being, in this sentence or the one before.

use super::super::{Context, Hit};
use crate::document::{Document, Mention, Shape};
use crate::finding::{Place, Related};
use crate::language::hash;
use crate::lexicon::{EntryKind, Gender};
use crate::rulebook::settings::Settings;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Words for human beings that a pronoun may mean.
const HUMANS: &str = "man woman boy girl husband wife father mother son daughter brother sister king queen prince princess spokesman spokeswoman spokesperson president \
     minister leader judge officer driver victim suspect defendant teacher student player coach manager doctor patient lawyer actor actress singer writer \
     author artist director owner boss chief colleague friend partner boyfriend girlfriend fiance uncle aunt nephew niece cousin grandfather grandmother \
     child baby teenager person someone somebody anyone anybody everyone who whoever witness official lawmaker senator governor mayor secretary candidate \
     opponent rival predecessor successor attacker gunman killer assassin soldier pilot captain passenger resident neighbor neighbour customer worker \
     employee journalist reporter guest host winner champion athlete runner swimmer rider pope bishop priest imam rabbi professor scientist expert \
     analyst prosecutor attorney detective sheriff inmate prisoner hostage refugee migrant immigrant founder ceo chairman chairwoman deputy ambassador envoy \
     nurse pupil trainer fan supporter teammate follower reader viewer listener visitor buyer seller user ally enemy hero villain \
     heir maestro choreographer designer model sculptor pianist violinist referee surgeon waiter waitress cook chef maid cleaner guard clerk cashier banker broker trader investor engineer \
     architect farmer fisherman miner builder plumber electrician mechanic dancer musician composer conductor drummer guitarist poet novelist historian \
     economist politician activist protester demonstrator rebel fighter militant terrorist hacker thief robber burglar smuggler dealer addict tourist \
     traveler traveller climber hiker swimmer cyclist jockey boxer wrestler goalkeeper striker midfielder defender referee umpire juror plaintiff claimant \
     accused convict survivor bystander eyewitness caller speaker owner tenant landlord neighbor employer employee boss intern trainee graduate \
     general colonel sergeant businessman businesswoman congressman congresswoman policeman policewoman fireman premier chancellor counterpart dad mom mum";

fn is_human(form: u64) -> bool {
    static FORMS: LazyLock<HashSet<u64>> = LazyLock::new(|| HUMANS.split_ascii_whitespace().map(hash).collect());
    FORMS.contains(&form)
}

fn gender_of(document: &Document, at: usize) -> Option<Gender> {
    Some(match document.text_of(at).to_lowercase().as_str() {
        "he" | "his" | "him" | "himself" => Gender::Male,
        "she" | "her" | "hers" | "herself" => Gender::Female,
        _ => return None,
    })
}

/// Key `possessives`: look at his and her within the sentence of the name, instead of He and She at the start of the next one.
pub(super) fn find(context: &Context<'_>, settings: &Settings, out: &mut Vec<Hit>) {
    let document = context.document;
    let possessives = settings.flag("possessives", false);
    let wanted: Vec<bool> = document
        .words
        .iter()
        .map(|word| {
            let forms: &[&str] = if possessives { &["his", "her"] } else { &["he", "she"] };
            forms.iter().any(|form| hash(form) == word.form)
        })
        .collect();
    if !wanted.contains(&true) {
        return;
    }
    let mut families = None;
    for (at, token) in document.tokens.iter().enumerate() {
        if wanted.get(token.word as usize) != Some(&true) || document.is_quoted(at) {
            continue;
        }
        let found = if possessives { possessive(document, at) } else { pronoun(document, at) };
        let Some((mention, gender)) = found else { continue };
        // A surname alone may be a relative's who was named last.
        let last = |mention: &Mention| document.word(mention.tokens.end as usize - 1).form;
        let relatives = mention.tokens.len() == 1
            && families.get_or_insert_with(|| shared_surnames(document)).contains(&last(mention));
        if relatives {
            continue;
        }
        let right = match (gender, document.text_of(at)) {
            (Gender::Female, "He") => "She",
            (Gender::Male, "She") => "He",
            (Gender::Female, "he") => "she",
            (Gender::Male, "she") => "he",
            (Gender::Female, "his") => "her",
            (Gender::Male, "her") => "his",
            _ => continue,
        };
        let mut hit = Hit::at(Place::Span(token.span)).propose(right).value("name", document.text(mention.span));
        hit.related.push(Related::here(mention.span, "who is meant"));
        out.push(hit);
    }
}

/// Last words (their keys) that full names of several people share.
fn shared_surnames(document: &Document) -> HashSet<u64> {
    let mut firsts: HashMap<u64, u64> = HashMap::new();
    let mut shared = HashSet::new();
    for mention in
        document.mentions.iter().filter(|mention| mention.kind == EntryKind::Person && mention.tokens.len() > 1)
    {
        let first = document.word(mention.tokens.start as usize).form;
        let last = document.word(mention.tokens.end as usize - 1).form;
        if *firsts.entry(last).or_insert(first) != first {
            shared.insert(last);
        }
    }
    shared
}

/// He or She that opens a sentence whose predecessor names one person, of the other gender.
fn pronoun(document: &Document, at: usize) -> Option<(&Mention, Gender)> {
    let token = document.tokens.get(at)?;
    let sentence = document.sentences.get(token.sentence as usize)?;
    if sentence.tokens.start as usize != at {
        return None;
    }
    let before = document.sentences.get((token.sentence as usize).checked_sub(1)?)?;
    // In a paragraph of its own the pronoun may reach further back.
    if before.block != sentence.block {
        return None;
    }
    let range = before.tokens.start as usize..before.tokens.end as usize;
    let pronoun = gender_of(document, at)?;
    let first = document.sentences.get((token.sentence as usize).saturating_sub(4))?.tokens.start as usize;
    // Everyone named there and in the sentences before is of the other gender, and no one else came in.
    let named = |range: std::ops::Range<usize>| {
        mentions_in(document, range).iter().filter(|mention| mention.kind == EntryKind::Person)
    };
    let mention = named(range.clone()).find(|mention| fits_not(document, mention, at).is_some())?;
    let wrong = fits_not(document, mention, at)?;
    let all = named(first..at).all(|mention| gender(document, mention).is_some_and(|gender| gender == wrong));
    let said_before = (first..at).any(|token| gender_of(document, token) == Some(pronoun));
    let newcomer = (first..at).any(|token| is_newcomer(document, token, pronoun));
    let stranger = (range.start..at).any(|token| is_stranger(document, token));
    (all && !said_before && !newcomer && !stranger).then_some((mention, wrong))
}

/// A word for a human being of that gender, or one that an indefinite article brings in: "a judge", "his wife".
fn is_newcomer(document: &Document, at: usize, pronoun: Gender) -> bool {
    const WOMEN: [&str; 22] = [
        "woman",
        "girl",
        "wife",
        "mother",
        "daughter",
        "sister",
        "queen",
        "princess",
        "spokeswoman",
        "girlfriend",
        "aunt",
        "niece",
        "grandmother",
        "actress",
        "chairwoman",
        "congresswoman",
        "policewoman",
        "widow",
        "mom",
        "mum",
        "lady",
        "duchess",
    ];
    const MEN: [&str; 21] = [
        "man",
        "boy",
        "husband",
        "father",
        "son",
        "brother",
        "king",
        "prince",
        "spokesman",
        "boyfriend",
        "uncle",
        "nephew",
        "grandfather",
        "gunman",
        "chairman",
        "congressman",
        "policeman",
        "widower",
        "dad",
        "duke",
        "pope",
    ];
    let word = document.word(at);
    let lemma_in = |list: &[&str]| list.iter().any(|noun| document.has_reading(at, hash(noun), None, None));
    if lemma_in(if pronoun == Gender::Female { &WOMEN } else { &MEN }) {
        return true;
    }
    let human = is_human(word.form) || word.readings.iter().any(|reading| is_human(reading.lemma));
    let article = (1..=3).any(|back| {
        at.checked_sub(back).is_some_and(|before| {
            matches!(
                document.text_of(before).to_lowercase().as_str(),
                "a" | "an" | "another" | "her" | "his" | "one" | "the" | "their"
            )
        })
    });
    // "the president" may be someone who is not named, unless a name follows.
    human && article && !document.word(at + 1).shape.has(Shape::CAPITAL) && document.text_of(at + 1) != ","
}

/// The names that begin in a run of tokens.
fn mentions_in(document: &Document, range: std::ops::Range<usize>) -> &[Mention] {
    let from = document.mentions.partition_point(|mention| (mention.tokens.start as usize) < range.start);
    let until = document.mentions.partition_point(|mention| (mention.tokens.start as usize) < range.end);
    document.mentions.get(from..until).unwrap_or(&[])
}

/// Whether a token is part of a name.
fn in_mention(document: &Document, at: usize) -> bool {
    let number = document.mentions.partition_point(|mention| (mention.tokens.end as usize) <= at);
    document.mentions.get(number).is_some_and(|mention| mention.tokens.start as usize <= at)
}

/// A name that no table or list knows: its gender is not known either.
fn is_stranger(document: &Document, at: usize) -> bool {
    let word = document.word(at);
    word.shape.has(Shape::CAPITAL.with(Shape::UNKNOWN))
        && !word.shape.any(Shape::UPPER.with(Shape::DEMONYM).with(Shape::TITLE).with(Shape::MONTH).with(Shape::WEEKDAY))
        && !in_mention(document, at)
}

/// his or her in a sentence that names one person before it, of the other gender.
fn possessive(document: &Document, at: usize) -> Option<(&Mention, Gender)> {
    let token = document.tokens.get(at)?;
    let sentence = document.sentences.get(token.sentence as usize)?;
    let start = sentence.tokens.start as usize;
    let before = document.sentences.get((token.sentence as usize).saturating_sub(1))?.tokens.start as usize;
    let mention = only_person(document, start..at)?;
    let wrong = fits_not(document, mention, at)?;
    // "told her", "saw her leave": an object, not a possessive.
    let next = document.word(at + 1);
    let noun = next.readings.iter().any(|reading| reading.class == crate::language::Class::Noun)
        || next.readings.iter().any(|reading| reading.class == crate::language::Class::Adjective);
    let other = mentions_in(document, before..sentence.tokens.end as usize)
        .iter()
        .any(|other| other.kind == EntryKind::Person && !same(document, other, mention));
    let said = (before..at).any(|token| gender_of(document, token).is_some_and(|gender| gender != wrong));
    let humans = (before..at)
        .filter(|token| !belongs(document, mention, *token))
        .any(|token| is_human(document.word(token).form));
    // Others whom no table knows, and ships, which are she.
    let strangers = (start + 1..sentence.tokens.end as usize).any(|token| {
        let shape = document.word(token).shape;
        shape.has(Shape::CAPITAL.with(Shape::WORD))
            && !shape.any(Shape::DEMONYM.with(Shape::WEEKDAY).with(Shape::MONTH).with(Shape::TITLE).with(Shape::UPPER))
            && !in_mention(document, token)
            // in Leeds, of Dover: a place
            && !matches!(document.text_of(token - 1), "in" | "at" | "near" | "from" | "outside")
    });
    let ships = (start..at).any(|token| {
        ["ferry", "ship", "boat", "vessel", "yacht", "country", "nation", "cat", "dog", "horse"]
            .iter()
            .any(|noun| document.has_reading(token, hash(noun), None, None))
    });
    (noun && !other && !said && !humans && !strangers && !ships).then_some((mention, wrong))
}

/// The title or trade that stands with the name: "The actress Blanca Ferrer".
fn belongs(document: &Document, mention: &Mention, token: usize) -> bool {
    let start = mention.tokens.start as usize;
    let verb = |at: usize| {
        let word = document.word(at);
        let readings = |class: crate::language::Class| word.readings.iter().any(|reading| reading.class == class);
        readings(crate::language::Class::Verb) && !word.shape.has(Shape::CAPITAL) && at > token
    };
    token < start
        && start - token <= 4
        && (token..start).all(|at| !document.word(at).shape.has(Shape::PUNCT) && !verb(at))
}

/// The one person that a run of tokens names outside quotations; none where a word for another human being stands there too.
fn only_person(document: &Document, range: std::ops::Range<usize>) -> Option<&Mention> {
    let mut found: Option<&Mention> = None;
    for mention in mentions_in(document, range.clone()) {
        if mention.kind != EntryKind::Person {
            continue;
        }
        if found.is_some_and(|known| !same(document, known, mention)) {
            return None;
        }
        found = found.or(Some(mention));
    }
    let mention = found?;
    let capital_stranger = range.clone().any(|at| {
        let shape = document.word(at).shape;
        shape.has(Shape::CAPITAL.with(Shape::FIRST_NAME)) && !in_mention(document, at)
    });
    let humans = range.into_iter().filter(|at| !belongs(document, mention, *at)).any(|at| {
        is_human(document.word(at).form)
            || document.word(at).readings.iter().any(|reading| is_human(reading.lemma))
                && !document.word(at).shape.has(Shape::CAPITAL)
    });
    (!capital_stranger && !humans).then_some(mention)
}

fn same(document: &Document, one: &Mention, two: &Mention) -> bool {
    let last = |mention: &Mention| document.word(mention.tokens.end as usize - 1).form;
    one.first == two.first || last(one) == last(two)
}

fn gender(document: &Document, mention: &Mention) -> Option<Gender> {
    mention.gender.or_else(|| document.mentions.get(mention.first as usize).and_then(|first| first.gender))
}

/// The person's gender where the pronoun at a token is of the other one.
fn fits_not(document: &Document, mention: &Mention, at: usize) -> Option<Gender> {
    let gender = gender(document, mention)?;
    let pronoun = gender_of(document, at)?;
    // A first name alone may be anyone's; the trade word decides: the actress, Mrs.
    let sure = mention.entry.is_some() || mention.tokens.len() > 1 || mention.title.is_some();
    (sure && gender != Gender::Other && gender != pronoun).then_some(gender)
}
