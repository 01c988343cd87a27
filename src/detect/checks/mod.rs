//! The detectors behind `[[check]]` rules, one file each, and the one table that registers them.

use super::Detector;

/// All detectors, by the name that rule files use.
pub const DETECTORS: &[(&str, Detector)] = &[];
