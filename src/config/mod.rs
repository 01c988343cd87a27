//! shim
use crate::finding::Severity;
pub struct Gate { pub hold: f64, pub block: f64 }
pub struct Policy { pub all: bool, pub min_confidence: f32, pub date: Option<(i16,u8,u8)>, pub severity: Severity, pub gate: Gate }
impl Default for Policy { fn default() -> Self { Self { all: false, min_confidence: 0.6, date: None, severity: Severity::Note, gate: Gate{hold:5.0,block:25.0} } } }
impl Policy { pub fn wants(&self, _id: &str) -> bool { true } }
