//! What a path holds: one mail, an mbox file, a Maildir, or a folder of these.

use std::fs::File;
use std::io::{BufRead as _, BufReader, ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use crate::bounce::mails::error::MailsError;
use crate::bounce::mails::mbox;

/// The most mails that are read in one go.
pub const MOST_MAILS: usize = 100_000;

/// Calls `each` with the name of a mail, as people know it, and its first `longest` octets. It reads, and changes nothing.
/// Returns what could not be read.
///
/// # Errors
/// [`MailsError`] when there is nothing to read at all.
pub fn each_mail(
    path: &Path,
    longest: usize,
    each: &mut dyn FnMut(String, &[u8]),
) -> Result<Vec<MailsError>, MailsError> {
    let unreadable = |cause| MailsError::Unreadable { path: path.display().to_string(), cause };
    let about = std::fs::metadata(path).map_err(|cause| match cause.kind() {
        ErrorKind::NotFound => MailsError::Missing(path.display().to_string()),
        _ => unreadable(cause),
    })?;
    let mut left = MOST_MAILS;
    if about.is_file() {
        let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        file(path, &name, longest, &mut left, each).map_err(unreadable)?;
        return Ok(Vec::new());
    }
    if !about.is_dir() {
        return Err(MailsError::Odd(path.display().to_string()));
    }
    let mut faults = Vec::new();
    for (place, name) in files(path).map_err(unreadable)? {
        if let Err(cause) = file(&place, &name, longest, &mut left, each) {
            faults.push(MailsError::Unreadable { path: name, cause });
        }
    }
    Ok(faults)
}

/// The files of a folder in the order of their names, with the names for people. A Maildir has its mails in `new` and
/// `cur`; what a delivery has not finished is in `tmp` and none of ours. Links are not followed.
fn files(folder: &Path) -> std::io::Result<Vec<(PathBuf, String)>> {
    let is_maildir = folder.join("cur").is_dir() && folder.join("new").is_dir();
    let parts: &[&str] = if is_maildir { &["cur", "new"] } else { &[""] };
    let mut found = Vec::new();
    for part in parts {
        for entry in std::fs::read_dir(folder.join(part))? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let wanted = is_maildir || [".eml", ".mbox", ".mbx"].iter().any(|end| name.to_lowercase().ends_with(end));
            if wanted && !name.starts_with('.') && entry.file_type()?.is_file() {
                let shown = if is_maildir { format!("{part}/{name}") } else { name };
                found.push((entry.path(), shown));
            }
        }
    }
    found.sort_by(|(_, a), (_, b)| a.cmp(b));
    Ok(found)
}

/// A file: an mbox where it begins with "From ", else one mail.
fn file(
    path: &Path,
    name: &str,
    longest: usize,
    left: &mut usize,
    each: &mut dyn FnMut(String, &[u8]),
) -> std::io::Result<()> {
    let mut reader = BufReader::new(File::open(path)?);
    if reader.fill_buf()?.starts_with(mbox::FROM) {
        mbox::each(reader, longest, &mut |number, mail| {
            if *left == 0 {
                return false;
            }
            *left -= 1;
            each(format!("{name}#{number}"), mail);
            true
        })?;
    } else if *left > 0 {
        let mut mail = Vec::new();
        reader.take(longest as u64).read_to_end(&mut mail)?;
        *left -= 1;
        each(name.to_owned(), &mail);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::each_mail;
    use crate::bounce::mails::MailsError;

    fn names(path: &std::path::Path) -> Vec<String> {
        let mut names = Vec::new();
        let faults = each_mail(path, 100, &mut |name, mail| names.push(format!("{name} {}", mail.len()))).unwrap();
        assert!(faults.is_empty());
        names
    }

    #[test]
    fn files_folders_and_maildirs_are_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        write("b.eml", &"x".repeat(200));
        write("a.mbox", "From x\nA: 1\n\nFrom y\nB: 2\n");
        write("notes.txt", "no mail");
        write("maildir/cur/1:2,S", "A: 1");
        write("maildir/new/2", "A: 1");
        write("maildir/tmp/3", "A: 1");
        assert_eq!(names(folder.path()), ["a.mbox#1 5", "a.mbox#2 5", "b.eml 100"]);
        assert_eq!(names(&folder.path().join("b.eml")), ["b.eml 100"]);
        assert_eq!(names(&folder.path().join("maildir")), ["cur/1:2,S 4", "new/2 4"]);
        let missing = each_mail(&folder.path().join("none"), 1, &mut |_, _| {});
        assert!(matches!(missing, Err(MailsError::Missing(_))));
    }
}
