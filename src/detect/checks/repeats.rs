//! Words said twice: doubled words and phrases, attributions repeated in a paragraph, a scrap of the sentence repeated as a quotation.

use super::super::{Context, Hit};
use crate::document::{Document, Shape, TokenFlags};
use crate::finding::{Place, Related, Span};
use crate::language::Closed;
use crate::lexicon::EntryKind;
use crate::rulebook::settings::Settings;

/// Words that good prose may double.
const DOUBLED: &str = "had that very no yes so ha bye long many much really please go again never well now too more far in on is do out up her so-called \
     hear knock tut chop blah duran new walla baden lin sing pago bora la tsk day night hey oh";

/// The same word twice, or the same words on both sides of a comma.
pub(super) fn doubled(context: &Context<'_>, settings: &Settings, out: &mut Vec<Hit>) {
    let document = context.document;
    let phrases = settings.flag("phrases", false);
    let mut next = 1;
    let mut attempt = |at: usize| {
        let found = if phrases { doubled_phrase(document, at) } else { doubled_word(document, at) };
        if let Some((span, once)) = found.filter(|_| at >= next) {
            out.push(Hit::at(Place::Span(span)).propose(once));
            next = at + 2;
        }
    };
    if phrases {
        document.punctuation.iter().for_each(|at| attempt(*at as usize));
    } else {
        document.repeats.iter().for_each(|at| attempt(*at as usize));
    }
}

fn same_sentence(document: &Document, from: usize, to: usize) -> bool {
    match (document.tokens.get(from), document.tokens.get(to)) {
        (Some(from), Some(to)) => from.sentence == to.sentence,
        _ => false,
    }
}

fn doubled_word(document: &Document, at: usize) -> Option<(Span, String)> {
    let (before, here) = (document.word(at - 1), document.word(at));
    if before.form != here.form || !here.shape.has(Shape::WORD) || !same_sentence(document, at - 1, at) {
        return None;
    }
    let text = document.text_of(at - 1);
    let lower = text.to_lowercase();
    // Sing Sing, Duran Duran: names; a capital after a small letter is another word.
    let name = document.text_of(at).starts_with(char::is_uppercase);
    let gap = document.tokens.get(at)?.flags.has(TokenFlags::SPACE_BEFORE);
    let third = document.word(at + 1).form == here.form || (at > 1 && document.word(at - 2).form == here.form);
    if name || !gap || third || DOUBLED.split_ascii_whitespace().any(|allowed| allowed == lower) {
        return None;
    }
    let span = document.span(at as u32 - 1..at as u32 + 1);
    Some((span, text.to_owned()))
}

/// "the conflict, the conflict"
fn doubled_phrase(document: &Document, at: usize) -> Option<(Span, String)> {
    if document.text_of(at) != "," {
        return None;
    }
    let length = (2..=5).rev().find(|length| {
        at >= *length
            && same_sentence(document, at - length, at + length)
            && (0..*length)
                .all(|offset| document.word(at - length + offset).form == document.word(at + 1 + offset).form)
            && (0..*length).all(|offset| document.word(at + 1 + offset).shape.has(Shape::WORD))
    })?;
    let words = at + 1..at + 1 + length;
    // New York, New York
    let content = words
        .clone()
        .any(|word| document.word(word).closed == Closed::default() && !document.word(word).shape.has(Shape::CAPITAL));
    // "again and again, again and again" in speech is meant.
    if !content || document.is_quoted(at) {
        return None;
    }
    let span = document.span((at - length) as u32..words.end as u32);
    let once = document.text(document.span((at - length) as u32..at as u32));
    Some((span, once.to_owned()))
}

/// The same words of attribution twice in one paragraph: "he told reporters in X … he told reporters in X".
pub(super) fn attribution(context: &Context<'_>, settings: &Settings, out: &mut Vec<Hit>) {
    let document = context.document;
    let length = settings.number("words", 3.0).clamp(2.0, 8.0) as usize;
    let mut cues = document.cues.iter().map(|at| *at as usize).peekable();
    for block in &document.blocks {
        let mut seen: Vec<(Vec<u64>, Span)> = Vec::new();
        while let Some(at) = cues.next_if(|at| (*at as u32) < block.tokens.end) {
            let end = at + length;
            if end as u32 > block.tokens.end || document.is_quoted(at) || !same_sentence(document, at, end - 1) {
                continue;
            }
            let plain =
                (at..end).all(|token| document.word(token).shape.has(Shape::WORD) && !document.is_quoted(token));
            let named = (at + 1..end).any(|token| document.word(token).closed == Closed::default());
            if !plain || !named {
                continue;
            }
            // Who says it belongs to the repetition ("he told reporters in"), unless a scrap of a quotation is all that is said.
            let said: Vec<u64> = (at..end).map(|token| document.word(token).form).collect();
            let scrap = behind_scrap(document, at);
            if let Some((_, first)) =
                seen.iter().find(|(known, _)| scrap.is_some() && known.get(1..) == Some(&said[..]))
            {
                let mut hit = Hit::at(Place::Span(scrap.unwrap_or_default())).propose("");
                hit.related.push(Related::here(*first, "said here already"));
                out.push(hit);
                continue;
            }
            let key: Vec<u64> = (at.max(1) - 1..end).map(|token| document.word(token).form).collect();
            let span = document.span(at as u32..end as u32);
            match seen.iter().find(|(known, _)| *known == key) {
                Some((_, first)) => {
                    let mut hit = Hit::at(Place::Span(span));
                    hit.related.push(Related::here(*first, "said here already"));
                    out.push(hit);
                }
                None => seen.push((key, span)),
            }
        }
    }
}

/// The sentence “A Sunday lunch,” Roche told …: a quotation of a few words without a verb, and its attribution; around a cue.
fn behind_scrap(document: &Document, cue: usize) -> Option<Span> {
    let sentence = document.sentences.get(document.tokens.get(cue)?.sentence as usize)?;
    let number = document.quotes.partition_point(|quote| quote.span.start < sentence.span.start);
    let quote = document.quotes.get(number).filter(|quote| quote.closed && quote.span.start == sentence.span.start)?;
    let close = quote.tokens.end as usize;
    let words = quote.tokens.clone().filter(|at| document.word(*at as usize).shape.has(Shape::WORD)).count();
    let verb = quote.tokens.clone().any(|at| document.word(at as usize).closed.intersects(Closed::AUX));
    (close < cue && cue - close <= 5 && words <= 4 && !verb).then_some(sentence.span)
}

/// What people do say in one word.
const REPLIES: &str = "yes no never absolutely definitely maybe sorry thanks hello goodbye exactly wow wrong right okay ok indeed perhaps please help why what \
     when who nothing everything everyone nobody nonsense rubbish enough always correct true false amen boom gosh hey";

/// “Morocco,” he told reporters: a name cut off from its sentence and given an attribution of its own.
pub(super) fn quote_fragment(context: &Context<'_>, _: &Settings, out: &mut Vec<Hit>) {
    let document = context.document;
    for quote in document.quotes.iter().filter(|quote| quote.closed && quote.depth == 0) {
        let words: Vec<usize> = quote
            .tokens
            .clone()
            .map(|at| at as usize)
            .filter(|at| !document.word(*at).shape.has(Shape::PUNCT))
            .collect();
        let (Some(first), true) = (words.first().copied(), (1..=2).contains(&words.len())) else { continue };
        let last = document.text_of(quote.tokens.end as usize - 1);
        let close = quote.tokens.end as usize;
        let begins = document
            .tokens
            .get(close)
            .and_then(|token| document.sentences.get(token.sentence as usize))
            .is_some_and(|sentence| sentence.tokens.start + 2 >= quote.tokens.start);
        if last != "," || !begins {
            continue;
        }
        let lower = document.text_of(first).to_lowercase();
        let reply = REPLIES.split_ascii_whitespace().any(|reply| reply == lower);
        let name = document.mention_at(first).is_some_and(|mention| mention.kind != EntryKind::Person)
            || document.word(first).shape.any(Shape::DEMONYM.with(Shape::UNKNOWN));
        let told = (close + 1..close + 5).any(|at| document.word(at).shape.has(Shape::CUE));
        if reply || !name || !told {
            continue;
        }
        let Some(sentence) =
            document.tokens.get(close).and_then(|token| document.sentences.get(token.sentence as usize))
        else {
            continue;
        };
        let end = sentence.span.end.min(quote.span.end + 80);
        let span = Span { start: quote.span.start, end: if end == sentence.span.end { end } else { quote.span.end } };
        out.push(
            Hit::at(Place::Span(span)).propose("").value("words", document.text(quote.inner).trim_end_matches(',')),
        );
    }
}
