//! Reads the files anew when they were saved. Editors write in several steps (empty, then full; or another file that
//! takes the name), so a short quiet is waited for, but never for long.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::{Instant, timeout_at};

use crate::preview::serve::shelf::Shelf;
use crate::preview::serve::watch::Watch;

/// Nothing for so long, and the saving is over.
const QUIET: Duration = Duration::from_millis(120);
/// After so long the files are read, quiet or not.
const LONGEST: Duration = Duration::from_millis(500);

/// Renews the shelf with each change, until nobody can tell of one any more.
pub async fn renew_on_change(mut watch: Watch, mut changes: mpsc::Receiver<()>, shelf: Arc<Shelf>) {
    while changes.recv().await.is_some() {
        let latest = Instant::now() + LONGEST;
        loop {
            let until = latest.min(Instant::now() + QUIET);
            match timeout_at(until, changes.recv()).await {
                Ok(Some(())) if Instant::now() < latest => {}
                _ => break,
            }
        }
        let shelf = Arc::clone(&shelf);
        let renewed = tokio::task::spawn_blocking(move || {
            // A folder that went in between tells so by another change, and is followed then.
            let _ = watch.follow();
            shelf.renew();
            watch
        });
        match renewed.await {
            Ok(same) => watch = same,
            Err(_) => return,
        }
    }
}
