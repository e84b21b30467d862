#![no_main]
//! Addresses, alone and in a cell.

mod laws;

use weekcast::model::Address;

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Ok(address) = Address::parse(text) {
        let written = address.as_str();
        assert_eq!(Address::parse(written).as_ref(), Ok(&address));
        assert!(written.is_ascii() && written.len() <= 254 && written.matches('@').count() == 1, "{written}");
        assert!(!written.contains([' ', '"', '<', '>', '(', ')', ',', ';', ':', '\\', '[', ']', '\r', '\n']), "{written}");
        assert!(address.domain().contains('.') && !written.contains(".."), "{written}");
    }
    laws::hold("people.csv", format!("Email\n{text}").as_bytes());
});
