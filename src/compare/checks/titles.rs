//! Titles and offices that became others before the same name.

use super::super::Compared;
use crate::detect::Hit;
use crate::finding::Place;
use crate::language::thesaurus::Kin;
use crate::rulebook::settings::Settings;

/// Short forms of titles, and what they stand for.
const SHORT: [(&str, &str); 16] = [
    ("sen", "senator"),
    ("gov", "governor"),
    ("rep", "representative"),
    ("gen", "general"),
    ("col", "colonel"),
    ("lt", "lieutenant"),
    ("capt", "captain"),
    ("sgt", "sergeant"),
    ("prof", "professor"),
    ("dr", "doctor"),
    ("rev", "reverend"),
    ("pres", "president"),
    ("maj", "major"),
    ("adm", "admiral"),
    ("st", "saint"),
    ("congressman", "representative"),
];

pub fn find(compared: &Compared<'_>, settings: &Settings, out: &mut Vec<Hit>) {
    let plain = |text: &str| {
        let lower = text.to_lowercase().replace('.', "");
        SHORT.iter().find(|(short, _)| *short == lower).map_or(lower, |(_, full)| (*full).to_owned())
    };
    let same = |a: &str, b: &str| {
        a == b
            || settings
                .groups("titles")
                .iter()
                .any(|group| group.iter().any(|title| title == a) && group.iter().any(|title| title == b))
    };
    for mention in &compared.text.mentions {
        let Some(title) = mention.title else { continue };
        let Some(other) = mention.tokens.clone().rev().find_map(|at| compared.partner(at)) else { continue };
        let from = compared.original.mentions.partition_point(|mention| mention.tokens.end <= other);
        let Some(there) = compared.original.mentions.get(from).filter(|there| there.tokens.contains(&other)) else {
            continue;
        };
        let Some(title_there) = there.title else { continue };
        let (here_text, there_text) = (compared.text.text(title), compared.original.text(title_there));
        let last = |text: &str| plain(text.rsplit(' ').next().unwrap_or(text));
        let (a, b) = (last(here_text), last(there_text));
        if same(&a, &b) || a.contains(&b) || b.contains(&a) {
            continue;
        }
        let (at, at_there) = (
            compared.text.token_at(title.end).saturating_sub(1),
            compared.original.token_at(title_there.end).saturating_sub(1),
        );
        if compared.profiles.kin(compared.text.word(at), compared.original.word(at_there)) == Kin::Same {
            continue;
        }
        let tokens = compared.original.token_at(title_there.start) as u32..(at_there + 1) as u32;
        out.push(compared.hit(Place::Span(title), tokens).propose(there_text));
    }
}
