//! Notices that a file of the project was saved: the project folder itself, and every folder in it that is the officer's.
//! What weekcast writes there, and what other programs keep there hidden, is left out.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use notify::{Event, EventKind, PollWatcher, RecursiveMode, Watcher};
use tokio::sync::mpsc;

use crate::preview::serve::error::ServeError;
use crate::preview::serve::shelf::Shelf;

/// Folders of the project that hold what was written by programs.
const OUTPUT: [&str; 6] = ["outbox", "preview", "report", "rehearsal", "target", "node_modules"];
/// How often files are looked at where the system tells nothing.
const LOOK: Duration = Duration::from_millis(700);

/// Watches for as long as it lives.
pub struct Watch {
    root: PathBuf,
    watcher: Box<dyn Watcher + Send>,
    /// The folders in the project that are watched, and what tells a folder from another of the same name.
    folders: BTreeMap<PathBuf, u64>,
}

impl Watch {
    /// Begins. Each change that may matter puts something into the channel, if there is nothing in it yet; with a
    /// capacity of 1 nothing is lost, since whoever takes it out reads all files anyway.
    ///
    /// # Errors
    /// [`ServeError::Watch`] when the system allows no watching.
    pub fn begin(root: &Path, told: mpsc::Sender<()>, shelf: &Arc<Shelf>) -> Result<Self, ServeError> {
        // Events come with resolved paths on some systems.
        let root = root.canonicalize().map_err(notify::Error::io)?;
        let hear = {
            let (root, shelf) = (root.clone(), Arc::clone(shelf));
            move |event: Result<Event, notify::Error>| {
                if event.map_or(true, |event| matters(&root, &event, &|path| shelf.is_ledger(path))) {
                    let _ = told.try_send(());
                }
            }
        };
        // The system's own way may be used up, or be missing on a disk of the network.
        let told = notify::recommended_watcher(hear.clone());
        let own = told.and_then(|watcher| Self::over(&root, Box::new(watcher)));
        own.or_else(|_| {
            let every = notify::Config::default().with_poll_interval(LOOK);
            Ok(Self::over(&root, Box::new(PollWatcher::new(hear, every)?))?)
        })
    }

    fn over(root: &Path, mut watcher: Box<dyn Watcher + Send>) -> Result<Self, notify::Error> {
        watcher.watch(root, RecursiveMode::NonRecursive)?;
        let mut watch = Self { root: root.to_owned(), watcher, folders: BTreeMap::new() };
        watch.follow()?;
        Ok(watch)
    }

    /// Watches folders that have come, or were replaced, since the last time.
    pub(in crate::preview) fn follow(&mut self) -> Result<(), notify::Error> {
        let entries = std::fs::read_dir(&self.root).into_iter().flatten().flatten();
        let folders = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
        let found: BTreeMap<PathBuf, u64> = folders
            .map(|entry| entry.path())
            .filter(|path| is_officers(&self.root, path))
            .map(|path| (path.clone(), identity(&path)))
            .collect();
        for (path, id) in &found {
            if self.folders.get(path) != Some(id) {
                self.watcher.watch(path, RecursiveMode::Recursive)?;
            }
        }
        self.folders = found;
        Ok(())
    }
}

/// Whether something that may be shown has changed. Looking at a file changes nothing.
fn matters(root: &Path, event: &Event, is_ledger: &dyn Fn(&Path) -> bool) -> bool {
    let looked_at = matches!(event.kind, EventKind::Access(kind) if !is_end_of_writing(kind));
    event.need_rescan() || !looked_at && event.paths.iter().any(|path| is_officers(root, path) && !is_ledger(path))
}

fn is_end_of_writing(kind: notify::event::AccessKind) -> bool {
    matches!(kind, notify::event::AccessKind::Close(notify::event::AccessMode::Write))
}

/// Whether a path of the project is one that the officer writes.
fn is_officers(root: &Path, path: &Path) -> bool {
    let inside = path.strip_prefix(root).unwrap_or(path);
    let mut parts = inside.components().map(|part| part.as_os_str().to_string_lossy());
    let Some(first) = parts.next() else { return true };
    !OUTPUT.contains(&&*first) && !first.starts_with('.') && !parts.any(|part| part.starts_with('.'))
}

/// A folder that took the place of another has another number, where the system has such.
fn identity(path: &Path) -> u64 {
    #[cfg(unix)]
    if let Ok(about) = std::fs::metadata(path) {
        return std::os::unix::fs::MetadataExt::ino(&about);
    }
    let _ = path;
    0
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use notify::event::{AccessKind, AccessMode, CreateKind};
    use notify::{Event, EventKind};

    use super::matters;

    #[test]
    fn only_the_officers_files_matter() {
        let created = EventKind::Create(CreateKind::File);
        for (path, kind, expected) in [
            ("/p/broadcasts/week.toml", created, true),
            ("/p/recipients.toml", created, true),
            ("/p/lists/schools.csv", created, true),
            ("/p/broadcasts/week.toml", EventKind::Access(AccessKind::Open(AccessMode::Read)), false),
            ("/p/broadcasts/week.toml", EventKind::Access(AccessKind::Close(AccessMode::Write)), true),
            ("/p/broadcasts/.week.toml.swp", created, false),
            ("/p/.git/index", created, false),
            ("/p/preview/index.html", created, false),
            ("/p/weekcast.db-wal", created, false),
        ] {
            let event = Event::new(kind).add_path(path.into());
            let is_ledger = |path: &Path| path.to_string_lossy().contains("weekcast.db");
            assert_eq!(matters(Path::new("/p"), &event, &is_ledger), expected, "{path} {kind:?}");
        }
    }
}
