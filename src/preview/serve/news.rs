//! Server-sent events (HTML standard, "Server-sent events"): which version of a page is shown now, and the end of the
//! preview. A page that missed something learns it when it connects again.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use futures_util::Stream;
use futures_util::stream::unfold;
use tokio::sync::watch;

use crate::preview::serve::asked::Place;
use crate::preview::serve::shelf::Shelf;
use crate::preview::serve::shown::ABSENT;

/// A line now and then shows that both ends are there; half a minute is what networks allow at least.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

struct Listening {
    place: Place,
    shelf: Arc<Shelf>,
    readings: watch::Receiver<u64>,
    /// When the preview was stopped, in words; empty until then.
    stopped: watch::Receiver<String>,
    told: Option<String>,
    ended: bool,
}

/// The news of one page: at once its version, then each other one.
pub(in crate::preview) fn news(
    place: Place,
    shelf: Arc<Shelf>,
    stopped: watch::Receiver<String>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let mut readings = shelf.readings();
    readings.mark_changed();
    let listening = Listening { place, shelf, readings, stopped, told: None, ended: false };
    let stream = unfold(listening, |mut listening| async move {
        let event = listening.next().await?;
        Some((Ok(event), listening))
    });
    Sse::new(stream).keep_alive(KeepAlive::new().interval(KEEP_ALIVE))
}

impl Listening {
    async fn next(&mut self) -> Option<Event> {
        while !self.ended {
            tokio::select! {
                stopped = self.stopped.wait_for(|at| !at.is_empty()) => {
                    self.ended = true;
                    return stopped.ok().map(|at| Event::default().event("stopped").data(at.as_str()));
                }
                changed = self.readings.changed() => changed.ok()?,
            }
            let (version, at) = self.now().await?;
            if self.told.as_ref() != Some(&version) {
                let event = Event::default()
                    .event("shown")
                    .data(serde_json::json!({ "version": version, "at": at }).to_string());
                self.told = Some(version);
                return Some(event);
            }
        }
        None
    }

    /// The version of the page, and when it was made.
    async fn now(&self) -> Option<(String, String)> {
        let (shelf, place) = (Arc::clone(&self.shelf), self.place.clone());
        let look = move || match shelf.shown(place.who.as_ref()) {
            Ok(Some(shown)) => (shown.version(&place.path).to_owned(), shown.at.clone()),
            _ => (ABSENT.to_owned(), String::new()),
        };
        tokio::task::spawn_blocking(look).await.ok()
    }
}
