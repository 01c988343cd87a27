//! A rule's own thresholds and word lists: the keys beyond the common ones. In: values of a rule file. Out: typed look-ups.

use serde::{Deserialize, Serialize};

/// A value of a rule's own key.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum Setting {
    /// `min-length = 5`, `ratio = 0.8`
    Number(f64),
    /// `strict = true`
    Flag(bool),
    /// `style = "curly"`
    Text(String),
    /// `words = ["us", "who"]`
    Texts(Vec<String>),
    /// `exclusive = [["president", "prime minister"]]`
    Groups(Vec<Vec<String>>),
}

/// What a key takes, so that a rule file can be checked when it is loaded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SettingKind {
    /// A number.
    Number,
    /// `true` or `false`.
    Flag,
    /// A string.
    Text,
    /// A list of strings.
    Texts,
    /// A list of lists of strings.
    Groups,
    /// A TSV file of the pack, whose rows become lists of strings.
    Table,
}

impl SettingKind {
    /// What a rule file must hold for it, in words.
    #[must_use]
    pub fn describe(self) -> &'static str {
        match self {
            Self::Number => "a number",
            Self::Flag => "true or false",
            Self::Text => "a string",
            Self::Texts => "a list of strings",
            Self::Groups => "a list of lists of strings",
            Self::Table => "the name of a TSV file of the pack",
        }
    }
}

/// The own keys of one rule, in the order of their names.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Settings(pub Vec<(String, Setting)>);

impl Settings {
    fn get(&self, key: &str) -> Option<&Setting> {
        self.0.iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// A number, or the default where the rule does not say.
    #[must_use]
    pub fn number(&self, key: &str, default: f64) -> f64 {
        if let Some(Setting::Number(value)) = self.get(key) { *value } else { default }
    }

    /// A switch, or the default where the rule does not say.
    #[must_use]
    pub fn flag(&self, key: &str, default: bool) -> bool {
        if let Some(Setting::Flag(value)) = self.get(key) { *value } else { default }
    }

    /// A text, if the rule says one.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<&str> {
        if let Some(Setting::Text(value)) = self.get(key) { Some(value) } else { None }
    }

    /// A list of texts; empty where the rule does not say.
    #[must_use]
    pub fn texts(&self, key: &str) -> &[String] {
        if let Some(Setting::Texts(value)) = self.get(key) { value } else { &[] }
    }

    /// A list of lists; empty where the rule does not say.
    #[must_use]
    pub fn groups(&self, key: &str) -> &[Vec<String>] {
        if let Some(Setting::Groups(value)) = self.get(key) { value } else { &[] }
    }
}
