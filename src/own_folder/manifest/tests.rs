//! What is taken for a manifest.

use crate::own_folder::kind::FolderKind;
use crate::own_folder::manifest::{first_line, listed};

const KIND: FolderKind = FolderKind { noun: "report", manifest: ".weekcast-report", is_record: true };

#[test]
fn a_manifest_that_leads_elsewhere_is_damaged() {
    let hash = "0".repeat(64);
    let first = first_line(KIND);
    let read = listed(KIND, &format!("{first}\n{hash}  a-1.eml\n{hash}  1-monday/files/caf\u{e9}.pdf\n")).unwrap();
    assert_eq!(read.keys().collect::<Vec<_>>(), ["1-monday/files/caf\u{e9}.pdf", "a-1.eml"]);
    let other = first_line(FolderKind { noun: "preview", ..KIND });
    for text in [
        String::new(),
        "another program's".to_owned(),
        format!("{other}\n{hash}  a-1.eml\n"),
        format!("{first}\n{hash}  ../week.toml\n"),
        format!("{first}\n{hash}  a/../../week.toml\n"),
        format!("{first}\n{hash}  a/./b\n"),
        format!("{first}\n{hash}  a//b\n"),
        format!("{first}\n{hash}  a/\n"),
        format!("{first}\n{hash}  /etc/passwd\n"),
        format!("{first}\n{hash}  ..\n"),
        format!("{first}\n{hash}  .weekcast-report\n"),
        format!("{first}\n{hash}  a\\b\n"),
        format!("{first}\n{hash}  a\\..\\b\n"),
        format!("{first}\n{hash}  C:x\n"),
        format!("{first}\n{hash}  \n"),
        format!("{first}\n\n{hash}  a-1.eml\n"),
        format!("{first}\n{hash}  a\0b\n"),
        format!("{first}\n{hash}  a\u{202e}b\n"),
        format!("{first}\n{}  a-1.eml\n", "g".repeat(64)),
        format!("{first}\n{}  a-1.eml\n", "0".repeat(63)),
        format!("{first}\nindex.html\n"),
    ] {
        assert!(listed(KIND, &text).is_none(), "{text}");
    }
}
