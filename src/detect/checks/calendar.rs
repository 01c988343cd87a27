//! Dates that cannot be: a weekday that is not on that day, a day the month does not have. In: dates of the document. Out: hits.

use super::super::{Context, Hit};
use crate::document::Date;
use crate::finding::{Place, Span};
use crate::rulebook::settings::Settings;

const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// Compares weekdays with their dates; a date without a year is of the article's year, or of the one beside it that is nearest.
pub(super) fn weekday(context: &Context<'_>, _: &Settings, out: &mut Vec<Hit>) {
    for date in &context.document.dates {
        let (Some(written), Some(day), Some(month)) = (date.weekday, date.day, date.month) else { continue };
        let Some(year) = year_of(date, context.date) else { continue };
        let Some(right) = on(year, month, day) else { continue };
        if right == written {
            continue;
        }
        let name = WEEKDAYS.get(usize::from(right) - 1).copied().unwrap_or("");
        let Some(token) = context.document.tokens.get(date.tokens.start as usize) else { continue };
        // Either may be wrong: the weekday or the date.
        let rest = context.document.text(Span { start: token.span.end, end: date.span.end });
        let hit = Hit::at(Place::Span(date.span))
            .propose(format!("{name}{rest}"))
            .value("weekday", name)
            .value("year", year.to_string());
        out.push(hit);
    }
}

fn on(year: i16, month: u8, day: u8) -> Option<u8> {
    let date = jiff::civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    Some(date.weekday().to_monday_one_offset().unsigned_abs())
}

fn year_of(date: &Date, article: Option<(i16, u8, u8)>) -> Option<i16> {
    if date.year.is_some() {
        return date.year;
    }
    let (year, month, _) = article?;
    // In January "December 28" is of last year, in December "January 3" of next.
    let distance = i16::from(date.month?) - i16::from(month);
    Some(match distance {
        ..=-7 => year + 1,
        7.. => year - 1,
        _ => year,
    })
}

/// February 30, June 31.
pub(super) fn impossible(context: &Context<'_>, _: &Settings, out: &mut Vec<Hit>) {
    for date in &context.document.dates {
        let (Some(day), Some(month)) = (date.day, date.month) else { continue };
        let longest = match month {
            2 => 29,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        // With a year the calendar decides about February 29.
        let missing = date.year.is_some_and(|year| on(year, month, day).is_none());
        if day > longest || missing {
            out.push(Hit::at(Place::Span(date.span)).value("day", day.to_string()));
        }
    }
}
