//! `demo`: the shipped week, which is in the binary, rehearsed and previewed in a folder of its own.

use std::path::{Path, PathBuf};

use crate::app::{App, Fault, Format};
use crate::commands::{preview, rehearse};
use crate::document::ProjectFolder;
use crate::exit::Exit;

/// Rehearse the shipped week and preview it, with nothing set up
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The folder to write to (else: a new one among the system's temporary folders)
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// The files of the shipped week by their path in a project.
const FILES: [(&str, &[u8]); 7] = [
    ("broadcasts/cse-awareness-week.toml", include_bytes!("../../broadcasts/cse-awareness-week.toml")),
    (
        "broadcasts/cse-awareness-week/flow-chart.pdf",
        include_bytes!("../../broadcasts/cse-awareness-week/flow-chart.pdf"),
    ),
    (
        "broadcasts/cse-awareness-week/infographic.png",
        include_bytes!("../../broadcasts/cse-awareness-week/infographic.png"),
    ),
    ("broadcasts/cse-awareness-week/logo.png", include_bytes!("../../broadcasts/cse-awareness-week/logo.png")),
    ("broadcasts/cse-awareness-week/schools.csv", include_bytes!("../../broadcasts/cse-awareness-week/schools.csv")),
    (
        "broadcasts/cse-awareness-week/screening-tool.pdf",
        include_bytes!("../../broadcasts/cse-awareness-week/screening-tool.pdf"),
    ),
    ("recipients.toml", include_bytes!("../../recipients.example.toml")),
];

/// Demonstrates.
pub(crate) fn run(args: &Args, app: &mut App) -> anyhow::Result<Exit> {
    let folder = match &args.out {
        Some(folder) => folder.clone(),
        None => std::env::temp_dir().join(format!("weekcast-demo-{:08x}", getrandom::u32()?)),
    };
    if folder.join("recipients.toml").exists() {
        let message = format!("\"{}\" holds a project already", folder.display());
        return Err(Fault::new(Exit::Usage, message).help("name a new folder with --out").into());
    }
    for (path, bytes) in FILES {
        write(&folder.join(path), bytes)?;
    }
    app.project = ProjectFolder::at(&folder);
    app.week = None;
    app.streams
        .err("The shipped week, on a clock that jumps from day to day, over SMTP into a catcher in this program:\n\n");
    let rehearsal = rehearse::rehearse(app, &folder.join("rehearsal"))?;
    let pages = preview::write_pages(app, &preview::Selection::default(), &folder.join("preview"))?;
    match app.format {
        Format::Json => app.streams.json(&rehearsal.status)?,
        Format::Text => {
            let closing = rehearsal.closing();
            let text = format!(
                "\n{closing}The preview, for a browser: {}\nThe project itself: {}\n",
                pages.display(),
                folder.display()
            );
            app.streams.out(&text)?;
        }
    }
    Ok(rehearsal.exit)
}

fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent)?;
    }
    std::fs::write(path, bytes)
}
