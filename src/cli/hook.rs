//! `mtaudit hook`. In: a git repository. Out: a gate before commit or push, put in, taken out, or run.

mod git;
mod install;
mod run;

use super::Outcome;
use clap::{Args, Subcommand};

#[derive(Subcommand)]
pub(super) enum Hook {
    /// Put the gate into this repository; a hook that is there still runs, before it
    Install(Kinds),
    /// Take it out again, and put back the hook that was there
    Uninstall(Kinds),
    /// Audit what is about to be committed or pushed
    #[command(after_help = "Exit codes: 0 clear or hold, 1 block, 2 an error.\n\n\
        Examples:\n  mtaudit hook run\n  mtaudit hook run content/visit.md      as the pre-commit framework calls it")]
    Run(Box<run::Run>),
}

/// Which hook is meant.
#[derive(Args)]
pub(super) struct Kinds {
    /// The hook before a commit: what is staged (default)
    #[arg(long)]
    pre_commit: bool,
    /// The hook before a push: what the other side does not have yet
    #[arg(long, conflicts_with = "pre_commit")]
    pre_push: bool,
}

/// A hook of git.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    PreCommit,
    PrePush,
}

impl Kind {
    /// The name of its file.
    fn name(self) -> &'static str {
        match self {
            Self::PreCommit => "pre-commit",
            Self::PrePush => "pre-push",
        }
    }
}

impl Hook {
    pub(super) fn run(&self) -> Outcome {
        match self {
            Self::Install(kinds) => install::install(if kinds.pre_push { Kind::PrePush } else { Kind::PreCommit }),
            Self::Uninstall(kinds) => install::uninstall(match (kinds.pre_commit, kinds.pre_push) {
                (true, _) => &[Kind::PreCommit],
                (_, true) => &[Kind::PrePush],
                _ => &[Kind::PreCommit, Kind::PrePush],
            }),
            Self::Run(run) => run.run(),
        }
    }
}
