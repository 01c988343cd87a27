//! In: `rules/`. Out: the built-in rules as a blob, compiled by the very code that reads `--rules` at run time.
//!
//! `MTAUDIT_EXTRA_RULES` names a folder of further packs to build in: a house's own, or generated ones for benchmarks.

#![allow(dead_code, unused_imports, missing_docs, clippy::pedantic, clippy::print_stderr)]

#[path = "src/finding/mod.rs"]
mod finding;
#[path = "src/language/mod.rs"]
mod language;
#[path = "src/lexicon/mod.rs"]
mod lexicon;

#[path = "src/document"]
mod document {
    pub mod tokens;
}

#[path = "src/rulebook"]
mod rulebook {
    pub mod blob;
    pub mod checks;
    pub mod compile;
    pub mod compiled;
    pub mod error;
    pub mod example;
    pub mod expression;
    pub mod files;
    pub mod keys;
    pub mod lattice;
    pub mod scanner;
    pub mod settings;
    pub mod template;
    pub mod written;
    pub mod pattern {
        pub mod compile;
        pub mod neighbours;
        pub mod parse;
        pub mod program;
    }
}

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=rules");
    println!("cargo:rerun-if-env-changed=MTAUDIT_EXTRA_RULES");
    for folder in ["finding", "language", "lexicon", "document/tokens.rs", "rulebook"] {
        println!("cargo:rerun-if-changed=src/{folder}");
    }
    let mut packs = match rulebook::files::read(Path::new("rules")) {
        Ok(packs) => packs,
        Err(errors) => return fail(&errors),
    };
    if let Some(extra) = std::env::var_os("MTAUDIT_EXTRA_RULES") {
        println!("cargo:rerun-if-changed={}", Path::new(&extra).display());
        match rulebook::files::read(Path::new(&extra)) {
            Ok(more) => packs.extend(more),
            Err(errors) => return fail(&errors),
        }
    }
    match rulebook::compile::compile(&packs) {
        Ok((blob, _warnings)) => {
            let (rules, texts) = blob.bytes();
            let out = std::env::var_os("OUT_DIR").unwrap_or_default();
            let written = std::fs::write(Path::new(&out).join("rules.bin"), rules)
                .and_then(|()| std::fs::write(Path::new(&out).join("texts.bin"), texts));
            match written {
                Ok(()) => ExitCode::SUCCESS,
                Err(error) => {
                    eprintln!("the compiled rules cannot be written: {error}");
                    ExitCode::FAILURE
                }
            }
        }
        Err(errors) => fail(&errors),
    }
}

fn fail(errors: &[rulebook::error::RuleError]) -> ExitCode {
    for error in errors {
        eprintln!("{error}\n");
    }
    eprintln!("{} error(s) in the rules", errors.len());
    ExitCode::FAILURE
}
