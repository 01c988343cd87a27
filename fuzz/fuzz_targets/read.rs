//! Bytes as a file of each format: see `../src/lib.rs`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| mtaudit_fuzz::read(data));
