//! Step 3. In: rule files in TOML. Out: a compiled rule set, and the matcher of the pattern language.

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
pub mod measured;
pub mod pattern;
pub mod scanner;
pub mod searcher;
pub mod set;
pub mod settings;
pub mod template;
pub mod written;

pub use error::RuleError;
pub use files::PackFiles;
pub use set::RuleSet;
