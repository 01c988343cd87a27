//! In: options and the paths of texts. Out: for each text the rules and the policy that apply to it, and its audit.
//!
//! Texts below one `mtaudit.toml` share its rules; texts to which the same overrides apply share a policy. A run first finds a
//! [`Place`] for each text, in order, then audits them on as many threads as it likes, each with its own [`Worker`].

use super::baseline::Baseline;
use super::input::Input;
use super::options::{ConfigOptions, PolicyOptions, compiled, complain_of};
use super::output::{Stop, complain};
use crate::audit::{Auditor, Case};
use crate::config::{self, Config, Ignores, Policy, Wishes};
use crate::document::Reader;
use crate::report::Audited;
use crate::rulebook::{RuleError, RuleSet};
use crate::source::Source;
use rayon::prelude::*;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// A configuration with its rules, and the policies that its overrides make.
pub(super) struct Setup {
    pub(super) config: Config,
    pub(super) rules: RuleSet,
    pub(super) baseline: Option<Baseline>,
    policies: Vec<(Vec<usize>, Policy)>,
}

/// Which setup and which of its policies a text has.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) struct Place {
    setup: usize,
    policy: usize,
}

/// All setups of a run.
pub(super) struct Desk<'o> {
    options: &'o PolicyOptions,
    config: &'o ConfigOptions,
    wishes: Wishes,
    /// By file; none: the run without a configuration. What could not be loaded has been complained of.
    setups: Vec<(Option<PathBuf>, Option<Setup>)>,
    folders: HashMap<PathBuf, Option<PathBuf>>,
}

impl<'o> Desk<'o> {
    /// A desk without any setup; `wishes` is what the command line says.
    pub(super) fn new(options: &'o PolicyOptions, config: &'o ConfigOptions, wishes: Wishes) -> Self {
        Self { options, config, wishes, setups: Vec::new(), folders: HashMap::new() }
    }

    /// The place of a text; none where its configuration or rules are wrong, which is complained of once.
    pub(super) fn place(&mut self, text: &Path) -> Option<Place> {
        let file = self.file(text);
        let setup = self.setup(file)?;
        let wishes = &self.wishes;
        let one = self.setups.get_mut(setup)?.1.as_mut()?;
        let overrides = one.config.overrides_of(text);
        let known = one.policies.iter().position(|(known, _)| *known == overrides);
        let policy = known.unwrap_or_else(|| {
            let policy = one.config.policy(&overrides, wishes);
            one.policies.push((overrides, policy));
            one.policies.len() - 1
        });
        Some(Place { setup, policy })
    }

    /// The configuration for a folder whose texts are looked for; none where it is wrong, which is complained of once.
    pub(super) fn config_of(&mut self, folder: &Path) -> Option<&Config> {
        let file = self.file(&folder.join("-"));
        let setup = self.setup(file)?;
        Some(&self.setups.get(setup)?.1.as_ref()?.config)
    }

    /// The policy of a place.
    pub(super) fn policy(&self, place: Place) -> Option<&Policy> {
        Some(&self.setup_of(place)?.policies.get(place.policy)?.1)
    }

    /// The setup of a place.
    pub(super) fn setup_of(&self, place: Place) -> Option<&Setup> {
        self.setups.get(place.setup)?.1.as_ref()
    }

    /// The file that configures a text; standard input is configured from the working directory.
    fn file(&mut self, text: &Path) -> Option<PathBuf> {
        if self.config.no_config {
            return None;
        }
        if let Some(file) = &self.config.config {
            return Some(file.clone());
        }
        let folder = text.parent().unwrap_or(Path::new("")).to_owned();
        self.folders.entry(folder).or_insert_with_key(|folder| config::find(folder).map(|file| shown(&file))).clone()
    }

    fn setup(&mut self, file: Option<PathBuf>) -> Option<usize> {
        let known = self.setups.iter().position(|(known, _)| *known == file);
        let at = known.unwrap_or_else(|| {
            let setup = self.load(file.as_deref());
            self.setups.push((file, setup));
            self.setups.len() - 1
        });
        self.setups.get(at).filter(|(_, setup)| setup.is_some()).map(|_| at)
    }

    fn load(&self, file: Option<&Path>) -> Option<Setup> {
        let mut config = match file {
            None => Config::default(),
            Some(file) => read(file).map_err(|errors| complain_of(&errors, "in the configuration")).ok()?,
        };
        let own = config.packs().map_err(|errors| complain_of(&errors, "in the configuration")).ok()?;
        let mut packs = self.options.rules.packs()?;
        packs.extend(own);
        let mut rules = if packs.is_empty() { RuleSet::builtin() } else { compiled(&packs)? };
        let ids: Vec<String> = packs.iter().filter_map(config::pack_id).collect();
        config.check(&mut rules, &ids).map_err(|errors| complain_of(&errors, "in the configuration")).ok()?;
        self.options.warn(&rules);
        let baseline = match (&self.config.baseline, &config.baseline) {
            (Some(path), _) => Some(path.clone()),
            (None, Some(path)) => Some(shown(&config.root.join(&path.value))),
            (None, None) => None,
        };
        let baseline = match baseline {
            Some(path) => Some(Baseline::read(&path).map_err(|error| complain(&error)).ok()?),
            None => None,
        };
        Some(Setup { config, rules, baseline, policies: Vec::new() })
    }
}

/// Reads a configuration.
pub(super) fn read(file: &Path) -> Result<Config, Vec<RuleError>> {
    let name = file.display().to_string();
    let help = "name a configuration, or let `mtaudit init` write one";
    let bytes =
        std::fs::read(file).map_err(|error| vec![RuleError::whole(&name, format!("cannot be read: {error}"), help)])?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        vec![RuleError::whole(&name, format!("not UTF-8 at byte {at}"), "save the file as UTF-8")]
    })?;
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(&text);
    let absolute = config::normal(&std::path::absolute(file).unwrap_or_else(|_| file.to_owned()));
    config::read(text, &name, absolute.parent().unwrap_or(Path::new("/")))
}

/// A path below the working directory as a user would write it.
pub(super) fn shown(path: &Path) -> PathBuf {
    let here = std::env::current_dir().ok();
    let below = here.and_then(|here| path.strip_prefix(here).map(Path::to_owned).ok());
    below.filter(|path| path.components().next().is_some()).unwrap_or_else(|| path.to_owned())
}

/// What the sidecar of a text says.
///
/// # Errors
/// What is wrong in it, ready to be shown.
pub(super) fn sidecar(text: &Path) -> Result<Vec<config::Ignore>, String> {
    let file = config::sidecar_of(text);
    match std::fs::read_to_string(&file) {
        Ok(text) => entries(&text, &file),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(format!("{}: cannot be read: {error}", file.display())),
    }
}

/// The entries of a sidecar.
pub(super) fn entries(text: &str, file: &Path) -> Result<Vec<config::Ignore>, String> {
    config::sidecar(text, &file.display().to_string()).map_err(|errors| {
        let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
        errors.join("\n")
    })
}

/// What a thread needs, and keeps from one text to the next.
pub(super) struct Worker<'d> {
    desk: &'d Desk<'d>,
    readers: HashMap<usize, Reader>,
    auditors: HashMap<Place, Auditor<'d>>,
}

impl<'d> Worker<'d> {
    pub(super) fn new(desk: &'d Desk<'d>) -> Self {
        Self { desk, readers: HashMap::new(), auditors: HashMap::new() }
    }

    /// The original of a text as `[original]` of its configuration has it.
    ///
    /// # Errors
    /// Where the text names an original that is not there or cannot be read, ready to be shown.
    pub(super) fn original_of(
        &self,
        place: Place,
        path: &Path,
        text: &Source,
    ) -> Result<Option<(String, Source)>, String> {
        let Some(setup) = self.desk.setup_of(place) else { return Ok(None) };
        let original = setup.config.original(path, |key| text.front_matter(key));
        let Some(file) = original.find(path, Path::is_file)? else { return Ok(None) };
        Self::original_at(&shown(&file)).map(Some)
    }

    /// The original that lies in a file, with its name.
    ///
    /// # Errors
    /// Where it cannot be read, ready to be shown.
    pub(super) fn original_at(file: &Path) -> Result<(String, Source), String> {
        let name = file.display().to_string();
        if !file.exists() {
            return Err(format!("{name}: no such file; the original is the text that this one was made from"));
        }
        Input::file(file.to_owned()).read().map(|source| (name, source)).map_err(|(error, _)| error)
    }

    /// Audits a text that has been read.
    ///
    /// `entries` is what its sidecar says; what the baseline knows of it is looked up by `path`.
    pub(super) fn audit(
        &mut self,
        place: Place,
        path: &Path,
        shown: String,
        source: Source,
        original: Option<(String, Source)>,
        entries: Vec<config::Ignore>,
    ) -> Option<Audited> {
        let setup = self.desk.setup_of(place)?;
        let policy = self.desk.policy(place)?;
        let reader = self.readers.entry(place.setup).or_default();
        let auditor = self.auditors.entry(place).or_insert_with(|| Auditor::new(&setup.rules, policy));
        let known = setup.baseline.as_ref().map(|baseline| baseline.known(path)).unwrap_or_default();
        let lexicon = setup.rules.lexicon();
        let (name, original) = original.map(|(name, original)| (name, reader.read(original, lexicon))).unzip();
        let case = Case { original, ..Case::alone(reader.read(source, lexicon)) };
        let mut audit = auditor.audit_with(&case, policy.date, &Ignores { entries, known });
        if let Some(reason) = &audit.mismatch {
            audit.notes.push(format!("not compared with its original: {reason}"));
        }
        Some(Audited { path: shown, document: case.text, audit, original: name.zip(case.original) })
    }
}

/// Audits texts on some threads; `done` gets the results in the order of the texts. A few texts for each thread are held at once.
///
/// # Errors
/// Where `done` cannot go on.
pub(super) fn audit_all<T: Sync>(
    desk: &Desk<'_>,
    texts: &[T],
    jobs: usize,
    one: impl Fn(&mut Worker<'_>, &T) -> Result<Audited, (String, bool)> + Sync,
    mut done: impl FnMut(&T, Result<Audited, (String, bool)>) -> Result<(), Stop>,
) -> Result<(), Stop> {
    let pool = (jobs > 1 && texts.len() > 1)
        .then(|| rayon::ThreadPoolBuilder::new().num_threads(jobs.min(texts.len())).build())
        .and_then(Result::ok);
    let mut alone = Worker::new(desk);
    for chunk in texts.chunks(jobs.max(1) * 8) {
        let results: Vec<_> = match &pool {
            Some(pool) => pool.install(|| chunk.par_iter().map_init(|| Worker::new(desk), &one).collect()),
            None => chunk.iter().map(|text| one(&mut alone, text)).collect(),
        };
        for (text, result) in chunk.iter().zip(results) {
            done(text, result)?;
        }
    }
    Ok(())
}
