//! In: the audits of texts that are about to be published. Out: which of them are held or blocked, their worst findings, what to do.

use super::{Audited, Order, ordered};
use crate::audit::Verdict;
use crate::finding::{FixSafety, Severity};
use colored::Colorize;
use std::fmt::Write;

/// So many findings of a text are shown; the rest is counted.
const SHOWN: usize = 8;

/// What the gate stands before.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Occasion {
    /// A commit.
    Commit,
    /// A push.
    Push,
    /// Something that the caller knows.
    Other,
}

/// What a gate has seen so far.
#[derive(Debug)]
pub struct Gate {
    verbose: bool,
    texts: usize,
    held: Vec<String>,
    blocked: Vec<String>,
    fixable: Vec<String>,
}

impl Gate {
    /// A gate that has seen nothing; `verbose`: it tells of clear texts, too.
    #[must_use]
    pub fn new(verbose: bool) -> Self {
        Self { verbose, texts: 0, held: Vec::new(), blocked: Vec::new(), fixable: Vec::new() }
    }

    /// The worst verdict so far.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        match (self.blocked.is_empty(), self.held.is_empty()) {
            (false, _) => Verdict::Block,
            (true, false) => Verdict::Hold,
            (true, true) => Verdict::Clear,
        }
    }

    /// Looks at a text; what to say of it.
    pub fn text(&mut self, audited: &Audited) -> String {
        let Audited { path, document, audit, .. } = audited;
        self.texts += 1;
        let name = super::visible(path);
        match audit.verdict {
            Verdict::Clear if !self.verbose => return String::new(),
            Verdict::Clear => {}
            Verdict::Hold => self.held.push(name.clone()),
            Verdict::Block => self.blocked.push(name.clone()),
        }
        let mut counts = [0; 4];
        for (count, severity) in counts.iter_mut().zip(Severity::ALL) {
            *count = audit.count(severity);
        }
        let mut out = String::new();
        let verdict = super::diff::of_verdict(audit.verdict);
        let _ = writeln!(out, "{}: {verdict} ({}; penalty {:.1})", name.bold(), super::counts(counts), audit.penalty);
        for note in &audit.notes {
            let _ = writeln!(out, "  {}", super::visible(note));
        }
        if audit.verdict == Verdict::Clear {
            return out;
        }
        let safe = |finding: &crate::finding::Finding| {
            finding.suggestions.first().is_some_and(|first| first.fix == FixSafety::Safe)
        };
        if audit.findings.iter().any(safe) {
            self.fixable.push(name);
        }
        let order = ordered(audit, Order::Severity);
        for finding in order.iter().take(SHOWN).filter_map(|index| audit.findings.get(*index)) {
            let (line, column) = finding.place.span().map_or((1, 1), |span| document.source.locate(span).start);
            let severity = super::diff::painted(finding.severity, finding.severity.name());
            let _ =
                writeln!(out, "  {line}:{column} {severity} {} [{}]", super::visible(&finding.message), finding.rule);
        }
        if order.len() > SHOWN {
            let _ = writeln!(out, "  … and {} more", order.len() - SHOWN);
        }
        out
    }

    /// What to say in the end: how to see, fix, accept, and go on.
    #[must_use]
    pub fn end(&self, before: Occasion) -> String {
        let mut out = String::new();
        if self.verdict() == Verdict::Clear {
            if self.verbose {
                let _ = writeln!(out, "{}: clear", counted(self.texts));
            }
            return out;
        }
        let list = |paths: &[String]| paths.iter().map(|path| quoted(path)).collect::<Vec<_>>().join(" ");
        let (texts, blocked, held) = (counted(self.texts), self.blocked.len(), self.held.len());
        let _ = writeln!(out, "\n{texts} audited: {blocked} blocked, {held} held");
        let _ = writeln!(out, "see      mtaudit check {}", list(&[&self.blocked[..], &self.held].concat()));
        if !self.fixable.is_empty() {
            let paths = list(&self.fixable);
            let stage = if before == Occasion::Commit { format!(" && git add {paths}") } else { String::new() };
            let _ = writeln!(out, "fix      mtaudit fix {paths}{stage}");
        }
        let comment = "<!-- mtaudit: ignore RULE -- reason -->";
        let _ = writeln!(out, "accept   {comment} before the passage, a sidecar, or [accept] in mtaudit.toml");
        out.push_str(match (self.verdict(), before) {
            (Verdict::Block, Occasion::Commit) => "go on    git commit --no-verify\n",
            (Verdict::Block, Occasion::Push) => "go on    git push --no-verify\n",
            (Verdict::Block, Occasion::Other) => "",
            (_, Occasion::Commit) => "The commit goes on: nothing is blocked.\n",
            (_, Occasion::Push) => "The push goes on: nothing is blocked.\n",
            (_, Occasion::Other) => "Nothing is blocked.\n",
        });
        out
    }
}

fn counted(texts: usize) -> String {
    if texts == 1 { "1 text".to_owned() } else { format!("{texts} texts") }
}

/// A path as a shell takes it.
fn quoted(path: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_' | '+' | ',' | '@' | '%');
    if !path.is_empty() && path.chars().all(plain) {
        path.to_owned()
    } else {
        format!("'{}'", path.replace('\'', "'\\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn paths_are_quoted_for_the_shell() {
        assert_eq!(quoted("content/a-1.md"), "content/a-1.md");
        assert_eq!(quoted("a b.md"), "'a b.md'");
        assert_eq!(quoted("it's.md"), "'it'\\''s.md'");
    }
}
