//! `mtaudit config show` and `mtaudit init`. In: a text or a folder. Out: what applies there and where each value came from; a new configuration.

use super::Outcome;
use super::desk::{self, Desk, Place, shown};
use super::input::Input;
use super::options::{ConfigOptions, PolicyOptions};
use super::output::{Output, complain};
use crate::config::{Config, Extend, LevelRule, Original, Override, PathGlobs, Policy, Written, nearest_rule};
use clap::{Args, Subcommand};
use std::fmt::{Display, Write as _};
use std::io::Write as _;
use std::path::{Path, PathBuf};

#[derive(Subcommand)]
pub(super) enum Configure {
    /// Print what applies, and where each value came from
    #[command(after_help = "Examples:\n  mtaudit config show\n  mtaudit config show --for archive/1999/visit.md\n  \
        mtaudit config show --for archive/1999/visit.md --rule en-places/house-form")]
    Show(Box<Show>),
}

#[derive(Args)]
pub(super) struct Show {
    /// What applies to this text, with the overrides for its path (default: what applies in the working directory)
    #[arg(long = "for", value_name = "FILE")]
    text: Option<PathBuf>,
    /// Only the level of this rule
    #[arg(long, value_name = "ID")]
    rule: Option<String>,
    #[command(flatten)]
    policy: PolicyOptions,
    #[command(flatten)]
    config: ConfigOptions,
}

#[derive(Args)]
pub(super) struct Init {
    /// The folder
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
}

/// The configuration that `init` writes.
const TEMPLATE: &str = include_str!("init.toml");

impl Init {
    pub(super) fn run(&self) -> Outcome {
        let folder = if self.folder == Path::new(".") { Path::new("") } else { &self.folder };
        let file = folder.join(crate::config::NAME);
        let opened = std::fs::OpenOptions::new().write(true).create_new(true).open(&file);
        let written = opened.and_then(|mut out| out.write_all(TEMPLATE.as_bytes()).and_then(|()| out.sync_all()));
        match written {
            Ok(()) => print(&format!("made {}\nnext: edit it, then `mtaudit config show`\n", file.display())),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                complain(&format!("{}: stands there already; it is left as it is", file.display()));
                Outcome::Failed
            }
            Err(error) => {
                complain(&format!("{}: cannot be written: {error}", file.display()));
                Outcome::Failed
            }
        }
    }
}

fn print(text: &str) -> Outcome {
    let mut output = Output::new();
    match output.write(text).and_then(|()| output.flush()) {
        Ok(()) => Outcome::Clear,
        Err(stop) => stop.outcome(),
    }
}

impl Configure {
    pub(super) fn run(&self) -> Outcome {
        let Self::Show(show) = self;
        show.run()
    }
}

impl Show {
    fn run(&self) -> Outcome {
        let mut desk = Desk::new(&self.policy, &self.config, self.policy.wishes());
        let text = self.text.clone().unwrap_or_else(|| PathBuf::from("-"));
        let Some(place) = desk.place(&text) else { return Outcome::Failed };
        let (Some(setup), Some(policy)) = (desk.setup_of(place), desk.policy(place)) else { return Outcome::Failed };
        if let Some(id) = &self.rule {
            return one_rule(id, setup, policy);
        }
        let mut out = Shown::new(&setup.config);
        out.head(self.text.as_deref());
        out.all(self.text.as_deref());
        if let Some(text) = &self.text {
            match original(&desk, place, text) {
                Ok(line) => out.text.push_str(&line),
                Err(message) => {
                    complain(&message);
                    return Outcome::Failed;
                }
            }
        }
        print(&out.text)
    }
}

/// The level of one rule, and what gave it.
fn one_rule(id: &str, setup: &desk::Setup, policy: &Policy) -> Outcome {
    let Some(loaded) = setup.rules.find(id).and_then(|number| setup.rules.rule(number)) else {
        let near = nearest_rule(id, &setup.rules).map_or_else(String::new, |near| format!(" (did you mean {near}?)"));
        complain(&format!("no rule is called {id}{near}; `mtaudit rules list` shows all"));
        return Outcome::Failed;
    };
    let (rule, head) = (&loaded.rule, loaded.rule.head());
    let file = &setup.config.file;
    let level = policy.levels.severity(&head).unwrap_or(rule.severity).name();
    let line = policy.levels.of(&head);
    let by = line.map_or_else(
        || "its own level".to_owned(),
        |line| format!("by \"{}\" = \"{}\", {file}:{}", line.selector, line.level.name(), line.line),
    );
    let state = if !policy.wants(&head) {
        "off".to_owned()
    } else if policy.is_certain(&head, rule.confidence) {
        level.to_owned()
    } else {
        format!("{level}, below min-confidence {}: shown with --all only", policy.min_confidence)
    };
    print(&format!("{}: {state} ({by})\n", rule.id))
}

/// Where the text's original lies.
fn original(desk: &Desk<'_>, place: Place, text: &Path) -> Result<String, String> {
    let Some(setup) = desk.setup_of(place) else { return Ok(String::new()) };
    let source = if text.is_file() { Input::file(text.to_owned()).read().ok() } else { None };
    let original = setup.config.original(text, |key| source.as_ref().and_then(|source| source.front_matter(key)));
    let found = original.find(text, Path::is_file)?;
    Ok(match (original, found) {
        (Original::None, _) => String::new(),
        (_, Some(file)) => format!("\n# the original of this text: {}\n", shown(&file).display()),
        (Original::ByPattern(file), None) => {
            format!("\n# the original of this text would be {}, which is not there\n", shown(&file).display())
        }
        (Original::Named { .. }, None) => String::new(),
    })
}

/// A configuration as it is printed: TOML, with the place of each value behind it.
struct Shown<'c> {
    config: &'c Config,
    text: String,
}

impl<'c> Shown<'c> {
    fn new(config: &'c Config) -> Self {
        Self { config, text: String::new() }
    }

    fn head(&mut self, text: Option<&Path>) {
        let by = if self.config.file.is_empty() { "no mtaudit.toml".to_owned() } else { self.config.file.clone() };
        let what = text.map_or_else(|| "this folder".to_owned(), |text| text.display().to_string());
        let _ = writeln!(self.text, "# {what}: configured by {by}");
        if let Some(text) = text {
            let article = match self.config.names(text) {
                Some(true) => "an article by [files]",
                Some(false) => "no article by [files]: only checked when it is named",
                None if super::input::is_article(text) => "an article by its ending",
                None => "no article by its ending: only checked when it is named",
            };
            let _ = writeln!(self.text, "# {article}");
        }
    }

    /// One value with its place; without one the default.
    fn line(&mut self, key: &str, value: impl Display, line: Option<usize>) {
        let place = line.map_or_else(|| "default".to_owned(), |line| format!("{}:{line}", self.config.file));
        let value = format!("{key} = {value}");
        let _ = writeln!(self.text, "{value:<52}  # {place}");
    }

    fn table(&mut self, name: &str) {
        let _ = writeln!(self.text, "\n{name}");
    }

    fn all(&mut self, text: Option<&Path>) {
        let config = self.config;
        let standard = Policy::default();
        let extends = config.extends.as_ref();
        let packs = extends.map_or_else(
            || list(["builtin:*".to_owned()]),
            |extends| list(extends.value.iter().map(|one| packed(&one.value))),
        );
        self.line("extends", packs, extends.map(|set| set.line));
        let fail_on = config.fail_on.as_ref();
        self.line(
            "fail-on",
            string(fail_on.map_or(standard.fail_on, |set| set.value).name()),
            fail_on.map(|set| set.line),
        );
        let floor = config.min_confidence.as_ref();
        self.line("min-confidence", floor.map_or(standard.min_confidence, |set| set.value), floor.map(|set| set.line));
        if let Some(baseline) = &config.baseline {
            self.line("baseline", string(&baseline.value), Some(baseline.line));
        }
        self.globs("[files]", &[("include", config.include.as_ref()), ("exclude", config.exclude.as_ref())]);
        let original = [("pattern", config.original_pattern.as_ref()), ("key", config.original_key.as_ref())];
        if original.iter().any(|(_, set)| set.is_some()) {
            self.table("[original]");
            for (key, set) in original.iter().filter_map(|(key, set)| Some((key, (*set)?))) {
                self.line(key, string(&set.value), Some(set.line));
            }
        }
        self.table("[gate]");
        self.line(
            "hold",
            config.hold.as_ref().map_or(standard.gate.hold, |set| set.value),
            config.hold.as_ref().map(|set| set.line),
        );
        self.line(
            "block",
            config.block.as_ref().map_or(standard.gate.block, |set| set.value),
            config.block.as_ref().map(|set| set.line),
        );
        self.rules("[rules]", &config.rules);
        self.names();
        if !config.accept.is_empty() {
            self.table("[accept]");
            for one in &config.accept {
                self.line(&string(&one.phrase), string(&one.reason), Some(one.line));
            }
        }
        let applying = text.map(|text| config.overrides_of(text));
        for (number, one) in config.overrides.iter().enumerate() {
            if applying.as_ref().is_none_or(|applying| applying.contains(&number)) {
                self.over(one);
            }
        }
    }

    fn globs(&mut self, name: &str, sets: &[(&str, Option<&Written<PathGlobs>>)]) {
        if sets.iter().any(|(_, set)| set.is_some()) {
            self.table(name);
            for (key, set) in sets.iter().filter_map(|(key, set)| Some((key, (*set)?))) {
                self.line(key, list(set.value.texts.iter().cloned()), Some(set.line));
            }
        }
    }

    fn rules(&mut self, name: &str, rules: &[LevelRule]) {
        if !rules.is_empty() {
            self.table(name);
            for one in rules {
                self.line(&string(&one.selector.to_string()), string(one.level.name()), Some(one.line));
            }
        }
    }

    fn names(&mut self) {
        let config = self.config;
        if let Some(first) = config.known.first() {
            self.table("[names]");
            self.line("known", list(config.known.iter().map(|name| name.value.clone())), Some(first.line));
        }
        if !config.prefer.is_empty() {
            self.table("[names.prefer]");
            for one in &config.prefer {
                self.line(&string(&one.from), string(&one.to), Some(one.line));
            }
        }
    }

    fn over(&mut self, one: &Override) {
        self.table("[[override]]");
        self.line("paths", list(one.paths.texts.iter().cloned()), Some(one.line));
        if let Some(set) = &one.fail_on {
            self.line("fail-on", string(set.value.name()), Some(set.line));
        }
        if let Some(set) = &one.min_confidence {
            self.line("min-confidence", set.value, Some(set.line));
        }
        for (key, set) in [("gate.hold", &one.gate.0), ("gate.block", &one.gate.1)] {
            if let Some(set) = set {
                self.line(key, set.value, Some(set.line));
            }
        }
        self.rules("[override.rules]", &one.rules);
    }
}

/// A string as TOML writes it.
fn string(text: &str) -> String {
    toml::Value::from(text).to_string()
}

fn list(texts: impl IntoIterator<Item = String>) -> String {
    toml::Value::from(texts.into_iter().collect::<Vec<_>>()).to_string()
}

fn packed(pack: &Extend) -> String {
    match pack {
        Extend::AllBuiltin => "builtin:*".to_owned(),
        Extend::Builtin(id) => format!("builtin:{id}"),
        Extend::Folder(folder) => folder.clone(),
    }
}
