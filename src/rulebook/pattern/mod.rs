//! The pattern language. `parse`: a pattern line -> tree; `compile`: tree -> program with its anchor; `matcher`: program + document -> matches.

pub mod compile;
pub mod matcher;
pub mod neighbours;
pub mod parse;
pub mod program;
