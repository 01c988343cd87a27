//! In: a source in another language. Out: hits of what an English text lost of it.

/// A source in another language.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Foreign {
    /// Its text.
    pub text: String,
    /// ISO 639-1.
    pub lang: String,
}

impl Foreign {
    /// A source; none where the language is not known.
    #[must_use]
    pub fn new(text: String, lang: &str) -> Option<Self> {
        Some(Self { text, lang: lang.to_owned() })
    }
}
