//! Tables to bytes. In: entries and the cutter of names into tokens. Out: a part that [`super::Lexicon::add`] takes.

use super::part::{CARD, ENTRY_KINDS, FORM, FORM_KINDS, GENDERS, HEADER, MAGIC, code, filter_length, filter_place};
use super::{Entry, EntryKind, FormKind};
use crate::language::hash;
use std::collections::HashMap;

/// Compiles entries to a part that [`super::Lexicon::add`] takes; same entries, same bytes.
///
/// `tokenise` cuts a name into tokens as a document is cut, so that names meet the text; ’ counts as '.
/// A form of more than 255 tokens is left out.
#[must_use]
pub fn compile(entries: &[Entry], tokenise: &dyn Fn(&str) -> Vec<String>) -> Vec<u8> {
    let mut forms = Vec::new();
    for (number, entry) in entries.iter().enumerate() {
        entry_forms(entry, tokenise, |tokens, kind| {
            if let [first, rest @ ..] = tokens
                && u8::try_from(rest.len()).is_ok()
            {
                let rest: Vec<u64> = rest.iter().map(|token| key(token)).collect();
                forms.push((key(first), std::cmp::Reverse(rest.len()), rest, number as u32, code(&FORM_KINDS, &kind)));
            }
        });
    }
    forms.sort_unstable();
    // One entry's form counts once, as the first kind in the order of FORM_KINDS: a name that is listed as an alias too is the name.
    forms.dedup_by(|later, kept| later.0 == kept.0 && later.2 == kept.2 && later.3 == kept.3);

    // About one form a bucket.
    let bits = forms.len().next_power_of_two().ilog2();
    let mut keys: Vec<u64> = Vec::new();
    let mut pooled: HashMap<&[u64], u32> = HashMap::new();
    let mut records = Vec::new();
    let mut out = MAGIC.to_vec();
    let header = [entries.len() as u32, forms.len() as u32, bits];
    out.extend(header.iter().flat_map(|number| number.to_le_bytes()));
    out.resize(HEADER, 0);

    let mut filter = vec![0; filter_length(bits)];
    for (first, ..) in &forms {
        let (byte, bit) = filter_place(*first, filter.len());
        filter[byte] |= bit;
    }
    out.extend(filter);
    for bucket in 0..=1_u64 << bits {
        let start = forms.partition_point(|form| form.0.checked_shr(64 - bits).unwrap_or(0) < bucket);
        out.extend((start as u32).to_le_bytes());
    }
    for (first, _, rest, number, kind) in &forms {
        let at = *pooled.entry(rest).or_insert_with(|| {
            let at = keys.len() as u32;
            keys.extend(rest);
            at
        });
        let entry_kind = entries.get(*number as usize).map_or(u8::MAX, |entry| code(&ENTRY_KINDS, &entry.kind));
        let start = out.len();
        out.extend(first.to_le_bytes());
        out.extend(number.to_le_bytes());
        out.extend(at.to_le_bytes());
        out.extend([rest.len() as u8, *kind, entry_kind]);
        out.resize(start + FORM, 0);
    }
    for entry in entries {
        let start = out.len();
        out.extend((records.len() as u32).to_le_bytes());
        out.extend([code(&ENTRY_KINDS, &entry.kind), entry.gender.map_or(u8::MAX, |gender| code(&GENDERS, &gender))]);
        out.extend(country_of(entry));
        out.resize(start + CARD, 0);
        // Writing to a growing vector does not fail; were it to, the entry would decode to none.
        records.extend(postcard::to_stdvec(entry).unwrap_or_default());
    }
    out.extend(keys.iter().flat_map(|key| key.to_le_bytes()));
    out[20..HEADER].copy_from_slice(&(keys.len() as u32).to_le_bytes());
    out.extend(records);
    out
}

/// The country that the name stands for, or of which it is the capital, as two letters; zeros where it is neither.
fn country_of(entry: &Entry) -> [u8; 2] {
    let stands = entry.kind == EntryKind::Place && matches!(entry.subtype.as_str(), "country" | "capital");
    entry.country.as_bytes().try_into().ok().filter(|_| stands).unwrap_or_default()
}

/// Key of a token as documents make it.
fn key(token: &str) -> u64 {
    if token.contains('’') { hash(&token.replace('’', "'")) } else { hash(token) }
}

/// Every form of an entry, as tokens.
fn entry_forms(entry: &Entry, tokenise: &dyn Fn(&str) -> Vec<String>, mut each: impl FnMut(&[String], FormKind)) {
    let name = tokenise(&entry.name);
    each(&name, FormKind::Full);
    let person = entry.kind == EntryKind::Person;
    if person && !family_name_first(entry, &name) {
        surnames(&name, &mut each);
    }
    for alias in &entry.aliases {
        let tokens = tokenise(alias);
        match tokens.as_slice() {
            // One word of the name: what the person is called for short (Xi of Xi Jinping).
            [only] if person && name.len() > 1 && name.contains(only) => each(&tokens, FormKind::Surname),
            // Another spelling of the name, not a nickname or a style: its last word is a family name as well.
            [first, _, ..] if person && name.first() == Some(first) && !family_name_first(entry, &name) => {
                each(&tokens, FormKind::Alias);
                surnames(&tokens, &mut each);
            }
            _ => each(&tokens, FormKind::Alias),
        }
    }
    for misspelling in &entry.misspellings {
        each(&tokenise(misspelling), FormKind::Misspelling);
    }
    if !entry.acronym.is_empty() {
        each(&tokenise(&entry.acronym), FormKind::Acronym);
    }
    for demonym in &entry.demonyms {
        let tokens = tokenise(demonym);
        each(&tokens, FormKind::Demonym);
        if let Some(plural) = plural_demonym(&tokens) {
            each(&plural, FormKind::Demonym);
        }
    }
}

/// Where the family name comes first and the table says so by listing it as an alias (Xi Jinping, alias Xi).
fn family_name_first(entry: &Entry, name: &[String]) -> bool {
    ["CN", "TW", "HK", "MO", "SG", "KP", "KR", "KH", "VN", "JP"].contains(&entry.country.as_str())
        && name.first().is_some_and(|first| entry.aliases.contains(first))
}

/// The family name: the last word, what follows it (Jr.) left out, with its particles where it has some (von der Leyen).
fn surnames(name: &[String], each: &mut impl FnMut(&[String], FormKind)) {
    let is_suffix = |word: &String| ["Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV"].contains(&word.as_str());
    let Some(last) = name.iter().rposition(|word| !is_suffix(word) && word.starts_with(char::is_alphabetic)) else {
        return;
    };
    if last == 0 {
        return;
    }
    let is_lower = |word: &String| word.starts_with(char::is_lowercase);
    // Le Pen: the last word alone would be another word.
    let is_particle = |word: &String| {
        ["Le", "La", "De", "Du", "Di", "Da", "Del", "Della", "Van", "Von", "Ben", "Bin", "St", "St.", "San", "Santa"]
            .contains(&word.as_str())
    };
    let start =
        name.get(1..last).unwrap_or_default().iter().rev().take_while(|word| is_lower(word) || is_particle(word));
    let start = last - start.count();
    let Some(whole) = name.get(start..=last) else { return };
    each(whole, FormKind::Surname);
    if let [first, rest @ ..] = whole
        && is_lower(first)
    {
        // Von der Leyen at the start of a sentence.
        let mut letters = first.chars();
        let capital: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
        let capitalised: Vec<String> = std::iter::once(capital).chain(rest.iter().cloned()).collect();
        each(&capitalised, FormKind::Surname);
        each(name.get(last..=last).unwrap_or_default(), FormKind::Surname);
    }
}

/// Ukrainians, Kuwaitis, Filipinos; none where the singular serves (Chinese, British, French) or nothing is certain.
fn plural_demonym(demonym: &[String]) -> Option<Vec<String>> {
    let (last, before) = demonym.split_last()?;
    let regular =
        !["ese", "ish", "nch", "tch", "s", "sh", "ic", "man", "men", "women"].iter().any(|end| last.ends_with(end))
            || ["German", "Roman", "Oman"].contains(&last.as_str());
    regular.then(|| before.iter().cloned().chain([format!("{last}s")]).collect())
}
