//! Capitals in mid-sentence: a common word that no name, title or heading accounts for. In: tokens. Out: the word in small letters.
//!
//! A pronoun or article there that begins a clause is a full stop that was lost: see [`super::joints`].

use super::super::{Context, Hit};
use crate::document::{Document, Shape, TokenFlags};
use crate::finding::{Place, Regions};
use crate::language::{Class, Closed, Forms};
use crate::rulebook::settings::Settings;

/// Words that news writes with a capital in mid-sentence, though they are common.
const ALLOWED: &str = "i i'm god earth internet web moon sun bible koran quran senate house congress parliament cabinet government state church court \
     army navy marine marines western eastern northern southern north south east west democrat republican conservative liberal labour labor green \
     black white covid english french german act constitution bill speaker minister president prime chancellor secretary pope king queen prince \
     princess sir lord lady union kingdom league cup olympic olympics games world series street avenue road island river lake mount bay ii iii iv";

/// Reports common words with a capital whose neighbours are in small letters.
pub(super) fn find(context: &Context<'_>, _: &Settings, out: &mut Vec<Hit>) {
    let document = context.document;
    let mut titled: Option<(u32, bool)> = None;
    for at in document.capitals.iter().map(|at| *at as usize) {
        let (Some(token), word) = (document.tokens.get(at), document.word(at)) else { continue };
        if !word.shape.has(Shape::WORD) || !is_plain(word.shape) {
            continue;
        }
        if !is_suspect(document, at) {
            continue;
        }
        let known = titled.filter(|(known, _)| *known == token.sentence).map(|(_, is_title)| is_title);
        let is_title = known.unwrap_or_else(|| is_title_case(document, token.sentence));
        titled = Some((token.sentence, is_title));
        if is_title {
            continue;
        }
        let text = document.text(token.span);
        out.push(Hit::at(Place::Span(token.span)).propose(text.to_lowercase()));
    }
}

fn is_plain(shape: Shape) -> bool {
    !shape.any(
        Shape::UPPER
            .with(Shape::INNER_CAPITAL)
            .with(Shape::DEMONYM)
            .with(Shape::FIRST_NAME)
            .with(Shape::TITLE)
            .with(Shape::MONTH)
            .with(Shape::WEEKDAY)
            .with(Shape::ABBREVIATION)
            .with(Shape::UNKNOWN)
            .with(Shape::HYPHEN)
            .with(Shape::ADDRESS),
    )
}

/// A headline or list in which many words have capitals.
pub(super) fn is_title_case(document: &Document, sentence: u32) -> bool {
    let Some(sentence) = document.sentences.get(sentence as usize) else { return false };
    let (mut capitals, mut words) = (0, 0);
    for at in sentence.tokens.clone() {
        let shape = document.word(at as usize).shape;
        if shape.has(Shape::WORD) && !shape.has(Shape::CLITIC) {
            words += 1;
            capitals += usize::from(shape.has(Shape::CAPITAL));
        }
    }
    capitals * 2 >= words
}

fn is_suspect(document: &Document, at: usize) -> bool {
    let Some(token) = document.tokens.get(at) else { return false };
    let (Some(before), Some(after)) = (at.checked_sub(1), document.tokens.get(at + 1)) else { return false };
    let (word, previous, next) = (document.word(at), document.word(before), document.word(at + 1));
    let small = |word: &crate::document::Word| word.shape.has(Shape::WORD) && !word.shape.has(Shape::CAPITAL);
    // The neighbours of a name are in small letters as well: "the Act", "in Participation". The rest decides.
    if !small(previous) || !(small(next) || next.shape.has(Shape::FULL_STOP)) {
        return false;
    }
    let first = document
        .sentences
        .get(token.sentence as usize)
        .is_none_or(|sentence| sentence.tokens.start as usize + 1 > before);
    if first || after.sentence != token.sentence || token.flags.has(TokenFlags::LINE_START) {
        return false;
    }
    let elsewhere = Regions::HEADLINE.with(Regions::HEADING).with(Regions::BYLINE).with(Regions::CAPTION);
    if document.regions(at).meets(elsewhere) || document.mention_at(at).is_some() {
        return false;
    }
    let lower = document.text_of(at).to_lowercase();
    if ALLOWED.split_ascii_whitespace().any(|allowed| allowed == lower) {
        return false;
    }
    let verb =
        word.readings.iter().any(|reading| reading.class == Class::Verb && reading.forms.intersects(Forms::BASE));
    // "to Twitter" is a name as often as a verb; "will Support" is not.
    let modal = previous.closed.intersects(Closed::MODAL);
    let pronoun = matches!(
        lower.as_str(),
        "he" | "she" | "they" | "we" | "it" | "his" | "her" | "their" | "its" | "this" | "these" | "those"
    );
    let article = matches!(lower.as_str(), "the" | "a" | "an");
    let after_verb = previous.readings.iter().any(|reading| reading.class == Class::Verb)
        && !previous.readings.iter().any(|reading| reading.class == Class::Noun);
    let adverb = lower.ends_with("ly")
        && word.readings.iter().all(|reading| reading.class == Class::Adverb)
        && !word.readings.is_empty();
    let after_preposition = previous.closed.intersects(Closed::PREP);
    let open_class = word.closed == Closed::default();
    if pronoun || article {
        // "said She was", "invades The country"; "moved to The Hague" has a capital behind it.
        return (after_verb
            || previous.shape.has(Shape::CUE)
            || after_preposition
            || previous.closed.intersects(Closed::SUBORDINATOR))
            && small(next);
    }
    (modal
        && verb
        && open_class
        && !word.readings.iter().any(|reading| reading.class == Class::Noun && reading.forms.intersects(Forms::PLURAL)))
        || (adverb && small(next))
}
