//! In: tied words. Out: slots: what stands between two pairs of tied words that follow each other on both sides.

use super::{Compared, is_content};
use std::ops::Range;

/// A stretch between two tied pairs; one of its sides may be empty.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Slot {
    /// Tokens of the text.
    pub text: Range<u32>,
    /// Tokens of the original.
    pub original: Range<u32>,
    /// Its group in [`Compared::groups`].
    pub group: usize,
    /// Bounded by the edge of the pair of sentences.
    pub edge: bool,
}

/// Finds the slots of all groups.
pub(super) fn find(compared: &mut Compared<'_>) {
    let mut found = Vec::new();
    for (number, group) in compared.groups.iter().enumerate() {
        let mut before = (i64::from(group.text.start) - 1, i64::from(group.original.start) - 1);
        let mut at_edge = true;
        let ends = (i64::from(group.text.end), i64::from(group.original.end));
        let ties = group.text.clone().filter_map(|at| Some((i64::from(at), i64::from(compared.partner(at)?))));
        for (here, there) in ties.chain([ends]) {
            let edge = at_edge || (here, there) == ends;
            let range = before.1 + 1..there;
            if there > before.1 && (here > before.0 + 1 || there > before.1 + 1) {
                let free = range.clone().all(|other| compared.partner_there(other as u32).is_none());
                if free && range.end - range.start <= 40 {
                    found.push(Slot {
                        text: (before.0 + 1) as u32..here as u32,
                        original: range.start as u32..range.end as u32,
                        group: number,
                        edge,
                    });
                }
            }
            before = (here, there);
            at_edge = false;
        }
    }
    compared.slots = found;
}

impl Slot {
    /// Content words of the text's side.
    pub fn content_here(&self, compared: &Compared<'_>) -> Vec<u32> {
        self.text.clone().filter(|at| is_content(compared.word(*at))).collect()
    }

    /// Content words of the original's side.
    pub fn content_there(&self, compared: &Compared<'_>) -> Vec<u32> {
        self.original.clone().filter(|at| is_content(compared.there(*at))).collect()
    }
}
