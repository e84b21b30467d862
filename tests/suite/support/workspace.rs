//! A project folder in a temporary folder, in which the real program is run.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::support::program::{Invocation, Running};
use crate::support::run::Run;

/// A project folder; it goes when this is dropped.
///
/// `Workspace::small_week().run(["check"]).succeeds();`
pub struct Workspace {
    folder: TempDir,
    now: Option<String>,
}

impl Workspace {
    /// An empty project, and an empty home beside it.
    pub fn new() -> Self {
        let folder = tempfile::Builder::new().prefix("weekcast-").tempdir().expect("a temporary folder can be made");
        let workspace = Self { folder, now: None };
        fs::create_dir(workspace.path()).expect("the project folder can be made");
        fs::create_dir(workspace.home()).expect("the home folder can be made");
        workspace
    }

    /// Writes `broadcasts/NAME.toml`.
    pub fn week(self, name: &str, text: &str) -> Self {
        self.file(format!("broadcasts/{name}.toml"), text)
    }

    /// Writes `recipients.toml`.
    pub fn recipients(self, text: &str) -> Self {
        self.file("recipients.toml", text)
    }

    /// Writes `weekcast.toml`.
    pub fn settings(self, text: &str) -> Self {
        self.file("weekcast.toml", text)
    }

    /// Writes any file, and the folders that it needs.
    pub fn file(self, path: impl AsRef<Path>, bytes: impl AsRef<[u8]>) -> Self {
        self.write(path, bytes);
        self
    }

    /// Replaces the one occurrence of a text in a file.
    #[track_caller]
    pub fn edited(self, path: &str, old: &str, new: &str) -> Self {
        let text = self.read(path);
        assert_eq!(text.matches(old).count(), 1, "{old:?} should occur once in {path}:\n{text}");
        self.file(path, text.replacen(old, new, 1))
    }

    /// From now on each run gets `--now`, an instant by RFC 3339.
    pub fn at(mut self, now: &str) -> Self {
        self.now = Some(now.to_owned());
        self
    }

    /// Moves the clock of later runs.
    pub fn set_now(&mut self, now: &str) {
        self.now = Some(now.to_owned());
    }

    /// Writes a file while the test goes on.
    pub fn write(&self, path: impl AsRef<Path>, bytes: impl AsRef<[u8]>) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("its folder can be made");
        fs::write(&path, bytes).expect("the file can be written");
    }

    /// The project folder.
    pub fn path(&self) -> PathBuf {
        self.folder.path().join("project")
    }

    /// The home folder of the runs.
    pub fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    /// A text file of the project.
    #[track_caller]
    pub fn read(&self, path: impl AsRef<Path>) -> String {
        let path = self.path().join(path);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// The names in a folder of the project, sorted; none where there is no such folder.
    pub fn names(&self, folder: impl AsRef<Path>) -> Vec<String> {
        let entries = fs::read_dir(self.path().join(folder)).into_iter().flatten();
        let mut names: Vec<String> =
            entries.map(|entry| entry.expect("it can be read").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    /// A run that can still be given input and environment.
    pub fn invoke<A: AsRef<str>>(&self, arguments: impl IntoIterator<Item = A>) -> Invocation {
        let now = self.now.iter().flat_map(|now| ["--now".to_owned(), now.clone()]);
        let invocation = Invocation::new(env!("CARGO_BIN_EXE_weekcast"), &self.path(), &self.home());
        invocation.arguments(now).arguments(arguments.into_iter().map(|argument| argument.as_ref().to_owned()))
    }

    /// Runs the program to its end, without input.
    #[track_caller]
    pub fn run<A: AsRef<str>>(&self, arguments: impl IntoIterator<Item = A>) -> Run {
        self.invoke(arguments).run()
    }

    /// Starts the program, to be watched and killed.
    #[track_caller]
    pub fn spawn<A: AsRef<str>>(&self, arguments: impl IntoIterator<Item = A>) -> Running {
        self.invoke(arguments).spawn()
    }
}
