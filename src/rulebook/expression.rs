//! In: the regular expression of a rule. Out: it compiled, bounded in size.

use regex::{Regex, RegexBuilder};

/// Compiles a regular expression of a rule: `^` and `$` are the ends of a line; bounded, since packs may come from strangers.
///
/// # Errors
/// What is wrong with the expression.
pub fn expression(text: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(text).multi_line(true).size_limit(1 << 20).dfa_size_limit(1 << 20).nest_limit(64).build()
}
