//! Marks, capitals, blanks and letters that the original has and the text has not.

use super::super::Compared;
use crate::detect::Hit;
use crate::document::{Document, Shape, TokenFlags};
use crate::finding::{Place, Span};
use crate::language;
use crate::rulebook::settings::Settings;
use std::collections::HashSet;

pub fn find(compared: &Compared<'_>, settings: &Settings, out: &mut Vec<Hit>) {
    match settings.text("fault").unwrap_or("stop") {
        "stop" => stops(compared, out),
        "case" => cases(compared, out),
        "blank" => blanks(compared, out),
        "mark" => marks(compared, out),
        "repeat" => repeats(compared, out),
        _ => letters(compared, out),
    }
}

fn shown(document: &Document, at: u32) -> &str {
    document.tokens.get(at as usize).map_or("", |token| document.text(token.span))
}

/// A sentence that has lost its full stop.
fn stops(compared: &Compared<'_>, out: &mut Vec<Hit>) {
    let ends = |document: &Document, last: u32| -> bool {
        (last.saturating_sub(2)..=last).any(|at| {
            document.word(at as usize).shape.any(Shape::FULL_STOP.with(Shape::ABBREVIATION))
                || matches!(shown(document, at), ":" | ";")
        })
    };
    for group in &compared.groups {
        let (Some(last), Some(last_there)) = (group.text.end.checked_sub(1), group.original.end.checked_sub(1)) else {
            continue;
        };
        if group.text.len() >= 5 && !ends(compared.text, last) && ends(compared.original, last_there) {
            let at = compared.text.tokens.get(last as usize).map_or(0, |token| token.span.end);
            let mark = shown(compared.original, last_there);
            let mark = if mark.len() == 1 { mark } else { "." };
            out.push(compared.hit(Place::Gap(at), last_there..last_there + 1).propose(mark));
        }
    }
}

/// A beginning in small letters, or no capital at all.
fn cases(compared: &Compared<'_>, out: &mut Vec<Hit>) {
    let small = |document: &Document, at: u32| shown(document, at).starts_with(char::is_lowercase);
    for group in &compared.groups {
        if compared.groups.is_empty() || group.text.is_empty() || group.original.is_empty() {
            continue;
        }
        let capitals = |document: &Document, range: std::ops::Range<u32>| {
            range.filter(|at| shown(document, *at).starts_with(char::is_uppercase)).count()
        };
        let (here, there) =
            (capitals(compared.text, group.text.clone()), capitals(compared.original, group.original.clone()));
        if here == 0 && there >= 1 && group.text.len() >= 4 && small(compared.text, group.text.start) {
            let span = if there >= 2 { group.text.clone() } else { group.text.start..group.text.start + 1 };
            let mut hit =
                compared.hit(Place::Span(compared.text.span(span)), group.original.start..group.original.start + 1);
            if there == 1 {
                hit = hit.propose(capital(shown(compared.text, group.text.start)));
            }
            out.push(hit);
            continue;
        }
        let first = |document: &Document, at: u32| {
            document
                .tokens
                .get(at as usize)
                .and_then(|token| document.sentences.get(token.sentence as usize))
                .is_some_and(|sentence| sentence.tokens.start == at)
        };
        for at in group.text.clone() {
            let begins = first(compared.text, at)
                && small(compared.text, at)
                && shown(compared.original, group.original.start).starts_with(char::is_uppercase);
            let lowered = compared.ties.get(at as usize).copied().flatten().is_some_and(|tie| {
                small(compared.text, at)
                    && compared.there(tie.at).shape.has(Shape::CAPITAL)
                    && super::names::is_name(compared.original, tie.at)
                    && compared.word(at).form == compared.there(tie.at).form
                    && !compared.word(at).shape.has(Shape::ADDRESS)
                    && !compared.there(tie.at).shape.any(Shape::HYPHEN.with(Shape::DIGIT))
                    && language::thesaurus::senses(shown(compared.text, at)).is_none()
                    && !shown(compared.text, at).ends_with("ern")
                    && (compared.word(at).shape.has(Shape::UNKNOWN) || compared.word(at).readings.is_empty())
            });
            if begins || lowered {
                let other = compared.partner(at).unwrap_or(group.original.start);
                let place = Place::Span(compared.text.span(at..at + 1));
                out.push(compared.hit(place, other..other + 1).propose(capital(shown(compared.text, at))));
            }
        }
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

/// A blank before a mark that closes, inside a contraction.
fn blanks(compared: &Compared<'_>, out: &mut Vec<Hit>) {
    for group in &compared.groups {
        for at in group.text.clone() {
            let Some(token) = compared.text.tokens.get(at as usize) else { continue };
            if !token.flags.has(TokenFlags::SPACE_BEFORE)
                || at == group.text.start
                || token.flags.has(TokenFlags::LINE_START)
            {
                continue;
            }
            let text = shown(compared.text, at);
            let closing = matches!(text, "." | "," | ";" | ":" | "!" | "?" | ")" | "%")
                || compared.word(at).shape.has(Shape::CLITIC) && !matches!(text, "'" | "’");
            let spaced = |other: u32| {
                compared
                    .original
                    .tokens
                    .get(other as usize)
                    .is_some_and(|token| token.flags.has(TokenFlags::SPACE_BEFORE))
            };
            if closing && !compared.partner(at).is_some_and(spaced) {
                let before = compared.text.tokens.get(at as usize - 1).map_or(token.span, |before| before.span);
                let place = Place::Span(Span::new(before.end as usize, token.span.end as usize));
                let other = compared.partner(at).unwrap_or(group.original.start);
                out.push(compared.hit(place, other..other + 1).propose(text));
            }
        }
    }
}

/// A mark where the original has none, between words that stand together there, or stuck to a word.
fn marks(compared: &Compared<'_>, out: &mut Vec<Hit>) {
    let known: HashSet<u64> = compared.original.words.iter().map(|word| word.exact).collect();
    for group in &compared.groups {
        for at in group.text.clone().filter(|at| compared.partner(*at).is_none()) {
            let Some(token) = compared.text.tokens.get(at as usize) else { continue };
            let (word, text) = (compared.word(at), shown(compared.text, at));
            if word.shape.has(Shape::WORD)
                && text.contains(['_', '~', '^', '|', '*', '=', '+', '<', '>', '\\'])
                && !known.contains(&word.exact)
                && !word.shape.has(Shape::ADDRESS)
            {
                let plain: String =
                    text.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '\'' | '’')).collect();
                out.push(
                    compared.hit(Place::Span(token.span), group.original.start..group.original.start).propose(plain),
                );
                continue;
            }
            if !word.shape.has(Shape::PUNCT) || at == group.text.start || at + 1 >= group.text.end {
                continue;
            }
            let beside = compared.partner(at - 1).zip(compared.partner(at + 1));
            let together = beside.is_some_and(|(a, b)| b == a + 1);
            let glued = !token.flags.has(TokenFlags::SPACE_BEFORE);
            let odd = matches!(
                text,
                "_" | "~"
                    | "^"
                    | "|"
                    | "*"
                    | "="
                    | "+"
                    | "<"
                    | ">"
                    | "\\"
                    | "#"
                    | "@"
                    | "`"
                    | "{"
                    | "}"
                    | "["
                    | "]"
                    | "&"
                    | "$"
                    | "%"
                    | "/"
            );
            let stop = matches!(text, "." | ";" | ":" | "!" | "?")
                && glued
                && compared.word(at + 1).shape.has(Shape::WORD)
                && shown(compared.text, at + 1).starts_with(char::is_lowercase);
            let plain_word = compared.word(at - 1).closed != language::Closed::default();
            let dangling = text == "-"
                && glued
                && compared
                    .text
                    .tokens
                    .get(at as usize + 1)
                    .is_some_and(|next| next.flags.has(TokenFlags::SPACE_BEFORE))
                && compared.word(at - 1).shape.has(Shape::WORD)
                && compared.word(at + 1).shape.has(Shape::WORD);
            let stray = matches!(text, "!" | "?" | ";" | ":")
                && glued
                && (plain_word || matches!(text, "!" | "?"))
                && compared.word(at + 1).shape.has(Shape::WORD)
                && !known.contains(&word.exact);
            let apostrophe = matches!(text, "'" | "’" | "\"")
                && glued
                && compared.text.marks.iter().all(|mark| mark.token != at || mark.partner.is_none())
                && compared.word(at + 1).shape.has(Shape::WORD)
                && (plain_word || !shown(compared.text, at - 1).ends_with(['s', 'n']))
                && group
                    .text
                    .clone()
                    .filter(|other| matches!(shown(compared.text, *other), "'" | "’" | "‘" | "\""))
                    .count()
                    == 1;
            if odd && !known.contains(&word.exact)
                || stray
                || dangling
                || (stop || apostrophe) && (together || !matches!(text, ";" | ":"))
            {
                let other = beside.map_or(group.original.start..group.original.start, |(a, _)| a..a + 1);
                let mut hit = compared.hit(Place::Span(token.span), other);
                hit.related.iter_mut().for_each(|one| "no such mark in the original".clone_into(&mut one.message));
                out.push(hit.propose(""));
            } else if together && matches!(text, "," | "-" | "–" | "—") {
                let other = beside.map_or(0..0, |(a, b)| a..b + 1);
                let mut hit = compared.hit(Place::Span(token.span), other).propose("");
                hit.severity = Some(crate::finding::Severity::Note);
                out.push(hit);
            }
        }
    }
}

/// The same word twice, or more often.
fn repeats(compared: &Compared<'_>, out: &mut Vec<Hit>) {
    let mut until = 0;
    let doubled = |at: u32| {
        let (a, b) = (compared.word(at), compared.word(at.saturating_sub(1)));
        at > 0 && a.form == b.form && !a.shape.has(Shape::PUNCT)
    };
    for group in &compared.groups {
        // (OBSE) (OBSE), ft) ft): a word and the mark behind it.
        for at in group.text.start + 2..group.text.end {
            let (a, b) = (compared.word(at), compared.word(at - 2));
            let mark = compared.word(at - 1).shape.has(Shape::PUNCT)
                && !matches!(shown(compared.text, at - 1), "," | "-" | "–" | "—" | "/" | "." | "…" | "...");
            let there = compared.partner(at).zip(compared.partner(at - 2)).is_some_and(|(a, b)| a == b + 2);
            if mark
                && a.form == b.form
                && !a.shape.has(Shape::PUNCT)
                && !there
                && shown(compared.text, at).chars().count() > 1
            {
                let span = compared.text.span(at - 1..at + 1);
                out.push(compared.hit(Place::Span(span), group.original.start..group.original.start));
            }
        }
    }
    let all = (1..compared.text.tokens.len() as u32).filter(|at| doubled(*at));
    for at in all {
        if at < until || at == 0 {
            continue;
        }
        let form = compared.word(at).form;
        let there = compared.partner(at).zip(compared.partner(at - 1)).is_some_and(|(a, b)| a == b + 1);
        if there {
            continue;
        }
        until = at;
        while compared.word(until).form == form && (until as usize) < compared.text.tokens.len() {
            until += 1;
        }
        let before = compared.text.tokens.get(at as usize - 1).map_or(0, |token| token.span.end);
        let end = compared.text.tokens.get(until as usize - 1).map_or(before, |token| token.span.end);
        let other = compared.partner(at - 1).or(compared.partner(at));
        out.push(
            compared
                .hit(
                    Place::Span(Span::new(before as usize, end as usize)),
                    other.map_or(0..0, |other| other..other + 1),
                )
                .propose(""),
        );
    }
}

/// A word that no dictionary knows, one slip away from one that the original has or everybody knows.
fn letters(compared: &Compared<'_>, out: &mut Vec<Hit>) {
    let known: HashSet<u64> = compared.original.words.iter().map(|word| word.form).collect();
    for group in &compared.groups {
        for at in group.text.clone() {
            let word = compared.word(at);
            let text = shown(compared.text, at);
            if !word.shape.has(Shape::UNKNOWN)
                || word.commonness > 0
                || word.shape.any(
                    Shape::NON_ASCII
                        .with(Shape::HYPHEN)
                        .with(Shape::UPPER)
                        .with(Shape::ADDRESS)
                        .with(Shape::CLITIC)
                        .with(Shape::INNER_CAPITAL),
                )
                || text.chars().count() < 2
                || word.shape.any(Shape::UNIT.with(Shape::FIRST_NAME).with(Shape::LISTED))
                || language::thesaurus::senses(&text.to_lowercase()).is_some()
                || known.contains(&word.form)
                || text.contains(['_', '\'', '’', '.'])
            {
                continue;
            }
            let first = compared
                .text
                .tokens
                .get(at as usize)
                .and_then(|token| compared.text.sentences.get(token.sentence as usize))
                .is_some_and(|sentence| sentence.tokens.start == at);
            let name_like = first && word.shape.has(Shape::CAPITAL);
            let name = word.shape.has(Shape::CAPITAL)
                && (!first
                    || group.original.clone().any(|other| {
                        let there = shown(compared.original, other);
                        there.starts_with(char::is_uppercase)
                            && strsim::jaro_winkler(&text.to_lowercase(), &there.to_lowercase()) >= 0.78
                    }));
            if name || RARE.contains(&text.to_lowercase().as_str()) {
                continue;
            }
            let lower = text.to_lowercase();
            let short = text.chars().count() < 4;
            let near = group.original.clone().filter(|_| !short).find(|other| {
                let there = shown(compared.original, *other).to_lowercase();
                there.len() > 3
                    && !there.contains('-')
                    && strsim::damerau_levenshtein(&lower, &there) <= 1 + usize::from(lower.len() > 9)
            });
            let place = Place::Span(compared.text.span(at..at + 1));
            if let Some(other) = near {
                let right = shown(compared.original, other);
                out.push(compared.hit(place, other..other + 1).propose(if first {
                    capital(right)
                } else {
                    right.to_owned()
                }));
            } else if let Some(right) = correction(&lower, if short || name_like { 300 } else { 1 })
                && !spelling_variant(&lower, &right)
            {
                out.push(compared.hit(place, group.original.start..group.original.start).propose(if first {
                    capital(&right)
                } else {
                    right
                }));
            }
        }
    }
}

/// Words of good English that the table of forms does not hold.
const RARE: [&str; 12] = [
    "albeit",
    "whereby",
    "thereof",
    "therein",
    "hereby",
    "heretofore",
    "insofar",
    "inasmuch",
    "vis-à-vis",
    "circa",
    "amidst",
    "thrice",
];

/// behaviourist and behaviorist, organise and organize.
fn spelling_variant(a: &str, b: &str) -> bool {
    let plain = |text: &str| {
        text.replace("our", "or")
            .replace("is", "iz")
            .replace("ys", "yz")
            .replace("ll", "l")
            .replace("ae", "e")
            .replace("oe", "e")
            .replace("re", "er")
    };
    plain(a) == plain(b)
}

/// The most common word one letter away.
fn correction(lower: &str, least: u32) -> Option<String> {
    let letters: Vec<char> = lower.chars().collect();
    let mut best: Option<(u32, String)> = None;
    let mut consider = |word: String| {
        let grade = language::commonness(&word)
            .max(u32::from(language::readings(&word).iter().any(|reading| !reading.guessed)));
        if grade >= least && best.as_ref().is_none_or(|(known, _)| grade > *known) {
            best = Some((grade, word));
        }
    };
    // Letters that changed places, neighbours or not.
    for at in 0..letters.len() {
        for other in at + 2..letters.len().min(at + 6) {
            let mut swapped = letters.clone();
            swapped.swap(at, other);
            consider(swapped.into_iter().collect());
        }
    }
    for at in 0..=letters.len() {
        let (head, tail) = letters.split_at(at);
        if let [a, b, rest @ ..] = tail {
            consider(head.iter().chain([b, a]).chain(rest).collect());
        }
        if let [_, rest @ ..] = tail {
            consider(head.iter().chain(rest).collect());
        }
        for letter in 'a'..='z' {
            consider(head.iter().copied().chain([letter]).chain(tail.iter().copied()).collect());
            if let [_, rest @ ..] = tail {
                consider(head.iter().copied().chain([letter]).chain(rest.iter().copied()).collect());
            }
        }
    }
    best.map(|(_, word)| word)
}
