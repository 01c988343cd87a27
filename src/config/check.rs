//! In: a configuration and the rules it runs with. Out: the packs it asks for; what it names that is not there, with the nearest name.

use super::level::Selector;
use super::{Config, Extend, LevelRule, Preferred};
use crate::rulebook::pattern::parse::nearest;
use crate::rulebook::{PackFiles, RuleError, RuleSet, files};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

/// The id of the pack that `[names] prefer` becomes.
pub const OWN_PACK: &str = "config";

impl Config {
    /// An error at a place of the file.
    fn error(&self, range: std::ops::Range<usize>, message: impl Into<String>, help: impl Into<String>) -> RuleError {
        RuleError::at(&self.file, &self.text, range, message, help)
    }

    /// The packs that it brings: its folders, and one made of `[names] prefer`.
    ///
    /// # Errors
    /// All that is wrong with a folder.
    pub fn packs(&self) -> Result<Vec<PackFiles>, Vec<RuleError>> {
        let (mut packs, mut errors) = (Vec::new(), Vec::new());
        for one in self.extends.iter().flat_map(|extends| &extends.value) {
            let Extend::Folder(folder) = &one.value else { continue };
            let path = self.root.join(folder.strip_prefix("./").unwrap_or(folder));
            match files::read(&shown(&path)) {
                Ok(more) => packs.extend(more),
                Err(more) if more.iter().all(|error| error.line == 0) => {
                    errors.extend(more.into_iter().map(|error| {
                        self.error(one.range.clone(), format!("{}: {}", error.file, error.message), error.help)
                    }));
                }
                Err(more) => errors.extend(more),
            }
        }
        packs.extend(own_pack(&self.prefer));
        if errors.is_empty() { Ok(packs) } else { Err(errors) }
    }

    /// Silences the packs that `extends` leaves out, adds the house's people, and checks what the configuration names.
    ///
    /// `own` are the ids of packs that are not the program's: those of the configuration and of `--rules`; they always speak.
    ///
    /// # Errors
    /// Every pack and rule that is not there, with the nearest name.
    pub fn check(&mut self, rules: &mut RuleSet, own: &[String]) -> Result<(), Vec<RuleError>> {
        let mut errors = Vec::new();
        if let Some(extends) = &self.extends {
            let packs: Vec<String> = rules.packs().into_iter().map(|(pack, _)| pack.id).collect();
            let mut kept: Vec<&str> = own.iter().map(String::as_str).collect();
            let mut all = false;
            for one in &extends.value {
                match &one.value {
                    Extend::AllBuiltin => all = true,
                    Extend::Builtin(id) if packs.contains(id) => kept.push(id),
                    Extend::Builtin(id) => {
                        let help = nearest(id, packs.iter().map(String::as_str)).map_or_else(
                            || format!("the packs are {}", packs.join(", ")),
                            |near| format!("did you mean “builtin:{near}”?"),
                        );
                        errors.push(self.error(one.range.clone(), format!("no built-in pack is called “{id}”"), help));
                    }
                    Extend::Folder(_) => {}
                }
            }
            if !all {
                rules.keep_packs(|pack| kept.contains(&pack.id.as_str()));
            }
        }
        let lines = self.rules.iter().chain(self.overrides.iter().flat_map(|one| &one.rules));
        errors.extend(lines.filter_map(|line| self.check_line(line, rules)));
        if !errors.is_empty() {
            return Err(crate::rulebook::written::in_order(errors));
        }
        let tables = std::iter::once(&mut self.rules).chain(self.overrides.iter_mut().map(|one| &mut one.rules));
        for line in tables.flatten() {
            // An older id of a rule is as good as its id.
            if let Selector::Id(id) = &mut line.selector
                && let Some(head) = rules.find(id).and_then(|number| rules.head(number))
            {
                head.id.clone_into(id);
            }
        }
        let known: Vec<String> = self.known.iter().map(|name| name.value.clone()).collect();
        rules.add_people(&known);
        Ok(())
    }

    fn check_line(&self, line: &LevelRule, rules: &RuleSet) -> Option<RuleError> {
        let (message, help) = unknown(&line.selector, rules)?;
        Some(self.error(line.range.clone(), message, help))
    }
}

/// The id of a pack that has been read; errors in it are found when it is compiled.
#[must_use]
pub fn pack_id(pack: &PackFiles) -> Option<String> {
    let table = pack.files.get("pack.toml")?.parse::<toml::Table>().ok()?;
    Some(table.get("id")?.as_str()?.to_owned())
}

/// Why a selector means no rule, and what may be meant; none where it means one.
#[must_use]
pub fn unknown(selector: &Selector, rules: &RuleSet) -> Option<(String, String)> {
    let heads = || rules.numbers().filter_map(|number| rules.head(number));
    let found = match selector {
        Selector::Id(id) => rules.find(id).is_some(),
        other => heads().any(|head| other.matches(&head)),
    };
    if found {
        return None;
    }
    let help = match selector {
        Selector::Id(id) => nearest_rule(id, rules),
        Selector::Glob(glob) => glob.text.split_once('/').and_then(|(pack, rest)| {
            let packs: Vec<String> = rules.packs().into_iter().map(|(pack, _)| pack.id).collect();
            let near = nearest(pack, packs.iter().map(String::as_str)).filter(|near| *near != pack)?;
            Some(format!("{near}/{rest}"))
        }),
        _ => None,
    };
    let help =
        help.map_or_else(|| "`mtaudit rules list` shows all".to_owned(), |near| format!("did you mean “{near}”?"));
    Some((format!("no rule is called “{selector}”"), help))
}

/// The rule whose id is nearest; the names of packs and rules weigh alike.
#[must_use]
pub fn nearest_rule(id: &str, rules: &RuleSet) -> Option<String> {
    let ids = rules.numbers().filter_map(|number| rules.head(number)).map(|head| head.id);
    let name = |id: &str| id.split_once('/').map_or(id, |(_, name)| name).to_owned();
    let asked = name(id);
    let score = |known: &str| strsim::jaro_winkler(known, id).max(strsim::jaro_winkler(&name(known), &asked) - 0.01);
    let best = ids.max_by(|a, b| score(a).total_cmp(&score(b)))?;
    (score(best) > 0.85).then(|| best.to_owned())
}

/// A path below the working directory as a user would write it.
fn shown(path: &Path) -> std::path::PathBuf {
    let here = std::env::current_dir().ok();
    let below = here.and_then(|here| path.strip_prefix(here).map(Path::to_owned).ok());
    below.filter(|path| path.components().next().is_some()).unwrap_or_else(|| path.to_owned())
}

/// `[names] prefer` as a pack with one rule: one row a house form, with the forms that it replaces.
fn own_pack(prefer: &[Preferred]) -> Option<PackFiles> {
    let first = prefer.first()?;
    let mut rows: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for one in prefer {
        rows.entry(one.to.trim()).or_default().push(one.from.trim());
    }
    let mut table = "prefer\tvariants\n".to_owned();
    for (to, from) in &rows {
        let _ = writeln!(table, "{to}\t{}", from.join("|"));
    }
    let (from, to) = (quoted(&first.from), quoted(&first.to));
    let rule = format!(
        "[[term]]\n\
         id = \"house-form\"\n\
         from = \"prefer.tsv\"\n\
         message = \"{{match}}: the house writes {{prefer}}{{also}}\"\n\
         explain = \"`[names] prefer` of the configuration says how this house writes it.\"\n\
         severity = \"minor\"\n\
         mqm = \"terminology/inconsistent-with-terminology-resource\"\n\
         confidence = 0.9\n\
         fix = \"safe\"\n\
         in = [\"headline\", \"standfirst\", \"narration\", \"caption\", \"heading\"]\n\
         bad = [\"It was [{from} -> {to}] again.\", \"They saw [{from} -> {to}] there.\"]\n\
         good = [\"It was {to} again.\", \"They saw {to} there.\"]\n"
    );
    let pack = format!(
        "id = \"{OWN_PACK}\"\nversion = \"0\"\nlanguage = \"en\"\nlicense = \"CC0-1.0\"\nsummary = \"House forms of the configuration\"\n"
    );
    let files = [("pack.toml", pack), ("prefer.toml", rule), ("prefer.tsv", table)];
    Some(PackFiles {
        folder: "[names] prefer".to_owned(),
        files: files.into_iter().map(|(name, text)| (name.to_owned(), text)).collect(),
    })
}

/// A form as it stands in an example, within a basic TOML string.
fn quoted(text: &str) -> String {
    let example = text.trim().replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]");
    example.replace('\\', "\\\\").replace('"', "\\\"")
}
