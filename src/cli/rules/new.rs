//! `mtaudit rules new`. In: a folder and an id. Out: a pack that passes its own tests, or a further rule file in one.

use super::super::Outcome;
use super::super::output::complain;
use super::print;
use clap::Args;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};

#[derive(Args)]
pub(in crate::cli) struct New {
    /// The pack's folder; it is made where there is none
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// The new rule's id, in kebab-case
    #[arg(value_name = "ID", default_value = "first-rule")]
    id: String,
}

const RULE: &str = r#"# A rule for one family of errors. `mtaudit rules test --rules DIR` runs its examples.
[[phrase]]
id = "ID"
# ~word is any form of a word, <...> the part to flag, (a|b) a choice, MOD an adjective or so.
pattern = 'DET? MOD* <press (gathering|collecting)>'
suggest = ["press conference"]
message = "“{match}” is “{suggestion}” taken apart word by word"
explain = "Says why this is a translation error, so that an editor can judge: a set term was rendered word by word."
severity = "minor"
mqm = "terminology/wrong-term"
confidence = 0.6
bad = [
  "The minister spoke at a [press gathering -> press conference] on Monday.",
  "Reporters left the [press collecting -> press conference] early.",
]
good = [
  "The minister spoke at a press conference on Monday.",
  "The press was gathering outside.",
]
"#;

impl New {
    pub(in crate::cli) fn run(&self) -> Outcome {
        match self.write() {
            Ok(text) => print(&text),
            Err(message) => {
                complain(&message);
                Outcome::Failed
            }
        }
    }

    fn write(&self) -> Result<String, String> {
        let kebab = |text: &str| {
            !text.is_empty()
                && text
                    .split('-')
                    .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
        };
        if !kebab(&self.id) {
            return Err(format!("{}: an id is in kebab-case: small letters, digits and hyphens", self.id));
        }
        let name = self.folder.file_name().map(|name| name.to_string_lossy().to_lowercase().replace(['_', ' '], "-"));
        let name = name.filter(|name| kebab(name)).unwrap_or_else(|| "house".to_owned());
        std::fs::create_dir_all(&self.folder)
            .map_err(|error| format!("{}: cannot be made: {error}", self.folder.display()))?;
        let rule = self.folder.join(format!("{}.toml", self.id));
        create(&rule, &RULE.replace("id = \"ID\"", &format!("id = \"{}\"", self.id)))?;
        let mut made = vec![rule];
        let pack = self.folder.join("pack.toml");
        if !pack.exists() {
            let text = format!(
                "id = \"{name}\"\nversion = \"0.1.0\"\nlanguage = \"en\"\nlicense = \"CC0-1.0\"\nsummary = \"Rules of our own\"\n"
            );
            create(&pack, &text)?;
            made.push(pack);
        }
        let made: Vec<String> = made.iter().map(|path| path.display().to_string()).collect();
        let folder = self.folder.display();
        Ok(format!("made {}\nnext: edit the rule, then `mtaudit rules test --rules {folder}`\n", made.join(" and ")))
    }
}

/// Writes a file that must not be there yet.
fn create(path: &Path, text: &str) -> Result<(), String> {
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    let written = file.and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => {
            format!("{}: stands there already; give the new rule another id", path.display())
        }
        _ => format!("{}: cannot be written: {error}", path.display()),
    })
}
