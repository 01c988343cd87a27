//! In: the regular expression of a rule that has been checked. Out: it ready to search.
//!
//! What [`super::expression`] gives is built for long texts: most of its time goes into looking for literals to skip by, and here a
//! literal has already led to a line of a few hundred bytes. The engine and its syntax are the same.

use regex_automata::meta::{BuildError, Config, Regex};
use regex_automata::util::syntax;

/// Compiles an expression to be run on single lines: `^` and `$` are their ends.
///
/// # Errors
/// What is wrong with the expression.
pub fn searcher(text: &str) -> Result<Regex, Box<BuildError>> {
    let config = Config::new().auto_prefilter(false).nfa_size_limit(Some(1 << 20)).hybrid_cache_capacity(1 << 20);
    let syntax = syntax::Config::new().multi_line(true).nest_limit(64);
    Regex::builder().configure(config).syntax(syntax).build(text).map_err(Box::new)
}
