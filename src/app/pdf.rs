//! A page as a PDF, by a browser of the computer, where there is one: asked for, never needed, and bounded in time.

use std::io::ErrorKind;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use tokio::process::Command;

use crate::app::hand_over::block_on;

/// Browsers that print without a window. The plain names are looked for where the system looks for programs.
const BROWSERS: [&str; 11] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "msedge",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    r"C:\Program Files\Microsoft\Edge\Application\msedge.exe",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
];

/// A browser takes a second or two.
const LIMIT: Duration = Duration::from_secs(60);

/// It writes to no profile but its own, asks nothing of the network, and prints no name of a file on the paper.
const OPTIONS: [&str; 12] = [
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-pdf-header-footer",
];

/// What came of it.
#[derive(Debug, PartialEq, Eq)]
pub enum Pdf {
    /// Its octets.
    Made(Vec<u8>),
    /// There is no such browser.
    NoBrowser,
    /// The browser failed, with the reason in words.
    Failed(String),
}

/// Prints a page that needs no other file.
///
/// # Errors
/// Those of the temporary folder.
pub fn pdf(page: &str) -> anyhow::Result<Pdf> {
    let folder = tempfile::Builder::new().prefix("weekcast-").tempdir()?;
    std::fs::write(folder.path().join("page.html"), page)?;
    block_on(async {
        for browser in BROWSERS {
            match print(browser, folder.path(), &[]).await {
                Pdf::NoBrowser => {}
                // Chromium has no sandbox where root runs it. The page is ours and holds no script.
                Pdf::Failed(_) => return Ok(print(browser, folder.path(), &["--no-sandbox"]).await),
                made => return Ok(made),
            }
        }
        Ok(Pdf::NoBrowser)
    })
}

async fn print(browser: &str, folder: &Path, more: &[&str]) -> Pdf {
    let printed = folder.join("page.pdf");
    let mut command = Command::new(browser);
    let mut option = |name: &str, path: &Path| {
        let mut text = std::ffi::OsString::from(name);
        text.push(path);
        command.arg(text);
    };
    option("--user-data-dir=", &folder.join("profile"));
    option("--print-to-pdf=", &printed);
    command.args(OPTIONS).args(more).arg(folder.join("page.html"));
    if let Err(failed) = within(LIMIT, command).await {
        return failed;
    }
    match std::fs::read(&printed) {
        Ok(bytes) if bytes.starts_with(b"%PDF-") => Pdf::Made(bytes),
        _ => Pdf::Failed(format!("{browser} made no PDF")),
    }
}

/// Runs a program to its good end, or kills it when its time is over.
async fn within(limit: Duration, mut command: Command) -> Result<(), Pdf> {
    let name = command.as_std().get_program().to_string_lossy().into_owned();
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
    match tokio::time::timeout(limit, command.status()).await {
        Ok(Ok(status)) if status.success() => Ok(()),
        Ok(Ok(status)) => Err(Pdf::Failed(format!("{name} ended with {status}"))),
        Ok(Err(cause)) if matches!(cause.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Err(Pdf::NoBrowser),
        Ok(Err(cause)) => Err(Pdf::Failed(format!("{name} could not be started: {cause}"))),
        Err(_) => Err(Pdf::Failed(format!("{name} took longer than {} seconds", limit.as_secs()))),
    }
}

#[cfg(test)]
mod tests {
    #[cfg(unix)]
    #[tokio::test]
    async fn a_program_that_does_not_end_is_left_behind() {
        use std::time::Duration;

        use tokio::process::Command;

        use super::{Pdf, within};

        let mut endless = Command::new("sleep");
        endless.arg("600");
        let ended = within(Duration::from_millis(50), endless).await;
        assert_eq!(ended, Err(Pdf::Failed("sleep took longer than 0 seconds".to_owned())));
        assert_eq!(within(Duration::from_secs(9), Command::new("no-such-browser")).await, Err(Pdf::NoBrowser));
        assert_eq!(within(Duration::from_secs(9), Command::new("true")).await, Ok(()));
        let failed = within(Duration::from_secs(9), Command::new("false")).await;
        assert_eq!(failed, Err(Pdf::Failed("false ended with exit status: 1".to_owned())));
    }
}
