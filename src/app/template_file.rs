//! Writes a template into the project's `templates/`; what somebody wrote there is never lost unasked.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use anyhow::Context as _;

use crate::app::fault::Fault;
use crate::document::ProjectFolder;
use crate::exit::Exit;

/// Writes `templates/NAME`; a file that is there is replaced only with `force`.
///
/// # Errors
/// [`Fault`] when the file is there and `force` is not given; the system's error when it cannot be written.
pub fn put_template(project: &ProjectFolder, name: &str, text: &str, force: bool) -> anyhow::Result<()> {
    let path = project.join(&format!("templates/{name}"));
    let cannot = || format!("{} cannot be written", path.display());
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(cannot)?;
    }
    if force {
        return replace(&path, text).with_context(cannot);
    }
    match new_file(&path, text) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            let message = format!("templates/{name} is there already and was left as it is");
            let help = "copy the block that you need from weekcast templates show, or give --force to replace the file";
            Err(Fault::new(Exit::Io, message).help(help).into())
        }
        other => other.with_context(cannot),
    }
}

fn new_file(path: &Path, text: &str) -> io::Result<()> {
    // `create_new` follows no link and overwrites nothing.
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// The old file stays whole until the new one is.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let part = path.with_extension("part");
    match fs::remove_file(&part) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    new_file(&part, text)?;
    fs::rename(&part, path)
}
