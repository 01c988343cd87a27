//! In: a text. Out: its tokens, as byte ranges in order. Also used where rules and tables are compiled, so that their words meet the text's.

use crate::language::lists::abbreviation;
use std::ops::Range;

/// Cuts a text into tokens: words with their inner hyphens, apostrophes and stops, numbers with their signs, clitics ('s, n't), and each
/// mark of punctuation. White space is left out, nothing else is.
pub fn tokenise(text: &str, mut each: impl FnMut(Range<usize>)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii_whitespace() {
            at += 1;
            continue;
        }
        if byte.is_ascii_alphanumeric() {
            let end = run_end(bytes, at);
            if ends_token(bytes, at, end) {
                each(at..end);
                at = end;
                continue;
            }
        }
        let c = char_at(text, at);
        if !byte.is_ascii() && c.is_whitespace() {
            at += c.len_utf8();
            continue;
        }
        let end = token_end(text, at, c);
        if is_word_char(c) && has_apostrophe(bytes, at, end) {
            split_clitic(text, at, end, &mut each);
        } else {
            each(at..end);
        }
        at = end;
    }
}

/// The end of the run of ASCII letters and digits from here on.
fn run_end(bytes: &[u8], mut at: usize) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * ONES;
    // Eight bytes at once: adding so much to a byte below 0x80 sets its high bit from a certain letter or digit on.
    while let Some(chunk) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        let eight = u64::from_le_bytes(*chunk);
        let plain = eight & !HIGH;
        let small = plain | (0x20 * ONES);
        let letter = (small + (0x80 - u64::from(b'a')) * ONES) & !(small + (0x7F - u64::from(b'z')) * ONES);
        let digit = (plain + (0x80 - u64::from(b'0')) * ONES) & !(plain + (0x7F - u64::from(b'9')) * ONES);
        let other = !((letter | digit) & !eight) & HIGH;
        if other != 0 {
            return at + other.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    while bytes.get(at).is_some_and(u8::is_ascii_alphanumeric) {
        at += 1;
    }
    at
}

/// Whether the token that consists of a run of ASCII letters and digits surely ends with it; false where more has to be looked at.
fn ends_token(bytes: &[u8], start: usize, end: usize) -> bool {
    let Some(&byte) = bytes.get(end) else { return true };
    let next = bytes.get(end + 1).copied().unwrap_or(b' ');
    match byte {
        b' ' => true,
        b',' => !next.is_ascii_digit(),
        // No abbreviation is longer.
        b'.' => end - start > 7 && (next.is_ascii_whitespace() || next == b'"'),
        b':' => !next.is_ascii_digit() && next != b'/',
        b'-' | b'/' | b'\'' | b'&' | b'_' | b'$' | b'%' | b'@' => false,
        _ => byte.is_ascii(),
    }
}

fn char_at(text: &str, at: usize) -> char {
    match text.as_bytes().get(at) {
        Some(byte) if byte.is_ascii() => *byte as char,
        _ => text.get(at..).and_then(|rest| rest.chars().next()).unwrap_or('\0'),
    }
}

fn char_before(text: &str, at: usize) -> char {
    text.get(..at).and_then(|head| head.chars().next_back()).unwrap_or('\0')
}

/// Letters, digits, the marks that combine with them, and the invisible joiners inside words.
#[must_use]
pub fn is_word_char(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    c.is_alphanumeric()
        || matches!(c, '\u{300}'..='\u{36F}' | '\u{900}'..='\u{DFF}' | '\u{E31}'..='\u{EFF}' | '\u{200B}'..='\u{200D}' | '\u{AD}' | '\u{FFFD}' | '\u{2060}' | '\u{FEFF}')
}

/// An apostrophe, straight or curly.
#[must_use]
pub fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

fn is_currency(c: char) -> bool {
    matches!(c, '$' | '€' | '£' | '¥' | '₹' | '₽' | '₩' | '₴' | '₺')
}

fn has_apostrophe(bytes: &[u8], start: usize, end: usize) -> bool {
    // ’ is E2 80 99: its first byte is rare enough to look closer.
    bytes.get(start..end).is_some_and(|token| token.iter().any(|b| matches!(b, b'\'' | 0xE2)))
}

fn token_end(text: &str, start: usize, c: char) -> usize {
    let next = char_at(text, start + c.len_utf8());
    if is_word_char(c) {
        return word_end(text, start);
    }
    let glued_sign = (is_currency(c) && next.is_ascii_digit()) || (matches!(c, '@' | '#') && is_word_char(next));
    if glued_sign {
        return word_end(text, start + c.len_utf8());
    }
    // A clitic by itself, as patterns write it.
    if start == 0 && is_apostrophe(c) && text.get(c.len_utf8()..).is_some_and(is_clitic) {
        return text.len();
    }
    // '90s
    if is_apostrophe(c) && next.is_ascii_digit() {
        let end = word_end(text, start + c.len_utf8());
        if text.get(..end).is_some_and(|head| head.ends_with("0s")) {
            return end;
        }
    }
    if matches!(c, '.' | '-') {
        let run = text.get(start..).map_or(1, |rest| rest.len() - rest.trim_start_matches(c).len());
        return start + run;
    }
    start + c.len_utf8()
}

/// The end of a word or number that begins here.
fn word_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    loop {
        while bytes.get(at).is_some_and(u8::is_ascii_alphanumeric) {
            at += 1;
        }
        let Some(&byte) = bytes.get(at) else { return at };
        if byte.is_ascii() && byte.is_ascii_whitespace() {
            return at;
        }
        let c = char_at(text, at);
        let next_at = at + c.len_utf8();
        if !c.is_ascii() && is_word_char(c) {
            at = next_at;
            continue;
        }
        let (before, next) = (char_before(text, at), char_at(text, next_at));
        let digits = before.is_ascii_digit() && next.is_ascii_digit();
        let joins = match c {
            '-' => is_word_char(before) && is_word_char(next),
            '–' | ':' | '/' => digits,
            '\'' | '’' => before.is_alphabetic() && next.is_alphabetic(),
            '&' => before.is_uppercase() && next.is_uppercase(),
            '_' => is_word_char(next),
            ',' => digits && comma_joins(bytes, next_at),
            '.' => digits || stop_joins(text, start, at, next_at),
            '$' | '€' | '£' => before.is_uppercase() && next.is_ascii_digit(),
            '%' | '°' => before.is_ascii_digit(),
            '@' => is_word_char(before) && is_word_char(next),
            _ => false,
        };
        if c == ':' && text.get(at..).is_some_and(|rest| rest.starts_with("://")) {
            return address_end(text, at);
        }
        if !joins {
            return if c == '.' && closes_abbreviation(text, start, at) { next_at } else { at };
        }
        at = next_at;
        if matches!(c, '%' | '°') {
            return at;
        }
    }
}

/// A comma between digits belongs to the number before three digits (1,200) or one or two that end it (1,5), not before a year.
fn comma_joins(bytes: &[u8], next: usize) -> bool {
    let run = bytes.iter().skip(next).take_while(|b| b.is_ascii_digit()).count();
    run <= 3
}

/// Ends of addresses, which a stop joins to the word before it.
const DOMAINS: [&str; 14] =
    ["com", "org", "net", "gov", "edu", "co", "uk", "io", "ru", "info", "tv", "eu", "pdf", "html"];

/// A stop between letters belongs to the word in U.S., a.m., Ph.D. and in addresses; in "needle.Biden" it does not.
fn stop_joins(text: &str, start: usize, at: usize, next_at: usize) -> bool {
    let next = char_at(text, next_at);
    if !is_word_char(next) {
        return false;
    }
    let run: usize =
        text.get(next_at..).map_or(0, |rest| rest.chars().take(7).take_while(|c| is_word_char(*c)).count());
    let part = text.get(start..at).unwrap_or("");
    let last = part.rsplit('.').next().unwrap_or(part);
    let short = last.chars().count() == 1 || (part.contains('.') && last.chars().count() <= 2) || last == "Ph";
    if short && last.chars().all(char::is_alphabetic) && run <= 2 && next.is_alphabetic() {
        return true;
    }
    let ending: String = text.get(next_at..).unwrap_or("").chars().take_while(char::is_ascii_alphanumeric).collect();
    DOMAINS.contains(&ending.as_str()) || (part.starts_with("www") && next.is_alphanumeric())
}

fn address_end(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or("");
    let len = rest
        .find(|c: char| c.is_whitespace() || matches!(c, '"' | '“' | '”' | '<' | '>' | ')' | ']'))
        .unwrap_or(rest.len());
    let body = rest.get(..len).unwrap_or("").trim_end_matches(['.', ',', ';', '!', '?']);
    at + body.len()
}

/// Whether the stop at `at` belongs to the word before it.
fn closes_abbreviation(text: &str, start: usize, at: usize) -> bool {
    let word = text.get(start..at).unwrap_or("");
    if word.len() > 7 || word.is_empty() {
        return false;
    }
    let after = text.get(at + 1..).unwrap_or("");
    let next = after.trim_start().chars().next();
    // An initial: J. R. R.; but "vitamin B." at the end of a sentence keeps its stop apart unless a name follows.
    let mut letters = word.chars();
    if let (Some(only), None) = (letters.next(), letters.next()) {
        return only.is_uppercase() && only != 'I' && after.starts_with(' ') && next.is_some_and(char::is_uppercase);
    }
    abbreviation(word, next).is_some()
}

/// What follows the apostrophe of a clitic.
fn is_clitic(tail: &str) -> bool {
    ["s", "re", "ve", "ll", "d", "m"].iter().any(|clitic| tail.eq_ignore_ascii_case(clitic))
}

/// Cuts n't and the clitics off.
fn split_clitic(text: &str, start: usize, end: usize, each: &mut impl FnMut(Range<usize>)) {
    let word = text.get(start..end).unwrap_or("");
    let Some(mark) = word.rfind(['\'', '’']) else { return each(start..end) };
    let width = char_at(word, mark).len_utf8();
    let tail = word.get(mark + width..).unwrap_or("");
    let cut = if tail.eq_ignore_ascii_case("t")
        && word.get(..mark).is_some_and(|head| head.len() > 1 && head.ends_with(['n', 'N']))
    {
        mark - 1
    } else if is_clitic(tail) {
        mark
    } else {
        return each(start..end);
    };
    if cut > 0 {
        each(start..start + cut);
    }
    each(start + cut..end);
}

#[cfg(test)]
mod tests {
    use super::tokenise;

    fn tokens(text: &str) -> Vec<&str> {
        let mut found = Vec::new();
        tokenise(text, |range| found.push(&text[range]));
        found
    }

    #[test]
    fn the_page_of_examples_holds() {
        let page = include_str!("../../docs/tokens.md");
        let mut rows = 0;
        for line in page.lines().filter(|line| line.starts_with("| `")) {
            let mut cells = line.trim_matches('|').split(" | ").map(str::trim);
            let (text, expected) = (cells.next().unwrap(), cells.next().unwrap());
            let expected: Vec<&str> = expected.split(' ').map(|token| token.trim_matches('`')).collect();
            assert_eq!(tokens(text.trim_matches('`')), expected, "{text}");
            rows += 1;
        }
        assert!(rows >= 40, "only {rows} examples");
    }

    proptest::proptest! {
        #[test]
        fn tokens_cover_all_but_white_space(text in "\\PC{0,60}|[a-zA-Z0-9.,'’“” $%:/@&\\n-]{0,80}") {
            let mut at = 0;
            tokenise(&text, |range| {
                assert!(range.start >= at && range.end > range.start);
                assert!(text[at..range.start].chars().all(char::is_whitespace));
                at = range.end;
            });
            assert!(text[at..].chars().all(char::is_whitespace));
        }
    }
}
