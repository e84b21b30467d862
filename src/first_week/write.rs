//! New files, down to the disk. `create_new` follows no link and overwrites nothing.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

/// Writes a file that was not there, with the folders that it needs.
///
/// # Errors
/// `AlreadyExists` where something is there; what the system says otherwise.
pub fn write_new(path: &Path, text: &str) -> io::Result<()> {
    write(path, text, false)
}

/// The same for personal data: only the owner may read it (mode 0600, where the system knows modes).
///
/// # Errors
/// As [`write_new`].
pub fn write_private(path: &Path, text: &str) -> io::Result<()> {
    write(path, text, true)
}

#[cfg_attr(not(unix), expect(unused_variables, reason = "elsewhere the folder's permissions hold"))]
fn write(path: &Path, text: &str, private: bool) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if private {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// Copies the regular files of a folder and of those in it; links are left out. Returns how many were copied; 0 where
/// there is no such folder.
///
/// # Errors
/// What the system says.
pub fn copy_folder(from: &Path, to: &Path) -> io::Result<usize> {
    if !from.is_dir() {
        return Ok(0);
    }
    fs::create_dir_all(to)?;
    let mut copied = 0;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        if kind.is_dir() {
            copied += copy_folder(&entry.path(), &to.join(entry.file_name()))?;
        } else if kind.is_file() {
            fs::copy(entry.path(), to.join(entry.file_name()))?;
            copied += 1;
        }
    }
    Ok(copied)
}
