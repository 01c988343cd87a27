//! Which readings of a word its neighbours leave. In: a token. Out: whether it can be read so, and the classes patterns ask for.
//!
//! Nothing is tagged ahead: a question is answered where a pattern asks it.

use super::{Document, Shape, TokenFlags};
use crate::language::WordClass;
use crate::language::{Class, Closed, Forms, hash};
use smallvec::SmallVec;

/// The longest noun phrase in tokens.
const LONGEST: usize = 12;

impl Document {
    /// Whether a token can be read as a form of this lemma; with a class or forms, whether its neighbours leave that reading.
    #[must_use]
    pub fn has_reading(&self, token: usize, lemma: u64, class: Option<Class>, forms: Option<Forms>) -> bool {
        self.word(token).readings.iter().any(|reading| {
            reading.lemma == lemma
                && class.is_none_or(|class| class == reading.class && self.may_be(token, class, reading.forms))
                && forms.is_none_or(|forms| {
                    forms.intersects(reading.forms)
                        && self.may_be(token, reading.class, Forms(forms.0 & reading.forms.0))
                })
        })
    }

    /// Whether the neighbours of a token leave it this class and one of these forms.
    #[must_use]
    pub fn may_be(&self, token: usize, class: Class, forms: Forms) -> bool {
        let word = self.word(token);
        let classes = |wanted: Class| word.readings.iter().any(|reading| reading.class == wanted);
        let other = word.readings.iter().any(|reading| reading.class != class);
        if !other {
            return true;
        }
        let Some(before) = self.neighbour(token, -1) else { return true };
        let previous = self.word(before);
        let determined = previous.closed.intersects(Closed::ARTICLE.union(Closed::POSS))
            && !previous.closed.intersects(Closed::PRON)
            || previous.closed.intersects(Closed::ARTICLE);
        let after_to = previous.closed.intersects(Closed::TO);
        let after_modal = previous.closed.intersects(Closed::MODAL)
            || (previous.closed.intersects(Closed::NEGATION) && previous.shape.has(Shape::CLITIC));
        let after_subject = previous.closed.intersects(Closed::PRON)
            && !previous.closed.intersects(Closed::DET.union(Closed::POSS).union(Closed::WH))
            && self.is_subject_pronoun(before);
        let base = forms.intersects(Forms::BASE);
        match class {
            Class::Verb if determined => {
                // "the warring parties": a participle stands as an adjective.
                forms.intersects(Forms::ING.union(Forms::EN)) && !classes(Class::Noun)
            }
            Class::Verb if self.preposition(before) && !after_to => {
                forms.intersects(Forms::ING) || !classes(Class::Noun)
            }
            Class::Noun | Class::Adjective
                if after_modal
                    && word
                        .readings
                        .iter()
                        .any(|reading| reading.class == Class::Verb && reading.forms.intersects(Forms::BASE)) =>
            {
                false
            }
            Class::Noun if after_subject && classes(Class::Verb) => false,
            Class::Noun if after_to && base => true,
            Class::Noun if after_to && self.bare_infinitive(token, before) => false,
            _ => true,
        }
    }

    /// "to target the camp": to, a base form, and a noun phrase behind it.
    fn bare_infinitive(&self, token: usize, to: usize) -> bool {
        let base = self
            .word(token)
            .readings
            .iter()
            .any(|reading| reading.class == Class::Verb && reading.forms.intersects(Forms::BASE));
        let Some(next) = self.neighbour(token, 1) else { return false };
        let opens = self.word(next).closed.intersects(Closed::DET.union(Closed::POSS).union(Closed::PRON))
            || self.word(next).shape.has(Shape::CAPITAL);
        let motion = self.neighbour(to, -1).is_some_and(|before| {
            ["return", "go", "come", "lead", "due", "response", "related", "access", "attack"]
                .iter()
                .any(|lemma| self.has_reading(before, hash(lemma), None, None))
        });
        base && opens && !motion
    }

    fn is_subject_pronoun(&self, token: usize) -> bool {
        let text = self.text_of(token);
        ["i", "he", "she", "we", "they", "who"].iter().any(|pronoun| text.eq_ignore_ascii_case(pronoun))
    }

    fn preposition(&self, token: usize) -> bool {
        let closed = self.word(token).closed;
        closed.intersects(Closed::PREP) && !closed.intersects(Closed::SUBORDINATOR.union(Closed::CONJ))
    }

    /// The token before (-1) or after (1) within the sentence.
    fn neighbour(&self, token: usize, step: isize) -> Option<usize> {
        let other = token.checked_add_signed(step)?;
        let (here, there) = (self.tokens.get(token)?, self.tokens.get(other)?);
        (here.sentence == there.sentence).then_some(other)
    }

    /// The text of a token.
    #[must_use]
    pub fn text_of(&self, token: usize) -> &str {
        self.tokens.get(token).map_or("", |token| self.text(token.span))
    }

    /// Whether a token is of a class that patterns ask for.
    #[must_use]
    pub fn is_class(&self, token: usize, class: WordClass) -> bool {
        let word = self.word(token);
        let open = |class: Class| {
            word.shape.has(Shape::WORD)
                && word
                    .readings
                    .iter()
                    .any(|reading| reading.class == class && self.may_be(token, class, reading.forms))
        };
        match class {
            WordClass::Det => word.closed.intersects(Closed::DET.union(Closed::POSS)),
            WordClass::Pron => word.closed.intersects(Closed::PRON),
            WordClass::Poss => {
                word.closed.intersects(Closed::POSS)
                    || self.text_of(token).ends_with(['s', '\'', '’']) && word.shape.has(Shape::CLITIC)
            }
            WordClass::Adj => open(Class::Adjective),
            WordClass::Adv => open(Class::Adverb),
            WordClass::Noun => open(Class::Noun) || (word.shape.has(Shape::CAPITAL) && word.shape.has(Shape::UNKNOWN)),
            WordClass::Verb => open(Class::Verb) || word.closed.intersects(Closed::AUX),
            WordClass::Prep => word.closed.intersects(Closed::PREP.union(Closed::TO)),
            WordClass::Aux => word.closed.intersects(Closed::AUX),
            WordClass::Mod => self.is_modifier(token),
            WordClass::Cue => word.shape.has(Shape::CUE),
            WordClass::Punct => word.shape.has(Shape::PUNCT),
        }
    }

    /// Whether a token can stand before a noun as an adjective does: adjective, participle, demonym, ordinal, number, capitalised
    /// modifier, noun modifier before another noun, possessive of a name.
    #[must_use]
    pub fn is_modifier(&self, token: usize) -> bool {
        let word = self.word(token);
        if word.shape.has(Shape::PUNCT) {
            return false;
        }
        if word.shape.has(Shape::CLITIC) {
            return self.text_of(token).ends_with(['s', 'S'])
                && self.neighbour(token, -1).is_some_and(|before| self.word(before).shape.has(Shape::CAPITAL));
        }
        let participle = |reading: &super::WordReading| {
            reading.class == Class::Adjective
                || (reading.class == Class::Verb && reading.forms.intersects(Forms::EN.union(Forms::ING)))
        };
        let closed = Closed::PREP
            .union(Closed::PRON)
            .union(Closed::CONJ)
            .union(Closed::AUX)
            .union(Closed::ARTICLE)
            .union(Closed::POSS);
        word.closed.intersects(Closed::ORDINAL.union(Closed::NUMBER_WORD))
            || word.shape.any(Shape::NUMBER.with(Shape::DEMONYM))
            || (!word.closed.intersects(closed)
                && (word.readings.iter().any(participle)
                    || word.shape.has(Shape::HYPHEN)
                    || (word.shape.has(Shape::CAPITAL)
                        && !word.shape.has(Shape::CUE)
                        && self.neighbour(token, -1).is_some())))
    }

    /// Where a noun phrase that begins here may end (index after it), the longest first; empty where none begins.
    #[must_use]
    pub fn noun_phrase_ends(&self, token: usize) -> SmallVec<[u32; 4]> {
        let mut ends: SmallVec<[u32; 4]> = SmallVec::new();
        if let Some(mention) = self.mention_at(token) {
            ends.push(mention.tokens.end);
        }
        let word = self.word(token);
        let sentence = self.tokens.get(token).map(|token| token.sentence);
        let inside = |at: usize| self.tokens.get(at).map(|token| token.sentence) == sentence;
        if word.closed.intersects(Closed::PRON) && !word.closed.intersects(Closed::DET.union(Closed::POSS)) {
            ends.push(token as u32 + 1);
            return ends;
        }
        let mut at = token;
        if word.closed.intersects(Closed::DET.union(Closed::POSS)) {
            at += 1;
        }
        while inside(at) && at < token + LONGEST {
            let word = self.word(at);
            let noun = self.is_class(at, WordClass::Noun);
            let possessive = word.shape.has(Shape::CLITIC) && self.text_of(at).ends_with('s');
            if !noun && !self.is_modifier(at) && !possessive {
                break;
            }
            at += 1;
            if noun && !ends.contains(&(at as u32)) {
                ends.push(at as u32);
            }
        }
        if word.closed.intersects(Closed::PRON) {
            ends.push(token as u32 + 1);
        }
        ends.sort_unstable_by_key(|end| std::cmp::Reverse(*end));
        ends.dedup();
        ends.truncate(6);
        ends
    }

    /// The name that begins at a token.
    #[must_use]
    pub fn mention_at(&self, token: usize) -> Option<&super::Mention> {
        let at = self.mentions.partition_point(|mention| (mention.tokens.start as usize) < token);
        self.mentions.get(at).filter(|mention| mention.tokens.start as usize == token)
    }

    /// The number that begins at a token.
    #[must_use]
    pub fn number_at(&self, token: usize) -> Option<&super::Number> {
        let at = self.numbers.partition_point(|number| (number.tokens.start as usize) < token);
        self.numbers.get(at).filter(|number| number.tokens.start as usize == token)
    }

    /// The quantity that begins at a token.
    #[must_use]
    pub fn quantity_at(&self, token: usize) -> Option<&super::Quantity> {
        let at = self.quantities.partition_point(|quantity| (quantity.tokens.start as usize) < token);
        self.quantities.get(at).filter(|quantity| quantity.tokens.start as usize == token)
    }

    /// The date that begins at a token.
    #[must_use]
    pub fn date_at(&self, token: usize) -> Option<&super::Date> {
        let at = self.dates.partition_point(|date| (date.tokens.start as usize) < token);
        self.dates.get(at).filter(|date| date.tokens.start as usize == token)
    }

    /// The quotation whose opening mark is this token.
    #[must_use]
    pub fn quote_at(&self, token: usize) -> Option<&super::Quote> {
        let start = self.tokens.get(token)?.span.start;
        let at = self.quotes.partition_point(|quote| quote.span.start < start);
        self.quotes.get(at).filter(|quote| quote.span.start == start)
    }

    /// Whether a token stands in a quotation of speech.
    #[must_use]
    pub fn is_quoted(&self, token: usize) -> bool {
        self.tokens.get(token).is_some_and(|token| token.flags.has(TokenFlags::IN_QUOTE))
    }

    /// The day of the article: from the front matter, else the first full date that stands as a block of its own or in the first lines.
    #[must_use]
    pub fn date(&self) -> Option<(i16, u8, u8)> {
        if let Some(date) = self
            .source
            .front_matter("date")
            .and_then(|text| text.get(..10))
            .and_then(|text| text.parse::<jiff::civil::Date>().ok())
        {
            return Some((date.year(), date.month().unsigned_abs(), date.day().unsigned_abs()));
        }
        let early = self.blocks.get(3).map_or(u32::MAX, |block| block.tokens.start);
        self.dates.iter().take_while(|date| date.tokens.start < early).find_map(|date| {
            let alone = self.blocks.iter().take(4).any(|block| {
                block.span.start <= date.span.start
                    && date.span.end + 1 >= block.span.end
                    && block.span.end >= date.span.end
            });
            alone.then_some((date.year?, date.month?, date.day?))
        })
    }
}
