#![no_main]
//! Mail that came back.

use weekcast::bounce::{Mailto, classify};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let mailto = Mailto::parse("mailto:stop@board.example?subject=stop");
    let report = classify(bytes, mailto.as_ref());
    assert!(report.recipients.len() <= 100, "one mail speaks of at most 100");
    for one in &report.recipients {
        let diagnostic = one.diagnostic.iter().flat_map(|words| words.chars());
        assert!(diagnostic.clone().count() <= 401, "a mail system's words are bounded");
        assert!(!diagnostic.clone().any(char::is_control), "and on one line");
    }
    assert!(report.message_ids.iter().all(|id| !id.contains(['<', '>', '\r', '\n'])));
    assert_eq!(report, classify(bytes, mailto.as_ref()), "the same mail is read the same way");
});
