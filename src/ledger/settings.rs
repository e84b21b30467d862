//! `[ledger]` of weekcast.toml: where the ledger lies, and how much a crash may leave in doubt.

use std::path::{Component, Path, PathBuf};

use crate::document::Table;
use crate::ledger::error::LedgerError;
use crate::ledger::resolved::resolved;
use crate::model::{Finding, Findings, Text};

/// Where the ledger lies; by default `weekcast.db` in the project folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerSettings {
    /// As written behind `sqlite:`; relative to the project folder, or absolute.
    file: String,
    /// `doubt_window`: messages that each connection may mark ahead, 1 to 64.
    doubt_window: usize,
}

/// The largest doubt window.
const WIDEST: i64 = 64;

impl Default for LedgerSettings {
    fn default() -> Self {
        Self { file: "weekcast.db".to_owned(), doubt_window: 1 }
    }
}

impl LedgerSettings {
    /// A ledger in this file, by its whole path: that of a rehearsal.
    #[must_use]
    pub fn at(file: &Path) -> Self {
        Self { file: file.to_string_lossy().into_owned(), ..Self::default() }
    }

    /// Reads the table; what is wrong becomes a finding, and the default is taken in its stead.
    pub fn read(mut table: Table, findings: &mut Findings) -> Self {
        let url = table.path("url", findings);
        let doubt_window = doubt_window(&mut table, findings);
        table.finish(findings);
        let usual = Self { doubt_window, ..Self::default() };
        let Some(url) = url else { return usual };
        match file_of(url.value()) {
            Ok(file) => Self { file: file.to_owned(), ..usual },
            Err((message, help)) => {
                findings.push(finding(&url, message, help));
                usual
            }
        }
    }

    /// How many messages each connection may mark as `sending` ahead of their turn: a crash leaves at most so many in
    /// doubt for each. 1 unless the settings say otherwise.
    #[must_use]
    pub fn doubt_window(&self) -> usize {
        self.doubt_window
    }

    /// The path of the ledger's file, links followed. It need not exist; its folder must.
    ///
    /// # Errors
    /// [`LedgerError::Open`] when the folder is missing, or a relative path leads out of the project folder by a link.
    pub fn path(&self, project_root: &Path) -> Result<PathBuf, LedgerError> {
        let path = project_root.join(&self.file);
        let real = resolved(&path)?;
        if Path::new(&self.file).is_absolute() || real.starts_with(resolved(project_root)?) {
            return Ok(real);
        }
        let cause = "it leads out of the project folder by a link; write the whole path if that is meant".into();
        Err(LedgerError::Open { path: path.display().to_string(), cause })
    }
}

fn doubt_window(table: &mut Table, findings: &mut Findings) -> usize {
    let Some((number, place)) = table.integer("doubt_window", findings) else { return 1 };
    match usize::try_from(number).ok().filter(|_| (1..=WIDEST).contains(&number)) {
        Some(window) => window,
        None => {
            let message = format!("`doubt_window` is {number}, but should be between 1 and {WIDEST}");
            let help = "leave the line out: then a crash leaves at most one message for each connection in doubt";
            findings.push(Finding::error("wrong-value", place, message).help(help));
            1
        }
    }
}

fn finding(url: &Text, message: &str, help: &str) -> Finding {
    // The address is not repeated: the one of a database server may hold a password.
    Finding::error("ledger-url", url.place().clone(), message).help(help)
}

/// The file behind `sqlite:`, or what is wrong and the remedy.
fn file_of(url: &str) -> Result<&str, (&'static str, &'static str)> {
    const HELP: &str = "write url = \"sqlite:weekcast.db\"";
    let url = url.trim();
    let Some((scheme, file)) = url.split_once(':') else { return Err(("`url` names no kind of ledger", HELP)) };
    if !scheme.eq_ignore_ascii_case("sqlite") {
        return Err(("the only kind of ledger is \"sqlite:\"", HELP));
    }
    if file.starts_with("//") {
        return Err(("the file follows \"sqlite:\" at once, without //", HELP));
    }
    if file.is_empty() || file.ends_with(['/', '\\']) {
        return Err(("`url` names no file", HELP));
    }
    if file.contains(['?', '*']) || file.starts_with([':', '~']) {
        return Err(("the file of the ledger cannot have this name", HELP));
    }
    let path = Path::new(file);
    if path.is_absolute() {
        return Ok(file);
    }
    let plain = path.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    // A backslash or a drive letter is a path on Windows; it is refused elsewhere, so that a project moves safely.
    if !plain || file.contains('\\') || file.get(1..2) == Some(":") {
        let help = "keep it in the project folder, or write the whole path from the root";
        return Err(("the ledger leads out of the project folder", help));
    }
    if path.file_name().is_none() {
        return Err(("`url` names no file", HELP));
    }
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::LedgerSettings;
    use crate::document::parse;
    use crate::ledger::LedgerError;
    use crate::model::{Findings, SourceFile};

    fn read(toml: &str) -> (LedgerSettings, Vec<(usize, String)>) {
        let mut findings = Findings::new();
        let mut document = parse(&SourceFile::new("weekcast.toml", toml), &mut findings);
        let table = document.table("ledger", &mut findings).unwrap();
        let settings = LedgerSettings::read(table, &mut findings);
        (settings, findings.sorted().into_iter().map(|f| (f.place.line_column().0, f.message)).collect())
    }

    #[test]
    fn files_in_the_project_or_with_their_whole_path_are_read() {
        for (url, file) in [
            ("sqlite:weekcast.db", "weekcast.db"),
            ("SQLite:data/ledger.sqlite", "data/ledger.sqlite"),
            (" sqlite:./a.db ", "./a.db"),
            ("sqlite:/var/lib/weekcast/a.db", "/var/lib/weekcast/a.db"),
        ] {
            let (settings, findings) = read(&format!("[ledger]\nurl = \"{url}\"\n"));
            assert_eq!((settings.file.as_str(), findings), (file, vec![]), "{url}");
        }
        assert_eq!(read("[ledger]\n"), (LedgerSettings::default(), vec![]));
    }

    #[test]
    fn anything_else_is_a_finding_at_its_line_that_repeats_no_secret() {
        for (url, fact) in [
            ("weekcast.db", "no kind"),
            ("postgres://u:secret@host/db", "only kind"),
            ("C:/data/weekcast.db", "only kind"),
            ("sqlite:", "no file"),
            ("sqlite:data/", "no file"),
            ("sqlite:.", "no file"),
            ("sqlite::memory:", "cannot have this name"),
            ("sqlite:a.db?mode=ro", "cannot have this name"),
            ("sqlite:~/a.db", "cannot have this name"),
            ("sqlite://a.db", "without //"),
            ("sqlite:///tmp/a.db", "without //"),
            ("sqlite:../a.db", "leads out"),
            ("sqlite:data/../../a.db", "leads out"),
            ("sqlite:..\\\\a.db", "nowhere but on Windows"),
        ] {
            let (settings, findings) = read(&format!("[ledger]\nurl = \"{url}\"\n"));
            assert_eq!(settings, LedgerSettings::default(), "{url}");
            assert_eq!(findings.len(), 1, "{url}: {findings:?}");
            assert!(findings[0].0 == 2 && findings[0].1.contains(fact), "{url}: {findings:?}");
            assert!(!findings[0].1.contains("secret"));
        }
        let (_, findings) = read("[ledger]\nurl = 3\nuri = \"x\"\n");
        assert_eq!(findings.len(), 2, "{findings:?}");
    }

    #[test]
    fn the_doubt_window_has_bounds() {
        assert_eq!(read("[ledger]\n").0.doubt_window(), 1);
        assert_eq!(read("[ledger]\ndoubt_window = 64\n").0.doubt_window(), 64);
        for wrong in ["0", "65", "-1"] {
            let (settings, findings) = read(&format!("[ledger]\ndoubt_window = {wrong}\n"));
            assert_eq!(settings.doubt_window(), 1);
            assert!(findings.len() == 1 && findings[0].1.contains("between 1 and 64"), "{wrong}: {findings:?}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_does_not_lead_a_relative_path_out_of_the_project() {
        let outside = tempfile::tempdir().unwrap();
        let project = tempfile::tempdir().unwrap();
        let settings = |file: &str| LedgerSettings { file: file.to_owned(), ..LedgerSettings::default() };
        std::os::unix::fs::symlink(outside.path(), project.path().join("link")).unwrap();
        assert!(matches!(settings("link/a.db").path(project.path()), Err(LedgerError::Open { .. })));
        assert!(matches!(settings("missing/a.db").path(project.path()), Err(LedgerError::Open { .. })));
        let inside = settings("a.db").path(project.path()).unwrap();
        assert_eq!(inside, project.path().canonicalize().unwrap().join("a.db"));
        let absolute = outside.path().join("a.db");
        let found = settings(absolute.to_str().unwrap()).path(project.path()).unwrap();
        assert_eq!(found, outside.path().canonicalize().unwrap().join("a.db"));
    }
}
