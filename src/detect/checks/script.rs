//! Letters of another script: inside a word, and as words left over from the language the text went through.
//!
//! In: tokens with letters outside Latin script. Out: the word or run of words, which scripts and letters, and the word as it would be spelt.

use super::super::{Context, Hit};
use crate::document::{Document, Shape};
use crate::finding::{Place, Span};
use crate::rulebook::settings::Settings;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use unicode_script::{Script, UnicodeScript};

/// What a letter that does not belong would be in Latin script: look-alikes first, then by sound.
const LATIN: &[(&str, &str)] = &[
    // Cyrillic: letters that look like Latin ones, then those that sound like them.
    ("АВЕКМНОРСТХаеорсухіјѕһԁ", "ABEKMHOPCTXaeopcyxijshd"),
    ("бвгдзийклмнптуфьЪ", "bvgdziiklmnptuf  "),
    // Greek
    ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαεικνορτυω", "ABEZHIKMNOPTYXaeiknoptuo"),
    // Bengali
    ("অআইউএওকখগঘচজটডতথদধনপফবভমযরলশসহ", "aaiueokkgghjtdttddnpfbbmjrlssh"),
    ("ািীুূেো", "aiiuueo"),
    // Devanagari
    ("अआइउएओकखगघचजटडतथदधनपफबभमयरलवशसह", "aaiueokkggcjtdttddnpfbbmyrlvssh"),
    ("ािीुूेो", "aiiuueo"),
    // Arabic, Hebrew
    ("ابتجدرزسشفقكلمنهوي", "abtjdrzssfqklmnhwy"),
    ("אבגדהוזחטיכלמנספצקרשת", "abgdhvzhtiklmnspzkrst"),
];

/// A word with letters of two scripts.
pub(super) fn mixed(context: &Context<'_>, _: &Settings, out: &mut Vec<Hit>) {
    let document = context.document;
    if !document.shapes.has(Shape::NON_LATIN) {
        return;
    }
    for (at, token) in document.tokens.iter().enumerate() {
        let shape = document.word(at).shape;
        if !shape.has(Shape::NON_LATIN) || shape.has(Shape::ADDRESS) {
            continue;
        }
        let text = document.text(token.span);
        let latin = text.chars().filter(|c| c.script() == Script::Latin).count();
        let foreign: Vec<char> = text.chars().filter(|c| is_foreign(*c)).collect();
        if latin == 0 || foreign.is_empty() || is_symbol(&foreign, latin) {
            continue;
        }
        let mut scripts: Vec<&str> = foreign.iter().map(|c| c.script().full_name()).collect();
        scripts.dedup();
        let mut hit = Hit::at(Place::Span(token.span))
            .value("script", scripts.join(", ").replace('_', " "))
            .value("letters", foreign.iter().map(|c| with_base(*c)).collect::<Vec<_>>().join(" "));
        if let Some(word) = respelt(context, text) {
            hit = hit.propose(word);
        }
        out.push(hit);
    }
}

/// A combining letter needs something to stand on.
fn with_base(c: char) -> String {
    if is_combining_mark(c) { format!("◌{c}") } else { c.to_string() }
}

fn is_foreign(c: char) -> bool {
    c.is_alphabetic() && !matches!(c.script(), Script::Latin | Script::Common | Script::Inherited)
}

/// One Greek letter is a symbol: β-blocker, μm, kΩ.
fn is_symbol(foreign: &[char], latin: usize) -> bool {
    foreign.len() == 1
        && (latin <= 2 || foreign.iter().all(|c| "αβγδκλμπΔΩ".contains(*c)))
        && foreign.iter().all(|c| c.script() == Script::Greek)
}

/// The word in Latin letters: a name of the text or the tables that is spelt nearly so, else letter by letter.
fn respelt(context: &Context<'_>, text: &str) -> Option<String> {
    let mut word = String::new();
    for c in text.chars() {
        if !is_foreign(c) {
            word.push(c);
            continue;
        }
        let sound = LATIN
            .iter()
            .find_map(|(from, to)| from.chars().position(|known| known == c).and_then(|at| to.chars().nth(at)))?;
        // "Mevl" + u + t + "t": the letter stands there already in Latin script.
        let twice = word.ends_with(sound);
        if sound != ' ' && !twice {
            word.push(sound);
        }
    }
    let folded = once(&word);
    known(context, text, &folded).or(Some(folded))
}

/// Three of a kind, or two at the end after a mended letter, are one too many.
fn once(word: &str) -> String {
    let mut out = String::new();
    for c in word.chars() {
        let doubled = out.ends_with(c) && !"lnsmpeor".contains(c);
        if !doubled {
            out.push(c);
        }
    }
    out
}

/// A word of the same text that differs in the foreign letters only.
fn known(context: &Context<'_>, written: &str, folded: &str) -> Option<String> {
    let document = context.document;
    let plain = |text: &str| text.nfd().filter(|c| !is_combining_mark(*c)).collect::<String>().to_lowercase();
    let wanted = plain(folded);
    let near = |text: &str| {
        text != written
            && text.is_char_boundary(text.len())
            && !text.chars().any(is_foreign)
            && strsim::damerau_levenshtein(&plain(text), &wanted) <= 1
    };
    let capital = written.starts_with(char::is_uppercase);
    let mut seen = std::collections::HashSet::new();
    document
        .tokens
        .iter()
        .enumerate()
        .filter(|(at, token)| {
            let shape = document.word(*at).shape;
            shape.has(Shape::CAPITAL) == capital
                && token.span.len().abs_diff(folded.len()) <= 2
                && seen.insert(token.word)
        })
        .map(|(_, token)| document.text(token.span))
        .find(|text| near(text) && capital)
        .map(str::to_owned)
}

/// Words: more of another script in a row are a quotation.
const LONGEST_LEFTOVER: usize = 3;

/// Words wholly in another script, outside brackets, in a text that is Latin otherwise.
pub(super) fn foreign(context: &Context<'_>, settings: &Settings, out: &mut Vec<Hit>) {
    let document = context.document;
    if !document.shapes.has(Shape::NON_LATIN) {
        return;
    }
    let share = settings.number("max-share", 0.2);
    let is_run = |at: usize| {
        let look = document.word(at).shape;
        look.has(Shape::NON_LATIN) && !document.text_of(at).chars().any(|c| c.script() == Script::Latin)
    };
    let foreign: Vec<usize> = (0..document.tokens.len()).filter(|at| is_run(*at)).collect();
    // A text in another language, or about a script, is not a text with left-overs.
    if foreign.is_empty() || foreign.len() as f64 > share * document.tokens.len() as f64 {
        return;
    }
    let mut next = 0;
    for at in foreign {
        if at < next {
            continue;
        }
        let mut end = at + 1;
        while document
            .tokens
            .get(end)
            .is_some_and(|token| document.tokens.get(at).is_some_and(|first| first.sentence == token.sentence))
            && is_run(end)
        {
            end += 1;
        }
        next = end;
        if end - at > LONGEST_LEFTOVER
            || !is_embedded(document, at, end)
            || is_gloss(document, at)
            || is_single_symbol(document, at, end)
        {
            continue;
        }
        let span = document.span(at as u32..end as u32);
        let script = document.text(span).chars().find(|c| is_foreign(*c)).map_or("another", |c| c.script().full_name());
        out.push(Hit::at(Place::Span(span)).value("script", script.replace('_', " ")));
    }
}

/// Whether Latin words stand on both sides: a quotation in another language goes on, a left-over word does not.
fn is_embedded(document: &Document, at: usize, end: usize) -> bool {
    let latin = |at: usize| {
        let shape = document.word(at).shape;
        shape.has(Shape::WORD) && !shape.has(Shape::NON_LATIN)
    };
    let ends = document.tokens.get(end).is_none() || document.word(end).shape.has(Shape::PUNCT);
    at > 0 && latin(at - 1) && (latin(end) || ends)
}

/// "(Russian: Киев)", "or 北京", "in Greek αβγ": given on purpose.
fn is_gloss(document: &Document, at: usize) -> bool {
    let Some(token) = document.tokens.get(at) else { return false };
    let first = document.sentences.get(token.sentence as usize).map_or(0, |sentence| sentence.tokens.start as usize);
    let before = first.max(at.saturating_sub(12))..at;
    let mut open = 0;
    for before in before.clone() {
        match document.text_of(before) {
            "(" | "[" => open += 1,
            ")" | "]" => open -= 1,
            _ => {}
        }
    }
    let near = at.saturating_sub(3).max(before.start)..at;
    let named = near.clone().any(|before| {
        document.word(before).shape.has(Shape::DEMONYM)
            || matches!(
                document.text_of(before),
                ":" | "or"
                    | "letter"
                    | "word"
                    | "hashtag"
                    | "character"
                    | "called"
                    | "named"
                    | "titled"
                    | "reads"
                    | "reading"
            )
    });
    // The daily Сега, the magazine 財新: a capital or a noun for what bears names stands before.
    let bearers = [
        "daily",
        "newspaper",
        "magazine",
        "paper",
        "weekly",
        "portal",
        "site",
        "channel",
        "show",
        "programme",
        "program",
        "slogan",
        "band",
        "series",
        "novel",
        "film",
        "term",
        "phrase",
        "sign",
        "name",
        "label",
        "brand",
        "song",
        "expression",
        "chant",
        "proverb",
    ];
    let named = named
        || near.clone().any(|before| bearers.iter().any(|noun| document.text_of(before).eq_ignore_ascii_case(noun)));
    open > 0 || named || document.word(at).shape.has(Shape::ADDRESS)
}

fn is_single_symbol(document: &Document, at: usize, end: usize) -> bool {
    end == at + 1 && document.text_of(at).chars().count() == 1
}

/// Span of a run of characters, for detectors that look at the prose itself.
pub(super) fn span(start: usize, text: &str) -> Span {
    Span::new(start, start + text.len())
}
