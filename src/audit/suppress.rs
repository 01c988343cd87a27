//! In: findings, the text's comments, its sidecar, the baseline, accepted phrases and house names. Out: the findings that stay, those
//! that are ignored with who says so, and a note on every ignore that silenced nothing.

use super::{Draft, Ignored, Reason};
use crate::config::{Accept, Directive, HouseNames, Ignores, Policy, Selector, Verb, directive, unknown};
use crate::document::Document;
use crate::finding::{Place, RuleKind, Span};
use crate::rulebook::RuleSet;
use crate::rulebook::compiled::{Body, Rule};
use std::collections::BTreeSet;

/// Confidence of a rule about names where the house itself lists the name.
const VOUCHED: f32 = 0.9;

/// Whether a finding is about a name that the house writes so.
pub(super) fn is_house_name(document: &Document, names: &HouseNames, draft: &Draft<'_>) -> bool {
    let Some(span) = draft.finding.place.span().filter(|span| !span.is_empty()) else { return false };
    let text = document.text(span);
    let about_names = is_about_names(draft.rule);
    let about_forms = about_names
        || draft.rule.kind == RuleKind::Term
        || draft.finding.mqm.name().split('/').next() == Some("terminology");
    (about_names && names.known.iter().any(|name| holds(name, text)))
        || (about_forms && names.preferred.iter().any(|form| same(form, text)))
}

/// Makes a finding surer that takes a name for one of the house's people gone wrong: who they are is not guessed.
pub(super) fn vouch(names: &HouseNames, draft: &mut Draft<'_>) {
    let right = draft.finding.suggestions.first().map_or("", |first| first.text.as_str());
    if is_about_names(draft.rule) && names.known.iter().any(|name| holds(name, right)) && draft.rule.confidence > 0.0 {
        let certainty = draft.finding.confidence / draft.rule.confidence;
        draft.finding.confidence = draft.finding.confidence.max(certainty * VOUCHED);
    }
}

fn is_about_names(rule: &Rule) -> bool {
    match &rule.body {
        Body::Name(_) => true,
        Body::Check { detect, .. } => detect == "cut-name",
        _ => false,
    }
}

/// Whether words follow one another in a name.
fn holds(name: &str, words: &str) -> bool {
    let words = words.strip_suffix("'s").or_else(|| words.strip_suffix("’s")).unwrap_or(words);
    let name: Vec<&str> = name.split_whitespace().collect();
    let words: Vec<&str> = words.split_whitespace().collect();
    !words.is_empty() && name.windows(words.len()).any(|part| part.iter().zip(&words).all(|(a, b)| same(a, b)))
}

/// Whether two texts are the same but for curly apostrophes.
fn same(a: &str, b: &str) -> bool {
    a.chars().map(straight).eq(b.chars().map(straight))
}

fn straight(c: char) -> char {
    match c {
        '’' | '‘' => '\'',
        '“' | '”' => '"',
        other => other,
    }
}

/// Parts findings into those that stay and those that are ignored.
pub(super) fn suppress<'r>(
    document: &Document,
    rules: &RuleSet,
    policy: &Policy,
    ignores: &Ignores,
    drafts: Vec<Draft<'r>>,
    notes: &mut Vec<String>,
) -> (Vec<Draft<'r>>, Vec<Ignored>) {
    let mut comments = Comments::of(document, rules);
    let mut used_entries = vec![false; ignores.entries.len()];
    let mut used_known: BTreeSet<&str> = BTreeSet::new();
    let (mut kept, mut silenced) = (Vec::with_capacity(drafts.len()), Vec::new());
    for draft in drafts {
        let certain = policy.is_certain(&draft.rule.head(), draft.finding.confidence);
        let by_comment = comments.silences(&draft);
        let entry = ignores.entries.iter().position(|entry| {
            entry.rule.matches(&draft.rule.head())
                && covers(document, draft.finding.place, entry.text.as_deref(), entry.context.as_deref())
        });
        if let Some(used) = entry.and_then(|entry| used_entries.get_mut(entry)) {
            *used = true;
        }
        let known = ignores.known.get(&draft.finding.fingerprint);
        used_known.extend(known.map(String::as_str));
        if !certain {
            continue;
        }
        let accepted = || policy.accept.iter().find(|accept| is_accepted(document, draft.finding.place, accept));
        let verdict = if let Some(why) = by_comment {
            Some((Reason::Comment, why))
        } else if let Some(entry) = entry.and_then(|entry| ignores.entries.get(entry)) {
            Some((Reason::Sidecar, entry.reason.clone()))
        } else if let Some(accept) = accepted() {
            Some((Reason::Accepted, accept.reason.clone()))
        } else {
            known.map(|_| (Reason::Baseline, String::new()))
        };
        match verdict {
            Some((by, why)) => silenced.push(Ignored { finding: draft.finding, by, why }),
            None => kept.push(draft),
        }
    }
    // Of a run with some rules only, nobody can say what is not needed.
    let whole = policy.only.is_empty() && policy.disable.is_empty();
    notes.extend(comments.notes(whole));
    if whole {
        for (entry, _) in ignores.entries.iter().zip(used_entries).filter(|(_, used)| !used) {
            notes.push(match unknown(&entry.rule, rules) {
                Some((message, help)) => format!("{}: {message}; {help}", entry.place),
                None => format!("{}: {} ignores nothing any more; take the entry away", entry.place, entry.rule),
            });
        }
        match ignores.known.len() - used_known.len() {
            0 => {}
            1 => notes.push("the baseline knows 1 finding that is gone; --update-baseline takes it out".to_owned()),
            gone => notes
                .push(format!("the baseline knows {gone} findings that are gone; --update-baseline takes them out")),
        }
    }
    (kept, silenced)
}

/// Where a comment reaches.
#[derive(Clone, Copy)]
enum Reach {
    All,
    Part(Span),
}

/// A rule of a comment.
struct Silence {
    rule: Selector,
    reach: Reach,
    why: String,
    line: usize,
    used: bool,
}

/// What the comments of a text say.
#[derive(Default)]
struct Comments {
    silences: Vec<Silence>,
    /// What is wrong with them, by line.
    notes: Vec<(usize, String)>,
}

impl Comments {
    fn of(document: &Document, rules: &RuleSet) -> Self {
        let mut found = Self::default();
        let mut open: Vec<(u32, usize, Directive)> = Vec::new();
        for comment in document.source.comments() {
            let Some(read) = directive(&comment.text) else { continue };
            let line = document.source.locate_comment(comment).start.0;
            let directive = match read {
                Ok(directive) => directive,
                Err(error) => {
                    found.notes.push((line, format!("a comment that is not understood: {error}")));
                    continue;
                }
            };
            if directive.reason.is_empty() && directive.verb != Verb::End {
                found.notes.push((line, format!("{} gives no reason; add one behind --", directive.verb.name())));
            }
            let reach = match directive.verb {
                Verb::File => Some(Reach::All),
                Verb::Here => Some(block_around(document, comment.at, line)),
                Verb::Next => Some(block_after(document, comment.at)),
                Verb::Begin => {
                    open.push((comment.at, line, directive));
                    continue;
                }
                Verb::End => {
                    let named: Vec<String> = directive.rules.iter().map(ToString::to_string).collect();
                    let fits = |rules: &[Selector]| {
                        named.is_empty() || rules.iter().map(ToString::to_string).eq(named.iter().cloned())
                    };
                    match open.iter().rposition(|(_, _, begin)| fits(&begin.rules)) {
                        Some(at) => {
                            let (start, line, begin) = open.remove(at);
                            let part = Span { start, end: comment.at.max(start) };
                            found.add(begin, Reach::Part(part), line, rules);
                        }
                        None => found.notes.push((line, "ignore-end without an ignore-begin before it".to_owned())),
                    }
                    None
                }
            };
            if let Some(reach) = reach {
                found.add(directive, reach, line, rules);
            }
        }
        for (start, line, begin) in open {
            found.notes.push((line, "ignore-begin reaches to the end of the text; add ignore-end".to_owned()));
            found.add(begin, Reach::Part(Span { start, end: u32::MAX }), line, rules);
        }
        found
    }

    fn add(&mut self, directive: Directive, reach: Reach, line: usize, rules: &RuleSet) {
        for mut rule in directive.rules {
            if let Some((message, help)) = unknown(&rule, rules) {
                self.notes.push((line, format!("{message}; {help}")));
                continue;
            }
            // An older id of a rule is as good as its id.
            if let Selector::Id(id) = &mut rule
                && let Some(head) = rules.find(id).and_then(|number| rules.head(number))
            {
                head.id.clone_into(id);
            }
            self.silences.push(Silence { rule, reach, why: directive.reason.clone(), line, used: false });
        }
    }

    /// Why a finding is to be ignored, if a comment says so.
    fn silences(&mut self, draft: &Draft<'_>) -> Option<String> {
        let place = draft.finding.place.span();
        let mut why = None;
        for silence in &mut self.silences {
            let reaches = match (silence.reach, place) {
                (Reach::All, _) => true,
                // A gap behind the last word of a block belongs to it.
                (Reach::Part(part), Some(span)) => {
                    part.overlaps(span) || part.start <= span.start && span.end <= part.end
                }
                (Reach::Part(_), None) => false,
            };
            if reaches && silence.rule.matches(&draft.rule.head()) {
                silence.used = true;
                why.get_or_insert_with(|| silence.why.clone());
            }
        }
        why
    }

    /// What is wrong with the comments, and of a whole run which of them are not needed; in the order of their lines.
    fn notes(self, whole: bool) -> Vec<String> {
        let mut notes = self.notes;
        for silence in self.silences.iter().filter(|silence| whole && !silence.used) {
            let text = format!("{} has nothing to ignore here; take the comment away", silence.rule);
            notes.push((silence.line, text));
        }
        notes.sort_by_key(|(line, _)| *line);
        notes.into_iter().map(|(line, text)| format!("line {line}: {text}")).collect()
    }
}

/// The block that a comment stands in: within its words, or behind them in the same line of the file; else the next one.
fn block_around(document: &Document, at: u32, line: usize) -> Reach {
    let block = document.blocks.iter().find(|block| block.span.start <= at && at <= block.span.end);
    let inside = block.filter(|block| {
        let last = || document.source.locate(block.span).end.0;
        at < block.span.end || last() == line
    });
    inside.map_or_else(|| block_after(document, at), |block| Reach::Part(block.span))
}

/// The first block that begins at a byte of the prose or behind it.
fn block_after(document: &Document, at: u32) -> Reach {
    let block = document.blocks.iter().find(|block| block.span.start >= at);
    Reach::Part(block.map_or(Span { start: u32::MAX, end: u32::MAX }, |block| block.span))
}

/// Whether a place has these words, and stands in this passage.
fn covers(document: &Document, place: Place, text: Option<&str>, context: Option<&str>) -> bool {
    let span = place.span();
    let words = |wanted: &str| span.is_some_and(|span| normal(document.text(span)) == normal(wanted));
    let within = |passage: &str| span.is_some_and(|span| stands_in(document.prose(), span, passage));
    text.is_none_or(words) && context.is_none_or(within)
}

fn is_accepted(document: &Document, place: Place, accept: &Accept) -> bool {
    place.span().is_some_and(|span| !span.is_empty() && stands_in(document.prose(), span, &accept.phrase))
}

/// White space is one blank, quotation marks are straight.
fn normal(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().map(straight).collect()
}

/// Whether a span lies within a passage of the prose. White space and curly marks do not matter; small letters of the passage match
/// any case, in one with capitals capitals are meant; it begins and ends at the ends of words.
fn stands_in(prose: &str, span: Span, passage: &str) -> bool {
    let passage: Vec<char> = normal(passage).chars().collect();
    let folds = !passage.iter().any(|c| c.is_uppercase());
    // A passage may be wrapped over lines: it takes no more than twice its length, and some, in the text.
    let reach = passage.len() * 8 + 64;
    let first = floor(prose, (span.start as usize).saturating_sub(reach));
    let starts = prose.get(first..).unwrap_or("").char_indices().map(|(at, _)| first + at);
    starts.take_while(|start| *start <= span.start as usize).any(|start| {
        let before = prose.get(..start).and_then(|head| head.chars().next_back());
        let joined = passage.first().is_some_and(|c| c.is_alphanumeric()) && before.is_some_and(char::is_alphanumeric);
        !joined && end_of(prose, start, &passage, folds).is_some_and(|end| end >= span.end as usize)
    })
}

/// Where a passage that begins at a byte of the prose ends.
fn end_of(prose: &str, start: usize, passage: &[char], folds: bool) -> Option<usize> {
    let mut rest = prose.get(start..)?.char_indices().peekable();
    let mut end = start;
    for wanted in passage {
        let (at, here) = rest.next()?;
        if *wanted == ' ' {
            if !here.is_whitespace() {
                return None;
            }
            while rest.next_if(|(_, c)| c.is_whitespace()).is_some() {}
        } else if straight(here) != *wanted && !(folds && here.to_lowercase().eq(std::iter::once(*wanted))) {
            return None;
        }
        end = start + at + here.len_utf8();
    }
    let last_is_word = passage.last().is_some_and(|c| c.is_alphanumeric());
    let goes_on = rest.peek().is_some_and(|(_, c)| c.is_alphanumeric());
    (!(last_is_word && goes_on)).then_some(end)
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::{holds, stands_in};
    use crate::finding::Span;

    fn within(prose: &str, words: &str, passage: &str) -> bool {
        let start = prose.find(words).unwrap_or_else(|| panic!("{words} is not in {prose}"));
        stands_in(prose, Span::new(start, start + words.len()), passage)
    }

    #[test]
    fn a_passage_holds_its_words_whatever_the_marks_and_lines() {
        assert!(within("The Kiev Brewery closed.", "Kiev", "Kiev Brewery"));
        assert!(within("The Kiev\n  Brewery closed.", "Kiev", "Kiev Brewery"));
        assert!(within("It is the Mayor’s “Kiev plan”.", "Kiev", "Mayor's \"Kiev plan\""));
        assert!(within("é: Kiev", "Kiev", "kiev"));
        assert!(!within("The Kiev brewery closed.", "Kiev", "Kiev Brewery"));
        assert!(within("The Kiev Brewery closed.", "Kiev", "kiev brewery"));
        assert!(!within("The Kiev Breweryman left.", "Kiev", "Kiev Brewery"));
        assert!(!within("In Kiev, not at the Kiev Brewery.", "Kiev", "Kiev Brewery"));
        assert!(!within("The Kiev Brewery closed.", "Brewery closed", "Kiev Brewery"));
    }

    #[test]
    fn a_name_holds_its_own_words_in_order() {
        assert!(holds("Mary Ann O'Neill", "Ann O’Neill"));
        assert!(holds("Libby Cathey", "Cathey’s"));
        assert!(!holds("Libby Cathey", "Cathy"));
        assert!(!holds("Mary Ann O'Neill", "Mary O'Neill"));
        assert!(!holds("Libby Cathey", ""));
    }
}
