//! In: a Markdown or HTML text. Out: where site builders put something in: `{{ … }}`, `{{< … >}}`, `{% … %}` (Hugo, Liquid, Jinja and
//! their kin). What they put there is not known here, so it is no prose.

use std::ops::Range;

/// Nobody writes longer ones, in bytes; what is not closed by then is text.
const LONGEST: usize = 2_000;

/// The calls in a text, in order, as byte ranges.
#[derive(Default)]
pub(super) struct Templates(Vec<Range<usize>>);

/// A part of a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Part {
    /// Words.
    Text(Range<usize>),
    /// A call begins here.
    Call(usize),
}

impl Templates {
    pub(super) fn find(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut found = Vec::new();
        let mut end = 0;
        for at in memchr::memchr_iter(b'{', bytes) {
            let close = match bytes.get(at + 1) {
                Some(b'{') => b"}}",
                Some(b'%') => b"%}",
                _ => continue,
            };
            if at < end {
                continue;
            }
            let inner = bytes.get(at + 2..(at + LONGEST).min(bytes.len())).unwrap_or(&[]);
            if let Some(length) = memchr::memmem::find(inner, close) {
                end = at + 2 + length + close.len();
                found.push(at..end);
            }
        }
        Self(found)
    }

    /// The same calls in a text that has so many bytes more before them.
    pub(super) fn moved(mut self, by: usize) -> Self {
        for call in &mut self.0 {
            *call = call.start + by..call.end + by;
        }
        self
    }

    /// Cuts a range of the text into words and calls; what is inside a call is left out.
    pub(super) fn cut(&self, range: Range<usize>) -> Vec<Part> {
        let mut parts = Vec::new();
        let mut at = range.start;
        let first = self.0.partition_point(|call| call.end <= range.start);
        for call in self.0.get(first..).unwrap_or(&[]).iter().take_while(|call| call.start < range.end) {
            if at < call.start {
                parts.push(Part::Text(at..call.start));
            }
            if call.start >= range.start {
                parts.push(Part::Call(call.start));
            }
            at = call.end;
        }
        if at < range.end {
            parts.push(Part::Text(at..range.end));
        }
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::{Part, Templates};

    #[test]
    fn calls_are_cut_out() {
        let text = "a {{< fig src=\"b_c\" >}} d {% if x %}e{% endif %} {f} {{ never";
        let templates = Templates::find(text);
        let parts: Vec<&str> = templates
            .cut(0..text.len())
            .into_iter()
            .map(|part| match part {
                Part::Text(range) => text.get(range).unwrap(),
                Part::Call(_) => "|",
            })
            .collect();
        assert_eq!(parts, ["a ", "|", " d ", "|", "e", "|", " {f} {{ never"]);
        assert_eq!(templates.cut(6..30).len(), 2, "it begins in a call");
    }
}
