//! In: the first bytes of an HTML file. Out: the encoding that it declares.

use encoding_rs::{Encoding, REPLACEMENT, UTF_8, WINDOWS_1252, X_USER_DEFINED};
use html5gum::{Token, Tokenizer};

/// Declarations further down are not looked for; browsers stop at 1,024 bytes, but pages of content systems put more before them.
const LOOKED_AT: usize = 16 * 1024;

/// The encoding of `<meta charset>`, of `<meta http-equiv="content-type">` or of the XML declaration.
pub(super) fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..LOOKED_AT.min(bytes.len())).unwrap_or(bytes);
    let label = xml(head).or_else(|| meta(head))?;
    let encoding = Encoding::for_label(label.as_bytes())?;
    // As browsers do: what could be read as ASCII so far is not UTF-16.
    match encoding {
        _ if encoding == X_USER_DEFINED => Some(WINDOWS_1252),
        _ if encoding == REPLACEMENT => None,
        _ if encoding.output_encoding() != encoding => Some(UTF_8),
        _ => Some(encoding),
    }
}

/// `<?xml version="1.0" encoding="ISO-8859-1"?>`
fn xml(head: &[u8]) -> Option<String> {
    let declaration = head.strip_prefix(b"<?xml")?;
    let end = memchr::memchr(b'>', declaration)?;
    let text = String::from_utf8_lossy(declaration.get(..end)?).into_owned();
    value(text.get(text.find("encoding")? + "encoding".len()..)?)
}

fn meta(head: &[u8]) -> Option<String> {
    for token in Tokenizer::new(head) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) if *tag.name == b"meta"[..] => {
                let attribute = |name: &str| {
                    let found = tag.attributes.get(name.as_bytes());
                    found.map(|value| String::from_utf8_lossy(value).into_owned())
                };
                if let Some(charset) = attribute("charset") {
                    return Some(charset.trim().to_owned());
                }
                let is_type =
                    attribute("http-equiv").is_some_and(|value| value.trim().eq_ignore_ascii_case("content-type"));
                let content = attribute("content").filter(|_| is_type).unwrap_or_default().to_ascii_lowercase();
                if let Some(at) = content.find("charset") {
                    return value(content.get(at + "charset".len()..)?);
                }
            }
            Token::StartTag(tag) if *tag.name == b"body"[..] => return None,
            _ => {}
        }
    }
    None
}

/// What stands behind `=`, with or without quotation marks.
fn value(text: &str) -> Option<String> {
    let text = text.trim_start().strip_prefix('=')?.trim_start();
    let body = text.trim_start_matches(['"', '\'']);
    let end = body.find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ';' | '?' | '>')).unwrap_or(body.len());
    body.get(..end).filter(|label| !label.is_empty()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::declared;

    #[test]
    fn declarations_in_every_form() {
        let name = |html: &str| declared(html.as_bytes()).map(encoding_rs::Encoding::name);
        assert_eq!(name("<!doctype html><meta charset=utf-8>"), Some("UTF-8"));
        assert_eq!(name("<META CHARSET='Shift_JIS'>"), Some("Shift_JIS"));
        assert_eq!(
            name("<meta http-equiv=\"Content-Type\" content=\"text/html; charset=iso-8859-2\">"),
            Some("ISO-8859-2")
        );
        assert_eq!(name("<?xml version=\"1.0\" encoding='koi8-r'?><html>"), Some("KOI8-R"));
        assert_eq!(name("<meta charset=latin1>"), Some("windows-1252"));
        assert_eq!(name("<meta charset=utf-16>"), Some("UTF-8"));
        assert_eq!(name("<!-- <meta charset=koi8-r> --><body><meta charset=koi8-r>"), None);
        assert_eq!(name("<meta charset=nonsense>"), None);
        assert_eq!(name("no page"), None);
    }
}
