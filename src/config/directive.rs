//! In: the words of a comment in a text. Out: what it tells the audit to ignore, and why.
//!
//! `mtaudit: VERB RULE… -- REASON`. Rules are ids, globs, `kind:…`, `mqm:…` or `*`, parted by blanks or commas.

use super::level::Selector;
use super::policy::RuleGlob;
use crate::rulebook::pattern::parse::nearest;

/// How far a comment reaches.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verb {
    /// `ignore`: the block it stands in; between blocks the next one.
    Here,
    /// `ignore-next`: the next block, wherever it stands.
    Next,
    /// `ignore-begin`: up to `ignore-end`.
    Begin,
    /// `ignore-end`
    End,
    /// `ignore-file`: the whole text, findings without a place included.
    File,
}

impl Verb {
    /// All verbs with their words.
    pub const ALL: [(&'static str, Self); 5] = [
        ("ignore", Self::Here),
        ("ignore-next", Self::Next),
        ("ignore-begin", Self::Begin),
        ("ignore-end", Self::End),
        ("ignore-file", Self::File),
    ];

    /// Its word.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, verb)| *verb == self).map_or("", |(name, _)| name)
    }
}

/// What a comment says.
#[derive(Clone, Debug)]
pub struct Directive {
    /// How far it reaches.
    pub verb: Verb,
    /// Which rules it is about; of an end none are all.
    pub rules: Vec<Selector>,
    /// Why; empty where it does not say.
    pub reason: String,
}

/// Reads the words of a comment; none where they are not for this program.
///
/// # Errors
/// One line: what is wrong, and how to mend it.
#[must_use]
pub fn directive(comment: &str) -> Option<Result<Directive, String>> {
    let rest = comment.trim().strip_prefix("mtaudit")?.trim_start().strip_prefix(':')?;
    Some(parse(rest))
}

fn parse(text: &str) -> Result<Directive, String> {
    let (head, reason) = parted(text);
    let mut words = head.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty());
    let word = words.next().unwrap_or("");
    let Some((_, verb)) = Verb::ALL.iter().find(|(name, _)| *name == word) else {
        let known = Verb::ALL.map(|(name, _)| name);
        let help = nearest(word, known.into_iter())
            .map_or_else(|| format!("one of {}", known.join(", ")), |near| format!("did you mean “{near}”?"));
        return Err(format!("“{word}” is nothing a comment can say; {help}"));
    };
    let rules: Result<Vec<Selector>, String> = words
        .map(|word| match word {
            "*" => RuleGlob::new("*").map(Selector::Glob),
            other => Selector::parse(other).map_err(|(what, help)| format!("{what}; {help}")),
        })
        .collect();
    let rules = rules?;
    if rules.is_empty() && *verb != Verb::End {
        return Err(format!("{word} names no rule; write an id such as en-places/house-form, or * for all"));
    }
    Ok(Directive { verb: *verb, rules, reason: reason.trim().to_owned() })
}

/// What stands before and behind the `--` that begins the reason. An editor may have made a dash of it.
fn parted(text: &str) -> (&str, &str) {
    for (at, c) in text.char_indices() {
        let rest = text.get(at..).unwrap_or("");
        let blank_before = text.get(..at).is_none_or(|head| head.is_empty() || head.ends_with(char::is_whitespace));
        let mark = if rest.starts_with("--") { "--" } else { rest.get(..c.len_utf8()).unwrap_or("") };
        if blank_before && matches!(mark, "--" | "—" | "–") {
            return (text.get(..at).unwrap_or(""), rest.get(mark.len()..).unwrap_or("").trim_start_matches('-'));
        }
    }
    (text, "")
}

#[cfg(test)]
mod tests {
    use super::{Verb, directive};
    use proptest::prelude::*;

    fn read(comment: &str) -> (Verb, Vec<String>, String) {
        let found = directive(comment).unwrap_or_else(|| panic!("{comment}: not for us"));
        let found = found.unwrap_or_else(|error| panic!("{comment}: {error}"));
        (found.verb, found.rules.iter().map(ToString::to_string).collect(), found.reason)
    }

    #[test]
    fn verb_rules_and_reason() {
        let kyiv = (Verb::Here, vec!["en-places/kyiv".to_owned()], "historical name".to_owned());
        assert_eq!(read(" mtaudit: ignore en-places/kyiv -- historical name "), kyiv);
        assert_eq!(read("mtaudit:ignore en-places/kyiv — historical name"), kyiv);
        assert_eq!(read("mtaudit :\n ignore\n en-places/kyiv\n -- historical name"), kyiv);
        let many = read("mtaudit: ignore-file en-news/*, kind:name mqm:style -- a -- b");
        assert_eq!(many.1, ["en-news/*", "kind:name", "mqm:style"]);
        assert_eq!((many.0, many.2.as_str()), (Verb::File, "a -- b"));
        assert_eq!(read("mtaudit: ignore-end").0, Verb::End);
        assert_eq!(read("mtaudit: ignore *").1, ["*"]);
        // An id may hold hyphens, and so may a word of the reason.
        assert_eq!(read("mtaudit: ignore a-b/c--d").1, ["a-b/c--d"]);
    }

    #[test]
    fn other_comments_are_none_of_ours() {
        for comment in ["", "more", "mtaudit", "see mtaudit: ignore x/y", "mtaudits: ignore"] {
            assert!(directive(comment).is_none(), "{comment}");
        }
    }

    #[test]
    fn what_is_wrong_is_said() {
        let error = |comment| directive(comment).and_then(Result::err).unwrap_or_default();
        assert_eq!(error("mtaudit: ingore x/y"), "“ingore” is nothing a comment can say; did you mean “ignore”?");
        assert!(error("mtaudit: ignore -- no rule").starts_with("ignore names no rule"));
        assert!(error("mtaudit: ignore kind:pharse").contains("did you mean “phrase”?"));
        assert!(error("mtaudit:").contains("one of ignore, ignore-next"));
    }

    proptest! {
        #[test]
        fn any_comment_is_read_or_refused(comment in ".*") {
            let _ = directive(&comment);
            let _ = directive(&format!("mtaudit:{comment}"));
        }

        #[test]
        fn what_is_written_is_read(
            verb in 0..5_usize,
            rules in prop::collection::vec("[a-z]{1,6}(-[a-z]{1,4})?/([a-z]{1,6}|\\*)", 1..4),
            comma in any::<bool>(),
            reason in "[A-Za-z][A-Za-z ,.-]{0,30}",
        ) {
            let (name, verb) = Verb::ALL[verb];
            let comment = format!("mtaudit: {name} {} -- {reason}", rules.join(if comma { ", " } else { " " }));
            prop_assert_eq!(read(&comment), (verb, rules, reason.trim().to_owned()));
        }
    }
}
