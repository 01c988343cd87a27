//! In: the sidecar beside a text, and what the baseline knows of it. Out: the [`Ignores`] of that text, for the audit.

use super::level::Selector;
use crate::rulebook::RuleError;
use crate::rulebook::keys::{File, Keys};
use crate::rulebook::written::toml;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// One entry of a sidecar.
#[derive(Clone, Debug)]
pub struct Ignore {
    /// Which rules.
    pub rule: Selector,
    /// The flagged words; none: any.
    pub text: Option<String>,
    /// A passage of the text in which they stand; none: anywhere.
    pub context: Option<String>,
    /// Why.
    pub reason: String,
    /// The file and the line of the entry.
    pub place: String,
}

/// What is to be ignored in one text, besides what its own comments say.
#[derive(Clone, Debug, Default)]
pub struct Ignores {
    /// Of its sidecar.
    pub entries: Vec<Ignore>,
    /// Fingerprints of findings that the baseline knows of this text.
    pub known: BTreeSet<String>,
}

/// The sidecar of a text: `article.txt.mtaudit.toml` beside `article.txt`.
#[must_use]
pub fn sidecar_of(text: &Path) -> PathBuf {
    let mut name = text.as_os_str().to_owned();
    name.push(".mtaudit.toml");
    PathBuf::from(name)
}

/// Reads a sidecar; `shown` is how errors and notes name it.
///
/// # Errors
/// All errors of the file.
pub fn sidecar(text: &str, shown: &str) -> Result<Vec<Ignore>, Vec<RuleError>> {
    let mut file = File { path: shown.to_owned(), source: text, errors: Vec::new() };
    let table = toml(&mut file);
    let mut keys = Keys::new(table.get_ref(), 0..0);
    let mut found = Vec::new();
    let items = keys.take("ignore").and_then(|value| {
        let items = crate::rulebook::keys::array(value);
        if items.is_none() {
            file.error(value.span(), "ignore must be an array of tables", "write [[ignore]] with two brackets");
        }
        items
    });
    for item in items.into_iter().flatten() {
        let toml::de::DeValue::Table(table) = item.get_ref() else {
            file.error(item.span(), "an entry must be a table", "write [[ignore]]");
            continue;
        };
        let mut keys = Keys::new(table, item.span());
        let rule =
            keys.required(&mut file, "rule", "an id, a glob, kind:… or mqm:…, as in rule = \"en-places/house-form\"");
        let reason = keys.required(&mut file, "reason", "say why, as in reason = \"registered company name\"");
        let words = |keys: &mut Keys<'_, '_>, file: &mut File<'_>, key| {
            let text = keys.text(file, key)?;
            if text.text.trim().is_empty() {
                file.error(text.range, format!("{key} is empty"), "copy it from the text, or take the line away");
                return None;
            }
            Some(text.text)
        };
        let (text, context) = (words(&mut keys, &mut file, "text"), words(&mut keys, &mut file, "context"));
        let selector = rule.and_then(|rule| {
            let selector = Selector::parse(&rule.text);
            selector.map_err(|(message, help)| file.error(rule.range, message, help)).ok()
        });
        keys.finish(&mut file, "[[ignore]]");
        let line = text_line(file.source, item.span().start);
        if let (Some(rule), Some(reason)) = (selector, reason) {
            found.push(Ignore { rule, text, context, reason: reason.text, place: format!("{shown}:{line}") });
        }
    }
    keys.finish(&mut file, "a sidecar");
    if file.errors.is_empty() { Ok(found) } else { Err(crate::rulebook::written::in_order(file.errors)) }
}

fn text_line(text: &str, at: usize) -> usize {
    text.get(..at).map_or(1, |head| head.matches('\n').count() + 1)
}

#[cfg(test)]
mod tests {
    use super::{sidecar, sidecar_of};
    use std::path::Path;

    #[test]
    fn entries_know_their_place() {
        let text = "[[ignore]]\nrule = \"en-places/*\"\ntext = \"Kiev\"\ncontext = \"the Kiev Brewery\"\nreason = \"a name\"\n\n[[ignore]]\nrule = \"kind:name\"\nreason = \"all are right\"\n";
        let found = sidecar(text, "a.txt.mtaudit.toml").unwrap_or_else(|errors| panic!("{errors:?}"));
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].text.as_deref(), Some("Kiev"));
        assert_eq!(found[1].place, "a.txt.mtaudit.toml:7");
        assert_eq!(sidecar_of(Path::new("wire/a.txt")), Path::new("wire/a.txt.mtaudit.toml"));
        assert!(sidecar("", "x").is_ok_and(|entries| entries.is_empty()));
    }

    #[test]
    fn errors_come_at_once() {
        let text = "[[ignore]]\nrule = \"kind:x\"\n[[ignore]]\nrulee = \"a/b\"\nreason = \"\"\n[ignores]\n";
        let errors = sidecar(text, "s").err().unwrap_or_default();
        let messages: Vec<_> = errors.iter().map(|error| (error.line, error.message.as_str())).collect();
        assert_eq!(
            messages,
            [
                (1, "reason is missing"),
                (2, "unknown kind “x”"),
                (3, "rule is missing"),
                (4, "unknown key “rulee”"),
                (5, "reason is empty"),
                (6, "unknown key “ignores”"),
            ]
        );
    }
}
