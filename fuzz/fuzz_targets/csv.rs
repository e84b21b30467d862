#![no_main]
//! Files with columns in any encoding.

mod laws;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| laws::hold("people.csv", bytes));
