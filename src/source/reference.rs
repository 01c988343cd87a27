//! In: a text that begins with `&`. Out: the character reference (entity) that stands there: how long it is and what it means.
//!
//! Names and rules are those of the HTML standard, as html5gum knows them.

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Emitter, ForwardingEmitter, Span, Tokenizer};
use std::convert::Infallible;

/// No name is longer (&CounterClockwiseContourIntegral;); numbers have any length.
const LONGEST: usize = 40;

/// Length in bytes and value of the reference that a text begins with; none where `&` stands for itself.
pub(super) fn reference(text: &str) -> Option<(usize, String)> {
    let body = text.strip_prefix('&')?;
    let most = if body.starts_with('#') { usize::MAX } else { LONGEST };
    let length = body.bytes().take(most).take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').count();
    let stop = usize::from(length > 0 && body.as_bytes().get(length) == Some(&b';'));
    let candidate = text.get(..1 + length + stop).filter(|_| length > 0)?;
    let mut parts = Vec::new();
    let emitter = Parts { inner: CallbackEmitter::new(ignored), parts: &mut parts };
    let Ok(()) = Tokenizer::new_with_emitter(candidate, emitter).finish();
    // The first part is the value, or the `&`; those behind it stand as they are.
    let behind: usize = parts.iter().skip(1).map(Vec::len).sum();
    let used = candidate.len().checked_sub(behind)?;
    let value = String::from_utf8(parts.into_iter().next()?).ok()?;
    (candidate.get(..used) != Some(&value)).then_some((used, value))
}

type Ignored = fn(CallbackEvent<'_>, Span<()>) -> Option<Infallible>;

fn ignored(_: CallbackEvent<'_>, _: Span<()>) -> Option<Infallible> {
    None
}

/// Keeps the runs of characters apart that the tokeniser emits.
struct Parts<'a> {
    inner: CallbackEmitter<Ignored>,
    parts: &'a mut Vec<Vec<u8>>,
}

impl ForwardingEmitter for Parts<'_> {
    type Token = Infallible;

    fn inner(&mut self) -> &mut impl Emitter<Token = Infallible> {
        &mut self.inner
    }

    fn emit_string(&mut self, part: &[u8]) {
        self.parts.push(part.to_vec());
    }
}

#[cfg(test)]
mod tests {
    use super::reference;

    #[test]
    fn named_numeric_and_none() {
        let of = |text: &str| reference(text).map(|(length, value)| (text[..length].to_owned(), value));
        let is = |raw: &str, value: &str| Some((raw.to_owned(), value.to_owned()));
        assert_eq!(of("&amp; co"), is("&amp;", "&"));
        assert_eq!(of("&AMPx"), is("&AMP", "&"));
        assert_eq!(of("&notit;"), is("&not", "¬"));
        assert_eq!(of("&notin;"), is("&notin;", "∉"));
        assert_eq!(of("&semi;"), is("&semi;", ";"));
        assert_eq!(of("&rsquo;s"), is("&rsquo;", "’"));
        assert_eq!(of("&#8217;s"), is("&#8217;", "’"));
        assert_eq!(of("&#x2019 s"), is("&#x2019", "’"));
        assert_eq!(of("&#146;"), is("&#146;", "’"));
        assert_eq!(of(&format!("&#{}65;", "0".repeat(99))).unwrap().1, "A");
        assert_eq!(of("&CounterClockwiseContourIntegral;").unwrap().1, "∳");
        for plain in ["& co", "&", "&;", "&#;", "&#x;", "&#xg", "&nosuchname;", "AT&T", "&T "] {
            assert_eq!(of(plain), None, "{plain}");
        }
    }
}
