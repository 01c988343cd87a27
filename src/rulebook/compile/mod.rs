//! In: the files of packs. Out: a blob, with warnings; or every error of every pack at once.

mod lattice;
pub(super) mod line;
pub(super) mod literal;
mod rows;
mod rule;

use super::blob::{self, Blob, Parts};
use super::compiled::PackInfo;
use super::error::RuleError;
use super::files::PackFiles;
use super::keys::{File, Located};
use super::pattern::parse::{Node, Scope, parse};
use super::written::{self, WrittenPack, WrittenRule};
use crate::lexicon::{Entry, EntryKind};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Occurrences per million words above which an anchor is called very common.
const COMMON_ANCHOR: u32 = 3_000;

/// Compiles packs, in the order given.
///
/// # Errors
/// All errors of all packs, in the order of their place.
pub fn compile(packs: &[PackFiles]) -> Result<(Blob, Vec<RuleError>), Vec<RuleError>> {
    let mut out = Output::default();
    for files in packs {
        pack(files, &mut out);
    }
    if !out.errors.is_empty() {
        return Err(written::in_order(out.errors));
    }
    let (bytes, texts) = blob::write(&out.parts);
    Ok((Blob::new(Cow::Owned(bytes), Cow::Owned(texts)), written::in_order(out.warnings)))
}

/// What has been compiled so far.
#[derive(Default)]
struct Output {
    parts: Parts,
    errors: Vec<RuleError>,
    warnings: Vec<RuleError>,
}

/// What the rules of one file may refer to.
struct PackScope<'a> {
    files: &'a PackFiles,
    pack: &'a WrittenPack,
    lists: BTreeMap<String, Node>,
}

fn pack(files: &PackFiles, out: &mut Output) {
    let Some(source) = files.files.get("pack.toml") else {
        out.errors.push(RuleError::whole(&files.folder, "pack.toml is missing", "a pack is a folder with pack.toml"));
        return;
    };
    let mut file = File { path: files.path("pack.toml"), source, errors: Vec::new() };
    let pack = written::pack(&mut file);
    let pack_lists = lists(&pack.lists, &BTreeMap::new(), &mut file);
    out.errors.append(&mut file.errors);
    if out.parts.packs.iter().any(|known| known.id == pack.id) {
        out.errors.push(RuleError::whole(
            &files.path("pack.toml"),
            format!("a second pack with the id “{}”", pack.id),
            "give each pack its own id",
        ));
    }
    let first = out.parts.rules.len() as u32;
    let mut ids: BTreeSet<String> = BTreeSet::new();
    let mut entries = Vec::new();
    for (name, source) in &files.files {
        if name == "pack.toml" || !name.ends_with(".toml") {
            continue;
        }
        let mut file = File { path: files.path(name), source, errors: Vec::new() };
        let written = written::rules(&mut file, &pack);
        let scope = PackScope { files, pack: &pack, lists: lists(&written.lists, &pack_lists, &mut file) };
        for rule in &written.rules {
            if !ids.insert(rule.id.text.clone()) {
                file.error(
                    rule.id.range.clone(),
                    format!("a second rule “{}” in this pack", rule.id.text),
                    "give it its own id",
                );
            }
            rule::compile(rule, name, &scope, &mut file, out, &mut entries);
        }
        out.errors.append(&mut file.errors);
    }
    for (old, new) in &pack.renamed {
        if !ids.contains(new) {
            out.errors.push(RuleError::whole(
                &files.path("pack.toml"),
                format!("“{old}” is renamed to “{new}”, which is no rule of this pack"),
                "name a rule that exists, or take the line away",
            ));
        }
    }
    let count = out.parts.rules.len() as u32 - first;
    out.parts.lexicons.push(if entries.is_empty() { Vec::new() } else { crate::lexicon::compile(&entries, &tokens) });
    out.parts.packs.push(PackInfo {
        id: pack.id.clone(),
        version: pack.version.clone(),
        summary: pack.summary.clone(),
        license: pack.license.clone(),
        attribution: pack.attribution.clone(),
        as_of: pack.as_of.clone(),
        rules: (first, count),
        renamed: pack.renamed.iter().map(|(old, new)| (old.clone(), new.clone())).collect(),
    });
}

/// A compiled lexicon of people of whom nothing but the name is known.
#[must_use]
pub fn people(names: &[String]) -> Vec<u8> {
    let person = |name: &String| Entry {
        kind: EntryKind::Person,
        name: name.clone(),
        aliases: Vec::new(),
        misspellings: Vec::new(),
        gender: None,
        country: String::new(),
        offices: Vec::new(),
        subtype: String::new(),
        acronym: String::new(),
        demonyms: Vec::new(),
    };
    let entries: Vec<Entry> = names.iter().map(person).collect();
    crate::lexicon::compile(&entries, &tokens)
}

/// The tokens of a text as a document has them.
fn tokens(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    crate::document::tokens::tokenise(text, |range| found.push(text.get(range).unwrap_or("").to_owned()));
    found
}

/// Trees of lists; a list may name others of the same table in any order.
fn lists(
    written: &BTreeMap<String, Located>,
    outer: &BTreeMap<String, Node>,
    file: &mut File<'_>,
) -> BTreeMap<String, Node> {
    let mut found = outer.clone();
    let mut open: Vec<(&String, &Located)> = written.iter().collect();
    loop {
        let before = open.len();
        let mut failed = Vec::new();
        open.retain(|(name, list)| match parse(&list.text, &scope(&found)) {
            Ok(node) => {
                found.insert((*name).clone(), node);
                false
            }
            Err(error) => {
                failed.push(error);
                true
            }
        });
        if open.is_empty() || open.len() == before {
            for ((_, list), error) in open.iter().zip(failed) {
                file.error_within(list, error.at, error.len, error.message, error.help);
            }
            return found;
        }
    }
}

/// The scope of a pattern with these lists.
fn scope(lists: &BTreeMap<String, Node>) -> Scope<'_> {
    Scope { lists, tokenise: &tokens }
}

/// Names a place of a rule in warnings.
fn warn(file: &File<'_>, rule: &WrittenRule, message: String, help: &str, out: &mut Output) {
    out.warnings.push(RuleError::at(&file.path, file.source, rule.id.range.clone(), message, help));
}
