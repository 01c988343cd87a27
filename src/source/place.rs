//! In: the pieces a prose is made of. Out: which runs of the decoded text stand behind a span of the prose, and whether one edit can
//! change them.

use crate::finding::Span;

/// A run of prose and the bytes of the decoded text it came from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Piece {
    pub(super) prose: Span,
    pub(super) text: Span,
    /// Letter for letter: a part of the run is a part of the text.
    pub(super) exact: bool,
}

impl Piece {
    /// The bytes of the text behind the part of a span that lies in this piece.
    fn part(&self, span: Span) -> Span {
        if !self.exact {
            return self.text;
        }
        let start = span.start.max(self.prose.start) - self.prose.start;
        let end = span.end.clamp(self.prose.start, self.prose.end) - self.prose.start;
        Span { start: self.text.start + start, end: self.text.start + end.max(start) }
    }

    /// A blank that the text writes as some other white space (a line's end).
    fn is_blank(&self, prose: &str) -> bool {
        !self.exact && !self.text.is_empty() && self.prose.of(prose) == " "
    }
}

/// The pieces that a span touches; of an empty one those that end or begin there.
fn touched(pieces: &[Piece], span: Span) -> &[Piece] {
    let first = pieces
        .partition_point(|piece| piece.prose.end < span.start || (piece.prose.end == span.start && !span.is_empty()));
    let rest = pieces.get(first..).unwrap_or(&[]);
    let count = rest
        .partition_point(|piece| piece.prose.start < span.end || (span.is_empty() && piece.prose.start == span.start));
    rest.get(..count).unwrap_or(&[])
}

/// The runs of the text behind a span of the prose, in order, none empty unless it is the only one.
pub(super) fn parts(pieces: &[Piece], span: Span) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    for piece in touched(pieces, span) {
        let part = piece.part(span);
        if span.is_empty() {
            // A gap stands at the end of the piece before it rather than at the start of the next.
            let at = if piece.exact || piece.prose.start == span.start { part.start } else { part.end };
            return vec![Span { start: at, end: at }];
        }
        match found.last_mut() {
            Some(last) if last.end == part.start => last.end = part.end,
            Some(_) if part.is_empty() => {}
            Some(last) if last.is_empty() => *last = part,
            _ => found.push(part),
        }
    }
    if found.is_empty() {
        // Between two blocks, or behind the last.
        let before = pieces.partition_point(|piece| piece.prose.end <= span.start);
        let end = before.checked_sub(1).and_then(|at| pieces.get(at)).map_or(0, |piece| piece.text.end);
        found.push(Span { start: end, end });
    }
    found
}

/// Whether an edit of a span is an edit of one run of the text: it begins and ends in exact pieces, which follow upon each other there, and
/// nothing but a line's end stands between them.
pub(super) fn editable(pieces: &[Piece], prose: &str, span: Span) -> bool {
    let touched = touched(pieces, span);
    if span.is_empty() {
        return touched.iter().any(|piece| piece.exact);
    }
    let (Some(first), Some(last)) = (touched.first(), touched.last()) else { return false };
    first.exact
        && last.exact
        && first.prose.start <= span.start
        && span.end <= last.prose.end
        && touched.iter().all(|piece| piece.exact || piece.is_blank(prose))
        && touched.windows(2).all(|pair| match pair {
            [one, two] => one.text.end == two.text.start && one.prose.end == two.prose.start,
            _ => true,
        })
}
