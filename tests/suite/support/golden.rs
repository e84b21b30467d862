//! Golden files: whole outputs that can be opened and read. `UPDATE_GOLDEN=1` rewrites them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// More lines than this on both sides are not compared line by line.
const LARGEST_DIFF: usize = 2000;

/// Compares a whole output with `tests/golden/NAME`, octet by octet.
#[track_caller]
pub fn assert_golden(name: &str, actual: impl AsRef<[u8]>) {
    if let Err(complaint) = compare(&folder(), name, actual.as_ref(), is_updating()) {
        panic!("{complaint}");
    }
}

/// Fails on files below `tests/golden/FOLDER` that are not among `names`, which are relative to that folder; nobody
/// produces them, so nobody would notice that they are wrong. `UPDATE_GOLDEN=1` removes them.
#[track_caller]
pub fn no_leftovers(folder_name: &str, names: &[impl AsRef<str>]) {
    let top = folder().join(folder_name);
    let leftovers = leftovers(&top, names);
    if is_updating() {
        leftovers.iter().for_each(|name| fs::remove_file(top.join(name)).expect("a leftover can be removed"));
    } else {
        assert!(leftovers.is_empty(), "nobody produces tests/golden/{folder_name}/: {}", leftovers.join(", "));
    }
}

/// The files below a folder that are not among `names`, sorted.
pub fn leftovers(top: &Path, names: &[impl AsRef<str>]) -> Vec<String> {
    let known: BTreeSet<&str> = names.iter().map(AsRef::as_ref).collect();
    names_under(top).into_iter().filter(|name| !known.contains(name.as_str())).collect()
}

/// The comparison itself.
///
/// # Errors
/// What differs, as a person would want to read it.
pub fn compare(folder: &Path, name: &str, actual: &[u8], update: bool) -> Result<(), String> {
    let path = folder.join(name);
    let expected = fs::read(&path).ok();
    if expected.as_deref() == Some(actual) {
        return Ok(());
    }
    if update {
        let parent = path.parent().expect("a golden file lies in a folder");
        fs::create_dir_all(parent).and_then(|()| fs::write(&path, actual)).expect("a golden file can be written");
        return Ok(());
    }
    let path = path.display();
    let remedy = "if the new output is right, run the tests again with UPDATE_GOLDEN=1";
    let Some(expected) = expected else {
        return Err(format!("{path} does not exist; {remedy}\n{}", String::from_utf8_lossy(actual)));
    };
    Err(format!("{path} differs (- golden, + now); {remedy}\n{}", difference(&expected, actual)))
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

fn is_updating() -> bool {
    std::env::var_os("UPDATE_GOLDEN").is_some_and(|value| value == "1")
}

fn names_under(top: &Path) -> Vec<String> {
    let mut names = Vec::new();
    let mut folders = vec![top.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.expect("the folder can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(top).expect("it lies below the top");
                names.push(name.to_str().expect("its name is UTF-8").replace('\\', "/"));
            }
        }
    }
    names.sort();
    names
}

/// The lines that differ, with their numbers; white space at line ends is made visible.
fn difference(expected: &[u8], actual: &[u8]) -> String {
    let (expected, actual) = (lines(expected), lines(actual));
    let head = expected.iter().zip(&actual).take_while(|(old, new)| old == new).count();
    let tail = expected.iter().rev().zip(actual.iter().rev()).take_while(|(old, new)| old == new).count();
    let tail = tail.min(expected.len().min(actual.len()) - head);
    let old = &expected[head..expected.len() - tail];
    let new = &actual[head..actual.len() - tail];
    let mut report = vec![format!("@@ line {}", head + 1)];
    report.extend(expected[head.saturating_sub(2)..head].iter().map(|line| format!("  {line}")));
    report.extend(changes(old, new));
    report.extend(expected[expected.len() - tail..].iter().take(2).map(|line| format!("  {line}")));
    report.join("\n")
}

fn lines(text: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(text);
    text.split_inclusive('\n').map(|line| line.escape_debug().to_string().replace("\\n", "⏎")).collect()
}

/// The longest common subsequence, by the textbook.
fn changes(old: &[String], new: &[String]) -> Vec<String> {
    let width = new.len() + 1;
    if old.len() > LARGEST_DIFF || new.len() > LARGEST_DIFF {
        return vec![format!("- … {} lines", old.len()), format!("+ … {} lines", new.len())];
    }
    let mut common = vec![0_u32; (old.len() + 1) * width];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            common[i * width + j] = if old[i] == new[j] {
                common[(i + 1) * width + j + 1] + 1
            } else {
                common[(i + 1) * width + j].max(common[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j, mut report) = (0, 0, Vec::new());
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            report.push(format!("  {}", old[i]));
            (i, j) = (i + 1, j + 1);
        } else if j == new.len() || (i < old.len() && common[(i + 1) * width + j] >= common[i * width + j + 1]) {
            report.push(format!("- {}", old[i]));
            i += 1;
        } else {
            report.push(format!("+ {}", new[j]));
            j += 1;
        }
    }
    report
}
