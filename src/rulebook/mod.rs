//! Step 3. In: rule files in TOML. Out: a compiled rule set, and the matcher of the pattern language.

pub mod checks;
pub mod settings;
