//! What stands around a capitalised word. In: a document and a token. Out: its first name, its title, or that it stands bare.

use crate::document::{Document, Shape};
use crate::language::Closed;
use crate::language::lists::is_name_particle;

/// What stands right before a name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Before {
    /// A word of the same name: its token.
    Name(usize),
    /// A title: its token.
    Title(usize),
    /// in, at, near: a place stands here rather than a person.
    Place,
    /// Nothing that says who it is.
    Other,
}

/// Capitalised words that no name is made of: days, months, nationalities, titles, function words, acronyms.
const NO_NAME: Shape = Shape::UPPER
    .with(Shape::DIGIT)
    .with(Shape::DEMONYM)
    .with(Shape::MONTH)
    .with(Shape::WEEKDAY)
    .with(Shape::CLITIC)
    .with(Shape::ADDRESS);

/// Whether a token may be a word of a name.
pub(super) fn is_name_word(document: &Document, token: usize) -> bool {
    let word = document.word(token);
    word.shape.has(Shape::WORD.with(Shape::CAPITAL))
        && !word.shape.any(NO_NAME)
        && (word.closed == Closed::default() || word.shape.has(Shape::FIRST_NAME))
        && !is_title(document, token)
}

/// Whether a token is, or ends, a title before a name.
pub(super) fn is_title(document: &Document, token: usize) -> bool {
    let word = document.word(token);
    word.shape.has(Shape::TITLE) && word.shape.has(Shape::CAPITAL) && !word.shape.has(Shape::FIRST_NAME)
}

/// The token before, if it is in the same sentence.
pub(super) fn previous(document: &Document, token: usize) -> Option<usize> {
    let before = token.checked_sub(1)?;
    (document.tokens.get(before)?.sentence == document.tokens.get(token)?.sentence).then_some(before)
}

/// The token after, if it is in the same sentence.
pub(super) fn next(document: &Document, token: usize) -> Option<usize> {
    (document.tokens.get(token + 1)?.sentence == document.tokens.get(token)?.sentence).then_some(token + 1)
}

/// The text of a token.
pub(super) fn text(document: &Document, token: usize) -> &str {
    document.tokens.get(token).map_or("", |token| document.text(token.span))
}

/// Whether a token is an initial: J. or J
pub(super) fn is_initial(document: &Document, token: usize) -> bool {
    let text = text(document, token);
    let mut letters = text.chars();
    letters.next().is_some_and(char::is_uppercase) && matches!(letters.as_str(), "" | ".") && text != "I"
}

/// What stands right before a token; initials and particles of the name are passed over.
pub(super) fn before(document: &Document, token: usize) -> Before {
    let Some(mut at) = previous(document, token) else { return Before::Other };
    let mut compound = false;
    // Four: van der, J. R. R.
    for _ in 0..4 {
        if !is_initial(document, at) && !is_name_particle(text(document, at)) {
            break;
        }
        compound |= !is_initial(document, at);
        match previous(document, at) {
            Some(earlier) => at = earlier,
            None => return Before::Other,
        }
    }
    if let Some(title) = title_with_of(document, at) {
        if compound { Before::Other } else { Before::Title(title) }
    } else if is_name_word(document, at) && !is_sentence_opener(document, at) {
        Before::Name(at)
    } else if compound {
        Before::Other
    } else if is_title(document, at) {
        Before::Title(at)
    } else if matches!(text(document, at), "in" | "at" | "near" | "outside" | "inside" | "across" | "around" | "via") {
        Before::Place
    } else {
        Before::Other
    }
}

/// The first word of a title of which this is the last: Secretary of State, Minister for Health.
pub(super) fn title_with_of(document: &Document, last: usize) -> Option<usize> {
    let of = previous(document, last)?;
    let title = previous(document, of)?;
    (matches!(text(document, of), "of" | "for") && is_title(document, title)).then_some(title)
}

/// A common word that has its capital only because it opens the sentence.
fn is_sentence_opener(document: &Document, token: usize) -> bool {
    let word = document.word(token);
    !word.shape.any(Shape::UNKNOWN.with(Shape::FIRST_NAME))
        && previous(document, token).is_none_or(|before| document.word(before).shape.has(Shape::PUNCT))
}

/// Whether another word of the name follows.
pub(super) fn goes_on(document: &Document, token: usize) -> Option<usize> {
    let mut at = next(document, token)?;
    for _ in 0..4 {
        if !is_initial(document, at) && !is_name_particle(text(document, at)) {
            break;
        }
        at = next(document, at)?;
    }
    is_name_word(document, at).then_some(at)
}
