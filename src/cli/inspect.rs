//! `mtaudit inspect`. In: paths. Out: what the document model sees, for people or as JSON.

use super::Outcome;
use super::input;
use super::options::{Colour, RuleOptions};
use super::output::{Output, complain};
use crate::document::Reader;
use crate::report::inspect;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

#[derive(Args)]
pub(super) struct Inspect {
    /// Files or folders; `-` is standard input
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// For people or for programs
    #[arg(long, value_enum, default_value = "text")]
    format: View,
    #[command(flatten)]
    rules: RuleOptions,
    /// When to use colours
    #[arg(long, value_enum, default_value = "auto")]
    color: Colour,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum View {
    Text,
    Json,
}

impl Inspect {
    pub(super) fn run(&self) -> Outcome {
        self.color.apply();
        let Some(rules) = self.rules.load() else { return Outcome::Failed };
        let (inputs, mut good) = input::collect(&self.paths);
        let (mut reader, mut documents) = (Reader::new(), Vec::new());
        for input in inputs {
            match input.read() {
                Ok(source) => documents.push((input.shown(), reader.read(source, rules.lexicon()))),
                Err((message, error)) => {
                    complain(&message);
                    good &= !error;
                }
            }
        }
        let mut output = Output::new();
        let written = if self.format == View::Json {
            output.write(&inspect::json(&documents, rules.lexicon()))
        } else {
            documents
                .iter()
                .try_for_each(|(path, document)| output.write(&inspect::shown(path, document, rules.lexicon())))
        };
        match written.and_then(|()| output.flush()) {
            Err(stop) => stop.outcome(),
            Ok(()) if good => Outcome::Clear,
            Ok(()) => Outcome::Failed,
        }
    }
}
