//! In: lists of words. Out: one table, made while the program is compiled, that says in one look-up which lists a word stands in.

/// Slots of the table, a power of two; at most three quarters of them are taken.
pub(super) const SLOTS: usize = 8192;

/// The lists each word stands in, one bit a list.
pub(super) struct Members {
    keys: [u64; SLOTS],
    bits: [u64; SLOTS],
}

/// FNV-1a of a word: quick for the few letters a word has, and known to the compiler. No two words of the lists share a key.
pub(super) const fn key(word: &[u8]) -> u64 {
    let mut key = 0xcbf2_9ce4_8422_2325;
    let mut at = 0;
    while at < word.len() {
        key = (key ^ word[at] as u64).wrapping_mul(0x0100_0000_01b3);
        at += 1;
    }
    key
}

const fn slot(key: u64) -> usize {
    (key ^ key >> 32) as usize % SLOTS
}

impl Members {
    /// The table of these lists: the bits of each, and its words parted by white space.
    #[allow(clippy::large_stack_arrays)] // built by the compiler
    pub(super) const fn new<const N: usize>(lists: &[(u64, &str); N]) -> Self {
        let mut table = Self { keys: [0; SLOTS], bits: [0; SLOTS] };
        let mut list = 0;
        while list < N {
            let (bits, words) = (lists[list].0, lists[list].1.as_bytes());
            let mut start = 0;
            while start < words.len() {
                let mut end = start;
                while end < words.len() && !words[end].is_ascii_whitespace() {
                    end += 1;
                }
                if end > start {
                    let (_, word) = words.split_at(start);
                    table.add(key(word.split_at(end - start).0), bits);
                }
                start = end + 1;
            }
            list += 1;
        }
        table
    }

    const fn add(&mut self, key: u64, bits: u64) {
        let mut at = slot(key);
        while self.bits[at] != 0 && self.keys[at] != key {
            at = (at + 1) % SLOTS;
        }
        self.keys[at] = key;
        self.bits[at] |= bits;
    }

    /// The bits of all lists that hold a word.
    pub(super) fn of(&self, word: &str) -> u64 {
        let key = key(word.as_bytes());
        let mut at = slot(key);
        loop {
            // The table is never full: an empty slot ends every search.
            let bits = self.bits.get(at).copied().unwrap_or(0);
            if bits == 0 || self.keys.get(at) == Some(&key) {
                return bits;
            }
            at = (at + 1) % SLOTS;
        }
    }
}
