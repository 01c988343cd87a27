//! Arguments and subcommands. In: the command line. Out: an exit code.
//!
//! 0: nothing that `--fail-on` minds; 1: something; 2: the command, an input or a rule file is wrong.

mod baseline;
mod batch;
mod check;
mod desk;
mod input;
mod inspect;
mod options;
mod output;
mod progress;
mod rules;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Audits English that went through a machine translator.
#[derive(Parser)]
#[command(name = "mtaudit", version, about, long_about = None, arg_required_else_help = true)]
#[command(
    after_help = "Exit codes: 0 nothing at or above --fail-on, 1 something, 2 an error in the command, an input or a rule file."
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Audit texts: what is suspect, how bad, why, and what to write instead
    Check(check::Check),
    /// Audit JSON Lines from standard input: one record in, one result out, in order
    Batch(batch::Batch),
    /// Show what the document model sees: sentences, quotes, names, quantities
    Inspect(inspect::Inspect),
    /// List, explain, test, begin, time and measure rules
    #[command(subcommand)]
    Rules(rules::Rules),
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
        Command::Batch(batch) => batch.run(),
        Command::Inspect(inspect) => inspect.run(),
        Command::Rules(rules) => rules.run(),
    };
    outcome.into()
}
