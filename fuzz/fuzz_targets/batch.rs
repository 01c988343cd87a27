//! A line of `mtaudit batch`: see `../src/lib.rs`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| mtaudit_fuzz::batch(data));
