//! Forms that a table lists as wrong. In: a document and the tables. Out: a hit for each place where such a form stands.

use super::NameSettings;
use super::known::{Known, Part};
use super::surroundings::{Before, before};
use crate::detect::Hit;
use crate::document::Document;
use crate::finding::Place;
use crate::language::hash;
use crate::lexicon::{Entry, EntryKind, Form, FormKind, Lexicon};

/// Appends a hit for each listed misspelling of the rule's tables; `known` says which tokens begin one.
pub(super) fn find(document: &Document, lexicon: &Lexicon, settings: &NameSettings, known: &Known, out: &mut Vec<Hit>) {
    let suspect = |part: Part| settings.tables.iter().any(|kind| part.has(Part::wrong(*kind)));
    let mut covered = 0;
    for start in known.suspects().iter().map(|token| *token as usize) {
        let Some(token) = document.tokens.get(start) else { continue };
        if start < covered || !suspect(known.part(token.word)) {
            continue;
        }
        let following = || {
            let sentence = token.sentence;
            let rest = document.tokens.get(start + 1..).unwrap_or_default();
            rest.iter()
                .take_while(move |next| next.sentence == sentence)
                .map(|next| document.words.get(next.word as usize).map_or(0, |word| word.exact))
        };
        let next = following().next();
        let matching =
            || lexicon.forms_before(document.word(start).exact, next).filter(|form| form.continues(following()));
        let Some(wrong) = matching().filter(|form| is_wanted(form, settings)).max_by_key(Form::token_count) else {
            continue;
        };
        // What is wrong for one may be another's name, and a longer name may begin with it.
        if matching().any(|form| form.kind != FormKind::Misspelling && form.token_count() >= wrong.token_count()) {
            continue;
        }
        let Some(entry) = lexicon.entry(wrong.entry) else { continue };
        // A family name after another first name is another person.
        if wrong.entry_kind == EntryKind::Person
            && wrong.rest.is_empty()
            && let Before::Name(first) = before(document, start)
            && entry.name.split(' ').next().map(hash) != Some(document.word(first).exact)
        {
            continue;
        }
        covered = start + wrong.token_count();
        let span = document.span(start as u32..covered as u32);
        let right = nearest_form(&entry, document.text(span));
        out.push(
            Hit::at(Place::Span(span))
                .propose(right)
                .value("name", entry.name.clone())
                .value("other", right)
                .value("also", ""),
        );
    }
}

fn is_wanted(form: &Form<'_>, settings: &NameSettings) -> bool {
    form.kind == FormKind::Misspelling && settings.tables.contains(&form.entry_kind)
}

/// The right form that is most like the wrong one: the family name for a family name, the alias for an alias.
fn nearest_form<'a>(entry: &'a Entry, wrong: &str) -> &'a str {
    let last = entry.name.rsplit(' ').next().filter(|_| entry.kind == EntryKind::Person);
    let words = |text: &str| text.split(' ').count();
    std::iter::once(entry.name.as_str())
        .chain(entry.aliases.iter().map(String::as_str))
        .chain(last)
        .filter(|form| words(form) == words(wrong))
        // The first of equals: the house form before its aliases.
        .min_by_key(|form| strsim::osa_distance(form, wrong))
        .unwrap_or(&entry.name)
}
