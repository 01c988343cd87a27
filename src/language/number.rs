//! Numbers. In: number words or digits. Out: their value. English separators only: 1,200 and 3.5.

/// What a number word does to the words before it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NumberKind {
    /// zero to nineteen.
    Unit,
    /// twenty to ninety.
    Ten,
    /// hundred, thousand, million; dozen.
    Multiplier,
    /// first, twentieth.
    Ordinal,
    /// half, quarter.
    Fraction,
    /// dozens, hundreds: no exact value.
    Approximate,
}

/// A word with its value.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct NumberWord {
    /// Its value alone.
    pub value: f64,
    /// How it counts.
    pub kind: NumberKind,
}

/// The words for 0 to 19.
pub const UNITS: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
/// The words for 20, 30 … 90.
pub const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const ORDINALS: [&str; 20] = [
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
];
const ORDINAL_TENS: [&str; 8] =
    ["twentieth", "thirtieth", "fortieth", "fiftieth", "sixtieth", "seventieth", "eightieth", "ninetieth"];
const MULTIPLIERS: [(&str, f64); 6] =
    [("dozen", 12.0), ("hundred", 1e2), ("thousand", 1e3), ("million", 1e6), ("billion", 1e9), ("trillion", 1e12)];

/// The value of a lower-case number word; compounds with a hyphen (twenty-five) too.
#[must_use]
pub fn word_value(lower: &str) -> Option<NumberWord> {
    let place = |list: &[&str]| list.iter().position(|word| *word == lower).map(|at| at as f64);
    let word = |value: f64, kind: NumberKind| Some(NumberWord { value, kind });
    if let Some(value) = place(&UNITS) {
        return word(value, NumberKind::Unit);
    }
    if let Some(at) = place(&TENS) {
        return word((at + 2.0) * 10.0, NumberKind::Ten);
    }
    if let Some(value) = place(&ORDINALS).filter(|value| *value > 0.0) {
        return word(value, NumberKind::Ordinal);
    }
    if let Some(at) = place(&ORDINAL_TENS) {
        return word((at + 2.0) * 10.0, NumberKind::Ordinal);
    }
    if let Some((_, value)) = MULTIPLIERS.iter().find(|(name, _)| *name == lower) {
        return word(*value, NumberKind::Multiplier);
    }
    if let Some((_, value)) = lower.strip_suffix('s').and_then(|one| MULTIPLIERS.iter().find(|(name, _)| *name == one))
    {
        return word(*value, NumberKind::Approximate);
    }
    match lower {
        "half" => return word(0.5, NumberKind::Fraction),
        "quarter" => return word(0.25, NumberKind::Fraction),
        _ => {}
    }
    let (tens, unit) = lower.split_once('-')?;
    let (tens, unit) = (word_value(tens)?, word_value(unit)?);
    let small = (1.0..10.0).contains(&unit.value) && matches!(unit.kind, NumberKind::Unit | NumberKind::Ordinal);
    (tens.kind == NumberKind::Ten && small).then_some(NumberWord { value: tens.value + unit.value, kind: unit.kind })
}

/// The value of digits with English separators: 1,200 3.5 34th; the sign is not read.
#[must_use]
pub fn digits(text: &str) -> Option<f64> {
    // Most are whole numbers as they stand, small enough to be exact.
    if !text.is_empty() && text.len() <= 15 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(text.bytes().fold(0_u64, |value, byte| value * 10 + u64::from(byte - b'0')) as f64);
    }
    let body = ["st", "nd", "rd", "th"].iter().find_map(|ending| text.strip_suffix(ending)).unwrap_or(text);
    let (whole, fraction) = body.split_once('.').map_or((body, ""), |(whole, fraction)| (whole, fraction));
    if !body.starts_with(|c: char| c.is_ascii_digit()) || (body.contains('.') && fraction.is_empty()) {
        return None;
    }
    let groups: Vec<&str> = whole.split(',').collect();
    let grouped = groups.len() == 1 || (groups[0].len() <= 3 && groups.iter().skip(1).all(|group| group.len() == 3));
    let plain = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if !grouped || !groups.iter().all(|group| plain(group)) || !plain(fraction) {
        return None;
    }
    let joined = whole.replace(',', "");
    format!("{joined}.{}", if fraction.is_empty() { "0" } else { fraction }).parse().ok()
}

/// The value of a number written in words, digits or both ("two and a half million", "1.2 billion", "a hundred and five").
#[must_use]
pub fn parse(words: &[&str]) -> Option<f64> {
    let (mut total, mut group, mut seen) = (0.0, 0.0, false);
    let mut position = 0;
    while let Some(word) = words.get(position) {
        position += 1;
        if let Some(value) = digits(word) {
            group += value;
            seen = true;
            continue;
        }
        match (*word, word_value(word)) {
            ("and", _) if seen => {}
            ("a" | "an", _) if words.len() > position => {
                if words
                    .get(position)
                    .is_some_and(|next| word_value(next).is_some_and(|word| word.kind == NumberKind::Multiplier))
                {
                    group += 1.0;
                }
            }
            (_, Some(NumberWord { value, kind })) => {
                seen = true;
                match kind {
                    NumberKind::Multiplier | NumberKind::Approximate if value <= 100.0 => {
                        group = group.max(1.0) * value;
                    }
                    NumberKind::Multiplier | NumberKind::Approximate => {
                        let one = if group > 0.0 { group } else { 1.0 };
                        if total > 0.0 && total < value {
                            total = (total + group) * value;
                        } else {
                            total += one * value;
                        }
                        group = 0.0;
                    }
                    _ => group += value,
                }
            }
            _ => return None,
        }
    }
    seen.then_some(total + group)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_digits_have_values() {
        let value = |text: &str| parse(&text.split(' ').collect::<Vec<_>>());
        for (text, expected) in [
            ("seventeen", 17.0),
            ("twenty-five", 25.0),
            ("a hundred", 100.0),
            ("one hundred and five", 105.0),
            ("two and a half million", 2_500_000.0),
            ("1.2 billion", 1.2e9),
            ("three thousand two hundred", 3_200.0),
            ("four hundred thousand", 400_000.0),
            ("1,200", 1_200.0),
            ("a dozen", 12.0),
            ("two dozen", 24.0),
            ("one million two hundred thousand", 1_200_000.0),
        ] {
            assert_eq!(value(text), Some(expected), "{text}");
        }
        assert_eq!(value("house"), None);
        assert_eq!(digits("3.210"), Some(3.21));
        assert_eq!(digits("34th"), Some(34.0));
        assert_eq!(digits("1,20"), None);
        assert_eq!(word_value("thirty-fourth").map(|word| word.value), Some(34.0));
    }
}
