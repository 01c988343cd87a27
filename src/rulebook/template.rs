//! In: a message or suggestion as rule files write it. Out: its parts, filled per match.

use serde::{Deserialize, Serialize};

/// What is done to a slot's text.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Filter {
    /// A number in digits.
    Digits,
    /// A number in words.
    Words,
    /// 21:00 as 9 p.m.
    Clock12,
    /// Every Word Capitalised.
    Title,
    /// small letters
    Lower,
    /// NATO
    Upper,
}

/// A part of a template.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Part {
    /// As it stands.
    Text(String),
    /// What a slot holds.
    Slot(String, Option<Filter>),
    /// This lemma in the form of the match's first `~` token.
    Inflected(String),
}

/// A message or suggestion.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Template(pub Vec<Part>);

/// What is wrong with a template, at which byte.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TemplateError {
    /// First byte.
    pub at: usize,
    /// Length in bytes.
    pub len: usize,
    /// What.
    pub message: String,
    /// How to mend it.
    pub help: String,
}

impl Template {
    /// Parses a template; `~lemma` is read only where `inflect` is set (suggestions).
    ///
    /// # Errors
    /// An open brace or an unknown filter.
    pub fn parse(text: &str, inflect: bool) -> Result<Self, TemplateError> {
        let (mut parts, mut plain, mut at) = (Vec::new(), String::new(), 0);
        while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
            let rest = text.get(at + c.len_utf8()..).unwrap_or("");
            if c == '{' {
                let Some(len) = rest.find('}') else {
                    return Err(TemplateError {
                        at,
                        len: 1,
                        message: "“{” is not closed".to_owned(),
                        help: "write {match} or another slot".to_owned(),
                    });
                };
                let inside = rest.get(..len).unwrap_or("");
                let (name, filter) = match inside.split_once('|') {
                    Some((name, filter)) => (name, Some(filter_of(filter.trim(), at, len + 2)?)),
                    None => (inside, None),
                };
                flush(&mut plain, &mut parts);
                parts.push(Part::Slot(name.trim().to_owned(), filter));
                at += len + 2;
            } else if c == '~' && inflect && rest.starts_with(char::is_alphabetic) {
                let len = rest.find(|c: char| !(c.is_alphanumeric() || c == '-' || c == '\'')).unwrap_or(rest.len());
                flush(&mut plain, &mut parts);
                parts.push(Part::Inflected(rest.get(..len).unwrap_or("").to_owned()));
                at += 1 + len;
            } else {
                plain.push(c);
                at += c.len_utf8();
            }
        }
        flush(&mut plain, &mut parts);
        Ok(Self(parts))
    }

    /// A template that is only text.
    #[must_use]
    pub fn plain(text: &str) -> Self {
        Self(if text.is_empty() { Vec::new() } else { vec![Part::Text(text.to_owned())] })
    }

    /// The names of its slots.
    pub fn slots(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|part| if let Part::Slot(name, _) = part { Some(name.as_str()) } else { None })
    }
}

fn flush(plain: &mut String, parts: &mut Vec<Part>) {
    if !plain.is_empty() {
        parts.push(Part::Text(std::mem::take(plain)));
    }
}

fn filter_of(name: &str, at: usize, len: usize) -> Result<Filter, TemplateError> {
    Ok(match name {
        "digits" => Filter::Digits,
        "words" => Filter::Words,
        "clock12" => Filter::Clock12,
        "title" => Filter::Title,
        "lower" => Filter::Lower,
        "upper" => Filter::Upper,
        _ => {
            return Err(TemplateError {
                at,
                len,
                message: format!("unknown filter “{name}”"),
                help: "digits, words, clock12, title, lower or upper".to_owned(),
            });
        }
    })
}
