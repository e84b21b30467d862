//! Where an address stands in the files of the project: named, and left as they are.

use std::fs;
use std::io::Read as _;
use std::path::Path;

use serde::Serialize;

use crate::app::people::ways::Way;
use crate::model::AddressKey;

/// Folders that are no part of the project's papers.
const PASSED_OVER: [&str; 3] = [".git", "target", "node_modules"];

/// Of each file so many octets are looked at. A message names its recipient in its header.
const LOOKED_AT: u64 = 16 * 1024 * 1024;

/// One file that names an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Trace {
    /// Its path, relative to the project folder, with `/`.
    pub file: String,
    /// The lines, from 1; none where only the file's name holds the address, or where the file is no text.
    pub lines: Vec<usize>,
}

/// The files of a project that name an address, in the order of their paths. The ledger is not among them. `ways` are
/// those of the lists, which may be kept in files that are no text.
pub(crate) fn traces(root: &Path, key: &AddressKey, ways: &[Way]) -> Vec<Trace> {
    let mut found = Vec::new();
    walk(root, "", key.as_str(), &mut found);
    for way in ways {
        if let (Some(file), Some(line)) = (&way.file, way.line)
            && !found.iter().any(|trace| trace.file == *file)
        {
            found.push(Trace { file: file.clone(), lines: vec![line] });
        }
    }
    found.sort_by(|a, b| a.file.cmp(&b.file));
    found
}

fn walk(root: &Path, below: &str, address: &str, found: &mut Vec<Trace>) {
    let Ok(entries) = fs::read_dir(root.join(below)) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if below.is_empty() { name.clone() } else { format!("{below}/{name}") };
        // Links are not followed: they lead out of the project, or in a circle.
        let Ok(kind) = entry.file_type() else { continue };
        if kind.is_dir() && !PASSED_OVER.contains(&name.as_str()) {
            walk(root, &path, address, found);
        } else if kind.is_file() && !is_ledger(&entry.path()) {
            let lines = lines(&entry.path(), address);
            if !lines.is_empty() || names(&name.to_ascii_lowercase(), address) {
                found.push(Trace { file: path, lines });
            }
        }
    }
}

/// A ledger is not among the papers: the project's own has been dealt with, and that of a rehearsal goes with its folder.
fn is_ledger(path: &Path) -> bool {
    let mut begun = [0; 16];
    fs::File::open(path).and_then(|mut file| file.read_exact(&mut begun)).is_ok_and(|()| begun == *b"SQLite format 3\0")
}

fn lines(path: &Path, address: &str) -> Vec<usize> {
    let mut bytes = Vec::new();
    let read = fs::File::open(path).and_then(|file| file.take(LOOKED_AT).read_to_end(&mut bytes));
    if read.is_err() {
        return Vec::new();
    }
    // UTF-16, as Windows editors save it: the address is ASCII, so its octets are found without the zeros.
    bytes.retain(|byte| *byte != 0);
    let text = String::from_utf8_lossy(&bytes).to_ascii_lowercase();
    text.lines().enumerate().filter(|(_, line)| names(line, address)).map(|(at, _)| at + 1).collect()
}

/// Whether a text in lower case names an address, and not a longer one that holds it.
fn names(text: &str, address: &str) -> bool {
    text.match_indices(address).any(|(start, _)| {
        let before = text[..start].chars().next_back();
        let mut behind = text[start + address.len()..].chars();
        let longer = match behind.next() {
            // `.eml` behind it is the end of a file's name.
            Some('.') => {
                behind.next().is_some_and(char::is_alphanumeric) && !text[start + address.len()..].starts_with(".eml")
            }
            next => next.is_some_and(|c| c.is_alphanumeric()),
        };
        // A number and a dash stand before it in the names of caught messages.
        !longer && !before.is_some_and(|c| c.is_alphanumeric() || c == '.' || c == '+')
    })
}

#[cfg(test)]
mod tests {
    use super::{Trace, names, traces};
    use crate::model::AddressKey;

    #[test]
    fn whole_addresses_are_found_and_longer_ones_are_not() {
        for (text, found) in [
            ("asha@board.example", true),
            ("\"a <asha@board.example>\",", true),
            ("0001-asha@board.example.eml", true),
            ("2027-03-15_asha@board.example_95.eml", true),
            ("asha@board.example.", true),
            ("natasha@board.example", false),
            ("n.asha@board.example", false),
            ("asha@board.example.org", false),
            ("asha@board.examples", false),
        ] {
            assert_eq!(names(text, "asha@board.example"), found, "{text}");
        }
    }

    #[test]
    fn files_are_named_with_their_lines_and_links_are_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let put = |path: &str, bytes: &[u8]| {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        };
        put("recipients.toml", b"x\n\"Asha <ASHA@Board.example>\"\n");
        put(
            "lists/wide.csv",
            &"e\na\nasha@board.example".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>(),
        );
        put("rehearsal/caught/0001-asha@board.example.eml", b"nothing");
        put("weekcast.db", b"SQLite format 3\0asha@board.example");
        put(".git/x", b"asha@board.example");
        put("other.txt", b"ben@board.example");
        #[cfg(unix)]
        std::os::unix::fs::symlink(folder.path(), folder.path().join("circle")).unwrap();
        let key = AddressKey::from_stored("asha@board.example".into());
        let expected = [
            ("lists/wide.csv", vec![3]),
            ("recipients.toml", vec![2]),
            ("rehearsal/caught/0001-asha@board.example.eml", vec![]),
        ];
        let expected: Vec<Trace> =
            expected.into_iter().map(|(file, lines)| Trace { file: file.to_owned(), lines }).collect();
        assert_eq!(traces(folder.path(), &key, &[]), expected);
    }
}
