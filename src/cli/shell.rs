//! `mtaudit completions` and `mtaudit man`. In: the definitions of all commands. Out: completions for a shell, manual pages.

use super::Outcome;
use super::output::{Output, complain};
use clap::{Args, Command, ValueEnum};
use std::path::{Path, PathBuf};

#[derive(Args)]
pub(super) struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Shells that are completed for.
#[derive(Clone, Copy, ValueEnum)]
enum Shell {
    Bash,
    Zsh,
    Fish,
}

#[derive(Args)]
pub(super) struct Man {
    /// The page of this command, as in `mtaudit man rules test` (default: the page of mtaudit itself)
    #[arg(value_name = "COMMAND")]
    command: Vec<String>,
    /// Write the pages of all commands into this folder
    #[arg(long, value_name = "DIR", conflicts_with = "command")]
    dir: Option<PathBuf>,
}

impl Completions {
    pub(super) fn run(&self, mut command: Command) -> Outcome {
        let shell = match self.shell {
            Shell::Bash => clap_complete::Shell::Bash,
            Shell::Zsh => clap_complete::Shell::Zsh,
            Shell::Fish => clap_complete::Shell::Fish,
        };
        let mut bytes = Vec::new();
        clap_complete::generate(shell, &mut command, "mtaudit", &mut bytes);
        print(&bytes)
    }
}

impl Man {
    pub(super) fn run(&self, mut command: Command) -> Outcome {
        command.build();
        let done = match &self.dir {
            Some(folder) => all(&command, folder).map(|count| {
                format!("{}: {count} pages; `man {0}/mtaudit.1` shows the first\n", folder.display()).into_bytes()
            }),
            None => self.one(&command),
        };
        match done {
            Ok(bytes) => print(&bytes),
            Err(message) => {
                complain(&message);
                Outcome::Failed
            }
        }
    }

    fn one(&self, command: &Command) -> Result<Vec<u8>, String> {
        let mut found = command;
        for name in &self.command {
            let known = found.find_subcommand(name);
            found = known.ok_or_else(|| {
                let names: Vec<&str> = found.get_subcommands().map(Command::get_name).collect();
                let known = if names.is_empty() { "no commands".to_owned() } else { names.join(", ") };
                format!("{} has no command “{name}”; it has {known}", found.get_bin_name().unwrap_or("mtaudit"))
            })?;
        }
        page(found).map_err(|error| error.to_string())
    }
}

/// The name of a command's page: `mtaudit-rules-test`.
fn name(command: &Command) -> String {
    command.get_bin_name().unwrap_or("mtaudit").replace(' ', "-")
}

fn page(command: &Command) -> std::io::Result<Vec<u8>> {
    let name = name(command);
    let command = command.clone().display_name(name);
    let mut bytes = Vec::new();
    clap_mangen::Man::new(command).render(&mut bytes)?;
    Ok(bytes)
}

/// Writes the pages of a command and of all below it; how many.
fn all(command: &Command, folder: &Path) -> Result<usize, String> {
    std::fs::create_dir_all(folder).map_err(|error| format!("{}: cannot be made: {error}", folder.display()))?;
    let file = folder.join(format!("{}.1", name(command)));
    let failed = |error| format!("{}: cannot be written: {error}", file.display());
    super::baseline::replace(&file, &page(command).map_err(failed)?).map_err(failed)?;
    let below = command.get_subcommands().filter(|below| below.get_name() != "help" && !below.is_hide_set());
    below.map(|below| all(below, folder)).sum::<Result<usize, String>>().map(|below| below + 1)
}

fn print(bytes: &[u8]) -> Outcome {
    let mut output = Output::new();
    match output.write(&String::from_utf8_lossy(bytes)).and_then(|()| output.flush()) {
        Ok(()) => Outcome::Clear,
        Err(stop) => stop.outcome(),
    }
}
