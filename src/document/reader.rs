//! In: a source and the tables of names. Out: a document; what was learnt of words, and the memory of documents that are done with, is kept.

use super::words::Words;
use super::{Block, Document, Sentence, Shape, Token, TokenFlags};
use super::{attribution, blocks, mentions, quantities, quotes, sentences, tokenise};
use crate::finding::Span;
use crate::lexicon::Lexicon;
use crate::source::Source;

/// Documents of more tokens than this are not kept for their memory.
const LARGEST_SPARE: usize = 1 << 18;

/// Shapes of tokens that are put on a list.
const NOTED: Shape =
    Shape::PUNCT.with(Shape::DIGIT).with(Shape::CAPITAL).with(Shape::CUE).with(Shape::NUMERIC).with(STOPS);
/// Shapes of tokens that may end a sentence.
const STOPS: Shape = Shape::FULL_STOP.with(Shape::ABBREVIATION);

/// Reads documents; keeps what it learnt about words from one text to the next, so use one for many texts of a thread.
#[derive(Debug, Default)]
pub struct Reader {
    words: Words,
    spare: Option<Box<Document>>,
}

impl Reader {
    /// A reader with an empty cache.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a document back that is done with: the next one is written into its memory.
    pub fn recycle(&mut self, document: Document) {
        if document.tokens.capacity() <= LARGEST_SPARE {
            self.spare = Some(Box::new(document));
        }
    }

    /// The document of a text.
    pub fn read(&mut self, source: Source, lexicon: &Lexicon) -> Document {
        let mut document = match self.spare.take() {
            Some(spare) => emptied(*spare, source),
            None => empty(source),
        };
        self.words.begin(lexicon);
        document.numbering = self.words.numbering();
        self.cut(&mut document, lexicon);
        let mut marks = quotes::marks(&document);
        document.quotes = quotes::quotes(&document, &mut marks);
        document.marks = marks;
        quotes::flag_tokens(&mut document);
        quantities::find(&mut document);
        document.mentions = mentions::find(&document, lexicon);
        attribution::find(&mut document, lexicon);
        document
    }

    /// Tokens, sentences and blocks.
    fn cut(&mut self, document: &mut Document, lexicon: &Lexicon) {
        let Document { source, blocks, sentences, tokens, words, .. } = document;
        let (digits, punctuation, capitals) = (&mut document.digits, &mut document.punctuation, &mut document.capitals);
        let (cues, numerics, repeats) = (&mut document.cues, &mut document.numerics, &mut document.repeats);
        let prose = source.prose();
        let bytes = prose.as_bytes();
        let regions = blocks::regions(prose, source.blocks());
        let mut links = source.links();
        // In the block: tokens that may end a sentence, and the ends of its sentences.
        let (mut stops, mut ends) = (Vec::new(), Vec::new());
        let mut before = u64::MAX;
        for (block, region) in source.blocks().iter().zip(regions) {
            let (first_token, first_sentence) = (tokens.len(), sentences.len());
            let start = block.span.start as usize;
            let text = block.span.of(prose);
            let mut end = start;
            stops.clear();
            tokenise(text, |range| {
                let span = Span::new(start + range.start, start + range.end);
                let mut flags = TokenFlags::default();
                if tokens.len() == first_token {
                    flags.0 |= TokenFlags::SPACE_BEFORE.0 | TokenFlags::LINE_START.0;
                } else if span.start as usize > end {
                    flags.0 |= TokenFlags::SPACE_BEFORE.0;
                    let between = bytes.get(end..span.start as usize).unwrap_or(&[]);
                    if between.contains(&b'\n') {
                        flags.0 |= TokenFlags::LINE_START.0;
                    }
                }
                while let [link, rest @ ..] = links {
                    if link.end > span.start {
                        if link.start <= span.start {
                            flags.0 |= TokenFlags::IN_LINK.0;
                        }
                        break;
                    }
                    links = rest;
                }
                end = span.end as usize;
                tokens.push(Token { span, word: 0, sentence: 0, flags });
            });
            let inside = tokens.get_mut(first_token..).unwrap_or(&mut []);
            self.words.number(text, block.span.start, inside, lexicon, words);
            for (number, token) in (first_token as u32..).zip(inside) {
                let (shape, form) =
                    words.get(token.word as usize).map_or((Shape(0), 0), |word| (word.shape, word.form));
                if shape.any(NOTED) {
                    if shape.has(Shape::PUNCT) {
                        punctuation.push(number);
                    } else if shape.has(Shape::DIGIT) {
                        digits.push(number);
                    }
                    if shape.has(Shape::CAPITAL) {
                        capitals.push(number);
                    }
                    if shape.has(Shape::CUE) {
                        cues.push(number);
                    }
                    if shape.has(Shape::NUMERIC) {
                        numerics.push(number);
                    }
                    if shape.any(STOPS) {
                        stops.push(number - first_token as u32);
                    }
                }
                if form == before && shape.has(Shape::WORD) {
                    repeats.push(number);
                }
                before = form;
            }
            let mut from = first_token;
            ends.clear();
            let inside = tokens.get(first_token..).unwrap_or(&[]);
            sentences::split(prose, inside, words, &stops, |end| ends.push(first_token + end));
            for &end in &ends {
                let number = sentences.len() as u32;
                let Some(inside) = tokens.get_mut(from..end) else { continue };
                for token in inside.iter_mut() {
                    token.sentence = number;
                }
                if let (Some(first), Some(last)) = (inside.first(), inside.last()) {
                    let span = first.span.cover(last.span);
                    sentences.push(Sentence { span, tokens: from as u32..end as u32, block: blocks.len() as u32 });
                }
                from = end;
            }
            blocks.push(Block {
                span: block.span,
                region,
                sentences: first_sentence as u32..sentences.len() as u32,
                tokens: first_token as u32..tokens.len() as u32,
            });
        }
        document.shapes = words.iter().fold(Shape::default(), |all, word| all.with(word.shape));
    }
}

fn empty(source: Source) -> Document {
    Document {
        blocks: Vec::new(),
        sentences: Vec::new(),
        tokens: Vec::with_capacity(source.prose().len() / 5),
        words: Vec::new(),
        numbering: 0,
        shapes: Shape::default(),
        digits: Vec::new(),
        punctuation: Vec::new(),
        capitals: Vec::new(),
        cues: Vec::new(),
        numerics: Vec::new(),
        repeats: Vec::new(),
        quotes: Vec::new(),
        marks: Vec::new(),
        mentions: Vec::new(),
        people: super::People::default(),
        numbers: Vec::new(),
        quantities: Vec::new(),
        dates: Vec::new(),
        source,
    }
}

/// A document without content, in the memory of another.
fn emptied(mut document: Document, source: Source) -> Document {
    let lists = [
        &mut document.digits,
        &mut document.punctuation,
        &mut document.capitals,
        &mut document.cues,
        &mut document.numerics,
        &mut document.repeats,
    ];
    lists.into_iter().for_each(Vec::clear);
    document.blocks.clear();
    document.sentences.clear();
    document.tokens.clear();
    document.words.clear();
    document.quotes.clear();
    document.marks.clear();
    document.mentions.clear();
    document.people = super::People::default();
    document.numbers.clear();
    document.quantities.clear();
    document.dates.clear();
    Document { source, shapes: Shape::default(), ..document }
}
