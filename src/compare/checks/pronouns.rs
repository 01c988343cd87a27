//! Pronouns that make another person of the one meant: he for she, their for our.

use super::super::{Compared, Group};
use crate::detect::Hit;
use crate::document::Document;
use crate::finding::Place;
use crate::rulebook::settings::Settings;
use std::ops::Range;

/// Whom a pronoun means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Who {
    He,
    She,
    First,
    We,
    They,
    You,
    It,
}

/// How it stands: he, him, his, his (alone), himself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Case {
    Subject,
    Object,
    Possessive,
    Alone,
    Self_,
}

const FORMS: [(Who, [&str; 5]); 7] = [
    (Who::He, ["he", "him", "his", "his", "himself"]),
    (Who::She, ["she", "her", "her", "hers", "herself"]),
    (Who::First, ["i", "me", "my", "mine", "myself"]),
    (Who::We, ["we", "us", "our", "ours", "ourselves"]),
    (Who::They, ["they", "them", "their", "theirs", "themselves"]),
    (Who::You, ["you", "you", "your", "yours", "yourself"]),
    (Who::It, ["it", "it", "its", "its", "itself"]),
];
const CASES: [Case; 5] = [Case::Subject, Case::Object, Case::Possessive, Case::Alone, Case::Self_];

fn read(lower: &str) -> Option<Who> {
    FORMS.iter().find(|(_, forms)| forms.contains(&lower)).map(|(who, _)| *who)
}

fn lower(document: &Document, at: u32) -> String {
    document.tokens.get(at as usize).map_or(String::new(), |token| document.text(token.span).to_lowercase())
}

/// The cases a form may stand in.
fn cases(who: Who, lower: &str) -> Vec<Case> {
    let forms = FORMS.iter().find(|(known, _)| *known == who).map_or([""; 5], |(_, forms)| *forms);
    CASES.iter().zip(forms).filter(|(_, form)| *form == lower).map(|(case, _)| *case).collect()
}

fn form(who: Who, case: Case) -> &'static str {
    let index = CASES.iter().position(|known| *known == case).unwrap_or(0);
    FORMS.iter().find(|(known, _)| *known == who).map_or("", |(_, forms)| forms[index])
}

pub fn find(compared: &Compared<'_>, _settings: &Settings, out: &mut Vec<Hit>) {
    for group in &compared.groups {
        genders(compared, group, out);
        in_slots(compared, group, out);
    }
}

fn pronouns(document: &Document, range: &Range<u32>) -> Vec<(u32, Who)> {
    range.clone().filter_map(|at| Some((at, read(&lower(document, at))?))).collect()
}

/// A gender that the original does not have at all, where the other one is short by as much.
fn genders(compared: &Compared<'_>, group: &Group, out: &mut Vec<Hit>) {
    let (here, there) = (pronouns(compared.text, &group.text), pronouns(compared.original, &group.original));
    let count = |list: &[(u32, Who)], who: Who| list.iter().filter(|(_, known)| *known == who).count();
    for (wrong, right) in [(Who::He, Who::She), (Who::She, Who::He)] {
        let short = count(&here, right) < count(&there, right);
        if count(&here, wrong) > 0 && count(&there, wrong) == 0 && count(&there, right) > 0 && short {
            for (at, _) in here.iter().filter(|(_, who)| *who == wrong) {
                let other =
                    there.iter().find(|(_, who)| *who == right).map_or(group.original.start, |(other, _)| *other);
                out.push(changed(compared, *at, other, wrong, right));
            }
        }
    }
}

/// A pronoun for another one in the same place.
fn in_slots(compared: &Compared<'_>, group: &Group, out: &mut Vec<Hit>) {
    let slots = compared.slots.iter().filter(|slot| compared.groups.get(slot.group) == Some(group));
    for slot in slots.filter(|slot| slot.text.len() <= 2 && slot.original.len() <= 2) {
        let (here, there) = (pronouns(compared.text, &slot.text), pronouns(compared.original, &slot.original));
        if let ([(at, wrong)], [(other, right)]) = (here.as_slice(), there.as_slice())
            && wrong != right
            && !matches!((wrong, right), (Who::He, Who::She) | (Who::She, Who::He))
            && !matches!((wrong, right), (Who::It | Who::You, _) | (_, Who::It | Who::You))
        {
            let mut hit = changed(compared, *at, *other, *wrong, *right);
            hit.certainty = 0.85;
            out.push(hit);
        }
    }
}

fn changed(compared: &Compared<'_>, at: u32, other: u32, wrong: Who, right: Who) -> Hit {
    let place = Place::Span(compared.text.span(at..at + 1));
    let shown = lower(compared.text, at);
    let cases_here = cases(wrong, &shown);
    let there = lower(compared.original, other);
    let case = cases_here.iter().find(|case| form(right, **case) == there).or(cases_here.first()).copied();
    // "her" may be him or his: what follows tells.
    let noun_follows = compared
        .word(at + 1)
        .readings
        .iter()
        .any(|reading| matches!(reading.class, crate::language::Class::Noun | crate::language::Class::Adjective));
    let case = match case {
        Some(Case::Object | Case::Possessive)
            if cases_here.contains(&Case::Object) && cases_here.contains(&Case::Possessive) =>
        {
            if noun_follows {
                Case::Possessive
            } else {
                Case::Object
            }
        }
        Some(case) => case,
        None => Case::Subject,
    };
    let mut right_form = form(right, case).to_owned();
    if compared.shown(at).starts_with(char::is_uppercase) || right_form == "i" {
        right_form = capital(&right_form);
    }
    compared.hit(place, other..other + 1).propose(right_form)
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}
