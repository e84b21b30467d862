//! `preview --serve`: the preview in a browser on this computer, shown anew when a file is saved, until Ctrl-C.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::NaiveDate;
use data_encoding::BASE32_NOPAD;
use tokio::sync::{mpsc, watch};

use crate::app::{App, Fault, Format, Purpose, Streams, block_on, pick, prepare, read_for_preview, stop_signal};
use crate::exit::Exit;
use crate::model::{Address, DayName};
use crate::preview::serve::{Desk, Shelf, Watch, bind, renew_on_change, serve};

/// How long an open page has for hearing of the end.
const FAREWELL: Duration = Duration::from_millis(150);

/// Where and how it is served.
#[derive(Debug, Default, clap::Args)]
pub(crate) struct Serving {
    /// Show the pages in a browser, and show them anew when a file is saved; Ctrl-C ends it
    #[arg(long, conflicts_with = "out")]
    pub(crate) serve: bool,
    /// The port on this computer (else: any free one)
    #[arg(long, value_name = "N", requires = "serve", default_value_t = 0, hide_default_value = true)]
    port: u16,
    /// Only print the address
    #[arg(long, requires = "serve")]
    no_open: bool,
}

/// Serves until Ctrl-C, beginning with somebody's copy and a day where they are named.
pub(crate) fn run(
    serving: &Serving,
    (who, day): (Option<Address>, Option<&DayName>),
    app: &mut App,
) -> anyhow::Result<Exit> {
    let name = app.week_name()?;
    let own = App {
        project: app.project.clone(),
        clock: Arc::clone(&app.clock),
        streams: Streams::of_process(),
        format: app.format,
        week: app.week.clone(),
        patience: app.patience,
    };
    let own = Arc::new(Mutex::new(own));
    let day = day.map(|day| date_of(app, &name, day)).transpose()?.flatten();
    let shelf = Arc::new(Shelf::new(move || read_for_preview(&own, &name)));
    block_on(served(app, serving, (who, day), shelf))?;
    Ok(Exit::Done)
}

/// The date of a day; `None` where the week cannot be read, which the pages will say.
fn date_of(app: &App, name: &str, day: &DayName) -> anyhow::Result<Option<NaiveDate>> {
    let Some(week) = prepare(app, name, Purpose::Look).week else { return Ok(None) };
    let ledger = app.existing_ledger(&week.settings.ledger)?;
    Ok(Some(pick(app, &week, day, ledger.as_deref())?.day.date))
}

async fn served(
    app: &mut App,
    how: &Serving,
    (who, day): (Option<Address>, Option<NaiveDate>),
    shelf: Arc<Shelf>,
) -> anyhow::Result<()> {
    let (mut stop, _) = stop_signal();
    let (listener, port) = bind(how.port).await?;
    let (tell, changes) = mpsc::channel(1);
    let watch = Watch::begin(app.project.root(), tell.clone(), &shelf)?;
    // What was saved between the first reading and the watching is read too.
    let _ = tell.try_send(());
    let (stopped, stopping) = watch::channel(String::new());
    let desk = Arc::new(Desk::new(Arc::clone(&shelf), token()?, port, stopping)?);
    let url = desk.url(who.as_ref(), day);
    let mut serving = std::pin::pin!(serve(listener, desk));
    match app.format {
        Format::Text => app.streams.out(&format!("The preview, for a browser: {url}\n"))?,
        Format::Json => app.streams.json(&serde_json::json!({ "url": url }))?,
    }
    app.streams.note("Saved changes show there by themselves. It is for this computer only; Ctrl-C ends it.\n");
    if !how.no_open {
        tokio::task::spawn_blocking(move || webbrowser::open(&url));
    }
    tokio::select! {
        () = &mut serving => {}
        () = renew_on_change(watch, changes, shelf) => {
            return Err(Fault::new(Exit::Software, "the files cannot be read any more; start the preview again").into());
        }
        _ = stop.wait_for(|stop| *stop) => {}
    }
    stopped.send_replace(app.now().with_timezone(&chrono_tz::Europe::London).format("%H:%M").to_string());
    // The desk listens too; whoever else does is an open page.
    if stopped.receiver_count() > 1 {
        let _ = tokio::time::timeout(FAREWELL, serving).await;
    }
    Ok(())
}

/// The secret part of the address: 128 bits, so that no other user of the computer guesses it.
fn token() -> anyhow::Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)?;
    Ok(BASE32_NOPAD.encode(&bytes).to_lowercase())
}
