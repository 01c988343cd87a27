//! Arguments and subcommands. In: the command line. Out: an exit code.
//!
//! 0: nothing that `--fail-on` minds; 1: something; 2: the command, an input or a rule file is wrong.

mod baseline;
mod batch;
mod check;
mod config;
mod desk;
mod hook;
mod input;
mod inspect;
mod options;
mod output;
mod progress;
mod rules;
mod shell;

pub use batch::batch_answer;

use clap::{CommandFactory, Parser, Subcommand};
use std::process::ExitCode;

/// Audits English that went through a machine translator.
#[derive(Parser)]
#[command(name = "mtaudit", version, about, long_about = None, arg_required_else_help = true)]
#[command(
    after_help = "Exit codes: 0 nothing at or above --fail-on, 1 something, 2 an error in the command, an input or a rule file.\n\n\
    Examples:\n  mtaudit check article.md\n  mtaudit check --format json content\n  mtaudit init\n  mtaudit hook install"
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Audit texts: what is suspect, how bad, why, and what to write instead
    #[command(
        after_help = "Examples:\n  mtaudit check article.md\n  mtaudit check --by place --severity minor content\n  \
        mtaudit check --only 'en-places/*' --format short article.txt\n  \
        mtaudit check --baseline known.jsonl --update-baseline archive\n  cat article.txt | mtaudit check -"
    )]
    Check(Box<check::Check>),
    /// Audit a text beside its original: check TEXT --original ORIGINAL, in the order of the text
    #[command(after_help = "Example:\n  mtaudit compare wire/quake.txt content/quake.md")]
    Compare(Box<check::Compare>),
    /// Audit JSON Lines from standard input: one record in, one result out, in order
    #[command(after_help = "Example:\n  mtaudit batch < records.jsonl > results.jsonl")]
    Batch(batch::Batch),
    /// Show what the document model sees: sentences, quotes, names, quantities
    #[command(after_help = "Example:\n  mtaudit inspect article.md")]
    Inspect(inspect::Inspect),
    /// List, explain, test, begin, time and measure rules
    #[command(subcommand)]
    Rules(rules::Rules),
    /// A gate before a commit or a push
    #[command(subcommand)]
    #[command(
        after_help = "Examples:\n  mtaudit hook install\n  mtaudit hook install --pre-push\n  mtaudit hook uninstall"
    )]
    Hook(hook::Hook),
    /// Write a commented mtaudit.toml; one that is there is left as it is
    #[command(after_help = "Example:\n  mtaudit init")]
    Init(config::Init),
    /// What the configuration says
    #[command(subcommand)]
    Config(config::Configure),
    /// Completions for a shell, on standard output
    #[command(
        after_help = "Examples:\n  mtaudit completions bash > ~/.local/share/bash-completion/completions/mtaudit\n  \
        mtaudit completions fish > ~/.config/fish/completions/mtaudit.fish"
    )]
    Completions(shell::Completions),
    /// The manual page, on standard output
    #[command(after_help = "Examples:\n  mtaudit man | man -l -\n  mtaudit man check\n  mtaudit man --dir man1")]
    Man(shell::Man),
}

/// How a run ended.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Outcome {
    /// Nothing stands against it.
    Clear,
    /// Something was found.
    Found,
    /// Something could not be done.
    Failed,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(outcome as u8)
    }
}

/// Runs the program.
#[must_use]
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = match arguments.command {
        Command::Check(check) => check.run(),
        Command::Compare(compare) => compare.run(),
        Command::Batch(batch) => batch.run(),
        Command::Inspect(inspect) => inspect.run(),
        Command::Rules(rules) => rules.run(),
        Command::Hook(hook) => hook.run(),
        Command::Init(init) => init.run(),
        Command::Config(config) => config.run(),
        Command::Completions(completions) => completions.run(Arguments::command()),
        Command::Man(man) => man.run(Arguments::command()),
    };
    outcome.into()
}
