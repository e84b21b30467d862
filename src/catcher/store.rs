//! Where caught messages are kept: a list in memory, and an `.eml` file each where there is a folder.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::catcher::caught::Caught;
use crate::catcher::dialogue::Transaction;

/// Octets of a recipient's address in a file name; some file systems allow 143 in all.
const LONGEST_NAME: usize = 100;

/// What was caught so far.
#[derive(Debug)]
pub struct Store {
    folder: Option<PathBuf>,
    last_number: AtomicUsize,
    caught: Mutex<Vec<Caught>>,
}

impl Store {
    /// Makes the folder, readable by its owner only, where it does not exist.
    pub fn open(folder: Option<PathBuf>) -> io::Result<Self> {
        if let Some(folder) = &folder {
            make_folder(folder)?;
        }
        Ok(Self { folder, last_number: AtomicUsize::new(0), caught: Mutex::new(Vec::new()) })
    }

    /// Writes a message once for each recipient, then notes them all. It blocks.
    pub fn keep(&self, transaction: &Transaction, message: &[u8]) -> io::Result<()> {
        let mut kept = Vec::with_capacity(transaction.recipients.len());
        for recipient in &transaction.recipients {
            let file = self.folder.as_deref().map(|folder| self.write(folder, recipient, message)).transpose()?;
            let reverse_path = transaction.reverse_path.clone();
            kept.push(Caught { recipient: recipient.clone(), reverse_path, file, size: message.len() });
        }
        self.caught.lock().unwrap_or_else(PoisonError::into_inner).append(&mut kept);
        Ok(())
    }

    /// What was caught so far, in the order in which it was taken.
    pub fn caught(&self) -> Vec<Caught> {
        self.caught.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How many were caught so far.
    pub fn count(&self) -> usize {
        self.caught.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// Takes the next free number: files of an earlier rehearsal are never overwritten.
    fn write(&self, folder: &Path, recipient: &str, message: &[u8]) -> io::Result<PathBuf> {
        loop {
            let number = self.last_number.fetch_add(1, Ordering::Relaxed) + 1;
            let path = folder.join(file_name(number, recipient));
            match create(&path) {
                Ok(mut file) => return file.write_all(message).map(|()| path),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
    }
}

/// `0001-asha@board.example.eml`: a name that no file system and no shell takes for anything else.
fn file_name(number: usize, recipient: &str) -> String {
    let harmless = |c: char| c.is_ascii_alphanumeric() || ".-_+@".contains(c);
    let name: String = recipient.chars().map(|c| if harmless(c) { c } else { '_' }).take(LONGEST_NAME).collect();
    format!("{number:04}-{name}.eml")
}

fn create(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn file_names_are_harmless() {
        assert_eq!(file_name(7, "Asha.K+x@board.example"), "0007-Asha.K+x@board.example.eml");
        assert_eq!(file_name(12345, "\"../a b\"@board.example"), "12345-_.._a_b_@board.example.eml");
        assert_eq!(file_name(1, &"é".repeat(300)), format!("0001-{}.eml", "_".repeat(100)));
    }
}
