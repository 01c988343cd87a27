//! In: a pattern line. Out: its tree, or what is wrong with it and where.

use super::program::{MentionTest, ValueTest};
use crate::language::{self, Class, Forms, WordClass};
use std::collections::BTreeMap;

/// Cuts a text into tokens exactly as a document does.
pub type Tokenise = dyn Fn(&str) -> Vec<String>;

/// A part of a pattern.
#[derive(Clone, PartialEq, Debug)]
pub enum Node {
    /// A token in any case: its lower-case text.
    Form(String),
    /// A token to the letter.
    Exact(String),
    /// Any form of a lemma, or only that reading and form.
    Lemma {
        /// The base form, lower-case.
        lemma: String,
        /// Only this reading.
        class: Option<Class>,
        /// Only these forms.
        forms: Option<Forms>,
    },
    /// A token of a word class.
    Class(WordClass),
    /// A noun phrase.
    NounPhrase,
    /// A name.
    Mention(MentionTest),
    /// A date, a sum, a share, a length of time, a quotation.
    Value(ValueTest),
    /// A number whose value lies in the range (both ends included).
    Number {
        /// The least.
        min: f64,
        /// The most.
        max: f64,
    },
    /// Any one token.
    Any,
    /// Parts one after the other.
    Sequence(Vec<Node>),
    /// One of several, the first that fits.
    Choice(Vec<Node>),
    /// Between so many and so many times, as often as possible.
    Repeat {
        /// What repeats.
        node: Box<Node>,
        /// At least so often.
        min: u8,
        /// At most so often.
        max: u8,
    },
    /// A named part.
    Slot {
        /// Its name.
        name: String,
        /// What it holds.
        node: Box<Node>,
    },
    /// The words of a named part again.
    Again(String),
    /// The part to flag.
    Flagged(Box<Node>),
    /// Start of the sentence.
    Start,
    /// End of the sentence.
    End,
    /// What follows is not this.
    NotAhead(Box<Node>),
}

/// What is wrong with a pattern, at which byte of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PatternError {
    /// First byte of the faulty part, in the pattern.
    pub at: usize,
    /// Its length in bytes.
    pub len: usize,
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub help: String,
}

/// The most often a part may repeat.
const REPEAT_LIMIT: u8 = 8;
/// How deep groups may nest: patterns come from strangers too.
const DEPTH_LIMIT: usize = 32;

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    lists: &'a BTreeMap<String, Node>,
    tokenise: &'a Tokenise,
    slots: Vec<String>,
    flagged: bool,
}

/// What a pattern may refer to.
pub struct Scope<'a> {
    /// The trees of the lists of the file and pack.
    pub lists: &'a BTreeMap<String, Node>,
    /// The document's own tokeniser.
    pub tokenise: &'a Tokenise,
}

/// Parses a pattern line.
///
/// # Errors
/// A [`PatternError`] that says what was expected at which byte.
pub fn parse(text: &str, scope: &Scope<'_>) -> Result<Node, PatternError> {
    let mut parser = Parser {
        text,
        at: 0,
        depth: 0,
        lists: scope.lists,
        tokenise: scope.tokenise,
        slots: Vec::new(),
        flagged: false,
    };
    let node = parser.choice()?;
    if parser.at < text.len() {
        let found = parser.peek().unwrap_or(' ');
        return Err(parser.error(
            parser.at,
            found.len_utf8(),
            format!("unexpected “{found}”"),
            "remove it, or put it in backticks to match it as it stands",
        ));
    }
    if is_empty(&node) {
        return Err(parser.error(0, text.len(), "the pattern is empty", "write at least one word or lemma"));
    }
    Ok(node)
}

fn is_empty(node: &Node) -> bool {
    matches!(node, Node::Sequence(nodes) if nodes.is_empty())
}

impl Parser<'_> {
    fn peek(&self) -> Option<char> {
        self.text.get(self.at..).and_then(|rest| rest.chars().next())
    }

    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn eat(&mut self, expected: char) -> bool {
        let found = self.peek() == Some(expected);
        if found {
            self.at += expected.len_utf8();
        }
        found
    }

    fn space(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += self.peek().map_or(1, char::len_utf8);
        }
    }

    #[allow(clippy::unused_self)] // reads as "the parser's error" where it is made
    fn error(&self, at: usize, len: usize, message: impl Into<String>, help: impl Into<String>) -> PatternError {
        PatternError { at, len: len.max(1), message: message.into(), help: help.into() }
    }

    fn choice(&mut self) -> Result<Node, PatternError> {
        self.depth += 1;
        if self.depth > DEPTH_LIMIT {
            return Err(self.error(self.at, 1, "groups nest too deep", "write the pattern as several patterns"));
        }
        let mut branches = vec![self.sequence()?];
        while self.eat('|') {
            branches.push(self.sequence()?);
        }
        self.depth -= 1;
        let only = if branches.len() == 1 { branches.pop() } else { None };
        Ok(only.unwrap_or(Node::Choice(branches)))
    }

    fn sequence(&mut self) -> Result<Node, PatternError> {
        let mut parts = Vec::new();
        loop {
            self.space();
            match self.peek() {
                None | Some('|' | ')' | '>' | '}') => break,
                Some(_) => {
                    let node = self.postfixed()?;
                    match node {
                        Node::Sequence(inner) => parts.extend(inner),
                        other => parts.push(other),
                    }
                }
            }
        }
        let only = if parts.len() == 1 { parts.pop() } else { None };
        Ok(only.unwrap_or(Node::Sequence(parts)))
    }

    fn postfixed(&mut self) -> Result<Node, PatternError> {
        let start = self.at;
        let node = self.atom()?;
        let (min, max) = match self.peek() {
            Some('?') => (0, 1),
            Some('*') => (0, REPEAT_LIMIT),
            Some('+') => (1, REPEAT_LIMIT),
            _ => return Ok(node),
        };
        self.at += 1;
        if matches!(node, Node::Start | Node::End | Node::NotAhead(_)) {
            return Err(self.error(start, self.at - start, "this cannot repeat", "only words and groups take ? * +"));
        }
        if self.matches_nothing(&node) {
            return Err(self.error(
                start,
                self.at - start,
                "a part that may be empty cannot repeat",
                "take away the inner ? or *",
            ));
        }
        Ok(Node::Repeat { node: Box::new(node), min, max })
    }

    #[allow(clippy::unused_self)]
    fn matches_nothing(&self, node: &Node) -> bool {
        super::compile::shortest(node) == 0
    }

    fn atom(&mut self) -> Result<Node, PatternError> {
        let start = self.at;
        match self.peek() {
            Some('(') => {
                self.at += 1;
                let node = self.choice()?;
                self.close(')', start, "this group is not closed")?;
                Ok(node)
            }
            Some('<') => {
                self.at += 1;
                if std::mem::replace(&mut self.flagged, true) {
                    return Err(self.error(start, 1, "a second flagged part", "flag one part with <…>"));
                }
                let node = self.choice()?;
                self.close('>', start, "the flagged part is not closed")?;
                Ok(Node::Flagged(Box::new(node)))
            }
            Some('{') => self.slot(),
            Some('`') => self.exact(),
            Some('~') => self.lemma(),
            Some('@') => self.list(),
            Some('^') => {
                self.at += 1;
                Ok(Node::Start)
            }
            Some('$') => {
                self.at += 1;
                Ok(Node::End)
            }
            Some('!') => {
                self.at += 1;
                if !self.eat('(') {
                    return Err(self.error(start, 1, "“!” needs a group", "write !(word), or `!` for the mark itself"));
                }
                let node = self.choice()?;
                self.close(')', start, "this group is not closed")?;
                if is_empty(&node) {
                    return Err(self.error(start, self.at - start, "an empty !()", "say what must not follow"));
                }
                Ok(Node::NotAhead(Box::new(node)))
            }
            Some(mark @ ('?' | '*' | '+')) => Err(self.error(
                start,
                1,
                format!("“{mark}” has nothing to repeat"),
                "put it right after a word or group",
            )),
            _ => self.word(),
        }
    }

    fn close(&mut self, mark: char, start: usize, message: &str) -> Result<(), PatternError> {
        self.space();
        if self.eat(mark) { Ok(()) } else { Err(self.error(start, 1, message, format!("add “{mark}”"))) }
    }

    fn name(&mut self) -> String {
        let len = self
            .rest()
            .find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'))
            .unwrap_or(self.rest().len());
        let name = self.rest().get(..len).unwrap_or("").to_owned();
        self.at += len;
        name
    }

    fn slot(&mut self) -> Result<Node, PatternError> {
        let start = self.at;
        self.at += 1;
        let name = self.name();
        if name.is_empty() {
            return Err(self.error(start, 1, "a slot without a name", "write {who:PERSON} or {x:(…)}"));
        }
        if self.eat(':') {
            let node = self.choice()?;
            self.close('}', start, "this slot is not closed")?;
            if is_empty(&node) {
                return Err(self.error(start, self.at - start, "an empty slot", "write {who:PERSON} or {x:(…)}"));
            }
            if self.slots.contains(&name) {
                return Err(self.error(
                    start,
                    self.at - start,
                    format!("slot “{name}” is set twice"),
                    "give each slot its own name",
                ));
            }
            self.slots.push(name.clone());
            return Ok(Node::Slot { name, node: Box::new(node) });
        }
        self.close('}', start, "this slot is not closed")?;
        if !self.slots.contains(&name) {
            let help = nearest(&name, self.slots.iter().map(String::as_str))
                .map_or_else(|| format!("set it first: {{{name}:(…)}}"), |near| format!("did you mean {{{near}}}?"));
            return Err(self.error(start, self.at - start, format!("unknown slot “{name}”"), help));
        }
        Ok(Node::Again(name))
    }

    fn exact(&mut self) -> Result<Node, PatternError> {
        let start = self.at;
        self.at += 1;
        let Some(len) = self.rest().find('`') else {
            return Err(self.error(start, 1, "a backtick is not closed", "add the second backtick"));
        };
        let text = self.rest().get(..len).unwrap_or("").replace('’', "'");
        self.at += len + 1;
        let nodes: Vec<Node> = (self.tokenise)(&text).into_iter().map(Node::Exact).collect();
        if nodes.is_empty() {
            return Err(self.error(
                start,
                self.at - start,
                "nothing between the backticks",
                "write the characters to match",
            ));
        }
        Ok(one_or_sequence(nodes))
    }

    fn lemma(&mut self) -> Result<Node, PatternError> {
        let start = self.at;
        self.at += 1;
        let len =
            self.rest().find(|c: char| !(c.is_alphanumeric() || c == '-' || c == '\'')).unwrap_or(self.rest().len());
        let lemma = self.rest().get(..len).unwrap_or("").to_lowercase();
        self.at += len;
        if lemma.is_empty() {
            return Err(self.error(start, 1, "“~” without a word", "write ~topple for any form of topple"));
        }
        let (mut class, mut forms) = (None, None);
        while self.eat(':') {
            let at = self.at;
            let name = self.name();
            match reading(&name) {
                Some(Ok(found)) => class = Some(found),
                Some(Err(found)) => forms = Some(found),
                None => {
                    return Err(self.error(
                        at,
                        name.len(),
                        format!("unknown reading “{name}”"),
                        "one of n v adj adv base s ed en ing sg pl pos comp sup",
                    ));
                }
            }
        }
        if !language::is_lemma(&lemma, None) {
            let base =
                language::readings(&lemma).into_iter().find(|reading| !reading.guessed).map(|reading| reading.lemma);
            let help = base.map_or_else(
                || "write the word without ~ to match it as it stands".to_owned(),
                |base| format!("did you mean ~{base}?"),
            );
            return Err(self.error(start, self.at - start, format!("“{lemma}” is not a base form we know"), help));
        }
        Ok(Node::Lemma { lemma, class, forms })
    }

    fn list(&mut self) -> Result<Node, PatternError> {
        let start = self.at;
        self.at += 1;
        let name = self.name();
        if let Some(node) = self.lists.get(&name) {
            return Ok(node.clone());
        }
        let help = nearest(&name, self.lists.keys().map(String::as_str)).map_or_else(
            || "add it to [lists] of this file or of pack.toml".to_owned(),
            |near| format!("did you mean @{near}?"),
        );
        Err(self.error(start, self.at - start, format!("unknown list “{name}”"), help))
    }

    fn word(&mut self) -> Result<Node, PatternError> {
        let start = self.at;
        if self.rest().starts_with("..") && self.rest().as_bytes().get(2).is_some_and(u8::is_ascii_digit) {
            self.at += 2;
            let digits = self.name();
            return match digits.parse::<u8>() {
                Ok(max @ 1..=REPEAT_LIMIT) => Ok(Node::Repeat { node: Box::new(Node::Any), min: 0, max }),
                _ => {
                    Err(self.error(start, self.at - start, "the gap is too wide", format!("at most ..{REPEAT_LIMIT}")))
                }
            };
        }
        let special = |c: char| c.is_whitespace() || "`~()|?*+{}<>^$!@".contains(c);
        let len = self.rest().find(special).unwrap_or(self.rest().len());
        let text = self.rest().get(..len).unwrap_or("").replace('’', "'");
        if text == "_" {
            self.at += len;
            return Ok(Node::Any);
        }
        if text.starts_with("NUM[") || text == "NUM" {
            return self.number();
        }
        self.at += len;
        if text.len() > 1 && text.bytes().all(|b| b.is_ascii_uppercase()) {
            return class_atom(&text).ok_or_else(|| {
                let help = nearest(&text, CLASSES.iter().map(|(name, _)| *name)).map_or_else(
                    || format!("for the word itself write `{text}` in backticks or in small letters"),
                    |near| format!("did you mean {near}?"),
                );
                self.error(start, len, format!("unknown class “{text}”"), help)
            });
        }
        let nodes: Vec<Node> = (self.tokenise)(&text.to_lowercase()).into_iter().map(Node::Form).collect();
        if nodes.is_empty() {
            return Err(self.error(
                start,
                len.max(1),
                "nothing to match here",
                "write a word, a lemma, a class or a group",
            ));
        }
        Ok(one_or_sequence(nodes))
    }

    fn number(&mut self) -> Result<Node, PatternError> {
        let start = self.at;
        self.at += 3;
        if !self.eat('[') {
            return Ok(Node::Number { min: f64::NEG_INFINITY, max: f64::INFINITY });
        }
        let Some(len) = self.rest().find(']') else {
            return Err(self.error(start, 4, "the range is not closed", "write NUM[1..31] or NUM[>1000]"));
        };
        let text = self.rest().get(..len).unwrap_or("").trim().to_owned();
        self.at += len + 1;
        // The next number above or below: ranges include both ends.
        let after = |value: f64| f64::from_bits(value.to_bits() + 1);
        let before = |value: f64| f64::from_bits(value.to_bits().saturating_sub(1));
        let range = if let Some((low, high)) = text.split_once("..") {
            low.trim().parse().ok().zip(high.trim().parse().ok())
        } else if let Some(value) = text.strip_prefix(">=") {
            value.trim().parse().ok().map(|min| (min, f64::INFINITY))
        } else if let Some(value) = text.strip_prefix("<=") {
            value.trim().parse().ok().map(|max| (f64::NEG_INFINITY, max))
        } else if let Some(value) = text.strip_prefix('>') {
            value.trim().parse().ok().map(|min| (after(min), f64::INFINITY))
        } else if let Some(value) = text.strip_prefix('<') {
            value.trim().parse().ok().map(|max| (f64::NEG_INFINITY, before(max)))
        } else {
            text.parse().ok().map(|value: f64| (value, value))
        };
        match range {
            Some((min, max)) if min <= max => Ok(Node::Number { min, max }),
            _ => Err(self.error(
                start,
                self.at - start,
                format!("“{text}” is no range of numbers"),
                "write NUM[1..31], NUM[>1e9], NUM[<=5] or NUM[7]",
            )),
        }
    }
}

fn one_or_sequence(mut nodes: Vec<Node>) -> Node {
    match (nodes.len(), nodes.pop()) {
        (1, Some(node)) => node,
        (_, Some(last)) => {
            nodes.push(last);
            Node::Sequence(nodes)
        }
        (_, None) => Node::Sequence(nodes),
    }
}

/// A reading (`n`) or a form (`ed`) by its short name.
fn reading(name: &str) -> Option<Result<Class, Forms>> {
    Some(match name {
        "n" => Ok(Class::Noun),
        "v" => Ok(Class::Verb),
        "adj" => Ok(Class::Adjective),
        "adv" => Ok(Class::Adverb),
        "base" => Err(Forms::BASE),
        "s" => Err(Forms::S),
        "ed" => Err(Forms::ED),
        "en" => Err(Forms::EN),
        "ing" => Err(Forms::ING),
        "sg" => Err(Forms::SINGULAR),
        "pl" => Err(Forms::PLURAL),
        "pos" => Err(Forms::POSITIVE),
        "comp" => Err(Forms::COMPARATIVE),
        "sup" => Err(Forms::SUPERLATIVE),
        _ => return None,
    })
}

const CLASSES: &[(&str, Node)] = &[
    ("DET", Node::Class(WordClass::Det)),
    ("PRON", Node::Class(WordClass::Pron)),
    ("POSS", Node::Class(WordClass::Poss)),
    ("ADJ", Node::Class(WordClass::Adj)),
    ("ADV", Node::Class(WordClass::Adv)),
    ("NOUN", Node::Class(WordClass::Noun)),
    ("VERB", Node::Class(WordClass::Verb)),
    ("PREP", Node::Class(WordClass::Prep)),
    ("AUX", Node::Class(WordClass::Aux)),
    ("MOD", Node::Class(WordClass::Mod)),
    ("CUE", Node::Class(WordClass::Cue)),
    ("PUNCT", Node::Class(WordClass::Punct)),
    ("NP", Node::NounPhrase),
    ("NAME", Node::Mention(MentionTest::Name)),
    ("PERSON", Node::Mention(MentionTest::Person)),
    ("FIRST", Node::Mention(MentionTest::First)),
    ("PLACE", Node::Mention(MentionTest::Place)),
    ("ORG", Node::Mention(MentionTest::Organisation)),
    ("DATE", Node::Value(ValueTest::Date)),
    ("MONEY", Node::Value(ValueTest::Money)),
    ("PERCENT", Node::Value(ValueTest::Percent)),
    ("DURATION", Node::Value(ValueTest::Duration)),
    ("QUOTE", Node::Value(ValueTest::Quote)),
];

fn class_atom(name: &str) -> Option<Node> {
    CLASSES.iter().find(|(known, _)| *known == name).map(|(_, node)| node.clone())
}

/// The name nearest to a misspelt one, if any is near enough to be meant.
#[must_use]
pub fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    known
        .map(|candidate| (strsim::damerau_levenshtein(&name.to_lowercase(), &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| *distance <= 1 + candidate.len() / 4)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}
