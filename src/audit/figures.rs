//! In: a number or a time of day. Out: how English news writes it.

use crate::language::number::{TENS, UNITS};

/// 3210 -> "3,210"; 1.5 -> "1.5".
pub(super) fn digits(value: f64) -> String {
    let plain = format!("{}", value.abs());
    let (whole, fraction) = plain.split_once('.').map_or((plain.as_str(), None), |(whole, rest)| (whole, Some(rest)));
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let sign = if value < 0.0 { "-" } else { "" };
    fraction.map_or_else(|| format!("{sign}{grouped}"), |fraction| format!("{sign}{grouped}.{fraction}"))
}

/// 21 -> "twenty-one"; whole numbers below one hundred, which is what news spells out.
pub(super) fn words(value: f64) -> Option<String> {
    if value.fract() != 0.0 || !(0.0..100.0).contains(&value) {
        return None;
    }
    let value = value.abs() as u8;
    if let Some(word) = UNITS.get(usize::from(value)) {
        return Some((*word).to_owned());
    }
    let tens = TENS.get(usize::from(value / 10).checked_sub(2)?)?;
    Some(match value % 10 {
        0 => (*tens).to_owned(),
        rest => format!("{tens}-{}", UNITS.get(usize::from(rest))?),
    })
}

/// "21:00" -> "9 p.m."; "09.30" -> "9:30 a.m."
pub(super) fn clock12(text: &str) -> Option<String> {
    let (hours, minutes) =
        text.trim().trim_end_matches(['h', 'H']).split_once([':', '.']).unwrap_or((text.trim(), "00"));
    let (hours, minutes): (u8, u8) = (hours.trim().parse().ok()?, minutes.trim().get(..2)?.parse().ok()?);
    if hours > 24 || minutes > 59 {
        return None;
    }
    let half = if (12..24).contains(&hours) { "p.m." } else { "a.m." };
    let hour = match hours % 12 {
        0 => 12,
        hour => hour,
    };
    Some(if minutes == 0 { format!("{hour} {half}") } else { format!("{hour}:{minutes:02} {half}") })
}

#[cfg(test)]
mod tests {
    use super::{clock12, digits, words};

    #[test]
    fn figures_as_news_writes_them() {
        assert_eq!(digits(3210.0), "3,210");
        assert_eq!(digits(1_234_567.5), "1,234,567.5");
        assert_eq!(words(21.0).as_deref(), Some("twenty-one"));
        assert_eq!(words(0.5), None);
        assert_eq!(clock12("21:00").as_deref(), Some("9 p.m."));
        assert_eq!(clock12("00:15").as_deref(), Some("12:15 a.m."));
        assert_eq!(clock12("25:00"), None);
    }
}
