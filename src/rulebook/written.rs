//! In: the TOML of one rule file. Out: its rules as written, each text with its place; every error of the file at once.

mod kinds;

use super::checks::CheckSpec;
use super::compiled::Against;
use super::error::RuleError;
use super::keys::{File, Keys, Located, array, located, texts};
use super::pattern::parse::nearest;
use super::settings::Settings;
use crate::finding::{FixSafety, Mqm, Regions, RuleKind, Severity};
use std::collections::BTreeMap;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// pack.toml.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct WrittenPack {
    /// Rules are shown as `id/RULE`.
    pub id: String,
    /// Its version.
    pub version: String,
    /// ISO 639-1.
    pub language: String,
    /// SPDX expression.
    pub license: String,
    /// Where data came from elsewhere.
    pub attribution: String,
    /// One line.
    pub summary: String,
    /// The day the facts were true, YYYY-MM-DD.
    pub as_of: String,
    /// For rules that do not say.
    pub confidence: f32,
    /// For rules that do not say.
    pub severity: Option<Severity>,
    /// Old id -> new id.
    pub renamed: BTreeMap<String, String>,
    /// Lists of the pack.
    pub lists: BTreeMap<String, Located>,
}

/// Words that must, or must not, stand near.
#[derive(Clone, PartialEq, Debug)]
pub struct WrittenNear {
    /// Patterns.
    pub words: Vec<Located>,
    /// How near.
    pub within: Reach,
}

/// How far a condition looks.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
pub enum Reach {
    /// The same sentence.
    Sentence,
    /// The same block.
    Paragraph,
    /// The whole text.
    Document,
}

impl Reach {
    fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "sentence" => Self::Sentence,
            "paragraph" => Self::Paragraph,
            "document" => Self::Document,
            _ => return None,
        })
    }
}

/// What the text as a whole must show.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct WrittenNeeds {
    /// A dialect whose density must be high.
    pub density: Option<String>,
    /// Languages one of which the text must have gone through.
    pub pivot: Vec<String>,
}

/// A higher level when a fault is frequent.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
pub struct Escalate {
    /// From so many findings on.
    pub count: u32,
    /// In one sentence, paragraph or text.
    pub within: Reach,
    /// The level.
    pub severity: Severity,
}

/// What a kind adds.
#[derive(Clone, Debug)]
pub enum WrittenBody {
    /// Patterns.
    Phrase(Vec<Located>),
    /// A table of pairs.
    Lexicon {
        /// The table.
        from: Located,
        /// Which words are inflected.
        inflect: Inflect,
    },
    /// Set terms and what stands for their words.
    Lattice {
        /// Tables of terms.
        terms: Vec<Located>,
        /// Tables of swaps.
        swaps: Vec<Located>,
        /// Tables of real phrases.
        background: Vec<Located>,
        /// Thresholds.
        settings: Settings,
    },
    /// One term, or a table of terms.
    Term {
        /// The house form.
        prefer: Option<Located>,
        /// Other forms.
        variants: Vec<Located>,
        /// Only a mixture is wrong.
        consistent: bool,
        /// The table.
        from: Option<Located>,
    },
    /// Tables of names.
    Name {
        /// Kind of table and file.
        tables: Vec<(&'static str, Located)>,
        /// Thresholds.
        settings: Settings,
    },
    /// A regular expression.
    Pattern {
        /// The expression.
        regex: Located,
        /// The capture to flag, by name or number.
        capture: Option<Located>,
    },
    /// A comparison.
    Compare {
        /// Which.
        spec: &'static CheckSpec,
        /// With which texts.
        against: Against,
        /// Thresholds and word lists.
        settings: Settings,
    },
    /// A detector.
    Check {
        /// Which.
        spec: &'static CheckSpec,
        /// Thresholds and word lists.
        settings: Settings,
    },
}

/// Which words of a lexicon's pair are inflected.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Inflect {
    /// The last word.
    Last,
    /// Every word.
    All,
    /// None.
    No,
}

/// An example of a rule.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct WrittenExample {
    /// With its marks.
    pub text: Located,
    /// Its original in the same language.
    pub original: Option<String>,
    /// Its source and the source's language.
    pub source: Option<(String, String)>,
}

/// A rule as it stands in the file.
#[derive(Clone, Debug)]
pub struct WrittenRule {
    /// Where its table begins.
    pub range: Range<usize>,
    /// Without the pack.
    pub id: Located,
    /// Which array it stands in.
    pub kind: RuleKind,
    /// One line.
    pub message: Located,
    /// Markdown.
    pub explain: String,
    /// Level.
    pub severity: Severity,
    /// Error type.
    pub mqm: Mqm,
    /// 0–1.
    pub confidence: f32,
    /// Templates.
    pub suggest: Vec<Located>,
    /// What edits promise.
    pub fix: FixSafety,
    /// Where it looks.
    pub regions: Regions,
    /// Exceptions.
    pub unless: Vec<Located>,
    /// Words that must stand near.
    pub near: Option<WrittenNear>,
    /// Words that must not.
    pub not_near: Option<WrittenNear>,
    /// What the whole text must show.
    pub needs: Option<WrittenNeeds>,
    /// ISO 639-1.
    pub pivots: Vec<String>,
    /// Higher level when frequent.
    pub escalate: Option<Escalate>,
    /// Rules on whose good examples it may fire.
    pub also: Vec<String>,
    /// More to read.
    pub url: String,
    /// Version that brought it.
    pub since: String,
    /// Free words.
    pub tags: Vec<String>,
    /// Must fire, marked.
    pub bad: Vec<WrittenExample>,
    /// Must stay silent.
    pub good: Vec<WrittenExample>,
    /// hits, right, set.
    pub measured: Option<(u32, u32, String)>,
    /// Slow patterns are allowed.
    pub slow: bool,
    /// The kind's own keys.
    pub body: WrittenBody,
}

/// A rule file as written.
#[derive(Clone, Debug, Default)]
pub struct WrittenFile {
    /// The rules in order of kind, then of place.
    pub rules: Vec<WrittenRule>,
    /// `[lists]` of the file.
    pub lists: BTreeMap<String, Located>,
}

/// Parses TOML; syntax errors become errors of the file.
pub fn toml<'i>(file: &mut File<'i>) -> Spanned<DeTable<'i>> {
    let (table, errors) = DeTable::parse_recoverable(file.source);
    for error in errors {
        let range = error.span().unwrap_or(0..0);
        let message = error.message().trim().to_owned();
        file.error(
            range,
            format!("not valid TOML: {message}"),
            "see the line marked; strings need quotes, keys stand once",
        );
    }
    table
}

/// Reads pack.toml.
pub fn pack(file: &mut File<'_>) -> WrittenPack {
    let table = toml(file);
    let mut keys = Keys::new(table.get_ref(), 0..0);
    let mut text = |file: &mut File<'_>, key, what| keys_text(&mut keys, file, key, what);
    let mut pack = WrittenPack {
        id: text(file, "id", Some("a short name in small letters, as in id = \"en-house\"")),
        version: text(file, "version", None),
        language: text(file, "language", None),
        license: text(file, "license", None),
        attribution: text(file, "attribution", None),
        summary: text(file, "summary", None),
        as_of: text(file, "as-of", None),
        confidence: 0.8,
        ..WrittenPack::default()
    };
    if !pack.id.is_empty() && !is_kebab(&pack.id) {
        file.error(0..0, format!("pack id “{}” is not kebab-case", pack.id), "use small letters, digits and hyphens");
    }
    if let Some(mut defaults) = keys.table(file, "defaults") {
        if let Some(value) = confidence(&mut defaults, file) {
            pack.confidence = value;
        }
        pack.severity = severity(&mut defaults, file);
        defaults.finish(file, "[defaults]");
    }
    if let Some(renamed) = keys.table(file, "renamed") {
        for (old, range, value) in renamed.rest() {
            match located(value) {
                Some(new) => {
                    pack.renamed.insert(old.to_owned(), new.text);
                }
                None => file.error(range, "[renamed] holds strings", "write \"old-id\" = \"new-id\""),
            }
        }
    }
    pack.lists = lists(&mut keys, file);
    keys.finish(file, "pack.toml");
    pack
}

fn keys_text(keys: &mut Keys<'_, '_>, file: &mut File<'_>, key: &'static str, required: Option<&str>) -> String {
    match required {
        Some(what) => keys.required(file, key, what),
        None => keys.text(file, key),
    }
    .map_or_else(String::new, |found| found.text)
}

fn lists(keys: &mut Keys<'_, '_>, file: &mut File<'_>) -> BTreeMap<String, Located> {
    let mut found = BTreeMap::new();
    let Some(table) = keys.table(file, "lists") else { return found };
    for (name, range, value) in table.rest() {
        match value.get_ref() {
            DeValue::String(text) => {
                found.insert(name.to_owned(), Located { text: text.clone().into_owned(), range: value.span() });
            }
            DeValue::Array(_) => {
                let words: Vec<String> = texts(file, name, value).into_iter().map(|word| word.text).collect();
                found.insert(name.to_owned(), Located { text: format!("({})", words.join("|")), range: value.span() });
            }
            _ => file.error(range, format!("list “{name}” must be a pattern or a list of strings"), "write '(a|b|c)'"),
        }
    }
    found
}

/// Whether a text is an id: small letters, digits and single hyphens, beginning with a letter.
#[must_use]
pub fn is_kebab(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !text.ends_with('-')
        && !text.contains("--")
}

/// Reads a rule file.
pub fn rules(file: &mut File<'_>, defaults: &WrittenPack) -> WrittenFile {
    let table = toml(file);
    let mut keys = Keys::new(table.get_ref(), 0..0);
    let mut written = WrittenFile { rules: Vec::new(), lists: lists(&mut keys, file) };
    for kind in RuleKind::ALL {
        let Some(value) = keys.take(kind.name()) else { continue };
        let Some(items) = array(value) else {
            let help = format!("write [[{}]] with two brackets", kind.name());
            file.error(value.span(), format!("{} must be an array of tables", kind.name()), help);
            continue;
        };
        for item in items {
            let DeValue::Table(table) = item.get_ref() else {
                file.error(item.span(), "a rule must be a table", format!("write [[{}]]", kind.name()));
                continue;
            };
            let mut keys = Keys::new(table, item.span());
            if let Some(rule) = rule(&mut keys, file, kind, defaults) {
                written.rules.push(rule);
            }
            keys.finish(file, &format!("[[{}]]", kind.name()));
        }
    }
    keys.finish(file, "a rule file");
    written
}

fn rule(keys: &mut Keys<'_, '_>, file: &mut File<'_>, kind: RuleKind, defaults: &WrittenPack) -> Option<WrittenRule> {
    let range = keys.range.clone();
    let id = keys.required(file, "id", "a stable name in small letters, as in id = \"behead-government\"");
    if let Some(id) = id.as_ref().filter(|id| !is_kebab(&id.text)) {
        file.error(
            id.range.clone(),
            format!("id “{}” is not kebab-case", id.text),
            "use small letters, digits and hyphens",
        );
    }
    let message = keys.required(file, "message", "one line for the editor");
    if let Some(message) = message.as_ref().filter(|message| message.text.contains('\n')) {
        file.error(
            message.range.clone(),
            "message has more than one line",
            "keep it to one; the rest belongs into explain",
        );
    }
    let explain = keys.required(file, "explain", "why this is a translation error, in Markdown");
    let mqm =
        keys.required(file, "mqm", "a type of the MQM core list, as in \"accuracy/mistranslation\"").and_then(|name| {
            let found = Mqm::parse(&name.text);
            if found.is_none() {
                let help = nearest(&name.text, Mqm::all().iter().copied()).map_or_else(
                    || "`mtaudit rules list --mqm` shows all".to_owned(),
                    |near| format!("did you mean “{near}”?"),
                );
                file.error(name.range, format!("unknown MQM type “{}”", name.text), help);
            }
            found
        });
    let severity = severity(keys, file).or(defaults.severity).unwrap_or(Severity::Minor);
    let confidence = confidence(keys, file).unwrap_or(defaults.confidence);
    let suggest = keys.texts(file, "suggest");
    let fix = keys.text(file, "fix").map_or(FixSafety::Unsafe, |name| {
        FixSafety::parse(&name.text).unwrap_or_else(|| {
            file.error(name.range, format!("unknown fix “{}”", name.text), "safe, unsafe or display-only");
            FixSafety::Unsafe
        })
    });
    let regions = regions(keys, file);
    let unless = keys.texts(file, "unless");
    let near = near_words(keys, file, "near");
    let not_near = near_words(keys, file, "not-near");
    let needs = needs(keys, file);
    let escalate = escalate(keys, file);
    let measured = measured(keys, file);
    let pivots = keys.texts(file, "pivots");
    for pivot in &pivots {
        if pivot.text.len() != 2 || !pivot.text.bytes().all(|b| b.is_ascii_lowercase()) {
            file.error(
                pivot.range.clone(),
                format!("“{}” is no language code", pivot.text),
                "two letters of ISO 639-1, as in \"bn\"",
            );
        }
    }
    let plain = |items: Vec<Located>| items.into_iter().map(|item| item.text).collect::<Vec<_>>();
    let also = plain(keys.texts(file, "also"));
    let tags = plain(keys.texts(file, "tags"));
    let url = keys_text(keys, file, "url", None);
    let since = keys_text(keys, file, "since", None);
    let (bad, good) = (kinds::examples(keys, file, "bad", kind), kinds::examples(keys, file, "good", kind));
    for (name, examples) in [("bad", &bad), ("good", &good)] {
        if examples.len() < 2 {
            let help = "a rule carries its own tests: at least two bad and two good examples";
            file.error(range.clone(), format!("{} {name} example(s), two are needed", examples.len()), help);
        }
    }
    let slow = flag(keys, file, "slow").unwrap_or(false);
    let body = kinds::body(keys, file, kind)?;
    // What is missing has been reported: the rule goes on empty, so that its other errors come in the same run.
    Some(WrittenRule {
        range,
        id: id.unwrap_or_default(),
        kind,
        message: message.unwrap_or_default(),
        explain: explain.unwrap_or_default().text,
        severity,
        mqm: mqm.unwrap_or_default(),
        confidence,
        suggest,
        fix,
        regions,
        unless,
        near,
        not_near,
        needs,
        pivots: plain(pivots),
        escalate,
        also,
        url,
        since,
        tags,
        bad,
        good,
        measured,
        slow,
        body,
    })
}

fn flag(keys: &mut Keys<'_, '_>, file: &mut File<'_>, key: &'static str) -> Option<bool> {
    let value = keys.take(key)?;
    let found = value.get_ref().as_bool();
    if found.is_none() {
        file.error(value.span(), format!("{key} must be true or false"), "write it without quotes");
    }
    found
}

fn severity(keys: &mut Keys<'_, '_>, file: &mut File<'_>) -> Option<Severity> {
    let name = keys.text(file, "severity")?;
    let found = Severity::parse(&name.text);
    if found.is_none() {
        file.error(name.range, format!("unknown severity “{}”", name.text), "critical, major, minor or note");
    }
    found
}

fn confidence(keys: &mut Keys<'_, '_>, file: &mut File<'_>) -> Option<f32> {
    let (value, range) = keys.number(file, "confidence")?;
    if !(0.0..=1.0).contains(&value) {
        file.error(range, format!("confidence {value} is not between 0 and 1"), "0.8 means right four times in five");
        return None;
    }
    Some(value as f32)
}

fn regions(keys: &mut Keys<'_, '_>, file: &mut File<'_>) -> Regions {
    if !keys.has("in") {
        return Regions::ALL;
    }
    let mut all = Regions(0);
    for name in keys.texts(file, "in") {
        if let Some((_, region)) = Regions::NAMES.iter().find(|(known, _)| *known == name.text) {
            all = all.with(*region);
        } else {
            let names: Vec<_> = Regions::NAMES.iter().map(|(name, _)| *name).collect();
            file.error(
                name.range,
                format!("unknown part of an article “{}”", name.text),
                format!("one of {}", names.join(", ")),
            );
        }
    }
    all
}

fn near_words(keys: &mut Keys<'_, '_>, file: &mut File<'_>, key: &'static str) -> Option<WrittenNear> {
    let mut table = keys.table(file, key)?;
    let range = table.range.clone();
    let words = table.texts(file, "words");
    if words.is_empty() {
        file.error(range, format!("{key} without words"), "write words = [\"~court\", \"judge\"]");
    }
    let within = reach(&mut table, file).unwrap_or(Reach::Sentence);
    table.finish(file, key);
    Some(WrittenNear { words, within })
}

fn reach(keys: &mut Keys<'_, '_>, file: &mut File<'_>) -> Option<Reach> {
    let name = keys.text(file, "within")?;
    let found = Reach::parse(&name.text);
    if found.is_none() {
        file.error(name.range, format!("unknown reach “{}”", name.text), "sentence, paragraph or document");
    }
    found
}

fn needs(keys: &mut Keys<'_, '_>, file: &mut File<'_>) -> Option<WrittenNeeds> {
    let mut table = keys.table(file, "needs")?;
    let needs = WrittenNeeds {
        density: table.text(file, "density").map(|text| text.text),
        pivot: table.texts(file, "pivot").into_iter().map(|text| text.text).collect(),
    };
    if needs == WrittenNeeds::default() {
        file.error(
            table.range.clone(),
            "needs is empty",
            "write needs = { density = \"spinner\" } or { pivot = [\"bn\"] }",
        );
    }
    table.finish(file, "needs");
    Some(needs)
}

fn escalate(keys: &mut Keys<'_, '_>, file: &mut File<'_>) -> Option<Escalate> {
    let mut table = keys.table(file, "escalate")?;
    let range = table.range.clone();
    let count = table.number(file, "count").map(|(value, _)| value);
    let within = reach(&mut table, file).unwrap_or(Reach::Document);
    let level = severity(&mut table, file);
    table.finish(file, "escalate");
    match (count, level) {
        (Some(count), Some(severity)) if count >= 1.0 => Some(Escalate { count: count as u32, within, severity }),
        _ => {
            file.error(
                range,
                "escalate needs a count and a severity",
                "write escalate = { count = 3, severity = \"critical\" }",
            );
            None
        }
    }
}

fn measured(keys: &mut Keys<'_, '_>, file: &mut File<'_>) -> Option<(u32, u32, String)> {
    let mut table = keys.table(file, "measured")?;
    let range = table.range.clone();
    let hits = table.number(file, "hits").map(|(value, _)| value);
    let right = table.number(file, "right").map(|(value, _)| value);
    let set = table.text(file, "set").map(|text| text.text);
    table.finish(file, "measured");
    let whole = |value: f64| value.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&value);
    match (hits, right, set) {
        (Some(hits), Some(right), Some(set)) if whole(hits) && whole(right) && right <= hits => {
            Some((hits as u32, right as u32, set))
        }
        _ => {
            file.error(
                range,
                "measured needs hits, right (no more than hits) and set",
                "write measured = { hits = 12, right = 11, set = \"…\" }, as `mtaudit rules measure --write` does",
            );
            None
        }
    }
}

/// The errors of a file in the order of their place.
#[must_use]
pub fn in_order(mut errors: Vec<RuleError>) -> Vec<RuleError> {
    errors.sort_by(|a, b| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)));
    errors.dedup();
    errors
}
