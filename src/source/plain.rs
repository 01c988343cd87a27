//! In: a plain text. Out: its paragraphs: parted by blank lines, one a line, or wrapped by hand over several lines.

use super::{Block, BlockKind};
use crate::finding::Span;

/// A hand-wrapped line is at most so many characters long, and a full one at least so many.
const WIDEST: usize = 100;
const NARROWEST: usize = 40;

/// The paragraphs of a text, in order.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut found = Vec::new();
    let mut group: Vec<Span> = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let body = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
        if body.is_empty() {
            close(text, &mut group, &mut found);
        } else {
            let at = start + (body.as_ptr() as usize - line.as_ptr() as usize);
            group.push(Span::new(at, at + body.len()));
        }
        start += line.len();
    }
    close(text, &mut group, &mut found);
    found
}

fn close(text: &str, group: &mut Vec<Span>, found: &mut Vec<Block>) {
    let paragraph = |span| Block { span, kind: BlockKind::Paragraph };
    if let (true, Some(first), Some(last)) = (is_wrapped(text, group), group.first(), group.last()) {
        found.push(paragraph(first.cover(*last)));
    } else {
        found.extend(group.iter().copied().map(paragraph));
    }
    group.clear();
}

/// Lines were wrapped by hand where no line could have taken the first word of the next, and one goes on in mid-sentence.
fn is_wrapped(text: &str, lines: &[Span]) -> bool {
    let Some((_, full)) = lines.split_last().filter(|(_, full)| !full.is_empty()) else { return false };
    if lines.iter().any(|line| line.len() > WIDEST * 4) {
        return false;
    }
    let length = |line: &Span| line.of(text).chars().count();
    let widest = lines.iter().map(length).max().unwrap_or(0);
    if widest > WIDEST || full.iter().any(|line| length(line) < NARROWEST) {
        return false;
    }
    let fits = lines.windows(2).any(|pair| {
        let [line, next] = pair else { return false };
        let word = next.of(text).split_whitespace().next().unwrap_or("");
        length(line) + 1 + word.chars().count() <= widest
    });
    // One line breaks off and the next goes on in small letters.
    let goes_on = lines.iter().skip(1).any(|line| line.of(text).starts_with(char::is_lowercase));
    !fits && goes_on
}

#[cfg(test)]
mod tests {
    use super::blocks;

    fn paragraphs(text: &str) -> Vec<&str> {
        blocks(text).iter().map(|block| block.span.of(text)).collect()
    }

    #[test]
    fn paragraphs_by_line_by_blank_line_and_wrapped_by_hand() {
        assert_eq!(paragraphs("One.\nTwo.\r\n\r\n Three. \n"), ["One.", "Two.", "Three."]);
        let wrapped = "The harbour was closed for a week after the storm had\npassed, and the fishing boats that could not be moved in\ntime lay on the shore.\n\nShort.";
        assert_eq!(paragraphs(wrapped).len(), 2);
        assert_eq!(paragraphs(""), Vec::<&str>::new());
        assert_eq!(
            paragraphs("Minister resigns over harbour deal with neighbour\nThe minister resigned on Monday.").len(),
            2
        );
    }
}
