//! In: the regular expression of a rule that has been checked. Out: it ready to search single lines: `^` and `$` are their ends.
//!
//! An expression is wanted for one line of one article, or for thousands of lines of a batch. For the first few lines regex-lite
//! takes it, which is ready in a hundredth of the time and searches slowly; from then on the engine that is built for long texts.
//! Both find the same (`tests/kept.rs`): regex-lite gets the expression with its classes and cases written out.

use super::expression::ascii_boundaries;
use regex_automata::meta::{Config, Regex};
use regex_automata::util::syntax;
use std::ops::Range;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// So many lines are searched by the engine that is ready at once.
const FIRST_LINES: u32 = 2;

/// A raw-text rule's expression, built when first needed.
#[derive(Debug, Default)]
pub struct Searcher {
    lines: AtomicU32,
    light: OnceLock<Option<regex_lite::Regex>>,
    full: OnceLock<Option<Regex>>,
}

/// Of each group of a match its name, and where it stands.
pub type Groups<'a> = Vec<(Option<&'a str>, Option<Range<usize>>)>;

impl Searcher {
    /// Calls `found` with the groups of each match in a line, in order. `regex` is the expression as written, `light` as
    /// [`super::expression::written_out`] gives it; both must be the same at each call.
    pub fn search<'a>(&'a self, regex: &str, light: &str, line: &str, mut found: impl FnMut(&Groups<'a>)) {
        if self.lines.fetch_add(1, Ordering::Relaxed) < FIRST_LINES
            && let Some(engine) = self.light.get_or_init(|| light_engine(light)).as_ref()
        {
            for groups in engine.captures_iter(line) {
                let places = groups.iter().map(|group| group.map(|group| group.range()));
                found(&engine.capture_names().zip(places).collect());
            }
        } else if let Some(engine) = self.full.get_or_init(|| full_engine(regex)).as_ref() {
            for groups in engine.captures_iter(line) {
                let names = engine.group_info().pattern_names(regex_automata::PatternID::ZERO);
                found(&names.zip(groups.iter().map(|group| group.map(|group| group.range()))).collect());
            }
        }
    }
}

/// None where the expression holds what this engine does not know.
fn light_engine(light: &str) -> Option<regex_lite::Regex> {
    regex_lite::RegexBuilder::new(light).build().ok().filter(|_| !light.is_empty())
}

/// Without the search for literals to skip by, which takes most of the time: a literal has already led to the line.
fn full_engine(regex: &str) -> Option<Regex> {
    let config = Config::new().auto_prefilter(false).nfa_size_limit(Some(1 << 20)).hybrid_cache_capacity(1 << 20);
    let syntax = syntax::Config::new().multi_line(true).nest_limit(64);
    Regex::builder().configure(config).syntax(syntax).build(&ascii_boundaries(regex)).ok()
}

#[cfg(test)]
mod tests {
    use super::super::expression::written_out;
    use super::*;

    /// What both engines find.
    fn found(regex: &str, line: &str) -> [Vec<String>; 2] {
        let light = written_out(regex);
        let searcher = Searcher::default();
        std::array::from_fn(|engine| {
            let mut all = Vec::new();
            searcher.lines.store(if engine == 0 { 0 } else { FIRST_LINES }, Ordering::Relaxed);
            assert!(engine == 1 || light_engine(&light).is_some(), "{regex}");
            searcher.search(regex, &light, line, |groups| all.push(format!("{groups:?}")));
            all
        })
    }

    #[test]
    fn both_engines_find_the_same() {
        let cases = [
            (r"(?i)caf[eé]s?\b", "CAFÉ, cafes, Cafè"),
            (r"^(?P<x>\d{1,3}) (?:views|likes)$", "12 views"),
            (r"\b[0-9][0-9.,]*people\b", "Über 1,200people and 5peoples"),
            (r"(?i)^[ \t*#>•·|»–-]{0,3}(?P<x>tags?:(?-i:[ -~«-ſ‐-…]){0,120})[ \t]{0,9}$", "• TAGS: žaba – “x” & ~y"),
            (r"[^()\[\]\n]{2,4}(?P<a>x)?", "ab(cdx)é"),
        ];
        for (regex, line) in cases {
            let [light, full] = found(regex, line);
            assert_eq!(light, full, "{regex}");
            assert!(!full.is_empty(), "{regex}");
        }
    }
}
