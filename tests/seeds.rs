//! A short fuzz run without a fuzzer: what the targets of `fuzz/` check, over their seeds and over mutants of them.

#![allow(clippy::unwrap_used)] // helpers of tests
#![allow(missing_docs)]

#[path = "../fuzz/src/lib.rs"]
mod targets;

use std::path::Path;

/// Xorshift64*: the same mutants in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % end
    }
}

fn over_seeds(target: &str, mutants: usize, run: impl Fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(target);
    let mut random = Random(11);
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(!paths.is_empty());
    for path in paths {
        let seed = std::fs::read(path).unwrap();
        run(&seed);
        for _ in 0..mutants {
            let mut bytes = seed.clone();
            for _ in 0..=random.below(4) {
                let (from, to) = (random.below(bytes.len()), random.below(bytes.len()));
                match random.below(5) {
                    0 => bytes[from] = random.below(256) as u8,
                    1 => bytes[from] ^= 1 << random.below(8),
                    2 => bytes.swap(from, to),
                    3 => drop(bytes.splice(from.min(to)..from.max(to).min(from.min(to) + 9), [])),
                    _ => {
                        let part = bytes[from.min(to)..from.max(to)].to_vec();
                        bytes.splice(to..to, part);
                    }
                }
                bytes.truncate(4_000);
                bytes.push(b' ');
            }
            run(&bytes);
        }
    }
}

#[test]
fn files_of_each_format() {
    over_seeds("read", 600, targets::read);
}

#[test]
fn texts() {
    over_seeds("document", 300, |bytes| targets::document(&String::from_utf8_lossy(bytes)));
}

#[test]
fn patterns() {
    over_seeds("pattern", 600, |bytes| targets::pattern(&String::from_utf8_lossy(bytes)));
}

#[test]
fn rule_files() {
    over_seeds("rules", 300, |bytes| targets::rules(&String::from_utf8_lossy(bytes)));
}

#[test]
fn batch_records() {
    over_seeds("batch", 400, targets::batch);
}
