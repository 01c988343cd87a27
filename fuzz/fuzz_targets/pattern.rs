//! A pattern: see `../src/lib.rs`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &str| mtaudit_fuzz::pattern(data));
