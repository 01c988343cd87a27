//! Small documents for the tests of this folder: words, shapes and sentences, as the reader makes them of plain texts.

use crate::document::{Block, Document, Reader, Sentence, Shape, Token, TokenFlags, Word};
use crate::finding::{Regions, Span};
use crate::language::{Closed, hash};
use crate::lexicon::Lexicon;
use crate::source::Source;
use smallvec::SmallVec;
use std::collections::HashMap;
use std::ops::Range;

/// Words apart, possessives and punctuation off.
pub fn tokenise(text: &str, mut each: impl FnMut(Range<usize>)) {
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '-';
    let mut start = 0;
    while let Some(first) = text[start..].chars().next() {
        let rest = &text[start..];
        let mut length = rest.find(|letter| !is_word(letter)).unwrap_or(rest.len()).max(first.len_utf8());
        if rest.starts_with("’s") {
            length = "’s".len();
        } else if rest[length..].starts_with('.') && length == 1 && first.is_uppercase() {
            length += 1;
        }
        if !first.is_whitespace() {
            each(start..start + length);
        }
        start += length;
    }
}

fn shape(text: &str) -> (Shape, Closed) {
    let lower = text.to_lowercase();
    let one_of = |list: &str| list.split(' ').any(|word| word == lower);
    let titles = "president prime minister secretary chancellor senator judge defendant";
    let names = "viktor maria peter anna karl thomas james sara olga ana luis";
    let closed = "the a an in of at on his her he she they with also known as would so did not was is and then later";
    let others = "state talks critics people shops writer company blast bill";
    let capital = text.starts_with(char::is_uppercase);
    let flags = [
        (Shape::LISTED, true),
        (Shape::WORD, text.starts_with(char::is_alphabetic)),
        (Shape::CAPITAL, capital),
        (Shape::UPPER, text.len() > 1 && !text.ends_with('.') && text == text.to_uppercase()),
        (Shape::PUNCT, !text.contains(char::is_alphanumeric)),
        (Shape::CLITIC, text.starts_with('’')),
        (Shape::WEEKDAY, lower == "monday"),
        (Shape::TITLE, one_of(titles)),
        (Shape::FIRST_NAME, one_of(names)),
        (Shape::DEMONYM, one_of("austrian ukrainian")),
        (Shape::UNKNOWN, capital && !one_of(titles) && !one_of(others)),
    ];
    let shape = flags.iter().filter(|(_, holds)| *holds).fold(Shape::default(), |all, (flag, _)| all.with(*flag));
    (shape, if one_of(closed) { Closed::CONJ } else { Closed::default() })
}

/// The document of a text.
pub fn document(text: &str) -> Document {
    let mut document = Reader::new().read(Source::plain(text.to_owned()), &Lexicon::default());
    let (mut words, mut tokens, mut sentences) = (Vec::new(), Vec::new(), Vec::new());
    let mut numbers: HashMap<String, u32> = HashMap::new();
    let mut start = 0;
    tokenise(text, |range| {
        let spelling = &text[range.clone()];
        let word = *numbers.entry(spelling.to_owned()).or_insert_with(|| {
            let (shape, closed) = shape(spelling);
            let (exact, form) = (hash(spelling), hash(&spelling.to_lowercase()));
            words.push(Word {
                id: words.len() as u32,
                exact,
                form,
                shape,
                closed,
                signature: crate::language::Signature::ALL,
                commonness: 0,
                readings: SmallVec::new(),
            });
            words.len() as u32 - 1
        });
        let sentence = sentences.len() as u32;
        tokens.push(Token { span: Span::new(range.start, range.end), word, sentence, flags: TokenFlags::default() });
        if spelling == "." {
            sentences.push(Sentence { span: Span::default(), tokens: start..tokens.len() as u32, block: 0 });
            start = tokens.len() as u32;
        }
    });
    sentences.push(Sentence { span: Span::default(), tokens: start..tokens.len() as u32, block: 0 });
    let all = Block {
        span: Span::new(0, text.len()),
        region: Regions::NARRATION,
        sentences: 0..sentences.len() as u32,
        tokens: 0..tokens.len() as u32,
    };
    let capital = |token: &&Token| words[token.word as usize].shape.has(Shape::CAPITAL);
    document.capitals = (0..).zip(&tokens).filter(|(_, token)| capital(token)).map(|(at, _)| at).collect();
    (document.words, document.tokens, document.sentences, document.blocks) = (words, tokens, sentences, vec![all]);
    document
}
