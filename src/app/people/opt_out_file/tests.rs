//! What is written is read back the same, and what is wrong in a file is said at its line.

use chrono::{DateTime, Utc};

use super::{read, rows, written};
use crate::model::{AddressKey, Findings, ListName, SourceFile, Suppression};

fn now() -> DateTime<Utc> {
    "2027-03-15T08:30:00Z".parse().unwrap()
}

fn one(address: &str, list: Option<&str>, reason: &str) -> Suppression {
    Suppression {
        key: AddressKey::from_stored(address.into()),
        list: list.map(|list| ListName(list.into())),
        reason: reason.into(),
        source: "M. Example, office".into(),
        since: "2027-01-02T03:04:05Z".parse().unwrap(),
    }
}

#[test]
fn what_is_written_is_read_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new/opt-outs.csv");
    let all = [
        one("=a@board.example", None, "=1+1, \"quoted\""),
        one("b@board.example", Some("schools"), "moved on"),
        one("'c@board.example", None, "asked"),
    ];
    let mut exported = all.to_vec();
    exported.push(one("forgotten:00", None, "forgotten"));
    super::put(&path, &written(&exported).unwrap()).unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(
        text.contains("\"'=a@board.example\",\"\",\"'=1+1, \"\"quoted\"\"\"") && !text.contains("forgotten"),
        "{text}"
    );
    let mut findings = Findings::new();
    let back: Vec<Suppression> =
        read(&path, now(), &mut findings).unwrap().into_iter().map(|row| row.suppression).collect();
    assert_eq!((back.as_slice(), findings.len()), (all.as_slice(), 0));
    assert!(super::put(&path, b"x").unwrap_err().to_string().contains("is there already"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
    }
}

/// The rows of a text, and its findings as `line: message`.
fn parsed(text: &str) -> (usize, Vec<String>) {
    let mut findings = Findings::new();
    let rows = rows(&SourceFile::new("o.csv", text), now(), &mut findings);
    let said = findings.iter().map(|one| format!("{}: {}", one.place.line_column().0, one.message)).collect();
    (rows.len(), said)
}

#[test]
fn faults_are_said_at_their_lines() {
    for (text, rows, said) in [
        ("address\na@b.example\n\n\nb@b.example\n", 2, vec![]),
        ("Email;Reason\r\na@b.example;moved\r\n", 1, vec![]),
        ("since\taddress\n2027-01-01\ta@b.example\n", 1, vec![]),
        ("address,why\na@b.example,x\n", 1, vec!["1: the column \"why\" is not read"]),
        ("", 0, vec!["1: the file is empty"]),
        ("a@b.example\n", 0, vec!["1: the column \"a@b.example\" is not read", "1: no column is called \"address\""]),
        ("address,email\n", 0, vec!["1: two columns are called \"email\""]),
        (
            "address,since\na@b.example,2028-01-01\n\nnobody,\nc@b.example,soon\n",
            0,
            vec![
                "2: \"2028-01-01\" lies in the future",
                "4: \"nobody\" is no address: an address has exactly one \"@\"",
                "5: \"soon\" is no date",
            ],
        ),
    ] {
        assert_eq!(parsed(text), (rows, said.into_iter().map(str::to_owned).collect()), "{text:?}");
    }
}
