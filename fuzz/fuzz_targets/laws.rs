//! What holds for every file of people, whatever is in it.

use weekcast::model::{Address, Findings};
use weekcast::recipients::read_bytes;

/// Reads the bytes as a file of this name.
pub fn hold(name: &str, bytes: &[u8]) {
    let mut findings = Findings::new();
    let read = read_bytes(name, bytes.to_vec(), &mut findings);
    for one in read.members.iter() {
        assert_eq!(
            Address::parse(one.address.as_str()).as_ref(),
            Ok(&one.address),
            "an address is one when read again"
        );
        let mut words = one.name().into_iter().chain(one.fields.values());
        assert!(words.all(|word| !word.chars().any(char::is_control)), "nothing ends a header");
        let (line, column) = one.place.line_column();
        assert!(line >= 1 && column >= 1);
    }
    if let Some(reading) = &read.reading {
        assert!(read.members.len() + read.bad.len() <= reading.rows, "nobody is made up");
        assert_eq!(read.bad.len(), reading.bad);
        let _ = reading.to_string();
    } else {
        assert!(findings.errors() > 0, "what could not be read has a reason");
    }
    assert!(read.bad.is_empty() || findings.errors() > 0, "nobody is lost without a word");
    // Drawing a finding takes longer than reading the file.
    for (at, finding) in findings.sorted().iter().enumerate() {
        let (line, column) = finding.place.line_column();
        assert!(line >= 1 && column >= 1 && !finding.message.is_empty());
        if at < 2 {
            let _ = weekcast::output::findings_as_text(std::slice::from_ref(finding));
        }
    }
}
