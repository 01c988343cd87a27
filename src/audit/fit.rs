//! In: a rule's templates and a hit. Out: its message and suggestions as an editor would write them: inflected, in the
//! case of the match, the article before it mended.

use crate::detect::Hit;
use crate::document::{Document, Shape, TokenFlags};
use crate::finding::{FixSafety, Place, Span, Suggestion};
use crate::language::{self, Class, Closed, Forms};
use crate::rulebook::RuleSet;
use crate::rulebook::compiled::Rule;
use crate::rulebook::pattern::matcher::LemmaToken;
use crate::rulebook::template::{Filter, Part, Template};

/// The place, perhaps widened by an article that must change, and what to write there.
pub(super) fn suggestions(document: &Document, rules: &RuleSet, rule: &Rule, hit: &Hit) -> (Place, Vec<Suggestion>) {
    let mut found: Vec<Suggestion> = hit
        .proposals
        .iter()
        .map(|proposal| Suggestion { text: proposal.text.clone(), fix: proposal.fix.unwrap_or(rule.fix) })
        .collect();
    let row = hit.matcher.and_then(|number| rules.matcher(number)).map(|(matcher, _)| matcher.suggest.as_slice());
    for template in row.unwrap_or_default().iter().chain(&rule.suggest) {
        let Some((text, certain)) = fill(document, template, hit) else { continue };
        let text = match hit.place {
            Place::Span(span) => without_second_stop(document, span, in_case_of(document, span, &text)),
            _ => text,
        };
        let fix = if certain { rule.fix } else { FixSafety::DisplayOnly };
        if !found.iter().any(|known| known.text == text) {
            found.push(Suggestion { text, fix });
        }
    }
    if quoted(document, hit.place) {
        // A quotation is evidence: it is shown what to check, not changed.
        for suggestion in &mut found {
            suggestion.fix = FixSafety::DisplayOnly;
        }
    }
    let (place, mut found) = mend_article(document, hit.place, found);
    if let Some(span) = place.span() {
        for suggestion in &mut found {
            // Across markup, or in an encoding that lacks a character, an edit cannot be written.
            if document.source.replacement(span, &suggestion.text).is_none() {
                suggestion.fix = FixSafety::DisplayOnly;
            }
        }
    }
    (place, found)
}

/// The message, its slots filled.
pub(super) fn message(document: &Document, rule: &Rule, hit: &Hit, first: Option<&str>) -> String {
    let mut text = String::new();
    for part in &rule.message.0 {
        match part {
            Part::Text(plain) | Part::Inflected(plain) => text.push_str(plain),
            Part::Slot(name, filter) if name == "suggestion" => {
                text.push_str(&filtered(first.unwrap_or("another wording"), *filter).unwrap_or_default());
            }
            Part::Slot(name, filter) => {
                let value = slot(document, hit, name).unwrap_or_default();
                text.push_str(&filtered(&value, *filter).unwrap_or(value));
            }
        }
    }
    text
}

fn slot(document: &Document, hit: &Hit, name: &str) -> Option<String> {
    if let Some((_, value)) = hit.values.iter().find(|(known, _)| known == name) {
        return Some(value.clone());
    }
    let span = hit.place.span()?;
    (name == "match").then(|| document.text(span).split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The text of a template, and whether every form in it is known; none where a slot it needs is empty.
fn fill(document: &Document, template: &Template, hit: &Hit) -> Option<(String, bool)> {
    let (mut text, mut certain) = (String::new(), true);
    for part in &template.0 {
        match part {
            Part::Text(plain) => text.push_str(plain),
            Part::Slot(name, filter) => {
                let value = slot(document, hit, name)?;
                text.push_str(&filtered(&value, *filter)?);
            }
            Part::Inflected(lemma) => {
                let form = hit.lemma.and_then(|like| inflected(document, lemma, like));
                certain &= form.is_some();
                text.push_str(form.as_deref().unwrap_or(lemma));
            }
        }
    }
    Some((text, certain))
}

fn filtered(value: &str, filter: Option<Filter>) -> Option<String> {
    let number = || {
        language::number::digits(value).or_else(|| {
            let lower = value.to_lowercase();
            language::number::parse(&lower.split([' ', '-']).filter(|word| !word.is_empty()).collect::<Vec<_>>())
        })
    };
    Some(match filter {
        None => value.to_owned(),
        Some(Filter::Lower) => value.to_lowercase(),
        Some(Filter::Upper) => value.to_uppercase(),
        Some(Filter::Title) => value.split(' ').map(capitalised).collect::<Vec<_>>().join(" "),
        Some(Filter::Digits) => super::figures::digits(number()?),
        Some(Filter::Words) => super::figures::words(number()?)?,
        Some(Filter::Clock12) => super::figures::clock12(value)?,
    })
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// A lemma in the form in which the matched token stands.
fn inflected(document: &Document, lemma: &str, like: LemmaToken) -> Option<String> {
    let token = like.token as usize;
    let mut options: Vec<(Class, Forms)> = Vec::new();
    for reading in document.word(token).readings.iter().filter(|reading| reading.lemma == like.lemma) {
        if like.class.is_some_and(|class| class != reading.class) {
            continue;
        }
        let forms = like.forms.map_or(reading.forms, |asked| Forms(asked.0 & reading.forms.0));
        for form in [
            Forms::ED,
            Forms::EN,
            Forms::BASE,
            Forms::S,
            Forms::ING,
            Forms::SINGULAR,
            Forms::PLURAL,
            Forms::POSITIVE,
            Forms::COMPARATIVE,
            Forms::SUPERLATIVE,
        ] {
            if forms.intersects(form) {
                options.push((reading.class, form));
            }
        }
    }
    let both = options.contains(&(Class::Verb, Forms::ED)) && options.contains(&(Class::Verb, Forms::EN));
    if both {
        let wrong = if wants_participle(document, token) { Forms::ED } else { Forms::EN };
        options.retain(|option| *option != (Class::Verb, wrong));
    }
    // What the neighbours allow goes first; the order above decides the rest.
    let allowed = |option: &(Class, Forms)| document.has_reading(token, like.lemma, Some(option.0), Some(option.1));
    let (mut first, rest): (Vec<_>, Vec<_>) = options.into_iter().partition(allowed);
    first.extend(rest);
    // A word that is no base form of any class ("up") stays as it is beside its verb.
    let head = lemma.split(' ').next().unwrap_or(lemma);
    first
        .into_iter()
        .filter(|(class, _)| language::is_lemma(head, Some(*class)))
        .find_map(|(class, form)| language::inflect(lemma, class, form))
}

/// Whether a form that can be past tense or participle is a participle here: after be, have or get, or before "by".
fn wants_participle(document: &Document, token: usize) -> bool {
    let after_by =
        document.tokens.get(token + 1).is_some_and(|next| document.text(next.span).eq_ignore_ascii_case("by"));
    let sentence = document.tokens.get(token).map(|token| token.sentence);
    for before in (token.saturating_sub(4)..token).rev() {
        if document.tokens.get(before).map(|token| token.sentence) != sentence {
            break;
        }
        let word = document.word(before);
        if word.closed.intersects(Closed::AUX) {
            return !document.text_of(before).to_lowercase().starts_with("do")
                && !document.text_of(before).eq_ignore_ascii_case("did");
        }
        let passable = word.closed.intersects(Closed::NEGATION)
            || word.shape.has(Shape::CLITIC)
            || word.readings.iter().all(|reading| reading.class == Class::Adverb) && !word.readings.is_empty();
        if !passable {
            break;
        }
        let clitic = document.text_of(before).replace('’', "'");
        if matches!(clitic.as_str(), "'ve" | "'re" | "'m") {
            return true;
        }
    }
    after_by
}

/// "the U.S." before the full stop of the sentence ends with that one.
fn without_second_stop(document: &Document, span: Span, mut text: String) -> String {
    let rest = document.prose().get(span.end as usize..).unwrap_or("");
    if rest.starts_with('.') && text.ends_with('.') {
        text.pop();
    }
    text
}

/// The replacement in the case of what it replaces.
pub(super) fn in_case_of(document: &Document, span: Span, text: &str) -> String {
    let matched = document.text(span);
    let letters = || matched.chars().filter(|c| c.is_alphabetic());
    let first_upper = matched.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase);
    // "the White House" for "White House": the capital belongs to the name, which keeps it.
    let kept = matched.len() > 1 && text.len() > matched.len() && text.contains(matched);
    if !first_upper || kept || text.chars().next().is_some_and(char::is_uppercase) {
        return text.to_owned();
    }
    if letters().count() > 3 && letters().all(char::is_uppercase) {
        return text.to_uppercase();
    }
    let long: Vec<&str> = matched.split_whitespace().filter(|word| word.chars().count() > 3).collect();
    let title = matched.split_whitespace().count() > 1
        && long.len() > 1
        && long.iter().all(|word| word.chars().next().is_some_and(char::is_uppercase));
    if title {
        let small = ["a", "an", "the", "of", "in", "on", "to", "and", "or", "for", "by", "with", "at"];
        let words: Vec<String> = text
            .split(' ')
            .enumerate()
            .map(|(index, word)| if index > 0 && small.contains(&word) { word.to_owned() } else { capitalised(word) })
            .collect();
        return words.join(" ");
    }
    capitalised(text)
}

fn quoted(document: &Document, place: Place) -> bool {
    let Some(span) = place.span() else { return false };
    let first = document.tokens.partition_point(|token| token.span.end <= span.start);
    document
        .tokens
        .iter()
        .skip(first)
        .take_while(|token| token.span.start < span.end.max(span.start + 1))
        .any(|token| token.flags.has(TokenFlags::IN_QUOTE))
}

/// Widens the place by a preceding "a" or "an" that does not fit the first suggestion, and mends it in all of them.
fn mend_article(document: &Document, place: Place, suggestions: Vec<Suggestion>) -> (Place, Vec<Suggestion>) {
    let Place::Span(span) = place else { return (place, suggestions) };
    let at = document.token_at(span.start);
    let Some(article) = at.checked_sub(1).and_then(|before| document.tokens.get(before)) else {
        return (place, suggestions);
    };
    let written = document.text(article.span);
    let fits = |text: &str| {
        let wanted = if language::begins_with_vowel_sound(text) { "an" } else { "a" };
        written.eq_ignore_ascii_case(wanted)
    };
    let is_article = written.eq_ignore_ascii_case("a") || written.eq_ignore_ascii_case("an");
    let Some(first) = suggestions.first().filter(|_| is_article) else { return (place, suggestions) };
    if first.text.is_empty() || fits(&first.text) || !fits(document.text(span)) {
        return (place, suggestions);
    }
    let whole = article.span.cover(span);
    let between = document.prose().get(article.span.end as usize..span.start as usize).unwrap_or(" ");
    let mended = suggestions
        .into_iter()
        .map(|suggestion| {
            let article = if language::begins_with_vowel_sound(&suggestion.text) { "an" } else { "a" };
            let article = if written.starts_with('A') { capitalised(article) } else { article.to_owned() };
            Suggestion { text: format!("{article}{between}{}", suggestion.text), fix: suggestion.fix }
        })
        .collect();
    (Place::Span(whole), mended)
}
