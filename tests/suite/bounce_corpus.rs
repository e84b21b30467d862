//! Mail that comes back, after the forms of many mail systems: what is read of each, as one table.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::{collection, proptest};
use weekcast::bounce::{Mailto, Report, classify};

use crate::support::golden::assert_golden;

/// The Message-ID that the mails of the corpus give back, without angle brackets.
const OURS: &str = "mfrggzdfmztwq2lknnwg23tpob.20270315@board.example";

fn corpus() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/bounces");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn read(octets: &[u8]) -> Report {
    classify(octets, Mailto::parse("mailto:unsubscribe@board.example").as_ref())
}

#[test]
fn every_form_is_read() {
    let mut table = String::new();
    for file in corpus() {
        let report = read(&fs::read(&file).unwrap());
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        let ours = if report.message_ids.iter().any(|id| id == OURS) { "ours" } else { "-" };
        writeln!(table, "{name}: {} | {} | message-id {ours}", report.kind.word(), report.form).unwrap();
        for one in &report.recipients {
            let original = one.original.as_ref().filter(|original| Some(*original) != one.address.as_ref());
            writeln!(
                table,
                "    {}{} | {} | {} | {}",
                one.address.as_deref().unwrap_or("-"),
                original.map(|original| format!(" (sent to {original})")).unwrap_or_default(),
                one.action.map_or("-", |action| action.word()),
                one.status.map_or_else(|| "-".to_owned(), |status| status.to_string()),
                one.diagnostic.as_deref().unwrap_or("-"),
            )
            .unwrap();
        }
    }
    assert_golden("bounces/corpus.txt", &table);
}

/// A change to the octets of a mail.
#[derive(Debug, Clone)]
enum Slip {
    /// Other octets in place of some.
    Replace(usize, Vec<u8>),
    /// A piece comes twice.
    Repeat(usize, usize),
    /// The end is missing.
    Cut(usize),
}

fn slip() -> impl Strategy<Value = Slip> {
    let marks = prop_oneof![
        Just(b"\r\n\r\n".to_vec()),
        Just(b"--=_report_1\n".to_vec()),
        Just(b"Content-Type: message/rfc822\n\n".to_vec()),
        Just(b"Content-Transfer-Encoding: base64\n".to_vec()),
        Just(b"Status: 5.1.1.1.99999999999\n".to_vec()),
        Just("\u{202e}\u{1b}é+".as_bytes().to_vec()),
        collection::vec(any::<u8>(), 0..40),
    ];
    prop_oneof![
        (any::<usize>(), marks).prop_map(|(at, octets)| Slip::Replace(at, octets)),
        (any::<usize>(), 0_usize..400).prop_map(|(at, length)| Slip::Repeat(at, length)),
        any::<usize>().prop_map(Slip::Cut),
    ]
}

fn apply(mail: &mut Vec<u8>, slip: &Slip) {
    let place = |at: usize| at % (mail.len() + 1);
    match slip {
        Slip::Replace(at, octets) => {
            let at = place(*at);
            let end = (at + octets.len()).min(mail.len());
            mail.splice(at..end, octets.iter().copied());
        }
        Slip::Repeat(at, length) => {
            let at = place(*at);
            let piece = mail[at..(at + length).min(mail.len())].to_vec();
            mail.splice(at..at, piece);
        }
        Slip::Cut(at) => mail.truncate(place(*at)),
    }
}

proptest! {
    #[test]
    fn no_octets_are_too_odd(which in any::<usize>(), slips in collection::vec(slip(), 1..12)) {
        let files = corpus();
        let mut mail = fs::read(&files[which % files.len()]).unwrap();
        for slip in &slips {
            apply(&mut mail, slip);
        }
        let report = read(&mail);
        assert!(report.recipients.len() <= 100 && report.message_ids.len() <= 40);
        for one in &report.recipients {
            assert!(one.diagnostic.as_ref().is_none_or(|words| words.len() <= 404 && !words.contains(char::is_control)));
        }
    }
}

#[test]
fn depth_and_length_cost_nothing_much() {
    let mut deep = String::from("From: MAILER-DAEMON@relay.example\nMIME-Version: 1.0\n");
    for level in 0..20_000 {
        deep.push_str(&format!("Content-Type: multipart/mixed; boundary=\"b{level}\"\n\n--b{level}\n"));
    }
    read(deep.as_bytes());
    let inner = "Content-Type: message/rfc822\n\n".repeat(20_000);
    read(format!("MIME-Version: 1.0\n{inner}").as_bytes());
    read(format!("Subject: {}\n\n", "x ".repeat(2_000_000)).as_bytes());
    read(format!("To: {}\n\n", "a@b.example, ".repeat(200_000)).as_bytes());
    read(&"Received: x\n".repeat(300_000).into_bytes());
    read(&[b'\n'; 4_000_000]);
    let many = "Final-Recipient: rfc822; a@b.example\nAction: failed\n\n".repeat(50_000);
    read(format!("Content-Type: message/delivery-status\n\n{many}").as_bytes());
    read(
        format!("From: postmaster@b.example\nSubject: failure notice\n\n{}", "<a@b.example>:\n550\n".repeat(200_000))
            .as_bytes(),
    );
}
