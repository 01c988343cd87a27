//! In: markup. Out: its comments, so that what they tell the audit can be read.

use crate::finding::Span;
use std::ops::Range;

/// A comment in the markup of a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Comment {
    /// What stands between the marks.
    pub text: String,
    /// Where it stands in the decoded file, marks included.
    pub file: Span,
    /// Byte of the prose before which it stands.
    pub at: u32,
    /// It stands within a block of prose, not between blocks.
    pub inside: bool,
}

/// The comments `<!-- … -->` that begin in a range of a text: what stands between the marks, and the place with its marks.
pub(super) fn comments(text: &str, range: Range<usize>) -> Vec<(String, Range<usize>)> {
    let mut found = Vec::new();
    let mut at = range.start;
    while let Some(start) = text.get(at..range.end).and_then(|rest| rest.find("<!--")).map(|start| at + start) {
        let Some(len) = text.get(start + 4..).and_then(|rest| rest.find("-->")) else { break };
        let end = start + 4 + len;
        found.push((text.get(start + 4..end).unwrap_or("").to_owned(), start..end + 3));
        at = end + 3;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::comments;

    #[test]
    fn comments_are_found_with_their_marks() {
        let text = "a <!-- b --> c <!--\nd\n--><!-- open";
        let found = comments(text, 0..text.len());
        let seen: Vec<_> = found.iter().map(|(body, range)| (body.as_str(), range.clone())).collect();
        assert_eq!(seen, [(" b ", 2..12), ("\nd\n", 15..25)]);
    }
}
