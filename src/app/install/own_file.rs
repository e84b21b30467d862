//! Files of the scheduler that are ours: told by their mark, written whole or not at all, and nothing else is touched.

use std::fs::{self, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::Path;

use crate::app::fault::Fault;
use crate::exit::Exit;
use crate::scheduler::{MARK, TextFile};

/// The mark stands in the first lines.
const LOOKED_AT: u64 = 4096;

/// What is there under the name of a file of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum There {
    Nothing,
    Ours,
    /// Somebody else's, or a link.
    Foreign,
}

/// Looks.
pub(crate) fn there(path: &Path) -> There {
    match fs::symlink_metadata(path) {
        Err(_) => There::Nothing,
        Ok(about) if !about.is_file() => There::Foreign,
        Ok(_) => {
            let mut begin = Vec::new();
            let read = fs::File::open(path).and_then(|file| file.take(LOOKED_AT).read_to_end(&mut begin));
            let marked = read.is_ok() && String::from_utf8_lossy(&begin).contains(MARK);
            if marked { There::Ours } else { There::Foreign }
        }
    }
}

/// Refuses what is not ours, before anything is written.
pub(crate) fn refuse_foreign(folder: &Path, names: &[String]) -> Result<(), Fault> {
    let foreign = names.iter().map(|name| folder.join(name)).find(|path| there(path) == There::Foreign);
    foreign.map_or(Ok(()), |path| {
        let fault = Fault::new(Exit::Io, format!("\"{}\" was not written by weekcast install", path.display()));
        Err(fault.help("it is left as it is; move it away, then give the command again"))
    })
}

/// Puts a file in place, whole: it is written beside it, down to the disk, and renamed.
pub(crate) fn put(folder: &Path, file: &TextFile) -> Result<(), Fault> {
    let place = folder.join(&file.name);
    let part = folder.join(format!(".{}.part", file.name));
    let write = || -> io::Result<()> {
        fs::create_dir_all(folder)?;
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        // Left by a run that was stopped; `create_new` follows no link.
        let opened = options.open(&part).or_else(|_| fs::remove_file(&part).and_then(|()| options.open(&part)));
        let mut opened = opened?;
        opened.write_all(&file.bytes).and_then(|()| opened.sync_all())?;
        drop(opened);
        fs::rename(&part, &place)
    };
    write().map_err(|cause| refused("written", &place, &cause))
}

/// Removes a file of ours; whether there was one.
pub(crate) fn remove(path: &Path) -> Result<bool, Fault> {
    if there(path) != There::Ours {
        return Ok(false);
    }
    fs::remove_file(path).map(|()| true).map_err(|cause| refused("removed", path, &cause))
}

pub(crate) fn refused(action: &str, path: &Path, cause: &io::Error) -> Fault {
    let fault = Fault::new(Exit::Io, format!("\"{}\" cannot be {action}: {cause}", path.display()));
    match cause.kind() {
        io::ErrorKind::PermissionDenied => fault.help(
            "you may not write there: choose a folder of your own with --out; --system takes an administrator's rights (sudo)",
        ),
        _ => fault.help("look at the folder and the disk, then give the command again"),
    }
}

#[cfg(test)]
mod tests {
    use super::{There, put, refuse_foreign, remove, there};
    use crate::scheduler::{MARK, TextFile};

    #[test]
    fn only_marked_files_are_replaced_or_removed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x/a.timer");
        let text = |text: String| TextFile { name: "a.timer".to_owned(), bytes: text.into_bytes() };
        assert_eq!(there(&path), There::Nothing);
        put(&folder.path().join("x"), &text(format!("# {MARK}\n1"))).unwrap();
        put(&folder.path().join("x"), &text(format!("# {MARK}\n2"))).unwrap();
        assert!(std::fs::read_to_string(&path).unwrap().ends_with("\n2"));
        assert_eq!(std::fs::read_dir(folder.path().join("x")).unwrap().count(), 1);
        assert!(refuse_foreign(&folder.path().join("x"), &["a.timer".to_owned()]).is_ok());
        assert!(remove(&path).unwrap() && !remove(&path).unwrap());
        std::fs::write(&path, "[Timer]\n").unwrap();
        assert!(refuse_foreign(&folder.path().join("x"), &["a.timer".to_owned()]).is_err());
        assert!(!remove(&path).unwrap() && path.exists());
    }
}
