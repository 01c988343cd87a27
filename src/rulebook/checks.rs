//! The one table of detectors as rule files see them: name, own keys, slots for messages and suggestions.
//! `detect/` holds the functions; a test keeps both tables equal.

use super::settings::SettingKind::{self};

/// A detector that `[[check]]` rules tune.
#[derive(Clone, Copy, Debug)]
pub struct CheckSpec {
    /// The value of `detect`.
    pub name: &'static str,
    /// Own keys and what they take.
    pub keys: &'static [(&'static str, SettingKind)],
    /// Slots it fills besides `{match}` and `{suggestion}`.
    pub slots: &'static [&'static str],
}

/// All detectors, by name.
pub const CHECKS: &[CheckSpec] = &[];
