#![no_main]
//! Contact cards.

mod laws;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| laws::hold("people.vcf", bytes));
