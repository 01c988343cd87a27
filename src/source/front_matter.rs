//! In: the front matter of a text. Out: its keys and their values as text; keys within a table are joined by stops (`params.original`).

/// Keys and values of TOML front matter, or why it is none.
pub(super) fn toml(text: &str) -> Result<Vec<(String, String)>, String> {
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| error.message().to_owned())?;
    let mut found = Vec::new();
    flatten(&table, "", &mut found);
    Ok(found)
}

fn flatten(table: &toml::Table, path: &str, found: &mut Vec<(String, String)>) {
    for (key, value) in table {
        let key = joined(path, key);
        match value {
            toml::Value::Table(inner) => flatten(inner, &key, found),
            toml::Value::Array(_) => {}
            toml::Value::String(text) => found.push((key, text.trim().to_owned())),
            other => found.push((key, other.to_string())),
        }
    }
}

fn joined(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

/// Where the YAML stands in a text that begins with a line of three hyphens and has another.
pub(super) fn leading(text: &str) -> Option<std::ops::Range<usize>> {
    let is_fence = |line: &str| line.trim_end() == "---";
    let first = text.split_inclusive('\n').next().filter(|line| is_fence(line) && line.ends_with('\n'))?;
    let mut at = first.len();
    for line in text.get(at..)?.split_inclusive('\n') {
        if is_fence(line) {
            return Some(first.len()..at);
        }
        at += line.len();
    }
    None
}

/// Keys and values of YAML front matter: plain, quoted, folded (`>`) and literal (`|`) scalars at any depth; lists are left out.
pub(super) fn yaml(text: &str) -> Vec<(String, String)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    // The tables that are open, with how far their own keys are indented.
    let mut open: Vec<(usize, String)> = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        at += 1;
        let indent = indent(line);
        let Some((key, value)) = pair(line.trim()) else { continue };
        while open.last().is_some_and(|(outer, _)| *outer >= indent) {
            open.pop();
        }
        let path = joined(open.last().map_or("", |(_, path)| path.as_str()), key);
        if value.is_empty() {
            // A table where a key stands below it; a list holds no key of its own.
            let below = lines.get(at..).unwrap_or(&[]).iter().find(|line| !line.trim().is_empty());
            if below.is_some_and(|line| is_deeper(line, indent) && pair(line.trim()).is_some()) {
                open.push((indent, path));
            }
            continue;
        }
        let deeper = lines.get(at..).unwrap_or(&[]).iter().take_while(|line| is_deeper(line, indent)).count();
        let below = lines.get(at..at + deeper).unwrap_or(&[]);
        at += deeper;
        match value.as_bytes().first() {
            Some(b'>' | b'|') => {
                let blank = if value.starts_with('|') { "\n" } else { " " };
                let words: Vec<&str> = below.iter().map(|line| line.trim()).collect();
                found.push((path, words.join(blank).trim().to_owned()));
            }
            Some(b'[' | b'{' | b'&' | b'*' | b'!') => {}
            _ => {
                let mut words = value.to_owned();
                for line in below {
                    words.push(' ');
                    words.push_str(line.trim());
                }
                found.push((path, scalar(&words)));
            }
        }
    }
    found.retain(|(_, value)| !value.is_empty());
    found
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

fn is_deeper(line: &str, than: usize) -> bool {
    line.trim().is_empty() || indent(line) > than
}

/// `key: value` or `"key": value`; no comment and no item of a list.
fn pair(line: &str) -> Option<(&str, &str)> {
    if line.starts_with(['#', '[', '{']) || line == "-" || line.starts_with("- ") {
        return None;
    }
    let cut = line.match_indices(':').map(|(at, _)| at).find(|at| {
        let rest = line.get(at + 1..).unwrap_or("");
        rest.is_empty() || rest.starts_with([' ', '\t'])
    })?;
    let key = line.get(..cut)?.trim().trim_matches(['"', '\'']);
    let value = line.get(cut + 1..)?.trim();
    (!key.is_empty()).then(|| (key, if value.starts_with('#') { "" } else { value }))
}

/// A scalar without its quotation marks or the comment behind it.
fn scalar(text: &str) -> String {
    let text = text.trim();
    match text.as_bytes().first() {
        Some(b'\'') => {
            let body = text.get(1..).unwrap_or("").replace("''", "\u{0}");
            let end = body.find('\'').unwrap_or(body.len());
            body.get(..end).unwrap_or("").replace('\u{0}', "'")
        }
        Some(b'"') => {
            let mut value = String::new();
            let mut chars = text.chars().skip(1);
            while let Some(c) = chars.next().filter(|c| *c != '"') {
                match (c, if c == '\\' { chars.next() } else { None }) {
                    ('\\', Some('n' | 't' | 'r')) => value.push(' '),
                    ('\\', Some('u')) => value.extend(code(&mut chars, 4)),
                    ('\\', Some('x')) => value.extend(code(&mut chars, 2)),
                    ('\\', Some(escaped)) => value.push(escaped),
                    _ => value.push(c),
                }
            }
            value
        }
        _ => {
            let end = text.find(" #").unwrap_or(text.len());
            text.get(..end).unwrap_or("").trim().to_owned()
        }
    }
}

/// The character that so many hexadecimal digits name.
fn code(chars: &mut impl Iterator<Item = char>, digits: usize) -> Option<char> {
    let number: String = chars.take(digits).collect();
    u32::from_str_radix(&number, 16).ok().and_then(char::from_u32)
}

#[cfg(test)]
mod tests {
    use super::{toml, yaml};

    fn of(found: &[(String, String)], key: &str) -> Option<String> {
        found.iter().find(|(name, _)| name == key).map(|(_, value)| value.clone())
    }

    #[test]
    fn scalars_of_yaml_at_any_depth() {
        let found = yaml(
            "# of the desk\ntitle: \"Storm: \\\"worst\\\" in years\\u2026\"\ndate: 2024-05-06 # first\noriginal: 'wire/it''s.txt'\nlead: >-\n  The storm\n  came.\n\nlong: one\n  two\ntags:\n  - sea\n  - \"a: b\"\nkinds: [x, y]\nparams:\n  source:\n    lang: de\n  other: 3\nlast: http://a.b/c\nempty:\n",
        );
        assert_eq!(of(&found, "title").unwrap(), "Storm: \"worst\" in years…");
        assert_eq!(of(&found, "date").unwrap(), "2024-05-06");
        assert_eq!(of(&found, "original").unwrap(), "wire/it's.txt");
        assert_eq!(of(&found, "lead").unwrap(), "The storm came.");
        assert_eq!(of(&found, "long").unwrap(), "one two");
        assert_eq!(of(&found, "params.source.lang").unwrap(), "de");
        assert_eq!(of(&found, "params.other").unwrap(), "3");
        assert_eq!(of(&found, "last").unwrap(), "http://a.b/c");
        assert_eq!(of(&found, "tags"), None);
        assert_eq!(of(&found, "empty"), None);
    }

    #[test]
    fn toml_with_dates_and_tables() {
        let found =
            toml("title = \"Storm\"\ndate = 2024-05-06T10:00:00Z\ntags = [\"a\"]\n[params]\noriginal = 'w.txt'\n")
                .unwrap();
        assert_eq!(of(&found, "date").unwrap(), "2024-05-06T10:00:00Z");
        assert_eq!(of(&found, "params.original").unwrap(), "w.txt");
        assert!(toml("title = \"Storm\ndate = x").is_err());
    }
}
