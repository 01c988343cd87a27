//! `mtaudit` reads English text that went through a machine and says what is suspect, how bad, why, and what to write instead.
//!
//! Data flows one way; a module uses those above it in this list, never those below:
//!
//! - [`finding`]: what an audit yields (types only)
//! - [`language`]: what English is: lemmas, inflection, number words, closed classes
//! - [`source`]: bytes of a file -> prose, and the way back
//! - [`lexicon`]: people, places, organisations: tables the packs bring
//! - [`document`]: prose -> sentences, tokens, quotes, mentions, quantities
//! - [`rulebook`]: rule files in TOML -> compiled rules; the pattern language
//! - [`config`]: what applies to one text: levels, thresholds, switches
//! - [`detect`]: document + rules -> raw hits
//! - [`compare`]: document + its original or source -> aligned pairs -> raw hits
//! - [`audit`]: hits -> findings, penalty, verdict; the rules' own tests
//! - [`report`]: findings -> output, one file a format
//! - [`cli`]: arguments and subcommands

pub mod audit;
pub mod cli;
pub mod compare;
pub mod config;
pub mod detect;
pub mod document;
pub mod finding;
pub mod language;
pub mod lexicon;
pub mod report;
pub mod rulebook;
pub mod source;
